"""Areas side by side: places, what they come to together, who is out of step, and what is said of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.figures.areas import words as area_words
from spp_desktop.figures.areas.table import AreaFigures, AreaTable, Basis, Population, apart, area_table, bases
from spp_desktop.figures.charts import ranking_chart
from spp_desktop.figures.comparison import Break
from spp_desktop.figures.exact import exact
from spp_desktop.figures.judging.judged import Judged, judge
from spp_desktop.figures.judging.series import Reading
from tests.figures.results_made import OCTOBER, aims, by_month, made, over

DETECTIONS: dict[str, Any] = {"unit": "%", "measure": "percentage", "polarity": "higher"}
BURGLARY: dict[str, Any] = {"unit": "burglaries", "measure": "rate", "polarity": "lower", "per": 1000}


def judged(readings: Iterable[Reading], area: str = "", **indicator: Any) -> Judged:
    breaks = indicator.pop("breaks", ())
    series = {"area": area, "area_key": area and f"key {area}", "breaks": breaks}
    return judge(made(readings, series, **indicator), OCTOBER)


def beside(
    force: Iterable[Reading],
    areas: Mapping[str, Iterable[Reading]],
    basis: Basis = "figure",
    populations: dict[str, Population] | None = None,
    without: Sequence[str] = (),
    **indicator: Any,
) -> AreaTable:
    own = [judged(readings, area, **indicator) for area, readings in areas.items()]
    return area_table(judged(force, **indicator), own, basis, populations, without)


def counts(*years: Sequence[float | None]) -> list[Reading]:
    """Months of last year, and of this one where they are given."""
    first = 2009 - len(years)
    return [reading for at, values in enumerate(years) for reading in by_month(first + at, values)]


def places(table: AreaTable) -> list[tuple[str, str]]:
    return [(row.place, row.judged.series.area) for row in table.rows]


def test_areas_with_one_figure_share_a_place_and_the_next_is_left_out() -> None:
    areas = {"A": counts([30]), "B": counts([10]), "C": counts([20]), "D": counts([20]), "E": counts([5])}
    table = beside(counts([85]), areas)
    assert places(table) == [("1st", "E"), ("2nd", "B"), ("equal 3rd", "C"), ("equal 3rd", "D"), ("5th", "A")]


def test_where_more_is_better_the_highest_is_first() -> None:
    areas = {"A": counts([30]), "B": counts([10])}
    assert places(beside(counts([40]), areas, polarity="higher")) == [("1st", "A"), ("2nd", "B")]


def test_where_neither_way_is_better_nobody_has_a_place_and_the_highest_stands_first() -> None:
    table = beside(counts([60]), {"A": counts([10]), "B": counts([30]), "C": counts([20])}, polarity="neutral")
    assert places(table) == [("", "B"), ("", "C"), ("", "A")]
    assert "Not ranked, for neither higher nor lower is better; the highest stands first." in area_words.notes(table)


def test_an_area_that_lacks_a_month_has_no_place_and_is_named() -> None:
    areas = {"A": counts([10, 10]), "B": counts([5]), "C": counts([20, 20]), "D": []}
    table = beside(counts([30, 30]), areas, without=["E"])
    assert places(table) == [("1st", "A"), ("2nd", "C"), ("", "B"), ("", "D")]
    assert table.together == AreaFigures()
    notes = area_words.notes(table)
    assert "The areas are not put together, for not all have results of the same months." in notes
    assert "B has other months than April to May 2008, and no place." in notes
    assert "D has no result of this year." in notes
    assert "E has no results." in notes


def test_the_periods_of_most_areas_count_and_not_the_forces() -> None:
    table = beside(counts([60, 60, 60]), {"A": counts([10, 10]), "B": counts([20, 20])})
    assert places(table) == [("1st", "A"), ("2nd", "B")]
    assert table.rows[0].figures.share is None
    assert area_words.answers(table)[0] == (
        "The areas come to 60 for April to May 2008; the force's own figure is of April to June 2008."
    )


def test_counts_add_up_to_the_forces_own_and_each_has_its_share() -> None:
    table = beside(counts([100, 100]), {"A": counts([30, 20]), "B": counts([70, 80])})
    assert table.together.figure == table.force.figures.figure == 200
    assert [row.figures.share for row in table.rows] == [25, 75]
    assert area_words.answers(table)[0] == "Together the areas come to the force's own figure, 200."


def test_a_difference_from_the_forces_own_figure_is_said() -> None:
    table = beside(counts([101]), {"A": counts([30]), "B": counts([60])})
    assert area_words.together_words(table) == (
        "The areas come to 90 together, 11 less than the force's own figure of 101."
    )
    none = beside([], {"A": counts([30])})
    assert area_words.together_words(none) == "The areas come to 30 together; the force has no figure of its own."


def test_shares_are_pooled_and_not_averaged() -> None:
    areas = {"A": by_month(2008, [(10, 100)]), "B": by_month(2008, [(9, 10)])}
    table = beside(by_month(2008, [(19, 110)]), areas, **DETECTIONS)
    assert table.together == AreaFigures(Fraction(1900, 110), Fraction(19), Fraction(110))
    assert "force's own figure, 17.3%" in area_words.together_words(table)
    assert [area_words.made_of(row.figures, "percentage") for row in table.rows] == ["9 of 10", "10 of 100"]


def test_a_figure_of_the_force_that_was_rounded_is_still_its_own() -> None:
    areas = {"A": by_month(2008, [(10, 100)]), "B": by_month(2008, [(9, 10)])}
    assert "own figure, 17.3%" in area_words.together_words(beside(counts([17.3]), areas, **DETECTIONS))
    assert area_words.together_words(beside(counts([17.5]), areas, **DETECTIONS)) == (
        "The areas come to 17.3% together, 0.23 points less than the force's own figure of 17.5%."
    )


def test_shares_that_do_not_say_what_they_are_made_of_are_not_put_together() -> None:
    table = beside(counts([20]), {"A": counts([10]), "B": counts([30])}, **DETECTIONS)
    assert table.together == AreaFigures()
    assert area_words.together_words(table) == (
        "The areas do not all say what their figures are made of, so they are not put together."
    )


def test_rates_are_pooled_over_areas_and_added_over_months() -> None:
    def rated(*months: tuple[float, float]) -> list[Reading]:
        pairs = by_month(2008, months)
        return [
            reading._replace(value=1000 * exact(reading.counted or 0) / exact(reading.of or 1)) for reading in pairs
        ]

    areas = {"A": rated((10, 1000), (20, 1000)), "B": rated((30, 3000), (30, 3000))}
    table = beside(rated((40, 4000), (50, 4000)), areas, **BURGLARY)
    assert table.together == AreaFigures(Fraction(45, 2), Fraction(90), Fraction(4000))
    assert table.force.figures.figure == Fraction(45, 2)
    assert [row.figures.figure for row in table.rows] == [20, 30]
    assert area_words.made_of(table.together, "rate") == "90 among 4,000"


def test_levels_and_gaps_make_no_sum() -> None:
    levels = beside(counts([3]), {"A": counts([1]), "B": counts([2])}, measure="level", unit="days")
    assert levels.together == AreaFigures()
    assert area_words.together_words(levels).startswith("Levels of areas make no level of the force")

    def gap(first: float, second: float) -> list[Reading]:
        return [*by_month(2008, [first], population="white"), *by_month(2008, [second], population="minority ethnic")]

    gaps = beside(gap(80, 75), {"A": gap(80, 60), "B": gap(70, 69)}, unit="%", measure="survey", polarity="higher")
    assert places(gaps) == [("1st", "B"), ("2nd", "A")]  # a smaller gap is better, whatever is measured
    assert gaps.together == AreaFigures()
    assert area_words.together_words(gaps).startswith("Gaps of areas make no gap of the force")
    assert ranking_chart.ranking_chart(gaps).bars[1].figure == "20.0"


def test_a_target_of_a_rank_is_the_forces_alone() -> None:
    targets = aims(kind="peer rank", y2008="1st")
    table = beside(counts([60]), {"A": counts([20]), "B": counts([40])}, targets=targets)
    assert places(table) == [("1st", "A"), ("2nd", "B")]
    assert table.unit == "robberies"
    assert table.force.figures == AreaFigures()
    assert area_words.together_words(table) == "The areas come to 60 together; the force is judged by another figure."
    assert "an area has none" in table.rows[0].judged.sentence


def test_by_population_a_large_area_can_be_the_best() -> None:
    people = {
        "": Population(5000, 2007),
        "key A": Population(1000, 2007),
        "key B": Population(4000, 2006),
        "key elsewhere": Population(1, 2007),
    }
    areas = {"A": counts([10]), "B": counts([20]), "C": counts([1])}
    table = beside(counts([31]), areas, "per 1,000", people)
    assert places(table) == [("1st", "B"), ("2nd", "A"), ("", "C")]
    assert [row.figures.per_thousand for row in table.rows] == [5, 10, None]
    notes = area_words.notes(table)
    assert "C has no population." in notes
    assert "Per 1,000 people of 2006-07 and 2007-08, for April 2008." in notes
    assert ranking_chart.ranking_chart(table).reference == ranking_chart.ReferenceLine(6.2, "The force 6.2")


def test_what_areas_can_be_ranked_by() -> None:
    of_counts, of_shares = judged(counts([10])), judged(by_month(2008, [(1, 2)]), **DETECTIONS)
    people = {"key A": Population(1000, 2008)}
    assert bases(of_counts, people) == ["per 1,000", "change on last year", "against its aim", "figure"]
    assert bases(of_counts, {"": people["key A"]}) == ["change on last year", "against its aim", "figure"]
    assert bases(of_shares, people) == ["figure", "change on last year", "against its aim"]


def test_by_the_change_and_by_the_aim() -> None:
    year = [100.0] * 12
    areas = {"A": counts(year, [90]), "B": counts(year, [110]), "C": counts([80.0] * 12, [80])}
    change = beside(counts([280.0] * 12, [280]), areas, "change on last year", targets=aims(y2008="4%"))
    assert places(change) == [("1st", "A"), ("2nd", "C"), ("3rd", "B")]
    assert [area_words.ranked(row.ranked_by, change) for row in change.rows] == [
        "\N{MINUS SIGN}10.0%",
        "0.0%",
        "+10.0%",
    ]
    aim = beside(counts([280.0] * 12, [280]), areas, "against its aim", targets=aims(y2008="4%"))
    assert [area_words.ranked(row.ranked_by, aim) for row in aim.rows] == ["6.3% better", "4.2% worse", "14.6% worse"]


def test_shares_change_in_points() -> None:
    areas = {"A": [*by_month(2007, [(20, 100)]), *by_month(2008, [(30, 100)])]}
    table = beside(areas["A"], areas, "change on last year", **DETECTIONS)
    assert area_words.ranked(table.rows[0].ranked_by, table) == "+10.0 points"


def test_where_nobody_has_an_aim_it_is_said_once() -> None:
    table = beside(counts([30]), {"A": counts([10]), "B": counts([20])}, "against its aim")
    assert "No area has an aim to be held against." in area_words.notes(table)
    chart = ranking_chart.ranking_chart(table)
    assert (chart.empty, chart.reference, chart.legend) == (ranking_chart.NO_VALUES, None, ())


def test_who_is_out_of_step_is_named() -> None:
    areas = {
        "A": counts([500] * 12, [400]),
        "B": counts([100] * 12, [160]),
        "C": counts([100] * 12, [101]),
        "D": counts([400] * 12, [300]),
    }
    table = beside(counts([1100] * 12, [961]), areas)
    notes = area_words.notes(table)
    assert "Out of step with the force, which is down on last year: B (up, worse)." in notes
    together_again = beside(counts([900] * 12, [700]), {"A": areas["A"], "D": areas["D"]})
    assert "No area is clearly out of step with the force, which is down on last year." in area_words.notes(
        together_again
    )


def test_those_who_are_worse_are_named_first_and_not_all_of_many() -> None:
    better = {f"A{n}": counts([300] * 12, [200]) for n in range(9)}
    table = beside(counts([3000] * 12, [3000]), better | {"B": counts([100] * 12, [160])})
    note = area_words.notes(table)[1]
    assert note.startswith(
        "Out of step with the force, which has no clear change on last year: B (up, worse), A0 (down,"
    )
    assert note.endswith("A4 (down, better) and 4 more.")


def test_of_many_areas_some_changes_are_chance() -> None:
    areas = {f"A{n}": counts([100] * 12, [100]) for n in range(19)} | {"B": counts([100] * 12, [160])}
    notes = area_words.notes(beside(counts([2000] * 12, [2060]), areas))
    assert any("Of 20 areas about 1 would be called up or down by chance alone" in note for note in notes)


def test_which_figures_are_the_forces_but_for_chance() -> None:
    areas = {"A": by_month(2008, [(20, 100)]), "B": by_month(2008, [(60, 100)]), "C": by_month(2008, [(41, 100)])}
    table = beside(by_month(2008, [(121, 300)]), areas, **DETECTIONS)
    assert apart(table) == (("B",), ("A",), Fraction(12100, 300))
    assert (
        "Clearly above the force's 40.3%: B; clearly below the force's 40.3%: A (by 95% intervals)."
    ) in area_words.notes(table)
    alike = beside(by_month(2008, [(41, 100)]), {"C": areas["C"]}, **DETECTIONS)
    assert any(note.startswith("No area is clearly apart from the force's 41.0%") for note in area_words.notes(alike))


def test_where_the_process_has_changed_is_said_concern_first() -> None:
    steady = [100.0, 104.0, 98.0, 102.0] * 3
    areas = {"A": counts(steady, [20]), "B": counts(steady, [200]), "C": counts(steady, [101])}
    notes = area_words.notes(beside(counts(steady, [321]), areas))
    assert "Control charts: concern in B; improvement in A." in notes


def test_counts_are_held_apart_only_by_their_populations() -> None:
    areas = {"A": counts([10]), "B": counts([200])}
    assert apart(beside(counts([210]), areas)) is None
    people = {"key A": Population(1000, 2008), "key B": Population(1000, 2008)}
    assert apart(beside(counts([210]), areas, populations=people)) == (("B",), ("A",), Fraction(105))


def test_a_comparison_across_a_break_and_provisional_results_are_said() -> None:
    recount = Break(date(2008, 4, 1), "recounted")
    readings = [*by_month(2007, [10]), *by_month(2008, [12], state="provisional")]
    notes = area_words.notes(beside(readings, {"A": readings, "B": counts([10], [11])}, breaks=(recount,)))
    assert any("from 1 Apr 2008 (recounted)" in note for note in notes)
    assert "Provisional: results of A may still change." in notes


def test_the_ranking_says_all_that_is_drawn() -> None:
    areas = {"OCU 01": counts([30]), "OCU 02": counts([10]), "OCU 03": []}
    chart = ranking_chart.ranking_chart(beside(counts([40]), areas, ref="PI01", title="Robbery"), "made up")
    assert chart.title == "PI01  Robbery by area, April 2008 (illustrative results)"
    assert chart.by == "By the figure itself"
    assert [(bar.place, bar.area, bar.value, bar.figure) for bar in chart.bars] == [
        ("1st", "OCU 02", 10, "10"),
        ("2nd", "OCU 01", 30, "30"),
        ("", "OCU 03", None, "no value"),
    ]
    assert chart.reference == ranking_chart.ReferenceLine(20, "Average of the areas 20")
    assert (chart.low, chart.high) == (0, 30)
    assert chart.notes[-1] == "made up"
    words = ranking_chart.describe(chart)
    assert "2 areas. Average of the areas 20. OCU 02, 1st: 10. No target:" in words
    rows = ranking_chart.numbers(chart)
    assert rows[1] == ("1st", "OCU 02", 10.0, "10", "No target")
    assert rows[-1] == ("", "Average of the areas 20", 20.0, "", "")


def test_bars_go_both_ways_from_nought() -> None:
    areas = {"A": counts([100], [90]), "B": counts([100], [130])}
    chart = ranking_chart.ranking_chart(beside(counts([200], [220]), areas, "change on last year"))
    assert (chart.low, chart.high) == (-10, 30)
    assert chart.reference == ranking_chart.ReferenceLine(10, "The force +10.0%")


def test_nothing_to_rank() -> None:
    chart = ranking_chart.ranking_chart(beside(counts([10]), {}))
    assert chart.empty == ranking_chart.NO_AREAS
    assert chart.empty in ranking_chart.describe(chart)
    assert chart.high > chart.low


def test_the_rows_of_the_sheet_keep_numbers_as_numbers() -> None:
    table = beside(counts([40]), {"A": counts([30]), "B": counts([10])})
    rows = [dict(zip(area_words.rows(table)[0], row, strict=True)) for row in area_words.rows(table)[1:]]
    assert [row["Area"] for row in rows] == ["The force", "Areas together", "B", "A"]
    assert [row["Year to date"] for row in rows] == [40.0, 40.0, 10.0, 30.0]
    assert [row["Share of the force, %"] for row in rows] == [100.0, 100.0, 25.0, 75.0]
    assert rows[1]["Why"] == "Together the areas come to the force's own figure, 40."
    assert rows[2]["From"] == date(2008, 4, 1)
    assert "Counted" not in rows[0]


def test_the_sheet_says_briefly_which_way_it_went_and_what_the_icons_mean() -> None:
    steady = [100.0, 104.0, 98.0, 102.0] * 3
    readings = counts(steady, [20])
    table = beside(readings, {"A": readings, "B": []}, targets=aims(y2008="4%"))
    rows = [dict(zip(area_words.rows(table)[0], row, strict=True)) for row in area_words.rows(table)[1:]]
    assert (rows[2]["Area"], rows[2]["Direction"]) == ("A", "down, better")
    assert rows[2]["Variation"] == "Special cause of improving nature: lower values"
    assert rows[2]["Assurance"] == "Hit or miss: the process will meet the target in some months and not in others"
    assert [rows[3][name] for name in ("Year to date", "Direction", "Variation")] == [None, "", ""]


SOME = st.lists(st.integers(0, 12), min_size=1, max_size=8)


@given(SOME, st.randoms(), st.sampled_from(["lower", "higher"]))
def test_a_place_is_one_more_than_the_better_ones_in_whatever_order_they_come(
    values: list[int], rng: Any, better: str
) -> None:
    areas = {f"A{n}": counts([value]) for n, value in enumerate(values)}
    shuffled = list(areas.items())
    rng.shuffle(shuffled)
    table = beside(counts([sum(values)]), dict(shuffled), polarity=better)
    for row in table.rows:
        value = row.figures.figure or 0
        ahead = [other for other in values if (other < value if better == "lower" else other > value)]
        assert row.rank == 1 + len(ahead)
        assert row.shared == (values.count(int(value)) > 1)
    assert [row.rank for row in table.rows] == sorted(row.rank or 0 for row in table.rows)
    assert table.together.figure == sum(values)


MONTHS = st.lists(st.tuples(st.integers(0, 50), st.integers(50, 400)), min_size=3, max_size=3)


@given(st.lists(MONTHS, min_size=1, max_size=5), st.sampled_from([DETECTIONS, BURGLARY]))
def test_what_areas_make_is_the_forces_own_where_they_make_it_up(
    areas: list[list[tuple[int, int]]], indicator: dict[str, Any]
) -> None:
    whole = [tuple(map(sum, zip(*(area[at] for area in areas), strict=True))) for at in range(3)]
    if indicator["measure"] == "rate":  # a population does not change from month to month
        areas = [[(counted, area[0][1]) for counted, _ in area] for area in areas]
        whole = [(sum(area[at][0] for area in areas), sum(area[0][1] for area in areas)) for at in range(3)]
    per = 10 if indicator["measure"] == "rate" else 1

    def readings(pairs: Sequence[Any]) -> list[Reading]:
        return [reading._replace(value=exact(reading.value or 0) * per) for reading in by_month(2008, pairs)]

    table = beside(readings(whole), {f"A{n}": readings(area) for n, area in enumerate(areas)}, **indicator)
    assert table.together.figure == table.force.figures.figure
    assert table.together.of == table.force.figures.of
    assert "the force's own figure" in area_words.together_words(table)


@pytest.mark.parametrize(
    ("titles", "names"), [(3, "A0, A1 and A2 have"), (5, "A0, A1, A2 and 2 more have"), (1, "A0 has")]
)
def test_names_are_few(titles: int, names: str) -> None:
    table = beside(counts([10]), {"B": counts([10])}, without=[f"A{n}" for n in range(titles)])
    assert f"{names} no results." in area_words.notes(table)


def test_a_longer_period_of_its_own_is_no_neighbour() -> None:
    year = [over(date(2008, 4, 1), date(2008, 9, 30), 10)]
    table = beside(counts([30]), {"A": counts([10]), "B": counts([20]), "C": year})
    assert places(table)[-1] == ("", "C")
