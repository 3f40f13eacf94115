# SPDX-License-Identifier: MIT
"""nudge export: what other programs make of it, and what comes back.

Python's vobject reads the cards, libical (tests/lib/ical-tool) the calendar, Python's csv the table. With
CI set they have to be there.
"""

import contextlib
import csv
import glob
import io
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import tap  # noqa: E402
from programs import NUDGE, Home  # noqa: E402

try:
    import vobject
except ImportError:
    vobject = None

MONDAY = '2026-11-23T12:00:00+01:00'
ICAL_TOOL = tap.build_path('tests/lib/ical-tool')
NOTE = 'first\nBEGIN:VCARD\nsays "hi", and; \\n so on\nEND:VCARD'
HOSTILE = {  # names that cannot be typed as they are, or are no ordinary ones
    'commas, and; more: "quoted"': 'commas, and; more: "quoted"',
    '=cmd|\'/C calc\'!A0': '=cmd|\'/C calc\'!A0',
    '@home -1 +2': '@home -1 +2',
    '🙂🙂 👩‍👩‍👧 Family': '🙂🙂 👩‍👩‍👧 Family',
    'שלום עולם': 'שלום עולם',
    'back\\slash \\n \\, end\\': 'back\\slash \\n \\, end\\',
    'two\r\nlines\tand a tab': 'two lines and a tab',
    'N' * 300: 'N' * 300,
    'ü' * 300: 'ü' * 300,
}


class Book(Home):
    def __init__(self, more='', now=MONDAY):
        super().__init__()
        self.now = now
        self.configure(digests=[{'more': more}])

    def fill(self):
        self.nudge('me', '--name', 'Jo', '--city', 'Bonn', '--offers', 'PostgreSQL')
        self.nudge('add', 'Anna', 'Schmidt', '--birthday', '29.2.1984', '--email', 'anna@example.org',
                   '--phone', '+49 30 1', '--link', 'https://example.org/?a=1,2;b', '--org', 'Acme; Co',
                   '--title', 'CEO, boss', '--city', 'Köln', '--tag', 'friends', '--tag', 'chess',
                   '--offers', 'a boat, small', '--seeks', 'a flat', '--every', '6w', '--note', NOTE,
                   '--met', '1.11.2024', '--met-place', 'Berlin', '--language', 'de')
        self.nudge('add', 'Ben', '--birthday', '12.3.')
        self.nudge('occasion', 'Ben', 'name-day', '26.7.')
        self.nudge('occasion', 'Ben', 'first day; Acme', '1.4.2019')
        self.nudge('occasion', 'Anna', 'anniversary', '29.2.')
        self.nudge('follow-up', 'Anna', 'slides, all of them', '--on', '2026-11-28 15:00')
        self.nudge('follow-up', 'the passport', '--on', '2026-12-31', '--repeat', 'monthly')
        self.nudge('follow-up', 'Ben', 'call', '--on', '2026-12-01', '--repeat', '30d', '--after-done')
        for name in HOSTILE:
            self.nudge('add', name, '--note', name)
        self.nudge('log', 'Anna', 'met', 'at the fair')
        self.nudge('received', 'Anna', 'an introduction')
        self.nudge('coffee', 'Anna', 'invited')
        self.nudge('introduce', 'Anna', 'Ben', '--because', 'both sail')
        self.nudge('outreach', 'Eva Kern', '--common', 'Kiel')
        self.nudge('forum', 'HR', '--goal', '3/week')
        self.nudge('replied', 'HR', '--to', 'Ben', 'contracts')
        self.nudge('tag', 'friends', '--every', '4w')
        self.nudge('add', 'Carl')
        self.nudge('merge', 'Ben', 'Carl')
        self.nudge('add', 'Zoe Gone', '--email', 'zoe@example.org')
        self.nudge('remove', 'Zoe', '--yes')
        return self

    def export(self, *arguments):
        result = subprocess.run([NUDGE, '--now', self.now, 'export', *arguments], capture_output=True,
                                env=self.env, timeout=60)
        tap.equal((result.returncode, result.stderr), (0, b''), f'export {arguments}')
        return result.stdout.decode('utf-8')


