"""The published plan is all there, word for word, and holds nothing that the document lacks."""

import re
from collections import Counter
from importlib.resources import files
from typing import Any

import pytest

from sample_data import build
from spp_desktop.plan.asked_by_law import CONTENTS, ITEMS, SOURCE, TITLE
from spp_desktop.plan.consultation import Consultation
from spp_desktop.plan.frameworks import Framework, FrameworkItem
from spp_desktop.plan.identity import Section
from spp_desktop.plan.levels import Level
from spp_desktop.plan.monitoring import DeliveryRule
from spp_desktop.plan.performance import Indicator, Target
from spp_desktop.plan.posts import Body
from spp_desktop.plan.priorities import NOTE_PLACES, Note, NoteUse, PriorityAlias
from spp_desktop.plan.rows import kinds_of_row
from spp_desktop.plan.surroundings import AreaLevel, CoreValue, StatedFigure
from spp_desktop.store import queries
from spp_desktop.store.plain import Node
from spp_desktop.store.workspace import Workspace
from tests.sample_data.document import MARKS, Printed, set_again, spelling, unmarked
from tests.sample_data.document import printed as read_printed

PARTS = ("plan", "surroundings", "sections", "priorities", "activities", "indicators", "notes", "frameworks")


def test_every_line_of_the_document_is_in_the_plan_in_its_order_and_nothing_else_is(
    plan: Workspace, printed: Printed
) -> None:
    assert list(set_again(plan)) == printed.lines


def test_every_note_is_in_the_plan_with_its_number(plan: Workspace, printed: Printed) -> None:
    texts = {note.id: note.text for note in plan.read(queries.register, Note)}
    kept = {str(use.number or "*"): texts[use.note_id] for use in plan.read(queries.register, NoteUse)}
    # The folded definition has the full stop that these two printings of it lack.
    full = {mark: text + "." if mark in ("2", "10") else text for mark, text in printed.notes.items()}
    assert kept == full
    assert len(kept) == 13
    assert len({text for mark, text in kept.items() if mark != "*"}) == 6


def test_every_note_mark_stands_where_it_is_printed(plan: Workspace, printed: Printed) -> None:
    places = _places(plan)
    marked = {}
    for use in plan.read(queries.register, NoteUse):
        if use.number:
            key = next(getattr(use, place) for place in NOTE_PLACES if getattr(use, place))
            marked[use.number] = places[key, use.printed_in]
    assert len(printed.marks) == len(marked) == 12
    for number, line in printed.marks:
        assert line in marked[number], f"note {number}"


def test_the_stars_are_those_of_the_document(plan: Workspace) -> None:
    starred = [row.title for row in plan.read(queries.indicators) if row.local_priority]
    assert starred == [
        "Reduce total recorded crime",
        "Total sanction detection rate",
        "Actions taken after reporting incident",
        "Kept informed about progress of an incident",
        "Reduce business crime",
    ]
    noted = {use.indicator_id for use in plan.read(queries.register, NoteUse) if use.number is None}
    assert [row.title for row in plan.read(queries.indicators) if row.key in noted] == starred


def test_the_appendices_are_those_of_the_list_of_contents(plan: Workspace) -> None:
    sections = {section.number or section.title: section for section in plan.read(queries.register, Section)}
    listed = re.findall(r"^- APPENDIX (.) [\N{EN DASH}-] (.*)$", sections["CONTENTS"].body, re.MULTILINE)
    assert [letter for letter, _ in listed] == list("ABCDEF")
    assert [(letter, sections[letter].title, sections[letter].body) for letter, _ in listed] == [
        (letter, title, "") for letter, title in listed
    ]


def test_the_contents_spell_each_priority_as_an_alias_or_the_title(plan: Workspace) -> None:
    contents = next(row.body for row in plan.read(queries.register, Section) if row.title == "CONTENTS")
    for priority in plan.read(queries.priority_tree):
        assert f"- {spelling(plan, priority, 'contents')}" in contents.split("\n")
    spellings = [alias.title for alias in plan.read(queries.register, PriorityAlias)]
    assert "To protect our communities from serious acquisitive Crime" in spellings
    assert "TO PROTECT OUR COMMUNITIES FROM TERRORISM" in spellings


