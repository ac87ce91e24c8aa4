"""Forms filled from the plan, and read back into it."""

import shutil
import subprocess
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.datavalidation import DataValidation

from spp_desktop.edits.forms import filled, kept_forms, read_back
from spp_desktop.edits.forms.filled import FormFilling
from spp_desktop.edits.forms.plan_book import PlanBook
from spp_desktop.edits.forms.proposals import proposals
from spp_desktop.edits.forms.read_back import FormReading
from spp_desktop.edits.forms.values import all_names, given, value_named
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.returns.aside import NotWritten
from spp_desktop.returns.cell_places import block_of
from spp_desktop.returns.forms.labels import SheetLabels
from spp_desktop.returns.forms.mapping import CellMapping, from_text
from spp_desktop.returns.forms.opening import open_form
from spp_desktop.returns.sheet_cell import SheetCell
from spp_desktop.store.workspace import Workspace
from tests.returns.forms import made

pytestmark = pytest.mark.usefixtures("read_here")

MAPPING = """
name = "Annual return"
form = "annual.xlsx"
year = "2008-2009"

[lists.kind]
Cashable = "C"
"Not cashable" = "N"

[[sheets]]
title = "Figures"
cells = [
  { row = "Force code", holds = "text: F41" },
  { row = "Force", holds = "plan: force" },
  { row = "Serious violence", column = "April 2008", at = "B5", holds = "indicator PI01: result April 2008" },
  { row = "Serious violence", column = "Target", at = "C5", holds = "indicator PI01: target 2008-2009" },
  { row = "Detections", column = "April 2008", at = "B6", holds = "indicator PI04: result April 2008" },
  { row = "Detections", column = "State", at = "D6", holds = "indicator PI04: state of April 2008" },
]

[[sheets]]
title = "Gains"
cells = [
  { column = "Ref", at = "A2:A5", holds = "each efficiency gain: reference" },
  { column = "Gain", at = "B2:B5", holds = "each efficiency gain: gain" },
  { column = "Kind", at = "C2:C5", holds = "each efficiency gain: kind", list = "kind" },
  { column = "Planned", at = "D2:D5", holds = "each efficiency gain: planned 2008-2009" },
]
"""