def needs(thing, what):
    if thing:
        return
    tap.check(not os.environ.get('CI'), f'{what} is missing: ./autogen.sh check installs it')
    raise tap.Skipped(f'{what} is not installed')


def cards(text):
    return {card.fn.value: card for card in vobject.readComponents(text)}


def lines_are_short(text):
    for line in text.encode().split(b'\r\n'):
        tap.check(len(line) <= 75 and b'\n' not in line and b'\r' not in line, line)
        line.decode('utf-8')


# --- cards ---

def vobject_reads_the_cards():
    needs(vobject, 'vobject')
    with Book().fill() as home:
        for form, version in (('vcard', '4.0'), ('vcard3', '3.0')):
            text = home.export('--format', form)
            lines_are_short(text)
            found = cards(text)
            tap.equal(set(found), {'Anna Schmidt', 'Ben', *HOSTILE.values()}, f'{version}: names')
            for card in found.values():
                card.validate(raiseException=True)
                card.serialize()
                tap.equal(card.version.value, version, 'version')
            anna = found['Anna Schmidt']
            tap.equal((anna.n.value.family, anna.n.value.given), ('Schmidt', 'Anna'), 'parts of the name')
            tap.equal(anna.note.value, NOTE, 'note')
            tap.equal(anna.email.value, 'anna@example.org', 'e-mail')
            tap.equal(anna.tel.value, '+49 30 1', 'phone')
            tap.equal(anna.url.value, 'https://example.org/?a=1,2;b', 'link')
            tap.equal(anna.org.value, ['Acme; Co'], 'organisation')
            tap.equal(anna.title.value, 'CEO, boss', 'title')
            tap.equal(anna.adr.value.city, 'Köln', 'city')
            tap.equal(anna.categories.value, ['friends', 'chess'], 'tags')
            tap.equal(anna.bday.value.replace('-', ''), '19840229', 'birthday')
            for name in HOSTILE.values():
                tap.equal(' '.join(found[name].note.value.split()), ' '.join(name.split()), f'note of {name!r}')


def vobject_reads_real_cards_again():
    needs(vobject, 'vobject')
    folder = os.path.join(os.environ.get('NUDGED_CORPUS', ''), 'vcard')
    if not os.path.isdir(folder):
        raise tap.Skipped('NUDGED_CORPUS names no folder with real export files in vcard/')
    for path in sorted(glob.glob(os.path.join(folder, '*.vcf'))):
        with Book() as home:
            home.nudge('import', path)
            for form in ('vcard', 'vcard3'):
                text = home.export('--format', form)
                lines_are_short(text)
                for card in vobject.readComponents(text):
                    card.validate(raiseException=True)
                    card.serialize()
                with Book() as fresh:
                    fresh.nudge('import', home.write('cards.vcf', text))
                    tap.equal(fresh.export('--format', form), text, f'{path} once more')
                tap.contains(home.nudge('import', home.path('cards.vcf')), 'added 0, updated 0', path)


def cards_come_back():
    with Book().fill() as home:
        for form in ('vcard', 'vcard3'):
            text = home.export('--format', form)
            with Book() as fresh:
                fresh.nudge('import', home.write('cards.vcf', text))
                tap.equal(fresh.export('--format', form), text, form)
            tap.contains(home.nudge('import', home.path('cards.vcf')), 'added 0', 'at home')
            tap.equal(home.export('--format', form), text, f'{form} after its own import')


def counts(report):
    return [report[key] for key in ('added', 'updated', 'unchanged', 'rejected', 'skipped')]


