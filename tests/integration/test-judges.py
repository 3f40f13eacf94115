# SPDX-License-Identifier: MIT
"""Our mails before judges that are not ours: Python, mblaze, notmuch, Dovecot, SpamAssassin.

A judge that is not installed is skipped, with a word; CI has them all (autogen.sh).
"""

import email
import email.header
import email.policy
import glob
import json
import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import tap  # noqa: E402

SECONDS = 60
# What stands in a name or a subject comes back as it was.
TEXTS = [
    'Anna', 'Müller', 'Anna "Änn" Müller', '"quoted"', 'Müller, Anna', 'a,b;c:d', '<angle>',
    '(comment)', 'back\\slash', 'Dr. Anna Schmidt', 'a@b.example', '=?UTF-8?Q?fake?=', '=?x', '?=',
    '=3D', 'under_score', 'tab less', 'שרה כהן', 'مرحبا', '山田 太郎', 'Ελλάδα', 'Привет', '🎂',
    '👩‍👩‍👧 Familie 🎉', 'é', 'ﬁ', 'ß' * 300, 'x' * 70, 'word ' * 59 + 'end', 'ü word ' * 42 + 'ü',
    '日本語' * 100, '👩‍🚀' * 27, "O'Brien", '%s %n', '100 %', 'a  b', '"', '\\', ',', '.', 'x.', ';',
]
OF_NO_WEIGHT = {'NO_RECEIVED', 'NO_RELAYS', 'HTML_MESSAGE'}  # it has not been on its way
ENVIRONMENT = {**os.environ, 'LC_ALL': 'C.UTF-8', 'LANGUAGE': 'en'}


def need(*programs):
    for program in programs:
        if not shutil.which(program):
            raise tap.Skipped(f'{program} is not installed: this judge was not heard')


def command(*arguments, text=b'', **more):
    done = subprocess.run(arguments, input=text, capture_output=True, timeout=SECONDS, check=False,
                          env={**ENVIRONMENT, **more})
    if done.returncode:
        raise tap.Failed(f'{arguments[0]} ended with {done.returncode}: {done.stderr.decode()}')
    return done.stdout.decode()


def golden():
    """name -> a whole message."""
    found = {}
    for path in sorted(glob.glob(tap.source_path('tests/golden/*.eml'))):
        with open(path, 'rb') as file:
            name = os.path.basename(path)[:-4]
            found[name] = re.sub(rb'\r?\n', b'\r\n', file.read()).replace(
                b'<20261123T060000Z', b'<' + name.encode())
    if not found:
        raise tap.Failed('there are no golden mails')
    return found


def written(texts):
    """A message with each text as name and subject, by the program's own code."""
    fields = b''.join(part.encode() + b'\0' for text in texts for part in (
        text, 'anna@example.org', 'ben@example.org', text, 'Grüße\n', '<p>Grüße</p>\n'))
    printed = subprocess.run([tap.build_path('tests/lib/mime-tool')], input=fields,
                             stdout=subprocess.PIPE, check=True, timeout=SECONDS).stdout
    messages = printed.split(b'\0')[:-1]
    tap.equal(len(messages), len(texts), 'messages')
    # Each has an identity of its own, for those who keep them in one place.
    return [message.replace(b'Message-ID: <1.', b'Message-ID: <n%d.' % number)
            for number, message in enumerate(messages)]


class Box:
    """A Maildir, with a home for the judges' own files."""

    def __init__(self, messages):
        self.messages = messages

    def __enter__(self):
        self.home = tempfile.mkdtemp(prefix='nudged-judges-')
        for folder in ('cur', 'new', 'tmp'):
            os.makedirs(os.path.join(self.home, 'box', folder))
        for number, message in enumerate(self.messages):
            with open(os.path.join(self.home, 'box/cur', f'{number:04}:2,S'), 'wb') as file:
                file.write(message)
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.home)

    def paths(self):
        return sorted(glob.glob(os.path.join(self.home, 'box/cur/*')))

    def write(self, name, text):
        path = os.path.join(self.home, name)
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text)
        return path


def notmuch(box, *arguments):
    conf = box.write('notmuch', f'[database]\npath={box.home}/box\n[user]\nname=Ben\n'
                     'primary_email=ben@example.org\n[new]\ntags=\n')
    return command('notmuch', *arguments, NOTMUCH_CONFIG=conf, HOME=box.home)


def notmuch_mails(box):
    """number of the file -> what notmuch shows."""
    notmuch(box, 'new', '--quiet')
    found = {}

    def collect(node):
        if isinstance(node, dict):
            found[int(os.path.basename(node['filename'][0])[:4])] = node
        else:
            for part in node or []:
                collect(part)

    collect(json.loads(notmuch(box, 'show', '--format=json', '--entire-thread=false', '*')))
    return found


