# SPDX-License-Identifier: MIT
"""The pages for people: links lead somewhere, commands run and print what is shown, configurations hold.

Each page has a home of its own, on the Monday of tests/demo/story.py, with the files of doc/sample, also as
downloads, and a mail server that takes everything; its configuration is there from `nudge init` on, where the page
has that. Its blocks of "sh" and "console" are run in their order.
Where a page shows output it is what is printed, and a line "..." stands for any lines; where it shows none, the
command must succeed. What cannot be run here stands in NOT_HERE, with the reason.
"""

import getpass
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import urllib.parse

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / 'lib'), str(HERE.parent / 'demo')]
import markdown  # noqa: E402
import png  # noqa: E402
import tap  # noqa: E402
from dialogue import Dialogue  # noqa: E402
from smtpd import Receiver  # noqa: E402
from story import MONDAY, PICTURES, Story, text_of  # noqa: E402

SECONDS = 120
LINGERS = os.path.exists(f'/var/lib/systemd/linger/{getpass.getuser()}')  # then init asks less
MARK = '\x01'  # stands behind the output of a command, before its status
# What a page may use beside our own programs: nothing else is found in PATH.
TOOLS = ('cat', 'chmod', 'cp', 'head', 'ls', 'mkdir', 'mv', 'printf', 'sh')
# (a command's beginning, why it is not run); what of them can be judged without is judged all the same.
NOT_HERE = (
    (r'(sudo |# )', 'takes root'),
    (r'\./autogen\.sh', 'is what builds and tests'),
    (r'\S*make ', 'builds or measures'),
    (r'git ', 'takes a repository'),
    (r'(apt|apt-get|dpkg|dpkg-\w+|lintian) ', 'takes packages'),
    (r'(systemctl|loginctl|journalctl|systemd-\w+) ', 'takes a systemd'),
    (r'(podman|docker|nft|postconf|crontab|gpg|curl|unzip) ', 'is about another program'),
    (r'nudged( -c \S+)?( --foreground)?( &)?$', 'runs until it is ended'),
    (r'nudge init', 'is a dialogue, led where it is shown by check_dialogue()'),
    (r'nudge send', 'takes a running service'),
    (r'nudge doctor', 'finds no systemd here'),
)
CONFIGURATION = '''\
smtp: {{ url = "smtp://127.0.0.1:{port}"; from = "nudged <anna@example.org>"; }};
digests: ( {{ name = "morning"; to = [ "anna@example.org" ]; cadence = "Mon..Fri 07:00";
  timezone = "Europe/Berlin"; language = "{language}"; }} );
'''
DIGESTS = 'digests: ( { name = "morning"; to = [ "anna@example.org" ]; } );\n'
SMTP = 'smtp: { url = "smtp://mail.example.org"; from = "n@example.org"; };\n'


def top():
    return pathlib.Path(tap.source_path('.')).resolve()


def pages():
    return sorted(top().glob('*.md')) + sorted((top() / 'doc').glob('*.md'))


class Problems(list):
    """What is wrong with a page, said with its line."""

    def __init__(self, path):
        super().__init__()
        self.name = os.path.relpath(path, top())

    def add(self, line, text):
        self.append(f'{self.name}:{line}: {text}')


# --- links ---

def anchors_of(path):
    return markdown.Page(path.read_text(encoding='utf-8')).anchors


def is_url(target):
    parts = urllib.parse.urlsplit(target)
    return parts.scheme in ('http', 'https') and '.' in (parts.hostname or '')


def check_links(path, problems):
    page = markdown.Page(path.read_text(encoding='utf-8'))
    for line, target in page.links:
        if '://' in target:
            if not is_url(target):
                problems.add(line, f'{target} is no address of a page')
            continue
        if target.startswith('mailto:'):
            continue
        name, _, anchor = urllib.parse.unquote(target).partition('#')
        file = (path.parent / name).resolve() if name else path
        if not file.exists():
            problems.add(line, f'the link leads to {name}, which is not there')
        elif anchor and file.suffix == '.md' and anchor not in anchors_of(file):
            problems.add(line, f'{name or path.name} has no heading #{anchor}')


# --- verbs and options, of what is run and of what is only named ---

