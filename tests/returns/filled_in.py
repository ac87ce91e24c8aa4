"""Returns sent out of the worked sample, filled in as a person would, and what is then found to have been changed."""

from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font

from spp_desktop.edits import delivery, issuing, receiving
from spp_desktop.edits.reviewing import Review
from spp_desktop.returns.catalogue import every_return, return_named
from spp_desktop.returns.definition import Return
from spp_desktop.returns.placement import HEADER_ROW
from spp_desktop.returns.words import escape
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace
from tests.depth import NIGHTLY

Edits = dict[tuple[str, str, str], Any]
"""What is typed, by the sheet, the column's heading and the row's reference."""

EDITS: dict[str, Edits] = {
    "status": {
        ("Activities", "Status", "1.03"): "At risk",
        ("Activities", "Reason", "1.03"): "Costs",
        ("Activities", "What was done", "1.05"): "=not a formula; Naïve “quotes”\nand a second line",
        ("Milestones", "Actual date", "1.07"): date(2008, 10, 20),
    },
    "monthly-results": {
        ("Counts and levels", "Result", "PI01"): 236,
        ("Percentages and rates", "Counted of", "PI04"): 1234,
        ("Surveys", "State", "PI10"): "not available",
    },
    "delivery-plan": {
        ("Delivery plan", "% complete", "1.03"): 0.35,
        ("Delivery plan", "Due", "1.04"): date(2009, 2, 28),
        ("Delivery plan", "Reason", "1.07"): "@cmd edited",
    },
    "efficiency-plan": {
        ("Efficiency plan", "2008-2009 planned", "E1"): 120_000.5,
        ("Efficiency plan", "Recurring", "E1"): "No",
        ("Efficiency plan", "Note", "E2"): "-2 = a note",
    },
    "performance-plan": {
        ("Performance plan", "2008-2009", "PI01"): 0.045,
        ("Performance plan", "Reason for a change", "PI01"): "Agreed in October",
        ("Performance plan", "Unit", "PI02"): "_x0041_ & <crimes>",
        ("Performance plan", "Local priority", "PI03"): "No",
    },
}
FOUND = {
    "status": {
        "status": "At risk",
        "reason": "Costs",
        "done": "=not a formula; Naïve “quotes”\nand a second line",
        "done_on": "20/10/2008",
    },
    "monthly-results": {"value": "236", "denominator": "1,234", "state": "not available"},
    "delivery-plan": {"percent": "35%", "due": "28/02/2009", "reason": "@cmd edited"},
    "efficiency-plan": {"planned:2008": "£120,000.50", "recurring": "No", "note": "-2 = a note"},
    "performance-plan": {
        "target:2008": "4.5%",
        "reason": "Agreed in October",
        "unit": "_x0041_ & <crimes>",
        "local_priority": "No",
    },
}


def issue(workspace: Workspace, definition: Return, path: Path) -> None:
    """Send a return out; that of a quarter to one post."""
    owner = "ACC Crime" if definition.span == "quarter" else ""
    period = {"quarter": "Q2", "month": "M06"}.get(definition.span, "")
    year = 2008 if definition.yearly else None
    issuing.issue(workspace, definition, path, owner=owner, year=year, period=period)


def fill_in(path: Path, edits: Edits) -> None:
    """Type into the cells of a return."""
    book = load_workbook(path)
    for (title, heading, ref), value in edits.items():
        sheet = book[title]
        places = {str(cell.value): cell.coordinate.rstrip("0123456789") for cell in sheet[HEADER_ROW]}
        row = next(cell.row for cell in sheet[places.get("Ref") or places["Reference"]] if cell.value == ref)
        cell = sheet[f"{places[heading]}{row}"]
        cell.value = escape(value) if isinstance(value, str) else value
        if isinstance(value, str):
            cell.data_type = "s"
    book.save(path)


def sent_and_filled_in(workspace: Workspace, folder: Path) -> list[Path]:
    """Returns of each sort, filled in; by night each also as it went out. Their names say which they are.

    What is not filled in of one is as it went out there too, and is looked at alike.
    """
    filled = ({}, EDITS) if NIGHTLY else (EDITS,)
    paths = []
    for definition in every_return():
        if definition.id not in EDITS:
            continue
        for typed in filled:
            edits = typed.get(definition.id, {})
            paths.append(folder / f"{definition.id} {len(edits)}.xlsx")
            issue(workspace, definition, paths[-1])
            fill_in(paths[-1], edits)
    assert len(paths) == len(filled) * len(EDITS)
    return paths


