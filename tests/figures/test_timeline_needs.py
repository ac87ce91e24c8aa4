"""What depends on what on the timeline, and dates that contradict it."""

from dataclasses import dataclass
from datetime import date

from spp_desktop.figures.charts import timeline as charts


@dataclass(frozen=True)
class Work:
    """An activity, as far as the timeline reads it."""

    key: str
    start: date | None = None
    due: date | None = None
    forecast: date | None = None
    finished: bool = False
    year: int = 2008
    text: str = "Do it"
    status_key: str | None = None

    @property
    def ref(self) -> str:
        """Its key will do."""
        return self.key


def drawn(*works: Work, needs: tuple[tuple[str, str], ...]) -> charts.Timeline:
    return charts.timeline(works, (), (), date(2008, 10, 31), needs)


FIRST = Work("1.11", due=date(2009, 1, 31))


def test_what_is_planned_before_what_it_depends_on_says_so() -> None:
    early = Work("1.12", start=date(2008, 12, 1), due=date(2009, 3, 1))
    chart = drawn(FIRST, early, needs=(("1.12", "1.11"), ("1.12", "elsewhere")))
    assert chart.needs == ((1, 0),)
    assert chart.lanes[1].before == "before 1.11, which it needs"
    assert "before 1.11" in chart.lanes[1].words()
    assert charts.describe(chart).endswith("1 planned before what it depends on.")
    assert charts.table(chart)[2][3] == "No status, before 1.11, which it needs"


def test_what_begins_in_time_or_is_done_contradicts_nothing() -> None:
    for later in (
        Work("1.12", start=date(2009, 1, 31), due=date(2009, 3, 1)),
        Work("1.12", due=date(2009, 1, 31)),
        Work("1.12", start=date(2008, 5, 1), due=date(2008, 9, 1), finished=True),
        Work("1.12"),
    ):
        chart = drawn(FIRST, later, needs=(("1.12", "1.11"),))
        assert chart.lanes[1].before == "", later
        assert "planned before" not in charts.describe(chart)


def test_a_forecast_counts_where_what_is_needed_slips() -> None:
    slips = Work("1.11", due=date(2009, 1, 31), forecast=date(2009, 2, 28))
    chart = drawn(slips, Work("1.12", start=date(2009, 2, 1), due=date(2009, 3, 1)), needs=(("1.12", "1.11"),))
    assert chart.lanes[1].contradicts == ("1.11",)


def test_the_day_agreed_first_is_drawn_and_said_where_another_is_agreed_now() -> None:
    chart = charts.timeline((FIRST, Work("1.12")), (), (), date(2008, 10, 31), agreed_first={"1.11": date(2008, 9, 30)})
    assert charts.moved_days(chart.lanes[0]) == [(date(2008, 9, 30), date(2009, 1, 31), True)]
    assert chart.lanes[0].words() == "1.11: No status, due 31 Jan 2009, first agreed 30 Sep 2008"
    assert charts.table(chart)[1][3] == "No status, first agreed 30 Sep 2008"
    assert chart.first <= date(2008, 9, 30)
    assert charts.moved_days(chart.lanes[1]) == []
    kept = charts.timeline((FIRST,), (), (), date(2008, 10, 31), agreed_first={"1.11": date(2009, 1, 31)})
    assert charts.moved_days(kept.lanes[0]) == [], "it is where it was agreed first"
