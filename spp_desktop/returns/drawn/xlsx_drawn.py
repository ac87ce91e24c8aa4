"""How the sheets of an Excel workbook look and what they ask, for a form to be drawn and filled.

It is read by the process that reads files, after the cells themselves. ECMA-376 18.3 (sheets), 18.5 (tables), 18.8
(styles).
"""

import colorsys
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO
from xml.etree import ElementTree as ET

from openpyxl.styles.colors import COLOR_INDEX
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from spp_desktop.returns.cell_places import column_number
from spp_desktop.returns.parts import PartNames, Relation, children, local
from spp_desktop.returns.records import Record

_ON = ("1", "true")
_OFF = ("0", "false")
_WORKBOOK = "xl/workbook.xml"
_THEME_ORDER = ("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6")
"""The colours of a theme as styles count them (18.8.3)."""
_SIX = 6


def drawn(file: BinaryIO) -> Iterator[Record]:
    """How each sheet looks, in the order of the sheets, and then what is said of the whole workbook."""
    with zipfile.ZipFile(file) as archive:
        parts = PartNames(archive)
        about = list(parts.relations())
        part = next((each.target for each in about if each.kind == "officeDocument"), _WORKBOOK)
        related = list(parts.relations(part))
        tree = parts.tree(part)
        known = {relation.id: relation for relation in related}
        titles = []
        for sheet in children(tree, "sheets", "sheet"):
            named = next((value for name, value in sheet.attrib.items() if local(name) == "id"), "")
            relation = known.get(named)
            titles.append(sheet.get("name", ""))
            if relation is not None and relation.kind == "worksheet" and relation.target in parts:
                yield {"drawn": _sheet(parts, sheet.get("name", ""), relation.target)}
        yield {"drawn_book": _book(parts, part, tree, related, titles)}


def _book(parts: PartNames, part: str, tree: ET.Element, related: list[Relation], titles: list[str]) -> dict[str, Any]:
    """The styles of cells, and the names of the workbook."""
    names = []
    for name in children(tree, "definedNames", "definedName"):
        own = name.get("localSheetId")
        sheet = titles[int(own)] if own and own.isdecimal() and int(own) < len(titles) else ""
        names.append([name.get("name", ""), name.text or "", sheet])
    old = any(each.get("date1904") in _ON for each in children(tree, "workbookPr"))
    return {"part": part, "names": names, "styles": list(_styles(parts, related)), "from_1904": old}


def _styles(parts: PartNames, related: list[Relation]) -> Iterator[list[Any]]:
    """What matters of each style of cells: what it shows numbers as, whether it locks, its fill, whether it is bold."""
    part = next((each.target for each in related if each.kind == "styles"), "xl/styles.xml")
    root = parts.tree(part)
    own = {form.get("numFmtId"): form.get("formatCode", "") for form in children(root, "numFmts", "numFmt")}
    colours = _Colours(parts, related)
    fills = [next(map(colours.of_fill, children(fill, "patternFill")), "") for fill in children(root, "fills", "fill")]
    bold = [
        any(each.get("val", "1") in _ON for each in children(font, "b")) for font in children(root, "fonts", "font")
    ]
    for style in children(root, "cellXfs", "xf"):
        named = style.get("numFmtId", "0")
        code = own.get(named) or BUILTIN_FORMATS.get(int(named) if named.isdecimal() else 0, "General")
        locked = all(each.get("locked", "1") not in _OFF for each in children(style, "protection"))
        fill, font = (_listed(style.get(name, "0")) for name in ("fillId", "fontId"))
        aligned = next((each.get("horizontal", "") for each in children(style, "alignment")), "")
        yield [
            "date" if is_date_format(code) else "share" if "%" in code else "text" if code == "@" else "",
            locked,
            fills[fill] if fill < len(fills) else "",
            font < len(bold) and bold[font],
            aligned,
        ]


def _listed(text: str) -> int:
    return int(text) if text.isdecimal() else 0


class _Colours:
    """The colours of fills, whichever way they are said."""

    def __init__(self, parts: PartNames, related: list[Relation]) -> None:
        part = next((each.target for each in related if each.kind == "theme"), "")
        scheme = next(iter(children(parts.tree(part), "themeElements", "clrScheme")), None) if part else None
        stated = {local(each.tag): next(iter(each), None) for each in scheme} if scheme is not None else {}
        self._theme = [
            (each.get("lastClr") or each.get("val") or "") if (each := stated.get(name)) is not None else ""
            for name in _THEME_ORDER
        ]

    def of_fill(self, pattern: ET.Element) -> str:
        """The colour of a fill as "#RRGGBB"; "" where it has none."""
        if pattern.get("patternType", "none") != "solid":
            return ""
        colour = next(children(pattern, "fgColor"), None)
        if colour is None:
            return ""
        rgb = colour.get("rgb", "")
        if not rgb and (indexed := colour.get("indexed", "")).isdecimal() and int(indexed) < len(COLOR_INDEX):
            rgb = COLOR_INDEX[int(indexed)]
        if not rgb and (theme := colour.get("theme", "")).isdecimal() and int(theme) < len(self._theme):
            rgb = _tinted(self._theme[int(theme)], colour.get("tint", "0"))
        rgb = rgb[-_SIX:]
        return f"#{rgb.upper()}" if len(rgb) == _SIX and all(digit in "0123456789abcdefABCDEF" for digit in rgb) else ""


