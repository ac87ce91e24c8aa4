"""A packed workbook with some of its parts written anew, and every other byte of it as it was.

Parts that stay are copied as they are packed, with their headers, dates and ways of packing (APPNOTE 4.3 and 4.4): a
part that a spreadsheet program would drop or write in another way cannot be touched by what never unpacks it.
"""

import struct
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO

from spp_desktop.returns.parts import plain_name

_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_LOCAL_FORM = "<4s5H3I2H"
_CENTRAL_FORM = "<4s6H3I5H2I"
_END_FORM = "<4s4H2IH"
_DESCRIPTOR, _DEFLATED, _WIDE = 8, 8, 1
"""The mark of sizes that follow a part, the usual way of packing, and the mark of sizes in 64 bits."""
_LEVEL = 3
"""How hard parts are packed: enough, and in half the time of the usual way."""
_MOST = 0xFFFF_FFFF


def rewritten(content: bytes, parts: Mapping[str, bytes]) -> bytes:
    """A package with these parts written anew, by their names; the order of all parts stays.

    Raises:
        ValueError: if it is packed in a way that cannot be copied, such as one with sizes in 64 bits.
    """
    new = {plain_name(name): part for name, part in parts.items()}
    with zipfile.ZipFile(BytesIO(content)) as archive:
        infos, begins, comment = archive.infolist(), archive.start_dir, archive.comment
    ends = sorted([*(info.header_offset for info in infos), begins])
    out, listed = BytesIO(), []
    central = _central_records(content, begins, len(infos))
    for info in sorted(infos, key=lambda info: info.header_offset):
        at = info.header_offset
        if content[at : at + 4] != _LOCAL:
            raise ValueError(f"{info.filename} does not stand where it is stated to")
        offset = out.tell()
        record = central[at]
        anew = new.get(plain_name(info.filename))
        if anew is None:
            out.write(content[at : ends[ends.index(at) + 1]])
            listed.append((record, struct.pack("<I", offset)))
            continue
        local, record = _packed(record, anew)
        out.write(local)
        listed.append((record, struct.pack("<I", offset)))
    start = out.tell()
    order = {at: n for n, at in enumerate(central)}
    by_place = sorted(infos, key=lambda info: info.header_offset)
    placed = sorted(zip(by_place, listed, strict=True), key=lambda each: order[each[0].header_offset])
    for _, (record, offset_bytes) in placed:
        out.write(record[:42] + offset_bytes + record[46:])
    size = out.tell() - start
    out.write(struct.pack(_END_FORM, _END, 0, 0, len(infos), len(infos), size, start, len(comment)) + comment)
    return out.getvalue()


def _central_records(content: bytes, at: int, several: int) -> dict[int, bytes]:
    """The records of the package's list, each with its name and extras, by where the part begins; in their order."""
    records: dict[int, bytes] = {}
    for _ in range(several):
        fields = struct.unpack_from(_CENTRAL_FORM, content, at)
        name, extra, comment, offset = fields[10], fields[11], fields[12], fields[16]
        if fields[0] != _CENTRAL or _MOST in (fields[8], fields[9], offset):
            raise ValueError("the list of its parts is written in a way that is not known")
        whole = struct.calcsize(_CENTRAL_FORM) + name + extra + comment
        records[offset] = content[at : at + whole]
        at += whole
    return records


def _packed(record: bytes, content: bytes) -> tuple[bytes, bytes]:
    """A part packed anew under the name and the date that it had, and its record in the list."""
    head = struct.calcsize(_CENTRAL_FORM)
    fields = list(struct.unpack_from(_CENTRAL_FORM, record))
    name_length, extra_length = fields[10], fields[11]
    name = record[head : head + name_length]
    extra = _without_sizes(record[head + name_length : head + name_length + extra_length])
    comment = record[head + name_length + extra_length :]
    pack = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
    packed = pack.compress(content) + pack.flush()
    flags = fields[3] & ~_DESCRIPTOR
    crc, sizes = zlib.crc32(content), (len(packed), len(content))
    local = struct.pack(_LOCAL_FORM, _LOCAL, 20, flags, _DEFLATED, *fields[5:7], crc, *sizes, name_length, 0)
    fields[2:5] = (20, flags, _DEFLATED)
    fields[7:10] = (crc, *sizes)
    fields[11] = len(extra)
    return local + name + packed, struct.pack(_CENTRAL_FORM, *fields) + name + extra + comment


def _without_sizes(extra: bytes) -> bytes:
    """The extra fields of a part without that of sizes in 64 bits, which are said anew."""
    kept, at = b"", 0
    while at + 4 <= len(extra):
        mark, length = struct.unpack_from("<2H", extra, at)
        if mark != _WIDE:
            kept += extra[at : at + 4 + length]
        at += 4 + length
    return kept
