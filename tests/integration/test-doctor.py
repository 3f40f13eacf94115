# SPDX-License-Identifier: MIT
"""nudge doctor: everything that can be wrong between the book and the mailbox, one row a cause."""

import fcntl
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import tap  # noqa: E402
from programs import NUDGE, Home, wait_for  # noqa: E402
from smtpd import Receiver  # noqa: E402
from warp import Warp  # noqa: E402

PASSWORD = 'correct horse battery'
USER = 'anna@example.org'
CERTS = Home()
ROOT = os.geteuid() == 0
OTHER = 12345

CTL = 'systemctl --user'
CHECKS = ['configuration', 'permissions', 'space', 'database', 'clock', 'service', 'start',
          'lingering', 'server', 'tls', 'login', 'mails']

# In a container of systemd's the clock is the host's.
CONTAINER = os.path.exists('/run/systemd/container')
UNIT = {'LoadState': 'loaded', 'ActiveState': 'active', 'UnitFileState': 'enabled', 'ExecMainStatus': '0'}
NO_TIMER = {'LoadState': 'not-found', 'ActiveState': 'inactive'}
TIME = {'CanNTP': 'yes', 'NTP': 'yes', 'NTPSynchronized': 'yes'}


def certificate(name):
    return {'cert': CERTS.path(f'{name}.pem'), 'key': CERTS.path(f'{name}.key')}


def secure(**options):
    return Receiver(tls='starttls', auth_without_tls=False, users={USER: PASSWORD},
                    **{**certificate('good'), **options})


class Patient(Home):
    """All is well with it: an account, a book, a running service, and a systemd that says so."""

    def __init__(self, server):
        super().__init__()
        os.mkdir(self.path('bin'), 0o755)
        os.mkdir(self.path('config'), 0o700)
        os.symlink(self.folder, self.path('config', 'nudged'))  # where the unit looks for it
        self.env['NUDGED_CONFIG'] = self.path('config', 'nudged', 'nudged.conf')
        self.env['PATH'] = self.path('bin') + ':' + self.env['PATH']
        self.server = server
        self.write('secret', PASSWORD + '\n')
        self.account()
        self.systemd()
        self.nudge('add', 'Anna Schmidt', '--birthday', '23.11.1984')
        self.lock = open(self.path('data', 'n.lock'), 'w', encoding='utf-8')
        os.chmod(self.path('data', 'n.lock'), 0o600)
        fcntl.lockf(self.lock, fcntl.LOCK_EX)

    def __exit__(self, *whatever):
        self.lock.close()
        super().__exit__(*whatever)

    def stop(self):
        self.lock.close()

    def account(self, *, url=None, tls='required', ca='ca', secret='password_file = "secret";', user=USER):
        smtp = f'connections = 1; tls = "{tls}"; ca_file = "{CERTS.path(ca + ".pem")}";'
        if user:
            smtp += f' user = "{user}"; {secret}'
        self.configure(smtp=smtp, url=url or f'smtp://localhost:{self.server.port}')

    def tool(self, name, text, status=0, complaint=''):
        """A program of systemd's that says this."""
        self.write(f'bin/{name}', f'#!/bin/sh\ncat <<"END"\n{text}\nEND\n'
                   f'{f"echo {complaint!r} >&2" if complaint else ":"}\nexit {status}\n', mode=0o755)

    def systemd(self, unit=None, time=None, linger='yes', timer=None):
        def lines(*values):
            return '\n'.join(f'{key}={value}' for v in values for key, value in (v or {}).items())

        self.tool('systemctl', lines({**UNIT, **(unit or {})}) + '\n\n' + lines(timer or NO_TIMER))
        self.tool('timedatectl', lines({**TIME, **(time or {})}))
        self.tool('loginctl', f'Linger={linger}')

    def examine(self, status=None, env=None):
        result = self.run('--json', 'doctor', env=env)
        tap.check('Sanitizer' not in result.stderr, result.stderr)
        tap.check(PASSWORD not in result.stdout + result.stderr, 'the password is shown')
        if status is not None:
            tap.equal(result.returncode, status, f'the status: {result.stdout}{result.stderr}')
        return {found['check']: found for found in json.loads(result.stdout)}

    def back_up(self, day='2026-11-22'):
        path = self.path('data', 'backups', f'n-{day}.db')
        os.makedirs(self.path('data', 'backups'), mode=0o700, exist_ok=True)
        self.nudge('backup', path)
        return path


