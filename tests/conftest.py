"""What every test stands on: no display, a home of its own, sample plans built once, and nothing left behind."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is imported: without a display Qt aborts the process

import gc
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import date
from functools import partial
from pathlib import Path

import psutil
import pytest
from hypothesis import HealthCheck, settings
from PySide6.QtCore import QSettings, QThreadPool
from pytestqt.qtbot import QtBot
from sqlmodel import Session

from sample_data import build
from spp_desktop.edits import rows
from spp_desktop.plan import periods, spoken
from spp_desktop.plan.delivery import Activity, ActivityOwner, Milestone
from spp_desktop.plan.performance import Indicator, IndicatorGroup, Target
from spp_desktop.plan.posts import Post
from spp_desktop.plan.priorities import Commitment, Priority, Theme
from spp_desktop.plan.register import Register
from spp_desktop.plan.spoken import LevelWords, speak
from spp_desktop.returns import intake, mapped
from spp_desktop.returns.forms import opening
from spp_desktop.store import database
from spp_desktop.store.workspace import Workspace
from tests import on_the_fly
from tests.depth import NIGHTLY
from tests.returns.read_here import ReadHere

# How long an example takes says nothing about whether the program is right.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=40)
settings.register_profile("ci", settings.get_profile("here"), derandomize=True, max_examples=25)
settings.register_profile("nightly", settings.get_profile("here"), max_examples=400)
settings.load_profile("nightly" if NIGHTLY else "ci" if os.environ.get("CI") else "here")

PATIENCE = 120_000
"""Milliseconds that a test waits for what a window is to do: only one that hangs takes so long on a busy machine."""


def wait_for_windows(milliseconds: int) -> None:
    """Set how long each test waits for what a window is to do, unless it says so itself."""
    for wait in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals, QtBot.waitExposed, QtBot.waitActive):
        assert wait.__kwdefaults__
        wait.__kwdefaults__["timeout"] = milliseconds


wait_for_windows(PATIENCE)


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """Widgets are drawn on every system as the program has them drawn, not in the style of the system."""
    return ["tests", "-style", "fusion"]


def pytest_collection_finish() -> None:
    """What was loaded and collected stays, and is never looked through for garbage again."""
    gc.collect()
    gc.freeze()


XDG_FOLDERS = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DOCUMENTS_DIR")


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's home folder that only this test has, with its settings in it."""
    folder = tmp_path_factory.mktemp("home")
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", *XDG_FOLDERS):
        monkeypatch.setenv(name, str(folder / name.lower() if name in XDG_FOLDERS else folder))
    if sys.platform == "win32":  # where the folders of a person are asked for elsewhere first
        from platformdirs import windows  # which no other system can load

        monkeypatch.setattr(windows, "get_win_folder", windows.get_win_folder_from_env_vars)
    for form in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(form, QSettings.Scope.UserScope, str(folder / "settings"))
    return folder


@pytest.fixture(autouse=True)
def as_usual() -> Iterator[None]:
    """No test leaves the words or the years of its plan to the next."""
    yield
    spoken.speak(spoken.LevelWords())
    periods.begin_years_in(periods.APRIL)


@pytest.fixture(autouse=True)
def nothing_left(
    request: pytest.FixtureRequest, home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """No test leaves a thread running, a plan open or locked, or the words of its plan."""
    before = set(threading.enumerate())
    yield
    speak(LevelWords())  # the words of a plan are the program's until another is opened
    # Python keeps a stand-in for every thread of Qt's that ever ran Python code; it says nothing.
    left = [t for t in threading.enumerate() if t not in before and "Dummy" not in type(t).__name__]
    for thread in left:
        thread.join(5)  # one that is about to end may do so
    left = [t for t in left if t.is_alive()]
    assert not left, f"threads still running: {left}"
    assert QThreadPool.globalInstance().waitForDone(0), "a job is still running"
    base = str(tmp_path_factory.getbasetemp())
    held = [file.path for file in psutil.Process().open_files() if file.path.startswith(base)]
    assert not held, f"files still open: {held}"
    locks = request.node.funcargs.get("tmp_path", home).rglob("*.lock")
    ours = [path for path in locks if f'"process": {os.getpid()},' in path.read_text(errors="replace")]
    assert not ours, f"plans still locked by this program: {ours}"


@pytest.fixture
def zone() -> Iterator[Callable[[str], None]]:
    """Puts the person's clock into another time zone, said as POSIX does: "XST-5:30" is ahead of UTC by 5:30."""
    if sys.platform == "win32":
        pytest.skip("a program's time zone can only be set where there is tzset")
    before = os.environ.get("TZ")

    def put(said: str | None) -> None:
        os.environ.pop("TZ", None)
        if said is not None:
            os.environ["TZ"] = said
        time.tzset()

    yield put
    put(before)


@pytest.fixture
def plan_path(tmp_path: Path) -> Path:
    """Where a plan can be made."""
    return tmp_path / "plan.plan"


@pytest.fixture(scope="session", autouse=True)
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What is made once for many tests leaves nothing in the home folder of whoever runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("homes")))
        patch.setenv("LOCALAPPDATA", str(tmp_path_factory.mktemp("homes")))
        yield


