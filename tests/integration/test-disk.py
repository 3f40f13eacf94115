# SPDX-License-Identifier: MIT
"""The service on a disk of its own that is full or read-only when it starts, and an older copy of its database."""

import contextlib
import ctypes
import email
import email.policy
import os
import shutil
import signal
import sqlite3
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import tap  # noqa: E402
from programs import Home, wait_for  # noqa: E402
from smtpd import Receiver  # noqa: E402

NOW = '2026-11-23T08:00:00+01:00'
LATER = '2026-11-24T08:00:00+01:00'
AFTER = '2026-11-25T08:00:00+01:00'
ALWAYS = {'more': 'lead_days = 0; send_empty = true;'}
CLONE_NEWNS = 0x20000


def parse(message):
    return email.message_from_bytes(message.data, policy=email.policy.default)


def text_of(message):
    return ' '.join(parse(message).get_body(('plain',)).get_content().split())


class Disk(Home):
    """A home whose state folder is a small disk."""

    def __enter__(self):
        os.makedirs(self.path('data'), mode=0o700, exist_ok=True)
        self.mount('-t', 'tmpfs', '-o', 'size=40m,mode=0700', 'tmpfs')
        return self

    def mount(self, *arguments):
        result = subprocess.run(['mount', *arguments, self.path('data')], capture_output=True, encoding='utf-8')
        if result.returncode:
            raise tap.Skipped(f'nothing can be mounted here: {result.stderr.strip()}')

    def may_be_written(self, may):
        self.mount('-o', 'remount,' + ('rw' if may else 'ro'))

    def fill(self):
        """Neither on the disk nor within the database is any room left."""
        with contextlib.closing(sqlite3.connect(self.database)) as book:
            book.execute('VACUUM')
        with open(self.path('data', 'filling'), 'wb', buffering=0) as file:
            try:
                while file.write(bytes(65536)):
                    pass
            except OSError:
                return

    def __exit__(self, *arguments):
        for service in self.services:
            service.kill()
        subprocess.run(['umount', '-q', self.path('data')], check=False)
        super().__exit__(*arguments)


def need_mounts():
    if os.geteuid() != 0 or not shutil.which('mount'):
        raise tap.Skipped('only root can make a disk of its own')
    # Of our own: whoever else copies the host's mounts would keep ours from ending.
    if ctypes.CDLL(None).unshare(CLONE_NEWNS) < 0 or \
            subprocess.run(['mount', '--make-rprivate', '/'], capture_output=True).returncode:
        raise tap.Skipped('no mounts of our own can be made here')


def states(home):
    return home.json('status')['running'], ' '.join(error['text'] for error in home.json('status')['errors'])


def a_disk_that_is_read_only_is_waited_for(first):
    """`first`: without a database, or with one that was used before."""
    need_mounts()
    with Receiver() as server, Disk() as home:
        home.configure(port=server.port, digests=[ALWAYS])
        if not first:
            home.once(NOW)
        home.may_be_written(False)
        with home.service(LATER) as service:
            service.says('Read-only' if first else 'its disk is read-only')
            if not first:
                home.now = LATER
                running, errors = states(home)
                tap.check(running, 'it is not said to run')
                tap.contains(errors, 'is read-only', 'status')
                tap.contains(home.run('doctor').stdout, 'is read-only', 'doctor')
                tap.contains(home.once(LATER, status=75), 'another nudged', 'a second one')
            tap.equal(len(server.messages), 0 if first else 1, 'mails')
            # By itself it looks once a minute: this is the same look.
            home.may_be_written(True)
            service.signal(signal.SIGHUP)
            tap.check(server.wait(lambda: len(server.messages) == (1 if first else 2)), service.log())
            service.says('can be used again')
            home.now = LATER
            wait_for(lambda: states(home) == (True, ''), 'nothing is wrong any more')
            tap.equal(service.end(), 0, 'the status')


def on_a_read_only_disk_at_first():
    a_disk_that_is_read_only_is_waited_for(True)


def on_a_read_only_disk_later():
    a_disk_that_is_read_only_is_waited_for(False)


def once_waits_for_no_disk():
    need_mounts()
    with Receiver() as server, Disk() as home:
        home.configure(port=server.port, digests=[ALWAYS])
        home.once(NOW)
        home.may_be_written(False)
        tap.contains(home.once(LATER, status=74), 'its disk is read-only', 'why')
        tap.contains(home.nudge('add', 'Anna', status=74), 'its disk is read-only', 'add')


