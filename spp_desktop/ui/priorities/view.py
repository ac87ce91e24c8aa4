"""The tree of priorities on screen: wrapped rows, and an editor that keeps what is refused."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QPlainTextEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)
from shiboken6 import isValid

from spp_desktop.plan.spoken import in_words_of_plan, spoken
from spp_desktop.plan.words import capital, listed
from spp_desktop.ui.common.committing import CommittingDelegate
from spp_desktop.ui.common.composing import pass_on
from spp_desktop.ui.common.item_models import NOWHERE, Index
from spp_desktop.ui.pictures.drawing import Drawing
from spp_desktop.ui.pictures.pictured import Pictured
from spp_desktop.ui.priorities.kinds import TreeItem
from spp_desktop.ui.priorities.outline_drawing import outline_drawing
from spp_desktop.ui.priorities.row_words import word_of
from spp_desktop.ui.priorities.tree import DIM, TEXT, UNKEPT, WORD, PriorityTree

LINES = 3
"""The most lines of text in a row; the panel has the whole text."""
PAD = 5
NONE_YET = "This plan has no priorities yet. Press Insert, or “Add priority” above, and write the first."


class CellEditor(QPlainTextEdit):
    """The editor of a row, laid over it, on as many lines as the text needs."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(2)
        self.textChanged.connect(self.fit)

    def fit(self) -> None:
        """Make the editor as high as what is typed, and at least as the row."""
        lines = max(self.document().size().height(), 1)
        wanted = int(lines * self.fontMetrics().lineSpacing()) + PAD + 2 * self.frameWidth()
        self.resize(self.width(), max(wanted, self.minimumHeight()))


