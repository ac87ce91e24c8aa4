"""Editions: what is frozen when one is issued, what its record may still take up, and what leaves with it."""

from datetime import date
from pathlib import Path

import pytest

from spp_desktop.edits import editions as issuing
from spp_desktop.edits import registers, restoring, rows, submissions, versions
from spp_desktop.edits.editions import NewEdition
from spp_desktop.edits.submissions import About, SentFile
from spp_desktop.plan.editions import StateOfPlan
from spp_desktop.plan.posts import Post
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import as_at, checking, editions, queries, states
from spp_desktop.store.workspace import Workspace

DAY = date(2008, 3, 31)


def issue(plan: Workspace, on: date = DAY, by: str = "Police authority", **of_it: object) -> int:
    return plan.edit("issue an edition", issuing.issue, NewEdition(on, by, **of_it))  # type: ignore[arg-type]


def test_an_edition_is_numbered_and_stands_as_of_the_step_before(workspace: Workspace) -> None:
    before, own = workspace.revision(), workspace.read(queries.plan)
    assert issuing.next_number(workspace) == issue(workspace, approved_by="Full board", note="Three copies") == 1
    assert issue(workspace, title=" The plan as varied ") == 2
    first, second = workspace.read(editions.editions)
    assert (first.title, first.revision, first.first_year, first.years) == (
        "Edition 1", before, own.first_year, own.years,
    )  # fmt: skip
    assert (first.issued_on, first.issued_by, first.approved_by, first.note) == (
        DAY, "Police authority", "Full board", "Three copies",
    )  # fmt: skip
    assert (second.title, second) == ("The plan as varied", workspace.read(editions.last_edition))
    assert workspace.read(editions.edition_numbered, 1) == first
    assert checking.check_file(workspace.path).ok


def test_an_edition_names_who_issues_it_and_a_step_that_is_there(workspace: Workspace) -> None:
    with pytest.raises(RuleBroken, match="Say who issues the edition"):
        issue(workspace, by=" ")
    with pytest.raises(RuleBroken, match="no step as of which"):
        issue(workspace, revision="0" * 36)
    assert workspace.read(editions.editions) == []
    assert workspace.read(editions.last_edition) is None


def test_a_number_is_not_given_again(workspace: Workspace) -> None:
    issue(workspace)
    workspace.undo()
    assert workspace.read(editions.editions) == []
    assert issue(workspace) == 2


def test_an_edition_of_which_nothing_has_changed_is_told_of(workspace: Workspace) -> None:
    assert issuing.nothing_new(workspace) == ""
    issue(workspace)
    issue(workspace)
    assert issuing.nothing_new(workspace) == ("Nothing of the plan has changed since edition 2, issued on 31 Mar 2008.")
    workspace.edit("retitle", registers.set_plan, title="Other")
    assert issuing.nothing_new(workspace) == ""
    workspace.undo()
    assert issuing.nothing_new(workspace)


def test_files_leave_with_an_edition_and_its_record_may_grow(workspace: Workspace, tmp_path: Path) -> None:
    document, table = tmp_path / "plan.pdf", tmp_path / "targets.csv"
    document.write_bytes(b"plan")
    table.write_bytes(b"targets")
    left = [issuing.leaving(document, document="plan", title="The plan")]
    issue(workspace, files=left)
    (edition,) = workspace.read(editions.editions)
    workspace.edit("add", issuing.add_file, edition.key, issuing.leaving(table, "data"))
    known = workspace.read(editions.files, edition.key)
    assert [(each.left_as, each.document, each.title, each.file_name, each.size) for each in known] == [
        ("document", "plan", "The plan", "plan.pdf", 4), ("data", "", "targets", "targets.csv", 7),
    ]  # fmt: skip
    assert known[0].file_hash == left[0].file_hash
    with pytest.raises(RuleBroken, match=r"targets\.csv is in the record of edition 1 already"):
        workspace.edit("add", issuing.add_file, edition.key, issuing.leaving(table, "data"))
    with pytest.raises(RuleBroken, match="no longer in the plan"):
        workspace.edit("add", issuing.add_file, "0" * 36, left[0])


def test_returns_that_were_sent_since_the_last_edition_leave_with_the_next(workspace: Workspace) -> None:
    about = About("performance-plan", "Performance plan", "yearly", 2008)

    def send(name: str, sha256: str) -> None:
        file = SentFile(name, sha256, workspace.revision())
        workspace.edit("send", submissions.send, about, DAY, "A. Clerk", file)

    send("first.xlsx", "1" * 64)
    send("", "")
    (first,) = issuing.returns_leaving(workspace)
    assert (first.left_as, first.document, first.title, first.file_name) == (
        "return", "performance-plan", "Submission 1: Performance plan, 2008-2009", "first.xlsx",
    )  # fmt: skip
    issue(workspace, files=[first])
    assert issuing.returns_leaving(workspace) == []
    send("second.xlsx", "2" * 64)
    assert [each.file_name for each in issuing.returns_leaving(workspace)] == ["second.xlsx"]


def test_editions_stay_when_the_plan_is_restored_as_it_was_before(workspace: Workspace, tmp_path: Path) -> None:
    before = workspace.revision()
    file = tmp_path / "plan.pdf"
    file.write_bytes(b"plan")
    workspace.edit("retitle", registers.set_plan, title="Other")
    post = workspace.edit("post", rows.add, Post, title="Clerk")
    state, *_ = known = workspace.read(queries.register, StateOfPlan)
    out = next(each for each in known if each.issues)
    assert issuing.version_issued(workspace) is None
    workspace.edit("move on", versions.move_on, state.id, DAY, "A. Clerk", post=post)
    assert issuing.version_issued(workspace) is None  # a draft is not out
    workspace.edit("move on", versions.move_on, out.id, DAY, "A. Clerk", post=post)
    version = issuing.version_issued(workspace)
    assert version is not None
    issue(workspace, files=[issuing.leaving(file)], version_id=version.key)
    with as_at.opened(workspace, states.moment_of(workspace, before)) as then:
        proposed = restoring.proposed(workspace, then)
    workspace.edit(proposed.label, restoring.restore, proposed)
    (edition,) = workspace.read(editions.editions)
    assert (edition.number, len(workspace.read(editions.files, edition.key))) == (1, 1)
    assert edition.version_id is not None
    assert workspace.read(queries.plan).title == "A small plan"
    with as_at.opened(workspace, states.moment_of(workspace, "edition 1")) as then:
        assert then.read(queries.plan).title.endswith("Other")
    assert checking.check_file(workspace.path).ok