def blank(path: Path, *, move: bool = False) -> Path:
    """A form made for these tests; in the next year's, columns and rows have moved."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Figures"
    months, shift = ("April 2009" if move else "April 2008"), int(move)
    sheet["A1"], sheet["A2"] = "Force code", "Force"
    columns = ("Measure", "Note", months, "Target", "State") if move else ("Measure", months, "Target", "State")
    for column, title in enumerate(columns, 1):
        sheet.cell(4 + shift, column, title)
    for row, title in enumerate(
        ("New measure", "Serious violence", "Detections") if move else ("Serious violence", "Detections"), 5 + shift
    ):
        sheet.cell(row, 1, title)
    sheet.cell(9, 1, "Sum")
    sheet.cell(9, 2, "=SUM(B5:B6)")
    gains = book.create_sheet("Gains")
    for column, title in enumerate(("Ref", "Gain", "Kind", "Planned"), 1):
        gains.cell(1, column, title)
    rule = DataValidation("list", formula1='"C,N"')
    rule.add("C2:C5")
    gains.add_data_validation(rule)
    path.write_bytes(made.saved(book))
    return path


def filling(workspace: Workspace, path: Path, mapping: CellMapping) -> FormFilling:
    form = open_form(path)
    return workspace.read(lambda connection: filled.fill(PlanBook(connection), form, mapping))


def reading(workspace: Workspace, path: Path, mapping: CellMapping) -> FormReading:
    return workspace.read(read_back.read_back, open_form(path), mapping)


@pytest.fixture
def at_work(worked: Path) -> Any:
    with Workspace.open(worked) as opened:
        yield opened


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("text: F41", "F41"),
        ("plan: force", "West Midlands Police"),
        ("plan: force code", "F41"),
        ("plan: period", "2008-2011"),
        ("plan: today", date(2008, 10, 31)),
        ("indicator PI01: title", "Reduce serious violence"),
        ("indicator PI01: target 2008-2009", 4.0),
        ("indicator PI01: target over the plan", 11.0),
        ("indicator PI01: target as stated 2008-2009", "4%"),
        ("indicator pi04: unit", "%"),
        ("indicator PI04: state of April 2006", "final"),
        ("indicator PI01: result 2007-2008", 3036.0),
        ("indicator PI01: result 2007-2008 Q1", 782.0),
        ("indicator PI01: state of 2007-2008", "final"),
        ("indicator PI04: counted 2007-2008", 1407.0),
        ("risk R1: reference", "R1"),
        ("post ACC Crime: post", "ACC Crime"),
    ],
)
def test_what_names_mean(at_work: Workspace, name: str, value: object) -> None:
    said = at_work.read(lambda connection: value_named(PlanBook(connection), name))
    assert said.value == value


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("indicator PI99: title", "no indicator “PI99”"),
        ("indicator PI01: colour", "has no “colour”"),
        ("indicator PI01: result some day", "not a month, quarter or year"),
        ("indicator PI01: target soon", "soon"),
        ("indicator PI01: result April 2008 in Atlantis", "no area “Atlantis”"),
        ("indicator PI01: result April 2011", "no result yet"),
        ("indicator PI01: result 2008-2009", "no result yet: 6 of 12 months have one"),
        ("indicator PI01: answers 2007-2008", "those of its months do not make one"),
        ("indicator PI01: target 2017-2018", "no target"),
        ("risk R99: title", "no risk “R99”"),
        ("risk R1: colour", "has no “colour”"),
        ("post ACC Crime: holder", "Nobody is named"),
        ("post Nobody: holder", "no post “Nobody”"),
        ("moon: phase", "Nothing in the plan is called"),
        ("plan: colour", "Nothing in the plan is called"),
    ],
)
def test_names_that_mean_nothing_say_why(at_work: Workspace, name: str, why: str) -> None:
    said = at_work.read(lambda connection: value_named(PlanBook(connection), name))
    assert said.value is None
    assert why in said.why


def test_every_name_that_is_offered_means_something(at_work: Workspace) -> None:
    def look(connection: Any) -> list[str]:
        book = PlanBook(connection)
        names = [each for each in all_names(book, 2008) if not each.name.startswith("each ")]
        empty = ("blank", "no result yet", "no target", "Nobody", "such figure", "nothing", "not available", "its %")
        values = [value_named(book, each.name) for each in names]
        assert {"indicator PI01: result 2006-2007", "indicator PI01: result 2010-2011"} <= {each.name for each in names}
        assert len(names) > 800
        return [
            f"{value.name}: {value.why}"
            for value in values
            if value.why and not any(part in value.why for part in empty)
        ]

    assert at_work.read(look) == []


def test_a_form_is_filled_and_what_is_odd_is_told(at_work: Workspace, tmp_path: Path) -> None:
    path = blank(tmp_path / "annual.xlsx")
    comes_to = filling(at_work, path, from_text(MAPPING))
    filled.write(comes_to, tmp_path / "filled.xlsx", path)
    book = load_workbook(tmp_path / "filled.xlsx")
    figures, gains = book["Figures"], book["Gains"]
    assert [figures[cell].value for cell in ("B1", "B2", "C5", "D6")] == ["F41", "West Midlands Police", 4, "final"]
    assert [gains[f"C{row}"].value for row in (2, 3, 4)] == ["C", "N", "C"]
    assert gains["A5"].value
    assert [note for line in comes_to.lines for note in line.notes if "no place" in note] == [
        "2 rows more of the plan have no place there."
    ] * 4
    assert comes_to.lacking
    target = next(line for line in comes_to.lines if line.cell.holds == "indicator PI01: target 2008-2009")
    bare = "The plan says “4%”; the number stands there without its %. “Target as stated” fills in the words."
    assert bare in target.notes
    assert comes_to.outcome().startswith(f"{comes_to.filled} cells filled")
    with pytest.raises(NotWritten, match="blank form itself"):
        filled.write(comes_to, path, path)
    with pytest.raises(NotWritten, match=r"stays so\. Name the filled one filled\.xlsx"):
        filled.write(comes_to, tmp_path / "filled.ods")
    assert reading(at_work, tmp_path / "filled.xlsx", from_text(MAPPING)).proposed() == []


def test_what_breaks_the_forms_own_list_is_told(at_work: Workspace, tmp_path: Path) -> None:
    mapping = from_text(MAPPING.replace('"C"', '"Cash"'))
    notes = [note for line in filling(at_work, blank(tmp_path / "annual.xlsx"), mapping).lines for note in line.notes]
    assert "Gains!C2: “Cash” is not on the form's own list (C, N)." in notes


def test_next_years_form_is_filled_where_it_has_moved(at_work: Workspace, tmp_path: Path) -> None:
    path = blank(tmp_path / "annual.xlsx", move=True)
    comes_to = filling(at_work, path, from_text(MAPPING).of_year(2009))
    by_holds = {line.cell.holds: line for line in comes_to.lines}
    moved = by_holds["indicator PI01: target 2009-2010"]
    assert (moved.place, moved.shown, moved.notes[0]) == ((7, 4), "4", "Moved from C5 to D7.")
    assert by_holds["indicator PI04: state of April 2009"].place == (8, 5)
    lost = filling(at_work, path, from_text(MAPPING.replace("Detections", "Clear-ups")).of_year(2009)).unplaced
    assert [each.cell.row for each in lost] == [("Clear-ups",)] * 2


def changed(path: Path, to: Path, cells: Mapping[tuple[str, str], Any]) -> Path:
    """A filled form with cells changed by somebody."""
    book = load_workbook(path)
    for (sheet, cell), value in cells.items():
        book[sheet][cell] = value
    book.save(to)
    return to


def resaved(path: Path, folder: Path, program: str) -> Path:
    """The same file saved by another program."""
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    out = folder / f"{program}.xlsx"
    if program == "ssconvert":
        subprocess.run([program, str(path), str(out)], check=True, capture_output=True, timeout=100)
        return out
    command = [program, f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", "xlsx", "--outdir", str(folder / "out"), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=500)
    return folder / "out" / f"{path.stem}.xlsx"


EDITED = {
    ("Figures", "B2"): "Midland Police",
    ("Figures", "C5"): "5%",
    ("Figures", "B5"): 400,
    ("Gains", "C2"): "N",
    ("Gains", "D2"): 123456,
}


@pytest.mark.parametrize("program", ["openpyxl", "soffice", "ssconvert"])
def test_what_somebody_changed_in_a_filled_form_comes_in_as_one_step(
    at_work: Workspace, tmp_path: Path, program: str
) -> None:
    mapping = from_text(MAPPING)
    filled.write(filling(at_work, blank(tmp_path / "annual.xlsx"), mapping), tmp_path / "filled.xlsx")
    path = changed(tmp_path / "filled.xlsx", tmp_path / "edited.xlsx", EDITED)
    if program != "openpyxl":
        path = resaved(path, tmp_path, program)
    back = reading(at_work, path, mapping)
    assert {change.where for change in back.proposed()} == {
        "Figures!B2",
        "Figures!C5",
        "Figures!B5",
        "Gains!C2",
        "Gains!D2",
    }
    before = at_work.read(lambda connection: value_named(PlanBook(connection), "plan: force")).value
    with pytest.raises(RuleBroken) as refused:
        at_work.edit(back.label(), read_back.take, back.proposed(), as_kind="import")
    assert refused.value.field == "reason"
    at_work.edit(back.label(), read_back.take, back.proposed(), "The form says so", as_kind="import")
    assert reading(at_work, path, mapping).proposed() == []
    at_work.undo()
    assert at_work.read(lambda connection: value_named(PlanBook(connection), "plan: force")).value == before


def test_what_cannot_be_read_is_left_out_and_says_why(at_work: Workspace, tmp_path: Path) -> None:
    mapping = from_text(MAPPING)
    filled.write(filling(at_work, blank(tmp_path / "annual.xlsx"), mapping), tmp_path / "filled.xlsx")
    odd = {
        ("Figures", "B5"): "many", ("Figures", "D6"): "blue", ("Figures", "C5"): None, ("Gains", "D2"): "lots",
        ("Gains", "A3"): "G99", ("Figures", "B6"): "x", ("Gains", "A4"): None, ("Figures", "B2"): "=1/0",
    }  # fmt: skip
    back = reading(at_work, changed(tmp_path / "filled.xlsx", tmp_path / "edited.xlsx", odd), mapping)
    whys = {change.where: change.why for change in back.changes if change.fate == "left"}
    assert "“many”" in whys["Figures!B5"]
    assert "no state" in whys["Figures!D6"]
    assert "“lots”" in whys["Gains!D2"]
    assert "no efficiency gain “G99”" in whys["Gains!D3"]
    assert "which row" in whys["Gains!D4"]
    assert "formula" in whys["Figures!B2"]
    (missing,) = [change for change in back.changes if change.where == "Figures!B6"]
    assert (missing.then, missing.fate) == ("not available", "differs")
    assert next(change.fate for change in back.changes if change.where == "Figures!C5") == "blank"


def test_a_share_of_one_where_per_cent_are_meant_is_asked_about(at_work: Workspace, tmp_path: Path) -> None:
    mapping = from_text(MAPPING)
    filled.write(filling(at_work, blank(tmp_path / "annual.xlsx"), mapping), tmp_path / "filled.xlsx")

    def asked(value: object) -> tuple[bool, str]:
        path = changed(tmp_path / "filled.xlsx", tmp_path / "edited.xlsx", {("Figures", "C5"): value})
        (target,) = [change for change in reading(at_work, path, mapping).changes if change.where == "Figures!C5"]
        return target.unlikely, target.then

    assert asked(0.05) == (True, "0.05%")
    assert asked("0.05%") == (False, "0.05%")
    assert asked(5) == (False, "5%")


def test_a_year_is_made_of_its_months_and_comes_back_as_the_same(at_work: Workspace) -> None:
    def look(connection: Any) -> tuple[str, list[bool], str]:
        book = PlanBook(connection)
        share = "indicator PI04: result 2007-2008"
        cells = [("indicator PI01: result 2007-2008", 3036.0), (share, 44.6), (share, 44.7), (share, 44.59587956)]
        same = [given(book, name, SheetCell("number", number)).same for name, number in cells]
        return value_named(book, share).note, same, value_named(book, "indicator PI10: result 2007-2008").note

    assert at_work.read(look) == ("Made of its 12 months.", [True, True, False, True], "Made of its 4 quarters.")


def test_mappings_are_kept_by_name(at_work: Workspace) -> None:
    mapping = from_text(MAPPING)
    at_work.edit("keep", kept_forms.keep_form, mapping)
    at_work.edit("keep", kept_forms.keep_form, CellMapping("Annual return", "other.xlsx"))
    assert at_work.read(kept_forms.kept_forms)["Annual return"].form == "other.xlsx"
    at_work.undo()
    assert at_work.read(kept_forms.kept_forms) == {"Annual return": mapping}
    assert from_text(at_work.read(kept_forms.kept_text, "annual return")) == mapping
    with pytest.raises(RuleBroken, match="Those that are kept: Annual return"):
        at_work.read(kept_forms.kept_text, "Other")
    at_work.edit("remove", kept_forms.remove_form, "Annual return")
    with pytest.raises(RuleBroken, match="None is kept yet"):
        at_work.read(kept_forms.kept_text, "Annual return")


def test_what_seems_to_belong_into_a_cell_is_proposed(at_work: Workspace, tmp_path: Path) -> None:
    book = Workbook()
    sheet: Any = book.active
    for cell, text in {
        "A1": "Force", "A2": "Force code",
        "B3": "Recorded 2008-09", "C3": "Target 2008-09", "D3": "April 2008", "E3": "Planned 2009-10",
        "A4": "Reduce serious violence", "A5": "R1", "F3": "Owner", "G3": "3 year target", "H3": "Q1 2008-2009",
    }.items():  # fmt: skip
        sheet[cell] = text
    gain = at_work.read(
        lambda connection: PlanBook(connection).rows(PlanBook(connection).registers["efficiency gain"])
    )[0]
    sheet["A6"] = gain.values["text"]
    sheet["A7"], sheet["B7"] = "Reduce serious violence", "OCU 01"
    book.save(tmp_path / "form.xlsx")
    labels = SheetLabels(open_form(tmp_path / "form.xlsx").sheets[0])

    def first(cell: str) -> str:
        place = block_of(cell)
        assert place is not None
        offered = at_work.read(lambda connection: proposals(PlanBook(connection), labels, place.first))
        return offered[0].name if offered else ""

    assert first("B1") == "plan: force"
    assert first("B2") == "plan: force code"
    assert first("B4") == "indicator PI01: result 2008-2009"
    assert first("C4") == "indicator PI01: target 2008-2009"
    assert first("D4") == "indicator PI01: result April 2008"
    assert first("G4") == "indicator PI01: target over the plan"
    assert first("H4") == "indicator PI01: result 2008-2009 Q1"
    assert first("D7") == "indicator PI01: result April 2008 in OCU 01"
    assert first("F5") == "risk R1: owner"
    assert first("E6") == f"efficiency gain {gain.values['ref']}: planned 2009-2010"
    assert first("J20") == ""
