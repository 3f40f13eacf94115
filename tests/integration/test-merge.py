# SPDX-License-Identifier: MIT
"""duplicates, merge and add --via from outside: what two contacts are once they are one, and taken apart."""

import os
import sqlite3
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import tap  # noqa: E402
from programs import Home  # noqa: E402

MONDAY = '2026-11-23T12:00:00+01:00'
CARD = ('BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{0}\r\nFN:{1}\r\nEMAIL:{0}@example.org\r\nTEL:{2}\r\n'
        'ORG:{3}\r\nBDAY:{4}\r\nEND:VCARD\r\n')
CARDS = (('anna', 'Anna Schmidt', '0173 5098235', 'Acme', '--03-12'),
         ('weber', 'A. Schmidt-Weber', '+49 173 5098235', 'Bank', '1984-03-12'),
         ('ben', 'Ben Roth', '+49 30 7654321', 'Acme', '1984-03-12'))


class Book(Home):
    """Anna twice and Ben, from one address book, with something of each kind on either Anna."""

    def __init__(self):
        super().__init__()
        self.now = MONDAY
        self.configure(digests=[{'more': ''}])
        self.cards = self.write('cards.vcf', ''.join(CARD.format(*card) for card in CARDS))
        self.nudge('import', self.cards)
        self.nudge('forum', 'HR group', '--goal', '3/week')
        for who, every in (('anna@', '6w'), ('weber@', '3w')):
            contact = who + 'example.org'
            self.nudge('edit', contact, '--every', every, '--note', f'note of {who}', '--tag', who)
            self.nudge('log', contact, 'met', f'met as {who}', '--on', '1.11.')
            self.nudge('follow-up', contact, f'call {who}', '--on', 'today')
            self.nudge('received', contact, f'a book of {who}')
            self.nudge('coffee', contact, 'invited')
            self.nudge('replied', 'HR', f'answer to {who}', '--to', contact)

    def state(self):
        return [self.json(*words) for words in
                (['list'], ['agenda', '--days', '200'], ['ledger'], ['coffee'], ['forum'], ['duplicates'])]

    def names(self):
        return [person['name'] for person in self.json('list')]


def two_become_one():
    with Book() as home:
        text = home.nudge('merge', 'Anna', 'Schmidt', 'weber@example.org')
        for part in ('A. Schmidt-Weber (#2) is one with #1', '+ birthday: 12 March 1984', '+ 1 follow-up\n',
                     '+ 3 noted contacts', '+ 1 coffee', '+ 1 thank-you', '+ 1 answer in a forum',
                     '! organisation: Acme stays; the other was Bank', '! every: 6w stays; the other was 3w',
                     'Merged with', 'nudge undo'):
            tap.contains(text, part, 'what came and differed')
        tap.equal(home.names(), ['Anna Schmidt', 'Ben Roth'], 'the book')
        anna = home.json('show', 'Anna')
        expected = {'id': 1, 'birthday': '1984-03-12', 'org': 'Acme', 'every': '6w',
                    'emails': ['anna@example.org', 'weber@example.org'], 'phones': ['0173 5098235'],
                    'tags': ['anna@', 'weber@'], 'note': 'note of anna@\n\nnote of weber@',
                    'merged': [{'id': 2, 'name': 'A. Schmidt-Weber'}]}
        tap.equal({key: anna[key] for key in expected}, expected, 'Anna')
        for words in ('#2', 'weber@example.org', 'Weber', 'b1', 'b2', 't1', 't2', 'f1', 'f2', 'c2', 'y2'):
            tap.equal(home.json('show', words)['id'], 1, words)
        notes = {entry['note'] for entry in home.json('log', '#2')}
        tap.check({'met as anna@', 'met as weber@'} <= notes, f'both pasts: {notes}')
        held = home.nudge('show', 'Anna', '--all')
        for part in ('cards.vcf  contact: A. Schmidt-Weber #2', 'by hand    merged: A. Schmidt-Weber #2'):
            tap.contains(held, part, 'everything held')
        tap.contains(home.nudge('done', 't2'), 't1  Anna Schmidt', 'the handle that survives')
        tap.check('Schmidt-Weber' not in home.nudge('preview', '--text'), 'the digest speaks of one')


def a_merge_as_json():
    with Book() as home:
        told = home.json('merge', '#1', '#2')
        tap.equal((told['id'], told['merged'], told['merged_name']), (1, 2, 'A. Schmidt-Weber'), 'who')
        tap.check({'what': 'e-mail', 'text': 'weber@example.org'} in told['came'], 'what came')
        tap.check({'what': 'follow-up', 'count': 1} in told['came'], 'how many came')
        tap.check({'what': 'organisation', 'other': 'Bank', 'kept': 'Acme'} in told['differed'], 'what differed')


def a_merge_is_taken_back_whole():
    with Book() as home:
        before = home.state()
        home.nudge('merge', '#2', '#1')
        after = home.state()
        home.nudge('edit', '#1', '--city', 'Bonn')
        home.nudge('done', 'f1', 't1')
        for _ in range(2):
            home.nudge('undo')
        tap.equal(home.state(), after, 'what came after it is taken back first')
        tap.contains(home.nudge('undo'), 'Taken back: merge A. Schmidt-Weber and Anna Schmidt', 'undo')
        tap.equal(home.state(), before, 'the two')
        tap.equal(home.json('show', 'b1')['id'], 1, 'a handle')


