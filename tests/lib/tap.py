# SPDX-License-Identifier: MIT
"""TAP (Test Anything Protocol) for tests in Python.

A test is a function; run() calls each and prints a point for it. Checks raise Failed at once;
what else is raised fails the point too, with its traceback as diagnostics.
"""

import os
import sys
import traceback


class Failed(Exception):
    """A check that did not hold."""


class Skipped(Exception):
    """A test that cannot be made here; its text says why."""


def check(condition, what):
    if not condition:
        raise Failed(what)


def equal(found, expected, what):
    if found != expected:
        raise Failed(f'{what}: found {found!r}, expected {expected!r}')


def contains(text, part, what):
    if part not in text:
        raise Failed(f'{what}: {part!r} is not in {text!r}')


def diagnose(text):
    for line in str(text).splitlines():
        print('#', line, flush=True)


def skip_all(reason):
    """Ends the program: none of its tests can be made here."""
    print(f'1..0 # SKIP {reason}')
    sys.exit(0)


def run(*tests):
    """Prints TAP and ends the program."""
    bad = 0
    print(f'1..{len(tests)}', flush=True)
    for number, test in enumerate(tests, 1):
        name = test.__name__.replace('_', ' ')
        try:
            test()
            print(f'ok {number} - {name}', flush=True)
        except Skipped as reason:
            print(f'ok {number} - {name} # SKIP {reason}', flush=True)
        except Exception as problem:
            bad += 1
            diagnose(problem if isinstance(problem, Failed) else traceback.format_exc())
            print(f'not ok {number} - {name}', flush=True)
    sys.exit(1 if bad else 0)


def source_path(name):
    """A file of the source tree."""
    here = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    return os.path.join(os.environ.get('TOP_SRCDIR', here), name)


def build_path(name):
    """A file of the build tree."""
    return os.path.join(os.environ.get('TOP_BUILDDIR', os.getcwd()), name)
