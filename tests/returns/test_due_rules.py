"""How often returns are asked for, in which years, and by when an answer is due."""

import pytest

from spp_desktop.returns.catalogue import every_return
from spp_desktop.returns.due_rules import DueRule, asked_in


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (DueRule(10), "10 working days after the period ends"),
        (DueRule(1, "months"), "1 month after the period ends"),
        (DueRule(-1, "days", begins=True), "1 day before the period begins"),
        (DueRule(0, "days"), "the day on which the period ends"),
    ],
)
def test_a_rule_is_said_in_words(rule: DueRule, words: str) -> None:
    assert rule.in_words() == words


def test_a_return_is_asked_for_in_its_years() -> None:
    years = range(2006, 2012)
    assert [year for year in years if asked_in(year, 2008, 2010)] == [2008, 2009, 2010]
    assert [year for year in years if asked_in(year, None, 2007)] == [2006, 2007]
    assert all(asked_in(year, None, None) for year in years)
    assert all(definition.asked_in(2008) for definition in every_return())