def test_the_numbers_of_things(plan: Workspace) -> None:
    tree = plan.read(queries.priority_tree)
    below = [[node.kind for node in _all(priority)] for priority in tree]
    assert [kinds.count("theme") for kinds in below] == [7, 2, 4, 6, 2, 8, 7]
    assert [kinds.count("commitment") for kinds in below] == [16, 8, 6, 23, 5, 25, 33]
    activities = plan.read(queries.activities)
    assert list(Counter(row.priority for row in activities).values()) == [31, 15, 18, 14, 8, 15, 10]
    assert Counter(owner for row in activities for owner in row.owners) == {
        "ACC Citizen Focus": 39,
        "ACC Intelligence": 29,
        "ACC Crime": 22,
        "ACC Operations": 18,
        "ACC Security and Cohesion": 9,
    }
    assert [row.ref for row in activities if len(row.owners) == 2] == ["1.04", "1.06", "1.26", "3.06", "3.11", "7.01"]
    assert max(len(row.text) for row in activities) == 288


def test_resources_holds_five_themes_and_no_commitment_of_its_own(plan: Workspace) -> None:
    resources = next(node for node in _all(plan.read(queries.priority_tree)[6]) if node.text == "Resources")
    assert [node.kind for node in resources.children] == ["theme"] * 5
    assert resources.narrative.count("\n\n") == 3


def test_the_targets_are_of_their_kinds_and_years(plan: Workspace) -> None:
    rows = plan.read(queries.indicators)
    assert len(rows) == 22
    kinds = Counter(tuple((year, target.kind) for year, target in row.targets.items()) for row in rows)
    change = "change on previous year"
    years = (2008, 2009, 2010)
    assert kinds == {
        (*((year, change) for year in years), (None, "change over plan")): 6,
        (*((year, "level") for year in years), (None, "level")): 7,
        ((2008, "level"),): 8,
        ((2008, "benchmark"),): 1,
    }
    by_title = {row.title: row for row in rows}
    assert by_title["Perception of anti-social behaviour"].targets[2008].value is None
    assert [by_title["Reduce business crime"].targets[year].value for year in (2008, None)] == [4, 10]
    assert by_title["Improve road safety"].notes == (12,)
    assert [row.population for row in rows if row.population] == ["whole community", "BME community"] * 2


def test_the_activity_printed_twice_stands_twice_and_is_linked(plan: Workspace) -> None:
    rows = plan.read(queries.activities)
    twice = [text for text, n in Counter(row.text for row in rows).items() if n > 1]
    assert len(twice) == 1
    assert [(row.ref, row.linked) for row in rows if row.linked] == [("3.08", ("6.01",)), ("6.01", ("3.08",))]
    assert {row.text for row in rows if row.linked} == set(twice)


def test_the_plan_file_holds_exactly_what_the_data_files_say(plan: Workspace) -> None:
    in_data = {text for name in PARTS for text in _texts(build.part(name))}
    in_plan = {cell for table in _tables(plan).values() for row in table for cell in row if isinstance(cell, str)}
    begun_with = [row for model in kinds_of_row().values() for row in model.shipped]
    shipped = {value for row in begun_with for value in row.values() if isinstance(value, str)}
    models = (Indicator, Target, Level, DeliveryRule, Framework, FrameworkItem, Consultation)
    shipped |= {text for item in ITEMS for text in (item.code, item.title, item.source, item.evidence)} | {"read"}
    shipped |= {TITLE, SOURCE, CONTENTS}
    fields = [field for model in models for field in model.model_fields.values()]
    shipped |= {field.default for field in fields if isinstance(field.default, str)}
    assert in_data - {""} <= in_plan
    assert {cell for cell in in_plan - in_data if not _is_key(cell)} <= shipped | {"", "lead", "joint"}


def test_a_published_plan_has_no_progress_and_is_not_illustrative(plan: Workspace) -> None:
    assert {row.status for row in plan.read(queries.activities)} == {""}
    counts = plan.read(queries.counts)
    assert counts["milestone"] == counts["result"] == 0
    assert plan.read(queries.plan).illustrative == ""


