"""The inside of a tab of the window: the page that is shown, under a quiet row of names if there are several."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QStackedWidget, QTabBar, QTabWidget, QVBoxLayout, QWidget

from spp_desktop.plan.spoken import in_words_of_plan
from spp_desktop.ui.pages import TABS, PageLine, plain, shown_tab

BESIDE, ABOVE, BELOW = 8, 6, 4
"""The pixels around the name of a page."""
MARK = 2
"""The thickness of the line under the name of the page that is shown, in pixels."""


class PageRow(QTabBar):
    """The names of pages, quieter than tabs: words alone, and a line under the page that is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setMouseTracking(True)

    def tabSizeHint(self, index: int) -> QSize:
        """The size of a name: as high as a line of text with room above and below."""
        metrics = self.fontMetrics()
        wide = metrics.horizontalAdvance(self.tabText(index)) + 2 * BESIDE
        return QSize(wide, metrics.height() + ABOVE + BELOW + MARK)

    minimumTabSizeHint = tabSizeHint

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the names."""
        del event
        painter = QPainter(self)
        pointed = self.tabAt(self.mapFromGlobal(self.cursor().pos()))
        for index in range(self.count()):
            chosen = index == self.currentIndex()
            plain_words = chosen or index == pointed
            role = QPalette.ColorRole.WindowText if plain_words else QPalette.ColorRole.PlaceholderText
            painter.setPen(self.palette().color(role))
            place = self.tabRect(index)
            words = place.adjusted(BESIDE, ABOVE, -BESIDE, -BELOW - MARK)
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self.tabText(index))
            if chosen:
                accent = self.palette().color(QPalette.ColorRole.Accent)
                painter.fillRect(QRect(words.left(), place.bottom() - MARK - 1, words.width(), MARK), accent)
                if self.hasFocus():
                    painter.setPen(accent)
                    painter.drawRect(place.adjusted(2, 2, -3, -MARK - 4))


class TabPages(QWidget):
    """The pages of one tab. Each has a place from the beginning, but is only made when it is first shown.

    Signals:
        turned: another page is to be shown.
    """

    turned = Signal()

    def __init__(self, tab: str, pages: Sequence[PageLine], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.names = [page.name for page in pages]
        self.row = PageRow()
        self.row.setAccessibleName(f"Pages of the tab {tab}")
        self.stack = QStackedWidget()
        self._places = {page.name: self._place(page.title) for page in pages}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.row)
        column.addWidget(self.stack, 1)
        self.row.setVisible(len(pages) > 1)
        self.row.currentChanged.connect(self.stack.setCurrentIndex)
        self.row.currentChanged.connect(lambda _: self.turned.emit())

    def put(self, name: str, widget: QWidget) -> None:
        """Put a page that was made into its place. If that is visible, give it its size and let it take the keys."""
        self._places[name].addWidget(widget)
        if self.isVisible():
            widget.resize(self.stack.size())
            widget.show()

    def current(self) -> str:
        """The name of the page that is shown."""
        return self.names[self.row.currentIndex()]

    def show_page(self, name: str) -> None:
        """Show a page of this tab; for any other name, the page that is shown stays."""
        if name in self.names:
            self.row.setCurrentIndex(self.names.index(name))

    def step(self, by: int) -> None:
        """Show the next page (1) or the one before (-1), around the ends."""
        self.row.setCurrentIndex((self.row.currentIndex() + by) % len(self.names))

    def _place(self, title: str) -> QVBoxLayout:
        """Make a place for another page."""
        self.row.addTab(title)
        place = QVBoxLayout()
        place.setContentsMargins(0, 0, 0, 0)
        widget = QWidget()
        widget.setLayout(place)
        self.stack.addWidget(widget)
        return place


def add_tabs(tabs: QTabWidget, pages: Sequence[PageLine]) -> Mapping[str, TabPages]:
    """Add the tabs that have pages to a row of tabs. Returns the content of each, by what the program calls it."""
    made: dict[str, TabPages] = {}
    for title in map(plain, TABS):
        own = [page for page in pages if page.tab == title]
        if own:
            made[title] = TabPages(in_words_of_plan(title), own)
            tabs.addTab(made[title], shown_tab(title))
    return made
