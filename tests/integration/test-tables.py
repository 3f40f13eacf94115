# SPDX-License-Identifier: MIT
"""import of tables: Google's, Outlook's, Thunderbird's and LinkedIn's files as people bring them."""

import csv
import io
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import tap  # noqa: E402
from programs import Home  # noqa: E402

MONDAY = '2026-11-23T12:00:00+01:00'
GOOGLE = '''First Name,Middle Name,Last Name,Nickname,Organization Name,Organization Title,Birthday,Notes,Labels,\
E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Address 1 - Street,Address 1 - City,\
Event 1 - Label,Event 1 - Value
Anna,,Schmidt,Änni,Werft,Chefin, --12-25,"Cello,
Chor",* myContacts ::: Chor,* Work,anna@example.org ::: a@example.org,Mobile,+49 173 1,Weg 1,Bonn,\
Anniversary,2010-05-01
'''
OUTLOOK = '''Vorname;Nachname;Firma;Ort geschäftlich;Telefon geschäftlich;Geburtstag;Jahrestag;\
E-Mail-Adresse;Kategorien;Privat\r
Änne;Müller;Stadtwerke;Köln;+49 221 1;28.12.1969;0.0.00;aenne@example.org;Club;Falsch\r
Jürgen;Groß;;;;;;juergen@example.org;;\r
'''
THUNDERBIRD = ('Ben,Roth,Ben Roth,,ben@example.org,,,,,,,0173 5,,,Kiel,,,,,,,,,,,,Acme,,,1984,3,12,,,,,'
               'plays chess,\r\n')
FOLDER = {
    'Connections.csv': '''Notes:
"When exporting your data, some fields, such as
addresses, may be missing."

First Name,Last Name,URL,Email Address,Company,Position,Connected On
Anna,Schmidt,https://www.linkedin.com/in/anna-s,,Werft,"Head, IT",05 Oct 2020
Ben,Roth,https://www.linkedin.com/in/ben-r,ben@example.org,Acme,Baker,11 Nov 2026
,,,,,,30 Jan 2026
,,,,,,
''',
    'Recommendations_Received.csv': '''First Name,Last Name,Company,Job Title,Text,Creation Date,Status
Anna,Schmidt,Werft,Head,"Works fast, and well",01 Nov 2026,VISIBLE
Ben,Roth,Acme,Baker,Good,01 Mar 2020,VISIBLE
Eva,Kern,Post,Editor,Clear,20 Nov 2026,VISIBLE
''',
    'Recommendations_Given.csv': '''First Name,Last Name,Company,Job Title,Text,Creation Date,Status
Ben,Roth,Acme,Baker,Great,01 Nov 2026,VISIBLE
''',
    'Endorsement_Received_Info.csv': '''Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,\
Endorser Public Url,Endorsement Status
05 Jun 2026,SQL,Ben,Roth,u,ACCEPTED
05 Jun 2026,Chess,Ben,Roth,u,ACCEPTED
05 Jun 2026,Chess,Anna,Schmidt,u,ACCEPTED
''',
    'Invitations.csv': '''From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl
Me,Otto Neu,2026-10-20 11:00:00 UTC,Hello,OUTGOING,https://l/me,https://www.linkedin.com/in/otto
Me,Ben Roth,2026-11-10 11:00:00 UTC,Hi,OUTGOING,https://l/me,https://www.linkedin.com/in/ben-r
Me,Old Friend,2020-11-10 11:00:00 UTC,Hi,OUTGOING,https://l/me,https://www.linkedin.com/in/old
Zoe,Me,2026-11-10 11:00:00 UTC,Hi,INCOMING,https://www.linkedin.com/in/zoe,https://l/me
''',
    'messages.csv': '''CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,\
DATE,SUBJECT,CONTENT,FOLDER
1,,Me,https://l/me,Anna Schmidt,https://www.linkedin.com/in/anna-s,2026-11-02 14:22:10 UTC,,"very secret
words",INBOX
1,,Anna Schmidt,https://www.linkedin.com/in/anna-s,Me,https://l/me,2026-11-12 14:22:10 UTC,,so secret,INBOX
2,,Stranger,https://www.linkedin.com/in/stranger,Me,https://l/me,2026-11-12 14:22:10 UTC,,buy,INBOX
''',
}