def an_export_says_nothing_new():
    """Of whatever format and in either language, to the book that it comes from."""
    with Book().fill() as home:
        people, with_days = len(home.json('list')), 2
        home.nudge('add', 'Pia', 'Neu')
        home.nudge('occasion', 'Pia', 'anniversary', '5.6.2010')
        home.nudge('add', 'only@example.org', '--email', 'only@example.org')
        before = home.export()
        for language in ('C.UTF-8', 'de_DE.UTF-8'):
            for form, ending, expected in (('vcard', 'vcf', [0, 0, people + 2, 0, 0]),
                                           ('vcard3', 'vcf', [0, 0, people + 2, 0, 0]),
                                           ('csv', 'csv', [0, 0, people + 2, 0, 0]),
                                           ('ics', 'ics', [0, 0, with_days + 1, 0, 3])):
                path = home.path(f'{form}.{ending}')
                home.nudge('export', path, '--format', form, env={'LANG': language})
                tap.equal(counts(home.json('import', path)), expected, f'{form}, {language}')
                tap.equal(home.export(), before, f'{form}, {language}: the book')


def a_calendar_that_was_passed_on_leads_home():
    """Most calendars give back no property that they do not know."""
    with Book() as home:
        home.nudge('add', 'Pia', 'Neu', '--met', '1.2.2020')
        home.nudge('occasion', 'Pia', 'first day: Acme', '5.6.2010')
        text = ''.join(line for line in home.export('--format', 'ics').splitlines(True) if 'X-NUDGE' not in line)
        tap.equal(counts(home.json('import', home.write('passed.ics', text))), [0, 0, 1, 0, 0], 'at home')
        with Book() as other:
            other.nudge('import', home.path('passed.ics'))
            tap.equal([(day['name'], day['date']) for day in other.json('show', 'Pia')['occasions']],
                      [('first day: Acme', '2010-06-05')], 'elsewhere')
            tap.contains(other.nudge('show', 'Pia'), '1 February 2020', 'the day one met')


# --- calendar ---

def calendar(home):
    text = home.export('--format', 'ics')
    lines_are_short(text)
    result = subprocess.run([ICAL_TOOL], input=text, capture_output=True, encoding='utf-8')
    tap.equal((result.returncode, result.stderr), (0, ''), f'libical: {result.stdout}')
    rows = [line.split('\t') for line in result.stdout.splitlines()]
    return {summary: (start, days.split()) for summary, start, days in rows}


def days_that_have_names_of_ours_come_back():
    """In either language: a name day is one again, and not an occasion that is called so."""
    for language in ('C.UTF-8', 'de_DE.UTF-8'):
        with Book() as home:
            home.nudge('add', 'Anna', '--email', 'a@example.org', '--met', '1.2.2020')
            home.nudge('occasion', 'Anna', 'name-day', '26.7.')
            path = home.path('a.vcf')
            home.nudge('export', path, env={'LANG': language})
            before = home.json('show', 'Anna')
            tap.equal(home.json('import', path)['unchanged'], 1, language)
            tap.equal(home.json('show', 'Anna'), before, 'the contact')
            with Book() as other:
                other.nudge('import', path)
                kinds = [(item['name'], item['date']) for item in other.json('show', 'Anna')['occasions']]
                tap.check(('name-day', '--07-26') in kinds, 'in another book: %s' % kinds)


def libical_reads_the_calendar():
    needs(os.path.exists(ICAL_TOOL), 'libical')
    ben = {year: f'{year}-03-12' for year in (2026, 2027, 2028)}
    for leap, days in (('feb28', ['2026-02-28', '2027-02-28', '2028-02-29']),
                       ('mar1', ['2026-03-01', '2027-03-01', '2028-02-29'])):
        with Book(more=f'leap_day = "{leap}";').fill() as home:
            events = calendar(home)
            tap.equal(events["Anna Schmidt's birthday (1984)"], ('19840229', days), leap)
            tap.equal(events["Anna Schmidt's anniversary"], ('19720229', days), f'{leap}, no year')
            tap.equal(events["Ben's birthday"], ('19720312', list(ben.values())), 'no year')
            tap.equal(events["Ben's name day"][1][0], '2026-07-26', 'name day')
            tap.equal(events['Ben: first day; Acme (2019)'][0], '20190401', 'a named day')
            tap.equal(events['Anna Schmidt: slides, all of them'], ('20261128T150000', ['2026-11-28']),
                      'a follow-up with its time')
            tap.equal(events['the passport'][1][:4], ['2026-12-31', '2027-01-31', '2027-02-28', '2027-03-31'],
                      'the ends of months')
            tap.equal(events['Ben: call'], ('20261201', ['2026-12-01']), 'counted from the day it is done')
            tap.equal(len(events), 9, f'events: {events}')


