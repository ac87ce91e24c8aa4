"""The list of moments that can be picked: ends of periods, submissions, days with changes; what is typed narrows it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.kinds.spelling import caseless
from spp_desktop.store import moments_offered
from spp_desktop.store.moments import Moment
from spp_desktop.store.moments_offered import OfferedMoment
from spp_desktop.store.problems import NoSuchMoment
from spp_desktop.store.workspace import Workspace

HINT = "30 Sep, Q2, submission…"
ABOUT = "The whole window shows the plan as it stood then, for reading only. A day counts to its end."
_MOVING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
NONE_SUCH = "Nothing is offered by these words, and they name no day of this plan's history."
NONE_YET = "Nothing has been changed in this plan yet: it was never otherwise than it is now."


class MomentList(QWidget):
    """A box that narrows, and the list.

    Signals:
        chosen: a ``moments_offered.OfferedMoment`` is the current one; ``None`` if none is.
        activated: the current one is meant: Enter, or two clicks.
    """

    chosen = Signal(object)
    activated = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._offered: Sequence[OfferedMoment] = workspace.read_beside(moments_offered.offered)
        self.filter = QLineEdit(placeholderText=HINT, clearButtonEnabled=True)
        self.filter.setAccessibleName("Narrow the moments")
        self.list = QListWidget()
        self.list.setAccessibleName("Moments of the plan")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.filter)
        column.addWidget(self.list, 1)
        self.setFocusProxy(self.filter)
        self.filter.installEventFilter(self)
        self.filter.textChanged.connect(self._fill)
        self.filter.returnPressed.connect(self._activate)
        self.list.currentItemChanged.connect(lambda *_: self.chosen.emit(self.current()))
        self.list.itemActivated.connect(self._activate)
        self._fill()

    def current(self) -> OfferedMoment | None:
        """The moment that is chosen, if one is."""
        at = self.list.currentRow()
        return None if at < 0 else self.list.item(at).data(Qt.ItemDataRole.UserRole)

    def choose(self, wanted: OfferedMoment | None) -> None:
        """Choose a moment, if it is offered."""
        for at in range(self.list.count()):
            if self.list.item(at).data(Qt.ItemDataRole.UserRole) == wanted:
                self.list.setCurrentRow(at)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move in the list by the arrow keys, while the cursor stays in the box above it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _MOVING:
            QApplication.sendEvent(self.list, event)
            return True
        return super().eventFilter(watched, event)

    def _activate(self) -> None:
        if self.current() is not None:
            self.activated.emit()

    def _fill(self) -> None:
        """Show the moments that hold all words; where there is none, the day that the words name."""
        words = caseless(self.filter.text()).split()
        fitting = [each for each in self._offered if all(word in caseless(words_of(each)) for word in words)]
        if not fitting and words:
            typed = self._workspace.read_beside(moments_offered.typed, self.filter.text())
            fitting = [] if typed is None else [typed]
        self.list.clear()
        for each in fitting:
            item = QListWidgetItem(words_of(each))
            item.setData(Qt.ItemDataRole.UserRole, each)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        if not fitting:
            self.chosen.emit(None)


def words_of(offered: OfferedMoment) -> str:
    """A moment as the list shows it: "30 Sep 2008 · end of Q2 of 2008-2009"."""
    return " · ".join(filter(None, (short_day(offered.day), offered.what)))


class MomentDialog(QDialog):
    """Asks at which moment the plan is to be seen. ``moment`` is the one that was chosen."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.moment: Moment | None = None
        self._workspace = workspace
        self.setWindowTitle("See the plan as at")
        self.resize(520, 420)
        self.finished.connect(self.deleteLater)
        self.list = MomentList(workspace)
        self.notice = QLabel(wordWrap=True)
        buttons = QDialogButtonBox()
        self.see = buttons.addButton("&See it", QDialogButtonBox.ButtonRole.AcceptRole)
        self.see.setDefault(True)
        buttons.addButton("Cancel", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._choose)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        for widget in (QLabel(ABOUT, wordWrap=True), self.list, self.notice, buttons):
            column.addWidget(widget, 1 if widget is self.list else 0)
        self.list.chosen.connect(self._show)
        self.list.activated.connect(self._choose)
        self._show(self.list.current())
        self.list.setFocus()

    def _show(self, offered: OfferedMoment | None) -> None:
        self.see.setEnabled(offered is not None)
        nothing = NONE_SUCH if self.list.filter.text() else NONE_YET
        self.notice.setText("" if offered is not None else nothing)
        self.notice.setVisible(offered is None)

    def _choose(self) -> None:
        offered = self.list.current()
        if offered is None or self.moment is not None:
            return
        try:
            self.moment = self._workspace.read_beside(offered.moment)
        except NoSuchMoment as refusal:
            self.notice.setText(str(refusal))
            self.notice.show()
        else:
            self.accept()