def test_only_items_with_a_source_are_called_verified(plan: Workspace) -> None:
    items = plan.read(queries.register, FrameworkItem)
    assert any(item.verified for item in items)
    assert all(item.source for item in items if item.verified)


def test_it_is_made_of_steps_that_cannot_be_undone_by_mistake(plan: Workspace) -> None:
    assert {step.kind for step in plan.history()} == {"built"}
    assert len(plan.history()) == 9


@pytest.mark.parametrize("mark", MARKS)
def test_no_note_mark_is_left_in_a_text(plan: Workspace, mark: str) -> None:
    assert not any(
        mark in cell for table in _tables(plan).values() for row in table for cell in row if isinstance(cell, str)
    )


def test_the_reader_of_the_document_leaves_out_layout_only() -> None:
    document = read_printed(
        "Heading ¹²\t5%\n-\n14 February 2008\n--\t---\nSaid 'so'⁷ here\n¹². Told\n* Starred\n- kept"
    )
    assert document.lines == ["Heading\t5%", "Said 'so' here", "- kept"]
    assert document.notes == {"12": "Told", "*": "Starred"}
    assert document.marks == [(12, "Heading\t5%"), (7, "Said 'so' here")]


def _places(plan: Workspace) -> dict[tuple[str, str], list[str]]:
    """The lines of each place that a note's mark may stand at, by its key and where in the document it is."""
    lines: dict[tuple[str, str], list[str]] = {}
    for priority in plan.read(queries.priority_tree):
        lines[priority.key, "contents"] = [f"- {spelling(plan, priority, 'contents')}"]
        lines[priority.key, "section 5, list"] = [f"- **{priority.text}**"]
        lines[priority.key, "section 5, heading"] = [spelling(plan, priority, "section 5, heading")]
        lines[priority.key, "section 6"] = [f"Strategic priority\t{spelling(plan, priority, 'section 6')}"]
        for node in _all(priority):
            lines[node.key, "section 5"] = [f"- {node.text}", *unmarked(node.narrative)]
    for section in plan.read(queries.register, Section):
        lines[section.id, f"section {section.number}"] = unmarked(section.body)
    for row in plan.read(queries.indicators):
        stated = [target.stated for target in row.targets.values()]
        lines[row.key, "section 7"] = ["\t".join([row.title, *stated])]
    return lines


def _all(node: Node) -> list[Node]:
    """Everything under a node, in printed order."""
    return [descendant for child in node.children for descendant in (child, *_all(child))]


def _texts(data: Any) -> list[str]:
    """Every text in a data file."""
    if isinstance(data, dict):
        return [text for value in data.values() for text in _texts(value)]
    if isinstance(data, list):
        return [text for value in data for text in _texts(value)]
    return [data] if isinstance(data, str) else []


def _tables(plan: Workspace) -> dict[str, list[tuple[Any, ...]]]:
    now = plan.as_at(plan.revision())
    assert now is not None
    return {name: [tuple(row.values()) for row in rows.values()] for name, rows in now.items()}


def _is_key(cell: str) -> bool:
    return re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", cell) is not None


def test_what_the_text_says_of_the_place_stands_in_lists_of_its_own(plan: Workspace) -> None:
    printed = " ".join(files("sample_data").joinpath("published", "source.txt").read_text(encoding="utf-8").split())
    levels = plan.read(queries.register, AreaLevel)
    assert [(row.title, row.stated) for row in levels] == [("District", 7), ("OCU", 21), ("Neighbourhood", 335)]
    assert [row.title in printed for row in plan.read(queries.register, CoreValue)] == [True] * 4
    figures = plan.read(queries.register, StatedFigure)
    assert [(row.number, row.unit) for row in figures] == [(14_000, "people"), (2_600_000, "people"), (18, "%")]
    assert all(row.words in printed for row in figures)
    partners = [row.title for row in plan.read(queries.register, Body) if row.kind == "partner"]
    assert len(partners) == 9
    assert all(
        name.split("(")[0].strip() in printed for name in partners if not name.startswith(("Birmingham", "National"))
    )
    services = [
        row
        for row in plan.read(queries.register, FrameworkItem)
        if row.code.startswith("PS") and row.code[2:].isdigit()
    ]
    assert len(services) == 13
