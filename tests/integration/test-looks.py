# SPDX-License-Identifier: MIT
"""The digests of tests/golden as a reader sees them: what they are made of, that text and HTML say the
same, and, in a headless Chromium, that nothing overflows, is cut off or too faint to read, on a phone
and on a desk, in light and in dark. Pictures of them are left in tests/looks of the build folder.
"""

import glob
import html
import html.parser
import os
import re
import sys
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import browser  # noqa: E402
import tap  # noqa: E402

WIDTHS = (320, 360, 700, 1200)
SHOWN = (360, 700, 1200)
PICTURES = ('birthday-de', 'thirty', 'empty', 'missed-de', 'strange', 'whole', 'whole-de',
            'welcome-full', 'coffee-today', 'quiet-de', 'matches', 'forums-de')
ELEMENTS = set('html head meta style title body div main h1 h2 section ul li strong code p br a table '
               'tbody tr td footer bdi span i'.split())
ATTRIBUTES = set('lang charset name content style href class role width height cellpadding cellspacing '
                 'aria-hidden bgcolor'.split())
# What Gmail, Outlook.com and the like leave in place, in an element and in a sheet.
PROPERTIES = set('background border-color border-radius border-top color display font font-family font-size '
                 'line-height list-style margin margin-top max-height max-width mso-hide overflow '
                 'overflow-wrap padding padding-top white-space word-break color-scheme'.split())
SELECTOR = r'\.?[a-z][a-z0-9]*(?: [a-z][a-z0-9]*)*'
SHEET_BYTES = 8192  # Gmail drops a longer one
PREVIEW = 200       # characters that a mailbox may show of a mail (RFC 8970 section 3.1)
CONTRAST = 4.5  # WCAG 2.1 AA, of text
SMALLEST = 13   # pixels of a letter

# In a frame's window: what is wrong with it, and how high it is.
MEASURE = '''window => {
  const document = window.document, width = document.documentElement.clientWidth, wrong = [];
  const parse = color => (color.match(/[\\d.]+/g) || []).map(Number);
  const luminance = ([r, g, b]) => {
    const part = [r, g, b].map(v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * part[0] + 0.7152 * part[1] + 0.0722 * part[2];
  };
  const ground = element => {
    for (; element; element = element.parentElement) {
      const color = parse(window.getComputedStyle(element).backgroundColor);
      if (color.length === 3 || color[3] === 1) return color;
    }
    return null;
  };
  const contrast = (a, b) => {
    const [x, y] = [luminance(a), luminance(b)].sort((m, n) => n - m);
    return (x + 0.05) / (y + 0.05);
  };
  if (document.documentElement.scrollWidth > width)
    wrong.push(`it is ${document.documentElement.scrollWidth} wide`);
  const walker = document.createTreeWalker(document.body, 4 /* texts */);
  let texts = 0, least = 99;
  for (let node; (node = walker.nextNode());) {
    const element = node.parentElement, style = window.getComputedStyle(element);
    if (!node.data.trim() || !element.getClientRects().length) continue;
    const range = document.createRange(), what = node.data.trim().slice(0, 40);
    range.selectNodeContents(node);
    texts++;
    for (const box of range.getClientRects())
      if (box.left < 0 || box.right > width + 0.5) { wrong.push(`cut off: ${what}`); break; }
    if (parseFloat(style.fontSize) < SMALLEST) wrong.push(`small: ${what}`);
    const behind = ground(element);
    if (!behind) { wrong.push(`on no ground: ${what}`); continue; }
    const ratio = contrast(parse(style.color), behind);
    least = Math.min(least, ratio);
    if (ratio < CONTRAST) wrong.push(`faint, ${ratio.toFixed(2)}: ${what}`);
  }
  for (const element of document.querySelectorAll('body *'))
    if (element.clientWidth && element.scrollWidth > element.clientWidth + 1 &&
        window.getComputedStyle(element).display !== 'inline')
      wrong.push(`overflows: ${element.tagName} ${element.textContent.trim().slice(0, 40)}`);
  const done = document.querySelector('td.d'), open = document.querySelector('td.o');
  if (done && open && contrast(ground(done), ground(open)) < 3) wrong.push('a bar is too faint');
  for (const bar of document.querySelectorAll('table'))
    if (bar.getBoundingClientRect().height > 24) wrong.push('a bar is thick');
  return {wrong, texts, least, height: document.documentElement.scrollHeight,
          dark: window.matchMedia('(prefers-color-scheme: dark)').matches,
          ground: ground(document.body)};
}'''.replace('SMALLEST', str(SMALLEST)).replace('CONTRAST', str(CONTRAST))


