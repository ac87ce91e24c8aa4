"""The page of priorities: the tree of the plan's priorities, and beside it the whole of the chosen row."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QSplitter, QVBoxLayout, QWidget

from spp_desktop.plan.spoken import in_words_of_plan, spoken
from spp_desktop.store import queries
from spp_desktop.ui.common.deleting import sure_to_delete
from spp_desktop.ui.common.signals import Changed, PlanSignals
from spp_desktop.ui.common.style import as_label
from spp_desktop.ui.common.window_page import WindowPage
from spp_desktop.ui.grid.find_bar import FindBar
from spp_desktop.ui.priorities.finding import TreeFinder
from spp_desktop.ui.priorities.kinds import (
    HEADING,
    KINDS,
    NO_LEVEL,
    TreeItem,
    can_begin,
    first_child,
    no_level_in,
    short,
    step_place,
)
from spp_desktop.ui.priorities.panel import NarrativePanel
from spp_desktop.ui.priorities.row_words import word_of
from spp_desktop.ui.priorities.tree import PriorityTree
from spp_desktop.ui.priorities.view import PriorityView
from spp_desktop.ui.thread.pane import Linkable, link_action

TABLES = frozenset({"section", "priority", "theme", "commitment", "level", "marking"})
"""The tables that the tree shows; the panel reads more."""

NO_WAY = {
    "up": "This is the first of its kind here, so it cannot go further up.",
    "down": "This is the last of its kind here, so it cannot go further down.",
    "out": "This cannot stand one level further out.",
    "in": "There is nothing above this that it could stand under.",
}


class PrioritiesPage(WindowPage):
    """Reads and edits sections 1 to 7, the priorities, themes and commitments of one plan.

    Signals:
        go_to_activity: the key of an activity that the person wants to see.
        went: the table and the key of a linked row that the person wants to see.
    """

    go_to_activity = Signal(str)
    went = Signal(str, str)

    def __init__(self, signals: PlanSignals, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signals = signals
        self._before_filter: list[str] | None = None
        self._stale = False
        self._model = PriorityTree(signals, self)
        self.view = PriorityView(self._model, self)
        self.setFocusProxy(self.view)
        self.panel = NarrativePanel(signals, self)
        self.finding = FindBar(TreeFinder(signals, self.view), self)
        self._filter = QLineEdit(self)
        self._notice = QLabel(self)
        self._actions = [
            link_action(self, signals, self._linkable),
            *self._made_actions(),
            *self.panel.tools.actions_of_text(),
        ]
        self._lay_out()
        self._model.refused.connect(self._say)
        self._model.placed.connect(self.select)
        self.view.chosen.connect(self._show_chosen)
        self.panel.go_to_activity.connect(self.go_to_activity)
        self.panel.went.connect(self.went)
        self._filter.textChanged.connect(self._narrow)
        self._filter.installEventFilter(self)
        signals.changed.connect(self._take_in)
        signals.portfolio.turned.connect(self._portfolio_turned)
        self._show_chosen()

    # What the window asks.

    def actions(self) -> list[QAction]:
        """The page's actions, for the Edit menu and for finding by name."""
        return list(self._actions)

    def select(self, key: str) -> bool:
        """Choose the row of a key, and clear a filter that hides it. Returns whether the tree has the row."""
        if self.view.choose(key):
            return True
        if self._filter.text():
            self._filter.clear()
        return self.view.choose(key)

    def first_row(self) -> str:
        """The key of the first priority."""
        return next((node.key for node in self._signals.read(queries.priority_tree)), "")

    def place(self) -> Mapping[str, str]:
        """The row that is chosen and the rows that it stands under."""
        item = self.view.current()
        return {above.kind: above.key for above in item.above() if above.key} if item is not None else {}

    def focus_filter(self) -> None:
        """Go to the filter box."""
        self._filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._filter.selectAll()

    def commit_pending(self) -> bool:
        """Write what is typed and not kept yet. Returns whether the plan now has all of it."""
        self.view.keep_open_editor()
        kept = self.panel.commit_pending()
        return kept and not self._model.has_unkept()

    def find_next(self, *, back: bool = False) -> None:
        """Go to the next row that holds what is sought, or the one before."""
        self.finding.find_next(back=back)

    def replace(self) -> None:
        """Ask what to replace in the rows, and by what."""
        self.finding.ask(replace=True)

    def has_refusal(self) -> bool:
        """Whether something was typed in the tree and refused."""
        return self._model.has_unkept()

    def take_back(self) -> bool:
        """Give up the latest text that was refused."""
        return self._model.take_back()

    def summary(self) -> str:
        """The numbers of rows of each kind, for the status bar."""
        counts = dict.fromkeys(spoken().all, 0)
        for item in self._model.items():
            if item.key and item.kind in KINDS and item.kind != "section":
                counts[word_of(item)] = counts.get(word_of(item), 0) + 1
        counted = " · ".join(word.counted(count) for word, count in counts.items())
        return counted + (" shown" if self._filter.text() else "")

    def panes(self) -> Sequence[QWidget]:
        """The tree, the panel and the filter."""
        return self.view, self.panel, self._filter

    def save_state(self) -> dict[str, Any]:
        """The rows that are open and chosen and how far the tree is scrolled, as plain values."""
        current = self.view.current()
        return {
            "open": self._before_filter if self._before_filter is not None else self.view.opened(),
            "chosen": current.key if current else "",
            "scroll": self.view.verticalScrollBar().value(),
            "splitter": self._splitter.sizes(),
            "filter": self._filter.text(),
            "page": self.panel.list_in_front(),
        }

    def restore_state(self, state: dict[str, Any]) -> None:
        """Take up the state that ``save_state`` gave, as far as the plan still has its rows."""
        if "open" in state:
            self.view.open_only(state["open"])
        if state.get("splitter"):
            self._splitter.setSizes(state["splitter"])
        self._filter.setText(state.get("filter", ""))
        self.panel.show_list(state.get("page", 0))
        self.view.choose(state.get("chosen", ""))
        self.view.doItemsLayout()
        self.view.verticalScrollBar().setValue(state.get("scroll", 0))

    # What a person does.

    def add_after(self) -> None:
        """Open an empty row behind the chosen one, for another row of its kind."""
        item = self.view.current()
        if item is None or item.kind == HEADING or item.parent is None:
            self._begin(item if item and item.kind == HEADING else self._root(), None)
        else:
            self._begin(item.parent, item)

    def add_below(self) -> None:
        """Open an empty row under the chosen one; behind it, where the plan has no level below its own."""
        item = self.view.current()
        if item is not None and not first_child(item):
            self.add_after()
        else:
            self._begin(item or self._root(), None)

    def add_theme_below(self) -> None:
        """Open an empty row for a theme under the nearest row above that can hold one, the chosen one first."""
        self._begin_below("theme")

    def add_commitment_below(self) -> None:
        """Open an empty row for a commitment under the nearest row above that can hold one, the chosen one first."""
        self._begin_below("commitment")

    def _begin_below(self, kind: str) -> None:
        self.view.keep_open_editor()  # what is begun stands under nothing that is not in the plan yet
        item = self.view.current()
        rows = [above for above in item.above() if above.key] if item else []
        parent = next((above for above in rows if can_begin(above, kind)), None)
        if parent is not None:
            self._begin(parent, None, kind)
        elif any(above.kind in KINDS[kind].under for above in rows):
            self._say(NO_LEVEL)
        else:
            self._say(in_words_of_plan(f"Choose a priority or a theme first; a new {kind} stands under it."))

    def move_row(self, way: str) -> None:
        """Move the chosen row "up", "down", "out" or "in"."""
        item = self.view.current()
        if item is None or item.kind not in KINDS or not item.key:
            return
        if self._filter.text():
            self._say("Clear the filter before moving anything: rows are hidden that it would pass.")
            return
        place = step_place(item, way)
        if place is None:
            self._say(NO_LEVEL if way == "in" and no_level_in(item) else NO_WAY[way])
        else:
            self._model.move(item, place)

    def delete(self) -> None:
        """Delete the chosen row, after saying what would go with it."""
        item = self.view.current()
        if item is None or item.kind not in KINDS:
            return
        if not item.key:
            self._model.give_up(item)
            self._model.drop_draft()
            return
        self.panel.commit_pending()
        model = KINDS[item.kind].model
        sure = sure_to_delete(self, self._signals, model, [item.key], f"“{short(item.text)}”")
        if sure and self._model.remove(item):
            self.panel.forget(item.key)

    def showEvent(self, event: QShowEvent) -> None:
        """Take in what changed while another page was in front."""
        super().showEvent(event)
        self._show_panel()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go from the filter box into the tree by Down; clear the box by Escape."""
        if watched is self._filter and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.view.setFocus()
                return True
            if event.key() == Qt.Key.Key_Escape and self._filter.text():
                self._filter.clear()
                return True
        return super().eventFilter(watched, event)

    # How it is done.

    def _lay_out(self) -> None:
        self._filter.setPlaceholderText(in_words_of_plan("Filter: words in a title or commitment"))
        self._filter.setAccessibleName("Filter the tree")
        self._filter.setClearButtonEnabled(True)
        self.view.setWhatsThis(
            "What the plan sets out to do. F2 or typing edits a row, Insert adds one after it, Ctrl+Enter one under "
            "it, Alt and the arrow keys move it, Delete takes it out."
        )
        self._notice.setWordWrap(True)
        self._notice.setAccessibleName("Notice")
        self._notice.setForegroundRole(self.palette().ColorRole.BrightText)
        self._notice.hide()
        add = QPushButton(_add_first(), self)
        add.setAutoDefault(False)
        add.setEnabled(not self._signals.workspace.read_only)
        add.clicked.connect(lambda: self._begin(self._root(), None, "priority"))
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._filter, 1)
        top.addWidget(add)
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(8, 8, 4, 8)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self._notice)
        column.addWidget(self.view, 1)
        column.addWidget(self.finding)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.addWidget(left)
        self._splitter.addWidget(self.panel)
        self._splitter.setStretchFactor(0, 3)
        self._splitter.setStretchFactor(1, 2)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setSizes([700, 580])
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._splitter)

    def _made_actions(self) -> list[QAction]:
        """Make the actions of the page, with their titles, keys and deeds."""
        wanted: tuple[tuple[str, tuple[str, ...], Callable[[], None]], ...] = (
            ("Add after", ("Ins", "Ctrl++", "Ctrl+="), self.add_after),
            ("Add under", ("Ctrl+Return", "Ctrl+Enter", "Alt+Ins"), self.add_below),
            (as_label(in_words_of_plan("Add theme under")), ("Ctrl+T",), self.add_theme_below),
            (as_label(in_words_of_plan("Add commitment under")), ("Ctrl+Shift+T",), self.add_commitment_below),
            ("Move up", ("Alt+Up",), lambda: self.move_row("up")),
            ("Move down", ("Alt+Down",), lambda: self.move_row("down")),
            ("Move out", ("Alt+Left",), lambda: self.move_row("out")),
            ("Move in", ("Alt+Right",), lambda: self.move_row("in")),
            ("Delete", ("Del", "Ctrl+-"), self.delete),
        )
        made = []
        for name, keys, deed in wanted:
            action = QAction(name, self)
            action.setShortcuts([QKeySequence(key) for key in keys])
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.setEnabled(not self._signals.workspace.read_only)
            action.triggered.connect(deed)
            self.view.addAction(action)
            made.append(action)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        return made

    def _linkable(self) -> Linkable | None:
        """The row chosen, to be linked."""
        item = self.view.current()
        return Linkable(item.kind, [item.key], down=True) if item is not None and item.key else None

    def _root(self) -> TreeItem:
        return self._model.item(self._model.index_of(None))

    def _begin(self, parent: TreeItem, after: TreeItem | None, kind: str = "") -> None:
        if self._signals.workspace.read_only or (self._model.draft and self._model.has_unkept()):
            return
        key, behind = parent.key, after.key if after else ""
        self.view.keep_open_editor()  # an editor that closes by itself would take the row that is begun with it
        self.panel.commit_pending()
        if self._filter.text():
            self._filter.clear()
        parent = self._model.find(key) or self._root()
        after = self._model.find(behind)
        kind = kind or (after.kind if after else first_child(parent))
        index = self._model.begin(kind, parent, after)
        self.view.expand(index.parent())
        self.view.setFocus()
        if self._model.draft is None:
            return  # what was typed elsewhere was kept as the keyboard came here, and the row went with that
        index = self._model.index_of(self._model.draft)
        self.view.setCurrentIndex(index)
        self.view.scrollTo(index)
        self.view.edit(index)

    def _say(self, sentence: str) -> None:
        self._notice.setText(sentence)
        self._notice.setVisible(bool(sentence))

    def _narrow(self, text: str) -> None:
        if text and self._before_filter is None:
            self._before_filter = self.view.opened()
        self._model.filter(text)
        if text:
            self.view.expandAll()
        elif self._before_filter is not None:
            self.view.open_only(self._before_filter)
            self._before_filter = None
        nothing = bool(text) and not self._model.items()
        self._say(f"Nothing here holds “{text}”. Escape clears the filter." if nothing else "")
        self.summary_changed.emit()

    def _show_chosen(self) -> None:
        self._say("")
        self.panel.show_item(self.view.current())

    def _take_in(self, changed: Changed) -> None:
        if changed.kind == "beside":
            return
        if not changed.rows or TABLES & changed.rows.keys():
            self._model.reload()
            self.summary_changed.emit()
        self._stale = True
        QTimer.singleShot(0, self, self._show_panel)

    def _portfolio_turned(self) -> None:
        """List beside the tree what is of the portfolio that the window is confined to, or all again."""
        self.panel.activities.forget(Changed("", "edit"))
        self._stale = True
        self._show_panel()

    def _show_panel(self) -> None:
        """Show the chosen row again, once the present edit has ended, if the page is in front."""
        if self._stale and self.isVisible():
            self._stale = False
            self.panel.reload(self.view.current())


def _add_first() -> str:
    """What the button says that adds a heading at the top level, with its key behind "&"."""
    usual, text = "Add priorit&y", in_words_of_plan("Add priority")
    return usual if text == usual.replace("&", "") else as_label(text)
