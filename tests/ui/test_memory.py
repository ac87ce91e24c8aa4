"""Settings of any content: the window opens all the same, and every page can be seen."""

import copy
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from spp_desktop.ui.common.memory import LOOKS, Memory, take_up
from spp_desktop.ui.common.plan_memory import PlanMemory
from spp_desktop.ui.pages import every_page
from spp_desktop.ui.window.main_window import MainWindow
from tests.depth import depth

SPOILT = depth(3, 200)
"""How many spoilt states each page is given."""

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
ODD: list[Any] = [
    None,
    True,
    -1,
    2**70,
    1e400,
    "",
    "gone",
    "\ud83d",
    [],
    [[]],
    [None],
    {},
    {"": {}},
    [1, "a", None],
    10**9,
]


@pytest.fixture
def stored(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "memory.ini"), QSettings.Format.IniFormat)


def asked_all(memory: Memory) -> None:
    """Ask a memory everything, and have it remember again."""
    assert all(isinstance(path, Path) for path in memory.recent())
    assert memory.look in LOOKS
    assert isinstance(memory.page_state("page"), dict)
    memory.place()
    memory.keep_of_plan("a plan")
    memory.opened(Path("a.plan"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text() | ANYTHING.map(json.dumps) | st.just("[" * 100_000))
def test_a_memory_that_holds_anything(stored: QSettings, text: str) -> None:
    for name in ("recent", "plans", "dark", "look", "place", "tab/page"):
        stored.setValue(name, text)
    asked_all(Memory(stored))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary() | st.text().map(str.encode))
def test_a_file_that_is_no_settings(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "broken.ini"
    file.write_bytes(b'[General]\nrecent="[5]"\nplace=@ByteArray(' + content)
    asked_all(Memory(QSettings(str(file), QSettings.Format.IniFormat)))


def test_recent_plans_that_cannot_be_looked_for(stored: QSettings, tmp_path: Path) -> None:
    plan = tmp_path / "a.plan"
    plan.touch()
    names = ["a" * 5000, "a\0b", 5, None, ["x"], str(plan)]
    stored.setValue("recent", json.dumps(names))
    assert Memory(stored).recent() == [plan]


def spoilt(state: Any, chance: random.Random) -> Any:
    """A state with one of its parts put to something else."""
    state = copy.deepcopy(state)
    places = list(_places(state))
    holder, place = chance.choice(places)
    holder[place] = chance.choice(ODD)
    return state


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for place, part in list(parts):
        yield value, place
        yield from _places(part)


def test_every_page_opens_whatever_it_is_said_to_have_been_left_as(
    qtbot: QtBot, small_plan: Path, plan_path: Path, stored: QSettings
) -> None:
    plan_path.write_bytes(small_plan.read_bytes())
    window = MainWindow(Memory(stored))
    qtbot.addWidget(window)
    window.show()
    assert window.open_plan(plan_path)
    view = window.plan_view
    assert view is not None
    chance = random.Random(depth(1, random.randrange(1000)))
    for line in every_page():
        page = view.page(line.name)
        left = json.loads(json.dumps(page.save_state()))
        for _ in range(SPOILT if left else 0):
            window.memory.keep_page_state("spoilt", spoilt(left, chance))
            take_up(window.memory.page_state("spoilt"), page.restore_state)
            view.show_page(line.name)
            page.grab()
        take_up(left, page.restore_state)
    window.close()


def test_the_window_opens_whatever_is_remembered_of_it(
    qtbot: QtBot, small_plan: Path, plan_path: Path, stored: QSettings
) -> None:
    plan_path.write_bytes(small_plan.read_bytes())
    memory = Memory(stored)
    window = MainWindow(memory)
    qtbot.addWidget(window)
    assert window.open_plan(plan_path)
    assert window.plan_view is not None
    of_plan = PlanMemory(memory, window.plan_view.plan.id)
    for odd in random.sample(ODD, depth(4, len(ODD))):
        assert window.close_plan()
        for name in ("recent", "plans", "dark", "place"):
            stored.setValue(name, json.dumps(odd))
        of_plan.keep_page_state("page", {"tab": odd, "pages": odd, "year": odd})
        of_plan.keep_page_state("delivery", {"grid": odd})
        other = MainWindow(memory)
        qtbot.addWidget(other)
        other.first_look(plan_path)
        other.close()
        assert window.open_plan(plan_path), odd
    window.close()
