# SPDX-License-Identifier: MIT
"""nudge in German: whoever has set up their session so reads it everywhere, and programs read English."""

import json
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import tap  # noqa: E402
from programs import NUDGED, Home  # noqa: E402

MONDAY = '2026-11-23T12:00:00+01:00'
# Words that German has not, and that stand in a sentence of ours sooner or later.
ENGLISH = re.compile(r'\b(the|is|are|were|and|of|to|there|no|not|for|with|what|who|see|one|this|it|example)\b')


class Book(Home):
    """Anna and Ben, and the digest of a reader of English: mails and errors are not of one language."""

    def __init__(self):
        super().__init__()
        self.now = MONDAY
        self.env['LANG'] = 'de_DE.UTF-8'
        self.configure(digests=[{'more': 'lead_days = 7;'}])
        self.nudge('add', 'Anna Schmidt', '--birthday', '23.11.1984', '--email', 'anna@example.org', '--org', 'Acme',
                   '--city', 'Köln', '--tag', 'freunde', '--every', '6 Wochen', '--met', '1.11.2026', '--seeks',
                   'eine Wohnung', '--busy-inbox')
        self.nudge('add', 'Ben Weber', '--birthday', '24.11.', '--city', 'Bonn', '--offers', 'eine Wohnung')


def check_rows(home, rows):
    """(what is typed, the exit status, what is answered), one after another."""
    for words, status, *parts in rows:
        text = home.nudge(*words, status=status)
        for part in parts:
            tap.contains(text, part, f'nudge {words}')
        prose = re.sub(r'`[^`]*`|„[^“]*“|"[^"]*"|nudge [^\n]*|\S*[/=@]\S*', '', text.removeprefix('nudge: '))
        found = ENGLISH.search(prose)
        tap.check(not found, f'nudge {words}: "{found and found.group()}" is English: {text}')


def people():
    with Book() as home:
        check_rows(home, (
            (['show', 'Anna'], 0, 'Organisation    Acme\n', 'Ort             Köln\n', 'Schlagwörter    freunde\n',
             'Geburtstag      23. November 1984  b1\n', 'Kennengelernt   1. November 2026\n', 'Postfach        voll\n'),
            (['show', 'Anna', '--all'], 0, 'Gespeichert, mit Herkunft und Tag\n',
             '23. November 2026   von Hand  volles Postfach: ja\n', 'Geburtstag: 23. November 1984 b1\n'),
            (['list'], 0, '#1     Anna Schmidt                   23. November 1984   Acme, Köln\n',
             '#2     Ben Weber                      24. November        Bonn\n'),
            (['list', 'Zora'], 1, 'nudge: niemand gefunden\n'),
            (['show', 'Zora'], 1, 'nudge: niemand im Netzwerk heißt „Zora“; siehe `nudge list`\n'),
            (['add'], 64, 'nudge: Wen? Zum Beispiel: nudge add Anna Schmidt'),
            (['add', 'X', '--birthday', '3/12'], 64, '„3/12“ ist in Europa ein anderer Tag als in Amerika'),
            (['add', 'X', '--email', 'x'], 64, '--email: „x“ ist keine E-Mail-Adresse: das "@" fehlt\n'),
            (['edit', 'Ben', '--untag', 'alt'], 1, 'das Schlagwort „alt“ ist dort nicht vergeben'),
            (['tag', 'freunde', '--every', '3m'], 0, 'freunde: 3m, für 1 Person\n'),
            (['tag', 'neu', '--every', 'nie'], 0, 'neu: nie, für 0 Personen\n'),
            (['me'], 0, 'So stellst du dich vor: nudge me'),
            (['me', '--name', 'Ich', '--offers', 'SQL'], 0, 'Name            Ich\n', 'Bietet an       SQL\n'),
            (['merge', 'Anna', 'Ben'], 0, 'Ben Weber (#2) ist jetzt eins mit #1', 'Geburtstag: 23. November 1984 bleibt;'
             ' im anderen stand 24. November\n', '`nudge undo` macht wieder zwei daraus.'),
            (['undo'], 0, 'Zurückgenommen: Anna Schmidt und Ben Weber zusammengeführt\n'),
            (['duplicates'], 1, 'niemand scheint doppelt'),
            (['remove', 'Ben'], 1, 'um Ben Weber ohne Rückfrage zu löschen, gehört --yes dazu\n'),
            (['remove', 'Ben', '--yes'], 0, 'Ben Weber ist gelöscht; kein Import bringt den Eintrag zurück.\n'),
            (['book'], 0, 'main: 1 Kontakt\n'),
            (['book', 'main', '--create'], 1, 'ein Netzwerk „main“ gibt es schon\n'),
        ))


