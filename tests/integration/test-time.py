# SPDX-License-Identifier: MIT
"""The service as time goes by: a machine that sleeps, a zone that changes its rules, a database that
others hold, a long queue, and a thousand days. Its clock runs faster, or jumps (tests/lib/warp.c).

More of it with NUDGED_FAULTS=all.
"""

import contextlib
import os
import shutil
import sqlite3
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import promise  # noqa: E402
import tap  # noqa: E402
from programs import Home, wait_for  # noqa: E402
from smtpd import Receiver  # noqa: E402
from warp import Warp  # noqa: E402

EVE = '2026-11-22T12:00:00+01:00'
DAWN = '2026-11-23T06:30:00+01:00'
ALL = os.environ.get('NUDGED_FAULTS') == 'all'
ZONES = '/usr/share/zoneinfo'


@contextlib.contextmanager
def begun(server, **configuration):
    """A home whose welcome was sent, and with a birthday on the 23rd."""
    with Home() as home:
        home.now = EVE
        with Receiver() as other:
            home.configure(port=other.port, **configuration)
            home.nudge('add', 'Anna', '--birthday', '23.11.1984')
            home.once(EVE)
        home.configure(port=server.port, **configuration)
        yield home


def text_of(message):
    return message.data.decode('utf-8', 'replace')


# --- the machine sleeps ---

def a_slot_that_was_slept_through_comes_on_waking():
    with Receiver() as server, begun(server) as home, Warp(home) as warp, warp.service(DAWN) as service:
        service.runs()
        warp.suspend(service, 3600)
        tap.check(server.wait(lambda: server.messages), service.log())
        tap.contains(text_of(server.messages[0]), 'Anna turns 42 today', 'the mail')
        service.says('sent')
        warp.suspend(service, 3 * 86400)
        service.says('nothing to tell')
        tap.equal(len(server.messages), 1, 'messages')


def a_clock_set_to_and_fro_repeats_nothing():
    with Receiver() as server, begun(server) as home, Warp(home) as warp, warp.service(DAWN) as service:
        service.runs()
        for hours in (2, -2, 2, -1, 1):
            warp.jump(service, real=hours * 3600)
            service.says('sent')
        # It answers when it has seen to what was before.
        for _ in range(2):
            home.nudge('status')
        tap.equal((len(server.messages), service.log().count('written')), (1, 2), service.log())


# --- the rules of a zone change ---

def put_zone(folder, name):
    """As a package's manager does it."""
    path = os.path.join(folder, 'Europe', 'Berlin')
    os.makedirs(os.path.dirname(path), exist_ok=True)
    shutil.copy(os.path.join(ZONES, name), path + '.dpkg-new')
    os.rename(path + '.dpkg-new', path)


def a_zone_that_changes_its_rules_is_followed():
    if not os.path.exists(os.path.join(ZONES, 'Europe/Helsinki')):
        raise tap.Skipped('the package tzdata is not installed')
    with Receiver() as server, begun(server) as home:
        zones = home.env['TZDIR'] = home.path('zones')
        put_zone(zones, 'Europe/Berlin')
        with home.service(DAWN) as service:
            service.says("the day's backup")  # at the end of its first look
            put_zone(zones, 'Europe/London')
            service.says('read again')
            home.now = DAWN
            tap.contains(home.json('status')['digests'][0]['next'], '2026-11-23T07:00:00+00:00', 'the next')
            tap.equal(len(server.messages), 0, 'messages before its hour')
            put_zone(zones, 'Europe/Helsinki')
            tap.check(server.wait(lambda: server.messages), service.log())
            service.says('sent')
            with open(os.path.join(zones, 'Europe', 'Berlin'), 'wb') as file:
                file.write(b'TZ')
            service.says('is no time zone file')
            tap.check(service.process.poll() is None, 'the service ended')


# --- a server that is slow, or says nothing ---

def a_silent_server_is_given_its_minutes():
    """Those of RFC 5321, section 4.5.3.2: after the last line twice as many."""
    for step, seconds in (('mail', 300), ('data', 300), ('dot', 600)):
        with Receiver(rules=[f'{step}=hang']) as server, begun(server) as home, Warp(home, speed=300) as warp, \
                warp.service('2026-11-23T07:00:00+01:00') as service:
            tap.check(server.wait(lambda: server.counts[step]), service.log())
            begin = warp.seconds()
            service.says(f'did not answer within {seconds} seconds')
            tap.check(warp.seconds() - begin > seconds / 2, f'{step}: {warp.seconds() - begin} seconds')