def check_found(workspace: Workspace, path: Path, saved: Path, **changed: str) -> None:
    """See that what is found in a return that another program saved is what was filled in, and nothing else.

    ``changed`` are the texts that the program is known to change, by field.
    """
    name, edited = path.stem.split()
    review = receiving.review(workspace, saved)
    assert review.left_empty == ()
    if edited == "0":
        assert (review.summary, review.differences) == ("No changes.", ())
        return
    assert {one.field: one.returned_text for one in review.differences} == {
        field: changed.get(field, text) for field, text in FOUND[name].items()
    }
    assert sorted(one.ref for one in review.differences) == sorted(ref for _, _, ref in EDITS[name])
    assert {one.kind for one in review.differences} == {"change"}


TEXTS = ("=1+1", "-2", "+44 20", "@cmd", "'quoted", "007", "1.10", "1e5", "31/03/2009", "_x0041_", "TRUE", "35%")
"""Texts that a program may take for something else."""


def sent_with_texts(workspace: Workspace, folder: Path) -> list[Path]:
    """Delivery plans that hold such texts, as many as it takes for all of them."""
    rows = workspace.read(queries.activities)
    definition = return_named("delivery-plan")
    assert definition is not None
    paths = []
    for place in range(0, len(TEXTS), len(rows)):
        said = zip(rows, TEXTS[place:], strict=False)
        workspace.edit("say why", delivery.set_cells, [(row.key, "reason", text) for row, text in said])
        paths.append(folder / f"{place}.xlsx")
        issue(workspace, definition, paths[-1])
    return paths


TRIED: tuple[tuple[str, str | float, bool], ...] = (
    ("% complete", 0.35, True),
    ("% complete", 1, True),
    ("% complete", 1.5, False),
    ("% complete", "100%%", True),
    ("% complete", "[clear]", True),
    ("% complete", "half", False),
    ("Forecast date", 39903, True),
    ("Forecast date", 12, False),
    ("Forecast date", " [clear] ", True),
    ("Forecast date", "end of Q3", False),
)
"""What is typed into a column, and whether it is taken without a question."""


def rules_tried(path: Path, target: Path) -> None:
    """Put what is typed into a workbook, each with the rule of its column said of it in the cell beside it."""
    rules = {rule.errorTitle: rule for rule in load_workbook(path)["Activities"].data_validations.dataValidation}
    book = Workbook()
    for row, (title, typed, _) in enumerate(TRIED, 1):
        first = str(rules[title].sqref).partition(":")[0]
        book.worksheets[0].append([typed, "=" + str(rules[title].formula1).replace(first, f"A{row}")])
    book.save(target)


def beside_answers(path: Path) -> None:
    """Put what answers nothing by itself into a status return: a comment, words struck out, a merged answer."""
    book = load_workbook(path)
    sheet: Any = book["Activities"]
    sheet.protection.sheet = False
    sheet["G7"].comment = Comment("ask Ann about this", "J Smith")
    struck = TextBlock(InlineFont(strike=True), "not really ")
    sheet["K8"] = CellRichText("Done ", struck, "all")
    sheet["J9"], sheet["J9"].font = "gone", Font(strike=True)
    sheet["N10"] = "beside the table"
    sheet["K12"] = "one answer for three"
    sheet.merge_cells("K12:K14")
    book.save(path)


def check_beside_answers(review: Review) -> None:
    """See that all of that is asked about, or told."""
    told = [(one.kind, one.ref, one.remark) for one in review.differences]
    struck = "It is struck out, in whole or in part; is it still meant?"
    merged = "The cell was merged with K12; does that answer hold here too?"
    assert sorted(told) == [
        ("aside", "1.01", "A comment stands here: “ask Ann about this”."),
        ("aside", "1.04", "Beside the table stands “beside the table”, which was not read."),
        ("change", "1.06", ""),
        ("question", "1.02", struck),
        ("question", "1.03", struck),
        ("question", "1.07", merged),
        ("question", "1.08", merged),
    ]
