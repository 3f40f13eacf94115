# SPDX-License-Identifier: MIT
"""The catalogues know every text of the sources: nothing is left in English, nothing stands there in vain."""

import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import po  # noqa: E402
import tap  # noqa: E402

TOP = os.environ.get('TOP_SRCDIR', '.')
# Two words and more that are no text for people: parts of what is typed, or noted, or a key of the book.
NO_TEXTS = {'name day', 'coffee with ', 'merge %s and %s', 'nudge edit Anna --city Berlin', 'nudge show Anna',
            'sudo systemctl start nudged', 'nudge init', 'systemctl --user start nudged', 'the service runs and does not answer'}


def options():
    """XGETTEXT_OPTIONS of po/local.mk: what marks a text."""
    with open(os.path.join(TOP, 'po', 'local.mk'), encoding='utf-8') as file:
        found = re.search(r'^XGETTEXT_OPTIONS = ((?:.*\\\n)*.*)', file.read(), re.M)
    return found.group(1).replace('\\\n', ' ').replace('$(PACKAGE)', 'nudged').split()


def texts_of(paths, folder):
    result = subprocess.run(['xgettext', *options(), '-o', '-', *paths], capture_output=True, cwd=folder,
                            encoding='utf-8')
    tap.equal(result.returncode, 0, f'xgettext: {result.stderr}')
    tap.check(not result.stderr.strip(), f'xgettext complains: {result.stderr}')
    return po.parse(result.stdout)


def sources(pattern='daemon/**/*.c'):
    return sorted(glob.glob(pattern, root_dir=TOP, recursive=True))


def faults(texts, catalogue):
    """What a person would have to do to a catalogue."""
    known = {entry.key: entry for entry in catalogue if not entry.obsolete}
    wanted = {entry.key: entry for entry in texts}
    found = [f'in vain: {entry.key}' for entry in catalogue if entry.obsolete or entry.key not in wanted]
    for key, text in wanted.items():
        entry = known.get(key)
        if entry is None or not all(entry.texts) or not entry.texts:
            found.append(f'not translated: {key}')
        elif entry.fuzzy:
            found.append(f'fuzzy: {key}')
        elif entry.plural != text.plural:
            found.append(f'another plural: {key}')
    return found


def german_knows_every_text():
    texts = texts_of(sources(), TOP)
    tap.check(len(texts) > 900, f'only {len(texts)} texts were found')
    found = faults(texts, po.read(os.path.join(TOP, 'po', 'de.po')))
    tap.check(not found, 'run `make update-po`, then translate in po/de.po:\n' + '\n'.join(found))


def the_formal_catalogue_holds_what_differs():
    german = {entry.key: entry.texts for entry in po.read(os.path.join(TOP, 'po', 'de.po'))}
    formal = po.read(os.path.join(TOP, 'po', 'de@formal.po'))
    tap.check(len(formal) > 20, 'a catalogue of nothing')
    for entry in formal:
        tap.check(not entry.obsolete and not entry.fuzzy and all(entry.texts), f'formal: {entry.key}')
        tap.check(entry.key in german, f'formal, and nobody asks for it: {entry.key}')
        tap.check(entry.texts != german[entry.key], f'formal, and the same: {entry.key}')


def conversions_keep_blanks_and_line_ends():
    for entry in po.read(os.path.join(TOP, 'po', 'de.po')):
        text = entry.key[1]
        for german in entry.texts:
            tap.equal(german.endswith('\\n'), text.endswith('\\n'), f'the line end of {text}')
            tap.equal(german.startswith(' '), text.startswith(' '), f'the blank before {text}')
            tap.equal(german.endswith(' '), text.endswith(' '), f'the blank behind {text}')


def unmarked(source, texts):
    """Literals of two words and more that no keyword marks."""
    code = re.sub(r'/\*.*?\*/|^\s*#include[^\n]*', '', source, flags=re.S | re.M)
    for literal in re.findall(r'"(?:[^"\\\n]|\\.)*"(?:\s*"(?:[^"\\\n]|\\.)*")*', code):
        text = ''.join(po.STRING.findall(literal))
        if re.search(r'[a-z]{2,} [a-z]{2,}', text) and text not in texts and text not in NO_TEXTS:
            yield text


