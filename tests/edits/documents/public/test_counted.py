"""What of results and registers counts persons, and what a reader can add up of it."""

from datetime import date
from typing import Any

from spp_desktop.edits.documents.public.counted_results import CountedResults
from spp_desktop.edits.documents.public.hiding import _CountedColumns
from spp_desktop.edits.documents.public.small_rules import OpenCount, SmallRules
from spp_desktop.figures.small_numbers import CountRule, protected
from spp_desktop.store.public_view import PublicCells, PublicRows

RULE = CountRule("suppress", 5)
FIGURES = {"value": None, "numerator": None, "denominator": None, "sample_size": None}


def result(
    key: str, first: int, last: int, area: str | None = None, population: str = "", **figures: Any
) -> PublicCells:
    """A result of months of 2008."""
    days = {"period_from": date(2008, first, 1), "period_to": date(2008, last, 28)}
    place = {"indicator_id": "i", "area_id": area, "population": population, "state": "final"}
    return {"id": key, **place, **days, **FIGURES, **figures}


def shown(measure: str, *rows: PublicCells, rule: CountRule | None = RULE) -> tuple[dict[str, Any], SmallRules]:
    """What becomes of results, by their keys: their figures, or "[c]"."""
    areas: list[PublicCells] = [
        {"id": "west", "title": "West", "parent_id": None}, {"id": "ward", "title": "Ward", "parent_id": "west"},
        {"id": "east", "title": "East", "parent_id": None},
    ]  # fmt: skip
    indicator = {"id": "i", "ref": "PI1", "title": "Victims", "measure": measure}
    public = PublicRows({"result": list(rows), "indicator": [indicator], "area": areas})
    rules = SmallRules({("i", ""): rule}, {})
    counted = CountedResults(public, rules)
    counted.take(protected(list(counted.cells()), counted.sums))
    return {row["id"]: _figures(row) for row in rows}, rules


def _figures(row: PublicCells) -> Any:
    if row["state"] == "suppressed":
        return "[c]"
    return tuple(row[name] for name in FIGURES if row[name] is not None)


def test_areas_within_areas_make_up_the_force() -> None:
    rows = [
        result("ward", 4, 4, "ward", value=2), result("west", 4, 4, "west", value=30),
        result("east", 4, 4, "east", value=40), result("force", 4, 4, value=70),
    ]  # fmt: skip
    figures, _ = shown("count", *rows)
    assert figures == {"ward": "[c]", "west": (30,), "east": (40,), "force": (70,)}  # the other wards are not printed
    rows[0] |= {"value": 28}
    figures, _ = shown("count", *rows)
    assert "[c]" in (figures["ward"], figures["west"])  # the two of the other wards are known by taking away


def test_what_no_area_has_can_be_found_by_taking_away() -> None:
    rows = [result("west", 4, 4, "west", value=30), result("force", 4, 4, value=32)]
    figures, _ = shown("count", *rows)
    assert "[c]" in figures.values()  # two elsewhere
    figures, _ = shown("count", result("west", 4, 4, "west", value=30), result("force", 4, 4, value=29))
    assert "[c]" not in figures.values()  # these are no parts of that


def test_the_first_quarter_and_the_half_year_give_the_second_away() -> None:
    figures, _ = shown("count", result("quarter", 4, 6, value=30), result("half", 4, 9, value=33))
    assert "[c]" in figures.values()
    figures, _ = shown("level", result("quarter", 4, 6, value=30), result("half", 4, 9, value=33))
    assert "[c]" not in figures.values()  # levels are not added over time


def test_populations_make_up_all() -> None:
    rows = [
        result("white", 4, 4, population="white", value=60), result("others", 4, 4, population="others", value=3),
        result("all", 4, 4, value=63),
    ]  # fmt: skip
    figures, _ = shown("count", *rows)
    assert figures["others"] == "[c]"
    assert "[c]" in (figures["white"], figures["all"])


def test_a_share_of_a_small_number_is_hidden_with_it_and_so_is_one_of_nearly_all() -> None:
    rows = [
        result("few", 4, 4, numerator=2, denominator=80), result("most", 5, 5, numerator=78, denominator=80),
        result("half", 6, 6, numerator=40, denominator=80), result("none", 7, 7, numerator=0, denominator=80),
    ]  # fmt: skip
    figures, rules = shown("percentage", *rows)
    assert (figures["few"], figures["most"]) == ("[c]", "[c]")
    assert figures["half"] == (40, 80)
    assert figures["none"] == (0, 80)
    assert rules.told.results == 2


def test_answers_to_a_survey_are_counted_from_their_share() -> None:
    figures, _ = shown(
        "survey", result("a", 4, 4, value=2.5, sample_size=80), result("b", 5, 5, value=50, sample_size=80)
    )
    assert figures == {"a": "[c]", "b": (50, 80)}


def test_a_rounded_share_is_made_of_rounded_numbers() -> None:
    rows = [
        result("a", 4, 4, value=51.3, sample_size=78), result("b", 5, 5, numerator=41, denominator=82),
        result("c", 6, 6, value=50, sample_size=4),
    ]  # fmt: skip
    figures, _ = shown("survey", *rows, rule=CountRule("round", base=10))
    assert figures == {"a": (50.0, 80), "b": (40, 80), "c": "[c]"}


def test_numbers_that_are_left_and_results_that_are_kept_back_are_as_they_are() -> None:
    kept = result("kept", 4, 4) | {"state": "suppressed"}
    figures, rules = shown("count", kept, result("two", 5, 5, value=2), rule=None)
    assert figures == {"kept": "[c]", "two": (2,)}
    assert rules.told.undecided == []


def test_columns_that_count_persons_take_the_column_they_count_some_of() -> None:
    row = {"id": "s", "counted_on": date(2008, 3, 31), "female": 3, "actual": 4.5, "group_id": "g"}
    other = {"id": "t", "counted_on": date(2008, 9, 30), "female": 9.0, "actual": 20.0, "group_id": "g"}
    third = {"id": "u", "counted_on": date(2009, 3, 31), "female": None, "actual": 20.0, "group_id": "g"}
    public = PublicRows({"strength": [row, other, third]})
    rules = SmallRules({("", "strength.female"): RULE, ("", "strength.nothing"): RULE}, {})
    columns = _CountedColumns(public, rules)
    columns.take(protected(list(columns.cells()), columns.sums))
    assert (row["female"], row["actual"]) == (None, None)
    assert (other["female"], other["actual"]) == (9.0, 20.0)
    assert rules.told.cells == {("strength", "s", "female"), ("strength", "s", "actual")}


def test_an_exception_in_a_column_is_told_once() -> None:
    open_one = OpenCount("2008-03-31", "Known.", "The Board")
    rules = SmallRules({("", "strength.female"): RULE}, {("", "strength.female"): {"2008-03-31": open_one}})
    row = {"id": "s", "counted_on": date(2008, 3, 31), "female": 3, "actual": None, "group_id": "g"}
    columns = _CountedColumns(PublicRows({"strength": [row]}), rules)
    columns.take(protected(list(columns.cells()), columns.sums))
    assert row["female"] == 3
    assert rules.told.left_open == [open_one]
