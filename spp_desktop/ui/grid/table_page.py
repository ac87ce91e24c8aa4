"""What every page with one table has: the filter, the table (or the words in its place), and a panel beside it."""

from abc import abstractmethod
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.spoken import texts_of_program
from spp_desktop.plan.words import Word
from spp_desktop.store import queries
from spp_desktop.store.portfolios import Portfolio
from spp_desktop.store.problems import NotKept
from spp_desktop.ui.common.signals import Changed, PlanSignals
from spp_desktop.ui.common.window_page import WindowPage
from spp_desktop.ui.grid import state as grid_state
from spp_desktop.ui.grid.draft import is_new
from spp_desktop.ui.grid.filter_box import FilterBox
from spp_desktop.ui.grid.find_bar import FindBar
from spp_desktop.ui.grid.finding import GridFinder
from spp_desktop.ui.grid.table_model import TableModel
from spp_desktop.ui.grid.totals import selection_words
from spp_desktop.ui.grid.view import GridView

RESTS = 150
"""The milliseconds after which the panel follows though a key is still down, where it comes no more."""
AGAIN = "Ctrl+Alt+L groups again"
"""How rows are put under their heads again that were changed where they stood."""
WHOSE = "A row is a post's that leads it, owns it with others, or stands in a role to it."
READ_ONLY = "This plan is open for reading only; nothing can be changed here."


@texts_of_program("filter_hint", "filter_name", "show_panel")
@dataclass(frozen=True)
class PageTexts:
    """The texts of a page.

    Attributes:
        filter_hint: what stands in the filter box while it is empty.
        filter_name: the filter box's name for screen readers.
        show_panel: the command that shows or hides the panel.
        word: what a row is called.
    """

    filter_hint: str
    filter_name: str
    show_panel: str
    word: Word


@runtime_checkable
class SayingPanel(Protocol):
    """A panel that says why something is not kept."""

    def say(self, sentence: str) -> None:
        """Say why something is not kept; "" takes the sentence away."""


