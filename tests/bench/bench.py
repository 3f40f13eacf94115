# SPDX-License-Identifier: MIT
"""bench.py ROUNDS IDLE_SECONDS SIZE...: the programs beside their yardsticks, as one table of ratios.

Each question is put to ours and to the yardstick in turn, ROUNDS times after a first one that warms up, and the
best of each are compared. Processor time is what counts, but for the mails a second: what else the machine does
disturbs it less. What is missing is named, and its rows are left out; nothing here fails.
"""

import json
import os
import random
import re
import shlex
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import cards  # noqa: E402

BUILD = os.environ['TOP_BUILDDIR']
NOW = '2026-11-23T06:30:00+01:00'
CONFIG = '''database = "book.db";
smtp: {{ url = "smtp://127.0.0.1:{port}"; tls = "none"; from = "anna@example.org"; }};
digests: ( {digests} );
'''
DIGEST = ('{{ name = "d{number}"; to = [ "anna@example.org" ]; cadence = "07:00"; timezone = "Europe/Berlin";'
          ' language = "en"; }}')
MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split()
MAILS = 20000
# What people do with it, and how long they wait: the contact "#500" is there, and one is added first.
VERBS = ('add Zacharias Neumann --email z@example.org', 'agenda', 'agenda --kind occasion --days 1', 'show #500',
         'show Zacharias', 'list zacharias', 'edit Zacharias --city Bonn', 'log Zacharias met',
         'gave Zacharias lift', 'ledger', 'follow-up Zacharias slides --on friday', 'follow-up',
         'occasion Zacharias name-day 26.7.', 'coffee Zacharias invited', 'coffee', 'introduce', 'forum',
         'outreach', 'preview --text', 'status', 'book', 'me', 'tag', 'undo', 'duplicates',
         'remove Zacharias --yes')
missing = []


def built(*names):
    return os.path.join(BUILD, *names)


def find(name, package):
    path = shutil.which(name, path=os.environ['PATH'] + ':/usr/sbin:/sbin')
    if not path:
        missing.append(f'{name} is not here: apt-get install {package}')
    return path


def run(argv, **options):
    """Seconds of the processor and on the wall, and what was printed; None where it failed."""
    begun = time.monotonic()
    process = subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
                               **options)
    text = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = status
    wall = time.monotonic() - begun
    return None if status and os.WIFSIGNALED(status) else (usage.ru_utime + usage.ru_stime, wall, text)


def in_turn(rounds, commands):
    """The least seconds of the processor of each."""
    best = {}
    for number in range(rounds + 1):
        for name, argv in commands.items():
            result = run(argv)
            if result and number:
                best[name] = min(best.get(name, result[0]), result[0])
    return best


def quick(folder, rounds, commands):
    """The same of what takes a few milliseconds: by hyperfine, where it is here, the mean of many."""
    if not find('hyperfine', 'hyperfine'):
        return in_turn(rounds * 3, commands)
    path = os.path.join(folder, 'hyperfine.json')
    run(['hyperfine', '--shell=none', '--warmup=3', '--runs=100', '--ignore-failure', f'--export-json={path}',
         *map(shlex.join, commands.values())])
    with open(path, encoding='utf-8') as file:
        return {name: result['user'] + result['system']
                for name, result in zip(commands, json.load(file)['results'])}


class Table:
    def __init__(self):
        self.rows = 0

    def head(self, title):
        print(f'\n{title}', flush=True)

    def row(self, question, figure, wanted='', note=''):
        self.rows += 1
        print(f'  {question:<46} {figure:>10}   {wanted:<10} {note}'.rstrip(), flush=True)

    def ratio(self, question, yardstick, ours, wanted, note=''):
        self.row(question, f'{yardstick / ours:.2f}x', wanted, note)


# --- books ---

