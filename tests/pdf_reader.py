"""Reads a PDF that Qt has written, with the standard library alone: the text of its pages, its bitmaps.

It knows only what Qt writes: objects one by one, streams packed by zlib, and fonts whose signs are named by a map.
"""

import re
import zlib
from dataclasses import dataclass

_OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)endobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*)\r?\nendstream", re.DOTALL)
_SHOWN = re.compile(rb"/(\w+) [\d.]+ Tf|<([0-9A-Fa-f]+)>\s*Tj|\[([^\]]*)\]\s*TJ|(?:^|\s)(ET)\b")
_HEX = re.compile(rb"<([0-9A-Fa-f]+)>")


@dataclass(frozen=True)
class Pdf:
    """A PDF: the texts of its pages, and its parts by their numbers."""

    pages: list[str]
    parts: dict[int, bytes]

    @property
    def text(self) -> str:
        """The text of all pages."""
        return "\n".join(self.pages)

    @property
    def images(self) -> int:
        """How many bitmaps it holds."""
        return sum(re.search(rb"/Subtype\s*/Image", part) is not None for part in self.parts.values())

    @property
    def half_seen(self) -> list[float]:
        """The shares below 1 at which anything is painted over what is under it."""
        shares = (float(share) for part in self.parts.values() for share in re.findall(rb"/(?:CA|ca)\s+([\d.]+)", part))
        return [share for share in shares if share < 1]


def read(content: bytes) -> Pdf:
    """Read a PDF."""
    parts = {int(number): body for number, body in _OBJECT.findall(content)}
    pages = [body for body in parts.values() if re.search(rb"/Type\s*/Page\b", body)]
    return Pdf([_text(page, parts) for page in pages], parts)


def _text(page: bytes, parts: dict[int, bytes]) -> str:
    resources = page + b"".join(parts[int(n)] for n in re.findall(rb"/Resources (\d+) 0 R", page))
    fonts = {name: _signs(parts[int(number)], parts) for name, number in re.findall(rb"/(F\d+) (\d+) 0 R", resources)}
    (contents,) = re.findall(rb"/Contents (\d+) 0 R", page)
    signs: dict[int, str] = {}
    text = ""
    for font, shown, several, end in _SHOWN.findall(_unpacked(parts[int(contents)])):
        if font:
            signs = fonts[font]
        for run in [shown] if shown else _HEX.findall(several):
            text += "".join(signs.get(int(run[at : at + 4], 16), "\ufffd") for at in range(0, len(run), 4))
        text += "\n" if end else ""
    return text


def _signs(font: bytes, parts: dict[int, bytes]) -> dict[int, str]:
    """What the signs of a font mean."""
    named = re.search(rb"/ToUnicode (\d+) 0 R", font)
    assert named, "a font without a map of its signs: its text cannot be found"
    table = _unpacked(parts[int(named[1])])
    signs: dict[int, str] = {}
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, meant in re.findall(rb"<(\w+)>\s*<(\w+)>\s*(<\w+>|\[[^\]]*\])", block):
            texts = [bytes.fromhex(each.decode()).decode("utf-16-be", "replace") for each in _HEX.findall(meant)]
            for at in range(int(first, 16), int(last, 16) + 1):
                more = at - int(first, 16)
                signs[at] = texts[more] if len(texts) > 1 else chr(ord(texts[0]) + more) if more else texts[0]
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for sign, meant in re.findall(rb"<(\w+)>\s*<(\w+)>", block):
            signs[int(sign, 16)] = bytes.fromhex(meant.decode()).decode("utf-16-be", "replace")
    return signs


def _unpacked(part: bytes) -> bytes:
    stream = _STREAM.search(part)
    assert stream
    return zlib.decompress(stream[1]) if b"/FlateDecode" in part else stream[1]
