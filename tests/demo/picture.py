# SPDX-License-Identifier: MIT
"""The pictures of a digest in doc/, in light and in dark, from a headless Chromium.

usage: picture.py BUILD SOURCE

The text of the mail is kept in each picture as its description, by which tests/integration/test-docs.py
notices one that is out of date.
"""
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "lib"))
import browser  # noqa: E402
import png  # noqa: E402
from story import PICTURES, Story, text_of  # noqa: E402

WIDTH = 480
HEIGHT = "window => window.document.documentElement.scrollHeight"


def draw(message, dark, path):
    page = message.get_body(("html",)).get_content()
    height = browser.measure({"page": page}, (WIDTH,), dark, HEIGHT)[0]["found"]
    browser.picture(page, (WIDTH,), height, dark, path)
    path.write_bytes(png.describe(png.shrink(path.read_bytes()), text_of(message)))


def main():
    build, source = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
    if not browser.find():
        sys.exit("The pictures are drawn by chromium, which is not there.")
    messages = {}
    for language in ("en", "de"):
        with tempfile.TemporaryDirectory() as folder, Story(build, folder, language) as story:
            messages[language] = story.digest()
    for language, dark, name in PICTURES:
        draw(messages[language], dark, source / "doc" / name)
        print(f"doc/{name}")


main()
