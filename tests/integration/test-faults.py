# SPDX-License-Identifier: MIT
"""The promise of the outbox under faults, as tables: a fault, where, and what it may lead to.

For each digest that became due, and each recipient: one message with its Message-ID was accepted, or
its state says openly what it is. A second copy, with the same Message-ID, comes only where the server's
answer to the final dot was lost.
"""

import concurrent.futures
import os
import shutil
import signal
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import promise  # noqa: E402
import tap  # noqa: E402
from programs import NUDGED, Home  # noqa: E402
from smtpd import Receiver  # noqa: E402
from warp import Warp  # noqa: E402

EVE = '2026-11-22T12:00:00+01:00'
SLOT = '2026-11-23T07:00:00+01:00'
LATER = '2026-11-23T12:00:00+01:00'  # after the longest wait between two tries
FOLDER = Home()
subprocess.run(['bash', tap.source_path('tests/lib/certs.sh'), FOLDER.path('certs')], check=True,
               capture_output=True)


def certificate(name):
    return {'cert': FOLDER.path('certs', name + '.pem'), 'key': FOLDER.path('certs', name + '.key')}


def ids(server):
    return [next(line for line in message.data.split(b'\r\n') if line.startswith(b'Message-ID:'))
            for message in server.messages]


def begin(server, smtp=''):
    """A home whose welcome was sent, and with a birthday at SLOT."""
    home = Home()
    home.now = EVE
    with Receiver() as other:
        home.configure(port=other.port)
        home.nudge('add', 'Anna', '--birthday', '23.11.1984')
        subprocess.run([NUDGED, '--once', '--now', EVE], env=home.env, timeout=60,
                       capture_output=True, check=True)
    home.configure(port=server.port, smtp=smtp)
    return home


def once(home, now, **env):
    result = subprocess.run([NUDGED, '--once', '--now', now], env={**home.env, **env}, timeout=60,
                            capture_output=True, encoding='utf-8',
                            cwd=tap.build_path('tests/lib'))
    tap.check('Sanitizer' not in result.stderr, result.stderr)
    return result


# --- the server, at each step ---

CUTS = [f'{step}={action}' for step in 'connect banner ehlo mail rcpt data body dot quit'.split()
        for action in ('close', 'close-after') if (step, action) not in
        {('connect', 'close-after'), ('body', 'close-after')}]
REPLIES = [f'{step}={action}' for step in 'banner ehlo mail rcpt data dot'.split()
           for action in ('malformed', 'endless', 'multiline', 'reply:451 4.3.0 not now',
                          'reply:421 4.3.2 going down')]
REFUSALS = [f'{step}=reply:550 5.7.1 never' for step in 'mail rcpt data dot'.split()]


def try_server(rule):
    """One fault, once; what follows is as it should be. Returns a problem or None."""
    with Receiver(rules=[f'{rule}@1']) as server, begin(server) as home:
        first = once(home, SLOT)
        home.now = SLOT
        outbox = home.outbox()
        text = home.nudge('status')
        once(home, LATER)
        home.now = LATER
        end, found = home.outbox(), ids(server)
        broken = promise.broken(home.database, [server], SLOT)
    doubtful = rule.startswith('dot=') and ('close' in rule or 'malformed' in rule
                                            or 'endless' in rule)
    if broken:
        return f'{rule}: the promise: {broken}'
    if len(set(found)) > 1:
        return f'{rule}: several Message-IDs {found}'
    if rule in REFUSALS:
        # Its next digest is tomorrow's.
        if end != {'sent': 1, 'refused': 1} or found or '550 5.7.1 never' not in text:
            return f'{rule}: {end}, {len(found)} messages, {text}'
        return None
    if end != {'sent': 2}:
        return f'{rule}: {outbox}, then {end}: {first.stderr}'
    if len(found) != 1 and not (doubtful and len(found) == 2):
        return f'{rule}: {len(found)} copies'
    if 'sent' not in outbox or (outbox != {'sent': 2} and first.returncode != 75):
        return f'{rule}: {outbox} with the status {first.returncode}'
    return None


def a_server_that_fails_once_at_any_step():
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        problems = [text for text in pool.map(try_server, CUTS + REPLIES + REFUSALS) if text]
    tap.check(not problems, '\n'.join(problems))
    tap.diagnose(f'{len(CUTS) + len(REPLIES) + len(REFUSALS)} faults')


