"""What the window remembers between sittings: recent plans, its place, how each page was left."""

import json
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings

RECENT = 8
"""Plans listed on the start page."""
PLANS = 40
"""So many plans are remembered by how their pages were left."""


class Memory:
    """The person's settings, kept apart from any plan."""

    def __init__(self, settings: QSettings | None = None) -> None:
        self._settings = settings or QSettings(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, "SPP Desktop", "SPP Desktop"
        )

    def recent(self) -> list[Path]:
        """The plans opened before that still exist, the latest first."""
        return [Path(name) for name in self._read("recent", []) if Path(name).exists()]

    def opened(self, plan: Path) -> None:
        """Remember that a plan was opened."""
        others = [str(path) for path in self.recent() if path != plan]
        self._write("recent", [str(plan), *others][:RECENT])

    def page_state(self, name: str) -> dict[str, Any]:
        """The state in which a page was left."""
        return dict(self._read(f"tab/{name}", {}))

    def keep_page_state(self, name: str, state: dict[str, Any]) -> None:
        """Remember how a page is left."""
        self._write(f"tab/{name}", state)

    def keep_of_plan(self, plan: str) -> None:
        """Go on remembering what belongs to a plan, by its key, and forget the plan that was left longest ago."""
        known = self._read("plans", [])
        plans = [plan, *(other for other in known if other != plan)] if isinstance(known, list) else [plan]
        for other in plans[PLANS:]:
            self._settings.remove(f"tab/{other}")
        if plans[:PLANS] != known:
            self._write("plans", plans[:PLANS])

    @property
    def dark(self) -> bool:
        """Whether the window is light on dark."""
        return bool(self._read("dark", default=False))

    @dark.setter
    def dark(self, on: bool) -> None:
        self._write("dark", on)

    def place(self) -> QByteArray:
        """The window's place and size, as Qt saved it."""
        place = self._settings.value("place")
        return place if isinstance(place, QByteArray) else QByteArray()

    def keep_place(self, place: QByteArray) -> None:
        """Remember the window's place and size."""
        self._settings.setValue("place", place)

    def _read(self, name: str, default: Any) -> Any:
        try:
            return json.loads(str(self._settings.value(name)))
        except ValueError:
            return default

    def _write(self, name: str, value: Any) -> None:
        self._settings.setValue(name, json.dumps(value))
