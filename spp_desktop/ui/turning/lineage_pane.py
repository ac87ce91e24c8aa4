"""What a row came from and what became of it, over the years: a part of the side panels. Enter goes there."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from spp_desktop.edits.turning.lineage import Lineage, lineage
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.turning import WhatBecomes
from spp_desktop.store.threads import LinkedRow
from spp_desktop.store.turned import FATES, FromToRow, from_to, is_told_of
from spp_desktop.ui.common.signals import PlanSignals

CAME_FROM, BECAME = "Came from", "Became"
MOST_LINES = 9
_ROW = Qt.ItemDataRole.UserRole


class LineageLine(NamedTuple):
    """A line: the row to go to, and what it says."""

    row: LinkedRow | None
    words: str


class LineageTree(QTreeWidget):
    """The lines, under what the row came from and what it became.

    Signals:
        opened: the table and the key of a row that the person wants to see.
        removed: the key of a row that is to stand in this lineage no longer.
    """

    opened = Signal(str, str)
    removed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(14)
        self.setAccessibleName("What this came from, and what became of it")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWhatsThis(
            "What the row came from and what became of it, year by year. Enter or a double click goes there."
        )
        self.itemDoubleClicked.connect(lambda item, _: self._open(item))

    def fill(self, parts: Sequence[tuple[str, Sequence[LineageLine]]]) -> int:
        """Show lines under their heads. Returns how many lines of text that is."""
        self.clear()
        count = 0
        for title, lines in parts:
            if not lines:
                continue
            head = QTreeWidgetItem(self, [title])
            font = head.font(0)
            font.setBold(True)
            head.setFont(0, font)
            for line in lines:
                count += 1 + line.words.count("\n")
                item = QTreeWidgetItem(head, [line.words])
                item.setToolTip(0, line.words)
                item.setData(0, _ROW, line)
            head.setExpanded(True)
            count += 1
        return count

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go by Enter to the row of the line."""
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            self._open(item)
        elif event.key() == Qt.Key.Key_Delete and item is not None:
            line = item.data(0, _ROW)
            if isinstance(line, LineageLine) and line.row is not None:
                self.removed.emit(line.row.key)
        else:
            super().keyPressEvent(event)

    def _open(self, item: QTreeWidgetItem) -> None:
        line = item.data(0, _ROW)
        if isinstance(line, LineageLine) and line.row is not None:
            self.opened.emit(line.row.table, line.row.key)


class LineagePane(QWidget):
    """Came from, and became: hidden where a row has no lineage.

    Signals:
        went: the table and the key of a row that the person wants to see.
        removed: the key of a row that is to stand in this lineage no longer.
    """

    went = Signal(str, str)
    removed = Signal(str)

    def __init__(self, signals: PlanSignals) -> None:
        super().__init__()
        self._signals = signals
        self.heading = QLabel("<b>Lineage</b>")
        self.heading.setTextFormat(Qt.TextFormat.RichText)
        self.tree = LineageTree()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.heading)
        column.addWidget(self.tree)
        self.tree.opened.connect(self.went)
        self.tree.removed.connect(self.removed)
        self.hide()

    def show_row(self, key: str, *, decided: bool = True) -> None:
        """Show the lineage of a row as it is now; for no key, none. What is only ``decided`` is told, unless not."""
        told = bool(key) and self._signals.read(is_told_of, key)
        known = self._signals.read(lineage, key) if told else None
        own = self._signals.read(from_to, of=[key]) if told else []
        lines = self.tree.fill(parts_of(known, [row for row in own if decided or row.applied_on is not None]))
        self.setVisible(bool(lines))
        self.tree.setFixedHeight(min(lines, MOST_LINES) * (self.tree.fontMetrics().lineSpacing() + 5) + 8)


def parts_of(known: Lineage | None, own: Sequence[FromToRow]) -> list[tuple[str, list[LineageLine]]]:
    """What a row came from, the nearest first, and what became of it.

    Args:
        known: the lineage of the row; ``None`` where it has none, or is gone.
        own: the lines of the from-to table about the row itself.
    """
    before = reversed(known.before) if known is not None else ()
    by_key = {row.row.key: row for row in known.rows} if known is not None else {}
    came = [LineageLine(row.row, _words(row.row, row.fate, row.reason)) for row in before]
    became = [LineageLine(row.into, _ended(row)) for row in own if not row.became]
    for row in known.after if known is not None else ():
        earlier = by_key[row.near[0]] if row.near else row
        became.append(LineageLine(row.row, _words(row.row, earlier.fate, earlier.reason)))
        if row.fate in ENDS:
            became.append(LineageLine(row.row, _words(row.row, row.fate, row.reason)))
    return [(CAME_FROM, came), (BECAME, became)]


ENDS: frozenset[WhatBecomes] = frozenset({"closed", "dropped"})
"""What becomes of a row of which nothing comes."""


def _words(row: LinkedRow, fate: WhatBecomes | None, reason: str) -> str:
    """A line of a lineage: "3.04 (2008-2009), kept: it is not finished", and below it the words of the row."""
    of = f" ({year_name(row.year)})" if row.year is not None else ""
    became = f", {FATES[fate].title.lower()}" if fate is not None else ""
    return f"{row.ref or row.text}{of}{became}{_why(reason)}" + (f"\n{' '.join(row.text.split())}" if row.ref else "")


def _ended(row: FromToRow) -> str:
    """What became of a row of which nothing came, or only itself: "Kept in 2008-2009: it goes on"."""
    decided = "" if row.applied_on else " (decided, not done yet)"
    figures = ", ".join(
        filter(None, (row.target and f"next target {row.target}", row.baseline and f"baseline {row.baseline}"))
    )
    told = f" ({figures})" if figures else ""
    with_ = f" with {row.into.title}" if row.into is not None else ""
    return f"{FATES[row.fate].title} in {year_name(row.year)}{with_}{decided}{told}{_why(row.reason)}"


def _why(reason: str) -> str:
    return f": {' '.join(reason.split())}" if reason else ""
