# SPDX-License-Identifier: MIT
"""nudged, nudge and nudged-send together, on a clock they are given, against a mail receiver."""

import concurrent.futures
import contextlib
import email
import email.policy
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import promise  # noqa: E402
import tap  # noqa: E402
from programs import NUDGED, Home, wait_for  # noqa: E402
from smtpd import Receiver  # noqa: E402
from warp import Warp  # noqa: E402

DAY = '2026-11-23'  # a Monday; Berlin is an hour east
EVE = '2026-11-22T12:00:00+01:00'
BEFORE = DAY + 'T06:59:59+01:00'
SLOT = DAY + 'T07:00:00+01:00'
LATER = DAY + 'T08:10:00+01:00'


def free_port():
    """A port on which nobody listens: refused at once."""
    with socket.create_server(('127.0.0.1', 0)) as listener:
        return listener.getsockname()[1]


def parse(message):
    return email.message_from_bytes(message.data, policy=email.policy.default)


def text_of(message):
    return parse(message).get_body(('plain',)).get_content()


def ids(server):
    return [parse(message)['Message-ID'] for message in server.messages]


class Book(Home):
    """A home with Anna, whose birthday is DAY, and whose welcome was sent the day before."""

    def __init__(self, server, *, welcomed=True, **configuration):
        super().__init__()
        self.server = server
        self.configuration = configuration
        self.now = EVE
        self.configure(port=server.port, **configuration)
        self.nudge('add', 'Anna Schmidt', '--birthday', '23.11.1984')
        if welcomed:
            with Receiver() as other:
                self.configure(port=other.port, **configuration)
                self.once(EVE)
            self.configure(port=server.port, **configuration)

    def state(self, now=LATER):
        self.now = now
        return self.outbox()


# --- what is due ---

def a_welcome_comes_at_once():
    with Receiver() as server, Book(server, welcomed=False) as home, home.service(EVE) as service:
        tap.check(server.wait(lambda: server.messages), service.log())
        message = parse(server.messages[0])
        tap.equal(message['Subject'], 'Welcome to nudged', 'the subject')
        tap.contains(text_of(server.messages[0]), 'Anna Schmidt turns 42 tomorrow', 'what comes next')
        tap.equal(message['Auto-Submitted'], 'auto-generated', 'Auto-Submitted')
        service.says('sent')
        tap.equal(service.end(), 0, 'the status')
        tap.equal(home.state(EVE), {'sent': 1}, 'the outbox')
        tap.equal(server.complaints, [], 'complaints')


def a_slot_fires_by_the_timer():
    with Receiver() as server, Book(server) as home, home.service(BEFORE) as service:
        tap.check(server.wait(lambda: server.messages), service.log())
        message = parse(server.messages[0])
        tap.equal(message['Subject'], 'Anna turns 42 today', 'the subject')
        tap.equal(message['Date'], 'Mon, 23 Nov 2026 07:00:00 +0100', 'the date')
        tap.check(message['Message-ID'].startswith('<20261123T060000Z.d.main.'), message['Message-ID'])
        service.says('sent')
        status = home.json('status', '--now', SLOT)
        tap.equal(status['running'], True, 'running')
        tap.equal(status['digests'], [{'name': 'd', 'next': '2026-11-24T07:00:00+01:00',
                                       'last': '2026-11-23T07:00:00+01:00'}], 'digests')


def once_sends_and_does_not_send_twice():
    with Receiver() as server, Book(server) as home:
        for now in (SLOT, SLOT, LATER):
            home.once(now)
        tap.equal(len(server.messages), 1, 'messages')
        home.once('2026-11-24T07:00:00+01:00')  # nothing to tell
        tap.equal(len(server.messages), 1, 'messages')


def each_recipient_gets_a_mail():
    people = ['anna@example.org', 'ben@example.org', 'carl@example.org']
    rules = ['rcpt=reply:550 5.1.1 unknown@2', 'rcpt=reply:450 4.2.0 greylisted@3']
    with Receiver(rules=rules) as server, \
            Book(server, smtp='connections = 1;',  # so that they come in their order
                 digests=[{'to': ', '.join(f'"{p}"' for p in people)}]) as home:
        home.once(SLOT, status=75)
        tap.equal(home.state(SLOT), {'sent': 4, 'refused': 1, 'queued': 1}, 'the outbox')
        home.once(LATER)
        tap.equal([m.recipients for m in server.messages], [[people[0]], [people[2]]], 'recipients')
        tap.equal(len(set(ids(server))), 1, 'Message-IDs')
        tap.equal(home.state(), {'sent': 5, 'refused': 1}, 'the outbox')
        errors = home.json('status')['errors']
        tap.equal(len(errors), 1, errors)
        tap.contains(errors[0]['text'], 'ben@example.org', 'the error')
        tap.contains(errors[0]['text'], '550 5.1.1 unknown', 'the error')
        tap.contains(home.nudge('status'), '550 5.1.1 unknown', 'the error')


def several_digests_send_theirs():
    digests = [{}, {'name': 'evening', 'cadence': '*-*-* 18:00', 'to': '"ben@example.org"'}]
    with Receiver() as server, Book(server, digests=digests) as home:
        home.once(SLOT)  # the evening before was missed
        home.once(DAY + 'T18:00:00+01:00')
        tap.equal(sorted((m.recipients, parse(m)['Subject']) for m in server.messages),
                  [(['anna@example.org'], 'Anna turns 42 today'),
                   (['ben@example.org'], 'Anna turns 42 today')], 'mails')


# --- the server is ill ---

def a_server_that_is_down_is_tried_later():
    with Receiver() as server:
        home = Book(server)
    with home:
        home.configure(port=free_port())
        text = home.once(SLOT, status=75)
        tap.contains(text, 'nobody answers there', 'the reason')
        home.once(SLOT, status=75)  # its time has not come
        tap.equal(home.state(SLOT), {'sent': 1, 'queued': 1}, 'the outbox')
        tap.contains(home.nudge('status'), 'nobody answers there', 'the status')
        with Receiver() as server:
            home.configure(port=server.port)
            home.once(LATER)
            tap.equal(len(server.messages), 1, 'messages')
            home.once(LATER)
            tap.equal(len(server.messages), 1, 'messages')
        tap.equal(home.json('status')['errors'], [], 'errors')


