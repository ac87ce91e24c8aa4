"""The heads of a plan's sealed chain that a file carries, whatever the file is.

They are looked for in the bytes of a file, or of the parts that it is packed of, a bounded number of them; nothing of
the file is parsed or believed.
"""

import html
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from spp_desktop.returns.chain_head import ChainHead, heads_in
from spp_desktop.returns.definition import Identity
from spp_desktop.returns.limits import LIMITS, FileLimits
from spp_desktop.returns.parts import ZIP_PROBLEMS, plain_name
from spp_desktop.returns.placement import MARK, read_identity

_IDENTITY = re.compile(rb'"' + MARK.encode() + rb'"[^>]*>\s*(?:<[\w:]+>)?\s*(\{[^<]{1,4000}\})')
_DESCRIBING = ("docprops/custom.xml", "meta.xml")
_PROTECTED = bytes.fromhex("D0CF11E0A1B11AE1")
_OVERLAP = 160
"""Bytes of a piece that are looked at again with the next, so that no head is cut in two."""


class NotHeld(Exception):
    """A file that cannot be looked through; the text says why."""


@dataclass(frozen=True)
class CarriedHeads:
    """What a file says of the plan it left.

    Attributes:
        heads: the heads that it carries, each once: one, unless somebody altered it.
        identity: which issue of a return it says it is, if it is one.
    """

    heads: tuple[ChainHead, ...]
    identity: Identity | None = None


def carried(path: Path, limits: FileLimits = LIMITS) -> CarriedHeads:
    """The heads that a file carries, whatever it is.

    Raises:
        NotHeld: if it cannot be read, is larger than a file that comes in may be, or stands under a password.
    """
    try:
        with path.open("rb") as file:
            start = file.read(len(_PROTECTED))
            if start == _PROTECTED:
                raise NotHeld(f"{path.name} is under a password. Save it without one, and try again.")
            if not start.startswith(b"PK"):
                file.seek(0)
                return CarriedHeads(tuple(dict.fromkeys(_through(file, limits.file, limits))))
        return _packed(path, limits)
    except ZIP_PROBLEMS as problem:
        raise NotHeld(f"{path.name} cannot be read: {problem}.") from None


def _packed(path: Path, limits: FileLimits) -> CarriedHeads:
    """The heads in the parts of a packed file, of as many as a file that comes in may have."""
    heads: dict[ChainHead, None] = {}
    identity = None
    room = limits.all_parts
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist()[: limits.parts]:
            name = plain_name(info.filename)
            if not name.endswith(".xml") or room <= 0:
                continue
            with archive.open(info) as part:
                if name in _DESCRIBING:
                    content = part.read(limits.described)
                    heads.update(dict.fromkeys(heads_in(content)))
                    identity = identity or _identity(content)
                else:
                    heads.update(dict.fromkeys(_through(part, min(room, limits.part), limits)))
            room -= info.file_size
    return CarriedHeads(tuple(heads), identity)


def _through(file: IO[bytes], most: int, limits: FileLimits) -> Iterator[ChainHead]:
    """The heads in the first bytes of a file, a piece at a time."""
    before = b""
    while most > 0 and (piece := file.read(min(limits.piece, most))):
        most -= len(piece)
        yield from heads_in(before + piece)
        before = piece[-_OVERLAP:]


def _identity(content: bytes) -> Identity | None:
    """Which issue of a return the properties of a workbook say that it is."""
    match = _IDENTITY.search(content)
    return read_identity(html.unescape(match[1].decode("utf-8", "replace"))) if match else None