# --- TLS and the login ---

TLS = (  # tls of the server, certificate, rule, what status says
    ('starttls', 'good', 'ehlo=strip-starttls', 'STARTTLS'),
    ('starttls', 'good', 'starttls=inject', ''),
    ('starttls', 'good', 'starttls=tls-garbage', ''),
    ('starttls', 'good', 'starttls=close', ''),
    ('starttls', 'good', 'starttls=reply:454 4.7.0 not now', ''),
    ('starttls', 'expired', None, 'expired'),
    ('starttls', 'other', None, 'name'),
    ('starttls', 'stranger', None, ''),
    ('implicit', 'expired', None, 'expired'),
    ('implicit', 'other', None, 'name'),
    ('implicit', 'stranger', None, ''),
    ('implicit', 'good', 'connect=tls-garbage', ''),
)


def no_login_leaves_over_a_line_that_is_not_safe():
    for tls, cert, rule, words in TLS:
        with Receiver(tls=tls, rules=[rule] if rule else [], users={'anna': 'secret-4711'},
                      **certificate(cert)) as server, begin(server) as home:
            secret = home.write('secret', 'secret-4711\n')
            home.configure(url=f'smtp{"s" if tls == "implicit" else ""}://localhost:{server.port}',
                           smtp=f'tls = "required"; ca_file = "{FOLDER.path("certs", "ca.pem")}";'
                                f' user = "anna"; password_file = "{secret}";')
            result = once(home, SLOT)
            tap.equal(result.returncode, 75, f'{tls}, {cert}, {rule}: {result.stderr}')
            home.now = SLOT
            tap.equal(home.outbox(), {'sent': 1, 'queued': 1}, f'{tls}, {cert}, {rule}')
            tap.contains(home.nudge('status').lower(), words.lower(), f'{tls}, {cert}, {rule}')
            said = ' '.join(str(line) for line in server.lines())
            tap.check('AUTH' not in said and 'MAIL' not in said, f'{rule}: {said}')


def a_password_that_was_changed_keeps_the_queue():
    with Receiver(users={'anna': 'new'}) as server, begin(server) as home:
        secret = home.write('secret', 'old\n')
        home.configure(port=server.port, smtp=f'user = "anna"; password_file = "{secret}";')
        tap.equal(once(home, SLOT).returncode, 75, 'the status with the old one')
        home.now = SLOT
        tap.equal(home.outbox(), {'sent': 1, 'queued': 1}, 'the outbox')
        tap.contains(home.nudge('status'), 'password', 'status')
        home.write('secret', 'new\n')
        once(home, LATER)
        home.now = LATER
        tap.equal((home.outbox(), len(server.messages)), ({'sent': 2}, 1), 'with the new one')


def a_server_without_a_login_gets_no_mail():
    with Receiver(users={'anna': 'x'}, mechanisms=()) as server, begin(server) as home:
        secret = home.write('secret', 'x\n')
        home.configure(port=server.port, smtp=f'user = "anna"; password_file = "{secret}";')
        tap.equal(once(home, SLOT).returncode, 75, 'the status')
        home.now = SLOT
        tap.equal(home.outbox(), {'sent': 1, 'queued': 1}, 'the outbox')
        tap.contains(home.nudge('status'), 'log', 'status')


class Rotating(Receiver):
    """Takes three mails with the old password, hangs up, and takes others with the new one alone."""

    def accept(self, session, data):
        super().accept(session, data)
        if len(self.messages) == 3:
            self.users = {'anna': 'new'}


def a_password_that_changes_amid_the_queue():
    people = ', '.join(f'"p{n}@example.org"' for n in range(8))
    with Rotating(users={'anna': 'old'}, rules=['idle=close@3']) as server, begin(server) as home:
        secret = home.write('secret', 'old\n')
        home.configure(port=server.port, digests=[{'to': people}],
                       smtp=f'connections = 1; user = "anna"; password_file = "{secret}";')
        tap.equal(once(home, SLOT).returncode, 75, 'the status')
        home.now = SLOT
        tap.equal(home.outbox(), {'sent': 4, 'queued': 5}, 'the outbox')
        tap.contains(home.nudge('status'), 'password', 'status')
        home.write('secret', 'new\n')
        once(home, LATER)
        home.now = LATER
        tap.equal(home.outbox(), {'sent': 9}, 'the outbox with the new one')
        tap.equal(sorted(message.recipients[0] for message in server.messages),
                  [f'p{n}@example.org' for n in range(8)], 'recipients')


