# SPDX-License-Identifier: MIT
"""Includes go down only, no room reaches into a neighbour's private header, SQL stays in the book, nothing is left out."""
import os
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "lib"))
import tap  # noqa: E402

FLOORS = [{"core"}, {"agenda", "format"}, {"base"}, {"conf"}, {"book"}, {"exchange", "digest", "post"}, {"doctor"},
          {"service", "cli"}]
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
DAEMON = pathlib.Path(os.environ.get("TOP_SRCDIR", ".")) / "daemon"
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.M)
SQL = re.compile(r'"[^"]*\b(SELECT .* FROM|INSERT (OR \w+ )?INTO|UPDATE \w+ SET|DELETE FROM|PRAGMA)\b')
SOURCES = sorted(DAEMON.glob("*/*.[ch]"))


def includes():
    for path in SOURCES:
        for name in INCLUDE.findall(path.read_text()):
            parts = pathlib.PurePosixPath(name).parts
            yield path, path.parent.name, parts[0] if len(parts) > 1 else path.parent.name, name


def nothing(found):
    tap.check(not found, "\n".join(map(str, found)))


def there_are_sources_to_look_at():
    tap.check(len(SOURCES) > 50, f"only {len(SOURCES)} files below {DAEMON}")


def every_room_stands_on_a_floor():
    nothing([path for path in SOURCES if path.parent.name not in FLOOR])


def includes_go_down_only():
    nothing([f"{path} includes {name}" for path, here, there, name in includes()
             if there in FLOOR and there != here and FLOOR[there] >= FLOOR[here]])


def private_headers_stay_in_their_room():
    nothing([f"{path} includes {name}" for path, here, there, name in includes()
             if re.search(r"-(internal|part)\.h$", name) and there != here])


def sql_stays_in_the_book():
    nothing([path for path in SOURCES if path.parent.name != "book" and SQL.search(path.read_text())])


def each_source_is_named_by_a_makefile():
    """A header that is not builds here, and is missing from the tarball."""
    named = {word for path in DAEMON.parent.glob("daemon/**/*.mk") for word in path.read_text().split()}
    nothing([path for path in SOURCES if str(path.relative_to(DAEMON.parent)) not in named])


tap.run(there_are_sources_to_look_at, every_room_stands_on_a_floor, includes_go_down_only,
        private_headers_stay_in_their_room, sql_stays_in_the_book,
        each_source_is_named_by_a_makefile)
