"""The rules of rows: what may stand in a cell, and the sentence when it may not."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import SQLModel

from spp_desktop.plan.delivery import Activity, ActivityUpdate, Status
from spp_desktop.plan.frameworks import FrameworkItem
from spp_desktop.plan.identity import Plan
from spp_desktop.plan.performance import Indicator, Target
from spp_desktop.plan.posts import Post, PostHolder
from spp_desktop.plan.priorities import NOTE_PLACES, NoteUse, Priority, Theme
from spp_desktop.plan.results import Result
from spp_desktop.plan.rows import between, check, kinds_of_row, new_key, title_of
from spp_desktop.plan.rules import RuleBroken


@pytest.mark.parametrize(
    ("model", "name", "typed", "held"),
    [
        (Activity, "text", "  Do it \n", "Do it"),
        (Activity, "text", "=1+1", "=1+1"),
        (Activity, "percent", "40", 40),
        (Activity, "percent", "", None),
        (Activity, "percent", 0, 0),
        (Activity, "due", "31/03/2009", date(2009, 3, 31)),
        (Activity, "due", "2009-03-31", date(2009, 3, 31)),
        (Activity, "due", "  ", None),
        (Activity, "due", date(2009, 3, 31), date(2009, 3, 31)),
        (Activity, "status_id", "", None),
        (Activity, "reason", "", ""),
        (Activity, "year", "2008", 2008),
        (ActivityUpdate, "reported_on", "1 April 2008", date(2008, 4, 1)),
        (Status, "colour", "#1a7f37", "#1a7f37"),
        (Status, "finished", "yes", True),
        (Status, "shape", "ring", "ring"),
        (Target, "value", "4.5", 4.5),
        (Target, "value", "", None),
        (Target, "year", None, None),
        (PostHolder, "held_to", "", None),
        (FrameworkItem, "verified", False, False),
    ],
)
def test_what_may_stand_there(model: type[SQLModel], name: str, typed: Any, held: Any) -> None:
    found = check(model, {name: typed})[name]
    assert (found, type(found)) == (held, type(held))


@pytest.mark.parametrize(
    ("model", "name", "typed", "sentence"),
    [
        (Activity, "text", " ", "“Activity” may not be empty."),
        (Activity, "text", "x" * 2001, "Activity may have at most 2000 characters."),
        (Activity, "text", None, "Activity must be text."),
        (Activity, "text", 5, "Activity must be text."),
        (Activity, "text", "half \ud83d", "Activity must be text."),
        (Activity, "percent", "lots", "% complete: “lots” is not a percentage; write it as 35%."),
        (Activity, "percent", "4.5", "% complete: “4.5” is not a whole percentage."),
        (Activity, "percent", 101, "% complete may not be above 100."),
        (Activity, "percent", -1, "% complete may not be below 0."),
        (Activity, "due", "soon", "Due: “soon” is not a date; write it as 31/03/2009."),
        (Activity, "due", "31/02/2009", "Due: “31/02/2009” is not a day of the calendar."),
        (Activity, "year", "208", "Year: “208” is not a financial year; write it as 2008-2009."),
        (Activity, "year", "1066", "Year may not be below 1990."),
        (Activity, "year", 20088, "Year may not be above 2200."),
        (Activity, "ref", "", "“Reference” may not be empty."),
        (Activity, "colour", "red", "There is no column called colour here."),
        (ActivityUpdate, "reported_on", "", "Date must be a date such as 31/03/2009."),
        (Status, "colour", "red", "Colour on white must be written as #rrggbb, such as #1a7f37."),
        (Status, "finished", "perhaps", "Finished: “perhaps” is neither Yes nor No."),
        (
            Indicator,
            "polarity",
            "upwards",
            "Better: “upwards” is not one of those listed. Choose from: lower, higher, neutral.",
        ),
        (Target, "value", "four", "Value: “four” is not a number; write it as 2,336 or 23.1."),
        (Target, "value", float("nan"), "Value must be an ordinary number."),
        (Result, "value", "inf", "Result: “inf” is not a number; write it as 2,336 or 23.1."),
        (
            Post,
            "title",
            "ACC\tCrime",
            "Post holds a tab, which cannot be seen, at the dot in “ACC·Crime”. Type it again without that.",
        ),
        (
            Post,
            "title",
            "ACC\u202eemirC",
            "Post holds a control character, which cannot be seen, at the dot in “ACC·emirC”. "
            "Type it again without that.",
        ),
        (Plan, "years", 0, "Number of years may not be below 1."),
        (Priority, "position", object(), "Position must be a number."),
    ],
)
def test_what_may_not(model: type[SQLModel], name: str, typed: Any, sentence: str) -> None:
    with pytest.raises(RuleBroken) as caught:
        check(model, {name: typed})
    assert (caught.value.field, str(caught.value)) == (name, sentence)


def test_only_what_is_given_is_looked_at() -> None:
    assert check(Activity, {}) == {}
    assert check(Activity, {"text": "Do it", "percent": "5"}) == {"text": "Do it", "percent": 5}


def refusal(model: type[SQLModel], name: str, value: Any) -> RuleBroken | None:
    try:
        check(model, {name: value})
    except RuleBroken as broken:
        return broken
    return None


def test_every_fault_has_a_sentence() -> None:
    models = list(kinds_of_row().values())
    assert len(models) > 15
    for model in models:
        for name in model.model_fields:
            for value in (object(), "\x00" * 5000, -1e400, [], date(1, 1, 1), b"\xff", True, 10**400, {}):
                broken = refusal(model, name, value)
                if broken:
                    assert broken.field == name
                    assert str(broken)[0] == str(broken)[0].upper()
                    assert str(broken).endswith(".")
                    assert "{" not in str(broken)


@given(st.text())
def test_any_text_is_held_or_refused_in_a_sentence(text: str) -> None:
    broken = refusal(Priority, "title", text)
    if broken:
        assert not text.strip() or len(text.strip()) > 300 or "must be text" in str(broken)
    else:
        assert check(Priority, {"title": text})["title"] == text.strip()


@pytest.mark.parametrize(
    ("model", "name", "said"),
    [(Activity, "priority_id", "priority"), (Theme, "parent_id", "theme above"), (NoteUse, "section_id", "section")],
)
def test_a_column_by_its_title(model: type[SQLModel], name: str, said: str) -> None:
    assert title_of(model, name) == said


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [(None, None, 1.0), (None, 1.0, 0.0), (3.0, None, 4.0), (1.0, 2.0, 1.5), (-1.0, 1.0, 0.0)],
)
def test_a_place_between(before: float | None, after: float | None, place: float) -> None:
    assert between(before, after) == place


def test_keys_are_their_own() -> None:
    assert len({new_key() for _ in range(1000)}) == 1000
    assert len(new_key()) == 36


def test_the_shipped_statuses_keep_the_rules() -> None:
    checked = [check(Status, status) for status in Status.shipped]
    assert len({status["title"] for status in checked}) == len({status["shape"] for status in checked}) == 7
    assert [status["title"] for status in checked if status.get("finished")] == ["Complete", "Withdrawn"]


def test_places_of_a_note_are_its_columns() -> None:
    assert set(NOTE_PLACES) <= set(NoteUse.model_fields)


def test_every_table_says_what_its_rows_are_called() -> None:
    kinds = kinds_of_row()
    assert set(kinds) == set(SQLModel.metadata.tables)
    for name, model in kinds.items():
        columns = SQLModel.metadata.tables[name].columns
        assert model.word.singular != model.word.plural
        assert {*model.called_by, *(rule.column for rule in model.rules)} <= set(columns.keys())
        assert not model.part_of or columns[model.part_of].foreign_keys or model.part_of in model.names_any
        assert model.called_by or model.part_of, "a row without a name joins what it is a part of to another"


def test_no_two_kinds_of_row_are_called_alike_in_one_place() -> None:
    kinds = kinds_of_row()
    places: dict[str, list[str]] = {
        name: [column.name.removesuffix("_id") for column in SQLModel.metadata.tables[name].columns] for name in kinds
    }
    top: list[str] = []
    for name, model in kinds.items():
        links = SQLModel.metadata.tables[name].columns[model.part_of].foreign_keys if model.part_of else ()
        outer = next((link.column.table.name for link in links), "")
        word = kinds[outer].word.singular if outer else ""
        places.get(outer, top).append(model.word.plural.removeprefix(f"{word} ").replace(" ", "_"))
    for names in (*places.values(), top):
        assert len(names) == len(set(names)), names
