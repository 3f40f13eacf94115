# SPDX-License-Identifier: MIT
"""The book under load and under the hammer: many commands at once, and commands that are killed.

A command is killed at each change that it makes to a file (tests/lib/killer.c), and as if the power
had gone with what was not synchronised. Afterwards what it was to do is there whole or not at all.
"""

import contextlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import tap  # noqa: E402
from programs import NUDGE, Home  # noqa: E402
from smtpd import Receiver  # noqa: E402

MONDAY = '2026-11-23T12:00:00+01:00'
WRITERS = 50
UNDO_DEPTH = 50
CONTACTS = 300  # of the import
QUICK = 0.05  # seconds: a command that takes longer (sanitizers) is killed at fewer points


# --- a look at the database from outside ---

def look(path):
    """All that it holds, by table; fails where it is damaged."""
    with contextlib.closing(sqlite3.connect(path)) as book:
        tap.equal(book.execute('PRAGMA integrity_check').fetchall(), [('ok',)], 'integrity_check')
        tap.equal(book.execute('PRAGMA foreign_key_check').fetchall(), [], 'foreign_key_check')
        names = [name for name, sql in book.execute("SELECT name, sql FROM sqlite_master WHERE type='table'")
                 if not sql or 'VIRTUAL' not in sql]
        tables = {name: sorted(book.execute(f'SELECT * FROM "{name}"'), key=repr) for name in names}
        people = {row[0] for row in book.execute('SELECT id FROM contact')} if 'contact' in tables else set()
        if people:
            try:
                found = {row[0] for row in book.execute('SELECT rowid FROM search')}
                book.execute("INSERT INTO search(search) VALUES('integrity-check')")
                book.rollback()
            except sqlite3.OperationalError as problem:
                tap.check('no such module' in str(problem), problem)
                found = people  # this Python's SQLite cannot look
            tap.equal(found, people, 'who is in the index of the search')
    tables.pop('meta', None)  # an identity by chance
    # What an import listens by while it works on a copy; nothing of the book.
    tables.pop('meanwhile', None)
    tables['sqlite_sequence'] = [row for row in tables.get('sqlite_sequence', []) if row[0] != 'meanwhile']
    return tables


def differences(found, expected):
    return [name for name in sorted({*found, *expected}) if found.get(name) != expected.get(name)]


# --- many at once ---

class Crowd:
    """Commands that run beside each other; what went wrong is kept."""

    def __init__(self, home):
        self.home = home
        self.problems = []
        self.handles = []
        self.lock = threading.Lock()

    def run(self, *arguments):
        start = time.monotonic()
        result = self.home.run(*arguments)
        seconds = time.monotonic() - start
        if result.returncode != 0 or 'Sanitizer' in result.stderr:
            with self.lock:
                self.problems.append(f'{arguments}: {result.returncode} after {seconds:.1f} s: {result.stderr}')
        return result

    def write(self, number):
        """Three changes; the handles that they gave."""
        name = f'Person Number{number}'
        texts = [self.run('add', name, '--birthday', '24.11.', '--email', f'p{number}@example.org'),
                 self.run('follow-up', f'p{number}@example.org', f'thing {number}', '--on', 'tomorrow'),
                 self.run('log', f'p{number}@example.org', 'met', f'note {number}')]
        handles = {handle for text in texts[:2] for handle in re.findall(r'\b[bf]\d+\b', text.stdout)}
        with self.lock:
            self.handles += sorted(handles)

    def read(self, writers):
        """Looks again and again while somebody writes; never sees fewer than before."""
        seen = looks = 0
        while any(writer.is_alive() for writer in writers):
            people = self.run('--json', 'list')
            agenda = self.run('--json', 'agenda')
            if people.returncode == 0 and agenda.returncode == 0:
                n = len(json.loads(people.stdout))
                json.loads(agenda.stdout)
                if n < seen:
                    self.problems.append(f'{n} people after {seen}')
                seen = n
            looks += 1
        if not looks:
            self.problems.append('nobody looked')


