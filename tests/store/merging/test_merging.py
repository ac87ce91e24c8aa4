"""Copies merged: what is refused, what is undone, what a third copy knows, what is removed for good."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from spp_desktop.edits import rows
from spp_desktop.edits.delivery import set_owners
from spp_desktop.plan.results import Result
from spp_desktop.store import checking, conflicts, expunging
from spp_desktop.store.merging import record
from spp_desktop.store.merging.guarding import guarded
from spp_desktop.store.merging.items import MergeRefused
from spp_desktop.store.problems import UndoRefused
from spp_desktop.store.struck import StruckWord
from spp_desktop.store.workspace import Workspace
from tests.store.conftest import sql
from tests.store.merging import copies
from tests.store.test_second_copy import everything


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    path = tmp_path_factory.mktemp("merging") / "begun.plan"
    return path, copies.begin(path)


@pytest.fixture
def keys(begun: tuple[Path, dict[str, str]]) -> dict[str, str]:
    return begun[1]


@pytest.fixture
def plans(begun: tuple[Path, dict[str, str]], tmp_path: Path) -> Iterator[dict[str, Workspace]]:
    made = {}
    for name in "abc":
        shutil.copyfile(begun[0], tmp_path / f"{name}.plan")
        made[name] = Workspace.open(tmp_path / f"{name}.plan")
    yield made
    for plan in made.values():
        plan.close()


def test_a_decision_travels_and_is_not_asked_again(plans: dict[str, Workspace], keys: dict[str, str]) -> None:
    a, b, c = plans.values()
    for name, plan in plans.items():
        copies.set_cells(plan, "activity", keys["a1"], text=name)
    assert len(copies.merge(a, b, "ours").asked) == 1  # a's words stand against b's
    assert not copies.merge(b, a, "").asked
    assert copies.cell(b, "activity", keys["a1"], "text") == "a"
    assert len(copies.merge(c, b, "theirs").asked) == 1  # c's own words were not known to either
    for ours, theirs in ((a, c), (b, c), (c, a)):
        assert not copies.merge(ours, theirs, "").asked
    assert copies.content(a) == copies.content(b) == copies.content(c)


def test_the_second_copy_of_an_open_plan_knows_what_a_merge_brought(
    plans: dict[str, Workspace], keys: dict[str, str]
) -> None:
    a, b, _ = plans.values()
    copies.set_cells(a, "activity", keys["a1"], text="a")
    copies.set_cells(b, "activity", keys["a2"], text="b")
    copies.merge(a, b, "")
    second = a._second.connection()
    assert second is not None
    assert everything(second) == everything(a._raw)
    assert record.brought(second)


def test_two_contrary_decisions_are_asked(plans: dict[str, Workspace], keys: dict[str, str]) -> None:
    a, b, _ = plans.values()
    copies.set_cells(a, "activity", keys["a1"], text="a")
    copies.set_cells(b, "activity", keys["a1"], text="b")
    with copies.copy_of(a.path, "a then.plan") as then:
        copies.merge(a, b, "ours")
        copies.merge(b, then, "ours")
        assert [item.theirs for item in copies.compared(a, b).asked] == [{"text": "b"}]


def test_an_undone_merge_is_as_if_it_had_never_been(plans: dict[str, Workspace], keys: dict[str, str]) -> None:
    a, b, _ = plans.values()
    copies.set_cells(b, "activity", keys["a1"], text="b")
    before = copies.content(a)
    copies.merge(a, b)
    a.undo()
    assert copies.content(a) == before
    assert copies.compared(a, b).counts.changed == 1
    assert not copies.compared(b, a).clean  # what was undone is no change of a's
    copies.merge(a, b)
    assert copies.content(a) == copies.content(b)
    a.undo()
    a.redo()
    assert copies.compared(a, b).is_nothing


def test_what_is_clear_comes_in_alone_and_the_rest_is_asked_again(
    plans: dict[str, Workspace], keys: dict[str, str]
) -> None:
    a, b, c = plans.values()
    copies.set_cells(a, "activity", keys["a1"], text="a")
    copies.set_cells(b, "activity", keys["a1"], text="b")
    copies.set_cells(b, "activity", keys["a2"], text="clear")
    copies.merge(a, b, "")
    assert (copies.cell(a, "activity", keys["a1"], "text"), a.history()[0].kind) == ("a", "import")
    assert copies.cell(a, "activity", keys["a2"], "text") == "clear"
    copies.set_cells(b, "activity", keys["a2"], text="later")  # what a took over from b is no conflict with b's own
    merge = copies.compared(a, b)
    assert ([item.key for item in merge.asked], [item.key for item in merge.clean]) == ([keys["a1"]], [keys["a2"]])
    step = a.revision()
    copies.merge(a, plans["b"], "")
    copies.merge(a, b, "")
    assert a.history()[1].id == step  # the second time there was nothing clear left
    assert len(copies.merge(c, a).asked) == 0
    assert [item.theirs for item in copies.compared(c, b).asked] == [{"text": "b"}]  # nobody's words were lost
    copies.merge(b, a, "theirs")
    assert copies.cell(b, "activity", keys["a1"], "text") == "a"
    assert not copies.merge(a, b, "").asked
    assert copies.compared(b, a).is_nothing
    copies.set_cells(a, "activity", keys["a1"], text="a2")
    copies.set_cells(b, "activity", keys["a1"], text="b2")
    merge = copies.compared(a, b)
    with pytest.raises(MergeRefused, match="not decided"):
        _take(a, merge)


def test_another_plan_and_one_begun_apart_are_refused(plans: dict[str, Workspace], tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "other.plan", "Other", 2008) as other:
        with pytest.raises(MergeRefused, match="is another plan"):
            copies.compared(plans["a"], other)
        key = copies.raw_of(plans["a"]).execute("SELECT id FROM plan").fetchone()[0]
        own = copies.raw_of(other).execute("SELECT id FROM plan").fetchone()[0]
        other.edit("be another", sql, f"UPDATE plan SET id = '{key}' WHERE id = '{own}'")
        with pytest.raises(MergeRefused, match="no step in common"):
            copies.compared(plans["a"], other)


def tampered(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            raw.execute(f'DROP TRIGGER "{name}"')
        for statement in statements:
            raw.execute(statement)


def test_a_copy_that_was_written_anew_is_refused(plans: dict[str, Workspace], keys: dict[str, str]) -> None:
    a, b, _ = plans.values()
    copies.set_cells(b, "activity", keys["a1"], text="b")
    tampered(b.path, "UPDATE change SET after = 'forged' WHERE after = 'b'")
    with pytest.raises(MergeRefused, match="its seal does not fit"):
        copies.compared(a, b)
    tampered(b.path, "UPDATE revision SET hash = 'f' WHERE n = 1")
    with pytest.raises(MergeRefused, match="tell the same step in two ways"):
        copies.compared(a, b)


def test_a_file_says_if_what_came_along_was_tampered_with(plans: dict[str, Workspace], keys: dict[str, str]) -> None:
    a, b, _ = plans.values()
    copies.set_cells(b, "activity", keys["a1"], text="b")
    copies.merge(a, b)
    assert checking.check_file(a.path).ok
    tampered(a.path, "UPDATE merged_change SET after = 'forged' WHERE after = 'b'", "DELETE FROM merged_revision")
    lines = " ".join(checking.check_file(a.path).lines)
    assert "of another copy that belong to no step that a merge brought along" in lines


def test_a_word_removed_for_good_is_gone_from_what_came_along(
    plans: dict[str, Workspace], keys: dict[str, str]
) -> None:
    a, b, c = plans.values()
    copies.set_cells(a, "activity", keys["a1"], text="mine")
    copies.set_cells(b, "activity", keys["a1"], text="ask Quillfeather")
    copies.set_cells(b, "activity", keys["a2"], text="Quillfeather again")
    copies.merge(a, b, "ours")
    copies.set_cells(a, "activity", keys["a2"], text="nobody")
    word = StruckWord("Quillfeather")
    stood = expunging.expunge(a, word, "a name of no office")
    assert stood.changes
    a.close()
    assert b"quillfeather" not in a.path.read_bytes().lower()
    report = checking.check_file(a.path)
    assert report.ok, report.lines
    again = Workspace.open(a.path)
    with pytest.raises(MergeRefused, match="a word was removed for good"):
        copies.compared(again, b)
    assert not copies.merge(c, again).asked
    again.close()


def test_an_undo_of_what_has_changed_since_a_merge_is_refused(
    plans: dict[str, Workspace], keys: dict[str, str]
) -> None:
    a, b, _ = plans.values()
    copies.set_cells(b, "activity", keys["a1"], text="b")
    copies.merge(a, b)
    step = a.revision()
    copies.set_cells(a, "activity", keys["a1"], text="a since")
    with pytest.raises(UndoRefused):
        a.revert(step)


def test_a_plan_that_changed_since_is_not_merged_into(plans: dict[str, Workspace], keys: dict[str, str]) -> None:
    a, b, _ = plans.values()
    copies.set_cells(b, "activity", keys["a1"], text="b")
    merge = copies.compared(a, b)
    copies.set_cells(a, "activity", keys["a2"], text="since")
    with pytest.raises(MergeRefused, match="has changed since"):
        _take(a, merge)


def test_a_restatement_of_a_closed_year_waits_until_it_is_opened(
    plans: dict[str, Workspace], keys: dict[str, str]
) -> None:
    a, b, c = plans.values()
    values = {"indicator_id": keys["i1"], "period_from": "2008-04-01", "period_to": "2008-04-30"}

    def filled(session: Session) -> str:
        return rows.add(session, Result, **values, value=10)

    key = a.edit("fill", filled)
    copies.merge(b, a)
    copies.merge(c, a)
    b.edit("restate", sql, "UPDATE result SET value = 12")
    a.edit("close", sql, "INSERT INTO closed_year VALUES ('" + "y" * 36 + "', 2008, 'closed', '2009-05-01', 'me', '')")
    merge = guarded(copies.raw_of(a), copies.compared(a, b))
    assert [(item.table, item.theirs) for item in merge.waiting] == [("result", {"value": 12.0})]
    assert not merge.clean
    _take(a, merge)
    a.undo()  # it is undone and made again: what waits is not forgotten
    _take(a, guarded(copies.raw_of(a), copies.compared(a, b)))
    assert copies.cell(a, "result", key, "value") == 10
    step = a.revision()
    _take(a, guarded(copies.raw_of(a), copies.compared(a, b)))
    assert a.revision() == step  # it waits already
    copies.merge(c, a)
    assert (
        copies.cell(c, "result", key, "value") == 12
    )  # where nothing is closed, it is no restatement of a closed year
    reopen = "UPDATE closed_year SET state = 'reopened', reason = 'a late figure'"
    a.edit("reopen", sql, reopen)
    _take(a, guarded(copies.raw_of(a), copies.compared(a, b)))
    assert copies.cell(a, "result", key, "value") == 12


def test_what_is_removed_in_the_copy_waits_with_what_of_it_is_of_a_closed_year(
    plans: dict[str, Workspace], keys: dict[str, str]
) -> None:
    a, b, _ = plans.values()
    values: dict[str, Any] = {"indicator_id": keys["i1"], "period_from": "2008-04-01", "period_to": "2008-04-30"}
    a.edit("fill", rows.add, Result, **values, value=10, state="provisional")
    copies.merge(b, a)
    copies.remove(b, "indicator", keys["i1"])
    copies.set_cells(b, "priority", keys["two"], title="b")
    a.edit("close", sql, f"INSERT INTO closed_year VALUES ('{'y' * 36}', 2008, 'closed', '2009-05-01', 'me', '')")
    merge = guarded(copies.raw_of(a), copies.compared(a, b))
    assert {"indicator", "result"} <= {item.table for item in merge.waiting}
    _take(a, merge)
    assert copies.cell(a, "priority", keys["two"], "title") == "b"
    assert copies.there(a, "indicator", keys["i1"])


def _take(plan: Workspace, merge: Any) -> None:
    from spp_desktop.store.merging.applying import take_in

    def taken(session: Session) -> None:
        take_in(session.connection().connection.driver_connection, merge, {})  # type: ignore[arg-type]

    plan.edit("merge", taken, as_kind="merged")


def test_the_lead_of_an_activity_is_one(plans: dict[str, Workspace], keys: dict[str, str]) -> None:
    a, b, c = plans.values()
    for plan, post in ((a, "p1"), (b, "p2")):
        plan.edit("own", set_owners, keys["a1"], [keys[post], keys["p3"]])
    merge = copies.merge(a, b, "theirs")
    assert [item.question for item in merge.asked] == ["two lead"]
    owners = {row["post_id"]: row["role"] for row in copies.content(a)["activity_owner"].values()}
    assert owners == {keys["p1"]: "joint", keys["p2"]: "lead", keys["p3"]: "joint"}  # p3, made twice, is one
    copies.merge(b, a)
    assert copies.content(a) == copies.content(b)
    assert copies.compared(a, b).is_nothing
    del c


def test_the_steps_of_the_copy_come_along_with_their_authors(plans: dict[str, Workspace], keys: dict[str, str]) -> None:
    a, b, _ = plans.values()
    copies.set_cells(b, "activity", keys["a1"], text="b")
    copies.merge(a, b)
    (came,) = a.read_beside(record.brought)
    assert came.step._replace(n=0) == b.history()[0]._replace(n=0)
    assert came.merge == a.history()[0].n
    marks = copies.raw_of(a).execute("SELECT row_id, before FROM change WHERE action = 'merged'").fetchall()
    assert marks == [(b.history()[0].id, b.history()[0].hash)]


def test_a_year_closed_in_the_copy_comes_with_what_was_changed_in_it_before(
    plans: dict[str, Workspace], keys: dict[str, str]
) -> None:
    a, b, _ = plans.values()
    values = f"'{keys['i1']}', NULL, '', '2008-04-01', '2008-04-30', 5, NULL, NULL, NULL, 1, 'final'"
    columns = "id, indicator_id, area_id, population, period_from, period_to, value, numerator, denominator, "
    into = f"INSERT INTO result ({columns}sample_size, design_effect, state)"
    b.edit("enter", sql, f"{into} VALUES ('{'r' * 36}', {values})")
    copies.set_cells(b, "activity", keys["a1"], text="b")
    b.edit("close", sql, f"INSERT INTO closed_year VALUES ('{'y' * 36}', 2008, 'closed', '2009-05-01', 'me', '')")
    merge = guarded(copies.raw_of(a), copies.compared(a, b))
    assert (len(merge.waiting), merge.counts.new) == (0, 2)
    _take(a, merge)
    assert copies.content(a) == copies.content(b)


def test_one_import_on_both_sides_is_no_question(plans: dict[str, Workspace], keys: dict[str, str]) -> None:
    a, b, c = plans.values()
    for letter, plan in zip("pqr", (a, b, c), strict=True):
        values = f"'{keys['i1']}', NULL, '', '2008-05-01', '2008-05-31', 7, NULL, NULL, NULL, 1, 'final'"
        plan.edit("import", sql, f"INSERT INTO result SELECT '{letter * 36}', {values}")
    for ours, theirs in ((a, b), (c, a), (b, c), (a, c), (c, b)):
        assert not copies.merge(ours, theirs, "").asked
    assert copies.content(a) == copies.content(b) == copies.content(c)
    assert list(copies.content(a)["result"]) == ["p" * 36]
    copies.merge(b, a)
    assert copies.compared(a, b).is_nothing


def test_a_copy_beside_the_plan_is_no_conflict_once_it_is_merged(
    plans: dict[str, Workspace], keys: dict[str, str]
) -> None:
    a, b, _ = plans.values()
    copies.set_cells(b, "activity", keys["a1"], text="b")
    target = a.path.with_name("a (conflicted copy).plan")
    b.save_copy(target)
    seen = conflicts.OtherCopies(a.path)
    assert "It holds 1 step" in " ".join(seen.compare(copies.raw_of(a), seen.look()))
    copies.merge(a, b)
    again = conflicts.OtherCopies(a.path)
    assert again.compare(copies.raw_of(a), again.look()) == []


@pytest.mark.parametrize("decide", ["ours", "theirs"])
@pytest.mark.parametrize("again", ["a", "b"])
def test_an_owner_removed_and_made_again_there_and_changed_here_is_one_question(
    plans: dict[str, Workspace], keys: dict[str, str], decide: str, again: str
) -> None:
    a, b, c = plans.values()
    c.edit("own", set_owners, keys["a1"], [keys["p1"], keys["p2"]])
    for plan in (a, b):
        copies.merge(plan, c)
    other = "b" if again == "a" else "a"
    plans[again].edit("own", set_owners, keys["a1"], [])
    plans[again].edit("own", set_owners, keys["a1"], [keys["p1"]])
    plans[other].edit("own", set_owners, keys["a1"], [keys["p2"], keys["p1"]])
    of_p1 = [item for item in copies.merge(a, b, decide).asked if keys["p1"] in str((item.theirs, item.ours))]
    assert [item.question for item in of_p1] == ["both gave it"]
    assert not copies.merge(b, a, "").asked
    assert copies.content(a) == copies.content(b)
    assert copies.compared(a, b).is_nothing


@pytest.mark.parametrize(("decide", "refs"), [("ours", {"1.01"}), ("theirs", {"1.01", "1.04"})])
def test_a_removed_activity_comes_back_under_the_next_reference_where_its_own_is_given_since(
    plans: dict[str, Workspace], keys: dict[str, str], decide: str, refs: set[str]
) -> None:
    a, b, _ = plans.values()
    copies.remove(a, "activity", keys["a1"])
    copies.add(a, "activity", year=2008, ref="1.01", priority_id=keys["one"], text="another")
    copies.set_cells(b, "activity", keys["a1"], ref="1.09")
    copies.set_cells(b, "activity", keys["a1"], ref="1.01", text="b")
    assert [item.question for item in copies.merge(a, b, decide).asked] == ["removed here"]
    assert {row["ref"] for row in copies.content(a)["activity"].values()} == {"1.02", "1.03", *refs}
    assert not copies.merge(b, a, "").asked
    assert copies.content(a) == copies.content(b)
    assert copies.compared(a, b).is_nothing