class Book:
    """Of so many contacts, in a folder of its own."""

    def __init__(self, folder, size):
        self.size = size
        self.folder = os.path.join(folder, str(size))
        os.mkdir(self.folder, 0o700)
        self.configure()
        path = os.path.join(self.folder, 'cards.vcf')
        cards.write(path, size, 3)
        self.nudge('--now', '2026-10-01T07:00:00+02:00', 'import', path)
        os.unlink(path)
        self.bytes = os.path.getsize(self.path('book.db'))

    def path(self, name):
        return os.path.join(self.folder, name)

    def configure(self, port=25, digests=1):
        with open(self.path('nudged.conf'), 'w', encoding='utf-8') as file:
            file.write(CONFIG.format(port=port, digests=', '.join(
                DIGEST.format(number=number) for number in range(digests))))

    def command(self, *words):
        return [built('nudge'), '-c', self.path('nudged.conf'), *words]

    def nudge(self, *words):
        return run(self.command(*words))


def birthdays(folder, size):
    """As many of them as the book has, as evenly over the year: for remind and for calendar."""
    chance = random.Random(42)
    with open(os.path.join(folder, 'remind'), 'w', encoding='utf-8') as remind, \
            open(os.path.join(folder, 'calendar'), 'w', encoding='utf-8') as calendar:
        calendar.write('LANG=utf-8\n')
        for number in range(size):
            month, day, year = chance.randrange(12), chance.randrange(28) + 1, chance.randrange(1930, 2020)
            name = f'{chance.choice(cards.GIVEN)} {chance.choice(cards.FAMILY)} {number}'
            remind.write(f'REM {day} {MONTHS[month]} MSG {name} ({year})\n')
            calendar.write(f'{month + 1:02}/{day:02}\t{name} ({year})\n')


# --- what is due ---

def due(table, folder, books, rounds):
    book = books[-1]
    remind, calendar = find('remind', 'remind'), find('calendar', 'calendar')
    birthdays(folder, book.size)
    table.head(f'What is due, {book.size:,} contacts')
    commands = {'occasions': book.command('--now', NOW, '--json', 'agenda', '--kind', 'occasion', '--days', '1'),
                'agenda': book.command('--now', NOW, 'agenda', '--days', '1')}
    if remind:
        commands['remind'] = [remind, '-q', os.path.join(folder, 'remind'), '23', 'Nov', '2026']
    if calendar:
        commands['calendar'] = [calendar, '-A', '0', '-e', '0', '-f', os.path.join(folder, 'calendar'), '-t', '20261123']
    best = in_turn(rounds, commands)
    items = run(commands['occasions'])[2].count(b'"handle"')
    note = f'{items} of them in {best["occasions"] * 1e3:.1f} ms'
    if remind:
        table.ratio('occasions of a day, beside remind', best['remind'], best['occasions'], '>= 150x', note)
    if calendar:
        table.ratio('occasions of a day, beside calendar', best['calendar'], best['occasions'], '>= 70x', note)
    if remind:
        table.ratio('the agenda of a day with its lines, by remind', best['remind'], best['agenda'], '>= 15x',
                    f'{best["agenda"] * 1e3:.1f} ms')
    for name in ('remind', 'calendar'):
        os.unlink(os.path.join(folder, name))
    thin(table, folder, books, rounds)


def thin(table, folder, books, rounds):
    """At equal output: three birthdays of the day, whatever the number of people."""
    for book in (books[0], books[-1]):
        with sqlite3.connect(book.path('book.db'), timeout=60) as database:
            database.execute('DELETE FROM occasion WHERE month_day BETWEEN 1123 AND 1201 AND number NOT IN'
                             ' (SELECT number FROM occasion WHERE month_day BETWEEN 1123 AND 1201 LIMIT 3)')
        database.close()
    best = quick(folder, rounds, {book.size: book.command('--now', NOW, 'agenda') for book in (books[0], books[-1])})
    least, most = best[books[0].size], best[books[-1].size]
    table.row(f'at equal output, {books[0].size:,} to {books[-1].size:,}', f'{most / least:.2f}x', '<= 3x',
              f'{least * 1e3:.1f} and {most * 1e3:.1f} ms')


# --- sending ---

