# SPDX-License-Identifier: MIT
"""The manual pages in each language, the sample configuration and --help say what the programs take, and nothing else:
verbs, options, keys with their defaults and bounds, exit statuses, environment, signals, files."""

import glob
import os
import re
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import mdoc  # noqa: E402
import programs  # noqa: E402
import tap  # noqa: E402

TOP = os.environ.get('TOP_SRCDIR', '.')
COMMON = {'--json', '--help', '--version'}  # every verb's, told at the beginning
STATUSES = {'CLI_REFUSED': 1, 'EX_USAGE': 64, 'EX_DATAERR': 65, 'EX_UNAVAILABLE': 69, 'EX_SOFTWARE': 70, 'EX_OSERR': 71,
            'EX_CANTCREAT': 73, 'EX_IOERR': 74, 'EX_TEMPFAIL': 75, 'EX_PROTOCOL': 76, 'EX_NOPERM': 77, 'EX_CONFIG': 78}
NO_MATTER = {'SUDO_USER', 'HOME', 'TERM'}  # as with every program
SERVICE_ONLY = {'STATE_DIRECTORY', 'CREDENTIALS_DIRECTORY'}
# What the page of the configuration calls these things.
REQUIRED = {'en': 'Required', 'de': 'Pflicht'}
DEFAULT = {'en': 'Default', 'de': 'Vorgabe'}


def source(name):
    with open(os.path.join(TOP, name), encoding='utf-8') as file:
        return file.read()


def sources(*patterns):
    paths = [path for pattern in patterns for path in sorted(glob.glob(os.path.join(TOP, pattern), recursive=True))]
    tap.check(paths, f'no sources: {patterns}')
    return re.sub(r'/\*.*?\*/', '', '\n'.join(source(os.path.relpath(path, TOP)) for path in paths), flags=re.S)


def pages(name):
    """[(language, text)]: the page and its translations."""
    section = name.rsplit('.', 1)[1]
    found = [('en', source(f'man/{name}'))]
    for path in sorted(glob.glob(os.path.join(TOP, 'man', '*', name))):
        found.append((os.path.basename(os.path.dirname(path)), source(os.path.relpath(path, TOP))))
    tap.check(section in '158', name)
    return found


def nothing(faults, where):
    tap.check(not faults, '\n'.join(f'{where}: {fault}' for fault in faults))


# --- what the code takes ---

class Command:
    """nudge, asked: it completes by the tables with which it parses."""

    def __init__(self):
        with programs.Home() as home:
            self.help = {language: home.run('--help', env={'LANGUAGE': language}).stdout for language in ('en', 'de')}
            self.common = set(self.ask(home, '--'))
            self.verbs = {verb: set(self.ask(home, verb, '--')) - COMMON for verb in self.ask(home, '')}
            self.helps = {(language, verb): home.run(verb, '--help', env={'LANGUAGE': language}).stdout
                          for language in ('en', 'de') for verb in self.verbs}
        self.verbs['complete'] = set()
        self.aliases = dict(re.findall(r'\{ "([\w-]+)", "([\w-]+)", verb_', source('daemon/cli/verbs.c')))

    @staticmethod
    def ask(home, *words, language='en'):
        answer = home.run('complete', 'zsh', *words, env={'LANGUAGE': language}).stdout.splitlines()
        tap.equal(answer[0], 'candidates', f'nudge complete {words}')
        return [line.split('\t')[0] for line in answer[1:]]


def keys():
    """{group: {key: row}} of the tables of nudged.conf."""
    found = {}
    for table, rows in re.findall(r'struct option option_(\w+)_rows\[\] = \{(.*?)\n\};', source('daemon/conf/option.c'),
                                  re.S):
        found[table] = dict(re.findall(r'\{ "(\w+)", (OPTION_.*?)(?=\n\t\{ "|\Z)', rows, re.S))
    return found


def words_of(row):
    """What a choice may be."""
    table = re.search(r'\.words = (\w+)', row)
    if not table or table.group(1) == 'lang_all':
        return []
    rows = re.search(rf'{table.group(1)}\[\] = \{{(.*?)\}};', source('daemon/conf/option.c'), re.S)
    return re.findall(r'"([\w-]+)"', rows.group(1))


