"""A cell of an OpenDocument spreadsheet says what was typed into it, whatever its style shows."""

from pathlib import Path

import pytest

from spp_desktop.returns.intake import take
from spp_desktop.returns.sheet_cell import SheetCell
from tests.returns import ods_made

pytestmark = pytest.mark.usefixtures("read_here")

GNUMERIC = "<meta:generator>gnumeric/1.12.55</meta:generator>"
COMMON = (
    '<number:text-style style:name="why"><number:text-content/><number:text>: why?</number:text></number:text-style>'
    '<number:text-style style:name="leads"><number:text>* </number:text><number:text-content/><number:text> (first'
    "</number:text><number:text> leads)</number:text></number:text-style>"
    '<number:percentage-style style:name="share"><number:number/><number:text>%</number:text></number:percentage-style>'
    '<style:style style:name="asked" style:data-style-name="why"/>'
)
BESIDE = (
    '<style:style style:name="shared" style:family="table-cell" style:data-style-name="share"/>'
    '<style:style style:name="led" style:data-style-name="leads"/>'
    '<style:style style:name="mapped"><style:map style:condition="x" style:apply-style-name="asked"/></style:style>'
)


def _cell(said: str, style: str, more: str = 'office:value-type="string"') -> str:
    return f'<table:table-cell table:style-name="{style}" {more}><text:p>{said}</text:p></table:table-cell>'


CELLS = (
    (_cell("100%", "shared", 'office:value-type="float" office:value="1"'), SheetCell("number", 1, "0%")),
    (_cell("4.5%", "shared", 'office:value-type="float" office:value="0.045"'), SheetCell("number", 0.045, "0.0%")),
    (_cell("* A; B (first leads)", "led"), SheetCell("text", "A; B")),
    (_cell("A; B", "led"), SheetCell("text", "A; B")),
    (_cell("Off track: why?", "mapped"), SheetCell("text", "Off track")),
    (_cell("Off track: why?", "shared"), SheetCell("text", "Off track: why?")),
    (_cell(": why?", "mapped"), SheetCell("text", ": why?")),
    (_cell("_x005F_x0041_ _x005F", "none"), SheetCell("text", "_x0041_ _x005F")),
)


def test_what_gnumeric_shows_is_read_as_what_was_typed(tmp_path: Path) -> None:
    rows = ods_made.table(ods_made.row(*(cell for cell, _ in CELLS)))
    path = ods_made.write(tmp_path / "r.ods", rows, meta=GNUMERIC, styles=COMMON, more_styles=BESIDE)
    assert list(take(path).sheets[0].rows[1].values()) == [said for _, said in CELLS]


def test_what_others_keep_stands_as_it_is(tmp_path: Path) -> None:
    rows = ods_made.table(ods_made.row(*(cell for cell, _ in CELLS[2:])))
    path = ods_made.write(tmp_path / "r.ods", rows, styles=COMMON, more_styles=BESIDE)
    shown = ["* A; B (first leads)", "A; B", "Off track: why?", "Off track: why?", ": why?", "_x005F_x0041_ _x005F"]
    assert [cell.value for cell in take(path).sheets[0].rows[1].values()] == shown
