"""The tables of plans as their officers have them: which column holds what, and what stands under what."""

from collections.abc import Sequence

import pytest

from spp_desktop.returns.mapped import FileLook, SheetLook
from spp_desktop.returns.plan_tables.cells import PlanCell
from spp_desktop.returns.plan_tables.entries import PlanEntry, sayings
from spp_desktop.returns.plan_tables.guessing import role_of
from spp_desktop.returns.plan_tables.milestone_lines import milestone_lines
from spp_desktop.returns.plan_tables.reading import pasted, proposed


def look(*tables: tuple[str, Sequence[Sequence[str]]]) -> FileLook:
    """A file with these tables, by what they are called."""
    return FileLook("plan.docx", tuple(
        SheetLook(title, False, tuple(range(1, len(rows) + 1)), tuple(map(tuple, rows))) for title, rows in tables
    ), ())  # fmt: skip


def outline(file: FileLook) -> list[str]:
    """What a file says: each level and activity behind what it stands under."""

    def path(entry: PlanEntry) -> str:
        above = f"{path(entry.above)} > " if entry.above is not None else ""
        return f"{above}{entry.ref and entry.ref + ' '}{entry.words}"

    told = sayings(proposed(file, {}))
    assert told.left == []
    return [path(entry) for entry in told.entries]


OUTLINE = [
    "Safer homes",
    "Safer homes > Fewer burglaries",
    "Safer homes > Fewer burglaries > We will call",
    "Safer homes > Fewer burglaries > We will call > Call on victims",
    "Safer homes > Fewer fires",
    "Serious harm",
]


def test_levels_as_columns() -> None:
    assert outline(pasted([
        ["Priority", "Theme", "Commitment", "Activity"],
        ["Safer homes", "Fewer burglaries", "We will call", "Call on victims"],
        ["", "Fewer fires", "", ""],
        ["Serious harm", "", "", ""],
    ])) == OUTLINE  # fmt: skip


def test_levels_as_numbering() -> None:
    assert outline(pasted([
        ["Plan", "Owner"],
        ["1. Safer homes", ""],
        ["1.1 Fewer burglaries", ""],
        ["1.1.1 We will call", ""],
        ["1.1.1.1 Call on victims", "DCI"],
        ["1.2 Fewer fires", ""],
        ["2. Serious harm", ""],
    ])) == [line.replace("Call on", "1.1.1.1 Call on") for line in OUTLINE]  # fmt: skip


def test_levels_as_indentation() -> None:
    assert outline(pasted([
        ["Plan", "Owner"],
        ["Safer homes", ""],
        ["  Fewer burglaries", ""],
        ["    We will call", ""],
        ["      Call on victims", "DCI"],
        ["  Fewer fires", ""],
        ["Serious harm", ""],
    ])) == OUTLINE  # fmt: skip


def test_levels_as_the_line_above_each_table() -> None:
    rows = [["Ref", "Action", "Owner"], ["1.01", "Call on victims", "DCI"]]
    others = [["Ref", "Action", "Owner"], ["2.01", "Work on harm", "DCI"], ["2.02", "Go on", ""]]
    assert outline(look(("Table 1: Priority 1: Safer homes", rows), ("Table 2: 2. Serious harm", others))) == [
        "Safer homes", "Safer homes > 1.01 Call on victims",
        "Serious harm", "Serious harm > 2.01 Work on harm", "Serious harm > 2.02 Go on",
    ]  # fmt: skip


@pytest.mark.parametrize("above", [[], [["Delivery plan 2008/09", "", "", "", ""], ["", "", "", "", ""]]])
def test_several_rows_of_headings(above: list[list[str]]) -> None:
    file = pasted([
        *above,
        ["Indicator", "Unit", "Targets", "", "Actual"],
        ["", "", "2008/09", "2009/10", "2007/08"],
        ["Burglary", "crimes", "-4%", "-3%", "310"],
    ])  # fmt: skip
    reading = proposed(file, {})
    assert (reading.table.at, reading.table.depth) == (len(above) + 1, 2)
    (entry,) = sayings(reading).entries
    assert [cell.text for cell in entry.targets.values()] == ["-4%", "-3%"]
    assert entry.cells["unit"] == PlanCell("crimes", f"B{len(above) + 3}")


