# SPDX-License-Identifier: MIT
"""What a page of documentation is made of, as far as a test can judge it: links, headings, code."""

import re

FENCE = re.compile(r'^( {0,3})(```+|~~~+) *([\w-]*)')
HEADING = re.compile(r'^#{1,6} +(.*?)#* *$')
LINK = re.compile(r'!?\[(?:[^][]|\[[^]]*\])*\]\(<?([^()<>\s]+)>?(?: +"[^"]*")?\)')
REFERENCE = re.compile(r'^ {0,3}\[[^]]+\]: +<?(\S+?)>?$')
AUTOLINK = re.compile(r'<(https?://[^>]*)>')
ATTRIBUTE = re.compile(r'<(?:a|img|source)\b[^>]*?\b(?:href|src|srcset)="([^"]*)"')
CODE = re.compile(r'(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)')


def slug(heading, seen):
    """The anchor that GitHub and its like make of a heading."""
    text = re.sub(r'!?\[([^]]*)\]\([^)]*\)', r'\1', heading)
    name = re.sub(r'[^\w\- ]', '', text.strip().lower()).replace(' ', '-')
    count = seen.get(name, 0)
    seen[name] = count + 1
    return f'{name}-{count}' if count else name


class Block:
    def __init__(self, language, line):
        self.language, self.line, self.lines = language, line, []


class Page:
    """`blocks`, and (line, text) in `links` and `code`; `anchors`."""

    def __init__(self, text):
        self.blocks, self.links, self.code, self.anchors = [], [], [], set()
        prose, seen, block, fence = [], {}, None, None
        for number, line in enumerate(text.splitlines(), 1):
            mark = FENCE.match(line)
            if block and mark and mark[2].startswith(fence) and not mark[3]:
                block = None
            elif block:
                block.lines.append(line)
            elif mark:
                block, fence = Block(mark[3], number), mark[2]
                self.blocks.append(block)
            else:
                prose.append((number, line))
        for number, line in prose:
            heading = HEADING.match(line)
            if heading:
                self.anchors.add(slug(heading[1], seen))
            self.code += [(number, found[2].strip()) for found in CODE.finditer(line)]
            bare = CODE.sub('', line)
            for pattern in (LINK, REFERENCE, AUTOLINK, ATTRIBUTE):
                self.links += [(number, found[1]) for found in pattern.finditer(bare)]


def commands(block):
    """(line, command, what is shown of its output or None) of a block of sh or console."""
    found = []
    for number, line in enumerate(block.lines, block.line + 1):
        continued = found and found[-1][1].endswith('\\\n')
        if continued:
            found[-1][1] += line.removeprefix('> ') + '\n'
        elif block.language == 'console' and not line.startswith(('$ ', '# ')):
            if found:
                found[-1][2].append(line)
        elif line.strip() and not (block.language != 'console' and line.lstrip().startswith('#')):
            text = line[2:] if block.language == 'console' else line
            found.append([number, text + '\n', []])
    shown = block.language == 'console'
    return [(number, text.rstrip('\n'), output if shown else None) for number, text, output in found]