def read(path):
    with open(path, encoding='utf-8') as file:
        return file.read()


def golden():
    paths = glob.glob(tap.source_path('tests/golden/*.html'))
    return {os.path.basename(path)[:-5]: read(path) for path in sorted(paths)}


class Reader(html.parser.HTMLParser):
    """What a page is made of, and what it says."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.attributes, self.urls, self.words = set(), set(), [], []
        self.ways = []  # of each item: where its links lead, and what stands there for that
        self.open, self.hidden, self.problems = [], 0, []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.add(tag)
        self.attributes.update(name for name, _ in attrs)
        self.urls += [value for name, value in attrs if name in ('href', 'src', 'background')]
        style = dict(attrs).get('style') or ''
        if 'url(' in style:
            self.problems.append(f'a style loads something: {style}')
        if tag == 'li':
            self.ways.append([])
        if tag == 'a':
            self.ways[-1].append([dict(attrs)['href'], ''])
        if tag not in ('meta', 'br'):
            self.open.append(tag)
        if tag in ('head', 'table') or 'display:none' in style:
            self.hidden = self.hidden or len(self.open)

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            self.problems.append(f'</{tag}> within {self.open}')
            return
        if self.hidden == len(self.open):
            self.hidden = 0
        self.open.pop()

    def handle_data(self, data):
        if 'a' in self.open:
            self.ways[-1][-1][1] += data
        elif not self.hidden:
            self.words.append(data)


def plain(text):
    """What stands in the text part without what lays it out; blanks do not count."""
    lines = text.split('\n')[3:]
    lines = [line for line in lines if not re.fullmatch('=+|-+|-- ', line)]
    lines = [re.sub(r'^\* ', '', line) for line in lines]
    text = re.sub(r'\s+\[([a-z#]\d+)\]', r' \1', '\n'.join(lines))
    return squeeze(text)


def they_are_made_of_what_mail_clients_know():
    for name, text in golden().items():
        page = Reader(text)
        tap.equal(page.problems + page.open, [], name)
        tap.equal(page.elements - ELEMENTS, set(), f'{name}: elements')
        tap.equal(page.attributes - ATTRIBUTES, set(), f'{name}: attributes')
        tap.check('url(' not in text and '@import' not in text, f'{name} loads something')
        tap.check(len(text.encode()) < 60000, f'{name} is too long')
        for part in ('<main', '<h1', 'color-scheme', f'lang="{"de" if "-de" in name else "en"}"'):
            tap.contains(text, part, name)


def rules(sheet):
    """(media or '', selectors, properties) of each rule."""
    for media, inner, plain_rule in re.findall(
            r'@media ([^{]+?) \{((?:[^{}]*\{[^{}]*\})*)\s*\}|([^@{}]+\{[^{}]*\})', sheet):
        for selectors, body in re.findall(r'([^{}]+)\{([^{}]*)\}', inner or plain_rule):
            yield (media, [s.strip() for s in selectors.split(',')],
                   [p.split(':')[0].strip() for p in body.split(';') if p.strip()])


def style_is_what_strict_clients_keep():
    for name, text in golden().items():
        sheets = re.findall('<style>(.*?)</style>', text, re.S)
        tap.equal(len(sheets), 3, f'{name}: for all, for those who know dark, for old Outlook')
        for number, sheet in enumerate(sheets):
            tap.check(len(sheet.encode()) < SHEET_BYTES, f'{name}: a sheet is too long')
            left = re.sub(r'@media [^{]+\{((?:[^{}]*\{[^{}]*\})*)\s*\}', r'\1', sheet)
            tap.check(not re.sub(r'[^{}@]+\{[^{}]*\}', '', left).strip(), f'{name}: {left}')
            for media, selectors, properties in rules(sheet):
                tap.equal(set(properties) - PROPERTIES, set(), f'{name}: {selectors}')
                if number == 1:  # whoever drops it loses nothing but the dark
                    continue
                tap.check(not media or re.fullmatch(r'\(max-width: \d+px\)', media), f'{name}: {media}')
                for selector in selectors:
                    tap.check(re.fullmatch(SELECTOR, selector), f'{name}: {selector}')
        for style in re.findall(' style="([^"]*)"', text):
            found = {part.split(':')[0] for part in style.split(';') if part}
            tap.equal(found - PROPERTIES, set(), f'{name}: {style}')
        tap.check(not re.search(r'(rgba?|hsl|var|calc)\(|/\*', text), f'{name}: a colour or a comment')
        # Old Outlook knows no max-width, and no padding but a cell's.
        tap.check(re.search(r'<!--\[if mso\]><table role="presentation" width="600"[^>]*><tr>'
                            r'<td [^>]*style="padding:24px"><!\[endif\]-->', text), f'{name}: no table for Outlook')
        for element in ('body', 'main', 'footer'):
            tap.check(f'<{element}' not in text or re.search(f'<{element} class="', text),
                      f'{name}: {element} may become a div')


def begin(text):
    return re.sub(r'[ \n]+', ' ', text).strip()[:PREVIEW]


def names_stay_off_lock_screens():
    for name, known in (('no-names', 'Anna|Schmidt|Söhne'), ('no-names-de', 'Person')):
        subject, beside, text = read(tap.source_path(f'tests/golden/{name}.txt')).split('\n', 2)
        page = golden()[name]
        shown = html.unescape(re.sub('<style>.*?</style>|<[^>]+>', '', page, flags=re.S))
        past = shown[shown.index(text.split('\n')[1]):]  # some look past what is hidden
        for what in (subject, beside, begin(text), begin(shown), begin(past)):
            tap.check(not re.search(known, what), f'{name}: {what}')
        tap.check(re.search(known, text), f'{name}: nobody is named at all')


def links_are_what_they_seem():
    for name, text in golden().items():
        for url in Reader(text).urls:
            tap.check(re.match('(https?://|mailto:|tel:)', url), f'{name}: {url}')
            if url.startswith('mailto:'):
                tap.check(re.fullmatch(r'mailto:[^?&]+(,[^?&]+)?(\?body=[^?&=]*)?', url),
                          f'{name}: {url}')
                tap.check(not re.search('%(?![0-9A-F]{2})|[^ -~]|["<> ]', url), f'{name}: {url}')


def spelled_out(url, label):
    """A link as the text part has it: the address, after whose it is where there are two, number or page."""
    kind, rest = url.split(':', 1)
    if kind == 'tel':
        return label
    if kind != 'mailto':
        return url
    whom = re.fullmatch('Write to (.+)|An (.+) schreiben', label)
    whom = whom and (whom.group(1) or whom.group(2))
    whom = {'both': 'To both', 'beide': 'An beide'}.get(whom, whom)
    return (f'{whom}: ' if whom else '') + urllib.parse.unquote(rest.split('?')[0])


def squeeze(text):
    """A <bdi> in the one, isolates in the other; dots between what shares a line."""
    return re.sub(r'[\s\u2068\u2069·]+', '', text)


def text_and_html_say_the_same():
    """The same words; a link's stand for where it leads."""
    for name, text in golden().items():
        reader = Reader(text)
        said, page = plain(read(tap.source_path(f'tests/golden/{name}.txt'))), squeeze(''.join(reader.words))
        for ways in reader.ways:
            for url, label in ways:
                way = squeeze(spelled_out(url, label))
                if way not in said:  # a page without its scheme
                    way = re.sub('^https://', '', way)
                tap.check(way in said, f'{name}: {way} stands in the HTML alone')
                said = said.replace(way, '', 1)
        tap.equal(page, said, name)