class Book(Home):
    """An empty one on a Monday."""

    def __init__(self):
        super().__init__()
        self.now = MONDAY
        self.configure()

    def write_bytes(self, name, data):
        with open(self.path(name), 'wb') as file:
            file.write(data)
        return self.path(name)

    def counts(self, *paths, status=0):
        told = self.json('import', *paths, status=status)
        return tuple(told[key] for key in ('added', 'updated', 'unchanged', 'rejected', 'skipped'))

    def take(self, name, text, *arguments):
        """Imports a file twice: the second time nothing is new."""
        path = self.write(name, text)
        first = self.counts(path, *arguments)
        again = self.counts(path, *arguments)
        tap.equal(again[:2], (0, 0), f'{name} once more')
        tap.equal(sum(first), sum(again), f'{name} tells of as many')
        return first


def shown(person, **expected):
    tap.equal({key: person[key] for key in expected}, expected, person['name'])


def google_csv():
    with Book() as home:
        tap.equal(home.take('contacts.csv', GOOGLE), (1, 0, 0, 0, 0), 'the import')
        anna = home.json('show', 'Anna')
        shown(anna, name='Anna Schmidt', birthday='--12-25', emails=['anna@example.org', 'a@example.org'],
              phones=['+49 173 1'], org='Werft', title='Chefin', city='Bonn', tags=['Chor'],
              note='Cello,\nChor')
        tap.equal([(o['name'], o['date']) for o in anna['occasions']],
                  [('birthday', '--12-25'), ('anniversary', '2010-05-01')], 'her days')
        tap.contains(home.nudge('show', 'Anna', '--all'), 'NICKNAME:Änni', 'what has no field')


def outlook_csv_of_windows():
    with Book() as home:
        path = home.write_bytes('outlook.csv', OUTLOOK.encode('cp1252'))
        tap.equal(home.counts(path), (2, 0, 0, 0, 0), 'the import')
        tap.equal(home.counts(path), (0, 0, 2, 0, 0), 'once more')
        shown(home.json('show', 'Änne'), name='Änne Müller', birthday='1969-12-28', org='Stadtwerke',
              city='Köln', emails=['aenne@example.org'], phones=['+49 221 1'], tags=['Club'])
        shown(home.json('show', 'Jürgen'), name='Jürgen Groß', birthday=None)


def thunderbird_without_header():
    with Book() as home:
        tap.equal(home.take('tb.csv', THUNDERBIRD), (1, 0, 0, 0, 0), 'the import')
        shown(home.json('show', 'Ben'), name='Ben Roth', birthday='1984-03-12', org='Acme', city='Kiel',
              note='plays chess', phones=['0173 5'])


def any_csv():
    with Book() as home:
        text = 'Wer|Post\nAnna|anna@example.org\n'
        path = home.write('mine.csv', text)
        refused = home.nudge('import', path, status=65)
        tap.contains(refused, 'Wer, Post', 'the columns there are')
        tap.contains(refused, '--map name=COLUMN', 'what to do')
        tap.contains(home.nudge('import', path, '--map', 'Name=Wer', status=64), 'first-name', 'the fields')
        told = home.nudge('import', path, '--map', 'name=Wer', '--map', 'email=Post')
        tap.contains(told, 'name from Wer, email from Post', 'what was understood')
        shown(home.json('show', 'Anna'), emails=['anna@example.org'])
        path = home.write('guess.csv', 'Vorname;Name;E-Mail\nBen;Roth;ben@example.org\n')
        tap.contains(home.nudge('import', path),
                     'name from Vorname + Name, email from E-Mail; --map changes that', 'the guess')


