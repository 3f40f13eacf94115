# SPDX-License-Identifier: MIT
"""The promises of doc/SECURITY.md that take the programs themselves to prove."""

import base64
import os
import signal
import socket
import sqlite3
import stat
import struct
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import tap  # noqa: E402
from posttool import PROGRAM  # noqa: E402
from programs import NUDGE, NUDGED, Home, wait_for  # noqa: E402
from smtpd import Receiver  # noqa: E402

NOW = '2026-11-23T07:30:00+01:00'
PASSWORD = 'Sesame-4711-opens'
OTHER = 12345  # a user and a group that nobody is


def is_root():
    return os.geteuid() == 0


def program(home, *argv, umask=0o022, status=0):
    result = subprocess.run(argv, env=home.env, timeout=30, capture_output=True, encoding='utf-8',
                            umask=umask)
    text = result.stdout + result.stderr
    tap.equal(result.returncode, status, f'{argv}: {text}')
    return text


def children(pid):
    """Of the process, as numbers."""
    with open(f'/proc/{pid}/task/{pid}/children', encoding='ascii') as file:
        return [int(number) for number in file.read().split()]


def sender_of(service):
    def find():
        return children(service.process.pid)

    return wait_for(find, 'a nudged-send')[0]


# --- secrets ---

def all_that_can_be_read(home, service):
    """What the programs say, keep and show of themselves, by where it is."""
    seen = {'the log': service.log(), 'config': home.nudge('config'),
            'status': home.nudge('status'), 'its JSON': home.nudge('--json', 'status')}
    for folder, _, names in os.walk(home.path('data')):
        for name in names:
            if stat.S_ISSOCK(os.stat(os.path.join(folder, name)).st_mode):
                continue
            with open(os.path.join(folder, name), 'rb') as file:
                seen[name] = file.read().decode('latin-1')
    for pid in [service.process.pid, *children(service.process.pid)]:
        for kind in ('cmdline', 'environ'):
            try:
                with open(f'/proc/{pid}/{kind}', 'rb') as file:
                    seen[f'{kind} of {pid}'] = file.read().decode('latin-1')
            except (PermissionError, FileNotFoundError):
                pass
    return seen


def secrets_are_nowhere():
    forms = {PASSWORD, base64.b64encode(PASSWORD.encode()).decode(),
             base64.b64encode(f'\0anna\0{PASSWORD}'.encode()).decode()}
    for right in (True, False):
        for key in ('password_file', 'password_command'):
            with Receiver(users={'anna': PASSWORD if right else 'another'}) as server, \
                    Home() as home:
                secret = home.write('secret', PASSWORD + '\n')
                value = f'"{secret}"' if key == 'password_file' else f'[ "cat", "{secret}" ]'
                home.configure(port=server.port, smtp=f'user = "anna"; {key} = {value};')
                with home.service(NOW) as service:
                    service.says('sent' if right else 'server')
                    for where, text in all_that_can_be_read(home, service).items():
                        for form in forms:
                            tap.check(form not in text, f'{key}, {right}: it is in {where}')


def frame(kind, numbers, texts):
    """As daemon/post/frame.h has it."""
    body = bytes([kind]) + b''.join(struct.pack('<Q', n) for n in numbers)
    body += b''.join(struct.pack('<I', len(t)) + t + b'\0' for t in texts)
    return struct.pack('<I', len(body)) + body


def dies_with_a_core(argv, ready, **options):
    """Whether SIGQUIT makes it leave one, where every limit allows."""
    def unlimited():
        import resource  # noqa: PLC0415
        resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY,) * 2)
        # A shell ignores it for what it starts in the background.
        signal.signal(signal.SIGQUIT, signal.SIG_DFL)

    with Home() as home:
        process = subprocess.Popen(argv, cwd=home.folder, preexec_fn=unlimited, **options)
        ready(process)
        process.send_signal(signal.SIGQUIT)
        _, status = os.waitpid(process.pid, 0)
        process.returncode = 0
        tap.equal(os.WTERMSIG(status), signal.SIGQUIT, 'the signal it died of')
        return os.WCOREDUMP(status)