def items():
    with Book() as home:
        check_rows(home, (
            (['follow-up', 'Anna', 'Folien schicken', '--on', 'morgen'], 0, 'f1  Anna Schmidt: Folien schicken'
             ' (Dienstag, 24. November 2026)\n'),
            (['follow-up', 'x', '--on', 'irgendwann'], 64, '„irgendwann“ ist kein Tag; möglich ist'),
            (['show', 'Anna'], 0, 'Wiedervorlage   Folien schicken, fällig am 24. November 2026  f1\n'),
            (['occasion', 'Ben', 'Namenstag', '26.7.'], 0, 'b4  Ben Weber: Namenstag, 26. Juli\n'),
            (['occasion', 'Ben', 'May', '1.5.'], 0, 'b5  Ben Weber: May, 1. Mai\n'),  # named by a person
            (['show', 'Ben'], 0, 'May             1. Mai  b5\n'),
            ([], 0, 'Montag, 23. November 2026\n', 'Anna Schmidt wird heute 42\n'),
            (['done', 'b1'], 0, 'b1  Anna Schmidt: gratuliert (Montag, 23. November 2026)\n'),
            (['done', 'b1'], 1, 'b1 vom Montag, 23. November 2026 ist schon erledigt\n'),
            (['snooze', 'f1', '3d'], 0, 'f1  Folien schicken: Donnerstag, 26. November 2026\n'),
            (['snooze', 'f1', 'heute'], 64, '„heute“ liegt nicht in der Zukunft\n'),
            (['done', 'f1', 'f99'], 1, 'nudge: es wurde nichts geändert: f99 gibt es nicht\n'),
            (['done', 'f1'], 0, 'f1  Folien schicken: erledigt\n'),
            (['undo'], 0, 'Zurückgenommen: f1 erledigt\n'),
            (['log', 'Ben', 'met', 'auf der Messe', '--on', 'gestern'], 0, 'Ben Weber: getroffen: auf der Messe (Sonntag,'
             ' 22. November 2026)\n'),
            (['log', 'Ben'], 0, '22. November 2026   getroffen: auf der Messe\n'),
            (['log', 'Ben', 'Carl'], 1, 'oder fehlt die Art des Kontakts'),
            (['coffee', 'Anna', 'invited'], 0, 'c1  Anna Schmidt: eingeladen\n'),
            (['coffee', 'Anna', 'agreed'], 64, 'verabredet für wann? Zum Beispiel: '),
            (['coffee', 'Anna', 'agreed', '--on', 'freitag 15:00'], 0, 'c1  Anna Schmidt: verabredet,'
             ' Freitag, 27. November 2026, 15:00\n'),
            (['done', 'c1'], 1, 'c1 mit Anna Schmidt: der Termin kommt erst noch\n'),
            (['introduce'], 0, 'Wer sich kennenlernen könnte\n', 'sucht: eine Wohnung; bietet an: eine Wohnung\n'),
            (['introduce', 'Anna', 'Ben'], 0, 'Anna Schmidt #1 und Ben Weber #2: vorgeschlagen, 23. November 2026\n'),
            (['drop', 'i1'], 0, 'i1  Anna Schmidt und Ben Weber: wird nicht mehr vorgeschlagen\n'),
            (['done', 'i1'], 1, 'i1 ist abgeschlossen: nicht mehr vorschlagen\n'),
            (['outreach', 'Eva', '--common', 'aus Kiel'], 0, 'o1  Eva: Entwurf\n', '      gemeinsam     aus Kiel\n',
             '--hope        Was erhoffst du dir?\n'),
            (['outreach'], 0, 'o1  Eva: Entwurf, 3 offene Fragen\n'),
            (['outreach', 'Eva', 'sent'], 1, 'o1 kann noch nicht abgeschickt werden: Was macht sie oder er heute?'),
            (['forum', 'HR', '--goal', '3/Woche'], 0, 'g1  HR: 0 von 3/Woche\n'),
            (['skip', 'g1'], 1, 'g1 braucht kein skip'),
            (['gave', 'Ben', 'Buch'], 0, 'Ben Weber, gegeben: Buch (Montag, 23. November 2026)\n'),
            (['received', 'Ben', 'Tipp'], 0, 'y1  Dank steht aus\n'),
            (['offered', 'Ben', 'Hilfe'], 0, 'Ben Weber, angeboten: Hilfe (Montag, 23. November 2026)\n'),
            (['ledger'], 0, '23. November 2026   gegeben    Ben Weber: Buch\n',
             '23. November 2026   angeboten  Ben Weber: Hilfe\n'),
            (['reached', 'Haus'], 1, 'niemand wurde um „Haus“ gebeten'),
        ))


