"""The installer, a screen, and a Windows that the program is installed in once for all tests of this room."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.windows import shims
from tests.windows.needed import absent
from tests.windows.program import Program
from tests.windows.screen import Screen, shown
from tests.windows.wine import Wine

DIST = Path(__file__).parents[2] / "dist"


@pytest.fixture(scope="session")
def setup() -> Path:
    """The installer: the one that ``SETUP`` names, or the one that ``make windows`` has built."""
    assert not absent(), f"not installed here: {' '.join(absent())}"
    named = os.environ.get("SETUP")
    built = (
        [Path(named)] if named else sorted(DIST.glob("SPP-Desktop-*-setup.exe"), key=lambda path: path.stat().st_mtime)
    )
    assert built, "there is no installer yet: make windows"
    return built[-1].resolve()


@pytest.fixture(scope="session")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    with shown(tmp_path_factory.mktemp("screen")) as opened:
        yield opened


@pytest.fixture(scope="session")
def program(setup: Path, screen: Screen, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """The program, installed in a Windows of its own, with what Wine lacks."""
    wine = Wine(tmp_path_factory.mktemp("windows") / "prefix", screen.display)
    assert wine.run(setup, "/S").status == 0
    installed = Program(wine)
    shims.put_into(installed.folder)
    yield installed
    wine.close()


@pytest.fixture
def work(program: Program) -> Path:
    """A folder on drive C: that only this test has."""
    every = program.wine.drive / "work"
    every.mkdir(exist_ok=True)
    folder = every / f"{len(list(every.iterdir())) + 1}"
    folder.mkdir()
    return folder


@pytest.fixture(autouse=True)
def seen(request: pytest.FixtureRequest, screen: Screen, tmp_path: Path) -> Iterator[None]:
    """Where a test fails, a picture of what was on the screen stays in its folder."""
    failed = request.session.testsfailed
    yield
    if request.session.testsfailed > failed or os.environ.get("PICTURES"):
        folder = Path(os.environ.get("PICTURES") or tmp_path)
        screen.picture(folder / f"{request.node.name}.png")
