# SPDX-License-Identifier: MIT
"""Completion in bash, zsh and fish as somebody types: keys go to the real shell, and what `nudge` is called with in the
end is what is looked at. In the shell's folders lies what `make install` puts there."""

import os
import pty
import select
import shutil
import signal
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import programs  # noqa: E402
import tap  # noqa: E402

SECONDS = 30
JOE = 'Jörg "Joe" O\'Brien & Co. $x'
# What stands in for both programs: completes by the real one, and notes down what else it is called with.
STAND_IN = '''#!/bin/sh
[ "${{0##*/}} $1" = 'nudge complete' ] && exec {nudge} "$@"
printf '%s\\0' "$@" >{called}.new
mv {called}.new {called}
'''
# Keys, and the words that nudge gets. A name that has blanks, umlauts and all quotes at once is one word.
KEYS = [
    ('nudge sho\tAnn\t\n', ['show', 'Anna Schmidt']),
    ('nudge show jö\t\n', ['show', JOE]),
    ('nudge show "Jö\t\n', ['show', JOE]),
    ("nudge show 'J\t\n", ['show', JOE]),
    ('nudge show Anna\\ S\t\n', ['show', 'Anna Schmidt']),
    ('nudge show Anna S\t\n', ['show', 'Anna', 'Schmidt']),
    ('nudge show anna@e\t\n', ['show', 'anna@example.org']),
    ('nudge -b wo\tshow O\t\n', ['-b', 'work', 'show', 'Olga Other']),
    ('nudge list --ta\tFreu\t\n', ['list', '--tag', 'Freunde']),
    ('nudge list --tag=F\t\n', ['list', '--tag=Freunde']),
    ('nudge done f1\t\n', ['done', 'f1']),
    ('nudge forum h\t\n', ['forum', 'HR group']),
    ('nudge replied H\t--to An\t\n', ['replied', 'HR group', '--to', 'Anna Schmidt']),
    ('nudge coffee An\tinv\t\n', ['coffee', 'Anna Schmidt', 'invited']),
    ('nudge preview mo\t\n', ['preview', 'morning']),
    ("nudge show '#2\t\n", ['show', '#2']),
    ('nudge list --city Bo\t\n', ['list', '--city', 'Bonn']),
    ('nudge import ./conta\t\n', ['import', './contacts.vcf']),
    ('nudge export --format vc\t3\t\n', ['export', '--format', 'vcard3']),
    ('nudged --che\t\n', ['--check-config']),
    ('nudged --once -c conta\t\n', ['--once', '-c', 'contacts.vcf']),
]
# Two people: both are shown, and what was typed stays as it is. fish takes the first.
SEVERAL = 'nudge show Schmi\tx\n'


class Shell:
    """One of them on a terminal of its own."""

    def __init__(self, home, argv, setup, env):
        self.home, self.output = home, b''
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.chdir(home.folder)
            os.execvpe(argv[0], argv, {**home.env, **env})
        self.type(setup + 'echo rea""dy\n')
        self.wait(lambda: b'ready\r' in self.output, 'a prompt')

    def type(self, keys):
        os.write(self.terminal, keys.encode())

    def wait(self, condition, what):
        end = time.monotonic() + SECONDS
        while not condition():
            tap.check(time.monotonic() < end, f'no {what}: {self.output!r}')
            if select.select([self.terminal], [], [], 0.05)[0]:
                self.output += os.read(self.terminal, 65536)

    def called(self, keys):
        """What nudge is called with behind these keys."""
        called = self.home.path('called')
        self.output = b''
        self.type(keys)
        self.wait(lambda: os.path.exists(called), f'call by {keys!r}')
        with open(called, encoding='utf-8') as file:
            words = file.read().split('\0')[:-1]
        os.unlink(called)
        return words

    def end(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.terminal)


def fill(home):
    home.configure(digests=[{'name': 'morning'}, {'name': 'evening'}])
    home.nudge('add', 'Anna Schmidt', '--email', 'anna@example.org', '--tag', 'Freunde')
    home.nudge('add', 'Ben Schmitz', '--city', 'Bonn')
    home.nudge('add', JOE)
    home.nudge('forum', 'HR group', '--goal', '3/week')
    home.nudge('follow-up', 'Ben', 'send the slides', '--on', 'today')
    home.nudge('book', 'work', '--create')
    home.nudge('-b', 'work', 'add', 'Olga Other')
    home.write('contacts.vcf', '')
    os.mkdir(home.path('bin'))
    for name in ('nudge', 'nudged'):
        home.write(f'bin/{name}', STAND_IN.format(nudge=f"'{programs.NUDGE}'",
                                                  called=f"'{home.path('called')}'"), 0o755)


def installed(home):
    """The data folder below which `make install` has put the completions."""
    result = subprocess.run(
        ['make', '-s', '-C', tap.build_path('.'), f'DESTDIR={home.path("root")}', 'prefix=/usr', 'datadir=/usr/share',
         'install-dist_bashcompletionDATA', 'install-dist_zshcompletionDATA', 'install-dist_fishcompletionDATA'],
        capture_output=True, encoding='utf-8', check=False, env={**os.environ, 'MAKEFLAGS': ''})
    tap.equal(result.returncode, 0, f'make install: {result.stderr}')
    return home.path('root', 'usr', 'share')


