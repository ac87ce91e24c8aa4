"""A plan as it stood at a moment: it reads like any plan, says so wherever it is named, and cannot be changed."""

from pathlib import Path

import pytest

from spp_desktop.edits import priorities, registers, rows
from spp_desktop.plan import spoken
from spp_desktop.plan.levels import Level
from spp_desktop.store import as_at, checking, conflicts, dump, exports, heads, moments, queries, receipts
from spp_desktop.store.exports import Export
from spp_desktop.store.problems import NotKept
from spp_desktop.store.receipts import Decision, Receipt
from spp_desktop.store.state_differences import DifferenceWords, compare
from spp_desktop.store.workspace import Workspace


def then_of(workspace: Workspace, revision: str) -> as_at.PastWorkspace:
    return as_at.opened(workspace, workspace.read_beside(moments.read_moment, revision))


def exported(workspace: Workspace, key: str) -> None:
    export = Export(key, workspace.revision(), "status", "", 2008, 1, f"{key}.xlsx", "h", "2008-10-01", "me")
    workspace.write_beside(exports.record, export)


def test_it_reads_as_the_plan_did_and_says_so(workspace: Workspace) -> None:
    exported(workspace, "before")
    before, at = workspace.read(dump.content), workspace.revision()
    (first, *_) = workspace.read(queries.priority_tree)
    workspace.edit("remove", priorities.remove_priority, first.key)
    exported(workspace, "after")
    newest = workspace.read_beside(lambda raw: raw.execute("SELECT max(n) FROM revision").fetchone())
    assert as_at.moment_of(workspace) is None
    with then_of(workspace, at) as then:
        assert as_at.moment_of(then) == then.moment
        assert then.read(dump.content) == before
        assert (then.revision(), then.history()[0].id) == (at, at)
        plan = then.read(queries.plan)
        assert plan.title.startswith("As at ")
        assert plan.title.endswith(f": {before['plan']['title']}")
        assert plan.today() == then.moment.day
        assert (then.undo_label, then.redo_label, then.read_only, then.holder) == (None, None, True, None)
        assert "1 step has been made since" in then.notices[0]
        assert then.path.parent == workspace.path.parent
        assert "as at" in then.path.stem
        assert not then.path.exists()
        assert not then.look()
        assert not then.can_bring_back
        for change in (
            lambda: then.edit("retitle", registers.set_plan, title="x"), then.undo, lambda: then.back_up("no"),
            lambda: exported(then, "x"),
        ):  # fmt: skip
            with pytest.raises(NotKept, match="You see"):
                change()
    assert workspace.read_beside(lambda raw: raw.execute("SELECT max(n) FROM revision").fetchone()) == newest
    assert {each.id for each in workspace.read_beside(exports.every)} == {"before", "after"}
    assert workspace.undo() is not None


def test_what_is_kept_beside_the_plan_is_as_it_was(workspace: Workspace) -> None:
    exported(workspace, "before")
    at = workspace.read_beside(lambda raw: raw.execute("SELECT id FROM revision ORDER BY n DESC").fetchone())[0]
    exported(workspace, "after")
    with then_of(workspace, at) as then:
        assert [each.id for each in then.read_beside(exports.every)] == ["before"]


def test_what_was_decided_about_files_is_as_it_was(workspace: Workspace) -> None:
    came = Receipt("r1", "{}", "", "back.xlsx", "h", "a sender", "2008-10-01", "me")
    workspace.write_beside(receipts.add, came, b"[]")
    decided = [
        Decision("r1", name, "accept", "", name, "2008-10-02", "me") for name in ("kept", "altered", "taken back")
    ]
    workspace.write_beside(receipts.decide, decided)
    moment = workspace.read_beside(moments.now)
    before = workspace.read_beside(receipts.decisions, "r1")
    workspace.write_beside(receipts.undecide, "r1", ["taken back"])
    workspace.write_beside(receipts.decide, [Decision("r1", "altered", "reject", "", "", "2008-10-03", "me")])
    workspace.write_beside(receipts.set_sender, "r1", "another")
    with as_at.opened(workspace, moment) as then:
        assert then.read_beside(receipts.decisions, "r1") == before
        assert [each.sender for each in then.read_beside(receipts.every)] == ["a sender"]
        assert then.read_beside(receipts.content, "r1") == workspace.read_beside(receipts.content, "r1")


def test_it_accuses_nobody(workspace: Workspace, tmp_path: Path) -> None:
    at = workspace.revision()
    workspace.edit("retitle", registers.set_plan, title="Other")
    with then_of(workspace, at) as then:
        then.save_copy(tmp_path / "copy.plan")
        assert not heads.remembered(then.path)
    assert not heads.remembered(then.path)
    assert checking.check_file(tmp_path / "copy.plan").ok
    assert checking.check_file(workspace.path, against=[tmp_path / "copy.plan"]).ok
    assert not conflicts.OtherCopies(workspace.path).look()
    workspace.close()
    with Workspace.open(workspace.path) as again:
        assert not again.notices


def test_the_program_speaks_as_the_plan_said_then(workspace: Workspace) -> None:
    at = workspace.revision()
    level = workspace.read(queries.register, Level)[0]
    workspace.edit("call it otherwise", rows.change, Level, level.id, title="Outcome", plural="Outcomes")
    now = spoken.spoken()
    with then_of(workspace, at):
        assert spoken.spoken() != now
    assert spoken.spoken() == now
    then = then_of(workspace, at)
    workspace.close()
    then.close()


def test_differences_are_told_in_words_and_make_one_state_the_other(workspace: Workspace) -> None:
    at = workspace.revision()
    (first, second, *_) = workspace.read(queries.priority_tree)
    workspace.edit("rename", priorities.set_priority, first.key, title="Safer streets")
    workspace.edit("remove", priorities.remove_priority, second.key)
    with then_of(workspace, at) as then:
        found = workspace.read_beside(lambda now: then.read_beside(compare, now))
        words = workspace.read_beside(lambda now: then.read_beside(DifferenceWords, now))
        changed = next(each for each in found if each.fate == "changed")
        assert words.name(changed) == "priority Safer streets"
        (line,) = words.of(changed)
        assert (line.before, line.after) == (first.text, "Safer streets")
        gone = next(each for each in found if each.key == second.key)
        assert (gone.fate, words.name(gone)) == ("removed", f"priority {second.text}")
        assert not workspace.read_beside(lambda now: compare(now, now))
