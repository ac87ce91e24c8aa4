"""The command that publishes a plan's tables."""

from pathlib import Path

from spp_desktop.cli import ASK, DONE, REFUSED
from spp_desktop.edits import registers, rows
from spp_desktop.plan.delivery import Activity
from spp_desktop.plan.markings import Marking
from spp_desktop.plan.posts import Post, PostHolder
from spp_desktop.returns.publication import checklist
from spp_desktop.store import exports, queries
from spp_desktop.store.workspace import Workspace
from tests.command_line import spp

STEM = "A small plan - tables 2008-11-03"


def test_all_forms_are_written_with_their_check(plan_path: Path, workspace: Workspace, tmp_path: Path) -> None:
    workspace.edit("say so", registers.set_plan, force="A force", illustrative="All of it is made up.")
    workspace.close()
    folder = tmp_path / "out"
    ended = spp("publish-tables", plan_path, folder, "--date", "2008-11-03", "--contact", "Planning")
    assert ended.status == DONE, ended.err
    made = {path.name for path in folder.iterdir()}
    assert made == {
        f"{STEM}.xlsx", f"{STEM}.ods", f"{STEM} - accessibility check.txt", "A small plan - data 2008-11-03"
    }  # fmt: skip
    data = {path.name for path in (folder / "A small plan - data 2008-11-03").iterdir()}
    assert data == {"delivery_plan.csv", "milestones.csv", "indicators.csv", "targets.csv", "csv-metadata.json"}
    assert f"{STEM}.ods: 31 of 31 rules passed, 0 failed, 2 for a person to check.\n" in ended.out
    metadata = (folder / "A small plan - data 2008-11-03" / "csv-metadata.json").read_text(encoding="utf-8")
    assert '"dc:rights": "Open Government Licence v3.0"' in metadata
    with Workspace.open(plan_path) as again:
        known = again.read_beside(exports.published)
        assert {each.file_name for each in known} == {path.name for path in folder.rglob("*.*") if path.is_file()}
        assert ({each.due for each in known}, again.read_beside(exports.every)) == ({"2008-11-03"}, [])


def test_what_is_there_is_replaced_only_when_that_is_said(
    plan_path: Path, workspace: Workspace, tmp_path: Path
) -> None:
    workspace.close()
    asked = (
        "publish-tables",
        plan_path,
        tmp_path,
        "--date",
        "2008-11-03",
        "--format",
        "ods",
        "--table",
        "delivery_plan",
    )
    assert spp(*asked).status == DONE
    before = (tmp_path / f"{STEM}.ods").read_bytes()
    ended = spp(*asked)
    assert ended.status == REFUSED
    assert ended.err.startswith("2 files of these names would be replaced")
    assert (tmp_path / f"{STEM}.ods").read_bytes() == before
    assert spp(*asked, "--overwrite").status == DONE


def test_what_can_be_chosen_is_listed_and_what_cannot_is_refused(
    plan_path: Path, workspace: Workspace, tmp_path: Path
) -> None:
    workspace.close()
    listed = spp("publish-tables", plan_path, tmp_path / "x", "--list").out
    assert listed.splitlines()[0] == "delivery-plan            Annual delivery plan"
    assert "post                     Posts (only with --all, or by its name)" in listed
    for option, value, sentence in (
        ("--format", "pdf", "There is no format called “pdf”. Choose from: xlsx, ods, csv."),
        ("--licence", "mit", "There is no licence called “mit”. Choose from: ogl-3, cc-by-4, none."),
        ("--table", "secrets", "The plan has no table called “secrets” that holds anything. It has: delivery-plan,"),
    ):
        ended = spp("publish-tables", plan_path, tmp_path / "x", option, value)
        assert ended.status == REFUSED
        assert ended.err.startswith(sentence)
    assert not (tmp_path / "x").exists()


def test_a_workbook_alone_says_that_the_preferred_form_is_missing(
    plan_path: Path, workspace: Workspace, tmp_path: Path
) -> None:
    workspace.close()
    ended = spp("publish-tables", plan_path, tmp_path, "--date", "2008-11-03", "--format", "xlsx", "--licence", "none")
    assert ended.status == ASK
    assert (
        ended.err
        == f"{STEM}.xlsx: P5 It is offered as .ods. Not so: {STEM}.xlsx: no .ods of the same name stands beside it\n"
    )
    assert [rule.number for rule in checklist.RULES if rule.words == "It is offered as .ods."] == ["P5"]


def test_people_and_addresses_are_published_only_where_they_are_asked_for(
    plan_path: Path, workspace: Workspace, tmp_path: Path
) -> None:
    post = next(row.id for row in workspace.read(queries.register, Post))
    workspace.edit("give an address", registers.change, Post, post, email="crime@force.example")
    workspace.edit("name a holder", registers.add, PostHolder, post_id=post, name="A. Example")
    workspace.close()
    asked = ("publish-tables", plan_path, tmp_path, "--date", "2008-11-03", "--format", "csv")
    assert spp(*asked, "--all").status == DONE
    folder = tmp_path / "A small plan - data 2008-11-03"
    assert (folder / "post.csv").exists()
    assert not (folder / "post_holder.csv").exists()
    assert "crime@force.example" not in (folder / "post.csv").read_text(encoding="utf-8")
    assert spp(*asked, "--table", "post-holder", "--overwrite").status == DONE
    assert "A. Example" in (folder / "post_holder.csv").read_text(encoding="utf-8")


def test_a_row_that_is_marked_higher_is_refused_by_name(plan_path: Path, workspace: Workspace, tmp_path: Path) -> None:
    titles = {row.title: row.id for row in workspace.read(queries.register, Marking)}
    workspace.edit("mark", registers.set_plan, marking="PROTECT")
    key = workspace.read(queries.activities)[0].key
    workspace.edit("mark", rows.change, Activity, key, marking_id=titles["SECRET"])
    workspace.close()
    asked = ("publish-tables", plan_path, tmp_path / "out", "--format", "csv")
    ended = spp(*asked, "--marking", "restricted")
    assert ended.status == REFUSED
    assert "1 row inside is marked higher: activity “1.01” (SECRET)" in ended.err
    assert not (tmp_path / "out").exists()
    assert "The plan has no marking “Most secret”" in spp(*asked, "--marking", "Most secret").err
    assert spp(*asked, "--marking", "restricted", "--table", "performance-plan").status == DONE
