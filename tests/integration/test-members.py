# SPDX-License-Identifier: MIT
"""Digests that live in the database: many members of one host, each with a book of their own."""

import contextlib
import datetime
import json
import os
import shutil
import sqlite3
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import promise  # noqa: E402
import tap  # noqa: E402
from programs import NUDGED, Home, wait_for  # noqa: E402
from smtpd import Receiver  # noqa: E402

EVE = '2026-11-22T12:00:00+01:00'
SLOT = '2026-11-23T07:00:00+01:00'
NEXT = '2026-11-24T07:00:00+01:00'
REAPER = tap.build_path('tests/lib/reaper')
ALL = os.environ.get('NUDGED_FAULTS') == 'all'
SKIP = 77  # status of the reaper


def header(message, name):
    return next(line.decode() for line in message.data.split(b'\r\n') if line.lower().startswith(name.lower().encode()))


def recipients(server):
    return sorted(header(message, 'To:').split(': ')[1].strip('<>') for message in server.messages)


def tell(home, sql, *values):
    with contextlib.closing(sqlite3.connect(home.database)) as book:
        found = book.execute(sql, values).fetchall()
        book.commit()
    return found


def members(home, n):
    """One by the command, the others beside it."""
    home.now = EVE
    for k in range(n):
        home.nudge('book', f'm{k}', '--create')
        home.nudge('-b', f'm{k}', 'add', f'Anna of {k}', '--birthday', '23.11.1984')
        home.nudge('-b', f'm{k}', 'digest', 'add', f'm{k}', '--to', f'm{k}@example.org', '--timezone',
                   'Europe/Berlin', '--cadence', '*-*-* 07:00', '--language', 'en', '--lead-days', '0')


def a_member_comes_and_goes():
    with Receiver() as server, Home() as home:
        home.configure(port=server.port, digests=[])
        home.now = EVE
        home.nudge('add', 'Ben')
        with home.service(EVE) as service:
            service.runs()
            members(home, 1)
            tap.check(server.wait(lambda: len(server.messages) == 1), f'a welcome without a reload: {service.log()}')
            tap.equal(recipients(server), ['m0@example.org'], 'to whom')
            home.nudge('digest', 'edit', 'm0', '--cadence', 'Mon 08:00', '--send-empty', 'yes')
            tap.equal(wait_for(lambda: home.json('digest', 'show', 'm0'), 'the digest')['next'],
                      '2026-11-23T08:00:00+01:00', 'by the new cadence')
            tap.equal(service.end(), 0, 'the end')
        home.nudge('digest', 'pause', 'm0')
        home.once('2026-11-23T09:00:00+01:00')
        tap.equal(len(server.messages), 1, 'a paused one is silent')
        home.now = '2026-11-23T09:30:00+01:00'
        home.nudge('digest', 'resume', 'm0')
        home.once('2026-11-23T09:31:00+01:00')
        tap.equal(len(server.messages), 1, 'what was due meanwhile is not made up for')
        home.once('2026-11-30T08:00:00+01:00')
        tap.equal(len(server.messages), 2, 'the next one comes')
        tap.check('to [y/N]' not in home.nudge('digest', 'remove', 'm0', status=1), 'not unasked')
        home.nudge('digest', 'remove', 'm0', '--yes')
        home.once('2026-12-07T08:00:00+01:00')
        tap.equal(len(server.messages), 2, 'none after the removal')
        tap.equal(tell(home, 'SELECT count(*) FROM message')[0][0], 0, 'messages that are kept')


def a_holiday_counts_and_can_be_taken_back():
    with Receiver() as server, Home() as home:
        home.configure(port=server.port, digests=[])
        members(home, 2)
        home.once(EVE)
        home.nudge('-b', 'm0', 'pause', '27.11.')
        home.once(SLOT)
        tap.equal(recipients(server)[2:], ['m1@example.org'], 'who got one of that morning')
        home.nudge('-b', 'm0', 'undo')
        home.once('2026-11-23T07:05:00+01:00')
        tap.equal(recipients(server).count('m0@example.org'), 2, 'after the holiday was taken back')


