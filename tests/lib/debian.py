# SPDX-License-Identifier: MIT
"""Clean roots: Debian as it is after an installation, with the packages that are asked for.

A Root is a mount in the caller's namespaces, below a folder of its own (see box.py).
"""

import fcntl
import os
import shutil
import subprocess
import tempfile
import time

import tap
from box import overlay
from machine import codename

DAY = 24 * 60 * 60
ROOM = 6 << 30  # bytes: several roots, and images of them
APT = ('apt-get', '-q', '-y', '--no-install-recommends', '-o', 'Dpkg::Options::=--force-unsafe-io')
ENVIRONMENT = {'DEBIAN_FRONTEND': 'noninteractive', 'LC_ALL': 'C.UTF-8', 'HOME': '/root',
               'PATH': '/usr/sbin:/usr/bin:/sbin:/bin'}


def why_not():
    if os.geteuid() != 0:
        return 'only root can make a root of Debian'
    for program in ('mmdebstrap', 'unshare', 'mount', 'chroot'):
        if not shutil.which(program):
            return f'{program} is not installed'
    return None


def roomy():
    """A folder in memory where there is enough of it, which spares the disk; None: the usual one."""
    try:
        return '/dev/shm' if shutil.disk_usage('/dev/shm').free > ROOM else None
    except FileNotFoundError:
        return None


def fresh():
    """A tarball of the smallest that has apt. Kept in the build folder for a day: what needs one next finds it."""
    path = tap.build_path('tests/package/base.tar')
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path + '.lock', 'w', encoding='ascii') as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not os.path.exists(path) or os.path.getmtime(path) < time.time() - DAY:
            make_fresh(path)
    return path


def make_fresh(path):
    with tempfile.TemporaryDirectory(dir=roomy()) as folder:
        result = subprocess.run(
            ['mmdebstrap', '--quiet', '--variant=minbase', '--skip=cleanup/apt/lists',
             '--aptopt=Acquire::Languages "none"', codename(),
             path + '.part.tar'], capture_output=True, encoding='utf-8', check=False, env={**os.environ, 'TMPDIR': folder})
    if result.returncode:
        tap.skip_all(f'mmdebstrap makes no root here: {" ".join(result.stderr.split()[-40:])}')
    os.rename(path + '.part.tar', path)


def unpack(folder):
    """One of them as folder/base."""
    base = os.path.join(folder, 'base')
    os.mkdir(base)
    subprocess.run(['tar', '-C', base, '--numeric-owner', '-xf', fresh()], check=True)
    shutil.copy('/etc/resolv.conf', os.path.join(base, 'etc'))
    return base


class Root:
    """A layer over another root, with what programs expect of a running system."""

    def __init__(self, lower, folder, name):
        self.path = overlay(lower, folder, name)
        for source, target in (('proc', 'proc'), ('/dev', 'dev')):
            subprocess.run(['mount', *(('-t', 'proc') if source == 'proc' else ('--rbind',)), source,
                            self.of(target)], check=True)

    def of(self, path):
        return os.path.join(self.path, path.lstrip('/'))

    def run(self, *command, status=0, **environment):
        """What it printed, on both outputs."""
        result = subprocess.run(['chroot', self.path, *command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, encoding='utf-8', errors='replace', check=False,
                                env={**ENVIRONMENT, **environment})
        if result.returncode != status:
            raise tap.Failed(f'{command} ends with {result.returncode}:\n{result.stdout[-4000:]}')
        return result.stdout

    def shell(self, text, **environment):
        return self.run('sh', '-e', '-c', text, **environment)

    def install(self, *packages):
        self.run(*APT, 'install', *packages)

    def leave(self):
        """Nothing of this machine is left in it."""
        for name in ('dev', 'proc'):
            subprocess.run(['umount', '-l', self.of(name)], check=True)
        return self.path
