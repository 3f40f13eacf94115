# SPDX-License-Identifier: MIT
"""The units at work under a real systemd, in a container, with a real Postfix."""

import json
import os
import pwd
import shutil
import signal
import sqlite3
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import box  # noqa: E402
import tap  # noqa: E402

box.enter()
from postfix import PASSWORD, USER, Postfix, why_not  # noqa: E402
from programs import wait_for  # noqa: E402

CONFIG = '/etc/nudged/nudged.conf'
STATE = '/var/lib/nudged'
RECIPIENT = 'ben@example.test'
ESCAPED = "'\\''"  # an apostrophe in a word that stands in such
OWNER = 'frieda'  # has a service of her own


def run(*command, status=0, **options):
    result = subprocess.run(command, capture_output=True, encoding='utf-8', timeout=60, check=False, **options)
    said = result.stdout + result.stderr
    tap.equal(result.returncode, status, f'the status of {command}: {said}')
    return said


def show(unit, what, *manager):
    return run(*(manager or ('systemctl',)), 'show', '-P', what, unit).strip()


def main_pid(unit='nudged'):
    return int(show(unit, 'MainPID'))


def write(path, text, mode=0o644):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8', opener=lambda p, f: os.open(p, f, mode)) as file:
        file.write(text)


def drop_in(unit, text):
    write(f'/etc/systemd/system/{unit}.service.d/test.conf', '[Service]\n' + text)
    run('systemctl', 'daemon-reload')


def configuration(secret='password_credential = "smtp-password"', recipient=RECIPIENT):
    return f'''smtp: {{ url = "smtp://localhost:{POSTFIX.starttls}"; tls = "required"; ca_file = "/etc/nudged/ca.pem";
  from = "nudged <{USER}>"; user = "{USER}"; {secret}; }};
digests: ( {{ name = "morning"; to = [ "{recipient}" ]; timezone = "Europe/Berlin"; language = "de"; }} );
'''


def journal(*matches):
    return [json.loads(line) for line in run('journalctl', '-o', 'json', '--no-pager', *matches).splitlines()]


def ask_database(sql, path=f'{STATE}/nudged.db'):
    """One value, read beside those who have it open."""
    db = sqlite3.connect(f'file:{path}?mode=ro', uri=True)
    try:
        return db.execute(sql).fetchone()[0]
    finally:
        db.close()


def welcome():
    tap.equal(POSTFIX.collect(1)[0]['Subject'], 'Willkommen bei nudged', 'the subject')


# --- the system's service ---

def it_is_installed():
    run('make', '-s', 'install')
    run('systemctl', 'start', 'nudged', status=1)
    said = run('journalctl', '--no-pager', '-o', 'cat', '-u', 'nudged')
    tap.contains(said, f'as root, `nudge -c {CONFIG} init` asks a few questions', 'what a first start says')
    tap.check('of your own' not in said, said)
    user = pwd.getpwnam('nudged')
    found = os.stat(STATE)
    tap.equal((found.st_uid, found.st_mode & 0o777), (user.pw_uid, 0o700), 'the state folder')
    tap.check(os.path.isdir('/etc/nudged'), 'the folder of configurations')
    shutil.copy(POSTFIX.path('certs/ca.pem'), '/etc/nudged/ca.pem')
    write(CONFIG, configuration())
    write('/etc/credstore/nudged.smtp-password', PASSWORD, 0o600)


def it_starts_and_sends():
    run('nudge', 'add', 'Anna Schmidt', '--birthday', '12.3.1984')
    run('systemctl', 'start', 'nudged')
    welcome()
    tap.equal(show('nudged', 'ActiveState'), 'active', 'the state')
    tap.contains(run('systemctl', 'status', 'nudged'), 'Status: "', 'the status line')
    wait_for(lambda: 'morning on' in show('nudged', 'StatusText'), 'the next digest in the status line')
    tap.equal({os.stat(os.path.join(STATE, name)).st_uid for name in os.listdir(STATE)},
              {pwd.getpwnam('nudged').pw_uid}, 'whose files they are')


def roots_nudge_uses_its_book():
    tap.contains(run('nudge', 'list'), 'Anna Schmidt', 'the book')
    tap.contains(run('nudge', 'test-send'), RECIPIENT, 'the answer')  # by a sender with the credential
    tap.contains(run('nudge', 'send'), RECIPIENT, 'the answer')
    POSTFIX.collect(2)


