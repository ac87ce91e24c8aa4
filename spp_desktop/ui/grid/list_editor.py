"""The editors of cells that are chosen from a list: one of it, or several."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from spp_desktop.plan.kinds import Option
from spp_desktop.plan.kinds.choices import ranked
from spp_desktop.plan.kinds.spelling import caseless
from spp_desktop.ui.common import theme

LIST_WIDTH, LINE_HEIGHT, MOST_LINES = 240, 26, 9
_VALUE = Qt.ItemDataRole.UserRole
_LIST_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class ListEditor(QFrame):
    """A list that typing narrows, the likeliest entry first. Enter chooses.

    Attributes:
        touched: whether anything was typed or chosen since the editor was filled.

    Signals:
        chosen: an entry was chosen with the mouse.
    """

    chosen = Signal()
    hint = "Type to find"

    def __init__(self, parent: QWidget, name: str, choices: Sequence[Option]) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setAccessibleName(name)
        self._choices = list(choices)
        self._titles = {choice.value: choice.title for choice in choices}
        self._text = ""
        self.touched = False
        self.line = QLineEdit()
        self.line.setPlaceholderText(self.hint)
        self.line.setAccessibleName(f"{name}: find")
        self.line.textEdited.connect(self._edited)
        self.line.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(name)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.itemClicked.connect(self._clicked)
        box = QVBoxLayout(self)
        box.setContentsMargins(2, 2, 2, 2)
        box.setSpacing(2)
        box.addWidget(self.line)
        box.addWidget(self.list)
        self.setFocusProxy(self.line)

    def fill(self, text: str) -> None:
        """Begin at the entry of this title."""
        self._text = text
        self._show(self._choices)
        at = next((n for n, choice in enumerate(self._choices) if caseless(choice.title) == caseless(text)), -1)
        self.list.setCurrentRow(at)

    def go_on_from(self, other: "ListEditor") -> None:
        """Go on from what was typed and chosen in another editor of the same cell."""
        self.line.setText(other.line.text())
        self.line.setCursorPosition(other.line.cursorPosition())
        if not other.touched:
            return
        self._take_ticks(other)
        self._find(self._last())
        at = other.list.currentRow()
        title = other.list.item(at).text() if at >= 0 else ""
        row = next((n for n in range(self.list.count()) if self.list.item(n).text() == title), -1)
        self.list.setCurrentRow(row)
        self.touched = True

    def _take_ticks(self, other: "ListEditor") -> None:
        """Take over what is ticked in another list, in a list in which anything can be."""

    def _last(self) -> str:
        """What is typed to find an entry."""
        return self.line.text().strip()

    def clear_all(self) -> None:
        """Choose nothing, and show the whole list."""
        self.line.clear()
        self._edited("")
        self.list.setCurrentRow(-1)

    def typed(self) -> str:
        """The title of the current entry, or what was typed if it finds none."""
        if not self.touched:
            return self._text
        return self._current_title() or self.line.text()

    def set_end(self) -> None:
        """Do nothing: the list begins at what the cell holds."""

    def place(self, cell: QRect, around: QRect) -> None:
        """Place the list under the cell, or above it if there is more room, within the table."""
        width = min(max(cell.width(), LIST_WIDTH), around.width())
        wanted = (min(len(self._choices), MOST_LINES) + 1) * LINE_HEIGHT + 14
        below, above = around.bottom() - cell.top(), cell.bottom() - around.top()
        height = min(wanted, max(below, above))
        top = cell.top() if below >= wanted or below >= above else cell.bottom() - height
        left = max(min(cell.left(), around.right() - width), around.left())
        self.setGeometry(left, top, width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Handle the keys that move in the list, while the cursor stays in the box above it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
            if event.key() in _LIST_KEYS and not alt:
                self._moved()
                self.list.event(event)
                event.accept()  # at the list's end too: else the table beneath would go on with it
                return True
            if event.key() == Qt.Key.Key_Space and self._space():
                return True
        return super().eventFilter(watched, event)

    def _moved(self) -> None:
        """Take it that the person goes about in the list."""
        self.touched = True

    def _space(self) -> bool:
        """Take the space bar. Returns whether it was more than a space."""
        return False

    def _edited(self, text: str) -> None:
        """Show the entries that a text finds, the likeliest first."""
        self.touched = True
        self._find(text)

    def _find(self, text: str) -> None:
        titles = self._ranked(text) if text.strip() else None
        if titles is None:
            self._show(self._choices)
            return
        places = {title: n for n, title in enumerate(titles)}
        matches = [choice for choice in self._choices if choice.title in places]
        self._show(sorted(matches, key=lambda choice: places[choice.title]))
        self.list.setCurrentRow(0)

    def _ranked(self, text: str) -> list[str]:
        """The titles of the entries that a text finds, the likeliest first."""
        return ranked(text, list(self._titles.values()))

    def _show(self, choices: Sequence[Option]) -> None:
        self.list.clear()
        for choice in choices:
            self.list.addItem(self._item(choice))

    def _item(self, choice: Option) -> QListWidgetItem:
        item = QListWidgetItem(choice.title)
        item.setData(_VALUE, choice.value)
        item.setSizeHint(QSize(0, LINE_HEIGHT - 2))
        item.setToolTip(choice.note)
        if choice.shape:
            item.setIcon(shape_icon(choice, self))
        return item

    def _current_title(self) -> str:
        item = self.list.currentItem() if self.list.currentRow() >= 0 else None
        return self._titles[item.data(_VALUE)] if item is not None else ""

    def _clicked(self, item: QListWidgetItem) -> None:
        del item
        self.touched = True
        self.chosen.emit()


class SeveralEditor(ListEditor):
    """A list of which several can be chosen, the first leads.

    Names are typed, parted by ";", each as far as it is needed; a name that finds no entry stays as it was typed. In
    the list, to which Down leads, and where nothing is typed, Space ticks.
    """

    hint = "Names, parted by ; (Space ticks in the list)"

    def __init__(self, parent: QWidget, name: str, choices: Sequence[Option]) -> None:
        self._ticked: list[str] = []
        self._in_list = self._parted = False
        super().__init__(parent, name, choices)

    def fill(self, text: str) -> None:
        """Begin with these titles ticked; semicolons part them. Names that are not listed stand in the line."""
        self._text = text
        known = {caseless(title): value for value, title in self._titles.items()}
        parts = [part.strip() for part in text.split(";") if part.strip()]
        self._ticked = [known[caseless(part)] for part in parts if caseless(part) in known]
        self.line.setText("; ".join(part for part in parts if caseless(part) not in known))
        self._find(self._last())

    def _take_ticks(self, other: ListEditor) -> None:
        if isinstance(other, SeveralEditor):
            self._ticked = [value for value in other._ticked if value in self._titles]  # noqa: SLF001 - of its own kind
            self._in_list, self._parted = other._in_list, other._parted  # noqa: SLF001

    def clear_all(self) -> None:
        """Tick nothing."""
        self._ticked = []
        super().clear_all()

    def typed(self) -> str:
        """The titles that are ticked, and those that the names typed find, or else the names."""
        if not self.touched:
            return self._text
        titles = [self._titles[value] for value in self._ticked]
        *whole, last = self.line.text().split(";")
        titles += [self._match(part) for part in whole if part.strip()]
        if last.strip():
            titles.append(self._current_title() or last.strip())
        elif not titles and self._in_list:
            titles.append(self._current_title())
        return "; ".join(dict.fromkeys(title for title in titles if title))

    def _moved(self) -> None:
        super()._moved()
        self._in_list = True

    def _space(self) -> bool:
        """Tick in the list, or where nothing is typed. Behind a semicolon nothing, else a space."""
        if (self.line.text() or self._parted) and not self._in_list:
            return not self._last()
        if self.list.currentRow() >= 0:
            self._tick(self.list.currentItem())
        return True

    def _edited(self, text: str) -> None:
        """Tick what is typed before a semicolon, as far as it is listed; show what the rest finds."""
        self._in_list = self._parted = False
        *whole, last = text.split(";")
        values = {title: value for value, title in self._titles.items()}
        matches = [self._match(part) for part in whole if part.strip()]
        if whole and all(match in values for match in matches):
            self._ticked = list(dict.fromkeys([*self._ticked, *(values[match] for match in matches)]))
            self.line.setText(last.lstrip())
            self._parted = not last.strip()
        super()._edited(last)

    def _match(self, name: str) -> str:
        """The title that a name finds first, or else the name."""
        return next(iter(self._ranked(name)), name.strip())

    def _last(self) -> str:
        """What is typed behind the last semicolon."""
        return self.line.text().rpartition(";")[2].strip()

    def _find(self, text: str) -> None:
        super()._find(text)
        if not text.strip() and self.list.count():
            self.list.setCurrentRow(0)

    def _show(self, choices: Sequence[Option]) -> None:
        """Show the entries, those ticked first where all are shown."""
        if len(choices) == len(self._choices):
            known = {choice.value: choice for choice in self._choices}
            rest = [choice for choice in self._choices if choice.value not in self._ticked]
            choices = [*(known[value] for value in self._ticked), *rest]
        super()._show(choices)

    def _item(self, choice: Option) -> QListWidgetItem:
        item = super()._item(choice)
        on = choice.value in self._ticked
        item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
        if on and self._ticked[0] == choice.value:
            item.setText(f"{choice.title} (lead)")
        return item

    def _tick(self, item: QListWidgetItem) -> None:
        """Tick an entry, or take its tick away; what was typed to find it goes."""
        value = item.data(_VALUE)
        self.touched = True
        (self._ticked.remove if value in self._ticked else self._ticked.append)(value)
        self.line.clear()
        self._find("")
        for n in range(self.list.count()):
            if self.list.item(n).data(_VALUE) == value:
                self.list.setCurrentRow(n)

    def _clicked(self, item: QListWidgetItem) -> None:
        self._tick(item)


class ReferredEditor(SeveralEditor):
    """A list of which several can be chosen by their references, or found by their words; none of them leads."""

    hint = "References or words, parted by ; (Space ticks in the list)"

    def __init__(self, parent: QWidget, name: str, choices: Sequence[Option]) -> None:
        self._by_words = {f"{choice.title} {choice.note}": choice.title for choice in choices}
        super().__init__(parent, name, choices)

    def _ranked(self, text: str) -> list[str]:
        return [self._by_words[words] for words in ranked(text, list(self._by_words))]

    def _item(self, choice: Option) -> QListWidgetItem:
        item = super()._item(choice)
        item.setText(f"{choice.title}  {choice.note}")
        return item


def shape_icon(choice: Option, on: QWidget, size: int = 12) -> QIcon:
    """A status's shape in its colour, as an icon."""
    ratio = on.devicePixelRatioF()
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(size / 2, size / 2)
    painter.fillPath(
        theme.shape_path(choice.shape, size - 2.0), theme.status_colour(choice.colour, choice.dark_colour, on.palette())
    )
    painter.end()
    return QIcon(pixmap)
