"""What is answered for a period is one step: how an activity stands, and what is said of it."""

import pytest

from spp_desktop.edits import answers, reporting_periods
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import monitored, queries
from spp_desktop.store.workspace import Workspace


def test_an_answer_is_one_step_or_nothing(workspace: Workspace) -> None:
    first = workspace.edit("make the quarters", reporting_periods.make_periods, "quarters")[0]
    workspace.edit("open the first", reporting_periods.open_period, first)
    one = workspace.read(queries.activities)[0].key
    own, texts = [(one, "percent", 40)], [(one, "done", "It has begun.")]
    before = len(workspace.history())
    workspace.edit("answer it", answers.set_answers, first, own, texts)
    assert len(workspace.history()) == before + 1
    assert [(report.done, report.state) for report in workspace.read(monitored.reports)] == [
        ("It has begun.", "being written")
    ]
    workspace.edit("lock the first", reporting_periods.lock_period, first)
    with pytest.raises(RuleBroken, match="locked"):
        workspace.edit("answer it", answers.set_answers, first, [(one, "percent", 50)], texts)
    assert workspace.read(queries.activities)[0].percent == 40
    workspace.edit("report progress", answers.set_answers, first, [(one, "percent", 50)], [])
    assert workspace.read(queries.activities)[0].percent == 50