def the_command_has_no_unmarked_text():
    texts = {text for entry in texts_of(sources(), TOP) for text in (entry.key[1], entry.plural)}
    for path in sources('daemon/cli/*.c'):
        with open(os.path.join(TOP, path), encoding='utf-8') as file:
            found = list(unmarked(file.read(), texts))
        tap.check(not found, f'{path}: mark with _(), N_() or ngettext(), then `make update-po`: {found}')


def what_a_delivery_fails_with_can_be_retold():
    """It is kept in English, and base/retell finds its translation by the formats that it knows."""
    nothing = {'%s', '%s.', '%s %s.', '%s: %s', '%s: %s%s%s'}  # all of it is put in
    of_no_mail = {'The server accepted the mail to %s: %s', 'The server lets us in.', 'poll: %s',
                  'the connection is busy with another mail', 'the service cannot be told: %s',
                  'the service describes no server or a second one', '%s is there already',
                  'the service hands over a mail and names no server', 'the service sent a frame of type %u',
                  'the sender reported an outcome %d'}
    known = {entry.key[1] for entry in texts_of(['daemon/base/retell-known.c'], TOP)}
    paths = [path for path in sources('daemon/post/*.c')
             if os.path.basename(path) not in ('result.c', 'cage.c', 'cage-calls.c', 'frame.c')]
    paths += ['daemon/book/store.c', 'daemon/book/backups.c', 'daemon/book/outbox.c', 'daemon/book/witness.c',
              'daemon/base/file.c', 'daemon/service/daily.c', 'daemon/service/delivery-record.c', 'daemon/service/clockwatch.c', 'daemon/service/patience.c',
              'daemon/service/slots.c']
    wanted = {entry.key[1] for entry in texts_of(paths, TOP)} - nothing - of_no_mail
    tap.check(len(wanted) > 90, f'only {len(wanted)} sentences')
    missing = sorted(wanted - known - {'the clock cannot be watched: %s', 'message %lld has no body'})
    tap.check(not missing, f'not in daemon/base/retell-known.c: {missing}')
    tap.check(not known - wanted, f'in daemon/base/retell-known.c, and nobody says it: {sorted(known - wanted)}')


def faults_would_be_noticed():
    """The test itself must be able to fail."""
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, 'a.c'), 'w', encoding='utf-8') as file:
            file.write('void a(void) { cli_usage(cli, "which \\"%s\\" file?", x); err_set(e, -1, "no such cat");\n'
                       ' _("one"); C_("here", "one"); ngettext("%d cat", "%d cats", n); N_("two"); }\n')
        texts = texts_of(['a.c'], folder)
    keys = {entry.key for entry in texts}
    tap.equal(keys, {(None, 'which \\"%s\\" file?'), (None, 'no such cat'), (None, 'one'), ('here', 'one'),
                     (None, '%d cat'), (None, 'two')}, 'the texts of a source')
    catalogue = po.parse('msgid "one"\nmsgstr "eins"\n\n#, fuzzy\nmsgid "two"\nmsgstr "zwei"\n\n'
                         'msgid "%d cat"\nmsgid_plural "%d cats"\nmsgstr[0] "%d Katze"\nmsgstr[1] ""\n\n'
                         'msgctxt "there"\nmsgid "one"\nmsgstr "eins"\n\n#~ msgid "old"\n#~ msgstr "alt"\n\n'
                         'msgid ""\n"no such "\n"cat"\nmsgstr "keine"\n')
    tap.equal(sorted(faults(texts, catalogue)),
              ["fuzzy: (None, 'two')", "in vain: ('there', 'one')", "in vain: (None, 'old')",
               "not translated: ('here', 'one')", "not translated: (None, '%d cat')",
               "not translated: (None, 'which \\\\\"%s\\\\\" file?')"], 'the faults')
    tap.equal(list(unmarked('#include <a.h>\nf(_("a text of " /* no */ "words"), "another one", "x", "coffee with ");',
                            {'a text of words'})), ['another one'], 'what is unmarked')


if not shutil.which('xgettext'):
    tap.skip_all('xgettext is missing: install gettext')
tap.run(german_knows_every_text, the_formal_catalogue_holds_what_differs, conversions_keep_blanks_and_line_ends,
        the_command_has_no_unmarked_text, what_a_delivery_fails_with_can_be_retold,
        faults_would_be_noticed)
