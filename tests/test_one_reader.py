"""A text means the same wherever it is given: in the grid, in a list, in a return, in an extract, as an option."""

from collections.abc import Callable
from contextlib import redirect_stderr
from dataclasses import replace
from datetime import date
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.cli.options import day_option, year_option
from spp_desktop.figures import typed_figure
from spp_desktop.plan.delivery import Activity
from spp_desktop.plan.kinds import Day, Doubt, Kind, Number, Option, Percent, Rate, Whole, Year, YesNo
from spp_desktop.plan.posts import PostHolder
from spp_desktop.plan.registers import register_of
from spp_desktop.plan.results import AreaPopulation, Result
from spp_desktop.plan.rows import check
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.shorthand import figure_unmarked
from spp_desktop.returns import definition
from spp_desktop.returns.definition import PlanFacts
from spp_desktop.returns.row_cells import Absent, Unread, day_of, figures
from spp_desktop.returns.sheet_cell import SheetCell
from spp_desktop.returns.values import read
from spp_desktop.ui.grid.columns import GridColumn
from spp_desktop.ui.registers.columns import RegisterLook, columns

YEAR = 2008
FACTS = PlanFacts(key="p", title="Plan", years=tuple(range(1992, 2199)), year=YEAR)
LISTS: dict[str, tuple[Option, ...]] = {"area_id": (), "post_id": ()}
LOOK = RegisterLook(lambda: date(YEAR, 10, 31))

Outcome = tuple[Any, str]
"""What a text is read as; or nothing, and the sentence that says why."""

TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=20)
"""What a workbook can hold, too."""

DAYS = st.one_of(
    TEXTS,
    st.from_regex(r"[0-9]{1,2}[/.\- ][0-9]{1,2}([/.\- ][0-9]{1,4})?", fullmatch=True),
    st.dates(date(1980, 1, 1), date(2210, 1, 1)).flatmap(
        lambda day: st.sampled_from(
            [f"{day:%d/%m/%Y}", f"{day:%d %b %y}", f"{day.day}th {day:%B %Y}", f"{day:%m/%d/%Y}"]
        )
    ),
    st.sampled_from(["31 Mar 09", "1st March 2009", "31/3", "31/3/101", "31/3/9", "29/2", "soon", "03/31/2009", "tbc"]),
)
NUMBERS = st.one_of(
    TEXTS,
    st.from_regex(r"-?[0-9]{1,4}([., ][0-9]{1,3}){0,2} ?%?", fullmatch=True),
    st.sampled_from(["1,2", "0,5", "1,200", "0,500", "1.5e3", "nil", "1200*", "£5", "23%", "½", "5²", "٣", "-", "n/a"]),
)


def typed(column: GridColumn, text: str) -> Outcome:
    """What a column of a table makes of a text."""
    return _or_refused(lambda: column.read(text), column.title)


def checked(model: type[Any], name: str, text: str, title: str) -> Outcome:
    """What the rules of a table make of a text."""
    return _or_refused(lambda: check(model, {name: text})[name], title)


def _or_refused(reads: Callable[[], Any], title: str) -> Outcome:
    try:
        return reads(), ""
    except RuleBroken as broken:
        return None, str(broken).removeprefix(f"{title}: ")


def returned(kind: Kind, text: str) -> Outcome:
    """What a return makes of a text in a cell; what it would ask although it reads it is left out."""
    answer = read(definition.ReturnColumn("x", "X", kind), SheetCell("text", text), FACTS)
    far = "is far from the years" in answer.doubt
    return (None, answer.doubt) if answer.doubt and not far else (answer.value, "")


def given_as_option(reads: Callable[[], Any]) -> Outcome:
    """What a command makes of an option."""
    told = StringIO()
    try:
        with redirect_stderr(told):
            return reads(), ""
    except SystemExit:
        return None, told.getvalue().strip()


def in_register(table: str, name: str) -> GridColumn:
    """A column of one of the plan's lists, as *Plan > Lists* shows it."""
    return next(column for column in columns(register_of(table), LISTS, LOOK) if column.field == name)