def columns_of_ones_own_come_back():
    """In a table too, under their names, in one order; and from there into another book."""
    with Book() as home:
        columns = {'Schuhgröße': '42', '=Formel': '=1+2', 'Größe: EU, UK': 'a, "b"; c\\\nd', '年齢': '7'}
        path = home.path('own.csv')
        with open(path, 'w', encoding='utf-8', newline='') as file:
            csv.writer(file).writerows([['Name', *columns], ['Anna', *columns.values()], ['Ben', '44', '', '', '']])
        tap.equal(home.counts(path), (2, 0, 0, 0, 0), 'the import')
        home.nudge('import', home.write('a.vcf', 'BEGIN:VCARD\nVERSION:3.0\nFN:Cleo\nitem1.X-KIN;TYPE=home:Otto\n'
                                        'item1.X-ABLabel:sister\nEND:VCARD\n'))
        table = home.nudge('export', '--format', 'csv')
        rows = list(csv.DictReader(io.StringIO(table[1:], newline=''), strict=True))
        own = [name for name in rows[0] if name.lstrip("'") in columns or name == 'Nudged vCard']
        tap.equal(own, ["'=Formel", 'Größe: EU, UK', 'Schuhgröße', '年齢', 'Nudged vCard'], 'the columns')
        tap.equal([rows[0][name] for name in own[:4]], ["'=1+2", columns['Größe: EU, UK'], '42', '7'], 'the cells')
        tap.equal(rows[1]['Schuhgröße'], '44', 'of another')
        tap.contains(rows[2]['Nudged vCard'], 'item1.X-KIN;TYPE=home:Otto', 'of a card')
        path = home.write('back.csv', table)
        tap.equal(home.counts(path), (0, 0, 3, 0, 0), 'the same book')
        with Book() as fresh:
            tap.equal(fresh.counts(path), (3, 0, 0, 0, 0), 'another book')
            tap.equal(fresh.nudge('export', '--format', 'csv'), table, 'the same table')
            tap.equal(sorted(fresh.nudge('export').splitlines()), sorted(home.nudge('export').splitlines()), 'the cards')


def what_comes_from_a_pipe():
    """Whatever it is: it is read once more for what was rejected, and by what it is a book is known."""
    with Book() as home:
        told = home.nudge('import', '-', '--rejects', home.path('bad.csv'),
                          stdin='Name,E-Mail\nAnna,a@example.org\n,\n,,,x\n')
        tap.contains(told, 'added 1, updated 0, unchanged 0, rejected 1', 'the import')
        tap.equal(home.read('bad.csv'), 'Name,E-Mail\n,,,x\n', 'what was rejected')
        tap.contains(home.nudge('show', 'Anna', '--all'), 'stdin  contact: Anna', 'where it comes from')
        tap.contains(home.nudge('import', '-', status=65), '/dev/stdin: is empty', 'nothing')
        book = home.nudge('export', '--format', 'json')
        with Book() as fresh:
            tap.contains(fresh.nudge('import', '-', stdin=book), '1 contact is back', 'a whole book')
            tap.equal(fresh.nudge('export', '--format', 'json'), book, 'the same')


def an_open_quote_costs_one_row():
    with Book() as home:
        path = home.write('quote.csv', 'Name,E-Mail\nA,a@x.y\n"B,b@x.y\nC,c@x.y\n"D","d@x.y"\n')
        told = home.json('import', path)
        tap.equal((told['added'], [r['line'] for r in told['rejects']]), (3, [3]), 'the others')


def a_year_of_two_digits_is_told():
    with Book() as home:
        text = 'Vorname;Nachname;Geburtstag\nA;Bee;28.9.56\nB;Cee;13.8.1956\n'
        path = home.write('club.csv', text)
        tap.equal(home.json('import', '--dry-run', path)['unread_days'], 1, 'one is not whole')
        tap.contains(home.nudge('import', path), 'A birthday or other day of 1 person, or its year, could not be taken:'
                     ' it is in the note.\n', 'so it is told')
        shown(home.json('show', 'A Bee'), birthday='--09-28', note='Birthday: 28.9.56')
        shown(home.json('show', 'B Cee'), birthday='1956-08-13', note=None)


