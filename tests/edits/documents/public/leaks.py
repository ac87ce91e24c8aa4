"""Looks for words in files, unpacked to their last part and in every form in which a word can be written."""

import base64
import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from itertools import takewhile
from pathlib import Path
from urllib.parse import unquote_to_bytes

from pypdf import PdfReader

_PERCENT, _SPACE = re.compile(rb"%[0-9a-fA-F]{2}"), re.compile(r"\s+")
_PDF_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def leaks(folder: Path, words: Iterable[str]) -> dict[str, str]:
    """The words that are found in the files of a folder or in their names, each with where it was found first."""
    found: dict[str, str] = {}
    needles = {word: _forms(word) for word in words}
    begun = _forms("".join(letter for letter, *_ in takewhile(_is_one, zip(*needles, strict=False))))
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        parts = [(f"{name} (its name)", name.encode())]
        if path.is_file():
            parts += unpacked(name, path.read_bytes())
        for where, data in parts:
            for text in _readings(data):
                if not any(form in text for form in begun):
                    continue  # what all words begin with is not there
                for word, forms in needles.items():
                    if word not in found and any(form in text for form in forms):
                        found[word] = where
    return found


def _is_one(letters: tuple[str, ...]) -> bool:
    return len(set(letters)) == 1


def unpacked(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """A file, and all that is in it: members of archives, streams and texts of PDFs, to the last."""
    yield name, data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                yield f"{name}: a name", member.filename.encode() + member.comment + member.extra
                yield from unpacked(f"{name}: {member.filename}", archive.read(member))
    elif data.startswith(b"%PDF"):
        for number, stream in enumerate(_PDF_STREAM.findall(data)):
            try:
                yield f"{name}: stream {number}", zlib.decompress(stream)
            except zlib.error:
                continue
        reader = PdfReader(io.BytesIO(data))
        for number, page in enumerate(reader.pages, 1):
            yield f"{name}: page {number}", page.extract_text().encode()
        yield f"{name}: properties", str(reader.metadata).encode()
        yield f"{name}: outline", str(reader.outline).encode()


def _forms(word: str) -> list[bytes]:
    """A word as it may stand in a file: in the encodings of text, as numbers, and in base64 wherever it begins."""
    plain = [word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be")]
    numbers = [each.hex().encode() for each in plain]
    packed = [
        base64.b64encode(bytes(before) + each)[before and 4 : -4 if (before + len(each)) % 3 else None]
        for each in plain
        for before in range(3)
    ]
    return [*plain, *numbers, *packed]


def _readings(data: bytes) -> Iterator[bytes]:
    """Bytes as they are, and as what they say in an address, in a page, in small letters and without spaces."""
    yield data
    yield data.lower()
    if _PERCENT.search(data):
        yield unquote_to_bytes(data).lower()
    text = data.decode("utf-8", "replace")
    if "&" in text:
        yield html.unescape(text).lower().encode()
    yield _SPACE.sub("", text).lower().encode()
