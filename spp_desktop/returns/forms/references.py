"""What a formula refers to, as far as that can be said without working it out.

Both ways of writing are read: Excel's (``'Sheet 1'!$A$1:B2``, ECMA-376 18.17) and OpenFormula's
(``[$'Sheet 1'.A1:.B2]``, OpenDocument 1.3 part 4). A formula that picks its cells while it is worked out, such as one
with INDIRECT, refers to what nobody can say before: ``None``.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from spp_desktop.returns.cell_places import LAST_COLUMN, LAST_ROW, Block, CellPlace, column_number


class Reference(NamedTuple):
    """A range of a sheet."""

    sheet: str
    block: Block


CellReferences = Sequence[Reference] | None

_PICKING = re.compile(
    r"\b(?:INDIRECT|OFFSET|SUMIFS?|AVERAGEIFS?|GETPIVOTDATA|CELL|EVALUATE|MULTIPLE\.OPERATIONS)\s*\(", re.IGNORECASE
)
"""Functions that may look at other cells than those that are named (SUMIF's sums reach as far as its criteria do)."""

_TEXTS = re.compile(r'"(?:[^"]|"")*"')
_SHEET = r"(?:(?P<quoted>'(?:[^']|'')+')|(?P<bare>[^\W\d][\w.]*(?::[^\W\d][\w.]*)?|\[\d+\][^!]*))!"
_CORNER = r"\$?[A-Za-z]{1,3}\$?[0-9]{1,7}"
_TOKEN = re.compile(
    rf"(?<![\w.])(?:{_SHEET})?(?:(?P<range>{_CORNER}:{_CORNER}|\$?[A-Za-z]{{1,3}}:\$?[A-Za-z]{{1,3}}"
    rf"|\$?[0-9]{{1,7}}:\$?[0-9]{{1,7}}|{_CORNER})(?![\w.(\[!])|(?P<name>[^\W\d][\w.\\?]*)\s*(?P<after>[(\[]?))"
    r"|(?P<odd>[\[\]#:])"
)
_OPEN = re.compile(r"\[([^\[\]]*)\]|(?P<name>[^\W\d][\w.]*)\s*(?P<after>\(?)")
_OPEN_CORNER = re.compile(
    r"(?:(?P<sheet>\$?(?:'(?:[^']|'')+'|[^.:'\[\]#]+))?\.)?(?P<corner>\$?[A-Za-z]{1,3}\$?[0-9]{1,7})"
)
_PART = re.compile(r"(\$?)([A-Za-z]{0,3})(\$?)([0-9]{0,7})")
_CONSTANTS = {"true", "false"}
_DEPTH = 8


class KnownNames(NamedTuple):
    """What names in formulas mean.

    Attributes:
        names: the formula or range of each name of the workbook, by its name in small letters.
        tables: the ranges of its tables, by their names in small letters.
    """

    names: Mapping[str, str]
    tables: Mapping[str, Reference]


def in_excel(formula: str, sheet: str, known: KnownNames, moved: CellPlace = (0, 0), depth: int = 0) -> CellReferences:
    """What a formula of Excel refers to.

    Args:
        formula: The formula, without its "=".
        sheet: The sheet that it stands on.
        known: What names mean.
        moved: How many rows and columns it stands away from the cell that it is written for.
        depth: How many names have led here.
    """
    if _PICKING.search(formula) or depth > _DEPTH:
        return None
    seen: list[Reference] = []
    for match in _TOKEN.finditer(_TEXTS.sub(" ", formula)):
        if match["odd"]:
            return None
        named = match["quoted"] or match["bare"]
        quoted = named[1:-1].replace("''", "'") if named and named.startswith("'") else named
        if quoted and quoted.startswith("["):  # another workbook, which nothing was filled in
            continue
        if quoted and ":" in quoted:  # sheets from one to another
            return None
        if match["range"]:
            seen.append(Reference(quoted or sheet, _block(match["range"], moved)))
        elif (more := _of_name(match, sheet, known, depth)) is None:
            return None
        else:
            seen += more
    return seen


def _of_name(match: re.Match[str], sheet: str, known: KnownNames, depth: int) -> CellReferences:
    """What a name in a formula refers to; nothing if it is that of a function."""
    name = match["name"].casefold()
    if match["after"] == "(" or name in _CONSTANTS:
        return ()
    if match["after"]:
        return None
    if name in known.tables:
        return (known.tables[name],)
    if name in known.names:
        return in_excel(known.names[name].lstrip("="), sheet, known, depth=depth + 1)
    return None


_TABLE_PART = re.compile(r"([^\W\d][\w.\\?]*)\[(?:[^\[\]]|\[[^\[\]]*\])*\]")


def without_table_parts(formula: str, known: KnownNames) -> str:
    """A formula in which each part of a table, such as ``Figures[Total]``, is the table's whole range."""

    def whole(match: re.Match[str]) -> str:
        """The range in place of the part."""
        table = known.tables.get(match[1].casefold())
        if table is None:
            return match[0]
        sheet = table.sheet.replace("'", "''")
        return f"'{sheet}'!{table.block.fixed}"

    return _TABLE_PART.sub(whole, formula) if "[" in formula else formula


def in_open_formula(formula: str, sheet: str, known: KnownNames) -> CellReferences:
    """What a formula of an OpenDocument spreadsheet refers to."""
    del known  # its names may mean anything
    if _PICKING.search(formula):
        return None
    seen: list[Reference] = []
    plain = _TEXTS.sub(" ", formula.partition(":=")[2] or formula.lstrip("="))
    for match in _OPEN.finditer(plain):
        if match["name"]:
            if match["after"] != "(" and match["name"].casefold() not in _CONSTANTS:
                return None
            continue
        reference = _open_range(match[1], sheet)
        if reference is None:
            return None
        seen.append(reference)
    return seen


def _open_range(text: str, sheet: str) -> Reference | None:
    """The range that stands in brackets; ``None`` if it is of another form."""
    corners = list(_OPEN_CORNER.finditer(text))
    joined = ":".join(corner[0] for corner in corners)
    if not 0 < len(corners) <= 2 or joined != text:  # noqa: PLR2004 - a range has two corners
        return None
    named = [corner["sheet"] for corner in corners]
    if named[-1] and len(named) > 1 and _plain(named[-1]) != _plain(named[0] or ""):
        return None
    return Reference(_plain(named[0]) if named[0] else sheet, _block(":".join(corner["corner"] for corner in corners)))


def _plain(sheet: str) -> str:
    return sheet.removeprefix("$").removeprefix("'").removesuffix("'").replace("''", "'")


def _block(text: str, moved: CellPlace = (0, 0)) -> Block:
    """The range of an address, which may be of whole rows or columns."""
    corners = [corner for part in text.split(":") for corner in _corners(part, moved)]
    rows, columns = [corner[0] for corner in corners], [corner[1] for corner in corners]
    return Block(min(rows), min(columns), max(rows), max(columns))


def _corners(part: str, moved: CellPlace) -> Iterator[CellPlace]:
    """The cells at the ends of what one end of an address means."""
    match = _PART.fullmatch(part)
    assert match is not None
    fixed_column, letters, fixed_row, digits = match.groups()
    if letters and not digits:
        fixed_row = "$"
    rows = [1, LAST_ROW] if not digits else [int(digits) + (0 if fixed_row else moved[0])]
    columns = [1, LAST_COLUMN] if not letters else [column_number(letters) + (0 if fixed_column else moved[1])]
    if not letters and fixed_column:  # "$5": the sign belongs to the row
        rows = [int(digits)]
    yield from ((row, column) for row in rows for column in columns)
