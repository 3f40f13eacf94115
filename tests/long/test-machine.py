# SPDX-License-Identifier: MIT
"""The service on a virtual machine with its own kernel: the power cut at moments left to chance, on a disk
that forgets what was not flushed; a clock that is really set; a limit of memory that is really enforced.

The mail server stays outside, and so knows what it took when the machine does not any more.
NUDGED_CUTS (50) is the number of power cuts, NUDGED_SEED (1) the first one's. Each has a seed of its own and says
what came of it, so that a run that was ended early goes on with the next seed. NUDGED_LANES (2): machines at a time.
"""

import collections
import concurrent.futures
import datetime
import json
import os
import random
import re
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import disk  # noqa: E402
import machine  # noqa: E402
import tap  # noqa: E402
from smtpd import Receiver  # noqa: E402

CUTS = int(os.environ.get('NUDGED_CUTS', '50'))
SEED = int(os.environ.get('NUDGED_SEED', '1'))
LANES = int(os.environ.get('NUDGED_LANES', '2'))
DIGESTS = 12
JUMPS = 44  # of a quarter of an hour each, at most, between two cuts
HOURS = 12  # from one boot to the next: more than the jumps, and the longest wait for another try
DATABASE = '/var/lib/nudged/nudged.db'
NIGHT = '{{ name = "{name}"; to = [ "anna@example.org" ]; cadence = "{cadence}"; ' \
    'timezone = "Europe/Berlin"; language = "en"; send_empty = true; lead_days = 0; }}'


def configuration(server, cadence, names):
    digests = ',\n'.join(NIGHT.format(name=name, cadence=cadence) for name in names)
    return f'''smtp: {{ url = "smtp://{machine.HOST}:{server.port}"; tls = "none"; from = "nudged <n@example.org>"; }};
digests: ( {digests} );
'''


def ids(server):
    """How many copies of each message were taken."""
    with server.changed:
        return collections.Counter(
            re.search(rb'^Message-ID:\s*(\S+)', message.data, re.MULTILINE)[1].decode()
            for message in server.messages)


def query(box, text):
    said = box.run(f"runuser -u nudged -- sqlite3 -json {DATABASE} '{text}'")
    return json.loads(said or '[]')


def outbox(box):
    return json.loads(box.run('nudge --json status'))['outbox']


def settled(box):
    states = outbox(box)
    return not any(states[name] for name in ('queued', 'attempting', 'in_doubt'))


# --- the power ---

class Nothing:
    """Chance that keeps nothing of what it may lose."""

    @staticmethod
    def random():
        return 0


def the_disk_forgets():
    path = os.path.join(IMAGE.folder, 'small')
    with open(path, 'wb') as file:
        file.write(bytes(3 * disk.SECTOR))
    small = disk.Disk(path)
    small.write(0, b'a' * disk.SECTOR, True)
    small.write(0, b'b' * disk.SECTOR * 2, False)
    small.write(disk.SECTOR, b'c' * disk.SECTOR * 2, False)
    tap.equal(small.forget(Nothing), (4, 4), 'sectors')
    small.close()
    with open(path, 'rb') as file:
        tap.equal(file.read(), b'a' * disk.SECTOR + bytes(2 * disk.SECTOR), 'what stays')


