"""Any day of a plan on the command line: seen, compared, restored; its history searched."""

from datetime import date
from pathlib import Path

import pytest

from spp_desktop.cli.any_day import READING
from spp_desktop.edits import delivery, performance, registers, results, rows
from spp_desktop.plan.delivery import Activity
from spp_desktop.plan.periods import month_end
from spp_desktop.store import clock, queries
from spp_desktop.store.workspace import Workspace
from tests.command_line import CommandResult, spp

SEPTEMBER, OCTOBER, NOVEMBER = ("2008-09-30T12:00:00+00:00", "2008-10-20T12:00:00+00:00", "2008-11-10T12:00:00+00:00")


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plan whose steps were made in 2008: an August result in October, and one of September in November."""

    def at(moment: str) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    path = tmp_path / "told.plan"
    at(SEPTEMBER)
    with Workspace.create(path, "A plan", 2008, as_at=None) as told:
        group = told.edit("group", performance.add_group, "Crime")
        key = told.edit("indicator", performance.add_indicator, group, "Robbery", unit="crimes", polarity="lower")
        told.edit("target", performance.set_target, key, 2008, "60")
        for month, when in ((8, OCTOBER), (9, NOVEMBER)):
            at(when)
            first = date(2008, month, 1)
            entry = {"indicator_id": key, "period_from": first, "period_to": month_end(first), "value": float(month)}
            told.edit(f"enter month {month}", results.enter, [entry])
        told.edit("retitle the plan", registers.set_plan, title="Renamed")
    monkeypatch.undo()
    return path


def latest(result: CommandResult) -> str:
    (judged,) = result.data["indicators"]
    return judged["latest"]["to"] if judged["latest"] else ""


def test_as_we_knew_it_and_as_it_was(plan: Path) -> None:
    assert latest(spp("judge", plan, "--as-at", "2008-10-31", "--json")) == "2008-09-30"
    then = spp("as-at", plan, "2008-10-31", "judge", "--json")
    assert latest(then) == "2008-08-31"
    assert then.data["as_at"] == "2008-10-31"
    assert then.data["plan"] == "As at 31 Oct 2008: A plan"
    assert "as at 31 Oct 2008" in then.err
    for command in ("judge", "as-at"):
        help_text = " ".join(spp(command, "--help").out.replace("│", " ").split())
        assert "as it was" in help_text
        assert "s we knew it then" in help_text


def test_a_command_says_its_own_status_and_refuses_to_write(plan: Path, tmp_path: Path) -> None:
    before = plan.read_bytes()
    assert spp("as-at", plan, "2008-10-31", "gaps").status == 0
    assert spp("as-at", plan, "2008-10-31", "judge", "--indicator", "none").status == 2
    assert spp("as-at", plan, "2008-10-31", "judge", "--nonsense").status == 2
    assert spp("as-at", plan, "2008-10-31", "check").status == spp("check", plan).status == 1
    refused = spp("as-at", plan, "2008-10-31", "undo")
    assert (refused.status, refused.out) == (2, "")
    assert "“undo” does not read a plan as it was." in refused.err
    assert spp("as-at", plan, "2008-10-31", "forms", "--remove", "x").status == 2
    assert spp("as-at", plan, "2007-10-31", "dump").status == 2
    assert "No moment is named" in spp("as-at", plan, " ", "dump").err
    assert "COMMAND" in spp("as-at", plan, "2008-10-31", "--help").out
    written = spp("as-at", plan, "2008-10-31", "export", "performance-plan", tmp_path / "out.xlsx")
    assert written.status == 0
    assert "keeps no record" in written.err
    assert spp("as-at", plan, "2008-10-31", "calendar", tmp_path / "out.ics").status == 0
    assert plan.read_bytes() == before
    assert sorted(each.name for each in plan.parent.glob("told*")) == ["told - earlier versions", "told.plan"]


def test_each_command_that_reads_sees_the_plan_as_it_was(plan: Path, tmp_path: Path) -> None:
    more: dict[str, list[object]] = {
        "publish": ["plan", tmp_path / "p.html"],
        "publish-tables": [tmp_path / "p", "--list"],
        "calendar": [tmp_path / "a.ics"],
        "fill": ["none", "none", "none"],
        "export": ["performance-plan", tmp_path / "a.xlsx"],
    }
    for command in READING:
        if command == "picture":
            continue  # it opens the window
        told = spp("as-at", plan, "2008-10-31", command, *more.get(command, []))
        assert "You see told.plan as at 31 Oct 2008." in told.err, command


def test_a_file_that_left_the_plan_names_the_moment(plan: Path, tmp_path: Path) -> None:
    (key,) = (step["id"] for step in spp("history", plan, "--find", "enter month 8", "--json").data)
    file = tmp_path / "performance.xlsx"
    assert spp("as-at", plan, key, "export", "performance-plan", file).status == 0
    assert spp("as-at", plan, file, "dump").data == spp("as-at", plan, key[:8], "dump").data
    assert "does not say at which step" in spp("as-at", plan, __file__, "dump").err


def test_two_states_are_compared(plan: Path, workspace: Workspace) -> None:
    told = spp("compare", plan, "2008-10-31")
    assert told.out.splitlines()[-1] == "From 31 Oct 2008 to now: 1 row added and 1 row changed."
    assert "    title: “A plan” -> “Renamed”" in told.out.splitlines()
    data = spp("compare", plan, "2008-10-31", "now", "--json").data
    assert [(row["table"], row["fate"]) for row in data["rows"]] == [("plan", "changed"), ("result", "added")]
    assert data["rows"][0]["cells"] == [
        {
            "action": "set", "table": "plan", "key": data["rows"][0]["key"], "column": "title",
            "row": "plan Renamed", "cell": "title", "before": "A plan", "after": "Renamed",
        }
    ]  # fmt: skip
    assert (data["a"]["when"], data["b"]["when"]) == ("31 Oct 2008", "now")
    copy = plan.with_name("copy.plan")
    copy.write_bytes(plan.read_bytes())
    assert spp("undo", plan).status == 0
    assert spp("compare", plan, "now", copy).out.splitlines()[-1] == "From now to copy.plan: 1 row changed."
    assert spp("compare", plan, workspace.path).status == 2
    assert "two different plans" in spp("compare", plan, workspace.path).err


def test_the_plan_is_restored_and_undone(plan: Path) -> None:
    content = spp("as-at", plan, "2008-10-31", "dump").data
    before, now = plan.read_bytes(), spp("dump", plan).data
    said = spp("restore", plan, "2008-10-31")
    assert said.out.splitlines() == [
        "Restore the plan as at 31 Oct 2008: 1 result goes and 1 plan changes back.",
        "Nothing was changed.",
    ]
    assert plan.read_bytes() == before
    assert spp("restore", plan, "2008-10-31", "--apply").out.splitlines()[-1].startswith("Restored.")
    assert spp("dump", plan).data == content
    assert spp("undo", plan).status == 0
    assert spp("dump", plan).data == now
    assert "Say which by --row" in spp("restore", plan, "2008-10-31", "--cell", "title").err.replace("say", "Say")


@pytest.fixture
def told(workspace: Workspace) -> Workspace:
    """The small plan, in which an activity was changed, one renumbered and one removed."""
    keys = {row.ref: row.key for row in workspace.read(queries.activities)}
    workspace.edit("change 1.01", rows.change, Activity, keys["1.01"], text="Otherwise", percent=40)
    workspace.edit("renumber 1.02", rows.change, Activity, keys["1.02"], ref="1.20")
    workspace.edit("remove 2.01", delivery.remove_activities, [keys["2.01"]])
    workspace.close()
    return workspace


def test_a_row_or_a_cell_is_restored_by_its_reference_of_now_or_of_then(told: Workspace) -> None:
    start = spp("history", told.path, "--json").data[3]["id"]
    assert "There is nothing" not in spp("restore", told.path, start, "--row", "1.01", "--cell", "% complete").out
    done = spp("restore", told.path, start, "--row", "1.01", "--cell", "% complete", "--apply")
    assert done.out.startswith("Restore the % complete of activity 1.01 as at ")
    assert spp("restore", told.path, start, "--row", "1.02", "--apply").status == 0
    assert spp("restore", told.path, start, "--row", "2.01", "--apply").status == 0
    left = spp("compare", told.path, start, "--json").data["rows"]
    assert [(cell["column"], cell["before"]) for row in left for cell in row["cells"]] == [
        ("text", "Do what 1.01 says")
    ]
    unknown = spp("restore", told.path, start, "--row", "9.99")
    assert (unknown.status, unknown.out) == (2, "")
    assert "“9.99”" in unknown.err
    assert "has no cell “colour”" in spp("restore", told.path, start, "--row", "1.01", "--cell", "colour").err


def test_the_history_is_searched(told: Workspace) -> None:
    every = spp("history", told.path, "--json").data
    labels, start = [step["label"] for step in every], every[3]["id"]
    searches = [
        (["--row", "2.01"], ["remove 2.01", "set up a small plan"]),
        (["--find", "otherwise"], ["change 1.01"]),
        (["--find", "RENUMBER"], ["renumber 1.02"]),
        (["--since", start], labels[:3]),
        (["--since", clock.local_day(every[-1]["at"]).isoformat()], labels),
        (["--until", start], labels[3:]),
        (["--by", "nobody of that name"], []),
    ]
    for words, listed in searches:
        assert [step["label"] for step in spp("history", told.path, *words, "--json").data] == listed, words


def test_the_history_of_a_row_is_told_cell_by_cell(told: Workspace) -> None:
    lines = spp("history", told.path, "--row", "1.01").out.splitlines()
    assert lines[0].split("  ")[-2:] == ["change 1.01", spp("history", told.path, "--json").data[2]["id"][:8]]
    assert lines[1:3] == [
        "    activity 1.01, activity: “Do what 1.01 says” -> “Otherwise”",
        "    activity 1.01, % complete: nothing -> “40%”",
    ]
    assert any("milestone “First step of 1.01” of 1.01" in line for line in lines)
    assert spp("history", told.path, "--row", "9.99").status == 2
