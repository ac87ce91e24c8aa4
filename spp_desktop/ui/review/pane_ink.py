"""How the pane beside a review's table writes: parts with headings, changes marked, in the colours of a palette."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from html import escape

from PySide6.QtGui import QPalette

from spp_desktop.edits.differences import EMPTY
from spp_desktop.ui.common.marked_text import marked
from spp_desktop.ui.common.theme import is_dark

MOST_LISTED = 60
"""The most differences that are listed one by one if several are chosen."""

_GONE, _NEW = ("#b42318", "#ff7b72"), ("#1a7f37", "#56d364")


class PaneInk(ABC):
    """Writes words as HTML in the colours of one palette."""

    def __init__(self, palette: QPalette) -> None:
        dark = is_dark(palette)
        self._gone, self._new = _GONE[dark], _NEW[dark]
        self._quiet = palette.color(QPalette.ColorRole.PlaceholderText).name()

    @abstractmethod
    def _line(self, n: int) -> str:
        """A difference in one line."""

    def several(self, items: Sequence[int]) -> str:
        """Some differences, a line each."""
        lines_shown = [self._line(n) for n in items[:MOST_LISTED]]
        if len(items) > MOST_LISTED:
            lines_shown.append(self.faint(f"and {len(items) - MOST_LISTED:,} more"))
        return "<br>".join(lines_shown)

    def between(self, before: str, after: str) -> str:
        """A text with its changes from another marked; if there was no text before, nothing is marked."""
        return marked(before, after, self._gone, self._new) if after else ""

    def part(self, title: str, text: str) -> str:
        """A part under its heading."""
        shown_text = text or self.faint(f"({EMPTY})")
        return f'<p style="margin:0 0 10px 0">{self.faint(escape(title))}<br>{shown_text}</p>'

    def faint(self, text: str) -> str:
        """Words that step back."""
        return f'<span style="color:{self._quiet}">{text}</span>'
