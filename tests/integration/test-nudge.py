# SPDX-License-Identifier: MIT
"""nudge, the command, from outside: each verb with good and bad input, exit statuses, JSON."""

import contextlib
import fcntl
import json
import os
import pty
import re
import sqlite3
import struct
import subprocess
import sys
import termios
import unicodedata

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import tap  # noqa: E402
from programs import NUDGE, NUDGED, Home  # noqa: E402
from smtpd import Receiver  # noqa: E402

MONDAY = '2026-11-23T12:00:00+01:00'
CONTACT_KEYS = {'id', 'name', 'birthday', 'emails', 'phones', 'links', 'org', 'title', 'city', 'tags',
                'offers', 'seeks', 'every', 'last_touch', 'note', 'occasions'}
LISTS = ('emails', 'phones', 'links', 'tags', 'offers', 'seeks', 'occasions')
AGENDA_KEYS = {'handle', 'kind', 'contact', 'title', 'due', 'overdue_days'}


class Book(Home):
    """A home with Anna Schmidt, Ben Weber and Bea Weber on a Monday."""

    def __init__(self):
        super().__init__()
        self.now = MONDAY
        self.configure(digests=[{'more': ''}])
        self.nudge('add', 'Anna', 'Schmidt', '--birthday', '23.11.1984', '--email', 'anna@example.org',
                   '--org', 'Acme', '--city', 'Köln', '--tag', 'friends', '--phone', '+49 30 1',
                   '--link', 'https://example.org/a', '--offers', 'PostgreSQL', '--seeks', 'a flat',
                   '--every', '6 weeks', '--note', 'likes mountains', '--title', 'CEO',
                   '--met', '1.11.2026', '--met-place', 'Berlin', '--language', 'de',
                   '--salutation', 'Liebe Anna,')
        self.nudge('add', 'Ben Weber', '--birthday', '--11-25', '--city', 'Köln')
        self.nudge('new', 'Bea Weber', '--email', 'bea@example.org')


# --- help and usage ---

def help_tells_each_verb():
    with Home() as home:
        text = home.nudge('--help')
        verbs = [line.split()[0] for line in text.splitlines() if line.startswith('  ')]
        tap.equal(verbs[:4], ['agenda', 'done', 'snooze', 'add'], 'the first verbs')
        for verb in verbs:
            for words in ([verb, '--help'], [verb, '-h']):
                more = home.nudge(*words)
                tap.contains(more, f'Usage: nudge {verb}', f'the help of {verb}')
                tap.check(re.search(rf'\n  nudge .*\b{verb}\b', more), f'an example of {verb}: {more}')
        tap.equal(home.nudge('help'), text, 'nudge help')
        for words in (['--version'], ['list', '--version'], ['-V']):
            tap.check(home.nudge(*words).startswith('nudge '), 'the version')
        tap.check(not os.path.exists(home.path('data')), 'help makes a database')


def options_are_refused_in_a_sentence():
    rows = ((['list', '--nonsense'], "unrecognized option '--nonsense'"), (['list', '-x'], "unrecognized option '-x'"),
            (['show', 'Anna', '--all', '-xy'], "unrecognized option '-x'"), (['--nonsense=1'], "unrecognized option '--nonsense=1'"),
            (['list', '--tag'], "option '--tag' requires an argument"), (['-c'], "option '-c' requires an argument"),
            (['--config'], "option '--config' requires an argument"), (['list', '-b'], "option '-b' requires"),
            (['list', '--json=1'], "option '--json' doesn't allow an argument"),
            (['--help=1'], "option '--help' doesn't allow an argument"),
            (['show', '--all=1'], "option '--all' doesn't allow an argument"))
    with Home() as home:
        for words, sentence in rows:
            text = home.nudge(*words, status=64)
            tap.contains(text, f'nudge: {sentence}', f'{words}')
            tap.equal(text.count('See `nudge'), 1, f'where to read on: {text}')


def usage_errors():
    rows = (
        ['agend'], ['--nonsense'], ['list', '--nonsense'], ['add'], ['show'], ['edit'], ['remove'],
        ['done'], ['snooze'], ['snooze', 'f1'], ['follow-up', 'x'], ['follow-up', '--on', 'friday'], ['tag', '--every', '6w'], ['occasion', 'Anna'],
        ['import'], ['agenda', '--days', '0'], ['agenda', '--days', 'x'], ['agenda', 'word'],
        ['me', 'word'], ['preview', 'a', 'b'], ['--now', 'yesterday', 'list'], ['list', '--tag'],
        ['add', 'X', '--birthday', '31.2.1980'], ['add', 'X', '--birthday', '3/12'],
        ['add', 'X', '--every', 'often'], ['add', 'X', '--email', 'none'], ['add', 'X', '--met', '??'],
        ['add', 'X', '--met', 'tomorrow'],
        ['occasion', 'Anna', 'name-day', '3/12'], ['follow-up', 'x', '--on', '3/12'],
        ['follow-up', 'x', '--on', 'someday'], ['snooze', 'b1', 'yesterday'], ['snooze', 'b1', 'today'],
        ['add', ''], ['add', '   '], ['add', '\u202e\u00a0'], ['add', '', '\n'], ['add', 'X', '--name', ' '],
        ['edit', 'Anna', '--name', ' \t'], ['occasion', 'Anna', ' ', '1.3.'], ['tag', ' ', '--every', '6w'],
        ['follow-up', 'Anna', '', '--on', 'friday'], ['follow-up', ' \n', '--on', 'friday'],
        ['introduce', 'Anna'], ['gave', 'Anna', ''], ['received', 'Anna', ' '], ['asked', 'Anna', '\x07'], ['offered', 'Anna', ''],
        ['reached', ' '], ['add', b'M\xfcller'], ['add', 'X', '--note', b'\xff'], ['log', 'Anna', 'met', '--seeks', ''],
        ['log', 'Anna', 'wrote', '...'], ['done', 'b1', '…'], ['add', 'X', '--note', '...'],
        ['preview', '--on', '3/12'], ['test-send', '--to', 'nobody'], ['edit', 'Anna', '--birthday', 'x'],
    )
    with Book() as home:
        before = home.json('list')
        for words in rows:
            home.nudge(*words, status=64)
        tap.equal(home.json('list'), before, 'the book after usage errors')


def what_was_done_is_kept_in_the_readers_words():
    with Book() as home:
        home.nudge('follow-up', 'Ben', 'call', '--on', 'today')
        home.nudge('done', 'f1')
        tap.contains(home.nudge('log', 'Ben'), ' follow-up: call\n', 'the history')


def unknown_verbs_are_guessed():
    rows = (('agend', 'agenda'), ('dnoe', 'done'), ('shwo', 'show'), ('follwup', 'follow-up'),
            ('remoev', 'remove'), ('xyzzyplugh', None), ('', None), ('x', None))
    with Home() as home:
        for word, meant in rows:
            text = home.nudge(word, status=64)
            if meant:
                tap.contains(text, f'did you mean `nudge {meant}`', word)
            else:
                tap.contains(text, 'see `nudge --help`', word)


# --- the book ---

def add_show_and_list_agree():
    with Book() as home:
        people = home.json('list')
        tap.equal([person['name'] for person in people], ['Anna Schmidt', 'Bea Weber', 'Ben Weber'], 'names')
        for person in people:
            tap.check(CONTACT_KEYS <= set(person), f'keys: {CONTACT_KEYS - set(person)}')
            tap.check(all(isinstance(person[key], list) for key in LISTS), 'lists are lists')
            tap.equal(home.json('show', f'#{person["id"]}'), person, 'show and list')
        anna = people[0]
        expected = {
            'birthday': '1984-11-23', 'emails': ['anna@example.org'], 'phones': ['+49 30 1'],
            'links': ['https://example.org/a'], 'org': 'Acme', 'title': 'CEO', 'city': 'Köln',
            'tags': ['friends'], 'offers': ['PostgreSQL'], 'seeks': ['a flat'], 'every': '6w',
            'note': 'likes mountains', 'last_touch': None,
            'occasions': [{'name': 'birthday', 'date': '1984-11-23'}]}
        tap.equal({key: anna[key] for key in expected}, expected, 'Anna')
        tap.equal(people[2]['birthday'], '--11-25', 'a birthday without a year')
        tap.equal(people[1]['birthday'], None, 'no birthday')
        tap.contains(home.nudge('show', 'Anna', '--all'), 'hand', 'the source')


def contacts_are_found():
    rows = (('Anna', 'Anna Schmidt'), ('schmi', 'Anna Schmidt'), ('anna@example.org', 'Anna Schmidt'),
            ('b1', 'Anna Schmidt'), ('#2', 'Ben Weber'), ('weber be', None), ('BEN', 'Ben Weber'))
    with Book() as home:
        for words, name in rows:
            if name:
                tap.equal(home.json('show', words)['name'], name, words)
        text = home.nudge('show', 'Weber', status=1)
        for part in ('#2', 'Ben Weber', 'Köln', '#3', 'Bea Weber', 'bea@example.org'):
            tap.contains(text, part, 'the ambiguous ones')
        for words in ('Nobody', '#77', 'b99', ''):
            home.nudge('show', words, status=1)
        for verb in (['edit'], ['remove'], ['show']):
            home.nudge(*verb, 'Weber', status=1)
        tap.equal([p['name'] for p in home.json('list', 'mountains')], ['Anna Schmidt'], 'by the note')
        tap.equal([p['name'] for p in home.json('ls', '--city', 'köln')], ['Anna Schmidt', 'Ben Weber'],
                  'by city')
        tap.equal([p['name'] for p in home.json('list', '--tag', 'friends')], ['Anna Schmidt'], 'by tag')
        tap.equal(home.json('list', 'zzz'), [], 'nobody')
        home.nudge('list', 'zzz', status=1)


def namesakes_are_told_apart():
    rows = ((['--birthday', '12.3.1984'], ['--birthday', '12.3.'], 'birthday: 12 March 1984', 'birthday: 12 March'),
            (['--phone', '+49 1'], ['--phone', '+49 2'], '+49 1', '+49 2'),
            (['--tag', 'club', '--tag', 'chess'], ['--tag', 'club'], 'tag: chess', ''),
            (['--seeks', 'a flat'], ['--offers', 'a boat'], 'seeks: a flat', 'offers: a boat'),
            (['--met-place', 'OMR'], ['--title', 'CEO'], 'place you met: OMR', 'CEO'),
            (['--note', 'x'], ['--seeks', 'y' * 41], '', ''))
    for one, other, first, second in rows:
        with Home() as home:
            home.configure()
            for options in (one, other):
                home.nudge('add', 'Tom Twin', '--org', 'Acme', '--city', 'Bonn', *options)
            lines = home.nudge('show', 'Tom Twin', status=1).splitlines()
            tap.equal(lines[1:], [f'  #1     Tom Twin{first and ", "}{first}', f'  #2     Tom Twin{second and ", "}{second}'],
                      f'{one}, {other}')


def edit_changes_one_thing():
    with Book() as home:
        before = home.json('show', 'Anna')
        home.nudge('edit', 'Anna', '--city', 'Bonn', '--untag', 'friends', '--email', 'a2@example.org',
                   '--birthday', '24.11.')
        after = home.json('show', 'Anna')
        tap.equal((after['city'], after['tags'], after['emails'], after['birthday']),
                  ('Bonn', [], ['anna@example.org', 'a2@example.org'], '--11-24'), 'what was changed')
        same = CONTACT_KEYS - {'city', 'tags', 'emails', 'birthday', 'occasions'}
        tap.equal({k: after[k] for k in same}, {k: before[k] for k in same}, 'what was not')
        home.nudge('edit', 'Anna', '--city', '', '--birthday', '')
        tap.equal(home.json('show', 'Anna')['city'], None, 'a field taken away')
        tap.equal(home.json('show', 'Anna')['birthday'], None, 'a birthday taken away')
        home.nudge('edit', 'Anna', '--name', '', status=64)
        home.nudge('edit', 'Anna', '--email', '', '--phone', ' ', '--offers', '', '--offers', 'SQL')
        anna = home.json('show', 'Anna')
        tap.equal((anna['emails'], anna['phones'], anna['offers'], anna['seeks']), ([], [], ['SQL'], ['a flat']),
                  'values taken away')
        tap.contains(home.nudge('edit', 'Anna', '--city', 'Ulm', '--untag', 'zz', status=1), 'no tag "zz"',
                     'a tag that is none')
        tap.equal(home.json('show', 'Anna'), anna, 'nothing was changed')


def everything_held_is_shown():
    with Book() as home:
        home.nudge('edit', 'Anna', '--org', '')
        lines = home.nudge('show', 'Anna', '--all').partition('Held, with source and day')[2]
        for part in ('city: Köln', 'met: 1 November 2026', 'met_place: Berlin',
                     'birthday: 23 November 1984'):
            tap.contains(lines, part, 'everything held')
        tap.check(not any(line.endswith(': ') for line in lines.splitlines()), f'a value is missing: {lines}')
        tap.check(' org' not in lines, f'what was taken away: {lines}')


def show_tells_what_is_open():
    with Book() as home:
        home.nudge('follow-up', 'Ben', 'send the slides', '--on', 'friday')
        home.nudge('received', 'Ben', 'a tip', '--on', 'yesterday')
        home.nudge('received', 'Bea', 'a lift')
        home.nudge('coffee', 'Ben', 'agreed', '--on', 'friday 15:00', '--place', 'Central')
        home.nudge('introduce', 'Ben', 'Anna', '--because', 'both sail')
        home.nudge('introduce', 'Ben', 'Bea')
        home.nudge('outreach', 'Ben', '--hope', 'an hour of advice')
        text = home.nudge('show', 'Ben')
        for line in ('Birthday      25 November  b3', 'Last contact  22 November 2026, received: a tip',
                     'Follow-up     send the slides, due 27 November 2026  f1', 'Thanks        a tip  y1',
                     'Coffee        agreed, 27 November 2026, 15:00, Central  c1',
                     'Introduction  Anna Schmidt: suggested  i1', '              Bea Weber: suggested  i2',
                     'Request       draft  o1'):
            tap.contains(text, line + '\n', 'what is open')
        tap.check('a lift' not in text, 'what others wait for')
        home.nudge('done', 'y1', 'f1')
        home.nudge('drop', 'c1', 'i1', 'i2', 'o1')
        text = home.nudge('show', 'Ben')
        for label in ('Thanks', 'Follow-up', 'Coffee', 'Introduction', 'Request'):
            tap.check(label not in text, f'{label}: {text}')


def whatever_is_held_has_no_bare_colon():
    with Book() as home:
        home.nudge('log', 'Ben', 'called')
        home.nudge('log', 'Ben', 'met', 'at the fair')
        lines = home.nudge('show', 'Ben', '--all').splitlines()
        tap.check(any(line.endswith('  called') for line in lines), lines)
        tap.check(any(line.endswith('  met: at the fair') for line in lines), lines)
        tap.equal([line for line in lines if line.rstrip().endswith(':')], [], 'bare colons')


def lines_hang_below_their_text():
    with Book() as home:
        home.nudge('occasion', 'Ben', 'the founding of the choir', '2.6.2002')
        tap.contains(home.nudge('show', 'Ben'), 'the founding of the choir  2 June 2002', 'a label that is too long')
        home.nudge('edit', 'Anna', '--org', 'Museum of Natural History and of the Sciences', '--note',
                   'one\ntwo with words that go on and on until the line is full\nthree')
        home.nudge('outreach', 'Eva', *options({'today': 'leads the nursing of the university hospital',
                                                'fascinates': 'from a nurse to the director of it all'}))
        for look in ({}, {'NO_COLOR': '1'}):
            text = re.sub('\033[^m]*m', '', on_a_terminal(home, 'show', 'Anna', columns=50, **look))
            tap.contains(text, 'Organisation  Museum of Natural History and of the\n              Sciences\n',
                         'a label that fills its column')
            tap.contains(text, 'Note          one\n              two with words that go on and on\n'
                               '              until the line is full\n              three\n', 'a note')
            text = re.sub('\033[^m]*m', '', on_a_terminal(home, 'outreach', 'Eva', columns=50, **look))
            places = {line.index(word) for word in ('leads', 'university', 'what do you have', 'from a nurse', 'of it all')
                      for line in text.splitlines() if word in line}
            tap.equal(places, {20}, f'where answers and questions begin: {text}')


