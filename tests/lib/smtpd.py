#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A mail receiver for tests and demonstrations: loopback only, standard library only.

It takes mail by SMTP, keeps each message in a folder, and can misbehave at every step by rules
STEP=ACTION[@N], where N makes a rule hold for the Nth time of that step only (counted over all
connections). As a module:

    with Receiver(rules=['rcpt=reply:550 5.1.1 unknown@2']) as server:
        ... server.port ... server.messages ... server.counts['dot'] ...

STEPS    connect   accepted, nothing said yet (with implicit TLS: before the handshake)
         banner ehlo starttls auth mail rcpt data rset quit noop
         body      some of the body was read, the dot was not
         dot       the dot was read
         idle      a message was accepted and answered
ACTIONS  reply:TEXT     says TEXT in place of the usual ("421 ..." also hangs up)
         close          hangs up in place of acting
         close-after    acts, then hangs up in place of answering
         hang           says nothing more until the client hangs up
         slow:SECONDS   answers as usual, but waits so long before each byte
         malformed      says what is no reply
         endless        a reply that never ends
         multiline      answers as usual, but in twenty lines
         tls-garbage    at starttls or connect: rubbish in place of the handshake
         strip-starttls at ehlo: does not offer STARTTLS
         inject         at starttls: answers, and slips another answer in before the handshake
