# SPDX-License-Identifier: MIT
"""The slots of thousands of calendar events, compared with systemd-analyze and with a plain model.

systemd skips a time that falls into a DST gap and may take either one in an overlap; slots near a
change of the offset are therefore left out of its comparison, and the model, which walks through
all days and asks Python's zoneinfo, is what they are compared with. systemd 252 also loses slots
after a repetition without an end that does not fill its unit ("*-7/19" has no 7th of January, as
45th of December comes first): there all slots of systemd's must be ours, but not the reverse.
"""
import bisect
import calendar
import datetime
import os
import random
import re
import shutil
import subprocess
import sys
import zoneinfo

ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"]
BASES = 24
EXPRESSIONS = 60
SLOTS = 6
SEED = int(os.environ.get("CADENCE_SEED", "1"))
UTC = datetime.timezone.utc
LAST_YEAR_OF_SYSTEMD = calendar.timegm((2199, 12, 30, 0, 0, 0))
WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
REFUSED = [
    "", "7", "7:", "24:00", "23:60", "0:0:60", "*-13-1", "*-0-1", "*-*-32", "*-*-0", "Fri..Mon",
    "Mon..", "..Fri", ",Mon", "Mon..Wed..Fri", "Mon...Wed", "Montag", "Mo 7:00", "07:00 Mon",
    "Mon Tue", "*-*-*/3", "*:*/0", "*-*-3/40", "*:50/15", "5..1:00", "*-*~3..1", "2~1-1", "1-1-1-1",
    "*/2-1-1", "1,2,:00", "7,,9:00", ",7:00", "*,5:00", "07 : 00", "+1-1-1", "0x5:00", "1969-1-1",
    "*-*-*T07:00", "*-*~5/-1", "1.5:00", "Mon 2024", "Mon, Tue",
]


class Event:
    """An expression, and which days and seconds of a day it names."""

    def __init__(self, rng):
        parts = []
        self.weekdays = set(range(7))
        self.years, self.months = None, set(range(1, 13))
        self.days, self.from_end = set(range(1, 32)), False
        self.seconds = [0]
        self.uneven = False
        while not parts:
            if rng.random() < 0.4:
                parts.append(self.choose_weekdays(rng))
            if rng.random() < 0.5:
                parts.append(self.choose_date(rng))
            if rng.random() < 0.8:
                parts.append(self.choose_time(rng))
        self.text = " ".join(parts)

    def choose_weekdays(self, rng):
        texts, chosen = [], set()
        for _ in range(rng.randint(1, 3)):
            first = rng.randrange(7)
            last = rng.randint(first, 6) if rng.random() < 0.4 else first
            chosen |= set(range(first, last + 1))
            name = rng.choice([str, str.lower, str.upper])(WEEKDAYS[first])
            texts.append(name if first == last else name + rng.choice(["..", "-"]) + WEEKDAYS[last])
        self.weekdays = chosen
        return ",".join(texts)

    def choose_run(self, rng, low, high, width=2):
        first = rng.randint(low, high)
        kind = rng.random()
        def write(n):
            return "%0*d" % (rng.choice([1, width]), n)
        if kind < 0.5 or first == high:
            return write(first), {first}
        if kind < 0.7:
            step = rng.randint(1, high - first)
            self.uneven |= high == 31 and step > 1 or (high - low + 1) % step != 0
            return "%s/%d" % (write(first), step), set(range(first, high + 1, step))
        last = rng.randint(first + 1, high)
        text = "%s..%s" % (write(first), write(last))
        if kind < 0.85:
            return text, set(range(first, last + 1))
        step = rng.randint(1, last - first)
        return "%s/%d" % (text, step), set(range(first, last + 1, step))

    def choose_list(self, rng, low, high, any_chance):
        if rng.random() < any_chance:
            return "*", set(range(low, high + 1))
        runs = [self.choose_run(rng, low, high) for _ in range(rng.choice([1, 1, 1, 2, 3]))]
        return ",".join(r[0] for r in runs), set().union(*(r[1] for r in runs))

    def choose_date(self, rng):
        month, self.months = self.choose_list(rng, 1, 12, 0.6)
        separator = "-"
        if rng.random() < 0.3:
            separator, self.from_end = "~", True
            day = self.choose_from_end(rng)
        else:
            day, self.days = self.choose_list(rng, 1, 31, 0.3)
        if rng.random() < 0.2:
            first = rng.randint(1995, 2040)
            year, self.years = "%d..%d" % (first, first + 3), set(range(first, first + 4))
            return "%s-%s%s%s" % (year, month, separator, day)
        return rng.choice(["", "*-"]) + month + separator + day

    def choose_from_end(self, rng):
        # systemd 252 goes astray where a count leads before the month's first day: up to 28 here.
        first, last = sorted(rng.sample(range(1, 29), 2))
        kind = rng.random()
        if kind < 0.5:
            self.days = {first}
            return "%02d" % first
        if kind < 0.75:
            self.days = set(range(first, last + 1))
            return "%d..%d" % (first, last)
        step = rng.randint(1, last - 1)
        self.uneven |= step > 1
        self.days = set(range(last, 0, -step))
        return "%d/%d" % (last, step)

    def choose_time(self, rng):
        hour, hours = self.choose_list(rng, 0, 23, 0.2)
        minute, minutes = self.choose_list(rng, 0, 59, 0.1)
        second, seconds = "", {0}
        if rng.random() < 0.3:
            second, seconds = self.choose_list(rng, 0, 59, 0.1)
            second = ":" + second
        self.seconds = sorted(
            h * 3600 + m * 60 + s for h in hours for m in minutes for s in seconds)
        return hour + ":" + minute + second

    def has_day(self, day):
        length = calendar.monthrange(day.year, day.month)[1]
        number = length - day.day + 1 if self.from_end else day.day
        return (number in self.days and day.weekday() in self.weekdays and
                day.month in self.months and (self.years is None or day.year in self.years))