class Sink:
    """smtp-sink on a port of its own; None of it where Postfix is not here."""

    def __init__(self):
        self.program = find('smtp-sink', 'postfix')
        self.process = None
        with socket.socket() as free:
            free.bind(('127.0.0.1', 0))
            self.port = free.getsockname()[1]

    def __enter__(self):
        if self.program:
            argv = [self.program, *(['-u', 'nobody'] if os.geteuid() == 0 else []), f'127.0.0.1:{self.port}', '512']
            self.process = subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd='/tmp')
            for _ in range(500):
                with socket.socket() as probe:
                    if probe.connect_ex(('127.0.0.1', self.port)) == 0:
                        break
                time.sleep(0.01)
        return self

    def __exit__(self, *_):
        if self.process:
            self.process.terminate()
            self.process.wait()


def sending(table, folder, sink, rounds):
    source = find('smtp-source', 'postfix')
    if not sink.process or not source:
        return
    table.head('Sending 8 KiB mails to smtp-sink, the sender alone')
    mail = os.path.join(folder, 'mail')
    with open(mail, 'w', encoding='utf-8') as file:
        file.write('Subject: Birthdays\n\n' + '* 22 Nov. Anna Mueller turns 42, +49 173 50982352, Wuerzburg\n' * 130)
    for sessions, wanted in ((1, '>= 1.3x'), (10, '>= 1.05x'), (50, '>= 1.05x')):
        rates, theirs, ours, micros = [], [], [], []
        for _ in range(rounds):
            cpu, wall, _ = run([source, '-d', '-s', str(sessions), '-m', str(MAILS), '-F', mail, '-f',
                                'a@example.org', '-t', 'b@example.org', f'127.0.0.1:{sink.port}'])
            rates.append(MAILS / wall)
            theirs.append(cpu * 1e6 / MAILS)
            words = run([built('tests', 'bench', 'send-mails'), built('nudged-send'),
                         f'smtp://127.0.0.1:{sink.port}', str(MAILS), str(sessions)])[2].split()
            ours.append(float(words[0]))
            micros.append(float(words[1]))
        table.row(f'{sessions} connections, beside smtp-source -d', f'{max(ours) / max(rates):.2f}x', wanted,
                  f'{max(ours):.0f} and {max(rates):.0f} a second')
        table.row('  processor time a mail', f'{min(micros):.1f} us', '<= 12 us', f'smtp-source {min(theirs):.1f}')


# --- at rest ---

def rollup(pid):
    with open(f'/proc/{pid}/smaps_rollup', encoding='ascii') as file:
        return {key: int(value) for key, value in re.findall(r'(\w+):\s+(\d+) kB', file.read())}


def switches(pid):
    with open(f'/proc/{pid}/status', encoding='ascii') as file:
        return sum(map(int, re.findall(r'ctxt_switches:\s+(\d+)', file.read())))


class Service:
    """nudged with the book, as the units start it: when it was ready, after how much of the processor."""

    def __init__(self, book):
        path = book.path('notify')
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
            ear.bind(path)
            ear.settimeout(60)
            env = {**os.environ, 'NOTIFY_SOCKET': path, 'GLIBC_TUNABLES': 'glibc.malloc.tcache_count=0'}
            begun = time.monotonic()
            self.process = subprocess.Popen([built('nudged'), '-c', book.path('nudged.conf')], env=env,
                                            stderr=subprocess.DEVNULL)
            while b'READY=1' not in ear.recv(4096):
                pass
            self.ready = time.monotonic() - begun
            with open(f'/proc/{self.process.pid}/schedstat', encoding='ascii') as file:
                self.processor = int(file.read().split()[0]) / 1e9
        os.unlink(path)

    def children(self):
        with open(f'/proc/{self.process.pid}/task/{self.process.pid}/children', encoding='ascii') as file:
            return file.read().split()

    def rest(self, seconds=90):
        """Until the sender has ended, too."""
        time.sleep(3)
        end = time.monotonic() + seconds
        while self.children() and time.monotonic() < end:
            time.sleep(0.5)
        return rollup(self.process.pid)

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


def cron_kib():
    program = find('cron', 'cron')
    if not program or os.geteuid() != 0:
        return None
    process = subprocess.Popen([program, '-f'], stderr=subprocess.DEVNULL)
    time.sleep(1)
    kib = rollup(process.pid)['Rss'] if process.poll() is None else None
    process.terminate()
    process.wait()
    return kib


