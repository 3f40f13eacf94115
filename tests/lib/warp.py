# SPDX-License-Identifier: MIT
"""A service whose time runs faster, or jumps: tests/lib/warp.c is loaded before it.

    with Warp(home, speed=60) as warp, warp.service(now) as service:
        warp.suspend(service, 3600)
"""

import mmap
import signal
import struct
import time

from programs import wait_for

CLOCKS = (time.CLOCK_REALTIME, time.CLOCK_BOOTTIME, time.CLOCK_MONOTONIC)
SIZE = 6 * 8


class Warp:
    """Of one service of a home."""

    def __init__(self, home, speed=1):
        self.home, self.speed = home, speed
        self.origins = [time.clock_gettime_ns(clock) for clock in CLOCKS]
        self.real = self.boot = 0  # seconds
        with open(home.path('warp'), 'wb') as file:
            file.write(bytes(SIZE))
        with open(home.path('warp'), 'r+b') as file:
            self.map = mmap.mmap(file.fileno(), SIZE)
        self.write()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.map.close()

    def write(self):
        self.map[:] = struct.pack('=6q', self.speed, self.real, self.boot, *self.origins)

    @property
    def env(self):
        # The path of the library may hold a space, which LD_PRELOAD cannot: it is found in tests/lib.
        return {'LD_PRELOAD': './warp.so', 'NUDGED_WARP': self.home.path('warp'),
                # What a sanitizer keeps back of freed memory would look like growth.
                'ASAN_OPTIONS': self.home.env.get('ASAN_OPTIONS', '')
                + ':verify_asan_link_order=0:quarantine_size_mb=1'}

    def service(self, now):
        return self.home.service(now, env=self.env)

    def pass_by(self, seconds):
        """Waits until so much of the program's time is over."""
        begin = self.seconds()
        wait_for(lambda: self.seconds() - begin > seconds, 'time')

    def seconds(self):
        """By the program's time, since the beginning, without jumps."""
        return (time.monotonic_ns() - self.origins[2]) * self.speed / 1e9

    def jump(self, service, *, real=0, boot=0):
        self.real += real
        self.boot += boot
        self.write()
        service.signal(signal.SIGURG)

    def suspend(self, service, seconds):
        """The machine sleeps so long and wakes up."""
        self.jump(service, real=seconds, boot=seconds)
