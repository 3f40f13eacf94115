# SPDX-License-Identifier: MIT
"""A virtual machine under qemu: a small Debian with its own kernel and systemd, the product installed by
`make install`, and a disk that forgets what was not flushed when the power is cut.

    with Image(folder) as image, Machine(image) as machine:
        machine.boot('2027-02-27T12:00:00')
        machine.run('systemctl start nudged')
        machine.cut(random)

Its commands come over a serial line. Of the network it has the host's loopback alone, as 10.0.2.2: there is
no route to anything else. Its time is that of its own instructions: where the host is busy with other things it
goes slower, and nothing in it is late for that.
"""

import base64
import glob
import os
import queue
import shlex
import shutil
import subprocess
import tempfile
import threading
import time

import disk
import tap

HOST = '10.0.2.2'  # this machine's loopback, as qemu shows it
PACKAGES = ('systemd-sysv dbus kmod sqlite3 iproute2 tzdata libcurl4 libsqlite3-0 libconfig9 '
            'libsystemd0 libseccomp2').split()
KERNEL = 'linux-image-cloud-amd64'
MODULES = ('virtio_pci', 'virtio_blk', 'virtio_net', 'ext4')
DISK_MB = 640
MEMORY_MB = 512
NANOSECONDS = 4  # that an instruction takes, as a power of two: see qemu's icount
SECONDS = 600  # of the machine's own time, for what is waited for
HANGS = 1800  # seconds of ours without a word, however busy the host is
MASKED = ('apt-daily.timer apt-daily-upgrade.timer e2scrub_all.timer dpkg-db-backup.timer fstrim.timer '
          'getty.target serial-getty@ttyS0.service systemd-timesyncd.service '
          'systemd-networkd.service e2scrub_reap.service systemd-journal-flush.service').split()

INIT = '''#!/bin/busybox sh
b=/bin/busybox
$b mount -t proc proc /proc
$b mount -t devtmpfs dev /dev
for module in /modules/*; do $b insmod $module; done
until [ -b /dev/vda ]; do $b sleep 0.05; done
$b mount -t ext4 /dev/vda /root || $b poweroff -f
exec $b switch_root /root /lib/systemd/systemd
'''
# A line with a command in base64 for each, and one with its status and what it said.
AGENT = '''exec <>/dev/ttyS1 >&0
stty raw -echo
ip link set lo up
ip address add 10.0.2.15/24 dev eth0
ip link set eth0 up
echo ready
while read -r line; do
	said=$(bash -c "$(base64 -d <<<"$line")" 2>&1 </dev/null)
	echo $? "$(base64 -w 0 <<<"$said")"
done
'''
UNIT = '''[Unit]
After=basic.target
[Service]
ExecStart=/bin/bash /agent
Environment=HOME=/root LC_ALL=C.UTF-8 TZ=UTC
'''
TARGET = '[Unit]\nRequires=basic.target\nWants=agent.service\n'


def why_not():
    if os.geteuid() != 0:
        return 'only root can make the image of a machine'
    for program in ('qemu-system-x86_64', 'mmdebstrap', 'busybox', 'cpio', 'mke2fs', 'depmod'):
        if not shutil.which(program):
            return f'{program} is not installed'
    return None


def run(*command, **options):
    result = subprocess.run(command, capture_output=True, encoding='utf-8', check=False, **options)
    tap.equal(result.returncode, 0, f'{command}: {result.stdout}{result.stderr}')
    return result.stdout


def write(path, text, mode=0o644):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)
    os.chmod(path, mode)


def codename():
    with open('/etc/os-release', encoding='utf-8') as file:
        facts = dict(line.strip().split('=', 1) for line in file if '=' in line)
    return facts['VERSION_CODENAME'].strip('"')


def fetch(folder):
    """The two things that come over the network, kept in the folder: Debian's files, its kernel."""
    root, kernel = os.path.join(folder, 'root.tar'), os.path.join(folder, 'kernel')
    os.makedirs(folder, exist_ok=True)
    if not os.path.exists(root):
        run('mmdebstrap', '--quiet', '--variant=essential', '--include=' + ','.join(PACKAGES),
            '--aptopt=Acquire::Languages "none"', '--dpkgopt=path-exclude=/usr/share/doc/*',
            '--dpkgopt=path-exclude=/usr/share/man/*', '--dpkgopt=path-exclude=/usr/share/locale/*',
            codename(), root + '.part.tar')
        os.rename(root + '.part.tar', root)
    if not os.path.exists(kernel):
        said = run('apt-cache', 'depends', KERNEL)
        name = next(line.split()[-1] for line in said.splitlines() if 'Depends: linux-image' in line)
        run('apt-get', '-o', 'APT::Sandbox::User=root', 'download', name, cwd=folder)
        package = glob.glob(os.path.join(folder, name + '_*.deb'))[0]
        run('dpkg-deb', '-x', package, kernel + '.part')
        os.unlink(package)
        run('depmod', '-b', kernel + '.part', os.listdir(kernel + '.part/lib/modules')[0])
        os.rename(kernel + '.part', kernel)


