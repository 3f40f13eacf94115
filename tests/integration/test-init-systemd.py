# SPDX-License-Identifier: MIT
"""nudge init under a real systemd, in a container: root's for the system, and a user's own."""

import os
import pwd
import stat
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import box  # noqa: E402
import tap  # noqa: E402

box.enter()
from dialogue import Dialogue  # noqa: E402
from programs import wait_for  # noqa: E402
from smtpd import Receiver  # noqa: E402

USER = 'anna@example.org'
PASSWORD = 'correct horse "b\u00e4ttery"'
OWNER = 'frieda'
CONFIG = '/etc/nudged/nudged.conf'
CREDENTIAL = '/etc/credstore/nudged.smtp-password'


def run(*command, status=0):
    result = subprocess.run(command, capture_output=True, encoding='utf-8', timeout=60, check=False)
    said = result.stdout + result.stderr
    tap.equal(result.returncode, status, f'the status of {command}: {said}')
    return said


def mode(path):
    found = os.stat(path)
    return stat.S_IMODE(found.st_mode), found.st_uid, found.st_gid


def answer(dialogue, port):
    dialogue.answer(('Your e-mail address', USER), ('Your name', '-'), ('Mail server', f'localhost:{port}'),
                    ('Login there', ''), ('Password', PASSWORD), ('At what time', ''), ('On which days', ''),
                    ('Language', ''), ('Start the service', 'y'))


def subjects(server, count):
    """Of so many mails that have come."""
    tap.check(server.wait(lambda: len(server.messages) >= count), f'{len(server.messages)} mails came')
    return [line for m in server.messages for line in m.data.decode().splitlines() if line.startswith('Subject: ')]


def root_sets_up_the_systems_service():
    with Receiver(users={USER: PASSWORD}) as server, \
            Dialogue(['nudge', 'init', '--timezone', 'Europe/Berlin'], os.environ, PASSWORD) as dialogue:
        answer(dialogue, server.port)
        text = dialogue.ends()
        tap.contains(text, f'The password is in {CREDENTIAL}', 'what is said')
        tap.equal(mode(CREDENTIAL), (0o600, 0, 0), 'who may read the password')
        tap.equal(mode(CONFIG), (0o640, 0, pwd.getpwnam('nudged').pw_gid), 'who may read the configuration')
        tap.equal(run('systemctl', 'is-active', 'nudged').strip(), 'active', 'the service')
        tap.equal(run('systemctl', 'is-enabled', 'nudged').strip(), 'enabled', 'the service')
        tap.contains(subjects(server, 2)[1], 'Welcome to nudged', 'the first mail')
        tap.contains(run('nudge', 'test-send'), 'took the test mail', 'a later test')


def what_is_there_is_kept():
    before = mode(CONFIG)
    with Dialogue(['nudge', 'init'], os.environ, PASSWORD) as dialogue:
        dialogue.answer(('Keep it?', ''))
        tap.check('Start the service' not in dialogue.ends(), 'it runs already')
    tap.equal(mode(CONFIG), before, 'the configuration')


def a_new_password_reaches_the_service():
    password = PASSWORD + '2'
    with Receiver(users={USER: password}) as server, \
            Dialogue(['nudge', 'init', '--timezone', 'Europe/Berlin'], os.environ, password) as dialogue:
        dialogue.answer(('Keep it?', 'n'), ('Your e-mail address', ''), ('Your name', ''),
                        ('Mail server', f'localhost:{server.port}'), ('Login there', ''), ('Password', password),
                        ('At what time', ''), ('On which days', ''), ('Language', ''), ('Start the service anew', ''))
        dialogue.ends()
        tap.contains(run('nudge', 'test-send'), 'took the test mail', 'a test by the service')
    run('systemctl', 'stop', 'nudged')


def a_password_of_roots_alone_is_no_file_for_the_service():
    before = mode(CONFIG), os.stat(CONFIG).st_mtime_ns
    secret = '/root/a password'
    with open(secret, 'w', encoding='utf-8') as file:
        file.write(PASSWORD)
    os.chmod(secret, 0o600)
    said = run('nudge', 'init', '--yes', '--to', USER, '--server', 'localhost:1', '--password-file', secret, status=77)
    tap.contains(said, f'`install -D -m 600 /root/a\\ password {CREDENTIAL}`', 'what is said')
    tap.equal((mode(CONFIG), os.stat(CONFIG).st_mtime_ns), before, 'the configuration')


def a_credential_is_tried_by_the_service():
    words = ['nudge', 'init', '--yes', '--to', USER, '--timezone', 'Europe/Berlin', '--password-credential',
             'smtp-password']
    for secret, status, said, more in (
            (PASSWORD, 0, f'took the test mail for {USER}', 'What comes next'),
            ('wrong', 77, 'refuses the login', f'comes from {CREDENTIAL}'),
            (PASSWORD, 0, 'Once it runs, try `nudge test-send`', 'What comes next')):
        run('systemctl', 'stop', 'nudged')
        os.unlink(CONFIG)
        with open(CREDENTIAL, 'w', encoding='utf-8') as file:
            file.write(secret)
        with Receiver(users={USER: PASSWORD}) as server:
            options = ['--no-enable'] if 'Once' in said else []
            text = run(*words, '--server', f'localhost:{server.port}', *options, status=status)
            tap.contains(text, said, 'what is said')
            tap.contains(' '.join(text.split()), more, 'what is said')
            tap.check(os.path.exists(CONFIG), 'the configuration')
            tap.equal(any(b'[Test]' in m.data for m in server.messages), 'took' in said, 'a test mail')
    run('systemctl', 'stop', 'nudged')


def a_user_sets_up_their_own():
    run('useradd', '-m', OWNER)
    user = pwd.getpwnam(OWNER)
    run('loginctl', 'enable-linger', OWNER)
    wait_for(lambda: os.path.exists(f'/run/user/{user.pw_uid}/systemd/private'), 'the manager of the user')
    environment = [f'XDG_RUNTIME_DIR=/run/user/{user.pw_uid}', f'HOME={user.pw_dir}']
    with Receiver(users={USER: PASSWORD}) as server, \
            Dialogue(['setpriv', f'--reuid={user.pw_uid}', f'--regid={user.pw_gid}', '--clear-groups', 'env',
                      *environment, 'nudge', 'init', '--timezone', 'Europe/Berlin'], os.environ, PASSWORD) as dialogue:
        answer(dialogue, server.port)
        text = dialogue.ends()
        tap.check('linger' not in text, f'it may linger already: {text}')
        tap.contains(subjects(server, 2)[1], 'Welcome to nudged', 'the first mail')
        path = f'{user.pw_dir}/.config/nudged/smtp-password'
        tap.equal(mode(path), (0o600, user.pw_uid, user.pw_gid), 'who may read the password')


os.environ.update(SYSTEMD_COLORS='0', SYSTEMD_PAGER='', SYSTEMD_URLIFY='0', LC_ALL='C.UTF-8', TERM='dumb')
os.environ['PATH'] = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
os.environ.pop('NUDGED_CONFIG', None)
subprocess.run(['systemctl', 'is-system-running', '--wait'], capture_output=True, timeout=60, check=False)
run('make', '-s', 'install')
tap.run(root_sets_up_the_systems_service, what_is_there_is_kept, a_new_password_reaches_the_service,
        a_password_of_roots_alone_is_no_file_for_the_service,
        a_credential_is_tried_by_the_service, a_user_sets_up_their_own)