def views():
    with Book() as home:
        home.nudge('add', 'Cem', '--met', '1.10.2026', '--met-place', 'OMR', '--every', '3w')
        home.nudge('follow-up', 'Anna', 'Folien', '--on', '24.11.')
        home.now = '2026-11-26T12:00:00+01:00'
        check_rows(home, (
            ([], 0, '  f1    Anna Schmidt: Folien\n', '        War am Dienstag fällig. Sucht: eine Wohnung\n',
             '        Kennengelernt am 1. Oktober: OMR'),
            (['follow-up'], 0, 'f1    Anna Schmidt: Folien (Dienstag, 24. November 2026)\n'),
            (['occasion', 'Ben', 'Namenstag', '1.1.'], 0, 'b'),
            (['occasion'], 0, '1. Januar           Ben Weber: Namenstag\n'),
            (['tag'], 0, 'freunde: kein Rhythmus, für 1 Person\n'),
            (['introduce', 'Anna', 'Ben'], 0, 'vorgeschlagen'),
            (['show', 'Anna'], 0, 'Vorstellen      Ben Weber: vorgeschlagen  i1\n'),
            (['pause', '24.12.'], 0, 'Donnerstag, 24. Dezember 2026'),
        ))
        tap.equal(home.run('preview').stderr, 'nudge: es ginge keine Mail hinaus: bis Donnerstag, 24. Dezember 2026 ist'
                  ' Pause; sonst stünde darin:\n', 'the digest is English')


def usage():
    with Book() as home:
        check_rows(home, (
            (['lst'], 64, 'das Verb „lst“ gibt es nicht; ist `nudge list` gemeint?\n'),
            (['list', '--nix'], 64, 'nudge: die Option „--nix“ gibt es nicht\n', 'Mehr dazu: `nudge list --help`.\n'),
            (['--nix'], 64, 'die Option „--nix“ gibt es nicht\n', 'Mehr dazu: `nudge --help`.\n'),
            (['list', '--tag'], 64, 'zur Option „--tag“ fehlt der Wert\n'),
            (['undo', '--json=1'], 64, 'die Option „--json“ nimmt keinen Wert\n'),
            (['list', '-x'], 64, 'die Option „-x“ gibt es nicht\n'),
            (['list', '-c'], 64, 'zur Option „-c“ fehlt der Wert\n'),
            (['agenda', '--days', 'x'], 64, '--days: eine Zahl von 1 bis 3660, nicht „x“\n'),
            (['-b', 'weg', 'list'], 1, 'ein Netzwerk „weg“ gibt es nicht in '),
        ))


def help_in_the_columns_of_a_terminal():
    with Book() as home:
        text = home.nudge('--help')
        tap.contains(text, 'Aufruf: nudge', 'help')
        verbs = [line.split()[0] for line in text.splitlines() if line.startswith('  ')]
        tap.check(len(verbs) > 30, 'verbs')
        for line in text.splitlines():
            tap.check(len(line) <= 80, f'wider than a terminal: {line}')
        for verb in verbs:
            first, *lines = home.nudge(verb, '--help').splitlines()
            tap.check(first.startswith(f'Aufruf: nudge {verb}'), first)
            for line in lines:  # the first one is broken between words
                tap.check(len(line) <= 80, f'the help of {verb} is wider than a terminal: {line}')


