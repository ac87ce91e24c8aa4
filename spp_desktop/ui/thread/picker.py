"""Linking: rows are found by words or references and gathered, then linked together as one step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.edits import links
from spp_desktop.plan.kinds import Doubt
from spp_desktop.plan.kinds.spelling import caseless, searched
from spp_desktop.plan.links import LINK_KINDS, LinkKind, joins
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.words import Word, listed
from spp_desktop.store import threads
from spp_desktop.store.naming import word_of
from spp_desktop.store.problems import NotKept
from spp_desktop.store.references import References
from spp_desktop.store.threads import LinkedRow
from spp_desktop.ui.common.hit_list import walk
from spp_desktop.ui.common.signals import PlanSignals

SHOWN_AT_MOST = 60
"""The most rows that are shown; typing on narrows them."""
NAMED_AT_MOST = 3
KEYS = "Ctrl+J"
"""The key that opens it, wherever rows can be linked."""


@dataclass(frozen=True)
class LinkWay:
    """A way to link a row: a kind of link, and from which of its ends.

    Attributes:
        kind: the kind; ``None`` for whatever kind says what a row is for.
        onward: whether the row is the one that the link begins at.
        tables: the tables whose rows can stand at the other end.
    """

    kind: LinkKind | None
    onward: bool
    tables: tuple[str, ...]

    @property
    def words(self) -> str:
        """How it is read from the row."""
        if self.kind is None:
            return "serves (is for)" if self.onward else "is served or measured by"
        return self.kind.name if self.onward else self.kind.back

    def link(self, key: str, other: str, table: str, other_table: str) -> tuple[str, str, str]:
        """A link of this way between two rows, as it is made: the kind, and the keys of its two ends in their order."""
        begins, ends = (table, other_table) if self.onward else (other_table, table)
        kind = self.kind or joins().upward(begins, ends)
        assert kind is not None
        return (kind.name, key, other) if self.onward else (kind.name, other, key)


def ways(table: str) -> list[LinkWay]:
    """The ways in which rows of a table can be linked: what they are for first, then what is for them, then others."""
    known = joins()
    possible = []
    for kind in (None, *(kind for kind in LINK_KINDS if not kind.upward)):
        for onward in (True, False):
            others = tuple(
                other
                for other in known.tables
                if _fits(known.kinds, *((table, other) if onward else (other, table)), kind)
            )
            if others and not (kind is not None and kind.both_ways and not onward):
                possible.append(LinkWay(kind, onward, others))
    return possible


def _fits(kinds: Mapping[tuple[str, str], Sequence[LinkKind]], table: str, other: str, kind: LinkKind | None) -> bool:
    fitting = kinds.get((table, other), ())
    return any(each.upward for each in fitting) if kind is None else kind in fitting


def _said(row: LinkedRow) -> str:
    """A row as the list shows it: "Activity 1.05:  Train all constables"."""
    word = word_of(row.table).singular
    return f"{f'{word[0].upper()}{word[1:]} {row.ref}'.strip()}:  {' '.join(row.text.split())}"


def few(names: Sequence[str]) -> str:
    """Names in a sentence; where they are many, how many."""
    return listed(names) if len(names) <= NAMED_AT_MOST else f"{len(names)} rows"


def linked_already(what: str, names: Sequence[str]) -> str:
    """What is said where all that was to be linked is: "Activity 1.05 and P2.3 are linked already."."""
    return f"{what[:1].upper()}{what[1:]} and {few(names)} are linked already. Nothing was changed."


class LinkPicker(QDialog):
    """Rows to be linked, found and gathered. Enter takes the row found, and once nothing is typed links all taken.

    Args:
        signals: the plan.
        table: the table of the rows that are linked.
        rows: those rows.
        parent: the window.
        year: the year that references are read in.
        down: whether it begins with what is for the rows, where anything can be, and not with what they are for.
    """

    def __init__(
        self,
        signals: PlanSignals,
        table: str,
        rows: Sequence[LinkedRow],
        parent: QWidget,
        *,
        year: int | None = None,
        down: bool = False,
    ) -> None:
        super().__init__(parent)
        self.finished.connect(self.deleteLater)
        self._signals, self._table, self._linked, self._year = signals, table, list(rows), year
        self._taken: dict[str, LinkedRow] = {}
        self._shown: list[LinkedRow] = []
        self.way = QComboBox()
        for way in ways(table):
            self.way.addItem(way.words, way)
            if down and way.kind is None and not way.onward:
                self.way.setCurrentIndex(self.way.count() - 1)
        self.box, self.hits, self.said = QLineEdit(), QListWidget(), QLabel(wordWrap=True)
        self.taken = QLabel(wordWrap=True)
        self.link, self.cancel = QPushButton("&Link"), QPushButton("Cancel")
        self.setWindowTitle(f"Link {self._name()}")
        self.resize(640, 440)
        self._lay_out()
        self.way.currentIndexChanged.connect(self._way_changed)
        self.box.textChanged.connect(self._look)
        self.hits.itemClicked.connect(lambda _: self.take())
        self.link.clicked.connect(self.finish)
        self.cancel.clicked.connect(self.reject)
        self.box.installEventFilter(self)
        self._way_changed()
        self.box.setFocus()

    def _lay_out(self) -> None:
        how = QLabel(f"{self._name(capital=True)}")
        how.setBuddy(self.way)
        self.way.setAccessibleName("How it is linked")
        self.box.setPlaceholderText("Words or references, such as P3.2; 1.05")
        self.box.setAccessibleName("Find what to link")
        self.box.setClearButtonEnabled(True)
        self.hits.setAccessibleName("Found")
        self.hits.setUniformItemSizes(True)
        self.hits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hits.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.said.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.taken.setAccessibleName("What will be linked")
        for button in (self.link, self.cancel):
            button.setAutoDefault(False)
        above = QHBoxLayout()
        above.setSpacing(8)
        above.addWidget(how)
        above.addWidget(self.way)
        above.addStretch(1)
        below = QHBoxLayout()
        below.addStretch(1)
        below.addWidget(self.link)
        below.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addLayout(above)
        for widget in (self.box, self.hits, self.taken, self.said):
            column.addWidget(widget)
        column.addLayout(below)

    def _name(self, *, capital: bool = False) -> str:
        word: Word = word_of(self._table)
        first = self._linked[0]
        name = word.called(first.ref or f"“{first.text[:40]}”", len(self._linked))
        return name[0].upper() + name[1:] if capital else name

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move among the rows found, take one by Enter, link all taken by Ctrl+Enter; Backspace gives the last back."""
        if watched is self.box and walk(self.hits, event):
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is self.box:
            key = Qt.Key(event.key())
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._entered(linking=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
                return True
            if key == Qt.Key.Key_Backspace and not self.box.text() and self._taken:
                self._taken.popitem()
                self._show_taken()
                return True
        return super().eventFilter(watched, event)

    def _entered(self, *, linking: bool) -> None:
        """Take what is typed or chosen; where that is nothing, or with Ctrl, link all that is taken."""
        waits = bool(self.box.text().strip()) or self.hits.currentRow() >= 0
        if (not waits or self.take()) and (linking or not waits):
            self.finish()

    def take(self) -> bool:
        """Take what the references typed name, or else the row chosen. Returns whether anything was taken."""
        text = self.box.text().strip()
        named = self._references.read(text) if text else ()
        if not isinstance(named, Doubt) and named:
            rows = list(named)
        elif 0 <= self.hits.currentRow() < len(self._shown):
            rows = [self._shown[self.hits.currentRow()]]
        else:
            self.said.setText(named.sentence if isinstance(named, Doubt) else "Type what to link.")
            return False
        self._taken |= {row.key: row for row in rows}
        self.box.clear()
        self._show_taken()
        return True

    def finish(self) -> None:
        """Link all that was taken, as one step; say why, where that cannot be."""
        if self.box.text().strip() and not self.take():
            return
        if not self._taken:
            self.said.setText("Nothing is chosen yet. Type words or a reference, then Enter.")
            return
        way: LinkWay = self.way.currentData()
        pairs = [
            way.link(row.key, other.key, self._table, other.table)
            for other in self._taken.values()
            for row in self._linked
        ]
        names = [row.ref or f"“{row.text[:30]}”" for row in self._taken.values()]
        label = f"link {self._name()} to {few(names)}"
        try:
            made = self._signals.edit(label, links.join_all, pairs)
        except (RuleBroken, NotKept) as refusal:
            self.said.setText(str(refusal))
            return
        if not made:
            self._taken = {}
            self._show_taken()
            self.said.setText(linked_already(self._name(), names))
            return
        self.accept()

    def _way_changed(self) -> None:
        way: LinkWay = self.way.currentData()
        own = {row.key for row in self._linked}
        rows = self._signals.read(threads.rows, None, way.tables)
        self._rows = [row for row in rows.values() if row.key not in own]
        self._references = References(self._rows, self._year)
        self._sought = [searched(f"{row.title} {word_of(row.table).singular}") for row in self._rows]
        self._taken = {key: row for key, row in self._taken.items() if row.table in way.tables}
        self._look(self.box.text())
        self._show_taken()

    def _look(self, typed: str) -> None:
        words = caseless(typed).split()
        hits = [row for row, text in zip(self._rows, self._sought, strict=True) if all(word in text for word in words)]
        whole = " ".join(words)
        hits.sort(
            key=lambda row: (row.ref.casefold() != whole, not row.ref.casefold().startswith(whole)) if whole else ()
        )
        self._shown = hits[:SHOWN_AT_MOST]
        self.hits.clear()
        for row in self._shown:
            item = QListWidgetItem(_said(row))
            item.setToolTip(row.text)
            self.hits.addItem(item)
        self.hits.setCurrentRow(0 if self._shown and typed.strip() else -1)
        more = f", {SHOWN_AT_MOST} shown" if len(hits) > SHOWN_AT_MOST else ""
        self.said.setText(f"{len(hits):,} found{more}. Enter takes one; Enter again links all that are taken.")

    def _show_taken(self) -> None:
        names = [row.title[:60] for row in self._taken.values()]
        self.taken.setText("\n".join([f"Will be linked ({len(names)}):", *names]) if names else "")
        self.taken.setVisible(bool(names))
        self.link.setEnabled(bool(names))