class Lane:
    """A machine whose power is cut again and again, and what was seen of it."""

    def __init__(self, server, box):
        self.server, self.box = server, box
        self.figures = collections.Counter()
        self.doubted = collections.Counter()  # boots that found a message in doubt

    def problems(self):
        """What the database says of each delivery against what the server took."""
        taken, found = ids(self.server), []
        rows = query(self.box, 'SELECT message_id AS id, state, doubts FROM delivery d'
                               ' JOIN message m ON m.id=d.message')
        for row in rows:
            copies = taken.pop(row['id'], 0)
            if copies > 1 + self.doubted[row['id']]:
                found.append(f'{copies} copies: {row}')
            if copies and row['state'] not in ('sent', 'in doubt') and not row['doubts']:
                found.append(f'it was taken, and nobody knows: {row}')
            if not copies and row['state'] == 'sent':
                found.append(f'it was not taken: {row}')
            if row['state'] == 'in doubt' or row['doubts']:
                self.doubted[row['id']] += 1
                self.figures['found in doubt'] += 1
            self.figures['found queued or attempting'] += row['state'] in ('queued', 'attempting')
        return found + [f'taken, and not on record: {one}' for one in taken]

    def look(self):
        """After a boot, before the service starts; the command is the first to open the database."""
        states = outbox(self.box)
        tap.equal(query(self.box, 'PRAGMA integrity_check'), [{'integrity_check': 'ok'}], 'integrity')
        tap.equal(query(self.box, 'PRAGMA foreign_key_check'), [], 'references')
        problems = self.problems()
        tap.check(not problems, '\n'.join(problems))
        counted = query(self.box, 'SELECT state, count(*) AS n FROM delivery GROUP BY state')
        tap.equal({name: n for name, n in states.items() if n},
                  {row['state'].replace(' ', '_'): row['n'] for row in counted}, 'what nudge status says')

    def furnish(self):
        names = [f'd{number}' for number in range(DIGESTS)]
        self.box.write('/etc/nudged/nudged.conf', configuration(self.server, '*:0/15', names))
        self.box.run('nudge add Anna Schmidt --birthday 28.3.1984 && sync')

    def go_until_the_cut(self, seed):
        """Slots come and mails leave; the power goes somewhere amid it. Returns where, in words."""
        chance = random.Random(seed)
        step = chance.choice(('mail', 'rcpt', 'data', 'dot'))
        number = chance.randrange(1, 4 * DIGESTS)
        end = self.server.counts[step] + number
        self.box.run('systemctl start nudged')
        self.box.run('systemd-run -q bash -c "for i in {1..%d}; do date -s 15min; sleep 1; done"' % JUMPS)
        self.box.wait(lambda: self.server.wait(lambda: self.server.counts[step] >= end, 2), 'mails')
        time.sleep(chance.uniform(0, 0.3))
        lost, unflushed = self.box.cut(chance)
        self.figures.update({'cuts': 1, 'sectors lost': lost, 'sectors unflushed': unflushed})
        tap.check(self.server.wait(lambda: not self.server.sessions), 'a connection stays')
        return f'seed {seed}, {step} {number}, {lost} of {unflushed} sectors lost'

    def settle(self):
        """Without another cut: all is sent, or withdrawn for a newer one."""
        self.box.run('systemctl start nudged')
        self.box.set_clock(f'{HOURS} hours 5 minutes')
        self.box.wait(lambda: settled(self.box), 'all is settled')
        self.look()
        tap.equal(outbox(self.box)['refused'], 0, 'refused')
        claims = query(self.box, 'SELECT digest, slot, from_day, to_day FROM claim'
                                 ' ORDER BY digest, slot')
        for one, next_one in zip(claims, claims[1:]):
            if one['digest'] == next_one['digest']:
                tap.equal(one['to_day'], next_one['from_day'], f'the cover after {one}')
        taken = ids(self.server)
        self.figures.update({'slots claimed': len(claims), 'mails': len(taken),
                             'second copies': sum(taken.values()) - len(taken)})


def cut_again_and_again(image, number, seeds):
    """Takes one seed after the other, which other machines take from too."""
    begin = datetime.datetime(2027, 3, 27, 20)  # a change of the hour is on the way
    with Receiver(rules=['dot=slow:0.01']) as server, machine.Machine(image, f'lane-{number}') as box:
        lane = Lane(server, box)
        box.boot(begin.isoformat())
        lane.furnish()
        for boot, seed in enumerate(seeds, 1):
            where = lane.go_until_the_cut(seed)
            box.boot((begin + datetime.timedelta(hours=HOURS * boot)).isoformat())
            lane.look()
            tap.diagnose('the promise held: ' + where)
        lane.settle()
        tap.equal(server.complaints, [], 'what the server minded')
    return lane.figures


def the_power_is_cut():
    seeds = iter(range(SEED, SEED + CUTS))
    with concurrent.futures.ThreadPoolExecutor(LANES) as pool:
        lanes = [pool.submit(cut_again_and_again, IMAGE, number, seeds) for number in range(LANES)]
        figures = sum((lane.result() for lane in lanes), collections.Counter())
    tap.diagnose(', '.join(f'{name}: {n}' for name, n in figures.items()))
    tap.check(figures['sectors unflushed'], 'the disk had nothing to forget')


# --- the clock ---

class Nights:
    """A service with a digest at half past two, in Berlin; what it sent is counted."""

    def __init__(self, server, box):
        self.server, self.box = server, box
        self.slots = []

    def begin(self, name='night'):
        self.box.write('/etc/nudged/nudged.conf', configuration(self.server, '*-*-* 02:30', [name]))
        self.box.run('nudge add Anna Schmidt --birthday 29.2.1984')
        self.box.run('systemctl start nudged')
        self.mail('Welcome')

    def mail(self, words):
        """The next one; returns its subject."""
        number = len(self.slots) + 1
        self.box.wait(lambda: self.server.wait(lambda: len(self.server.messages) >= number, 2),
                      f'mail {number}, for {words}')
        subject = re.search(rb'^Subject: (.*?)\r?\n(?! )', self.server.messages[number - 1].data,
                            re.MULTILINE | re.DOTALL)[1].decode()
        self.slots.append((words, subject))
        return subject

    def set(self, text, *slots):
        """Sets the clock, and waits for a mail for each of the slots that follow from it."""
        self.box.set_clock(text)
        for slot in slots:
            self.mail(slot)

    def claimed(self):
        """All slots but the welcome's, as the clock of Berlin shows them."""
        rows = query(self.box, 'SELECT slot FROM claim ORDER BY slot')
        return [self.box.run(f'TZ=Europe/Berlin date -d @{row["slot"]} "+%F %T %Z"') for row in rows[1:]]