def service():
    with Book() as home:
        check_rows(home, (
            (['status'], 0, 'Dienst    läuft nicht; starten mit', 'Überblick d: heute 12:00, der erste\n',
             'Mails     0 verschickt\n'),
            (['pause', '24.12.'], 0, 'Kein Überblick vor Donnerstag, 24. Dezember 2026;'),
            (['status'], 0, 'Pause     bis Donnerstag, 24. Dezember 2026;'),
            (['resume'], 0, 'Die Überblicke kommen wieder.\n'),
            (['preview', 'nix'], 1, 'einen Überblick „nix“ gibt es nicht in '),
        ))
        home.write('nudged.conf', 'smtp: { url = "x"; tls = "nie"; connections = 99; };\ndigests: ( );\n')
        text = home.nudge('status', status=78)
        for part in ('smtp.tls: „nie“ ist nicht möglich; möglich ist "required", "opportunistic" oder "none"\n',
                     'smtp.connections: 99 liegt außerhalb des Möglichen; möglich ist eine ganze Zahl von 1 bis 50\n',
                     'smtp.from: fehlt; möglich ist eine Adresse'):
            tap.contains(text, part, 'a broken configuration')
        os.remove(home.path('nudged.conf'))
        tap.contains(home.nudge('status', status=78), 'dazu ist eine Konfiguration nötig\n', 'no configuration')


def files():
    with Book() as home:
        cards = home.write('k.vcf', 'BEGIN:VCARD\nFN:Jo\nEND:VCARD\nBEGIN:VCARD\nEND:VCARD\n')
        check_rows(home, (
            (['import', cards], 0, '1 neu, 0 geändert, 0 unverändert, 1 abgelehnt\n',
             ':4: hat weder Namen noch Organisation noch E-Mail-Adresse\n'),
            (['import', cards, '--dry-run'], 0, 'Es wäre: 0 neu, 0 geändert, 1 unverändert, 1 abgelehnt\n'),
            (['import', home.path('weg.vcf')], 1, 'diese Datei oder diesen Ordner gibt es nicht\n'),
            (['import'], 64, 'nudge: Welche Datei? Zum Beispiel: nudge import kontakte.vcf\n'),
        ))
        tap.equal(json.loads(home.run('import', cards, '--json').stdout)['rejects'][0]['reason'],
                  'has no name, no organisation and no e-mail address', 'a program reads English')


def the_sender_speaks_it_too():
    with Book() as home:
        home.configure(port=1, smtp='tls = "none";')
        text = home.nudge('test-send', status=69)
        for part in ('die Testmail an anna@example.org wurde nicht verschickt: 127.0.0.1:1: dort antwortet niemand',
                     'Stimmen Name und Port in smtp.url'):
            tap.contains(text, part, 'what failed')


def the_service_keeps_its_journal_in_english():
    """Whatever language its environment and its digest have."""
    with Book() as home:
        home.configure(port=1, smtp='tls = "none";', digests=[{'more': ''}])
        conf = home.read('nudged.conf')
        home.write('nudged.conf', conf.replace('language = "en"', 'language = "de"'))
        tap.contains(home.nudge('preview', '--text'), 'Willkommen bei nudged', 'the digest')
        journal = home.once(MONDAY, status=75)
        tap.contains(journal, 'nobody answers there', 'the journal')
        tap.check('niemand' not in journal and 'lässt sich' not in journal, f'German in the journal: {journal}')
        bad = home.write('bad.conf', 'smtp: { tls = "nie"; };\n')
        result = home.run('--check-config', '-c', bad, program=NUDGED)
        tap.contains(result.stdout + result.stderr, '"nie" is not possible; allowed is', 'a broken configuration')


