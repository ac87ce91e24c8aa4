"""The page of the map: what serves what in the whole plan, with its gaps."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPalette, QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from spp_desktop.edits import links
from spp_desktop.figures.charts import thread_map
from spp_desktop.figures.charts.thread_map import MapRow, ThreadMap
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.words import counted
from spp_desktop.store import mapped
from spp_desktop.store.problems import NotKept
from spp_desktop.ui.common.signals import Changed, PlanSignals
from spp_desktop.ui.common.window_page import WindowPage
from spp_desktop.ui.thread.map_view import MapHeads, MapView
from spp_desktop.ui.thread.pane import Linkable, link_action
from spp_desktop.ui.thread.picker import ways

if TYPE_CHECKING:
    from spp_desktop.returns.plain_sheet import PlainSheet


class MapPage(WindowPage):
    """The map of the golden thread of one plan.

    Signals:
        went: the table and the key of a row that the person wants to see.
    """

    went = Signal(str, str)

    def __init__(self, signals: PlanSignals, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signals = signals
        self._whole: ThreadMap | None = None
        self.filter, self.gaps_only = QLineEdit(), QCheckBox("&Gaps only")
        self.view, self.area, self.sentence = MapView(self._numbers), QScrollArea(), QLabel(wordWrap=True)
        self.heads = MapHeads(self.view)
        self.link_rows = link_action(self, signals, self._linkable)
        self._lay_out()
        self.filter.textChanged.connect(self._show)
        self.filter.installEventFilter(self)
        self.gaps_only.toggled.connect(self._show)
        self.view.opened.connect(self.went)
        self.view.dropped.connect(self._link)
        self.view.moved.connect(self._show_row)
        signals.changed.connect(self._plan_changed)

    def _lay_out(self) -> None:
        self.filter.setPlaceholderText("Filter: words, a reference; what is linked to it stays")
        self.filter.setAccessibleName("Filter the map")
        self.filter.setClearButtonEnabled(True)
        self.sentence.setForegroundRole(QPalette.ColorRole.BrightText)
        self.sentence.setAccessibleName("Why nothing was linked")
        self.sentence.hide()
        self.area.setWidget(self.view)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(self.view)
        above, head = QHBoxLayout(), QHBoxLayout()
        above.setSpacing(8)
        above.addWidget(self.filter, 1)
        above.addWidget(self.gaps_only)
        above.addStretch(1)
        head.setContentsMargins(0, 0, self.area.verticalScrollBar().sizeHint().width(), 0)
        head.addWidget(self.heads)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addLayout(above)
        column.addLayout(head)
        column.addWidget(self.area, 1)
        column.addWidget(self.sentence)

    # What the window asks

    def refresh(self) -> None:
        """Read the plan again."""
        self._whole = self._signals.read(mapped.read)
        self._show()

    def select(self, key: str) -> bool:
        """Go to a row. Returns whether the map has it."""
        return self.view.select(key)

    def first_row(self) -> str:
        """The key of the first row shown."""
        nodes = self.view.shown.nodes
        return nodes[0].row.key if nodes else ""

    def focus_filter(self) -> None:
        """Put the cursor into the filter box."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def panes(self) -> Sequence[QWidget]:
        """The map and the filter."""
        return self.view, self.filter

    def save_state(self) -> dict[str, Any]:
        """The state in which the page is left."""
        node = self.view.node()
        return {
            "filter": self.filter.text(),
            "gaps": self.gaps_only.isChecked(),
            "at": node.row.key if node else "",
            "scroll": self.area.verticalScrollBar().value(),
        }

    def restore_state(self, state: dict[str, Any]) -> None:
        """Take up the state in which the page was left."""
        self.refresh()
        self.gaps_only.setChecked(bool(state.get("gaps")))
        self.filter.setText(state.get("filter", ""))
        self.view.select(state.get("at", ""))

    def row_keys(self) -> Sequence[str]:
        """The row of the map that the person is at."""
        node = self.view.node()
        return (node.row.key,) if node else ()

    def actions(self) -> list[QAction]:
        """What can be done here, for the menus."""
        return [self.link_rows, *self.view.actions_here()]

    def summary(self) -> str:
        """How much is shown and how many gaps there are, for the status bar."""
        shown = self.view.shown
        gaps = sum(bool(node.row.gap) for node in shown.nodes)
        return f"{counted(len(shown.nodes), 'row')}, {counted(len(shown.links), 'link')}, {counted(gaps, 'gap')}"

    # What the person does

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go from the filter box into the map by Down or Enter; clear the box by Escape."""
        if watched is self.filter and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.view.setFocus()
                return True
            if event.key() == Qt.Key.Key_Escape and self.filter.text():
                self.filter.clear()
                return True
        return super().eventFilter(watched, event)

    def _linkable(self) -> Linkable | None:
        """The row that the person is in, to be linked."""
        node = self.view.node()
        return None if node is None else Linkable(node.row.table, [node.row.key], down=node.column < 2)  # noqa: PLR2004

    def _link(self, key: str, other: str) -> None:
        """Link a row to another that it was dragged onto, in the first way that fits the two."""
        rows = {node.row.key: node.row for node in self.view.shown.nodes}
        row, onto = rows[key], rows[other]
        way = next((way for way in ways(row.table) if onto.table in way.tables), None)
        if way is None:
            self._say(f"{_called(row)} and {_called(onto)} cannot be linked.")
            return
        pair = way.link(key, other, row.table, onto.table)
        try:
            made = self._signals.edit(f"link {row.word} {row.ref} to {onto.word} {onto.ref}", links.join_all, [pair])
        except (RuleBroken, NotKept) as refusal:
            self._say(str(refusal))
            return
        self._say("" if made else f"{_called(row)} and {_called(onto)} are linked already.")

    # How it is done

    def showEvent(self, event: QShowEvent) -> None:
        """Take in what changed while something else was shown."""
        super().showEvent(event)
        if self._whole is None:
            self.refresh()

    def _plan_changed(self, changed: Changed) -> None:
        if changed.kind == "beside":
            return
        self._whole = None
        if self.isVisible():
            self.refresh()

    def _show(self) -> None:
        if self._whole is None:
            return
        shown = thread_map.narrowed(self._whole, self.filter.text(), gaps_only=self.gaps_only.isChecked())
        self.view.set_map(shown)
        self.heads.show_heads()
        self._say(shown.empty)
        self.summary_changed.emit()

    def _say(self, sentence: str) -> None:
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))

    def _show_row(self, box: QRect) -> None:
        self.area.ensureVisible(box.center().x(), box.center().y(), 0, 4 * box.height())

    def _numbers(self) -> "list[PlainSheet]":
        from spp_desktop.returns.plain_sheet import PlainSheet  # late: the library that writes workbooks

        shown = self.view.shown
        return [PlainSheet(shown.title, shown.notes, thread_map.table(shown))]


def _called(row: MapRow) -> str:
    return f"{row.word.capitalize()} {row.ref}"
