"""Measures what a person waits for in the delivery tab with 11,100 activities, against 111: through the real window.

Two main windows have the worked sample open, one of them with its activities 100 times; both show the delivery tab with
its table, its picture of the activities and its panel. Keys and clicks are given to them by turns, and each is timed
until nothing is left to be painted. ``python -m benchmarks.working`` prints one line for each ratio.
"""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is imported

from PySide6.QtCore import QEvent, QPoint, QSettings, Qt
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTableView

from benchmarks import Ratio, plans
from spp_desktop.ui.common import theme
from spp_desktop.ui.common.memory import Memory
from spp_desktop.ui.delivery.page import DeliveryPage
from spp_desktop.ui.window.main_window import MainWindow

MANY = 100
TURNS = 11
SIZE = (1366, 768)
KEPT, RENEWED, FOLLOWED = 2.0, 3.0, 2.0
"""The most that a cell kept, a letter in the filter, and an arrow key may take, as multiples."""
HELD = 30
"""The arrow keys of one turn: as when the key is held down for a second."""

Spent = tuple[float, float]
"""Seconds by the clock, and seconds for which the processor worked."""


class Working:
    """A main window with a plan, at its delivery tab, in which a person works by keys."""

    def __init__(self, app: QApplication, plan: Path, folder: Path) -> None:
        self._app = app
        settings = QSettings(str(folder / f"{plan.stem}.ini"), QSettings.Format.IniFormat)
        self.window = MainWindow(Memory(settings))
        self.window.resize(*SIZE)
        self.window.show()
        self.window.show_plan(plan)
        assert self.window.plan_view is not None
        self.window.plan_view.show_page("delivery")
        page = self.window.plan_view.page("delivery")
        assert isinstance(page, DeliveryPage)
        self.page = page
        self.numbers = count()
        self.settle()

    def settle(self) -> None:
        """Let everything be painted that is to be, the cells whose colour fades, too."""
        until = time.perf_counter() + 1.0
        while time.perf_counter() < until:
            self.painted()

    def painted(self) -> None:
        """Let everything be painted that is due now."""
        for _ in range(3):
            self._app.processEvents()

    def rows(self, most: int) -> list[int]:
        """The first lines of the table that are rows."""
        table = self.page.model
        return [at for at in range(min(table.rowCount(), 4 * most)) if table.row_at(at) is not None][:most]

    def timed(self, work: Callable[[], object]) -> Spent:
        """How long something takes until all is painted."""
        began, worked = time.perf_counter(), time.process_time()
        work()
        self.painted()
        return time.perf_counter() - began, time.process_time() - worked

    # What a person does

    def commits(self, work: Callable[[], object]) -> int:
        """How often something commits to the file of the plan."""
        raw = self.window.workspace._raw  # type: ignore[union-attr]  # noqa: SLF001 - it counts what SQLite is told
        told: list[str] = []
        raw.set_trace_callback(told.append)
        work()
        raw.set_trace_callback(None)
        return sum(statement.startswith("COMMIT") for statement in told)

    def keep(self, field: str) -> Spent:
        """Type something into a cell; what is timed begins with Return."""
        grid, table = self.page.grid, self.page.model
        n = next(self.numbers)
        rows = self.rows(8)
        grid.go(table.index(rows[n % len(rows)], table.column_of(field)))
        typed = str(n % 90 + 1) if field == "percent" else f"Words of the activity {n}"
        QTest.keyClicks(grid, typed[0])
        editor = grid.delegate.editor()
        assert editor is not None
        QTest.keyClicks(editor, typed[1:])
        self.painted()
        return self.timed(lambda: QTest.keyClick(editor, Qt.Key.Key_Return))

    def undo(self) -> Spent:
        """Undo what was kept last, by its key."""
        return self.timed(self.window.undo)

    def redo(self) -> Spent:
        """Do it again."""
        return self.timed(self.window.redo)

    def letter(self) -> Spent:
        """Type a letter into the filter, or take one away."""
        n, words = next(self.numbers), "crime"
        key = Qt.Key.Key_Backspace if n % 10 >= len(words) else Qt.Key(ord(words[n % 10].upper()))
        if not self.page.filter.text():
            key = Qt.Key.Key_C
        return self.timed(lambda: QTest.keyClick(self.page.filter, key))

    def sort(self) -> Spent:
        """Click on a heading."""
        header, n = self.page.grid.header, next(self.numbers)
        section = self.page.model.column_of(("due", "text")[n % 2])
        at = QPoint(header.sectionViewportPosition(section) + 12, header.height() // 2)
        return self.timed(lambda: QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at))

    def group(self) -> Spent:
        """Choose what the rows stand under, by a key."""
        box = self.page.group
        key = Qt.Key.Key_Up if box.currentIndex() == box.count() - 1 else Qt.Key.Key_Down
        return self.timed(lambda: QTest.keyClick(box, key))


def held(view: QAbstractItemView, key: Qt.Key, painted: Callable[[], None]) -> None:
    """Hold a key down in a view until it has come ``HELD`` times, and let it go; each time all is painted."""
    none = Qt.KeyboardModifier.NoModifier
    for n in range(HELD):
        QApplication.sendEvent(view, QKeyEvent(QEvent.Type.KeyPress, key, none, "", n > 0))
        painted()
    QApplication.sendEvent(view, QKeyEvent(QEvent.Type.KeyRelease, key, none, "", False))
    painted()