class Image:
    """Kernel, first file system and the disk to begin with, in a folder that goes with it."""

    def __init__(self, kept):
        fetch(kept)
        self.folder = tempfile.mkdtemp(prefix='nudged-machine-')
        self.kernel = os.path.join(kept, 'kernel')
        self.version = os.listdir(os.path.join(self.kernel, 'lib/modules'))[0]
        self.make_initrd()
        root = os.path.join(self.folder, 'root')
        os.mkdir(root)
        run('tar', '-C', root, '-xf', os.path.join(kept, 'root.tar'))
        self.furnish(root)
        self.disk = os.path.join(self.folder, 'disk')
        with open(self.disk, 'wb') as file:
            file.truncate(DISK_MB << 20)
        run('mke2fs', '-q', '-t', 'ext4', '-d', root, self.disk)
        shutil.rmtree(root)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)

    def make_initrd(self):
        root = os.path.join(self.folder, 'initrd.files')
        for name in ('bin', 'modules', 'proc', 'dev', 'root'):
            os.makedirs(os.path.join(root, name))
        shutil.copy(shutil.which('busybox'), os.path.join(root, 'bin/busybox'))
        write(os.path.join(root, 'init'), INIT, 0o755)
        paths = []
        for module in MODULES:
            said = run('modprobe', '-d', self.kernel, '-S', self.version, '--show-depends', module)
            paths += [line.split()[1] for line in said.splitlines() if line.startswith('insmod')]
        for number, path in enumerate(dict.fromkeys(paths)):
            shutil.copy(path, os.path.join(root, 'modules', f'{number:02}'))
        run('sh', '-c', 'find . | cpio -o -H newc | gzip -1 >../initrd', cwd=root)

    @staticmethod
    def furnish(root):
        run('make', '-s', 'install', 'DESTDIR=' + root, cwd=tap.build_path('.'))
        run('chroot', root, 'systemd-sysusers')
        for name in MASKED:
            path = os.path.join(root, 'etc/systemd/system', name)
            if os.path.lexists(path):
                os.unlink(path)
            os.symlink('/dev/null', path)
        write(os.path.join(root, 'agent'), AGENT)
        write(os.path.join(root, 'etc/systemd/system/agent.service'), UNIT)
        write(os.path.join(root, 'etc/systemd/system/agent.target'), TARGET)
        write(os.path.join(root, 'etc/machine-id'), os.urandom(16).hex() + '\n')
        for name in ('etc/.updated', 'var/.updated'):  # nothing is left to do at the first boot
            write(os.path.join(root, name), '')


class Machine:
    """A disk of its own, and qemu while it is on."""

    def __init__(self, image, name='machine'):
        self.image = image
        path = os.path.join(image.folder, name)
        run('cp', '--sparse=always', image.disk, path)
        self.disk = disk.Disk(path)
        self.console = path + '.console'
        self.process = None
        self.lines = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process:
            self.switch_off()
        self.disk.close()

    def command(self, now):
        return ['qemu-system-x86_64', '-M', 'q35', '-accel', 'tcg,thread=single',
                '-icount', f'shift={NANOSECONDS.bit_length() - 1},sleep=on',
                '-cpu', 'max', '-smp', '1', '-m', str(MEMORY_MB), '-display', 'none', '-monitor', 'none',
                '-no-reboot', '-rtc', f'base={now},clock=vm',
                '-kernel', os.path.join(self.image.kernel, 'boot/vmlinuz-' + self.image.version),
                '-initrd', os.path.join(self.image.folder, 'initrd'),
                # Where the emulation gets little of the processor its timer looks broken to the kernel.
                '-append', 'console=ttyS0 quiet no_timer_check root=/dev/vda rw '
                'systemd.unit=agent.target net.ifnames=0 '
                'systemd.show_status=0 panic=-1 mitigations=off',
                '-drive', f'file=nbd:unix:{self.disk.path},if=virtio,format=raw,cache=none',
                '-nic', 'user,model=virtio-net-pci', '-serial', 'file:' + self.console,
                '-serial', 'stdio']

    def boot(self, now):
        """`now`: what its clock says, UTC, ISO 8601 without a zone."""
        self.disk.serve()
        # pylint: disable-next=consider-using-with
        self.process = subprocess.Popen(self.command(now), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL)
        self.lines = queue.Queue()
        threading.Thread(target=self.listen, args=(self.process.stdout, self.lines), daemon=True).start()
        while self.answer('the boot') != 'ready':
            pass

    @staticmethod
    def listen(stream, lines):
        for line in stream:
            lines.put(line.decode('utf-8', 'replace').strip())
        lines.put(None)

    def answer(self, what):
        try:
            line = self.lines.get(timeout=HANGS)
        except queue.Empty:
            line = None
        if line is None:
            with open(self.console, encoding='utf-8', errors='replace') as file:
                raise tap.Failed(f'{what}: the machine says nothing more: {file.read()[-4000:]}')
        return line

    def run(self, text, status=0):
        """A command of bash; checks its status, returns what it said to both outputs."""
        self.process.stdin.write(base64.b64encode(text.encode()) + b'\n')
        self.process.stdin.flush()
        ended, said = self.answer(text).split(' ', 1)
        said = base64.b64decode(said).decode('utf-8', 'replace').rstrip('\n')
        tap.check(status is None or int(ended) == status, f'the status {ended} of {text!r}: {said}')
        return said

    def uptime(self):
        return float(self.run('cat /proc/uptime').split()[0])

    def wait(self, condition, what):
        """Until condition() holds, and no longer than SECONDS of the machine's time."""
        end = self.uptime() + SECONDS
        while not condition():
            tap.check(self.uptime() < end, f'{what}: not within {SECONDS} seconds')
            time.sleep(0.05)

    def write(self, path, text):
        self.run(f'mkdir -p "$(dirname {path})" && printf %s {shlex.quote(text)} >{path}')

    def set_clock(self, time):
        self.run(f'date -s {shlex.quote(time)}')

    def switch_off(self):
        """At once, as when somebody pulls the plug; the disk keeps all it was given."""
        self.process.kill()
        self.process.wait()
        self.process = None
        self.disk.wait()

    def cut(self, random):
        """The power goes, and with it what the disk had not flushed; see Disk.forget(). At the next write, where
        one comes soon."""
        self.disk.dirty.wait(10)
        self.disk.gone.set()
        self.switch_off()
        return self.disk.forget(random)