@pytest.fixture(scope="session", autouse=True)
def no_wait_for_the_disk() -> Iterator[None]:
    """Plans that this process writes are not waited for until the disk has them; programs that it starts do wait."""
    waits = "synchronous=EXTRA"
    assert waits in database._PRAGMAS
    with pytest.MonkeyPatch.context() as patch:
        others = [pragma for pragma in database._PRAGMAS if pragma != waits]
        patch.setattr(database, "_PRAGMAS", (*others, "synchronous=OFF"))
        yield


@pytest.fixture
def read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that come in are read in this process."""
    monkeypatch.setattr(intake, "Apart", ReadHere)
    monkeypatch.setattr(mapped, "Apart", ReadHere)
    monkeypatch.setattr(opening, "Apart", ReadHere)
    monkeypatch.setattr(intake, "Kept", lambda *_: nullcontext())


@pytest.fixture(scope="session")
def small_plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plan of ``workspace``, made once."""
    return _made(tmp_path_factory.mktemp("small") / "plan.plan")


def _made(path: Path) -> Path:
    with Workspace.create(path, "A small plan", 2008) as made:
        made.edit("set up a small plan", set_up_small_plan, as_kind="built")
    return path


@pytest.fixture
def findings(plan_path: Path) -> Iterator[tuple[Workspace, Register]]:
    """The same plan in a program that has a register more, and that register."""
    with on_the_fly.findings() as register, Workspace.open(_made(plan_path)) as opened:
        yield opened, register


@pytest.fixture
def workspace(small_plan: Path, plan_path: Path) -> Iterator[Workspace]:
    """A small plan, open for writing, with nothing to undo.

    Two priorities with a theme and a commitment each, activities 1.01, 1.02 and 2.01 of 2008-2009 with an owner and a
    milestone each, and one indicator with a target.
    """
    shutil.copyfile(small_plan, plan_path)
    opened = Workspace.open(plan_path)
    yield opened
    opened.close()


def set_up_small_plan(session: Session) -> None:
    """A verb: what the small plan holds."""
    add = partial(rows.add, session)
    crime = add(Post, title="ACC Crime", position=1.0)
    security = add(Post, title="ACC Security", position=2.0)
    for number, title in enumerate(("Serious harm", "Local policing"), 1):
        priority = add(Priority, title=title, position=float(number))
        theme = add(Theme, priority_id=priority, title=f"{title}: people")
        add(Commitment, theme_id=theme, text=f"We will attend to {title.lower()}")
        for line in range(1, 4 - number):
            ref = f"{number}.{line:02}"
            place = float(line)
            activity = add(
                Activity, year=2008, ref=ref, priority_id=priority, text=f"Do what {ref} says", position=place
            )
            add(ActivityOwner, activity_id=activity, post_id=crime if line == 1 else security)
            add(Milestone, activity_id=activity, title=f"First step of {ref}", due=date(2008, 6 + line, 1))
    group = add(IndicatorGroup, title="Reductions")
    indicator = add(Indicator, ref="R1", group_id=group, title="Most serious violence", polarity="lower")
    add(Target, indicator_id=indicator, year=2008, kind="change on previous year", stated="4%", value=4.0)


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which each sample plan is built once for all processes that share the tests."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "samples"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture
def published(samples: Path, tmp_path: Path) -> Path:
    """The published plan, as a file of this test's own."""
    return sample(samples, "published", tmp_path)


@pytest.fixture
def worked(samples: Path, tmp_path: Path) -> Path:
    """The worked sample (October 2008, illustrative), as a file of this test's own."""
    return sample(samples, "worked", tmp_path)


def sample(samples: Path, name: build.SampleName, folder: Path) -> Path:
    """A copy of a sample plan in a folder."""
    built = samples / f"{name}.plan"
    if not built.exists():
        started = samples / f"{name}.{os.getpid()}.plan"  # two processes may begin at the same time
        build.build(started, name)
        started.replace(built)
    return shutil.copyfile(built, folder / built.name)