def what_was_done_to_a_digest_can_be_taken_back():
    """Also after the service has looked at it; what a removal took with it is gone."""
    with Receiver() as server, Home() as home:
        home.configure(port=server.port, digests=[])
        members(home, 1)
        home.once(EVE)
        before = home.nudge('digest', 'show', 'm0')
        home.nudge('digest', 'edit', 'm0', '--cadence', 'Mon 09:00', '--send-empty', 'yes')
        home.once('2026-11-22T13:00:00+01:00')
        tap.contains(home.nudge('undo'), 'digest edit m0', 'what is taken back')
        tap.equal(home.nudge('digest', 'show', 'm0'), before, 'as it was')
        home.once('2026-11-22T14:00:00+01:00')  # from here on by the old cadence
        home.nudge('digest', 'pause', 'm0')
        home.once(SLOT)
        tap.equal(len(server.messages), 1, 'while it was paused')
        tap.contains(home.nudge('undo'), 'digest pause m0', 'what is taken back')
        home.once(SLOT)
        tap.equal(len(server.messages), 2, 'as if it had never been paused')
        home.nudge('digest', 'pause', 'm0')
        home.nudge('digest', 'resume', 'm0')
        home.nudge('undo')
        tap.contains(home.nudge('digest'), 'paused', 'as it was before the resumption')
        home.nudge('undo')
        home.nudge('digest', 'add', 'again', '--to', 'a@example.org')
        home.once('2026-11-23T08:00:00+01:00')
        tap.contains(home.nudge('undo'), 'digest add again', 'what is taken back')
        tap.check('again' not in home.nudge('digest'), 'gone again')
        home.nudge('digest', 'remove', 'm0', '--yes')
        tap.contains(home.run('undo').stderr, 'removed a digest', 'what is final')


def a_mail_that_waits_does_not_leave_in_a_pause():
    """What it told is told by the next one."""
    with Home() as home:
        with Receiver() as server:
            home.configure(port=server.port, digests=[])
            members(home, 1)
            home.once(EVE)
        home.once(SLOT, status=75)
        home.nudge('digest', 'pause', 'm0')
        with Receiver() as server:
            home.configure(port=server.port, digests=[])
            home.once('2026-11-23T12:00:00+01:00')
            tap.equal((len(server.messages), home.outbox().get('withdrawn')), (0, 1), 'in the pause')
            home.now = '2026-11-23T13:00:00+01:00'
            home.nudge('digest', 'resume', 'm0')
            home.once(NEXT)
            tap.equal(len(server.messages), 1, 'after it')
            tap.check(b'Anna of 0' in server.messages[0].data, 'what the other one was to tell')


def a_mail_that_waits_does_not_go_to_who_is_not_asked_for_any_more():
    with Home() as home:
        with Receiver() as server:
            home.configure(port=server.port, digests=[])
            members(home, 2)
            home.once(EVE)
        home.once(SLOT, status=75)
        home.nudge('digest', 'edit', 'm0', '--to', 'other@example.org')
        home.nudge('digest', 'edit', 'm1', '--touch-max', '2')
        with Receiver() as server:
            home.configure(port=server.port, digests=[])
            home.once('2026-11-23T12:00:00+01:00')
            tap.equal(recipients(server), ['m1@example.org'], 'on that day')
            home.once(NEXT)
            tap.equal(recipients(server), ['m1@example.org', 'other@example.org'], 'on the next')
            tap.check(b'Anna of 0' in server.messages[1].data, 'what the other one was to tell')


def a_book_goes_with_all_that_is_in_it():
    with Home() as home:
        with Receiver() as server:
            home.configure(port=server.port, digests=[])
            members(home, 2)
            home.once(EVE)
        home.once(SLOT, status=75)
        tap.contains(home.nudge('book', 'm0', '--remove', status=1), '--yes', 'not unasked')
        home.nudge('book', 'main', '--remove', '--yes', status=1)
        home.nudge('book', 'nobody', '--remove', '--yes', status=1)
        home.nudge('book', 'm0', '--create', '--remove', status=64)
        home.nudge('book', 'm0', '--remove', '--yes')
        tap.contains(home.nudge('undo', status=1), 'erased a book', 'what is final')
        tap.equal([one['name'] for one in home.json('book')], ['m1', 'main'], 'books')
        tap.equal([one['name'] for one in home.json('digest')], ['m1'], 'digests')
        tap.equal(tell(home, 'PRAGMA foreign_key_check'), [], 'references')
        tap.equal(tell(home, 'PRAGMA integrity_check'), [('ok',)], 'integrity')
        with open(home.database, 'rb') as file:
            tap.check(b'Anna of 0' not in file.read(), 'it stands there still')
        with Receiver() as server:
            home.configure(port=server.port, digests=[])
            home.once(NEXT)
            tap.equal(set(recipients(server)), {'m1@example.org'}, 'who gets mails')
        home.configure(digests=[{'more': 'book = "m1";'}])
        tap.contains(home.nudge('book', 'm1', '--remove', '--yes', status=1), 'speaks for', 'one of the file')


