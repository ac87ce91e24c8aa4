"""MPXJ as an independent reader and writer of projects: what we write is to it what it is to us, and back.

It runs where ``MPXJ_PYTHON`` names a Python that has ``mpxj`` and ``JPype1``, with Java beside it, as in make nightly.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from spp_desktop.edits import issuing, links, receiving
from spp_desktop.plan.links import DEPENDS
from spp_desktop.returns import mspdi_fields as fields
from spp_desktop.returns.catalogue.project import PROJECT
from spp_desktop.returns.definition import Content
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace
from tests.conftest import sample
from tests.edits.filling import found
from tests.edits.project_file import ProjectFile

PROGRAM = Path(__file__).with_name("by_mpxj.py")
PYTHON = os.environ.get("MPXJ_PYTHON", "")
pytestmark = [
    pytest.mark.skipif(not PYTHON, reason="MPXJ_PYTHON names no Python that has mpxj and JPype1"),
    pytest.mark.skipif(not shutil.which("java"), reason="there is no Java, which MPXJ needs"),
    pytest.mark.usefixtures("read_here"),
]


def by_mpxj(*words: object) -> str:
    command = [PYTHON, str(PROGRAM), *map(str, words)]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=500).stdout


@pytest.fixture(scope="module")
def plan(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample(samples, "worked", tmp_path_factory.mktemp("mpxj"))


@pytest.fixture
def workspace(plan: Path) -> Iterator[Workspace]:
    with Workspace.open(plan) as opened:
        yield opened


@pytest.fixture(scope="module")
def went_out(plan: Path) -> tuple[Content, Path]:
    """What the worked sample's project holds, in which one activity waits for a milestone; and its file."""
    with Workspace.open(plan) as opened:
        opened.edit("x", links.join, DEPENDS, *(_waits(opened)))
        content = issuing.issue(opened, PROJECT, plan.with_name("plan.xml"), year=2008)
    return content, plan.with_name("plan.xml")


def _waits(workspace: Workspace) -> tuple[str, str]:
    """The activity that begins last, and the milestone that was done first."""
    activities = [row for row in workspace.read(queries.activities, 2008) if row.start]
    steps = [row for row in workspace.read(queries.milestones, 2008) if row.done_on]
    return max(activities, key=lambda row: f"{row.start}").key, min(steps, key=lambda row: f"{row.done_on}").key


def test_it_reads_what_we_write(went_out: tuple[Content, Path]) -> None:
    content, path = went_out
    project: dict[str, Any] = json.loads(by_mpxj("read", path))
    tasks = {task["guid"]: task for task in project["tasks"]}
    activities, milestones = content.tables
    headings = [task for task in project["tasks"] if task["summary"]]
    assert [task["name"] for task in headings] == list(dict.fromkeys(str(row.values["priority"]) for row in activities))
    assert {task["level"] for task in headings} == {1}
    assert len(tasks) == len(headings) + len(activities) + len(milestones)
    for row in activities:
        task, values = tasks[row.key], row.values
        finish = values["forecast"] or values["due"]
        assert (task["name"], task["level"]) == (fields.name_of(str(values["text"])), 2)
        assert (task["milestone"], task["summary"]) == (False, False)
        assert task["start"] == f"{values['start'] or finish}T08:00"
        assert (task["finish"], task["deadline"]) == (f"{finish}T17:00", f"{values['due']}T17:00")
        assert task["percent"] == (values["percent"] or 0)
        assert task["owners"] == list(values["owners"])  # type: ignore[arg-type] # it is a tuple
        assert task["notes"] == (values["reason"] or "")
        assert (task["texts"]["1"], task["texts"]["2"]) == (values["ref"], values["status"])
    ((waiting, (step,)),) = content.needs.items()
    assert {task["guid"]: task["after"] for task in project["tasks"] if task["after"]} == {waiting: [step]}
    for row in milestones:
        task, values = tasks[row.key], row.values
        day = values["done_on"] or values["forecast"] or values["due"]
        assert (task["name"], task["level"], task["milestone"], task["days"]) == (values["title"], 2, True, 0)
        assert (task["start"], task["finish"]) == (f"{day}T08:00", f"{day}T08:00")
        assert task["percent"] == (100 if values["done_on"] else 0)


def test_we_read_what_it_writes(workspace: Workspace, went_out: tuple[Content, Path], tmp_path: Path) -> None:
    _, path = went_out
    saved = tmp_path / "saved.xml"
    by_mpxj("save", path, saved)
    back = receiving.review(workspace, saved)
    assert (back.summary, back.differences, back.left_empty, back.notices) == ("No changes.", (), (), ())


def test_what_was_changed_comes_through(workspace: Workspace, went_out: tuple[Content, Path], tmp_path: Path) -> None:
    _, path = went_out
    changed, saved = tmp_path / "changed.xml", tmp_path / "saved.xml"
    (name,) = [str(row.values["text"]) for row in went_out[0].tables[0] if row.values["ref"] == "1.01"]
    with ProjectFile(path, changed) as tasks:
        tasks.set(name, Name="Suppress murder", Deadline="2009-03-20T17:00:00", Finish="2009-03-20T17:00:00")
    by_mpxj("save", changed, saved)
    assert [(kind, ref, field) for kind, ref, field, _ in found(receiving.review(workspace, saved))] == [
        ("change", "1.01", "text"),
        ("change", "1.01", "due"),
    ]


def test_what_a_lesser_form_of_file_loses_changes_nothing(
    workspace: Workspace, went_out: tuple[Content, Path], tmp_path: Path
) -> None:
    """An MPX file knows no deadlines, no GUIDs and fewer fields, and dates without their times."""
    _, path = went_out
    lesser, saved = tmp_path / "lesser.mpx", tmp_path / "saved.xml"
    by_mpxj("save", path, lesser)
    by_mpxj("save", lesser, saved)
    back = receiving.review(workspace, saved)
    assert back.differences == ()
    assert {each.field for each in back.left_empty} <= {"text", "due", "forecast"}
