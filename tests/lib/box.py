# SPDX-License-Identifier: MIT
"""A machine to try things on: Debian's own systemd as the first process of a container, on an overlay
of this machine's files, or of a root that a test prepares. What is written there is gone afterwards,
nothing outside is touched.

A test calls enter() first: it is run again inside, as a unit, and what it prints comes out here.
"""

import os
import shutil
import subprocess
import sys
import tempfile

import tap

INSIDE = 'inside-the-box'
SECONDS = 300
# Of a machine only what a service needs: none of these has anything to do with it.
MASKED = ('apt-daily.timer apt-daily-upgrade.timer man-db.timer e2scrub_all.timer fstrim.timer '
          'dpkg-db-backup.timer postfix.service systemd-networkd.service systemd-resolved.service '
          'systemd-timesyncd.service console-getty.service getty.target').split()

UNIT = '''[Unit]
After=multi-user.target dbus.service
SuccessAction=exit-force
FailureAction=exit-force
[Service]
Type=exec
WorkingDirectory={folder}
ExecStart={python} -B {program} {inside}
Environment=TOP_SRCDIR={source} TOP_BUILDDIR={build}
StandardOutput=tty
StandardError=tty
TTYPath=/dev/console
RuntimeMaxSec={seconds}
'''
TARGET = '[Unit]\nRequires=multi-user.target\nWants=nudged-test.service\n'


def why_not():
    if os.geteuid() != 0:
        return 'only root can boot a container'
    for program in ('systemd-nspawn', 'unshare', 'mount', 'dbus-daemon'):
        if not shutil.which(program):
            return f'{program} is not installed'
    if not os.path.exists('/lib/systemd/systemd'):
        return 'systemd is not installed'
    return None


def run(*command):
    subprocess.run(command, check=True, capture_output=True)


def write(root, path, text):
    path = os.path.join(root, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)


def furnish(root, python):
    """The overlay's own: no units of the machine's, an identity, and the test as the one thing to do."""
    units = os.path.join(root, 'etc/systemd/system')
    os.makedirs(units, exist_ok=True)
    for name in os.listdir(units):
        if name.endswith('.wants'):
            shutil.rmtree(os.path.join(units, name))
    for name in MASKED:
        if os.path.lexists(os.path.join(units, name)):
            os.unlink(os.path.join(units, name))
        os.symlink('/dev/null', os.path.join(units, name))
    shutil.rmtree(os.path.join(root, 'var/log/journal'), ignore_errors=True)
    os.makedirs(os.path.join(root, 'var/log/journal'))
    for name in ('etc/machine-id', 'var/lib/dbus/machine-id'):
        if os.path.lexists(os.path.join(root, name)):
            os.unlink(os.path.join(root, name))
    write(root, 'etc/machine-id', os.urandom(16).hex() + '\n')
    write(root, 'etc/systemd/system/nudged-test.service', UNIT.format(
        folder=os.path.abspath(tap.build_path('.')), python=python,
        program=os.path.abspath(sys.argv[0]), inside=INSIDE, seconds=SECONDS,
        source=os.path.abspath(tap.source_path('.')), build=os.path.abspath(tap.build_path('.'))))
    write(root, 'etc/systemd/system/nudged-test.target', TARGET)
    # A hardened service may not trace itself, as the search for leaks would have it.
    for name in ('system', 'user'):
        write(root, f'etc/systemd/{name}.conf.d/test.conf',
              '[Manager]\nDefaultEnvironment=ASAN_OPTIONS=detect_leaks=0\n')


def overlay(lower, folder, name):
    """What is changed in folder/name stays out of the root below it."""
    root, upper, work = (os.path.join(folder, name + suffix) for suffix in ('', '.upper', '.work'))
    for path in (root, upper, work):
        os.mkdir(path)
    run('mount', '-t', 'overlay', 'overlay', '-o', f'lowerdir={lower},upperdir={upper},workdir={work}', root)
    return root


