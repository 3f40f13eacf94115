# SPDX-License-Identifier: MIT
"""A digest under valgrind: the service from its start to the mail that is sent, a second one that takes the
next slot, and the commands that fill and read the book. The sender is caged, which valgrind is not made for:
AddressSanitizer looks after it."""

import os
import shlex
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import tap  # noqa: E402
from programs import NUDGE, NUDGED, Home  # noqa: E402
from smtpd import Receiver  # noqa: E402

VALGRIND = shlex.split(os.environ['VALGRIND'])
EVE = '2026-11-22T12:00:00+01:00'
SLOT = '2026-11-23T07:00:00+01:00'


def run(home, program, *arguments):
    result = subprocess.run([*VALGRIND, program, *arguments], env=home.env, capture_output=True,
                            encoding='utf-8', stdin=subprocess.DEVNULL, timeout=300)
    tap.equal(result.returncode, 0, f'{program} {arguments}: {result.stderr}')
    return result


def a_digest_without_a_leak():
    with Receiver() as server, Home() as home:
        home.configure(port=server.port)
        for words in (['add', 'Anna', '--birthday', '23.11.1984', '--seeks', 'a designer', '--every', '6w'],
                      ['add', 'Ben', '--offers', 'design', '--email', 'ben@example.org'],
                      ['follow-up', 'Ben', 'send the slides', '--on', '2026-11-23'], ['agenda'],
                      ['preview', '--html'], ['show', 'Anna', '--all'], ['list'], ['status', '--history']):
            run(home, NUDGE, '--now', EVE, *words)
        run(home, NUDGED, '--once', '--now', EVE)
        run(home, NUDGED, '--once', '--now', SLOT)
        tap.equal(len(server.messages), 2, 'messages')


tap.run(a_digest_without_a_leak)
