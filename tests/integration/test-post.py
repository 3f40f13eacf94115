# SPDX-License-Identifier: MIT
"""nudged-send against a mail receiver that behaves, and one that does not."""

import base64
import concurrent.futures
import errno
import itertools
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import tap  # noqa: E402
from posttool import PROGRAM, Tool  # noqa: E402
from smtpd import Receiver  # noqa: E402

BODY = (b'Subject: hello\r\n\r\nA line.\r\n.A line with a dot.\r\n.\r\nThe end.\r\n')
PASSWORD = 'p\u00e4ss w"ord\\1'
FOLDER = tempfile.TemporaryDirectory(prefix='test-post-')
TOKEN = 'ya29.not-a-real-token'
NO_PIPELINING = ('SIZE', '8BITMIME')


def path(name):
    return os.path.join(FOLDER.name, name)


def write(name, text, mode=0o600):
    with open(path(name), 'w', encoding='utf-8') as file:
        file.write(text)
    os.chmod(path(name), mode)
    return path(name)


def certificate(name):
    return {'cert': path(f'certs/{name}.pem'), 'key': path(f'certs/{name}.key')}


def tool_for(server, scheme='smtp', host='localhost', **options):
    return Tool(url=f'{scheme}://{host}:{server.port}', **options)


def expect(settled, outcome, cause, part=''):
    tap.equal((settled.outcome, settled.cause), (outcome, cause), settled.text)
    tap.contains(settled.text, part, 'the sentence')


def clean(server):
    tap.equal(server.complaints, [], 'what the receiver complains about')


def with_login(server, **options):
    """A tool with the right password, over TLS."""
    return tool_for(server, tls='required', ca_file=path('certs/ca.pem'), user='anna@example.test',
                    password_file=write('password', PASSWORD + '\n'), **options)


# --- what works ---

def a_mail_arrives_as_it_was():
    with Receiver() as server, tool_for(server) as tool:
        expect(tool.send(1)[0], 'sent', 'none', '250 2.0.0 taken')
        message = server.messages[0]
        tap.equal(message.data, BODY, 'the message')
        tap.equal((message.sender, message.recipients),
                  ('anna@example.test', ['ben@example.test']), 'the envelope')
        tap.equal(message.facts['parameters'], f'SIZE={len(BODY)}', 'parameters of MAIL')
        clean(server)


def line_ends_become_crlf():
    body = b'Subject: x\n\nlone LF\nlone CR\rno end'
    with open(path('body'), 'wb') as file:
        file.write(body)
    with Receiver() as server, tool_for(server, body=path('body')) as tool:
        expect(tool.send(1)[0], 'sent', 'none')
        tap.equal(server.messages[0].data,
                  b'Subject: x\r\n\r\nlone LF\r\nlone CR\r\nno end\r\n', 'the message')
        clean(server)


def a_large_mail_arrives_whole():
    body = b''.join(b'.%d one line of a large mail, of many\r\n' % i for i in range(60000))
    with open(path('body'), 'wb') as file:
        file.write(body)
    with Receiver() as server, tool_for(server, body=path('body')) as tool:
        expect(tool.send(1)[0], 'sent', 'none')
        tap.check(server.messages[0].data == body, 'the message differs')
        clean(server)


def twenty_mails_share_a_connection():
    for extensions in (('PIPELINING',), NO_PIPELINING):
        with Receiver(extensions=extensions) as server, tool_for(server) as tool:
            ends = tool.send(*range(1, 21))
            tap.equal([end.outcome for end in ends], ['sent'] * 20, 'the ends')
            tap.equal((server.connections, len(server.messages)), (1, 20), 'connections, messages')
            clean(server)


def many_mails_use_more_connections():
    with Receiver() as server, tool_for(server, connections=4) as tool:
        ends = tool.send(*range(1, 101))
        tap.equal({end.outcome for end in ends}, {'sent'}, 'the ends')
        tap.check(2 <= server.connections <= 4, f'{server.connections} connections')
        tap.equal(len(server.messages), 100, 'messages')
        clean(server)


def a_slow_server_is_waited_for():
    rules = [f'{step}=slow:0.005' for step in ('banner', 'ehlo', 'mail', 'rcpt', 'data', 'dot')]
    with Receiver(rules=rules) as server, tool_for(server) as tool:
        expect(tool.send(1)[0], 'sent', 'none')
        clean(server)


def replies_of_many_lines_are_read():
    rules = [f'{step}=multiline' for step in ('banner', 'mail', 'rcpt', 'data', 'dot')]
    with Receiver(rules=rules) as server, tool_for(server) as tool:
        tap.equal([end.outcome for end in tool.send(1, 2)], ['sent'] * 2, 'the ends')