def bare(page: DeliveryPage) -> QTableView:
    """A plain table of the same cells as a page's, of the same size, with the same heights and widths."""
    table, grid = page.model, page.grid
    shown = grid.shown_columns()
    cells = QStandardItemModel(table.rowCount(), len(shown))
    for at in range(table.rowCount()):
        for place, column in enumerate(shown):
            text = table.data(table.index(at, column)) if table.row_at(at) is not None else ""
            cells.setItem(at, place, QStandardItem(str(text or "")))
    view = QTableView()
    view.setModel(cells)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(grid.verticalHeader().defaultSectionSize())
    for place, column in enumerate(shown):
        view.setColumnWidth(place, grid.header.sectionSize(column))
    view.resize(grid.size())
    view.show()
    return view


@contextmanager
def windows() -> Iterator[Mapping[int, Working]]:
    """Two windows with plans of one and of many times the activities."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, dark=False)
    with TemporaryDirectory() as name, ExitStack() as closing:
        folder = Path(name)
        made = {1: plans.make(folder / "one.plan"), MANY: plans.kept("activities-100", plans.make_many, folder)}
        both = {}
        for times, plan in made.items():
            both[times] = Working(app, plan, folder)
            closing.callback(both[times].window.let_go)
        yield both
        for each in both.values():
            each.window.hide()


def measure() -> list[Ratio]:
    """The ratios of what is done with many activities to the same with few, and of an arrow key to a bare table's."""
    with windows() as both:
        deeds: list[tuple[str, float, Callable[[Working], Spent]]] = [
            ("the words of an activity kept and painted", KEPT, lambda window: window.keep("text")),
            ("a per cent kept and painted", KEPT, lambda window: window.keep("percent")),
            ("a cell undone and painted", KEPT, Working.undo),
            ("a cell done again and painted", KEPT, Working.redo),
            ("a letter in the filter", RENEWED, Working.letter),
            ("a sort", RENEWED, Working.sort),
            ("a change of group", RENEWED, Working.group),
        ]
        ratios = []
        for name, bound, deed in deeds:
            ratios.append(_compared(name, bound, both, deed))
            for each in both.values():
                each.page.clear_filter()
                each.settle()
        return [*ratios, _followed(both[1])]


def _compared(name: str, bound: float, both: Mapping[int, Working], deed: Callable[[Working], Spent]) -> Ratio:
    """What a deed takes in the large plan over what it takes in the small one, by turns."""
    spent: dict[int, list[Spent]] = {times: [] for times in both}
    for turn in range(TURNS + 2):
        for times, window in both.items():
            took = deed(window)
            if turn > 1:  # the first of each loads what the others find loaded
                spent[times].append(took)
    many, few = spent[MANY], spent[1]
    activities = f"{len(both[MANY].page.model.rows):,} activities / {len(both[1].page.model.rows)}"
    commits = f"; {both[MANY].commits(lambda: deed(both[MANY]))} commits each" if bound == KEPT else ""
    return Ratio(f"{name}, {activities}", _median(many, 0) / _median(few, 0), bound, _told(many, few) + commits)


def _followed(window: Working) -> Ratio:
    """An arrow key held down in the delivery tab until the panel has followed, over the same in a bare table."""
    plain = bare(window.page)
    held_down = _pressed(window, plain, lambda view, key: held(view, key, window.painted), HELD)
    single = _pressed(window, plain, QTest.keyClick, 1)
    plain.close()
    alone = f"pressed once, the panel following at once: {_told(*single)}"
    return Ratio(
        "an arrow key held down, the panel following / in a bare QTableView of the same cells",
        _median(held_down[0], 0) / _median(held_down[1], 0), FOLLOWED,
        f"each of {HELD}: {_told(*held_down)}; {alone}",
    )  # fmt: skip


def _pressed(
    window: Working, plain: QTableView, press: Callable[[QAbstractItemView, Qt.Key], object], times: int
) -> tuple[list[Spent], list[Spent]]:
    """What one arrow key takes in the tab and in a bare table, by turns down and up."""
    grid, table = window.page.grid, window.page.model
    first = window.rows(1)[0]
    grid.go(table.index(first, table.column_of("text")))
    plain.setCurrentIndex(plain.model().index(first, 1))
    window.settle()
    ours: list[Spent] = []
    theirs: list[Spent] = []
    for turn in range(TURNS + 2):
        key = Qt.Key.Key_Up if turn % 2 else Qt.Key.Key_Down
        for view, spent in ((grid, ours), (plain, theirs)):
            clock, worked = window.timed(partial(press, view, key))
            if turn > 1:
                spent.append((clock / times, worked / times))
        shown = window.page.panel.row
        assert shown is not None
        assert shown.key == table.row_at(grid.currentIndex()).key, "the panel has followed"
    return ours, theirs


def _median(spent: list[Spent], which: int) -> float:
    return median(each[which] for each in spent)


def _told(ours: list[Spent], theirs: list[Spent]) -> str:
    clock = f"{_median(ours, 0) * 1000:.2f} ms over {_median(theirs, 0) * 1000:.2f} ms"
    worked = f"of a processor {_median(ours, 1) * 1000:.2f} over {_median(theirs, 1) * 1000:.2f}"
    return f"{clock}, {worked}; medians of {len(ours)}, by turns"


def main() -> None:
    """Print one line for each ratio."""
    for ratio in measure():
        print(f"{ratio.name}: {ratio.ratio:.3f} (bound {ratio.bound:.3f}; {ratio.detail})", flush=True)


if __name__ == "__main__":
    main()
    os._exit(0)
