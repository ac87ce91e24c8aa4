"""The delivery plan's table as it is first seen, before the plan is open: it is read, gone about and typed in at once.

It keeps nothing itself. What is typed goes into the table of the open plan, as if it had been typed there: for that the
rest of the program is loaded at once, if it is not there yet. So there is one way into the plan, with one set of
checks, from the first second on.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QSplitter, QTabWidget, QVBoxLayout, QWidget

from spp_desktop.plan.kinds import Option
from spp_desktop.store.glimpse import FirstLook, first_look, plan_key
from spp_desktop.ui.common.memory import Memory, take_up
from spp_desktop.ui.common.plan_memory import PlanMemory
from spp_desktop.ui.delivery.columns import Lists, columns, summary
from spp_desktop.ui.grid import state as grid_state
from spp_desktop.ui.grid.columns import GridColumn
from spp_desktop.ui.grid.table_model import CellChange, TableModel
from spp_desktop.ui.grid.view import GridView
from spp_desktop.ui.pages import FIRST_SHOWN, PAGES
from spp_desktop.ui.window.page_row import add_tabs

if TYPE_CHECKING:  # what reads plans is loaded later
    from spp_desktop.ui.grid.table_page import TablePage

DELIVERY = "delivery"
LISTED_LATER = frozenset({"serves", "stands_under", "marking_id"})
"""The columns whose lists are read only once the plan is open."""
COMING = "What belongs beside the table is coming…"
TypedCells = Sequence[tuple[Any, GridColumn, str]]
"""Texts typed in cells: the row, the column, the text."""


class FirstTable(TableModel):
    """The table of the first look. What is typed in it goes into the page of the open plan.

    Args:
        into: gives the page, once the plan is open; ``None`` if it cannot be opened, which was told then.
    """

    def __init__(self, into: "Callable[[], TablePage | None]", *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self._into = into
        self.keeping: TypedCells = ()

    def keep(self, typed: TypedCells, *, show: bool = True) -> bool:
        """Have texts kept as if they were typed in the open plan's table. Returns whether they were."""
        if self.keeping:  # the editor asks once more when it loses the keys to the page
            return True
        self.keeping = typed
        try:
            page = self._into()
            return page is not None and page.model.keep(_known(page.model, typed), show=show)
        finally:
            self.keeping = ()

    def put(self, cells: list[CellChange], typed: TypedCells = ()) -> bool:
        """Have values kept in the open plan's table. Returns whether they were."""
        page = self._into()
        return page is not None and page.model.put(cells, _known(page.model, typed))


def _known(table: TableModel, typed: TypedCells) -> TypedCells:
    """Typed texts with the rows and columns that the table of the open plan has for them."""
    rows = {row.key: row for row in table.rows}
    places = [(rows.get(row.key, row), table.column_of(column.field), text) for row, column, text in typed]
    return [(row, table.columns[n], text) for row, n, text in places if n >= 0]


class FirstGrid(GridView):
    """The grid of the first look.

    Args:
        into: as of ``FirstTable``.
    """

    def __init__(self, into: "Callable[[], TablePage | None]", model: FirstTable) -> None:
        super().__init__(model, "Activities of the annual delivery plan", "activity")
        self._into = into

    def edit(self, *args: Any) -> Any:
        """Open an editor here; one whose list is read only once the plan is open, there."""
        if len(args) > 1 and self.table.columns[args[0].column()].field in LISTED_LATER:
            page, event = self._into(), args[2]
            if page is not None and isinstance(event, QKeyEvent):
                QApplication.sendEvent(page.grid, event.clone())
            elif page is not None:
                page.grid.edit_here()
            return False
        return super().edit(*args)