def what_is_roots_alone_is_read():
    table = 'First Name,Last Name,URL,Email Address,Company,Position,Connected On\nLena,Linked,,l@x.test,,,05 Mar 2024\n'
    write('/root/export/Connections.csv', table, 0o600)
    write("/root/export/it's.vcf", 'BEGIN:VCARD\nVERSION:3.0\nFN:Rita Rootsfriend\nEND:VCARD\nBEGIN:VCARD\n'
          'VERSION:3.0\nTEL:12\nEND:VCARD\n', 0o600)
    os.chmod('/root/export', 0o700)
    said = run('sh', '-c', 'cd /root && nudge import --rejects /var/tmp/rejects export')
    for words in ('export/Connections.csv: LinkedIn CSV', 'added 2', "export/it's.vcf:5: has no name"):
        tap.contains(said, words, 'what is said of a folder')
    with open('/var/tmp/rejects', encoding='utf-8') as file:
        tap.contains(file.read(), 'TEL:12', 'what was rejected')
    tap.contains(run('nudge', 'import', '--rejects', '/root/rejects', '/root/export', status=73), 'Permission denied',
                 'where rejects cannot be written')
    run('sh', '-c', 'nudge --json export - >/root/book.json')
    run('nudge', 'book', 'copy', '--create')
    run('sh', '-c', 'chmod 600 /root/book.json && nudge -b copy import /root/book.json')
    tap.contains(run('nudge', '-b', 'copy', 'list'), 'Lena Linked', 'the copy')


def what_is_roots_alone_the_shell_writes():
    for words, typed in ((['backup', "/root/it's.db"], 'nudge backup'), (['export', "/root/it's.vcf"], 'nudge export'),
                         (['--json', 'export', '/root/all.json'], 'nudge export --format json'),
                         (['-b', 'copy', 'export', '/root/all.csv'], 'nudge -b copy export --format csv'),
                         (['-c', CONFIG, '-b', 'copy', 'export', '--format', 'ics', '/root/cal.ics'],
                          f'nudge -c {CONFIG} -b copy export --format ics')):
        said = run('nudge', *words, status=77)
        way = said.split('`')[1]
        tap.equal(way, f"(umask 077; {typed} - >'{words[-1].replace(chr(39), ESCAPED)}')", 'what is said')
        run('sh', '-c', way)
    with open('/root/all.json', encoding='utf-8') as file:
        tap.equal(json.load(file)['nudge'], 1, 'all of the book, as JSON')
    tap.equal(os.stat("/root/it's.db").st_mode & 0o777, 0o600, 'the mode of the copy')
    for words in (['backup', '/root/none/x.db'], ['export', '/root/none/x.vcf']):
        tap.contains(run('nudge', *words, status=73), 'No such file', 'a folder that is not there')
    run('systemctl', 'stop', 'nudged')
    for way in ("nudge restore --yes it\\'s.db", "nudge restore --yes - <it\\'s.db"):
        run('nudge', 'remove', '--yes', 'Rita')
        run('sh', '-c', 'cd /root && ' + way)  # a folder that the service's user cannot enter
        tap.contains(run('nudge', 'list'), 'Rita Rootsfriend', 'the book that is back')
    tap.equal([name for name in os.listdir(STATE) if name.endswith('.copy')], [], 'what was left')
    run('systemctl', 'start', 'nudged')


def a_book_that_is_not_the_usual_one_is_named():
    def on_a_terminal(**environment):
        settings = [f'{name}={value}' for name, value in environment.items()]
        return run('script', '-qec', ' '.join(['env', *settings, 'nudge', 'list']), '/dev/null')

    tap.contains(on_a_terminal(), "the system's book, of user nudged", 'what root is told')
    own = '/root/.config/nudged/nudged.conf'
    write(own, configuration(), 0o600)
    run('nudge', 'add', 'Rudi Mine')
    tap.contains(on_a_terminal(), '/root/.local/share/nudged/nudged.db', 'what root is told of their own')
    tap.check('Rudi' not in run('nudge', '-c', CONFIG, 'list'), 'the book of the system')
    os.rename(own, '/root/other.conf')
    tap.contains(on_a_terminal(NUDGED_CONFIG='/root/other.conf'), 'this is the book in', 'what the variable leads to')


def examine(status, *options):
    found = json.loads(subprocess.run(['nudge', *options, '--json', 'doctor'], capture_output=True, timeout=60,
                                      check=False).stdout)
    wrong = {one['check']: one['remedy'] for one in found if one['state'] != 'well'}
    tap.equal(bool(wrong), bool(status), f'{found}')
    return wrong


