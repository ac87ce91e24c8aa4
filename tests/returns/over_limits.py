"""Harmless workbooks, each a little more than a lowered limit allows.

The limits that the program uses stop files that would fill a memory or a disk. A test of one lowers it instead, so
that nothing here does harm to whatever opens it.
"""

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import Workbook

SHEET = "xl/worksheets/sheet1.xml"
_SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


@dataclass(frozen=True)
class OverLimit:
    """One part of a workbook that is too much, and what is said of it.

    Attributes:
        content: the part's XML.
        said: a piece of the sentence in which the workbook is refused.
        part: the part's name.
        limits: the fields of ``FileLimits`` that are lowered, and to what; none for what is refused in any amount.
    """

    content: str
    said: str
    part: str = SHEET
    limits: Mapping[str, int] = field(default_factory=dict)


def sheet(rows: str, after: str = "") -> str:
    """A sheet of these rows, and what stands after them, as XML."""
    return f"<worksheet {_SPACE}><sheetData>{rows}</sheetData>{after}</worksheet>"


_SAME = sheet(f'<row><c t="str"><v>{"same " * 2_000}</v></c></row>')
_ROWS = sheet("".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 21)))

OVER_LIMITS = {
    "swells": OverLimit(_SAME, "unpack to far more", limits={"small": 5_000, "ratio": 20}),
    "large part": OverLimit(_SAME, "unpack to far more", limits={"part": 9_000}),
    "large together": OverLimit(_SAME, "unpack to far more", limits={"all_parts": 9_000}),
    "rows": OverLimit(_ROWS, "more than 10 rows", limits={"rows": 10}),
    "cells": OverLimit(_ROWS, "more than 15 cells", limits={"cells": 15}),
    "merged": OverLimit(
        sheet("<row/>", '<mergeCells count="1"><mergeCell ref="A1:C4"/></mergeCells>'),
        "merges more cells",
        limits={"merged": 10},
    ),
    "document type": OverLimit(f'<!DOCTYPE worksheet [<!ENTITY unused "a word">]>{_ROWS}', "document type"),
    "document type elsewhere": OverLimit("<!DOCTYPE x><x/>", "document type", part="docProps/custom.xml"),
}


def workbook(path: Path) -> Path:
    """A small sound workbook."""
    book = Workbook()
    book.worksheets[0]["A1"] = "a text"
    book.worksheets[0]["A2"] = "another"
    book.save(path)
    return path


def with_part(good: Path, path: Path, part: str, content: bytes, *, drop: str = "") -> Path:
    """A workbook with one part put in or replaced, and another left out."""
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in (part, drop):
                new.writestr(name, old.read(name))
        new.writestr(part, content)
    return path


def write(over: OverLimit, folder: Path) -> Path:
    """The workbook with the part that is too much."""
    good = workbook(folder / "good.xlsx")
    return with_part(good, folder / "over.xlsx", over.part, over.content.encode())
