# SPDX-License-Identifier: MIT
"""scripts/release, tried on a clone of what is committed: what it refuses, a dry run, and a release."""

import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import tap  # noqa: E402

VERSION = '999.1.0'
WORD = 'A word on what is new.'
# In the place of what takes hours: notes that it was called.
AUTOGEN = '''#!/bin/sh
echo "$1 ${CC:-cc}" >>"$TMPDIR/calls"
mkdir -p "${BUILD:-build}" && cp stub.mk "${BUILD:-build}/Makefile" && touch "${BUILD:-build}/config.status"
'''
STUB = f'''check-long fuzz:
	echo $@ $(FUZZ_SECONDS) >>"$(TMPDIR)/calls"
	test "$(FUZZ_SECONDS)" != 13
dist:
	echo all >nudged-{VERSION}.tar.xz
'''
CALLS = ['check cc', 'check-package cc', 'check clang', 'check-long', 'fuzz 7']


def run(*command, status=0):
    env = {key: value for key, value in os.environ.items() if not key.startswith(('MAKE', 'GIT_', 'MFLAGS'))}
    result = subprocess.run(command, cwd=CLONE, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, encoding='utf-8', check=False,
                            env={**env, 'TMPDIR': FOLDER, 'GIT_CONFIG_GLOBAL': '/dev/null'})
    tap.equal(result.returncode, status, f'the status of {command}: {result.stdout}')
    return result.stdout


def git(*arguments):
    return run('git', *arguments).strip()


def release(*arguments, status=0):
    return run('scripts/release', *arguments, status=status)


def read(name, commit='HEAD'):
    return git('show', f'{commit}:{name}')


def write(name, text):
    with open(os.path.join(CLONE, name), 'w', encoding='utf-8') as file:
        file.write(text)


def state():
    return git('log', '--all', '--format=%H %D'), git('status', '--porcelain')


def clone():
    """With a user of its own, and something to tell in NEWS."""
    subprocess.run(['git', 'clone', '-q', tap.source_path('.'), CLONE], check=True)
    git('checkout', '-q', '-B', 'main')
    git('config', 'user.name', 'Tester')
    git('config', 'user.email', 'tester@example.org')
    told = read('NEWS') + '\n'
    write('NEWS', f'nudged, next release\n  {WORD}\n' + ('\n' + told if not told.startswith('nudged, next release')
                                                        else told.split('\n', 1)[1]))
    git('commit', '-q', '-a', '-m', 'news: a word')


def what_is_not_ready_is_refused():
    before = state()
    for arguments, status, part in (((), 64, '--dry-run'), (('1.0',), 1, 'three numbers'), (('v1.0.0',), 1, 'three'),
                                    (('--quick', VERSION), 1, 'checked'), (('--what', VERSION), 64, '--dry-run')):
        tap.contains(release(*arguments, status=status), part, f'release {arguments}')
    tap.equal(state(), before, 'the clone')
    write('NEWS', 'nudged 0.0.1 (2020-01-01)\n  Old.\n')
    tap.contains(release(VERSION, status=1), 'not committed', 'a change that is not committed')
    git('commit', '-q', '-a', '-m', 'news: none')
    tap.contains(release(VERSION, status=1), 'nothing of a next release', 'no news')
    git('reset', '-q', '--hard', 'HEAD^')
    git('tag', 'v1000.0.0')
    tap.contains(release(VERSION, status=1), 'not later than 1000.0.0', 'a version that was passed')
    tap.contains(release('1000.0.0', status=1), 'a tag v1000.0.0 already', 'a version that there is')
    git('tag', '-d', 'v1000.0.0')
    git('checkout', '-q', '-b', 'other')
    tap.contains(release(VERSION, status=1), 'branch main', 'another branch')
    git('checkout', '-q', 'main')
    git('branch', '-q', '-D', 'other')
    tap.equal(state(), before, 'the clone at last')


