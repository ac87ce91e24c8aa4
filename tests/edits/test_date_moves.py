"""Dates that move: what is kept of them, when a reason is asked for, and how far they have slipped."""

from datetime import date

import pytest

from spp_desktop.edits import date_moves, delivery
from spp_desktop.figures.slippage import slippage
from spp_desktop.plan.delivery import Activity, Milestone
from spp_desktop.plan.kinds.day_or_period import LastDay
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import monitored, queries
from spp_desktop.store.workspace import Workspace

DAYS = [date(2008, 9, 30), date(2008, 10, 31), date(2008, 12, 31), date(2009, 1, 31)]


def first_activity(workspace: Workspace) -> str:
    return workspace.read(queries.activities)[0].key


def moves_told(workspace: Workspace, key: str) -> list[tuple[str, date, date | None, str]]:
    return [(m.which, m.was, m.now, m.reason) for m in workspace.read(monitored.moves).get(key, [])]


def test_the_second_move_of_a_row_asks_for_a_reason_and_all_are_kept(workspace: Workspace) -> None:
    key = first_activity(workspace)
    for day in DAYS[:2]:
        workspace.edit("set the due date", delivery.set_cells, [(key, "due", day)])
    assert moves_told(workspace, key) == [("due", DAYS[0], DAYS[1], "")]
    asked = workspace.read(date_moves.moves_of, Activity, [(key, "forecast", "31/12/2008"), (key, "percent", "5")])
    assert [(move.name, move.which, move.was, move.now, move.asks) for move in asked] == [
        ("1.01", "forecast", DAYS[1], DAYS[2], True)
    ]
    with pytest.raises(RuleBroken, match=r"moves to 31 December 2008\. Its dates have moved once before\. Say why"):
        workspace.edit("set the forecast", delivery.set_cells, [(key, "forecast", DAYS[2])])
    assert len(moves_told(workspace, key)) == 1
    cells = [(key, "forecast", DAYS[2]), (key, "reason", "The builder went away")]
    workspace.edit("set the forecast", delivery.set_cells, cells, reason="Imported from plan.csv.")
    workspace.edit("set it", delivery.set_cells, [(key, "due", DAYS[2])], reason="Agreed so", approved_by="Board")
    with pytest.raises(RuleBroken):  # the reason of the status stands there already: it says nothing of this move
        workspace.edit("set it", delivery.set_cells, [(key, "due", DAYS[3]), (key, "reason", "The builder went away")])
    assert moves_told(workspace, key)[1:] == [
        ("forecast", DAYS[1], DAYS[2], "The builder went away"),
        ("due", DAYS[1], DAYS[2], "Agreed so"),
    ]
    own = workspace.read(monitored.moves)[key]
    assert [(move.approved_by, move.approved_on is not None) for move in own] == [("", False)] * 2 + [("Board", True)]
    row = workspace.read(queries.activities)[0]
    slipped = slippage(row.due, row.forecast, own)
    assert (slipped.baseline, slipped.expected, slipped.times, slipped.days) == (DAYS[0], DAYS[2], 2, 92)
    assert slipped.sentence == (
        "It has slipped twice, by 92 days: first agreed for 30 September 2008, expected on 31 December 2008."
    )
    while workspace.undo_label:
        workspace.undo()
    assert workspace.read(monitored.moves) == {}


def test_a_date_that_is_said_for_the_first_time_or_is_the_same_does_not_move(workspace: Workspace) -> None:
    key = first_activity(workspace)
    workspace.edit("set it", delivery.set_cells, [(key, "forecast", DAYS[1])])
    workspace.edit("set it", delivery.set_cells, [(key, "due", DAYS[1]), (key, "forecast", None)])
    workspace.edit("set it", delivery.set_cells, [(key, "forecast", DAYS[1])])
    assert moves_told(workspace, key) == []
    workspace.edit("take it away", delivery.set_cells, [(key, "due", None), (key, "forecast", None)])
    assert moves_told(workspace, key) == [("due", DAYS[1], None, ""), ("forecast", DAYS[1], None, "")]


@pytest.mark.parametrize("name", ["due", "forecast"])
def test_a_date_taken_away_and_said_anew_has_moved(workspace: Workspace, name: str) -> None:
    """Nobody slips in two steps for which no reason is asked."""
    key = first_activity(workspace)
    for day in (DAYS[0], None):
        workspace.edit("set it, and take it away", delivery.set_cells, [(key, "due", day)])
    with pytest.raises(RuleBroken, match="30 September 2008, moves to 31 December 2008"):
        workspace.edit("say it anew", delivery.set_cells, [(key, name, DAYS[2])])
    workspace.edit("say it anew", delivery.set_cells, [(key, name, DAYS[2])], reason="Agreed so")
    assert moves_told(workspace, key) == [("due", DAYS[0], None, ""), (name, DAYS[0], DAYS[2], "Agreed so")]


def test_milestones_move_by_the_same_rule_and_their_moves_go_with_them(workspace: Workspace) -> None:
    step = workspace.read(queries.milestones)[0]
    workspace.edit("move it", delivery.set_milestones, [(step.key, "forecast", LastDay.of(DAYS[2], "quarter"))])
    with pytest.raises(RuleBroken, match=r"First step of 1\.01"):
        workspace.edit("move it", delivery.set_milestone, step.key, due=DAYS[3])
    cells = [(step.key, "due", DAYS[3]), (step.key, "moved_why", "No room")]
    workspace.edit("move it", delivery.set_milestones, cells)
    assert moves_told(workspace, step.key) == [
        ("forecast", step.due, DAYS[2], ""),
        ("due", step.due, DAYS[3], "No room"),
    ]
    second = workspace.read(monitored.moves)[step.key][1]
    with pytest.raises(RuleBroken, match="Say why it was moved"):
        workspace.edit("say nothing", date_moves.give_reason, second.key, " ")
    workspace.edit("say it better", date_moves.give_reason, second.key, "No room was free")
    workspace.edit("approve", date_moves.approve, [second.key], "The board")
    last = workspace.read(monitored.moves)[step.key][1]
    assert (last.reason, last.approved_by, last.days) == ("No room was free", "The board", (DAYS[3] - step.due).days)  # type: ignore[operator]
    assert workspace.read(date_moves.moves_of, Milestone, [(step.key, "due", "as soon as may be")]) == []
    workspace.edit("remove it", delivery.remove_milestones, [step.key])
    assert workspace.read(monitored.moves) == {}
    workspace.undo()
    assert len(workspace.read(monitored.moves)[step.key]) == 2


def test_slippage_counts_what_was_expected_not_what_was_agreed_to() -> None:
    class Moved:
        def __init__(self, which: str, was: date, now: date | None) -> None:
            self.which, self.was, self.now = which, was, now

    told = [Moved("forecast", DAYS[0], DAYS[1]), Moved("due", DAYS[0], DAYS[1]), Moved("forecast", DAYS[1], None)]
    assert slippage(DAYS[1], None, told).times == 1
    back = [*told[:1], Moved("forecast", DAYS[1], DAYS[0]), Moved("forecast", DAYS[0], DAYS[1])]
    assert slippage(DAYS[0], DAYS[1], back).times == 2
    assert slippage(DAYS[1], None, [], DAYS[2]).sentence.startswith("It is expected late, by 61 days")
    assert slippage(DAYS[1], None, []).sentence == ""
    assert slippage(None, None, [Moved("forecast", DAYS[0], DAYS[1])]).sentence == "It has slipped once."
