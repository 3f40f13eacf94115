# SPDX-License-Identifier: MIT
"""A private Postfix for tests: STARTTLS and implicit TLS, login, delivery into a Maildir.

It has its own folders, ports and authority, and where that is permitted a network namespace of its
own; nothing it takes can leave the machine.
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

import tap
from posttool import Tool

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
        os.execvp('unshare', ['unshare', '-n', sys.executable, '-B', sys.argv[0], 'inside'])


def free_ports(number):
    """Ports that nobody has now."""
    sockets = [socket.create_server(('127.0.0.1', 0)) for _ in range(number)]
    ports = [sock.getsockname()[1] for sock in sockets]
    for sock in sockets:
        sock.close()
    return ports


class Postfix:
    """A private one; a context manager. `main` and `master` are lines beside those above."""

    def __init__(self, main='', master=''):
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
        for name, text, more in (('main.cf', MAIN, main), ('master.cf', MASTER, master),
                                 ('sasl/smtpd.conf', SASL, '')):
            with open(self.path('etc/' + name), 'w', encoding='ascii') as file:
                file.write(text.format(**values) + more)
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


def why_not():
    if os.geteuid() != 0:
        return 'only root can start a Postfix'
    for program in ('postfix', 'postconf', 'saslpasswd2', 'openssl'):
        if not shutil.which(program):
            return f'{program} is not installed'
    return None