def a_dry_run_makes_all_and_changes_nothing():
    before = state()
    said = release('--dry-run', '--quick', VERSION)
    tap.equal(state(), before, 'the clone')
    tarball = re.search(r'release: (/.*\.tar\.xz)', said)[1]
    made = os.path.dirname(os.path.dirname(tarball))
    run('sh', '-c', f'cd "{made}/build" && sha256sum -c nudged-{VERSION}.tar.xz.sha256')
    names = run('tar', '-tf', tarball).split()
    tap.check(f'nudged-{VERSION}/configure' in names, 'the tarball has no configure')
    # What was committed there, as it would come back.
    git('fetch', '-q', '--no-tags', made, 'main', f'refs/tags/v{VERSION}:refs/tags/tried')
    tap.equal(git('rev-parse', 'FETCH_HEAD^'), git('rev-parse', 'HEAD'), 'the commit before')
    tap.equal(sorted(git('diff', '--name-only', 'HEAD', 'FETCH_HEAD').split()),
              ['NEWS', 'configure.ac', 'debian/changelog'], 'what is changed')
    tap.contains(read('configure.ac', 'FETCH_HEAD'), f'AC_INIT([nudged], [{VERSION}])', 'configure.ac')
    tap.check(re.match(rf'nudged {VERSION} \(\d{{4}}-\d\d-\d\d\)\n  {WORD}\n', read('NEWS', 'FETCH_HEAD')), 'NEWS')
    tap.check(re.match(rf'nudged \({VERSION}-1\) unstable; .*\n\n  \* .*\n\n -- .* <.*>  \w{{3}}, ',
                       read('debian/changelog', 'FETCH_HEAD')), 'debian/changelog')
    tap.equal(git('for-each-ref', '--format=%(contents)', 'refs/tags/tried'), f'nudged {VERSION}\n\n  {WORD}', 'the tag')
    git('tag', '-d', 'tried')
    shutil.rmtree(made)


def calls():
    """What was called since they were asked for last."""
    path = os.path.join(FOLDER, 'calls')
    with open(path, encoding='ascii') as file:
        found = [line.strip() for line in file]
    os.unlink(path)
    return found


def commit_stubs():
    write('autogen.sh', AUTOGEN)
    write('stub.mk', STUB)
    git('add', 'stub.mk')
    git('commit', '-q', '-a', '-m', 'tests: stubs')


def a_check_that_fails_releases_nothing():
    commit_stubs()
    before = state()
    said = release('--fuzz', '13', VERSION, status=1)
    tap.contains(said, 'release: fuzzing, 13 seconds', 'what failed')
    tap.contains(said, 'fuzz 13', 'its own words')
    tap.equal((calls()[-1], state()), ('fuzz 13', before), 'what was called last, and the clone')


def a_release_is_checked_and_comes_back():
    before = git('rev-parse', 'HEAD')
    release('--dry-run', '--fuzz', '7', VERSION)
    tap.equal((calls(), git('rev-parse', 'HEAD')), (CALLS, before), 'checks of a dry run, and the commit')
    said = release('--fuzz', '7', VERSION)
    tap.equal(calls(), CALLS, 'checks')
    tap.equal(git('rev-parse', 'HEAD^'), before, 'the commit before')
    tap.equal(git('rev-parse', f'v{VERSION}^{{commit}}'), git('rev-parse', 'HEAD'), 'what is tagged')
    tap.equal(git('log', '-1', '--format=%s'), f'release: nudged {VERSION}', 'the commit')
    tap.contains(said, f'git push origin main v{VERSION}', 'what is left to do')
    tap.contains(release(VERSION, status=1), 'already', 'the same once more')


def after_a_release_news_come_first():
    tap.contains(release('999.2.0', status=1), 'nothing of a next release', 'without news')


if not shutil.which('git') or not os.path.exists(tap.source_path('.git')):
    tap.skip_all('this is no clone')
with tempfile.TemporaryDirectory(prefix='nudged-release-') as FOLDER:
    CLONE = os.path.join(FOLDER, 'clone')
    clone()
    tap.run(what_is_not_ready_is_refused, a_dry_run_makes_all_and_changes_nothing,
            a_check_that_fails_releases_nothing, a_release_is_checked_and_comes_back,
            after_a_release_news_come_first)