def a_later_digest_takes_the_place_of_one_that_waits():
    with Receiver() as server, Book(server) as home:
        home.configure(port=free_port())
        home.once(SLOT, status=75)
        home.configure(port=server.port)
        home.once('2026-11-24T07:00:00+01:00')
        tap.equal([parse(m)['Subject'] for m in server.messages], ['Anna turned 42 yesterday'], 'mails')
        tap.equal(home.state('2026-11-24T07:00:01+01:00'), {'sent': 2, 'withdrawn': 1}, 'the outbox')


def refusals_are_told_in_the_next_digest():
    with Receiver(rules=['dot=reply:554 5.7.1 spam@1']) as server, Book(server) as home:
        home.once(SLOT)
        tap.equal(home.state(), {'sent': 1, 'refused': 1}, 'the outbox')
        tap.contains(home.json('status')['errors'][0]['text'], '554 5.7.1 spam', 'the error')
        home.once('2026-11-24T07:00:00+01:00')
        tap.equal([parse(m)['Subject'] for m in server.messages], ['Anna turned 42 yesterday'], 'mails')
        tap.contains(' '.join(text_of(server.messages[0]).split()),
                     'The digest of 23 November 2026 did not arrive. The server refuses', 'the mail')
        tap.contains(text_of(server.messages[0]), '554 5.7.1 spam', 'the mail')
        home.now = '2026-11-25T06:00:00+01:00'
        home.nudge('follow-up', 'call Ben', '--on', 'today')
        home.once('2026-11-25T07:00:00+01:00')
        tap.check('did not arrive' not in text_of(server.messages[1]), 'it is told twice')
        promise.keep(home, server, since=SLOT)


def the_history_says_what_was_sent():
    with Receiver(rules=['dot=reply:554 5.7.1 spam@2']) as server, Book(server) as home:
        home.once(SLOT)
        home.now = LATER
        home.nudge('follow-up', 'call Ben', '--on', '24.11.')
        home.once('2026-11-24T07:00:00+01:00')
        home.now = '2026-11-24T08:00:00+01:00'
        found = home.json('status', '--history')['history']
        tap.equal([(m['digest'], m['to'], m['state'], m['items']) for m in found],
                  [('d', 'anna@example.org', 'refused', []), ('d', 'anna@example.org', 'sent', ['b1']),
                   ('d', 'anna@example.org', 'sent', [])], 'the history')
        tap.check(found[1]['at'].startswith('2026-11-23T07:00:0'), found[1])
        text = home.nudge('status', '--history')
        tap.contains(text, 'Anna turns 42 today [b1]', 'the terminal')
        tap.check('history' not in home.json('status'), 'history, not asked for')


def a_server_that_was_down_is_told_of():
    with Receiver() as server, Book(server) as home:
        home.configure(port=free_port())
        home.once('2026-11-24T07:00:00+01:00', status=75)
        home.configure(port=server.port)
        home.once('2026-11-25T07:00:00+01:00')
        tap.equal(len(server.messages), 1, 'mails')
        tap.contains(text_of(server.messages[0]), 'did not arrive', 'the mail')
        promise.keep(home, server, since=SLOT)


# --- what happens while it runs ---

def what_could_not_be_recorded_is_told_when_it_is_over():
    """Here the database is away for a while; a full disk goes the same way."""
    with Receiver() as server, Book(server) as home:
        away = home.path('away')
        with home.service('2026-11-22T20:00:00+01:00') as service:
            service.runs()
            os.rename(home.database, away)
            service.says(home.database)  # that it is gone, or that it fails
            os.rename(away, home.database)
            service.says('can be used again')
            tap.equal(service.end(), 0, 'the status')
        tap.equal(server.messages, [], 'mails while nothing is due')
        home.now = '2026-11-22T21:00:00+01:00'
        tap.equal(home.json('status')['errors'], [], 'what is wrong now')
        home.once(SLOT)
        text = ' '.join(text_of(server.messages[0]).split())
        tap.contains(text, 'On 22 November 2026, 20:00 nothing could be recorded',
                     'the mail')
        tap.contains(text, 'n.db', 'why')
        home.now = LATER
        home.nudge('follow-up', 'call Ben', '--on', '24.11.')
        home.once('2026-11-24T07:00:00+01:00')
        tap.check('recorded' not in text_of(server.messages[1]), 'it is told twice')



def a_change_of_the_command_is_noticed():
    with Receiver() as server, Book(server) as home, \
            home.service(DAY + 'T06:59:57+01:00') as service:
        home.nudge('follow-up', 'Anna', 'send the slides', '--on', DAY)
        home.now = None
        tap.check(server.wait(lambda: server.messages), service.log())
        tap.contains(text_of(server.messages[0]), 'send the slides', 'the digest')
        service.says('sent')
        # A delivery that becomes due by another hand is taken up without a timer.
        with sqlite3.connect(home.database) as db:
            db.execute("UPDATE delivery SET state='queued', next_try=0 WHERE id=2")
        db.close()
        tap.check(server.wait(lambda: len(server.messages) == 2), service.log())


def reload_takes_a_good_configuration_and_refuses_a_bad_one():
    with Receiver() as server, Book(server) as home, home.service('2026-11-23T05:00:00+01:00') as service:
        service.runs()
        good = home.read('nudged.conf')
        home.write('nudged.conf', good.replace('07:00', '99:00'))
        service.signal(signal.SIGHUP)
        service.says('the old one stays in force')
        service.says('cadence')
        home.write('nudged.conf', good.replace('anna@example.org', 'new@example.org'))
        service.signal(signal.SIGHUP)
        service.says('configuration reloaded')
        home.write('nudged.conf', good.replace('n.db', 'other.db'))
        service.signal(signal.SIGHUP)
        service.says('needs a restart')
        tap.equal(service.end(), 0, 'the status')


def a_reloaded_recipient_is_used():
    with Receiver() as server, Book(server) as home, home.service(DAY + 'T06:59:57+01:00') as service:
        service.runs()
        home.write('nudged.conf', home.read('nudged.conf').replace('anna@example.org', 'new@example.org'))
        service.signal(signal.SIGHUP)
        service.says('configuration reloaded')
        tap.check(server.wait(lambda: server.messages), service.log())
        tap.equal(server.messages[0].recipients, ['new@example.org'], 'the recipient')