def plain_text(message):
    return message.get_body(('plain',)).get_content().replace('\r\n', '\n')


# Python

def leaves(message):
    return [part for part in message.walk() if not part.is_multipart()]


def python_finds_no_defect():
    for name, raw in golden().items():
        message = email.message_from_bytes(raw, policy=email.policy.strict)
        for part in message.walk():
            tap.equal(part.defects, [], name)
            for header, value in part.items():
                tap.equal(list(getattr(value, 'defects', [])), [], f'{name}: {header}')
            if not part.is_multipart():
                part.get_content()
        tap.check(b'\r\r' not in raw and not re.search(rb'[^\r]\n|[^\r\n -~]', raw), f'{name}: bytes')


def headers_are_those_of_a_list():
    once = ('Date', 'From', 'To', 'Subject', 'Message-ID', 'Auto-Submitted', 'List-Id',
            'List-Unsubscribe', 'MIME-Version', 'Content-Type')
    for name, raw in golden().items():
        message = email.message_from_bytes(raw, policy=email.policy.default)
        tap.equal(sorted(message.keys()), sorted(once), f'{name}: headers')
        tap.equal(message['Auto-Submitted'], 'auto-generated', name)
        tap.check(re.fullmatch(r'<[\w.-]+>', message['List-Id']), message['List-Id'])
        tap.check(re.fullmatch(r'<mailto:[^<>?]+\?subject=unsubscribe%20\w+&body=[^<>&]+>',
                               message['List-Unsubscribe']), message['List-Unsubscribe'])


def only_coffees_are_attached():
    for name, raw in golden().items():
        message = email.message_from_bytes(raw, policy=email.policy.default)
        attached = [part for part in message.iter_attachments()]
        types = [part.get_content_type() for part in leaves(message)]
        tap.equal(types, ['text/plain', 'text/html'] + ['text/calendar'] * len(attached), name)
        tap.equal(bool(attached), name in ('coffee-today', 'whole-de'), f'{name}: attached')
        for part in attached:
            tap.check(re.fullmatch(r'(kaffee|coffee)-c\d+\.ics', part.get_filename()), name)


def calendars_can_be_opened():
    try:
        import icalendar
    except ImportError:
        raise tap.Skipped('python3-icalendar is not installed: this judge was not heard') from None
    for name, raw in golden().items():
        message = email.message_from_bytes(raw, policy=email.policy.default)
        for part in message.iter_attachments():
            calendar = icalendar.Calendar.from_ical(part.get_content())
            events = list(calendar.walk('VEVENT'))
            tap.equal((len(events), calendar.errors, events[0].errors), (1, [], []), name)
            tap.check('METHOD' not in calendar and 'ATTENDEE' not in events[0], name)
            tap.equal((events[0]['DTEND'].dt - events[0]['DTSTART'].dt).seconds, 3600, name)
            tap.check(events[0]['DTSTART'].dt.utcoffset() is not None, f'{name}: a time of its own')
            tap.contains(events[0]['LOCATION'], 'Café Central', name)


# Three parsers, one text

def unquoted(name):
    quoted = re.fullmatch(r'"((?:[^"\\]|\\.)*)"', name)
    return re.sub(r'\\(.)', r'\1', quoted[1]) if quoted else name


def decoded_by_python(raw):
    message = email.message_from_bytes(raw, policy=email.policy.compat32)

    def decode(value):
        return str(email.header.make_header(email.header.decode_header(re.sub(r'\r?\n', '', value))))

    name = re.sub(r'\s*<anna@example.org>$', '', re.sub(r'\r?\n', '', message['From']))
    quoted = re.fullmatch(r'"((?:[^"\\]|\\.)*)"', name)
    return (re.sub(r'\\(.)', r'\1', quoted[1]) if quoted else decode(name)), decode(message['Subject'])


def python_reads_the_same():
    for text, raw in zip(TEXTS, written(TEXTS)):
        tap.equal(decoded_by_python(raw), (text, text), 'name and subject')


def mblaze_reads_the_same():
    need('mhdr', 'maddr')
    with Box(written(TEXTS)) as box:
        for text, path in zip(TEXTS, box.paths()):
            found = command('mhdr', '-d', '-h', 'subject', path, MBLAZE=box.home, HOME=box.home)
            tap.equal(found.rstrip('\n'), text, 'the subject')
            found = command('mhdr', '-d', '-h', 'from', path, MBLAZE=box.home, HOME=box.home)
            tap.equal(unquoted(re.sub(r' <anna@example.org>\n$', '', found)), text, 'the name')
            found = command('maddr', '-a', '-h', 'from', path, MBLAZE=box.home, HOME=box.home)
            tap.equal(found, 'anna@example.org\n', f'the address of {text}')
            found = command('maddr', '-a', '-h', 'to', path, MBLAZE=box.home, HOME=box.home)
            tap.equal(found, 'ben@example.org\n', f'the recipient of {text}')


