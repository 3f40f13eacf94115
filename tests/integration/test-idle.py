# SPDX-License-Identifier: MIT
"""The service while there is nothing to do: what it waits for, what it has loaded, what memory it keeps."""

import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import tap  # noqa: E402
from programs import NUDGED, Home, wait_for  # noqa: E402
from smtpd import Receiver  # noqa: E402
from warp import Warp  # noqa: E402

EVE = '2026-11-22T12:00:00+01:00'
NETWORK = ('curl', 'ssl', 'crypto', 'gnutls', 'krb5', 'nghttp')  # what only nudged-send may load
KEPT_KIB = 900
BURST = 40
WEEK = 7 * 24
YEAR = 366 * 24 * 3600
with open(NUDGED, 'rb') as program:
    SANITIZED = b'__asan_init' in program.read()  # whose memory is its own affair


class Unit(Home):
    """With the environment that the units give the service."""

    def __init__(self):
        super().__init__()
        self.env['GLIBC_TUNABLES'] = 'glibc.malloc.tcache_count=0'


def read(process, name):
    with open(f'/proc/{process.pid}/{name}', encoding='utf-8', errors='replace') as file:
        return file.read()


def timers(process):
    """Seconds until each timer that is set goes off."""
    found = []
    for fd in os.listdir(f'/proc/{process.pid}/fdinfo'):
        try:
            match = re.search(r'it_value: \((\d+), (\d+)\)', read(process, f'fdinfo/{fd}'))
        except FileNotFoundError:
            continue
        # One is set for the end of days: it only notices that the clock is set.
        if match and match.groups() != ('0', '0') and int(match[1]) < YEAR:
            found.append(int(match[1]))
    return found


def rests(process):
    """It sleeps until something happens, and no sender is there."""
    children = read(process, f'task/{process.pid}/children').split()
    return not children and read(process, 'stat').rsplit(')', 1)[1].split()[0] == 'S'


def kept_kib(process):
    """Memory that is nobody else's and stands in no file."""
    return int(re.search(r'Anonymous:\s+(\d+)', read(process, 'smaps_rollup'))[1])


def check_kept(process, when):
    if SANITIZED:
        return
    wait_for(lambda: rests(process) and kept_kib(process) <= KEPT_KIB,
             f'{when}: {KEPT_KIB} KiB at most, of {kept_kib(process)}')
    tap.diagnose(f'{when}: {kept_kib(process)} KiB')


def it_waits_for_the_next_slot_alone_and_has_nothing_of_the_network():
    with Receiver() as server, Unit() as home:
        home.now = EVE
        home.configure(port=server.port)
        home.nudge('add', 'Anna', '--birthday', '23.11.1984')
        home.once(EVE)
        with home.service(EVE) as service:
            service.runs()
            # What the commands have changed so far is looked at first.
            wait_for(lambda: rests(service.process) and min(timers(service.process), default=0) > 0,
                     'a slot is waited for')
            (seconds,) = timers(service.process)
            tap.check(18 * 3600 < seconds <= 19 * 3600, f'it wakes up in {seconds} s')
            loaded = read(service.process, 'maps')
            tap.contains(loaded, 'libsqlite3', 'what is loaded')
            for name in NETWORK:
                tap.check(f'/lib{name}' not in loaded, f'lib{name} is loaded')
            check_kept(service.process, 'at rest')
            tap.equal(service.end(), 0, 'the status')


def a_burst_of_mails_leaves_nothing_behind():
    digests = [{'more': 'lead_days = 0;'} for _ in range(BURST)]
    with Receiver() as server, Unit() as home:
        home.now = EVE
        home.configure(port=server.port, digests=digests)
        for name in ('Anna', 'Ben', 'Cem'):
            home.nudge('add', name, '--birthday', '22.11.1984')
        with Warp(home, speed=60) as warp, warp.service(EVE) as service:
            tap.check(server.wait(lambda: len(server.messages) == BURST), f'{len(server.messages)} came')
            wait_for(lambda: rests(service.process), 'the sender ends')
            check_kept(service.process, f'after {BURST} mails')
            tap.equal(service.end(), 0, 'the status')


def a_week_of_slots_leaves_nothing_behind():
    with Receiver() as server, Unit() as home:
        home.now = EVE
        home.configure(port=server.port, digests=[{'cadence': '*-*-* *:00'}])
        home.nudge('add', 'Anna', '--birthday', '26.11.1984')
        with Warp(home, speed=36000) as warp, warp.service(EVE) as service:
            wait_for(lambda: service.log().count('digest d: nothing to tell') >= WEEK, 'slots', 120)
            check_kept(service.process, f'after {WEEK} slots')
            tap.equal(service.end(), 0, 'the status')


tap.run(it_waits_for_the_next_slot_alone_and_has_nothing_of_the_network,
        a_burst_of_mails_leaves_nothing_behind, a_week_of_slots_leaves_nothing_behind)
