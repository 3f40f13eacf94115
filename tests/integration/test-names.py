# SPDX-License-Identifier: MIT
"""Names that the caged nudged-send asks the DNS for: with resolver files and a name server of our own,
where a namespace for them can be had."""

import fcntl
import os
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import threading

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import tap  # noqa: E402
from posttool import Tool  # noqa: E402
from programs import Home  # noqa: E402
from smtpd import Receiver  # noqa: E402

INSIDE = 'inside'
RECORDS = {  # by name and type: A, MX
    (b'\4mail\7example\4test\0', 1): socket.inet_aton('127.0.0.1'),
    (b'\7schmidt\2de\0', 15): b'\0\5\6smtpin\5rzone\2de\0',
}
FOLDER = tempfile.TemporaryDirectory(prefix='test-names-')


def enter_namespace():
    """Runs this program again where the network is loopback alone and /etc can be covered."""
    options = ['-m', '-n']
    able = os.geteuid() == 0 and shutil.which('unshare') and shutil.which('mount') and \
        subprocess.run(['unshare', *options, 'mount', '--bind', '/etc/hosts', '/etc/hosts'],
                       stderr=subprocess.DEVNULL, check=False).returncode == 0
    if not able:
        tap.skip_all('only root can have a name server of its own, where namespaces are allowed')
    os.execvp('unshare', ['unshare', *options, sys.executable, '-B', sys.argv[0], INSIDE])


def cover(path, text):
    own = os.path.join(FOLDER.name, os.path.basename(path))
    covered = os.path.exists(own)
    with open(own, 'w', encoding='ascii') as file:
        file.write(text)
    if not covered:
        subprocess.run(['mount', '--bind', own, path], check=True)


class NameServer:
    """Knows mail.example.test alone, as 127.0.0.1, and who takes the mail of schmidt.de; by UDP it may say that the
    answer is too long."""

    def __init__(self):
        self.truncates = False
        self.asked = []  # (type, by TCP)
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind(('127.0.0.1', 53))
        self.tcp = socket.create_server(('127.0.0.1', 53))
        for run in (self.serve_udp, self.serve_tcp):
            threading.Thread(target=run, daemon=True).start()

    def answer(self, query, by_tcp):
        end = query.index(b'\0', 12) + 5
        kind = struct.unpack('>H', query[end - 4:end - 2])[0]
        self.asked.append((kind, by_tcp))
        name = query[12:end - 4]
        short = self.truncates and not by_tcp
        record = RECORDS.get((name, kind))
        known = any(name == one for one, _ in RECORDS)
        found = record is not None and not short
        flags = 0x8180 | (0x200 if short else 0) | (0 if known else 3)
        text = query[:2] + struct.pack('>HHHHH', flags, 1, int(found), 0, 0) + query[12:end]
        if found:
            text += b'\xc0\x0c' + struct.pack('>HHIH', kind, 1, 60, len(record)) + record
        return text

    def serve_udp(self):
        while True:
            query, sender = self.udp.recvfrom(1500)
            self.udp.sendto(self.answer(query, False), sender)

    def serve_tcp(self):
        while True:
            sock, _ = self.tcp.accept()
            with sock, sock.makefile('rwb') as stream:
                while len(size := stream.read(2)) == 2:
                    text = self.answer(stream.read(struct.unpack('>H', size)[0]), True)
                    stream.write(struct.pack('>H', len(text)) + text)
                    stream.flush()


def send(server, host='mail.example.test'):
    with Tool(url=f'smtp://{host}:{server.port}') as tool:
        return tool.send(1)[0]


def each_way_to_ask():
    # Modules that want a socket of this machine have none in the cage: the next one is asked.
    for hosts in ('files dns', 'files resolve [!UNAVAIL=return] dns',
                  'files mymachines mdns4_minimal [NOTFOUND=return] dns'):
        cover('/etc/nsswitch.conf', f'hosts: {hosts}\n')
        with Receiver() as server:
            end = send(server)
            tap.equal((end.outcome, end.cause), ('sent', 'none'), f'{hosts}: {end.text}')


def answers_that_are_too_long_for_udp():
    NAMES.truncates = True
    NAMES.asked.clear()
    with Receiver() as server:
        end = send(server)
    NAMES.truncates = False
    tap.equal((end.outcome, end.cause), ('sent', 'none'), end.text)
    tap.check(any(by_tcp for _, by_tcp in NAMES.asked), f'not asked by TCP: {NAMES.asked}')


def names_that_nobody_knows():
    with Receiver() as server:
        end = send(server, 'nowhere.example.test')
    tap.equal((end.outcome, server.connections), ('server', 0), end.text)
    tap.contains(end.text, 'nowhere.example.test', 'the sentence')


def who_keeps_the_mail_of_a_domain():
    for address, server in (('anna@schmidt.de', 'smtps://smtp.strato.de:465'),
                            ('anna@schmitt.de', 'smtp://mail.schmitt.de:587')):
        NAMES.asked.clear()
        with Home() as home:
            path = home.path('new.conf')
            home.nudge('-c', path, 'init', '--yes', '--no-test', '--no-enable', '--to', address, '--user', '-',
                       '--timezone', 'Europe/Berlin')
            tap.equal(home.json('-c', path, 'config')['smtp']['url'], server, address)
        tap.equal(NAMES.asked, [(15, False)], 'what was asked')
    NAMES.asked.clear()
    with Home() as home:  # nobody is asked where the server is named
        home.nudge('-c', home.path('new.conf'), 'init', '--yes', '--no-test', '--no-enable', '--to', 'anna@schmidt.de',
                   '--user', '-', '--server', 'mail.schmidt.de', '--timezone', 'Europe/Berlin')
    tap.equal(NAMES.asked, [], 'what was asked')


if INSIDE not in sys.argv:
    FOLDER.cleanup()
    enter_namespace()
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as link:
    fcntl.ioctl(link, 0x8914, struct.pack('16sH14x', b'lo', 0x1 | 0x40))  # SIOCSIFFLAGS: up
cover('/etc/resolv.conf', 'nameserver 127.0.0.1\n')
cover('/etc/nsswitch.conf', 'hosts: files dns\n')
NAMES = NameServer()
tap.run(each_way_to_ask, answers_that_are_too_long_for_udp, names_that_nobody_knows,
        who_keeps_the_mail_of_a_domain)
