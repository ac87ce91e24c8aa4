"""The delivery plan's table as it is first seen, before the plan is open: it can be read, but not yet worked in."""

from pathlib import Path

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from spp_desktop.plan.kinds import Option
from spp_desktop.store.glimpse import FirstLook, first_look, plan_key
from spp_desktop.ui.common.memory import Memory, take_up
from spp_desktop.ui.common.plan_memory import PlanMemory
from spp_desktop.ui.delivery.columns import Lists, columns, summary
from spp_desktop.ui.grid import state as grid_state
from spp_desktop.ui.grid.table_model import CellChange, TableModel
from spp_desktop.ui.grid.view import GridView
from spp_desktop.ui.pages import FIRST_SHOWN, PAGES
from spp_desktop.ui.window.page_row import add_tabs

DELIVERY = "delivery"


class Glimpse(QWidget):
    """The table, with the columns, order and filter that it was left with. It is removed once the plan is open."""

    def __init__(self, look: FirstLook, memory: PlanMemory) -> None:
        super().__init__()
        lists, today = Lists(), look.today
        lists.take_statuses(look.statuses)
        lists.roles = look.roles
        lists.posts = [Option(key, title) for key, title in look.posts.items()]
        self.model = TableModel(columns(lists, lambda: today), _nothing, summary(lists, lambda: today), parent=self)
        self.model.locked = "The plan is being opened."
        self.model.arrangement.grouping = "priority_id"
        self.grid = GridView(self.model, "Activities of the annual delivery plan", rows=False)
        self.model.set_rows(look.rows)
        take_up(memory.page_state(DELIVERY), lambda state: grid_state.restore_state(self.grid, state["grid"]))
        tabs = QTabWidget()
        tabs.setDocumentMode(True)
        for pages in add_tabs(tabs, PAGES).values():
            if DELIVERY in pages.names:
                pages.put(DELIVERY, self.grid)
                pages.show_page(DELIVERY)
                tabs.setCurrentWidget(pages)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(tabs)

    @classmethod
    def of(cls, plan: Path, memory: Memory) -> "Glimpse | None":
        """A first look at a plan, if there is a quick one."""
        of_plan = PlanMemory(memory, plan_key(plan))
        page = of_plan.page_state("page")
        if page.get("tab", FIRST_SHOWN) != DELIVERY:
            return None
        look = first_look(plan, page.get("year"))
        return None if look is None else cls(look, of_plan)


def _nothing(_: list[CellChange]) -> None:
    """Do nothing: every cell is locked."""
