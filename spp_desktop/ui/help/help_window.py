"""The window of the help: its contents, a search across all pages, and the page that is read, beside the work."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.ui.help.library import Hit, Library, read_library, split_place
from spp_desktop.ui.help.page_view import PageView

PLACE = Qt.ItemDataRole.UserRole
SIZE = (900, 620)
SHARES = [250, 650]
"""The pixels that the contents and the page have at first."""
NO_HITS = "No page holds “{}”. Fewer words, or a part of one, find more."


@dataclass
class ReadPlace:
    """A place that was read: its page, and how far it was scrolled."""

    place: str
    scrolled: int = 0


class HelpWindow(QDialog):
    """The help, in front of the window or of the dialog that asked for it; either can be worked in meanwhile."""

    def __init__(self, parent: QWidget | None = None, library: Library | None = None) -> None:
        super().__init__(parent)
        self.finished.connect(self.deleteLater)
        self.setWindowTitle("Help")
        self.setModal(False)
        self.resize(*SIZE)
        self.library = library or read_library()
        self._past: list[ReadPlace] = []
        self._at = -1
        self.sought = QLineEdit()
        self.sought.setPlaceholderText("Search all pages (Ctrl+K)")
        self.sought.setAccessibleName("Search all pages")
        self.sought.setClearButtonEnabled(True)
        self.contents = QTreeWidget()
        self.contents.setAccessibleName("Contents")
        self.contents.setHeaderHidden(True)
        self.hits = QListWidget()
        self.hits.setAccessibleName("Found in the pages")
        self.hits.setWordWrap(True)
        self.hits.setSpacing(4)
        self.hits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.count = QLabel(wordWrap=True)
        self.page = PageView()
        self.find_bar, self.in_page, self.in_page_count = _find_bar()
        self._address = ""
        self.outside = QLabel(wordWrap=True)
        self.outside_bar = self._outside_bar()
        self._fill_contents()
        self._lay_out()
        self._connect()

    # What it shows

    def show_place(self, place: str) -> None:
        """Show a page at a heading, and at the term of a list below it, by its place."""
        if 0 <= self._at < len(self._past):
            self._past[self._at].scrolled = self.page.verticalScrollBar().value()
        self._past = [*self._past[: self._at + 1], ReadPlace(place)]
        self._at = len(self._past) - 1
        self._show(place)

    def place(self) -> str:
        """The place that is shown; "" before the first."""
        return self._past[self._at].place if self._past else ""

    def step(self, by: int) -> None:
        """Go back through the places that were read (-1), or forward again (1)."""
        if 0 <= self._at + by < len(self._past):
            self._past[self._at].scrolled = self.page.verticalScrollBar().value()
            self._at += by
            there = self._past[self._at]
            self._show(there.place)
            self.page.verticalScrollBar().setValue(there.scrolled)

    def search(self, typed: str) -> None:
        """Show which sections hold the words typed; without any, the contents."""
        hits = self.library.search(typed)
        self.hits.clear()
        for hit in hits:
            self.hits.addItem(_line_of(hit))
        self._left.setCurrentIndex(1 if typed.strip() else 0)
        self.count.setText(f"{len(hits)} found. Down and Enter open one." if hits else NO_HITS.format(typed))
        self.page.mark("")

    # How it is done

    def _show(self, place: str) -> None:
        name, slug, term = split_place(place)
        page = self.library.pages[name]
        if self.page.page is not page:
            self.page.show_page(page)
        self.page.go_to(slug, term)
        self.setWindowTitle(f"{page.title} - Help")
        self.outside_bar.hide()
        self._back.setEnabled(self._at > 0)
        self._forward.setEnabled(self._at < len(self._past) - 1)
        self.contents.blockSignals(True)
        self.contents.setCurrentItem(self._items[name])
        self.contents.blockSignals(False)

    def _fill_contents(self) -> None:
        self._items: dict[str, QTreeWidgetItem] = {}
        for title, names in self.library.parts.items():
            part = QTreeWidgetItem(self.contents, [title])
            part.setFlags(part.flags() & ~Qt.ItemFlag.ItemIsSelectable)
            for name in names:
                item = self._items[name] = QTreeWidgetItem(part, [self.library.pages[name].title])
                item.setData(0, PLACE, name)
                item.setToolTip(0, item.text(0))
        self.contents.expandAll()

    def _lay_out(self) -> None:
        self._back, self._forward = QPushButton("Back"), QPushButton("Forward")
        self._back.setToolTip("Alt+Left")
        self._forward.setToolTip("Alt+Right")
        for button in (self._back, self._forward):
            button.setAutoDefault(False)
            button.setEnabled(False)
        above = QHBoxLayout()
        above.addWidget(self._back)
        above.addWidget(self._forward)
        above.addWidget(self.sought, 1)
        hits_side = QWidget()
        column = QVBoxLayout(hits_side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.count)
        column.addWidget(self.hits, 1)
        self._left = QStackedWidget()
        self._left.addWidget(self.contents)
        self._left.addWidget(hits_side)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.page, 1)
        column.addWidget(self.find_bar)
        column.addWidget(self.outside_bar)
        parts = QSplitter()
        parts.setChildrenCollapsible(False)
        parts.addWidget(self._left)
        parts.addWidget(right)
        parts.setSizes(SHARES)
        parts.setStretchFactor(1, 1)
        whole = QVBoxLayout(self)
        whole.addLayout(above)
        whole.addWidget(parts, 1)

    def _connect(self) -> None:
        self._back.clicked.connect(lambda: self.step(-1))
        self._forward.clicked.connect(lambda: self.step(1))
        self.page.wanted.connect(self._follow)
        self.page.outside.connect(self._tell_outside)
        self.contents.currentItemChanged.connect(self._choose)
        self.contents.itemActivated.connect(lambda _: self.page.setFocus())
        self.sought.textChanged.connect(self.search)
        self.sought.returnPressed.connect(self._to_hits)
        self.hits.currentItemChanged.connect(self._open_hit)
        self.hits.itemActivated.connect(lambda _: self.page.setFocus())
        self.in_page.textChanged.connect(self._find_typed)
        self.in_page.returnPressed.connect(self._find_again)
        for keys, does in (
            ("Alt+Left", lambda: self.step(-1)),
            ("Alt+Right", lambda: self.step(1)),
            ("Ctrl+K", self.seek),
            ("Ctrl+F", self._find_in_page),
            ("F3", self._find_again),
            ("Shift+F3", lambda: self._find_again(back=True)),
            ("F6", self._next_part),
        ):
            action = QAction(self)
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(does)
            self.addAction(action)

    def seek(self) -> None:
        """Put the cursor into the search across all pages."""
        self.sought.setFocus()
        self.sought.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave by Escape what was opened last: the line that finds in the page, the search, the window."""
        if event.key() != Qt.Key.Key_Escape or not self._leave_last():
            super().keyPressEvent(event)

    def _leave_last(self) -> bool:
        if self.find_bar.isVisible() or self.outside_bar.isVisible():
            self.find_bar.hide()
            self.outside_bar.hide()
            self.page.mark("")
            self.page.setFocus()
            return True
        sought = bool(self.sought.text())
        self.sought.clear()
        return sought

    def _next_part(self) -> None:
        left = self.contents if self._left.currentIndex() == 0 else self.hits
        parts: list[QWidget] = [self.page, left, self.sought]
        now = next((number for number, part in enumerate(parts) if part.hasFocus()), -1)
        parts[(now + 1) % len(parts)].setFocus()

    def _choose(self, item: QTreeWidgetItem | None) -> None:
        if item is not None and item.data(0, PLACE):
            self.show_place(item.data(0, PLACE))

    def _follow(self, place: str) -> None:
        """Go where a link leads; a document that is no page of the help is told instead."""
        if self.library.has(place):
            self.show_place(place)
        else:
            self._tell_outside(place)

    # Searching

    def _to_hits(self) -> None:
        if self.hits.count():
            self.hits.setFocus()
            self.hits.setCurrentRow(0)

    def _open_hit(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        place = str(item.data(PLACE))
        if place != self.place():
            self.show_place(place)
        typed = self.sought.text().strip()
        slug = split_place(place)[1]
        for words in (typed, *typed.split()):
            if self.page.find_words(words, slug):
                break

    def _find_in_page(self) -> None:
        self.find_bar.show()
        self.in_page.setFocus()
        self.in_page.selectAll()

    def _find_typed(self, words: str) -> None:
        self.page.find_words(words)
        number = self.page.mark(words)
        self.in_page_count.setText(f"{number} in this page" if words else "")

    def _find_again(self, *, back: bool = False) -> None:
        self.page.step(self.in_page.text() or self.sought.text().strip(), back=back)

    # What is elsewhere

    def _outside_bar(self) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(4, 4, 4, 4)
        copy, leave = QPushButton("&Copy the address"), QPushButton("&Open in the browser")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._address))
        leave.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(self._address)))
        row.addWidget(self.outside, 1)
        for button in (copy, leave):
            button.setAutoDefault(False)
            row.addWidget(button)
        bar.hide()
        return bar

    def _tell_outside(self, address: str) -> None:
        """Say where a link leads that is no page of the help. Nothing is fetched before a person asks for it."""
        self._address = address
        self.outside.setText(f"This is not in the program: {address}")
        self.outside_bar.show()


def _find_bar() -> tuple[QWidget, QLineEdit, QLabel]:
    """The line that finds in the page that is shown, hidden until it is asked for."""
    bar, line, count = QWidget(), QLineEdit(), QLabel()
    line.setAccessibleName("Find in this page")
    line.setPlaceholderText("Find in this page: Enter and F3 go on, Escape leaves")
    row = QHBoxLayout(bar)
    row.setContentsMargins(4, 4, 4, 4)
    row.addWidget(line, 1)
    row.addWidget(count)
    bar.hide()
    return bar, line, count


def _line_of(hit: Hit) -> QListWidgetItem:
    section = hit.section
    head = hit.page_title if section.level == 1 else f"{hit.page_title}: {section.title}"
    item = QListWidgetItem(f"{head}\n{hit.around}")
    item.setData(PLACE, section.place)
    item.setToolTip(head)
    return item