def many_write_at_once_beside_the_service():
    with Receiver() as server, Home() as home:
        home.now = MONDAY
        home.configure(port=server.port, digests=[{}, {'cadence': '*-*-* 08,09,10,11,12:00'}])
        home.nudge('add', 'Anna Schmidt')
        with home.service(MONDAY) as service:
            service.runs()
            crowd = Crowd(home)
            writers = [threading.Thread(target=crowd.write, args=(n,)) for n in range(WRITERS)]
            readers = [threading.Thread(target=crowd.read, args=(writers,)) for _ in range(2)]
            for thread in (*writers, *readers):
                thread.start()
            for thread in (*writers, *readers):
                thread.join()
            tap.equal(crowd.problems, [], 'what went wrong')
            tap.check(server.wait(lambda: len(server.messages) >= 2), f'two welcomes: {service.log()}')
            tap.equal(service.end(), 0, 'the end of the service')
        tap.equal(len(crowd.handles), 2 * WRITERS, f'handles: {crowd.handles}')
        tap.equal(len(set(crowd.handles)), 2 * WRITERS, f'different handles: {crowd.handles}')
        check_crowd(home)


def check_crowd(home):
    tables = look(home.database)
    people = home.json('list')
    tap.equal(len(people), WRITERS + 1, 'people')
    tap.equal({person['name'] for person in people if person['emails']},
              {f'Person Number{n}' for n in range(WRITERS)}, 'who was added')
    for person in people:
        tap.equal(len(person['occasions']), 1 if person['emails'] else 0, f'the days of {person["name"]}')
        tap.equal(bool(person['last_touch']), bool(person['emails']), f'the touch of {person["name"]}')
    due = home.json('agenda', '--days', '3')
    tap.equal(sorted(item['kind'] for item in due), ['follow-up'] * WRITERS + ['occasion'] * WRITERS, 'what is due')
    # The last changes of all can be taken back, one by one, and no more than are kept.
    tap.equal(len(tables['undo']), UNDO_DEPTH, 'changes that can be taken back')
    for _ in range(UNDO_DEPTH):
        home.nudge('undo')
    home.nudge('undo', status=1)
    tap.check(look(home.database)['undo'] == [], 'nothing is left to take back')


# --- a large import, and others ---

LARGE = 4 * 1024 * 1024  # bytes of a file from which on an import works on a copy


class Beside:
    """Runs something again and again while an import goes on."""

    def __init__(self, home, process):
        self.home = home
        self.process = process
        self.problems = []
        self.rounds = 0

    def run(self, step):
        while self.process.poll() is None:
            try:
                step(self.rounds)
            except Exception as problem:  # told by the test
                self.problems.append(repr(problem))
                return
            self.rounds += 1


def look_beside(home, expected):
    """Sees none of the people of the file, or all."""
    def step(_round):
        people = home.json('list')
        seen = sum(person['name'].startswith('Person ') for person in people)
        tap.check(seen in (0, expected), f'{seen} of {expected} people are seen')
    return step