def a_reloaded_server_is_used():
    with Receiver() as old, Receiver() as new, Book(old) as home, home.service(SLOT) as service:
        service.says('sent')  # by a sender that stays for a while
        home.configure(port=new.port)
        service.signal(signal.SIGHUP)
        service.says('configuration reloaded')
        with sqlite3.connect(home.database) as db:
            db.execute("UPDATE delivery SET state='queued', next_try=0 WHERE id=2")
        db.close()
        tap.check(new.wait(lambda: new.messages), service.log())
        tap.equal(len(old.messages), 1, 'mails by the old one')


# --- what the command asks for ---

def a_digest_is_sent_when_asked_for():
    with Receiver() as server, Book(server) as home, home.service(SLOT) as service:
        service.says('sent')
        tap.contains(home.nudge('send'), 'Sent to anna@example.org.', 'the answer')
        tap.equal(home.json('send', 'd'), [{'to': 'anna@example.org', 'outcome': 'sent', 'text': ''}], 'the answer')
        tap.equal(len(set(ids(server))), 3, 'Message-IDs')
        tap.contains(home.nudge('send', 'evening', status=1), 'there is no digest "evening"', 'the answer')
        tap.equal(home.state(), {'sent': 4}, 'the outbox')  # the welcome, the slot's, and two


def what_is_asked_for_while_the_server_is_down_waits():
    with Receiver() as server, Book(server) as home:
        home.configure(port=free_port())
        with home.service(LATER) as service:
            service.says('not sent')
            tap.contains(home.nudge('send', status=75), 'waits for its next try: 127.0.0.1', 'the answer')
            home.configure(port=server.port)
            service.signal(signal.SIGHUP)
            service.says('configuration reloaded')
            tap.contains(home.nudge('send'), 'Sent to', 'the answer')  # without waiting for the next try


def who_is_taken_out_gets_nothing_more():
    both, one = ({'to': to} for to in ('"anna@example.org", "ben@example.org"', '"anna@example.org"'))
    for after, told in ((one, ['anna@example.org']), ({**one, 'name': 'other'}, [])):
        with Receiver(rules=['rcpt=reply:450 4.2.1 later']) as server, Book(server, digests=[both]) as home:
            home.once(SLOT, status=75)
            server.rules.clear()
            home.configure(port=server.port, digests=[after])
            text = home.once(LATER)
            tap.contains(text, 'the configuration does not name the recipient any more', 'the journal')
            tap.equal([m.recipients for m in server.messages if b'Welcome' not in m.data], [[r] for r in told], 'who has it')
            tap.equal(home.state().get('withdrawn'), 2 - len(told), 'withdrawn')


def what_nobody_got_the_next_one_tells():
    with Receiver(rules=['rcpt=reply:450 4.2.1 later']) as server, Book(server) as home:
        home.once(SLOT, status=75)
        server.rules.clear()
        home.configure(port=server.port, digests=[{'to': '"ben@example.org"'}])
        home.once(LATER)
        tap.equal(len(server.messages), 0, 'mails of that day')
        home.once('2026-11-24T07:00:00+01:00')
        tap.equal([m.recipients for m in server.messages], [['ben@example.org']], 'who has the next one')
        tap.contains(text_of(server.messages[0]), 'turned 42 yesterday', 'what it tells')


def a_mail_that_waits_does_not_come_in_a_holiday():
    with Receiver(rules=['rcpt=reply:450 4.2.1 later']) as server, Book(server) as home:
        home.once(SLOT, status=75)
        server.rules.clear()
        home.now = LATER
        home.nudge('pause', '25.11.')
        home.once(LATER)
        home.once('2026-11-24T07:00:00+01:00')
        tap.equal(len(server.messages), 0, 'mails in the holiday')
        home.once('2026-11-25T07:00:00+01:00')
        tap.equal(len(server.messages), 1, 'mails after it')
        tap.contains(text_of(server.messages[0]), "Anna Schmidt turned 42 on Monday", 'what it tells')


def what_is_wrong_with_one_digest_stops_no_other():
    """A book that is not there yet; an item about somebody whom its book does not know, which no command makes."""
    both = [{'name': 'c', 'more': 'book = "club";'}, {'name': 'd'}]
    with Receiver() as server, Book(server) as home:
        home.configure(port=server.port, digests=both)
        tap.contains(home.once(SLOT, status=74), 'there is no book "club"', 'the journal')
        tap.equal(len(server.messages), 1, "the other one's mail")
        home.now = SLOT
        tap.contains(home.nudge('status'), 'there is no book "club"', 'the status')
        home.nudge('book', 'club', '--create')
        home.once(LATER)
        tap.check('there is no book' not in home.nudge('status'), 'it is over')
        tap.equal(len(server.messages), 2, 'both mails')
    with Receiver() as server, Book(server) as home:
        home.configure(port=server.port, digests=both)
        home.nudge('book', 'club', '--create')
        home.nudge('-b', 'club', 'follow-up', 'call', '--on', DAY)
        with contextlib.closing(sqlite3.connect(home.database)) as book, book:
            book.execute("UPDATE follow_up SET contact=1 WHERE book=(SELECT id FROM book WHERE name='club')")
        with home.service(SLOT) as service:
            service.says('d: sent')
            tap.contains(home.nudge('status'), 'digest c: there is no contact #1', 'the status')
            home.nudge('-b', 'club', 'drop', 'f1')
            service.says('c: sent')
            tap.check('no contact' not in home.nudge('status'), 'it is over')


def who_gets_through_hurries_what_waits():
    """The server is well again; nobody needs to wait for the next try."""
    for verb in 'test-send', 'doctor', 'send':
        with Receiver(rules=['banner=reply:554 5.7.1 not now']) as server, Book(server) as home:
            with home.service(SLOT) as service:
                service.says('not sent')
                server.rules.clear()
                home.now = SLOT
                home.run(verb)
                service.says('d: sent')
                tap.check(server.wait(lambda: any('2026112' in one for one in ids(server))), service.log())
                wait_for(lambda: home.outbox() == {'sent': 3 if verb == 'send' else 2}, 'nothing waits any more')


