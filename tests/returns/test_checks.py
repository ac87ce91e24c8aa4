"""What is looked over in a return: each check by itself, on plain rows."""

from collections.abc import Mapping
from typing import Any

import pytest

from spp_desktop.returns.checks import (
    AREA,
    BELOW,
    NAMED_AT_MOST,
    WHOLE,
    CheckedTable,
    areas_add,
    changed_since_sent,
    no_more_than,
    rows_complete,
)


def table(*rows: Mapping[str, Any], **more: Any) -> CheckedTable:
    """A sheet of rows, each known by its place."""
    headings = {
        "ref": "Ref",
        "value": "Result",
        "state": "State",
        "female": "Female",
        "actual:2008": "2008-2009 actual",
    }
    held = {str(n): {"ref": f"C{n}", **row} for n, row in enumerate(rows, 1)}
    answered = frozenset({"value", "state", "female", "actual:2008"})
    return CheckedTable("Counts", "ref", "text", headings, answered, held, **more)


def count(part: str, value: float | None, **more: Any) -> dict[str, Any]:
    """A row of a count, of the force or of an area."""
    return {"text": "Robbery", "measure": "count", "part": part, "value": value, **more}


def test_a_row_without_a_figure_is_named_unless_its_state_says_why() -> None:
    rows = table({"value": 0}, {"value": None}, {"state": "suppressed"}, {"value": None, "state": "provisional"})
    assert list(rows_complete("value")(rows)) == ["2 of 4 rows of “Counts” still lack “Result”: C2 and C4."]
    many = table(*[{}] * (NAMED_AT_MOST + 2))
    (sentence,) = rows_complete("value", "female")(many)
    assert sentence == "7 of 7 rows of “Counts” still lack “Result” or “Female”: C1, C2, C3, C4, C5 and 2 more."
    assert list(rows_complete("value")(table({"value": 1}))) == []
    assert list(rows_complete("value")(table({}, {}, own=frozenset({"1"})))) == [
        "1 of 1 row of “Counts” still lack “Result”: C1."
    ]
    assert list(rows_complete("actual:{year}")(table({"actual:2008": 4}, {"actual:2009": 4}, year=2008))) == [
        "1 of 2 rows of “Counts” still lack “2008-2009 actual”: C2."
    ]


@pytest.mark.parametrize(
    ("force", "areas", "amiss"),
    [
        (10, (4, 6), ()),
        (10, (4, 5), ("C1: the areas come to 9, and the force to 10.",)),
        (10, (4, None), ()),
        (None, (4, 6), ()),
        (10, (), ()),
        (0.3, (0.1, 0.2), ()),
    ],
)
def test_the_figures_of_areas_come_to_that_of_the_force(
    force: float | None, areas: tuple[float | None, ...], amiss: tuple[str, ...]
) -> None:
    rows = [count(WHOLE, force), *(count(AREA, figure) for figure in areas), count(BELOW, 99)]
    assert tuple(areas_add("value")(table(*rows))) == amiss


def test_what_is_no_count_or_of_another_period_does_not_add_up() -> None:
    level = {"measure": "level"}
    assert list(areas_add("value")(table(count(WHOLE, 10) | level, count(AREA, 4) | level))) == []
    assert list(areas_add("value")(table(count(WHOLE, 10, period="May"), count(AREA, 4, period="June")))) == []


def test_a_part_is_no_more_than_the_whole() -> None:
    rows = table({"female": 3, "value": 2}, {"female": 2, "value": 2}, {"female": 2}, {"female": True, "value": 0})
    assert list(no_more_than("female", "value")(rows)) == ["C1: “Female” is 3, and “Result” 2."]


def test_what_has_changed_since_it_was_sent_is_named() -> None:
    before = {"1": {"ref": "C1", "value": 4}, "2": {"ref": "C2", "value": 4}, "9": {"ref": "C9"}}
    rows = table({"value": 5, "state": "final"}, {"value": 4}, {"value": 1}, before=before)
    assert list(changed_since_sent(rows)) == [
        "Changed in “Counts” since it was last sent: C1 “Result” and “State”.",
        "No longer in “Counts” since it was last sent: C9.",
    ]
    assert list(changed_since_sent(table({"value": 5}))) == []


def test_answers_stand_in_their_rows_and_two_files_stand_beside_each_other() -> None:
    asked = table({"value": None}, {"value": None}, own=frozenset({"1"}))
    north = asked.with_answers({"1": {"value": 4}, "of another": {"value": 9}})
    assert [cells.get("value") for cells in north.rows.values()] == [4, None]
    both = north.beside(table({"value": None}, {"value": None}, own=frozenset({"2"})).with_answers({"2": {"value": 6}}))
    assert [cells.get("value") for cells in both.asked] == [4, 6]
    assert both.beside(table({})).own is None
    assert both.called({}) == "a row without a name"