def linkedin():
    with Book() as home:
        paths = [home.write(name, text) for name, text in FOLDER.items()]
        told = home.nudge('import', *paths)
        tap.contains(told, 'LinkedIn knows you for: Chess, SQL.', 'what it proposes')
        tap.contains(told, 'LinkedIn tells no birthdays.', 'what it lacks')
        tap.contains(told, '1: profiles that their owners closed', 'what was left out')
        people = {person['name']: person for person in home.json('list')}
        tap.equal(sorted(people), ['Anna Schmidt', 'Ben Roth', 'Eva Kern'], 'who is in the book')
        shown(people['Anna Schmidt'], links=['https://www.linkedin.com/in/anna-s'], org='Werft',
              title='Head, IT', birthday=None, last_touch='2026-11-12')
        agenda = [(item['kind'], item['contact'] or item['title']) for item in home.json('agenda')]
        tap.equal(sorted(who for kind, who in agenda if kind == 'thanks'), ['Anna Schmidt', 'Eva Kern'],
                  'who is to be thanked')
        tap.equal([kind for kind, _ in agenda if kind == 'outreach'], ['outreach'], 'who has not answered')
        tap.contains(home.nudge('outreach'), 'Otto Neu: sent', 'the request')
        tap.contains(told, '1 of those added is a request to somebody new that waits for an answer', 'so it is told')
        tap.contains(told, '1 of those added is a request of long ago without an answer', 'the older one')
        tap.check('Old Friend' not in home.nudge('outreach'), 'what is past is under way')
        tap.contains(home.nudge('outreach', 'Old Friend'), 'Old Friend: no answer', 'what is past is known')
        with open(home.database, 'rb') as file:
            tap.check(b'secret' not in file.read(), 'a message was stored')
        before = home.json('list'), home.json('agenda'), home.json('ledger')
        tap.equal(home.counts(*paths)[:2], (0, 0), 'all of it once more')
        tap.equal((home.json('list'), home.json('agenda'), home.json('ledger')), before, 'the book')


def a_folder_of_linkedin_holds_other_tables():
    """Languages and employers are nobody; such a table is read only where it is named itself."""
    other = {'Languages.csv': 'Name,Proficiency\nGerman,Native\n', 'Profile.csv': 'First Name,Last Name\nMe,Self\n'}
    with Book() as home:
        os.mkdir(home.path('export'))
        for name, text in {**FOLDER, **other}.items():
            home.write('export/' + name, text)
        told = home.nudge('import', home.path('export'))
        tap.contains(told, 'left alone: 2 files, each is a table of no program that is known here; name the file itself'
                     ' to have its columns guessed: Languages.csv, Profile.csv\n', 'the others')
        tap.equal(sorted(person['name'] for person in home.json('list')), ['Anna Schmidt', 'Ben Roth', 'Eva Kern'],
                  'who is in the book')
        tap.equal(home.json('import', home.path('export', 'Profile.csv'))['added'], 1, 'named itself')


def linkedin_recommendations_stay():
    """With whom they were told: renamed, erased, or beside a namesake of another company."""
    def agenda(home):
        return sorted(item['contact'] for item in home.json('agenda') if item['kind'] == 'thanks')

    connections = FOLDER['Connections.csv'].replace(',,,,,,\n', '') + \
        'Anna,Schmidt,https://www.linkedin.com/in/anna-2,,Other,Dev,05 Oct 2020\n'
    with Book() as home:
        paths = [home.write('Connections.csv', connections),
                 home.write('Recommendations_Received.csv', FOLDER['Recommendations_Received.csv'])]
        home.nudge('import', *paths)
        number = next(p['id'] for p in home.json('list') if p['org'] == 'Werft')
        home.nudge('edit', f'#{number}', '--name', 'Anna Gold')
        home.nudge('edit', 'Eva Kern', '--name', 'Eva Weiß')
        tap.equal(home.counts(*paths)[:2], (0, 0), 'renamed by hand: nothing is new')
        tap.equal(agenda(home), ['Anna Gold', 'Eva Weiß'], 'who is to be thanked')
        home.nudge('remove', 'Anna Gold', '--yes')
        home.nudge('remove', 'Ben', '--yes')
        home.nudge('remove', 'Eva', '--yes')
        told = home.counts(*paths)
        tap.equal(told[0], 0, 'nobody comes back')
        tap.equal(told[1], 0, 'nor are they thanked as a namesake')
        tap.equal([p['name'] for p in home.json('list')], ['Anna Schmidt'], 'who is left')
        tap.equal(agenda(home), [], 'nobody is to be thanked')


