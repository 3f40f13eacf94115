# SPDX-License-Identifier: MIT
"""nudge test-send against servers that are wrong in every way: what it says, and what it never says."""

import os
import socket
import subprocess
import sys
import threading

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import tap  # noqa: E402
from programs import Home  # noqa: E402
from smtpd import Receiver  # noqa: E402

PASSWORD = 'correct horse "b\u00e4ttery"'
USER = 'anna@example.org'
CERTS = Home()


def certificate(name):
    return {'cert': CERTS.path(f'{name}.pem'), 'key': CERTS.path(f'{name}.key')}


class Account(Home):
    """A home with an account at the server on `port`, by STARTTLS and with a password."""

    def __init__(self, port, *, password=PASSWORD, tls='required', ca='ca', user=USER, **options):
        super().__init__()
        self.write('secret', password + '\n')
        smtp = f'connections = 1; tls = "{tls}"; ca_file = "{CERTS.path(ca + ".pem")}";'
        if user:
            smtp += f' user = "{user}"; password_file = "secret";'
        self.configure(smtp=smtp, url=f'smtp://localhost:{port}', **options)
        self.now = '2026-11-23T12:00:00+01:00'
        self.nudge('add', 'Anna Schmidt', '--birthday', '23.11.1984')
        self.secrets = [password, 'correct horse']

    def send(self, *arguments, status=0):
        """Both outputs, without -v and with it; no secret is in either, and nothing is recorded."""
        for options in ([], ['-v']):
            text = self.nudge('test-send', *arguments, *options, status=status)
            for secret in self.secrets:
                tap.check(secret not in text, f'the password is shown: {text}')
            for word in text.split():  # nor encoded
                tap.check('Y29ycmVjdCBob3JzZ' not in word and 'Y29ycmVjdCBob3JzZSAiYsOkdHRlcnki' not in word,
                          f'the password is shown: {word}')
        tap.equal(self.outbox(), {}, 'the outbox')
        tap.equal(self.json('status')['digests'][0]['last'], None, 'slots')
        return text


def secure(**options):
    return Receiver(tls='starttls', auth_without_tls=False, users={USER: PASSWORD},
                    **{**certificate('good'), **options})


def it_arrives_by_starttls_with_a_login():
    with secure() as server, Account(server.port) as home:
        text = home.send()
        tap.contains(text, 'The mail server took the test mail for anna@example.org', 'the answer')
        tap.contains(text, 'STARTTLS', 'the dialogue')
        tap.equal(len(server.messages), 2, 'messages')
        message = server.messages[0]
        tap.check(message.facts['tls'] and message.facts['user'] == USER, message.facts)
        tap.contains(message.data, b'\r\nSubject: [Test] Anna turns 42 today\r\n', 'the message')
        tap.equal(server.complaints, [], 'complaints')


def it_goes_to_another_address():
    with secure() as server, Account(server.port) as home:
        home.send('--to', 'me@example.org')
        tap.equal({tuple(m.recipients) for m in server.messages}, {('me@example.org',)}, 'recipients')
        tap.contains(server.messages[0].data, b'\r\nTo: me@example.org\r\n', 'the message')


def one_document_of_what_became_of_it():
    with secure(rules=['rcpt=reply:550 5.1.1 unknown@1']) as server, \
            Account(server.port, digests=[{'to': '"anna@example.org", "ben@example.org"'}]) as home:
        sent = home.json('test-send', status=69)
        tap.equal([(m['to'], m['outcome']) for m in sent],
                  [('anna@example.org', 'refused'), ('ben@example.org', 'sent')], 'the document')
        tap.contains(sent[0]['text'], 'unknown', 'why')
    with Account(1) as home:
        tap.equal([m['outcome'] for m in home.json('test-send', status=69)], ['failed'], 'no server')


def several_recipients_are_told_of_one_by_one():
    with secure(rules=['rcpt=reply:550 5.1.1 unknown@1', 'rcpt=reply:550 5.1.1 unknown@3']) as server, \
            Account(server.port, digests=[{'to': '"anna@example.org", "ben@example.org"'}]) as home:
        text = home.send(status=69)
        tap.contains(text, 'for anna@example.org was not sent', 'the refused one')
        tap.contains(text, 'took the test mail for ben@example.org', 'the other')


def nobody_listens():
    with socket.create_server(('127.0.0.1', 0)) as listener:
        port = listener.getsockname()[1]
    with Account(port) as home:
        tap.contains(home.send(status=69), f'localhost:{port}: nobody answers there', 'the reason')


def what_listens_is_no_mail_server():
    with socket.create_server(('127.0.0.1', 0)) as listener:
        def serve():
            while True:
                try:
                    sock, _ = listener.accept()
                except OSError:
                    return
                sock.sendall(b'HTTP/1.1 400 Bad Request\r\n\r\n')
                sock.close()

        threading.Thread(target=serve, daemon=True).start()
        with Account(listener.getsockname()[1]) as home:
            tap.contains(home.send(status=69), 'speaks no SMTP', 'the reason')
        listener.shutdown(socket.SHUT_RDWR)