# --- encryption ---

def encrypted_and_trusted():
    for tls, scheme in (('starttls', 'smtp'), ('implicit', 'smtps')):
        with Receiver(tls=tls, **certificate('good')) as server, \
                tool_for(server, scheme, tls='required', ca_file=path('certs/ca.pem')) as tool:
            expect(tool.send(1)[0], 'sent', 'none')
            tap.check(server.messages[0].facts['tls'], f'{tls}: the mail was not encrypted')
            clean(server)


def certificates_that_are_not_trusted():
    rows = (('stranger', 'not trusted'), ('expired', 'expired'), ('other', 'not one for this name'))
    for tls, scheme in (('starttls', 'smtp'), ('implicit', 'smtps')):
        for name, words in rows:
            with Receiver(tls=tls, **certificate(name)) as server, \
                    tool_for(server, scheme, tls='required', ca_file=path('certs/ca.pem')) as tool:
                expect(tool.send(1)[0], 'server', 'certificate', words)
                tap.equal(server.counts['mail'], 0, f'{name}: MAIL commands')


def a_private_authority_must_be_named():
    with Receiver(tls='starttls', **certificate('good')) as server:
        with tool_for(server, tls='required') as tool:
            expect(tool.send(1)[0], 'server', 'certificate', 'not trusted')
        with tool_for(server, tls='required', ca_file=path('none.pem')) as tool:
            expect(tool.send(1)[0], 'server', 'certificate', 'none.pem')


def starttls_that_is_missing():
    with Receiver() as server, tool_for(server, tls='required') as tool:
        expect(tool.send(1)[0], 'server', 'no-tls', 'STARTTLS')
    with Receiver(tls='starttls', rules=['ehlo=strip-starttls'], **certificate('good')) as server, \
            tool_for(server, tls='required') as tool:
        expect(tool.send(1)[0], 'server', 'no-tls', 'STARTTLS')
        tap.equal(server.counts['mail'], 0, 'MAIL commands')


def starttls_that_fails():
    for rule, cause in (('starttls=tls-garbage', 'tls'), ('starttls=close', 'broken'),
                        ('starttls=reply:454 4.7.0 not now', 'tls')):
        with Receiver(tls='starttls', rules=[rule], **certificate('good')) as server, \
                tool_for(server, tls='required', ca_file=path('certs/ca.pem')) as tool:
            expect(tool.send(1)[0], 'server', cause)


def opportunistic_takes_what_there_is():
    with Receiver() as server, tool_for(server, tls='opportunistic') as tool:
        expect(tool.send(1)[0], 'sent', 'none')
    with Receiver(tls='starttls', **certificate('stranger')) as server, \
            tool_for(server, tls='opportunistic') as tool:
        expect(tool.send(1)[0], 'sent', 'none')
        tap.check(server.messages[0].facts['tls'], 'the mail was not encrypted')


# --- login ---

def each_kind_of_login():
    for mechanism in ('PLAIN', 'LOGIN'):
        with Receiver(tls='starttls', users={'anna@example.test': PASSWORD}, mechanisms=[mechanism],
                      **certificate('good')) as server, with_login(server) as tool:
            expect(tool.send(1)[0], 'sent', 'none')
            tap.equal(server.messages[0].facts['user'], 'anna@example.test', mechanism)
            clean(server)
    with Receiver(users={'anna': TOKEN}, mechanisms=['XOAUTH2', 'PLAIN']) as server, \
            tool_for(server, user='anna', token_command=f'echo {TOKEN}') as tool:
        expect(tool.send(1)[0], 'sent', 'none')
        tap.equal(server.counts['auth'], 1, 'logins')


def a_login_that_wants_more_than_a_password_is_not_chosen():
    with Receiver(tls='starttls', users={'anna@example.test': PASSWORD},
                  mechanisms=['GSSAPI', 'EXTERNAL', 'XOAUTH2', 'PLAIN'],
                  **certificate('good')) as server, with_login(server) as tool:
        expect(tool.send(1)[0], 'sent', 'none')
    with Receiver(users={'anna': TOKEN}, mechanisms=['PLAIN', 'LOGIN']) as server, \
            tool_for(server, user='anna', token_command=f'echo {TOKEN}') as tool:
        expect(tool.send(1)[0], 'server', 'no-auth', 'kind of login')


def a_wrong_password_is_tried_once():
    for mechanism in ('PLAIN', 'LOGIN', 'XOAUTH2'):
        with Receiver(users={'anna': 'right'}, mechanisms=[mechanism]) as server, \
                tool_for(server, user='anna', connections=4,
                         **{'token_command' if mechanism == 'XOAUTH2' else 'password_command':
                            'echo wrong'}) as tool:
            for end in tool.send(1, 2, 3, 4, 5):
                expect(end, 'server', 'login', 'login: 400' if mechanism == 'XOAUTH2' else '535 5.7.8')
            tap.equal(server.counts['auth'], 1, 'logins')