READER = '''import sqlite3, sys
book = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=0)
for word in sys.stdin:
    try:
        book.execute(word)
        if word == "BEGIN\\n":
            book.execute("SELECT count(*) FROM book").fetchone()
        print("done", flush=True)
    except sqlite3.OperationalError:
        book.execute("ROLLBACK")
        print("locked", flush=True)
'''


class Readers:
    """At each moment at least one of two processes reads the database, unless a lock keeps them out."""

    def __init__(self, database):
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.run)
        self.both = [subprocess.Popen([sys.executable, '-c', READER, database], stdin=subprocess.PIPE,
                                      stdout=subprocess.PIPE, encoding='utf-8') for _ in range(2)]

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()
        for process in self.both:
            process.communicate()

    @staticmethod
    def does(process, word):
        process.stdin.write(word + '\n')
        process.stdin.flush()
        return process.stdout.readline() == 'done\n'

    def run(self):
        one, other = self.both
        reads = self.does(one, 'BEGIN')
        while not self.over.wait(0.005):
            begun = self.does(other, 'BEGIN')
            if reads:
                self.does(one, 'ROLLBACK')
            one, other, reads = other, one, begun


def readers_do_not_keep_it_from_writing():
    with Receiver() as server, Book(server) as home, home.service(BEFORE) as service, Readers(home.database):
        service.says('d: sent')
        tap.equal(len(server.messages), 1, 'mails')


def several_ask_at_once():
    """Each is told what became of its own mail: it was sent, or a newer one took its place."""
    with Receiver(rules=['dot=slow:0.01']) as server, Book(server) as home, home.service(SLOT) as service:
        service.says('d: sent')
        before = len(server.messages)
        with concurrent.futures.ThreadPoolExecutor(5) as pool:
            results = list(pool.map(lambda _: home.run('--json', 'send'), range(5)))
        tap.check(all(result.stdout for result in results), [result.stderr for result in results])
        outcomes = [json.loads(result.stdout)[0]['outcome'] for result in results]
        tap.check(set(outcomes) <= {'sent', 'withdrawn'} and 'sent' in outcomes, outcomes)
        for result, outcome in zip(results, outcomes):
            tap.equal(result.returncode, 0 if outcome == 'sent' else 1, f'{outcome}: {result.stderr}')
        tap.equal(len(server.messages) - before, outcomes.count('sent'), 'mails')
        tap.equal(len(set(ids(server))), len(server.messages), 'Message-IDs')
        tap.equal(home.outbox(), {'sent': 2 + outcomes.count('sent'),
                                  **({'withdrawn': n} if (n := outcomes.count('withdrawn')) else {})}, 'the outbox')


def once_says_that_there_is_no_password():
    with Receiver() as server, Book(server) as home:
        home.once(SLOT)  # the welcome, which needs none
        good = home.read('nudged.conf')
        for secret, words in (('password_file = "none"', 'none: No such file'),
                              ('password_credential = "smtp-password"', 'systemd gave no credential')):
            home.write('nudged.conf', good.replace('smtp: {', f'smtp: {{ user = "a"; {secret};'))
            tap.contains(home.once(SLOT, status=77), words, 'what is said while nothing is due')
            tap.contains(home.nudge('status'), words.split()[-1], 'what status says')
        home.write('nudged.conf', good)
        tap.check('password' not in home.once(SLOT), 'it is over')
        tap.check('Trouble' not in home.nudge('status'), 'it is over')


def a_password_that_is_missing_is_told_at_the_start():
    with Receiver() as server, Book(server) as home:
        home.once(SLOT)  # the welcome, which needs none
        good = home.read('nudged.conf')
        home.write('nudged.conf', good.replace('smtp: {', 'smtp: { user = "a"; password_file = "secret";'))
        with home.service(LATER) as service:
            service.says('secret: No such file')
            tap.contains(home.nudge('status'), 'secret: No such file', 'what status says')
            home.write('secret', 'x\n', 0o600)
            service.signal(signal.SIGHUP)
            service.says('configuration reloaded')
            wait_for(lambda: 'Trouble' not in home.nudge('status'), 'it is over')


def without_a_service_nobody_answers():
    with Receiver() as server, Book(server) as home:
        tap.contains(home.nudge('send', status=69), f'nudged --foreground --config \'{home.path("nudged.conf")}\'',
                     'the answer')
        with home.service(LATER) as service:
            service.says('sent')
            service.kill()
        tap.contains(home.nudge('send', status=69), 'is not running', 'the answer')  # its socket is left


SYSTEMCTL = '''#!/bin/sh
case " $* " in *" cat nudged "*) exit 0;; *" is-active nudged-once.timer "*) exit {timer};;
*" is-failed nudged "*) exit {failed};; esac
exit 1
'''


def at_the_usual_place(home):
    """The configuration lies where the unit looks for it, and the database is the unit's too."""
    os.makedirs(home.path('config', 'nudged'), 0o700)
    home.write('config/nudged/nudged.conf', home.read('nudged.conf').replace('database = "data/n.db";', ''))
    home.env.pop('NUDGED_CONFIG')
    return home.path('config', 'nudged', 'nudged.conf')


def who_does_not_run_is_started_by_what_works():
    with Receiver() as server, Book(server) as home:
        path = at_the_usual_place(home)
        tap.contains(home.nudge('status'), 'nudged --foreground`, or send what is due with `', 'without systemd')
        os.mkdir(home.path('bin'))
        home.env['PATH'] = home.path('bin') + ':' + home.env['PATH']
        for timer, status, send in (
                (1, 'start it with `systemctl --user start nudged`, or send what is due with `',
                 'start it with `systemctl --user start nudged`'),
                (0, 'not resident: nudged-once.timer sends what is due', 'nudged-once.timer starts one for what is due')):
            home.write('bin/systemctl', SYSTEMCTL.format(timer=timer, failed=1), 0o755)
            tap.contains(home.nudge('status'), status, 'the service')
            tap.contains(home.nudge('send', status=69), send, 'the answer')
            tap.equal(home.json('status')['timer'], not timer, 'the timer')
            other = home.nudge('-c', home.write('other.conf', home.read('nudged.conf')), 'status')
            tap.contains(other, '--config ', 'a configuration that no unit knows')
        good = home.read('config/nudged/nudged.conf')
        home.write('config/nudged/nudged.conf', good.replace('smtp: {', 'smtp: { user = "a"; password_credential = "p";'))
        tap.contains(home.nudge('test-send', status=77), 'nudged-once.timer goes on', 'a test under the timer')
        home.write('bin/systemctl', SYSTEMCTL.format(timer=1, failed=0), 0o755)
        tap.contains(home.nudge('status'), 'systemctl --user reset-failed nudged && systemctl --user start nudged`',
                     'after a failure')
        home.write('bin/systemctl', SYSTEMCTL.format(timer=1, failed=1), 0o755)
        tap.check('--once' not in home.nudge('status'), 'a credential comes from systemd alone')
        other = home.write('other.conf', home.read('config/nudged/nudged.conf'))
        tap.contains(home.nudge('-c', other, 'status'), 'no unit of systemd reads this configuration',
                     'a credential in a configuration that no unit knows')
        os.unlink(path)
        tap.contains(home.nudge('status'), 'Service   not running\n', 'without a configuration')


