# SPDX-License-Identifier: MIT
"""The Debian package: made in a clean root from the tarball, installed in another under a real systemd, upgraded,
removed and purged. NUDGED_PREVIOUS names the package of the release before, to upgrade from; without it this one
stands in for it, with a lower version.
"""

import glob
import json
import os
import pwd
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import box  # noqa: E402
import tap  # noqa: E402

CONFIG = '/etc/nudged/nudged.conf'
STATE = '/var/lib/nudged'
SECRET = '/etc/credstore/nudged.smtp-password'
OWNER = 'frieda'  # has a service of her own
PACKAGES = '/packages'
SOURCE = '/packages/source'
BEFORE = '0.0.1~before'
PROGRAMS = ('/usr/bin/nudge', '/usr/sbin/nudged', '/usr/libexec/nudged-send')


# --- outside: the package is made ---

def make_package(maker):
    """As anybody would who is not root, from the tarball and debian/."""
    name = tarball.name()
    os.mkdir(maker.of('/make'))
    shutil.copy(tarball.find(), maker.of('/make/' + name.replace('-', '_') + '.orig.tar.xz'))
    tarball.unpack(maker.of('/make'))
    maker.install('lintian')
    shutil.copytree(tap.source_path('debian'), maker.of(f'/make/{name}/debian'))
    maker.run(*debian.APT, 'build-dep', '-Pnocheck', f'/make/{name}')
    maker.shell('useradd -m maker && chown -R maker /make')
    maker.shell(f'cd /make/{name} && runuser -u maker -- dpkg-buildpackage -us -uc -Pnocheck',
                DEB_BUILD_OPTIONS=f'nocheck parallel={os.cpu_count()}')


def judge(maker):
    """Lintian's words, none where all is well."""
    maker.shell('cd /make && runuser -u maker -- lintian --pedantic --display-info --fail-on=none *.changes '
                '>lintian.log 2>&1')


def make_previous(maker):
    given = os.environ.get('NUDGED_PREVIOUS')
    if given:
        shutil.copy(given, maker.of('/make/previous.deb'))
        return
    maker.shell('cd /make && dpkg-deb -R nudged_*.deb previous && '
                f'sed -i "s/^Version: .*/Version: {BEFORE}/" previous/DEBIAN/control && '
                'dpkg-deb --root-owner-group -b previous previous.deb')


def prepare(folder):
    base = debian.unpack(folder)
    maker = debian.Root(base, folder, 'maker')
    make_package(maker)
    judge(maker)
    make_previous(maker)
    user = debian.Root(base, folder, 'user')
    user.install('systemd-sysv', 'dbus', 'libpam-systemd', 'python3', 'python3-aiosmtpd', 'autopkgtest',
                 'dpkg-dev')
    os.mkdir(user.of(PACKAGES))
    for name in glob.glob(maker.of('/make/*.deb')) + [maker.of('/make/lintian.log')]:
        shutil.copy(name, user.of(PACKAGES))
    maker.leave()
    os.rename(tarball.unpack(user.of(PACKAGES)), user.of(SOURCE))
    shutil.copytree(tap.source_path('debian'), user.of(SOURCE + '/debian'))
    # The box has no network: what the package needs is fetched now, and installed there.
    user.shell(f'{" ".join(debian.APT)} install --download-only {PACKAGES}/nudged_*.deb')
    return user.leave()


# --- inside ---

def run(*command, status=0, **options):
    result = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, encoding='utf-8', timeout=120,
                            check=False, **options)
    said = result.stdout + result.stderr
    tap.equal(result.returncode, status, f'the status of {command}: {said}')
    return said


def package(pattern='nudged_*.deb'):
    return glob.glob(os.path.join(PACKAGES, pattern))[0]


def apt(verb, *names):
    return run('apt-get', '-q', '-y', '--no-install-recommends', verb, *names,
               env={**os.environ, 'DEBIAN_FRONTEND': 'noninteractive'})


def show(unit, what, *manager):
    return run('systemctl', *manager, 'show', '-P', what, unit).strip()


def is_installed():
    return [path for path in PROGRAMS if os.path.exists(path)]


def write(path, text, mode=0o644):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8', opener=lambda p, f: os.open(p, f, mode)) as file:
        file.write(text)


def read(path):
    with open(path, encoding='utf-8') as file:
        return file.read()


def lintian_finds_nothing():
    tap.equal(read(os.path.join(PACKAGES, 'lintian.log')), '', 'what lintian says at its most pedantic')


def it_installs_and_runs_nothing():
    apt('install', package())
    tap.equal(len(is_installed()), len(PROGRAMS), 'programs')
    found = os.stat(STATE)
    tap.equal((found.st_uid, found.st_mode & 0o777), (pwd.getpwnam('nudged').pw_uid, 0o700), 'the state folder')
    tap.check(not os.path.exists(CONFIG), 'there is a configuration')
    for unit in ('nudged.service', 'nudged-once.timer'):
        tap.equal((show(unit, 'UnitFileState'), show(unit, 'ActiveState')), ('disabled', 'inactive'), unit)
    tap.equal(run('systemctl', '--global', 'is-enabled', 'nudged.service', status=1).strip(), 'disabled', 'for users')
    tap.equal(run('dpkg', '--verify', 'nudged'), '', 'what was changed of its files')
    tap.contains(read('/usr/share/doc/nudged/examples/nudged.conf'), 'smtp:', 'the example')


def its_own_tests_pass():
    """As Debian runs them; this box is the container that one of them asks for."""
    run('autopkgtest', '--no-built-binaries', '--ignore-restrictions=isolation-container,breaks-testbed',
        SOURCE, '--', 'null')  # its status is 0 where all have passed, and none was left out