def a_login_that_cannot_be_made():
    with Receiver() as server, tool_for(server, user='anna', password_command='echo x') as tool:
        expect(tool.send(1)[0], 'server', 'no-auth')
        tap.equal(server.counts['mail'], 0, 'MAIL commands')
    with Receiver(users={'anna': 'x'}) as server, tool_for(server) as tool:
        expect(tool.send(1)[0], 'server', 'login', '530')
    with Receiver(users={'anna': 'x'}, rules=['auth=reply:454 4.7.0 later']) as server, \
            tool_for(server, user='anna', password_command='echo x') as tool:
        expect(tool.send(1)[0], 'server', 'login-later', '454')


def a_probe_logs_in_and_sends_nothing():
    with Receiver(tls='starttls', users={'anna@example.test': PASSWORD}, **certificate('good')) as server, \
            with_login(server) as tool:
        expect(tool.probe(1), 'sent', 'none')
        tap.check(server.wait(lambda: server.counts['quit']), 'no good-bye')
        tap.equal((server.counts['auth'], server.counts['mail'], server.connections), (1, 0, 1), 'logins, MAILs')
        expect(tool.send(2)[0], 'sent', 'none')  # the sender is as good as before
        clean(server)
    with Receiver(users={'anna': 'right'}) as server, \
            tool_for(server, user='anna', password_command='echo wrong') as tool:
        expect(tool.probe(1), 'server', 'login', '535')


def secrets_are_seen_nowhere():
    password = 'Sesame-4711'
    hidden = {password, base64.b64encode(password.encode()).decode(),
              base64.b64encode(f'\0anna\0{password}'.encode()).decode(),
              base64.b64encode(f'user=anna\1auth=Bearer {password}\1\1'.encode()).decode()}
    for mechanism, users in [(m, u) for m in ('PLAIN', 'LOGIN', 'XOAUTH2')
                             for u in ({'anna': password}, {'anna': 'other'})]:
        key = 'token_command' if mechanism == 'XOAUTH2' else 'password_command'
        secret = write('secret', password + '\n')
        with Receiver(users=users, mechanisms=[mechanism]) as server, \
                tool_for(server, user='anna', trace=True, **{key: f'cat {secret}'}) as tool:
            tool.send(1)
            pid = tool.sender_pid()
            seen = list(tool.output)
            # A sender whose login failed ends: the next attempt is a fresh one's.
            for name in ('cmdline', 'environ') if password in users.values() else ():
                try:
                    with open(f'/proc/{pid}/{name}', 'rb') as file:
                        seen.append(file.read().decode('utf-8', 'replace'))
                except PermissionError:
                    tap.equal(name, 'environ', 'what only root may read')
            for text in hidden:
                tap.check(not any(text in line for line in seen), f'{mechanism}: {text} is shown')
            tap.check(any(line.startswith('trace > AUTH ' + mechanism) for line in tool.output),
                      'the trace shows no login')


def what_the_server_repeats_of_a_secret_is_taken_out():
    password = 'Sesame-4711'
    forms = {password, base64.b64encode(password.encode()).decode(),
             base64.b64encode(f'\0anna\0{password}'.encode()).decode()}
    secret = write('secret', password + '\n')
    for rule, *end in (('auth=reply:535 5.7.8 no user with {}', 'server', 'login'),
                        ('rcpt=reply:550 5.1.1 {} is wrong', 'refused', 'recipient'),
                        ('dot=reply:451 {} later', 'deferred', 'content'), ('auth=reply:{}', 'server', 'greeting')):
        for form in forms:
            with Receiver(users={'anna': password}, mechanisms=['PLAIN'],
                          rules=[rule.format(form)]) as server, \
                    tool_for(server, user='anna', trace=True, password_command=f'cat {secret}') as tool:
                expect(tool.send(1)[0], *end, '***')
                tap.check(any('***' in line for line in tool.output if line.startswith('trace <')), rule)
                tap.check(not any(form in line for line in tool.output), f'{rule}: {form} is shown')


# --- a sender that was taken over ---

def caged():
    """A reason why the cage is not whole here, or None."""
    with Receiver() as server, tool_for(server) as tool:
        tool.send(1)
        return next((line for line in tool.output if line.startswith('warning ')), None)


