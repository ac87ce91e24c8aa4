"""The cells of tables in a PDF: which are headers, and which headers each cell has.

Typst marks the headings of columns and of groups as header cells. The first cell of each row, which is the row's
header, it does not, and a cell below the heading of a group has the group alone for its header, not its column. Both
are put right here, in what Typst 0.15 has written: its objects are read, those of cells replaced, and the file is put
together anew.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_TRAILER = re.compile(rb"trailer\s*(<<.*>>)\s*startxref", re.DOTALL)
_ELEMENT = re.compile(rb"\d+ 0 obj\s+<</Type/StructElem/S/(Table|THead|TBody|TR|TH|TD)/P (\d+) 0 R(?:/ID\((\w+)\))?")
_REFERENCE = re.compile(rb"(\d+) 0 R")
_SPAN = re.compile(rb"/ColSpan (\d+)")
_NAMES = re.compile(rb"/IDTree<</Names\[([^\]]*)\]>>")
_NAMED = re.compile(rb"\((\w+)\)(\d+) 0 R")


class UnknownTable(ValueError):
    """A table in a PDF is not as Typst is known to write it."""


class _Cell(NamedTuple):
    """A cell: the number of its object, whether it is a header and by which name, what is above it and in it."""

    number: int
    header: bool
    name: bytes
    parent: bytes
    content: bytes
    span: bytes


class _WrittenPdf(NamedTuple):
    """A PDF as Typst wrote it: its objects by their numbers, and what stands behind them."""

    head: bytes
    objects: dict[int, bytes]
    trailer: bytes
    named: dict[bytes, int]


def with_headers(pdf: bytes) -> bytes:
    """A PDF of Typst in which each table has headers for its rows, and each cell names all of its headers.

    Raises:
        UnknownTable: if it is not as Typst is known to write it.
    """
    if b"/S/Table/" not in pdf:
        return pdf
    written = _taken_apart(pdf)
    for number, content in list(written.objects.items()):
        element = _ELEMENT.match(content)
        if element and element[1] == b"Table":
            _mark_table(written, number)
    return _put_together(written)


def _taken_apart(pdf: bytes) -> _WrittenPdf:
    start, trailer = _START.search(pdf), _TRAILER.search(pdf)
    if start is None or trailer is None:
        raise UnknownTable("The PDF does not end as it should.")
    lines = pdf[int(start[1]) :].splitlines()
    count = int(lines[1].split()[1])
    starts = {number: int(lines[2 + number][:10]) for number in range(1, count)}
    ends = dict(zip(sorted(starts.values()), [*sorted(starts.values())[1:], int(start[1])], strict=True))
    objects = {number: pdf[begun : ends[begun]] for number, begun in starts.items()}
    return _WrittenPdf(pdf[: min(ends)], objects, trailer[1], {})


def _put_together(written: _WrittenPdf) -> bytes:
    tree = next(number for number, content in written.objects.items() if b"/Type/StructTreeRoot" in content)
    written.objects[tree] = _NAMES.sub(lambda names: _names_with(names[1], written.named), written.objects[tree])
    parts, at, starts = [written.head], len(written.head), []
    for _number, content in sorted(written.objects.items()):
        starts.append(at)
        parts.append(content)
        at += len(content)
    lines = [
        b"xref\n0 %d\n0000000000 65535 f\r\n" % (len(starts) + 1),
        *(b"%010d 00000 n\r\n" % each for each in starts),
    ]
    return b"".join([*parts, *lines, b"trailer\n", written.trailer, b"\nstartxref\n%d\n%%%%EOF" % at])


def _names_with(names: bytes, further: dict[bytes, int]) -> bytes:
    every = {name: int(number) for name, number in _NAMED.findall(names)} | further
    return b"/IDTree<</Names[%s]>>" % b"".join(b"(%s)%d 0 R" % each for each in sorted(every.items()))


def _mark_table(written: _WrittenPdf, table: int) -> None:
    """Put the cells of a table right: its first row holds the headings of columns, a row of one cell begins a group."""
    columns: Sequence[_Cell] = ()
    group: tuple[bytes, ...] = ()
    for place, cells in enumerate(_rows(written, table)):
        if not columns:
            columns = cells
        elif len(cells) == 1 and (cells[0].header or len(columns) > 1):
            name = cells[0].name or _name(columns, place)
            group = (name,)
            written.objects[cells[0].number] = _cell_written(cells[0], b"Column", (), name)
            written.named[name] = cells[0].number
        elif len(cells) != len(columns):
            raise UnknownTable(f"Row {place} of a table has {len(cells)} cells.")
        else:
            name = _name(columns, place)
            rows = (name,) if len(columns) > 1 else ()
            for at, (column, cell) in enumerate(zip(columns, cells, strict=True)):
                scope = b"Row" if rows and not at else b""
                named = (column.name, *group, *(() if scope else rows))
                written.objects[cell.number] = _cell_written(cell, scope, named, name)
            if rows:
                written.named[name] = cells[0].number


def _name(columns: Sequence[_Cell], place: int) -> bytes:
    """The name of the first cell of a row, as Typst names headers: by table, column and row."""
    return columns[0].name.partition(b"y")[0] + b"y%d" % place


def _rows(written: _WrittenPdf, table: int) -> Iterator[list[_Cell]]:
    """The rows of a table, those of its head before those of its body."""
    for section in _children(written, table):
        in_groups = b"/S/TR/" not in written.objects[section]  # a table of headings alone has no groups of rows
        for row in _children(written, section) if in_groups else [section]:
            yield [_cell(written, cell) for cell in _children(written, row)]


def _children(written: _WrittenPdf, number: int) -> Iterator[int]:
    """The numbers of what stands in a part of a table; its caption is none of them."""
    content = written.objects[number]
    _, _, within = content.rpartition(b"/K[")
    for child in _REFERENCE.findall(within.partition(b"]")[0]):
        if _ELEMENT.match(written.objects[int(child)]):
            yield int(child)


def _cell(written: _WrittenPdf, number: int) -> _Cell:
    content = written.objects[number]
    element = _ELEMENT.match(content)
    if element is None or element[1] not in {b"TH", b"TD"}:
        raise UnknownTable(f"Object {number} is no cell.")
    before, mark, within = content.partition(b"/K[")
    span = _SPAN.search(before)
    return _Cell(
        number,
        element[1] == b"TH",
        element[3] or b"",
        element[2],
        mark + within or b">>\nendobj\n",
        span[0] if span else b"",
    )


def _cell_written(cell: _Cell, scope: bytes, headers: Sequence[bytes], name: bytes = b"") -> bytes:
    """The object of a cell; ``scope`` says of what it is the header, "" of nothing."""
    return b"%d 0 obj\n<</Type/StructElem/S/%s/P %s 0 R%s/A[<</O/Table%s%s%s>>]%s" % (
        cell.number,
        b"TH" if scope else b"TD",
        cell.parent,
        b"/ID(%s)" % (cell.name or name) if scope else b"",
        b"/Scope/" + scope if scope else b"",
        b"/Headers[%s]" % b"".join(b"(%s)" % each for each in headers) if headers else b"",
        cell.span,
        cell.content,
    )