def what_is_wrong_with_one_stops_no_other():
    with Receiver() as server, Home() as home:
        home.configure(port=server.port, digests=[])
        members(home, 5)
        tell(home, "UPDATE hosted SET settings='to = 7;' WHERE digest=(SELECT id FROM digest WHERE name='m2')")
        log = home.once(EVE)
        tap.check('digest m2: to: a number stands here' in log, log)
        tap.equal(recipients(server), [f'm{k}@example.org' for k in (0, 1, 3, 4)], 'who got one')
        tap.check('cannot be written' in home.nudge('digest'), home.nudge('digest'))
        errors = [error['text'] for error in home.json('status')['errors']]
        tap.check(any('m2' in text for text in errors), f'the status tells it: {errors}')
        home.nudge('digest', 'edit', 'm2', '--to', 'm2@example.org')
        tap.check('cannot be written' not in home.nudge('digest'), 'mended')
        home.once(EVE)
        tap.equal(len(server.messages), 5, 'all have got theirs')


def the_clock_is_judged_by_their_last_claim():
    with Receiver() as server, Home() as home:
        home.configure(port=server.port, digests=[])
        members(home, 1)
        home.once(EVE)
        for now, day in (('1970-01-01T12:00:00Z', '1970-01-01'), ('2029-01-01T12:00:00Z', '2029-01-01')):
            home.now = now
            found = json.loads(home.run('--json', 'doctor').stdout)
            clock = next(one for one in found if one['check'] == 'clock')
            tap.equal(clock['state'], 'wrong', now)
            tap.contains(clock['text'], f'it says {day}, but the last digest was due on 2026-11-22', now)
            home.once(now, status=75)
        tap.equal(len(server.messages), 1, 'mails')


def a_limit_holds_for_all_of_them():
    """Whoever waits longest is next, and nobody has a second one before all have one."""
    n, most = 7, 3
    with Receiver() as server, Home() as home:
        home.configure(port=server.port, digests=[], smtp=f'max_per_minute = {most};')
        members(home, n)
        moment = datetime.datetime.fromisoformat(EVE)
        for sent in range(most, n + most, most):
            home.once(moment.isoformat(), status=0 if sent >= n else 75)
            tap.equal(len(server.messages), min(sent, n), f'by {moment}')
            home.once(moment.isoformat(), status=0 if sent >= n else 75)
            tap.equal(len(server.messages), min(sent, n), f'not more within a minute: {moment}')
            moment += datetime.timedelta(seconds=65)  # an instant is known by its second
        tap.equal(recipients(server), sorted(f'm{k}@example.org' for k in range(n)), 'to whom')


def a_name_is_one_digests():
    with Home() as home:
        home.configure()
        home.now = EVE
        home.nudge('add', 'Ben')
        tap.check('already' in home.nudge('digest', 'add', 'd', '--to', 'a@example.org', status=1), 'of the file')
        home.nudge('digest', 'add', 'e', '--to', 'a@example.org')
        tap.check('already' in home.nudge('digest', 'add', 'e', '--to', 'a@example.org', status=1), 'of the database')
        text = home.nudge('digest', 'add', 'E!', '--to', 'nobody', '--cadence', 'never', status=65)
        for key in ('name:', 'to:', 'cadence:'):
            tap.check(key in text, f'{key} {text}')
        home.nudge('digest', 'show', 'x', status=1)
        home.nudge('digest', 'move', 'e', status=64)


