# SPDX-License-Identifier: MIT
"""The promise of the outbox where the service or the sender is killed, or the power goes, before any of
the system calls of a whole digest: from the slot that is claimed to the mail that is recorded as sent.

A sample of them; all with NUDGED_FAULTS=all. The power goes on a file system of its own, which only
root can make.
"""

import concurrent.futures
import contextlib
import ctypes
import os
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import promise  # noqa: E402
import tap  # noqa: E402
from programs import NUDGED, Home  # noqa: E402
from smtpd import Receiver  # noqa: E402

EVE = '2026-11-22T12:00:00+01:00'
SLOT = '2026-11-23T07:00:00+01:00'
LATER = '2026-11-23T12:00:00+01:00'  # after the longest wait between two tries
REAPER = tap.build_path('tests/lib/reaper')
ALL = os.environ.get('NUDGED_FAULTS') == 'all'
SAMPLE = 24
SKIP, KILLED = 77, 137  # statuses of the reaper
DISK = 12 * 1024 * 1024
CLONE_NEWNS = 0x20000  # linux/sched.h


def ids(server):
    return [next(line for line in message.data.split(b'\r\n') if line.startswith(b'Message-ID:'))
            for message in server.messages]


def prepared():
    """A home whose welcome was sent, and with a birthday at SLOT; the state to begin with is `kept`."""
    home = Home()
    home.now = EVE
    with Receiver() as server:
        home.configure(port=server.port)
        home.nudge('add', 'Anna', '--birthday', '23.11.1984')
        home.once(EVE)
    shutil.copytree(home.path('data'), home.path('kept', 'data'))
    return home


def reap(home, name, at, power=None):
    """One digest under the reaper; the status of the service, and how many calls there were."""
    argv = [REAPER, '-p', name, '-n', str(at), '-c', home.path('count'), *(['-x', power] if power else []),
            NUDGED, '--once', '--now', SLOT]
    # A leak cannot be looked for by a process that is traced.
    env = {**home.env, 'ASAN_OPTIONS': home.env.get('ASAN_OPTIONS', '') + ':detect_leaks=0'}
    result = subprocess.run(argv, env=env, timeout=120, capture_output=True, encoding='utf-8')
    tap.check('Sanitizer' not in result.stderr, result.stderr)
    if result.returncode == SKIP:
        raise tap.Skipped(f'nothing can be traced, or cut off, here: {result.stderr.strip()}')
    return result.returncode, int(home.read('count'))


def last_state(home, now):
    """Of the digest of SLOT: the state of its delivery, None where it was not claimed."""
    home.now = now
    outbox = home.outbox()
    tap.equal(outbox.get('sent', 0) >= 1, True, f'the welcome: {outbox}')
    outbox['sent'] -= 1
    rest = [state for state, n in outbox.items() for _ in range(n)]
    tap.check(len(rest) <= 1, f'several: {outbox}')
    return rest[0] if rest else None


def settle(home, server, now):
    """What stands there after the fault, what comes of it; returns a problem or None."""
    tap.check(server.wait(lambda: not server.sessions), 'a connection stays')
    taken, state = len(server.messages), last_state(home, now)
    broken = promise.broken(home.database, [server], SLOT)
    home.once(now)
    copies, end = len(server.messages), last_state(home, now)
    what = f'{taken} taken, {state}; then {copies} copies, {end}'
    broken += promise.broken(home.database, [server], SLOT)
    if broken:
        return f'{what}: the promise: {broken}'
    if taken and state not in ('in_doubt', 'sent'):
        return f'it was taken, and nobody knows: {what}'
    if not taken and state == 'sent':
        return f'it was not taken: {what}'
    if end != 'sent' or len(set(ids(server))) != 1 or server.complaints:
        return f'{what} {ids(server)} {server.complaints}'
    if copies > (2 if taken and state == 'in_doubt' else 1):
        return f'a copy too many: {what}'
    return None


class Place(Home):
    """A home with the state of another to begin with, on a disk of its own if need be."""

    def __init__(self, kept, disk=None):
        super().__init__()
        self.disk = disk
        if not disk:
            shutil.copytree(kept.path('kept', 'data'), self.path('data'))
            return
        subprocess.run(['cp', '--sparse=always', disk, self.path('disk')], check=True)
        os.mkdir(self.path('data'), 0o700)
        self.mount()

    def mount(self):
        result = subprocess.run(['mount', '-o', 'loop', self.path('disk'), self.path('data')],
                                capture_output=True, encoding='utf-8')
        if result.returncode:
            raise tap.Skipped(f'nothing can be mounted here: {result.stderr.strip()}')

    def unmount(self):
        subprocess.run(['umount', self.path('data')], check=True)

    def __exit__(self, *arguments):
        if self.disk:
            subprocess.run(['umount', '-q', self.path('data')], check=False)
        super().__exit__(*arguments)


def try_kill(kept, name, at, disk=None):
    """Returns a problem or None."""
    with Receiver() as server, Place(kept, disk) as home:
        home.configure(port=server.port)
        status, number = reap(home, name, at, home.path('data') if disk else None)
        if number < at:
            return None  # some calls more or less: how replies come in differs
        if disk:
            home.unmount()
            home.mount()
        expected = (KILLED,) if disk or name == 'nudged' else (0, 75)
        problem = f'the status {status}' if status not in expected else \
            settle(home, server, SLOT if expected[0] else LATER)
    return f'{name} at {at}: {problem}' if problem else None


def try_all(name, disk=None):
    with contextlib.ExitStack() as stack:
        kept = stack.enter_context(prepared())
        if disk:
            disk(kept)
        server = stack.enter_context(Receiver())
        with Place(kept) as home:
            home.configure(port=server.port)
            status, number = reap(home, name, 0)
        tap.equal((status, len(server.messages)), (0, 1), 'without a fault')
        step = 1 if ALL else max(1, number // SAMPLE)
        points = range(1, number + 1, step)
        image = kept.path('disk') if disk else None
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            problems = [text for text in pool.map(lambda at: try_kill(kept, name, at, image), points) if text]
    tap.check(not problems, '\n'.join(problems))
    tap.diagnose(f'{number} calls, {len(points)} faults')


def the_service_killed_at_any_call():
    try_all('nudged')


def the_sender_killed_at_any_call():
    try_all('nudged-send')


def make_disk(kept):
    """A file system that holds what is kept."""
    with open(kept.path('disk'), 'wb') as file:
        file.truncate(DISK)
    os.chmod(kept.path('kept', 'data'), 0o700)
    result = subprocess.run(['mke2fs', '-q', '-t', 'ext4', '-F', '-d', kept.path('kept', 'data'),
                             kept.path('disk')], capture_output=True, encoding='utf-8')
    tap.equal(result.returncode, 0, f'mke2fs: {result.stderr}')


def the_power_goes_at_any_call():
    if os.geteuid() != 0 or not shutil.which('mke2fs') or not shutil.which('mount'):
        raise tap.Skipped('only root can make a file system to cut off')
    # Of our own: whoever else copies the host's mounts would keep ours from ending.
    if ctypes.CDLL(None).unshare(CLONE_NEWNS) < 0 or \
            subprocess.run(['mount', '--make-rprivate', '/'], capture_output=True).returncode:
        raise tap.Skipped('no mounts of our own can be made here')
    try_all('nudged', make_disk)


tap.run(the_service_killed_at_any_call, the_sender_killed_at_any_call, the_power_goes_at_any_call)