def lines_of(tool, start, number):
    """What it has said on stderr, which is read beside its events: waits for so many lines."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        found = [line for line in tool.output if line.startswith(start)]
        if len(found) >= number:
            return found
        time.sleep(0.01)
    return found


def who_takes_the_sender_over_gets_nothing():
    why = caged()
    if why:
        tap.diagnose(why)
        return
    database = write('nudged.db', 'everything')
    expected = {'read': errno.EACCES, 'write': errno.EPERM, 'list': errno.EACCES,
                'local': errno.EAFNOSUPPORT, 'trace': errno.EPERM, 'fork': errno.EPERM,
                'exec': errno.EPERM}
    env = {'LD_PRELOAD': tap.build_path('tests/lib/traitor.so'), 'NUDGED_TRAITOR': database}
    for scheme in ('smtp', 'smtps'):
        tls = 'starttls' if scheme == 'smtp' else 'implicit'
        with Receiver(tls=tls, users={'anna@example.test': PASSWORD},
                      **certificate('good')) as server, \
                with_login(server, scheme=scheme, env=env) as tool:
            expect(tool.send(1)[0], 'sent', 'none')
            found = dict(line.split()[1:] for line in lines_of(tool, 'traitor: ', len(expected)))
            tap.equal({what: int(number) for what, number in found.items()}, expected, scheme)
            with open(f'/proc/{tool.sender_pid()}/status', encoding='ascii') as file:
                status = dict(line.split(':', 1) for line in file)
            tap.equal(status['Seccomp'].strip(), '2', 'a filter of calls')
            tap.equal(status['NoNewPrivs'].strip(), '1', 'no new privileges')


def the_keeper_of_the_password_ends_with_the_sender():
    for end in (signal.SIGKILL, None):
        with Receiver(users={'anna': 'x'}) as server, \
                tool_for(server, user='anna', password_command='echo x') as tool:
            expect(tool.send(1)[0], 'sent', 'none')
            pid = tool.sender_pid()
            with open(f'/proc/{pid}/task/{pid}/children', encoding='ascii') as file:
                keepers = [int(number) for number in file.read().split()]
            tap.equal(len(keepers), 1, 'keepers')
            if end:
                os.kill(pid, end)
            else:
                tool.tell('quit')
            tap.check(wait_for_end(keepers[0]), 'the keeper stays')


def a_token_is_fetched_again_for_a_later_connection():
    count = path('count')
    script = write('token', f'#!/bin/sh\necho x >>{count}\necho {TOKEN}\n', 0o700)
    with Receiver(users={'anna': TOKEN}, mechanisms=['XOAUTH2'], rules=['mail=close@2']) as server, \
            tool_for(server, user='anna', token_command=script) as tool:
        expect(tool.send(1)[0], 'sent', 'none')
        pid = tool.sender_pid()
        expect(tool.send(2)[0], 'sent', 'none')
        tap.equal((tool.sender_pid(), server.connections), (pid, 2), 'the sender, connections')
        with open(count, encoding='ascii') as file:
            tap.equal(len(file.readlines()), 2, 'how often the token was fetched')


# --- where the secret comes from ---

def wait_for_end(pid):
    """Waits until a process that is not our child is gone, or dead; returns whether it is."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            with open(f'/proc/{pid}/stat', encoding='ascii', errors='replace') as file:
                if file.read().rpartition(')')[2].split()[0] in 'ZX':
                    return True
        except OSError:
            return True
        time.sleep(0.01)
    return False


def expect_secret(words, env=None, **options):
    with Receiver(users={'anna': 'x'}) as server, \
            tool_for(server, user='anna', env=env, **options) as tool:
        for end in tool.send(1, 2):
            expect(end, 'server', 'secret', words)
        tap.equal(server.connections, 0, 'connections')


def password_files_that_are_refused():
    os.mkfifo(path('fifo'), 0o600)
    expect_secret('none', password_file=path('none'))
    expect_secret('chmod 600', password_file=write('open', 'x\n', 0o640))
    expect_secret('no regular file', password_file=path('fifo'))
    expect_secret('no regular file', password_file=FOLDER.name)
    expect_secret('is empty', password_file=write('empty', '\n'))
    expect_secret('is too long', password_file=write('long', 'x' * 10000))


def a_credential_may_have_any_mode():
    os.makedirs(path('credentials'), exist_ok=True)
    write('credentials/smtp', 'x\r\nnot this\n', 0o444)
    with Receiver(users={'anna': 'x'}) as server, \
            tool_for(server, user='anna', password_file=path('credentials/smtp'),
                     env={'CREDENTIALS_DIRECTORY': path('credentials')}) as tool:
        expect(tool.send(1)[0], 'sent', 'none')
    write('beside', 'x\n', 0o444)
    expect_secret('chmod 600', password_file=path('credentials/../beside'),
                  env={'CREDENTIALS_DIRECTORY': path('credentials')})


