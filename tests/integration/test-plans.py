# SPDX-License-Identifier: MIT
"""How SQLite goes about each statement of the programs: found in what was compiled, so none is forgotten.

What grows with the book, the years or the members is found by an index, and is not sorted, but for what stands
in the lists below, with its reason.
"""

import contextlib
import glob
import os
import re
import sqlite3
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import tap  # noqa: E402
from programs import Home  # noqa: E402

GROWS = set('''contact contact_value contact_key field_source also_source occasion occurrence keeping touch follow_up
    thanks ledger coffee suggestion outreach outreach_answer outreach_mention reply message delivery claim told
    mention undo alias handle_alias differ forgotten wanting hosted'''.split())
# Indexes of what is open alone: the past is not in them.
OPEN = {'coffee_open', 'outreach_open', 'thanks_waiting', 'keeping_due', 'follow_up_open'}
STATEMENT = re.compile(rb'(?<=\0)(?:SELECT|INSERT|UPDATE|DELETE|WITH|REPLACE) [^\0]{8,}(?=\0)')
# Of one contact, message, outreach or name there is little to sort.
OF_ONE = re.compile(r'\b(?:contact|message|outreach|seeker|offerer|id|folded|message_id)=\?', re.I)

# Modules whose statements read a whole book, for that is what they are for.
WHOLE = {
    'archive': 'an export, and what stands in the way of a restoration',
    'archive-read': 'the same',
    'archive-table': 'the same, table by table',
    'backups': 'a copy of everything',
    'duplicates': 'compares all with all',
    'keepsake': 'asks whether anything is there at all, and stops at the first row',
    'keys': 'hashes and keys of everybody, for an import',
    'known': 'everybody, for a set in memory, once an import',
    'meanwhile': 'what came during one import',
    'nearby': 'those who are like one of an import',
    'newcomers': 'the same',
    'stage': 'a copy of everything, for an import',
    'undo': 'at most fifty of a book',
}
# Others, by a part of the statement.
EXCEPTIONS = [
    (r'^SELECT count\(\*\) FROM (contact|occasion) ', 'counted for the welcome and `nudge book`, once each'),
    (r'^SELECT (min|max)\(id\) FROM contact WHERE book', 'whom a welcome begins with, in a database of several books'),
    (r'^SELECT id FROM contact c WHERE book=\? AND id>=\?', 'the same'),
    (r'instr\(folded, \?2\)', 'a part of a name, where no whole one was meant: 10 ms at 100,000'),
    (r'^SELECT id FROM contact WHERE book=\? ORDER BY id', 'everybody is asked for'),
    (r'^SELECT id, city FROM contact WHERE book=\? ORDER BY folded', 'everybody is asked for'),
    (r'^WITH carried', 'all tags are asked for, each with how many carry it'),
    (r'FROM ledger l .* WHERE l\.book=\? ORDER BY', 'all of the ledger is asked for'),
    (r'^SELECT city, NULL', 'the cities of at most 2,000 people'),
    (r"l\.kind='offered' AND l\.entered_day>=\?", 'the offers of some weeks'),
    (r'FROM wanting w ', 'only those who seek or offer something'),
    (r'(FROM|UPDATE) outreach ', 'requests to strangers: a person writes each of them'),
    (r'^SELECT d\.changed_at, g\.name', 'the newest first, and ends at the limit'),
    (r'^SELECT (recipient, )?COALESCE\((error|d\.failing_since)', 'what did not arrive, for `nudge status`'),
    (r'^SELECT m\.id, m\.slot, d\.state=', 'the messages since the last one that arrived'),
    (r'^SELECT changed_at FROM delivery WHERE changed_at>=', 'once a start, for max_per_minute'),
    (r'^SELECT state, count\(\*\)', 'counted for `nudge status`'),
    (r'FROM trouble ORDER BY since', 'a few rows'),
    (r'^SELECT h\.digest, h\.paused', 'the digests of one book, or with which something is wrong: few'),
    (r'^SELECT g\.name, h\.digest IS NOT NULL', 'the digests of which the last mail was refused: few'),
    (r'^UPDATE hosted SET due=0 WHERE due>0', 'all are looked at, after zones or the clock were changed'),
    (r'^DELETE FROM (digest|search) WHERE \w+ IN \(SELECT \w+ FROM \w+ WHERE book=', 'a book is erased'),
    (r'count\(\*\) FROM hosted', 'counted for `nudge status`'),
]
TEMPORARY = ('CREATE TEMP TABLE nearby (id INTEGER PRIMARY KEY)', 'CREATE TEMP TABLE room_counter (book, letter, last)',
             'CREATE TEMP TABLE room_sequence (name, seq)')


def statements():
    """Of all modules: (module, statement)."""
    found = set()
    for path in glob.glob(tap.build_path('daemon/*/*.o')):
        with open(path, 'rb') as file:
            for match in STATEMENT.finditer(file.read()):
                found.add((os.path.basename(path)[:-2], match[0].decode()))
    return sorted(found)


def tables(statement):
    """What each name of a plan is."""
    names = {table: table for table in GROWS}
    for table, alias in re.findall(r'\b(?:FROM|JOIN|,|INTO|UPDATE) (\w+)(?: AS)? (\w+)', statement):
        if table in GROWS:
            names[alias] = table
    return names


def faults(statement, steps):
    names = tables(statement)
    for step in steps:
        words = step.split()
        table = names.get(words[1]) if len(words) > 1 else None
        index = re.search(r'INDEX (\w+)', step)
        if 'TEMP B-TREE' in step and not OF_ONE.search(statement):
            yield step
        elif words[0] == 'SCAN' and table:
            yield step
        elif words[0] == 'SEARCH' and table and step.endswith('(book=?)') and \
                not (index and index[1] in OPEN):
            yield step


def plan(database, statement):
    numbered = [int(number) for number in re.findall(r'\?(\d+)', statement)]
    arguments = [None] * (max(numbered) if numbered else statement.count('?'))
    return [row[3] for row in database.execute('EXPLAIN QUERY PLAN ' + statement, arguments)]


def each_statement_finds_what_it_needs():
    used, seen, wrong = set(), 0, []
    with Home() as home:
        home.configure()
        home.nudge('add', 'Anna')
        with contextlib.closing(sqlite3.connect(home.database)) as database:
            for table in TEMPORARY:
                database.execute(table)
            for module, statement in statements():
                seen += 1
                for step in faults(statement, plan(database, statement)):
                    excuse = module if module in WHOLE else \
                        next((e for e, _ in EXCEPTIONS if re.search(e, statement)), None)
                    used.add(excuse)
                    if not excuse:
                        wrong.append(f'{module}: {step}: {statement}')
    tap.diagnose(f'{seen} statements')
    tap.check(seen > 300, f'only {seen} statements were found')
    tap.check(not wrong, '\n'.join(wrong))
    tap.equal({e for e, _ in EXCEPTIONS} - used, set(), 'exceptions for nothing')


tap.run(each_statement_finds_what_it_needs)