def starttls_is_missing():
    with Receiver(users={USER: PASSWORD}) as server, Account(server.port) as home:
        tap.contains(home.send(status=69), 'offers no encryption (STARTTLS)', 'the reason')
        tap.equal(server.counts['auth'], 0, 'logins')


def the_certificate_is_not_trusted():
    for name, part in (('expired', 'expired'), ('stranger', 'authority'), ('other', 'not one for this name')):
        with secure(**certificate(name)) as server, Account(server.port) as home:
            tap.contains(home.send(status=69), part, name)
            tap.equal(server.counts['auth'], 0, 'logins')


def the_password_is_wrong():
    with secure() as server, Account(server.port, password='correct horse, wrong') as home:
        text = home.send(status=77)
        tap.contains(text, 'refuses the login', 'the reason')
        tap.contains(text, '535 5.7.8', 'what the server said')
        tap.contains(text, 'password', 'the advice')
        tap.equal(server.counts['auth'], 2, 'logins')  # one for each run


def the_password_cannot_be_read():
    with secure() as server, Account(server.port) as home:
        os.unlink(home.path('secret'))
        tap.contains(home.send(status=77), 'secret', 'the reason')
        home.write('secret', PASSWORD, mode=0o644)
        tap.contains(home.send(status=77), 'secret', 'the reason')
        tap.equal(len(server.messages), 0, 'messages')


def the_server_wants_a_login_and_there_is_none():
    with secure() as server, Account(server.port, user=None) as home:
        text = home.send(status=77)
        tap.contains(text, '530 5.7.0 log in first', 'what the server said')


def a_credential_is_the_services_alone():
    with secure() as server, Account(server.port) as home:
        home.configure(smtp='tls = "none"; user = "anna"; password_credential = "smtp-password";',
                       url=f'smtp://localhost:{server.port}')
        tap.contains(home.send(status=77), 'a credential, which systemd gives to its services alone', 'the reason')


def addresses_are_refused():
    for step, part in (('mail', 'not from you'), ('rcpt', 'not to them'), ('dot', 'not this')):
        with secure(rules=[f'{step}=reply:550 5.7.1 {part}']) as server, Account(server.port) as home:
            text = home.send(status=69)
            tap.contains(text, f'550 5.7.1 {part}', step)
            tap.check(len(text.splitlines()) > 1, f'no advice: {text}')


def the_server_says_later():
    with secure(rules=['rcpt=reply:451 4.7.1 greylisted']) as server, Account(server.port) as home:
        text = home.send(status=75)
        tap.contains(text, '451 4.7.1 greylisted', 'what the server said')
        tap.contains(text, 'again in a while', 'what to do')
        tap.check('Check the address' not in text, f'advice about what is not wrong: {text}')
    with secure(rules=['dot=reply:452 4.2.2 mailbox full']) as server, Account(server.port) as home:
        text = home.send(status=75)
        tap.contains(text, '452 4.2.2 mailbox full', 'what the server said')
        tap.check('unwanted or faulty' not in text, f'advice about what is not wrong: {text}')


def what_is_wrong_counts_more_than_what_may_pass():
    rules = ['rcpt=reply:550 5.1.1 unknown@1', 'rcpt=reply:451 4.7.1 later@2',
             'rcpt=reply:550 5.1.1 unknown@3', 'rcpt=reply:451 4.7.1 later@4']
    with secure(rules=rules) as server, \
            Account(server.port, digests=[{'to': '"anna@example.org", "ben@example.org"'}]) as home:
        home.send(status=69)


def the_answer_is_lost():
    for rule in ('dot=close', 'dot=close-after'):
        with secure(rules=[rule]) as server, Account(server.port) as home:
            text = home.send(status=69)
            tap.contains(text, 'the test mail for anna@example.org was perhaps taken', rule)
            tap.contains(text, 'look into the mailbox', rule)
            for part in ('not sent', 'tried again', 'connections'):
                tap.check(part not in text, f'{rule}: {text}')


def what_is_missing_in_the_configuration():
    with Account(25) as home:
        tap.contains(home.nudge('test-send', 'evening', status=1), 'there is no digest "evening"', 'the reason')
        home.nudge('test-send', '--to', 'Anna', status=64)


if not os.path.exists('/usr/bin/openssl'):
    tap.skip_all('openssl is not installed')
with CERTS:
    subprocess.run(['bash', tap.source_path('tests/lib/certs.sh'), CERTS.folder], check=True,
                   stderr=subprocess.DEVNULL)
    tap.run(it_arrives_by_starttls_with_a_login, it_goes_to_another_address,
            one_document_of_what_became_of_it, several_recipients_are_told_of_one_by_one, nobody_listens, what_listens_is_no_mail_server,
            starttls_is_missing, the_certificate_is_not_trusted, the_password_is_wrong,
            the_password_cannot_be_read, the_server_wants_a_login_and_there_is_none,
            a_credential_is_the_services_alone, addresses_are_refused, the_server_says_later,
            what_is_wrong_counts_more_than_what_may_pass, the_answer_is_lost,
            what_is_missing_in_the_configuration)