def defaults():
    """{key: value} as `nudge config` shows them where the file says only what it must."""
    with programs.Home() as home:
        home.write('nudged.conf', 'smtp: { url = "smtp://mail.example.org"; from = "a@example.org"; };\n'
                   'digests: ( { name = "d"; to = [ "a@example.org" ]; } );\n')
        shown = home.nudge('config')
    return {key: value.strip('"') for key, value in re.findall(r'(\w+) = (.*?);', shown)
            if key not in ('url', 'from', 'name', 'to', 'database', 'timezone', 'language')}


def statuses(*patterns):
    return {STATUSES[name] for name in re.findall(r'\b(?:EX_(?!OK\b)[A-Z]+|CLI_REFUSED)\b', sources(*patterns))} | {0}


def environment(*patterns):
    text = sources(*patterns)
    return set(re.findall(r'getenv\("(\w+)"\)', text)) | set(
        re.findall(r'"((?:XDG|LC)_[A-Z_]+|LANG|LANGUAGE|COLUMNS|LINES)"', text))


# --- faults of a page ---

def verb_faults(text, verbs, aliases):
    page, told, found = mdoc.Page(text), {}, []
    for item in page.items('Ic'):
        for verb in item.names:
            told.setdefault(verb, set())
        for option, other in item.flags():
            if other in item.names or other is None or other not in verbs:
                for verb in item.names:
                    told[verb].add(f'-{option}')
            elif f'-{option}' not in verbs[other] | COMMON and len(option) > 1:
                found.append(f'`nudge {other}` has no -{option}')
    # What add takes, edit takes as well: it is told once.
    if 'add' in told.get('edit', ()) or 'add' in told:
        told['edit'] = told.get('edit', set()) | told['add']
    found += [f'no verb {verb}' for verb in verbs if verb not in told]
    found += [f'there is no verb {verb}' for verb in told if verb not in verbs]
    for verb in told.keys() & verbs.keys():
        short = {option for option in told[verb] if len(option) == 2}
        found += [f'no {verb} {option}' for option in verbs[verb] - told[verb]]
        found += [f'there is no {verb} {option}' for option in told[verb] - verbs[verb] - COMMON - short]
    found += [f'no alias {alias} of {verb}' for verb, alias in aliases.items()
              if not any(verb in item.names and alias in item.words('Ic') for item in page.items('Ic'))]
    return sorted(found)


def flag_faults(text, options, *sections):
    told = {f'-{flag}' for line in mdoc.Page(text).section(*sections) if line.startswith('.It')
            for flag, _ in mdoc.arguments(line, 'Fl')}
    return sorted([f'no {option}' for option in options - told] + [f'there is no {option}' for option in told - options])


def key_faults(text, language, tables, values):
    found, told = [], {}
    for item in mdoc.Page(text).items('Ic'):
        for key in item.names:
            told[key] = item
    rows = {key: row for table in tables.values() for key, row in table.items()}
    found += [f'there is no key {key}' for key in told.keys() - rows.keys()]
    for key, row in rows.items():
        if key not in told:
            if not re.match(r'OPTION_GROUP', row):
                found.append(f'no key {key}')
            continue
        said = told[key].text.replace('\\', '')
        bounds = re.search(r'BOUNDS\((\d+), (\d+), (\d+)\)', row)
        for number in bounds.groups()[:2] if bounds else ():
            if not re.search(rf'\b{number}\b', said):
                found.append(f'{key}: the bound {number} is not told')
        found += [f'{key}: no word {word}' for word in words_of(row) if word not in said]
        if '.required = true' in row and REQUIRED[language] not in said:
            found.append(f'{key}: not told that it is required')
        default = re.search(DEFAULT[language] + r':? (.*)', said)
        if key in values and not (default and re.search(re.escape(values[key].strip('[] ').split(',')[0].strip('"')),
                                                        default.group(1))):
            found.append(f'{key}: the default {values[key]} is not told')
    return sorted(found)


def status_faults(text, expected):
    told = {int(number) for line in mdoc.Page(text).section('EXIT STATUS', 'EXIT-STATUS') if line.startswith('.It')
            for number in re.findall(r'\d+', line)}
    return sorted([f'no status {status}' for status in expected - told] +
                  [f'there is no status {status}' for status in told - expected])