def a_mail_without_an_answer_holds_up_no_other():
    """It says nothing of how the server is after a fault that met another mail meanwhile."""
    digests = [{}, {'cadence': '*-*-* 07:01'}]
    with Receiver(rules=['rcpt=hang@1', 'mail=reply:421 4.3.2 later@2']) as server, \
            begun(server, digests=digests) as home, Warp(home, speed=30) as warp, \
            warp.service('2026-11-23T07:00:00+01:00') as service:
        begin = warp.seconds()
        service.says('421 4.3.2 later')
        tap.check(server.wait(lambda: server.messages), service.log())
        tap.check(warp.seconds() - begin < 300, f'after {warp.seconds() - begin} seconds')
        tap.check('did not answer' not in service.log(), service.log())
        service.says('did not answer within 300 seconds')
        tap.check(server.wait(lambda: len(server.messages) == 2), service.log())


def a_slow_server_is_waited_for():
    """Letter by letter, a minute or so for each answer."""
    rules = [f'{step}=slow:0.02' for step in ('mail', 'rcpt', 'data', 'dot')]
    with Receiver(rules=rules) as server, begun(server) as home, Warp(home, speed=100) as warp, \
            warp.service('2026-11-23T07:00:00+01:00') as service:
        begin = warp.seconds()
        service.says('d: sent')
        tap.check(warp.seconds() - begin > 60, f'after {warp.seconds() - begin} seconds')
        tap.equal(len(server.messages), 1, 'mails')


# --- others hold the database ---

def a_database_that_others_hold_is_waited_for():
    """For 80 seconds by the service's clock, from before a slot until after it."""
    with Receiver() as server, begun(server) as home, Warp(home, speed=40) as warp:
        with warp.service('2026-11-23T06:59:20+01:00') as service:
            service.runs()
            with contextlib.closing(sqlite3.connect(home.database, isolation_level=None)) as other:
                other.execute('BEGIN EXCLUSIVE')
                begin = warp.seconds()
                service.says('another process has held database')
                wait_for(lambda: warp.seconds() - begin > 80, 'time')
                tap.equal((len(server.messages), service.log().count('another process has held')), (0, 1),
                          service.log())
                other.execute('ROLLBACK')
            service.says('the database can be used again')
            tap.check(server.wait(lambda: server.messages), service.log())
            service.says('sent')
            tap.equal(service.end(), 0, 'the status')
        home.now = '2026-11-23T08:00:00+01:00'
        tap.equal((home.outbox(), len(server.messages)), ({'sent': 2}, 1), 'the outbox')
        promise.keep(home, server, since='2026-11-23T06:00:00+01:00')


def what_was_sent_while_others_hold_the_database_is_recorded_later():
    with Receiver(rules=['dot=slow:0.02@1']) as server, begun(server) as home, Warp(home, speed=40) as warp:
        with warp.service('2026-11-23T07:00:00+01:00') as service, \
                contextlib.closing(sqlite3.connect(home.database, isolation_level=None, timeout=20)) as other:
            tap.check(server.wait(lambda: server.counts['dot']), service.log())
            other.execute('BEGIN IMMEDIATE')
            tap.check(server.wait(lambda: server.messages), 'taken')
            service.says('another process has held database')
            other.execute('ROLLBACK')
            service.says('d: sent')
        home.now = '2026-11-23T08:00:00+01:00'
        tap.equal((home.outbox(), len(server.messages)), ({'sent': 2}, 1), 'the outbox')
        promise.keep(home, server, since='2026-11-23T06:00:00+01:00')


# --- after a long outage ---

