"""A finished OpenDocument spreadsheet, read for the check as it stands: its parts, styles followed to their parents.

It reads what this program has just written, and no file of anybody else.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from xml.etree import ElementTree as ET

from openpyxl.utils import column_index_from_string

from spp_desktop.plan.kinds.days import in_words
from spp_desktop.returns.publication.seen import SeenBook, SeenCell, SeenLook, SeenPlace, SeenSheet, SeenTable

_NAMES = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_OFFICE, _STYLE, _TABLE, _TEXT, _META, _CONFIG, _DRAW, _FO, _SCRIPT = (
    _NAMES % name
    for name in ("office", "style", "table", "text", "meta", "config", "drawing", "xsl-fo-compatible", "script")
)
_DC, _XLINK = "{http://purl.org/dc/elements/1.1/}", "{http://www.w3.org/1999/xlink}"
_CORNER = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]+)")
_LINE = re.compile(r"[0-9.]+(?:pt|cm|in|mm|px)")
_INCH = 72
_UNITS = {"in": 72.0, "pt": 1.0, "cm": 72 / 2.54, "mm": 7.2 / 2.54, "px": 0.75}
_CHARACTER = 6.9
"""Points that a digit takes of letters of twelve points."""
_LONGEST_RUN = 200
"""Empty cells alike that may be followed by others: beyond it nothing stands."""


def seen(path: Path) -> SeenBook:
    """What stands in the spreadsheet at a path."""
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        content, styles, meta, settings = (
            ET.fromstring(archive.read(f"{part}.xml"))  # noqa: S314 - it was just written
            for part in ("content", "styles", "meta", "settings")
        )
    return _Read(content, styles, meta, settings).book(path.name, names)


class _Read:
    """The parts of a spreadsheet, being looked at."""

    def __init__(self, content: ET.Element, styles: ET.Element, meta: ET.Element, settings: ET.Element) -> None:
        self._content, self._parts, self._meta, self._settings = content, styles, meta, settings
        self._looks: dict[str, SeenLook] = {}

    def book(self, name: str, parts: list[str]) -> SeenBook:
        """All of it."""
        code = [part for part in parts if part.startswith(("Basic/", "Scripts/"))]
        code += ["event listeners"] if self._content.find(f".//{_SCRIPT}event-listener") is not None else []
        sheets = tuple(map(self._sheet, self._content.iter(f"{_TABLE}table")))
        active = self._setting("ActiveTable")
        titles = [sheet.title for sheet in sheets]
        words = [element.text or "" for element in self._meta.iter(f"{_META}keyword")]
        language = self._meta.findtext(f".//{_DC}language") or ""
        return SeenBook(
            "ods",
            name,
            sheets,
            titles.index(active) if active in titles else -1,
            self._meta.findtext(f".//{_DC}title") or "",
            language if self._spoken else "",
            self._meta.findtext(f".//{_DC}creator") or "",
            "; ".join(words),
            tuple(code),
        )

    @property
    def _spoken(self) -> str:
        """The language that the default style says, from which screen readers have it."""
        return next((words.get(f"{_FO}language", "") for words in self._words("", "text-properties")), "")

    @cached_property
    def _named(self) -> dict[str, ET.Element]:
        every = [*self._parts.iter(f"{_STYLE}style"), *self._content.iter(f"{_STYLE}style")]
        named = {style.get(f"{_STYLE}name", ""): style for style in every}
        default = next(
            style
            for style in self._parts.iter(f"{_STYLE}default-style")
            if style.get(f"{_STYLE}family") == "table-cell"
        )
        return {**named, "": default}

    def _setting(self, name: str) -> str:
        items = self._settings.iter(f"{_CONFIG}config-item")
        return next((item.text or "" for item in items if item.get(f"{_CONFIG}name") == name), "")

    def _view(self, sheet: str) -> dict[str, str]:
        """What is set of the view of a sheet."""
        for entry in self._settings.iter(f"{_CONFIG}config-item-map-entry"):
            if entry.get(f"{_CONFIG}name") == sheet:
                items = entry.iter(f"{_CONFIG}config-item")
                return {item.get(f"{_CONFIG}name", ""): item.text or "" for item in items}
        return {}

    # Sheets

    def _sheet(self, table: ET.Element) -> SeenSheet:
        title, cells, merged, hidden, heights = table.get(f"{_TABLE}name", ""), {}, [], [], {}
        painted: list[SeenPlace] = []
        headed: set[int] = set()
        row = 0
        for element, in_header in self._rows(table):
            times = int(element.get(f"{_TABLE}number-rows-repeated", "1"))
            if in_header:
                headed.add(row + 1)
            if element.get(f"{_TABLE}visibility", "visible") != "visible":
                hidden.append(f"row {row + 1}")
            height = self._height(element.get(f"{_TABLE}style-name", ""))
            for turn in range(min(times, _LONGEST_RUN)):
                column = 0
                for cell in element:
                    repeated = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
                    seen_cell = self._cell(cell)
                    if seen_cell is not None:
                        for place in range(repeated):
                            cells[row + turn + 1, column + place + 1] = seen_cell
                    elif self._look(cell.get(f"{_TABLE}style-name", "")).filled:
                        painted.append((row + turn + 1, column + 1))
                    spans = [int(cell.get(f"{_TABLE}number-{of}-spanned", "1")) for of in ("rows", "columns")]
                    merged += [f"row {row + turn + 1}, column {column + 1}"] if max(spans) > 1 else []
                    column += repeated
                if height:
                    heights[row + turn + 1] = height
            row += times
        view = self._view(title)
        at = int(view.get("CursorPositionX", "0")), int(view.get("CursorPositionY", "0"))
        cursor = "A1" if at == (0, 0) else f"column {at[0] + 1}, row {at[1] + 1}"
        hidden += self._hidden_columns(table) + self._hidden_sheet(table)
        tables = self._ranges(title, headed)
        return SeenSheet(
            title,
            cells,
            tables,
            tuple(merged),
            tuple(hidden),
            frozen=any(view.get(f"{way}SplitMode", "0") != "0" for way in ("Horizontal", "Vertical")),
            filtered=any(table.filtered for table in tables),
            beside=tuple(self._beside(table)),
            pictures=tuple("a picture" for _ in table.iter(f"{_DRAW}image")),
            painted=tuple(painted),
            widths=self._widths(table),
            heights=heights,
            cursor=cursor,
            zoom=int(view.get("ZoomValue") or self._setting("ZoomValue") or 100),
        )

    def _rows(self, table: ET.Element) -> Iterator[tuple[ET.Element, bool]]:
        """The rows of a table, and whether each is one of its header rows."""
        for element in table:
            if element.tag == f"{_TABLE}table-row":
                yield element, False
            elif element.tag == f"{_TABLE}table-header-rows":
                yield from ((row, True) for row in element.iter(f"{_TABLE}table-row"))

    def _columns(self, table: ET.Element) -> Iterator[tuple[int, ET.Element]]:
        place = 0
        for element in table.iter(f"{_TABLE}table-column"):
            for _ in range(min(int(element.get(f"{_TABLE}number-columns-repeated", "1")), _LONGEST_RUN)):
                place += 1
                yield place, element

    def _hidden_columns(self, table: ET.Element) -> list[str]:
        return [
            f"column {place}"
            for place, element in self._columns(table)
            if element.get(f"{_TABLE}visibility", "visible") != "visible"
        ]

    def _hidden_sheet(self, table: ET.Element) -> list[str]:
        style = self._named.get(table.get(f"{_TABLE}style-name", ""))
        shown = None if style is None else style.find(f"{_STYLE}table-properties")
        return ["the sheet"] if shown is not None and shown.get(f"{_TABLE}display") == "false" else []

    def _widths(self, table: ET.Element) -> dict[int, float]:
        widths = {}
        for place, element in self._columns(table):
            style = self._named.get(element.get(f"{_TABLE}style-name", ""))
            own = None if style is None else style.find(f"{_STYLE}table-column-properties")
            if own is not None:
                widths[place] = _points(own.get(f"{_STYLE}column-width", "")) / _CHARACTER
        return widths

    def _height(self, style: str) -> float:
        """How high rows of a style are, where that is fixed."""
        own = self._named[style].find(f"{_STYLE}table-row-properties") if style in self._named else None
        if own is None or own.get(f"{_STYLE}use-optimal-row-height") == "true":
            return 0
        return _points(own.get(f"{_STYLE}row-height", ""))

    def _ranges(self, title: str, headed: set[int]) -> tuple[SeenTable, ...]:
        """The database ranges on a sheet; their headings are tagged by the row of headings that they begin with."""
        tables = []
        for named in self._content.iter(f"{_TABLE}database-range"):
            target = named.get(f"{_TABLE}target-range-address", "")
            sheet = target.rpartition(":")[0].rpartition(".")[0].lstrip("$").strip("'").replace("''", "'")
            corners = _CORNER.findall(target.rpartition(":")[0].rpartition(".")[2] + ":" + target.rpartition(".")[2])
            if sheet == title and len(corners) > 1:
                first, last = (_place(corner) for corner in corners[:2])
                has_headings = named.get(f"{_TABLE}contains-header", "true") == "true"
                filtered = named.get(f"{_TABLE}display-filter-buttons") == "true"
                filtered |= named.find(f"{_TABLE}filter") is not None
                name = named.get(f"{_TABLE}name", "")
                tagged = {first[0]} == {row for row in headed if first[0] <= row <= last[0]}
                tables.append(SeenTable(name, first, last, headed=has_headings and tagged, filtered=filtered))
        return tuple(tables)

    def _beside(self, table: ET.Element) -> Iterator[str]:
        if any(element.tag in (f"{_DRAW}text-box", f"{_DRAW}custom-shape") for element in table.iter()):
            yield "a text box"
        if table.find(f".//{_OFFICE}annotation") is not None:
            yield "controls or comments"
        for tag in ("header", "footer"):
            for element in self._parts.iter(f"{_STYLE}{tag}"):
                if element.get(f"{_STYLE}display", "true") == "true" and "".join(element.itertext()).strip():
                    yield "a header or footer"

    # Cells

    def _cell(self, cell: ET.Element) -> SeenCell | None:
        """A cell as it is seen; ``None`` where it says nothing."""
        text = "\n".join(map(_spoken, cell.iterfind(f"{_TEXT}p")))
        kind = cell.get(f"{_OFFICE}value-type", "string")
        if f"{_TABLE}formula" in cell.attrib:
            return SeenCell(text, "formula", self._look(cell.get(f"{_TABLE}style-name", "")))
        if not text.strip():
            return None
        link = next((each.get(f"{_XLINK}href", "") for each in cell.iter(f"{_TEXT}a")), "")
        kinds = {"float": "number", "percentage": "number", "currency": "number", "date": "day"}
        if kind == "date":
            text = in_words(date.fromisoformat(cell.get(f"{_OFFICE}date-value", "")[:10]))
        look = self._look(cell.get(f"{_TABLE}style-name", ""))
        for span in cell.iter(f"{_TEXT}span"):
            look = replace(
                look, underlined=look.underlined or self._look(span.get(f"{_TEXT}style-name", "")).underlined
            )
        return SeenCell(text, kinds.get(kind, "text"), look, link.lstrip("#"))

    def _look(self, style: str) -> SeenLook:
        if style not in self._looks:
            self._looks[style] = self._worked_out(style)
        return self._looks[style]

    def _chain(self, style: str) -> Iterator[ET.Element]:
        """A style and those that it is made from, the nearest first, the default one last."""
        met = set()
        while style in self._named and style and style not in met:
            met.add(style)
            yield self._named[style]
            style = self._named[style].get(f"{_STYLE}parent-style-name", "")
        yield self._named[""]

    def _words(self, style: str, tag: str) -> list[ET.Element]:
        return [properties for each in self._chain(style) for properties in each.iterfind(f"{_STYLE}{tag}")]

    def _worked_out(self, style: str) -> SeenLook:
        words, cell = self._words(style, "text-properties"), self._words(style, "table-cell-properties")
        paragraph = self._words(style, "paragraph-properties")

        def first(elements: list[ET.Element], name: str) -> str:
            """What the nearest of some properties says."""
            return next((element.attrib[name] for element in elements if name in element.attrib), "")

        names = (each.get(f"{_STYLE}display-name", each.get(f"{_STYLE}name", "")) for each in self._chain(style))
        level = next((name[-1] for name in names if re.fullmatch(r"Heading.\d", name.replace("_20_", " "))), "0")
        colour, own = first(words, f"{_FO}color"), first(words, f"{_STYLE}use-window-font-color")
        borders = (first(cell, f"{_FO}border{side}") for side in ("", "-left", "-right", "-top", "-bottom"))
        underline = first(words, f"{_STYLE}text-underline-style")
        turned = first(cell, f"{_STYLE}rotation-angle")
        side = first(paragraph, f"{_FO}text-align")
        return SeenLook(
            first(words, f"{_STYLE}font-name"),
            _points(first(words, f"{_FO}font-size")),
            first(words, f"{_FO}font-style") in ("italic", "oblique"),
            underline not in ("", "none"),
            any(_LINE.match(border) for border in borders),
            first(cell, f"{_FO}background-color") not in ("", "transparent"),
            turned not in ("", "0"),
            first(cell, f"{_FO}wrap-option") == "wrap",
            "" if own == "true" and not self._says_colour(words) else colour or "not said",
            int(level),
            {"start": "left", "end": "right"}.get(side, side),
        )

    def _says_colour(self, words: list[ET.Element]) -> bool:
        """Whether a colour is said nearer than that each person's own is to be used."""
        for element in words:
            if element.get(f"{_STYLE}use-window-font-color") == "true":
                return False
            if f"{_FO}color" in element.attrib:
                return True
        return False


def _spoken(paragraph: ET.Element) -> str:
    """The text of a paragraph."""
    parts = [paragraph.text or ""]
    for element in paragraph:
        if element.tag == f"{_TEXT}s":
            parts.append(" " * int(element.get(f"{_TEXT}c", "1")))
        elif element.tag == f"{_TEXT}tab":
            parts.append("\t")
        elif element.tag == f"{_TEXT}line-break":
            parts.append("\n")
        else:
            parts.append(_spoken(element))
        parts.append(element.tail or "")
    return "".join(parts)


def _points(length: str) -> float:
    match = re.fullmatch(r"([0-9.]+)(in|pt|cm|mm|px)", length)
    return float(match[1]) * _UNITS[match[2]] if match else 0


def _place(corner: tuple[str, str]) -> SeenPlace:
    return int(corner[1]), column_index_from_string(corner[0])
