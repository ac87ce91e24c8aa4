"""Measures sorting and filtering 11,100 activities (100 plans in one), against a QSortFilterProxyModel.

``python -m benchmarks.table`` prints one line for each.
"""

import os
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is imported

from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtWidgets import QApplication, QTableView

from benchmarks import Ratio
from spp_desktop.plan.kinds import Option
from spp_desktop.store.plain import ActivityRow
from spp_desktop.ui.delivery import columns as delivery_columns
from spp_desktop.ui.grid.table_model import TableModel
from spp_desktop.ui.grid.view import GridView

ACTIVITIES = 11_100
ROUNDS = 5
TODAY = date(2008, 10, 31)
SORT_BOUND, FILTER_BOUND = 1 / 20, 1 / 10
SORTED_BY = ("ref", "text", "due")
FILTERS = ("murder", "crime 77", "")
"""Typed one after the other; the last shows everything again."""


LISTS = delivery_columns.Lists(
    statuses=[Option(f"s{n}", title, "", "disc") for n, title in enumerate(("On track", "At risk", "Complete"))],
    posts=[Option(f"p{n}", f"ACC {title}") for n, title in enumerate(("Crime", "Security", "Operations"))],
    priorities=[Option(f"y{n}", f"Priority {n}") for n in range(7)],
    years=(2008, 2009, 2010),
)
"""The lists that cells choose from, without a plan."""


def activity(n: int) -> ActivityRow:
    """A made-up activity that differs from its neighbours in every column."""
    odd = n * 7919 % ACTIVITIES
    post, status, priority = LISTS.posts[odd % 3], LISTS.statuses[odd % 3], LISTS.priorities[odd % 7]
    words = "murder" if odd % 9 == 0 else "anti-social behaviour"
    text = f"{odd:05} Work with partners to produce and review a strategy for {words} in every command unit"
    due = TODAY + timedelta(days=odd % 900 - 200)
    return ActivityRow(
        f"k{n}", 2008, f"{odd % 7 + 1}.{odd:02}", text, priority.value, priority.title, (post.title,), (post.value,),
        status.value, status.title, False, odd % 101, None, due, due, "", 3, odd % 4, due, None, (),
    )  # fmt: skip


def timed(deed: Callable[[], object]) -> float:
    """Milliseconds that a deed takes."""
    QApplication.processEvents()
    start = time.perf_counter()
    deed()
    return (time.perf_counter() - start) * 1000


def model() -> TableModel:
    """The table of the delivery plan, with very many rows."""
    made = TableModel(delivery_columns.columns(LISTS, lambda: TODAY))
    made.set_rows([activity(n) for n in range(ACTIVITIES)])
    return made


def measure() -> list[Ratio]:
    """The ratios of sorting and of filtering; both models are shown in tables."""
    QApplication.instance() or QApplication([])
    own, under = model(), model()
    grid = GridView(own, "Activities", "activity")
    proxy = QSortFilterProxyModel()
    proxy.setSourceModel(under)
    proxy.setFilterKeyColumn(-1)
    proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    table = QTableView()
    table.setModel(proxy)
    for view in (grid, table):
        view.resize(1280, 640)
        view.show()
    return [_sorting(own, proxy, name) for name in SORTED_BY] + [_filtering(own, proxy)]


def _sorting(own: TableModel, proxy: QSortFilterProxyModel, name: str) -> Ratio:
    column = own.column_of(name)
    orders = (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder)
    ours = median(timed(partial(own.sort, column, order)) for _ in range(ROUNDS) for order in orders)
    theirs = median(timed(partial(proxy.sort, column, order)) for order in orders)
    own.sort(-1)
    proxy.sort(-1)
    return Ratio(
        f"sorting {ACTIVITIES:,} activities by {name}, against QSortFilterProxyModel",
        ours / theirs, SORT_BOUND, f"{ours:.1f} ms against {theirs:.0f} ms",
    )  # fmt: skip


def _filtering(own: TableModel, proxy: QSortFilterProxyModel) -> Ratio:
    own.set_filter("x")  # what is looked through is built at the first letter typed, once
    built = timed(lambda: own.set_rows([*own.rows][::-1])) + timed(lambda: own.set_filter("y"))
    own.set_filter("")
    ours = median(sum(timed(partial(own.set_filter, text)) for text in FILTERS) for _ in range(ROUNDS))
    theirs = median(sum(timed(partial(proxy.setFilterFixedString, text)) for text in FILTERS) for _ in range(ROUNDS))
    return Ratio(
        f"filtering {ACTIVITIES:,} activities by all columns, against QSortFilterProxyModel",
        ours / theirs, FILTER_BOUND,
        f"{ours:.1f} ms against {theirs:.0f} ms for three filters; after a change, once {built:.0f} ms",
    )  # fmt: skip


def main() -> None:
    """Print one line for each ratio."""
    for ratio in measure():
        print(f"{ratio.name}: {ratio.ratio:.4f} (bound {ratio.bound:.3f}; {ratio.detail})")


if __name__ == "__main__":
    main()
