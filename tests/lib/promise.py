# SPDX-License-Identifier: MIT
"""The promise of the outbox (doc/TESTING.md), held against what a mail server has really taken.

    promise.broken(home.database, servers, since=SLOT)  # a list of sentences, empty where it is kept
    promise.keep(home, server, since=SLOT)              # fails where it is not
"""

import collections
import contextlib
import datetime
import sqlite3

import tap


def taken(servers):
    """How many copies of each message each recipient's server has taken."""
    copies = collections.Counter()
    for server in servers:
        for message in server.messages:
            lines = message.data.split(b'\r\n')
            name = next((line for line in lines if line.lower().startswith(b'message-id:')), b':').split(b':', 1)[1]
            copies.update((name.strip().decode(), recipient) for recipient in message.recipients)
    return copies


def deliveries(database):
    with contextlib.closing(sqlite3.connect(f'file:{database}?mode=ro', uri=True, timeout=30)) as book:
        return book.execute('SELECT m.message_id, d.recipient, m.composed_at, d.state, d.doubts, d.error'
                            ' FROM message m LEFT JOIN delivery d ON d.message=m.id').fetchall()


def judge(state, doubts, error, copies):
    """What is wrong with a delivery of which so many copies were taken; None where nothing is."""
    most = {'sent': 1 + (doubts or 0), 'in doubt': doubts, 'refused': doubts}.get(state, 0)
    if state is None:
        return 'has nobody to go to'
    if state == 'sent' and not copies:
        return 'is sent, and was never taken'
    if copies > most:
        return f'is {state}, with {doubts} doubts, and was taken {copies} times'
    if state == 'refused' and not error:
        return 'is refused, and nobody knows why'
    return None


def broken(database, servers, since):
    """Of all that was written since then: what of it is not as it says, and what was taken that it does not know."""
    since = datetime.datetime.fromisoformat(since).timestamp()
    copies, problems = taken(servers), []
    for message, recipient, composed, state, doubts, error in deliveries(database):
        found = copies.pop((message, recipient), 0)
        problem = judge(state, doubts, error, found) if composed >= since else None
        if problem:
            problems.append(f'{message} for {recipient} {problem}')
    return problems + [f'{name} for {recipient} was taken, and is not known' for name, recipient in copies]


def keep(home, *servers, since):
    problems = broken(home.database, servers, since)
    tap.check(not problems, f'the promise: {problems}')
