"""How small numbers are shown is said table by table, by somebody, and can be taken back."""

from datetime import date
from typing import Any

import pytest

from spp_desktop.cli import DONE, REFUSED
from spp_desktop.edits import small_numbers
from spp_desktop.edits.small_numbers import BY_AREA, CountsTable
from spp_desktop.plan.disclosures import SmallNumbers, SmallNumbersException
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace
from tests.command_line import spp

BY = "Head of planning"


def test_a_rule_is_said_anew_and_taken_back_with_its_exceptions(workspace: Workspace) -> None:
    table = CountsTable(workspace.read(queries.indicators)[0].key)
    workspace.edit("say", small_numbers.set_small_numbers, table, "suppress", 5, BY)
    workspace.edit("show", small_numbers.show_as_it_is, table, "April 2008", "It is known.", BY)
    workspace.edit("say", small_numbers.set_small_numbers, table, "round", 10, BY)
    (rule,) = workspace.read(queries.register, SmallNumbers)
    assert (rule.method, rule.threshold, rule.base, rule.persons) == ("round", 5, 10, True)
    workspace.edit("say", small_numbers.set_small_numbers, table, "leave", 0, BY)
    assert workspace.read(queries.register, SmallNumbers)[0].persons == 0
    workspace.edit("forget", small_numbers.forget_small_numbers, table)
    assert (
        workspace.read(queries.register, SmallNumbers) == workspace.read(queries.register, SmallNumbersException) == []
    )


@pytest.mark.parametrize(
    ("verb", "rest", "sentence"),
    [
        (small_numbers.set_small_numbers, ("suppress", 5, " "), "Say who decided it"),
        (small_numbers.set_small_numbers, ("suppress", 0, BY), "Suppress under"),
        (small_numbers.show_as_it_is, ("April", "Known.", BY), "needs no exceptions"),
        (small_numbers.forget_small_numbers, (), "Nothing was said"),
    ],
)
def test_what_says_nothing_is_refused(workspace: Workspace, verb: Any, rest: tuple[Any, ...], sentence: str) -> None:
    with pytest.raises(RuleBroken, match=sentence):
        workspace.edit("say", verb, CountsTable(column=BY_AREA), *rest)


@pytest.mark.parametrize("column", ["strength.note", "activity.text", "no.column"])
def test_only_columns_of_numbers_count_persons(workspace: Workspace, column: str) -> None:
    with pytest.raises(RuleBroken, match="no column of numbers"):
        workspace.edit("say", small_numbers.set_small_numbers, CountsTable(column=column), "suppress", 5, BY)


def test_it_is_said_on_the_command_line(workspace: Workspace) -> None:
    path = workspace.path
    workspace.close()
    assert "Nothing was said" in spp("small-numbers", path).out
    said = spp("small-numbers", path, "--indicator", "r1", "--suppress", "5", "--by", BY)
    assert said.status == DONE
    told = f"R1 Most serious violence: persons; under 5 as [c] (Head of planning, {short_day(date.today())})"
    assert said.out.startswith(told)
    shown = spp("small-numbers", path, "--indicator", "R1", "--show", "April 2008", "--reason", "Known.", "--by", BY)
    assert "  shown all the same: April 2008: Known. (Head of planning)" in shown.out
    for options, words in (
        (("--by-area", "--round", "10"), "Results by area, of all indicators: persons; rounded to multiples of 10"),
        (("--indicator", "R1", "--by-area", "--leave"), "R1 Most serious violence: results by area: as they are"),
        (("--column", "strength.female", "--suppress", "10"), "Strength figures: female: persons; under 10 as [c]"),
    ):
        assert words in spp("small-numbers", path, *options, "--by", BY).out
    assert "violence: persons" not in spp("small-numbers", path, "--indicator", "R1", "--forget").out
    for asked, sentence in (
        (("--leave", "--forget"), "Say one of"),
        (("--suppress", "5"), "Say which table"),
        (("--suppress", "5", "--indicator", "R0"), "no indicator “R0”"),
        (("--suppress", "0", "--indicator", "R1"), "--suppress"),
    ):
        refused = spp("small-numbers", path, *asked, "--by", BY)
        assert (refused.status, sentence in refused.err) == (REFUSED, True)