class Verbs:
    """What `nudge --help` and its like know; each is asked once."""

    def __init__(self):
        self.known = {}

    def help_of(self, program, *words):
        if (program, words) not in self.known:
            done = subprocess.run([tap.build_path(program), *words, '--help'], capture_output=True, text=True,
                                  timeout=SECONDS, env={**os.environ, 'LANGUAGE': '', 'LC_ALL': 'C.UTF-8'})
            self.known[program, words] = done.stdout if done.returncode == 0 else None
        return self.known[program, words]

    def complaint(self, words):
        """What is wrong with a command of ours, None if nothing."""
        program, verb, options = words[0], None, []
        for before, word in zip(words, words[1:]):
            if word in ('|', '||', '&&', '>', ';', '&', '#'):
                break
            if word.startswith('-') and word not in ('-', '--'):
                options.append(word.partition('=')[0])
            elif verb is None and program == 'nudge' and before not in ('-b', '-c', '--book', '--config', '--now'):
                verb = word
        text = self.help_of(program) or ''
        if verb and re.fullmatch('[a-z-]+', verb):
            more = self.help_of(program, verb)
            if more is None:
                return f'nudge has no verb {verb}'
            text += more + GLOBAL
        for option in options:
            if option not in ('--help', '--version') and not re.search(rf'(?<![\w-]){re.escape(option)}(?![\w-])',
                                                                       text + GLOBAL):
                return f'{program} {verb or ""} has no option {option}'.replace('  ', ' ')
        return None


GLOBAL = ' -c --config -b --book --json --now -v '
VERBS = Verbs()


def own_words(command):
    """The words of a command of nudge or nudged, without sudo and what a shell adds; or None."""
    try:
        words = shlex.split(command, comments=True)
    except ValueError:
        return None
    while words and (words[0] in ('sudo', '$', '#') or re.fullmatch(r'[A-Z_]+=\S*', words[0])):
        words.pop(0)
    if words and os.path.basename(words[0]) in ('nudge', 'nudged'):
        return [os.path.basename(words[0]), *words[1:]]
    return None


def check_words(path, problems):
    page = markdown.Page(path.read_text(encoding='utf-8'))
    said = list(page.code)
    for block in page.blocks:
        if block.language in ('sh', 'console'):
            said += [(line, command) for line, command, _ in markdown.commands(block)]
    for line, text in said:
        words = own_words(text)
        complaint = words and VERBS.complaint(words)
        if complaint:
            problems.add(line, complaint)


# --- what can be judged of a command that is not run ---

def make_targets():
    found = subprocess.run(['make', '-C', tap.build_path('.'), '-pnq'], capture_output=True, text=True,
                           timeout=SECONDS, check=False).stdout
    return set(re.findall(r'^([\w-]+):', found, re.MULTILINE))


def units():
    """The names under which systemd knows what we install."""
    names = {path.name.removesuffix('.in') for path in (top() / 'systemd').iterdir()}
    return {name.replace('-user.', '.') for name in names} | {'nudged@.service'}


def complaint_unrun(command):
    words = [word for word in shlex.split(command, comments=True) if word not in ('sudo', '#')]
    named = [word for word in words[1:] if not word.startswith('-') and '=' not in word and word != 'build']
    if os.path.basename(words[0]) in ('make', 'autogen.sh'):
        return next((f'there is no target {word}' for word in named if word not in make_targets()), None)
    if words[0] == 'systemctl':
        for word in named[1:]:
            unit = re.sub('@[^.]*', '@', word)
            if unit.startswith('nudged') and unit not in units() and f'{unit}.service' not in units():
                return f'there is no unit {word}'
    return None


# --- running ---

def same(shown, found):
    """Whether lines are those shown, where "..." stands for any."""
    if '...' not in shown:
        return shown == found
    at = shown.index('...')
    return shown[:at] == found[:at] and any(same(shown[at + 1:], found[i:]) for i in range(at, len(found) + 1))


def rows_of(lines):
    """Without blanks at the ends of lines and lines at the end that are empty."""
    return '\n'.join(line.rstrip() for line in lines).rstrip('\n').split('\n')


