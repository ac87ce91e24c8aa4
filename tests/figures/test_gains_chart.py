"""What cashable gains come to by the end of each year, held against sums done by hand."""

from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.figures.charts import target_chart
from spp_desktop.figures.charts.gains_chart import CashableGain, GainsTarget, added_up, gains_chart

YEARS = (2008, 2009, 2010)
RECURS = CashableGain({2008: 4.0e6, 2009: 5.0e6}, {2008: 1.0e6}, cost=200_000)
ONCE = CashableGain({2009: 3.0e6}, {}, recurring=False)
NATIONAL = GainsTarget(2010, 600e6, 9.3, 2007)


def test_gains_that_recur_stand_on_those_of_earlier_years_and_others_count_once() -> None:
    planned = [added_up([RECURS, ONCE], year, planned=True) for year in YEARS]
    assert planned == [4.0e6, 12.0e6, None]
    assert [added_up([RECURS, ONCE], year, planned=False) for year in YEARS] == [1.0e6, None, None]
    carried = CashableGain({2010: 1.0}, {}, carried=10.0)
    assert added_up([carried], 2010, planned=True) == 11.0


@given(st.lists(st.floats(0, 1e9), min_size=3, max_size=3))
def test_what_recurs_never_comes_to_less_than_the_year_before(amounts: list[float]) -> None:
    gain = CashableGain(dict(zip(YEARS, amounts, strict=True)), {})
    sums = [added_up([gain], year, planned=True) or 0.0 for year in YEARS]
    assert sums == sorted(sums)
    assert abs(sums[-1] - sum(amounts)) <= 1e-6 * max(sums[-1], 1.0)


def test_the_chart_says_how_far_the_plan_is_from_the_national_target() -> None:
    whole = CashableGain(dict.fromkeys(YEARS, 20000000.0), {2008: 5.0e6})
    chart = gains_chart([whole, RECURS], [NATIONAL], YEARS, "Made up.")
    assert chart.title == "Cashable gains, adding up (illustrative)"
    assert [(line.name, [point.value for point in line.points]) for line in chart.series] == [
        ("planned", [24.0, 49.0, 69.0]), ("made", [6.0]),
    ]  # fmt: skip
    (aim,) = chart.aims
    assert (aim.stated, round(aim.value or 0, 6), aim.column.label) == ("£55.8m", 55.8, "2010-2011")
    assert "What is planned is £13.2m over that." in chart.notes
    assert "One-off costs of £200,000 are not taken off." in chart.notes
    assert "9.3% of the gross revenue expenditure of 2007-2008" in target_chart.describe(chart)


def test_a_plan_without_gains_says_what_to_type_and_one_without_a_target_where_to_set_it() -> None:
    assert gains_chart([], [NATIONAL], YEARS).empty.startswith("Type what cashable gains")
    assert any("Efficiency targets" in note for note in gains_chart([RECURS], [], YEARS).notes)
