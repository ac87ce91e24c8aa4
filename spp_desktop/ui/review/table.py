"""The review's table: how its lines are painted, and the keys by which they are decided."""

from collections.abc import Mapping, Sequence
from typing import cast

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPalette,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from spp_desktop.ui.common import theme
from spp_desktop.ui.common.item_models import Index
from spp_desktop.ui.grid.head_painter import paint_head
from spp_desktop.ui.pictures.drawing import Drawing
from spp_desktop.ui.pictures.pictured import Pictured
from spp_desktop.ui.review.kinds import DecisionLook
from spp_desktop.ui.review.lines import FileHead, FileNote, RowHead, below
from spp_desktop.ui.review.model import BASE, DECISION, KIND, ReviewModel
from spp_desktop.ui.review.review_drawing import review_drawing
from spp_desktop.ui.review.surface import ReviewWords

AROUND = 3
"""The lines that are shown above and below the one that is gone to."""

MARGIN, SHAPE, INDENT, ARROW = 6, 11, 24, 24
LEAST = 84
"""The points that a column of words has at least; one that would have less is left out where it can be."""
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_WITH_LETTERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_ELIDE = Qt.TextElideMode.ElideRight

_OF_FILES = ("confirm",)
"""The deeds that only files know."""


def deeds_of(words: ReviewWords) -> Mapping[str, tuple[str, tuple[Qt.Key, ...]]]:
    """The deeds that a key does in the table, and what each is called in its menu."""
    accepts, refuses = (Qt.Key[f"Key_{letter}"] for letter in words.letters)
    deeds = {
        "accept": (words.accept, (accepts, Qt.Key.Key_Space)),
        "refuse": (words.refuse, (refuses,)),
        "edit": (words.edit, (Qt.Key.Key_E, Qt.Key.Key_F2)),
        "take back": ("Take the decision back", (Qt.Key.Key_U, Qt.Key.Key_Backspace)),
        "next": ("Next to decide", (Qt.Key.Key_N,)),
        "previous": ("Previous to decide", (Qt.Key.Key_P,)),
        "confirm": ("Confirm all rows of the file that are known by their words", (Qt.Key.Key_M,)),
    }
    return {name: deed for name, deed in deeds.items() if words.files or name not in _OF_FILES}