def a_broken_file_makes_no_service_mute():
    with Receiver() as server, Book(server) as home:
        path = at_the_usual_place(home)
        good = home.read('config/nudged/nudged.conf')
        with home.service(LATER) as service:
            service.says('sent')
            home.write('config/nudged/nudged.conf', good.replace('07:00', '99:00'))
            said = home.nudge('status', status=78)
            tap.contains(said, 'running, by the configuration that it has read before', 'the service')
            tap.contains(said, 'Next digest: d on ', 'what it says')
            tap.contains(said, '1 sent', 'the mails')
            tap.contains(said, 'cadence', 'what is wrong')
            tap.equal(json.loads(home.run('--json', 'status').stdout)['running'], True, 'in JSON')
            found = {one['check']: one for one in json.loads(home.run('--json', 'doctor').stdout)}
            tap.equal((found['configuration']['state'], found['service']['state']), ('wrong', 'well'), 'the doctor')
            tap.contains(home.nudge('send'), 'Sent to anna@example.org', 'a digest that is asked for')
            home.write('config/nudged/nudged.conf', 'smtp: {')
            tap.contains(home.nudge('status', status=78), 'Next digest: d on ', 'a file that cannot be parsed')
            os.unlink(path)
            tap.contains(home.nudge('status'), 'Next digest: d on ', 'a file that is gone')
            tap.contains(home.nudge('status'), f'{path}: there is no such file', 'what is wrong')
        home.write('config/nudged/nudged.conf', 'smtp: {')
        home.nudge('status', status=78)
        tap.contains(home.nudge('send', status=78), 'syntax error', 'without a service')


def a_reload_that_failed_is_in_the_status():
    with Receiver() as server, Book(server) as home, home.service(LATER) as service:
        service.says('sent')
        good = home.read('nudged.conf')
        home.write('nudged.conf', good.replace('07:00', '99:00'))
        service.signal(signal.SIGHUP)
        service.says('the old one stays in force')
        home.write('nudged.conf', good)
        tap.contains(home.nudge('status'), 'cadence', 'the trouble')
        tap.contains(home.json('status')['errors'][0]['text'], 'cadence', 'the trouble')
        service.signal(signal.SIGHUP)
        service.says('configuration reloaded')
        tap.equal(home.json('status')['errors'], [], 'errors')


def a_credential_is_the_services_alone():
    options = {'smtp': 'user = "anna"; password_credential = "smtp-password";'}
    with Receiver(users={'anna': 'right'}) as server, Book(server, welcomed=False) as home:
        home.configure(port=server.port, **options)
        os.mkdir(home.path('credentials'))
        home.write(os.path.join('credentials', 'smtp-password'), 'right')
        tap.contains(home.nudge('test-send', status=77), 'it knows none for this configuration', 'the advice')
        home.env['CREDENTIALS_DIRECTORY'] = home.path('credentials')
        with home.service(LATER) as service:
            del home.env['CREDENTIALS_DIRECTORY']
            service.says('sent')
            tap.contains(home.nudge('test-send'), 'took the test mail for anna@example.org', 'the answer')
            said = home.nudge('test-send', '-v')
            tap.contains(said, '> MAIL FROM', 'the dialogue')
            tap.check('right' not in said and 'AHJpZ2h0' not in said, said)
            tap.equal(len(server.messages), 3, 'messages')
            tap.equal(service.end(), 0, 'the status')
        home.write(os.path.join('credentials', 'smtp-password'), 'wrong')
        home.env['CREDENTIALS_DIRECTORY'] = home.path('credentials')
        with home.service(LATER) as service:
            del home.env['CREDENTIALS_DIRECTORY']
            service.runs()
            service.sleeps()  # it listens by then
            said = home.nudge('test-send', status=77, env={'LANGUAGE': 'de', 'LC_ALL': 'C.UTF-8'})
            tap.contains(said, 'der Server lehnt die Anmeldung ab', 'what the service heard, in German')
            tap.contains(said, 'Stimmt smtp.user', 'the advice, in German')
            tap.check('refuses' not in said, said)


def ending_leaves_nothing_behind():
    with Receiver(rules=['dot=slow:0.02@1']) as server, Book(server) as home, home.service(SLOT) as service:
        tap.check(server.wait(lambda: server.counts['dot']), service.log())
        tap.equal(service.end(), 0, 'the status')  # while the answer trickles in
        tap.equal(home.state(), {'sent': 2}, 'the outbox')
        tap.equal(len(server.messages), 1, 'messages')
    for number in (signal.SIGTERM, signal.SIGINT):
        with Receiver() as server, Book(server) as home, home.service(LATER) as service:
            service.says('sent')
            service.signal(number)
            tap.equal(service.wait(), 0, number)
            tap.equal(home.json('status')['running'], False, 'running')


def without_work_it_sleeps():
    with Receiver() as server, Book(server) as home, Warp(home, speed=1000) as warp, \
            warp.service(LATER) as service:
        service.says('sent')
        path = f'/proc/{service.process.pid}'

        def switches():
            with open(path + '/status', encoding='ascii') as file:
                return [line for line in file if 'ctxt_switches' in line]

        def sleeps():  # it has come to rest when twenty minutes change nothing
            before = switches()
            warp.pass_by(1200)
            return switches() == before

        wait_for(sleeps, 'the service rests')
        with open(path + '/maps', encoding='ascii', errors='replace') as file:
            maps = file.read()
        tap.check('libsqlite3' in maps and 'libcurl' not in maps, 'libcurl is in the service')


