# SPDX-License-Identifier: MIT
"""Two shards, each on a network of its own, behind a real Postfix that relays; one dies in its slot, and its last
backup goes on from a third network.

    shard a 10.9.1.2 --\\
    shard b 10.9.2.2 ---- 10.9.0.1 Postfix ---- a receiver, which is the world
    another 10.9.3.2 --/
"""

import email
import os
import re
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import tap  # noqa: E402
from postfix import Postfix, enter_namespace, free_ports, why_not  # noqa: E402
from programs import Home, wait_for  # noqa: E402
from smtpd import Receiver  # noqa: E402

EVE = '2026-11-22T12:00:00+01:00'
SLOT = '2026-11-23T07:00:00+01:00'
LATER = '2026-11-23T07:30:00+01:00'
NOON = '2026-11-23T12:00:00+01:00'
MEMBERS = 10
RELAY = '10.9.0.1'
# One port where each recipient takes a second, so that a slot has a middle, and one without.
MASTER = '''{address}:{port} inet n - n - - smtpd -o smtpd_tls_security_level=none -o smtpd_peername_lookup=no
    -o mynetworks=10.9.0.0/16 -o smtpd_relay_restrictions=permit_mynetworks,reject
    -o {{ smtpd_recipient_restrictions={pause}permit_mynetworks,reject }}
'''
SMTP = '''relay unix - - n - - smtp
'''


def ip(*arguments, within=()):
    result = subprocess.run([*within, 'ip', *arguments], capture_output=True, encoding='utf-8', check=False)
    if result.returncode != 0:
        raise tap.Skipped(f'no networks can be made here: ip {" ".join(arguments)}: {result.stderr.strip()}')


