# SPDX-License-Identifier: MIT
"""Address books of any size, always the same ones: write(path, cards, version)."""

import random

GIVEN = ('Anna Jürgen Zoë Søren Łukasz Marie Peter Änne Ines Karl Émile Núria Tomáš Ruth Uwe Björn Ayşe Greta Hans '
         'Lena Mehmet Olga Pál Quentin Rosa Stéphane Theo Ursula Viktor Wanda').split()
FAMILY = ('Müller Schmidt Größe Weiß Nowák Østergård Peña Dvořák Keller Vogel Bauer Lang Krüger Smith Jones Ivanov '
          'Rossi Bakker Lind Haas Özdemir Fuchs Zimmermann Schäfer').split()
PLACES = [('Königstraße', 'Würzburg', '97070', 'Germany'), ('Main Street', 'London', 'SW1A 1AA', 'United Kingdom'),
          ('Rua de São João', 'Porto', '4050-552', 'Portugal'), ('Am Bächle', 'Freiburg', '79098', 'Germany')]
FIRMS = ['Bäckerei Größmann GmbH & Co. KG', 'Example Corp\\, Inc.', 'Stadtwerke Würzburg', 'Acme Ltd',
         'Universität Tübingen;Institut für Physik']
TITLES = ['Geschäftsführerin', 'Software Engineer', 'Buchhalter', 'Einkaufsleitung', 'Ärztin', 'Consultant']
TAGS = ['Familie', 'Arbeit', 'Freunde', 'Kunde', 'Verein', 'VIP']
WORDS = ('kennengelernt auf der Messe in Nürnberg\\, mag Kaffee und spricht Französisch\\; Rückruf wegen Angebot im '
         'Frühjahr\\nSohn heißt Jürgen follow up about the contract next quarter prefers e-mail').split(' ')


def fold(line):
    """At 75 octets, never within a character (RFC 6350, section 3.2)."""
    octets, folded, room = line.encode(), b'', 75
    while len(octets) > room:
        cut = room
        while octets[cut] & 0xc0 == 0x80:
            cut -= 1
        folded += octets[:cut] + b'\r\n '
        octets, room = octets[cut:], 74
    return folded + octets + b'\r\n'


def lines(chance, number, version):
    given, family = chance.choice(GIVEN), chance.choice(FAMILY)
    street, city, code, country = chance.choice(PLACES)
    address = f'{given}.{family}{number}'.lower().encode('ascii', 'ignore').decode()
    phones = [f'+49 {chance.randrange(100, 999)} {chance.randrange(10**6, 10**8)}' for _ in range(2)]
    born = f'{chance.randrange(1930, 2020)}{chance.randrange(1, 13):02}{chance.randrange(1, 29):02}'
    four = version == 4
    yield from ('BEGIN:VCARD', f'VERSION:{version}.0', 'PRODID:-//Example//Addressbook 1.0//EN')
    yield f'UID:{"urn:uuid:" if four else ""}{chance.getrandbits(128):032x}'
    yield f'FN:{given} {family}'
    yield f'N:{family};{given};;;'
    yield f'EMAIL;TYPE={"home;PREF=1" if four else "INTERNET;TYPE=HOME"}:{address}@example.org'
    yield f'EMAIL;TYPE={"work" if four else "INTERNET,WORK"}:{address}@firm.example'
    yield (f'TEL;VALUE=uri;TYPE="cell,voice":tel:{phones[0].replace(" ", "-")}' if four
           else f'TEL;TYPE=CELL:{phones[0]}')
    yield f'TEL;TYPE={"work" if four else "WORK,VOICE"}:{phones[1]}'
    yield f'BDAY:{born if four else "-".join((born[:4], born[4:6], born[6:]))}'
    yield (f'ADR;TYPE={"home" if four else "HOME"}:;;{street} {chance.randrange(200)};{city};;{code};{country}')
    yield f'ORG:{chance.choice(FIRMS)}'
    yield f'TITLE:{chance.choice(TITLES)}'
    yield f'CATEGORIES:{",".join(chance.sample(TAGS, chance.randrange(1, 4)))}'
    yield f'NOTE:{" ".join(chance.choices(WORDS, k=chance.randrange(5, 40)))}'
    yield from ('REV:2026-01-02T08:00:00Z', 'END:VCARD')


def write(path, cards, version):
    chance = random.Random(7)
    with open(path, 'wb', buffering=1 << 20) as file:
        for number in range(cards):
            file.write(b''.join(map(fold, lines(chance, number, version))))