# --- the service dies ---

def killed_before_the_dot_nothing_was_sent():
    with Receiver(rules=['data=hang@1']) as server, Book(server) as home:
        with home.service(SLOT) as service:
            tap.check(server.wait(lambda: server.counts['data']), service.log())
            service.kill()
        tap.equal(home.state(SLOT), {'sent': 1, 'attempting': 1}, 'the outbox')
        home.once(SLOT)
        tap.equal(len(server.messages), 1, 'messages')
        tap.equal(home.state(SLOT), {'sent': 2}, 'the outbox')
        promise.keep(home, server, since=SLOT)


def killed_in_doubt_it_sends_again_with_the_same_id():
    with Receiver(rules=['dot=hang@1']) as server, Book(server) as home:
        with home.service(SLOT) as service:
            tap.check(server.wait(lambda: server.counts['dot']), service.log())
            service.kill()
        tap.equal(home.state(SLOT), {'sent': 1, 'in_doubt': 1}, 'the outbox')
        tap.contains(home.nudge('status'), '1 in doubt', 'the status')
        home.once(SLOT)
        tap.equal(len(server.messages), 1, 'messages')
        tap.equal(home.state(SLOT), {'sent': 2}, 'the outbox')
        promise.keep(home, server, since=SLOT)


def a_reply_that_was_lost_makes_a_second_copy():
    with Receiver(rules=['dot=close-after@1']) as server, Book(server) as home:
        home.once(SLOT, status=75)
        tap.equal(home.state(SLOT), {'sent': 1, 'in_doubt': 1}, 'the outbox')
        home.once(LATER)
        tap.equal(len(server.messages), 2, 'messages')
        tap.equal(ids(server)[0], ids(server)[1], 'Message-IDs')
        tap.equal(home.state(), {'sent': 2}, 'the outbox')
        promise.keep(home, server, since=SLOT)


def killed_after_the_reply_at_most_one_copy_more():
    with Receiver(rules=['dot=slow:0.1@1']) as server, Book(server) as home:
        with home.service(SLOT) as service:
            tap.check(server.wait(lambda: server.messages), service.log())
            service.kill()
        home.once(SLOT)
        tap.check(len(server.messages) <= 2 and len(set(ids(server))) == 1, ids(server))
        tap.equal(home.state(SLOT), {'sent': 2}, 'the outbox')
        promise.keep(home, server, since=SLOT)


def a_holiday_is_one_digest_later():
    with Receiver() as server, Book(server, digests=[{'more': 'lead_days = 0;'}]) as home:
        home.once(SLOT)
        seen = len(server.messages)
        home.now = SLOT
        home.nudge('add', 'Holly', '--birthday', '26.11.1980')
        home.nudge('pause', '2026-11-30')
        for day in ('24', '26', '28', '29'):
            home.once(f'2026-11-{day}T08:00:00+01:00')
        tap.equal(len(server.messages), seen, 'during the holiday')
        home.once('2026-11-30T06:00:00+01:00')
        tap.equal(len(server.messages), seen, 'on the return, before its hour')
        home.once('2026-11-30T07:00:00+01:00')
        home.once('2026-11-30T08:00:00+01:00')
        tap.equal(len(server.messages), seen + 1, 'one digest')
        tap.contains(server.messages[-1].data.decode(), 'Holly', 'it tells what the holiday held')
        home.now = '2026-11-30T09:00:00+01:00'
        home.nudge('pause', 'tomorrow')
        home.nudge('pause', 'yesterday', status=64)
        home.nudge('resume')
        tap.contains(home.nudge('--json', 'status'), '2026-12-01T07:00:00+01:00', 'the next one')
        home.once('2026-12-01T07:00:00+01:00')
        home.now = '2026-12-01T09:00:00+01:00'
        home.nudge('pause', '2026-12-20')
        home.now = '2026-12-05T09:00:00+01:00'
        home.nudge('resume')
        text = home.run('preview', '--text').stdout
        tap.contains(text, 'Welcome back.', 'back before the day')
        tap.check('not running' not in text, f'whoever was away is told why: {text}')


def what_is_held_waits_for_the_person():
    with Receiver(rules=['dot=close-after@1']) as server, \
            Book(server, digests=[{'more': 'lead_days = 0; in_doubt = "hold";'}]) as home:
        home.once(SLOT)
        home.once(LATER)  # nothing is queued: it waits for the person
        tap.equal(len(server.messages), 1, 'messages')
        tap.equal(home.state(LATER), {'sent': 1, 'in_doubt': 1}, 'the outbox')
        for now in ('2026-11-24T08:00:00+01:00', '2026-11-25T08:00:00+01:00'):
            home.once(now)  # the next digest tells of it, once
            tap.equal(len(server.messages), 2, 'messages')
            tap.equal(home.state(now), {'sent': 2, 'in_doubt': 1}, 'the outbox')
        tap.contains(text_of(server.messages[1]), 'may have been lost', 'the next digest')
        tap.contains(home.nudge('status'), '1 in doubt', 'the status')
        tap.contains(home.nudge('status'), 'It is held', 'the status')
        promise.keep(home, server, since=SLOT)


def what_fails_for_days_is_said_to_be_given_up():
    with Receiver(rules=['rcpt=reply:450 4.2.0 grey']) as server, \
            Book(server, digests=[{'cadence': 'Mon 07:00'}]) as home:
        home.once(SLOT, status=75)
        words = 'It was tried for 5 days and given up: The server does not take the recipient'
        text = home.once('2026-11-28T11:30:00+01:00')
        tap.contains(text, '<3>digest d: not delivered: ' + words, 'the journal')
        tap.check('will be tried again' not in text, text)
        home.now = '2026-11-28T11:30:00+01:00'
        tap.contains(home.nudge('status'), 'refused: ' + words, 'the status')
        tap.contains(home.nudge('doctor', status=1), words, 'the doctor')


