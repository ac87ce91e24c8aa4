"""Mails as Outlook saves them, made for tests: properties in a compound file of version 3 ([MS-CFB], [MS-OXMSG]).

The writer is as small as the form allows: sectors of 512 bytes, streams of less than 4,096 in the small ones, and every
storage's entries hung on one another to the right, in their order, which makes a tree that readers walk.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

Tree = dict[str, "bytes | Tree"]
"""A storage: its streams and storages by their names."""

SECTOR, SMALL, SMALL_STREAM = 512, 64, 4_096
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


@dataclass
class _Entry:
    name: str
    kind: int
    content: bytes = b""
    child: int = _FREE
    right: int = _FREE
    start: int = _END
    size: int = 0


def compound(tree: Tree) -> bytes:
    """A compound file that holds a tree."""
    entries = [_Entry("Root Entry", _ROOT)]
    _add(entries, entries[0], tree)
    chains: list[int] = []
    body = bytearray()
    small, small_chains = bytearray(), list[int]()
    for entry in entries:
        if entry.kind == _STREAM and entry.content:
            entry.size = len(entry.content)
            short = entry.size < SMALL_STREAM
            sectors, held = (small_chains, small) if short else (chains, body)
            entry.start = _put(held, sectors, entry.content, SMALL if short else SECTOR)
    root = entries[0]
    root.size = len(small)
    root.start = _put(body, chains, bytes(small), SECTOR) if small else _END
    small_table = struct.pack(f"<{len(small_chains)}I", *small_chains)
    small_start = _put(body, chains, small_table, SECTOR, b"\xff") if small_chains else _END
    directory = b"".join(map(_entry, entries)) + _entry(_Entry("", 0)) * (-len(entries) % 4)
    directory_start = _put(body, chains, directory, SECTOR)
    tables = 1
    while tables * SECTOR // 4 < len(chains) + tables:
        tables += 1
    first_table = len(chains)
    chains += [_TABLE] * tables
    chains += [_FREE] * (tables * SECTOR // 4 - len(chains))
    body += struct.pack(f"<{len(chains)}I", *chains)
    places = [*range(first_table, first_table + tables)]
    head = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII",
        bytes.fromhex("D0CF11E0A1B11AE1"), b"", 0x3E, 3, 0xFFFE, 9, 6, b"", 0, tables, directory_start, 0,
        SMALL_STREAM, small_start, -(-len(small_table) // SECTOR), _END, 0,
    )  # fmt: skip
    return head + struct.pack("<109I", *places, *[_FREE] * (109 - tables)) + bytes(body)


def _add(entries: list[_Entry], parent: _Entry, tree: Tree) -> None:
    before: _Entry | None = None
    for name in sorted(tree, key=lambda name: (len(name), name.upper())):
        content = tree[name]
        entry = _Entry(name, _STREAM, content) if isinstance(content, bytes) else _Entry(name, _STORAGE)
        if before is None:
            parent.child = len(entries)
        else:
            before.right = len(entries)
        entries.append(entry)
        before = entry
        if not isinstance(content, bytes):
            _add(entries, entry, content)


def _put(body: bytearray, chains: list[int], content: bytes, size: int, fill: bytes = b"\0") -> int:
    start, count = len(chains), -(-len(content) // size)
    body += content + fill * (-len(content) % size)
    chains += [*range(start + 1, start + count), _END]
    return start


def _entry(entry: _Entry) -> bytes:
    name = (entry.name + "\0").encode("utf-16-le") if entry.kind else b""
    return struct.pack(
        "<64sHBBIII16sIQQIQ",
        name, len(name), entry.kind, 1, _FREE, entry.right, entry.child, b"", 0, 0, 0,
        entry.start if entry.kind in (_STREAM, _ROOT) else 0, entry.size,
    )  # fmt: skip


# The mail


@dataclass(frozen=True)
class Attached:
    """An attachment: a file, a mail, or neither, such as a link.

    ``short``: its name in eight letters and three, which stands alone where the long one was lost.
    """

    name: str = ""
    content: "bytes | OutlookMail | None" = None
    kind: str = ""
    short: str = ""
    method: int = 1


@dataclass(frozen=True)
class OutlookMail:
    """A mail; its texts stand in UTF-16, or in 8 bits of a code page where one is given."""

    sender: str = ""
    address: str = ""
    sent: datetime | None = None
    subject: str = ""
    attached: Sequence[Attached] = ()
    code_page: int = 0
    exchange: str = ""
    more: Tree = field(default_factory=dict)


def write(path: Path, mail: OutlookMail) -> Path:
    """The mail as a file."""
    path.write_bytes(as_bytes(mail))
    return path


def as_bytes(mail: OutlookMail) -> bytes:
    """The mail as its file holds it."""
    return compound(_storage(mail, 32))


def _storage(mail: OutlookMail, head: int) -> Tree:
    entries = b"" if not mail.code_page else _fixed(0x3FFD, 0x0003, struct.pack("<i4x", mail.code_page))
    if mail.sent is not None:
        ticks = round((mail.sent - _EPOCH).total_seconds()) * 10_000_000
        entries += _fixed(0x0039, 0x0040, struct.pack("<Q", ticks))
    texts = {0x0C1A: mail.sender, 0x0037: mail.subject, 0x001A: "IPM.Note"}
    texts |= {0x0C1E: "EX", 0x0C1F: mail.exchange, 0x5D01: mail.address} if mail.exchange else {0x0C1F: mail.address}
    tree: Tree = {"__properties_version1.0": bytes(head) + entries, **_texts(texts, mail.code_page), **mail.more}
    if head == 32:
        tree["__nameid_version1.0"] = {f"__substg1.0_000{n}0102": b"" for n in (2, 3, 4)}
    for number, attached in enumerate(mail.attached):
        tree[f"__attach_version1.0_#{number:08X}"] = _attachment(attached, mail.code_page)
    return tree


def _attachment(attached: Attached, code_page: int) -> Tree:
    method = 5 if isinstance(attached.content, OutlookMail) else attached.method
    entries = _fixed(0x3705, 0x0003, struct.pack("<i4x", method))
    texts = {0x3707: attached.name, 0x3704: attached.short, 0x370E: attached.kind}
    tree: Tree = {"__properties_version1.0": bytes(8) + entries, **_texts(texts, code_page)}
    if isinstance(attached.content, OutlookMail):
        tree["__substg1.0_3701000D"] = _storage(attached.content, 24)
    elif attached.content is not None:
        tree["__substg1.0_37010102"] = attached.content
    return tree


def _texts(texts: dict[int, str], code_page: int) -> Tree:
    form, code = (0x001E, f"cp{code_page}") if code_page else (0x001F, "utf-16-le")
    return {f"__substg1.0_{number:04X}{form:04X}": text.encode(code) for number, text in texts.items() if text}


def _fixed(number: int, kind: int, value: bytes) -> bytes:
    return struct.pack("<HHI", kind, number, 6) + value