def all_is_well():
    with secure() as server, Patient(server) as home:
        found = home.examine(0)
        tap.equal(list(found), CHECKS, 'the checks')
        tap.equal({f['state'] for f in found.values()}, {'well'}, f'the states: {found}')
        tap.equal({f['remedy'] for f in found.values()}, {None}, 'remedies')
        tap.check(server.wait(lambda: server.counts['quit']), 'no good-bye')
        tap.equal((server.counts['auth'], server.counts['mail'], server.connections), (1, 0, 1),
                  'logins, mails and connections')
        text = home.nudge('doctor')
        tap.contains(text, 'All is well.', 'in words')
        tap.equal(len({line.index('well') for line in text.splitlines() if '  well  ' in line}), 1, 'columns')
        tap.equal(home.outbox(), {}, 'the outbox')


# --- one row a cause ---

def damage(home):
    """The middle of it, where tables are."""
    with open(home.database, 'r+b') as file:
        size = os.path.getsize(home.database)
        file.seek(4096)
        file.write(b'\x55' * (size // 2))


def truncate(home):
    os.truncate(home.database, 50)


def replace(home):
    home.write('data/n.db', 'the diary of somebody else, which is longer than a header of SQLite: '
               + 'x' * 100)


def loosen_folder(home):
    os.chmod(home.path('data'), 0o777)


def closed_port():
    with socket.create_server(('127.0.0.1', 0)) as listener:
        return listener.getsockname()[1]


def password_command(*words):
    command = ', '.join(f'"{word}"' for word in words)
    return lambda home: home.account(secret=f'password_command = [ {command} ];')


def unit(**values):
    def prepare(home):
        home.stop()
        home.systemd(unit=values)
    return prepare


def with_backups(make):
    def prepare(home):
        home.back_up('2026-11-20')
        home.back_up('2026-11-22')
        home.back_up('2026-11-21')
        make(home)
    return prepare


def stopped(make=None):
    def prepare(home):
        if make:
            make(home)
        unit(ActiveState='inactive')(home)
    return prepare


RESTORE = "nudge restore '{HOME}/data/backups/n-2026-11-22.db'"
# What is done to a sound one, the check that finds it, its text and remedy (parts), the exit status, and what
# else is wrong then. {HOME} is the patient's home.
CAUSES = (
    ('no configuration', lambda home: os.unlink(home.path('nudged.conf')),
     'configuration', 'there is none: {HOME}/nudged.conf', "nudge -c '{HOME}/nudged.conf' init", 78),
    ('a syntax error', lambda home: home.write('nudged.conf', 'smtp: { url = \n'),
     'configuration', 'nudged.conf:', 'nudged --check-config', 78),
    ('several errors of meaning', lambda home: home.write(
        'nudged.conf', 'smtp: { url = "http://x"; frm = "a@b"; };\ndigests: ( );\n'),
     'configuration', 'frm', 'nudged --check-config', 78),
    ('a configuration of everybody', lambda home: os.chmod(home.path('nudged.conf'), 0o606),
     'configuration', 'others may write this file', "chmod go-w '{HOME}/nudged.conf'", 78),
    ('a folder of everybody', loosen_folder,
     'permissions', 'others may write to this folder', "chmod go-w '{HOME}/data'", 77),
    ('a damaged database', with_backups(damage),
     'database', '', f'{CTL} stop nudged && {RESTORE} && {CTL} start nudged', 65),
    ('a damaged database, the service stopped', stopped(with_backups(damage)),
     'database', '', RESTORE, 65, 'service'),
    ('a damaged database without a backup', damage,
     'database', '', "sqlite3 '{HOME}/data/n.db' .recover", 65),
    ('a truncated database', with_backups(truncate),
     'database', '', RESTORE, 65),
    ('a missing database', with_backups(lambda home: os.unlink(home.database)),
     'database', 'n.db is gone', RESTORE, 65),
    ('a missing database without a backup', lambda home: os.unlink(home.database),
     'database', 'n.db is gone', 'nudge restore COPY', 65),
    ('a database of somebody else', replace,
     'database', 'is not a database of nudged', '', 65),
    ('the time is not kept', lambda home: home.systemd(time={'NTP': 'no', 'NTPSynchronized': 'no'}),
     'clock', 'switched off', 'timedatectl set-ntp true', 75),
    ('the time is not set yet', lambda home: home.systemd(time={'NTPSynchronized': 'no'}),
     'clock', 'not set by the network yet', 'timedatectl timesync-status', 75),
    ('nothing could keep the time', lambda home: home.systemd(
        time={'CanNTP': 'no', 'NTP': 'no', 'NTPSynchronized': 'no'}),
     'clock', 'no service for that is installed', 'Install', 75),
    ('the service is not running', unit(ActiveState='inactive'),
     'service', 'not running', f'{CTL} start nudged', 1),
    ('the service is neither running nor enabled', unit(ActiveState='inactive', UnitFileState='disabled'),
     'service', 'not running', f'{CTL} enable --now nudged', 1, 'start'),
    ('the service has failed', unit(ActiveState='failed', ExecMainStatus='74'),
     'service', 'status 74', f'{CTL} restart nudged', 1),
    ('the service was killed', unit(ActiveState='failed', ExecMainCode='2', ExecMainStatus='9'),
     'service', 'SIGKILL', f'{CTL} reset-failed nudged', 1),
    ('the service has refused its configuration', unit(ActiveState='failed', ExecMainStatus='78'),
     'service', 'configuration', 'journalctl', 1),
    ('the service is masked', unit(LoadState='masked', ActiveState='inactive', UnitFileState='masked'),
     'service', 'masked', f'{CTL} unmask nudged', 1),
    ('the unit is not installed', unit(LoadState='not-found', ActiveState='inactive', UnitFileState=''),
     'service', 'knows no nudged.service', f'{CTL} daemon-reload', 1),
    ('the service has another database', unit(),
     'service', 'not on this database', f'{CTL} restart nudged', 1),
    ('the unit is not enabled', lambda home: home.systemd(unit={'UnitFileState': 'disabled'}),
     'start', 'does not start', f'{CTL} enable nudged', 1),
    ('the name is not known', lambda home: home.account(url='smtp://mail.invalid:587'),
     'server', 'could not be looked up', 'smtp.url', 69),
    ('nobody listens', lambda home: home.account(url=f'smtp://localhost:{closed_port()}'),
     'server', 'nobody answers there', 'port', 69),
    ('TLS where it is not expected', lambda home: home.account(url=f'smtps://localhost:{home.server.port}'),
     'server', 'should begin with smtp://', 'scheme', 69),
    ('an authority that is not known', lambda home: home.account(ca='stranger'),
     'tls', 'certificate', 'ca_file', 69),
    ('a file of authorities that is missing', lambda home: home.account(ca='no-such'),
     'tls', 'cannot be read', 'ca_file', 69),
    ('a wrong password', lambda home: home.write('secret', 'wrong\n'),
     'login', 'refuses the login: 535 5.7.8', 'smtp.user', 77),
    ('no password file', lambda home: os.unlink(home.path('secret')),
     'login', 'secret', 'password_file', 77),
    ('a password file for everybody', lambda home: os.chmod(home.path('secret'), 0o644),
     'login', 'others may use {HOME}/secret', "chmod 600 '{HOME}/secret'", 77),
    ('a password command that fails', password_command('sh', '-c', 'echo locked >&2; exit 2'),
     'login', 'ended with status 2', 'by hand', 77),
    ('a password command that is missing', password_command('no-such-program-4711'),
     'login', 'no-such-program-4711', 'by hand', 77),
)


def only_that_is_wrong(found, check, cause, also=()):
    """What hangs on it is unclear, and says on what; what does not is well."""
    for name, one in found.items():
        if name == check or name in also:
            continue
        tap.check(one['state'] != 'wrong', f'{cause}: {name} is wrong too: {one}')
        if one['state'] == 'unclear':
            tap.check('first see to: ' in one['text'] or one['text'] == 'there is no unit that could start',
                      f'{cause}: {name}: {one}')


def each_cause_is_found():
    problems = []
    for cause, prepare, check, text, remedy, status, *also in CAUSES:
        if check == 'clock' and CONTAINER:
            continue
        with secure() as server, Patient(server) as home:
            prepare(home)
            try:
                found = home.examine(status)
                tap.equal(list(found), CHECKS, 'the checks')
                tap.equal(found[check]['state'], 'wrong', f'{check}: {found[check]}')
                tap.contains(found[check]['text'], text.replace('{HOME}', home.path('config', 'nudged')), 'the text')
                tap.contains(found[check]['remedy'] or '', remedy.replace('{HOME}', home.path('config', 'nudged')), 'the remedy')
                only_that_is_wrong(found, check, cause, also)
                tap.equal(server.counts['mail'], 0, 'mails')
            except tap.Failed as problem:
                problems.append(f'{cause}: {problem}')
    tap.check(not problems, '\n'.join(problems))
    tap.diagnose(f'{len(CAUSES)} causes')


# What the server does, the check that finds it, its text, the exit status.
SERVERS = (
    ({'rules': ['ehlo=strip-starttls']}, 'tls', 'offers no encryption (STARTTLS)', 69),
    ({'rules': ['starttls=reply:454 4.7.0 not now']}, 'tls', 'refuses it', 69),
    ({'rules': ['starttls=tls-garbage']}, 'tls', 'could not be made', 69),
    (certificate('expired'), 'tls', 'expired', 69),
    (certificate('stranger'), 'tls', 'authority', 69),
    (certificate('other'), 'tls', 'not one for this name', 69),
    ({'mechanisms': ()}, 'login', 'no login', 77),
    ({'mechanisms': ('GSSAPI',)}, 'login', 'no kind of login', 77),
    ({'rules': ['auth=reply:454 4.7.0 later']}, 'login', '454 4.7.0 later', 77),
    ({'rules': ['banner=reply:554 5.3.2 not here']}, 'server', '554 5.3.2 not here', 69),
    ({'rules': ['connect=close']}, 'server', 'hung up', 69),
    ({'rules': ['banner=malformed']}, 'server', 'speaks no SMTP', 69),
)


def each_fault_of_a_server_is_found():
    problems = []
    for options, check, text, status in SERVERS:
        with secure(**options) as server, Patient(server) as home:
            try:
                found = home.examine(status)
                tap.equal(found[check]['state'], 'wrong', f'{check}: {found}')
                tap.contains(found[check]['text'], text, 'the text')
                tap.check(found[check]['remedy'], 'no remedy')
                only_that_is_wrong(found, check, text)
                tap.equal(server.counts['mail'], 0, 'mails')
            except tap.Failed as problem:
                problems.append(f'{options}: {problem}')
    tap.check(not problems, '\n'.join(problems))


def a_credential_is_the_services_alone():
    with secure() as server, Patient(server) as home:
        home.account(secret='password_credential = "smtp-password";')
        found = home.examine(77)
        tap.equal((found['server']['state'], found['tls']['state'], found['login']['state']),
                  ('well', 'well', 'unclear'), 'the states')
        tap.contains(found['login']['text'], 'smtp-password', 'the text')
        tap.contains(found['login']['remedy'], 'nudge status --history', 'the remedy')
        tap.equal(server.counts['auth'], 0, 'logins')
        home.stop()
        home.env['CREDENTIALS_DIRECTORY'] = home.path('credentials')
        os.mkdir(home.path('credentials'), 0o700)
        home.write('credentials/smtp-password', 'wrong\n')
        home.once('2026-11-23T07:30:00+01:00', status=75)
        del home.env['CREDENTIALS_DIRECTORY']
        tap.contains(home.examine()['login']['text'], 'that one met: ', 'what the service knows')
        tap.contains(home.examine()['login']['text'], 'refuses the login: 535', 'what the service knows')


def a_running_service_lends_its_sender():
    for password, state, status in ((PASSWORD, 'well', 0), ('wrong', 'wrong', 77)):
        with secure() as server, Patient(server) as home:
            home.account(secret='password_credential = "smtp-password";')
            home.stop()
            os.mkdir(home.path('credentials'), 0o700)
            home.write('credentials/smtp-password', password + '\n')
            home.env['CREDENTIALS_DIRECTORY'] = home.path('credentials')
            home.now = '2026-11-23T08:30:00+01:00'
            with home.service('2026-11-23T07:30:00+01:00') as service:
                service.says('sent')
                del home.env['CREDENTIALS_DIRECTORY']
                sent = len(server.messages)
                found = home.examine(status)
                tap.equal((found['server']['state'], found['tls']['state'], found['login']['state']),
                          ('well', 'well', state), f'{password}: {found}')
                tap.equal(len(server.messages), sent, 'mails')
                said = home.nudge('doctor', status=status, env={'LANG': 'de_DE.UTF-8'})
                tap.contains(said, 'als ' + USER if state == 'well' else 'Server lehnt die Anmeldung ab', 'in German')


def what_needs_no_login_or_encryption_is_well():
    with Receiver() as server, Patient(server) as home:
        home.account(tls='none', user=None)
        found = home.examine(0)
        tap.contains(found['tls']['text'], 'tls = "none"', 'the encryption')
        tap.contains(found['login']['text'], 'no user', 'the login')


def a_timer_does_as_well():
    with secure() as server, Patient(server) as home:
        home.stop()
        home.systemd(unit={'ActiveState': 'inactive', 'UnitFileState': 'disabled'},
                     timer={**UNIT, 'ActiveState': 'active'})
        found = home.examine(0)
        tap.contains(found['service']['text'], 'nudged-once.timer', 'the service')


def the_first_of_several_gives_the_status():
    with secure() as server, Patient(server) as home:
        home.stop()
        home.systemd(unit={'ActiveState': 'inactive', 'UnitFileState': 'disabled'}, time={'NTP': 'no',
                     'NTPSynchronized': 'no'})
        home.write('secret', 'wrong\n')
        damage(home)
        found = home.examine(65)
        tap.equal([name for name, one in found.items() if one['state'] == 'wrong'],
                  ['database', *([] if CONTAINER else ['clock']), 'service', 'start', 'login'], 'what is wrong')


def the_disk_is_tried():
    for how, text in (('full', 'is full'), ('broken', 'cannot be written')):
        with secure() as server, Patient(server) as home:
            try:
                os.close(os.open(home.path('data'), os.O_TMPFILE | os.O_RDWR))
            except OSError:
                raise tap.Skipped('no files without a name here') from None
            env = {'LD_PRELOAD': tap.build_path('tests/lib/killer.so'), 'NUDGED_KILL_AT': '1',
                   'NUDGED_KILL_HOW': how,
                   'ASAN_OPTIONS': home.env.get('ASAN_OPTIONS', '') + ':verify_asan_link_order=0'}
            found = home.examine(74, env=env)
            tap.equal(found['space']['state'], 'wrong', how)
            tap.contains(found['space']['text'], text, 'the text')
            tap.check(found['space']['remedy'], 'no remedy')
            said = home.nudge('status', env=env)
            tap.contains(said, text, 'status says it while it lasts')
            tap.contains(said, 'nudge doctor', 'and who helps')
            tap.contains(home.run('--json', 'status', env=env).stdout, text, 'its document')
            tap.check('nudge doctor' not in home.nudge('status'), 'advice where all is well')


def a_clock_that_went_wrong():
    with secure() as server, Patient(server) as home:
        home.stop()
        home.once('2026-11-23T07:30:00+01:00')
        for now, day in (('1970-01-01T12:00:00Z', '1970-01-01'), ('2029-01-01T12:00:00Z', '2029-01-01')):
            home.now = now
            found = home.examine()
            tap.equal(found['clock']['state'], 'wrong', now)
            tap.contains(found['clock']['text'], f'it says {day}, but digest d was last due on 2026-11-23', now)
            tap.contains(found['clock']['remedy'], 'timedatectl', now)


def a_configuration_that_no_unit_reads():
    with secure() as server, Patient(server) as home:
        home.env['NUDGED_CONFIG'] = home.path('nudged.conf')
        found = home.examine(0)
        tap.equal({f['state'] for f in found.values()}, {'well'}, f'the states: {found}')
        home.stop()
        found = home.examine(1)
        tap.contains(found['service']['text'], 'no unit of systemd reads this configuration', 'the service')
        tap.contains(found['service']['remedy'], f"nudged --foreground --config '{home.path('nudged.conf')}'",
                     'what starts it')
        tap.check('lingering' not in found, 'a service of systemd that is not there')
        tap.check('systemctl' not in str(found), f'a remedy for another service: {found}')


def without_systemd_that_is_said():
    with secure() as server, Patient(server) as home:
        booted = os.path.exists('/run/systemd/system')
        for name in ('systemctl', 'timedatectl', 'loginctl'):
            home.tool(name, '', status=1, complaint='Failed to connect to bus')
        if not booted:
            found = home.examine(0)
            tap.contains(found['start']['text'], 'systemd is not here', 'its start')
            tap.contains(found['clock']['text'], 'systemd', 'the clock')
            home.stop()
        found = home.examine(1)
        tap.contains((found['service' if not booted else 'start'])['text'],
                     'Failed to connect to bus' if booted else 'systemd is not here', 'the service')
        for name in ('systemctl', 'timedatectl', 'loginctl'):
            os.unlink(home.path('bin', name))
        home.env['PATH'] = home.path('bin')  # where there are no such programs
        tap.check(home.examine(1)['start']['state'] == 'unclear', 'without its programs')


def as_an_ordinary_user():
    """Who is root becomes somebody else; the others were that all the time."""
    with secure() as server, Patient(server) as home:
        home.systemd(linger='no')
        argv = [NUDGE, '--json', 'doctor']
        options = {}
        if ROOT:
            for folder, folders, names in os.walk(home.folder):
                for name in ['.', *folders, *names]:
                    os.chown(os.path.join(folder, name), OTHER, OTHER)
            options = {'user': OTHER, 'group': OTHER, 'extra_groups': []}
            try:
                subprocess.run([NUDGE, '--version'], capture_output=True, check=True, **options)
            except (OSError, subprocess.CalledProcessError) as problem:
                raise tap.Skipped('another user may not run what was built here') from problem
        result = subprocess.run(argv, env=home.env, capture_output=True, encoding='utf-8', timeout=60, check=False,
                                **options)
        found = {one['check']: one for one in json.loads(result.stdout)}
        tap.equal(result.returncode, 1, f'the status: {result.stdout}')
        tap.equal(found['lingering']['state'], 'wrong', 'the state')
        tap.contains(found['lingering']['remedy'], 'loginctl enable-linger', 'the remedy')
        tap.equal(found['permissions']['state'], 'well', 'permissions')


def a_database_of_another_user():
    if not ROOT:
        raise tap.Skipped('only root can give files away')
    with secure() as server, Patient(server) as home:
        os.chown(home.database, OTHER, OTHER)
        found = home.examine(77)
        tap.contains(found['permissions']['text'], f'belongs to another user ({OTHER})', 'the text')
        os.chown(home.database, 1, 1)  # who has a name on every Debian
        tap.contains(home.examine(77)['permissions']['remedy'], 'runuser -u daemon -- nudge doctor', 'the remedy')


def people_read_it_in_their_language():
    with secure() as server, Patient(server) as home:
        home.write('secret', 'wrong\n')
        text = home.nudge('doctor', status=77, env={'LANG': 'de_DE.UTF-8'})
        tap.contains(text, 'Anmeldung', 'the check')
        tap.contains(text, 'Server lehnt die Anmeldung ab', 'the text')
        for word in ('  well', '  wrong', 'Login', 'first see to'):
            tap.check(word not in text, f'{word!r} is English: {text}')


def names_are_refused():
    with Home() as home:
        home.configure()
        tap.contains(home.nudge('doctor', 'login', status=64), 'looks at everything', 'the reason')
        tap.contains(home.nudge('doctor', '--help'), 'nudge doctor', 'the help')


def a_service_that_hangs():
    with secure() as server, Patient(server) as home, \
            Warp(home, speed=10) as warp, socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as hung:
        hung.bind(home.path('data', 'n.socket'))
        hung.listen(8)
        home.lock.write(f'{os.getpid()}\n{home.path("data", "n.socket")}\n')
        home.lock.flush()
        found = home.examine(1, env=warp.env)['service']
        tap.equal(found['text'], f'it runs (process {os.getpid()}) and does not answer', 'what is found')
        tap.equal(found['remedy'], f'{CTL} restart nudged', 'what mends it')
        tap.contains(home.nudge('status', env=warp.env), 'running, but it does not answer', 'status')
        tap.contains(home.nudge('send', status=69, env=warp.env), 'does not answer', 'send')


def who_holds_the_database_is_named():
    with secure() as server, Patient(server) as home:
        other = sqlite3.connect(home.database, isolation_level=None)
        try:
            for how in 'EXCLUSIVE', 'IMMEDIATE':
                other.execute(f'BEGIN {how}')
                found = home.examine(65)['database']
                tap.check(found['text'].startswith(f'process {os.getpid()} (') and found['state'] == 'wrong', found)
                tap.contains(found['remedy'], f'kill {os.getpid()}', how)
                if how == 'EXCLUSIVE':
                    tap.contains(home.nudge('status', status=75), f'process {os.getpid()} (', 'status')
                other.execute('ROLLBACK')
            home.examine(0)
        finally:
            other.close()


def a_lock_is_told_before_it_is_worth_the_journal():
    with secure() as server, Patient(server) as home:
        home.lock.close()
        with home.service('2026-11-23T08:00:00+01:00') as service:
            service.says('sent')
            service.says('backup')
            other = sqlite3.connect(home.database, isolation_level=None)
            try:
                other.execute('BEGIN EXCLUSIVE')
                service.signal(signal.SIGHUP)  # which makes it look
                wait_for(lambda: 'another process has held database' in home.run('status').stdout, 'status')
                other.execute('ROLLBACK')
            finally:
                other.close()
            wait_for(lambda: 'another process' not in home.run('status').stdout, 'the end of it')


# What stands in the outbox; the state of the finding, and a part of its text and remedy.
MAILS = (
    ("'refused', 1, 0, NULL, 0, 5, 'The server refuses it.'", 'wrong', 'was refused: The server', 'test-send'),
    ("'in doubt', 1, 1, NULL, 9223372036854775807, 5, 'Cut.'", 'wrong', 'and is held: Cut', 'nudge send m --arrived'),
    ("'in doubt', 1, 1, NULL, 9223372036854775807, {NOW} - 720, NULL", 'wrong', 'has not answered for 12 minutes',
     'ten minutes'),
    ("'in doubt', 1, 1, NULL, 9999999999, 5, 'It was cut.'", 'wrong', 'may have arrived or not: It was', 'test-send'),
    ("'queued', 9, 0, 5, 9999999999, 5, 'The server waits.'", 'wrong', 'more than an hour', 'test-send'),
    ("'queued', 1, 0, {NOW}, 9999999999, {NOW}, 'Later.'", 'well', 'none', ''),
    ("'in doubt', 1, 1, NULL, 9999999999, {NOW}, NULL", 'well', 'none', ''),
    ("'sent', 1, 1, NULL, 0, 5, NULL", 'well', 'none', ''),
    ("'withdrawn', 1, 0, 5, 0, 5, 'Late.'", 'well', 'none', ''),
)


def mails_that_did_not_arrive():
    with secure() as server, Patient(server) as home:
        home.stop()
        with sqlite3.connect(home.database) as db:
            db.execute("INSERT INTO digest (name, cadence, timezone, since) VALUES ('m', '*-*-* 07:00', 'UTC', 5)")
        for row, state, text, remedy in MAILS:
            with sqlite3.connect(home.database) as db:
                db.execute("INSERT INTO message VALUES (1, (SELECT id FROM digest WHERE name='m'), 5, '<a>', 's',"
                           " 's', x'00', 5)")
                db.execute(f"INSERT INTO delivery VALUES (1, 1, 'a@b', {row.format(NOW=int(time.time()))})")
            db.close()
            found = home.examine()['mails']
            tap.equal(found['state'], state, f'{row}: {found}')
            tap.contains(found['text'], text, row)
            tap.contains(found['remedy'] or '', remedy, row)
            with sqlite3.connect(home.database) as db:
                # A later mail of the digest that arrived: what was refused before is past.
                db.execute("INSERT INTO message VALUES (2, (SELECT id FROM digest WHERE name='m'), 6, '<b>', 's',"
                           " 's', x'00', 5)")
                db.execute("INSERT INTO delivery VALUES (2, 2, 'c@d', 'sent', 1, 0, NULL, 0, 5, NULL)")
            db.close()
            if 'refused' in row:
                tap.equal(home.examine()['mails']['state'], 'well', 'after one that arrived')
            with sqlite3.connect(home.database) as db:
                db.execute('DELETE FROM delivery')
                db.execute('DELETE FROM message')
            db.close()


if not shutil.which('openssl'):
    tap.skip_all('openssl is not installed')
with CERTS:
    subprocess.run(['bash', tap.source_path('tests/lib/certs.sh'), CERTS.folder], check=True,
                   stderr=subprocess.DEVNULL)
    tap.run(all_is_well, a_configuration_that_no_unit_reads, each_cause_is_found, a_service_that_hangs, who_holds_the_database_is_named,
            a_lock_is_told_before_it_is_worth_the_journal, mails_that_did_not_arrive,
            each_fault_of_a_server_is_found, a_credential_is_the_services_alone,
            a_running_service_lends_its_sender,
            what_needs_no_login_or_encryption_is_well, a_timer_does_as_well, the_first_of_several_gives_the_status, the_disk_is_tried,
            a_clock_that_went_wrong, without_systemd_that_is_said, as_an_ordinary_user, a_database_of_another_user,
            people_read_it_in_their_language, names_are_refused)