class Machine:
    """A network of its own, with a cable to the relay's; what runs `within` sees nothing else."""

    def __init__(self, number):
        self.cable = f'cable{number}'
        self.address = f'10.9.{number}.2'
        self.holder = subprocess.Popen(['unshare', '-n', 'sleep', 'infinity'])
        self.within = ['nsenter', '-t', str(self.holder.pid), '-n', '--']
        space = f'/proc/{self.holder.pid}/ns/net'
        wait_for(lambda: os.readlink(space) != os.readlink('/proc/self/ns/net'), 'a network')
        ip('link', 'add', self.cable, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', str(self.holder.pid))
        ip('address', 'add', f'10.9.{number}.1/24', 'dev', self.cable)
        ip('link', 'set', self.cable, 'up')
        for arguments in (('link', 'set', 'lo', 'up'), ('address', 'add', f'{self.address}/24', 'dev', 'eth0'),
                          ('link', 'set', 'eth0', 'up'), ('route', 'add', 'default', 'via', f'10.9.{number}.1')):
            ip(*arguments, within=self.within)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.holder.kill()
        self.holder.wait()

    def cut_off(self):
        ip('link', 'set', self.cable, 'down')


class World:
    """The networks, the relay and what it passes on."""

    def __init__(self):
        ip('address', 'add', f'{RELAY}/32', 'dev', 'lo')
        self.receiver = Receiver()
        self.slow, self.fast = free_ports(2)
        master = ''.join(MASTER.format(address=RELAY, port=port, pause=pause)
                         for port, pause in ((self.slow, 'sleep 1,'), (self.fast, '')))
        self.postfix = Postfix(main=f'transport_maps = static:relay:[127.0.0.1]:{self.receiver.port}\n',
                               master=master + SMTP)

    def __enter__(self):
        self.receiver.__enter__()
        self.postfix.__enter__()
        return self

    def __exit__(self, *_):
        self.postfix.__exit__()
        self.receiver.__exit__()

    def accepted(self):
        """Mails that the relay has promised to deliver."""
        return self.postfix.log().count('(queue active)')

    def told(self, name):
        """The mails about the birthday that a member has in the end: (Message-ID, the shard's address)."""
        wait_for(lambda: len(self.receiver.messages) >= self.accepted(), 'the relay passes on what it took')
        found = []
        for message in self.receiver.messages:
            mail = email.message_from_bytes(message.data)
            if mail['To'] == f'{name}@example.org' and b'turns 42 today' in message.data:
                client = re.search(r'\(\S+ \[([0-9.]+)\]\)', mail.get_all('Received')[-1])[1]
                found.append((mail['Message-ID'], client))
        return found


def shard(home, machine, letter, port):
    home.within = machine.within
    home.configure(url=f'smtp://{RELAY}:{port}', smtp='tls = "none"; connections = 2;', digests=[])
    home.now = EVE
    for k in range(MEMBERS):
        name = f'{letter}{k}'
        home.nudge('book', name, '--create')
        home.nudge('-b', name, 'add', f'Anna of {name}', '--birthday', '23.11.1984')
        home.nudge('-b', name, 'digest', 'add', name, '--to', f'{name}@example.org', '--timezone', 'Europe/Berlin',
                   '--cadence', '*-*-* 07:00', '--language', 'en', '--lead-days', '0')


def welcomed(home, world):
    """The welcome, over the fast port: it is not what this is about."""
    home.configure(url=f'smtp://{RELAY}:{world.fast}', smtp='tls = "none";', digests=[])
    home.once(EVE)


def dies_in_its_slot(home, machine, world):
    """Returns its last backup, made while some mails had gone and others not."""
    home.configure(url=f'smtp://{RELAY}:{world.slow}', smtp='tls = "none"; connections = 2;', digests=[])
    before = world.accepted()
    backup = home.path('backup.db')
    with home.service(SLOT) as service:
        wait_for(lambda: world.accepted() >= before + 2, 'the first mails')
        home.now = SLOT
        home.nudge('backup', backup)
        held = home.outbox()
        taken = world.accepted()
        wait_for(lambda: world.accepted() >= taken + 2, 'more of them')
        machine.cut_off()
        service.kill()
    tap.check(held.get('sent', 0) > MEMBERS, f'nothing was sent before the backup: {held}')
    tap.check(world.accepted() < before + MEMBERS, 'the slot was over before it died')
    return backup


def a_shard_dies_and_its_backup_goes_on_elsewhere():
    with World() as world, Machine(1) as one, Machine(2) as two, Machine(3) as three, Home() as a, Home() as b, \
            Home() as elsewhere:
        shard(a, one, 'a', world.fast)
        shard(b, two, 'b', world.fast)
        welcomed(a, world)
        welcomed(b, world)
        backup = dies_in_its_slot(a, one, world)
        b.once(SLOT)
        elsewhere.within = three.within
        elsewhere.configure(url=f'smtp://{RELAY}:{world.fast}', smtp='tls = "none";', digests=[])
        elsewhere.now = LATER
        elsewhere.nudge('restore', backup, '--yes')
        doubt = elsewhere.outbox().get('in_doubt', 0)
        tap.check(0 < doubt < MEMBERS, f'in doubt: {doubt}')
        tap.check(f'{doubt} in doubt' in elsewhere.nudge('status'), 'the status says so')
        elsewhere.once(NOON)
        tap.equal(elsewhere.outbox().get('in_doubt'), None, 'in doubt in the end')
        twice = 0
        for k in range(MEMBERS):
            mails = world.told(f'a{k}')
            tap.check(mails, f'what a{k} was to be told is lost')
            tap.equal(len({message_id for message_id, _ in mails}), 1, f'Message-IDs of a{k}')
            tap.check(len(mails) <= 2, f'a{k} has it {len(mails)} times')
            if len(mails) == 2:
                twice += 1
                tap.equal({address for _, address in mails}, {one.address, three.address}, f'from where to a{k}')
            tap.equal([address for _, address in world.told(f'b{k}')], [two.address], f'the other shard: b{k}')
        tap.check(0 < twice <= doubt, f'{twice} have it twice, {doubt} were in doubt')
        tap.contains(elsewhere.nudge('status'), 'twice, perhaps', 'and it says that as well')


reason = why_not() or (None if shutil.which('ip') and shutil.which('nsenter') else 'iproute2 or nsenter is missing')
if reason:
    tap.skip_all(reason)
enter_namespace()
if 'inside' not in sys.argv:
    tap.skip_all('no network namespace can be had here')
tap.run(a_shard_dies_and_its_backup_goes_on_elsewhere)