def purged_it_leaves_nothing():
    write(SECRET, 'secret', 0o600)
    apt('purge', 'nudged')
    tap.equal(left(), [], 'what is left')


def left():
    """All paths of the system that have to do with it, but for the test's own."""
    said = run('find', '/etc', '/lib', '/usr', '/var', '/run', '-xdev', '-name', '*nudge*')
    return [path for path in said.split() if 'nudged-test' not in path and not path.startswith('/var/cache/apt/')]


def processes():
    """Of nudged, by the names that the kernel has for them."""
    found = []
    for path in glob.glob('/proc/[0-9]*/comm'):
        try:
            found += [read(path).strip()]
        except FileNotFoundError:
            pass  # it has ended meanwhile
    return [name for name in found if name.startswith('nudge')]


def configuration(port, recipient):
    return f'''smtp: {{ url = "smtp://127.0.0.1:{port}"; from = "nudged <nudged@example.org>"; }};
digests: ( {{ name = "morning"; to = [ "{recipient}@example.org" ]; language = "en"; }} );
'''


def as_owner(*command):
    uid = pwd.getpwnam(OWNER).pw_uid
    return run('runuser', '-u', OWNER, '--', 'env', f'XDG_RUNTIME_DIR=/run/user/{uid}',
               f'HOME={pwd.getpwnam(OWNER).pw_dir}', *command)


def welcome(recipient):
    letter = SINK.next(60)
    tap.equal(letter.rcpt_tos, [f'{recipient}@example.org'], 'the recipient')


def the_version_before_is_at_work():
    apt('install', package('previous.deb'))
    for unit, recipient in (('nudged', 'system'), ('anna', 'anna')):
        write(f'/etc/nudged/{unit}.conf', configuration(SINK.port, recipient))
    run('nudge', 'add', 'Ben Weber')
    run('systemctl', 'enable', '--now', 'nudged')
    welcome('system')
    run('systemctl', 'start', 'nudged@anna')
    welcome('anna')
    run('useradd', '-m', OWNER)
    run('loginctl', 'enable-linger', OWNER)
    uid = pwd.getpwnam(OWNER).pw_uid
    wait_for(lambda: os.path.exists(f'/run/user/{uid}/systemd/private'), 'the manager of the user')
    home = pwd.getpwnam(OWNER).pw_dir
    write(f'{home}/.config/nudged/nudged.conf', configuration(SINK.port, OWNER), 0o600)
    run('chown', '-R', f'{OWNER}:', f'{home}/.config')
    as_owner('nudge', 'add', 'Clara Schulz')
    as_owner('systemctl', '--user', 'enable', '--now', 'nudged')
    welcome(OWNER)


def pids():
    return [show('nudged', 'MainPID'), show('nudged@anna', 'MainPID'),
            as_owner('systemctl', '--user', 'show', '-P', 'MainPID', 'nudged').strip()]


def upgraded_it_goes_on_with_its_data():
    before, config = pids(), read(CONFIG)
    tap.check('0' not in before, f'not all run: {before}')
    apt('install', package())
    tap.check(not set(before) & set(pids()) and '0' not in pids(), f'not all were restarted: {before}, {pids()}')
    tap.equal(read(CONFIG), config, 'the configuration')
    tap.contains(run('nudge', 'list'), 'Ben Weber', 'the book')
    tap.contains(as_owner('nudge', 'list'), 'Clara Schulz', 'her book')
    tap.contains(run('nudge', 'send'), 'system@example.org', 'the answer')
    welcome('system')
    tap.check(SINK.is_empty(), 'a digest came twice')
    tap.equal(show('nudged', 'UnitFileState'), 'enabled', 'the unit')


def installed_again_it_changes_nothing():
    apt('reinstall', package())
    tap.contains(run('nudge', 'list'), 'Ben Weber', 'the book')
    tap.equal(json.loads(run('nudge', '--json', 'status'))['running'], True, 'the service')


def removed_it_leaves_the_data():
    apt('remove', 'nudged')
    tap.equal(is_installed(), [], 'programs')
    tap.equal(processes(), [], 'processes')
    tap.check(os.path.exists(f'{STATE}/nudged.db') and os.path.exists(CONFIG), 'the data are gone')
    apt('install', package())
    tap.contains(run('nudge', 'list'), 'Ben Weber', 'the book, installed again')
    tap.equal(show('nudged', 'UnitFileState'), 'enabled', 'the unit, installed again')


def what_users_have_stays_theirs():
    home = pwd.getpwnam(OWNER).pw_dir
    for name in ('.config/nudged/nudged.conf', '.local/share/nudged/nudged.db'):
        tap.check(os.path.exists(os.path.join(home, name)), f'{name} is gone')


if box.INSIDE not in sys.argv:
    import debian
    import tarball
    reason = debian.why_not()
    if reason:
        tap.skip_all(reason)
box.enter(None if box.INSIDE in sys.argv else prepare)
sys.path.insert(0, SOURCE + '/debian/tests')
from programs import wait_for  # noqa: E402
from sink import Sink  # noqa: E402

os.environ.update(SYSTEMD_COLORS='0', SYSTEMD_PAGER='', LC_ALL='C.UTF-8',
                  PATH='/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin')
subprocess.run(['systemctl', 'is-system-running', '--wait'], capture_output=True, timeout=60, check=False)
with Sink() as SINK:
    tap.run(lintian_finds_nothing, it_installs_and_runs_nothing, its_own_tests_pass, purged_it_leaves_nothing,
            the_version_before_is_at_work, upgraded_it_goes_on_with_its_data, installed_again_it_changes_nothing,
            removed_it_leaves_the_data, purged_it_leaves_nothing, what_users_have_stays_theirs)
