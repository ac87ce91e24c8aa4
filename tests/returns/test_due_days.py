"""On which day a due rule comes to."""

from datetime import date

import pytest

from spp_desktop.returns.due_days import due_day
from spp_desktop.returns.due_rules import DueRule

JUNE = date(2008, 6, 1), date(2008, 6, 30)
YEAR = date(2008, 4, 1), date(2009, 3, 31)


@pytest.mark.parametrize(
    ("rule", "period", "due"),
    [
        (DueRule(14, "days"), JUNE, date(2008, 7, 14)),
        (DueRule(0, "days"), JUNE, date(2008, 6, 30)),
        (DueRule(10, "working days"), JUNE, date(2008, 7, 14)),
        (DueRule(15, "working days"), (date(2008, 12, 1), date(2008, 12, 31)), date(2009, 1, 22)),
        (DueRule(1, "months"), JUNE, date(2008, 7, 31)),
        (DueRule(3, "months"), YEAR, date(2009, 6, 30)),
        (DueRule(-1, "days", begins=True), YEAR, date(2008, 3, 31)),
        (DueRule(-1, "months", begins=True), YEAR, date(2008, 2, 29)),
        (DueRule(-1, "working days", begins=True), YEAR, date(2008, 3, 31)),
        (DueRule(10, "months"), (date(2008, 4, 1), date(2008, 4, 30)), date(2009, 2, 28)),
    ],
)
def test_the_day_that_a_rule_comes_to(rule: DueRule, period: tuple[date, date], due: date) -> None:
    assert due_day(rule, *period) == due