def notmuch_reads_the_same():
    need('notmuch')
    with Box(written(TEXTS)) as box:
        found = notmuch_mails(box)
        for number, text in enumerate(TEXTS):
            headers = found[number]['headers']
            tap.equal(headers['Subject'], text, 'the subject')
            name = re.sub(r' <anna@example.org>$', '', headers['From'])
            tap.equal(unquoted(name), text, 'the name')
            tap.equal(headers['To'], 'ben@example.org', f'the recipient of {text}')


# The others

def mblaze_shows_the_parts():
    need('mshow')
    with Box(list(golden().values())) as box:
        for (name, raw), path in zip(golden().items(), box.paths()):
            parts = re.findall(r'^ +\d+: (\S+)', command('mshow', '-t', path, MBLAZE=box.home), re.M)
            message = email.message_from_bytes(raw, policy=email.policy.default)
            tap.equal(parts, [part.get_content_type() for part in message.walk()], name)
            text = command('mshow', '-O', path, str(parts.index('text/plain') + 1), MBLAZE=box.home)
            tap.equal(text.replace('\r\n', '\n'), plain_text(message), name)


def notmuch_shows_the_text():
    need('notmuch')
    with Box(list(golden().values())) as box:
        found = notmuch_mails(box)
        for number, (name, raw) in enumerate(golden().items()):
            message = email.message_from_bytes(raw, policy=email.policy.default)
            part = found[number]['body'][0]
            while isinstance(part['content'], list):
                part = part['content'][0]
            tap.equal(part['content'].replace('\r\n', '\n'), plain_text(message), name)


def each_day_is_a_thread_and_a_resend_is_none():
    need('notmuch')
    mails = list(golden().values())
    with Box(mails + mails[:2]) as box:
        notmuch(box, 'new', '--quiet')
        for what in ('threads', 'messages'):
            tap.equal(notmuch(box, 'count', f'--output={what}', '*').strip(), str(len(mails)), what)
    for raw in mails:
        tap.check(not re.search(rb'^(References|In-Reply-To):', raw, re.M | re.I), 'it answers nothing')


def dovecot_knows_the_structure():
    need('doveadm')
    with Box(list(golden().values())) as box:
        # Dovecot reads no mail as root.
        user = pwd.getpwnam('nobody') if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
        conf = box.write('dovecot.conf', f'base_dir = {box.home}/run\nlog_path = {box.home}/log\n'
                         f'mail_location = maildir:{box.home}/box\nssl = no\nfirst_valid_gid = 0\n'
                         f'mail_uid = {user.pw_uid}\nmail_gid = {user.pw_gid}\n')
        if os.geteuid() == 0:
            for folder, _, names in os.walk(box.home):
                for path in [folder, *(os.path.join(folder, name) for name in names)]:
                    os.chown(path, user.pw_uid, user.pw_gid)
        found = json.loads(command('doveadm', '-c', conf, '-f', 'json', 'fetch', 'imap.bodystructure',
                                   'all', USER=user.pw_name, HOME=box.home))
        tap.equal(len(found), len(golden()), 'messages')
        for one, (name, raw) in zip(found, golden().items()):
            structure = one['imap.bodystructure']
            parts = re.findall(r'\("(\w+)" "(\w+)" \("charset" "utf-8"', structure)
            message = email.message_from_bytes(raw, policy=email.policy.default)
            tap.equal(['/'.join(part) for part in parts],
                      [part.get_content_type() for part in leaves(message)], name)
            tap.equal(structure.count('"quoted-printable"'), len(parts), name)


def spamassassin_has_nothing_against_it():
    need('spamassassin')
    with tempfile.TemporaryDirectory(prefix='nudged-judges-') as home:
        for name, raw in golden().items():
            report = command('spamassassin', '-L', '-t', '--cf=use_bayes 0', text=raw, HOME=home)
            rules = re.findall(r'^ *(-?\d+\.\d) ([A-Z0-9_]+) ', report, re.M)
            tap.check(rules, f'{name}: no report')
            tap.equal({rule for _, rule in rules} - OF_NO_WEIGHT, set(), name)
            tap.check(sum(float(points) for points, _ in rules) <= 0.5, f'{name}: {rules}')


if __name__ == '__main__':
    tap.run(python_finds_no_defect, headers_are_those_of_a_list, only_coffees_are_attached,
            calendars_can_be_opened, python_reads_the_same, mblaze_reads_the_same,
            notmuch_reads_the_same, mblaze_shows_the_parts, notmuch_shows_the_text,
            each_day_is_a_thread_and_a_resend_is_none, dovecot_knows_the_structure,
            spamassassin_has_nothing_against_it)
