# SPDX-License-Identifier: MIT
"""nudged-send against a real Postfix: STARTTLS and implicit TLS, login, delivery into a Maildir.

libcurl's CONNECT_ONLY is a promise that no one else checks: here it is kept or seen to be broken.
The Postfix is a private one, with its own folders, ports and authority, and where that is permitted
in a network namespace of its own; nothing it takes can leave the machine.
"""

import email
import email.policy
import fcntl
import os
import pwd
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import tap  # noqa: E402
from posttool import Tool  # noqa: E402

PASSWORD = 'p@ss w\u00f6rd'
USER = 'anna@example.test'
SECONDS = 30
os.environ['PATH'] += ':/usr/sbin:/sbin'

MAIN = '''compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
command_directory = {sbin}
daemon_directory = {daemons}
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
mail_owner = postfix
setgid_group = postdrop
myhostname = mail.example.test
mydestination =
mynetworks =
alias_maps =
alias_database =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
virtual_mailbox_domains = example.test
virtual_mailbox_base = {folder}/boxes
virtual_mailbox_maps = inline:{{ ben@example.test=ben/ }}
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
virtual_minimum_uid = 1
default_transport = error:5.7.1 nothing leaves this machine
relay_transport = error:5.7.1 nothing leaves this machine
smtpd_tls_cert_file = {folder}/certs/good.pem
smtpd_tls_key_file = {folder}/certs/good.key
smtpd_tls_security_level = encrypt
smtpd_tls_auth_only = yes
smtpd_tls_received_header = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_authenticated_header = yes
smtpd_sasl_path = smtpd
cyrus_sasl_config_path = {folder}/etc/sasl
smtpd_sasl_local_domain = example.test
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = reject_unlisted_recipient, permit_sasl_authenticated, reject
smtpd_error_sleep_time = 0
smtpd_client_connection_count_limit = 0
message_size_limit = 100000
'''

MASTER = '''127.0.0.1:{starttls} inet n - n - - smtpd
127.0.0.1:{implicit} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
'''

SASL = '''pwcheck_method: auxprop
auxprop_plugin: sasldb
sasldb_path: {folder}/etc/sasl/db
mech_list: PLAIN LOGIN CRAM-MD5 SCRAM-SHA-256
'''


def enter_namespace():
    """Runs this program again in a network namespace with loopback alone, where that can be had."""
    if 'inside' in sys.argv:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            request = struct.pack('16sH14x', b'lo', 0x1 | 0x40)  # IFF_UP | IFF_RUNNING
            fcntl.ioctl(sock, 0x8914, request)  # SIOCSIFFLAGS
        return
    able = shutil.which('unshare') and subprocess.run(
        ['unshare', '-n', 'true'], stderr=subprocess.DEVNULL, check=False).returncode == 0
    if able:
        os.execvp('unshare', ['unshare', '-n', sys.executable, '-B', __file__, 'inside'])


def free_ports(number):
    """Ports that nobody has now."""
    sockets = [socket.create_server(('127.0.0.1', 0)) for _ in range(number)]
    ports = [sock.getsockname()[1] for sock in sockets]
    for sock in sockets:
        sock.close()
    return ports


class Postfix:
    """A private one; a context manager."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix='test-postfix-')
        self.starttls, self.implicit = free_ports(2)
        nobody = pwd.getpwnam('nobody')
        os.chmod(self.folder, 0o755)
        for name in ('etc/sasl', 'queue', 'data', 'boxes'):
            os.makedirs(self.path(name))
        shutil.chown(self.path('data'), 'postfix')
        os.chown(self.path('boxes'), nobody.pw_uid, nobody.pw_gid)
        values = {'folder': self.folder, 'uid': nobody.pw_uid, 'gid': nobody.pw_gid,
                  'sbin': os.path.dirname(shutil.which('postfix')), 'daemons': self.daemons(),
                  'starttls': self.starttls, 'implicit': self.implicit}
        for name, text in (('main.cf', MAIN), ('master.cf', MASTER), ('sasl/smtpd.conf', SASL)):
            with open(self.path('etc/' + name), 'w', encoding='ascii') as file:
                file.write(text.format(**values))
        self.run(['bash', tap.source_path('tests/lib/certs.sh'), self.path('certs')])
        self.run(['saslpasswd2', '-p', '-c', '-f', self.path('etc/sasl/db'), '-u', 'example.test',
                  'anna'], PASSWORD)
        shutil.chown(self.path('etc/sasl/db'), 'postfix')

    def path(self, name):
        return os.path.join(self.folder, name)

    @staticmethod
    def daemons():
        return subprocess.run(['postconf', '-dh', 'daemon_directory'], check=True,
                              capture_output=True, text=True).stdout.strip()

    @staticmethod
    def run(command, text=None):
        result = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
        if result.returncode != 0:
            raise RuntimeError(f'{command}: {result.stdout}{result.stderr}')

    def log(self):
        try:
            with open(self.path('log'), encoding='utf-8', errors='replace') as file:
                return file.read()
        except OSError:
            return ''

    def __enter__(self):
        try:
            self.run(['postfix', '-c', self.path('etc'), 'start'])
            for port in (self.starttls, self.implicit):
                self.wait(lambda port=port: self.listens(port), f'Postfix on port {port}')
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        subprocess.run(['postfix', '-c', self.path('etc'), 'stop'], stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    @staticmethod
    def listens(port):
        with socket.socket() as sock:
            return sock.connect_ex(('127.0.0.1', port)) == 0

    def wait(self, condition, what):
        end = time.monotonic() + SECONDS
        while not condition():
            if time.monotonic() > end:
                tap.diagnose(self.log())
                raise tap.Failed(f'{what}: not within {SECONDS} seconds')
            time.sleep(0.05)

    def box(self):
        folder = self.path('boxes/ben/new')
        return sorted(os.listdir(folder)) if os.path.isdir(folder) else []

    def collect(self, number):
        """Waits for so many messages, takes them out of the box and returns them."""
        self.wait(lambda: len(self.box()) >= number, f'{number} messages')
        messages = []
        for name in self.box():
            with open(self.path('boxes/ben/new/' + name), 'rb') as file:
                messages.append(email.message_from_binary_file(file, policy=email.policy.strict))
            os.unlink(self.path('boxes/ben/new/' + name))
        tap.equal(len(messages), number, 'messages')
        return messages

    def tool(self, implicit=False, password=PASSWORD, **options):
        """A post-tool that logs in."""
        secret = self.path('secret')
        with open(secret, 'w', encoding='utf-8', opener=lambda p, f: os.open(p, f, 0o600)) as file:
            file.write(password + '\n')
        place = (f'smtps://localhost:{self.implicit}' if implicit
                 else f'smtp://localhost:{self.starttls}')
        return Tool(url=place, tls='required', ca_file=self.path('certs/ca.pem'), user=USER,
                    password_file=secret, **options)

    def body(self, data):
        with open(self.path('body'), 'wb') as file:
            file.write(data)
        return self.path('body')


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


def why_not():
    if os.geteuid() != 0:
        return 'only root can start a Postfix'
    for program in ('postfix', 'postconf', 'saslpasswd2', 'openssl'):
        if not shutil.which(program):
            return f'{program} is not installed'
    return None


reason = why_not()
if reason:
    tap.skip_all(reason)
enter_namespace()
with Postfix() as POSTFIX:
    tap.run(by_starttls, by_implicit_tls, fifty_mails_by_four_connections,
            nothing_is_delivered_before_the_dot, a_wrong_password,
            an_unknown_recipient_and_then_a_known_one, a_mail_that_is_too_large,
            a_server_that_must_not_be_trusted)