"""

import argparse
import base64
import json
import os
import pathlib
import re
import signal
import socket
import ssl
import sys
import threading

STEPS = ('connect banner ehlo starttls auth mail rcpt data body dot rset quit noop idle').split()
ACTIONS = {'reply': True, 'close': False, 'close-after': False, 'hang': False, 'slow': True,
           'malformed': False, 'endless': False, 'multiline': False, 'tls-garbage': False,
           'strip-starttls': False, 'inject': False}  # name: whether it takes an argument
EXTENSIONS = ('PIPELINING', 'SIZE', '8BITMIME', 'ENHANCEDSTATUSCODES', 'SMTPUTF8')
MECHANISMS = ('PLAIN', 'LOGIN', 'XOAUTH2')


class HangUp(Exception):
    """The connection is to be closed, or was."""


class Rule:
    """One misbehaviour: STEP=ACTION[:ARGUMENT][@N]."""

    def __init__(self, text):
        match = re.fullmatch(r'([a-z]+)=([a-z-]+)(?::(.*?))?(?:@(\d+))?', text, re.DOTALL)
        if not match or match[1] not in STEPS or match[2] not in ACTIONS:
            raise ValueError(f'{text!r} is no rule STEP=ACTION[@N]; see --help')
        self.step, self.action, self.argument, nth = match.groups()
        self.nth = int(nth) if nth else None
        if ACTIONS[self.action] != (self.argument is not None):
            raise ValueError(f'{text!r}: this action takes '
                             + ('an argument' if ACTIONS[self.action] else 'no argument'))


class Message:
    """A message that was accepted, as it was before its dots were doubled."""

    def __init__(self, number, sender, recipients, data, facts):
        self.number, self.sender, self.recipients = number, sender, recipients
        self.data, self.facts = data, facts

    def store(self, folder):
        """Two files; the message appears under its name only when it is whole."""
        envelope = {'from': self.sender, 'to': self.recipients, **self.facts}
        base = pathlib.Path(folder) / f'{self.number:04}'
        base.with_suffix('.json').write_text(json.dumps(envelope) + '\n')
        base.with_suffix('.tmp').write_bytes(self.data)
        base.with_suffix('.tmp').rename(base.with_suffix('.eml'))


class Session:
    """One connection. Commands are methods do_NAME, which say their reply by answer()."""

    def __init__(self, server, sock, number):
        self.server, self.sock, self.number = server, sock, number
        self.buffer = b''
        self.encrypted = False
        self.user = None
        self.ehlo = False
        self.reset()

    def reset(self):
        self.sender, self.recipients, self.params = None, [], ''

    # --- bytes ---

    def fill(self):
        try:
            data = self.sock.recv(65536)
        except (OSError, ssl.SSLError):
            data = b''
        if not data:
            raise HangUp
        self.buffer += data

    def read_line(self):
        while b'\n' not in self.buffer:
            self.fill()
        line, self.buffer = self.buffer.split(b'\n', 1)
        if not line.endswith(b'\r'):
            self.server.complain(f'a command ends without CR: {line!r}')
        text = line.rstrip(b'\r').decode('utf-8', 'replace')
        self.server.note(self.number, '<', text)
        return text

    def write(self, data, delay=0.0):
        try:
            if not delay:
                self.sock.sendall(data)
            for i in range(len(data) if delay else 0):
                if self.server.stopping.wait(delay):
                    raise HangUp
                self.sock.sendall(data[i:i + 1])
        except (OSError, ssl.SSLError):
            raise HangUp from None

    def say(self, *lines, delay=0.0):
        """One reply: the lines hold a code and a text each, all but the last become 'code-text'."""
        whole = [line[:3] + '-' + line[4:] for line in lines[:-1]] + [lines[-1]]
        for line in whole:
            self.server.note(self.number, '>', line)
        self.write(''.join(line + '\r\n' for line in whole).encode(), delay)

    def drain(self):
        """Waits until the client hangs up; what it says is dropped."""
        while True:
            self.buffer = b''
            self.fill()

    # --- misbehaving ---

    def act(self, step):
        """Before a step is done: counts it and follows a rule that holds now. Returns the rule
        where it changes how the step is done or answered, not whether."""
        rule = self.server.match(step)
        if not rule:
            return None
        if rule.action == 'close':
            raise HangUp
        if rule.action == 'hang':
            self.drain()
        if rule.action == 'malformed':
            self.write(b'Bad and ugly, this is no reply\r\n')
            self.drain()
        if rule.action == 'endless':
            while True:
                self.write(b'250-and more\r\n' * 100)
        return rule

    def answer(self, rule, *lines):
        """The reply to a step; `rule` is what act() returned. Returns whether it said yes."""
        if rule and rule.action == 'close-after':
            raise HangUp
        delay = 0.0
        if rule and rule.action == 'reply':
            lines = rule.argument.split('|')
        elif rule and rule.action == 'slow':
            delay = float(rule.argument)
        elif rule and rule.action == 'multiline':
            lines = [lines[0]] * 19 + [lines[-1]]
        self.say(*lines, delay=delay)
        if lines[-1].startswith('421'):
            raise HangUp
        return lines[-1][0] in '23'

    @staticmethod
    def replaced(rule):
        """Whether a rule gives another reply, so that the step is not to be done."""
        return rule is not None and rule.action == 'reply' and rule.argument[0] in '45'

    # --- the session ---

    def run(self):
        try:
            self.greet()
            while True:
                self.command(self.read_line())
        except HangUp:
            pass
        except Exception as problem:  # a bug here must show in the test that met it
            self.server.complain(f'{type(problem).__name__}: {problem}')
        finally:
            self.server.ended(self)

    def greet(self):
        rule = self.act('connect')
        if self.server.tls == 'implicit':
            self.handshake(rule)
        rule = self.act('banner')
        if not self.answer(rule, '220 localhost ESMTP test receiver'):
            raise HangUp

    def handshake(self, rule):
        if rule and rule.action == 'tls-garbage':
            self.write(b'this is no handshake at all\r\n' * 4)
            raise HangUp
        try:
            self.sock = self.server.context.wrap_socket(self.sock, server_side=True)
        except (OSError, ssl.SSLError):
            raise HangUp from None
        self.encrypted = True

    def command(self, line):
        verb = line.split(' ')[0].upper()
        if self.buffer and 'PIPELINING' not in self.server.extensions:
            self.server.complain(f'commands after {verb} without PIPELINING')
        method = getattr(self, 'do_' + verb.lower(), None)
        if verb in ('MAIL', 'RCPT', 'DATA', 'AUTH') and not self.ehlo:
            self.say('503 5.5.1 EHLO first')
        elif method:
            method(line[len(verb):].strip())
        else:
            self.say('500 5.5.2 what?')

    def do_ehlo(self, name):
        rule = self.act('ehlo')
        if self.replaced(rule):
            self.answer(rule)
            return
        self.ehlo = True
        self.reset()
        offer = [f'250 localhost greets {name}']
        for extension in self.server.extensions:
            offer.append(f'250 SIZE {self.server.size}' if extension == 'SIZE'
                         else f'250 {extension}')
        stripped = rule is not None and rule.action == 'strip-starttls'
        if self.server.tls == 'starttls' and not self.encrypted and not stripped:
            offer.append('250 STARTTLS')
        if self.server.offers_auth(self.encrypted):
            offer.append('250 AUTH ' + ' '.join(self.server.mechanisms))
        self.answer(rule, *offer)

    do_helo = do_ehlo

    def do_starttls(self, _):
        if self.server.tls != 'starttls' or self.encrypted:
            self.say('503 5.5.1 not now')
            return
        rule = self.act('starttls')
        if self.buffer:
            self.server.complain('bytes after STARTTLS')
        if rule and rule.action == 'inject':
            self.write(b'220 2.0.0 go ahead\r\n250 2.0.0 as if it were encrypted\r\n')
        elif not self.answer(rule, '220 2.0.0 go ahead'):
            return
        self.handshake(rule)
        self.ehlo = False

    def do_auth(self, text):
        rule = self.act('auth')
        if self.replaced(rule):
            self.answer(rule)
            return
        mechanism, _, initial = text.partition(' ')
        method = getattr(self, 'auth_' + mechanism.lower(), None)  # others are offered in vain
        good = bool(method and mechanism.upper() in self.server.mechanisms and method(initial))
        words = '235 2.7.0 welcome' if good else '535 5.7.8 wrong user or password'
        if not self.answer(rule, words):
            self.user = None

    def challenge(self, text, initial):
        """What the client sends for a challenge, decoded; '=' stands for nothing."""
        if not initial:
            self.say('334 ' + base64.b64encode(text.encode()).decode())
            initial = self.read_line()
        return b'' if initial == '=' else base64.b64decode(initial, validate=False)

    def login(self, user, password):
        self.user = user
        return self.server.users.get(user) == password

    def auth_plain(self, initial):
        parts = self.challenge('', initial).decode('utf-8', 'replace').split('\0')
        return len(parts) == 3 and self.login(parts[1], parts[2])

    def auth_login(self, initial):
        user = self.challenge('Username:', initial).decode('utf-8', 'replace')
        password = self.challenge('Password:', '').decode('utf-8', 'replace')
        return self.login(user, password)

    def auth_xoauth2(self, initial):
        fields = self.challenge('', initial).decode('utf-8', 'replace').split('\1')
        pairs = dict(field.partition('=')[::2] for field in fields if field)
        token = pairs.get('auth', '').removeprefix('Bearer ')
        if self.login(pairs.get('user', ''), token):
            return True
        self.challenge('{"status":"400"}', '')
        return False

    def do_mail(self, text):
        rule = self.act('mail')
        if self.replaced(rule):
            self.answer(rule)
            return
        match = re.fullmatch(r'FROM:<([^<>]*)>((?: [^ ]+)*)', text, re.IGNORECASE)
        if self.server.needs_login() and not self.user:
            self.answer(rule, '530 5.7.0 log in first')
        elif self.sender is not None:
            self.answer(rule, '503 5.5.1 a mail is under way')
        elif not match:
            self.answer(rule, '501 5.5.4 MAIL FROM:<address>')
        elif self.answer(rule, '250 2.1.0 ok'):
            self.sender, self.params = match[1], match[2].strip()

    def do_rcpt(self, text):
        rule = self.act('rcpt')
        if self.replaced(rule):
            self.answer(rule)
            return
        match = re.fullmatch(r'TO:<([^<>]+)>', text, re.IGNORECASE)
        if self.sender is None:
            self.answer(rule, '503 5.5.1 MAIL first')
        elif not match:
            self.answer(rule, '501 5.5.4 RCPT TO:<address>')
        elif self.answer(rule, '250 2.1.5 ok'):
            self.recipients.append(match[1])

    def do_data(self, _):
        rule = self.act('data')
        if self.replaced(rule):
            self.answer(rule)
            return
        empty = not self.recipients
        if empty and not self.server.data_without_recipients:
            self.answer(rule, '554 5.5.1 no valid recipients')
            return
        if not self.answer(rule, '354 go ahead'):
            return
        data = self.read_body()
        rule = self.act('dot')
        if not self.replaced(rule) and not empty:
            self.server.accept(self, data)
        words = '554 5.5.1 no valid recipients' if empty else '250 2.0.0 taken'
        accepted = self.answer(rule, words)
        self.reset()
        if accepted:
            rule = self.act('idle')
            if rule:
                self.answer(rule, '250 2.0.0 nobody asked')

    def read_body(self):
        """All lines up to the dot, with their own dots halved again."""
        body, seen = [], 0
        rule = self.server.match('body')
        while True:
            while b'\n' not in self.buffer:
                if rule and self.buffer:
                    self.misbehave_in_body(rule)
                self.fill()
            if rule:
                self.misbehave_in_body(rule)
            line, self.buffer = self.buffer.split(b'\n', 1)
            if line == b'.\r':
                return b''.join(body)
            if not line.endswith(b'\r') or b'\r' in line[:-1]:
                self.server.complain(f'a line of the body ends without CR LF: {line!r}')
            if len(line) > 999:
                self.server.complain(f'a line of the body has {len(line) - 1} bytes')
            body.append((line[1:] if line.startswith(b'.') else line) + b'\n')
            seen += len(line) + 1
            self.server.progress(seen)

    def misbehave_in_body(self, rule):
        if rule.action == 'hang':
            while not self.server.stopping.wait(0.05):
                pass
            raise HangUp
        if rule.action == 'reply':
            self.say(rule.argument)
            self.drain()
        raise HangUp

    def do_rset(self, _):
        rule = self.act('rset')
        if not self.replaced(rule):
            self.reset()
        self.answer(rule, '250 2.0.0 ok')

    def do_noop(self, _):
        self.answer(self.act('noop'), '250 2.0.0 ok')

    def do_quit(self, _):
        self.answer(self.act('quit'), '221 2.0.0 bye')
        raise HangUp


class Receiver:
    """The server; a context manager. All attributes that change are guarded by `changed`."""

    def __init__(self, *, port=0, folder=None, tls='none', cert=None, key=None, users=None,
                 mechanisms=MECHANISMS, auth_without_tls=True, extensions=EXTENSIONS, size=10485760,
                 data_without_recipients=False, rules=()):
        self.folder, self.tls, self.users = folder, tls, users or {}
        self.mechanisms, self.auth_without_tls = tuple(mechanisms), auth_without_tls
        self.extensions, self.size = tuple(extensions), size
        self.data_without_recipients = data_without_recipients
        self.rules = [Rule(rule) for rule in rules]
        self.context = None
        if tls != 'none':
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(cert, key)
        self.changed = threading.Condition()
        self.stopping = threading.Event()
        self.messages, self.complaints, self.log = [], [], []
        self.counts = dict.fromkeys(STEPS, 0)
        self.connections = 0      # since the start
        self.sessions = set()     # now
        self.body_bytes = 0       # of the body that is being read, or was last
        self.socket = socket.create_server(('127.0.0.1', port), backlog=128)
        self.port = self.socket.getsockname()[1]
        self.thread = threading.Thread(target=self.listen, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        self.stopping.set()
        with self.changed:
            sockets = [session.sock for session in self.sessions]
        for sock in [self.socket, *sockets]:
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        self.socket.close()
        if self.thread.is_alive():
            self.thread.join(10)

    def listen(self):
        while not self.stopping.is_set():
            try:
                sock, _ = self.socket.accept()
            except OSError:
                return
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self.changed:
                self.connections += 1
                session = Session(self, sock, self.connections)
                self.sessions.add(session)
                self.changed.notify_all()
            threading.Thread(target=session.run, daemon=True).start()

    # --- what sessions ask and tell ---

    def offers_auth(self, encrypted):
        return bool(self.users and self.mechanisms) and (encrypted or self.auth_without_tls)

    def needs_login(self):
        return bool(self.users)

    def match(self, step):
        with self.changed:
            self.counts[step] += 1
            self.changed.notify_all()
            for rule in self.rules:
                if rule.step == step and rule.nth in (None, self.counts[step]):
                    return rule
        return None

    def note(self, number, direction, line):
        with self.changed:
            self.log.append((number, direction, line))

    def complain(self, text):
        with self.changed:
            self.complaints.append(text)

    def progress(self, seen):
        with self.changed:
            self.body_bytes = seen
            self.changed.notify_all()

    def accept(self, session, data):
        with self.changed:
            facts = {'parameters': session.params, 'tls': session.encrypted, 'user': session.user,
                     'connection': session.number}
            message = Message(len(self.messages) + 1, session.sender, session.recipients, data,
                              facts)
            if self.folder:
                message.store(self.folder)
            self.messages.append(message)
            self.changed.notify_all()

    def ended(self, session):
        try:
            session.sock.close()
        except OSError:
            pass
        with self.changed:
            self.sessions.discard(session)
            self.changed.notify_all()

    # --- what tests ask ---

    def wait(self, condition, seconds=20):
        """Waits until condition() holds; returns whether it does."""
        with self.changed:
            return self.changed.wait_for(condition, seconds)

    def lines(self, direction='<'):
        with self.changed:
            return [line for _, way, line in self.log if way == direction]


def parse_arguments(argv):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--port', type=int, default=0, help='0 (the default) takes a free one')
    parser.add_argument('--port-file', metavar='FILE',
                        help='writes the port there and not to stdout')
    parser.add_argument('--dir', metavar='FOLDER',
                        help='keeps messages there as NNNN.eml, their envelopes as NNNN.json')
    parser.add_argument('--tls', choices=('none', 'starttls', 'implicit'), default='none')
    parser.add_argument('--cert', metavar='FILE', help='the certificate, in PEM')
    parser.add_argument('--key', metavar='FILE', help='its key')
    parser.add_argument('--user', metavar='USER:PASSWORD', action='append', default=[],
                        help='demands a login; may be repeated; the token, for XOAUTH2')
    parser.add_argument('--mechanisms', default=' '.join(MECHANISMS), metavar='WORDS',
                        help='default: "%(default)s", others never succeed; "" offers no login')
    parser.add_argument('--extensions', default=' '.join(EXTENSIONS), metavar='WORDS',
                        help='default: "%(default)s"')
    parser.add_argument('--size', type=int, default=10485760, help='what SIZE says')
    parser.add_argument('--data-without-recipients', action='store_true',
                        help='says 354 to DATA although no recipient was accepted')
    parser.add_argument('--misbehave', metavar='STEP=ACTION[@N]', action='append', default=[],
                        help='see above; may be repeated')
    parser.add_argument('--log', action='store_true',
                        help='prints the dialogue to stderr at the end')
    return parser.parse_args(argv)


def main(argv):
    options = parse_arguments(argv)
    try:
        server = Receiver(
            port=options.port, folder=options.dir, tls=options.tls, cert=options.cert,
            key=options.key, users=dict(user.split(':', 1) for user in options.user),
            mechanisms=options.mechanisms.split(), extensions=options.extensions.split(),
            size=options.size, data_without_recipients=options.data_without_recipients,
            rules=options.misbehave)
    except (OSError, ValueError) as problem:
        sys.exit(f'smtpd: {problem}')
    if options.dir:
        os.makedirs(options.dir, exist_ok=True)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: server.stopping.set())
    with server:
        if options.port_file:
            temporary = pathlib.Path(options.port_file + '.tmp')
            temporary.write_text(f'{server.port}\n')
            temporary.rename(options.port_file)
        else:
            print(server.port, flush=True)
        server.stopping.wait()
    if options.log:
        for number, direction, line in server.log:
            print(f'{number} {direction} {line}', file=sys.stderr)
    for complaint in server.complaints:
        print(f'smtpd: {complaint}', file=sys.stderr)
    return 1 if server.complaints else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
