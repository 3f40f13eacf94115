# SPDX-License-Identifier: MIT
"""The version stands in configure.ac; all else is told it from there, or agrees."""

import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import tap  # noqa: E402

# What tells its readers of a version, and so names it.
TELL = ('configure.ac', 'NEWS', 'debian/changelog')
ROOMS = ('completions', 'daemon', 'debian', 'doc', 'etc', 'man', 'po', 'scripts', 'systemd')


def read(name):
    with open(tap.source_path(name), encoding='utf-8', errors='replace') as file:
        return file.read()


def version():
    return re.search(r'^AC_INIT\(\[nudged\], \[(\d+\.\d+\.\d+)\]', read('configure.ac'), re.MULTILINE)[1]


def programs_tell_it():
    for program in ('nudge', 'nudged', 'nudged-send'):
        said = subprocess.run([tap.build_path(program), '--version'], capture_output=True, encoding='utf-8',
                              check=True).stdout
        tap.equal(said.split()[:2], [program, version()], f'what {program} --version says')


def the_news_begin_with_it():
    """Or with what comes next, and then it."""
    headings = [line for line in read('NEWS').splitlines() if line.startswith('nudged')]
    if headings[0] == 'nudged, next release':
        headings.pop(0)
    tap.check(re.fullmatch(rf'nudged {re.escape(version())}( \(\d{{4}}-\d\d-\d\d\))?', headings[0]),
              f'NEWS begins with {headings[0]!r}')


def the_package_has_it():
    if not os.path.exists(tap.source_path('debian/changelog')):
        raise tap.Skipped('a tarball has no debian/')
    found = re.match(r'nudged \(([^)-]+)-\d+\)', read('debian/changelog'))
    tap.check(found, 'debian/changelog has no heading')
    tap.equal(found[1], version(), 'the version in debian/changelog')


def nothing_else_names_it():
    pattern = re.compile(rf'(?<![\d.]){re.escape(version())}(?![\d.])')
    names = ['README.md', 'Makefile.am', 'autogen.sh', 'Containerfile']
    for room in ROOMS:
        for folder, _, inside in os.walk(tap.source_path(room)):
            names += [os.path.relpath(os.path.join(folder, name), tap.source_path('.')) for name in inside
                      if not name.endswith(('.o', '.png', '.a', '~'))]
    found = [name for name in names if name not in TELL and os.path.exists(tap.source_path(name))
             and pattern.search(read(name))]
    tap.equal(found, [], 'files that name the version')


tap.run(programs_tell_it, the_news_begin_with_it, the_package_has_it, nothing_else_names_it)
