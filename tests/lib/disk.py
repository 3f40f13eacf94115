# SPDX-License-Identifier: MIT
"""A disk with a cache that it loses when the power goes: a network block device for qemu.

What was written since the last flush is kept beside the image. forget() decides for each sector of it
whether it had reached the medium, so that any order, and writes that are torn, are possible; what was
flushed, or written with FUA, stays. A flush takes a while, as on any disk; where the power goes amid it, it was none.

The protocol: https://github.com/NetworkBlockDevice/nbd/blob/master/doc/proto.md, fixed newstyle.
"""

import os
import socket
import struct
import threading

SECTOR = 512
MAX_REQUEST = 32 * 1024 * 1024
OPTION_ABORT, OPTION_INFO, OPTION_GO = 2, 6, 7
REPLY_ACK, REPLY_INFO, REPLY_UNSUPPORTED = 1, 3, (1 << 31) + 1
READ, WRITE, DISCONNECT, FLUSH = range(4)
FUA = 1  # of a request's flags
OFFERED = 1 | 4 | 8  # that there are flags; FLUSH; FUA
INVALID = 22
FLUSH_SECONDS = 0.02


class Disk:
    """Serves the file to one client after the other, on a socket beside it."""

    def __init__(self, image):
        self.file = open(image, 'r+b', buffering=0)
        self.size = os.fstat(self.file.fileno()).st_size
        self.path = image + '.socket'
        self.unflushed = []  # (offset, before, after), in order
        self.flushes = 0
        self.gone = threading.Event()  # the power
        self.dirty = threading.Event()  # something is unflushed
        self.socket = None
        self.thread = None

    def close(self):
        self.file.close()
        if os.path.exists(self.path):
            os.unlink(self.path)

    def serve(self):
        """Waits for a client in a thread of its own, until that client is gone."""
        if os.path.exists(self.path):
            os.unlink(self.path)
        self.gone.clear()
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.bind(self.path)
        self.socket.listen(1)
        self.thread = threading.Thread(target=self.attend, daemon=True)
        self.thread.start()

    def wait(self):
        """Until the client is gone, and all it had said is done."""
        self.thread.join()

    def attend(self):
        with self.socket as listener:
            connection, _ = listener.accept()
        with connection, connection.makefile('rb') as stream:
            try:
                if self.negotiate(connection, stream):
                    while self.act(connection, stream):
                        pass
            except (EOFError, ConnectionError):
                pass

    @staticmethod
    def read(stream, number):
        data = stream.read(number)
        if len(data) < number:
            raise EOFError
        return data

    def negotiate(self, connection, stream):
        connection.sendall(b'NBDMAGICIHAVEOPT' + struct.pack('>H', 3))
        self.read(stream, 4)
        while True:
            _, option, length = struct.unpack('>8sII', self.read(stream, 16))
            self.read(stream, length)
            if option in (OPTION_INFO, OPTION_GO):
                self.reply(connection, option, REPLY_INFO, struct.pack('>HQH', 0, self.size, OFFERED))
            known = option in (OPTION_INFO, OPTION_GO, OPTION_ABORT)
            self.reply(connection, option, REPLY_ACK if known else REPLY_UNSUPPORTED)
            if option in (OPTION_GO, OPTION_ABORT):
                return option == OPTION_GO

    @staticmethod
    def reply(connection, option, kind, data=b''):
        connection.sendall(struct.pack('>QIII', 0x3e889045565a9, option, kind, len(data)) + data)

    def act(self, connection, stream):
        """One request; returns whether others may follow."""
        _, flags, kind, handle, offset, length = struct.unpack('>IHHQQI', self.read(stream, 28))
        if kind == DISCONNECT or self.gone.is_set():
            return False
        data, error = b'', 0
        if kind == READ and length <= MAX_REQUEST:
            data = os.pread(self.file.fileno(), length, offset)
        elif kind == WRITE and length <= MAX_REQUEST:
            self.write(offset, self.read(stream, length), flags & FUA)
        elif kind == FLUSH:
            self.flushes += 1
            if self.gone.wait(FLUSH_SECONDS):
                return False  # unanswered: nobody may rely on it
            self.unflushed.clear()
            self.dirty.clear()
        else:
            error = INVALID
        connection.sendall(struct.pack('>IIQ', 0x67446698, error, handle) + data)
        return True

    def write(self, offset, data, stays):
        if not stays:
            before = os.pread(self.file.fileno(), len(data), offset)
            self.unflushed.append((offset, before, data))
            self.dirty.set()
        os.pwrite(self.file.fileno(), data, offset)

    def forget(self, random):
        """The power went: of what was not flushed a part is on the medium. Returns how many sectors
        were lost, of how many."""
        writes, self.unflushed = self.unflushed, []
        self.dirty.clear()
        for offset, before, _ in reversed(writes):
            os.pwrite(self.file.fileno(), before, offset)
        kept, lost, all_of_them = random.random(), 0, 0
        for offset, _, after in writes:
            for at in range(0, len(after), SECTOR):
                all_of_them += 1
                if random.random() < kept:
                    os.pwrite(self.file.fileno(), after[at:at + SECTOR], offset + at)
                else:
                    lost += 1
        return lost, all_of_them
