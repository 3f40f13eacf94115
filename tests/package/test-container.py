# SPDX-License-Identifier: MIT
"""The container: made by the Containerfile from a clean Debian, it keeps a book and sends a digest."""

import json
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import debian  # noqa: E402
import tap  # noqa: E402
import tarball  # noqa: E402
from programs import wait_for  # noqa: E402
from smtpd import Receiver  # noqa: E402

BASE = 'docker.io/library/debian:bookworm-slim'  # what the Containerfile begins with; ours stands in for it
IMAGE = 'nudged-test'
CONFIGURATION = '''smtp: {{ url = "smtp://127.0.0.1:{port}"; from = "nudged <nudged@example.org>"; }};
digests: ( {{ name = "morning"; to = [ "anna@example.org" ]; language = "en"; }} );
'''
# As an engine runs it, and a person beside it; a line that is read ends it as an engine does.
SCRIPT = '''set -e
nudge add Ben Weber >&2
nudged --foreground >&2 &
read -r _
nudge --json status
kill -TERM $!
wait $!
'''


def why_not():
    return debian.why_not() or (None if shutil.which('buildah') else 'buildah is not installed')


class Engine:
    """Buildah with a store of its own, which works where no engine runs: its containers are changed roots."""

    def __init__(self, folder):
        self.folder = folder
        self.options = ['--root', os.path.join(folder, 'store'), '--runroot', os.path.join(folder, 'run'),
                        '--storage-driver', 'vfs']

    def command(self, verb, *arguments):
        return ['buildah', *self.options, verb, *arguments]

    def run(self, verb, *arguments):
        return subprocess.run(self.command(verb, *arguments), stdin=subprocess.DEVNULL, capture_output=True,
                              encoding='utf-8', errors='replace', check=False,
                              env={**os.environ, 'TMPDIR': self.folder})

    def __call__(self, verb, *arguments):
        result = self.run(verb, *arguments)
        tap.equal(result.returncode, 0, f'buildah {verb}: {(result.stdout + result.stderr)[-4000:]}')
        return result.stdout.strip()

    def why_not(self):
        """What keeps it from making any image at all, such as a root that is no mount; None where nothing does."""
        recipe = os.path.join(self.folder, 'Containerfile')
        with open(recipe, 'w', encoding='ascii') as file:
            file.write(f'FROM {BASE}\nRUN true\n')
        base = self.run('from', 'scratch')
        steps = (('add', '--quiet', base.stdout.strip(), debian.fresh(), '/'),
                 ('commit', '--quiet', '--rm', base.stdout.strip(), BASE),
                 ('bud', '--quiet', '--isolation', 'chroot', '--pull-never', '-t', 'nudged-probe', '-f', recipe,
                  self.folder + '/run'))
        os.makedirs(self.folder + '/run', exist_ok=True)
        for step in steps:
            result = base if base.returncode else self.run(*step)
            if result.returncode:
                return f'buildah makes no image here: {" ".join((result.stdout + result.stderr).split())[-300:]}'
        return None


def sources():
    """What a clone has: nothing that autoconf makes."""
    folder = tarball.unpack(FOLDER)
    for name in ('configure', 'Makefile.in'):
        os.unlink(os.path.join(folder, name))
    return folder


def it_is_built():
    BUILDAH('bud', '--quiet', '--isolation', 'chroot', '--pull-never', '-t', IMAGE, sources())


def it_runs_the_service_as_its_own_user():
    found = json.loads(BUILDAH('inspect', '--type', 'image', IMAGE))['OCIv1']['config']
    tap.equal((found['Cmd'], found['User'], list(found['Volumes']), found['StopSignal']),
              (['nudged', '--foreground'], 'nudged', ['/var/lib/nudged'], 'SIGTERM'), 'how it is run')


def it_sends_a_digest():
    config = os.path.join(FOLDER, 'nudged.conf')
    with Receiver() as server:
        with open(config, 'w', encoding='utf-8') as file:
            file.write(CONFIGURATION.format(port=server.port))
        os.chmod(config, 0o644)
        box = BUILDAH('from', '--pull-never', IMAGE)
        process = subprocess.Popen(
            BUILDAH.command('run', '--isolation', 'chroot', '-v', f'{config}:/etc/nudged/nudged.conf:ro', box, '--',
                            'sh', '-c', SCRIPT),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding='utf-8')
        try:
            wait_for(lambda: server.messages or process.poll() is not None, 'the digest')
            said, log = process.communicate('\n', timeout=60)
        finally:
            process.kill()
    tap.equal(process.returncode, 0, f'the status: {log}')
    tap.equal(len(server.messages), 1, 'mails')
    tap.contains(server.messages[0].data, b'Ben Weber', 'the digest')
    tap.equal(json.loads(said)['running'], True, f'the status: {said}')


def what_built_it_is_left_behind():
    box = BUILDAH('from', '--pull-never', IMAGE)
    root = BUILDAH('mount', box)
    for path in ('usr/bin/gcc', 'src', 'build', 'usr/bin/git'):
        tap.check(not os.path.lexists(os.path.join(root, path)), f'/{path} is in the image')
    for path in ('usr/bin/nudge', 'usr/sbin/nudged', 'usr/libexec/nudged-send', 'usr/share/nudged/nudged.conf.sample',
                 'usr/share/locale/de/LC_MESSAGES/nudged.mo'):
        tap.check(os.path.exists(os.path.join(root, path)), f'/{path} is not in the image')
    BUILDAH('umount', box)


reason = why_not()
if reason:
    tap.skip_all(reason)
with tempfile.TemporaryDirectory(prefix='nudged-container-', dir=debian.roomy()) as FOLDER:
    BUILDAH = Engine(FOLDER)
    reason = BUILDAH.why_not()
    if reason:
        tap.skip_all(reason)
    tap.run(it_is_built, it_runs_the_service_as_its_own_user, it_sends_a_digest, what_built_it_is_left_behind)