def resting(table, book, sink, seconds):
    table.head('At rest')
    book.configure(sink.port, digests=40)
    Service(book).end()  # the welcomes, or a part of them, and the day's copy
    service = Service(book)
    kib = service.rest()
    table.row('private memory, after up to 40 mails', f'{kib["Anonymous"]} KiB', '<= 900 KiB')
    cron = cron_kib()
    if cron:
        table.row('resident memory beside cron', f'{kib["Rss"] / cron:.2f}x', '<= 2.5x', f'{kib["Rss"]} and {cron} KiB')
    before = switches(service.process.pid)
    time.sleep(seconds)
    table.row(f'wake-ups in {seconds} s', str(switches(service.process.pid) - before), '0')
    service.end()
    starts = []
    for _ in range(5):
        service = Service(book)
        starts.append((service.ready, service.processor))
        service.end()
    book.configure()
    table.row(f'from start to READY, {book.size:,} contacts', f'{min(s[0] for s in starts) * 1e3:.1f} ms', '< 10 ms',
              f'{min(s[1] for s in starts) * 1e3:.1f} ms of the processor')


# --- growth ---

def growth(table, books):
    table.head('Growth: milliseconds of the processor a verb; interactive ones < 50 at 100,000')
    print(f'  {"contacts":<46}' + ''.join(f'{book.size:>12,}' for book in books))
    print(f'  {"bytes of the database a contact":<46}' + ''.join(f'{book.bytes / book.size:>12.0f}' for book in books))
    for verb in VERBS:
        cells = []
        for book in books:
            best = min(book.nudge('--now', NOW, *verb.split())[0]
                       for _ in range(1 if verb.split()[0] in ('add', 'remove', 'undo', 'duplicates') else 3))
            cells.append(f'{best * 1e3:>12.1f}')
        print(f'  {verb:<46}' + ''.join(cells), flush=True)


# --- the other benches ---

def others(table, rounds):
    table.head('Composing and importing (their own words: make bench-digest, make bench-import)')
    here = os.path.dirname(os.path.abspath(__file__))
    for what, argv, pattern, wanted in (
            ('quoted-printable, beside curl_mime', [built('tests', 'bench', 'bench-qp')], r'more than 8bit: ([\d.]+x)',
             '>= 3x'),
            ('a digest of 30 items, 10,000 to 1,000,000', [built('tests', 'bench', 'bench-compose'), '10000', '1000000'],
             r'^([\d.]+x)$', '<= 3x')):
        result = run(argv)
        match = result and re.search(pattern, result[2].decode(), re.M)
        if match:
            table.row(what, match[1], wanted)
        else:
            missing.append(f'{os.path.basename(argv[0])} has failed: make bench-digest')
    result = run([sys.executable, '-B', os.path.join(here, 'bench-import.py'), '100000', str(rounds)])
    found = dict(re.findall(r'^  ([^:\n]+): ([\d.]+) times as fast', result[2].decode() if result else '', re.M))
    for what, wall in found.items():
        table.row(what, f'{wall}x')
    if not found:
        missing.append('bench-import.py has failed: make bench-import')


def main():
    rounds, seconds = int(sys.argv[1]), int(sys.argv[2])
    sizes = sorted(map(int, sys.argv[3:]))
    place = os.environ.get('BENCH_DIR')
    if place:
        os.makedirs(place, exist_ok=True)
    folder = tempfile.mkdtemp(prefix='nudged-bench-', dir=place)
    free = shutil.disk_usage(folder).free
    while len(sizes) > 1 and sizes[-1] * 6000 > free:
        missing.append(f'{sizes[-1]:,} contacts need {sizes[-1] * 6000 >> 30} GiB in {folder}: name another BENCH_DIR')
        sizes.pop()
    table = Table()
    try:
        print(f'Ratios of ours to others\' in turn, the best of {rounds}; what is wanted stands beside.')
        with Sink() as sink:
            sending(table, folder, sink, rounds)
            others(table, rounds)
            books = [Book(folder, size) for size in sizes]
            growth(table, books)
            resting(table, books[max(0, len(books) - 2)], sink, seconds)
            due(table, folder, books, rounds)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print()
    for line in dict.fromkeys(missing):
        print(line)


main()