class Glimpse(QWidget):
    """The table, with the columns, order and filter that it was left with. It is removed once the plan is open.

    Args:
        path: the plan.
        look: what is seen of it.
        memory: how its pages were left.
        into: gives the page of the open plan, which is opened for that if it is not yet; ``None`` if it cannot be.

    Signals:
        turned: the name of another page, which the person wants to see.
    """

    turned = Signal(str)

    def __init__(self, path: Path, look: FirstLook, memory: PlanMemory, into: "Callable[[], TablePage | None]") -> None:
        super().__init__()
        self.path, self.year = path, look.year
        self._editor: QWidget | None = None
        lists, today = Lists(), look.today
        lists.take_statuses(look.statuses)
        lists.year = look.year
        lists.roles = look.roles
        lists.posts = [Option(key, title) for key, title in look.posts.items()]
        lists.priorities = [Option(key, title) for key, title in look.priorities.items()]
        head = summary(lists, lambda: today)
        self.model = FirstTable(into, columns(lists, lambda: today), summary=head, parent=self)
        self.model.arrangement.grouping = "priority_id"
        self.grid = FirstGrid(into, self.model)
        self.model.set_rows(look.rows)
        left = memory.page_state(DELIVERY)
        take_up(left, lambda state: grid_state.restore_state(self.grid, state["grid"]))
        self._hand_on(into)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.places = add_tabs(self.tabs, PAGES)
        for pages in self.places.values():
            if DELIVERY in pages.names:
                pages.put(DELIVERY, self._laid_out(left))
                pages.show_page(DELIVERY)
                self.tabs.setCurrentWidget(pages)
            pages.turned.connect(self._turned)
        self.tabs.currentChanged.connect(self._turned)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self.tabs)
        self.setFocusProxy(self.grid)

    @classmethod
    def of(cls, plan: Path, memory: Memory, into: "Callable[[], TablePage | None]") -> "Glimpse | None":
        """A first look at a plan, if there is a quick one."""
        of_plan = PlanMemory(memory, plan_key(plan))
        page = of_plan.page_state("page")
        if page.get("tab", FIRST_SHOWN) != DELIVERY:
            return None
        look = first_look(plan, page.get("year"))
        return None if look is None else cls(plan, look, of_plan, into)

    def not_kept(self) -> str:
        """What was typed here and is in no plan, in a sentence, for where the plan cannot be opened; "" if nothing."""
        current, editor = self.grid.current(), self._editor or self.grid.delegate.editor()
        typed = list(self.model.keeping)
        if editor is not None and current is not None and _has_typed(editor, self.grid):
            typed.append((*current, cast("Any", editor).typed()))
        texts = [f"in {column.title} of {row.ref}: “{text}”" for row, column, text in typed]
        return f"What you typed is not kept: {'; '.join(texts)}" if texts else ""

    def came_to(self) -> object:
        """What the person has come to: the cell, what stands in its editor, and how far the table is scrolled."""
        index, editor = self.grid.currentIndex(), cast("Any", self.grid.delegate.editor())
        bars = self.grid.horizontalScrollBar().value(), self.grid.verticalScrollBar().value()
        return index.row(), index.column(), "" if editor is None else str(editor.typed()), *bars

    def rest(self) -> None:
        """Let go of the editor, if one is open, before the page of the open plan is shown and takes the keys."""
        self._editor = self.grid.delegate.let_go()

    def goes_on_in(self, page: "TablePage") -> None:
        """Have the page of the open plan go on from here: with what is selected, filtered and being typed."""
        current, editor = self.grid.current(), cast("Any", self._editor)
        self.grid.delegate.left.disconnect(self.grid.move_on)
        self.grid.delegate.left.connect(page.grid.move_on)
        state = grid_state.save_state(self.grid)
        if state != grid_state.save_state(page.grid):
            grid_state.restore_state(page.grid, state)
        page.grid.stand_as(self.grid)
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        if current is None or editor is None:
            return
        anew = page.grid.edit_here() if page.grid.current_is(current[0].key, current[1].field) else None
        if anew is not None:
            cast("Any", anew).go_on_from(editor)
        elif _has_typed(editor, self.grid):
            page.model.keep(_known(page.model, [(*current, editor.typed())]))

    def _hand_on(self, into: "Callable[[], TablePage | None]") -> None:
        """Have rows inserted, duplicated and deleted by the page of the open plan."""

        def asked(name: str) -> Callable[[object], None]:
            """What asks the page for it."""

            def ask(rows: object) -> None:
                page = into()
                if page is not None:
                    getattr(page.grid, name).emit(rows)

            return ask

        for name in ("insert_asked", "duplicate_asked", "delete_asked"):
            getattr(self.grid, name).connect(asked(name))

    def _laid_out(self, left: dict[str, Any]) -> QWidget:
        """The table where it will stand on its page, so that it does not move under the person's eyes."""
        beside, above = QSplitter(Qt.Orientation.Horizontal), QSplitter(Qt.Orientation.Vertical)
        panel, picture = QLabel(COMING, alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True), QWidget()
        panel.setEnabled(False)
        for splitter, parts, sizes in (
            (beside, (self.grid, panel), (880, 360)),
            (above, (beside, picture), (420, 190)),
        ):
            for part in parts:
                splitter.addWidget(part)
            splitter.setStretchFactor(0, 1)
            splitter.setSizes(sizes)
        take_up(left, lambda state: beside.setSizes([int(size) for size in state["beside"]]))
        take_up(left, lambda state: above.setSizes([int(size) for size in state["above"]]))
        panel.setVisible(bool(left.get("panel", True)))
        picture.setVisible(bool(left.get("picture", True)))
        whole, box = QWidget(), QLineEdit()
        box.setEnabled(False)
        box.setMaximumWidth(380)
        column = QVBoxLayout(whole)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addWidget(box)
        column.addWidget(above, 1)
        return whole

    def _turned(self) -> None:
        pages = self.tabs.currentWidget()
        name = next(place.current() for place in self.places.values() if place is pages)
        if name != DELIVERY:
            self.turned.emit(name)


def _has_typed(editor: Any, grid: GridView) -> bool:
    """Whether an editor holds something else than its cell."""
    return str(editor.typed()) != str(grid.currentIndex().data(Qt.ItemDataRole.EditRole) or "")