def roots_doctor_finds_what_mends_it():
    tap.equal(examine(1), {'start': 'systemctl enable nudged'}, 'what is wrong')  # the login is not: it was lent
    run('systemctl', 'enable', 'nudged')
    tap.contains(run('nudge', 'doctor'), 'All is well.', 'the answer')
    run('systemctl', 'stop', 'nudged')
    wrong = examine(1)
    tap.equal((wrong['service'], set(wrong)), ('systemctl start nudged', {'service', 'login'}), 'without the service')
    os.chown(f'{STATE}/nudged.db', 0, 0)  # somebody has copied it there
    tap.equal(examine(1)['permissions'], f"As root: chown nudged: '{STATE}/nudged.db'", 'the remedy')
    shutil.chown(f'{STATE}/nudged.db', 'nudged', 'nudged')
    run('systemctl', 'start', 'nudged')
    run('systemctl', 'disable', 'nudged')


def others_are_told_what_to_type():
    link = '/var/tmp/link.conf'
    os.symlink(CONFIG, link)
    others = ('runuser', '-u', 'nobody', '--')
    for words in (['nudge', 'list'], ['nudge', '-c', CONFIG, 'add', 'Zoe'], ['nudge', 'test-send'], ['nudge', 'doctor'],
                  ['nudge', '-c', '/etc//nudged/nudged.conf', 'list'], ['nudge', '-c', link, 'list'],
                  ['sh', '-c', 'cd /etc/nudged && exec nudge -c nudged.conf list']):
        said = run(*others, *words, status=77)
        tap.contains(said, 'sudo nudge', f'the sentence to {words}')
        tap.contains(said, 'a book of your own, `nudge init` makes', f'what leads on from {words}')
    tap.contains(run(*others, 'nudged', '--once', status=77), 'Permission denied', 'the sentence of the service')
    tap.contains(run('nudge', '-c', link, 'list'), 'Anna Schmidt', 'the book that root gets by a link')


def a_good_reload_is_used_and_a_bad_one_is_told():
    write(CONFIG, configuration(recipient='carla@example.test'))
    run('systemctl', 'reload', 'nudged')
    wait_for(lambda: 'carla' in run('nudge', 'config'), 'the recipient')
    write(CONFIG, configuration().replace('morning', 'Morning!'))
    run('systemctl', 'reload', 'nudged')
    wait_for(lambda: 'Trouble' in show('nudged', 'StatusText'), 'the trouble in the status line')
    tap.equal(show('nudged', 'ActiveState'), 'active', 'the state')
    write(CONFIG, configuration())
    run('systemctl', 'reload', 'nudged')
    wait_for(lambda: 'Trouble' not in show('nudged', 'StatusText'), 'the trouble is gone')


def a_wrong_configuration_is_not_tried_again():
    run('systemctl', 'stop', 'nudged')
    write(CONFIG, 'smtp: {\n')
    run('systemctl', 'start', 'nudged', status=1)
    tap.equal(show('nudged', 'ExecMainStatus'), '78', 'the exit status')
    tap.equal(show('nudged', 'NRestarts'), '0', 'restarts')
    write(CONFIG, configuration())
    run('systemctl', 'start', 'nudged')


def who_hangs_is_restarted():
    drop_in('nudged', 'WatchdogSec=1s\nRestartSec=0\n')
    run('systemctl', 'restart', 'nudged')
    wait_for(lambda: show('nudged', 'WatchdogTimestampMonotonic') != '0', 'a sign of life')
    os.kill(main_pid(), signal.SIGSTOP)
    wait_for(lambda: show('nudged', 'NRestarts') == '1', 'the restart')
    wait_for(lambda: show('nudged', 'ActiveState') == 'active', 'active again')


def who_is_killed_is_restarted_and_sends_nothing_twice():
    drop_in('nudged', 'RestartSec=0\n')
    run('systemctl', 'restart', 'nudged')
    old = main_pid()
    os.kill(old, signal.SIGKILL)
    wait_for(lambda: main_pid() not in (0, old), 'another process')
    wait_for(lambda: show('nudged', 'ActiveState') == 'active', 'active again')
    tap.equal(POSTFIX.box(), [], 'mails')