def a_large_import_beside_others(writes):
    with Home() as home:
        home.now = MONDAY
        home.configure()
        home.nudge('add', 'Anna Schmidt')
        path = home.write('cards.vcf', cards(2000, photo=LARGE // 2000))
        tap.check(os.path.getsize(path) > LARGE, 'the file is large')
        with subprocess.Popen([NUDGE, '--now', MONDAY, '--json', 'import', path], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, env=home.env, encoding='utf-8') as process:
            reader, writer = Beside(home, process), Beside(home, process)
            threads = [threading.Thread(target=reader.run, args=(look_beside(home, 2000),))]
            if writes:
                threads.append(threading.Thread(
                    target=writer.run, args=(lambda n: home.nudge('add', f'Writer Number{n}'),)))
            for thread in threads:
                thread.start()
            out, err = process.communicate()
            for thread in threads:
                thread.join()
        tap.equal(process.returncode, 0, f'the import: {err}')
        tap.equal(json.loads(out)['added'], 2000, 'people that were added')
        tap.equal(reader.problems + writer.problems, [], 'what went wrong beside it')
        tap.check(reader.rounds and (writer.rounds or not writes), f'{reader.rounds} looks, {writer.rounds} entries')
        tap.equal(len(home.json('list')), 2001 + writer.rounds, 'people in the end')
        tap.equal(len(look(home.database)['contact']), 2001 + writer.rounds, 'contacts in the end')
        tap.equal([name for name in os.listdir(home.path('data')) if 'copy' in name], [], 'copies that are left')


def a_large_import_beside_readers():
    a_large_import_beside_others(writes=False)


def a_large_import_beside_writers():
    a_large_import_beside_others(writes=True)


# --- killed ---

class Hammer(Home):
    """A home whose commands are killed, each time from the same state."""

    def __init__(self):
        super().__init__()
        self.now = MONDAY
        self.configure()

    def keep(self):
        """This is the state to begin with."""
        if os.path.exists(self.path('data')):
            shutil.copytree(self.path('data'), self.path('kept'))

    def begin(self):
        shutil.rmtree(self.path('data'), ignore_errors=True)
        if os.path.exists(self.path('kept')):
            shutil.copytree(self.path('kept'), self.path('data'))

    def hit(self, arguments, *, at, how):
        """The command, its exit status -9 where it was killed; `count` gets how many changes it made."""
        # The path may hold a space, which LD_PRELOAD cannot: hence the folder.
        env = {**self.env, 'LD_PRELOAD': './killer.so', 'NUDGED_KILL_AT': str(at), 'NUDGED_KILL_HOW': how,
               'NUDGED_KILL_COUNT': self.path('count'),
               'ASAN_OPTIONS': self.env.get('ASAN_OPTIONS', '') + ':verify_asan_link_order=0'}
        result = subprocess.run([NUDGE, '--now', self.now, *arguments], capture_output=True, env=env,
                                cwd=tap.build_path('tests/lib'), stdin=subprocess.DEVNULL, encoding='utf-8')
        tap.check('Sanitizer' not in result.stderr, result.stderr)
        return result

    def count(self, arguments):
        """Lets the command end; how many changes it made, and how long that took."""
        start = time.monotonic()
        result = self.hit(arguments, at=0, how='before')
        seconds = time.monotonic() - start
        tap.equal(result.returncode, 0, f'{arguments}: {result.stdout}{result.stderr}')
        n = int(self.read('count')) if os.path.exists(self.path('count')) else 0
        if not n:
            raise tap.Skipped('programs cannot be killed by a library here')
        return n, seconds


def points(n, seconds, how):
    """Each one; where that would take long, or cuts the power, some from the first to the last."""
    most = 400 if how == 'before' else 60
    step = max(1, -(-n // (most if seconds < QUICK else 25)))
    return sorted({*range(1, n + 1, step), *range(n - 2, n + 1)})


def survives(prepare, arguments):
    with Hammer() as home:
        prepare(home)
        home.keep()
        before = look(home.database) if os.path.exists(home.database) else {}
        n, seconds = home.count(arguments)
        after = look(home.database)
        tap.check(differences(before, after), f'{arguments} changes nothing')
        ends = {'before': 0, 'after': 0}
        for how in ('before', 'half', 'lost'):
            for at in points(n, seconds, how):
                ends[check_killed(home, arguments, at, how, before, after)] += 1
        tap.check(ends['before'] and ends['after'], f'both ends: {ends}')
        # What a command has done is there, even if the power goes as it ends.
        home.begin()
        tap.equal(home.hit(arguments, at='end', how='lost').returncode, -9, 'killed at the end')
        tap.equal(differences(look(home.database), after), [], 'after a power cut at the end')
        tap.diagnose(f'{arguments[0]}: {n} changes of files, {ends}')


def check_killed(home, arguments, at, how, before, after):
    what = f'{arguments[:2]}, change {at} ({how})'
    home.begin()
    tap.equal(home.hit(arguments, at=at, how=how).returncode, -9, what)
    result = home.run('--json', 'list')
    tap.check(result.returncode == 0 and isinstance(json.loads(result.stdout), list),
              f'{what}: the next command: {result.stderr}')
    found = look(home.database) if os.path.exists(home.database) else {}
    untouched = not found or not differences(found, before) or (not before and not found.get('contact'))
    if not untouched:
        tap.equal(differences(found, after), [], f'{what}: tables that are neither as before nor as after')
    home.nudge('add', 'Next Person')
    tap.check('Next Person' in [row[2] for row in look(home.database)['contact']], f'{what}: the next entry')
    return 'before' if untouched else 'after'


def nothing(_home):
    pass


def a_book(home):
    home.nudge('add', 'Anna Schmidt', '--birthday', '23.11.1984', '--email', 'anna@example.org', '--city',
               'Köln', '--tag', 'friends', '--every', '6w', '--met', '1.11.2026', '--note', 'likes mountains')
    home.nudge('add', 'Ben Weber', '--birthday', '25.11.', '--seeks', 'a flat')
    home.nudge('follow-up', 'Anna', 'send the slides', '--on', '2026-11-23')
    home.nudge('follow-up', 'Ben', 'call', '--on', '2026-11-23', '--repeat', '6w')
    home.nudge('received', 'Anna', 'an introduction to Ben')


def cards(people=CONTACTS, photo=0):
    """`photo`: the bytes of each one's."""
    return ''.join(f'BEGIN:VCARD\r\nVERSION:3.0\r\nUID:u{n}\r\nFN:Person Number{n}\r\nEMAIL:p{n}@example.org\r\n'
                   f'BDAY:198{n % 10}-0{n % 9 + 1}-1{n % 9}\r\nNOTE:{"a long note " * 20}\r\n'
                   f'PHOTO;ENCODING=b:{"x" * photo}\r\nEND:VCARD\r\n'
                   for n in range(people))


def the_first_entry_survives():
    survives(nothing, ['add', 'Anna Schmidt', '--birthday', '23.11.1984'])


def an_entry_survives():
    survives(a_book, ['add', 'Carla Rossi', '--birthday', '1.12.1990', '--email', 'c@example.org',
                      '--tag', 'friends', '--every', '1y', '--offers', 'PostgreSQL'])


def several_done_at_once_survive():
    survives(a_book, ['done', 'f1', 'f2', 'b1', 'y1', 'all well'])


def an_undo_survives():
    survives(a_book, ['undo'])


def a_book_that_comes_back_survives():
    with Home() as other:
        other.now = MONDAY
        other.configure()
        a_book(other)
        other.nudge('export', other.path('book.json'))
        survives(nothing, ['import', other.path('book.json')])


def an_export_is_whole_or_absent():
    """The file is what it was or what it is to be, and what the book holds is untouched."""
    with Hammer() as home:
        a_book(home)
        home.keep()
        before = look(home.database)
        target = home.path('out.vcf')
        n, _ = home.count(['export', target])
        whole = home.read('out.vcf')
        for at in range(1, n + 1):
            for old in (None, 'an older one'):
                os.unlink(target) if old is None and os.path.exists(target) else None
                if old:
                    home.write('out.vcf', old)
                tap.equal(home.hit(['export', target], at=at, how='half').returncode, -9, f'change {at}')
                found = home.read('out.vcf') if os.path.exists(target) else None
                tap.check(found in (old, whole), f'change {at}: {found!r}')
        tap.equal(differences(look(home.database), before), [], 'tables')


def a_removal_survives():
    survives(a_book, ['remove', 'Anna', '--yes'])


def an_import_survives():
    with Home() as other:
        survives(a_book, ['import', other.write('cards.vcf', cards()), '--tag', 'new', '--every', '1y'])


def a_large_import_survives():
    with Home() as other:
        path = other.write('cards.vcf', cards(100, photo=LARGE // 100))
        survives(a_book, ['import', path, '--tag', 'new', '--every', '1y'])


tap.run(many_write_at_once_beside_the_service, the_first_entry_survives, an_entry_survives,
        several_done_at_once_survive, an_undo_survives, a_removal_survives, an_import_survives,
        a_book_that_comes_back_survives, an_export_is_whole_or_absent,
        a_large_import_beside_readers, a_large_import_beside_writers, a_large_import_survives)