def _tinted(rgb: str, tint: str) -> str:
    """A colour made lighter or darker (18.8.19)."""
    try:
        share = float(tint)
        red, green, blue = (int(rgb[at : at + 2], 16) / 255 for at in (0, 2, 4))
    except ValueError:
        return ""
    hue, light, strength = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + share) if share < 0 else light * (1 - share) + share
    return "".join(f"{round(each * 255):02X}" for each in colorsys.hls_to_rgb(hue, min(max(light, 0), 1), strength))


def _sheet(parts: PartNames, title: str, part: str) -> dict[str, Any]:
    """How one sheet looks: styles of cells, formulas, widths, protection, lists and tables."""
    seen: dict[str, Any] = {
        "title": title, "part": part, "protected": False, "cells": [], "formulas": [], "columns": [], "rows": [],
        "rules": [], "tables": [], "width": 0.0,
    }  # fmt: skip
    with parts.open(part) as stream:
        _DrawnSheet(seen).read(stream)
    for relation in parts.relations(part):
        if relation.kind == "table" and relation.target in parts:
            table = parts.tree(relation.target)
            heads = table.get("headerRowCount", "1")
            totals = table.get("totalsRowCount", "0")
            names = [table.get("displayName", ""), table.get("name", "")]
            seen["tables"].append([names, table.get("ref", ""), _listed(heads), _listed(totals)])
    return seen


class _DrawnSheet:
    """The part of a sheet as it is read, element by element; nothing of a row is kept once it was told."""

    def __init__(self, seen: dict[str, Any]) -> None:
        self._found = seen
        self._row = self._column = 0

    def read(self, stream: Any) -> None:
        """Read all of it."""
        for event, element in ET.iterparse(stream, ("start", "end")):  # noqa: S314 - the scan has looked it through
            tag = local(element.tag)
            if event == "start":
                self._begin(tag, element)
            elif tag == "c":
                self._end_cell(element)
                element.clear()
            elif tag == "row":
                element.clear()
            elif tag == "dataValidation":
                self._found["rules"].append(_rule(element))

    def _begin(self, tag: str, element: ET.Element) -> None:
        seen, get = self._found, element.get
        if tag == "row":
            self._row, self._column = int(get("r") or self._row + 1), 0
            if get("s") or get("ht") or get("hidden"):
                style = _listed(get("s", "")) if get("customFormat") in _ON else None
                seen["rows"].append([self._row, style, float(get("ht") or 0), get("hidden") in _ON])
        elif tag == "c":
            place = get("r", "").rstrip("0123456789")
            self._column = column_number(place) if place else self._column + 1
        elif tag == "col":
            style = _listed(get("style", "")) if get("style") else None
            width = _pixels(float(get("width") or 0))
            seen["columns"].append([int(get("min", 1)), int(get("max", 1)), style, width, get("hidden") in _ON])
        elif tag == "sheetFormatPr":
            seen["width"] = _pixels(float(get("defaultColWidth") or 0))
        elif tag == "sheetProtection":
            seen["protected"] = get("sheet") in _ON

    def _end_cell(self, element: ET.Element) -> None:
        if element.get("s"):
            self._found["cells"].append([self._row, self._column, _listed(element.get("s", ""))])
        for formula in children(element, "f"):
            get = formula.get
            kind, reference, number = get("t", ""), get("ref", ""), get("si", "")
            self._found["formulas"].append([self._row, self._column, formula.text or "", kind, reference, number])


def _pixels(characters: float) -> float:
    """The width of a column that shows so many figures of the usual size (18.3.1.13)."""
    return characters * 7 + 5 if characters else 0.0


def _rule(element: ET.Element) -> list[Any]:
    """What cells may be given: the cells, the kind of rule, how it compares, its formulas, and what it lists itself."""
    texts = {local(child.tag): "".join(child.itertext()) for child in element}
    cells = element.get("sqref") or texts.get("sqref", "")
    kind, comparing = element.get("type", "none"), element.get("operator", "between")
    first, second = texts.get("formula1", "").strip(), texts.get("formula2", "").strip()
    literal = kind == "list" and first.startswith('"')
    entries = [entry.strip() for entry in first.strip('"').split(",")] if literal else None
    return [cells, kind, comparing, first, second, entries]