def linkedin_answers_an_invitation():
    with Book() as home:
        home.nudge('import', home.write('Invitations.csv', FOLDER['Invitations.csv']))
        tap.contains(home.nudge('outreach'), 'Otto Neu: sent', 'the request')
        home.nudge('import', home.write('Connections.csv', FOLDER['Connections.csv'].replace(
            'Ben,Roth,https://www.linkedin.com/in/ben-r', 'Otto,Neu,https://www.linkedin.com/in/otto/')))
        tap.equal([item for item in home.json('agenda') if 'Otto' in str(item)], [], 'it is settled')
        tap.equal(len(home.json('list')), 2, 'he is no second contact')


def invitations_alone():
    """Of others' there is nothing to keep, and that is said; a contact comes of none."""
    header = FOLDER['Invitations.csv'].splitlines()[0] + '\n'
    theirs = ('Zoe,Me,2026-11-10 11:00:00 UTC,Hi,INCOMING,https://www.linkedin.com/in/zoe,https://l/me\n')
    with Book() as home:
        path = home.write('Invitations.csv', header + theirs * 3)
        told = home.nudge('import', path, status=65)
        tap.contains(told, 'skipped 3 (invitations from others)\n', 'what became of them')
        tap.contains(told, 'nothing was imported: all of it was skipped\n', 'why it failed')
        tap.equal(home.json('import', path, status=65)['skipped'], 3, 'the document')
        home.write('Invitations.csv', FOLDER['Invitations.csv'])
        told = home.json('import', path, '--every', '1y')
        tap.equal((told['added'], told['requests_waiting'], told['requests_past'], told['skipped']), (3, 2, 1, 1),
                  'requests')
        tap.equal(home.json('list'), [], 'contacts')
        tap.equal(home.counts(path), (0, 0, 3, 0, 1), 'once more')
        # A connection that came later than one waits for it.
        home.write('Connections.csv', 'First Name,Last Name,URL,Connected On\n'
                   'Old,Friend,https://www.linkedin.com/in/old,11 Nov 2022\n')
        tap.equal(home.counts(home.path('Connections.csv')), (1, 0, 0, 0, 0), 'a late answer')
        tap.contains(home.nudge('log', 'Old Friend'), '11 November 2022', 'the day of the answer')


def what_linkedin_really_writes():
    folder = os.path.join(os.environ.get('NUDGED_CORPUS', ''), 'linkedin')
    if not os.path.isdir(folder):
        raise tap.Skipped('NUDGED_CORPUS names no folder with real export files in linkedin/')
    with Book() as home:
        connections = os.path.join(folder, 'Connections.csv')
        tap.equal(home.counts(connections)[0], 2000, 'connections')
        paths = [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if name.endswith('.csv')]
        told = home.json('import', *paths)
        tap.equal((told['added'] - told['requests_past'], told['unchanged'], told['rejected']), (0, 2000, 0),
                  'the others')
        tap.check(told['updated'] > 100, 'they were told of')
        tap.equal(home.counts(*paths)[:2], (0, 0), 'once more')


def what_google_really_writes():
    path = os.path.join(os.environ.get('NUDGED_CORPUS', ''), 'google', 'contacts.csv')
    if not os.path.exists(path):
        raise tap.Skipped('NUDGED_CORPUS names no folder with real export files in google/')
    with Book() as home:
        tap.equal(home.counts(path), (2, 0, 0, 0, 0), 'the import')
        tap.equal(sorted(person['birthday'] for person in home.json('list')), ['--12-25', '1987-09-07'],
                  'birthdays')


tap.run(google_csv, outlook_csv_of_windows, thunderbird_without_header, any_csv, columns_of_ones_own_come_back, what_comes_from_a_pipe, an_open_quote_costs_one_row,
        a_year_of_two_digits_is_told, linkedin, a_folder_of_linkedin_holds_other_tables, linkedin_recommendations_stay, linkedin_answers_an_invitation, invitations_alone, what_linkedin_really_writes, what_google_really_writes)