def password_commands_that_fail():
    script = write('fails', '#!/bin/sh\nprintf "the store\tis locked\\nmore" >&2\nexit 3\n', 0o700)
    expect_secret('status 3', password_command=script)
    expect_secret('could not be run: is it installed?', password_command=path('no-such-program'))
    expect_secret('signal 15', password_command=write('dies', '#!/bin/sh\nkill -TERM $$\n', 0o700))
    expect_secret('is empty', password_command='true')
    hangs = write('hangs', '#!/bin/sh\necho x\nsleep 1000 &\necho $! >"$0.pid"\nwait\n', 0o700)
    expect_secret('within 1 seconds', password_command=hangs, timeout=1)
    with open(hangs + '.pid', encoding='ascii') as file:
        child = int(file.read())
    tap.check(wait_for_end(child), 'a child of the command still runs')


def a_command_may_leave_an_agent_behind():
    agent = write('agent', '#!/bin/sh\n(trap "" HUP; sleep 12) &\necho x\n', 0o700)
    with Receiver(users={'anna': 'x'}) as server, \
            tool_for(server, user='anna', timeout=10, password_command=agent) as tool:
        expect(tool.send(1)[0], 'sent', 'none')


# --- servers that are none ---

class Listener:
    """Says something to everyone who connects, then waits for them to hang up."""

    def __init__(self, words=b''):
        self.words = words
        self.socket = socket.create_server(('127.0.0.1', 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        while True:
            try:
                sock, _ = self.socket.accept()
                sock.sendall(self.words)
                while sock.recv(4096):
                    pass
                sock.close()
            except OSError:
                if self.socket.fileno() < 0:
                    return

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()


def nobody_answers():
    with Listener() as listener:
        port = listener.port
    with Tool(url=f'smtp://127.0.0.1:{port}') as tool:
        expect(tool.send(1)[0], 'server', 'connect', 'refused')
    with Tool(url='smtp://nobody.invalid:25', timeout=10) as tool:
        end = tool.send(1)[0]  # it is a timeout where the machine's resolver is not answered
        tap.check(end.outcome == 'server' and end.cause in ('resolve', 'timeout'), end.text)
        tap.contains(end.text, 'nobody.invalid', 'the sentence')


def what_answers_is_no_mail_server():
    with Listener(b'SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n') as listener, tool_for(listener) as tool:
        expect(tool.send(1)[0], 'server', 'greeting', 'SSH-2.0')
    with Listener(b'\x00\xff\x80\r\n') as listener, tool_for(listener) as tool:
        expect(tool.send(1)[0], 'server', 'greeting', 'no SMTP')
    with Listener() as listener, tool_for(listener, timeout=1) as tool:
        expect(tool.send(1)[0], 'server', 'greeting', 'smtps://')
    with Listener(b'250-endless\r\n' * 5000) as listener, tool_for(listener) as tool:
        expect(tool.send(1)[0], 'server', 'greeting')


def tls_where_it_is_not_expected():
    with Receiver() as server, tool_for(server, 'smtps', tls='required') as tool:
        expect(tool.send(1)[0], 'server', 'greeting', 'smtp://')
    with Receiver(tls='implicit', **certificate('good')) as server, \
            tool_for(server, timeout=2) as tool:
        expect(tool.send(1)[0], 'server', 'greeting', 'smtps://')


def greetings_that_turn_us_away():
    for rule, cause in (('banner=reply:554 5.7.1 not you', 'turned-away'),
                        ('banner=malformed', 'greeting'),
                        ('banner=close', 'greeting'), ('connect=close', 'greeting'),
                        ('ehlo=reply:421 4.3.2 going down', 'turned-away'), ('ehlo=close', 'broken')):
        with Receiver(rules=[rule]) as server, tool_for(server) as tool:
            expect(tool.send(1)[0], 'server', cause)


# --- refusals ---

REFUSALS = (
    ('mail=reply:550 5.7.1 not from you@1', 'refused', 'sender', 550),
    ('mail=reply:451 4.7.1 later@1', 'deferred', 'sender', 451),
    ('mail=reply:552 5.3.4 too big@1', 'refused', 'size', 552),
    ('mail=reply:530 5.7.0 log in@1', 'server', 'login', 530),
    ('rcpt=reply:550 5.1.1 unknown@1', 'refused', 'recipient', 550),
    ('rcpt=reply:450 4.2.0 greylisted@1', 'deferred', 'recipient', 450),
    ('rcpt=reply:552 5.2.2 mailbox full@1', 'refused', 'recipient', 552),
    ('data=reply:554 5.7.1 no@1', 'refused', 'content', 554),
    ('data=reply:451 4.3.0 later@1', 'deferred', 'content', 451),
    ('dot=reply:554 5.7.1 spam@1', 'refused', 'content', 554),
    ('dot=reply:452 4.3.1 disk full@1', 'deferred', 'content', 452),
    ('dot=reply:552 too big@1', 'refused', 'size', 552),
)


def a_refusal_ends_one_mail_not_the_connection():
    for extensions in (('PIPELINING',), NO_PIPELINING):
        for rule, outcome, cause, code in REFUSALS:
            with Receiver(rules=[rule], extensions=extensions) as server, tool_for(server) as tool:
                first, second = tool.send(1, 2)
                expect(first, outcome, cause, str(code))
                tap.equal(first.code, code, rule)
                expect(second, 'sent', 'none')
                tap.equal((server.connections, len(server.messages)), (1, 1),
                          f'{rule}: connections, messages')
                clean(server)


def data_accepted_without_a_recipient():
    with Receiver(rules=['rcpt=reply:550 5.1.1 unknown@1'],
                  data_without_recipients=True) as server, tool_for(server) as tool:
        first, second = tool.send(1, 2)
        expect(first, 'refused', 'recipient')
        expect(second, 'sent', 'none')
        tap.equal((server.connections, len(server.messages), server.counts['dot']), (1, 1, 2),
                  'connections, messages, dots')
        clean(server)


def a_mail_over_the_size_is_not_tried():
    with Receiver(size=20) as server, tool_for(server) as tool:
        expect(tool.send(1)[0], 'refused', 'size', '20')
        tap.equal(server.counts['mail'], 0, 'MAIL commands')


def eight_bits_only_where_they_are_welcome():
    with open(path('body'), 'wb') as file:
        file.write('Subject: x\r\n\r\nGrüße\r\n'.encode())
    with Receiver(extensions=['SIZE']) as server, tool_for(server, body=path('body')) as tool:
        expect(tool.send(1)[0], 'refused', 'content', '8-bit')
    with Receiver() as server, tool_for(server, body=path('body')) as tool:
        expect(tool.send(1)[0], 'sent', 'none')
        tap.contains(server.messages[0].facts['parameters'], 'BODY=8BITMIME', 'MAIL')


# --- connections that break ---

BREAKS = (
    ('mail=close', 'deferred', 'broken'), ('mail=malformed', 'deferred', 'broken'),
    ('mail=endless', 'deferred', 'broken'), ('mail=hang', 'deferred', 'timeout'),
    ('mail=reply:421 4.3.2 going down', 'server', 'broken'),
    ('rcpt=close', 'deferred', 'broken'), ('rcpt=hang', 'deferred', 'timeout'),
    ('rcpt=reply:421 4.3.2 going down', 'deferred', 'recipient'),
    ('rcpt=reply:354 what', 'deferred', 'broken'),
    ('data=close', 'deferred', 'broken'), ('data=malformed', 'deferred', 'broken'),
    ('data=hang', 'deferred', 'timeout'), ('data=reply:250 what', 'deferred', 'broken'),
    ('body=close', 'deferred', 'broken'), ('body=reply:554 5.6.0 enough', 'refused', 'content'),
    ('dot=close', 'in-doubt', 'broken'), ('dot=close-after', 'in-doubt', 'broken'),
    ('dot=malformed', 'in-doubt', 'broken'), ('dot=endless', 'in-doubt', 'broken'),
    ('dot=hang', 'in-doubt', 'timeout'), ('dot=reply:354 what', 'in-doubt', 'broken'),
    ('dot=reply:421 4.3.2 going down', 'deferred', 'content'),
)


def try_break(row):
    (rule, outcome, cause), extensions = row
    body = path('large' if 'body=' in rule else 'small')
    with Receiver(rules=[rule], extensions=extensions) as server, \
            tool_for(server, timeout=2 if 'hang' in rule else 30, body=body) as tool:
        end = tool.send(1)[0]
        tap.equal((end.outcome, end.cause), (outcome, cause), f'{rule} {extensions}: {end.text}')
        kept = rule in ('dot=close-after', 'dot=reply:354 what')
        tap.equal(len(server.messages), int(kept), f'{rule}: messages')


def breaks_are_told_by_where_they_are():
    write('small', 'Subject: x\n\n')
    write('large', 'Subject: x\n\n' + 'a line\n' * 500000)  # the server reads before all is sent
    rows = itertools.product(BREAKS, (('PIPELINING',), NO_PIPELINING))
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        for result in pool.map(try_break, rows):
            tap.equal(result, None, 'a row')


def a_connection_that_went_stale_is_replaced():
    for rule in ('idle=close@1', 'idle=reply:421 4.4.2 idle for too long@1',
                 'mail=reply:421 4.4.2 idle for too long@2', 'mail=close@2'):
        with Receiver(rules=[rule]) as server, tool_for(server) as tool:
            tap.equal([tool.send(n)[0].outcome for n in (1, 2, 3)], ['sent'] * 3, rule)
            tap.equal((server.connections, len(server.messages)), (2, 3), rule)


def a_mail_that_meets_a_connection_just_gone_waits_for_nothing():
    """The server hangs up as the mail comes: the sender learns it from the mail, never from poll()."""
    env = {'LD_PRELOAD': tap.build_path('tests/lib/blinder.so')}
    for rule in ('idle=close@1', 'idle=reply:421 4.4.2 idle for too long@1'):
        with Receiver(rules=[rule]) as server, tool_for(server, env=env) as tool:
            expect(tool.send(1)[0], 'sent', 'none')
            tap.check(server.wait(lambda: not server.sessions), 'the server did not hang up')
            tap.equal([tool.send(n)[0].outcome for n in (2, 3)], ['sent'] * 2, rule)
            tap.equal((server.connections, len(server.messages)), (2, 3), rule)


def a_server_that_always_hangs_up_is_not_hammered():
    with Receiver(rules=['mail=reply:421 4.3.2 going down']) as server, tool_for(server) as tool:
        expect(tool.send(1)[0], 'server', 'broken', '421')
        tap.equal(server.connections, 1, 'connections')
    rules = [f'mail=reply:421 4.3.2 going down@{n}' for n in (2, 3)]
    with Receiver(rules=rules) as server, tool_for(server) as tool:
        expect(tool.send(1)[0], 'sent', 'none')
        expect(tool.send(2)[0], 'server', 'broken', '421')
        tap.equal(server.connections, 2, 'connections')


def a_server_that_bears_one_connection_gets_one():
    rules = [f'banner=reply:421 4.7.0 too many connections@{n}' for n in (2, 3, 4)]
    with Receiver(rules=rules) as server, tool_for(server, connections=4) as tool:
        ends = tool.send(*range(1, 31))
        tap.equal({end.outcome for end in ends}, {'sent'}, 'the ends')
        tap.equal(len(server.messages), 30, 'messages')


# --- the dot ---

def the_dot_is_withheld():
    with Receiver() as server, tool_for(server, hold=True) as tool:
        tool.post(1)
        tap.equal(tool.ready(), 1, 'the mail that is ready')
        # All but the dot arrived; when the connection is cut here, nothing else did before.
        tap.check(server.wait(lambda: server.body_bytes >= len(BODY)), 'the body did not arrive')
        os.kill(tool.sender_pid(), signal.SIGKILL)
        end = tool.settled()
        expect(end, 'server', 'program', 'signal 9')
        tap.check(server.wait(lambda: not server.sessions), 'the connection is still open')
        tap.equal((server.counts['dot'], len(server.messages)), (0, 0), 'dots, messages')
        tool.post(2)
        tap.equal(tool.ready(), 2, 'the mail that is ready')
        tool.confirm(2)
        expect(tool.settled(), 'sent', 'none')
        tap.equal(server.messages[0].data, BODY, 'the message')


def a_sender_killed_after_the_dot_leaves_doubt():
    with Receiver(rules=['dot=hang@1']) as server, tool_for(server, hold=True) as tool:
        tool.post(1)
        tool.ready()
        tool.confirm(1)
        tap.check(server.wait(lambda: server.counts['dot']), 'the dot did not arrive')
        os.kill(tool.sender_pid(), signal.SIGKILL)
        expect(tool.settled(), 'in-doubt', 'program', 'signal 9')
        tool.post(2)
        tool.ready()
        tool.confirm(2)
        expect(tool.settled(), 'sent', 'none')


def a_connection_that_breaks_before_the_dot_is_safe():
    with Receiver() as server, tool_for(server, hold=True) as tool:
        tool.post(1)
        tool.ready()
        tap.check(server.wait(lambda: server.body_bytes >= len(BODY)), 'the body did not arrive')
        server.stop()
        expect(tool.settled(), 'deferred', 'broken')
        tool.confirm(1)
        tap.contains(tool.event(), 'error no mail 1', 'the answer to a late confirmation')


def confirmations_of_many_connections_come_in_any_order():
    with Receiver() as server, tool_for(server, hold=True, connections=4) as tool:
        tool.post(1, 2, 3, 4)
        ready = [tool.ready() for _ in range(4)]
        tap.equal(sorted(ready), [1, 2, 3, 4], 'the mails that are ready')
        tap.equal(len(server.messages), 0, 'messages before a confirmation')
        for number in reversed(ready):
            tool.confirm(number)
            tap.equal(tool.settled().number, number, 'the mail that was confirmed')
        tap.equal(len(server.messages), 4, 'messages')


# --- the process ---

def an_idle_sender_is_ended_and_started_again():
    with Receiver() as server, tool_for(server, idle=0) as tool:
        for number in (1, 2, 3):
            expect(tool.send(number)[0], 'sent', 'none')
            tap.check(server.wait(lambda: not server.sessions), 'the connection stays open')
        tap.equal((server.connections, server.counts['quit']), (3, 3), 'connections, QUITs')


def a_good_bye_that_is_not_answered_holds_nothing_up():
    with Receiver(rules=['quit=hang@1']) as server, tool_for(server, idle=0, timeout=1) as tool:
        for number in (1, 2):
            expect(tool.send(number)[0], 'sent', 'none')


def the_sender_goes_with_its_courier():
    with Receiver() as server, tool_for(server) as tool:
        tool.send(1)
        pid = tool.sender_pid()
        tool.process.kill()
        tool.process.wait()
        tap.check(server.wait(lambda: not server.sessions), 'the connection stays open')
        tap.check(wait_for_end(pid), 'nudged-send still runs')


def a_sender_that_cannot_be_started():
    with Tool(url='smtp://localhost:25', program=path('none')) as tool:
        tool.post(1)
        tap.contains(tool.event(), 'could not be started', 'the error')
    with Tool(url='smtp://localhost:25', program='/bin/true') as tool:
        expect(tool.send(1)[0], 'server', 'program', 'ended with status 0')
    noise = write('noise', '#!/bin/sh\nhead -c 100 /dev/zero >&3\nsleep 100\n', 0o700)
    with Tool(url='smtp://localhost:25', program=noise) as tool:
        expect(tool.send(1)[0], 'server', 'program', 'nobody understands')


def by_hand_it_explains_itself():
    rows = ((['--version'], 0), (['--help'], 0), ([], 64), (['nonsense'], 64))
    for arguments, status in rows:
        result = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=30)
        tap.equal(result.returncode, status, f'the status of {arguments}')
        tap.check((result.stdout if status == 0 else result.stderr).startswith('nudged-send '),
                  f'{arguments}: {result.stdout}{result.stderr}')


if not os.path.exists('/usr/bin/openssl'):
    tap.skip_all('openssl is not installed')
subprocess.run(['bash', tap.source_path('tests/lib/certs.sh'), path('certs')], check=True,
               stderr=subprocess.DEVNULL)
tap.run(
    a_mail_arrives_as_it_was, line_ends_become_crlf, a_large_mail_arrives_whole,
    twenty_mails_share_a_connection, many_mails_use_more_connections, a_slow_server_is_waited_for,
    replies_of_many_lines_are_read, encrypted_and_trusted, certificates_that_are_not_trusted,
    a_private_authority_must_be_named, starttls_that_is_missing, starttls_that_fails,
    opportunistic_takes_what_there_is, each_kind_of_login,
    a_login_that_wants_more_than_a_password_is_not_chosen, a_wrong_password_is_tried_once,
    a_login_that_cannot_be_made, a_probe_logs_in_and_sends_nothing, secrets_are_seen_nowhere, what_the_server_repeats_of_a_secret_is_taken_out,
    password_files_that_are_refused,
    a_credential_may_have_any_mode, password_commands_that_fail,
    a_command_may_leave_an_agent_behind, who_takes_the_sender_over_gets_nothing,
    the_keeper_of_the_password_ends_with_the_sender,
    a_token_is_fetched_again_for_a_later_connection, nobody_answers, what_answers_is_no_mail_server,
    tls_where_it_is_not_expected, greetings_that_turn_us_away,
    a_refusal_ends_one_mail_not_the_connection, data_accepted_without_a_recipient,
    a_mail_over_the_size_is_not_tried, eight_bits_only_where_they_are_welcome,
    breaks_are_told_by_where_they_are, a_connection_that_went_stale_is_replaced,
    a_mail_that_meets_a_connection_just_gone_waits_for_nothing,
    a_server_that_always_hangs_up_is_not_hammered, a_server_that_bears_one_connection_gets_one,
    the_dot_is_withheld, a_sender_killed_after_the_dot_leaves_doubt,
    a_connection_that_breaks_before_the_dot_is_safe,
    confirmations_of_many_connections_come_in_any_order, an_idle_sender_is_ended_and_started_again,
    a_good_bye_that_is_not_answered_holds_nothing_up, the_sender_goes_with_its_courier,
    a_sender_that_cannot_be_started, by_hand_it_explains_itself)