def texts_are_narrow():
    for path in glob.glob(tap.source_path('tests/golden/*.txt')):
        for line in read(path).split('\n')[3:]:
            if len(line) > 72 and '://' not in line:
                raise tap.Failed(f'{path}: {line}')
            tap.check(line == '-- ' or line == line.rstrip(), f'{path}: blanks at the end: {line}')
            tap.check(not re.search('&(amp|lt|gt|quot|nbsp|#39);|<br>', line), f'{path}: {line}')


def need_browser():
    if not browser.find():
        raise tap.Skipped('chromium is not installed: nobody has looked at the digests')


def look(dark, pages=None):
    need_browser()
    for one in browser.measure(pages or golden(), WIDTHS, dark, MEASURE):
        where = f"{one['name']} at {one['width']}, {'dark' if dark else 'light'}"
        found = one['found']
        tap.equal(found['wrong'], [], where)
        tap.equal(found['dark'], dark, f'{where}: the colour scheme')
        tap.check(found['texts'] > 2, f'{where}: no text')
        tap.equal(sum(found['ground'] or (255, 255, 255)) < 3 * 64, dark, f'{where}: the ground')


BAD = {
    'wide': ('<p style="width:2000px">far too wide</p>', 'wide'),
    'cut': ('<p style="width:80px;overflow:hidden;white-space:nowrap">cut off somewhere here</p>',
            'overflows'),
    'left': ('<p style="margin-left:-40px">half of it is out of sight</p>', 'cut off'),
    'faint': ('<p style="color:#999">hard to read</p>', 'faint'),
    'small': ('<p style="font-size:9px">hard to read</p>', 'small'),
}


