"""The lines of the Results page as plain values: what is worked out, and what is said of other periods."""

from datetime import date
from typing import Any

import pytest

from spp_desktop.plan.periods import month_end
from spp_desktop.store.indicator_rows import IndicatorRow
from spp_desktop.store.plain import ResultRow, TargetRow
from spp_desktop.store.rated import PopulationNumbers
from spp_desktop.ui.results.lines import ResultsRow, elsewhere, lines, periods

FORCE = {"": "The force"}


def indicator(**columns: Any) -> IndicatorRow:
    usual: dict[str, Any] = dict.fromkeys(IndicatorRow.__slots__, "")
    usual |= {"key": "i", "ref": "R1", "title": "Burglary", "targets": {}, "notes": (), "measure": "count", "per": 1000}
    return IndicatorRow(**{**usual, **columns})


def result(month: int, **columns: Any) -> ResultRow:
    first = date(2008, month, 1)
    usual: dict[str, Any] = dict.fromkeys(ResultRow._fields, None)
    usual |= {"key": str(month), "indicator_key": "i", "population": "", "period_from": first}
    usual |= {"period_to": month_end(first), "design_effect": 1.0, "state": "final"}
    return ResultRow(**{**usual, **columns})


def made(row: IndicatorRow, *results: ResultRow, populations: tuple[str, ...] = ()) -> list[ResultsRow]:
    return lines([row], FORCE, results, {row.key: populations}, periods("months", 2008), by_area=False)


def test_a_rate_adds_its_events_and_keeps_its_people() -> None:
    rate = indicator(measure="rate", unit="per 1,000 people", numerator="crimes", denominator="people")
    head, events, people = made(
        rate, result(4, numerator=100, denominator=260_000), result(5, numerator=1150, denominator=260_000)
    )
    assert [cell.shown for cell in head.cells[:3]] == ["0.38", "4.42", ""]
    assert (head.total.shown, events.total.shown, people.total.shown) == ("4.81", "1,250", "260,000")
    assert (events.what, people.what, head.percent) == ("crimes", "people", False)


def test_what_is_held_is_shown_whatever_the_measure() -> None:
    assert [line.part for line in made(indicator())] == ["value"]
    assert [line.part for line in made(indicator(), result(4, numerator=1, denominator=2))] == [
        "value",
        "numerator",
        "denominator",
    ]
    assert [line.part for line in made(indicator(), result(4, value=50, sample_size=9))] == ["value", "sample_size"]
    assert [line.population for line in made(indicator(), populations=("", "BME"))] == ["", "BME"]


@pytest.mark.parametrize(
    ("held", "shown"),
    [
        ((), ["white", "minority ethnic"]),
        (("minority ethnic",), ["white", "minority ethnic"]),
        (("women", "men"), ["men", "women"]),
        (("", "men"), ["", "white", "men"]),
    ],
)
def test_a_gap_has_two_populations_that_keep_their_places(held: tuple[str, ...], shown: list[str]) -> None:
    gap = indicator(targets={2008: TargetRow("t", "i", 2008, "gap", "3 points", 3)})
    assert [line.population for line in made(gap, populations=held)] == shown


def test_a_figure_is_typed_with_every_place_and_shown_in_its_form() -> None:
    (line,) = made(indicator(), result(4, value=1234.5), result(5, value=-0.25), result(6, value=2e15))
    assert [cell.typed for cell in line.cells[:3]] == ["1234.5", "-0.25", "2000000000000000"]
    assert [cell.shown for cell in line.cells[:2]] == ["1,234.5", "\N{MINUS SIGN}0.25"]


def test_periods_and_what_is_said_of_others() -> None:
    assert [period.title for period in periods("months", 2008)][::11] == ["Apr", "Mar"]
    assert [period.words for period in periods("quarters", 2008)][-1] == "January to March 2009"
    assert [period.title for period in periods("years", 2008)] == [
        f"{year}-{year + 1}" for year in (2004, 2005, 2006, 2007, 2008)
    ]
    months, quarters = periods("months", 2008), periods("quarters", 2008)
    assert elsewhere([result(4)], months) == ""
    assert elsewhere([result(4), result(5)], quarters) == (
        "Not shown here: results by month of 1 indicator. Choose other periods above."
    )


def test_a_rate_without_its_people_goes_by_the_list_of_populations() -> None:
    people = PopulationNumbers({("people", ""): [(2008, 260_000.0)]})
    rate = indicator(
        measure="rate", unit="per 1,000 people", numerator="crimes", denominator="people", rated_by="people"
    )
    [head, *_] = lines(
        *([rate], FORCE, [result(4, numerator=100)], {}, periods("months", 2008)), by_area=False, people=people
    )
    assert head.cells[0].shown == "0.38"
    assert "260,000 people, as the list Populations has it" in head.cells[0].fixed
    [bare, *_] = made(rate, result(4, numerator=100))
    assert (bare.cells[0].number, head.cells[1].number) == (None, None)
