# SPDX-License-Identifier: MIT
"""bench-members.py MEMBERS...: digests of many members of one database, all due at 07:00, to smtp-sink.

Prints what a digest costs with each number of members, as a ratio to the first: due, composed, in the outbox
with full durability, sent and recorded. The first morning brings the welcomes, the second what is due then.
"""

import contextlib
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

BUILD = os.path.abspath(os.environ['TOP_BUILDDIR'])
NUDGE = os.path.join(BUILD, 'nudge')
NUDGED = os.path.join(BUILD, 'nudged')
MORNINGS = ('2026-11-23T07:00:01+01:00', '2026-11-24T07:00:01+01:00')
ROOM = 1000  # numbers of contacts that each member has
PEOPLE = 20
CONNECTIONS = 50
CONFIG = '''database = "{database}";
smtp: {{ url = "smtp://127.0.0.1:{port}"; from = "nudged <nudged@example.org>"; tls = "none"; connections = {connections}; }};
digests: ( );
'''


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


class Bench:
    def __init__(self, folder, members):
        self.folder = folder
        self.members = members
        self.port = free_port()
        self.database = os.path.join(folder, 'data', 'nudged.db')
        self.env = {**os.environ, 'NUDGED_CONFIG': os.path.join(folder, 'nudged.conf'),
                    'LC_ALL': 'C.UTF-8'}
        with open(self.env['NUDGED_CONFIG'], 'w', encoding='utf-8') as out:
            out.write(CONFIG.format(database=self.database, port=self.port, connections=CONNECTIONS))
        os.chmod(self.env['NUDGED_CONFIG'], 0o600)

    def nudge(self, *arguments):
        subprocess.run([NUDGE, '--now', '2026-11-22T12:00:00+01:00', *arguments], env=self.env, check=True,
                       stdout=subprocess.DEVNULL)

    def fill(self):
        """One member by the command; the others are that one again."""
        for n in range(PEOPLE):
            day = 23 + n % 4 if n < 8 else 1 + n
            self.nudge('add', f'Person Number{n}', '--email', f'p{n}@example.org', '--org', f'Works {n}', '--city',
                       'Bonn', '--birthday', f'{day}.{11 if n < 8 else 6}.{1960 + n}', '--phone', f'+49 228 {n}00',
                       '--note', 'met at the fair, likes mountains', '--every', '6w', '--tag', 'friends')
            if n < 8:
                self.nudge('follow-up', f'p{n}@example.org', f'send the slides of {n}', '--on', f'{22 + n % 5}.11.2026')
        with contextlib.closing(sqlite3.connect(self.database)) as book:
            self.multiply(book)
            book.commit()

    def multiply(self, book):
        book.execute('CREATE TEMP TABLE member AS WITH RECURSIVE m(k) AS (SELECT 1 UNION ALL SELECT k+1 FROM m'
                     ' WHERE k<?) SELECT k, k+1 AS book FROM m', (self.members,))
        book.execute("INSERT INTO book (id, name) SELECT book, printf('m%06d', k) FROM member")
        for table in ('contact', 'contact_value', 'occasion', 'follow_up', 'keeping', 'touch', 'counter'):
            columns = [row[1] for row in book.execute(f'PRAGMA table_info({table})')]
            if table == 'touch':
                columns.remove('id')
            values = {'book': 'm.book', 'contact': f't.contact+m.k*{ROOM}'}
            if table == 'contact':
                values['id'] = f't.id+m.k*{ROOM}'
            book.execute(f'INSERT INTO {table} ({", ".join(columns)}) SELECT '
                         + ', '.join(values.get(column, f't.{column}') for column in columns)
                         + f' FROM member m CROSS JOIN (SELECT * FROM {table}) t')
        book.execute("INSERT INTO digest (name, cadence, timezone, since) SELECT printf('m%06d', k), '*-*-* 07:00',"
                     " 'Europe/Berlin', 0 FROM member")
        book.execute("INSERT INTO hosted (digest, book, settings, holds) SELECT g.id, m.book,"
                     " printf('to = [ \"%s@example.org\" ];\ncadence = \"*-*-* 07:00\";\ntimezone = \"Europe/Berlin\";\n"
                     "language = \"en\";\n', g.name), 0 FROM member m JOIN digest g ON g.name=printf('m%06d', m.k)")

    def size(self):
        return os.path.getsize(self.database)

    def morning(self, now):
        return Run([NUDGED, '--once', '--now', now], self.env)

    def deliveries(self):
        with contextlib.closing(sqlite3.connect(self.database)) as book:
            return dict(book.execute('SELECT state, count(*) FROM delivery GROUP BY state'))


class Run:
    """How long it took until the first and until the last mail; processor time and memory, with its sender."""

    def __init__(self, argv, env):
        self.first = None
        self.kib = 0
        self.start = time.monotonic()
        with subprocess.Popen(argv, stderr=subprocess.PIPE, env=env, encoding='utf-8') as process:
            reader = threading.Thread(target=self.read, args=(process.stderr,))
            reader.start()
            while reader.is_alive():
                self.kib = max(self.kib, self.memory(process.pid))
                reader.join(0.05)
            _, self.status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(self.status)
        self.seconds = time.monotonic() - self.start
        self.processor = usage.ru_utime + usage.ru_stime

    def read(self, lines):
        for line in lines:
            if self.first is None and re.search(r'\bsent$', line.rstrip()):
                self.first = time.monotonic() - self.start

    def memory(self, pid):
        """What belongs to the service and its children alone, and their share of the rest."""
        pids, total = [pid], 0
        for p in pids:
            with contextlib.suppress(OSError):
                with open(f'/proc/{p}/task/{p}/children', encoding='ascii') as f:
                    pids += [int(word) for word in f.read().split()]
                with open(f'/proc/{p}/smaps_rollup', encoding='ascii') as f:
                    total += int(re.search(r'^Pss:\s+(\d+)', f.read(), re.M)[1])
        return total


@contextlib.contextmanager
def sink(port):
    """smtp-sink takes everything and keeps nothing."""
    with subprocess.Popen([shutil.which('smtp-sink') or '/usr/sbin/smtp-sink', '-u', 'nobody', f'127.0.0.1:{port}',
                           '1024'] if os.getuid() == 0 else
                          [shutil.which('smtp-sink') or '/usr/sbin/smtp-sink', f'127.0.0.1:{port}', '1024'],
                          stderr=subprocess.DEVNULL) as process:
        try:
            time.sleep(0.3)
            yield
        finally:
            process.kill()


def main(numbers):
    first = None
    print('  members   morning    digests   seconds  digests/s   first  ms of processor  ratio  memory   database')
    for members in numbers:
        with tempfile.TemporaryDirectory() as folder:
            bench = Bench(folder, members)
            bench.fill()
            for number, now in enumerate(MORNINGS):
                with sink(bench.port):
                    run = bench.morning(now)
                found = bench.deliveries()
                sent = found.get('sent', 0) - number * members
                if set(found) != {'sent'} or sent != members:
                    sys.exit(f'{members} members: {found}, status {run.status}')
                each = run.processor * 1000 / sent
                first = first or {}
                first.setdefault(number, each)
                print(f'  {members:7}   {"second" if number else "first ":8} {sent:8} {run.seconds:9.2f} '
                      f'{sent / run.seconds:10.0f} {run.first or 0:7.2f} {each:16.3f} {each / first[number]:6.2f} '
                      f'{run.kib / 1024:6.1f}M {bench.size() / 2**20:9.0f}M', flush=True)


main([int(word) for word in sys.argv[1:]])
