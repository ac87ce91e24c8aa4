"""What can hardly be meant of activities and milestones, value by value."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.plan.delivery_checks import (
    ActivityFacts,
    MilestoneFacts,
    of_activity,
    of_milestone,
    without_reason,
)

STATUSES: dict[str, dict[str, Any]] = {
    "Not started": {},
    "On track": {},
    "Off track": {"asks": True},
    "Complete": {"finished": True},
    "Withdrawn": {"finished": True, "asks": True},
}
DUE = date(2008, 9, 30)
DAYS = st.dates(date(2008, 4, 1), date(2009, 3, 31))


def facts(status: str = "", **values: Any) -> ActivityFacts:
    return ActivityFacts(years=(2008, 2009, 2010), status=status, **STATUSES.get(status, {}), **values)


def unlikely(status: str = "", **values: Any) -> list[tuple[str, str]]:
    return [(each.fields[0], each.sentence) for each in of_activity(facts(status, **values))]


@pytest.mark.parametrize(
    ("status", "percent", "sentence"),
    [
        ("Complete", 40, "“Complete” does not go with 40%."),
        ("Complete", 0, "“Complete” does not go with 0%."),
        ("Complete", 100, ""),
        ("Complete", None, ""),
        ("Not started", 100, "“Not started” does not go with 100%."),
        ("Not started", 5, "“Not started” does not go with 5%."),
        ("Not started", 0, ""),
        ("On track", 100, "“On track” does not go with 100%: it says that work goes on."),
        ("On track", 40, ""),
        ("Off track", 100, "“Off track” does not go with 100%: it says that work goes on."),
        ("Withdrawn", 40, ""),
        ("", 100, ""),
    ],
)
def test_per_cent_that_the_status_does_not_allow(status: str, percent: int | None, sentence: str) -> None:
    assert unlikely(status, percent=percent) == ([("percent", sentence)] if sentence else [])


@pytest.mark.parametrize(
    ("status", "forecast", "sentence"),
    [
        ("On track", date(2009, 3, 31), "6 months after the due date, 30 September 2008."),
        ("Not started", date(2008, 11, 1), "1 month after the due date, 30 September 2008."),
        ("On track", date(2008, 10, 31), ""),
        ("On track", date(2008, 6, 1), ""),
        ("Off track", date(2009, 3, 31), ""),
        ("Complete", date(2009, 3, 31), ""),
        ("", date(2009, 3, 31), ""),
    ],
)
def test_a_forecast_that_the_status_does_not_allow(status: str, forecast: date, sentence: str) -> None:
    expected = [("forecast", f"“{status}” does not go with a forecast {sentence}")] if sentence else []
    assert unlikely(status, due=DUE, forecast=forecast) == expected


def test_a_start_after_the_date_due() -> None:
    late = [("start", "The start, 1 October 2008, is after the due date, 30 September 2008.")]
    assert unlikely(start=date(2008, 10, 1), due=DUE) == late
    assert unlikely(start=DUE, due=DUE) == []
    assert unlikely(start=date(2008, 10, 1)) == []


@pytest.mark.parametrize("field", ["start", "due", "forecast"])
@pytest.mark.parametrize(
    ("day", "is_far"),
    [
        (date(1908, 9, 30), True),
        (date(2006, 3, 31), True),
        (date(2006, 4, 1), False),
        (date(2016, 3, 31), False),
        (date(2016, 4, 1), True),
        (date(2080, 9, 30), True),
    ],
)
def test_a_day_far_from_the_years_of_the_plan(field: str, day: date, *, is_far: bool) -> None:
    found = unlikely("", **{field: day})
    assert [name for name, _ in found] == [field] * is_far
    assert all(sentence == f"{day:%d/%m/%Y} is far from the years of the plan." for _, sentence in found)
    assert list(of_activity(ActivityFacts(**{field: day}))) == []  # type: ignore[arg-type]


def test_a_status_without_the_reason_it_asks_for() -> None:
    (found,) = without_reason(facts("Off track", reason="  "))
    assert found == (("status", "reason"), "“Off track” asks for a reason, and none is given.")
    assert list(without_reason(facts("Off track", reason="A supplier failed"))) == []
    assert list(without_reason(facts("On track"))) == []


def test_a_milestone_done_in_the_future() -> None:
    today = date(2008, 10, 31)
    tomorrow = MilestoneFacts(due=DUE, done_on=today + timedelta(days=1), today=today)
    (found,) = of_milestone(tomorrow)
    assert found == (("done_on",), "1 November 2008 has not come yet, so that nothing can have been done on it.")
    assert list(of_milestone(MilestoneFacts(due=DUE, done_on=today, today=today))) == []
    far = MilestoneFacts(years=(2008,), due=date(1908, 9, 30), today=today)
    assert [each.fields for each in of_milestone(far)] == [("due",)]


@given(DAYS, DAYS, st.sampled_from(["Off track", "Withdrawn"]), st.integers(0, 99))
def test_what_is_open_and_explained_is_never_asked_about(start: date, due: date, status: str, percent: int) -> None:
    first, last = sorted((start, due))
    explained = facts(status, percent=percent, start=first, due=last, forecast=last, reason="A supplier failed")
    assert [*of_activity(explained), *without_reason(explained)] == []
