"""What the plan's rule proposes: by dates, by milestones, by %, each with the sentence that says why."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.figures.proposed_status import DatedStep, Limits, StatusFacts, proposed_status

TODAY = date(2008, 9, 30)
LIMITS = Limits()


def day(days: int) -> date:
    return TODAY + timedelta(days=days)


CASES = [
    (StatusFacts(TODAY), None),
    (StatusFacts(TODAY, percent=100), "Complete: it is at 100%."),
    (
        StatusFacts(TODAY, due=day(-60), percent=100, milestones=[DatedStep("Plan", day(-90), None, day(-80))]),
        "Complete: it is at 100% and every milestone is done.",
    ),
    (
        StatusFacts(TODAY, percent=100, milestones=[DatedStep("Plan", day(-1), None, None)]),
        "At risk: the milestone “Plan” was due on 29 September 2008, 1 day ago, and is not done.",
    ),
    (StatusFacts(TODAY, start=day(1), due=day(90)), "Not started: it begins on 1 October 2008."),
    (StatusFacts(TODAY, percent=0), "Not started: it is at 0%, and no date is late."),
    (StatusFacts(TODAY, due=day(90)), "On track: no date is late."),
    (StatusFacts(TODAY, due=TODAY, forecast=day(-5)), "On track: no date is late."),
    (
        StatusFacts(TODAY, due=day(10), forecast=day(25)),
        "At risk: it is 15 days late, expected on 25 October 2008 and due on 10 October 2008.",
    ),
    (
        StatusFacts(TODAY, due=day(-10), forecast=day(25)),
        "Off track: it is 35 days late, expected on 25 October 2008 and due on 20 September 2008.",
    ),
    (StatusFacts(TODAY, due=day(-2)), "At risk: it was due on 28 September 2008, 2 days ago, and is not done."),
    (
        StatusFacts(TODAY, due=day(90), milestones=[DatedStep("Plan", day(-40), day(-20), None)]),
        "Off track: the milestone “Plan” was due on 21 August 2008, 40 days ago, and is not done.",
    ),
    (StatusFacts(TODAY, due=day(90), milestones=[DatedStep("Plan", day(-40), None, None, True)]), "On track: no date"),
    (
        StatusFacts(TODAY, start=day(-50), due=day(50), percent=35),
        "At risk: it is at 35%, where the time that is gone would have 50%.",
    ),
    (
        StatusFacts(TODAY, start=day(-50), due=day(50), percent=36),
        "On track: it is at 36%, where the time that is gone would have 50%.",
    ),
    (StatusFacts(TODAY, start=day(-50), due=day(50), percent=10), "Off track: it is at 10%, where"),
]


@pytest.mark.parametrize(("facts", "sentence"), CASES)
def test_what_is_proposed_and_why(facts: StatusFacts, sentence: str | None) -> None:
    found = proposed_status(facts, LIMITS)
    assert (found is None) == (sentence is None)
    if found is not None:
        assert found.sentence.startswith(str(sentence))


@given(late=st.integers(-400, 400), percent=st.integers(0, 99), more=st.integers(0, 200))
def test_what_is_later_never_stands_better(late: int, percent: int, more: int) -> None:
    order = ["not started", "on track", "at risk", "off track"]
    first, second = (
        proposed_status(StatusFacts(TODAY, day(-100), day(20), day(20 + days), percent), LIMITS)
        for days in (late, late + more)
    )
    assert first is not None
    assert second is not None
    assert order.index(first.kind) <= order.index(second.kind)