def mention_faults(text, macro, expected):
    told = {name for line in mdoc.Page(text).lines if line.startswith('.') for name, _ in mdoc.arguments(line, macro)}
    return [f'no {name}' for name in sorted(expected - told)]


# --- the tests ---

def nudge_is_told_of():
    command = Command()
    tap.check(len(command.verbs) > 35 and command.verbs['add'], f'only these verbs: {command.verbs}')
    options = command.common | {'-c', '-b', '-h', '-V'}
    for language, text in pages('nudge.1'):
        nothing(verb_faults(text, command.verbs, command.aliases), f'{language} nudge.1')
        nothing(flag_faults(text, options, 'DESCRIPTION', 'BESCHREIBUNG'), f'{language} nudge.1')
        nothing(status_faults(text, statuses('daemon/nudge.c', 'daemon/cli/*.c', 'daemon/doctor/*.c')), f'{language} nudge.1')
        wanted = environment('daemon/cli/*.c', 'daemon/conf/*.c', 'daemon/base/lang.c')
        nothing(mention_faults(text, 'Ev', wanted - NO_MATTER - SERVICE_ONLY), f'{language} nudge.1')


def help_is_told_alike():
    command = Command()
    for (language, verb), text in command.helps.items():
        said = set(re.findall(r'(?<![\w-])--[a-z][a-z-]*', re.sub(r'^  nudge .*|`[^`]*`', '', text, flags=re.M)))
        nothing([f'no {option}' for option in command.verbs[verb] - said], f'{language} nudge {verb} --help')
        nothing([f'there is no {option}' for option in said - command.verbs[verb]], f'{language} nudge {verb} --help')


def nudged_is_told_of():
    code = source('daemon/nudged.c')
    options = {f'--{name}' for name in re.findall(r'\{ "([a-z-]+)", (?:no|required)_argument', code)} | {'-c', '-h', '-V'}
    nothing([f'no {option}' for option in options if option not in code.split('struct arguments')[0]], 'nudged --help')
    for path in ('bash/nudged', 'zsh/_nudged', 'fish/nudged.fish'):
        known = {f'--{name}' for name in re.findall(r'(?:--| -l )([a-z][a-z-]+)', source(f'completions/{path}'))}
        tap.equal(known, {option for option in options if option.startswith('--')}, path)
    signals = set(re.findall(r'\bSIG(?:HUP|TERM|INT|USR1|USR2)\b', sources('daemon/service/*.c')))
    for language, text in pages('nudged.8'):
        nothing(flag_faults(text, options, 'DESCRIPTION', 'BESCHREIBUNG'), f'{language} nudged.8')
        answers = {STATUSES['EX_PROTOCOL']}  # of the desk to a command
        nothing(status_faults(text, statuses('daemon/nudged.c', 'daemon/service/*.c') - answers), f'{language} nudged.8')
        nothing(mention_faults(text, 'Dv', signals), f'{language} nudged.8')
        wanted = environment('daemon/service/*.c', 'daemon/conf/*.c', 'daemon/base/[!l]*.c')
        nothing(mention_faults(text, 'Ev', wanted - NO_MATTER), f'{language} nudged.8')


def nudged_send_is_told_of():
    for language, text in pages('nudged-send.8'):
        nothing(flag_faults(text, {'--help', '--version'}, 'DESCRIPTION'), f'{language} nudged-send.8')
        nothing(status_faults(text, statuses('daemon/nudged-send.c')), f'{language} nudged-send.8')
        nothing(mention_faults(text, 'Ev', {'CREDENTIALS_DIRECTORY'}), f'{language} nudged-send.8')


def each_key_is_told_of():
    tables = keys()
    tap.check(len(tables['digest']) > 15 and len(tables['smtp']) > 9, f'only these keys: {tables}')
    for language, text in pages('nudged.conf.5'):
        nothing(key_faults(text, language, tables, defaults()), f'{language} nudged.conf.5')


