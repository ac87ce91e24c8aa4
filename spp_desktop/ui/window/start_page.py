"""The page shown while no plan is open: go on with a recent plan, open or begin one, look at a sample."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QPainter, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.store import clock, places
from spp_desktop.store.glimpse import card_of
from spp_desktop.ui.common.slow_drive import SlowDrive

CHOICES = (
    ("open", "&Open a plan…", "A plan kept on this computer or a drive."),
    ("new", "&New plan…", "Empty, for your own force and years."),
    ("published", "The &published sample", "The West Midlands plan 2008-2011, word for word."),
    ("worked", "The &worked sample", "The same plan in October 2008, with illustrative dates, statuses and results."),
)
FIRST_PLAN = (
    ("New plan…", "Give it a title, your force and its first year. There is nothing to save: each change is kept."),
    ("Priorities", "Write the priorities, and under each its themes and commitments."),
    ("Activities", "In the annual delivery plan, say under each priority what is to be done, by whom and by when."),
    ("Indicators", "In the performance plan, say what is measured, and the target of each year."),
    ("Returns", "Each quarter, send every owner a workbook, and take in what comes back."),
)
"""The steps of a first plan, each with the name of the command or page where it is done."""
DROP = "Or drop a plan on this window."
NO_PLANS = "No plan has been opened on this computer yet."
ROOM, LINE_ROOM = 10, 3


class StartPage(QWidget):
    """The page. It takes no drop itself: the window does, wherever on it a plan is dropped.

    Signals:
        chosen: the name of a choice above, or "tour".
        recent_chosen: the path of a plan.
        helped: the person wants to know how a first plan is made.
    """

    chosen = Signal(str)
    recent_chosen = Signal(object)
    helped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.recent = QListWidget()
        self.recent.setAccessibleName("Recent plans")
        self.recent.setItemDelegate(PlanLines(self.recent))
        self.recent.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.recent.itemActivated.connect(lambda item: self.recent_chosen.emit(item.data(Qt.ItemDataRole.UserRole)))
        self._none = _quiet(NO_PLANS)
        self.steps = self._first_plan()
        self._waiting: list[QListWidgetItem] = []
        self._aside = SlowDrive(self)
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(40, 32, 40, 24)
        row.setSpacing(48)
        row.addLayout(self._choices(), 2)
        row.addLayout(self._recent(), 3)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(content)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(area)

    def show_recent(self, plans: Sequence[Path]) -> None:
        """List the plans opened before, the latest first. What is in each is read once the page is painted."""
        self.recent.clear()
        self._waiting = []
        for plan in plans:
            item = QListWidgetItem(f"{plan.stem}\n\n{plan.parent}")
            item.setData(Qt.ItemDataRole.UserRole, plan)
            self.recent.addItem(item)
            self._waiting.append(item)
        self.recent.setVisible(bool(plans))
        self._none.setHidden(bool(plans))
        self.steps.setHidden(bool(plans))
        if plans:
            self.recent.setCurrentRow(0)
            QTimer.singleShot(0, self, self.read_next)

    def read_next(self) -> None:
        """Say of the next plan on the list what is in it; a share that does not answer holds up nothing else."""
        if not self._waiting or self._aside.waits or not self.isVisible():
            return
        plan = self._waiting.pop(0).data(Qt.ItemDataRole.UserRole)
        if places.is_remote(plan):
            self._aside.ask(partial(lines_of, plan), partial(self._say, plan))
        else:
            self._say(plan, lines_of(plan))

    def _say(self, plan: Path, lines: list[str] | None) -> None:
        """Show what there is to say of a plan, and go on to the next."""
        for n in range(self.recent.count()):
            item = self.recent.item(n)
            if lines is not None and item.data(Qt.ItemDataRole.UserRole) == plan:
                item.setText("\n".join(lines))
        QTimer.singleShot(0, self, self.read_next)

    def _choices(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(_heading("Policing plan workbook", 1.8))
        column.addSpacing(16)
        for name, text, meaning in CHOICES:
            button = QPushButton(text, autoDefault=True)  # Enter presses it, in a window as in a dialog
            button.setMinimumHeight(34)
            button.setMaximumWidth(420)
            button.setAccessibleDescription(meaning)
            button.clicked.connect(lambda _=False, name=name: self.chosen.emit(name))
            column.addWidget(button)
            column.addWidget(_quiet(meaning))
            column.addSpacing(10)
        column.addWidget(_quiet(DROP))
        column.addStretch()
        return column

    def _recent(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(_heading("Recent plans", 1.2))
        column.addWidget(self._none)
        column.addWidget(self.recent, 1)
        column.addWidget(self.steps)
        # While the list is hidden, the words stay at the top.
        column.addStretch(0)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        return column

    def _first_plan(self) -> QWidget:
        """How a first plan comes about, for somebody who has none yet."""
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(8)
        column.addWidget(_heading("A first plan", 1.2))
        for number, (name, words) in enumerate(FIRST_PLAN, 1):
            column.addWidget(QLabel(f"{number}.  {name}: {words}", wordWrap=True))
        more = QPushButton("&How to make a first plan", autoDefault=True)
        more.clicked.connect(self.helped)
        tour = QPushButton("A &tour of five minutes", autoDefault=True)
        tour.clicked.connect(lambda: self.chosen.emit("tour"))
        row = QHBoxLayout()
        row.addWidget(more)
        row.addWidget(tour)
        row.addStretch(1)
        column.addLayout(row)
        return part


class PlanLines(QStyledItemDelegate):
    """Paints a recent plan: its title, then in quieter letters whose it is, when it changed, and where it is kept."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the lines of one plan over the ground of the list."""
        bare = QStyleOptionViewItem(option)
        self.initStyleOption(bare, index)
        bare.text = ""
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        widget = option.widget
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, bare, painter, widget)
        title, *others = str(index.data()).split("\n")
        role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        quiet = role if chosen else QPalette.ColorRole.PlaceholderText
        rect = option.rect.adjusted(ROOM, ROOM, -ROOM, 0)
        bold = QFont(option.font)
        bold.setBold(True)
        painter.save()
        for n, line in enumerate([title, *filter(None, others)]):
            painter.setFont(option.font if n else bold)
            painter.setPen(option.palette.color(quiet if n else role))
            height = option.fontMetrics.height()
            place = QRect(rect.left(), rect.top() + n * (height + LINE_ROOM), rect.width(), height)
            words = painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideMiddle, rect.width())
            painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), words)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The room of its lines."""
        lines = max(len([line for line in str(index.data()).split("\n") if line]), 3)
        return QSize(200, lines * (option.fontMetrics.height() + LINE_ROOM) + 2 * ROOM)


def lines_of(plan: Path) -> list[str]:
    """What the list says of a plan, each on a line of its own, from its title to its file."""
    if places.is_away(plan):
        return [plan.stem, "Its content is not on this computer. Opening it fetches it.", str(plan)]
    from spp_desktop.store import locks  # what it needs to know of processes is loaded when a plan is listed

    card, holder = card_of(plan), locks.holder_of(plan)
    if card is None:
        return [plan.stem, "It cannot be read just now. Opening it says why.", str(plan)]
    first, last = card.period
    changed = f"Changed {clock.time_in_words(card.changed)} by {card.author}" if card.changed else ""
    whose = " · ".join(filter(None, (card.force, f"{first}-{last}")))
    open_ = ""
    if holder is not None:
        left = holder.gone()
        open_ = f"{'Left open by' if left else 'Open now:'} {holder.in_words()}"
    lines = (card.title, whose, changed, open_, str(plan))
    return [" ".join(line.split()) for line in lines if line]


def _heading(text: str, size: float) -> QLabel:
    label = QLabel(text, wordWrap=True)
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * size)
    label.setFont(font)
    return label


def _quiet(text: str) -> QLabel:
    label = QLabel(text, wordWrap=True)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label