class Zone:
    def __init__(self, name):
        self.name = name
        self.info = zoneinfo.ZoneInfo(name)
        self.path = next(os.path.join(p, name) for p in zoneinfo.TZPATH
                         if os.path.exists(os.path.join(p, name)))
        self.changes = []
        start = calendar.timegm((1990, 1, 1, 0, 0, 0))
        for at in range(start, calendar.timegm((2045, 1, 1, 0, 0, 0)), 86400):
            if self.offset(at) != self.offset(at + 86400):
                self.changes.append(self.change_between(at, at + 86400))

    def offset(self, instant):
        at = datetime.datetime.fromtimestamp(instant, UTC).astimezone(self.info)
        return int(at.utcoffset().total_seconds())

    def change_between(self, low, high):
        """The first instant with another offset than `low`."""
        before = self.offset(low)
        while high - low > 1:
            middle = (low + high) // 2
            if self.offset(middle) == before:
                low = middle
            else:
                high = middle
        return high

    def instant(self, day, second):
        naive = datetime.datetime.combine(day, datetime.time()) + datetime.timedelta(seconds=second)
        early, late = (int(naive.replace(tzinfo=self.info, fold=f).timestamp()) for f in (0, 1))
        back = datetime.datetime.fromtimestamp(early, self.info).replace(tzinfo=None)
        # fold=0 counts with the offset before a change: in a gap that is an instant after it.
        return early if back == naive else self.change_between(late, early)

    def is_calm(self, instant):
        """No change of the offset within two days."""
        i = bisect.bisect(self.changes, instant)
        return not any(abs(instant - c) < 2 * 86400 for c in self.changes[max(i - 1, 0):i + 1])

    def bases(self, rng):
        for i in range(BASES):
            if i % 2:
                yield rng.choice(self.changes) + rng.randint(-3 * 86400, 3 * 86400)
            else:
                yield rng.randint(self.changes[0], self.changes[-1])


def model(event, zone, base):
    """The next slots by walking through the days; None where that would take too long."""
    slots, day = set(), datetime.datetime.fromtimestamp(base, zone.info).date()
    if len(event.seconds) > 200:
        return None
    day -= datetime.timedelta(days=2)
    for _ in range(800):
        if event.has_day(day):
            slots |= {t for t in (zone.instant(day, s) for s in event.seconds) if t > base}
        # The order of a few days' instants may not be that of the days, as far as the model knows.
        if len(slots) >= SLOTS and day > datetime.datetime.fromtimestamp(
                sorted(slots)[SLOTS - 1], zone.info).date() + datetime.timedelta(days=2):
            return sorted(slots)[:SLOTS]
        day += datetime.timedelta(days=1)
    return None


def ours(tool, zone, base, texts):
    lines = "".join("%d\t%s\n" % (base, text) for text in texts)
    run = subprocess.run([tool, zone.path, str(SLOTS)], input=lines, capture_output=True, text=True,
                         check=True)
    return [line if line.startswith("!") else [int(n) for n in line.split()]
            for line in run.stdout.splitlines()]


