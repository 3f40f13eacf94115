# SPDX-License-Identifier: MIT
"""Copies of the book as a person and the service make them, and the way back."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import tap  # noqa: E402
from programs import Home  # noqa: E402
from smtpd import Receiver  # noqa: E402

NOW = '2026-11-23T07:30:00+01:00'


def names(home):
    return [person['name'] for person in home.json('list')]


def a_copy_and_the_way_back():
    with Home() as home:
        home.configure()
        home.now = NOW
        home.nudge('add', 'Anna')
        copy = home.path('a copy.db')
        tap.contains(home.nudge('backup', copy), copy, 'what it says')
        tap.contains(home.nudge('backup', copy, status=73), 'there already', 'the second one')
        home.nudge('add', 'Ben')
        tap.contains(home.nudge('restore', copy, status=1), '--yes', 'without a terminal')
        tap.contains(home.nudge('restore', copy, '--yes'), 'before-restore', 'where the other is')
        tap.equal(names(home), ['Anna'], 'after it')
        home.nudge('restore', home.path('data', 'backups', 'n-before-restore.db'), '--yes')
        tap.equal(sorted(names(home)), ['Anna', 'Ben'], 'and back again')
        home.nudge('restore', home.path('nudged.conf'), '--yes', status=65)
        home.nudge('restore', home.path('nothing.db'), '--yes', status=74)
        home.nudge('backup', status=64)
        tap.equal(sorted(names(home)), ['Anna', 'Ben'], 'after what is no copy')


def the_service_makes_one_a_day():
    with Receiver() as server, Home() as home:
        home.configure(port=server.port)
        for day in range(20, 30):
            home.once(f'2026-11-{day}T08:00:00+01:00')
        found = sorted(os.listdir(home.path('data', 'backups')))
        tap.equal(found, [f'n-2026-11-{day}.db' for day in range(23, 30)], 'the copies')
        for name in found:
            tap.equal(os.stat(home.path('data', 'backups', name)).st_mode & 0o777, 0o600, name)


def a_running_service_is_not_restored_under():
    with Receiver() as server, Home() as home:
        home.configure(port=server.port)
        with home.service(NOW) as service:
            service.says('backup')
            service.runs()
            copy = home.path('data', 'backups', 'n-2026-11-23.db')
            tap.contains(home.nudge('restore', copy, '--yes', status=75), 'stop it', 'the reason')


def a_restored_mail_is_in_doubt():
    with Receiver() as server, Home() as home:
        home.configure(port=1)
        home.once(NOW, status=75)
        copy = home.path('copy.db')
        home.nudge('backup', copy)
        home.configure(port=server.port)
        home.once('2026-11-23T08:30:00+01:00')
        tap.equal(len(server.messages), 1, 'mails')
        home.now = '2026-11-23T09:30:00+01:00'
        home.nudge('restore', copy, '--yes')
        tap.equal(home.outbox(), {'in_doubt': 1}, 'the outbox')
        home.once('2026-11-23T10:30:00+01:00')
        tap.equal(len({message.data.split(b'Message-ID:')[1].split(b'\r\n')[0]
                       for message in server.messages}), 1, 'Message-IDs')


def a_copy_that_cannot_be_made_is_told():
    with Receiver() as server, Home() as home:
        home.configure(port=server.port)
        home.nudge('add', 'Anna')
        home.write('data/backups', 'a file in the way')
        tap.contains(home.once(NOW), 'no backup was made', 'the log')
        tap.equal(len(server.messages), 1, 'mails, which go out all the same')
        home.now = NOW
        tap.contains(home.nudge('status'), 'no backup was made', 'status')
        os.unlink(home.path('data', 'backups'))
        home.once('2026-11-24T08:00:00+01:00')
        tap.equal(home.json('status')['errors'], [], 'errors, when it is mended')


tap.run(a_copy_and_the_way_back, the_service_makes_one_a_day,
        a_running_service_is_not_restored_under, a_restored_mail_is_in_doubt,
        a_copy_that_cannot_be_made_is_told)