def a_full_disk_is_told_from_its_beginning():
    """Over two services, as after a restart amid it."""
    need_mounts()
    with Receiver() as server, Disk() as home:
        home.configure(port=server.port, digests=[ALWAYS])
        home.once(NOW)
        with contextlib.closing(sqlite3.connect(home.database)) as database:
            database.execute('VACUUM')  # it may have free pages, into which something could still be written
        home.fill()
        with home.service(LATER) as service:
            service.says('the disk is full')
            tap.equal(service.end(), 0, 'the status')
        with home.service(AFTER) as service:
            service.says('the disk is full')
            home.now = AFTER
            tap.contains(states(home)[1], 'full', 'status')
            tap.equal(len(server.messages), 1, 'mails')
            os.unlink(home.path('data', 'filling'))
            service.signal(signal.SIGHUP)
            tap.check(server.wait(lambda: len(server.messages) == 2), service.log())
        tap.contains(text_of(server.messages[1]),
                     'From 24 November 2026, 08:00 until 25 November 2026, 08:00', 'the mail')


# --- an older copy ---

def put_back(home, copy, in_place):
    """By other means than `nudge restore`: over the file that is open, or in its place."""
    if in_place:
        with open(copy, 'rb') as old, open(home.database, 'r+b') as file:
            data = old.read()
            file.write(data)
            file.truncate(len(data))
    else:
        shutil.copy(copy, home.path('new'))
        os.rename(home.path('new'), home.database)


def message_ids(server):
    return [parse(message)['Message-ID'] for message in server.messages]


def an_older_copy_gets_no_mail():
    for running in True, False:
        with Receiver() as server, Home() as home:
            home.configure(port=server.port, digests=[ALWAYS])
            home.once(NOW)
            copy = home.path('copy.db')
            home.nudge('backup', copy)
            home.once(LATER)
            tap.equal(len(server.messages), 2, 'mails')
            if running:
                with home.service(LATER) as service:
                    service.runs()
                    put_back(home, copy, True)
                    service.says('is an older copy')
                    home.now = LATER
                    running, errors = states(home)
                    tap.check(running, 'it ended')
                    tap.equal(errors.count('is an older copy'), 1, errors)
                    tap.contains(home.nudge('send', status=65), 'is an older copy', 'send')
                    # Other changes do not make it newer.
                    tap.contains(home.nudge('add', 'Otto'), 'is an older copy', 'add')
                    tap.contains(home.nudge('--json', 'status'), 'is an older copy', 'status')
                    tap.equal(service.end(), 0, 'the status')
            else:
                put_back(home, copy, False)
            home.now = LATER
            tap.contains(home.once(LATER, status=65), 'is an older copy', 'the service')
            tap.contains(home.nudge('status'), 'is an older copy', 'status')
            doctor = home.run('doctor')
            newest = home.path('data', 'backups', 'n-2026-11-24.db')
            tap.contains(doctor.stdout, f"nudge restore '{newest}'", 'doctor')
            tap.check(doctor.returncode, 'doctor says that all is well')
            tap.contains(home.nudge('status'), f"or the latest backup: `nudge restore '{newest}'`", 'status')
            os.unlink(newest)
            own = f"nudge restore '{home.database}'"
            tap.contains(home.run('doctor').stdout, own, 'doctor, where the copy is older than this')
            tap.contains(home.nudge('status'), f'or take it as it is: `{own}`', 'status')
            tap.equal(len(server.messages), 2, 'mails')
            home.nudge('restore', home.database, '--yes')
            home.once(LATER)
            tap.equal(states(home), (False, ''), 'after the command that it names')
            home.once(AFTER)
            tap.equal(len(set(message_ids(server))), len(server.messages), 'Message-IDs')
            tap.contains(text_of(server.messages[-1]), 'is an older copy', 'the next mail')


def the_right_one_put_back_is_gone_on_with():
    with Receiver() as server, Home() as home:
        home.configure(port=server.port, digests=[ALWAYS])
        home.once(NOW)
        shutil.copy(home.database, home.path('old.db'))
        home.once(LATER)
        shutil.copy(home.database, home.path('right.db'))
        with home.service(LATER) as service:
            service.runs()
            put_back(home, home.path('old.db'), True)
            service.says('is an older copy')
            put_back(home, home.path('right.db'), True)
            service.says('can be used again')
            tap.equal(service.end(), 0, 'the status')


tap.run(on_a_read_only_disk_at_first, on_a_read_only_disk_later, once_waits_for_no_disk,
        a_full_disk_is_told_from_its_beginning, an_older_copy_gets_no_mail,
        the_right_one_put_back_is_gone_on_with)