def editor(home, script, **options):
    path = home.write('my editor', '#!/bin/sh\n' + script, 0o700)
    return home.nudge('edit', 'Anna', env={'EDITOR': f'"{path}"'}, **options)


def edit_with_an_editor():
    with Book() as home:
        before = home.json('show', 'Anna')
        tap.contains(editor(home, 'true'), 'nothing was changed', 'an editor that does nothing')
        tap.equal(home.json('show', 'Anna'), before, 'Anna')
        editor(home, 'sed -i "s/^city: .*/city: Bonn/; s/^email: .*/email: b@example.org\\nemail: '
                     'c@example.org/; s/^note: .*/note: one\\n  two/" "$1"')
        after = home.json('show', 'Anna')
        tap.equal((after['city'], after['emails'], after['note']),
                  ('Bonn', ['b@example.org', 'c@example.org'], 'one\ntwo'), 'what was changed')
        same = CONTACT_KEYS - {'city', 'emails', 'note'}
        tap.equal({k: after[k] for k in same}, {k: before[k] for k in same}, 'what was not')
        for script, status, part in (
                ('exit 3', 1, 'did not end well'),
                ('echo "nonsense: x" >>"$1"', 65, 'no field "nonsense"'),
                ('echo "no colon" >>"$1"', 65, 'colon'),
                ('sed -i "s/^birthday: .*/birthday: 31.2.1980/" "$1"', 64, 'birthday'),
                ('sed -i "s/^name: .*/name:/" "$1"', 64, 'name')):
            text = editor(home, script, status=status)
            tap.contains(text, part, script)
            tap.equal(home.json('show', 'Anna'), after, f'Anna after {script}')
            kept = re.search(r'what you typed is kept in (.*/nudge-\w+)\n', text)
            tap.equal(kept is not None, status != 1, f'what was typed: {text}')
            if kept:
                with open(kept[1], encoding='utf-8') as file:
                    tap.contains(file.read(), 'c@example.org', 'what was typed')
                tap.equal(os.stat(kept[1]).st_mode & 0o777, 0o600, 'the mode')
                os.unlink(kept[1])
            left = [name for name in os.listdir(home.folder) if name.startswith('nudge-')]
            tap.equal(left, [], 'temporary files')


def the_editor_knows_how_you_met():
    with Book() as home:
        home.nudge('forum', 'HR group', '--goal', '3/week')
        editor(home, 'sed -i "s/^met: .*/met: 2.11.2026/; s/^via:.*/via: HR/; s/^met-place: .*/met-place: Bonn/"'
                     ' "$1"')
        anna = home.json('show', 'Anna')
        tap.equal((anna['met'], anna['met_place'], anna['via']), ('2026-11-02', 'Bonn', 'HR group'), 'what was typed')
        editor(home, 'grep -q "^met: 2026-11-02$" "$1" && grep -q "^via: HR group$" "$1" &&'
                     ' sed -i "s/^met: .*/met:/; s/^via: .*/via:/" "$1"')
        anna = home.json('show', 'Anna')
        tap.equal((anna['met'], anna['met_place'], anna['via']), (None, 'Bonn', None), 'what was taken away')
        tap.check(anna['birthday'], 'the birthday')
        editor(home, 'sed -i "s/^met:.*/met: tomorrow/" "$1"', status=64)


def the_editor_opens_again():
    with Book() as home:
        path = home.write('editor', '#!/bin/sh\n'
                          'if head -n 1 "$1" | grep -q "^# birthday: "; then\n'
                          '  cp "$1" "$HOME/second"; sed -i "s/30.2.1990/28.2.1990/" "$1"\n'
                          'else sed -i "s/^birthday: .*/birthday: 30.2.1990/; s/^city: .*/city: Ulm/" "$1"; fi\n', 0o700)
        text = on_a_terminal(home, 'edit', 'Anna', EDITOR=f'"{path}"', NO_COLOR='1')
        anna = home.json('show', 'Anna')
        tap.equal((anna['birthday'], anna['city']), ('1990-02-28', 'Ulm'), f'the second time: {text}')
        tap.contains(home.read('second'), 'city: Ulm\n', 'what was typed')
        home.write('editor', '#!/bin/sh\nsed -i "s/^birthday: .*/birthday: 30.2.1990/" "$1"\n', 0o700)
        text = on_a_terminal(home, 'edit', 'Anna', EDITOR=f'"{path}"', NO_COLOR='1')
        tap.contains(text, 'what you typed is kept in', 'who changes nothing any more')
        tap.equal(home.json('show', 'Anna'), anna, 'Anna')


def remove_erases():
    with Book() as home:
        home.nudge('remove', 'Anna', status=1)  # asked on no terminal
        home.nudge('follow-up', 'Anna', 'send the slides', '--on', 'today')
        home.nudge('introduce', 'Ben', 'Anna', '--because', 'both collect maps')
        tap.contains(home.nudge('rm', 'Anna', '--yes'), 'Anna Schmidt is erased', 'the answer')
        home.nudge('show', 'Anna', status=1)
        tap.equal([i['handle'] for i in home.json('agenda')], ['b3'], 'the agenda')
        with open(home.database, 'rb') as file:
            content = file.read()
        for word in (b'Anna', b'anna@', b'mountains', b'slides', b'PostgreSQL', b'flat', b'maps'):
            tap.check(word not in content, f'{word} is still in the database')


def who_was_erased_stays_away():
    with Home() as home:
        home.configure()
        home.nudge('add', 'Jörg Müller', '--phone', '1')
        home.nudge('rm', 'Jörg', '--yes')
        path = home.write('j.vcf', 'BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Jörg Müller\r\nUID:7\r\n'
                                   'EMAIL:j@example.org\r\nEND:VCARD\r\n')
        tap.equal(home.json('import', path)['skipped'], 1, 'skipped')
        tap.equal(home.json('list'), [], 'the book')


def me_is_kept():
    with Home() as home:
        home.configure()
        tap.contains(home.nudge('me'), 'Nothing yet', 'nobody')
        home.nudge('me', '--name', 'Olga', '--city', 'Bonn', '--intro', 'I sail.', '--offers', 'SQL',
                   '--offers', 'sailing')
        me = {'name': 'Olga', 'city': 'Bonn', 'intro': 'I sail.', 'offers': ['SQL', 'sailing']}
        tap.equal(home.json('me'), me, 'me')
        home.nudge('me', '--city', '', '--offers', '')
        tap.equal(home.json('me'), {**me, 'city': None, 'offers': []}, 'me')


# --- the agenda ---

def agenda_tells_what_is_due():
    with Book() as home:
        home.nudge('follow-up', 'Ben', 'send the slides', '--on', '2026-11-23 15:00')
        home.nudge('follow-up', 'renew the passport', '--on', 'friday')
        items = home.json('agenda')
        for item in items:
            tap.check(AGENDA_KEYS <= set(item), f'keys: {item}')
        tap.equal([(i['handle'], i['kind'], i['contact'], i['due'], i['overdue_days']) for i in items],
                  [('b1', 'occasion', 'Anna Schmidt', '2026-11-23', 0),
                   ('b3', 'occasion', 'Ben Weber', '2026-11-25', 0),
                   ('f1', 'follow-up', 'Ben Weber', '2026-11-23', 0)], 'the agenda')
        tap.equal(items[2]['title'], 'send the slides', 'the title of a follow-up')
        tap.equal([i['handle'] for i in home.json('agenda', '--days', '1')], ['b1', 'f1'], 'one day')
        week = home.json('agenda', '--days', '7')
        tap.equal([i['handle'] for i in week], ['b1', 'b3', 'f1', 'f2'], 'seven days')
        tap.equal(week[3]['contact'], None, 'a follow-up without a contact')
        for kinds, handles in ((('occasion',), ['b1', 'b3']), (('follow-up',), ['f1']), (('coffee',), []),
                               (('occasion', 'follow-up'), ['b1', 'b3', 'f1'])):
            options = [word for kind in kinds for word in ('--kind', kind)]
            tap.equal([i['handle'] for i in home.json('agenda', *options)], handles, f'of {kinds}')
        tap.check('slides' not in home.nudge('agenda', '--kind', 'occasion'), 'another kind on the terminal')
        tap.contains(home.nudge('agenda', '--kind', 'birthday', status=64), 'none of occasion, follow-up',
                     'no kind')
        text = home.nudge()
        tap.contains(text, 'Anna Schmidt turns 42 today', 'without a verb')
        tap.check('\033' not in text, 'colours in a pipe')
        home.now = '2026-11-30T12:00:00+01:00'
        tap.equal([(i['handle'], i['overdue_days']) for i in home.json('agenda', '--missed')],
                  [('b1', 7), ('b3', 5), ('f1', 7), ('f2', 3)], 'what was missed')


def agenda_says_when_and_why():
    with Home() as home:
        home.configure()
        home.now = '2026-11-16T12:00:00+01:00'
        home.nudge('add', 'Anna', '--birthday', '23.11.1986', '--met', '23.11.2023', '--met-place', 'OMR', '--org', 'Acme')
        home.nudge('add', 'Ben', '--met', '1.10.2026', '--met-place', 'the fair', '--every', '3w')
        home.nudge('add', 'Cem', '--every', '2w')
        home.nudge('log', 'Cem', 'met', 'he plans a move', '--on', '1.11.2026')
        home.nudge('add', 'Doro', '--every', '3w')
        home.nudge('follow-up', 'Anna', 'late', '--on', '17.11.')
        home.nudge('follow-up', 'Anna', 'soon', '--on', '27.11. 15:00', '--repeat', '6w')
        home.nudge('follow-up', 'today', '--on', '23.11.')
        home.nudge('received', 'Cem', 'a tip', '--on', '1.11.2026')
        home.nudge('offered', 'Cem', 'help with the move', '--on', '1.11.2026')
        home.nudge('outreach', 'Eva', '--event', '25.11.')
        home.nudge('coffee', 'Doro', 'agreed', '--on', '23.11. 15:00', '--place', 'Central')
        home.now = MONDAY
        text = home.nudge('agenda', '--days', '15')
        for line in ('  b1    Anna turns 40 today\n        Acme\n        A milestone birthday. You met on ',
                     '  b2    You met Anna 3 years ago today\n        OMR\n',
                     '  f1    Anna: late\n        It was due on Tuesday.\n',
                     '  f2    Anna: soon\n        Due on Friday at 15:00.\n', '  f3    Today\n  f2 ',
                     '  ·     Cem asked on 1 November what they can do for you\n        help with the move · If something comes to mind, say so.\n',
                     '  c1    Coffee with Doro today\n        At 15:00, Central\n',
                     '        You met on 1 October: the fair · Ask what Ben is looking for at the moment.\n',
                     '  t3    Get back in touch with Doro\n        Due on 7 December.\n',
                     '  o1    Before you write to Eva: 4 open questions\n        Note it: nudge outreach o1 --today "..."\n        Due on Thursday. What does Eva do today?',
                     '\nDone? In a terminal, for example: nudge done ', '\nNext digest: tomorrow at 07:00 at the earliest.\n'):
            tap.contains(text, line, 'the agenda')
        tap.check('t2' not in text, 'Cem is to be thanked')
        items = {i['handle']: i for i in home.json('agenda', '--days', '15')}
        tap.equal([(i['time'], i['repeat']) for i in (items['f2'], items['f1'])], [('15:00', '6w'), (None, None)], 'follow-ups')
        tap.equal((items['c1']['time'], items['c1']['place']), ('15:00', 'Central'), 'a coffee')
        tap.equal((items['y1']['offered'], items[None]['offered']), (False, True), 'thanks and an offer')
        home.now = '2026-11-25T12:00:00+01:00'
        tap.contains(home.nudge('agenda', '--missed'), 'Anna turned 40 on Monday\n        Acme\n        A milestone birthday. '
                     'A late greeting still counts.', 'a late greeting')


def an_empty_agenda_asks():
    with Home() as home:
        home.configure()
        tap.contains(home.nudge(), 'Nothing due. Whom could you help today?', 'the agenda')
        tap.equal(home.json('agenda'), [], 'the agenda')


def words_for_days():
    rows = (('today', '2026-11-23'), ('tomorrow', '2026-11-24'), ('friday', '2026-11-27'),
            ('+3d', '2026-11-26'), ('2w', '2026-12-07'), ('in 2 weeks', '2026-12-07'),
            ('1.3.', '2027-03-01'), ('2026-12-24', '2026-12-24'), ('morgen', '2026-11-24'),
            ('übermorgen', '2026-11-25'), ('freitag', '2026-11-27'), ('in 3 Tagen', '2026-11-26'),
            ('24.12.2026', '2026-12-24'), ('morgen 15 Uhr', '2026-11-24'))
    with Book() as home:
        for number, (word, day) in enumerate(rows, 1):
            home.nudge('follow-up', word, '--on', word)
            found = {i['handle']: i['due'] for i in home.json('agenda', '--days', '400')}
            tap.equal(found[f'f{number}'], day, word)


def a_whole_name_wins_over_a_part_of_one():
    with Home() as home:
        home.configure()
        for name in ('Anna Schmidt', 'Hanna Roth', 'Eva Kern'):
            home.nudge('add', *name.split())
        tap.contains(home.nudge('show', 'anna'), 'Anna Schmidt', 'the whole name')
        tap.contains(home.nudge('show', 'hann'), 'Hanna Roth', 'a part of one')
        home.nudge('introduce', 'Anna', 'Eva')
        home.nudge('add', 'Anna', 'Kern')
        tap.contains(home.nudge('show', 'Anna', status=1), 'may be several people', 'two of them')


def a_follow_up_needs_something_to_do():
    with Book() as home:
        tap.contains(home.nudge('follow-up', 'Anna', '--on', 'friday', status=64), 'what is to be done',
                     'a contact alone')
        text = home.nudge('follow-up', 'Nobody', 'do it', '--on', 'friday', status=1)
        tap.check('quotes' not in text, text)
        for words in (['Ben', 'Weber'], ['Ben Weber'], ['Weber'], ['BEN', 'we'], ['#2'], ['b1'], ['bea@example.org']):
            tap.contains(home.nudge('follow-up', *words, '--on', 'friday', status=64), 'what is to be done', f'{words}')
        tap.contains(home.nudge('follow-up', 'renew', 'the', 'passport', '--on', 'friday', status=1),
                     'put quotes around what is to be done', 'words without quotes')
        text = home.nudge('follow-up', 'Weber', '', 'do it', '--on', 'friday', status=1)
        tap.check('may be several people' in text and 'quotes' not in text, text)
        tap.equal([i['handle'] for i in home.json('agenda', '--days', '30')], ['b1', 'b3', 't1'], 'items')


def words_need_no_quotes():
    rows = ((['Ben', 'send', 'the', 'slides'], 'Ben Weber', 'send the slides'),
            (['ben', 'weber', 'call', 'him'], 'Ben Weber', 'call him'),
            (['Weber', 'Ben', 'slides'], 'Ben Weber', 'slides'),
            (['Ben', 'Web', 'send the slides'], 'Ben Weber', 'send the slides'),
            (['Maria', 'a', 'lift'], 'Maria Anders', 'a lift'),
            (['Maria', 'Anders', 'a', 'lift'], 'Maria Anders', 'a lift'),
            (['Mar', 'a', 'lift'], 'Maria Anders', 'a lift'),
            (['Maria', 'ria'], 'Maria Anders', 'ria'),
            (['#2', 'a', 'lift'], 'Ben Weber', 'a lift'),
            (['bea@example.org', 'a', 'lift'], 'Bea Weber', 'a lift'))
    with Book() as home:
        home.nudge('add', 'Maria', 'Anders')
        for words, name, what in rows:
            task = home.json('follow-up', *words, '--on', 'friday')
            tap.equal((task['contact'], task['title']), (name, what), f'follow-up {words}')
            entry = home.json('gave', *words)
            tap.equal((entry['contact'], entry['what']), (name, what), f'gave {words}')
        home.nudge('gave', 'Maria', 'Anders', status=64)
        home.nudge('gave', 'Weber', 'a', 'lift', status=1)  # Ben or Bea
        home.nudge('merge', 'Maria', 'Bea')
        tap.equal(home.json('gave', 'bea', 'weber', 'a', 'lift')['what'], 'a lift', 'by a name of before')
        tap.equal(home.json('follow-up', 'rent', '--on', 'friday')['contact'], None, 'nobody begins so')