# --- table ---

def the_table_holds_no_formula():
    with Book().fill() as home:
        text = home.export('--format', 'csv')
        tap.check(text.startswith('\ufeffFirst Name,'), text[:20])
        rows = list(csv.reader(io.StringIO(text[1:], newline=''), strict=True))
        tap.equal({len(row) for row in rows}, {len(rows[0])}, 'columns')
        for row in rows:
            for cell in row:
                tap.check(cell[:1] not in ('=', '+', '-', '@', '\t', '\r'), f'a formula: {cell!r}')
        people = [dict(zip(rows[0], row)) for row in rows[1:]]
        anna = people[0]
        for column, value in {'First Name': 'Anna', 'Last Name': 'Schmidt', 'Birthday': '1984-02-29',
                              'E-mail 1 - Value': 'anna@example.org', 'Phone 1 - Value': ' +49 30 1',
                              'Labels': 'friends ::: chess', 'Notes': NOTE, 'Address 1 - City': 'Köln',
                              'Organization Name': 'Acme; Co'}.items():
            tap.equal(anna[column], value, column)
        tap.equal(people[1]['Birthday'], ' --03-12', 'no year')


# --- the whole book ---

def the_book_comes_back():
    with Book().fill() as home, Book() as fresh:
        path = home.path('book.json')
        home.nudge('export', path)
        tap.equal(os.stat(path).st_mode & 0o7777, 0o600, 'mode')
        text = home.read('book.json')
        tap.equal(home.export('--format', 'json'), text, 'printed')
        tap.equal(json.loads(text)['nudge'], 1, 'version')
        tap.contains(fresh.nudge('import', '--dry-run', path), 'would bring back', 'a dry run')
        tap.equal(fresh.json('list'), [], 'after a dry run')
        tap.equal(fresh.json('import', path)['added'], len(json.loads(text)['contacts']), 'people')
        tap.equal(fresh.export('--format', 'json'), text, 'the same book')
        for words in (['list'], ['agenda', '--days', '400'], ['ledger'], ['forum'], ['outreach'],
                      ['show', 'Anna', '--all']):
            tap.equal(fresh.nudge(*words), home.nudge(*words), f'{words}')
        # Who was erased stays away, and a handle is not given twice.
        fresh.nudge('import', fresh.write('zoe.vcf', 'BEGIN:VCARD\nVERSION:3.0\nFN:Zoe Gone\nEMAIL:zoe@example.org\nEND:VCARD\n'))
        tap.equal(fresh.json('list', 'Zoe'), [], 'the erased')
        tap.equal(fresh.nudge('follow-up', 'x', '--on', 'friday').split()[0],
                  home.nudge('follow-up', 'x', '--on', 'friday').split()[0], 'the next handle')


def a_book_comes_back_into_an_empty_one():
    with Book().fill() as home:
        home.nudge('export', home.path('book.json'))
        text = home.nudge('import', home.path('book.json'), status=1)
        tap.contains(text, 'into an empty one only', 'the sentence')
        home.nudge('book', 'copy', '--create')
        tap.contains(home.nudge('-b', 'copy', 'import', home.path('book.json')), 'numbers (#ID) are new', 'a copy')
        tap.equal([p['name'] for p in home.json('-b', 'copy', 'list')], [p['name'] for p in home.json('list')],
                  'people of the copy')


def a_broken_book_is_refused():
    with Book() as home:
        rows = (('{"nudge": 1, "contacts": [', 'line 1: the file ends too early'),
                ('{"nudge": 9}', 'written by a newer nudge'),
                ('{"people": []}', 'no book that'),
                ('{"nudge": 1, "contacts": [{"id": 1}]}', '"name" is missing'))
        for text, sentence in rows:
            path = home.write('book.json', text)
            tap.contains(home.nudge('import', path, status=65), sentence, text)
        home.nudge('import', path, path, status=64)
        home.nudge('import', path, '--tag', 'x', status=64)
        tap.equal(home.json('list'), [], 'nothing came of it')


