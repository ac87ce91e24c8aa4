"""The life of a row, how it stood, the moments that are offered, and what is otherwise in another state."""

from datetime import date

import pytest

from spp_desktop.store import as_at, clock, history, locks, moments, moments_offered, row_life, step_places
from spp_desktop.store.state_differences import cells_otherwise
from spp_desktop.store.workspace import Workspace
from tests.store.conftest import sql

OWNER = "(SELECT id FROM activity WHERE ref = '1.01')"


@pytest.fixture
def told(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """The small plan after three more steps, in August, September and November of 2008."""
    for at, author, statement in (
        ("2008-08-12", "amy", "UPDATE activity SET text = 'Ask' WHERE ref = '1.01'"),
        ("2008-09-20", "amy", "UPDATE milestone SET title = 'Asked' WHERE title LIKE '%1.01'"),
        ("2008-11-03", "ben", "UPDATE activity SET text = 'Tell' WHERE ref = '1.01'"),
        ("2008-11-04", "ben", f"UPDATE activity_owner SET post_id = (SELECT id FROM post WHERE title = 'ACC Security') "
                              f"WHERE activity_id = {OWNER}"),
        ("2008-11-05", "ben", f"DELETE FROM milestone WHERE activity_id = {OWNER}"),
        ("2008-11-06", "ben", "DELETE FROM activity WHERE ref = '2.01'"),
    ):  # fmt: skip
        monkeypatch.setattr(clock, "now", lambda at=at: f"{at}T12:00:00+00:00")
        monkeypatch.setattr(locks, "author", lambda author=author: author)
        workspace.edit("change", sql, statement)
    return workspace


def key_of(plan: Workspace, ref: str) -> str:
    return str(plan.read_beside(lambda raw: raw.execute("SELECT id FROM activity WHERE ref = ?", (ref,)).fetchone()[0]))


def test_ends_of_periods_and_days_with_steps_are_offered(told: Workspace) -> None:
    offered = {each.day: each.what for each in told.read_beside(moments_offered.offered) if each.day.year == 2008}
    assert offered[date(2008, 9, 30)] == "end of Q2 2008-2009"
    assert offered[date(2008, 8, 31)] == "end of August 2008"
    assert date(2008, 10, 31) not in offered  # nothing was done in that month
    assert offered[date(2008, 11, 3)] == "1 step that day"


def test_submissions_and_periods_of_the_plan_are_offered(told: Workspace) -> None:
    at = told.history()[2].id
    sent_out = (
        "id, number, return_id, title, often, period, prepared_by, checked_by, signed_by, sent_on, sent_by, revision"
    )
    values = f"'{'s' * 36}', 4, 'status', 'Status', '', '', '', '', '', '2008-11-05', '', '{at}', '', '', ''"
    told.edit("send", sql, f"INSERT INTO submission ({sent_out}, file_name, file_hash, note) VALUES ({values})")
    offered = told.read_beside(moments_offered.offered)
    (sent,) = [each for each in offered if each.what.startswith("submission")]
    assert sent.what == "submission 4: Status"
    assert told.read_beside(sent.moment).last.id == at
    assert told.read_beside(moments_offered.typed, "no day at all") is None
    typed = told.read_beside(moments_offered.typed, "2008-10-01")
    assert typed is not None
    assert (typed.day, typed.step) == (date(2008, 10, 1), "")


def test_a_row_then_and_now_with_who_changed_it(told: Workspace) -> None:
    key = key_of(told, "1.01")
    moment = told.read_beside(moments.of_day, date(2008, 9, 30))
    then = told.read_beside(as_at.rows_then, moment.last.n)
    cells = told.read_beside(row_life.then_and_now, then, key, moment.last.n)
    then.close()
    differing = {(cell.row, cell.cell): cell for cell in cells if cell.differs}
    text = differing["activity 1.01", "activity"]
    assert (text.then, text.now, text.since and text.since.author) == ("Ask", "Tell", "ben")
    assert ("milestone “Asked” of 1.01", "milestone") in differing
    assert ("ACC Crime", "ACC Security") in {(cell.then, cell.now) for cell in differing.values()}
    same = [cell for cell in cells if not cell.differs]
    assert {"reference", "year"} <= {cell.cell for cell in same}
    assert all(cell.since is None for cell in same)
    lines = told.read_beside(row_life.life, key)
    assert [each.change.after for each in lines if each.change.row == "activity 1.01"][:2] == ["Tell", "Ask"]


def test_cells_that_are_otherwise_are_told_where_they_are_shown(told: Workspace) -> None:
    moment = told.read_beside(moments.of_day, date(2008, 9, 30))
    then = told.read_beside(as_at.rows_then, moment.last.n)
    gone = then.execute("SELECT id FROM activity WHERE ref = '2.01'").fetchone()[0]
    cells = told.read_beside(lambda now: cells_otherwise(then, now))
    then.close()
    key = key_of(told, "1.01")
    assert cells[key, "text"] == "Tell"
    assert cells[key, "owners"] == "other posts"
    assert cells[gone, "ref"] == "gone"


def test_a_row_has_a_place_on_a_page(told: Workspace) -> None:
    key = told.read_beside(lambda raw: raw.execute("SELECT id FROM milestone LIMIT 1").fetchone()[0])
    place = told.read_beside(step_places.place_of_row, "milestone", key, ["activity"])
    assert place is not None
    assert place.kind == "activity"
    tables = told.read_beside(history.tables_of_revisions)
    assert tables[max(tables)][0] in ("activity", "activity_owner", "milestone")


def test_of_a_plan_that_was_begun_today_the_steps_are_offered(workspace: Workspace) -> None:
    before = workspace.read_beside(moments_offered.offered)
    for text in ("Tell", "Ask"):
        workspace.edit(text.lower(), sql, f"UPDATE activity SET text = '{text}' WHERE ref = '1.01'")
    offered = workspace.read_beside(moments_offered.offered)
    assert len(offered) == len(before) + 2
    tell = next(each for each in offered if each.what.endswith(": tell"))
    assert workspace.read_beside(tell.moment).last.label == "tell"
    assert not any(each.what.endswith(": ask") for each in offered), "behind the last step the plan is as it is now"
