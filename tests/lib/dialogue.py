# SPDX-License-Identifier: MIT
"""A person at a terminal: each answer is typed when its question has been asked."""

import contextlib
import fcntl
import os
import pty
import select
import struct
import subprocess
import termios

import tap
from programs import SECONDS


class Dialogue:
    """A program on a terminal of its own; `secret` must never be seen there."""

    def __init__(self, command, env, secret):
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack('HHHH', 50, 100, 0, 0))
        self.text, self.seen, self.secret = '', 0, secret
        self.process = subprocess.Popen(command, env=env, stdin=slave, stdout=slave, stderr=slave,
                                        start_new_session=True,
                                        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
        os.close(slave)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self.master)

    def more(self):
        if not select.select([self.master], [], [], SECONDS)[0]:
            raise tap.Failed(f'nothing more is said: {self.text}')
        piece = b''
        with contextlib.suppress(OSError):  # EIO is a terminal's end of file
            piece = os.read(self.master, 4096)
        self.text += piece.decode().replace('\r\n', '\n')
        return bool(piece)

    def asked(self, part):
        """Waits for a question that was not asked before."""
        while part not in self.text[self.seen:]:
            tap.check(self.more(), f'{part!r} is not asked: {self.text}')
        self.seen = self.text.index(part, self.seen) + len(part)

    def answer(self, *rows):
        """(question, answer) one after the other; an answer of bytes goes as it is."""
        for part, text in rows:
            self.asked(part)
            os.write(self.master, text if isinstance(text, bytes) else (text + '\n').encode())

    def echoes(self):
        return bool(termios.tcgetattr(self.master)[3] & termios.ECHO)

    def ends(self, status=0):
        while self.more():
            pass
        tap.equal(self.process.wait(SECONDS), status, f'the status: {self.text}')
        tap.check('Sanitizer' not in self.text, self.text)
        tap.check(self.secret not in self.text, f'the password is shown: {self.text}')
        return self.text
