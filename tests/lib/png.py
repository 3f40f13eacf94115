# SPDX-License-Identifier: MIT
"""PNG (ISO 15948) as far as the pictures of doc/ need it: fewer bytes, and a description."""

import collections
import struct
import zlib

SIGNATURE = b'\x89PNG\r\n\x1a\n'
CHANNELS = {2: 3, 6: 4}  # by colour type: truecolour, and with alpha


def chunk(kind, data):
    return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))


def chunks(picture):
    if picture[:8] != SIGNATURE:
        raise ValueError('this is no PNG')
    at = 8
    while at < len(picture):
        (length,) = struct.unpack_from('>I', picture, at)
        yield picture[at + 4:at + 8], picture[at + 8:at + 8 + length]
        at += length + 12


def paeth(left, above, corner):
    estimate = left + above - corner
    by_left, by_above, by_corner = abs(estimate - left), abs(estimate - above), abs(estimate - corner)
    if by_left <= by_above and by_left <= by_corner:
        return left
    return above if by_above <= by_corner else corner


def unfilter(kind, line, before, step):
    for i, value in enumerate(line):
        left = line[i - step] if i >= step else 0
        corner = before[i - step] if i >= step else 0
        guess = (0, left, before[i], (left + before[i]) // 2, paeth(left, before[i], corner))[kind]
        line[i] = (value + guess) & 255
    return line


def rows(picture):
    """(width, height, lines of RGB) of a picture of 8 bits, not interlaced, as browsers make them."""
    parts = collections.defaultdict(bytes)
    for kind, data in chunks(picture):
        parts[kind] += data
    width, height, depth, colour, _, _, interlace = struct.unpack('>IIBBBBB', parts[b'IHDR'])
    if depth != 8 or colour not in CHANNELS or interlace:
        raise ValueError('a picture of 8 bits that is not interlaced is expected')
    step = CHANNELS[colour]
    data, size = zlib.decompress(parts[b'IDAT']), width * step + 1
    lines, before = [], bytearray(width * step)
    for y in range(height):
        before = unfilter(data[y * size], bytearray(data[y * size + 1:(y + 1) * size]), before, step)
        lines.append([bytes(before[x:x + 3]) for x in range(0, len(before), step)])
    return width, height, lines


def nearest(colour, palette):
    return min(range(len(palette)),
               key=lambda i: sum((a - b) ** 2 for a, b in zip(colour, palette[i])))


def shrink(picture):
    """The same with a palette of the 256 colours that are met most; letters have few."""
    width, height, lines = rows(picture)
    met = collections.Counter(colour for line in lines for colour in line)
    palette = [colour for colour, _ in sorted(met.items(), key=lambda item: (-item[1], item[0]))[:256]]
    index = {colour: nearest(colour, palette) for colour in met}
    data = b''.join(b'\0' + bytes(index[colour] for colour in line) for line in lines)
    return (SIGNATURE + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 3, 0, 0, 0))
            + chunk(b'PLTE', b''.join(palette)) + chunk(b'IDAT', zlib.compress(data, 9))
            + chunk(b'IEND', b''))


def describe(picture, text):
    """The picture with a description in UTF-8, before its end."""
    end = picture.rindex(b'IEND') - 4
    note = b'Description\0\1\0\0\0' + zlib.compress(text.encode(), 9)
    return picture[:end] + chunk(b'iTXt', note) + picture[end:]


def description(picture):
    for kind, data in chunks(picture):
        if kind == b'iTXt' and data.startswith(b'Description\0\1\0\0\0'):
            return zlib.decompress(data[16:]).decode()
    return None