def fill_outbox(home, number):
    """As if so many digests of as many people had come to wait."""
    home.nudge('digest', 'add', 'many', '--to', 'p@example.org')
    home.nudge('digest', 'pause', 'many')
    with contextlib.closing(sqlite3.connect(home.database)) as db, db:
        body, sender = db.execute('SELECT body, sender FROM message').fetchone()
        digest = db.execute("SELECT id FROM digest WHERE name='many'").fetchone()[0]
        first = db.execute('SELECT max(id) FROM message').fetchone()[0] + 1
        for n in range(first, first + number):
            db.execute('INSERT INTO message (id, digest, slot, message_id, sender, subject, body, composed_at)'
                       " VALUES (?, ?, ?, ?, ?, 'x', ?, 1795341600)",
                       (n, digest, n, f'<{n}@example.org>', sender, body))
            db.execute('INSERT INTO delivery (id, message, recipient, state, attempts, doubts, next_try,'
                       " changed_at) VALUES (?, ?, ?, 'queued', 0, 0, ?, 1795341600)",
                       (n, n, f'p{n}@example.org', 1795341600 + n // 100))


class Arrivals(Receiver):
    """Notes when each mail comes, by the service's clock."""

    warp = None
    times = ()

    def accept(self, session, data):
        self.times = (*self.times, self.warp.seconds())
        super().accept(session, data)


def in_a_minute(times):
    """The most that came in any 60 seconds."""
    most = begin = 0
    for end, at in enumerate(times):
        while at - times[begin] >= 60:
            begin += 1
        most = max(most, end - begin + 1)
    return most


def a_long_queue_is_drained_in_order_and_in_measure():
    number, limit = (10000, 600) if ALL else (600, 120)
    smtp = f'connections = 1; max_per_minute = {limit};'
    with Arrivals() as server, begun(server, smtp=smtp) as home:
        fill_outbox(home, number)
        with Warp(home, speed=30) as server.warp, server.warp.service('2026-11-22T12:30:00+01:00') as service:
            tap.check(server.wait(lambda: len(server.messages) >= number, 300),
                      f'{len(server.messages)} came: {service.log()[-500:]}')
            wait_for(lambda: service.log().count('sent') >= number, 'all is recorded')
            tap.equal(service.end(), 0, 'the status')
        order = [message.recipients[0] for message in server.messages]
        tap.equal(order, sorted(order, key=lambda name: int(name[1:-12])), 'the order')
        tap.equal(len(set(order)), number, 'different mails')
        # A mail that was handed over before a second's end may take its time to arrive.
        most = in_a_minute(server.times)
        tap.check(most <= limit + 2, f'{most} in a minute')
        tap.diagnose(f'{number} mails, {most} in a minute at most, in {server.times[-1] / 60:.0f} minutes')
        home.now = '2026-11-23T06:00:00+01:00'
        tap.equal(home.outbox(), {'sent': number + 1}, 'the outbox')


# --- for years ---

def size_of(process):
    """KiB in memory, and open descriptors."""
    with open(f'/proc/{process.pid}/statm', encoding='ascii') as file:
        pages = int(file.read().split()[1])
    return pages * os.sysconf('SC_PAGE_SIZE') // 1024, len(os.listdir(f'/proc/{process.pid}/fd'))


def the_service_stays_as_small_as_it_was():
    """Slot after slot by its own timer; the mails of some of them."""
    slots = 3000 if ALL else 150
    with Receiver() as server, begun(server, digests=[{'cadence': '*-*-* *:00'}]) as home:
        home.nudge('follow-up', 'Anna', 'call', '--on', '2026-11-23', '--repeat', '1w')
        with Warp(home, speed=360000) as warp, warp.service('2026-11-23T06:00:00+01:00') as service:
            def taken():
                return service.log().count('digest d: nothing to tell') + service.log().count('digest d: written')
            wait_for(lambda: taken() > slots // 3, 'slots', 120)
            before = size_of(service.process)
            wait_for(lambda: taken() > slots, 'slots', 120)
            after = size_of(service.process)
            tap.diagnose(f'{taken()} slots, {len(server.messages)} mails: {before} and {after} KiB, descriptors')
            tap.check(after[0] <= before[0] * 1.1 + 1024 and after[1] <= before[1] + 2, f'{before}, then {after}')
            tap.equal(service.end(), 0, 'the status')


tap.run(a_slot_that_was_slept_through_comes_on_waking, a_clock_set_to_and_fro_repeats_nothing,
        a_zone_that_changes_its_rules_is_followed, a_silent_server_is_given_its_minutes,
        a_mail_without_an_answer_holds_up_no_other, a_slow_server_is_waited_for,
        a_database_that_others_hold_is_waited_for,
        what_was_sent_while_others_hold_the_database_is_recorded_later,
        a_long_queue_is_drained_in_order_and_in_measure, the_service_stays_as_small_as_it_was)