def theirs(zone, base, texts):
    run = subprocess.run(
        ["systemd-analyze", "calendar", "--iterations=%d" % SLOTS, "--base-time=@%d" % base, *texts],
        capture_output=True, text=True, env=dict(os.environ, TZ=zone.name, LC_ALL="C.UTF-8"),
        stdin=subprocess.DEVNULL, check=False)
    answers = []
    for line in run.stdout.splitlines():
        if "Normalized form:" in line:
            answers.append([])
        found = re.search(r"\(in UTC\): \w+ (\S+ \S+) UTC", line)
        if found:
            answers[-1].append(int(datetime.datetime.strptime(
                found.group(1), "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC).timestamp()))
    # It gives up after 1000 steps of its own, and says nothing of such an expression on stdout.
    given_up = set(re.findall(r"Failed to determine next elapse for '([^']+)'", run.stderr))
    if len(answers) != sum(text not in given_up for text in texts):
        raise RuntimeError("systemd-analyze answered %d of %d expressions: %s" % (
            len(answers), len(texts), run.stderr))
    answer = iter(answers)
    return [None if text in given_up else next(answer) for text in texts]


def agree(zone, event, mine, other):
    """Whether both agree as far as they go, but for what lies near a change of the offset."""
    if other is None:
        return True, 0
    if event.uneven and mine:
        other = [t for t in other if t <= mine[-1]]
        mine = [t for t in mine if t in other]
    whole = event.uneven or len(mine) == SLOTS or len(mine) == len(other)
    mine, other = ([t for t in side if zone.is_calm(t) and t < LAST_YEAR_OF_SYSTEMD]
                   for side in (mine, other))
    n = min(len(mine), len(other))
    return whole and mine[:n] == other[:n], n


class Tap:
    def __init__(self):
        self.count, self.failed = 0, 0

    def point(self, wrong, name):
        self.count += 1
        self.failed += bool(wrong)
        for line in wrong[:10]:
            print("#", line)
        print("%s %d - %s" % ("not ok" if wrong else "ok", self.count, name), flush=True)


def check_zone(tap, tool, zone, rng):
    apart, unlike, compared, modelled, changed = [], [], 0, 0, 0
    for base in zone.bases(rng):
        events = [Event(rng) for _ in range(EXPRESSIONS)]
        texts = [e.text for e in events]
        for event, mine, other in zip(events, ours(tool, zone, base, texts),
                                      theirs(zone, base, texts)):
            case = "%r after %d: %s" % (event.text, base, mine)
            good, n = agree(zone, event, mine, other) if isinstance(mine, list) else (False, 0)
            compared += n
            if not good:
                apart.append("%s, systemd: %s" % (case, other))
            expected = model(event, zone, base)
            modelled += expected is not None
            changed += sum(not zone.is_calm(t) for t in expected or [])
            if expected is not None and mine != expected:
                unlike.append("%s, expected: %s" % (case, expected))
    print("# %s: %d slots compared with systemd-analyze, %d expressions with the model, %d slots of "
          "them near a change" % (zone.name, compared, modelled, changed))
    tap.point(apart or ([] if compared else ["nothing compared"]),
              zone.name + " agrees with systemd-analyze")
    tap.point(unlike or ([] if changed else ["no slot near a change"]),
              zone.name + " agrees with the model, near changes too")


def check_refused(tap, tool, zone):
    taken = [text for text, answer in zip(REFUSED, ours(tool, zone, 0, REFUSED))
             if not isinstance(answer, str)]
    tap.point(taken, "what systemd refuses is refused")
    taken = []
    for text in REFUSED:
        run = subprocess.run(["systemd-analyze", "calendar", text], capture_output=True, check=False)
        if run.returncode == 0:
            taken.append(text)
    tap.point(taken, "and systemd refuses it")


def main():
    tool = os.path.join(os.environ.get("TOP_BUILDDIR", "."), "tests/lib/cadence-tool")
    if not shutil.which("systemd-analyze"):
        print("1..0 # SKIP systemd-analyze is not installed")
        return 0
    try:
        zones = [Zone(name) for name in ZONES]
    except (zoneinfo.ZoneInfoNotFoundError, StopIteration):
        print("1..0 # SKIP the system has no time zone files")
        return 0
    rng = random.Random(SEED)
    tap = Tap()
    print("1..%d" % (2 * len(zones) + 2))
    for zone in zones:
        check_zone(tap, tool, zone, rng)
    check_refused(tap, tool, zones[0])
    return tap.failed > 0


sys.exit(main())