@pytest.mark.parametrize(("heading", "role"), [
    ("Lead officer(s)", "owners"), ("By when?", "due"), ("RAG", "status"), ("Better", "polarity"),
    ("2008/09", "yearly target"), ("Targets: 2008/09", "yearly target"), ("2008/09: Target", "yearly target"),
    ("2008-2009: kind", ""), ("2008/09: Actual", ""), ("Baseline 2008/09", ""), ("3-year target", "target"),
    ("Priority", "level 1"), ("Strategic theme", "level 2"), ("What we want", ""),
])  # fmt: skip
def test_what_a_heading_says(heading: str, role: str) -> None:
    assert role_of(heading) == role


@pytest.mark.parametrize(("line", "words", "due"), [
    ("Draft agreed by 30 June 2008", "Draft agreed", "30 June 2008"),
    ("• Published, 31 January 2009", "Published", "31 January 2009"),
    ("Q3 2009-10: Review", "Review", "Q3 2009-10"),
    ("a) Review (Q1 2026)", "Review", "Q1 2026"),
    ("Halve the 2008 backlog", "Halve the 2008 backlog", ""),
])  # fmt: skip
def test_a_milestone_with_its_day(line: str, words: str, due: str) -> None:
    ((told, cells),) = milestone_lines(PlanCell(line, "B2"), None, None)
    assert (told, {name: cell.text for name, cell in cells.items()}) == (words, {"due": due} if due else {})


def test_days_beside_milestones_belong_to_their_lines() -> None:
    beside = PlanCell("1/2/2009\n1/3/2009", "C2")
    told = list(milestone_lines(PlanCell("Draft\nFinal", "B2"), beside, None))
    assert [(words, cells["due"]) for words, cells in told] == [
        ("Draft", PlanCell("1/2/2009", "C2")), ("Final", PlanCell("1/3/2009", "C2")),
    ]  # fmt: skip


def test_levels_are_numbered_in_the_words_of_another_plan() -> None:
    assert outline(pasted([
        ["Ref", "Action", "Owner"],
        ["Outcome 1: Safer homes", "", ""],
        ["Objective 1.1 - Fewer burglaries", "", ""],
        ["1.1.1", "Call on 200 victims", "DCI"],
        ["Priority 2: Serious harm", "", ""],
        ["2.1", "Take 5 guns", "DCI"],
    ])) == [
        "Safer homes",
        "Safer homes > Fewer burglaries",
        "Safer homes > Fewer burglaries > 1.1.1 Call on 200 victims",
        "Serious harm",
        "Serious harm > 2.1 Take 5 guns",
    ]  # fmt: skip


def test_a_row_without_words_goes_on_with_the_activity_above_or_is_named() -> None:
    told = sayings(proposed(pasted([
        ["Priority", "Action", "Owner", "Milestone", "Due", "Notes"],
        ["Safer homes", "", "DCI", "", "", ""],
        ["", "Call on victims", "ACC Crime", "", "31/3/2009", ""],
        ["", "", "Head of CJ", "", "1/4/2009", "In hand"],
        ["", "", "ACC Ops", "Report", "30/9/2008", ""],
    ]), {}))  # fmt: skip
    activity, milestone = told.entries[1:]
    assert {role: cell.text for role, cell in activity.cells.items() if role in ("owners", "notes", "due")} == {
        "owners": "ACC Crime\nHead of CJ", "due": "31/3/2009", "notes": "In hand",
    }  # fmt: skip
    assert (milestone.words, milestone.cells["due"].text) == ("Report", "30/9/2008")
    assert told.left == [
        "C2: “DCI” stands beside no activity.",
        "E4: “1/4/2009” is not what the row above says of the same.",
        "C5: “ACC Ops” stands beside a milestone alone.",
    ]


def test_values_that_read_like_headings_are_no_headings() -> None:
    rows = [
        ["Group", "Ref", "Indicator", "Unit", "Better", "Local priority", "2026-27", "2026-27: kind"],
        ["Response", "F2", "Fires reached in time", "%", "higher", "No", "80%", "Level"],
        ["Priority", "Ref", "Action", "Owner", "Due", "Status", "", ""],
    ]
    told = sayings(proposed(pasted(rows), {}))
    assert [entry.words for entry in told.entries] == ["Fires reached in time"]
    assert told.left == ["A3: other headings begin here. Import that table by itself."]
