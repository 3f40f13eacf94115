# SPDX-License-Identifier: MIT
"""post-tool as a process that a test drives: it posts mails, confirms them and hears their ends."""

import collections
import os
import queue
import subprocess
import threading

import tap

PROGRAM = tap.build_path('nudged-send')
TOOL = tap.build_path('tests/lib/post-tool')
SECONDS = 30  # after which a test is a failure

Settled = collections.namedtuple('Settled', 'number outcome cause code text')


class Tool:
    """Options are post-tool's, with _ for -; True is an option without argument."""

    def __init__(self, *, env=None, **options):
        options.setdefault('program', PROGRAM)
        options.setdefault('stdin', True)
        options.setdefault('count', 0)
        argv = [TOOL]
        for name, value in options.items():
            argv.append('--' + name.replace('_', '-'))
            if value is not True:
                argv.append(str(value))
        self.output = []  # every line that came
        self.events = queue.Queue()
        self.process = subprocess.Popen(
            argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            encoding='utf-8', errors='replace', env={**os.environ, **(env or {})})
        self.threads = [threading.Thread(target=self.read, args=(stream,), daemon=True)
                        for stream in (self.process.stdout, self.process.stderr)]
        for thread in self.threads:
            thread.start()

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        try:
            self.tell('quit')
            self.process.wait(SECONDS)
        except (OSError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()
        for thread in self.threads:
            thread.join(SECONDS)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            try:
                stream.close()
            except BrokenPipeError:
                pass
        if not kind:
            problems = [line for line in self.output if 'Sanitizer' in line]
            tap.check(not problems, '\n'.join(problems))

    def read(self, stream):
        for line in stream:
            self.output.append(line.rstrip('\n'))
            if line.startswith(('ready ', 'settled ', 'error ')):
                self.events.put(line.rstrip('\n'))

    def tell(self, *words):
        self.process.stdin.write(' '.join(str(word) for word in words) + '\n')
        self.process.stdin.flush()

    def post(self, *numbers):
        for number in numbers:
            self.tell('post', number)

    def probe(self, number):
        self.tell('probe', number)
        return self.settled()

    def confirm(self, number):
        self.tell('confirm', number)

    def event(self):
        try:
            return self.events.get(timeout=SECONDS)
        except queue.Empty:
            raise tap.Failed('nothing came of it; so far: ' + ' / '.join(self.output)) from None

    def ready(self):
        """The number of the mail that waits for its dot; what comes before is a failure."""
        line = self.event()
        tap.check(line.startswith('ready '), f'expected ready, found {line!r}')
        return int(line.split()[1])

    def settled(self):
        """The next mail's end; `ready` before it is passed over."""
        line = self.event()
        while line.startswith('ready '):
            line = self.event()
        tap.check(line.startswith('settled '), f'expected settled, found {line!r}')
        _, number, outcome, cause, code, text = line.split(' ', 5)
        return Settled(int(number), outcome, cause, int(code), text)

    def send(self, *numbers):
        """Posts them and returns their ends in the order of the numbers."""
        self.post(*numbers)
        return sorted(self.settled() for _ in numbers)

    def sender_pid(self):
        """Of the nudged-send that runs for this tool, or None."""
        for name in os.listdir('/proc'):
            try:
                with open(f'/proc/{name}/stat', encoding='ascii', errors='replace') as file:
                    fields = file.read().rpartition(')')[2].split()
            except OSError:
                continue
            if int(fields[1]) == self.process.pid and fields[0] != 'Z':
                return int(name)
        return None