class TablePage(WindowPage):
    """A page with one table. A derived page makes its model, table and panel, and calls ``build``.

    Attributes:
        words: the page's texts.
        tables: the tables of the plan whose changes it shows.

    Signals:
        selected: the key of the row the person is in.
    """

    selected = Signal(str)
    words: PageTexts
    tables: frozenset[str]
    model: TableModel
    grid: GridView

    def __init__(self, signals: PlanSignals, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.signals = signals
        self.filter = FilterBox(self.words.filter_hint, self.words.filter_name)
        self.sentence = QLabel(wordWrap=True)
        self.stack = QStackedWidget()
        self.empty_text = QLabel(wordWrap=True)
        self.empty_button = QPushButton(autoDefault=True)  # Enter presses it, in a window as in a dialog
        self.under_table = QVBoxLayout()
        self.beside = QSplitter(Qt.Orientation.Horizontal)
        self.bar = QHBoxLayout()
        self._selecting = QTimer(self, singleShot=True, interval=0)
        self._following = QTimer(self, singleShot=True)
        self._following.timeout.connect(self.catch_up)
        self._due = self._told_late = False
        self._selection = ""

    # The panel follows the table

    @property
    def panel(self) -> QWidget:
        """What stands beside the table, as it is now: whoever asks for it finds no other row in it than the table's."""
        self.catch_up()
        return self._panel

    @panel.setter
    def panel(self, panel: QWidget) -> None:
        self._panel = panel

    def follow_soon(self, *, rests: int = 0) -> None:
        """Have the panel follow once nothing more is done with the table for so many milliseconds, or it is asked."""
        self._due = True
        self._following.start(rests)

    def catch_up(self) -> None:
        """Have the panel follow now, if it is to."""
        if self._due and not self.signals.stopped:
            self._due = False
            self._following.stop()
            self.row_selected(self.grid.told_row())
            if self._told_late:
                self._told_late = False
                self.selected.emit(self.grid.told_row())

    def follow(self) -> None:
        """Have the panel follow what was read again: after what is typed in the table, which may lead on to a row."""
        self._due = True
        if self.model.is_typing:
            self._following.start(0)
        else:
            self.catch_up()

    # What a derived page defines

    @abstractmethod
    def refresh(self) -> None:
        """Read the plan again."""

    @abstractmethod
    def arranged(self) -> None:
        """Say in ``empty_text`` and on ``empty_button`` why no row is shown, if there is none."""

    @abstractmethod
    def begin(self) -> None:
        """Do what the button of a table without rows offers."""

    def stands_for(self, row: Any) -> Collection[str]:
        """The keys of the rows of the plan that a line is about, by which a portfolio has it: by default its own."""
        return (row.key,)

    @abstractmethod
    def row_selected(self, key: str) -> None:
        """Show another row in the panel."""

    # Laying out

    def build(self, bar: Sequence[QWidget | QHBoxLayout], end: Sequence[QWidget], panel_width: int) -> None:
        """Lay out the page: the bar above, the table, and the panel.

        Args:
            bar: the widgets beside the filter.
            end: the widgets at the end of the bar.
            panel_width: the width of the panel at first, in pixels.
        """
        self.stack.addWidget(self.grid)
        self.stack.addWidget(self._empty_page())
        self.sentence.setAccessibleName("Why the last change was not kept")
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.sentence.hide()
        table = QWidget()
        self.under_table.setContentsMargins(0, 0, 0, 0)
        self.under_table.setSpacing(4)
        self.finding = FindBar(GridFinder(self.grid))
        self.under_table.addWidget(self.stack, 1)
        self.under_table.addWidget(self.finding)
        self.under_table.addWidget(self.sentence)
        table.setLayout(self.under_table)
        self.beside.addWidget(table)
        self.beside.addWidget(self.panel)
        self.beside.setStretchFactor(0, 1)
        self.beside.setSizes([880, panel_width])
        self.beside.setChildrenCollapsible(False)
        self.page = QVBoxLayout(self)
        self.page.setContentsMargins(8, 8, 8, 8)
        self.page.setSpacing(6)
        self._fill_bar(bar, end)
        self.page.addLayout(self.bar)
        self.page.addWidget(self.beside, 1)
        self.show_panel = self.folding(self.words.show_panel, "F4", self.panel)
        self.grid.titled = self._titled
        menu = QMenu("Picture of this ta&ble", self)
        menu.addActions(self.grid.pictured)
        self.picture_menu = menu.menuAction()
        self._connect()

    def _fill_bar(self, beside: Sequence[QWidget | QHBoxLayout], end: Sequence[QWidget]) -> None:
        self.bar.setSpacing(8)
        self.bar.addWidget(self.filter, 2)
        for part in beside:
            if isinstance(part, QWidget):
                self.bar.addWidget(part)
            else:
                self.bar.addLayout(part)
        self.bar.addStretch(1)
        for widget in end:
            self.bar.addWidget(widget)

    def _empty_page(self) -> QWidget:
        page = QWidget()
        box = QVBoxLayout(page)
        self.empty_text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box.addStretch(1)
        box.addWidget(self.empty_text)
        box.addWidget(self.empty_button, 0, Qt.AlignmentFlag.AlignCenter)
        box.addStretch(2)
        return page

    def folding(self, text: str, keys: str, widget: QWidget) -> QAction:
        """An action that shows or hides a part of the page."""
        action = QAction(text, self, checkable=True, checked=True)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.toggled.connect(widget.setVisible)
        self.addAction(action)
        return action

    def titled(self) -> tuple[str, Sequence[str]]:
        """The title and the notes under which the table is printed and saved."""
        plan = self.signals.read(queries.plan)
        return self.grid.accessibleName(), [note for note in (plan.title, plan.illustrative) if note]

    def _titled(self) -> tuple[str, Sequence[str]]:
        """The title and the notes of the page, which say first whose rows alone these are."""
        title, notes = self.titled()
        of = self._whose()
        return title, notes if of is None else [f"Only what is {of.title}'s: {of.words} in the whole plan.", *notes]

    def _connect(self) -> None:
        self.signals.changed.connect(self._plan_changed)
        self.signals.portfolio.turned.connect(self.confine)
        self.signals.compared.connect(self._mark_otherwise)
        self.filter.attach(self.grid)
        self.empty_button.clicked.connect(self._empty_clicked)
        self.model.refused.connect(self._refused)
        self.model.arranged.connect(self._arranged)
        self.model.arranged.connect(self.summary_changed)
        self.model.renewed.connect(self.summary_changed)
        self.grid.selected.connect(self._selected)
        self.grid.rested.connect(self.catch_up)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_moved)
        self.grid.selectionModel().selectionChanged.connect(self._selection_changed)
        self._selecting.timeout.connect(self._say_selection)
        if self.signals.portfolio.shown is not None:
            self.confine()
        self._mark_otherwise()

    # What the window asks

    def confine(self) -> None:
        """Show only the rows of the portfolio that the window is confined to, or all again."""
        self.model.confine(None if self.signals.portfolio.shown is None else self._belongs)
        if self.grid.current() is None:
            shown = self.model.visible_keys()
            self.row_selected(shown[0] if shown and self.grid.select(shown[0]) else "")
        self.summary_changed.emit()

    def _belongs(self, row: Any) -> bool:
        return is_new(row.key) or self.signals.portfolio.holds(self.stands_for(row))

    def select(self, key: str) -> bool:
        """Go to a row, and clear the filter if it hides it. Returns whether the table has it."""
        if self.grid.select(key):
            return True
        if self.row(key) is None:
            return False
        self.clear_filter()
        return self.grid.select(key)

    def show_cell(self, field: str) -> None:
        """Go to a cell of the current row."""
        current = self.grid.current()
        if current is not None and self.model.column_of(field) >= 0:
            self.grid.select(current[0].key, field)

    def has_refusal(self) -> bool:
        """Whether something was typed and refused, or belongs to a row that is not in the plan yet."""
        return self.model.has_unkept

    def take_back(self) -> bool:
        """Give up the latest text that was refused in a cell, and go there."""
        cell = self.model.take_back()
        if cell is not None and cell[0]:
            self.grid.select(*cell)
        return cell is not None

    def forget_refusals(self) -> None:
        """Take away the sentences beneath the table and at the top of the panel."""
        self.say("")
        if isinstance(self.panel, SayingPanel):
            self.panel.say("")

    def focus_filter(self) -> None:
        """Put the cursor into the filter box."""
        self.filter.focus_all()

    def find_next(self, *, back: bool = False) -> None:
        """Go to the next cell that holds what is sought, or the one before."""
        self.finding.find_next(back=back)

    def replace(self) -> None:
        """Ask what to replace in the cells, and by what."""
        self.finding.ask(replace=True)

    def panes(self) -> Sequence[QWidget]:
        """The table, what stands beside it, and the filter."""
        return self.stack, self.panel, self.filter

    def row_keys(self) -> Sequence[str]:
        """The keys of the rows of the plan that the current line is about."""
        current = self.current()
        return () if current is None else tuple(dict.fromkeys((*self.stands_for(current), current.key)))

    def first_row(self) -> str:
        """The key of the first row as the plan has them."""
        return str(self.model.rows[0].key) if self.model.rows else ""

    def commit_pending(self) -> bool:
        """Keep what is being typed, if anything is. A text that was refused stays in its cell."""
        self.grid.commit_pending()
        return not self.model.has_unkept

    def actions(self) -> list[QAction]:
        """The page's actions, for the menus."""
        self.grid.set_deeds()
        return [*self.grid.deeds.values(), self.show_panel, self.picture_menu]

    def summary(self) -> str:
        """The number of rows, for the status bar."""
        of = self._whose()
        count, shown = len(self.model.own_rows), self.model.matching()
        words = self.words.word.counted(count) + (f" of {of.title}" if of is not None else "")
        words += f", {shown:,} shown" if shown != count else ""
        return words + (f", not grouped anew yet ({AGAIN})" if self.model.unsettled else "")

    def selection(self) -> str:
        """What the selected cells come to, for the status bar; "" where one alone is selected."""
        return self._selection

    def showEvent(self, event: QShowEvent) -> None:
        """Put rows that were changed where they belong now."""
        super().showEvent(event)
        if self.model.unsettled:
            self.model.arrange()

    def save_state(self) -> dict[str, Any]:
        """The state in which the page is left."""
        return {
            "grid": grid_state.save_state(self.grid),
            "beside": self.beside.sizes(),
            "panel": self.show_panel.isChecked(),
        }

    def restore_state(self, state: dict[str, Any]) -> None:
        """Take up the state in which the page was left."""
        if not state:
            return
        grid_state.restore_state(self.grid, state.get("grid", {}))
        self.filter.show_text(self.model.arrangement.filter_text)
        restore_sizes(self.beside, state.get("beside", ()))
        self.show_panel.setChecked(bool(state.get("panel", True)))

    # What the person does

    def clear_filter(self) -> None:
        """Show all rows."""
        self.filter.show_all()

    def say(self, sentence: str) -> None:
        """Say beneath the table why something was not kept; "" takes the sentence away."""
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))

    def edit(self, label: str, verb: Callable[..., object], *args: Any, **values: Any) -> Any:
        """Edit the plan. Returns what the verb gives, or ``None`` if it was refused, and says why beneath the table."""
        try:
            done = self.signals.edit(label, verb, *args, **values)
        except (RuleBroken, NotKept) as refusal:
            self.say(str(refusal))
            return None
        self.say("")
        return done

    # How it is done

    def lock(self, *changing: QWidget | QAction) -> None:
        """Allow no changes if the plan is open for reading only."""
        read_only = self.signals.workspace.read_only
        self.model.lock(READ_ONLY if read_only else "")
        for part in changing:
            part.setDisabled(read_only)
        self.grid.set_deeds()

    def row(self, key: str) -> Any:
        """The row of a key; ``None`` if the table has no such row."""
        return self.model.row_of(key)

    def current(self) -> Any:
        """The current row, or on a head the row come from, which the panel still shows; ``None`` if there is none."""
        cell = self.grid.current()
        return cell[0] if cell else self.row(self.grid.told_row())

    def _mark_otherwise(self) -> None:
        """Mark the cells that are otherwise in the state that the plan is compared with."""
        self.model.mark_otherwise(self.signals.otherwise)
        self.grid.viewport().update()

    def _refused(self, sentence: str) -> None:
        """Say why something was not kept; it can be undone like a step."""
        self.say(sentence)
        self.summary_changed.emit()

    def _selection_changed(self) -> None:
        self._selecting.start()

    def _say_selection(self) -> None:
        """Say what is selected now, if that is more than one cell or was before."""
        words = selection_words(self.grid)
        if words != self._selection:
            self._selection = words
            self.summary_changed.emit()

    def _selected(self, key: str) -> None:
        """Have the panel and all else follow: at once, or after a key once it is let go."""
        self._told_late = self.grid.held
        if self.grid.held:
            self.follow_soon(rests=RESTS)
        else:
            self._due = False
            self.row_selected(key)
            self.selected.emit(key)

    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self._due and now is not None and self._panel.isAncestorOf(now):
            self.catch_up()

    def _plan_changed(self, changed: Changed) -> None:
        if not changed.rows or self.tables & changed.rows.keys():
            self.refresh()

    def _arranged(self) -> None:
        shown = self.model.matching() or self.model.has_unkept or self.model.has_begun()
        self.stack.setCurrentIndex(0 if shown else 1)
        self.setFocusProxy(self.grid if shown else self.empty_button)
        self.arranged()
        of = self.signals.portfolio.shown
        if of is not None and self._others_only():
            none = f"{of.title} has no {self.words.word.singular}; the whole plan has {len(self.model.rows):,}."
            self.empty_text.setText(f"{none}\n\n{WHOSE}")
            self.empty_button.setText("Show the whole plan")
            self.empty_button.setVisible(True)
            self.empty_button.setEnabled(True)

    def _whose(self) -> Portfolio | None:
        """The portfolio whose rows alone are in the table; ``None`` also where its rows are nobody's."""
        of = self.signals.portfolio.shown
        return of if of is not None and any(map(self.stands_for, self.model.rows)) else None

    def _others_only(self) -> bool:
        """Whether the table would have rows, but none of the portfolio that the window is confined to."""
        return bool(self.model.rows) and not self.model.own_rows

    def _empty_clicked(self) -> None:
        if self._others_only():
            self.signals.portfolio.leave()
            self.grid.setFocus()
        elif self.model.rows:
            self.clear_filter()
            self.grid.setFocus()
        else:
            self.begin()


def restore_sizes(splitter: QSplitter, sizes: Sequence[int]) -> None:
    """Give a splitter the sizes it was left with, unless a part was hidden or it has other parts now."""
    if len(sizes) == splitter.count() and all(sizes):
        splitter.setSizes([int(size) for size in sizes])
