# SPDX-License-Identifier: MIT
"""The tree obeys .clang-format and .editorconfig."""

import configparser
import fnmatch
import itertools
import os
import re
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import tap  # noqa: E402

VERSION = '14'  # of clang-format: others lay out some lines otherwise
ROOMS = ('completions', 'daemon', 'doc', 'etc', 'man', 'po', 'systemd', 'tests', 'debian', 'scripts')
KEPT = ('tests/fuzz/corpus/', 'tests/golden/')
PICTURES = ('.png', '.svg', '.gif')


def files():
    """All that a person edits, in a clone as in a tarball."""
    top = tap.source_path('.')
    names = [name for name in os.listdir(top) if name in ('configure.ac', 'Makefile.am', 'NEWS', 'autogen.sh')
             or name.endswith('.md')]
    for room in ROOMS:
        for folder, _, inside in os.walk(os.path.join(top, room)):
            names += [os.path.relpath(os.path.join(folder, name), top) for name in inside]
    return sorted(name for name in names if not name.startswith(KEPT) and not name.endswith(PICTURES)
                  and is_ours(name))


def is_ours(name):
    """What was made in the tree by a build there, an editor or an interpreter is nobody's source."""
    return not re.search(r'(\.(o|a|so|pyc|log|trs|mo|orig|rej|swp|Po)|~)$|/\.|__pycache__', name) and \
        not has_no_text(name)


def has_no_text(name):
    with open(tap.source_path(name), 'rb') as file:
        return b'\0' in file.read(4096)


def expand(pattern):
    """*.{c,h} as *.c and *.h."""
    found = re.search(r'\{([^}]*)\}', pattern)
    if not found:
        return [pattern]
    return itertools.chain.from_iterable(
        expand(pattern[:found.start()] + one + pattern[found.end():]) for one in found[1].split(','))


def rules():
    parser = configparser.ConfigParser(interpolation=None)
    with open(tap.source_path('.editorconfig'), encoding='utf-8') as file:
        parser.read_string('[top]\n' + file.read())
    return [(list(expand(section)), dict(parser[section])) for section in parser.sections() if section != 'top']


def settings(name, sections):
    found = {}
    for patterns, values in sections:
        if any(fnmatch.fnmatch(os.path.basename(name), pattern) for pattern in patterns):
            found.update(values)
    return found


def is_laid_out(name):
    """By clang-format, which leaves formulas of comments alone."""
    return name.endswith(('.c', '.h'))


def faults(name, text, wanted):
    """What of the text is not as it is wanted, as "line: fault"."""
    if wanted.get('insert_final_newline') == 'true' and text and not text.endswith('\n'):
        yield f'{name}: the last line is not ended'
    for number, line in enumerate(text.split('\n'), 1):
        indent = line[:len(line) - len(line.lstrip())]
        if wanted.get('end_of_line') == 'lf' and '\r' in line:
            yield f'{name}:{number}: a carriage return'
        if wanted.get('trim_trailing_whitespace') == 'true' and line != line.rstrip(' \t'):
            yield f'{name}:{number}: blanks at the end'
        if wanted.get('indent_style') == 'tab' and indent.startswith(' ' * 4) and not is_laid_out(name):
            yield f'{name}:{number}: indented by blanks'


def text_is_as_the_editorconfig_has_it():
    sections = rules()
    tap.check(len(sections) > 1, 'no rules were found')
    found, seen = [], 0
    for name in files():
        with open(tap.source_path(name), encoding='utf-8', newline='') as file:
            found += faults(name, file.read(), settings(name, sections))
        seen += 1
    tap.check(seen > 100, f'only {seen} files were found')
    tap.equal(found, [], 'what differs')


def each_fault_is_found():
    wanted = {'insert_final_newline': 'true', 'end_of_line': 'lf', 'trim_trailing_whitespace': 'true'}
    for text, style, expected in (('a\n', 'tab', 0), ('a', 'tab', 1), ('a \n', 'tab', 1), ('a\r\n', 'tab', 1),
                                  ('    a\n', 'tab', 1), ('\ta\n', 'tab', 0), ('    a\n', 'space', 0)):
        tap.equal(len(list(faults('x', text, {**wanted, 'indent_style': style}))), expected, repr((text, style)))
    tap.equal(list(expand('*.{c,h}')), ['*.c', '*.h'], 'braces')


def code_is_as_clang_format_lays_it_out():
    program = shutil.which(f'clang-format-{VERSION}') or shutil.which('clang-format')
    if not program:
        raise tap.Skipped('clang-format is not installed')
    said = subprocess.run([program, '--version'], capture_output=True, encoding='utf-8', check=True).stdout
    if f'version {VERSION}.' not in said:
        raise tap.Skipped(f'it is laid out by clang-format {VERSION}, and here is {said.strip()}')
    sources = [name for name in files() if name.endswith(('.c', '.h'))]
    tap.check(len(sources) > 100, f'only {len(sources)} sources were found')
    result = subprocess.run([program, '--dry-run', '-Werror', *sources], capture_output=True,
                            encoding='utf-8', cwd=tap.source_path('.'), check=False)
    tap.equal((result.returncode, result.stderr), (0, ''), 'clang-format -i FILE mends')


tap.run(text_is_as_the_editorconfig_has_it, each_fault_is_found, code_is_as_clang_format_lays_it_out)