class ReviewTable(QTableView, Pictured):
    """The table, with lines of a fixed height. Whoever listens to its signals does the deciding.

    Signals:
        asked: a deed of ``deeds_of`` is to be done with the chosen lines.
        chose_answer: the answer of this index (from 0), of several, is to be taken in.
        moved: another line is current, or others are chosen.
    """

    asked = Signal(str)
    chose_answer = Signal(int)
    moved = Signal()

    def __init__(self, model: ReviewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = model
        self._deeds = deeds_of(model.desk.words)
        self._pulled, self._sharing = dict[int, int](), False
        self.setModel(model)
        self.setAccessibleName("Differences")
        self.setItemDelegate(_LineDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().lineSpacing() + 9)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setMinimumSectionSize(60)
        header.setStretchLastSection(True)
        header.sectionResized.connect(self._take_width)
        model.modelReset.connect(self.begin)
        self.selectionModel().selectionChanged.connect(lambda *_: self.moved.emit())
        self.selectionModel().currentChanged.connect(lambda *_: self.moved.emit())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have the columns share the room that there is now."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._share_room()

    def _take_width(self, along: int, _before: int, width: int) -> None:
        """Note the width to which a person has pulled a column; the last one only takes what the others leave."""
        last = max(each for each in range(self._lines.columnCount()) if not self.isColumnHidden(each))
        if not self._sharing and along != last:
            self._pulled[along] = width

    def _share_room(self) -> None:
        """Give each column its part of the width; where it is too small for all, the pane has what is left out.

        A column that a person has pulled keeps its width as long as the others have room beside it.
        """
        self._sharing = True
        room, usual = self.viewport().width(), self._lines.desk.words.widths
        wanted = [self._pulled.get(along, width) for along, width in enumerate(usual)]
        least = [width if along in (DECISION, KIND) else LEAST for along, width in enumerate(usual)]
        shown = list(range(len(wanted)))
        for along in (len(wanted) - 1, BASE, KIND):
            if sum(least[each] for each in shown) > room:
                shown.remove(along)
        as_pulled = [self._pulled.get(along, width) for along, width in enumerate(least)]
        if sum(as_pulled[each] for each in shown) <= room:
            least = as_pulled
        enough = sum(least[each] for each in shown)
        beyond = {each: max(wanted[each] - least[each], 0) for each in shown}
        for along in range(len(wanted)):
            self.setColumnHidden(along, along not in shown)
        for along in shown:
            more = (room - enough) * beyond[along] // (sum(beyond.values()) or 1)
            width = least[along] + more if room >= enough else least[along] * room // enough
            self.horizontalHeader().resizeSection(along, width)
        self._sharing = False

    def drawing(self) -> Drawing | None:
        """The whole review as it is printed."""
        return review_drawing(self._lines)

    # What is chosen.

    def line(self) -> int:
        """The current line, or -1."""
        return self.currentIndex().row()

    def chosen(self) -> list[int]:
        """The items that the chosen lines stand for, each once, in their order."""
        places = sorted({index.row() for index in self.selectionModel().selectedRows()})
        if not places and self.line() >= 0:
            places = [self.line()]
        return list(dict.fromkeys(n for place in places for n in below(self._lines.lines[place])))

    def several(self) -> bool:
        """Whether more lines than the current one are chosen."""
        return len(self.selectionModel().selectedRows()) > 1

    def go_to(self, place: int) -> None:
        """Choose one line alone, and show it with what is around it."""
        # Not setCurrentIndex: with Ctrl held, as in Ctrl+Enter, that would choose this line beside the others.
        chosen = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(self._lines.index(place, 0), chosen)
        for near in (place + AROUND, place - AROUND, place):
            self.scrollTo(self._lines.index(min(max(near, 0), len(self._lines.lines) - 1), 0))
        self.horizontalScrollBar().setValue(0)

    def step(self) -> None:
        """Go to the next difference below, if there is one."""
        lines = self._lines.lines
        below_here = (place for place in range(self.line() + 1, len(lines)) if isinstance(lines[place], int))
        self.go_to(next(below_here, self.line()))

    def begin(self) -> None:
        """Go to the first difference."""
        if self._lines.lines:
            self.go_to(next((n for n, line in enumerate(self._lines.lines) if isinstance(line, int)), 0))
        self.moved.emit()

    # What a person does.

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the lines around the current one in sight."""
        super().showEvent(event)
        self.scrollToTop()
        if self.line() >= 0:
            self.go_to(self.line())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do each deed by its key; fold files by Left, and show them again by Right."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        key = Qt.Key(event.key())
        deed = next((name for name, (_, keys) in self._deeds.items() if key in keys), "")
        if plain and deed:
            self.asked.emit(deed)
        elif plain and Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self.chose_answer.emit(key - Qt.Key.Key_1)
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not self._fold():
                self.asked.emit("edit")
        elif plain and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._step_out(fold=key == Qt.Key.Key_Left)
        elif event.text().isprintable() and event.text() and not event.modifiers() & _WITH_LETTERS:
            event.accept()  # a letter that means nothing here does not search either
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Turn a decision over by a click on it; fold a file by a click on its arrow."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or event.modifiers() or not index.isValid():
            return
        line = self._lines.lines[index.row()]
        if isinstance(line, FileHead) and event.position().x() + self.horizontalScrollBar().value() < ARROW:
            self._fold()
        elif isinstance(line, int) and index.column() == DECISION and self._on_shape(event, index):
            self.asked.emit("refuse" if self._lines.desk.states[line] == "accepted" else "accept")

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Fold or unfold a file; edit anything else."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and not self._fold() and index.column() != DECISION:
            self.asked.emit("edit")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the deeds, with their keys."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name, (title, keys) in self._deeds.items():
            action = menu.addAction(title)
            action.setShortcut(keys[0])
            action.triggered.connect(lambda _on=False, name=name: self.asked.emit(name))
        menu.popup(event.globalPos() if not event.globalPos().isNull() else self.mapToGlobal(QPoint(40, 40)))

    def _on_shape(self, event: QMouseEvent, index: QModelIndex) -> bool:
        along = event.position().x() - self.visualRect(index).left()
        return INDENT - MARGIN <= along <= INDENT + SHAPE + MARGIN

    def _fold(self) -> bool:
        """Fold away what is below the current line if it is a file's head, or show it again."""
        line = self._lines.lines[self.line()] if self.line() >= 0 else None
        if not isinstance(line, FileHead):
            return False
        self.fold(line.file, folded=line.file not in self._lines.listing.folded)
        return True

    def fold(self, file: int, *, folded: bool) -> None:
        """Fold away what is below a file's head, or show it again, and go to the head."""
        self._lines.fold(file, folded=folded)
        self.go_to(self._head_of(file))

    def _step_out(self, *, fold: bool) -> None:
        """Go by Left from a difference to its head, then to its file, and fold that; show it again by Right."""
        if self.line() < 0:
            return
        line = self._lines.lines[self.line()]
        if isinstance(line, FileHead):
            self.fold(line.file, folded=fold)
        elif fold and isinstance(line, int):
            lines: Sequence[object] = self._lines.lines
            self.go_to(next(n for n in range(self.line(), -1, -1) if isinstance(lines[n], RowHead)))
        elif fold and not isinstance(line, int):
            self.go_to(self._head_of(line.file))

    def _head_of(self, file: int) -> int:
        lines = self._lines.lines
        return next(n for n, line in enumerate(lines) if isinstance(line, FileHead) and line.file == file)


class _LineDelegate(QStyledItemDelegate):
    """Paints a difference cell by cell, and a head or a sentence over the whole width."""

    def __init__(self, view: ReviewTable) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a cell, or this cell's part of a line that runs across the table."""
        model = cast("ReviewModel", self._view.model())
        line = model.lines[index.row()]
        painter.save()
        painter.setClipRect(option.rect)
        if isinstance(line, int):
            self._paint_cell(painter, option, index, model)
        else:
            self._paint_across(painter, option, index, line, model)
        painter.restore()

    def _paint_across(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
        line: FileHead | RowHead | FileNote,
        model: ReviewModel,
    ) -> None:
        header = self._view.horizontalHeader()
        across = QRect(-header.offset(), option.rect.top(), header.length(), option.rect.height())
        current = self._is_current(index)
        if isinstance(line, FileHead):
            head = model.desk.head(line.file, line.items, folded=line.file in model.listing.folded)
            paint_head(painter, across, head, option, current=current)
            if option.state & QStyle.StateFlag.State_Selected:
                self._veil(painter, across, option.palette)
            return
        palette = option.palette
        painter.fillRect(across, self._ground(option, palette.color(QPalette.ColorRole.AlternateBase)))
        inner = across.adjusted(INDENT, 0, -MARGIN, 0)
        font = QFont(option.font)
        if isinstance(line, RowHead):
            font.setBold(True)
            painter.setFont(font)
            painter.setPen(palette.color(QPalette.ColorRole.Text))
            painter.drawText(inner, _LEFT, line.ref)
            inner.setLeft(inner.left() + (QFontMetrics(font).horizontalAdvance(f"{line.ref}  ") if line.ref else 0))
        else:
            painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        painter.setFont(option.font)
        text = option.fontMetrics.elidedText(" ".join(line.text.split()), _ELIDE, inner.width())
        painter.drawText(inner, _LEFT, text)
        self._paint_rule(painter, across, palette, current=current)

    def _paint_cell(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, model: ReviewModel) -> None:
        palette, rect, along = option.palette, option.rect, index.column()
        n = cast("int", model.lines[index.row()])
        painter.fillRect(rect, self._ground(option, palette.color(QPalette.ColorRole.Base)))
        inner = rect.adjusted(MARGIN, 0, -MARGIN, 0)
        words = model.desk.words
        look = {DECISION: words.states[model.desk.states[n]], KIND: words.kinds[model.desk.items[n].kind]}.get(along)
        if along == DECISION:
            inner.setLeft(inner.left() + INDENT - MARGIN)
        if look is not None and look.shape:
            paint_shape(painter, inner, look, palette)
            inner.setLeft(inner.left() + SHAPE + MARGIN)
        text = " ".join(str(model.data(index) or "").split())
        quiet = text.startswith("(") or model.desk.states[n] == "told"
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText if quiet else QPalette.ColorRole.Text))
        painter.setFont(option.font)
        painter.drawText(inner, _LEFT, option.fontMetrics.elidedText(text, _ELIDE, inner.width()))
        self._paint_rule(painter, rect, palette, current=False)
        if self._is_current(index):
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Accent), 2))
            sides = [rect.topLeft(), rect.topRight()], [rect.bottomLeft(), rect.bottomRight()]
            for begin, end in sides:
                painter.drawLine(begin, end)
            if along == 0:
                painter.drawLine(rect.topLeft(), rect.bottomLeft())
            if all(self._view.isColumnHidden(each) for each in range(along + 1, model.columnCount())):
                painter.drawLine(rect.topRight(), rect.bottomRight())

    def _is_current(self, index: Index) -> bool:
        return self._view.line() == index.row() and self._view.hasFocus()

    @staticmethod
    def _ground(option: QStyleOptionViewItem, ground: QColor) -> QColor:
        if not option.state & QStyle.StateFlag.State_Selected:
            return ground
        palette = option.palette
        return palette.color(QPalette.ColorRole.Highlight)

    @staticmethod
    def _veil(painter: QPainter, rect: QRect, palette: QPalette) -> None:
        colour = palette.color(QPalette.ColorRole.Accent)
        colour.setAlphaF(0.2 if theme.is_dark(palette) else 0.14)
        painter.fillRect(rect, colour)

    @staticmethod
    def _paint_rule(painter: QPainter, rect: QRect, palette: QPalette, *, current: bool) -> None:
        painter.setPen(palette.color(QPalette.ColorRole.Midlight))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if current:
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Accent), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))


def paint_shape(painter: QPainter, rect: QRect, look: DecisionLook, palette: QPalette) -> None:
    """Paint the shape of a kind or of a decision at the left end of a rectangle."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.left() + SHAPE / 2, rect.center().y() + 0.5)
    colour = theme.status_colour(look.colour, look.dark_colour, palette)
    painter.fillPath(theme.shape_path(look.shape, SHAPE), colour)
    painter.restore()
