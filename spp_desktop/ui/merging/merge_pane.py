"""The words of the pane beside the table where a merge is reviewed: base, ours and theirs, with who and when."""

from collections.abc import Callable, Mapping, Sequence
from html import escape

from PySide6.QtGui import QPalette

from spp_desktop.edits.merging.wording import MergeLine
from spp_desktop.ui.common.marked_text import lines
from spp_desktop.ui.merging.merge_lines import MergeLines
from spp_desktop.ui.review.pane_ink import PaneInk

GONE = "not there"
"""What is said of a row that one side does not have."""


class MergePane(PaneInk):
    """Writes the words of a merge in the colours of one palette."""

    def __init__(
        self,
        merged: MergeLines,
        headings: Sequence[str],
        typed: Callable[[int], Mapping[str, str]],
        palette: QPalette,
    ) -> None:
        super().__init__(palette)
        self._merged, self._typed = merged, typed
        self._both, self._here, self._there = headings

    def item(self, n: int) -> str:
        """An item: what both knew, what is here and what is in the copy; cells decided together one below another."""
        whole, cells = self._merged.line(n), self._merged.cells_of(n)
        by = [
            self.part(title, escape(who))
            for title, who in (
                (f"Last written {self._here.lower()}", whole.ours_by),
                (f"Last written {self._there.lower()}", whole.theirs_by),
            )
            if who
        ]
        typed = [self.part(f"Typed: {name}", lines(text)) for name, text in self._typed(n).items()]
        return "".join([*typed, *(self._sides(line, named=len(cells) > 1) for line in cells), *by])

    def _sides(self, line: MergeLine, *, named: bool) -> str:
        head = f"<b>{escape(line.cell)}</b><br>" if named else ""
        sides = (
            (self._both, lines(line.base)),
            (self._here, self._beside(line.base, line.ours)),
            (self._there, self._beside(line.base, line.theirs)),
        )
        return head + "".join(self.part(title, text) for title, text in sides)

    def _beside(self, base: str, text: str) -> str:
        """What a side has, with what is another marked, if there was something and is."""
        return lines(text) if GONE in (base, text) else self.between(base, text)

    def file(self, file: int) -> str:
        """A part: what becomes of it, and what the two copies come to as a whole."""
        return self.part(self._merged.parts[file].title, escape(self._merged.note_of(file))) + self.part(
            "In all", escape(self._merged.sentence)
        )

    def _line(self, n: int) -> str:
        _, ours, theirs = map(escape, self._merged.states(n))
        what = f"<b>{escape(self._merged.line(n).row)}</b> {escape(self._merged.cells_named(n))}"
        here, there = self.faint(self._here.lower()), self.faint(self._there.lower())
        return f"{what}: {here} {ours or 'empty'}, {there} {theirs or 'empty'}"