def the_sender_leaves_no_core():
    try:
        control = dies_with_a_core(['sleep', '100'], lambda process: None)
    except (ValueError, OSError) as error:
        return tap.diagnose(f'no cores can be had here: {error}')
    if not control:
        return tap.diagnose('nothing leaves a core here')
    ours, theirs = socket.socketpair()
    ours.sendall(frame(1, [1, 60, 0, 0], [b'smtp://127.0.0.1:9', b'none', b'', b'', b'', b'', b'']))
    held = []

    def is_set_up(process):
        def waits():
            with open(f'/proc/{process.pid}/syscall', encoding='ascii') as file:
                words = file.read().split()
            return words[0] in ('7', '73', '271') and process.pid  # poll or ppoll

        try:
            held.append(wait_for(waits, 'the sender waits'))
        except OSError:
            pass

    wrapper = [sys.executable, '-c', 'import os, sys; os.dup2(int(sys.argv[1]), 3); '
               'os.execv(sys.argv[2], sys.argv[2:])', str(theirs.fileno()), PROGRAM]
    core = dies_with_a_core(wrapper, is_set_up, pass_fds=[theirs.fileno()])
    ours.close()
    theirs.close()
    tap.check(held, 'the sender never waited')
    tap.equal(core, False, 'a core of nudged-send')


# --- processes ---

def the_service_has_no_code_for_the_network():
    with Receiver() as server, Home() as home:
        home.configure(port=server.port)
        with home.service(NOW) as service:
            service.says('sent')
            with open(f'/proc/{service.process.pid}/maps', encoding='utf-8') as file:
                maps = file.read()
            for library in ('libcurl', 'libssl', 'libgnutls'):
                tap.check(library not in maps, f'the service has loaded {library}')


def the_sender_has_nothing_of_the_book():
    with Receiver(rules=['dot=hang']) as server, Home() as home:
        secret = home.write('secret', 'x\n')
        server.users = {'anna': 'x'}
        home.configure(port=server.port,
                       smtp=f'user = "anna"; password_command = [ "cat", "{secret}" ];')
        with home.service(NOW) as service:
            tap.check(server.wait(lambda: server.counts['dot']), 'no dot came')
            sender = sender_of(service)
            keeper = children(sender)
            tap.equal(len(keeper), 1, 'the keeper of the password')
            for pid in (sender, *keeper):
                held = [os.readlink(f'/proc/{pid}/fd/{fd}') for fd in os.listdir(f'/proc/{pid}/fd')]
                files = [path for path in held
                         if not path.startswith(('socket:', 'pipe:', 'anon_inode:', '/dev/null'))]
                tap.equal(files, [], f'what process {pid} has open')


# --- files ---

def what_the_command_makes_is_the_owners_alone():
    with Home() as home:
        home.configure()
        program(home, NUDGE, 'add', 'Anna', umask=0)
        for name in os.listdir(home.path('data')):
            tap.equal(os.stat(home.path('data', name)).st_mode & 0o777, 0o600, name)
        tap.equal(os.stat(home.path('data')).st_mode & 0o777, 0o700, 'the folder')


def a_copy_with_a_loose_mode_is_made_private():
    with Home() as home:
        home.configure()
        home.nudge('add', 'Anna')
        os.chmod(home.database, 0o644)
        home.nudge('list')
        tap.equal(os.stat(home.database).st_mode & 0o777, 0o600, 'the database')


def refused_by_all(home, status, *parts):
    """Service and command say no, with these words."""
    for argv in ([NUDGED, '--once', '--now', NOW], [NUDGE, 'list']):
        text = program(home, *argv, status=status)
        for part in parts:
            tap.contains(text, part, f'{argv[0]} says')


def a_folder_that_others_may_write_to_is_refused():
    for mode in (0o777, 0o770):
        with Home() as home:
            home.configure()
            home.nudge('add', 'Anna')
            os.chmod(home.path('data'), mode)
            if is_root():
                os.chown(home.path('data'), -1, OTHER)
            elif mode == 0o770 and os.getegid() == 0:
                continue
            refused_by_all(home, 77, 'others may write to this folder', 'chmod go-w')
            os.chmod(home.path('data'), 0o700)
            home.nudge('list')