def a_token_command_that_hangs():
    with Receiver(users={'anna': 'token'}) as server, begin(server) as home:
        home.configure(port=server.port, smtp='user = "anna"; token_command = [ "sleep", "600" ];')
        with Warp(home, speed=100) as warp, warp.service(SLOT) as service:
            service.says('not sent, will be tried again')
            home.now = SLOT
            tap.contains(home.nudge('status'), 'sleep', 'status')
            tap.equal(home.outbox(), {'sent': 1, 'queued': 1}, 'the outbox')
            tap.equal(service.end(), 0, 'the status')
        tap.equal(server.counts['auth'], 0, 'logins')
        home.configure(port=server.port, smtp='user = "anna"; token_command = [ "echo", "token" ];')
        once(home, LATER)
        home.now = LATER
        tap.equal((home.outbox(), len(server.messages)), ({'sent': 2}, 1), 'when it answers')
        promise.keep(home, server, since=SLOT)


# --- the sender dies ---

def a_sender_that_dies_amid_the_queue():
    """One mail is in doubt, the other was not sent: another sender sends both, and the third."""
    people = ', '.join(f'"p{n}@example.org"' for n in range(3))
    with Receiver(rules=['dot=hang@1']) as server, begin(server) as home:
        home.configure(port=server.port, digests=[{'to': people}], smtp='connections = 1;')
        with Warp(home, speed=20) as warp, warp.service(SLOT) as service:
            tap.check(server.wait(lambda: server.counts['dot']), service.log())
            sender = subprocess.run(['ps', '-o', 'pid=', '--ppid', str(service.process.pid)],
                                    capture_output=True, check=True, encoding='ascii').stdout.split()
            os.kill(int(sender[0]), signal.SIGKILL)
            service.says('perhaps sent')
            service.says('digest d: sent', 3)  # the one in doubt a minute later
            tap.equal(service.end(), 0, 'the status')
        home.now = LATER
        tap.equal((home.outbox(), len(server.messages)), ({'sent': 4}, 3), 'the outbox')
        promise.keep(home, server, since=SLOT)


# --- told to end, or to read its configuration, amid a mail ---

def told_to_end_inside_a_mail():
    """It has five seconds for it, and is sent by the next service."""
    for rule, state in (('data=hang@1', 'attempting'), ('body=hang@1', 'in_doubt')):
        with Receiver(rules=[rule]) as server, begin(server) as home:
            with Warp(home, speed=20) as warp, warp.service(SLOT) as service:
                tap.check(server.wait(lambda: server.counts['data']), service.log())
                tap.equal(service.end(), 0, rule)
            home.now = SLOT
            tap.equal(home.outbox(), {'sent': 1, state: 1}, rule)
            promise.keep(home, server, since=SLOT)
            once(home, SLOT)
            tap.equal((home.outbox(), len(server.messages)), ({'sent': 2}, 1), rule)
            promise.keep(home, server, since=SLOT)


def told_of_a_new_configuration_inside_a_mail():
    """That mail ends by the old one, the next goes by the new."""
    people = '"a@example.org", "b@example.org"'
    with Receiver(rules=['data=slow:0.03@1']) as server, Receiver() as other, begin(server) as home:
        home.configure(port=server.port, digests=[{'to': people}], smtp='connections = 1; max_per_minute = 1;')
        with Warp(home, speed=20) as warp, warp.service(SLOT) as service:
            tap.check(server.wait(lambda: server.counts['data']), service.log())
            home.configure(port=other.port, digests=[{'to': people}], smtp='connections = 1;')
            service.signal(signal.SIGHUP)
            service.says('configuration reloaded')
            service.says('sent', 2)
            tap.equal(service.end(), 0, 'the status')
        tap.equal([[m.recipients for m in s.messages] for s in (server, other)],
                  [[['a@example.org']], [['b@example.org']]], 'who got what')
        home.now = LATER
        tap.equal(home.outbox(), {'sent': 3}, 'the outbox')
        promise.keep(home, server, other, since=SLOT)


# --- who judges ---