class Reader:
    """Somebody who types what a page says: a home, a clock, a mailbox, and few programs."""

    CONFIG = '.config/nudged/nudged.conf'

    def __init__(self, path):
        self.folder = tempfile.mkdtemp(prefix='nudged-docs-')
        self.home = os.path.join(self.folder, 'anna')
        self.german = path.name.endswith('.de.md')
        self.receiver = Receiver()

    def __enter__(self):
        self.receiver.__enter__()
        os.makedirs(os.path.join(self.home, '.config', 'nudged'), mode=0o700)
        self.configure()
        tools = os.path.join(self.folder, 'bin')
        os.mkdir(tools)
        for name in TOOLS:
            os.symlink(shutil.which(name), os.path.join(tools, name))
        for name in ('nudge', 'nudged'):
            with open(os.path.join(tools, name), 'w', encoding='utf-8') as file:
                file.write(f'#!/bin/sh\nexec {shlex.quote(tap.build_path(name))} --now {MONDAY} "$@"\n')
            os.chmod(file.name, 0o755)
        for name in ('doc/sample', 'Downloads'):
            shutil.copytree(top() / 'doc' / 'sample', os.path.join(self.home, name))
        return self

    def __exit__(self, *problem):
        self.receiver.__exit__(*problem)
        shutil.rmtree(self.folder, ignore_errors=True)

    def configure(self):
        self.write(self.CONFIG, CONFIGURATION.format(
            port=self.receiver.port, language='de' if self.german else 'en'))

    def unconfigure(self):
        os.remove(os.path.join(self.home, self.CONFIG))

    def write(self, name, text):
        path = os.path.join(self.home, name)
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text)
        os.chmod(path, 0o600)
        return path

    def environment(self):
        language = 'de_DE.UTF-8' if self.german else 'C.UTF-8'
        return {'HOME': self.home, 'PATH': os.path.join(self.folder, 'bin'), 'LANG': language, 'PAGER': 'cat',
                'TERM': 'dumb', 'USER': 'anna', 'TMPDIR': self.folder,
                'XDG_CONFIG_HOME': os.path.join(self.home, '.config'),
                'STATE_DIRECTORY': os.path.join(self.folder, 'state')}

    def run(self, text):
        """(status, output) of each command of a block's, in one shell."""
        script = ''.join(f'{command}\nprintf "{MARK}%s{MARK}" $?\n' for command in text)
        done = subprocess.run(['/bin/sh', '-c', script], cwd=self.home, env=self.environment(), text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              timeout=SECONDS, check=False)
        parts = done.stdout.replace(self.home, '/home/anna').split(MARK)
        return list(zip(map(int, parts[1::2]), parts[0::2]))


def reason_not_to_run(command):
    return next((reason for start, reason in NOT_HERE if re.match(start, command)), None)


def judge(problems, line, command, shown, status, output):
    if shown and rows_of(shown) != [''] and not same(rows_of(shown), rows_of(output.splitlines())):
        problems.add(line, f'{command} prints something else:\n{output.rstrip()}')
        return
    if status and not any(re.match('nudged?: ', row) for row in shown or ()):
        problems.add(line, f'{command} ends with {status}:\n{output}')


def check_commands(path, problems):
    page = markdown.Page(path.read_text(encoding='utf-8'))
    blocks = [markdown.commands(block) for block in page.blocks if block.language in ('sh', 'console')]
    begins = [rows for rows in blocks if any(command == 'nudge init' for _, command, _ in rows)]
    with Reader(path) as reader:
        if begins:
            reader.unconfigure()
        for rows in blocks:
            if begins and rows is begins[0]:
                reader.configure()
            for line, command, _ in rows:
                complaint = reason_not_to_run(command) and complaint_unrun(command)
                if complaint:
                    problems.add(line, complaint)
            rows = [row for row in rows if not reason_not_to_run(row[1])]
            results = reader.run([command for _, command, _ in rows])
            for (line, command, shown), (status, output) in zip(rows, results):
                judge(problems, line, command, shown, status, output)


# --- the dialogue of nudge init ---

class Newcomer(Reader):
    """A reader without a configuration, with a login at a mail server, and a systemd that says yes to everything."""

    def __init__(self, path):
        super().__init__(path)
        self.receiver = Receiver(users={'anna@example.org': 'secret'})

    def __enter__(self):
        super().__enter__()
        self.unconfigure()
        for name in ('systemctl', 'loginctl'):
            path = os.path.join(self.folder, 'bin', name)
            with open(path, 'w', encoding='utf-8') as file:
                file.write('#!/bin/sh\ncase " $* " in *" is-active "*|*" is-failed "*) exit 3;; esac\n')
            os.chmod(path, 0o755)
        return self


def answers_in(shown):
    """(question, answer) of each line that asks, up to the last question that Enter answers with yes."""
    last = max(number for number, row in enumerate(shown) if re.search(r'\[[YJ]/n\]$', row))
    found = [re.match(r'([^[]*?(?:\[[^]]*\])?):(?: (.*))?$|(.*\[[YJ]/n\])$', row) for row in shown[:last + 1]]
    return [(row[3] or row[1] + ': ', row[2] or '') for row in found if row]


def check_dialogue(path, problems):
    """What a page shows of `nudge init` is what is asked and said, at a mail server on loopback."""
    for block in markdown.Page(path.read_text(encoding='utf-8')).blocks:
        for line, command, shown in markdown.commands(block) if block.language == 'console' else ():
            if command != 'nudge init' or not shown or LINGERS:
                continue
            with Newcomer(path) as reader:
                server, words = f'smtp://127.0.0.1:{reader.receiver.port}', [tap.build_path('nudge'), '--now', MONDAY]
                with Dialogue([*words, 'init', '--timezone', 'Europe/Berlin'], reader.environment(), 'secret') as typed:
                    for question, answer in answers_in(shown):
                        special = {'smtp:': server, 'Pass': 'secret'}
                        typed.answer((question, next((text for part, text in special.items()
                                                      if part in question), answer)))
                    text = typed.ends()
                rows = rows_of(text.replace(f' {server}', '').splitlines())
            if not same(rows_of(shown), rows):
                problems.add(line, 'nudge init says something else:\n' + '\n'.join(rows))