def the_sample_has_each_key():
    text = source('etc/nudged.conf')
    told = re.findall(r'(?:^|[;{(])\s*(?:#\s*)?(\w+)\s*[:=] ?(?=[\["({\w])(.*?);?(?:[ \t]+#.*)?$', text, re.M)
    told += re.findall(r'; +(\w+) = ("[^"]*");', text)
    known = {key for table in keys().values() for key in table}
    said = {key for key, _ in told}
    nothing([f'no key {key}' for key in known - said], 'etc/nudged.conf')
    for key, value in defaults().items():
        shown = [v for k, v in re.findall(r'^\s*# (\w+) = (".*?"|[\w]+);', text, re.M) if k == key]
        nothing([f'{key} is shown as {v}, the default is {value}' for v in shown if v.strip('"') != value],
                'etc/nudged.conf')
    with programs.Home() as home:
        home.write('nudged.conf', re.sub(r'^(\s*)# (?=\w+ = (?:".*?"|\w+);)(?!.*(?:_command|_credential|database|ca_file))',
                                         r'\1', text, flags=re.M))
        tap.contains(home.nudge('config'), 'leap_day', 'the sample with all that is commented out')


def completion_knows_what_there_is():
    """The words of a verb's usage are offered, and the table of completions names no verb or option in vain."""
    command = Command()
    table = source('daemon/cli/complete-table.c')
    named = re.findall(r'\.name = "([\w-]+)"', table)
    tap.check(len(named) > 25, f'only {named}')
    nothing([f'there is no verb {verb}' for verb in named if verb not in command.verbs], 'complete-table.c')
    every = {option for options in command.verbs.values() for option in options} | command.common
    for verb, option in re.findall(r'\{ (?:"([\w-]+)"|NULL), "([\w-]+)"', table):
        tap.check(f'--{option}' in (command.verbs[verb] if verb else every), f'complete-table.c: no {verb} --{option}')
    with programs.Home() as home:
        for (language, verb), text in command.helps.items():
            usage = text.splitlines()[0]
            for words in re.findall(r'(?<![\w-])[a-z]\w+(?:\|[a-z]\w+)+', usage):
                before = ['--format', ''] if '--format' in usage else ['x', '']
                nothing([f'{word} is not offered' for word in words.split('|')
                         if word not in command.ask(home, verb, *before)], f'{language} nudge {verb}')


def examples_of(text):
    """Command lines in the examples of a page; what goes on in another line is joined."""
    lines = '\n'.join(mdoc.Page(text).section('EXAMPLES', 'BEISPIELE')).replace('\\e\n', ' ').replace('\\(\'e', 'é')
    return re.findall(r'^nudge .*$', lines, re.M)


def understood(home, language, lines, where):
    """Nothing is wrong with how it is written: it is done, or there is nothing of which it could be."""
    env = {**home.env, 'LANGUAGE': language, 'PATH': f'{os.path.dirname(programs.NUDGE)}:{home.env["PATH"]}',
           'EDITOR': 'true', 'PAGER': 'cat'}
    for line in lines:
        if re.search(r'nudge (--json )?(init|send|test-send|doctor|-c|restore|backup)|\|$', line):
            continue  # they ask, send, or want what is not here
        result = subprocess.run(['sh', '-c', line], capture_output=True, encoding='utf-8', env=env, cwd=home.folder,
                                input='', timeout=programs.SECONDS, check=False)
        tap.check(result.returncode in (0, 1), f'{language} {where}: {line}: {result.returncode}, {result.stderr}')


