# SPDX-License-Identifier: MIT
"""A digest on its way: from an address book through the real programs into a mailbox on loopback.

usage: demo.py BUILD FOLDER     BUILD has the programs; FOLDER is made anew and keeps what arrived
"""
import email
import email.policy
import os
import pathlib
import shlex
import shutil
import signal
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "lib"))
from smtpd import Receiver  # noqa: E402

ADDRESS_BOOK = pathlib.Path(__file__).with_name("address-book.vcf")
# A Friday morning with something on each day of the weekend; the day before, for the welcome.
THURSDAY = "2027-02-25T18:00:00+01:00"
EARLY = "2027-02-26T06:00:00+01:00"
FRIDAY = "2027-02-26T06:59:58+01:00"
PATIENCE_SECONDS = 30

COMMANDS = (
    ("follow-up", "Ben Fischer", "Folien schicken", "--on", "26.2."),
    ("received", "Petra Lindqvist", "Kontakt zu Łukasz"),
    ("coffee", "Oğuz Yılmaz", "agreed", "--on", "27.2. 15:00", "--place", "Café Central, Köln"),
)

CONFIGURATION = """\
database = "nudged.db";
smtp: {{ url = "smtp://127.0.0.1:{port}"; from = "nudged <you@example.org>"; }};
digests: (
  {{ name = "morning"; to = [ "You <you@example.org>" ];
    cadence = "Mon..Fri 07:00"; timezone = "Europe/Berlin"; language = "{language}"; }}
);
"""


def paint(code, text):
    plain = not sys.stdout.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return text if plain else f"\033[{code}m{text}\033[0m"


def step(text):
    print(f"{paint('36', '▸')} {text}", flush=True)


def session_language():
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return "de" if os.environ[name].startswith("de") else "en"
    return "en"


class Demo:
    def __init__(self, build, folder):
        self.build, self.folder = build, folder
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, mode=0o700)
        # Where it is looked for: the commands in the mail need not name it then.
        self.configuration = folder / "nudged" / "nudged.conf"
        self.configuration.parent.mkdir(mode=0o700)
        os.environ["XDG_CONFIG_HOME"] = str(folder)

    def run(self, program, *arguments):
        command = [str(self.build / program), "--config", str(self.configuration), *arguments]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{' '.join(command)}\nended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.stdout

    def configure(self, port):
        self.configuration.write_text(CONFIGURATION.format(port=port, language=session_language()))
        self.configuration.chmod(0o600)

    def fill(self):
        report = self.run("nudge", "--now", THURSDAY, "import", str(ADDRESS_BOOK)).strip()
        step(f"nudge import address-book.vcf: {report}")
    def receive(self, server):
        self.run("nudged", "--once", "--now", THURSDAY)
        step("nudged --once, on a Thursday evening: the welcome is sent")
        for words in COMMANDS:
            self.run("nudge", "--now", EARLY, *words)
            step(shlex.join(["nudge", *words]))
        service = subprocess.Popen([str(self.build / "nudged"), "--config", str(self.configuration),
                                    "--now", FRIDAY], stderr=subprocess.PIPE, text=True)
        step("nudged, on Friday at 06:59:58: it waits for 07:00 ...")
        with server.changed:
            arrived = server.changed.wait_for(lambda: len(server.messages) == 2, PATIENCE_SECONDS)
        service.send_signal(signal.SIGTERM)
        _, log = service.communicate(timeout=PATIENCE_SECONDS)
        if not arrived:
            sys.exit(f"the digest did not arrive; nudged said:\n{log}")
        step("... and the digest is in the mailbox.")

    def keep(self, message, name):
        parsed = email.message_from_bytes(message, policy=email.policy.default)
        (self.folder / f"{name}.eml").write_bytes(message)
        (self.folder / f"{name}.html").write_text(parsed.get_body(("html",)).get_content())
        return parsed


def show(message):
    line = paint("2", "─" * 74)
    print(f"\n{line}")
    for field in ("From", "To", "Date"):
        print(paint("2", f"{field + ':':9}{message[field]}"))
    print(f"{paint('2', 'Subject: ')}{paint('1', message['Subject'])}\n")
    print(message.get_body(("plain",)).get_content().rstrip())
    print(f"{line}\n")


def advise(build):
    """What to type for one of one's own: each line can be pasted as it stands."""
    install = f"make -C {shlex.quote(str(build))} install"
    print(paint("1", "Your own: ") + "install it, answer a few questions, and import your address book:\n")
    for command in (install if os.geteuid() == 0 else f"sudo {install}", "nudge init", "nudge import contacts.vcf"):
        print(f"    {paint('36', command)}")


def main():
    build, folder = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
    demo = Demo(build, folder)
    with Receiver() as server:
        demo.configure(server.port)
        demo.fill()
        demo.receive(server)
        bodies = [message.data for message in server.messages]
    demo.keep(bodies[0], "welcome")
    show(demo.keep(bodies[1], "digest"))
    print(f"The whole message:  {folder / 'digest.eml'}\nIts HTML:           {folder / 'digest.html'}")
    print(f"The welcome:        {folder / 'welcome.eml'}\n")
    advise(build)


main()
