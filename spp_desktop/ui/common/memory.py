"""What the window remembers between sittings: recent plans, its place, how each page was left."""

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args

from PySide6.QtCore import QByteArray, QSettings

from spp_desktop.store import places

RECENT = 8
"""Plans listed on the start page."""
GREATEST = 2**31 - 1
"""The greatest whole number that Qt takes."""
PLANS = 40
"""So many plans are remembered by how their pages were left."""

Brightness = Literal["system", "light", "dark"]
LOOKS: tuple[Brightness, ...] = get_args(Brightness)
"""The looks that the window can have; the first until a person chooses."""

LeftState = dict[str, Any]
"""How something was left, as plain values."""

T = TypeVar("T")


def take_up(state: LeftState, take: Callable[[LeftState], object]) -> None:
    """Have something take up the state in which it was left; what cannot be taken up leaves it as it is by itself.

    Settings are a file to which anything may have been written: no content of it may keep a plan from being opened.
    """
    with suppress(TypeError, ValueError, LookupError, AttributeError, ArithmeticError):
        take(state)


class Memory:
    """The person's settings, kept apart from any plan. Whatever their file holds, they can be asked."""

    def __init__(self, settings: QSettings | None = None) -> None:
        self._settings = settings or QSettings(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, "SPP Desktop", "SPP Desktop"
        )

    def recent(self) -> list[Path]:
        """The plans opened before that still exist, the latest first."""
        names: list[Any] = self._read("recent", list)
        return [Path(name) for name in names if isinstance(name, str) and _exists(name)]

    def opened(self, plan: Path) -> None:
        """Remember that a plan was opened."""
        others = [str(path) for path in self.recent() if path != plan]
        self._write("recent", [str(plan), *others][:RECENT])

    def page_state(self, name: str) -> LeftState:
        """The state in which a page was left."""
        return self._read(f"tab/{name}", dict)

    def keep_page_state(self, name: str, state: LeftState) -> None:
        """Remember how a page is left."""
        self._write(f"tab/{name}", state)

    def keep_of_plan(self, plan: str) -> None:
        """Go on remembering what belongs to a plan, by its key, and forget the plan that was left longest ago."""
        known: list[Any] = self._read("plans", list)
        plans = [plan, *(other for other in known if other != plan)]
        for other in plans[PLANS:]:
            self._settings.remove(f"tab/{other}")
        if plans[:PLANS] != known:
            self._write("plans", plans[:PLANS])

    @property
    def look(self) -> Brightness:
        """Whether the window is light or dark, or as the system is."""
        known = self._read("look", str)
        if self._read("dark", bool) and not known:  # as it was remembered before there was a choice of three
            return "dark"
        return next((look for look in LOOKS if look == known), LOOKS[0])

    @look.setter
    def look(self, look: Brightness) -> None:
        self._write("look", look)

    def place(self) -> QByteArray:
        """The window's place and size, as Qt saved it."""
        place = self._settings.value("place")
        return place if isinstance(place, QByteArray) else QByteArray()

    def keep_place(self, place: QByteArray) -> None:
        """Remember the window's place and size."""
        self._settings.setValue("place", place)

    def _read(self, name: str, kind: Callable[[], T]) -> T:
        """What is remembered under a name; an empty value of its kind, if nothing of that kind is."""
        empty = kind()
        try:
            value = json.loads(str(self._settings.value(name)), parse_int=_whole_number)
        except (ValueError, RecursionError):
            return empty
        return value if isinstance(value, type(empty)) else empty

    def _write(self, name: str, value: Any) -> None:
        self._settings.setValue(name, json.dumps(value))


def _exists(name: str) -> bool:
    """Whether there is a file of this name, so far as it can be seen; a share is not waited for, and believed."""
    try:
        return places.is_remote(Path(name)) or Path(name).exists()
    except OSError:
        return False


def _whole_number(digits: str) -> int:
    """A whole number as Qt can hold it."""
    return min(max(int(digits), -GREATEST), GREATEST)
