"""The head of a plan's sealed chain in pictures and printed pages, as ``returns.carried_head`` finds it in them."""

import struct
import zlib

from PySide6.QtCore import QByteArray

from spp_desktop.returns.chain_head import PROPERTY

_PNG, _PDF, _SVG_ENDS = b"\x89PNG\r\n\x1a\n", b"%PDF-", b"</svg>"
_IEND = struct.pack(">I4sI", 0, b"IEND", zlib.crc32(b"IEND"))


def carrying(content: QByteArray, head: str) -> QByteArray:
    """A file with the head: a text of a PNG, the metadata of an SVG, a comment below a PDF; any other as it is."""
    raw, text = bytes(content.data()), head.encode()
    if text and raw.startswith(_PNG) and raw.endswith(_IEND):
        told = b"tEXt" + PROPERTY.encode("latin-1") + b"\0" + text
        chunk = struct.pack(">I", len(told) - 4) + told + struct.pack(">I", zlib.crc32(told))
        raw = raw.removesuffix(_IEND) + chunk + _IEND
    elif text and raw.startswith(_PDF):
        raw += b"%" + text + b"\n"  # what stands below the end of a PDF may be a comment, and moves nothing in it
    elif text and raw.rstrip().endswith(_SVG_ENDS):
        raw = raw.rstrip().removesuffix(_SVG_ENDS) + b"<metadata>" + text + b"</metadata>" + _SVG_ENDS
    return QByteArray(raw)