def an_encrypted_credential_is_enough():
    os.makedirs('/etc/credstore.encrypted')
    result = subprocess.run(['systemd-creds', 'encrypt', '--name=smtp-password-encrypted', '--with-key=host', '-',
                             '/etc/credstore.encrypted/nudged.smtp-password-encrypted'],
                            input=PASSWORD, encoding='utf-8', capture_output=True, check=False)
    if result.returncode:
        raise tap.Skipped(f'systemd-creds: {result.stderr.strip()}')
    os.unlink('/etc/credstore/nudged.smtp-password')
    write(CONFIG, configuration(secret='password_credential = "smtp-password-encrypted"'))
    run('systemctl', 'restart', 'nudged')
    tap.contains(run('nudge', 'send'), RECIPIENT, 'the answer')
    POSTFIX.collect(1)


def it_is_closed_in():
    pid = main_pid()
    with open(f'/proc/{pid}/status', encoding='ascii') as file:
        facts = dict(line.split(':\t', 1) for line in file.read().splitlines() if ':\t' in line)
    tap.equal(facts['NoNewPrivs'].strip(), '1', 'NoNewPrivs')
    tap.equal(int(facts['CapBnd'], 16), 0, 'capabilities')
    inside = ['nsenter', '-t', str(pid), '-m']
    for path in ('/etc/x', '/usr/x', '/var/lib/x'):
        tap.contains(run(*inside, 'touch', path, status=1), 'Read-only', path)
    run(*inside, 'touch', f'{STATE}/x')
    os.unlink(f'{STATE}/x')
    tap.equal(run(*inside, 'ls', '/home', '/root').split(), ['/home:', '/root:'], 'homes')
    as_service = [*inside, 'setpriv', '--reuid=nudged', '--regid=nudged', '--clear-groups']
    for path in ('/dev/shm/x', '/run/lock/x'):
        tap.contains(run(*as_service, 'touch', path, status=1), 'Permission denied', path)
    for path in ('/run/x', '/run/systemd/x', '/run/nudged/x'):
        tap.contains(run(*inside, 'touch', path, status=1), 'Read-only', path)
    tap.contains(run(*as_service, 'ls', '/run/dbus', status=2), 'Permission denied', "the system's bus")
    tap.contains(run('runuser', '-u', 'nobody', '--', 'cat', f'{STATE}/nudged.db', status=1),
                 'Permission denied', 'another user')
    tap.check('io_uring' not in show('nudged', 'SystemCallFilter'), 'a way around what counts system calls')
    run('systemd-analyze', 'security', '--threshold=13', 'nudged')


def the_journal_tells_by_fields():
    entry = journal('-u', 'nudged', 'NUDGED_STATE=sent')[0]
    tap.equal((entry['NUDGED_DIGEST'], entry['NUDGED_DOMAIN'], entry['PRIORITY']),
              ('morning', 'example.test', '6'), 'the fields')
    tap.check(entry['NUDGED_MESSAGE_ID'].startswith('<'), entry['NUDGED_MESSAGE_ID'])
    tap.check('CODE_FILE' not in entry, 'a line of the source that says nothing')
    said = run('journalctl', '--no-pager', '-o', 'cat', '_COMM=nudged')
    tap.check(RECIPIENT not in said and PASSWORD not in said and 'Anna' not in said, said)


def the_catalog_says_what_to_do():
    tap.contains(run('journalctl', '--no-pager', '-x', '-u', 'nudged', '-p', 'err'), 'nudged --check-config',
                 'the text in English')
    with open('/var/lib/systemd/catalog/database', 'rb') as file:
        tap.check('Der Mailserver lehnt die Anmeldung ab'.encode() in file.read(), 'the text in German')


# --- one of several, and without a resident process ---

def one_of_several_has_a_book_of_its_own():
    write('/etc/nudged/anna.conf', configuration())
    write('/etc/credstore/nudged-anna.smtp-password', PASSWORD, 0o600)
    run('nudge', '-c', '/etc/nudged/anna.conf', 'add', 'Zoe Only-Here')
    run('systemctl', 'start', 'nudged@anna')
    welcome()
    tap.check(os.path.exists(f'{STATE}/anna/nudged.db'), 'the database')
    tap.check('Zoe' not in run('nudge', 'list'), 'the other book')
    tap.contains(run('nudge', '-c', '/etc/nudged/anna.conf', 'send'), RECIPIENT, 'the answer')
    POSTFIX.collect(1)
    tap.contains(run('script', '-qec', 'nudge -c /etc/nudged/anna.conf list', '/dev/null'),
                 "the book of the system's nudged@anna, of user nudged", 'what root is told')
    tap.equal(run('nsenter', '-t', str(main_pid('nudged@anna')), '-m', 'ls', STATE).split(), ['anna'],
              'what it sees of the books')
    tap.equal(run('nsenter', '-t', str(main_pid('nudged@anna')), '-m', 'ls', '/run/nudged').split(), ['anna'],
              'what it sees of the sockets')
    tap.equal(run('nsenter', '-t', str(main_pid()), '-m', 'ls', '/run/nudged').split(), ['~'],
              'what the first one sees of them')
    run('systemctl', 'stop', 'nudged@anna')
    tap.contains(run('nudge', '-c', "/etc/nudged/anna o'neil.conf", 'init', '--yes', '--to', USER, status=64),
                 'no unit of systemd reads', 'a name that systemd would spell in another way')


