# SPDX-License-Identifier: MIT
"""nudged-send, and the three programs together, against a real Postfix.

libcurl's CONNECT_ONLY is a promise that no one else checks: here it is kept or seen to be broken.
"""

import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import tap  # noqa: E402
from postfix import PASSWORD, USER, Postfix, enter_namespace, why_not  # noqa: E402
from posttool import Tool  # noqa: E402

LINES = [b'.', b'..', b'.a line', b'', b'From here on', b'=20', b'x' * 998]
MESSAGE = (b'From: <anna@example.test>\r\nTo: <ben@example.test>\r\nSubject: hello\r\n'
           b'Date: Mon, 23 Nov 2026 07:00:00 +0000\r\nMessage-ID: <1@example.test>\r\n'
           b'MIME-Version: 1.0\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n'
           + b'\r\n'.join(LINES) + b'\r\n')


def sent(end):
    tap.equal(end.outcome, 'sent', end.text)


def check_message(message):
    tap.equal(message['Subject'], 'hello', 'the subject')
    tap.equal(message['Message-ID'], '<1@example.test>', 'the Message-ID')
    tap.equal(message.defects, [], 'defects')
    tap.equal(message.get_payload().encode().splitlines(), LINES, 'the text')
    tap.contains(message['Received'], '[127.0.0.1]', 'Received')
    tap.contains(message['Received'], 'TLSv1.', 'Received')
    tap.contains(message['Received'], 'anna', 'Received')


def by_starttls():
    with POSTFIX.tool(body=POSTFIX.body(MESSAGE)) as tool:
        sent(tool.send(1)[0])
    check_message(POSTFIX.collect(1)[0])


def by_implicit_tls():
    with POSTFIX.tool(implicit=True, body=POSTFIX.body(MESSAGE)) as tool:
        sent(tool.send(1)[0])
    check_message(POSTFIX.collect(1)[0])


def fifty_mails_by_four_connections():
    with POSTFIX.tool(connections=4, body=POSTFIX.body(MESSAGE)) as tool:
        for end in tool.send(*range(1, 51)):
            sent(end)
    for message in POSTFIX.collect(50):
        check_message(message)


def nothing_is_delivered_before_the_dot():
    with POSTFIX.tool(hold=True, body=POSTFIX.body(MESSAGE)) as tool:
        tool.post(1)
        tap.equal(tool.ready(), 1, 'the mail that is ready')
        tap.equal(POSTFIX.box(), [], 'the box')
        tool.confirm(1)
        sent(tool.settled())
    check_message(POSTFIX.collect(1)[0])


def a_wrong_password():
    with POSTFIX.tool(password='wrong') as tool:
        end = tool.send(1)[0]
        tap.equal((end.outcome, end.cause, end.code), ('server', 'login', 535), end.text)


def an_unknown_recipient_and_then_a_known_one():
    with POSTFIX.tool(to='nobody@example.test') as tool:
        for end in tool.send(1, 2):
            tap.equal((end.outcome, end.cause, end.code), ('refused', 'recipient', 550), end.text)
    with POSTFIX.tool() as tool:
        sent(tool.send(1)[0])
    POSTFIX.collect(1)


def a_mail_that_is_too_large():
    with POSTFIX.tool(body=POSTFIX.body(MESSAGE + b'line\r\n' * 20000)) as tool:
        end = tool.send(1)[0]
        tap.equal((end.outcome, end.cause), ('refused', 'size'), end.text)


def a_server_that_must_not_be_trusted():
    with Tool(url=f'smtp://localhost:{POSTFIX.starttls}', tls='required', user=USER,
              password_command='echo never-read') as tool:
        end = tool.send(1)[0]
        tap.equal((end.outcome, end.cause), ('server', 'certificate'), end.text)
    with Tool(url=f'smtp://localhost:{POSTFIX.starttls}', tls='none') as tool:
        end = tool.send(1)[0]
        tap.equal((end.outcome, end.cause, end.code), ('server', 'tls', 530), end.text)


CONFIGURATION = """
database = "digest.db";
smtp: {{ url = "smtp://localhost:{port}"; from = "nudged für Anna <anna@example.test>";
  tls = "required"; ca_file = "certs/ca.pem"; user = "{user}"; password_file = "secret"; }};
digests: ( {{ name = "morning"; to = [ "Ben Übel <ben@example.test>" ]; cadence = "Mon..Fri 07:00";
  timezone = "Europe/Berlin"; language = "de"; }} );
"""


def program(name, *arguments, status=0):
    command = [tap.build_path(name), '--config', POSTFIX.path('nudged.conf'), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    tap.equal(done.returncode, status, f'{command}: {done.stdout}{done.stderr}')
    tap.check(PASSWORD not in done.stdout + done.stderr, 'the password is shown')
    return done.stdout


def write_configuration():
    with open(POSTFIX.path('secret'), 'w', encoding='utf-8',
              opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
        file.write(PASSWORD + '\n')
    with open(POSTFIX.path('nudged.conf'), 'w', encoding='utf-8') as file:
        file.write(CONFIGURATION.format(port=POSTFIX.starttls, user=USER))


def check_digest(message, subject, *texts):
    """No parser's complaint, the right headers, both parts, and they say the same."""
    for part in message.walk():
        tap.equal(part.defects, [], 'defects')
    tap.equal(message['Subject'], subject, 'the subject')
    tap.equal(message['From'].addresses[0].display_name, 'nudged für Anna', 'the sender')
    tap.equal(message['To'].addresses[0].display_name, 'Ben Übel', 'the recipient')
    tap.equal(message['Auto-Submitted'], 'auto-generated', 'Auto-Submitted')
    tap.contains(message['Received'], 'anna', 'Received')
    tap.equal(message.get_content_type(), 'multipart/alternative', 'the type')
    for kind in ('plain', 'html'):
        content = message.get_body((kind,)).get_content()
        for text in texts:
            tap.contains(content, text, kind)


def a_digest_goes_the_whole_way():
    write_configuration()
    book = tap.source_path('tests/demo/address-book.vcf')
    program('nudge', '--now', '2027-02-25T18:00:00+01:00', 'import', book)
    program('nudged', '--once', '--now', '2027-02-25T18:00:00+01:00')
    check_digest(POSTFIX.collect(1)[0], 'Willkommen bei nudged', '12 Kontakte',
                 'Jürgen Weiß hat morgen Geburtstag')
    program('nudged', '--once', '--now', '2027-02-26T07:00:00+01:00')
    check_digest(POSTFIX.collect(1)[0],
                 'Jürgen hat heute Geburtstag, Zoë wird morgen 40 (+1)',
                 'Frieda Großmann wird am Sonntag 43', 'Oberärztin, Klinikum am See',
                 'Çelik', 'İstanbul', 'María José García Ñúñez')
    tap.contains(program('nudge', '--json', 'status'), '"sent": 2', 'the status')


def a_test_mail_is_marked():
    write_configuration()
    said = program('nudge', 'test-send', '-v')
    message = POSTFIX.collect(1)[0]
    tap.contains(message['Subject'], '[Test]', 'the subject')
    tap.contains(said, 'ben@example.test', 'what was said')


reason = why_not()
if reason:
    tap.skip_all(reason)
enter_namespace()
with Postfix() as POSTFIX:
    tap.run(by_starttls, by_implicit_tls, fifty_mails_by_four_connections,
            nothing_is_delivered_before_the_dot, a_wrong_password,
            an_unknown_recipient_and_then_a_known_one, a_mail_that_is_too_large,
            a_server_that_must_not_be_trusted, a_digest_goes_the_whole_way,
            a_test_mail_is_marked)
