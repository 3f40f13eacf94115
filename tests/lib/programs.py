# SPDX-License-Identifier: MIT
"""nudge and nudged as a person and systemd run them: in a home of their own, on a clock they are given.

    with Home() as home:
        home.configure(port=server.port)
        home.nudge('add', 'Anna', '--birthday', '12.3.')
        with home.service(now='2026-11-23T06:59:59+01:00') as service:
            ...
"""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time

import tap

NUDGE = tap.build_path('nudge')
NUDGED = tap.build_path('nudged')
SECONDS = 30  # after which a test is a failure
DIGEST = '''{{ name = "{name}"; to = [ {to} ]; cadence = "{cadence}"; timezone = "Europe/Berlin";
  language = "en"; {more} }}'''


def wait_for(condition, what, seconds=SECONDS):
    """Waits for what no event tells of: looks again and again, fails at the end."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.01)
    raise tap.Failed(f'{what}: not within {seconds} seconds')


class Home:
    """A folder that is $HOME, with a configuration and a database."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix='nudged test ')  # with a space: it must not matter
        self.env = {key: value for key, value in os.environ.items()
                    if not key.startswith(('NUDGED_', 'XDG_', 'LC_', 'LANG'))
                    and key not in ('JOURNAL_STREAM', 'NOTIFY_SOCKET', 'VISUAL', 'EDITOR')}
        self.env.update(HOME=self.folder, XDG_RUNTIME_DIR='',  # nor is one found: no manager is to be asked
                        XDG_CONFIG_HOME=self.path('config'),
                        XDG_DATA_HOME=self.path('data'), LANG='C.UTF-8', TMPDIR=self.folder,
                        STATE_DIRECTORY=self.path('data', 'nudged'),  # where root keeps it
                        NUDGED_CONFIG=self.path('nudged.conf'))
        self.now = None  # ISO 8601, for each run
        self.within = []  # a command that runs each program in a place of its own
        self.services = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for service in self.services:
            service.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def write(self, name, text, mode=0o600):
        with open(self.path(name), 'w', encoding='utf-8', newline='') as file:
            file.write(text)
        os.chmod(self.path(name), mode)
        return self.path(name)

    def read(self, name):
        with open(self.path(name), encoding='utf-8') as file:
            return file.read()

    # --- configuration ---

    def configure(self, *, port=25, smtp='', digests=None, url=None):
        """`digests`: settings of each beside what DIGEST has; one by default, [] is none."""
        groups = []
        for number, digest in enumerate([{}] if digests is None else digests):
            settings = {'name': f'd{number or ""}', 'to': '"anna@example.org"',
                        'cadence': '*-*-* 07:00', 'more': 'lead_days = 0;', **digest}
            groups.append(DIGEST.format(**settings))
        self.write('nudged.conf', 'database = "data/n.db";\nsmtp: {\n'
                   f'  url = "{url or f"smtp://127.0.0.1:{port}"}";\n'
                   f'  from = "nudged <nudged@example.org>";\n  {smtp}\n}};\n'
                   f'digests: ( {", ".join(groups)} );\n')

    @property
    def database(self):
        return self.path('data', 'n.db')

    # --- nudge ---

    def run(self, *arguments, stdin='', env=None, program=NUDGE):
        argv = [*self.within, program, *(['--now', self.now] if self.now else []), *arguments]
        return subprocess.run(argv, input=stdin, capture_output=True, env={**self.env, **(env or {})},
                              timeout=SECONDS, encoding='utf-8',
                              cwd=tap.build_path('tests/lib') if 'LD_PRELOAD' in (env or {}) else None)

    def nudge(self, *arguments, status=0, **options):
        """Runs it, checks the exit status, returns what it printed to both outputs."""
        result = self.run(*arguments, **options)
        text = result.stdout + result.stderr
        tap.equal(result.returncode, status, f'the status of nudge {arguments}: {text}')
        tap.check('Sanitizer' not in text, text)
        if status:
            tap.check(result.stderr.strip(), f'nudge {arguments} fails without a word')
        return text

    def json(self, *arguments, status=0):
        result = self.run('--json', *arguments)
        tap.equal(result.returncode, status, f'the status of nudge --json {arguments}: {result.stderr}')
        return json.loads(result.stdout)

    def outbox(self):
        """Deliveries by state, those of which there are none left out."""
        return {state: n for state, n in self.json('status')['outbox'].items() if n}

    # --- nudged ---

    def once(self, now, status=0):
        result = subprocess.run([*self.within, NUDGED, '--once', '--now', now], capture_output=True,
                                env=self.env, timeout=SECONDS, encoding='utf-8')
        tap.equal(result.returncode, status, f'the status of nudged --once: {result.stderr}')
        return result.stderr

    def service(self, now, *arguments, **options):
        service = Service(self, now, arguments, **options)
        self.services.append(service)
        return service


class Service:
    """A running nudged."""

    def __init__(self, home, now, arguments=(), umask=0o022, env=None):
        """`env`: more of it; a library to be loaded before is found in tests/lib."""
        self.home = home
        self.lines = []
        self.changed = threading.Condition()
        self.process = subprocess.Popen(
            [*home.within, NUDGED, '--now', now, *arguments], stderr=subprocess.PIPE, env={**home.env, **(env or {})},
            umask=umask, encoding='utf-8', cwd=tap.build_path('tests/lib') if env else None)
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()

    def read(self):
        for line in self.process.stderr:
            with self.changed:
                self.lines.append(line.rstrip('\n'))
                self.changed.notify_all()

    def log(self):
        with self.changed:
            return '\n'.join(self.lines)

    def says(self, part, times=1):
        """Waits until so many lines hold `part`."""
        with self.changed:
            found = self.changed.wait_for(
                lambda: sum(part in line for line in self.lines) >= times, SECONDS)
        tap.check(found, f'the service does not say {part!r}: {self.log()}')

    def runs(self):
        """Waits until it has the database, and so also answers signals."""
        def running():
            tap.check(self.process.poll() is None, f'the service ended: {self.log()}')
            return self.home.json('status')['running']

        wait_for(running, 'the service runs')

    def sleeps(self):
        """Waits until it waits for something itself: what it was at is done."""
        def state():
            with open(f'/proc/{self.process.pid}/stat', encoding='utf-8', errors='replace') as file:
                return file.read().rsplit(')', 1)[1].split()[0]

        wait_for(lambda: state() == 'S', 'the service sleeps')

    def signal(self, number):
        self.process.send_signal(number)

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
        return self.wait()

    def end(self):
        """As systemd ends it; returns the exit status."""
        self.signal(signal.SIGTERM)
        return self.wait()

    def wait(self):
        status = self.process.wait(SECONDS)
        self.reader.join(SECONDS)
        if not self.process.stderr.closed:
            self.process.stderr.close()
        tap.check('Sanitizer' not in self.log(), self.log())
        return status