def the_eye_sees_what_is_wrong():
    need_browser()
    pages = {name: f'<body style="background:#fff">{text}' for name, (text, _) in BAD.items()}
    found = {one['name']: one['found']['wrong'] for one in browser.measure(pages, [360], False, MEASURE)}
    for name, (_, wrong) in BAD.items():
        tap.contains(' '.join(found[name]), wrong, name)


def light():
    look(False)


def dark():
    look(True)


def light_without_a_style_sheet():
    look(False, {name: re.sub('<style>.*?</style>', '', text, flags=re.S)
                 for name, text in golden().items()})


def where_html5_is_unknown():
    """Some make a div of main, section and footer, and of the body too."""
    pages = {name: re.sub(r'<(/?)(main|section|footer)\b', r'<\1div', text) for name, text in golden().items()
             if name in ('whole-de', 'welcome-full', 'strange')}
    wrapped = {f'{name} within': re.sub('<body (class="p" style="[^"]*")>(.*)</body>', r'<body><div \1>\2</div></body>',
                                        text, flags=re.S) for name, text in pages.items()}
    look(False, {**pages, **wrapped})
    look(True, pages)


def pictures_are_taken():
    need_browser()
    folder = tap.build_path('tests/looks')
    os.makedirs(folder, exist_ok=True)
    pages = {name: text for name, text in golden().items() if name in PICTURES}
    tap.equal(len(pages), len(PICTURES), 'pictures')
    heights = {}
    for one in browser.measure(pages, SHOWN, False, MEASURE):
        heights[one['name']] = max(heights.get(one['name'], 0), one['found']['height'])
    for name, text in pages.items():
        for scheme in (False, True):
            path = os.path.join(folder, f"{name}-{'dark' if scheme else 'light'}.png")
            browser.picture(text, SHOWN, heights[name], scheme, path)
            tap.check(os.path.getsize(path) > 5000, f'{path} is empty')


if __name__ == '__main__':
    tap.run(they_are_made_of_what_mail_clients_know, style_is_what_strict_clients_keep,
            names_stay_off_lock_screens, links_are_what_they_seem,
            text_and_html_say_the_same, texts_are_narrow, the_eye_sees_what_is_wrong, light,
            dark, light_without_a_style_sheet, where_html5_is_unknown, pictures_are_taken)
