# SPDX-License-Identifier: MIT
"""The tarball holds all, builds without git and autoconf, installs where it is told and uninstalls what it installed.

NUDGED_DISTCHECK=all has its own tests run too: all of them.
"""

import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import tap  # noqa: E402
import tarball  # noqa: E402

# Of no use to those who have a tarball: the packages made of it have their own, and this is where they end.
LEFT_OUT = ('.ci/', '.gitignore', 'debian/')
NO_MAKERS = [f'{name}=false' for name in ('AUTOCONF', 'AUTOHEADER', 'AUTOMAKE', 'ACLOCAL', 'AUTOM4TE')]
FEW = {'check_PROGRAMS': '', 'check_LIBRARIES': '', 'check_DATA': '',
       'TESTS': 'tests/integration/test-version.py tests/integration/test-purity.sh'}
STATE = 'srv/state/lib/nudged/nudged.db'
CONFIG = 'opt/etc/nudged/nudged.conf'


def run(*command, cwd, **environment):
    """What it printed; MAKEFLAGS of the make that runs the tests are not for these."""
    env = {key: value for key, value in os.environ.items() if key not in ('MAKEFLAGS', 'MAKELEVEL', 'MFLAGS')}
    result = subprocess.run(command, cwd=cwd, stdin=subprocess.DEVNULL, check=False,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding='utf-8', errors='replace',
                            env={**env, **environment})
    tap.equal(result.returncode, 0, f'the status of {command}: {result.stdout[-4000:]}')
    return result.stdout


def paths(folder):
    return sorted(os.path.relpath(os.path.join(at, name), folder)
                  for at, _, names in os.walk(folder) for name in names)


def it_holds_every_file():
    result = subprocess.run(['git', 'ls-files', '-z'], cwd=tap.source_path('.'), capture_output=True, encoding='utf-8',
                            check=False)
    if result.returncode:
        raise tap.Skipped('this is no clone, which would tell what there is')
    with tempfile.TemporaryDirectory() as folder:
        names = set(paths(tarball.unpack(folder)))
    missing = [name for name in result.stdout.split('\0') if name and name not in names
               and not name.startswith(LEFT_OUT)]
    tap.equal(missing, [], 'what the tarball lacks: EXTRA_DIST of a local.mk')


def it_builds_elsewhere_without_git_and_autoconf():
    """By distcheck: in a folder of its own, from sources that can't be written; installed, uninstalled, made again."""
    with tempfile.TemporaryDirectory() as folder:
        git = os.path.join(folder, 'git')
        with open(git, 'w', encoding='ascii') as file:
            file.write('#!/bin/sh\nexit 1\n')
        os.chmod(git, 0o755)
        source = tarball.unpack(folder)
        build = os.path.join(folder, 'build')
        os.mkdir(build)
        run(f'{source}/configure', '-q', *NO_MAKERS, cwd=build)
        few = [] if os.environ.get('NUDGED_DISTCHECK') == 'all' else [f'{key}={value}' for key, value in FEW.items()]
        run('make', '-s', '-j', str(os.cpu_count()), 'distcheck', *few,
            'DISTCHECK_CONFIGURE_FLAGS=' + ' '.join(NO_MAKERS), cwd=build, PATH=folder + ':' + os.environ['PATH'])


def write(path):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='ascii') as file:
        file.write('kept\n')


def it_goes_where_it_is_told_and_leaves_data_alone():
    with tempfile.TemporaryDirectory() as folder:
        source = tarball.unpack(folder)
        stage = os.path.join(folder, 'stage')
        run('./configure', '-q', '--prefix=/opt', '--sysconfdir=/opt/etc', '--localstatedir=/srv/state',
            *NO_MAKERS, cwd=source)
        # Nothing is compiled again: distcheck has done that, and only where things go is looked at.
        programs = ['bin_PROGRAMS=', 'sbin_PROGRAMS=', 'libexec_PROGRAMS=', 'noinst_LIBRARIES=']
        run('make', '-s', 'install', f'DESTDIR={stage}', *programs, cwd=source)
        installed = paths(stage)
        tap.check('opt/share/nudged/nudged.conf.sample' in installed, f'the example: {installed}')
        tap.check(all(name.startswith('opt/') for name in installed), f'all below the prefix: {installed}')
        with open(os.path.join(stage, 'opt/lib/tmpfiles.d/nudged.conf'), encoding='utf-8') as file:
            text = file.read()
        tap.contains(text, '/srv/state/lib/nudged ', 'the state folder')
        tap.contains(text, '/opt/etc/nudged ', 'the folder of configurations')
        for name in (STATE, CONFIG):
            write(os.path.join(stage, name))
        run('make', '-s', 'uninstall', f'DESTDIR={stage}', *programs, cwd=source)
        tap.equal(paths(stage), sorted((STATE, CONFIG)), 'what is left')


tap.run(it_holds_every_file, it_builds_elsewhere_without_git_and_autoconf,
        it_goes_where_it_is_told_and_leaves_data_alone)
