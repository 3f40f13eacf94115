# SPDX-License-Identifier: MIT
"""Catalogues of gettext (PO files), as far as our tests look at them.

    for entry in po.read('po/de.po'):
        print(entry.key, entry.texts, entry.fuzzy)
"""

import re

STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
KEYWORD = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?) ')


class Entry:
    """`key`: context (or None) and text as written in the file; `texts`: its translations."""

    def __init__(self, block):
        fields, last = {}, None
        self.obsolete = block.startswith('#~') or '\n#~' in block
        self.fuzzy = bool(re.search(r'^#,.*\bfuzzy\b', block, re.M))
        for line in block.splitlines():
            line = re.sub(r'^#~\|? ?', '', line)
            if line.startswith('#'):
                continue
            keyword = KEYWORD.match(line)
            last = keyword.group(1) if keyword else last
            fields[last] = fields.get(last, '') + ''.join(STRING.findall(line))
        self.key = fields.get('msgctxt'), fields.get('msgid')
        self.plural = fields.get('msgid_plural')
        self.texts = [text for name, text in fields.items() if name and name.startswith('msgstr')]


def parse(text):
    """All entries but the header."""
    entries = [Entry(block) for block in re.split(r'\n\s*\n', text) if 'msgid' in block]
    return [entry for entry in entries if entry.key != (None, '')]


def read(path):
    with open(path, encoding='utf-8') as file:
        return parse(file.read())
