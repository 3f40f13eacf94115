# SPDX-License-Identifier: MIT
"""Two shards, each with a database of its own, behind one relay; one dies and is restored elsewhere."""

import contextlib
import os
import sqlite3
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import tap  # noqa: E402
from programs import NUDGED, Home  # noqa: E402
from smtpd import Receiver  # noqa: E402

EVE = '2026-11-22T12:00:00+01:00'
SLOT = '2026-11-23T07:00:00+01:00'
LATER = '2026-11-23T07:30:00+01:00'
NEXT = '2026-11-24T07:00:00+01:00'
MEMBERS = 4
REAPER = tap.build_path('tests/lib/reaper')
SKIP = 77


def shard(home, letter, port):
    home.configure(port=port, digests=[])
    home.now = EVE
    for k in range(MEMBERS):
        name = f'{letter}{k}'
        home.nudge('book', name, '--create')
        home.nudge('-b', name, 'add', f'Anna of {name}', '--birthday', '23.11.1984')
        home.nudge('-b', name, 'digest', 'add', name, '--to', f'{name}@example.org', '--timezone', 'Europe/Berlin',
                   '--cadence', '*-*-* 07:00', '--language', 'en', '--lead-days', '0')


def told(server, name):
    """The mails about the birthday that a member has, without the welcome."""
    return [m for m in server.messages if f'To: {name}@example.org'.encode() in m.data and
            f'Anna of {name}'.encode() in m.data and b'Welcome to nudged' not in m.data]


def kill_half_way(home):
    """As many calls as half of the slot takes."""
    argv = [REAPER, '-p', 'nudged', '-c', home.path('count'), '-n', '600', NUDGED, '--once', '--now', SLOT]
    env = {**home.env, 'ASAN_OPTIONS': home.env.get('ASAN_OPTIONS', '') + ':detect_leaks=0'}
    result = subprocess.run(argv, env=env, timeout=120, capture_output=True, encoding='utf-8')
    if result.returncode == SKIP:
        raise tap.Skipped(f'nothing can be traced here: {result.stderr.strip()}')
    return result.returncode


def restored(home, backup, port):
    home.configure(port=port, digests=[])
    home.now = LATER
    home.nudge('restore', backup, '--yes')


def a_shard_dies_in_its_slot():
    """From the backup of the evening before: the birthday is told the next morning, to whom it was not yet."""
    with Receiver() as server, Home() as a, Home() as b, Home() as elsewhere:
        shard(a, 'a', server.port)
        shard(b, 'b', server.port)
        a.once(EVE)
        b.once(EVE)
        backup = a.path('backup.db')
        a.nudge('backup', backup)
        kill_half_way(a)
        b.once(SLOT)
        restored(elsewhere, backup, server.port)
        elsewhere.once(LATER)
        for home in (elsewhere, b):
            home.once(NEXT)
        for k in range(MEMBERS):
            tap.check(told(server, f'a{k}'), f'what a{k} was to be told is lost')
            tap.equal(len(told(server, f'b{k}')), 1, f'the other shard goes on as if nothing was: b{k}')


def what_was_unsent_is_in_doubt_and_says_so():
    with Home() as a, Home() as elsewhere:
        with Receiver() as server:
            shard(a, 'a', server.port)
            a.once(EVE)
            port = server.port
        # The relay is away: the mails of the slot wait, and so they do in the backup.
        a.once(SLOT, status=75)
        backup = a.path('backup.db')
        a.nudge('backup', backup)
        with contextlib.closing(sqlite3.connect(a.database)) as book:
            waiting = {row[0] for row in book.execute("SELECT m.message_id FROM delivery d JOIN message m"
                                                      " ON m.id=d.message WHERE d.state='queued'")}
        tap.equal(len(waiting), MEMBERS, f'mails that wait for port {port}')
        with Receiver() as server:
            restored(elsewhere, backup, server.port)
            tap.equal(elsewhere.outbox().get('in_doubt'), MEMBERS, 'in doubt')
            tap.check(f'{MEMBERS} in doubt' in elsewhere.nudge('status'), 'and it says so')
            elsewhere.once('2026-11-23T12:00:00+01:00')
            ids = [next(line.split(b': ')[1].decode() for line in m.data.split(b'\r\n')
                        if line.startswith(b'Message-ID')) for m in server.messages]
            tap.equal(sorted(ids), sorted(waiting), 'sent once, under the same Message-ID')
            tap.equal(elsewhere.outbox().get('in_doubt'), None, 'in doubt in the end')


def a_member_moves():
    """Told once, wherever; also what a mail was to tell that never left."""
    with Home() as a, Home() as b:
        with Receiver() as server:
            shard(a, 'a', server.port)
            a.nudge('-b', 'a0', 'add', 'Ben Late', '--birthday', '24.11.1990')
            a.once(EVE)
            a.nudge('digest', 'pause', 'a1')
            a.once(SLOT)
            tap.equal((len(told(server, 'a0')), len(told(server, 'a1'))), (1, 0), 'before the move')
        a.once(NEXT, status=75)  # the relay is away: a0's second waits
        a.now = b.now = '2026-11-24T08:00:00+01:00'
        a.nudge('digest', 'pause', 'a0')
        with Receiver() as server:
            b.configure(port=server.port, digests=[])
            for name in ('a0', 'a1'):
                file = a.path(f'{name}.json')
                a.nudge('-b', name, 'export', file)
                b.nudge('book', name, '--create')
                if name == 'a0':
                    tap.contains(b.nudge('-b', name, 'import', file), 'paused', 'what is said')
                else:
                    told_of = b.json('-b', name, 'import', file)
                    tap.equal((told_of['digests'], told_of['digests_left']), (1, 0), 'what JSON says')
            b.once('2026-11-24T08:30:00+01:00')
            tap.equal(len(server.messages), 0, 'while they are paused')
            for name in ('a0', 'a1'):
                a.nudge('digest', 'remove', name, '--yes')
                b.nudge('digest', 'resume', name)
            b.once('2026-11-25T07:00:00+01:00')
            tap.equal(len(server.messages), 2, 'mails')
            tap.equal([len(told(server, name)) for name in ('a0', 'a1')], [0, 1], 'Anna, once')
            tap.check(any(b'Ben Late' in m.data and b'To: a0@' in m.data for m in server.messages), 'Ben is lost')
            tap.check(not any(b'Welcome to nudged' in m.data for m in server.messages), 'a second welcome')
            a.configure(port=server.port, digests=[])
            a.once('2026-11-26T07:00:00+01:00')
            tap.check(not any(b'To: a0@' in m.data or b'To: a1@' in m.data for m in server.messages[2:]), 'from both')


tap.run(a_member_moves, a_shard_dies_in_its_slot, what_was_unsent_is_in_doubt_and_says_so)