def the_first_has_no_twin():
    run('systemctl', 'start', 'nudged@nudged', status=1)
    tap.contains(run('journalctl', '--no-pager', '-o', 'cat', '-u', 'nudged@nudged'), 'is read by nudged.service',
                 'the reason')
    tap.contains(run('nudge', 'send'), RECIPIENT, 'the answer of the first')
    POSTFIX.collect(1)


def forget_book():
    shutil.rmtree(os.path.join(STATE, 'backups'))  # or a new book would be refused
    for name in os.listdir(STATE):
        if name.startswith('nudged.'):
            os.unlink(os.path.join(STATE, name))


def a_timer_does_without_a_resident_process():
    run('systemctl', 'start', 'nudged-once.timer')
    run('systemctl', 'start', 'nudged-once')
    tap.equal(show('nudged-once', 'Result'), 'exec-condition', 'beside the service')
    run('systemctl', 'stop', 'nudged')
    forget_book()
    tap.contains(run('systemctl', 'list-timers', '--no-pager'), 'nudged-once.timer', 'the timers')
    run('systemctl', 'start', 'nudged-once')
    welcome()
    tap.equal(show('nudged-once', 'Result'), 'success', 'the result')
    run('systemctl', 'enable', 'nudged-once.timer')
    tap.equal(examine(0), {}, 'what is wrong')  # that a mail went out is how the credential is known to be good
    os.rename('/etc/credstore.encrypted', '/etc/credstore.away')
    run('systemctl', 'start', 'nudged-once', status=1)  # nothing is due
    tap.contains(run('journalctl', '--no-pager', '-o', 'cat', '-u', 'nudged-once', '-p', 'err'),
                 '/etc/credstore.encrypted/nudged.smtp-password-encrypted', 'what the journal says')
    tap.equal(set(examine(1)), {'login'}, 'what is wrong without the credential')
    os.rename('/etc/credstore.away', '/etc/credstore.encrypted')
    run('systemctl', 'start', 'nudged-once')
    tap.equal(examine(0), {}, 'what is wrong with it')
    run('systemctl', 'disable', 'nudged-once.timer')
    forget_book()
    write(CONFIG, configuration(secret='password_credential = "none-such"'))
    run('systemctl', 'start', 'nudged-once', status=1)
    tap.contains(run('systemctl', '--failed', '--no-pager'), 'nudged-once', 'what failed')
    forget_book()
    run('systemctl', 'stop', 'nudged-once.timer')
    write('/etc/credstore/nudged.smtp-password', PASSWORD, 0o600)
    write(CONFIG, configuration())
    run('systemctl', 'start', 'nudged-once')
    welcome()


# --- a user's own ---

def a_users_own_runs_without_them():
    run('useradd', '-m', OWNER)
    uid = pwd.getpwnam(OWNER).pw_uid
    home = pwd.getpwnam(OWNER).pw_dir
    as_owner = ['runuser', '-u', OWNER, '--', 'env', f'XDG_RUNTIME_DIR=/run/user/{uid}', f'HOME={home}']
    run('loginctl', 'enable-linger', OWNER)
    wait_for(lambda: os.path.exists(f'/run/user/{uid}/systemd/private'), 'the manager of the user')
    write(f'{home}/.config/nudged/nudged.conf', configuration(secret='password_file = "smtp-password"'))
    write(f'{home}/.config/nudged/smtp-password', PASSWORD, 0o600)
    run('chown', '-R', f'{OWNER}:', f'{home}/.config')
    run(*as_owner, 'systemctl', '--user', 'enable', '--now', 'nudged')
    welcome()
    tap.check(os.path.exists(f'/run/user/{uid}/nudged/control'), 'the socket')
    tap.contains(run(*as_owner, 'nudge', 'send'), RECIPIENT, 'the answer')
    POSTFIX.collect(1)
    tap.contains(run(*as_owner, 'systemctl', '--user', 'status', 'nudged'), 'morning on', 'the status line')
    # As root comes to it, without a session of theirs.
    found = json.loads(run('runuser', '-u', OWNER, '--', 'env', '-u', 'XDG_RUNTIME_DIR', f'HOME={home}',
                           'nudge', '--json', 'doctor'))
    tap.equal([one for one in found if one['state'] != 'well'], [], 'what is wrong')


