# SPDX-License-Identifier: MIT
"""Copies of the book as a person and the service make them, and the way back."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import tap  # noqa: E402
from programs import NUDGE, Home  # noqa: E402
from smtpd import Receiver  # noqa: E402

NOW = '2026-11-23T07:30:00+01:00'


def names(home):
    return [person['name'] for person in home.json('list')]


def a_copy_and_the_way_back():
    with Home() as home:
        home.configure()
        home.now = NOW
        home.nudge('add', 'Anna')
        copy = home.path('a copy.db')
        tap.contains(home.nudge('backup', copy), copy, 'what it says')
        tap.contains(home.nudge('backup', copy, status=73), 'there already', 'the second one')
        home.nudge('add', 'Ben')
        tap.contains(home.nudge('restore', copy, status=1), '--yes', 'without a terminal')
        tap.contains(home.nudge('restore', copy, '--yes'), 'before-restore', 'where the other is')
        tap.equal(names(home), ['Anna'], 'after it')
        home.nudge('restore', home.path('data', 'backups', 'n-before-restore.db'), '--yes')
        tap.equal(sorted(names(home)), ['Anna', 'Ben'], 'and back again')
        home.nudge('restore', copy, '--yes')
        home.nudge('restore', copy, '--yes')
        home.nudge('restore', home.path('data', 'backups', 'n-before-restore.db'), '--yes')
        tap.equal(sorted(names(home)), ['Anna', 'Ben'], 'what was there before the first of several')
        home.nudge('restore', home.path('nudged.conf'), '--yes', status=65)
        home.nudge('restore', home.path('nothing.db'), '--yes', status=74)
        home.nudge('backup', status=64)
        tap.equal(sorted(names(home)), ['Anna', 'Ben'], 'after what is no copy')


def by_standard_input_and_output():
    with Home() as home:
        home.configure()
        home.now = NOW
        home.nudge('import', '-', stdin='BEGIN:VCARD\nVERSION:3.0\nFN:Anna\nEND:VCARD\n')
        tap.equal(names(home), ['Anna'], 'what came')
        tap.contains(home.nudge('export', '-'), 'FN:Anna', 'what goes')
        tap.contains(home.nudge('import', '-', stdin='nothing', status=65), '/dev/stdin', 'what is no address book')
        with open(home.path('copy.db'), 'wb') as out:
            subprocess.run([NUDGE, 'backup', '-'], env=home.env, stdout=out, timeout=60, check=True)
        home.nudge('add', 'Ben')
        with open(home.path('copy.db'), 'rb') as copy:
            subprocess.run([NUDGE, 'restore', '-', '--yes'], env=home.env, stdin=copy, timeout=60, check=True)
        tap.equal(names(home), ['Anna'], 'after it')
        home.nudge('restore', '-', '--yes', stdin='no copy', status=65)
        tap.equal(names(home), ['Anna'], 'after what is no copy')
        tap.equal([name for name in os.listdir(home.path('data')) if '.copy' in name], [], 'what was left')


def files(home):
    return sorted(name for name in os.listdir(home.path('data')) if name != 'backups')


def a_reader_who_goes_away_leaves_no_copy():
    with Home() as home:
        home.configure()
        home.now = NOW
        home.nudge('add', 'Anna')
        before = files(home)
        with subprocess.Popen([NUDGE, 'backup', '-'], env=home.env, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL) as child:
            child.stdout.close()
            tap.check(child.wait(60) != 0, 'the copy came to nobody')
        tap.equal(files(home), before, 'what was left')
        with subprocess.Popen(['true']) as gone:
            gone.wait(60)
        for name in (f'{gone.pid}.copy', f'{gone.pid}.copy.{gone.pid}.part'):
            home.write(f'data/{os.path.basename(home.database)}.{name}', 'Anna, of a command that was killed')
        home.once('2026-11-24T08:00:00+01:00', status=75)
        tap.equal([name for name in files(home) if str(gone.pid) in name], [], 'after a day of the service')


def the_service_makes_one_a_day():
    with Receiver() as server, Home() as home:
        home.configure(port=server.port)
        for day in range(20, 30):
            home.once(f'2026-11-{day}T08:00:00+01:00')
        found = sorted(os.listdir(home.path('data', 'backups')))
        tap.equal(found, [f'n-2026-11-{day}.db' for day in range(23, 30)], 'the copies')
        for name in found:
            tap.equal(os.stat(home.path('data', 'backups', name)).st_mode & 0o777, 0o600, name)


def a_running_service_is_not_restored_under():
    with Receiver() as server, Home() as home:
        home.configure(port=server.port)
        with home.service(NOW) as service:
            service.says('backup')
            service.runs()
            copy = home.path('data', 'backups', 'n-2026-11-23.db')
            tap.contains(home.nudge('restore', copy, '--yes', status=75), 'stop it', 'the reason')


def a_restored_mail_is_in_doubt():
    with Receiver() as server, Home() as home:
        home.configure(port=1)
        home.once(NOW, status=75)
        tap.contains(home.run('status', env={'LANG': 'de_DE.UTF-8'}).stdout, ', 1 wartet', 'the mail')
        copy = home.path('copy.db')
        home.nudge('backup', copy)
        home.configure(port=server.port)
        home.once('2026-11-23T08:30:00+01:00')
        tap.equal(len(server.messages), 1, 'mails')
        home.now = '2026-11-23T09:30:00+01:00'
        home.nudge('restore', copy, '--yes')
        tap.equal(home.outbox(), {'in_doubt': 1}, 'the outbox')
        home.once('2026-11-23T10:30:00+01:00')
        tap.equal(len({message.data.split(b'Message-ID:')[1].split(b'\r\n')[0]
                       for message in server.messages}), 1, 'Message-IDs')


def a_copy_that_cannot_be_made_is_told():
    with Receiver() as server, Home() as home:
        home.configure(port=server.port)
        home.nudge('add', 'Anna')
        home.write('data/backups', 'a file in the way')
        tap.contains(home.once(NOW), 'no backup was made', 'the log')
        tap.equal(len(server.messages), 1, 'mails, which go out all the same')
        home.now = NOW
        tap.contains(home.nudge('status'), 'no backup was made', 'status')
        os.unlink(home.path('data', 'backups'))
        home.once('2026-11-24T08:00:00+01:00')
        tap.equal(home.json('status')['errors'], [], 'errors, when it is mended')


def lose(home, how):
    if how == 'gone':
        os.unlink(home.database)
    else:
        os.truncate(home.database, 0)


def a_book_that_is_lost_is_no_new_one():
    for how in 'gone', 'empty':
        with Receiver() as server, Home() as home:
            home.configure(port=server.port)
            home.now = NOW
            home.nudge('add', 'Anna')
            home.once(NOW)
            lose(home, how)
            for verb in ('status',), ('add', 'Otto'), ('agenda',):
                text = home.nudge(*verb, status=65)
                tap.contains(text, f'is {how}, but a book was here', verb)
                tap.contains(text, "`nudge restore '", verb)
            tap.contains(home.once('2026-11-24T08:00:00+01:00', status=65), f'is {how}', 'the service')
            tap.contains(home.run('doctor').stdout, 'a book was here', 'doctor')
            tap.equal(len(server.messages), 1, 'mails')
            copy = home.path('data', 'backups', 'n-2026-11-23.db')
            home.nudge('restore', copy, '--yes')
            tap.equal(names(home), ['Anna'], 'after the command that it names')


def what_is_left_of_a_book_is_no_other_file():
    with Receiver() as server, Home() as home:
        home.configure(port=server.port)
        home.now = NOW
        home.nudge('add', 'Anna')
        home.once(NOW)
        with open(home.database, 'r+b') as file:
            file.write(b'garbage' * 64)
        command = f"nudge restore '{home.path('data', 'backups', 'n-2026-11-23.db')}'"
        tap.contains(home.nudge('status', status=65), f'the latest backup brings it back: `{command}`', 'status')
        found = {check['check']: check for check in json.loads(home.run('--json', 'doctor').stdout)}['database']
        tap.equal(found['remedy'], command, 'doctor')
        tap.check('nudge restore' not in found['text'], found)


def words(command):
    """As a shell takes them."""
    return subprocess.run(['sh', '-c', f'printf "%s\\n" {command}'], capture_output=True, text=True, timeout=60,
                          check=True).stdout.splitlines()


def commands_may_be_pasted_with_an_apostrophe():
    with Receiver() as server, Home() as home:
        home.configure(port=server.port)
        folder = home.path("Anna's book")
        os.mkdir(folder, 0o700)
        config = os.path.join(folder, 'own.conf')
        database = os.path.join(folder, 'data', 'n.db')
        home.write(config, home.read('nudged.conf'))
        home.env['NUDGED_CONFIG'] = config
        home.once(NOW)
        tap.check(os.path.exists(database), 'no book')
        said = home.nudge('-c', config, 'send', status=69)
        tap.equal(words(said.split('`')[1])[-2:], ['--config', config], said)
        os.unlink(database)
        said = home.nudge('list', status=65)
        copy = os.path.join(folder, 'data', 'backups', 'n-2026-11-23.db')
        tap.equal(words(said.split('`')[1]), ['nudge', 'restore', copy], said)
        tap.contains(words(said.split('move away ')[1]), os.path.dirname(copy), said)


def a_new_book_begins_where_the_traces_are_moved_away():
    with Receiver() as server, Home() as home:
        home.configure(port=server.port)
        home.now = NOW
        home.nudge('add', 'Anna')
        home.once(NOW)
        os.unlink(home.database)
        home.nudge('add', 'Otto', status=65)
        os.rename(home.path('data', 'backups'), home.path('old'))
        tap.contains(home.nudge('add', 'Otto', status=65), 'is its disk mounted?', 'by the journal')
        os.rename(home.database + '-journal', home.path('old-journal'))
        tap.contains(home.nudge('add', 'Otto', status=65), 'n.witness', 'by the witness')
        os.rename(home.path('data', 'n.witness'), home.path('old-witness'))
        home.nudge('add', 'Otto')
        tap.equal(names(home), ['Otto'], 'the new book')


def a_running_service_makes_no_new_book():
    for how, said in ('gone', 'not there any more'), ('empty', 'is empty now'):
        with Receiver() as server, Home() as home:
            home.configure(port=server.port)
            home.now = NOW
            home.nudge('add', 'Anna')
            with home.service(NOW) as service:
                service.says('backup')
                service.says('d: sent')
                service.runs()  # asked, it answers after what it was at: nothing is written any more
                lose(home, how)
                home.write('data/n.db-of-somebody', 'something is changed')
                service.says(said)
                tap.contains(home.nudge('status', status=65), 'a book was here', 'status')
                tap.contains(home.run('doctor').stdout, 'a book was here', 'doctor')
                tap.equal(service.end(), 0, 'the status')
            tap.equal(len(server.messages), 1, 'mails')


LOOKS = [('status',), ('status', '--history'), ('list',), ('agenda',), ('show', 'Anna'), ('log', 'Anna'), ('ledger',),
         ('tag',), ('follow-up',), ('occasion',), ('coffee',), ('introduce',), ('outreach',), ('forum',), ('me',),
         ('duplicates',), ('book',), ('book', 'main'), ('digest',), ('digest', 'show', 'x'), ('preview',),
         ('export',), ('export', 'card.vcf'), ('test-send',), ('complete', '1', 'nudge', 'sh'), ('doctor',),
         ('backup', 'copy.db')]


def a_look_makes_no_book():
    """What is seen where there is none is what is seen in an empty one, and that none is there."""
    with Home() as home, Home() as other:
        for one in home, other:
            one.configure(port=1)
            one.now = NOW
        other.nudge('book', 'main', '--create', status=1)
        tap.check(os.path.exists(other.database), 'no empty book')
        for verb in LOOKS:
            found, empty = home.run(*verb), other.run(*verb)
            tap.check(not os.path.exists(home.path('data')), f'{verb} has made a folder')
            tap.check('cannot be written' not in found.stderr, f'{verb}: {found.stderr}')
            if verb[0] in ('backup', 'doctor'):
                continue
            tap.equal(found.returncode, empty.returncode, f'the status of {verb}: {found.stderr}')
            if verb[0] != 'export':  # which says whose it is
                tap.equal(*(one.run('--json', *verb).stdout.replace(os.path.basename(one.folder)[-8:], '')
                            for one in (home, other)), f'JSON of {verb}')
        tap.contains(home.nudge('list', status=1), f'no book yet; the first `nudge add` or `nudge import` makes '
                     f'{home.database}', 'list')
        tap.contains(home.nudge('status'), f'none yet; the first `nudge add` or `nudge import` makes {home.database}',
                     'status')
        tap.contains(home.nudge('backup', 'copy.db', status=1), 'no book yet', 'backup')
        home.nudge('add', 'Anna')
        tap.equal(names(home), ['Anna'], 'the first entry')


def a_folder_that_went_is_no_new_book():
    """The disk of a running service: nothing in its place says that there was a book, but the service."""
    for runtime in {}, {'RUNTIME_DIRECTORY': 'run'}:
        with Receiver() as server, Home() as home:
            home.configure(port=server.port)
            home.now = NOW
            if runtime:  # as systemd has it, for a configuration at its usual place
                os.makedirs(home.path('run', 'nudged'))
                os.makedirs(home.path('config', 'nudged'))
                home.write('config/nudged/nudged.conf', home.read('nudged.conf').replace(
                    '"data/n.db"', f'"{home.database}"'))
                del home.env['NUDGED_CONFIG']
                home.env.update(XDG_RUNTIME_DIR=home.path('run'), RUNTIME_DIRECTORY=home.path('run', 'nudged'))
            home.nudge('add', 'Anna')
            with home.service(NOW) as service:
                service.says('backup')
                service.says('d: sent')
                service.runs()
                os.rename(home.path('data'), home.path('away'))
                for mounted in False, True:
                    if mounted:  # what a disk leaves that is not mounted any more
                        os.mkdir(home.path('data'), 0o700)
                    for verb in ('status',), ('list',), ('add', 'Otto'), ('me', '--name', 'Otto'), ('preview',):
                        text = home.nudge(*verb, status=65)
                        tap.contains(text, 'is its disk mounted?', verb)
                    tap.contains(home.once(NOW, status=65), 'is its disk mounted?', 'another service')
                    found = {check['check']: check for check in json.loads(home.run('--json', 'doctor').stdout)}
                    tap.contains(found['database' if mounted else 'permissions']['text'], 'is gone, but', 'doctor')
                    tap.equal(found['service']['state'], 'well', found['service'])
                    tap.equal(found['service']['text'][:7], 'running', found['service'])
                    tap.check(not os.path.exists(home.database), 'a new book')
                shutil.rmtree(home.path('data'))
                os.rename(home.path('away'), home.path('data'))
                tap.equal(names(home), ['Anna'], 'mounted again')
                tap.equal(service.end(), 0, 'the status')
            tap.equal(len(server.messages), 1, 'mails')


def a_book_without_its_people_is_not_well():
    with Receiver() as server, Home() as home:
        home.configure(port=server.port)
        home.now = NOW
        home.nudge('add', 'Anna')
        home.once(NOW)
        with sqlite3.connect(home.database) as db:
            db.execute('DELETE FROM contact')
        db.close()
        text = home.run('doctor').stdout
        tap.contains(text, 'nobody is in the book any more', 'doctor')
        tap.contains(text, 'n-2026-11-23.db', 'the copy')
        for day in range(24, 31):
            home.once(f'2026-11-{day}T08:00:00+01:00')
        for day in range(1, 9):
            home.once(f'2026-12-0{day}T08:00:00+01:00')
        copy = home.path('data', 'backups', 'n-2026-11-23.db')
        home.nudge('restore', copy, '--yes')
        tap.equal(names(home), ['Anna'], 'after two weeks')


tap.run(a_look_makes_no_book, a_folder_that_went_is_no_new_book,
        a_copy_and_the_way_back, by_standard_input_and_output, a_reader_who_goes_away_leaves_no_copy,
        the_service_makes_one_a_day,
        a_running_service_is_not_restored_under, a_restored_mail_is_in_doubt,
        a_copy_that_cannot_be_made_is_told, a_book_that_is_lost_is_no_new_one,
        what_is_left_of_a_book_is_no_other_file, commands_may_be_pasted_with_an_apostrophe,
        a_new_book_begins_where_the_traces_are_moved_away, a_running_service_makes_no_new_book,
        a_book_without_its_people_is_not_well)