def done_and_snooze():
    with Book() as home:
        home.nudge('follow-up', 'Ben', 'send the slides', '--on', 'today')
        home.nudge('snooze', 'f1', 'b1', 'in 2 days')
        tap.equal([(i['handle'], i['due']) for i in home.json('agenda', '--days', '1')], [], 'today')
        home.now = '2026-11-25T12:00:00+01:00'
        tap.equal([i['handle'] for i in home.json('agenda', '--days', '1')], ['b1', 'b3', 'f1'], 'Wednesday')
        home.nudge('done', 'b1', 'f99', status=1)  # all or none
        home.nudge('done', 'b1', 'f1', 'sent by post')
        tap.equal([i['handle'] for i in home.json('agenda', '--days', '1')], ['b3'], 'what is left')
        tap.equal(home.json('show', 'Anna')['last_touch'], '2026-11-25', 'a greeting is a touch')
        tap.equal(home.json('show', 'Ben')['last_touch'], '2026-11-25', 'a follow-up is a touch')
        home.nudge('done', 'f1', status=1)
        home.nudge('done', 'x1', status=64)
        home.nudge('snooze', 'b99', 'friday', status=1)


def occasions_of_all_kinds():
    with Book() as home:
        home.nudge('occasion', 'Anna', 'name-day', '26.7.')
        home.nudge('occasion', 'Anna', 'first day at Acme', '1.4.2019')
        home.nudge('occasion', 'Anna', 'Geburtstag', '24.11.1984')  # corrects the birthday
        anna = home.json('show', 'Anna')
        tap.equal(anna['occasions'], [{'name': 'birthday', 'date': '1984-11-24'},
                                      {'name': 'name-day', 'date': '--07-26'},
                                      {'name': 'first day at Acme', 'date': '2019-04-01'}], 'occasions')
        home.nudge('occasion', 'Nobody', 'name-day', '26.7.', status=1)


def nouns_alone_list():
    with Home() as home:
        home.configure()
        for noun in ('follow-up', 'occasion', 'tag', 'coffee', 'forum', 'introduce', 'outreach'):
            tap.contains(home.nudge(noun, status=1), 'nudge', f'nothing, and an example of {noun}')
            tap.equal(home.json(noun), [], noun)
    with Book() as home:
        home.nudge('follow-up', 'Ben', 'call', '--on', '27.11. 15:00', '--repeat', '6w')
        home.nudge('follow-up', 'renew the passport', '--on', '24.11.')
        home.nudge('occasion', 'Ben', 'name-day', '1.1.')
        home.nudge('tag', 'friends', '--every', '6w')
        tap.equal(home.nudge('follow-up'), 'f2    renew the passport (Tuesday, 24 November 2026)\n'
                  'f1    Ben Weber: call (Friday, 27 November 2026, 15:00; every 6w)\n', 'follow-ups')
        tap.equal(home.json('follow-up')[1], {'handle': 'f1', 'contact': 'Ben Weber', 'title': 'call', 'due': '2026-11-27',
                                              'time': '15:00', 'repeat': '6w'}, 'a follow-up')
        tap.equal(home.nudge('occasion'), 'b1    23 November 1984    Anna Schmidt: birthday\n'
                  'b3    25 November         Ben Weber: birthday\n'
                  'b4    1 January           Ben Weber: name-day\n', 'occasions, as they come round')
        tap.equal([(o['handle'], o['due']) for o in home.json('occasion')],
                  [('b1', '1984-11-23'), ('b3', '--11-25'), ('b4', '--01-01')], 'occasions')
        tap.equal(home.nudge('tag'), 'friends: 6w, for 1 person\n', 'tags')
        tap.equal(home.json('tag'), [{'tag': 'friends', 'every': '6w', 'people': 1}], 'tags')


def skip_and_drop():
    with Book() as home:
        home.nudge('follow-up', 'water the flowers', '--on', 'today', '--repeat', 'weekly')
        home.nudge('follow-up', 'Ben', 'send the slides', '--on', 'today')
        home.nudge('skip', 'b1', 'f1', 'f2')
        tap.equal(home.json('agenda', '--days', '1'), [], 'today')
        week = [(i['handle'], i['due']) for i in home.json('agenda', '--days', '8')]
        tap.equal(week, [('b3', '2026-11-25'), ('f1', '2026-11-30')], 'the week')
        tap.equal(home.json('show', 'Anna')['last_touch'], None, 'no touch')
        home.nudge('drop', 'f1')
        home.nudge('drop', 'b3')
        home.now = '2027-11-13T12:00:00+01:00'
        tap.equal([i['handle'] for i in home.json('agenda', '--days', '17')], ['b1', 't1'], 'the year after')
        home.nudge('drop', 'b99', status=1)
        home.nudge('skip', status=64)


def what_is_finished_stays_so():
    with Book() as home:
        for what in ('one', 'two'):
            home.nudge('follow-up', 'Ben', what, '--on', 'today')
        home.nudge('add', 'Carl', '--birthday', '24.11.')
        handle = [i['handle'] for i in home.json('agenda', '--days', '2') if i['contact'] == 'Carl'][0]
        home.nudge('done', 'f1', 'b1')
        home.nudge('drop', 'f2', handle)
        before = home.json('agenda', '--days', '30')
        for item in ('f1', 'f2', 'b1'):
            tap.contains(home.nudge('snooze', item, '2d', status=1), f'{item}', 'done')
        for verb in (['snooze', handle, '2d'], ['done', handle], ['skip', handle], ['drop', handle]):
            tap.contains(home.nudge(*verb, status=1), f'{handle} was dropped before', 'dropped')
        tap.equal(home.json('agenda', '--days', '30'), before, 'the agenda')
        home.nudge('undo')
        home.nudge('snooze', 'f2', '2d')
        home.nudge('snooze', 'f2', '3d')
        tap.check('f2' in [i['handle'] for i in home.json('agenda', '--days', '5')], 'what is open is put back')


def a_handle_twice_and_in_capitals():
    with Book() as home:
        home.nudge('follow-up', 'Ben', 'one', '--on', 'today')
        tap.equal(home.nudge('done', 'f1', 'F1', 'f1').count('one: done'), 1, 'once')
        home.nudge('undo')
        tap.equal([i['state'] for i in home.json('done', 'B1', 'F1', 'by', 'post')], ['congratulated', 'done'], 'capitals')
        tap.equal(home.json('show', 'F1')['name'], 'Ben Weber', 'of a contact')
        tap.equal(home.json('introduce', 'Anna', 'Ben')['handle'], 'i1', 'an introduction')
        tap.equal(home.json('introduce', 'I1', 'asked')['stage'], 'asked', 'and its handle')


def what_is_said_of_the_day_one_met():
    with Book() as home:
        home.now = '2027-11-01T12:00:00+01:00'
        handle = [i['handle'] for i in home.json('agenda') if i['kind'] == 'occasion'][0]
        text = home.nudge('done', handle)
        tap.check('wrote' in text and 'congratulated' not in text, text)
        tap.equal(home.json('log', 'Anna')[0]['kind'], 'wrote', 'the touch')


def a_forum_is_not_skipped():
    with Book() as home:
        home.nudge('forum', 'HR group', '--goal', '3/week')
        tap.contains(home.nudge('skip', 'g1', status=1), 'nudge drop g1', 'skip')
        tap.contains(home.nudge('snooze', 'g1', '2d', status=1), 'has no day to put off', 'snooze')


def which_occurrence_is_meant():
    with Home() as home:
        home.configure(digests=[{'more': 'lead_days = 0;'}])
        home.now = MONDAY
        home.nudge('add', 'Anna', '--birthday', '12.3.1984')
        home.nudge('add', 'Ben', '--birthday', '30.11.1984')
        for verb in (['done', 'b1'], ['skip', 'b1'], ['snooze', 'b1', '3d']):
            home.nudge(*verb, status=1)  # not shown for months
        home.now = '2027-03-05T12:00:00+01:00'
        tap.contains(home.nudge('done', 'b1'), '12 March 2027', 'which one it was')
        home.nudge('done', 'b1', status=1)  # once is enough
        home.now = '2026-11-23T12:00:00+01:00'
        home.nudge('snooze', 'b2', '3d')
        for now, seen in (('24', []), ('26', ['b2']), ('30', ['b2'])):
            home.now = f'2026-11-{now}T12:00:00+01:00'
            tap.equal([i['handle'] for i in home.json('agenda')], seen, f'November {now}')
        home.nudge('skip', 'b2', 'and', 'more', status=64)


def keeping_in_touch():
    with Book() as home:
        home.now = '2026-12-20T12:00:00+01:00'
        tap.equal([(i['handle'], i['kind'], i['contact'], i['due']) for i in home.json('agenda', '--days', '1')],
                  [('t1', 'touch', 'Anna Schmidt', '2026-12-13')], 'Anna, six weeks after the fair')
        tap.contains(home.nudge(), 'Get back in touch with Anna Schmidt', 'the agenda')
        home.nudge('snooze', 't1', '2d')
        tap.equal(home.json('agenda', '--days', '1'), [], 'put back')
        home.now = '2026-12-22T12:00:00+01:00'
        tap.equal([i['handle'] for i in home.json('agenda', '--days', '1')], ['t1'], 'and back')
        home.nudge('done', 't1', 'a card')
        tap.equal(home.json('show', 'Anna')['last_touch'], '2026-12-22', 'the touch')
        tap.equal(home.json('agenda', '--days', '1'), [], 'done')
        tap.equal(home.json('log', 'Anna')[0]['note'], 'a card', 'the note')
        home.nudge('undo')
        tap.equal([i['handle'] for i in home.json('agenda', '--days', '1')], ['t1'], 'taken back')
        home.nudge('log', 'Anna', 'called', '--on', 'yesterday')
        tap.equal(home.json('agenda', '--days', '1'), [], 'a call counts as well')
        tap.equal(home.json('tag', 'friends', '--every', '4 Wochen'),
                  {'tag': 'friends', 'every': '4w', 'people': 1}, 'a tag')
        home.nudge('tag', 'friends', status=64)
        home.nudge('tag', 'friends', '--every', 'often', status=64)


def the_ledger():
    with Book() as home:
        tap.equal(home.json('received', 'Ben', 'a lift')['thanks'], 'y1', 'a thank-you')
        home.nudge('asked', 'Anna', 'a flat in Bonn', '--on', 'yesterday')
        home.nudge('gave', 'Ben Weber', 'a book')
        home.nudge('offered', 'Anna', 'help with the move')
        tap.equal([(e['kind'], e['contact'], e['day']) for e in home.json('ledger')],
                  [('offered', 'Anna Schmidt', '2026-11-23'), ('gave', 'Ben Weber', '2026-11-23'),
                   ('received', 'Ben Weber', '2026-11-23'), ('asked', 'Anna Schmidt', '2026-11-22')], 'all')
        tap.equal(len(home.json('ledger', 'Ben')), 2, 'of Ben')
        thanks = [(i['handle'], i['contact']) for i in home.json('agenda') if i['kind'] == 'thanks']
        tap.equal(thanks, [('y1', 'Ben Weber'), (None, 'Anna Schmidt')], 'the agenda')
        tap.contains(home.nudge(), 'Thank Ben Weber: a lift', 'the agenda in words')
        home.nudge('done', 'y1')
        home.nudge('done', 'y1', status=1)
        tap.equal([e['handle'] for e in home.json('reached', 'flat')], ['f1'], 'whom to tell')
        home.nudge('reached', 'boat', status=1)
        home.nudge('gave', 'Ben', status=64)
        home.nudge('gave', 'Ben', 'x', '--on', 'tomorrow', status=64)
        home.nudge('ledger', 'Nobody', status=1)


def one_document_of_json_everywhere():
    with Book() as home:
        tap.equal(home.json('preview')['subject'], 'Anna turns 42 today · Welcome to nudged', 'preview')
        tap.contains(home.json('preview')['html'], '<html', 'both parts')
        config = home.json('config')
        tap.equal(config['digests'][0]['language'], 'en', 'config')
        tap.contains(config['smtp']['url'], 'smtp', 'config')
        tap.equal(config['digests'][0]['send_empty'], False, 'a switch')
        tap.equal(home.json('remove', 'Anna', '--yes')['erased'], 'Anna Schmidt', 'remove')


def what_repeats_is_not_done_twice():
    with Book() as home:
        home.nudge('follow-up', 'Anna', 'call', '--on', 'today', '--repeat', '1w')
        home.nudge('done', 'f1')
        home.nudge('done', 'f1', status=1)
        home.nudge('skip', 'f1', status=1)
        home.now = '2026-11-27T12:00:00+01:00'
        tap.contains(home.nudge('done', 'f1'), '7 December', 'three days before its turn')


def a_goal_is_reached_once():
    with Book() as home:
        home.nudge('asked', 'Anna', 'a flat')
        tap.equal([e['handle'] for e in home.json('reached', 'flat')], ['f1'], 'whom to tell')
        home.nudge('reached', 'flat', status=1)
        home.nudge('done', 'f1')
        tap.equal([e['handle'] for e in home.json('reached', 'flat')], ['f2'], 'and again, when it was done')


