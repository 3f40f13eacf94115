# SPDX-License-Identifier: MIT
"""bench-import.py CARDS ROUNDS [GROWTH]: parsing and importing, each beside its yardsticks, in turn.

Only the ratios say something: what is measured and what it is measured by run one after the other, and the
medians are compared. Parsing against EVCard (where it was there to be built); the import against a parser
that checks nothing and a bare loop that writes the same rows. With GROWTH, the import of so many times as many
cards once more.
"""

import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

BUILD = os.environ['TOP_BUILDDIR']
NUDGE = os.path.join(BUILD, 'nudge')
CONFIG = '''database = "book.db";
smtp: {{ url = "smtp://127.0.0.1"; from = "anna@example.org"; }};
digests: ( {{ name = "d"; to = [ "anna@example.org" ]; cadence = "07:00"; timezone = "Europe/Berlin"; }} );
'''

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import cards  # noqa: E402


class Run:
    """The seconds, memory and words of one program; less memory than this one has cannot be told."""

    def __init__(self, *argv):
        start = time.monotonic()
        process = subprocess.Popen(argv, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, encoding='utf-8')
        self.text = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        self.seconds = time.monotonic() - start
        self.processor = usage.ru_utime + usage.ru_stime
        self.kib = usage.ru_maxrss
        if status:
            sys.exit(f'{argv[0]} failed')


def tool(name):
    return os.path.join(BUILD, 'tests', 'bench', name)


def medians(runs):
    """Of the seconds on the wall and of the processor."""
    return (statistics.median(run.seconds for run in runs), statistics.median(run.processor for run in runs))


def show(what, seconds, note=''):
    print(f'  {what:<28} {seconds[0] * 1000:8.0f} ms, {seconds[1] * 1000:8.0f} of the processor   {note}', flush=True)


def ratio(what, yardstick, ours):
    print(f'  {what}: {yardstick[0] / ours[0]:.2f} times as fast, {yardstick[1] / ours[1]:.2f} by the processor',
          flush=True)


# --- parsing ---

def parsing(path, rounds):
    """The seconds of parse-floor."""
    tools = [name for name in ('parse-cards', 'parse-floor', 'parse-evcard') if os.path.exists(tool(name))]
    runs = {name: [] for name in tools}
    for number in range(rounds + 1):
        for name in tools:
            run = Run(tool(name), path)
            if number:  # the first one warms up
                runs[name].append(run)
    for name in tools:
        show(name, medians(runs[name]), runs[name][0].text.strip())
    ours, floor = medians(runs['parse-cards']), medians(runs['parse-floor'])
    if 'parse-evcard' in tools:
        ratio('parsing beside EVCard', medians(runs['parse-evcard']), ours)
    else:
        print('  EVCard is not here to compare with: install libebook-contacts1.2-dev')
    ratio('parsing beside the floor', floor, ours)
    return floor


# --- importing ---

def begin(folder):
    for name in os.listdir(folder):
        if name.startswith(('book.db', 'floor.db')):
            os.unlink(os.path.join(folder, name))
    subprocess.run([NUDGE, 'add', 'First Person'], check=True, stdout=subprocess.DEVNULL)


def importing(folder, path, rounds, floor):
    """The seconds of the import, and of its floor."""
    book, other = os.path.join(folder, 'book.db'), os.path.join(folder, 'floor.db')
    runs, bare = [], []
    for _ in range(rounds):
        begin(folder)
        runs.append(Run(NUDGE, 'import', path))
        bare.append([float(word) / 1000 for word in Run(tool('insert-floor'), book, other).text.split()])
    ours = medians(runs)
    loop = [statistics.median(column) + of_floor for column, of_floor in zip(zip(*bare), floor)]
    size = os.path.getsize(book) / 2**20
    show('nudge import', ours, f'{max(run.kib for run in runs) / 1024:.1f} MiB; the book: {size:.0f} MiB')
    show('parse-floor + insert-floor', loop)
    ratio('import beside the floor', loop, ours)
    return ours[0], loop[0]


def others(folder, path):
    """How long others wait for an import, at most, while they look and write all the time."""
    begin(folder)
    book = sqlite3.connect(os.path.join(folder, 'book.db'), timeout=600, isolation_level=None)
    process = subprocess.Popen([NUDGE, 'import', path], stdout=subprocess.DEVNULL)
    waits = {'read': 0, 'write': 0}
    while process.poll() is None:
        for what, statements in (('read', ['SELECT max(id) FROM contact']),
                                 ('write', ['BEGIN IMMEDIATE', 'ROLLBACK'])):
            start = time.monotonic()
            for statement in statements:
                book.execute(statement).fetchall()
            waits[what] = max(waits[what], time.monotonic() - start)
        time.sleep(0.002)
    book.close()
    if process.returncode:
        sys.exit('the import failed')
    print(f'  others wait: to read {waits["read"]:.2f} s at most, to write {waits["write"]:.2f} s', flush=True)


def writer(folder, path):
    """How long a command that writes takes while an import goes on, once a second, and how long the import does."""
    begin(folder)
    start, waits = time.monotonic(), []
    process = subprocess.Popen([NUDGE, 'import', path], stdout=subprocess.DEVNULL)
    while process.poll() is None:
        waits.append(Run(NUDGE, 'log', 'First Person', 'met').seconds)
        time.sleep(max(0, 1 - waits[-1]))
    seconds = time.monotonic() - start
    if process.returncode:
        sys.exit('the import failed')
    print(f'  beside a write a second: the import takes {seconds * 1000:.0f} ms, a write {max(waits):.2f} s at most, '
          f'{len(waits)} of them', flush=True)


def measure(folder, n, rounds, version):
    path = os.path.join(folder, 'cards.vcf')
    cards.write(path, n, version)
    print(f'{n} cards, vCard {version}.0, {os.path.getsize(path) / 1e6:.0f} MB')
    floor = parsing(path, max(rounds, 3))
    seconds = importing(folder, path, rounds, floor)
    others(folder, path)
    writer(folder, path)
    return seconds


def main():
    n, rounds = int(sys.argv[1]), int(sys.argv[2])
    growth = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    place = os.environ.get('BENCH_DIR')
    if place:
        os.makedirs(place, exist_ok=True)
    folder = tempfile.mkdtemp(prefix='nudged-bench-', dir=place)
    try:
        config = os.path.join(folder, 'nudged.conf')
        with open(config, 'w', encoding='utf-8') as file:
            file.write(CONFIG.format())
        os.environ['NUDGED_CONFIG'] = config
        ours, loop = measure(folder, n, rounds, 3)
        path = os.path.join(folder, 'cards.vcf')
        cards.write(path, n, 4)
        print(f'{n} cards, vCard 4.0')
        parsing(path, max(rounds, 3))
        if growth > 1:
            more, more_loop = measure(folder, n * growth, 1, 3)
            print(f'  {growth} times as many: the import takes {more / ours:.1f} times as long, its floor '
                  f'{more_loop / loop:.1f} times')
    finally:
        shutil.rmtree(folder, ignore_errors=True)


main()
