# SPDX-License-Identifier: MIT
"""Manual pages in mdoc(7), as far as our tests look at them.

    page = mdoc.read('man/nudge.1')
    for item in page.items('Ic'):
        print(item.names, item.flags(), item.text)
"""

import re

MACROS = {'Ac', 'Ad', 'An', 'Ao', 'Ap', 'Aq', 'Ar', 'Bc', 'Bd', 'Bl', 'Bo', 'Bq', 'Bro', 'Brc', 'Cd', 'Cm', 'Dc', 'Dd',
          'Dl', 'Do', 'Dq', 'Dt', 'Dv', 'Ec', 'Ed', 'Ek', 'El', 'Em', 'Eo', 'Er', 'Ev', 'Ex', 'Fl', 'Ic', 'It', 'Li',
          'Lk', 'Ms', 'Mt', 'Nd', 'Nm', 'No', 'Ns', 'Oc', 'Oo', 'Op', 'Os', 'Pa', 'Pc', 'Pf', 'Po', 'Pp', 'Pq', 'Qc',
          'Ql', 'Qo', 'Qq', 'Sh', 'Sm', 'Sq', 'Ss', 'St', 'Sy', 'Ta', 'Tn', 'Va', 'Vt', 'Xr'}
DELIMITERS = {',', '|', '.', ';', ':', '(', ')', '?', '!'}


def tokens(line):
    """The words of a macro line; what stands in quotes is one."""
    return [quoted or word for quoted, word in re.findall(r'"((?:[^"]|"")*)"|(\S+)', line.lstrip('.'))]


def arguments(line, macro):
    """[(what, verb)] of each call of the macro in a line: `Ic me Fl -offers` is ('-offers', 'me')."""
    found, current, verb = [], None, None
    for token in tokens(line):
        if token in MACROS:
            current = token
        elif token in DELIMITERS:
            continue
        else:
            if current == 'Ic':
                verb = token
            if current == macro:
                found.append((token, verb if macro != 'Ic' else None))
    return found


class Item:
    """An entry of a list, with all that stands below it."""

    def __init__(self, head, section):
        self.head, self.section, self.lines = head, section, []

    @property
    def names(self):
        """What it is the entry of: the words behind its first macro."""
        names = []
        for token in tokens(self.head)[2:]:
            if token in MACROS:
                break
            if token not in DELIMITERS:
                names.append(token)
        return names

    def flags(self):
        """{option: verb whose it is said to be, or None for the item's own}"""
        return [pair for line in [self.head, *self.lines] if line.startswith('.') for pair in arguments(line, 'Fl')]

    def words(self, macro):
        return [word for line in [self.head, *self.lines] if line.startswith('.')
                for word, _ in arguments(line, macro)]

    @property
    def text(self):
        """Without macros and quotes, as far as that matters to a search."""
        parts = []
        for line in [self.head, *self.lines]:
            parts += [token for token in tokens(line) if token not in MACROS] if line.startswith('.') else [line]
        return ' '.join(parts)


class Page:
    def __init__(self, text):
        self.lines = [line for line in text.splitlines() if not line.startswith('.\\"')]

    def items(self, macro):
        """Entries that begin with the macro; each ends where the next one, or a section, begins."""
        found, section, item = [], None, None
        for line in self.lines:
            if line.startswith(('.Sh ', '.Ss ')):
                section, item = line[4:].strip('"'), None
            elif line.startswith(f'.It {macro} '):
                item = Item(line, section)
                found.append(item)
            elif item:
                item.lines.append(line)
        return found

    def section(self, *names):
        """All lines of a section; it may be called otherwise in another language."""
        lines, inside = [], False
        for line in self.lines:
            if line.startswith('.Sh '):
                inside = line[4:].strip('"') in names
            elif inside:
                lines.append(line)
        return lines


def read(path):
    with open(path, encoding='utf-8') as file:
        return Page(file.read())
