#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Messages as nudged writes them, read by another's parser: Python's email package."""

import email
import email.header
import email.policy
import os
import random
import re
import subprocess

TOOL = os.path.join(os.environ["TOP_BUILDDIR"], "tests/lib/mime-tool")
PIECES = [
    "Anna", "Müller", "Grüße", "🎂", "👩‍👩‍👧", "שלום", "مرحبا", "日本語", "\"quoted\"", "a,b;c:d",
    "<angle>", "(comment)", "back\\slash", "=?UTF-8?Q?fake?=", "=?", "?=", "=3D", "=", ".", "..",
    "From ", "--", "é", "x" * 90, "ü" * 60, "https://example.org/" + "a" * 120, "_", "\u00a0",
    "\u2028", "tab\there",
]
RAW = [b"\xff", b"\xc3", b"\xed\xa0\x80", b"\r\nBcc: evil@example.org\r\n", b"\r", b"\x1b[31m", b"\x7f"]
failures = []


def cleaned_line(raw):
    """What mime.h promises for a header: a space for control characters, U+FFFD for bad bytes."""
    text = replaced(raw)
    return "".join(" " if ord(c) < 32 or 127 <= ord(c) < 160 or c in "\u2028\u2029" else c for c in text)


def replaced(raw):
    """Each byte that is no UTF-8 becomes one U+FFFD."""
    return "".join("\ufffd" if 0xdc80 <= ord(c) <= 0xdcff else c
                   for c in raw.decode("utf-8", "surrogateescape"))


def cleaned_body(raw):
    text = replaced(raw).replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(" " if (ord(c) < 32 and c not in "\t\n") or 127 <= ord(c) < 160 else c for c in text)
    return text if text.endswith("\n") or not text else text + "\n"


def check(good, what):
    if not good:
        failures.append(what)


def check_bytes(message):
    for line in message.split(b"\r\n"):
        check(len(line) <= 78, "a line of %d: %r" % (len(line), line))
        check(b"\r" not in line and b"\n" not in line, "a bare CR or LF: %r" % line)
        check(all(c == 9 or 32 <= c < 127 for c in line), "not seven bits: %r" % line)
        check(not line.startswith(b"."), "a leading dot: %r" % line)
        for word in re.findall(rb"=\?UTF-8\?Q\?[^ ]*", line):
            check(len(word) <= 75, "a long encoded word: %r" % word)


def defects(part):
    yield from part.defects
    for name in part.keys():
        yield from part[name].defects
    for child in part.iter_parts() if part.is_multipart() else ():
        yield from defects(child)


def check_parts(message, fields):
    bodies = [fields["text"]] + ([fields["html"]] if fields["html"] else [])
    parts = list(message.iter_parts()) if message.is_multipart() else [message]
    check(message.is_multipart() == bool(fields["html"]), "the wrong structure")
    check([p.get_content_type() for p in parts] == ["text/plain", "text/html"][:len(bodies)], "types")
    for part, body in zip(parts, bodies):
        content = part.get_content().replace("\r\n", "\n")
        check(content == cleaned_body(body), "body %r != %r" % (content[:200], body[:200]))
        check(part["Content-Language"] == "de", "no language")


def blankless(text):
    """Python's address parser keeps the blank between two encoded words, and one of several."""
    return re.sub(r"\s+", "", text)


def check_encoded_name(raw, fields):
    """An encoded name, exactly, by the part of Python that knows nothing but RFC 2047."""
    sender = email.message_from_bytes(raw, policy=email.policy.compat32)["From"]
    if "=?" in sender:
        words = re.sub(r"\r?\n", "", sender.rsplit("<", 1)[0]).strip()
        name = str(email.header.make_header(email.header.decode_header(words)))
        check(name == cleaned_line(fields["name"]).strip(" "), "name %r != %r" % (name, fields["name"]))


def check_message(raw, fields):
    check_bytes(raw)
    check_encoded_name(raw, fields)
    for policy in (email.policy.default, email.policy.SMTP, email.policy.strict):
        message = email.message_from_bytes(raw, policy=policy)
        check(not list(defects(message)), "defects %r in %r" % (list(defects(message)), raw))
        check(message["Subject"] == cleaned_line(fields["subject"]).strip(" "),
              "subject %r != %r" % (message["Subject"], fields["subject"]))
        sender = message["From"].addresses
        check(len(sender) == 1 and sender[0].addr_spec == "anna@example.org", "sender %r" % (sender,))
        check(blankless(sender[0].display_name) == blankless(cleaned_line(fields["name"])),
              "name %r != %r" % (sender[0].display_name, fields["name"]))
        check([a.addr_spec for a in message["To"].addresses] == ["ben@example.org"], "recipient")
        check(message["Bcc"] is None, "a header was smuggled in")
        check(str(message["Date"].datetime) == "2026-11-23 08:40:12+01:00", "date %r" % message["Date"])
        check_parts(message, fields)


def generated(rng):
    """One nasty text as bytes."""
    pieces = [rng.choice(PIECES).encode() if rng.random() < 0.9 else rng.choice(RAW)
              for _ in range(rng.randrange(1, 12))]
    return rng.choice([b" ", b"", b"  "]).join(pieces)


def generated_body(rng):
    return b"\n".join(generated(rng) for _ in range(rng.randrange(1, 8)))


FIXED = [
    {"name": b"nudged", "subject": "ä".encode() * 300, "text": b"x" * 5000, "html": b""},
    {"name": "Müller, Anna".encode(), "subject": b"x" * 300, "text": b"." * 5000 + b"\n.\n", "html": b"<p>"},
    {"name": b"", "subject": b"", "text": b"\n", "html": "<p>ü</p>".encode() * 1000},
    {"name": "שם ארוך מאוד ".encode() * 8, "subject": "word ".encode() * 60,
     "text": "ü ".encode() * 2500, "html": b" \n\t\n"},
]


def run(messages):
    order = ("name", "from", "to", "subject", "text", "html")
    address = {"from": b"anna@example.org", "to": b"ben@example.org"}
    given = b"".join({**m, **address}[key] + b"\0" for m in messages for key in order)
    printed = subprocess.run([TOOL], input=given, stdout=subprocess.PIPE, check=True, timeout=60).stdout
    written = printed.split(b"\0")[:-1]
    check(len(written) == len(messages), "%d messages of %d" % (len(written), len(messages)))
    for raw, fields in zip(written, messages):
        check_message(raw, fields)


def point(number, name, messages):
    failures.clear()
    run(messages)
    for failure in failures[:5]:
        print("# " + failure.encode("ascii", "backslashreplace").decode().replace("\n", "\\n"))
    print("%sok %d - %s" % ("not " if failures else "", number, name), flush=True)


def main():
    rng = random.Random(20261123)
    print("1..2")
    point(1, "long, empty and plain texts come back", FIXED)
    point(2, "300 generated messages come back", [
        {"name": generated(rng), "subject": generated(rng), "text": generated_body(rng),
         "html": generated_body(rng) if rng.random() < 0.5 else b""} for _ in range(300)])


main()
