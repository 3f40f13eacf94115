# SPDX-License-Identifier: MIT
"""A mail server of this machine that keeps what it is sent, on a port that was free."""

import queue
import socket

from aiosmtpd.controller import Controller


class Sink:
    def __init__(self):
        self.letters = queue.Queue()
        with socket.socket() as free:
            free.bind(('127.0.0.1', 0))
            self.port = free.getsockname()[1]
        self.controller = Controller(self, hostname='127.0.0.1', port=self.port)

    def __enter__(self):
        self.controller.start()
        return self

    def __exit__(self, *_):
        self.controller.stop()

    async def handle_DATA(self, _server, _session, envelope):  # as aiosmtpd calls it
        self.letters.put(envelope)
        return '250 kept'

    def next(self, seconds):
        """The next mail, waited for."""
        return self.letters.get(timeout=seconds)

    def is_empty(self):
        return self.letters.empty()
