"""How the sheets of an OpenDocument spreadsheet look and what they ask, for a form to be drawn and filled.

It is read by the process that reads files, after the cells themselves (OpenDocument 1.3 part 3, sections 9 and 16).
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO
from xml.etree import ElementTree as ET

from spp_desktop.returns.cell_places import Block
from spp_desktop.returns.parts import PartNames, local
from spp_desktop.returns.records import Record

_CONTENT = "content.xml"
_WIDEST, _LONGEST = 200, 500
"""How many cells in a row, and rows, that are said to stand again have their style told one by one."""
_LENGTH = re.compile(r"([0-9.]+)(cm|mm|in|pt)")
_PIXELS = {"cm": 37.8, "mm": 3.78, "in": 96.0, "pt": 1.333}
_LIST = re.compile(r"cell-content-is-in-list\((.*)\)", re.DOTALL)
_ENTRY = re.compile(r'"((?:[^"]|"")*)"')


def drawn(file: BinaryIO) -> Iterator[Record]:
    """How each sheet looks, in the order of the sheets, and then what is said of the whole spreadsheet."""
    with zipfile.ZipFile(file) as archive:
        parts = PartNames(archive)
        styles = _Styles()
        for part in ("styles.xml", _CONTENT):
            if part in parts:
                with parts.open(part) as stream:
                    styles.add(stream)
        content = _Content(styles)
        with parts.open(_CONTENT) as stream:
            yield from content.sheets(stream)
        yield {
            "drawn_book": {
                "part": _CONTENT, "names": content.names, "styles": styles.told(),
                "tables": content.tables,
            }
        }  # fmt: skip


class _Styles:
    """The styles of cells and columns by their names, as far as they matter here."""

    def __init__(self) -> None:
        self._shows: dict[str, str] = {}
        self._said: dict[str, dict[str, str]] = {}
        self.order: dict[str, int] = {}

    def add(self, stream: Any) -> None:
        """Take in the styles of a part."""
        for _, element in ET.iterparse(stream):  # noqa: S314 - the scan has looked it through
            kind = local(element.tag)
            get = {local(name): value for name, value in element.attrib.items()}.get
            if kind in ("date-style", "percentage-style", "text-style"):
                self._shows[get("name", "")] = {"d": "date", "p": "share", "t": "text"}[kind[0]]
            elif kind == "style":
                self._said[get("name", "")] = _said_of(element)
            elif kind == "table":
                return

    def number(self, name: str) -> int:
        """The place of a style in the list that is told."""
        return self.order.setdefault(name, len(self.order))

    def of(self, name: str, what: str) -> str:
        """What a style says of something, or the style that it is made from."""
        seen: set[str] = set()
        while name and name not in seen:
            seen.add(name)
            stated = self._said.get(name, {})
            if what in stated:
                return stated[what]
            name = stated.get("parent-style-name", "")
        return ""

    def told(self) -> list[list[Any]]:
        """What matters of each style that a cell has, in the order in which they were met."""
        return [
            [
                self._shows.get(self.of(name, "data-style-name"), ""),
                self.of(name, "cell-protect") not in ("none", "formula-hidden"),
                _colour(self.of(name, "background-color")),
                self.of(name, "font-weight") == "bold",
                {"end": "right", "center": "center"}.get(self.of(name, "text-align"), ""),
            ]
            for name in self.order
        ]


def _said_of(style: ET.Element) -> dict[str, str]:
    stated = {local(name): value for name, value in style.attrib.items()}
    for properties in style:
        if local(properties.tag).endswith("-properties"):
            stated |= {local(name): value for name, value in properties.attrib.items()}
    return stated


def _colour(text: str) -> str:
    return text.upper() if re.fullmatch(r"#[0-9A-Fa-f]{6}", text) else ""


class _Content:
    """The body of a spreadsheet as it is read."""

    def __init__(self, styles: _Styles) -> None:
        self._styles = styles
        self.names: list[list[str]] = []
        self.tables: list[list[str]] = []
        self._rules: dict[str, str] = {}
        self._found: dict[str, Any] = {}
        self._deep = self._row = self._column = self._columns = 0
        self._times = 1

    def sheets(self, stream: Any) -> Iterator[Record]:
        """Each sheet, when it ends."""
        for event, element in ET.iterparse(stream, ("start", "end")):  # noqa: S314 - the scan has looked it through
            tag = local(element.tag)
            stated = {local(name): value for name, value in element.attrib.items()}
            if event == "start":
                self._begin(tag, stated)
            elif tag in ("table-cell", "covered-table-cell") and self._deep == 1:
                self._end_cell(stated)
                element.clear()
            elif tag == "table-row" and self._deep == 1:
                self._row += self._times
                element.clear()
            elif tag == "table":
                self._deep -= 1
                if not self._deep:
                    yield {"drawn": self._found}

    def _begin(self, tag: str, stated: Mapping[str, str]) -> None:
        if tag == "table":
            self._deep += 1
            if self._deep == 1:
                self._begin_sheet(stated)
        elif tag == "table-column" and self._deep == 1:
            times, style = int(stated.get("number-columns-repeated", "1")), stated.get("style-name", "")
            cells = stated.get("default-cell-style-name")
            number = self._styles.number(cells) if cells else None
            hidden = stated.get("visibility", "visible") != "visible"
            first = self._columns + 1
            self._columns += times
            width = _pixels(self._styles.of(style, "column-width"))
            self._found["columns"].append([first, self._columns, number, width, hidden])
        elif tag == "table-row" and self._deep == 1:
            self._times, self._column = int(stated.get("number-rows-repeated", "1")), 0
        elif tag == "content-validation":
            self._rules[stated.get("name", "")] = stated.get("condition", "")
        elif tag == "named-range":
            self.names.append([stated.get("name", ""), stated.get("cell-range-address", ""), ""])
        elif tag == "database-range":
            self.tables.append([stated.get("name", ""), stated.get("target-range-address", "")])

    def _begin_sheet(self, stated: Mapping[str, str]) -> None:
        self._row = self._columns = 0
        self._found = {
            "title": stated.get("name", ""), "part": _CONTENT, "protected": stated.get("protected") == "true",
            "cells": [], "formulas": [], "columns": [], "rows": [], "rules": [], "tables": [], "width": 0.0,
        }  # fmt: skip

    def _end_cell(self, stated: Mapping[str, str]) -> None:
        times, first = int(stated.get("number-columns-repeated", "1")), self._column + 1
        self._column += times
        if self._times > _LONGEST or times > _WIDEST:
            return
        style, rule, formula = stated.get("style-name"), stated.get("content-validation-name"), stated.get("formula")
        for row in range(self._row + 1, self._row + 1 + self._times):
            for column in range(first, first + times):
                if style:
                    self._found["cells"].append([row, column, self._styles.number(style)])
                if formula:
                    self._found["formulas"].append([row, column, formula, *_matrix(stated, row, column), ""])
                if rule and (told := self._rule(rule)):
                    self._found["rules"].append([f"{row}.{column}", *told])

    def _rule(self, name: str) -> list[Any]:
        """A list that a cell is chosen from, as Excel's rules say one; other rules are left aside."""
        listed = _LIST.search(self._rules.get(name, ""))
        if listed is None:
            return []
        entries = [entry.replace('""', '"') for entry in _ENTRY.findall(listed[1])]
        return ["list", "", "" if entries else listed[1], "", entries]


def _matrix(stated: Mapping[str, str], row: int, column: int) -> tuple[str, str]:
    """That a formula fills more cells than its own, and their range; two empty texts if it does not."""
    rows, columns = (int(stated.get(f"number-matrix-{of}-spanned", "0")) for of in ("rows", "columns"))
    if rows * columns < 2:  # noqa: PLR2004 - its own cell is one
        return "", ""
    return "array", Block(row, column, row + rows - 1, column + columns - 1).address


def _pixels(length: str) -> float:
    match = _LENGTH.fullmatch(length)
    return float(match[1]) * _PIXELS[match[2]] if match else 0.0