def newer_programs_take_over_while_it_runs():
    drop_in('nudged', 'RestartSec=0\n')
    run('systemctl', 'restart', 'nudged')
    run('nudge', 'add', 'Carla Before')
    version = int(ask_database('PRAGMA user_version'))
    old = main_pid()
    for name, folder in (('nudged', 'sbin'), ('nudge', 'bin')):
        run('install', os.path.join('tests/lib', f'later-{name}'), f'/usr/local/{folder}/{name}')
    tap.equal(main_pid(), old, 'it runs on')
    tap.contains(run('nudge', 'list'), 'Carla Before', 'the book')
    tap.equal(int(ask_database('PRAGMA user_version')), version + 1, 'the tables')
    wait_for(lambda: main_pid() not in (0, old), 'the newer program')
    wait_for(lambda: show('nudged', 'ActiveState') == 'active', 'active again')
    said = run('journalctl', '--no-pager', '-o', 'cat', f'_PID={old}')
    tap.contains(said, 'has to be started anew', 'the reason')
    backup = f'{STATE}/backups/nudged-version-{version}.db'
    tap.equal(int(ask_database('PRAGMA user_version', backup)), version, 'the backup from before')
    tap.contains(ask_database('SELECT name FROM contact', backup), 'Carla', 'the backup from before')
    tap.contains(run('nudge', 'send'), RECIPIENT, 'the answer')
    POSTFIX.collect(1)


def uninstalled_it_leaves_the_data():
    run('systemctl', 'enable', '--now', 'nudged', 'nudged@anna', 'nudged-once.timer')
    said = run('make', '-s', 'uninstall')
    tap.contains(said, f'So is what {OWNER} runs for themselves', 'what is said')
    tap.check(not os.path.exists(f'/run/user/{pwd.getpwnam(OWNER).pw_uid}/nudged'), "the user's own service")
    tap.contains(said, f'books in {STATE}', 'what is said')
    tap.check(not os.path.exists('/usr/local/sbin/nudged'), 'the program')
    tap.check(not os.path.exists('/usr/local/share/nudged'), 'an empty folder')
    tap.check(os.path.exists(f'{STATE}/nudged.db') and os.path.exists(CONFIG), 'the data')
    tap.equal(run('systemctl', 'list-units', '--all', '--no-legend', 'nudged.*', 'nudged@*', 'nudged-once*').split(),
              [], 'the units')
    tap.equal([name for _, _, names in os.walk('/etc/systemd/system') for name in names if 'nudged-once' in name
               or name == 'nudged@anna.service'], [], 'what starts with the machine')
    tap.check('nudged' not in run('journalctl', '--list-catalog', '--no-pager'), 'the catalog')


missing = why_not()
if missing:
    tap.skip_all(missing)
os.environ.update(SYSTEMD_COLORS='0', SYSTEMD_PAGER='', SYSTEMD_URLIFY='0', LC_ALL='C.UTF-8')
os.environ['PATH'] = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
subprocess.run(['systemctl', 'is-system-running', '--wait'], capture_output=True, timeout=60, check=False)
with Postfix() as POSTFIX:
    tap.run(it_is_installed, it_starts_and_sends, roots_nudge_uses_its_book,
            what_is_roots_alone_is_read, what_is_roots_alone_the_shell_writes,
            a_book_that_is_not_the_usual_one_is_named,
            roots_doctor_finds_what_mends_it, others_are_told_what_to_type,
            a_good_reload_is_used_and_a_bad_one_is_told, a_wrong_configuration_is_not_tried_again,
            who_hangs_is_restarted, who_is_killed_is_restarted_and_sends_nothing_twice,
            an_encrypted_credential_is_enough, it_is_closed_in, the_journal_tells_by_fields,
            the_catalog_says_what_to_do, one_of_several_has_a_book_of_its_own,
            the_first_has_no_twin,
            a_timer_does_without_a_resident_process, a_users_own_runs_without_them,
            newer_programs_take_over_while_it_runs, uninstalled_it_leaves_the_data)
