"""What the tests of the edits stand on: a return that went out, and files read here, where each costs no process."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from spp_desktop.store.workspace import Workspace
from tests.edits.filling import sent


@pytest.fixture(autouse=True)
def reads_here(read_here: None) -> None:
    """Every test of this folder reads files here."""


@pytest.fixture(scope="session")
def went_out(tmp_path_factory: pytest.TempPathFactory, small_plan: Path) -> Path:
    """A folder with the small plan and the status return of ACC Crime that went out from it, made once."""
    folder = tmp_path_factory.mktemp("crime")
    shutil.copyfile(small_plan, folder / "plan.plan")
    with Workspace.open(folder / "plan.plan") as workspace:
        sent(workspace, folder / "crime.xlsx")
    return folder


@pytest.fixture
def workspace(request: pytest.FixtureRequest, small_plan: Path, plan_path: Path) -> Iterator[Workspace]:
    """The small plan, open for writing; where a test is about ``crime_return``, the plan from which that went out."""
    asked = "crime_return" in request.fixturenames
    shutil.copyfile(request.getfixturevalue("went_out") / "plan.plan" if asked else small_plan, plan_path)
    opened = Workspace.open(plan_path)
    yield opened
    opened.close()


@pytest.fixture
def crime_return(workspace: Workspace, went_out: Path, tmp_path: Path) -> Path:
    """The status return of ACC Crime, who leads 1.01 and 2.01, as it went out from the plan."""
    return shutil.copyfile(went_out / "crime.xlsx", tmp_path / "crime.xlsx")