def the_clock_is_set():
    with Receiver() as server, machine.Machine(IMAGE, 'clock') as box:
        box.boot('2027-02-27T12:00:00')
        nights = Nights(server, box)
        nights.begin()
        # No leap year: the day before. Back, and forth again: once.
        nights.set('2027-02-28 02:29:56 +01', '2027-02-28 02:30:00 CET')
        tap.contains(nights.slots[-1][1], 'Anna', 'the birthday in a year without its day')
        nights.set('2027-02-27 23:00:00 +01')
        nights.set('2027-02-28 02:29:58 +01')
        # A gap: at its end. What was missed before it comes first.
        nights.set('2027-03-28 01:59:50 +01', '2027-03-27 02:30:00 CET', '2027-03-28 03:00:00 CEST')
        nights.set('2027-03-28 01:59:50 +01')
        # An overlap: the first time only.
        nights.set('2027-10-31 02:29:50 +02', '2027-10-30 02:30:00 CEST', '2027-10-31 02:30:00 CEST')
        nights.set('2027-10-31 02:29:58 +01')
        nights.set('2028-02-28 02:29:50 +01', '2028-02-27 02:30:00 CET', '2028-02-28 02:30:00 CET')
        tap.check('Anna' not in nights.slots[-1][1], 'a birthday on the day before')
        nights.set('2028-02-29 02:29:56 +01', '2028-02-29 02:30:00 CET')
        tap.contains(nights.slots[-1][1], 'Anna', 'the birthday on its day')
        nights.set('2028-02-28 12:00:00 +01')
        nights.set('2028-03-01 02:29:56 +01', '2028-03-01 02:30:00 CET')
        tap.check('Anna' not in nights.slots[-1][1], 'a birthday on the day after')
        tap.equal(nights.claimed(), [slot for slot, _ in nights.slots[1:]], 'the slots')
        # Far back: it is waited for, and said.
        nights.set('2028-02-20 02:29:58 +01')
        box.wait(lambda: 'the clock says 2028-02-20' in box.run('nudge status'), 'a word about the clock')
        box.wait(lambda: 'the clock is not believed yet' in box.run('systemctl show -P StatusText nudged'),
                 "a word in the unit's status line")
        tap.equal((len(server.messages), max(ids(server).values())), (len(nights.slots), 1), 'mails')


# --- memory ---

def the_memory_is_limited():
    with Receiver() as server, machine.Machine(IMAGE, 'memory') as box:
        box.boot('2027-02-27T12:00:00')
        box.write('/etc/systemd/system/nudged.service.d/test.conf',
                  '[Service]\nMemoryMax=32M\nMemorySwapMax=0\nRestartSec=1\n')
        box.run('systemctl daemon-reload')
        nights = Nights(server, box)
        nights.begin()
        nights.set('2027-02-28 02:29:58 +01', '2027-02-28 02:30:00 CET')
        group = '/sys/fs/cgroup/system.slice/nudged.service'
        tap.contains(box.run(f'cat {group}/memory.events'), 'oom_kill 0', 'what the kernel counted')
        tap.diagnose('at most ' + box.run(f'cat {group}/memory.peak') + ' bytes, of 32 MiB')
        # Too little for its sender, or for itself: killed by the kernel, restarted, nothing twice.
        box.run('systemctl set-property --runtime nudged MemoryMax=1M', None)
        box.set_clock('2027-03-01 02:30:01 +01')
        box.wait(lambda: 'oom' in box.run('journalctl -b --no-pager -o cat -u nudged').lower(),
                 'the kernel kills')
        box.run('systemctl set-property --runtime nudged MemoryMax=32M; systemctl reset-failed nudged;'
                ' systemctl start nudged')
        box.set_clock('5 hours')
        box.wait(lambda: settled(box) and query(
            box, 'SELECT 1 FROM claim WHERE slot >= 1803864600'), 'the digest after it')
        tap.equal(query(box, 'PRAGMA integrity_check'), [{'integrity_check': 'ok'}], 'integrity')
        tap.equal(outbox(box)['sent'], len(ids(server)), 'mails')
        tap.equal(max(ids(server).values()), 1, 'copies')


missing = machine.why_not()
if missing:
    tap.skip_all(missing)
with machine.Image(tap.build_path('tests/long/machine')) as IMAGE:
    tap.run(the_disk_forgets, the_clock_is_set, the_memory_is_limited, the_power_is_cut)