def prepared(prepare, folder):
    """What goes wrong there is a failure; that no mounts can be made here is none."""
    try:
        return prepare(folder)
    except OSError as problem:
        raise tap.Failed(problem) from problem


def boot(folder, prepare):
    """In mount and process namespaces of its own: all of it goes with them."""
    run('mount', '-t', 'tmpfs', '-o', f'mode=755,size={"8g" if prepare else "512m"}', 'tmpfs', folder)
    root = overlay(prepared(prepare, folder) if prepare else '/', folder, 'root')
    run('mount', '-t', 'tmpfs', '-o', 'mode=755', 'tmpfs', '/run')  # where nspawn keeps what it knows
    # The container's manager wants the second version of control groups, and a branch of its own.
    subprocess.run(['umount', '-R', '-l', '/sys/fs/cgroup'], check=False, capture_output=True)
    run('mount', '-t', 'cgroup2', 'cgroup2', '/sys/fs/cgroup')
    group = '/sys/fs/cgroup/' + os.path.basename(folder)
    os.mkdir(group)
    write(group, 'cgroup.procs', '0')
    furnish(root, '/usr/bin/python3' if prepare else sys.executable)
    source, build = os.path.abspath(tap.source_path('.')), os.path.abspath(tap.build_path('.'))
    command = ['systemd-nspawn', '--quiet', '--register=no', '--keep-unit', '--machine=nudged-test',
               f'--directory={root}', '--private-network', f'--bind-ro={source}', f'--bind-ro={build}',
               '--kill-signal=SIGRTMIN+3', '--console=read-only', '--system-call-filter=bpf', '--boot',
               'systemd.unit=nudged-test.target', 'systemd.show_status=0', 'quiet']
    return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, encoding='utf-8', errors='replace',
                          timeout=SECONDS + 60, check=False).stdout


def is_tap(line):
    return line.startswith(('ok ', 'not ok ', '# ', '1..'))


def propagation():
    """Mounts made inside must not come out; in a root that is no mount itself nothing can be changed of that."""
    for kind in ('private', 'unchanged'):
        with open('/proc/self/mountinfo', encoding='utf-8') as file:
            safe = kind == 'private' or ' shared:' not in file.read()
        if safe and subprocess.run(['unshare', '-m', '--propagation', kind, 'true'], check=False,
                                   capture_output=True).returncode == 0:
            return kind
    return tap.skip_all('no mounts of one\'s own can be made here')


def enter(prepare=None):
    """Returns inside the box; outside it prints what was said there and ends the program.

    `prepare(folder)` makes a root of its own below the folder and returns its path; it has a Python, and
    the folder goes with all that was mounted in it."""
    if INSIDE in sys.argv:
        return
    if 'stage' not in sys.argv:
        reason = why_not()
        if reason:
            tap.skip_all(reason)
        folder = tempfile.mkdtemp(prefix='nudged-box-')
        try:
            status = subprocess.run(
                ['unshare', '-m', '-p', '-f', '--mount-proc', '--kill-child', '--propagation', propagation(),
                 sys.executable, '-B', sys.argv[0], 'stage', folder], check=False).returncode
        finally:
            os.rmdir(folder)
        sys.exit(status)
    try:
        said = boot(sys.argv[sys.argv.index('stage') + 1], prepare).replace('\r', '')
    except tap.Failed as problem:
        tap.diagnose(problem)
        print('1..1\nnot ok 1 - a root is prepared')
        sys.exit(1)
    except (OSError, subprocess.CalledProcessError) as problem:
        tap.skip_all(f'no container can be booted here: {problem}')
    if 'Detected virtualization' not in said:  # systemd's first words
        tap.skip_all('no container can be booted here: ' + ' '.join(said.split()))
    lines = [line for line in said.splitlines() if is_tap(line)]
    if not any(line.startswith('1..') for line in lines):
        tap.diagnose(said)
    print('\n'.join(lines))
    sys.exit(0 if lines and not any(line.startswith('not ok') for line in lines) else 1)