class TreeDelegate(CommittingDelegate):
    """Wraps long rows, writes small words small, and edits a row in place.

    Enter keeps the text and stays, Tab keeps it and moves on, Escape gives it up. If the plan refuses what was typed,
    the editor stays open with it.
    """

    def __init__(self, view: "PriorityView") -> None:
        super().__init__(view)
        self._view = view
        self.editor: CellEditor | None = None

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Wrap the text, dim the word, and redden what is not kept."""
        super().initStyleOption(option, index)
        palette = option.palette
        colour = palette.color(QPalette.ColorRole.PlaceholderText)
        if index.column() == WORD or index.data(DIM):
            palette.setColor(QPalette.ColorRole.Text, colour)
        elif index.data(UNKEPT):
            palette.setColor(QPalette.ColorRole.Text, palette.color(QPalette.ColorRole.BrightText))
        option.palette = palette
        if index.column() == TEXT:
            option.features |= QStyleOptionViewItem.ViewItemFeature.WrapText
            option.displayAlignment = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        else:
            option.displayAlignment = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The height of the text, wrapped to the column, up to three lines."""
        self.initStyleOption(option, index)
        metrics = QFontMetrics(option.font)
        if index.column() == WORD:
            return QSize(metrics.horizontalAdvance(option.text) + 4 * PAD, metrics.height() + 2 * PAD)
        width = max(self._view.text_width(index), 80)
        flags = int(Qt.TextFlag.TextWordWrap)
        height = metrics.boundingRect(0, 0, width, 10_000, flags, option.text).height()
        return QSize(width, min(height, LINES * metrics.lineSpacing()) + 2 * PAD)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: ARG002 - Qt's signature
        """An editor for the row."""
        item = self._view.tree().item(index)
        self.editor = CellEditor(parent)
        self.editor.setAccessibleName(f"{word_of(item).singular} text")
        self.editor.setPlaceholderText(f"Type the new {word_of(item).singular}, then Enter" if not item.key else "")
        return self.editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Begin with the text of the row, selected, so that typing replaces it."""
        assert isinstance(editor, CellEditor)
        editor.setPlainText(str(index.data(Qt.ItemDataRole.EditRole)))
        editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand over what was typed, as one line."""
        assert isinstance(editor, CellEditor)
        with self.committing(editor):
            model.setData(index, " ".join(editor.toPlainText().split()))

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: ARG002 - Qt's signature
        """Lay the editor over the row, as high as what is typed needs."""
        assert isinstance(editor, CellEditor)
        rect = self._view.visualRect(index.sibling(index.row(), TEXT))
        editor.setMinimumHeight(rect.height())
        editor.setGeometry(rect)
        editor.fit()

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Handle Enter, Tab and Escape, which an editor of several lines would take for itself."""
        if isinstance(editor, CellEditor) and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                self._keep(editor, {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}.get(Qt.Key(key), 0))
                return True
            if key == Qt.Key.Key_Escape:
                self._give_up(editor)
                return True
        return super().eventFilter(editor, event)

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """Forget an editor that the view has let go of, as when a person clicked elsewhere."""
        if editor is self.editor:
            self.editor = None
        super().destroyEditor(editor, index)

    def keep_open(self) -> None:
        """Write what an open editor holds, as Enter does."""
        if self.editor is not None and self.editor.isVisible():
            self._keep(self.editor, 0)

    def _keep(self, editor: CellEditor, step: int) -> None:
        index = QPersistentModelIndex(self._view.currentIndex())
        self.commitData.emit(editor)
        if index.isValid() and index.data(UNKEPT):
            return
        self.editor = None
        if not isValid(editor):
            self._view.setFocus()
        elif editor.isVisible():
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        else:
            # The rows were read again, and the view has let go of the editor: it must not be heard again.
            editor.removeEventFilter(self)
            self._view.setFocus()
        self._view.step(step)

    def _give_up(self, editor: CellEditor) -> None:
        item = self._view.current()
        self.editor = None
        if item is not None:
            self._view.tree().give_up(item)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.RevertModelCache)


@dataclass(frozen=True)
class _Spot:
    """Where the person was in the tree: on which row, under which rows, how far down."""

    any: bool = False
    key: str = ""
    above: str = ""
    row: int = 0
    scroll: int = 0


class PriorityView(QTreeView, Pictured):
    """The tree on screen. A change of the plan leaves what is open, chosen and scrolled to as it was.

    Signals:
        chosen: the current row has changed.
    """

    chosen = Signal()

    def __init__(self, model: PriorityTree, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._delegate = TreeDelegate(self)
        self._open: set[str] = set()
        self._at = _Spot()
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self._delegate.closeEditor.connect(self._close_draft)
        self.setHeaderHidden(True)
        self.setAccessibleName(capital(listed(word.plural for word in spoken().all)))
        self.setWordWrap(True)
        self.setExpandsOnDoubleClick(False)
        self.setAllColumnsShowFocus(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.EditKeyPressed | triggers.AnyKeyPressed | triggers.DoubleClicked)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(TEXT, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(WORD, QHeaderView.ResizeMode.ResizeToContents)
        header.sectionResized.connect(self.scheduleDelayedItemsLayout)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._recall)
        self.expand_first()

    def tree(self) -> PriorityTree:
        """The model."""
        model = self.model()
        assert isinstance(model, PriorityTree)
        return model

    def drawing(self) -> Drawing | None:
        """The whole tree as it is printed and saved, with the narrative, folded away or not."""
        tree = self.tree()
        notes = ["Only what the filter finds."] if tree.is_filtered() else []
        root = tree.item(NOWHERE)
        return outline_drawing(self.accessibleName(), root, notes) if tree.items() else None

    def current(self) -> TreeItem | None:
        """The current row, if there is one."""
        index = self.currentIndex()
        return self.tree().item(index) if index.isValid() else None

    def text_width(self, index: Index) -> int:
        """The pixels that the text of a row has."""
        depth, above = 1, index.parent()
        while above.isValid():
            depth, above = depth + 1, above.parent()
        return self.columnWidth(TEXT) - depth * self.indentation() - 2 * PAD

    def choose(self, key: str) -> bool:
        """Make a row current, and open what it stands under. Returns whether it is shown."""
        item = self.tree().find(key)
        if item is None:
            return False
        index = self.tree().index_of(item)
        above = index.parent()
        while above.isValid():
            self.expand(above)
            above = above.parent()
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    def step(self, rows: int) -> None:
        """Move the current row down or up."""
        index = self.currentIndex()
        if rows and index.isValid():
            to = self.indexBelow(index) if rows > 0 else self.indexAbove(index)
            if to.isValid():
                self.setCurrentIndex(to)

    def keep_open_editor(self) -> None:
        """Write what is being typed in place."""
        self._delegate.keep_open()

    def opened(self) -> list[str]:
        """The keys of the rows that are open."""
        model = self.tree()
        return [item.key for item in model.items() if item.children and self.isExpanded(model.index_of(item))]

    def open_only(self, keys: Iterable[str]) -> None:
        """Open these rows and close all others."""
        wanted, model = set(keys), self.tree()
        for item in model.items():
            if item.children:
                self.setExpanded(model.index_of(item), item.key in wanted)

    def expand_first(self) -> None:
        """Open the priorities, so that their themes can be seen."""
        self.open_only(item.key for item in self.tree().items() if item.kind == "priority")

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell that another row is current."""
        super().currentChanged(current, previous)
        self.chosen.emit()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Open an editor for a letter of an input method, as for one of the keyboard."""
        pass_on(event, lambda: self._delegate.editor, super().inputMethodEvent)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Edit by Enter; go by Tab to the next pane, as everywhere else."""
        row = self.currentIndex().siblingAtColumn(TEXT)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(row)
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, or say what to do if there are no priorities yet."""
        super().paintEvent(event)
        if any(item.kind == "priority" for item in self.tree().items()) or self.tree().is_filtered():
            return
        painter = QPainter(self.viewport())
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        room = self.viewport().rect().adjusted(4 * PAD, 0, -4 * PAD, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, in_words_of_plan(NONE_YET))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Make the first priority current when the keyboard brings the person here, or nothing if there is none.

        So Insert writes a priority in a new plan, not a section under the heading above.
        """
        anywhere = self.currentIndex().isValid()
        super().focusInEvent(event)
        if not anywhere:
            first = next((item for item in self.tree().items() if item.kind == "priority"), None)
            self.setCurrentIndex(self.tree().index_of(first))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the rows again."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _close_draft(self) -> None:
        """Close a new row that was left without words; one that was refused stays."""
        model = self.tree()
        if model.draft is not None and not model.has_unkept():
            above = model.draft.parent
            model.drop_draft()
            if above is not None and not self.currentIndex().isValid():
                self.setCurrentIndex(model.index_of(above))

    def _remember(self) -> None:
        current = self.current()
        scroll = self.verticalScrollBar().value()
        self._open = set(self.opened())
        self._at = _Spot(scroll=scroll)
        if current is not None and current.parent is not None:
            self._at = _Spot(True, current.key, current.parent.key, current.row, scroll)

    def _recall(self) -> None:
        at, model = self._at, self.tree()
        self.open_only(self._open)
        if at.any and not self._take(at.key):
            parent = model.index_of(model.find(at.above))
            rows = model.rowCount(parent)
            self.setCurrentIndex(model.index(min(at.row, rows - 1), TEXT, parent) if rows else parent)
        self.verticalScrollBar().setValue(at.scroll)

    def _take(self, key: str) -> bool:
        """Make a row current without scrolling to it."""
        item = self.tree().find(key)
        if item is not None:
            index = self.tree().index_of(item)
            self.selectionModel().setCurrentIndex(index, self.selectionModel().SelectionFlag.ClearAndSelect)
        return item is not None