def an_editor_in_german():
    with Book() as home:
        script = home.write('editor', '#!/bin/sh\ncp "$1" seen\nsed -i "s/^Ort: .*/Ort: Bonn/;'
                            ' s/^Notiz: .*/Notiz: eins\\n  zwei/" "$1"', 0o700)
        os.chmod(home.folder, 0o700)
        home.nudge('edit', 'Anna', env={'EDITOR': f'cd "{home.folder}" && "{script}"'})
        seen = home.read('seen')
        for line in ('Name: Anna Schmidt\n', 'Ort: Köln\n', 'volles Postfach: ja\n', 'Geburtstag: 1984-11-23\n',
                     'sucht: eine Wohnung\n', '# Ein Wert je Zeile;'):
            tap.contains(seen, line, 'the form')
        anna = home.json('show', 'Anna')
        tap.equal((anna['city'], anna['note'], anna['busy_inbox'], anna['tags']),
                  ('Bonn', 'eins\nzwei', True, ['freunde']), 'what was changed')
        held = home.nudge('show', 'Anna', '--all')
        tap.equal(held.count('volles Postfach: ja'), 1, 'what stood as it stood')


def mails_and_errors_have_languages_of_their_own():
    """The digest's reader speaks English, and Anna too; whoever types speaks German."""
    with Book() as home:
        tap.contains(home.nudge('preview', '--text'), 'Welcome to nudged', 'the digest')
        home.nudge('edit', 'Anna', '--language', 'en')
        home.nudge('coffee', 'Anna', 'agreed', '--on', 'freitag')
        letter = home.run('coffee', 'Anna', 'draft')
        tap.contains(letter.stdout, 'Hello Anna,', 'the letter')
        tap.contains(letter.stdout, 'Friday, 27 November 2026', 'its day')
        tap.equal(letter.stderr, 'nudge: das Postfach dort ist voll: wenige Worte und etwas Geduld\n', 'the advice')
        home.nudge('asked', 'Ben', 'eine Wohnung')
        reached = home.nudge('reached', 'Wohnung')
        tap.contains(reached, 'tell them that "Wohnung" worked out', 'what the digest will tell')
        tap.contains(home.nudge('reached', 'Wohnung', status=1), 'das steht schon an', 'the complaint')


def programs_read_english():
    with Book() as home:
        home.nudge('coffee', 'Anna', 'invited')
        german = [home.run('--json', *words).stdout for words in
                  (['agenda'], ['show', 'Anna'], ['coffee'], ['status'], ['done', 'b1'], ['undo'])]
        home.env['LANG'] = 'C.UTF-8'
        english = [home.run('--json', *words).stdout for words in
                   (['agenda'], ['show', 'Anna'], ['coffee'], ['status'], ['done', 'b1'], ['undo'])]
        tap.equal(german, english, 'a document')
        tap.contains(english[0], 'Anna Schmidt turns 42 today', 'a title')
        tap.equal(json.loads(english[2])[0]['stage'], 'invited', 'a stage')


def who_speaks_which_language():
    rows = (({'LANG': 'de_DE.UTF-8'}, True), ({'LANG': 'de_AT.UTF-8'}, True), ({'LANG': 'C'}, False),
            ({'LANG': 'fr_FR.UTF-8'}, False), ({'LANG': 'de_DE.UTF-8', 'LC_ALL': 'C'}, False),
            ({'LANG': 'en_US.UTF-8', 'LC_MESSAGES': 'de_DE.UTF-8'}, True),
            ({'LANG': 'de_DE.UTF-8', 'LANGUAGE': 'en'}, False), ({'LANG': 'C.UTF-8', 'LANGUAGE': 'de'}, True))
    with Home() as home:
        home.configure()
        for env, german in rows:
            text = home.nudge('list', status=1, env=env)
            tap.contains(text, 'das Netzwerk ist leer' if german else 'the book is empty', f'{env}')


tap.run(people, items, views, usage, help_in_the_columns_of_a_terminal, service, files, the_sender_speaks_it_too,
        the_service_keeps_its_journal_in_english,
        an_editor_in_german, mails_and_errors_have_languages_of_their_own, programs_read_english,
        who_speaks_which_language)