def what_breaks_the_promise_is_noticed():
    kept = (('sent', 0, None, 1), ('sent', 1, None, 2), ('in doubt', 1, None, 0), ('in doubt', 1, 'lost', 1),
            ('queued', 0, None, 0), ('queued', 0, 'later', 0), ('attempting', 0, None, 0),
            ('refused', 0, '550 no', 0), ('refused', 1, '550 no', 1), ('withdrawn', 0, None, 0))
    not_kept = (('sent', 0, None, 0), ('sent', 0, None, 2), ('in doubt', 1, None, 2), ('queued', 0, None, 1),
                ('attempting', 0, None, 1), ('refused', 0, '550 no', 1), ('refused', 0, None, 0),
                ('withdrawn', 0, None, 1), (None, None, None, 0))
    for rows, holds in (kept, True), (not_kept, False):
        for row in rows:
            tap.equal(promise.judge(*row) is None, holds, row)
    with Receiver() as server, begin(server) as home:
        once(home, SLOT)
        promise.keep(home, server, since=SLOT)
        tap.equal(len(promise.broken(home.database, [], SLOT)), 1, 'one that was not taken')
        tap.equal(len(promise.broken(home.database, [server, server], SLOT)), 1, 'one that was taken twice')
        home.configure(port=server.port, digests=[{'name': 'other'}])
        once(home, SLOT)
        shutil.rmtree(home.path('data'))
        begin_anew = home.run('add', 'Ben')
        tap.equal(begin_anew.returncode, 0, begin_anew.stderr)
        tap.equal(len(promise.broken(home.database, [server], SLOT)), 2, 'two that nobody knows of')


# --- the disk, at each write ---

def run_on_disk(home, at, how):
    preload = {'LD_PRELOAD': './killer.so', 'NUDGED_KILL_AT': str(at), 'NUDGED_KILL_HOW': how,
               'NUDGED_KILL_COUNT': home.path('count'),
               'ASAN_OPTIONS': home.env.get('ASAN_OPTIONS', '') + ':verify_asan_link_order=0'}
    return once(home, SLOT, **preload)


def try_disk(kept, how, at):
    """Returns a problem or None."""
    with Receiver() as server, Home() as home:
        shutil.rmtree(home.path('data'), ignore_errors=True)
        shutil.copytree(kept, home.path('data'))
        home.configure(port=server.port)
        first = run_on_disk(home, at, how)
        home.now = SLOT
        outbox = home.outbox()
        second = once(home, LATER)
        home.now = LATER
        end, found = home.outbox(), ids(server)
        broken = promise.broken(home.database, [server], SLOT)
    if broken:
        return f'{how} at {at}: the promise: {broken}'
    if first.returncode < 0 or (first.returncode and not first.stderr.strip()):
        return f'{how} at {at}: the status {first.returncode} {first.stderr}'
    if end != {'sent': 2} or len(set(found)) != 1 or len(found) > 2:
        return (f'{how} at {at}: {outbox}, then {end}, {len(found)} copies: {first.stderr}'
                f' / {second.stderr}')
    return None


def a_disk_that_fails_at_any_write():
    with Receiver() as server, begin(server) as home:
        kept = home.path('kept')
        shutil.copytree(home.path('data'), kept)
        tap.equal(run_on_disk(home, 0, 'before').returncode, 0, 'without a fault')
        try:
            number = int(home.read('count'))
        except FileNotFoundError:
            raise tap.Skipped('programs cannot be hindered by a library here') from None
        step = 1 if os.environ.get('NUDGED_FAULTS') == 'all' else max(1, number // 25)
        rows = [(kept, how, at) for how in ('full', 'broken', 'short')
                for at in range(1, number + 1, step)]
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            problems = [text for text in pool.map(lambda row: try_disk(*row), rows) if text]
    tap.check(not problems, '\n'.join(problems))
    tap.diagnose(f'{number} writes, {len(rows)} faults')


tap.run(what_breaks_the_promise_is_noticed, a_server_that_fails_once_at_any_step, no_login_leaves_over_a_line_that_is_not_safe,
        a_password_that_was_changed_keeps_the_queue, a_password_that_changes_amid_the_queue,
        a_token_command_that_hangs, a_server_without_a_login_gets_no_mail,
        a_sender_that_dies_amid_the_queue, told_to_end_inside_a_mail, told_of_a_new_configuration_inside_a_mail,
        a_disk_that_fails_at_any_write)