# --- the command ---

def the_file_tells_the_format():
    with Book().fill() as home:
        for name, start in (('a.vcf', 'BEGIN:VCARD\nVERSION:4.0'), ('a.CSV', '\ufeffFirst'),
                            ('a.ics', 'BEGIN:VCALENDAR'), ('a.json', '{'), ('a', 'BEGIN:VCARD'), ('.a', 'BEGIN:VCARD')):
            tap.contains(home.nudge('export', home.path(name)), f'{name}: ', 'the answer')
            tap.check(home.read(name).startswith(start), name)
        home.nudge('export', '--format', 'vcard3', home.path('a.json'))
        tap.contains(home.read('a.json'), 'VERSION:3.0', '--format is stronger')
        tap.equal(home.json('export', home.path('b.csv')),
                  {'file': home.path('b.csv'), 'format': 'csv', 'contacts': 2 + len(HOSTILE)}, '--json')
        tap.equal(home.json('export')['nudge'], 1, '--json without a file')
        os.symlink(home.path('a.vcf'), home.path('link.vcf'))
        home.nudge('export', '--format', 'csv', home.path('link.vcf'))
        tap.check(os.path.islink(home.path('link.vcf')) and home.read('a.vcf').startswith('\ufeff'), 'a link')


def what_cannot_be():
    with Book() as home:
        home.nudge('add', 'Anna')
        for status, words in ((64, ['--format', 'pdf']), (64, ['a', 'b']), (73, [home.folder]),
                              (73, [home.path('no', 'where.vcf')]), (73, ['--format', 'csv', home.database]),
                              (64, [home.path('a.xyz')]), (64, [home.path('book.v2')]),
                              (64, ['--json', '--format', 'csv'])):
            home.nudge('export', *words, status=status)
        if os.path.exists('/dev/full'):
            home.nudge('export', '/dev/full', status=74)
        tap.equal(len(home.json('list')), 1, 'the book is as it was')
        tap.equal(sorted(os.listdir(home.folder)), ['data', 'nudged.conf'], 'nothing is left over')


def an_empty_book():
    with Book() as home:
        home.nudge('book', 'main', '--create', status=1)  # else it is said that there is none
        tap.equal(home.export(), '', 'no card')
        tap.equal(home.export('--format', 'csv').count('\r\n'), 1, 'a header')
        tap.check(home.export('--format', 'ics').endswith('END:VCALENDAR\r\n'), 'a calendar')
        tap.equal(json.loads(home.export('--format', 'json'))['nudge'], 1, 'JSON')


def a_slow_reader_keeps_nobody_from_writing():
    with Book() as home:
        home.nudge('add', 'Anna', '--note', 'x' * 60000)
        home.nudge('add', 'Ben', '--note', 'x' * 60000)
        with contextlib.ExitStack() as stack:
            reader = stack.enter_context(subprocess.Popen([NUDGE, '--now', MONDAY, 'export'], env=home.env,
                                                          stdout=subprocess.PIPE))
            tap.equal(reader.stdout.read(5), b'BEGIN', 'the first bytes')  # the pipe is full, it waits
            home.nudge('add', 'Carl')
            rest = reader.stdout.read()
        tap.check(rest.endswith(b'END:VCARD\r\n') and b'Carl' not in rest, 'the moment of the export')


tap.run(vobject_reads_the_cards, vobject_reads_real_cards_again, cards_come_back, an_export_says_nothing_new,
        a_calendar_that_was_passed_on_leads_home, libical_reads_the_calendar,
        the_table_holds_no_formula, days_that_have_names_of_ours_come_back, the_book_comes_back, a_book_comes_back_into_an_empty_one,
        a_broken_book_is_refused, the_file_tells_the_format, what_cannot_be, an_empty_book,
        a_slow_reader_keeps_nobody_from_writing)
