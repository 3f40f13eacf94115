# SPDX-License-Identifier: MIT
"""Memory that runs out at any allocation of the programs and of SQLite: a sentence and an exit status,
or all the same as if nothing had been, to the last word that is shown; never a crash, never half a
change."""

import concurrent.futures
import itertools
import os
import shutil
import sqlite3
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import tap  # noqa: E402
from programs import NUDGE, Home  # noqa: E402
from smtpd import Receiver  # noqa: E402

NOW = '2026-11-23T07:30:00+01:00'
NAME = 'd{:07}'  # of a run's folder, which a mail's commands name: as long in each
POINTS = 1000000 if os.environ.get('NUDGED_FAULTS') == 'all' else 120  # of a command, at most


def run(home, argv, at, data):
    env = {**home.env, 'LD_PRELOAD': './starver.so', 'NUDGED_STARVE_AT': str(at),
           'NUDGED_STARVE_COUNT': data + '.count', 'XDG_DATA_HOME': data, 'XDG_CONFIG_HOME': data + '.config',
           'PAGER': 'cat'}
    # Where it is looked for: the texts of all runs are alike.
    del env['NUDGED_CONFIG']
    config = os.path.join(data + '.config', 'nudged', 'nudged.conf')
    os.makedirs(os.path.dirname(config), mode=0o700, exist_ok=True)
    with open(home.path('nudged.conf'), encoding='utf-8') as file:
        text = file.read().replace('data/n.db', data + '/n.db')
    with open(config, 'w', encoding='utf-8') as file:
        file.write(text)
    os.chmod(config, 0o600)
    return subprocess.run(argv, capture_output=True, env=env, cwd=tap.build_path('tests/lib'),
                          stdin=subprocess.DEVNULL, encoding='utf-8', timeout=60)


def rows_of(data):
    """How many rows each table has; of what can be taken back less is left when in doubt."""
    with sqlite3.connect(f'file:{data}/n.db?mode=ro', uri=True) as db:
        names = [name for name, in db.execute(
            "SELECT name FROM sqlite_schema WHERE type='table' AND name NOT LIKE '%search%'"
            " AND name NOT LIKE 'sqlite_%' AND name<>'undo'")]
        found = {name: db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}
    db.close()
    return found


def difference(whole, found):
    """The first line that is not the same, and what became of it."""
    for expected, line in itertools.zip_longest(whole.split('\n'), found.split('\n')):
        if expected != line:
            return f'{expected!r} became {line!r}'
    return None


def starve(home, argv, changes):
    number = home.path('kept')
    before = rows_of(number)
    data = home.path(NAME.format(0))
    shutil.rmtree(data, ignore_errors=True)
    shutil.copytree(number, data)
    good = run(home, argv, 0, data)
    tap.equal(good.returncode, 0, f'{argv}: {good.stderr}')
    if not os.path.exists(data + '.count'):
        raise tap.Skipped('programs cannot be starved by a library here')
    with open(data + '.count', encoding='ascii') as file:
        total = int(file.read())
    after = rows_of(data)
    tap.equal(after != before, changes, f'{argv} changes something')

    def one(at):
        data = home.path(NAME.format(at))
        shutil.copytree(number, data)
        result = run(home, argv, at, data)
        end = rows_of(data)
        shutil.rmtree(data)
        if result.returncode < 0 or result.returncode > 100:
            return f'{argv} at {at}: ended by {result.returncode}: {result.stderr}'
        said = result.stdout.replace(NAME.format(at), NAME.format(0))
        if result.returncode == 0 and said != good.stdout:
            return f'{argv} at {at}: not the whole text: {difference(good.stdout, said)}'
        if result.returncode == 0 and end != after:
            return f'{argv} at {at}: status 0, but {result.stdout!r} {result.stderr!r}'
        if result.returncode and not result.stderr.strip():
            return f'{argv} at {at}: status {result.returncode} without a word'
        if result.returncode and end not in (before, after):
            return f'{argv} at {at}: half done: {end}'
        return None

    step = max(1, total // POINTS)
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        problems = [text for text in pool.map(one, range(1, total + 1, step)) if text]
    tap.diagnose(f'{" ".join(argv[3:])}: {total} allocations')
    tap.check(not problems, '\n'.join(problems))


def prepared(server):
    home = Home()
    home.configure(port=server.port)
    home.now = NOW
    home.nudge('add', 'Anna', '--birthday', '23.11.1984', '--seeks', 'a designer', '--every', '6w')
    home.nudge('add', 'Ben', '--offers', 'design', '--email', 'ben@example.org')
    home.nudge('follow-up', 'Ben', 'send the slides', '--on', 'today')
    home.nudge('edit', 'Ben', '--city', 'Bonn', '--note', 'plays chess', '--met', '5.1.2026', '--met-place', 'a fair',
               '--seeks', 'a flat')
    home.nudge('add', 'Benno', '--phone', '030 1234')
    home.nudge('merge', 'Ben', 'Benno')
    home.nudge('occasion', 'Ben', 'name day', '28.7.')
    home.nudge('log', 'Ben', 'called', 'about the slides')
    home.nudge('received', 'Ben', 'a tip')
    home.nudge('coffee', 'Ben', 'agreed', '--on', '2026-11-28 15:00', '--place', 'Cafe')
    home.nudge('introduce', 'Anna', 'Ben', '--because', 'design')
    shutil.copytree(home.path('data'), home.path('kept'))
    return home


def commands_that_read():
    with Receiver() as server, prepared(server) as home:
        for words in (['agenda'], ['preview'], ['preview', '--html'], ['show', '--all', 'Ben'],
                      ['list']):
            starve(home, [NUDGE, '--now', NOW, *words], False)


def commands_that_change():
    with Receiver() as server, prepared(server) as home:
        for words in (['add', 'Carl', '--birthday', '1.2.', '--tag', 'x'], ['remove', 'Ben', '--yes'],
                      ['merge', 'Anna', 'Ben']):
            starve(home, [NUDGE, '--now', NOW, *words], True)


tap.run(commands_that_read, commands_that_change)
