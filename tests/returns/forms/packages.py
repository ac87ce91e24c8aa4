"""Two packages compared, part by part; and sheets cell by cell, as they stand in the file."""

import re
import zipfile
from io import BytesIO

_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?row>)", re.DOTALL)
_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]+\d+)"[^>]*?(?:/>|>.*?</(?:\w+:)?c>)', re.DOTALL)


def parts(content: bytes) -> dict[str, bytes]:
    """The parts of a package by name, unpacked; the order of names is the package's."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {info.filename: archive.read(info) for info in archive.infolist()}


def packed_parts(content: bytes) -> dict[str, bytes]:
    """Each part as it is packed: its header and its bytes."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
        ends = [*(info.header_offset for info in infos[1:]), archive.start_dir]
        return {info.filename: content[info.header_offset : end] for info, end in zip(infos, ends, strict=True)}


def cells(sheet: bytes) -> dict[str, bytes]:
    """The cells of an Excel sheet as they stand, by their addresses."""
    return {match[1].decode(): match[0] for match in _CELL.finditer(sheet)}


def around_cells(sheet: bytes) -> bytes:
    """What stands around the rows of an Excel sheet, but for the range that it says it uses."""
    data = re.sub(rb"<((?:\w+:)?)sheetData\b.*(?:</(?:\w+:)?sheetData>|/>)", rb"<\1sheetData/>", sheet, flags=re.DOTALL)
    return re.sub(rb'(dimension ref=")[^"]*', rb"\1", data)