def what_is_never_answered_is_sent_three_times_and_told():
    with Receiver(rules=['dot=close-after']) as server, Book(server) as home:
        for now in (SLOT, LATER):
            home.once(now, status=75)
        for now in ('2026-11-23T20:00:00+01:00', '2026-11-24T06:00:00+01:00'):
            home.once(now)
        tap.equal(len(server.messages), 3, 'messages')
        home.now = '2026-11-24T06:00:00+01:00'
        tap.contains(home.nudge('status'), 'nudge send d --again', 'the status')
        home.nudge('add', 'Bert Braun', '--birthday', '24.11.1970')
        with Receiver() as well:
            home.configure(port=well.port)
            home.once('2026-11-24T08:00:00+01:00')
            tap.equal(len(well.messages), 1, 'the next day')
            tap.contains(text_of(well.messages[0]), 'may have been lost', 'it tells of it')
            home.nudge('send', '--again')
            home.once('2026-11-24T08:10:00+01:00')
            tap.equal(len(well.messages), 2, 'a fourth copy')
        home.now = '2026-11-24T08:20:00+01:00'
        tap.contains(home.nudge('status', '--history'), 'sent twice, perhaps', 'the history')
        tap.contains(home.nudge('status'), '1 of them twice, perhaps', 'the status')
        home.nudge('send', '--arrived', status=1)


def an_answer_that_is_awaited_is_no_mail_that_is_held():
    with Receiver(rules=['dot=hang']) as server, Book(server) as home:
        home.now = SLOT
        with home.service(SLOT) as service:
            tap.check(server.wait(lambda: server.counts['dot']), service.log())
            wait_for(lambda: 'in doubt' in home.nudge('status'), 'in doubt')
            tap.contains(home.nudge('status'), "in doubt: waiting for the server's answer since 07:00.", 'status')
            tap.check('held' not in home.nudge('status'), 'it is held')
            home.nudge('send', '--again', status=1)
            service.kill()
        tap.contains(home.nudge('status'), 'the service ended before the server', 'status, without it')
        tap.check('held' not in home.nudge('status'), 'it is held')
        promise.keep(home, server, since=SLOT)


def which_of_several_is_settled_is_said():
    holds = 'lead_days = 0; in_doubt = "hold";'
    with Receiver(rules=['dot=close-after']) as server, \
            Book(server, digests=[{'more': holds}, {'more': holds}]) as home:
        home.once(SLOT)
        home.now = SLOT
        tap.equal(home.outbox()['in_doubt'], 2, 'in doubt')
        tap.contains(home.nudge('status'), 'nudge send d --arrived', 'of the one')
        tap.contains(home.nudge('status'), 'nudge send d1 --arrived', 'of the other')
        for option in '--again', '--arrived':
            tap.contains(home.nudge('send', option, status=64), f'nudge send d {option}', option)
        home.nudge('send', 'd', '--arrived')
        tap.equal(home.outbox()['in_doubt'], 1, 'settled')
        home.nudge('send', '--arrived')  # no doubt which one is meant
        tap.check('in_doubt' not in home.outbox(), home.outbox())
        promise.keep(home, server, since=SLOT)


def killed_at_any_moment_nothing_is_lost():
    for wait in range(0, 100, 5):
        with Receiver() as server, Book(server) as home:
            with home.service(SLOT) as service:
                time.sleep(wait / 1000)
                service.kill()
            home.once(SLOT)
            tap.check(1 <= len(server.messages) <= 2 and len(set(ids(server))) == 1,
                      f'killed after {wait} ms: {ids(server)}')
            tap.equal(home.state(SLOT), {'sent': 2}, f'killed after {wait} ms')
            promise.keep(home, server, since=SLOT)


def a_sender_that_dies_is_replaced():
    with Receiver(rules=['data=hang@1']) as server, Book(server) as home, home.service(SLOT) as service:
        tap.check(server.wait(lambda: server.counts['data']), service.log())
        children = subprocess.run(['ps', '-o', 'pid=', '--ppid', str(service.process.pid)],
                                  capture_output=True, check=True, encoding='ascii').stdout.split()
        tap.equal(len(children), 1, 'children')
        os.kill(int(children[0]), signal.SIGKILL)
        service.says('will be tried again')
        service.end()
        home.once(LATER)
        tap.equal(len(server.messages), 1, 'messages')
        promise.keep(home, server, since=SLOT)


# --- other people's data ---

def who_is_removed_is_in_no_file():
    with Receiver() as server, Book(server) as home, home.service(SLOT) as service:
        service.says('sent')
        home.now = LATER
        home.nudge('edit', 'Anna', '--note', 'a word in the note')
        home.nudge('follow-up', 'Anna', 'a word to do', '--on', 'today')
        home.nudge('log', 'Anna', 'met', 'a word in the log')
        home.nudge('add', 'Ben')
        home.nudge('rm', 'Anna', '--yes')
        service.end()
        for name in os.listdir(home.path('data')):
            if name == 'backups':  # they go within a week: test-backups
                continue
            with open(home.path('data', name), 'rb') as file:
                content = file.read()
            for word in (b'Anna', b'Schmidt', b'a word', b'turns 42'):
                tap.check(word not in content, f'{word} is still in {name}')
        tap.equal([p['name'] for p in home.json('list')], ['Ben'], 'the others')


# --- the clock ---

def ten_minutes_ago(home):
    """The first sight of the clock was so long ago, as far as the programs can tell."""
    with sqlite3.connect(home.database) as db:
        for key in ('clock uptime', 'clock seen'):
            db.execute('UPDATE meta SET value=CAST(CAST(value AS INTEGER) - 600 AS TEXT)'
                       ' WHERE key=?', (key,))
    db.close()


def once_waits_for_a_clock_that_is_far_off():
    for wrong in ('1970-01-01T01:00:00+01:00', '2026-11-20T08:00:00+01:00',
                  '2028-01-01T08:00:00+01:00'):
        with Receiver() as server, Book(server) as home:
            home.once(SLOT)
            tap.equal(len(server.messages), 1, 'messages')
            for _ in range(2):
                tap.contains(home.once(wrong, status=75), 'the clock is far', 'the reason')
            home.now = wrong
            tap.contains(home.nudge('status'), 'timedatectl', 'what status says')
            tap.equal(len(server.messages), 1, f'{wrong}: messages while it is waited for')
            home.now = None
            if wrong.startswith('2026'):  # set right in time
                home.once(LATER)
                tap.equal(home.json('status')['errors'], [], 'errors when it is right again')
                continue
            ten_minutes_ago(home)
            tap.contains(home.once(wrong), 'believed', 'the log')
            home.once(wrong)
            tap.check(len(server.messages) <= 2, f'{wrong}: {len(server.messages)} messages')
            tap.equal(len(set(ids(server))), len(server.messages), 'Message-IDs')