def what_was_touched_since_is_not_taken_back():
    with Book() as home:
        home.nudge('merge', '#1', '#2')
        with sqlite3.connect(home.database) as database:
            database.execute("UPDATE contact SET note='changed by an import' WHERE id=1")
        before = home.state()
        tap.contains(home.nudge('undo', status=1), 'changed again since', 'undo')
        tap.equal(home.state(), before, 'the book')


def imports_know_the_merged():
    with Book() as home:
        home.nudge('merge', '#1', '#2')
        before = home.json('list')
        for cards in (CARDS, CARDS[::-1], CARDS[1:2]):
            path = home.write('cards.vcf', ''.join(CARD.format(*card) for card in cards))
            report = home.json('import', path)
            tap.equal((report['added'], report['updated'], report['unchanged']), (0, 0, len(cards)), 'imported')
        tap.equal(home.json('list'), before, 'the book')
        path = home.write('more.vcf', CARD.format(*CARDS[1]).replace('5098235', '1111111'))
        tap.equal(home.json('import', path)['updated'], 1, 'a new number')
        tap.equal(home.json('show', '#1')['phones'], ['0173 5098235', '+49 173 1111111'], 'both numbers')


def the_merged_are_erased_together():
    with Book() as home:
        home.nudge('merge', '#1', '#2')
        home.nudge('remove', '#2', '--yes')
        tap.equal(home.names(), ['Ben Roth'], 'the book')
        for words in ('#1', '#2', 'b2', 't2'):
            home.nudge('show', words, status=1)
        tap.equal(home.json('import', home.cards)['skipped'], 2, 'forgotten')
        tap.equal(home.names(), ['Ben Roth'], 'the book after an import')
        with open(home.database, 'rb') as file:
            data = file.read()
        for trace in (b'Schmidt-Weber', b'weber@', b'5098235', b'schmidt weber'):
            tap.check(trace not in data, f'{trace} is left')


def doubles_are_listed():
    with Book() as home:
        pairs = home.json('duplicates')
        tap.equal([[c['id'] for c in pair['contacts']] for pair in pairs], [[1, 2]], 'the pairs')
        tap.equal(pairs[0]['why'], ['phone', 'name-alike', 'birthday'], 'why')
        text = home.nudge('duplicates')
        for part in ('#1     Anna Schmidt, Acme, anna@example.org', 'same phone, name alike, same birthday',
                     "nudge merge '#1' '#2'", "--differ '#1' '#2'"):
            tap.contains(text, part, 'the list')
        home.nudge('duplicates', '--differ', 'weber@example.org', '#1')
        tap.contains(home.nudge('duplicates', status=1), 'nobody seems to be in the book twice', 'none')
        tap.equal(home.json('duplicates'), [], 'none')
        home.nudge('undo')
        tap.equal(home.json('duplicates'), pairs, 'taken back')
        home.nudge('merge', '#1', '#2')
        tap.equal(home.json('duplicates'), [], 'one now')


def two_names_need_no_quotes():
    rows = ((['Ben', 'Roth', 'Schmidt', 'x'], 64), (['Ben', 'ben@example.org'], 1), (['#1', '#1'], 1),
            (['Ben'], 64), ([], 64), (['Ben', 'Nobody'], 1), (['Schmi', 'Ben'], 1), (['#9', 'Ben'], 1),
            (['#1', '#3', 'x'], 64), (['Ben', 'Roth', 'Anna', 'Schmidt'], 0), (['Ben', '#2'], 0))
    with Book() as home:
        before = home.json('list')
        for words, status in rows:
            home.nudge('merge', *words, status=status)
            if status:
                tap.equal(home.json('list'), before, words)
        home.nudge('duplicates', '--differ', 'Ben', status=64)
        home.nudge('duplicates', 'Ben', status=64)
        home.nudge('duplicates', '--differ', 'Ben', 'Ben', status=1)


def who_wrote_after_reading():
    with Book() as home:
        before = home.names()
        tap.contains(home.nudge('add', 'Sue', 'Still', '--via', 'nowhere', status=1), 'no forum "nowhere"', 'via')
        tap.equal(home.names(), before, 'nobody was added')
        tap.contains(home.nudge('add', 'Sue', 'Still', '--via', 'hr'), 'Wrote via     HR group', 'show')
        tap.equal(home.json('show', 'Sue')['via'], 'HR group', 'show as JSON')
        tap.contains(home.nudge('show', 'Sue', '--all'), 'hand  via: HR group', 'everything held')
        tap.contains(home.nudge('forum'), '1 person wrote to you from there', 'forum')
        home.nudge('edit', 'Ben', '--via', 'HR group')
        tap.contains(home.nudge('forum'), '2 people wrote to you from there', 'forum')
        tap.equal(home.json('forum')[0]['via'], 2, 'forum as JSON')
        home.nudge('merge', '#1', 'Ben')
        tap.equal(home.json('show', '#1')['via'], 'HR group', 'merged')
        home.nudge('edit', '#1', '--via', '')
        tap.equal(home.json('show', '#1')['via'], None, 'taken away')
        home.nudge('undo')
        tap.equal(home.json('show', '#1')['via'], 'HR group', 'undo')
        home.nudge('remove', 'Sue', '--yes')
        tap.equal(home.json('forum')[0]['via'], 1, 'forum after a removal')
        tap.check('wrote' not in home.nudge('preview', '--text'), 'no scores in the digest')


tap.run(two_become_one, a_merge_as_json, a_merge_is_taken_back_whole, what_was_touched_since_is_not_taken_back,
        imports_know_the_merged, the_merged_are_erased_together, doubles_are_listed, two_names_need_no_quotes,
        who_wrote_after_reading)