def complete_in(name, argv, setup):
    if not shutil.which(name):
        raise tap.Skipped(f'{name} is missing: install it')
    with programs.Home() as home:
        fill(home)
        share = installed(home)
        shell = Shell(home, argv, setup.format(share=share), {
            'PATH': f'{home.path("bin")}:{os.environ["PATH"]}', 'XDG_DATA_DIRS': f'{share}:/usr/share', 'TERM': 'xterm',
            'PS1': '> ', 'ZDOTDIR': home.folder})
        try:
            for keys, words in KEYS:
                tap.equal(shell.called(keys), words, f'{keys!r} in {name}')
            return shell.called(SEVERAL)
        finally:
            shell.end()


def bash_completes():
    loader = '/usr/share/bash-completion/bash_completion'
    if not os.path.exists(loader):
        raise tap.Skipped('bash-completion is missing: install it')
    # Loaded by itself at the first TAB behind nudge.
    words = complete_in('bash', ['bash', '--norc', '--noprofile', '-i'], f". '{loader}'\n")
    tap.equal(words, ['show', 'Schmix'], 'several people in bash')


def bash_completes_without_its_helpers():
    words = complete_in('bash', ['bash', '--norc', '--noprofile', '-i'],
                        ". '{share}/bash-completion/completions/nudge'\n"
                        ". '{share}/bash-completion/completions/nudged'\n")
    tap.equal(words, ['show', 'Schmix'], 'several people in bash')


def zsh_completes():
    words = complete_in('zsh', ['zsh', '-f', '-i'],
                        "fpath=('{share}/zsh/site-functions' $fpath); autoload -Uz compinit; compinit -u -D\n")
    tap.equal(words, ['show', 'Schmix'], 'several people in zsh')


def fish_completes():
    words = complete_in('fish', ['fish', '-i'], '')
    tap.equal(words[0], 'show', 'several people in fish')


def ask(home, *arguments):
    """The answer of `nudge complete`: it always has one, and never a complaint."""
    result = home.run('complete', *arguments)
    tap.equal((result.returncode, result.stderr), (0, ''), f'nudge complete {arguments}')
    return result.stdout.splitlines()


def nothing_is_ever_complained_of():
    with programs.Home() as home:
        tap.equal(ask(home, 'zsh', 'show', 'A'), ['candidates'], 'without a configuration')
        tap.check(not os.path.exists(home.path('data')), 'a book was made')
        home.write('nudged.conf', 'nonsense')
        tap.equal(ask(home, 'zsh', 'show', 'A'), ['candidates'], 'with nonsense for a configuration')
        home.configure()
        tap.equal(ask(home, 'zsh', 'coffee', 'A', 'inv'), ['candidates', 'invited'], 'without a book')
        home.nudge('add', 'Anna')
        tap.equal(ask(home, 'zsh', 'show', 'A'), ['candidates', 'Anna'], 'with one')
        with open(home.database, 'r+b') as file:
            file.write(b'no database at all')
        tap.equal(ask(home, 'zsh', 'show', 'A'), ['candidates'], 'with a damaged one')
        for words in [(), ('bash',), ('bash', 'x'), ('bash', ' ', '9', ''), ('zsh',), ('fish', '--nonsense', ''),
                      ('bash', ' \n', '9', 'nudge "' + 'x ' * 40000)]:
            ask(home, *words)
        tap.contains(home.nudge('complete', '--help'), 'bash, zsh', 'the help')
        tap.check('complete' not in home.nudge('--help'), 'people are not told of it')


def what_is_locked_is_not_waited_for():
    with programs.Home() as home:
        home.configure()
        home.nudge('add', 'Anna')
        with subprocess.Popen([sys.executable, '-c', 'import sqlite3, sys\n'
                               f'd = sqlite3.connect({home.database!r}, isolation_level=None)\n'
                               'd.execute("BEGIN EXCLUSIVE")\nprint("locked", flush=True)\nsys.stdin.read()'],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
            tap.equal(holder.stdout.readline(), b'locked\n', 'the lock')
            tap.equal(ask(home, 'zsh', 'show', 'A'), ['candidates'], 'while it is locked')
            holder.communicate()
        tap.equal(ask(home, 'zsh', 'show', 'A'), ['candidates', 'Anna'], 'afterwards')


def lists_tell_candidates_apart():
    with programs.Home() as home:
        fill(home)
        line = 'nudge done f'
        home.nudge('follow-up', 'Anna', 'call', '--on', 'tomorrow')
        tap.equal(ask(home, 'bash', ' ', '63', line), ['candidates', 'f1  (Ben Schmitz, send the slides)',
                                                       'f2  (Anna Schmidt, call)'], 'a list in bash')
        tap.equal(ask(home, 'bash', ' ', '9', line), ['candidates', 'f1', 'f2'], 'what bash puts in')
        tap.equal(ask(home, 'zsh', 'done', 'f1'), ['candidates', 'f1\tBen Schmitz, send the slides'], 'in zsh')


if shutil.which('make') is None:
    tap.skip_all('make is missing')
tap.run(bash_completes, bash_completes_without_its_helpers, zsh_completes, fish_completes,
        nothing_is_ever_complained_of, what_is_locked_is_not_waited_for, lists_tell_candidates_apart)
