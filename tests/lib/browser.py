# SPDX-License-Identifier: MIT
"""Headless Chromium without a network: what a page comes to, and how it looks."""

import html
import json
import os
import re
import shutil
import subprocess
import tempfile

SECONDS = 120
QUIET = ['--headless', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync',
         '--disable-background-networking', '--disable-component-update', '--disable-extensions',
         '--disable-dev-shm-usage', '--hide-scrollbars', '--force-device-scale-factor=1',
         '--host-resolver-rules=MAP * ~NOTFOUND']


def find():
    return shutil.which('chromium') or shutil.which('chromium-browser')


def alone():
    """What runs a command without a network, where that is permitted."""
    command = ['unshare', '-n'] if os.geteuid() == 0 else ['unshare', '-rn']
    done = subprocess.run([*command, 'true'], stderr=subprocess.DEVNULL, check=False)
    return command if done.returncode == 0 else []


def run(page, dark, *options):
    with tempfile.TemporaryDirectory(prefix='nudged-looks-') as folder:
        path = os.path.join(folder, 'page.html')
        with open(path, 'w', encoding='utf-8') as file:
            file.write(page)
        command = [*alone(), find(), *QUIET, f'--user-data-dir={folder}/profile',
                   *(['--no-sandbox'] if os.geteuid() == 0 else []),
                   f'--blink-settings=preferredColorScheme={0 if dark else 1}',
                   *options, f'file://{path}']
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    if done.returncode:
        raise RuntimeError(f'chromium ended with {done.returncode}: '
                           + done.stderr.decode(errors='replace')[-2000:])
    return done.stdout.decode('utf-8', 'replace')


def frames(pages, widths, style):
    """A page that shows each of `pages` (name -> HTML) in frames of the given widths."""
    parts = ['<!DOCTYPE html><meta charset="utf-8"><meta name="color-scheme" content="light dark">'
             f'<style>{style}</style><body>']
    for name, text in pages.items():
        for width in widths:
            parts.append(f'<iframe data-name="{html.escape(name)}" data-width="{width}" '
                         f'style="width:{width}px" srcdoc="{html.escape(text)}"></iframe>')
    return '\n'.join(parts)


def measure(pages, widths, dark, script):
    """What `script`, a function of a frame's window, returns for each page at each width."""
    page = frames(pages, widths, 'iframe { display: block; border: 0; height: 600px }') + f'''
<pre id="result"></pre>
<script>
const measure = {script};
onload = () => {{
  const found = [...document.querySelectorAll('iframe')].map(frame => ({{
    name: frame.dataset.name, width: +frame.dataset.width, found: measure(frame.contentWindow)}}));
  document.getElementById('result').textContent =
    JSON.stringify(found).replace(/[^ -~]/g, c => '\\\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'));
}};
</script>'''
    printed = run(page, dark, '--window-size=1280,900', '--dump-dom')
    result = re.search(r'<pre id="result">(.+?)</pre>', printed, re.DOTALL)
    if not result:
        raise RuntimeError('chromium measured nothing')
    return json.loads(html.unescape(result.group(1)))


def picture(text, widths, height, dark, path):
    """The page at the given widths, side by side."""
    ground = '#000' if dark else '#fff'
    style = (f'body {{ margin: 8px; background: {ground}; white-space: nowrap }} iframe {{ border: 0; '
             f'margin-right: 8px; vertical-align: top; height: {height}px }}')
    size = f'--window-size={sum(widths) + 8 * len(widths) + 8},{height + 16}'
    run(frames({'page': text}, widths, style), dark, size, f'--screenshot={path}')
