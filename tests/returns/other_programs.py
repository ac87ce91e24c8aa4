"""Other programs, each as it saves a workbook; and what of a return is still there afterwards."""

import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import __version__ as openpyxl_version
from openpyxl import load_workbook

SECONDS = 500


@dataclass(frozen=True)
class OtherProgram:
    """A program that opens and saves workbooks.

    Attributes:
        name: what it is called.
        version: the one of which docs/other-programs.md speaks.
        saves: saves some workbooks in a folder in a form, and gives their paths.
        installed: gives the version that is installed; empty if none is.
    """

    name: str
    version: str
    saves: Callable[[list[Path], Path, str], list[Path]]
    installed: Callable[[], str]


def _first_number(*command: str) -> str:
    """The first version number that a command tells; empty if there is none."""
    if shutil.which(command[0]) is None:
        return ""
    told = subprocess.run(command, check=False, capture_output=True, text=True, timeout=SECONDS)
    found = re.search(r"\d+(?:\.\d+)+", told.stdout + told.stderr)
    return found[0] if found and not told.returncode else ""


def by_libreoffice(paths: list[Path], folder: Path, form: str) -> list[Path]:
    """Save by LibreOffice without a window, with settings of its own."""
    profile = (folder.parent / "office").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", form]
    subprocess.run(
        [*command, "--outdir", str(folder), *map(str, paths)], check=True, capture_output=True, timeout=SECONDS
    )
    return [folder / f"{path.stem}.{form}" for path in paths]


def by_gnumeric(paths: list[Path], folder: Path, form: str) -> list[Path]:
    """Save by Gnumeric."""
    saved = [folder / f"{path.stem}.{form}" for path in paths]
    for path, target in zip(paths, saved, strict=True):
        subprocess.run(["ssconvert", str(path), str(target)], check=True, capture_output=True, timeout=SECONDS)
    return saved


def by_openpyxl(paths: list[Path], folder: Path, form: str) -> list[Path]:
    """Save by openpyxl."""
    saved = [folder / f"{path.stem}.{form}" for path in paths]
    for path, target in zip(paths, saved, strict=True):
        load_workbook(path).save(target)
    return saved


_EXCELJS = """
const E = require('exceljs'); const [a, b] = process.argv.slice(-2); const book = new E.Workbook();
book.xlsx.readFile(a).then(() => book.xlsx.writeFile(b));
"""
_SHEETJS = """
const X = require('xlsx'); const [a, b] = process.argv.slice(-2);
X.writeFile(X.readFile(a, {cellStyles: true, cellNF: true}), b);
"""


def _by_node(script: str) -> Callable[[list[Path], Path, str], list[Path]]:
    def saves(paths: list[Path], folder: Path, form: str) -> list[Path]:
        saved = [folder / f"{path.stem}.{form}" for path in paths]
        for path, target in zip(paths, saved, strict=True):
            subprocess.run(
                ["node", "-e", script, str(path), str(target)], check=True, capture_output=True, timeout=SECONDS
            )
        return saved

    return saves


def _of_node(package: str) -> Callable[[], str]:
    """The version of a package that Node finds, as by NODE_PATH."""
    return lambda: (
        _first_number("node", "-p", f"require('{package}/package.json').version") if os.environ.get("NODE_PATH") else ""
    )


LIBREOFFICE = OtherProgram("LibreOffice", "7.4.7.2", by_libreoffice, lambda: _first_number("soffice", "--version"))
GNUMERIC = OtherProgram("Gnumeric", "1.12.55", by_gnumeric, lambda: _first_number("ssconvert", "--version"))
OPENPYXL = OtherProgram("openpyxl", "3.1.5", by_openpyxl, lambda: openpyxl_version)
EXCELJS = OtherProgram("ExcelJS", "4.4.0", _by_node(_EXCELJS), _of_node("exceljs"))
SHEETJS = OtherProgram("SheetJS", "0.18.5", _by_node(_SHEETJS), _of_node("xlsx"))


def kept(path: Path) -> dict[str, Any]:
    """What is still there of what makes a status return pleasant and safe to fill in."""
    book = load_workbook(path)
    sheet: Any = book["Activities"]
    properties: Any = book
    parts = zipfile.ZipFile(path)
    part = next(name for name in sorted(parts.namelist()) if name.endswith("sheet2.xml"))
    xml = parts.read(part).decode()
    conditions = [rule for cells in sheet.conditional_formatting for rule in cells.rules]
    return {
        "hidden sheet": book["_meta"].sheet_state,
        "document property": "spp return" in properties.custom_doc_props.names,
        "column of keys": "hidden" if sheet.column_dimensions["A"].hidden else "seen",
        "rules": sorted({(str(rule.sqref), rule.type) for rule in sheet.data_validations.dataValidation}),
        "words where a reason is missing": [rule.dxf.numFmt.formatCode for rule in conditions if rule.dxf.numFmt],
        "stripes where a reason is missing": sum(bool(rule.dxf.fill) for rule in conditions),
        "protected": bool(sheet.protection.sheet),
        "open cells": [cell.column_letter for cell in sheet[8] if not cell.protection.locked],
        "frozen": sheet.freeze_panes,
        "repeated on each page": sheet.print_title_rows,
        "filter": sheet.auto_filter.ref,
        "fits the page": bool(sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage),
        "corners of texts like numbers": "unmarked" if "ignoredErrors" in xml else "marked",
        "rows": "fixed" if re.search(r'<row [^>]*customHeight="(?:1|true)"', xml) else "grow",
        "formats": sorted(
            {cell.number_format for row in sheet.iter_rows(min_row=7) for cell in row} - {"General", "@"}
        ),
    }