def a_name_of_both_is_told():
    """A digest of the database may be older than one of the file that is called so, or come with a book."""
    with Receiver() as server, Home() as home:
        home.configure(port=server.port, digests=[])
        home.now = EVE
        home.nudge('digest', 'add', 'd', '--to', 'theirs@example.org')
        home.once(EVE)
        home.configure(port=server.port, digests=[{'to': '"ours@example.org"', 'more': 'send_empty = true;'}])
        for day in 23, 24, 25:
            home.now = f'2026-11-{day}T07:00:00+01:00'
            home.once(home.now)
        tap.equal(recipients(server).count('theirs@example.org'), 1, 'the one of the database')
        tap.check('ours@example.org' in recipients(server), 'the one of the file')
        tap.contains(home.nudge('status'), 'the configuration has one of that name too', 'status')
        home.nudge('digest', 'pause', 'd')
        tap.contains(home.nudge('digest', 'resume', 'd', status=1), 'already', 'resume')


def reap(home, at):
    argv = [REAPER, '-p', 'nudged', '-n', str(at), '-c', home.path('count'), NUDGED, '--once', '--now', SLOT]
    env = {**home.env, 'ASAN_OPTIONS': home.env.get('ASAN_OPTIONS', '') + ':detect_leaks=0'}
    result = subprocess.run(argv, env=env, timeout=120, capture_output=True, encoding='utf-8')
    tap.check('Sanitizer' not in result.stderr, result.stderr)
    if result.returncode == SKIP:
        raise tap.Skipped(f'nothing can be traced here: {result.stderr.strip()}')
    return result.returncode, int(home.read('count'))


def states(home):
    """Of the messages of SLOT: the state of each by its Message-ID."""
    return dict(tell(home, 'SELECT m.message_id, d.state FROM delivery d JOIN message m ON m.id=d.message'
                           ' WHERE m.composed_at>=?', datetime.datetime.fromisoformat(SLOT).timestamp()))


def check_killed(kept, at, n):
    """Killed before that call: nothing is lost, and nobody gets a second copy but where it was in doubt."""
    with Receiver() as server, Home() as home:
        shutil.copytree(kept.path('data'), home.path('data'))
        home.configure(port=server.port, digests=[], smtp='connections = 4;')
        status, number = reap(home, at)
        if number < at:
            return
        tap.check(server.wait(lambda: not server.sessions), 'a connection stays')
        taken = [header(message, 'Message-ID:').split(': ')[1] for message in server.messages]
        known = states(home)
        promise.keep(home, server, since=SLOT)
        for message in taken:
            tap.check(known.get(message) in ('in doubt', 'sent'), f'at {at}: taken, and {known.get(message)}')
        for message, state in known.items():
            tap.check(state != 'sent' or message in taken, f'at {at}: {message} was never taken')
        home.once(SLOT)
        copies = [header(message, 'Message-ID:').split(': ')[1] for message in server.messages]
        tap.equal(sorted(set(recipients(server))), sorted(f'm{k}@example.org' for k in range(n)), f'at {at}: to whom')
        tap.equal(len(set(copies)), n, f'at {at}: messages')
        for message in set(copies):
            tap.check(copies.count(message) <= (2 if known.get(message) == 'in doubt' else 1),
                      f'at {at}: {copies.count(message)} copies of one that was {known.get(message)}')
        promise.keep(home, server, since=SLOT)
        tap.equal(server.complaints, [], f'at {at}: what the server complains of')


def whenever_the_service_is_killed_in_the_wave():
    n = 6
    with Home() as home:
        with Receiver() as server:
            home.configure(port=server.port, digests=[])
            members(home, n)
            home.once(EVE)
        with Receiver() as server, Home() as whole:
            shutil.copytree(home.path('data'), whole.path('data'))
            whole.configure(port=server.port, digests=[], smtp='connections = 4;')
            status, number = reap(whole, 0)
            tap.equal((status, len(server.messages)), (0, n), 'without a fault')
        step = 1 if ALL else max(1, number // 30)
        for at in range(1, number + 1, step):
            check_killed(home, at, n)


tap.run(a_name_of_both_is_told, a_member_comes_and_goes, a_holiday_counts_and_can_be_taken_back, what_was_done_to_a_digest_can_be_taken_back,
        a_mail_that_waits_does_not_leave_in_a_pause,
        a_mail_that_waits_does_not_go_to_who_is_not_asked_for_any_more, a_book_goes_with_all_that_is_in_it, what_is_wrong_with_one_stops_no_other,
        the_clock_is_judged_by_their_last_claim, a_limit_holds_for_all_of_them, a_name_is_one_digests, whenever_the_service_is_killed_in_the_wave)
