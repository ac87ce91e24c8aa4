"""A page of the help on screen: its Markdown as headings, tables, pictures and links, in the colours of the window."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import PurePosixPath

from PySide6.QtCore import QEvent, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QBrush,
    QFontDatabase,
    QImage,
    QPalette,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFragment,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from spp_desktop.ui.help.library import HelpPage
from spp_desktop.ui.help.links import OUTSIDE, within

MARGIN, INDENT = 16, 24
ABOVE_HEADING = {1: 0.0, 2: 18.0, 3: 12.0}
"""Pixels above a heading of each level."""
BELOW, BELOW_ITEM, CELL = 8.0, 4.0, 5.0
"""Pixels below a paragraph, below an entry of a list, and around the text of a cell."""
ABOVE_PLACE = 8
"""Pixels left above a place that is scrolled to."""


class PageView(QTextBrowser):
    """Shows one page; a link is not followed but told.

    Signals:
        wanted: a link to a place in the help was chosen.
        outside: a link to something else was chosen; its address.
    """

    wanted = Signal(str)
    outside = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page: HelpPage | None = None
        self._pictures: list[tuple[int, str, QImage]] = []
        self._again = QTimer(self, singleShot=True, interval=0)
        self._again.timeout.connect(self._render_again)
        self.setOpenLinks(False)
        self.document().setDocumentMargin(MARGIN)
        self.anchorClicked.connect(self._chosen)

    def show_page(self, page: HelpPage) -> None:
        """Show a page from its head."""
        self.page = page
        self.setAccessibleName(page.title)
        self._render()
        self.verticalScrollBar().setValue(0)

    def go_to(self, slug: str, term: str = "") -> None:
        """Scroll to a heading, or to the term that a list below it explains, and put the cursor there."""
        block = self._heading(slug)
        if term:
            below = block
            while below.isValid() and not (below.textList() is not None and below.text().startswith(term)):
                below = below.next()
            block = below if below.isValid() else block
        cursor = QTextCursor(block)
        if block.text().startswith(term):
            cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, len(term))
        self._scroll_to(cursor)

    def find_words(self, words: str, slug: str = "") -> bool:
        """Mark all places of some words, and go to the first of them below a heading. Returns whether it is there."""
        self.mark(words)
        hit = self.document().find(words, QTextCursor(self._heading(slug))) if words else QTextCursor()
        if not hit.isNull():
            self.setTextCursor(hit)
            self._scroll_to(hit)
        return not hit.isNull()

    def step(self, words: str, *, back: bool = False) -> bool:
        """Go to the next place of some words, or the one before; behind the last comes the first."""
        way = QTextDocument.FindFlag.FindBackward if back else QTextDocument.FindFlag(0)
        hit = self.document().find(words, self.textCursor(), way)
        if hit.isNull() and words:
            start = QTextCursor(self.document())
            start.movePosition(QTextCursor.MoveOperation.End if back else QTextCursor.MoveOperation.Start)
            hit = self.document().find(words, start, way)
        if not hit.isNull():
            self._scroll_to(hit)
        return not hit.isNull()

    def mark(self, words: str) -> int:
        """Mark all places of some words; without words, none. Returns how many there are."""
        marked: list[QTextEdit.ExtraSelection] = []
        hit = self.document().find(words, 0) if words else QTextCursor()
        while not hit.isNull():
            selection = QTextEdit.ExtraSelection()
            selection.cursor = hit
            looks = QTextCharFormat()
            looks.setBackground(self.palette().brush(QPalette.ColorRole.Highlight))
            looks.setFontUnderline(True)
            selection.format = looks
            marked.append(selection)
            hit = self.document().find(words, hit)
        self.setExtraSelections(marked)
        return len(marked)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """A picture of the documents; nothing else is ever loaded, and nothing from elsewhere."""
        address = name.toString() if isinstance(name, QUrl) else name
        place = within(self.page.name, address) if self.page is not None else None
        if QTextDocument.ResourceType(kind) != QTextDocument.ResourceType.ImageResource or place is None:
            return None
        file = files("docs").joinpath(*PurePosixPath(place).parts)
        return QImage.fromData(file.read_bytes()) if file.is_file() else None

    def changeEvent(self, event: QEvent) -> None:
        """Show the page in the new colours or letters, once every widget has heard of them."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.FontChange} and self.page is not None:
            # Not here: Qt is going through all widgets, and Python may let go of some of them meanwhile.
            self._again.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pictures into the width."""
        super().resizeEvent(event)
        self._fit_pictures()

    # How it is done

    def _chosen(self, link: QUrl) -> None:
        address = link.toString()
        assert self.page is not None
        place = within(self.page.name, address)
        if place is None or OUTSIDE.match(address):
            self.outside.emit(address)
        else:
            self.wanted.emit(place)

    def _render_again(self) -> None:
        """Show the page anew, where it was."""
        there = self.verticalScrollBar().value()
        self._render()
        self.verticalScrollBar().setValue(there)

    def _render(self) -> None:
        assert self.page is not None
        self._pictures = []
        self.setMarkdown(self.page.markdown)
        self.document().setDocumentMargin(MARGIN)
        self.document().setIndentWidth(INDENT)
        block = self.document().begin()
        while block.isValid():
            self._lay_out(block)
            self._pictures += self._pictures_in(block)
            block = block.next()
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                self._lay_out_table(frame)
        self._fit_pictures()

    def _lay_out(self, block: QTextBlock) -> None:
        """Give a block its space, and code the ground of code."""
        layout = QTextBlockFormat()
        level = block.blockFormat().headingLevel()
        if level:
            layout.setTopMargin(ABOVE_HEADING.get(level, 8.0))
        in_table = QTextCursor(block).currentTable() is not None
        if self._set_off_code(block) and not in_table and block.textList() is None:
            layout.setBackground(self.palette().brush(QPalette.ColorRole.AlternateBase))
        if not in_table:
            layout.setBottomMargin(BELOW_ITEM if block.textList() is not None else BELOW)
        QTextCursor(block).mergeBlockFormat(layout)

    def _lay_out_table(self, table: QTextTable) -> None:
        """Draw a table as the program's own: light rules, its headings on a ground of their own."""
        rules = self.palette().brush(QPalette.ColorRole.Mid)
        looks = table.format()
        looks.setBorderBrush(rules)
        looks.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        looks.setBorder(1)
        looks.setBorderCollapse(True)
        looks.setCellPadding(CELL)
        looks.setBottomMargin(BELOW + 4)
        looks.setTopMargin(2)
        looks.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        looks.clearColumnWidthConstraints()
        table.setFormat(looks)
        for column in range(table.columns()):
            cell = table.cellAt(0, column)
            head = cell.format()
            head.setBackground(QBrush(self.palette().color(QPalette.ColorRole.Button)))
            cell.setFormat(head)

    def _pictures_in(self, block: QTextBlock) -> Iterator[tuple[int, str, QImage]]:
        """The places of the pictures in a block, each with its address and itself."""
        for part in _parts(block):
            looks = part.charFormat()
            if looks.isImageFormat():
                name = looks.toImageFormat().name()
                image = self.loadResource(QTextDocument.ResourceType.ImageResource.value, name)
                if isinstance(image, QImage):
                    yield part.position(), name, image

    def _set_off_code(self, block: QTextBlock) -> bool:
        """Give code the ground and the letters of code. Returns whether there is nothing else in the block."""
        code = QTextCharFormat()
        code.setFontFamilies([QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family(), "monospace"])
        code.setBackground(self.palette().brush(QPalette.ColorRole.AlternateBase))
        parts = [(part.position(), part.length(), part.charFormat().fontFixedPitch()) for part in _parts(block)]
        for position, length, fixed in parts:
            if fixed:
                cursor = QTextCursor(self.document())
                cursor.setPosition(position)
                cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
                cursor.mergeCharFormat(code)
        return bool(parts) and all(fixed for _, _, fixed in parts)

    def _fit_pictures(self) -> None:
        """Make every picture as wide as it is, or as there is room, whatever is less."""
        room, sharper = self.viewport().width() - 2 * MARGIN, self.devicePixelRatioF()
        for position, name, image in self._pictures:
            width = min(room, image.width())
            drawn = image.scaledToWidth(round(width * sharper), Qt.TransformationMode.SmoothTransformation)
            drawn.setDevicePixelRatio(sharper)
            self.document().addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(name), drawn)
            cursor = QTextCursor(self.document())
            cursor.setPosition(position)
            cursor.setPosition(position + 1, QTextCursor.MoveMode.KeepAnchor)
            looks = cursor.charFormat().toImageFormat()
            looks.setWidth(width)
            cursor.setCharFormat(looks)

    def _heading(self, slug: str) -> QTextBlock:
        """The block of a heading; the first block, if there is none of this slug."""
        assert self.page is not None
        numbers = [number for number, section in enumerate(self.page.sections) if section.slug == slug]
        block = self.document().begin()
        headings = 0
        while block.isValid():
            if block.blockFormat().headingLevel():
                if numbers and headings == numbers[0]:
                    return block
                headings += 1
            block = block.next()
        return self.document().begin()

    def _scroll_to(self, cursor: QTextCursor) -> None:
        self.setTextCursor(cursor)
        top = self.document().documentLayout().blockBoundingRect(cursor.block()).top()
        self.verticalScrollBar().setValue(int(top) - ABOVE_PLACE)


def _parts(block: QTextBlock) -> Iterator[QTextFragment]:
    """The parts of a block, each of one look."""
    parts = block.begin()
    while not parts.atEnd():
        yield parts.fragment()
        parts += 1
