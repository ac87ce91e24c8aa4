"""A list of the plan on screen: typed into like a spreadsheet, with the sentence for what is refused below it."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QPointF, Qt
from PySide6.QtGui import QAction, QColor, QIcon, QKeyEvent, QKeySequence, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.store import queries
from spp_desktop.store.naming import counted, plain
from spp_desktop.ui.common import question, theme
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.registers.table import SHAPE, UNKEPT, RegisterTable

Index = QModelIndex | QPersistentModelIndex
LONG = 400
"""A column that may hold more characters than this is typed on many lines."""
STEPS = {Qt.Key.Key_Tab: (0, 1), Qt.Key.Key_Backtab: (0, -1), Qt.Key.Key_Return: (1, 0), Qt.Key.Key_Enter: (1, 0)}
"""Rows down and columns to the right to which a key that keeps a cell leads."""

SWATCH = 14


class CellDelegate(QStyledItemDelegate):
    """Edits a cell by choosing where there are choices, else by typing. What is refused stays in the editor."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Redden what is not kept; draw the shape of a status."""
        super().initStyleOption(option, index)
        palette = option.palette
        if index.data(UNKEPT):
            palette.setColor(QPalette.ColorRole.Text, palette.color(QPalette.ColorRole.BrightText))
        elif not _table(index.model()).key(index.row()):
            palette.setColor(QPalette.ColorRole.Text, palette.color(QPalette.ColorRole.PlaceholderText))
        option.palette = palette
        look = index.data(SHAPE)
        if look:
            option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
            option.icon = _shape_icon(look[0], theme.status_colour(look[1], look[2], palette))

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: ARG002 - Qt's signature
        """A list, a line or several lines."""
        table = _table(index.model())
        title = str(table.headerData(index.column(), Qt.Orientation.Horizontal))
        editor: QWidget
        options = table.options(index)
        if options:
            editor = combo = QComboBox(parent)
            combo.addItems([said for _, said in options])
            combo.activated.connect(lambda: self._keep(combo, (0, 0)))
        elif _long(table, index.column()):
            editor = QPlainTextEdit(parent)
        else:
            editor = QLineEdit(parent)
        editor.setAccessibleName(title)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Start from what is there, selected."""
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, QComboBox):
            editor.setCurrentText(text)
        elif isinstance(editor, QPlainTextEdit):
            editor.setPlainText(text)
            editor.selectAll()
        elif isinstance(editor, QLineEdit):
            editor.setText(text)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand over what was typed or chosen."""
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentText())
        elif isinstance(editor, QPlainTextEdit):
            model.setData(index, editor.toPlainText())
        elif isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: ARG002 - Qt's signature
        """As large as the cell, and larger where many lines are typed."""
        rect = option.rect
        if isinstance(editor, QPlainTextEdit):
            rect.setHeight(max(rect.height(), 4 * option.fontMetrics.lineSpacing() + SWATCH))
        editor.setGeometry(rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter keeps and goes down, Tab keeps and goes right, Escape gives up."""
        if isinstance(editor, QWidget) and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in STEPS and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self._keep(editor, STEPS[Qt.Key(event.key())])
                return True
            if event.key() == Qt.Key.Key_Escape:
                _table(self._view.model()).give_up(self._view.currentIndex())
        return super().eventFilter(editor, event)

    def _keep(self, editor: QWidget, step: tuple[int, int]) -> None:
        index = QPersistentModelIndex(self._view.currentIndex())
        self.commitData.emit(editor)
        if index.isValid() and index.data(UNKEPT):
            return
        if editor.isVisible():
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        else:
            # The rows were read anew, and the view has let go of the editor: it must not be heard again.
            editor.removeEventFilter(self)
            self._view.setFocus()
        current = self._view.currentIndex()
        to = current.sibling(current.row() + step[0], current.column() + step[1])
        if any(step) and to.isValid():
            self._view.setCurrentIndex(to)


class RegisterView(QWidget):
    """One list with its keys and buttons: add, delete, move up, move down."""

    def __init__(self, signals: PlanSignals, table: RegisterTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signals = signals
        self.table = table
        self.view = QTableView(self)
        self.notice = QLabel(self)
        self._lay_out()
        table.refused.connect(self._say)
        table.added.connect(self._show_added)

    def choose(self, key: str) -> None:
        """Make a row current."""
        keys = self.table.keys()
        if key in keys:
            self.view.setCurrentIndex(self.table.index(keys.index(key), max(self.view.currentIndex().column(), 0)))

    def add(self) -> None:
        """Begin a new row in the empty last one."""
        index = self.table.index(self.table.rowCount() - 1, 0)
        self.view.setFocus()
        self.view.setCurrentIndex(index)
        self.view.edit(index)

    def delete(self) -> None:
        """Take the chosen row out, after saying what would go with it."""
        row, register = self.view.currentIndex().row(), self.table.register
        key = self.table.key(row)
        if not key:
            self.table.clear_draft()
            return
        lost = _listed(self._signals.read(queries.hangs_on, register.model, key))
        loose = self._signals.read(queries.refers_to, register.model, key)
        sentence = f"Delete {register.one} “{self.table.title(row)}”{f', and with it {lost}' if lost else ''}?"
        refer = "refers to it and stays" if sum(loose.values()) == 1 else "refer to it and stay"
        detail = f"{_listed(loose)} {refer} without it. " if loose else ""
        if not (lost or loose) or question.ask(
            self, sentence, "Delete", detail=f"{detail}Undo brings everything back."
        ):
            self.table.remove(row)
            self.view.setCurrentIndex(self.table.index(max(min(row, self.table.rowCount() - 1), 0), 0))

    def move_row(self, step: int) -> None:
        """Move the chosen row."""
        key = self.table.key(self.view.currentIndex().row())
        if key and self.table.move(self.view.currentIndex().row(), step):
            self.choose(key)

    def commit(self) -> bool:
        """Write what an open editor holds; whether nothing is left that the plan does not have."""
        focus = QApplication.focusWidget()
        if focus is not None and self.view.viewport().isAncestorOf(focus):
            self.view.setFocus()
        return not self.table.has_unkept()

    def say_unkept(self) -> None:
        """Say what would be lost, if nothing has been said yet."""
        if self.table.has_unkept() and not self.notice.text():
            self._say(
                f"Something typed here is not in the plan. Complete the {self.table.register.one}, or close again."
            )

    def _lay_out(self) -> None:
        triggers = QAbstractItemView.EditTrigger
        view, register = self.view, self.table.register
        view.setModel(self.table)
        view.setItemDelegate(CellDelegate(view))
        view.setAccessibleName(register.title)
        view.setEditTriggers(triggers.EditKeyPressed | triggers.AnyKeyPressed | triggers.DoubleClicked)
        view.setWordWrap(register.lines > 1)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setTabKeyNavigation(False)
        metrics = view.fontMetrics()
        view.verticalHeader().setDefaultSectionSize(register.lines * metrics.lineSpacing() + 12)
        header = view.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(metrics.horizontalAdvance("00/00/0000") + 16)
        long = [_long(self.table, column) for column in range(len(register.columns))]
        header.setStretchLastSection(not any(long) and not {"title", "name"} & set(register.columns))
        for column, name in enumerate(register.columns):
            wide = long[column] or name == "indicator_id" or (name in ("title", "name") and not any(long))
            mode = QHeaderView.ResizeMode.Stretch if wide else QHeaderView.ResizeMode.ResizeToContents
            header.setSectionResizeMode(column, mode)
        self.notice.setWordWrap(True)
        self.notice.setForegroundRole(QPalette.ColorRole.BrightText)
        self.notice.hide()
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for action in self._made_actions():
            button = QPushButton(action.text(), self)
            button.setAutoDefault(False)
            button.setEnabled(action.isEnabled())
            button.clicked.connect(action.trigger)
            buttons.addWidget(button)
        buttons.addStretch(1)
        column_box = QVBoxLayout(self)
        column_box.setContentsMargins(0, 0, 0, 0)
        column_box.setSpacing(8)
        column_box.addWidget(view, 1)
        column_box.addWidget(self.notice)
        column_box.addLayout(buttons)

    def _made_actions(self) -> list[QAction]:
        wanted: list[tuple[str, tuple[str, ...], Callable[[], None]]] = [
            ("Add", ("Ins", "Ctrl++", "Ctrl+="), self.add),
            ("Delete", ("Del", "Ctrl+-"), self.delete),
        ]
        if self.table.register.placed:
            wanted += [
                ("Move up", ("Alt+Up",), lambda: self.move_row(-1)),
                ("Move down", ("Alt+Down",), lambda: self.move_row(1)),
            ]
        made = []
        for name, keys, deed in wanted:
            action = QAction(name, self)
            action.setShortcuts([QKeySequence(key) for key in keys])
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.setEnabled(not self._signals.workspace.read_only)
            action.triggered.connect(deed)
            self.view.addAction(action)
            made.append(action)
        return made

    def _say(self, sentence: str) -> None:
        self.notice.setText(sentence)
        self.notice.setVisible(bool(sentence))

    def _show_added(self, key: str) -> None:
        self.choose(key)


def _table(model: QAbstractItemModel) -> RegisterTable:
    assert isinstance(model, RegisterTable)
    return model


def _long(table: RegisterTable, column: int) -> bool:
    """Whether a column may hold a long text."""
    limits = table.register.model.model_fields[table.register.columns[column]].metadata
    return any((getattr(limit, "max_length", 0) or 0) > LONG for limit in limits)


def _listed(counts: Mapping[str, int]) -> str:
    """How many rows of which tables: "2 restatements and 1,204 results"."""
    said = [counted(count, plain(table)) for table, count in counts.items()]
    return " and ".join(filter(None, (", ".join(said[:-1]), *said[-1:])))


def _shape_icon(shape: str, colour: QColor) -> QIcon:
    """A status's shape in its colour, small."""
    picture = QPixmap(SWATCH * 2, SWATCH * 2)
    picture.setDevicePixelRatio(2)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(QPointF(SWATCH / 2, SWATCH / 2))
    painter.fillPath(theme.shape_path(shape, SWATCH - 4), colour)
    painter.end()
    return QIcon(picture)
