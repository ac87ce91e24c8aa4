"""Which dates a moved date takes with it."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.figures.knock_on import Work, put_off

DAY = date(2009, 1, 31)


def test_what_waits_is_put_off_by_the_days_that_are_missing_and_what_waits_for_it() -> None:
    works = {
        "1.01": Work(due=DAY, forecast=DAY + timedelta(20)),
        "1.02": Work(start=DAY, due=DAY + timedelta(60)),
        "1.03": Work(due=DAY + timedelta(70)),
        "1.04": Work(due=DAY + timedelta(90)),
    }
    needs = [("1.02", "1.01"), ("1.03", "1.02"), ("1.04", "1.02")]
    later = put_off(works, needs, ["1.01"])
    assert later["1.02"] == Work(DAY + timedelta(20), DAY + timedelta(60), DAY + timedelta(80))
    assert later["1.03"] == Work(None, DAY + timedelta(70), DAY + timedelta(80))
    assert "1.04" not in later, "what is late enough stays"


def test_what_has_begun_keeps_its_start_and_what_is_finished_keeps_all() -> None:
    works = {
        "1": Work(due=DAY),
        "2": Work(start=DAY - timedelta(50), due=DAY - timedelta(5), begun=True),
        "3": Work(due=DAY - timedelta(5), finished=True),
        "4": Work(),
    }
    later = put_off(works, [("2", "1"), ("3", "1"), ("4", "1")], ["1"])
    assert later == {"2": Work(DAY - timedelta(50), DAY - timedelta(5), DAY, begun=True)}
    assert put_off(works, [("1", "3")], ["3", "gone"]) == {}, "nobody waits for what is done"


@given(
    st.lists(st.integers(0, 60), min_size=6, max_size=6),
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=10),
)
def test_afterwards_nothing_contradicts_and_nothing_is_earlier(days: list[int], pairs: list[tuple[int, int]]) -> None:
    works = {str(n): Work(due=DAY + timedelta(day)) for n, day in enumerate(days)}
    needs = [(str(max(pair)), str(min(pair))) for pair in pairs if pair[0] != pair[1]]
    later = put_off(works, needs, works)
    now = works | later
    assert all(now[own].behind(now[other]) == 0 for own, other in needs)
    assert all(work.ready and work.ready > (works[key].ready or DAY) for key, work in later.items())
    assert put_off(now, needs, works) == {}


def test_a_ring_ends() -> None:
    works = {"1": Work(start=DAY, due=DAY + timedelta(9)), "2": Work(start=DAY, due=DAY + timedelta(9))}
    assert put_off(works, [("1", "2"), ("2", "1")], ["1"])
