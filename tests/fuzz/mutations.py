"""Ways to spoil a file: as bytes, as a zip, as XML, as text with separators."""

import random
import re
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

NUMBERS = (
    *("0", "-1", "1", "2", "59", "60", "255", "1000", "1001", "3000", "3001", "2958466", "1e999"),
    *("-1e999", "nan", "INF", "1_0", "0x10", "1,5", "", " ", "9" * 400, "9" * 5000, "1.5", "-0.5", "1e-320", "\u0663"),
)
WORDS = (
    *("s", "n", "b", "e", "d", "str", "inlineStr", "odd", "true", "false", "visible", "collapse", "string", "float"),
    *("percentage", "date", "boolean", "time", "currency", "void", "A1", "CV3001", "ZZZZ1", "1A", "A1:CV3000"),
    *("xl/../x", "elsewhere/x", "file:///nowhere", "_x0000_", "_xD800_", "\ufffd", "\U0001f600", "x" * 40_000, "&#0;"),
    *("&amp;", "&none;", "&#x10FFFF;", "[h]:mm", "dd/mm/yyyy", "0%", "2009-02-30", "2009-03-31T99:99", "-P1Y", "#REF!"),
)
_ATTRIBUTE = re.compile(rb"""\s[\w:.-]+\s*=\s*("[^"]*"|'[^']*')""")
_TEXT = re.compile(rb">([^<>]+)<")
_TAG = re.compile(rb"</?([\w:.-]+)")
_ELEMENT = re.compile(rb"<([\w:.-]+)[^<>]*(?:/>|>[^<>]*</\1>)")
_NAMES = (
    *("xl/workbook.xml", "xl/WORKBOOK.xml", "xl/../x.xml", "a\\b.xml", "mimetype", "xl/x.bin"),
    *("word/document.xml", "xl/workbook.bin", "META-INF/manifest.xml", "docProps/custom.xml", "x.xlsx"),
)

Chance = random.Random
Parts = list[tuple[str, bytes]]


def spoil_bytes(content: bytes, chance: Chance) -> bytes:
    """A few bytes, or a stretch of them, made something else."""
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        content = chance.choice(_BYTES)(content, chance)
    return content


def _span(content: bytes, chance: Chance, most: int = 400) -> tuple[int, int]:
    start = chance.randrange(len(content) + 1)
    return start, min(len(content), start + chance.randrange(1, most))


def _flip(content: bytes, chance: Chance) -> bytes:
    start, _ = _span(content, chance)
    return content[:start] + bytes([chance.randrange(256)]) + content[start + 1 :]


def _cut(content: bytes, chance: Chance) -> bytes:
    return content[: _span(content, chance)[0]]


def _drop(content: bytes, chance: Chance) -> bytes:
    start, end = _span(content, chance)
    return content[:start] + content[end:]


def _double(content: bytes, chance: Chance) -> bytes:
    start, end = _span(content, chance)
    return content[:end] + content[start:end] * chance.choice((1, 2, 50)) + content[end:]


def _put(content: bytes, chance: Chance) -> bytes:
    start, _ = _span(content, chance)
    said = chance.choice((b"\0", b"\xff\xfe", b'"', b"\r", b"=", b";", b"PK\3\4", b"\x1a", b"<", "\u2028".encode()))
    return content[:start] + said * chance.choice((1, 1, 3, 70_000)) + content[start:]


_BYTES: tuple[Callable[[bytes, Chance], bytes], ...] = (_flip, _flip, _flip, _cut, _drop, _double, _put)


def spoil_xml(content: bytes, chance: Chance) -> bytes:
    """A few things in a part changed, so that most of it still reads as XML."""
    for _ in range(chance.choice((1, 1, 1, 2, 4, 10))):
        content = chance.choice(_XML)(content, chance)
    return content


def _replaced(content: bytes, found: list[re.Match[bytes]], chance: Chance, group: int, said: bytes) -> bytes:
    if not found:
        return content
    match = chance.choice(found)
    return content[: match.start(group)] + said + content[match.end(group) :]


def _said(chance: Chance) -> bytes:
    return chance.choice(NUMBERS + WORDS).encode()


def _attribute(content: bytes, chance: Chance) -> bytes:
    return _replaced(content, list(_ATTRIBUTE.finditer(content)), chance, 1, b'"' + _said(chance) + b'"')


def _no_attribute(content: bytes, chance: Chance) -> bytes:
    return _replaced(content, list(_ATTRIBUTE.finditer(content)), chance, 0, b"")


def _text(content: bytes, chance: Chance) -> bytes:
    return _replaced(content, list(_TEXT.finditer(content)), chance, 1, _said(chance))