# --- configurations ---

def check_configurations(path, problems):
    """Blocks of "conf": whole ones, and parts that are completed here."""
    with Reader(path) as reader:
        reader.write('.config/nudged/smtp-password', 'secret\n')
        for block in markdown.Page(path.read_text(encoding='utf-8')).blocks:
            if block.language != 'conf':
                continue
            text = '\n'.join(block.lines) + '\n'
            text += ('' if 'smtp:' in text else SMTP) + ('' if 'digests:' in text else DIGESTS)
            file = reader.write('.config/nudged/page.conf', text)
            done = subprocess.run([tap.build_path('nudged'), '--check-config', '-c', file], capture_output=True,
                                  text=True, env=reader.environment(), timeout=SECONDS)
            if done.returncode:
                problems.add(block.line, done.stderr.strip())


CHECKS = (check_links, check_words, check_commands, check_dialogue, check_configurations)


def judged(path):
    problems = Problems(path)
    for check in CHECKS:
        check(path, problems)
    return problems


def test_of(path):
    def test():
        problems = judged(path)
        tap.check(not problems, '\n'.join(problems))

    test.__name__ = os.path.relpath(path, top())
    return test


# --- the test itself ---

GOOD = '''# A page
See [below](#a-part), [the source](page.md) and <https://example.org/>. `nudge add --email` is for people.
## A part
```sh
# a comment
nudge add Anna Schmidt \\
  --city Kiel
sudo make -C build check
systemctl enable --now nudged@anna
```
```console
$ nudge list
#1     Anna Schmidt                                       Kiel
...
$ nudge show Zora
nudge: nobody in the book is called "Zora"; see `nudge list`
```
```conf
smtp: { url = "smtp://mail.example.org"; from = "n@example.org"; };
```
'''
# (in place of what, what, what is said of it)
WRONG = (
    ('(page.md)', '(pages.md)', ':2: the link leads to pages.md'),
    ('#a-part)', '#apart)', ':2: page.md has no heading #apart'),
    ('https://example.org/', 'https://example', 'is no address'),
    ('`nudge add --email`', '`nudge ad --email`', ':2: nudge has no verb ad'),
    ('`nudge add --email`', '`nudge add --mail`', ':2: nudge add has no option --mail'),
    ('nudge add Anna', 'nudge ad Anna', ':6: nudge has no verb ad'),
    ('--city Kiel', '--town Kiel', ':6: nudge add has no option --town'),
    ('nudge add Anna', 'sudo nudge ad Anna', ':6: nudge has no verb ad'),
    ('build check', 'build chek', ':8: there is no target chek'),
    ('nudged@anna', 'nudgedd', ':9: there is no unit nudgedd'),
    ('# a comment', 'ping example.org', ':5: ping example.org ends with 127'),
    ('$ nudge list', '$ nudge list --city Ulm', 'prints something else'),
    ('$ nudge show Zora', '$ nudge show Anna', 'prints something else'),
    ('url =', 'uri =', 'uri'),
)


def a_page_that_holds_is_not_complained_of_and_each_mistake_is():
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, 'page.md')
        path.write_text(GOOD, encoding='utf-8')
        tap.equal(list(judged(path)), [], 'complaints of a page that holds')
        for old, new, said in WRONG:
            tap.check(old in GOOD, f'{old!r} is not in the page')
            path.write_text(GOOD.replace(old, new), encoding='utf-8')
            tap.contains('\n'.join(judged(path)), said, f'what is said of {new!r}')


def a_dialogue_that_goes_otherwise_is_complained_of():
    page = (top() / 'doc' / 'GETTING-STARTED.md').read_text(encoding='utf-8')
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, 'page.md')
        path.write_text(page.replace('Look into the mailbox.', 'Look out.'), encoding='utf-8')
        problems = Problems(path)
        check_dialogue(path, problems)
        tap.check(LINGERS or 'nudge init says something else' in '\n'.join(problems), f'what is said: {problems}')


def the_pictures_show_the_digest_of_today():
    """What they were drawn of is kept in them."""
    for language in ('en', 'de'):
        with tempfile.TemporaryDirectory() as folder, Story(tap.build_path('.'), folder, language) as story:
            text = text_of(story.digest())
        for name in (name for known, _, name in PICTURES if known == language):
            said = png.description((top() / 'doc' / name).read_bytes())
            tap.equal(said, text, f'what doc/{name} shows, which `make picture` draws anew')


tap.run(a_page_that_holds_is_not_complained_of_and_each_mistake_is, a_dialogue_that_goes_otherwise_is_complained_of,
        the_pictures_show_the_digest_of_today, *[test_of(path) for path in pages()])
