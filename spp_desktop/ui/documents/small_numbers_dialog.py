"""Small numbers…: how small numbers of persons are shown in a public edition, table by table, and the exceptions."""

from collections.abc import Callable

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.edits import small_numbers
from spp_desktop.edits.small_numbers import CountsTable
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store.problems import NotKept
from spp_desktop.ui.common.signals import PlanSignals

METHODS = (
    ("suppress", "are shown as [c], under"),
    ("round", "are rounded, to multiples of"),
    ("leave", "stay as they are"),
)
"""The ways in which small numbers are shown, each as it goes on after "Small numbers"."""

ABOUT = (
    "A number of persons that is small may make one of them known. What is hidden takes as many other numbers with it "
    "as it needs, over the whole edition. Who decides is printed where a number is shown all the same: name a post."
)
_USUAL, _MOST = 5, 1000


class SmallNumbersDialog(QDialog):
    """Says how the small numbers of a table are shown, and lists what was said. The plan's refusals are said in it."""

    def __init__(self, signals: PlanSignals, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Small numbers")
        self.setMinimumWidth(620)
        self._signals = signals
        self.table, self.method, self.number = QComboBox(self), QComboBox(self), QSpinBox(self)
        self.by, self.cell, self.reason = QLineEdit(self), QLineEdit(self), QLineEdit(self)
        self.said = QPlainTextEdit(self, readOnly=True)
        self.refusal = QLabel(self, wordWrap=True)
        self.keep_button, self.show_button = QPushButton("&Keep", self), QPushButton("S&how it all the same", self)
        self.forget_button = QPushButton("&Take back", self)
        for table, title in signals.read(small_numbers.countable):
            self.table.addItem(title, table)
        for method, words in METHODS:
            self.method.addItem(words, method)
        self.number.setRange(1, _MOST)
        self.number.setValue(_USUAL)
        self._lay_out()
        self._tell()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow("Ta&ble", self.table)
        form.addRow("&Small numbers", self.method)
        form.addRow("&Number", self.number)
        form.addRow("&By", self.by)
        form.addRow("&One number", self.cell)
        form.addRow("&Why it is shown", self.reason)
        self.cell.setPlaceholderText("April 2008, Walsall")
        self.said.setAccessibleName("What was said of small numbers")
        self.said.setTabChangesFocus(True)
        self.refusal.setAccessibleName("Why this is not kept")
        self.refusal.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        for button in (self.keep_button, self.show_button, self.forget_button):
            button.setAutoDefault(False)
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        self.keep_button.setDefault(True)
        self.keep_button.clicked.connect(self.keep)
        self.show_button.clicked.connect(self.show_all_the_same)
        self.forget_button.clicked.connect(self.take_back)
        self.method.currentIndexChanged.connect(self._ready)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        for part in (QLabel(ABOUT, self, wordWrap=True), form, self.refusal, self.said, buttons):
            column.addLayout(part) if isinstance(part, QFormLayout) else column.addWidget(part)
        self.table.setFocus()

    def keep(self) -> None:
        """Say how the small numbers of the table are shown."""
        method, number, by = self.method.currentData(), self.number.value(), self.by.text()
        self._do("say how small numbers are shown", small_numbers.set_small_numbers, method, number, by)

    def show_all_the_same(self) -> None:
        """Say that one number is shown all the same."""
        cell, reason = self.cell.text(), self.reason.text()
        self._do(f"show a small number: {cell}", small_numbers.show_as_it_is, cell, reason, self.by.text())

    def take_back(self) -> None:
        """Take back what was said of the table."""
        self._do("take back what was said of small numbers", small_numbers.forget_small_numbers)

    def _do(self, label: str, verb: Callable[..., object], *rest: object) -> None:
        table = self.table.currentData()
        assert isinstance(table, CountsTable)
        try:
            self._signals.workspace.edit(label, verb, table, *rest)
        except (RuleBroken, NotKept) as refusal:
            self.refusal.setText(str(refusal))
            self.refusal.show()
        else:
            self.refusal.hide()
            self._tell()

    def _ready(self) -> None:
        self.number.setEnabled(self.method.currentData() != "leave")

    def _tell(self) -> None:
        self.said.setPlainText("\n".join(self._signals.read(small_numbers.rules_in_words)))