@contextlib.contextmanager
def manager_of(home):
    """What a service that starts meanwhile tells systemd comes in here."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(home.path('notify'))
        manager.settimeout(30)
        home.env['NOTIFY_SOCKET'] = home.path('notify')
        yield manager
    del home.env['NOTIFY_SOCKET']


def knows_systemd():
    with open(NUDGED, 'rb') as file:
        return b'libsystemd' in file.read()


def the_service_waits_for_its_clock_and_goes_on():
    if not knows_systemd():
        raise tap.Skipped('built without systemd, so that no manager is told')
    with Receiver() as server, Book(server) as home:
        home.once(SLOT)
        with manager_of(home) as manager, home.service('2028-01-01T08:00:00+01:00') as service:
            service.says('the clock is far')
            wait_for(lambda: b'STATUS=Trouble: the clock is not believed' in manager.recv(4096), 'the status line')
            tap.equal(len(server.messages), 1, 'messages while it is waited for')
            ten_minutes_ago(home)
            service.runs()
            service.signal(signal.SIGHUP)  # a look
            service.says('believed')
            tap.check(server.wait(lambda: len(server.messages) == 2), 'no second message')


# --- one database ---

def two_services_do_not_share():
    with Receiver() as server, Book(server) as home, home.service(LATER) as service:
        service.says('sent')
        for option in ([], ['--once']):
            result = subprocess.run([NUDGED, '--now', LATER, *option], env=home.env, timeout=30,
                                    capture_output=True, encoding='utf-8')
            tap.equal(result.returncode, 75, result.stderr)
            tap.contains(result.stderr, str(service.process.pid), 'the first one')
        tap.check(service.process.poll() is None, 'the first one ended')


def a_newer_database_is_left_untouched():
    with Receiver() as server, Book(server) as home:
        with sqlite3.connect(home.database) as db:
            db.execute('PRAGMA user_version=9999')
        db.close()
        text = home.once(SLOT, status=65)
        tap.contains(text, 'newer', 'the reason')
        home.nudge('list', status=65)
        tap.equal(len(server.messages), 0, 'messages')


def files_are_the_owners_alone():
    with Receiver() as server, Home() as home:
        home.configure(port=server.port)
        with home.service(EVE, umask=0) as service:
            service.says('sent')
            modes = {name: os.stat(home.path('data', name)).st_mode & 0o777
                     for name in os.listdir(home.path('data')) if name != 'backups'}
            tap.check('n.db' in modes and 'n.lock' in modes, modes)
            tap.equal(set(modes.values()), {0o600}, modes)
            tap.equal(os.stat(home.path('data')).st_mode & 0o777, 0o700, 'the folder')


# --- the command line ---

def arguments():
    with Home() as home:
        home.configure()
        rows = (['--help'], 0), (['--version'], 0), (['--check-config'], 0), (['--nonsense'], 64), \
            (['word'], 64), (['--now', 'yesterday'], 64), (['-c', '/nonexistent/conf'], 78), \
            (['-c', '/nonexistent/conf', '--check-config'], 78)
        for words, status in rows:
            result = subprocess.run([NUDGED, *words], env=home.env, timeout=30, capture_output=True,
                                    encoding='utf-8')
            tap.equal(result.returncode, status, f'{words}: {result.stderr}')
            tap.check(result.stderr if status else result.stdout, f'{words} says nothing')
        home.configure(digests=[{'more': 'colour = "red"; lead_days = 1000;'}])
        for words in (['--check-config'], [], ['--once']):
            result = subprocess.run([NUDGED, *words], env=home.env, timeout=30, capture_output=True,
                                    encoding='utf-8')
            tap.equal(result.returncode, 78, words)
            tap.contains(result.stderr, 'colour', words)
            tap.contains(result.stderr, 'lead_days', words)


tap.run(a_welcome_comes_at_once, a_slot_fires_by_the_timer, once_sends_and_does_not_send_twice,
        each_recipient_gets_a_mail, several_digests_send_theirs, a_server_that_is_down_is_tried_later,
        a_later_digest_takes_the_place_of_one_that_waits, refusals_are_told_in_the_next_digest,
        a_server_that_was_down_is_told_of, the_history_says_what_was_sent,
        what_could_not_be_recorded_is_told_when_it_is_over, a_change_of_the_command_is_noticed,
        reload_takes_a_good_configuration_and_refuses_a_bad_one, a_reloaded_recipient_is_used,
        a_reloaded_server_is_used, a_digest_is_sent_when_asked_for,
        what_is_asked_for_while_the_server_is_down_waits, who_is_taken_out_gets_nothing_more,
        what_nobody_got_the_next_one_tells, a_mail_that_waits_does_not_come_in_a_holiday,
        what_is_wrong_with_one_digest_stops_no_other, who_gets_through_hurries_what_waits,
        readers_do_not_keep_it_from_writing, several_ask_at_once, once_says_that_there_is_no_password, a_password_that_is_missing_is_told_at_the_start,
        without_a_service_nobody_answers,
        who_does_not_run_is_started_by_what_works,
        a_broken_file_makes_no_service_mute,
        a_reload_that_failed_is_in_the_status, a_credential_is_the_services_alone, ending_leaves_nothing_behind,
        without_work_it_sleeps, killed_before_the_dot_nothing_was_sent,
        killed_in_doubt_it_sends_again_with_the_same_id, a_reply_that_was_lost_makes_a_second_copy,
        what_fails_for_days_is_said_to_be_given_up, what_is_never_answered_is_sent_three_times_and_told,
        killed_after_the_reply_at_most_one_copy_more,
        an_answer_that_is_awaited_is_no_mail_that_is_held, which_of_several_is_settled_is_said, what_is_held_waits_for_the_person,
        a_holiday_is_one_digest_later, killed_at_any_moment_nothing_is_lost, a_sender_that_dies_is_replaced,
        who_is_removed_is_in_no_file, once_waits_for_a_clock_that_is_far_off,
        the_service_waits_for_its_clock_and_goes_on, two_services_do_not_share, a_newer_database_is_left_untouched,
        files_are_the_owners_alone, arguments)