def fill(home):
    home.configure()
    for name in ('Anna', 'Ben Bauer', 'Petra', 'Carl'):
        home.nudge('add', name)
    home.nudge('forum', 'HR', '--goal', '1/week')
    for name in ('contacts.vcf', 'kontakte.vcf'):
        home.write(name, 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Vera Card\r\nN:Card;Vera;;;\r\nEND:VCARD\r\n')
    for name in ('birthdays.ics', 'geburtstage.ics'):
        home.write(name, 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Birthday of Ida\r\n'
                   'DTSTART;VALUE=DATE:20000301\r\nRRULE:FREQ=YEARLY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n')


def examples_are_understood():
    for language, text in pages('nudge.1'):
        lines = examples_of(text)
        tap.check(len(lines) > 15, f'only {lines}')
        with programs.Home() as home:
            fill(home)
            understood(home, language, lines, 'nudge.1')


def examples_of_the_help_are_understood():
    command = Command()
    for language in ('en', 'de'):
        with programs.Home() as home:
            fill(home)
            lines = [line for verb in command.verbs if (language, verb) in command.helps
                     for line in re.findall(r'^  (nudge(?: .*)?)$', command.helps[language, verb], re.M)]
            tap.check(len(lines) > 60, f'only {lines}')
            understood(home, language, lines, '--help')


def what_completion_offers_is_understood():
    """Days, spans and goals, in the person's language."""
    command = Command()
    rows = [(('pause', ''), 'nudge pause "{}"', 'morgen'),
            (('follow-up', 'Ben', '--on', ''), 'nudge follow-up Ben call --on "{}"', 'freitag'),
            (('log', 'Anna', '--on', ''), 'nudge log Anna met --on "{}"', 'gestern'),
            (('add', 'X', '--every', ''), 'nudge edit Anna --every "{}"', '6w'),
            (('follow-up', 'Ben', '--repeat', ''), 'nudge follow-up Ben call --on today --repeat "{}"', 'monatlich'),
            (('forum', 'HR', '--goal', ''), 'nudge forum HR --goal "{}"', '3/woche'),
            (('import', '--format', ''), 'nudge import contacts.vcf --format "{}" --dry-run || test $? = 65', 'linkedin'),
            (('export', '--format', ''), 'nudge export --format "{}"', 'json')]
    for language in ('en', 'de'):
        with programs.Home() as home:
            fill(home)
            for words, line, german in rows:
                offered = command.ask(home, *words, language=language)
                tap.check(offered and (language == 'en' or german in offered), f'{language} {words}: {offered}')
                understood(home, language, [line.format(word) for word in offered], 'completion')


def examples_of_the_configuration_are_good():
    for language, text in pages('nudged.conf.5'):
        blocks = re.findall(r'\.Bd .*?\n(.*?)\.Ed', '\n'.join(mdoc.Page(text).section('EXAMPLES', 'BEISPIELE')), re.S)
        with programs.Home() as home:
            home.write('nudged.conf', blocks[0])
            tap.contains(home.nudge('config'), 'url', f'{language} nudged.conf.5')
            smtp = re.search(r'smtp: .*?\};\n', blocks[0], re.S).group(0)
            for block in blocks[1:]:
                if block.startswith('digests'):
                    home.write('nudged.conf', smtp + block)
                elif block.startswith('smtp'):
                    home.write('nudged.conf', block + 'digests: ();\n')
                else:
                    for line in block.splitlines():
                        home.write('nudged.conf', re.sub('password_file = .*', line, smtp, count=1) + 'digests: ();\n')
                        home.nudge('config')
                home.nudge('config')


def pages_are_clean():
    """As mandoc and man-db see them, and in 80 columns."""
    paths = sorted(glob.glob(os.path.join(TOP, 'man', '**', '*.[158]'), recursive=True))
    tap.check(len(paths) >= 6, f'only {paths}')
    if not shutil.which('mandoc'):
        raise tap.Skipped('mandoc is missing: install it')
    for path in paths:
        lint = subprocess.run(['mandoc', '-Tlint', '-W', 'warning', path], capture_output=True, encoding='utf-8',
                              check=False)
        tap.equal(lint.stdout, '', f'mandoc of {path}')
        shown = subprocess.run(['mandoc', '-Tutf8', '-O', 'width=78', path], capture_output=True, encoding='utf-8',
                               check=True).stdout
        shown = re.sub('.\b', '', shown)
        long = [line for line in shown.splitlines() if len(line) > 80]
        tap.check(not long, f'{path}: wider than 80 columns: {long}')
    if not shutil.which('man'):
        raise tap.Skipped('man is missing: install man-db')
    for path in paths:
        if 'mandoc' in os.path.realpath(shutil.which('man')):
            break
        result = subprocess.run(['man', '--warnings', '-E', 'UTF-8', '-l', path], capture_output=True, encoding='utf-8',
                                check=False, env={**os.environ, 'MANWIDTH': '80', 'LC_ALL': 'C.UTF-8', 'MANPAGER': 'cat'})
        tap.equal(result.stderr.strip(), '', f'man of {path}')


def pages_name_pages_that_are_there():
    names = {os.path.basename(path) for path in glob.glob(os.path.join(TOP, 'man', '*.[158]'))}
    for name in names:
        for language, text in pages(name):
            for other, section in re.findall(r'^\.Xr (nudge[\w.-]*) (\d)', text, re.M):
                tap.check(f'{other}.{section}' in names, f'{language} {name}: there is no {other}({section})')
            tap.check(f'.Dt {name.rsplit(".", 1)[0].upper()} {name[-1]}' in text, f'{language} {name}: .Dt')
            tap.check(re.search(r'^\.Sh (EXAMPLES|BEISPIELE)', text, re.M), f'{language} {name}: no examples')


def a_language_has_both_pages():
    for path in glob.glob(os.path.join(TOP, 'man', '*', '')):
        tap.equal(sorted(os.listdir(path)), ['nudge.1', 'nudged.conf.5'], path)
    tap.equal([language for language, _ in pages('nudge.1')], ['en', 'de'], 'the languages of nudge(1)')


def what_is_missing_would_be_noticed():
    """The test itself must be able to fail: pages from which one thing was taken, or to which one was added."""
    verbs = {'show': {'--all'}, 'add': {'--tag', '--city'}, 'edit': {'--tag', '--city', '--untag'}, 'send': {'--again'}}
    page = ('.Sh VERBS\n.Bl -tag\n.It Ic show Ar contact Op Fl -all\nTells.\n.It Ic add Ar name\n.Fl -tag\nand\n.Fl -city ;\n'
            '.Ic new\nis the same.\n.It Ic edit Ar contact\nThe options of\n.Ic add\nand\n.Fl -untag .\n'
            '.It Ic send Op Fl -again\nSee\n.Ic show Fl -all .\n.El\n')
    for old, new, fault in [
            ('', '', None),
            ('.It Ic show Ar contact Op Fl -all\n', '.It Ic view Ar contact\n', 'no verb show'),
            ('.It Ic show Ar contact Op Fl -all\n', '.It Ic view Ar contact\n', 'there is no verb view'),
            ('.Fl -city ;', '', 'no add --city'), ('.Fl -untag .', '', 'no edit --untag'),
            ('.Fl -tag\n', '.Fl -tag\n.Fl -town\n', 'there is no add --town'),
            ('.Ic show Fl -all .', '.Ic show Fl -most .', '`nudge show` has no --most'),
            ('.Ic new\n', '', 'no alias new of add')]:
        found = verb_faults(page.replace(old, new), verbs, {'add': 'new'})
        tap.check(fault in found if fault else not found, f'{old!r} for {new!r}: {found}')
    tables = {'digest': {'lead_days': 'OPTION_NUMBER, AT(lead_days), BOUNDS(0, 60, 7) },',
                         'to': 'OPTION_ADDRESSES, .required = true },'}}
    page = '.It Ic to\nWho. Required.\n.It Ic lead_days\nHow early, 0 to 60 days.\nDefault: 7.\n'
    for old, new, fault in [
            ('', '', None), ('0 to 60', '0 to 90', 'lead_days: the bound 60 is not told'), ('lead_days', 'days', 'no key lead_days'),
            ('lead_days', 'days', 'there is no key days'), ('Required', '', 'to: not told that it is required'),
            ('Default: 7', 'Default: 9', 'lead_days: the default 7 is not told')]:
        found = key_faults(page.replace(old, new), 'en', tables, {'lead_days': '7'})
        tap.check(fault in found if fault else not found, f'{old!r} for {new!r}: {found}')
    page = '.Sh EXIT STATUS\n.It 0\ndone\n.It 73 , 74\nno\n.Sh DESCRIPTION\n.It Fl c , -config Ar file\n.Ev EDITOR\n'
    tap.equal(status_faults(page, {0, 73, 75}), ['no status 75', 'there is no status 74'], 'statuses')
    tap.equal(flag_faults(page, {'-c', '--now'}, 'DESCRIPTION'), ['no --now', 'there is no --config'], 'flags')
    tap.equal(mention_faults(page, 'Ev', {'EDITOR', 'PAGER'}), ['no PAGER'], 'environment')


tap.run(nudge_is_told_of, help_is_told_alike, nudged_is_told_of, nudged_send_is_told_of, each_key_is_told_of,
        the_sample_has_each_key, completion_knows_what_there_is, examples_are_understood,
        examples_of_the_help_are_understood, what_completion_offers_is_understood,
        examples_of_the_configuration_are_good, pages_are_clean, pages_name_pages_that_are_there,
        a_language_has_both_pages, what_is_missing_would_be_noticed)