def _tag(content: bytes, chance: Chance) -> bytes:
    names = [match[1] for match in _TAG.finditer(content)]
    if not names:
        return content
    old, new = chance.choice(names), chance.choice((*names, b"x", b"row", b"c", b"si", b"table:table"))
    if chance.random() < 1 / 2:  # every tag of that name, so that the part stays well formed
        return re.sub(rb"(</?)" + re.escape(old) + rb"(?=[\s/>])", rb"\g<1>" + new, content)
    return _replaced(content, list(_TAG.finditer(content)), chance, 1, new)


def _element(content: bytes, chance: Chance) -> bytes:
    found = list(_ELEMENT.finditer(content))
    if not found:
        return content
    match = chance.choice(found)
    return content[: match.start()] + match[0] * chance.choice((0, 2, 2, 50, 500)) + content[match.end() :]


def _moved(content: bytes, chance: Chance) -> bytes:
    found = list(_ELEMENT.finditer(content))
    if not found:
        return content
    one, other = chance.choice(found), chance.choice(found)
    return content[: other.end()] + one[0] + content[other.end() :]


def _nested(content: bytes, chance: Chance) -> bytes:
    deep = chance.choice((3, 200, 700))
    return _replaced(content, list(_TEXT.finditer(content)), chance, 1, b"<q>" * deep + b"x" + b"</q>" * deep)


def _declared(content: bytes, chance: Chance) -> bytes:
    code = chance.choice(("utf-8", "utf-16", "utf-16-le", "latin-1", "utf-7", "cp037", "no-such", "us-ascii"))
    body = re.sub(rb"^<\?xml[^>]*\?>", b"", content)
    said = f'<?xml version="1.0" encoding="{code}"?>'.encode() + body
    try:
        return said.decode("utf-8", "replace").encode(code, "replace") if chance.random() < 1 / 2 else said
    except LookupError:
        return said


def _prologue(content: bytes, chance: Chance) -> bytes:
    said = chance.choice(
        (
            b'<!DOCTYPE x [<!ENTITY unused "a word">]>',
            b"<!DOCTYPE x>",
            b"<!-- <row> -->",
            b"<?pi x?>",
            b"\xef\xbb\xbf",
            b" ",
        )
    )
    head = re.match(rb"<\?xml[^>]*\?>", content)
    at = head.end() if head else 0
    return content[:at] + said + content[at:]


def _aside(content: bytes, chance: Chance) -> bytes:
    return _replaced(content, list(_TEXT.finditer(content)), chance, 1, b"<![CDATA[ </row></c><row> ]]>")


_XML: tuple[Callable[[bytes, Chance], bytes], ...] = (
    *(_attribute, _attribute, _attribute, _text, _text, _tag, _element, _element),
    *(_no_attribute, _moved, _nested, _declared, _prologue, _aside, spoil_bytes),
)


def spoil_parts(parts: Parts, chance: Chance) -> Parts:
    """Parts renamed, left out, doubled, emptied or put in each other's place."""
    parts = list(parts)
    at, other = chance.randrange(len(parts)), chance.randrange(len(parts))
    name, content = parts[at]
    way = chance.randrange(7)
    if way == 0:
        del parts[at]
    elif way == 1:
        parts[at] = (chance.choice(_NAMES), content)
    elif way == 2:
        parts.append((chance.choice((name, name.upper(), chance.choice(_NAMES))), content))
    elif way == 3:
        parts[at] = (name, b"")
    elif way == 4:
        parts[at] = (name, parts[other][1])
    elif way == 5:
        parts[at] = (name, content + chance.choice((b"<x/>", b" " * 200_000, b"x")))
    else:
        parts += [(f"xl/more{number}.xml", b"<x/>") for number in range(chance.choice((3, 150)))]
    return parts or [("x", b"")]


def packed(parts: Parts, chance: Chance) -> bytes:
    """The parts as a zip, stored or deflated."""
    out = BytesIO()
    way = chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
    with zipfile.ZipFile(out, "w", way) as archive:
        for name, content in parts:
            info = zipfile.ZipInfo(name or "x")
            info.compress_type = way
            archive.writestr(info, content)
    return out.getvalue()


def lying(content: bytes, chance: Chance) -> bytes:
    """A zip whose directory says other sizes, sums, ways and flags than are true."""
    at = [match.start() for match in re.finditer(rb"PK\x01\x02|PK\x03\x04|PK\x05\x06", content)]
    if not at:
        return zlib.compress(content)
    start = chance.choice(at) + chance.randrange(4, 40)
    said = chance.choice((b"\0\0\0\0", b"\xff\xff\xff\xff", b"\1\0\0\0", chance.randbytes(4)))
    return content[:start] + said + content[start + 4 :]