@given(DAYS.filter(str.strip))
def test_a_day_is_the_same_everywhere(text: str) -> None:
    expected = typed(GridColumn("due", "Due", kind=Day(lambda: YEAR)), text)
    assert typed(in_register("post_holder", "held_from"), text) == expected
    if text.strip().lower() != "[clear]":
        assert returned(Day(), text) == expected
    assert given_as_option(lambda: day_option(text, YEAR)) == expected
    without = typed(GridColumn("due", "Due", kind=Day()), text)
    assert checked(Activity, "due", text, "Due") == checked(PostHolder, "held_from", text, "From") == without
    extracted = day_of(text, text, 1)
    assert extracted == (without[0],) * 2 if without[0] else not isinstance(extracted, Unread) or extracted.sentence


@given(NUMBERS.filter(str.strip))
def test_a_number_is_the_same_everywhere(text: str) -> None:
    expected = typed(GridColumn("rate", "Rate", kind=Number()), text)
    limited = in_register("area_population", "number")
    assert typed(limited, text) == expected
    value, sentence = checked(Result, "value", text, "Result")
    assert (value, sentence) == expected
    assert returned(Number(), text) == expected
    assert checked(AreaPopulation, "number", text, "Number")[1] == sentence or value <= 0
    rate = Rate(no_figure="choose “not available” as the state").read(text)
    extracted = figures(1)(text)
    if isinstance(extracted, Absent) or figure_unmarked(text).marks:  # these are a table's own
        assert isinstance(rate, Doubt)
    else:
        assert extracted == (Unread(1, rate.sentence) if isinstance(rate, Doubt) else rate)


@given(NUMBERS.filter(str.strip))
def test_a_figure_without_a_state_is_the_number_that_it_is_elsewhere(text: str) -> None:
    rate = Rate().read(text)
    try:
        figure = typed_figure.read(text)
    except ValueError:
        assert isinstance(rate, Doubt)
    else:
        assert figure.state is not None or figure.blank or figure.number == rate


@pytest.mark.parametrize("kind", [Percent(), Whole(), YesNo(), Year()])
def test_what_a_table_refuses_a_return_asks_about_with_the_same_sentence(kind: Kind) -> None:
    @given(NUMBERS.filter(str.strip))
    def same(text: str) -> None:
        value, sentence = typed(GridColumn("x", "X", kind=kind), text)
        assert returned(kind, text) == (
            (None, kind.beyond(value, "X")) if value is not None and kind.beyond(value, "X") else (value, sentence)
        )

    same()


@pytest.mark.parametrize(
    ("text", "day"),
    [("31 Mar 09", date(2009, 3, 31)), ("1st March 2009", date(2009, 3, 1)), ("31/3", date(2009, 3, 31))],
)
def test_days_as_people_write_them_do_everywhere(text: str, day: date) -> None:
    for kind in (GridColumn("due", "Due", kind=Day(lambda: YEAR)), in_register("post_holder", "held_to")):
        assert typed(kind, text) == (day, "")
    assert returned(Day(), text) == (day, "")
    told = StringIO()
    with redirect_stderr(told):
        assert day_option(text, YEAR) == day
    assert told.getvalue() == ("“31/3” was read as 31 March 2009.\n" if text == "31/3" else "")


@pytest.mark.parametrize(("text", "year"), [("2008-09", 2008), ("08/09", 2008), ("2008", 2008), ("2008-2009", 2008)])
def test_a_year_is_the_same_as_an_option_and_in_a_list(text: str, year: int) -> None:
    assert year_option(text) == year
    assert typed(in_register("area_population", "year"), text) == (year, "")
    assert check(Activity, {"year": text}) == {"year": year}


@pytest.mark.parametrize("text", ["1066", "2300", "soon", "2008-2010", "208"])
def test_a_year_that_is_none_is_refused_as_an_option(text: str) -> None:
    assert given_as_option(lambda: year_option(text))[1].endswith(".")


def test_a_day_without_its_year_is_noted_in_a_return() -> None:
    column = definition.ReturnColumn("due", "Due", Day())
    answer = read(column, SheetCell("text", "31/3"), FACTS)
    assert (answer.value, answer.doubt, answer.note) == (date(2009, 3, 31), "", "“31/3” was read as 31 March 2009.")
    unknown = read(column, SheetCell("text", "31/3"), replace(FACTS, year=None))
    assert unknown.doubt == "“31/3” is not a date alone: its year is missing. Write it as 31/03/2009."