def on_a_terminal(home, *words, rows=24, columns=80, **env):
    """What stands on a terminal of that size in the end; what is None is not in the environment."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack('HHHH', rows, columns, 0, 0))
    environment = {**home.env, 'TERM': 'xterm', 'PAGER': 'cat', **env}
    for name in ('COLUMNS', 'LINES', 'NO_COLOR'):
        environment.setdefault(name, '')
    environment = {name: value for name, value in environment.items() if value is not None}
    # With the configuration typed nobody has to be told which book it is.
    with subprocess.Popen([NUDGE, '-c', home.path('nudged.conf'), '--now', home.now, *words], env=environment,
                          stdin=slave, stdout=slave, stderr=slave) as process:
        os.close(slave)
        text = b''
        with contextlib.suppress(OSError):  # EIO is a terminal's end of file
            while piece := os.read(master, 4096):
                text += piece
        process.wait()
    os.close(master)
    return text.decode().replace('\r\n', '\n')


def advice_is_for_the_book_that_was_named():
    with Book() as home:
        home.nudge('book', 'club', '--create')
        home.nudge('follow-up', 'in main', '--on', '23.11.')
        home.nudge('-b', 'club', 'follow-up', 'in club', '--on', '23.11.')
        command = re.search('nudge (.*) done f1', home.nudge('-b', 'club', 'agenda')).group(0).split()
        tap.equal(home.nudge(*command[1:]), 'f1  in club: done\n', 'the command of the agenda')
        tap.contains(home.nudge('agenda'), ': nudge done b1 f1\n', 'of the usual book')
        tap.contains(home.nudge('-b', 'club', 'show', 'Zora', status=1), 'see `nudge -b club list`', 'a complaint')
        tap.contains(home.nudge('show', 'Zora', status=1), 'see `nudge list`', 'of the usual book')
        tap.contains(home.nudge('-b', 'club', 'me'), ': nudge -b club me --name', 'a hint')
        tap.contains(home.nudge('-b', 'clab', 'list', status=1), 'there is no book "clab"', 'no such book')


def the_agenda_fits_its_terminal():
    with Book() as home:
        home.nudge('me', '--offers', 'PostgreSQL')
        home.nudge('edit', 'Anna', '--every', '3w', '--phone', '+49 30 1234567', '--seeks', 'PostgreSQL',
                   '--note', 'Likes mountains, and long notes that no narrow terminal has in one line.')
        home.nudge('log', 'Anna', 'met', 'talked about ' + 'everything and ' * 12 + 'nothing', '--on', '1.10.')
        home.nudge('add', '山田 太郎', '--birthday', '24.11.', '--org', '日本電気株式会社' * 3)
        home.nudge('coffee', 'Ben', 'agreed', '--on', '24.11. 15:00', '--place', 'Café Central')
        home.nudge('outreach', 'Eva', 'Kern', '--today', 'leads nursing')
        home.nudge('forum', 'HR group', '--goal', '5/week')
        home.nudge('replied', 'HR group', '2')
        for language in ('en', 'de'):
            home.env['LANGUAGE'] = language
            plain = home.nudge('agenda')
            for columns in (40, 80, 200):
                shown = on_a_terminal(home, 'agenda', columns=columns)
                lines = re.sub('\033\\[\\d+m', '', shown).split('\n')
                for line in lines:
                    wide = sum(2 if unicodedata.east_asian_width(c) in 'WF' else 1 for c in line)
                    tap.check(wide <= columns, f'{language}, {columns} columns: {line}')
                    tap.check(re.match(r'$|\S|  \S|        \S', line) or columns == 40, f'out of its column: {line}')
                bar = [line for line in lines if '━' in line]
                tap.equal(bar, ['        ' + '━' * 9 + '─' * 15], 'the bar of a goal')
                words = ''.join(line for line in lines if '━' not in line)
                typed = ''.join(words.split()).replace('-c' + home.path('nudged.conf').replace(' ', '\\'), '')
                tap.equal(typed, ''.join(plain.split()), f'{language}: the same as in a pipe')
            tap.check('\033' not in plain and '━' not in plain, 'a pipe is plain')


def a_terminal_and_its_size():
    with Book() as home:
        tap.contains(on_a_terminal(home), '\033[1mOccasions\033[0m', 'colours')
        tap.check('\033' not in on_a_terminal(home, NO_COLOR='1'), 'NO_COLOR')
        tap.check('\033' not in on_a_terminal(home, TERM='dumb'), 'TERM=dumb')
        home.nudge('follow-up', 'Anna', 'send her the slides of the talk about mountains', '--on', 'today')
        lines = on_a_terminal(home, columns=50, NO_COLOR='1').split('\n')
        tap.check(max(map(len, lines)) <= 50, 'no line is wider')
        at = next(n for n, line in enumerate(lines) if 'send her' in line)
        tap.equal(lines[at + 1][:9], '        t', 'it goes on below its text')
        json.loads(on_a_terminal(home, '--json', columns=40))


def long_lists_go_through_the_pager():
    with Book() as home:
        for n in range(12):
            home.nudge('add', f'Carla {n}')
        tap.contains(on_a_terminal(home, 'list', rows=10, NO_COLOR='1', PAGER='sed s/^/paged:/'), 'paged:#1 ', 'the pager')
        tap.check('paged:' not in on_a_terminal(home, 'list', rows=40, PAGER='sed s/^/paged:/'), 'it fits')
        tap.contains(on_a_terminal(home, 'list', rows=10, PAGER=''), 'Carla 11', 'none wanted')
        tap.contains(on_a_terminal(home, 'list', rows=10, PAGER='no-such-program 2>/dev/null'), 'Carla 11', 'none there')
        text = on_a_terminal(home, 'list', rows=10, PAGER=None, PATH=home.folder)
        tap.check('Carla 11' in text and 'found' not in text, f'no less, and no word of it: {text}')
        tap.check('paged:' not in home.nudge('list'), 'a pipe')


def a_coffee_by_its_stages():
    with Book() as home:
        tap.equal(home.json('coffee', 'Anna', 'invited')['stage'], 'invited', 'the stage')
        home.nudge('coffee', 'Anna', 'agreed', status=64)  # for when?
        cup = home.json('coffee', 'Anna', 'agreed', '--on', 'friday 15:00', '--place', 'Central')
        tap.equal(cup, {'handle': 'c1', 'contact': 'Anna Schmidt', 'stage': 'agreed', 'since': '2026-11-23',
                        'day': '2026-11-27', 'time': '15:00', 'place': 'Central'}, 'one coffee')
        tap.equal(home.json('coffee', 'Anna', 'agreed', '--place', 'Opera'), {**cup, 'place': 'Opera'}, 'the day stays')
        home.nudge('coffee', 'Anna', 'agreed', '--place', 'Central')
        tap.equal(home.json('coffee'), [cup], 'all')
        home.nudge('done', 'c1', status=1)  # still to come
        home.now = '2026-11-26T12:00:00+01:00'
        tap.contains(home.nudge(), 'Coffee with Anna Schmidt tomorrow', 'the day before')
        home.now = '2026-11-28T12:00:00+01:00'
        tap.contains(home.nudge(), 'Thank Anna Schmidt for the coffee', 'the day after')
        home.nudge('done', 'c1')
        tap.equal([i for i in home.json('agenda') if i['kind'] == 'coffee'], [], 'done')
        tap.equal([t['kind'] for t in home.json('log', 'Anna')], ['thanked', 'met'], 'touches')
        tap.equal(home.json('coffee', 'Anna', 'idea')['handle'], 'c2', 'the next one')
        home.nudge('drop', 'c2')
        tap.equal(home.json('coffee'), [], 'left to rest')


def a_coffee_on_its_day_and_after():
    with Book() as home:
        home.nudge('coffee', 'Anna', 'agreed', '--on', 'friday 15:00', '--place', 'Central')
        tap.contains(home.nudge('preview', '--text'), 'Coffee with Anna Schmidt on Friday', 'the welcome')
        home.now = '2026-11-27T08:00:00+01:00'
        tap.contains(home.nudge(), 'Coffee with Anna Schmidt today', 'on the day')
        tap.contains(home.nudge(), '15:00, Central', 'when and where')
        home.nudge('coffee', 'Anna', 'met')
        home.nudge('skip', 'c1')
        tap.equal(home.json('coffee'), [], 'no thanks wanted')
        tap.equal([t['kind'] for t in home.json('log', 'Anna')], ['met'], 'met all the same')


def touches(home):
    return [(t['day'], t['kind'], t['note']) for t in home.json('log', 'Ben')]


def a_coffee_done_on_its_day_is_met_first():
    with Book() as home:
        home.nudge('coffee', 'Ben', 'agreed', '--on', 'friday 15:00')
        home.now = '2026-11-27T07:30:00+01:00'
        tap.contains(home.nudge('done', 'c1'), 'Ben Weber: met', 'on the day')
        tap.equal([i['kind'] for i in home.json('agenda') if i['contact'] == 'Ben Weber'], [], 'no thanks yet')
        home.now = '2026-11-28T07:30:00+01:00'
        tap.contains(home.nudge(), 'Thank Ben Weber for the coffee', 'the next day')
        tap.contains(home.nudge('done', 'c1', 'likes', 'trains'), 'Ben Weber: thanked', 'the next stage')
        tap.equal(touches(home),
                  [('2026-11-28', 'thanked', None),
                   ('2026-11-27', 'met', 'likes trains')], 'one meeting, on its day')


def a_coffee_that_was_takes_its_day():
    rows = ((['met', '--on', '20.11. 15:00'], '2026-11-20', 'met'), (['met', '--on', 'saturday'], '2026-11-21', 'met'),
            (['met', '--on', '3d'], '2026-11-20', 'met'), (['met', '--on', 'today'], '2026-11-23', 'met'))
    for words, day, kind in rows:
        with Book() as home:
            tap.equal(home.json('coffee', 'Ben', *words)['day'], day, f'the day of {words}')
            tap.equal(touches(home), [(day, kind, None)], f'{words}')
            home.nudge('coffee', 'Ben', 'thanked', '--on', '22.11.')
            tap.equal(touches(home)[0 if day < '2026-11-22' else 1],
                      ('2026-11-22', 'thanked', None), 'thanked on its day')
    with Book() as home:
        home.nudge('coffee', 'Ben', 'met', '--place', 'Central')
        home.nudge('coffee', 'Ben', 'met')
        tap.equal([t[:2] for t in touches(home)], [('2026-11-23', 'met')], 'one meeting')
        for day in ('yesterday', 'saturday'):
            home.nudge('coffee', 'Ben', 'met', '--on', day)
        tap.equal([t[:2] for t in touches(home)], [('2026-11-21', 'met')], 'on another day')
        tap.equal((home.json('coffee')[0]['day'], home.json('show', 'Ben')['last_touch']), ('2026-11-21',) * 2, 'everywhere')
    with Book() as home:
        for stage in ('met', 'thanked', 'declined'):
            home.nudge('coffee', 'Ben', 'invited')
            home.nudge('coffee', 'Ben', stage, '--on', 'tomorrow', status=64)
        home.nudge('coffee', 'Ben', 'declined', '--on', 'yesterday')
        tap.equal(home.json('coffee'), [], 'declined')


def a_coffee_invited_on_a_day():
    with Book() as home:
        cup = home.json('coffee', 'Ben', 'invited', '--on', '20.11.')
        tap.equal((cup['since'], cup['day']), ('2026-11-20', None), 'a past day: invited then')
        tap.contains(home.nudge('coffee'), 'Ben Weber: invited on Friday, 20 November 2026\n', 'and says so')
        home.now = '2026-11-27T12:00:00+01:00'
        tap.contains(home.nudge(), 'has not answered', 'seven days later')
    with Book() as home:
        cup = home.json('coffee', 'Ben', 'invited', '--on', 'wednesday 15:00')
        tap.equal((cup['since'], cup['day'], cup['time']), ('2026-11-23', '2026-11-25', '15:00'), 'a proposal')
        tap.contains(home.nudge('coffee'), 'invited, proposed: Wednesday, 25 November 2026, 15:00', 'and says so')
        tap.contains(home.nudge('coffee', 'Ben', 'draft', '--language', 'en'), 'Wednesday, 25 November', 'in the draft')
        home.now = '2026-12-01T12:00:00+01:00'
        task = [i for i in home.json('agenda') if i['kind'] == 'coffee'][0]
        tap.equal((task['due'], task['overdue_days']), ('2026-11-30', 1), "the task's own day")
        tap.check('Wednesday' not in home.nudge('coffee', 'Ben', 'draft', '--language', 'en'), 'a past day is proposed')
        home.nudge('coffee', 'Ben', 'agreed', status=64)
        home.nudge('coffee', 'Ben', 'invited', '--on', 'friday 15:00')
        tap.equal(home.json('coffee', 'Ben', 'agreed')['day'], '2026-12-04', 'agreed as proposed')


def a_stage_that_is_none_is_told_from_a_name():
    with Book() as home:
        text = home.nudge('coffee', 'Ben', 'banana', status=64)
        tap.contains(text, '"banana" is no stage of a coffee: write idea, invited, agreed', 'the stages')
        tap.contains(home.nudge('coffee', 'Finn', 'banana', status=1), 'nobody in the book is called "Finn banana"', 'a name')
        tap.equal(home.json('coffee'), [], 'nothing was noted')


def a_coffee_that_is_over():
    with Book() as home:
        home.nudge('coffee', 'Anna', 'thanked', status=1)  # for which?
        home.nudge('coffee', 'Anna', 'declined', status=1)
        home.nudge('coffee', 'Anna', 'agreed', '--on', 'yesterday', status=64)
        home.nudge('coffee', 'Anna', 'met', '--on', 'tomorrow', status=64)
        home.nudge('coffee', 'Anna', 'met')
        home.nudge('coffee', 'Anna', 'thanked')
        for words in (['coffee', 'Anna', 'thanked'], ['coffee', 'Anna', 'declined'], ['done', 'c1'],
                      ['skip', 'c1'], ['drop', 'c1'], ['snooze', 'c1', '3d']):
            home.nudge(*words, status=1)
        tap.equal([t['kind'] for t in home.json('log', 'Anna')], ['thanked', 'met'], 'as it was')


def a_coffee_without_an_answer():
    with Book() as home:
        home.nudge('coffee', 'Anna', 'invited')
        home.nudge('done', 'c1', status=1)  # agreed for when?
        home.now = '2026-11-30T12:00:00+01:00'
        tap.contains(home.nudge(), 'Anna Schmidt has not answered about the coffee yet', 'a week later')
        tap.contains(home.nudge('done', 'c1'), 'asked once more', 'one stage')
        home.now = '2026-12-20T12:00:00+01:00'
        tap.contains(home.nudge(), 'has not answered', 'brought up twice')
        tap.equal(home.json('coffee')[0]['stage'], 'invited', 'until then')
        home.now = '2026-12-21T12:00:00+01:00'
        tap.equal([i for i in home.json('agenda') if i['kind'] == 'coffee'], [], 'and let rest')
        tap.equal(home.json('coffee')[0]['stage'], 'no answer', 'as it is')


def introductions_by_their_stages():
    with Book() as home:
        tap.contains(home.nudge('introduce', status=1), 'nobody is to be introduced', 'none')
        tap.equal(home.json('introduce'), [], 'none')
        home.nudge('edit', 'Ben', '--offers', 'photography', '--email', 'ben@example.org')
        home.nudge('edit', 'Bea', '--seeks', 'eine Fotografin')
        new = {'handle': None, 'contact': 'Bea Weber', 'contact_id': 3, 'other': 'Ben Weber', 'other_id': 2,
               'stage': 'suggested', 'since': None, 'seeks': 'eine Fotografin', 'offers': 'photography',
               'because': None}
        tap.equal(home.json('introduce'), [new], 'a suggestion')
        tap.equal([(i['handle'], i['contact'], i['other']) for i in home.json('agenda')
                   if i['kind'] == 'introduction'], [(None, 'Bea Weber', 'Ben Weber')], 'in the agenda')
        tap.equal(home.json('introduce'), [new], 'nothing was recorded by looking')
        taken = home.json('introduce', 'Ben', 'Weber', 'Bea', 'Weber', '--because', 'both like hills')
        tap.equal(taken, {**new, 'handle': 'i1', 'since': '2026-11-23', 'because': 'both like hills'}, 'taken up')
        tap.equal(home.json('introduce', 'Bea', 'Ben')['handle'], 'i1', 'the same two')
        tap.contains(home.nudge(), 'Introduce Bea Weber and Ben Weber to each other: both like hills', 'the agenda')
        home.nudge('done', 'i1', 'by phone')
        home.now = '2026-11-30T12:00:00+01:00'
        tap.contains(home.nudge(), 'Have Bea Weber and Ben Weber answered?', 'a week later')
        home.nudge('snooze', 'i1', '2d')
        tap.equal([i for i in home.json('agenda', '--days', '1') if i['kind'] == 'introduction'], [], 'put back')
        tap.equal(home.json('introduce', 'i1', 'made')['stage'], 'made', 'the stage')
        for name in ('Ben', 'Bea'):
            tap.equal([t['kind'] for t in home.json('log', name)], ['introduced', 'introduced'], 'touches')
        home.now = '2026-12-30T12:00:00+01:00'
        tap.contains(home.nudge(), 'You introduced Bea Weber and Ben Weber: has it helped?', 'a month later')
        home.nudge('introduce', 'i1', 'helped')
        tap.equal([i for i in home.json('agenda') if i['kind'] == 'introduction'], [], 'closed')
        for verb in (['done', 'i1'], ['skip', 'i1'], ['drop', 'i1'], ['introduce', 'i9', 'made'], ['done', 'i9'],
                     ['show', 'i1'], ['introduce', 'Anna', 'Anna'], ['introduce', 'Anna', 'Weber'],
                     ['introduce', 'Anna', 'Bea', 'Ben'], ['introduce', 'Anna', 'Nobody'], ['introduce', '', ' ']):
            home.nudge(*verb, status=1)
        for verb in (['introduce', 'Anna'], ['introduce', 'i1', 'often'], ['introduce', 'i1', 'made', 'x'],
                     ['introduce', '--because', 'x']):
            home.nudge(*verb, status=64)
        tap.contains(home.nudge('show', 'i1', status=1), 'Bea Weber #3 and Ben Weber #2', 'two people')


def suggestions_are_told_once():
    with Book() as home:
        home.nudge('me', '--offers', 'PostgreSQL')
        home.nudge('edit', 'Ben', '--seeks', 'somebody who knows PostgreSQL')
        home.nudge('edit', 'Bea', '--seeks', 'PostgreSQL advice', '--org', 'Beta')

        def suggested():
            return [(i['handle'], i['kind'], i['contact']) for i in home.json('agenda')
                    if i['kind'] in ('help', 'introduction')]

        # Anna offers PostgreSQL, too.
        tap.equal([kind for _, kind, _ in suggested()], ['help', 'introduction'], 'one each')
        home.run('--once', '--now', '2026-11-23T12:00:00+01:00', program=NUDGED)
        first = suggested()
        tap.equal([handle for handle, _, _ in first], ['h1', 'i1'], 'what the mail has told')
        home.nudge('done', 'h1', 'lent a book')
        helped = first[0][2]
        tap.equal([(t['kind'], t['note']) for t in home.json('log', helped)], [('helped', 'lent a book')], 'a touch')
        home.nudge('undo')
        home.nudge('drop', 'h1', 'i1')
        home.nudge('show', 'h1')
        home.now = '2027-12-23T12:00:00+01:00'
        second = suggested()
        tap.check(not set(second) & set(first) and len(second) == 2, f'never again: {second}')
        tap.check(helped not in [c for _, kind, c in second if kind == 'help'], f'the want of {helped}')
        home.nudge('introduce', 'Anna', 'Ben', 'known')
        home.nudge('introduce', 'Anna', 'Bea', 'known')
        tap.equal([kind for _, kind, _ in suggested()], ['help'], 'who know each other')
        home.nudge('introduce', 'Anna', 'Ben')
        tap.equal(suggested()[1], ('i1' if first[1][2] == 'Ben Weber' else 'i2', 'introduction', 'Ben Weber'),
                  'taken up again')
ANSWERS = {'today': 'leads nursing', 'common': 'both from Kiel', 'fascinates': 'from nurse to director',
           'hope': 'an hour of advice'}


def options(answers):
    return [word for key, text in answers.items() for word in (f'--{key}', text)]


def an_outreach_by_its_questions():
    with Book() as home:
        home.nudge('outreach', status=1)
        home.nudge('outreach', 'Eva Kern', 'sent', status=1)  # there is none
        begun = home.json('outreach', 'Eva', 'Kern', '--link', 'https://example.org/eva', '--busy-inbox')
        tap.equal(begun, {'handle': 'o1', 'name': 'Eva Kern', 'contact': None, 'stage': 'draft',
                          'since': '2026-11-23', 'link': 'https://example.org/eva', 'event': None,
                          'busy_inbox': True, 'open': list(ANSWERS), **dict.fromkeys(ANSWERS)}, 'begun')
        tap.equal(home.json('outreach'), [begun], 'all')
        for key, text in ANSWERS.items():
            for words in (['outreach', 'o1', 'sent'], ['done', 'o1']):
                tap.contains(home.nudge(*words, status=1), f'(--{key})', 'what is open')
            home.nudge('outreach', 'eva', f'--{key}', text)
        ready = home.json('outreach', 'o1')
        tap.equal({**ready, 'stage': 'draft', 'open': list(ANSWERS)}, {**begun, **ANSWERS}, 'the answers')
        tap.equal((ready['stage'], ready['open']), ('ready', []), 'all four')
        items = [i for i in home.json('agenda') if i['kind'] == 'outreach']
        tap.equal([(i['handle'], i['contact'], i['due']) for i in items],
                  [('o1', 'Eva Kern', '2026-11-23')], 'the agenda')
        text = home.nudge('preview', '--text')
        for word in (ANSWERS['today'], 'ready to send', 'few words', 'nudged.conf outreach o1 draft\n'):
            tap.contains(text, word, 'the digest')
        home.nudge('outreach', 'Eva', '--hope', '')
        tap.equal(home.json('outreach', 'Eva')['open'], ['hope'], 'open again')
        home.nudge('undo')
        tap.equal(home.json('outreach', 'Eva'), ready, 'taken back')
        for words in (['outreach', '--hope', 'x'], ['outreach', ' '], ['outreach', 'Eva', '--event', '3/12'],
                      ['outreach', 'Eva', 'draft', '--hope', 'x'], ['outreach', 'Eva', '--language', 'de'],
                      ['outreach', 'Eva', 'draft', '--language', 'fr'], ['outreach', 'Eva', '--nonsense']):
            home.nudge(*words, status=64)
        tap.equal(home.json('outreach'), [ready], 'after usage errors')


def an_outreach_to_its_answer():
    with Book() as home:
        home.nudge('outreach', 'Eva Kern', *options(ANSWERS), '--link', 'https://example.org/eva', '--busy-inbox')
        tap.contains(home.nudge('done', 'o1'), 'sent', 'one stage')
        for day, due in (('2026-12-20', []), ('2026-12-21', ['o1'])):  # four weeks: the inbox is crowded
            home.now = f'{day}T12:00:00+01:00'
            tap.equal([i['handle'] for i in home.json('agenda') if i['kind'] == 'outreach'], due, day)
        tap.contains(home.nudge('done', 'o1'), 'accepted', 'the next stage')
        eva = home.json('show', 'Eva Kern')
        tap.equal(eva['links'], ['https://example.org/eva'], 'the link')
        tap.equal((eva['last_touch'], eva['busy_inbox']), ('2026-12-21', True), 'what else is known')
        text = home.nudge('show', 'o1', '--all')
        for word in (*ANSWERS.values(), 'a request  contact: Eva Kern'):
            tap.contains(text, word, 'all that is held')
        home.nudge('done', 'o1', status=1)
        home.nudge('undo')
        home.nudge('show', 'Eva Kern', status=1)
        tap.equal(home.json('outreach')[0]['stage'], 'sent', 'taken back')
        home.nudge('skip', 'o1')
        tap.equal(home.json('outreach'), [], 'left to rest')
        tap.equal(home.json('outreach', 'Eva', 'accepted')['stage'], 'accepted', 'an answer after all')
        tap.contains(home.nudge('outreach', 'Eva', '--hope', 'x'), 'this is a new request', 'once more')
        tap.equal(home.json('outreach', 'o2')['contact'], 'Eva Kern', 'to the contact')


def a_stage_that_is_mistyped_is_no_name():
    with Book() as home:
        home.nudge('outreach', 'Eva', 'Kern', *options(ANSWERS))
        for words, meant in ((['Eva', 'acepted'], 'Eva accepted'), (['Eva', 'Kern', 'sen'], 'Eva Kern sent'),
                             (['o1', 'declind'], 'o1 declined'), (['Anna', 'drafft'], 'Anna draft')):
            tap.contains(home.nudge('outreach', *words, status=64), f'did you mean `nudge outreach {meant}`', f'{words}')
        tap.equal(len(home.json('outreach')), 1, 'nothing was begun')
        for words in (['Eva Sens'], ['Zoe', 'Sens'], ['Eva', 'Sand']):
            tap.equal(home.json('outreach', *words)['name'], ' '.join(words), 'somebody new')
        tap.equal(home.json('outreach', 'Eva', 'Sens', '--hope', 'x')['handle'], 'o2', 'who has a request')


def what_they_do_today_is_read_before_it_is_sent():
    with Book() as home:
        home.nudge('outreach', 'Eva', *options(ANSWERS))
        home.now = '2027-01-21T12:00:00+01:00'
        tap.equal(home.json('outreach', 'Eva')['stage'], 'ready', 'after 59 days')
        home.now = '2027-01-22T12:00:00+01:00'
        tap.equal(home.json('outreach', 'Eva')['open'], ['today'], 'after 60')
        text = home.nudge('outreach', 'Eva', 'sent', status=1)
        tap.contains(text, 'o1 is not ready to send yet: what do they do today? (--today)', 'the question')
        tap.contains(text, 'if it still holds: nudge done o1', 'the way on')
        home.nudge('done', 'o1')
        tap.equal(home.json('outreach', 'Eva', 'sent')['stage'], 'sent', 'read again')


def an_outreach_waits():
    with Book() as home:
        home.nudge('outreach', 'Eva', '--event', 'wednesday')

        def due():
            return [i['handle'] for i in home.json('agenda') if i['kind'] == 'outreach']

        home.now = '2026-11-25T12:00:00+01:00'
        tap.equal(due(), [], 'on the day of the event')
        home.now = '2026-11-26T12:00:00+01:00'
        tap.equal(due(), ['o1'], 'the day after')
        tap.contains(home.nudge('preview', '--text'), 'You may have met yesterday', 'a word of it')
        home.nudge('snooze', 'o1', 'saturday')
        tap.equal(due(), [], 'put back')
        home.now = '2026-11-28T12:00:00+01:00'
        tap.equal(due(), ['o1'], 'back again')
        home.nudge('outreach', 'Eva', *options(ANSWERS))
        home.now = '2027-01-27T12:00:00+01:00'  # two months later
        tap.contains(home.nudge(), 'Read the profile of Eva once more', 'today is over')
        home.nudge('done', 'o1')
        tap.equal(home.json('outreach', 'Eva')['stage'], 'ready', 'read again')
        home.nudge('drop', 'o1')
        tap.equal(home.json('outreach'), [], 'dropped')


def whom_an_outreach_means():
    with Book() as home:
        tap.equal(home.json('outreach', 'anna', '--hope', 'x')['contact'], 'Anna Schmidt', 'a contact')
        tap.equal(home.json('outreach', 'Anna Schmi')['contact'], None, 'not the one whose name begins so')
        home.nudge('outreach', 'Ann', status=1)  # two of them
        tap.equal(home.json('outreach', 'anna@example.org')['handle'], 'o1', 'by the address')
        tap.equal(home.json('outreach', '#1')['handle'], 'o1', 'by the number')
        home.nudge('outreach', 'weber', status=1)  # two contacts
        home.nudge('outreach', 'o9', status=1)
        home.nudge('outreach', '#77', status=1)
        tap.equal(home.json('show', 'o1')['name'], 'Anna Schmidt', 'the contact of a handle')
        tap.contains(home.nudge('show', 'o2', status=1), 'no contact yet', 'somebody new')
        tap.equal(home.json('outreach', 'o2', '--busy-inbox')['busy_inbox'], True, 'a crowded inbox')
        tap.equal(home.json('outreach', 'o2', '--no-busy-inbox')['busy_inbox'], False, 'not any more')


def a_first_message_is_laid_out():
    with Book() as home:
        home.nudge('me', '--name', 'Olga', '--city', 'Bonn', '--intro', 'I sail.', '--offers', 'SQL')
        home.nudge('outreach', 'Eva Kern', '--common', 'We both come from Kiel.', '--hope', 'Real synergies.')
        draft = home.json('outreach', 'Eva', 'draft')
        tap.equal(draft, {'handle': 'o1', 'name': 'Eva Kern', 'language': 'en', 'gaps': 2,
                          'empty_word': 'synergies', 'text': draft['text']}, 'the draft')
        for word in ('We both come from Kiel.', 'I sail.', 'SQL', 'Olga, Bonn', '[...: what do they do today?]'):
            tap.contains(draft['text'], word, 'the message')
        tap.contains(home.nudge('outreach', 'Eva', 'draft'), '"synergies" could stand in anybody', 'the eyebrow')
        tap.contains(home.nudge('outreach', 'Eva', 'draft', '--language', 'de'), 'Guten Tag Eva Kern', 'German')
        coffee = home.json('coffee', 'Anna', 'draft')
        tap.equal((coffee['language'], coffee['handle']), ('de', None), "in the contact's language")
        tap.check(coffee['text'].startswith('Liebe Anna,\n'), 'their salutation')
        home.nudge('coffee', 'Anna', 'agreed', '--on', 'friday 15:00', '--place', 'Central')
        tap.contains(home.nudge('coffee', 'Anna', 'draft', '--language', 'en'),
                     'Friday, 27 November 2026, 15:00, Central', 'when and where')
        home.nudge('coffee', 'Anna', 'draft', '--on', 'friday', status=64)
        home.nudge('coffee', 'Anna', '--language', 'de', status=64)
        home.nudge('coffee', 'Nobody', 'draft', status=1)
        tap.equal(home.json('coffee')[0]['stage'], 'agreed', 'nothing was changed')


def a_crowded_inbox_is_waited_for():
    with Book() as home:
        home.nudge('edit', 'Anna', '--busy-inbox')
        tap.contains(home.nudge('show', 'Anna'), 'crowded', 'it is shown')
        home.nudge('coffee', 'Anna', 'invited')
        for day, due in (('2026-12-06', 0), ('2026-12-07', 1)):
            home.now = f'{day}T12:00:00+01:00'
            tap.equal(len([i for i in home.json('agenda') if i['kind'] == 'coffee']), due, day)
        tap.contains(home.nudge('preview', '--text'), 'A crowded inbox: few words.', 'a word of caution')
        home.nudge('edit', 'Anna', '--no-busy-inbox')
        tap.equal(home.json('show', 'Anna')['busy_inbox'], False, 'not any more')
        home.nudge('edit', 'Anna', '--no-busy-inbox', '--busy-inbox', status=64)


def somebody_new_is_erased_too():
    with Book() as home:
        home.nudge('outreach', 'Xaverine Quandt', *options(ANSWERS))
        home.once(MONDAY, status=75)  # nobody takes the mail: it waits, and names them
        home.nudge('outreach', 'xaverine', '--common', 'Xaverine plays chess')
        home.nudge('remove', 'Xaverine', status=1)  # asked on no terminal
        tap.contains(home.nudge('rm', 'o1', '--yes'), 'Xaverine Quandt is erased', 'the answer')
        tap.equal(home.json('outreach'), [], 'all')
        with open(home.database, 'rb') as file:
            content = file.read()
        for word in (b'Xaverine', b'Quandt', b'xaverine', b'director', b'Kiel'):
            tap.check(word not in content, f'{word} is still in the database')


def forums_and_goals():
    with Book() as home:
        home.nudge('forum', status=1)
        home.nudge('forum', 'HR group', status=64)  # a goal is needed
        home.nudge('forum', 'HR group', '--goal', '3/day', status=64)
        tap.equal(home.json('forum', 'HR group', '--goal', '3/week', '--topics', 'contracts'),
                  {'handle': 'g1', 'name': 'HR group', 'goal': '3/week', 'done': 0, 'via': 0, 'url': None,
                   'topics': 'contracts'}, 'a forum')
        tap.contains(home.nudge(), 'HR group: 0 of 3 answers, until Sunday', 'the agenda')
        tap.equal(home.json('replied', 'hr', '2', 'about contracts', '--to', 'Jana Roth')['done'], 2, 'done')
        tap.equal(home.json('show', 'Jana')['last_touch'], '2026-11-23', 'Jana is a contact now')
        home.nudge('replied', 'hr', '--to', 'Ben', '--on', 'yesterday')  # last week
        tap.equal(home.json('forum')[0]['done'], 2, 'this week')
        home.nudge('done', 'g1')
        tap.equal([i for i in home.json('agenda') if i['kind'] == 'forum'], [], 'reached')
        home.nudge('undo')
        tap.equal(home.json('forum', 'hr')['name'], 'HR group', 'by a part of its name')
        tap.equal(home.json('forum', 'hr', '--topics', 'contracts, notice')['handle'], 'g1', 'and changed so')
        home.nudge('undo')
        text = home.nudge('forum', 'HR', '--goal', '1/month')
        tap.contains(text, 'to change HR group: nudge forum g1 --goal', 'a forum of its own')
        home.nudge('undo')
        tap.check('new' not in home.nudge('forum', 'hr GROUP', '--goal', '2/week'), 'the same one')
        home.nudge('undo')
        tap.equal(home.json('forum', 'G7', '--goal', '2/week')['name'], 'G7', 'a name like a handle')
        home.nudge('undo')
        home.nudge('forum', 'g7', status=1)
        home.nudge('replied', 'nowhere', status=1)
        home.nudge('replied', 'hr', '1000000', status=64)
        tap.equal(home.json('replied', 'g1')['done'], 3, 'by its handle')
        home.nudge('undo')
        tap.equal(home.json('forum', 'g1', '--goal', '4/week')['goal'], '4/week', 'by its handle')
        home.nudge('undo')
        home.nudge('replied', 'g7', status=1)
        home.nudge('snooze', 'g1', '2d', status=1)
        home.nudge('drop', 'g1')
        home.nudge('forum', status=1)


def whom_an_answer_was_for():
    with Book() as home:
        home.nudge('forum', 'HR group', '--goal', '3/week')
        for to, name in (('#2', 'Ben Weber'), ('b1', 'Anna Schmidt'), ('bea@example.org', 'Bea Weber'), ('Ben', 'Ben Weber')):
            reply = home.json('replied', 'HR', '--to', to)
            tap.equal((reply['to']['name'], reply['to']['added']), (name, False), to)
            tap.equal(home.json('log', name)[0]['kind'], 'answered', f'a touch by {to}')
        for to, status in (('#99', 1), ('b99', 1), ('Weber', 1), ('#', 1), ('new@', 64)):
            home.nudge('replied', 'HR', '--to', to, status=status)
        tap.equal(len(home.json('list')), 3, 'nobody new')
        tap.contains(home.nudge('replied', 'HR', '--to', 'new@x.org'), 'new@x.org is in the book now (#4)', 'is told')
        tap.equal(home.json('show', 'new@x.org')['emails'], ['new@x.org'], 'with the address')
        home.nudge('replied', 'HR', '--to', 'Jana Roth <jana@x.org>')
        jana = home.json('show', 'Jana')
        tap.equal((jana['name'], jana['emails']), ('Jana Roth', ['jana@x.org']), 'with name and address')
        tap.equal(home.json('replied', 'HR', '--to', 'JANA@x.org')['to'], {'id': jana['id'], 'name': 'Jana Roth', 'added': False},
                  'the same one')
        for words, note in ((['HR', 'group', 'contracts'], 'contracts'), (['HR', 'contracts'], 'contracts'),
                            (['group', '2', 'of', 'them'], 'of them'), (['HR group'], None)):
            home.nudge('replied', *words, '--to', 'Ben')
            tap.equal(home.json('log', 'Ben')[0]['note'], note, f'{words}')


def books_share_nothing():
    with Book() as home:
        home.nudge('-b', 'work', 'list', status=1)
        home.nudge('book', 'work', '--create')
        home.nudge('book', 'work', '--create', status=1)
        home.nudge('book', 'Work', '--create', status=64)
        home.nudge('book', 'nowhere', status=1)
        home.nudge('-b', 'work', 'add', 'Zoe')
        tap.equal([c['name'] for c in home.json('-b', 'work', 'list')], ['Zoe'], 'the new book')
        tap.equal([(b['name'], b['contacts']) for b in home.json('book')], [('main', 3), ('work', 1)], 'all')
        home.nudge('show', 'Zoe', status=1)


def a_number_is_of_the_book_that_was_named():
    """Numbers count through all books, so a wrong one is always somebody."""
    with Book() as home:
        home.nudge('book', 'work', '--create')
        home.nudge('-b', 'work', 'add', 'Zoe')
        home.nudge('-b', 'work', 'forum', 'HR', '--goal', '2/week')
        before = home.nudge('export', '--format', 'json'), home.nudge('-b', 'work', 'export', '--format', 'json')
        for words in (['show', '#1'], ['log', '#1'], ['log', '#1', 'met'], ['edit', '#1', '--city', 'Ulm'],
                      ['follow-up', '#1', 'call', '--on', 'today'], ['occasion', '#1', 'name-day', '26.7.'],
                      ['coffee', '#1', 'invited'], ['coffee', '#1', 'draft'], ['gave', '#1', 'lift'],
                      ['received', '#1', 'lift'], ['ledger', '#1'], ['replied', 'HR', '--to', '#1'], ['outreach', '#1'],
                      ['introduce', '#1', 'Zoe'], ['introduce', 'Zoe', '#1'], ['merge', '#1', 'Zoe'], ['merge', 'Zoe', '#1'],
                      ['duplicates', '--differ', '#1', 'Zoe'], ['remove', '#1', '--yes']):
            tap.contains(home.nudge('-b', 'work', *words, status=1), 'no contact #1', words)
        after = home.nudge('export', '--format', 'json'), home.nudge('-b', 'work', 'export', '--format', 'json')
        tap.equal(after, before, 'both books')


def what_repeats_comes_again():
    with Book() as home:
        home.nudge('follow-up', 'by the calendar', '--on', '2026-11-24', '--repeat', '1m')
        home.nudge('follow-up', 'after it was done', '--on', '2026-11-24', '--repeat', '6w', '--after-done')
        home.now = '2026-12-01T12:00:00+01:00'
        home.nudge('done', 'f1', 'f2')
        days = {i['handle']: i['due'] for i in home.json('agenda', '--days', '100')}
        tap.equal((days['f1'], days['f2']), ('2026-12-24', '2027-01-12'), 'the next days')
        home.nudge('follow-up', 'x', '--on', 'today', '--after-done', status=64)
        home.nudge('follow-up', 'x', '--on', 'today', '--repeat', 'often', status=64)


def log_keeps_touches():
    with Book() as home:
        home.nudge('log', 'Anna', status=1)
        home.nudge('log', 'Anna', 'met', 'at the fair', '--on', 'yesterday', '--seeks', 'a designer')
        home.nudge('log', 'Anna', 'Schmidt', 'called')
        tap.equal([(t['day'], t['kind'], t['note']) for t in home.json('log', 'Anna')],
                  [('2026-11-23', 'called', None), ('2026-11-22', 'met', 'at the fair')], 'touches')
        anna = home.json('show', 'Anna')
        tap.equal((anna['last_touch'], anna['seeks']), ('2026-11-23', ['a flat', 'a designer']), 'Anna')
        home.nudge('log', 'Anna', 'met', '--on', 'tomorrow', status=64)
        home.nudge('log', 'Anna', '--on', 'yesterday', status=64)
        home.nudge('log', 'Weber', 'met', status=1)
        tap.contains(home.nudge('log', 'Anna', 'flew', status=1), 'met, called, wrote, congratulated', 'a kind')
        tap.check('wrote' not in home.nudge('log', 'Cem', status=1), 'a name alone')
        tap.check('wrote' not in home.nudge('log', 'Cem', 'met', status=1), 'a kind that is known')


def who_was_congratulated_is_told_of_no_more():
    with Book() as home:
        home.nudge('add', 'Lea', '--birthday', '1.12.1980')
        home.nudge('occasion', 'Lea', 'name-day', '1.12.')
        home.nudge('occasion', 'Lea', 'anniversary', '8.12.2016')
        home.nudge('add', 'Lars', '--birthday', '1.12.1980')
        number = {(o['title'], o['contact']): o['handle'] for o in home.json('agenda', '--days', '20') if o['kind'] == 'occasion'}
        lea = [handle for (title, who), handle in number.items() if who == 'Lea']
        home.now = '2026-12-01T12:00:00+01:00'

        def due(*options):
            return [o['handle'] for o in home.json('agenda', *options) if o['contact'] == 'Lea' and o['kind'] == 'occasion']
        tap.equal(sorted(due()), lea, 'before')
        said = home.nudge('log', 'Lea', 'congratulated', 'by telephone')
        tap.equal(said, 'Lea: congratulated: by telephone (Tuesday, 1 December 2026)\n' +
                  ''.join(f'{handle} is done with that.\n' for handle in lea[:2]), 'the echo')
        tap.equal(due(), lea[2:], 'both of the day, and no other')
        tap.contains(home.nudge('agenda'), 'Lars turns 46 today', 'nobody else')
        tap.contains(home.nudge('done', lea[0], status=1), 'was done before', 'once')
        home.nudge('undo')
        tap.equal(sorted(due()), lea, 'taken back')
        home.nudge('log', 'Lea', 'wrote')
        home.nudge('log', 'Lea', 'congratulated', '--on', '20.11.')
        tap.equal(sorted(due()), lea, 'too early, and another word')
        home.now = '2026-12-05T12:00:00+01:00'
        home.nudge('log', 'Lea', 'congratulated', '--on', '2.12.')
        tap.equal(due('--missed'), lea[2:], 'told late on an earlier day')
        home.now = '2026-12-06T12:00:00+01:00'
        tap.equal(home.nudge('log', 'Lea', 'congratulated').count('done'), 1, 'before a weekend')
        tap.equal(due('--missed', '--days', '9'), [], 'nothing is left')
        home.now = '2027-12-01T12:00:00+01:00'
        tap.equal(sorted(due()), lea, 'they come back next year')


def what_was_noted_is_echoed_with_its_day():
    with Book() as home:
        home.now = '2026-01-05T12:00:00+01:00'
        tap.equal(home.nudge('log', 'Anna', 'called', '--on', '6.1.'),
                  'Anna Schmidt: called (Monday, 6 January 2025)\n', 'the last sixth of January')
        tap.equal(home.nudge('log', 'Anna', 'met', 'at the fair'),
                  'Anna Schmidt: met: at the fair (Monday, 5 January 2026)\n', 'today')
        tap.equal(home.nudge('gave', 'Ben', 'a book', '--on', 'yesterday'),
                  'Ben Weber, gave: a book (Sunday, 4 January 2026)\n', 'the ledger')
        tap.equal(home.json('gave', 'Ben', 'a pen')['day'], '2026-01-05', 'the ledger')


def an_introduction_is_noted_with_both():
    with Book() as home:
        home.nudge('introduce', 'Ben', 'Anna')
        home.nudge('done', 'i1', 'by phone')
        tap.contains(home.nudge('log', 'Ben'), 'introduced: Anna Schmidt: by phone\n', 'of Ben')
        tap.equal(home.json('log', 'Anna')[0], {'day': '2026-11-23', 'kind': 'introduced', 'note': 'by phone',
                                                'other': 'Ben Weber'}, 'of Anna')
        tap.contains(home.nudge('show', 'Ben', '--all'), '  introduced: Anna Schmidt: by phone\n', 'what is held')
        tap.contains(home.nudge('show', 'Ben'), '23 November 2026, introduced: Anna Schmidt: by phone\n', 'the last contact')
        home.nudge('merge', 'Bea', 'Ben')
        tap.contains(home.nudge('log', 'Anna'), 'introduced: Bea Weber: by phone\n', 'merged with another')
        home.nudge('undo')
        home.nudge('merge', 'Anna', 'Ben')
        tap.equal([t['other'] for t in home.json('log', 'Anna') if t['kind'] == 'introduced'], [None, None], 'to themself')
        home.nudge('undo')
        home.nudge('rm', 'Anna', '--yes')
        tap.equal([(t['kind'], t['other']) for t in home.json('log', 'Ben')], [('introduced', None)], 'who was erased')


def what_was_done_names_the_verb():
    with Book() as home:
        for n in range(4):
            home.nudge('follow-up', f'x{n}', '--on', 'today')
        for n, words in enumerate((['done', 'f1'], ['skip', 'f2'], ['drop', 'f3'], ['snooze', 'f4', '3d'])):
            told = home.json(*words)
            tap.equal([(t['handle'], t['verb'], t['title']) for t in told], [(words[1], words[0], f'x{n}')], words)


def undo_takes_back():
    with Book() as home:
        changes = (['edit', 'Anna', '--city', 'Bonn', '--birthday', '1.12.'], ['add', 'Zoe'],
                   ['follow-up', 'Ben', 'call', '--on', 'today'], ['done', 'b1'], ['snooze', 'b2', '+3d'],
                   ['log', 'Anna', 'met'], ['skip', 'b2'], ['drop', 'b1'], ['occasion', 'Ben', 'x', '1.2.'],
                   ['follow-up', 'y', '--on', 'today', '--repeat', '1w'], ['done', 'f2'])
        states = []

        def state():
            return home.json('list'), home.json('agenda', '--days', '40')

        for words in changes:
            states.append(state())
            home.nudge(*words)
        for words in reversed(changes):
            home.nudge('undo')
            tap.equal(state(), states.pop(), f'after taking back {words}')
        for _ in range(3):
            home.nudge('undo')  # the three people of the book
        tap.equal(home.json('list'), [], 'an empty book')
        tap.contains(home.nudge('list', status=1), 'the book is empty; for example: nudge add', 'an empty book')
        tap.contains(home.nudge('undo', status=1), 'nothing to take back; imports and removals are final', 'undo')
        home.nudge('undo', 'b1', status=64)
        home.nudge('add', 'Anna')
        home.nudge('rm', 'Anna', '--yes')
        home.nudge('undo', status=1)
        tap.equal(home.json('list'), [], 'who was erased stays erased')


def what_is_final_stands_before_what_was_before():
    with Book() as home:
        home.write('a.vcf', 'BEGIN:VCARD\nVERSION:3.0\nFN:Vera Card\nEND:VCARD\n')
        rows = ((['import', home.path('a.vcf')], 'the last change was an import'),
                (['remove', 'Vera', '--yes'], 'the last change erased somebody'),
                (['book', 'work', '--create'], 'the last change made a new book'))
        for words, sentence in rows:
            home.nudge('edit', 'Anna', '--city', 'Bonn')
            home.nudge(*words)
            tap.contains(home.nudge('undo', status=1), sentence, f'{words}')
            tap.equal(home.json('show', 'Anna')['city'], 'Bonn', 'nothing was taken back')
            tap.contains(home.nudge('undo'), 'Taken back: edit Anna', 'once more')
            tap.equal(home.json('show', 'Anna')['city'], 'Köln', 'the one before')
        for words in (['import', '--dry-run', home.path('a.vcf')], ['import', home.path('a.vcf')]):  # Vera stays away
            home.nudge('edit', 'Anna', '--city', 'Bonn')
            home.nudge(*words)
            tap.contains(home.nudge('undo'), 'Taken back: edit Anna', 'nothing was imported')
        with open(home.database, 'rb') as file:
            tap.check(b'Vera' not in file.read(), 'the name is kept')


# --- strange people ---

def strange_names_go_in_and_out():
    names = ['O\'Brien "Bob"', 'Zoë 🎉 Ω', 'שרה כהן', 'x' * 300, 'a;DROP TABLE contact', '%s%n', '-dash',
             '$(id) `id`', 'Ünal', '山田 太郎']
    with Home() as home:
        home.configure()
        for name in names:
            home.nudge('add', '--', name)
        tap.equal(sorted(p['name'] for p in home.json('list')), sorted(names), 'names')
        for name in names:
            tap.equal([p['name'] for p in home.json('list') if p['name'] == name], [name], name)
            tap.equal(home.json('show', '--', name)['name'], name, name)
        for verb in (['list'], ['preview'], ['preview', '--html'], ['agenda']):
            home.nudge(*verb)


def control_characters_never_come_out():
    bad = 'A\x1b[31mB\x07\u202eC\u2066D\x9b1mE'
    with Home() as home:
        home.configure()
        home.nudge('add', 'AB', '--birthday', '23.11.', '--note', 'AB', '--org', 'AB', '--tag', 'AB')
        home.nudge('add', 'B two')
        home.nudge('follow-up', 'thing', '--on', 'today')
        with contextlib.closing(sqlite3.connect(home.database)) as book:  # as if they had come in all the same
            book.execute('UPDATE contact SET name=?1||id, note=?1, org=?1', (bad,))
            book.execute('UPDATE contact_value SET text=?', (bad,))
            book.execute('UPDATE follow_up SET what=?', (bad,))
            book.commit()
        home.now = MONDAY
        for words, status in ((['list'], 0), (['show', '#1'], 0), (['show', '#1', '--all'], 0),
                              (['agenda'], 0), (['preview'], 0), (['preview', '--html'], 0),
                              (['show', 'two'], 0), (['show', 'two', bad], 1), (['show', 'B'], 1), (['show', bad * 2], 1),
                              (['preview', '--eml'], 0), (['nonsense' + bad], 64)):
            text = home.nudge(*words, status=status)
            for c in '\x1b\x07\u202e\u2066\x9b':
                tap.check(c not in text, f'nudge {words} prints U+{ord(c):04X}: {text!r}')


def what_is_typed_is_cleaned():
    bad, good = ' \u2067A\x1b[1mB\x07\n\u202eC\u00a0 ', 'A[1mB C'
    with Home() as home:
        home.configure()
        home.now = MONDAY
        home.nudge('add', bad, ' Quandt\n', '--org', bad, '--tag', bad, '--note', f'{bad}\nD\r\n\nE\n',
                   '--every', ' 6w ', '--birthday', ' 12.3.1984 ', '--email', ' a@example.org\n')
        person = home.json('show', '#1')
        tap.equal((person['name'], person['org'], person['tags'], person['emails'], person['every']),
                  (good + ' Quandt', good, [good], ['a@example.org'], '6w'), 'the contact')
        tap.equal((person['note'], person['birthday']), ('A[1mB\nC\u00a0 \nD\n\nE', '1984-03-12'), 'lines of a note')
        tap.equal(home.json('gave', bad, bad)['what'], good, 'the ledger')
        tap.equal(home.json('follow-up', bad, bad, '--on', 'today')['title'], good, 'a follow-up')
        tap.equal(home.json('occasion', bad, bad, '1.3.')['title'], good, 'an occasion')
        home.nudge('me', '--name', bad, '--offers', bad, '--intro', 'I\nsail')
        tap.equal(home.json('me'), {'name': good, 'city': None, 'intro': 'I sail', 'offers': [good]}, 'me')
        home.nudge('log', bad, 'met', bad)
        tap.equal(home.json('log', bad)[0]['note'], good, 'a note of a touch')


def files_may_be_called_anything():
    with Home() as home:
        home.configure()
        card = 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{0}\r\nEND:VCARD\r\n'
        name = ' two\nlines \u202e\x07 '
        path = home.write(name, card.format('Carl') + card.format(''))
        rejects = home.path(' rejects\n')
        tap.equal(home.json('import', path, '--rejects', rejects)['added'], 1, 'added')
        tap.check(os.path.exists(rejects), 'the rejects')
        raw = os.fsencode(home.path('raw')) + b'\xff'
        os.rename(path, raw)
        tap.equal(home.json('import', raw)['unchanged'], 1, 'unchanged')
        os.rename(home.path('nudged.conf'), home.path(' conf\n'))
        home.nudge('--config', home.path(' conf\n'), 'list')


def columns_stay_aligned():
    with Home() as home:
        home.configure()
        for name in ('Jörg Müller', 'Jorg Muller', '山田 太郎', 'Zoë'):
            home.nudge('add', name, '--city', 'Köln')
        places = set()
        for line in home.nudge('list').splitlines():
            before = line[:line.index('Köln')]
            places.add(len(before) + sum(ord(c) > 0x2e80 for c in before))
        tap.equal(len(places), 1, 'columns that the city begins in')


# --- import ---

def imports_vcards():
    card = ('BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{0}\r\nN:;{0};;;\r\nUID:{0}\r\nEMAIL:{0}@example.org\r\n'
            'BDAY:1984-11-23\r\nEND:VCARD\r\n')
    keys = {'added', 'updated', 'unchanged', 'rejected', 'skipped', 'rejects', 'dry_run', 'duplicates',
            'sources', 'kept', 'left_alone', 'rejects_omitted', 'requests_waiting', 'requests_past',
            'unread_days', 'kept_beside', 'digests', 'digests_left'}
    with Home() as home:
        home.configure()
        home.now = MONDAY
        path = home.write('two.vcf', card.format('Carl') + card.format('Dora'))
        tap.equal(home.json('import', '--dry-run', path)['added'], 2, 'a dry run')
        tap.equal(home.json('list'), [], 'the book after a dry run')
        report = home.json('import', path, '--tag', 'school')
        tap.equal(set(report), keys, 'keys')
        tap.equal((report['added'], report['rejected']), (2, 0), 'the report')
        tap.equal(home.json('import', path)['unchanged'], 2, 'the second time')
        tap.equal(home.json('show', 'Carl')['tags'], ['school'], 'tags')
        bad = home.write('bad.vcf', card.format('Emil') + 'BEGIN:VCARD\r\nVERSION:3.0\r\nEND:VCARD\r\n')
        report = home.json('import', bad)
        tap.equal((report['added'], report['rejected']), (1, 1), 'a half good file')
        tap.equal(set(report['rejects'][0]), {'file', 'line', 'reason'}, 'a reject')
        home.nudge('rm', 'Carl', '--yes')
        tap.equal(home.json('import', path)['skipped'], 1, 'who was erased')
        only = home.write('carl.vcf', card.format('Carl'))
        tap.contains(home.nudge('import', only), 'skipped 1 (you erased them earlier)\n', 'as one wanted it')
        home.nudge('show', 'Carl', status=1)
        home.nudge('import', home.write('no.vcf', 'this is no card\n'), status=65)
        home.nudge('import', home.path('none.vcf'), status=1)


CARD = 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{0}\r\nEND:VCARD\r\n'
NOBODY = 'BEGIN:VCARD\r\nVERSION:3.0\r\nTEL:+49 30 1\r\nEND:VCARD\r\n'
EVENT = 'BEGIN:VEVENT\r\nSUMMARY:{0}\r\nDTSTART;VALUE=DATE:20260312\r\n{1}END:VEVENT\r\n'


def what_another_book_has_said_stands():
    """And that something is kept beside it is told once."""
    with Home() as home:
        home.configure()
        home.now = MONDAY
        card = CARD.format('Carl').replace('END', 'EMAIL:c@example.org\r\nORG:{0}\r\nEND')
        home.nudge('import', home.write('one.vcf', card.format('Werft')))
        path = home.write('two.vcf', card.format('Hafen'))
        tap.contains(home.nudge('import', path), 'is kept beside it (nudge show --all)', 'the first time')
        tap.equal(home.json('import', path)['kept_beside'], 0, 'the second')
        home.write('two.vcf', card.format('Kai'))
        tap.equal(home.json('import', path)['kept_beside'], 1, 'where it changes')
        tap.equal(home.json('show', 'Carl')['org'], 'Werft', 'what stands')


def a_birthday_to_come_is_no_birthday():
    """As `add` refuses it; what is known already stays."""
    with Home() as home:
        home.configure()
        home.now = MONDAY
        card = CARD.format('Carl').replace('FN:', 'UID:c\r\nFN:').replace('END', 'BDAY:{0}\r\nEND')
        path = home.write('c.vcf', card.format('19840312'))
        home.nudge('import', path)
        home.write('c.vcf', card.format('20990101'))
        tap.equal(home.json('import', path)['unread_days'], 1, 'it is told')
        tap.equal(home.json('import', path)['updated'], 0, 'once more')
        carl = home.json('show', 'Carl')
        tap.equal((carl['birthday'], carl['note']), ('1984-03-12', 'Birthday: 2099-01-01'), 'what is known')


def imports_into_a_tag_with_a_cadence():
    """Their first days are spread, as with --every."""
    with Home() as home:
        home.configure()
        home.now = MONDAY
        path = home.write('many.vcf', ''.join(CARD.format('Person%d' % i) for i in range(20)))
        home.nudge('tag', 'club', '--every', '20d')
        home.nudge('import', path, '--tag', 'club')
        touches = [item for item in home.json('agenda', '--days', '20') if item['kind'] == 'touch']
        tap.equal(len(touches), 20, 'all of them')
        tap.equal(len({item['due'] for item in touches}), 20, 'each on a day of their own')


def of_some_lines_a_card_has_one():
    """The first source of a contact replaces them; another leaves them as they are."""
    card = 'BEGIN:VCARD\r\nVERSION:4.0\r\nUID:{}\r\nFN:Carl Roth\r\nN:{};Carl;;Dr.;\r\nEMAIL:c@example.org\r\nEND:VCARD\r\n'
    with Home() as home:
        home.configure()
        first, other = home.write('a.vcf', card.format('u1', 'Roth')), home.write('b.vcf', card.format('u2', 'Weiss'))
        home.nudge('import', first)
        tap.equal(home.json('import', other)['unchanged'], 1, 'another source')
        tap.contains(home.nudge('export'), 'N:Roth;Carl;;Dr.;', 'as it was')
        home.write('a.vcf', card.format('u1', 'Weber'))
        tap.equal(home.json('import', first)['updated'], 1, 'its own source')
        text = home.nudge('export')
        tap.contains(text, 'N:Weber;Carl;;Dr.;', 'replaced')
        tap.equal(text.count('Carl;;Dr.'), 1, 'once')
        tap.equal(home.json('import', first)['unchanged'], 1, 'once more')


def what_was_taken_away_stays_away():
    """An import does not bring back what somebody took out of a contact by hand; by hand it comes back."""
    card = ('BEGIN:VCARD\r\nVERSION:4.0\r\nUID:u1\r\nFN:Carl\r\nEMAIL:c@example.org\r\nEMAIL:c2@example.org\r\n'
            'TEL:+49 228 123456\r\nCATEGORIES:club\r\nORG:Acme\r\nNOTE:tall\r\nBDAY:19840312\r\nEND:VCARD\r\n')
    with Home() as home:
        home.configure()
        path = home.write('a.vcf', card)
        home.nudge('import', path)
        home.nudge('edit', 'Carl', '--untag', 'club', '--phone', '', '--birthday', '', '--org', '', '--note', '')
        home.nudge('edit', 'Carl', '--email', '', '--email', 'c2@example.org')
        before = home.json('show', 'Carl')
        tap.equal(before['emails'], ['c2@example.org'], 'an address is gone')
        tap.equal(home.json('import', path)['unchanged'], 1, 'nothing changes')
        tap.equal(home.json('show', 'Carl'), before, 'nothing came back')
        home.write('fresh.vcf', home.nudge('export', '--format', 'vcard'))
        home.nudge('export', '--format', 'json', home.path('book.json'))
        with Home() as other:
            other.configure()
            other.nudge('import', home.path('book.json'))
            tap.equal(other.json('import', path)['unchanged'], 1, 'nor in a book that was restored')
        home.nudge('undo')
        tap.equal(home.json('show', 'Carl')['emails'], ['c@example.org', 'c2@example.org'], 'both again')
        home.nudge('edit', 'Carl', '--tag', 'club', '--birthday', '13.3.1984')
        home.nudge('edit', 'Carl', '--untag', 'club')
        home.nudge('edit', 'Carl', '--tag', 'club')
        tap.equal((home.json('show', 'Carl')['tags'], home.json('show', 'Carl')['birthday']),
                  (['club'], '1984-03-13'), 'by hand it comes back')


def what_is_gone_from_its_source_goes():
    """What a person typed or took away is theirs, in whatever order; who says what is shown."""
    card = 'BEGIN:VCARD\r\nVERSION:4.0\r\nUID:u1\r\nFN:Vera\r\n{}END:VCARD\r\n'
    with Home() as home:
        home.configure()
        home.now = MONDAY
        one = home.write('book-2026-11-01.vcf', card.format(
            'TEL:+49 228 1\r\nTEL:+49 228 2\r\nEMAIL:v@example.org\r\nORG:Acme\r\nCATEGORIES:club\r\n'
            'NICKNAME:Ve\r\nANNIVERSARY:20010203\r\nBDAY:19840312\r\n'))
        two = home.write('book-2026-11-23.vcf', card.format(
            'TEL:+49 228 3\r\nEMAIL:v@example.org\r\nANNIVERSARY:20010204\r\n'))
        home.nudge('import', one, '--tag', 'school', '--every', '6m')
        home.nudge('edit', 'Vera', '--phone', '+49 228 2', '--tag', 'chess')
        tap.equal(home.json('import', one)['unchanged'], 1, 'what is typed now was there')
        tap.contains(home.nudge('import', one, '--every', '3m'), 'for those who are new, and nobody is', 'all are known')
        tap.equal(home.json('import', '--dry-run', two)['updated'], 1, 'a dry run')
        tap.equal(home.json('show', 'Vera')['org'], 'Acme', 'which changes nothing')
        home.nudge('import', two)
        vera = home.json('show', 'Vera')
        tap.equal([vera[key] for key in ('phones', 'emails', 'org', 'tags', 'birthday', 'every')],
                  [['+49 228 2', '+49 228 3'], ['v@example.org'], None, ['school', 'chess'], None, '6m'], 'what is left')
        tap.equal(vera['occasions'], [{'name': 'anniversary', 'date': '2001-02-04'}], 'a day that was corrected')
        held = home.nudge('show', 'Vera', '--all')
        for part in ('23 November 2026    book.vcf  phone: +49 228 3\n', 'by hand   phone: +49 228 2\n',
                     'by hand   every: 6m\n', 'by hand   tag: school\n', 'book.vcf  anniversary: 4 February 2001 b1\n'):
            tap.contains(held, part, 'who says what')
        tap.equal(home.json('import', two)['unchanged'], 1, 'once more')
        home.nudge('edit', 'Vera', '--phone', '')
        tap.equal(home.json('import', two)['unchanged'], 1, 'what was taken away stays away')
        home.nudge('export', '--format', 'json', home.path('book.json'))
        with Home() as other:
            other.configure()
            other.nudge('import', home.path('book.json'))
            tap.equal(other.nudge('export', '--format', 'json'), home.nudge('export', '--format', 'json'), 'an archive')
            tap.equal(other.json('import', two)['unchanged'], 1, 'a book that was restored')
        home.nudge('undo')
        tap.equal(len(home.json('show', 'Vera')['phones']), 2, 'back again')
        tap.equal(home.json('import', one)['updated'], 1, 'the older one again')
        tap.equal(home.json('show', 'Vera')['phones'], ['+49 228 2', '+49 228 1'], 'and what it has')


def linkedin_is_a_source():
    with Home() as home:
        home.configure()
        home.now = MONDAY
        os.mkdir(home.path('LI'))
        home.write('LI/Connections.csv', 'First Name,Last Name,URL,Email Address,Company,Position,Connected On\n'
                   'Jana,Groß,https://www.linkedin.com/in/jana,j@example.org,Acme,CEO,05 Oct 2020\n')
        home.write('LI/Recommendations_Received.csv', 'First Name,Last Name,Company,Job Title,Text,Creation Date,Status\n'
                   'Jana,Groß,Acme,CEO,Fine,"11/01/26, 08:00 AM",VISIBLE\n')
        home.nudge('import', home.path('LI'))
        held = home.nudge('show', 'Jana', '--all')
        for part in ('LinkedIn  email: j@example.org\n', 'LinkedIn  org: Acme\n',
                     'LinkedIn  received: LinkedIn recommendation\n', 'LinkedIn  thanks: LinkedIn recommendation\n'):
            tap.contains(held, part, 'who says what')
        home.write('LI/Connections.csv', 'First Name,Last Name,URL,Email Address,Company,Position,Connected On\n'
                   'Jana,Groß,https://www.linkedin.com/in/jana,,Hafen,CTO,05 Oct 2020\n')
        tap.equal(home.json('import', home.path('LI'))['updated'], 1, 'another export')
        jana = home.json('show', 'Jana')
        tap.equal([jana['org'], jana['title'], jana['emails']], ['Hafen', 'CTO', ['j@example.org']],
                  'an address that is not shown any more')


def imports_a_folder():
    with Home() as home:
        home.configure()
        os.mkdir(home.path('book'))
        tap.contains(home.nudge('import', home.path('book'), status=65), 'the folder is empty', 'an empty folder')
        home.write('book/c.ldif', 'dn: cn=Jörg\ncn: Jörg\nmail: joerg@example.org\n\ndn: cn=G\nobjectclass: groupOfNames\n')
        home.write('book/a.ics', 'BEGIN:VCALENDAR\r\n' + EVENT.format('Annas Geburtstag (1984)', 'RRULE:FREQ=YEARLY\r\n')
                   + EVENT.format('Dentist', '') * 5 + 'END:VCALENDAR\r\n')
        home.write('book/b.vcf', CARD.format('Carl'))
        home.write('book/only-rejects.vcf', NOBODY)
        home.write('book/readme.txt', 'hello\n')
        os.symlink('nowhere', home.path('book', 'link'))
        text = home.nudge('import', '--dry-run', home.path('book'))
        tap.contains(text, 'It would be: added 3, updated 0, unchanged 0, rejected 7\n', 'a dry run')
        tap.contains(text, 'c.ldif: LDIF, UTF-8\n', 'what was found out')
        tap.contains(text, 'readme.txt is no address book that is known here\n', 'what was left alone')
        tap.contains(text, 'link is a link to nowhere\n', 'a link')
        tap.contains(text, 'a.ics:7, 11, 15 and 2 more: happens once, not every year\n', 'a flood of reasons')
        tap.equal(home.json('list'), [], 'the book after a dry run')
        report = home.json('import', home.path('book'))
        tap.equal((report['added'], report['rejected'], report['dry_run']), (3, 7, False), 'the report')
        tap.equal([(os.path.basename(s['file']), s['format'], s['encoding'], s['separator'])
                   for s in report['sources']],
                  [('a.ics', 'iCalendar', 'UTF-8', None), ('b.vcf', 'vCard', 'UTF-8', None),
                   ('c.ldif', 'LDIF', 'UTF-8', None), ('only-rejects.vcf', 'vCard', 'UTF-8', None)], 'sources')
        tap.equal(len(report['left_alone']), 2, 'left alone')
        tap.equal(home.json('show', 'Anna')['birthday'], '1984-03-12', 'a birthday of a calendar')
        tap.equal(home.json('import', home.path('book'))['unchanged'], 3, 'the second time')
        tap.contains(home.nudge('import', home.path('book', 'only-rejects.vcf'), status=65),
                     'only-rejects.vcf:1: has no name', 'nothing usable in a file that is named')


def imports_by_format():
    with Home() as home:
        home.configure()
        path = home.write('a.txt', 'dn: x\ncn: Anna\n')
        tap.equal(home.json('import', path)['added'], 1, 'found out')
        home.nudge('import', path, '--format', 'vcard', status=65)
        tap.contains(home.nudge('import', path, '--format', 'xls', status=64),
                     'there are vcard, ldif, ics, csv, json', 'an unknown format')
        table = home.write('a.csv', 'Name,E-Mail\nAnna,anna@example.org\n')
        told = home.nudge('import', table, '--format', 'json', status=65)
        tap.contains(told, 'a.csv: is no book that `nudge export` wrote as JSON; it looks like CSV: leave --format out',
                     'a table as JSON')
        tap.contains(home.nudge('import', table, '--format', 'linkedin', status=65),
                     'a.csv:1: is no LinkedIn CSV, it has no column Last Name, Connected On; this line reads: Name,'
                     ' E-Mail; nothing was imported\n', 'a table of another program')
        tap.contains(home.nudge('import', home.write('list.json', '[]'), status=65),
                     'list.json: is no book that `nudge export` wrote as JSON\n', 'another JSON')
        book = home.path('book.json')
        home.nudge('export', book)
        tap.contains(home.nudge('import', book, '--format', 'vcard', status=65), 'vCard', 'a book as vCard')
        tap.contains(home.nudge('import', '--help'), 'json', 'all formats are named')
        tap.contains(home.nudge('import', home.write('r.vcf', '{\\rtf1 x}'), status=65), 'save it as plain text', 'RTF')
        home.write('x.zip', 'PK\x03\x04')
        tap.contains(home.nudge('import', home.path('x.zip'), status=65), 'unpack it', 'an archive')
        utf16 = home.path('b.vcf')
        with open(utf16, 'wb') as f:
            f.write(CARD.format('Jörg').encode('utf-16'))
        tap.contains(home.nudge('import', utf16), 'b.vcf: vCard, UTF-16\n', 'UTF-16')
        home.nudge('show', 'Jörg')


def rejects_are_written_whole():
    with Home() as home:
        home.configure()
        path = home.write('a.vcf', CARD.format('Anna') + NOBODY + CARD.format('Ben'))
        rejects = home.path('rejects.vcf')
        text = home.nudge('import', path, '--rejects', rejects)
        tap.contains(text, f'What was rejected is in {rejects}, the reasons are in {rejects}.reasons.\n', 'where')
        with open(rejects, newline='') as f:
            tap.equal(f.read(), NOBODY, 'the rejects')
        with open(rejects + '.reasons') as f:
            tap.equal(f.read(), f'{path}:5: has no name, no organisation and no e-mail address\n', 'the reasons')
        with open(rejects, newline='') as f:
            repaired = f.read().replace('TEL', 'FN:Carl\r\nTEL')
        tap.equal(home.json('import', home.write('repaired.vcf', repaired))['added'], 1, 'repaired')
        home.nudge('import', path, '--rejects', path, status=64)
        home.nudge('import', path, '--rejects', home.path('no', 'folder'), status=73)
        other = home.path('other.vcf')
        text = home.nudge('import', path, '--dry-run', '--rejects', other)
        tap.contains(text, f'They would be written to {other}.\n', 'a dry run')
        text = home.nudge('import', home.path('repaired.vcf'), '--rejects', other)
        tap.contains(text, f'Nothing was rejected: {other} was not written.\n', 'none')
        tap.check(not os.path.exists(other) and not os.path.exists(other + '.reasons'), 'a file of no rejects')
        home.nudge('import', home.path('repaired.vcf'), '--rejects', rejects)
        with open(rejects, newline='') as f:
            tap.equal(f.read(), NOBODY, 'those of before')


def doubles_are_reported():
    with Home() as home:
        home.configure()
        home.nudge('add', 'Anna Schmidt')
        one = home.write('a.vcf', CARD.format('Anna Schmidt') + CARD.format('Ben'))
        tap.equal(home.json('import', '--dry-run', one)['duplicates'], 1, 'a dry run')
        tap.contains(home.nudge('import', one), '1 person may be here twice: nudge duplicates\n', 'a double')
        tap.equal(home.json('import', one)['duplicates'], 0, 'nobody is new')


def progress_is_shown_on_a_terminal():
    with Home() as home:
        home.configure()
        path = home.write('many.vcf', ''.join(CARD.format(f'Person {n} of Many') for n in range(20000)))
        master, slave = pty.openpty()
        env = dict(home.env, TERM='xterm', PAGER='cat')
        result = subprocess.Popen([NUDGE, '-c', home.path('nudged.conf'), 'import', '--dry-run', '--json', path], env=env, stderr=slave,
                                  stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        os.close(slave)
        shown = b''
        with contextlib.suppress(OSError):
            while chunk := os.read(master, 65536):
                shown += chunk
        os.close(master)
        tap.equal(result.wait(), 0, 'the import')
        # How much there is to see depends on the machine; what is shown is taken back.
        tap.check(not shown or (shown.startswith(b'\rReading: ') and shown.endswith(b'%\x1b[K\r\x1b[K')),
                  repr(shown[:80]))
        tap.check(b'Reading' not in home.nudge('import', '--dry-run', path).encode(), 'nothing in a pipe')


def what_every_means_for_many():
    rows = ((500, '1y', '500 people every 1y: about 10 a week. That is much; a tag for those who matter, in place of'),
            (500, '3m', 'about 38 a week. That is much; --every 1y, or'), (26, '1y', '26 people every 1y: about 0'),
            (27, '1y', '27 people every 1y: about 1 a week.\n'), (7, '1w', '7 people every 1w: about 7 a week.\n'),
            (8, '1w', 'about 8 a week. That is much; --every 1y'))
    with Home() as home:
        home.configure()
        for people, every, sentence in rows:
            path = home.write(f'{people}.vcf', ''.join(
                f'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:P{n}\r\nEND:VCARD\r\n' for n in range(people)))
            text = home.nudge('import', '--dry-run', '--every', every, path)
            if sentence.endswith('about 0'):
                tap.check('a week' not in text, text)
            else:
                tap.contains(text, sentence, f'{people} every {every}')


# --- configuration ---

def without_a_configuration_the_book_works():
    with Home() as home:
        del home.env['NUDGED_CONFIG']
        home.nudge('add', 'Anna', '--birthday', '1.1.')
        tap.equal(len(home.json('list')), 1, 'people')
        for verb in (['agenda'], ['status'], ['show', 'Anna'], ['--json', 'agenda'], ['--json', 'status']):
            home.nudge(*verb)
        path = home.path('data', 'nudged', 'nudged.db')
        tap.equal(os.stat(path).st_mode & 0o777, 0o600, 'the mode of the database')
        tap.equal(os.stat(os.path.dirname(path)).st_mode & 0o777, 0o700, 'the mode of its folder')
        for verb in (['preview'], ['test-send'], ['config']):
            tap.contains(home.nudge(*verb, status=78), 'configuration', verb)
        own = home.path('config', 'nudged', 'nudged.conf')
        runs = [home.nudge('config', status=78)]
        for options in ([], ['--once'], ['--check-config']):
            result = home.run(*options, program=NUDGED)
            tap.equal(result.returncode, 78, options)
            runs.append(result.stderr)
        for text in runs:
            tap.contains(text, f'one of your own, {own}', 'where it is looked for')
            tap.contains(text, '`nudge init`', 'what makes it')
            tap.contains(text, 'nudged.conf.sample, which lies in ', 'what is copied by hand')
        tap.contains(home.nudge('-c', 'none', 'config', status=78), '`nudge -c none init` makes it', 'another')


def a_broken_configuration_is_explained():
    with Home() as home:
        home.configure(digests=[{'cadence': 'Mon 99:00', 'more': 'colour = "red"; lead_days = "x";'}])
        for words in (['list'], ['status'], ['config'], ['agenda'], ['add', 'Anna']):
            text = home.nudge(*words, status=78)
            for part in ('nudged.conf:', 'cadence', 'colour', 'lead_days'):
                tap.contains(text, part, words)
        first = text.splitlines()[0]
        place, line, key = first.split(':')[:3]
        tap.check(place.endswith('nudged.conf') and line.isdigit() and key.strip(), first)
        home.write('nudged.conf', 'database = ;\n')
        tap.contains(home.nudge('list', status=78), 'nudged.conf:1', 'a syntax error')
        home.nudge('-c', home.path('none.conf'), 'list', status=78)
        tap.check(not os.path.exists(home.path('data')), 'a database was made')


def the_configuration_in_force():
    with Home() as home:
        home.write('secret', 'very-secret\n')
        home.configure(smtp='user = "anna"; password_file = "secret"; tls = "none";')
        text = home.nudge('config')
        tap.contains(text, 'smtp://127.0.0.1:25', 'the configuration')
        tap.check('very-secret' not in text, 'the password is shown')
        home.write('again.conf', text)
        tap.equal(home.nudge('-c', home.path('again.conf'), 'config').split('\n', 1)[1],
                  text.split('\n', 1)[1], 'read again')


# --- digests ---

def previews():
    with Book() as home:
        tap.contains(home.nudge('preview'), 'Welcome to nudged', 'the first one')
        tap.contains(home.nudge('preview', '--on', 'wednesday'), "Ben Weber's birthday is today", 'Wednesday')
        tap.check(home.nudge('preview', '--html').startswith('<!DOCTYPE html>'), 'HTML')
        result = subprocess.run([NUDGE, '--now', MONDAY, 'preview', '--eml'], capture_output=True,
                                env=home.env, timeout=30, check=True)
        tap.check(b'\r\n' in result.stdout and b'\nMessage-ID: <test.' in result.stdout, 'a message')
        tap.equal(home.outbox(), {}, 'the outbox')
        home.nudge('preview', 'evening', status=1)


def a_preview_is_what_comes_next():
    with Book() as home:
        home.nudge('follow-up', 'Ben', 'send the slides', '--on', 'today')
        tap.equal(home.json('preview')['sent'], True, 'a welcome')
        home.once(MONDAY, status=75)  # nobody takes the mail
        tap.contains(home.nudge('preview'), 'Anna Schmidt turns 42 today', 'what has not arrived is told anew')
        tap.equal(home.outbox(), {'queued': 1}, 'which waits all the same')


def what_was_told_is_not_previewed():
    with Receiver() as server, Book() as home:
        home.configure(port=server.port, smtp='tls = "none";', digests=[{'more': 'lead_days = 0;'}])
        home.nudge('follow-up', 'Ben', 'send the slides', '--on', 'today')
        home.once('2026-11-23T07:00:00+01:00')
        tap.equal(len(server.messages), 1, 'the mail')
        result = home.run('preview')
        tap.contains(result.stderr, 'no mail would go out: there is nothing new to tell', 'a sentence')
        tap.contains(result.stdout, 'Follow-ups: Ben Weber: send the slides (f1)', 'what is no reason to send')
        home.nudge('done', 'f1')
        tap.contains(home.nudge('preview'), 'Nothing due. Whom could you help today?', 'the empty one')
        tap.equal(home.json('preview')['sent'], False, 'the document')
        home.nudge('add', 'Cem', '--birthday', '23.11.')
        text = home.nudge('preview')
        tap.check('Cem' in text and 'Anna' not in text and 'no mail' not in text, f'what is new: {text}')
        text = home.nudge('preview', '--on', 'wednesday')
        tap.contains(text, "Ben Weber's birthday is today", 'Wednesday')
        tap.check('late greeting' not in text, f'as if Tuesday had been told: {text}')
        home.now = '2026-11-24T12:00:00+01:00'
        tap.contains(home.nudge('preview'), "Cem's birthday was yesterday", 'what fell into the gap')
        home.nudge('undo')
        home.now = '2026-11-25T06:00:00+01:00'
        home.nudge('pause', '30.11.')
        text = home.nudge('preview')
        tap.contains(text, 'a holiday until Monday, 30 November 2026', 'a holiday')
        tap.contains(text, "Ben Weber's birthday is today", 'a holiday')


def status_keys():
    with Book() as home:
        status = home.json('status')
        tap.check({'running', 'digests', 'outbox', 'errors'} <= set(status), status)
        tap.equal(status['running'], False, 'running')
        tap.equal(status['digests'], [{'name': 'd', 'next': '2026-11-23T12:00:00+01:00', 'last': None}],
                  'digests')
        tap.equal(set(status['outbox']), {'queued', 'attempting', 'in_doubt', 'sent', 'refused',
                                          'withdrawn'}, 'the outbox')
        tap.equal(status['errors'], [], 'errors')
        tap.contains(home.nudge('status'), 'not running', 'the service')
        home.nudge('--book', 'none', 'list', status=1)


def documents_are_one_line_of_json_each():
    with Book() as home:
        for words in (['list'], ['show', 'Anna'], ['agenda'], ['status'], ['me']):
            result = home.run('--json', *words)
            json.loads(result.stdout)
            tap.equal(result.stderr, '', words)


def damaged_databases():
    with Home() as home:
        home.configure()
        os.mkdir(home.path('data'), 0o700)
        home.write('data/n.db', 'this is no database, whatever else it may be' * 100)
        home.nudge('list', status=65)
        os.unlink(home.database)
        os.mkdir(home.database)
        home.nudge('list', status=65)


def output_that_cannot_be_written():
    with Book() as home, open('/dev/full', 'w', encoding='utf-8') as full:
        for words in (['list'], ['--json', 'list'], ['preview', '--html'], ['--help']):
            result = subprocess.run([NUDGE, '--now', MONDAY, *words], stdout=full, env=home.env,
                                    stderr=subprocess.PIPE, timeout=30, check=False, encoding='utf-8')
            tap.equal(result.returncode, 74, words)
            tap.contains(result.stderr, 'cannot write', words)


tap.run(help_tells_each_verb, options_are_refused_in_a_sentence, usage_errors, unknown_verbs_are_guessed, what_was_done_is_kept_in_the_readers_words, add_show_and_list_agree,
        contacts_are_found, edit_changes_one_thing, everything_held_is_shown, show_tells_what_is_open,
        whatever_is_held_has_no_bare_colon, lines_hang_below_their_text, edit_with_an_editor,
        the_editor_knows_how_you_met, the_editor_opens_again, remove_erases, who_was_erased_stays_away,
        me_is_kept, agenda_tells_what_is_due, agenda_says_when_and_why, an_empty_agenda_asks, words_for_days,
        a_whole_name_wins_over_a_part_of_one,
        a_follow_up_needs_something_to_do, done_and_snooze, occasions_of_all_kinds, nouns_alone_list,
        skip_and_drop, which_occurrence_is_meant, namesakes_are_told_apart, words_need_no_quotes,
        what_is_finished_stays_so, a_handle_twice_and_in_capitals, what_is_said_of_the_day_one_met,
        a_forum_is_not_skipped,
        keeping_in_touch, advice_is_for_the_book_that_was_named, the_agenda_fits_its_terminal, a_terminal_and_its_size, long_lists_go_through_the_pager,
        one_document_of_json_everywhere, what_repeats_is_not_done_twice, a_goal_is_reached_once,
        a_coffee_by_its_stages, a_coffee_on_its_day_and_after, a_coffee_that_is_over,
        a_coffee_done_on_its_day_is_met_first, a_coffee_that_was_takes_its_day, a_coffee_invited_on_a_day,
        a_stage_that_is_none_is_told_from_a_name,
        a_coffee_without_an_answer, introductions_by_their_stages, suggestions_are_told_once,
        an_outreach_by_its_questions, an_outreach_to_its_answer,
        an_outreach_waits, whom_an_outreach_means, a_first_message_is_laid_out, a_crowded_inbox_is_waited_for,
        somebody_new_is_erased_too, forums_and_goals, books_share_nothing,
        a_number_is_of_the_book_that_was_named, the_ledger, what_repeats_comes_again,
        log_keeps_touches, who_was_congratulated_is_told_of_no_more, what_was_noted_is_echoed_with_its_day, an_introduction_is_noted_with_both,
        what_was_done_names_the_verb, undo_takes_back, a_stage_that_is_mistyped_is_no_name,
        what_they_do_today_is_read_before_it_is_sent, whom_an_answer_was_for,
        what_is_final_stands_before_what_was_before,
        strange_names_go_in_and_out, control_characters_never_come_out, what_is_typed_is_cleaned,
        files_may_be_called_anything, columns_stay_aligned,
        imports_vcards, what_every_means_for_many, a_birthday_to_come_is_no_birthday,
        what_another_book_has_said_stands, imports_into_a_tag_with_a_cadence,
        of_some_lines_a_card_has_one, what_was_taken_away_stays_away,
        what_is_gone_from_its_source_goes, linkedin_is_a_source, imports_a_folder,
        imports_by_format,
        rejects_are_written_whole, doubles_are_reported, progress_is_shown_on_a_terminal,
        without_a_configuration_the_book_works, a_broken_configuration_is_explained,
        the_configuration_in_force, previews, a_preview_is_what_comes_next, what_was_told_is_not_previewed,
        status_keys, documents_are_one_line_of_json_each,
        damaged_databases, output_that_cannot_be_written)