def a_configuration_that_others_may_write_is_refused():
    with Home() as home:
        home.configure()
        os.chmod(home.path('nudged.conf'), 0o606)
        refused_by_all(home, 77, 'chmod go-w')
        os.chmod(home.path('nudged.conf'), 0o600)
        if is_root():
            os.chown(home.path('nudged.conf'), OTHER, -1)
            refused_by_all(home, 77, f'belongs to another user ({OTHER})', 'chown')


def a_password_file_that_others_may_read_is_refused():
    with Receiver(users={'anna': 'x'}) as server, Home() as home:
        secret = home.write('secret', 'x\n', mode=0o640)
        home.configure(port=server.port, smtp=f'user = "anna"; password_file = "{secret}";')
        tap.contains(home.once(NOW, status=75), f"chmod 600 '{secret}'", 'the service says')
        tap.contains(home.nudge('status'), f"chmod 600 '{secret}'", 'status says')
        tap.equal(server.connections, 0, 'connections')


def what_stands_where_the_database_should(make):
    """Nobody is followed, written to or waited for."""
    with Home() as home:
        home.configure()
        os.mkdir(home.path('data'), 0o700)
        victim = home.write('victim', 'a file of somebody\n', mode=0o644)
        make(home, victim)
        for argv in ([NUDGED, '--once', '--now', NOW], [NUDGE, 'list'], [NUDGE, 'add', 'Anna']):
            result = subprocess.run(argv, env=home.env, timeout=30, capture_output=True,
                                    encoding='utf-8')
            tap.check(result.returncode not in (0, 70) and result.returncode > 0,
                      f'{argv}: {result.returncode} {result.stderr}')
            tap.check(result.stderr.strip(), f'{argv} says nothing')
        tap.equal(home.read('victim'), 'a file of somebody\n', 'the victim')
        tap.equal(os.stat(victim).st_mode & 0o777, 0o644, 'its mode')


def links_and_pipes_are_not_followed():
    def link(home, victim):
        os.symlink(victim, home.database)

    def dangling(home, _):
        os.symlink(home.path('new'), home.database)

    def pipe(home, _):
        os.mkfifo(home.database)

    def folder(home, _):
        os.mkdir(home.database)

    for make in (link, dangling, pipe, folder):
        what_stands_where_the_database_should(make)


def a_lock_that_is_a_link_is_not_followed():
    with Home() as home:
        home.configure()
        home.nudge('add', 'Anna')
        victim = home.write('victim', 'a file of somebody\n')
        os.symlink(victim, home.path('data', 'n.lock'))
        home.once(NOW, status=74)
        tap.equal(home.read('victim'), 'a file of somebody\n', 'the victim')


def a_journal_that_is_a_link_writes_nowhere():
    with Home() as home:
        home.configure()
        home.nudge('add', 'Anna')
        victim = home.write('victim', 'a file of somebody\n')
        journal = home.database + '-journal'
        os.unlink(journal)
        os.symlink(victim, journal)
        home.run('add', 'Ben')
        tap.equal(home.read('victim'), 'a file of somebody\n', 'the victim')


def a_database_swapped_under_the_service_gets_no_mail():
    with Receiver() as server, Home() as home:
        home.configure(port=server.port)
        with home.service('2026-11-23T06:59:00+01:00') as service:
            service.says('sent')
            with sqlite3.connect(home.path('data', 'other.db')) as db:
                db.execute('CREATE TABLE t (x)')
            db.close()
            os.replace(home.path('data', 'other.db'), home.database)
            tap.equal(service.wait(), 75, 'the status, for a fresh start that looks at it')
            tap.contains(service.log(), 'was replaced by another file', 'the log')
        tap.contains(home.once(NOW, status=65), 'not a database of nudged', 'the fresh start')
        tap.equal(len(server.messages), 1, 'mails')


tap.run(
    secrets_are_nowhere, the_sender_leaves_no_core, the_service_has_no_code_for_the_network,
    the_sender_has_nothing_of_the_book, what_the_command_makes_is_the_owners_alone,
    a_copy_with_a_loose_mode_is_made_private, a_folder_that_others_may_write_to_is_refused,
    a_configuration_that_others_may_write_is_refused,
    a_password_file_that_others_may_read_is_refused, links_and_pipes_are_not_followed,
    a_lock_that_is_a_link_is_not_followed, a_journal_that_is_a_link_writes_nowhere,
    a_database_swapped_under_the_service_gets_no_mail)
