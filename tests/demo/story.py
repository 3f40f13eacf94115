# SPDX-License-Identifier: MIT
"""The life that the pictures and pages of doc/ show: Anna looks for work; doc/sample is her export.

    with Story(build, folder, "de") as story:
        message = story.digest()         # of Tuesday, as it arrived in the mailbox
"""
import email
import email.policy
import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "lib"))
from smtpd import Receiver  # noqa: E402

SAMPLE = pathlib.Path(__file__).resolve().parent.parent.parent / "doc" / "sample"
MONDAY = "2027-03-01T10:00:00+01:00"
TUESDAY = "2027-03-02T07:00:00+01:00"
SECONDS = 60
# (language, whether it is dark, file in doc/)
PICTURES = (("en", False, "digest.png"), ("en", True, "digest-dark.png"),
            ("de", False, "digest.de.png"), ("de", True, "digest-dark.de.png"))

CONFIGURATION = """\
database = "nudged.db";
smtp: {{ url = "smtp://127.0.0.1:{port}"; from = "nudged <anna@example.org>"; }};
digests: (
  {{ name = "morning"; to = [ "Anna Schmidt <anna@example.org>" ]; cadence = "Mon..Fri 07:00";
    timezone = "Europe/Berlin"; language = "{language}"; lead_days = 0; }}
);
"""

COMMANDS = {
    "en": (
        ("me", "--name", "Anna Schmidt", "--city", "Hamburg", "--offers", "PostgreSQL"),
        ("edit", "ben", "--seeks", "someone who knows PostgreSQL"),
        ("edit", "clara", "--offers", "a desk in a shared office in Hamburg"),
        ("edit", "jonas", "--seeks", "a shared office in Hamburg"),
        ("edit", "david", "--every", "6w"),
        ("outreach", "Eva Kern", "--common", "both from Kiel", "--today", "head of data at a hospital",
         "--fascinates", "from nursing to data"),
    ),
    "de": (
        ("me", "--name", "Anna Schmidt", "--city", "Hamburg", "--offers", "PostgreSQL"),
        ("edit", "ben", "--seeks", "jemanden, der PostgreSQL kann"),
        ("edit", "clara", "--offers", "einen Schreibtisch im Gemeinschaftsbüro in Hamburg"),
        ("edit", "jonas", "--seeks", "ein Gemeinschaftsbüro in Hamburg"),
        ("edit", "david", "--every", "6w"),
        ("outreach", "Eva Kern", "--common", "beide aus Kiel", "--today", "leitet Daten an einer Klinik",
         "--fascinates", "von der Pflege zu den Daten"),
    ),
}


class Story:
    def __init__(self, build, folder, language):
        self.build, self.folder, self.language = pathlib.Path(build).resolve(), pathlib.Path(folder), language
        self.receiver = Receiver()

    def __enter__(self):
        self.receiver.__enter__()
        configuration = self.folder / "nudged" / "nudged.conf"
        configuration.parent.mkdir()
        configuration.write_text(CONFIGURATION.format(port=self.receiver.port, language=self.language))
        configuration.chmod(0o600)
        return self

    def __exit__(self, *problem):
        return self.receiver.__exit__(*problem)

    def run(self, program, *arguments, now=MONDAY):
        environment = {**os.environ, "LANGUAGE": "", "LC_ALL": "C.UTF-8",
                       "XDG_CONFIG_HOME": str(self.folder)}
        environment.pop("NUDGED_CONFIG", None)
        subprocess.run([str(self.build / program), "--now", now, *arguments], check=True, env=environment,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=SECONDS)

    def digest(self):
        """The welcome comes on Monday and is not what is asked for."""
        self.run("nudge", "import", str(SAMPLE / "linkedin"), str(SAMPLE / "contacts.vcf"))
        self.run("nudged", "--once")
        for words in COMMANDS[self.language]:
            self.run("nudge", *words)
        self.run("nudged", "--once", now=TUESDAY)
        return email.message_from_bytes(self.receiver.messages[-1].data, policy=email.policy.default)


def text_of(message):
    """What the picture says, to be kept in it."""
    return f'{message["Subject"]}\n\n{message.get_body(("plain",)).get_content()}'
