"""The dialog in which a person declares a return: what it lists, what is filled in, by whom, how often, until when."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.edits import declaring
from spp_desktop.edits.declaring import Declaration
from spp_desktop.plan.declared_returns import RESULTS, AskedOften, DueAs, GoesTo
from spp_desktop.plan.identity import years_kept
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.registers import REGISTERS, register_of
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import in_roles, queries
from spp_desktop.store.problems import NotKept
from spp_desktop.ui.common.plain_table import dress
from spp_desktop.ui.common.question import ask
from spp_desktop.ui.common.signals import PlanSignals

NEW = "A new return"
OFTEN: tuple[AskedOften, ...] = ("monthly", "quarterly", "half-yearly", "yearly", "on completion")
COUNTED: tuple[DueAs, ...] = ("days", "working days", "months")
WHOM: dict[GoesTo, str] = {
    "everybody": "Nobody apart: one workbook", "owners": "Each post that owns its rows", "areas": "Each area",
}  # fmt: skip
OF_RESULTS = "Results of indicators"
NO_LIMIT = "no limit"
COLUMNS, INDICATORS = ("Column", "Filled in"), ("Indicator",)
TICK = "Space ticks a line; in the second column it says that the column is filled in."
TICK_INDICATORS = "Space ticks an indicator, of which the result of each period is asked for and filled in."


class DeclareReturnDialog(QDialog):
    """Declares a return of the plan's own, changes one, or removes one.

    What the plan refuses is said in the dialog, which stays open. ``outcome`` says what was done, or is "".
    """

    def __init__(self, signals: PlanSignals, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Declare a return")
        self.resize(620, 640)
        self._signals = signals
        self.outcome = ""
        self.which, self.title, self.lists = QComboBox(self), QLineEdit(self), QComboBox(self)
        self.lines = QTableWidget(0, len(COLUMNS), self)
        self.whom, self.role, self.often = QComboBox(self), QComboBox(self), QComboBox(self)
        self.count, self.counted = QSpinBox(self, minimum=-366, maximum=366), QComboBox(self)
        self.first, self.last = QComboBox(self), QComboBox(self)
        self.meaning = QLineEdit(self, maxLength=500)
        self.about, self.refusal = QLabel(self, wordWrap=True), QLabel(self, wordWrap=True)
        self.refusal.setAccessibleName("Why this is not kept")
        self.refusal.hide()
        self._fill()
        self._lay_out()
        self.which.currentIndexChanged.connect(self._show)
        self.lists.currentIndexChanged.connect(lambda: self._show_lines(()))
        self._show()
        self.title.setFocus()

    def _fill(self) -> None:
        """What can be chosen."""
        self._known = self._signals.read(declaring.declarations)
        self.which.addItem(NEW, "")
        for key, declaration in self._known.items():
            self.which.addItem(declaration.title, key)
        self.title.setMaxLength(60)
        self.lists.addItem(OF_RESULTS, RESULTS)
        for register in REGISTERS:
            self.lists.addItem(register.title, register.name)
        self.lists.setMaxVisibleItems(20)
        for value, text in WHOM.items():
            self.whom.addItem(text, value)
        self.role.addItem("its owners", None)
        for role in self._signals.read(in_roles.roles):
            self.role.addItem(f"those that stand as {role.title}", role.key)
        self.often.addItems([text.capitalize() for text in OFTEN])
        self.counted.addItems(list(COUNTED))
        plan = self._signals.read(queries.plan)
        for box in (self.first, self.last):
            box.addItem(NO_LIMIT, None)
            for year in years_kept(plan):
                box.addItem(year_name(year), year)

    def _lay_out(self) -> None:
        dress(self.lines, "What it has", COLUMNS, 0)
        due, years, whom = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for row, parts in (
            (due, (self.count, self.counted, QLabel("after the end of the period", self))),
            (years, (self.first, QLabel("to", self), self.last)),
            (whom, (self.whom, self.role)),
        ):
            for part in parts:
                row.addWidget(part)
            row.addStretch(1)
        for box, name in ((self.counted, "Counted in"), (self.last, "To year"), (self.role, "In which role")):
            box.setAccessibleName(name)
        form = QFormLayout()
        form.addRow("&Return", self.which)
        form.addRow("Calle&d", self.title)
        form.addRow("&Lists", self.lists)
        form.addRow("&Has", self.lines)
        form.addRow("", self.about)
        form.addRow("&Goes to", whom)
        form.addRow("How &often", self.often)
        form.addRow("D&ue", due)
        form.addRow("From &year", years)
        form.addRow("&What for", self.meaning)
        _buddy(form, "&Goes to", self.whom)
        _buddy(form, "D&ue", self.count)
        _buddy(form, "From &year", self.first)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.done_button = buttons.addButton("&Keep", QDialogButtonBox.ButtonRole.AcceptRole)
        self.remove_button = QPushButton("Remo&ve…", self, autoDefault=False)
        buttons.addButton(self.remove_button, QDialogButtonBox.ButtonRole.ResetRole)
        self.done_button.setDefault(True)
        column = QVBoxLayout(self)
        column.addLayout(form, 1)
        column.addWidget(self.refusal)
        column.addWidget(buttons)
        buttons.accepted.connect(self.keep)
        buttons.rejected.connect(self.reject)
        self.remove_button.clicked.connect(self.remove)
        self.whom.currentIndexChanged.connect(self._show_role)

    def key(self) -> str:
        """The key of the return that is shown; "" for a new one."""
        return str(self.which.currentData())

    def declaration(self) -> Declaration:
        """What is typed and ticked."""
        register, of_results = str(self.lists.currentData()), self.lists.currentData() == RESULTS
        answered = () if of_results else self._ticked(1)
        ticked = self._ticked(0, but=answered)
        goes_to: GoesTo = self.whom.currentData()
        return Declaration(
            self.title.text(),
            register,
            columns=() if of_results else ticked,
            answered=answered,
            indicators=ticked if of_results else (),
            goes_to=goes_to,
            role=self.role.currentData() if goes_to == "owners" else None,
            often=OFTEN[self.often.currentIndex()],
            due=(self.count.value(), COUNTED[self.counted.currentIndex()]),
            years=(self.first.currentData(), self.last.currentData()),
            meaning=self.meaning.text(),
        )

    def _ticked(self, column: int, but: Iterable[str] = ()) -> tuple[str, ...]:
        """The names of the lines that are ticked in a column, and of others, in their order."""
        others = set(but)
        items = [(self.lines.item(row, 0), self.lines.item(row, column)) for row in range(self.lines.rowCount())]
        return tuple(
            str(named.data(Qt.ItemDataRole.UserRole))
            for named, item in items
            if named is not None and item is not None
            if item.checkState() == Qt.CheckState.Checked or named.data(Qt.ItemDataRole.UserRole) in others
        )

    # What is shown

    def _show(self) -> None:
        """Show the return that is chosen, or an empty form."""
        declaration = self._known.get(self.key(), Declaration("", RESULTS, due=(14, "days")))
        self.title.setText(declaration.title)
        self.lists.blockSignals(True)
        self.lists.setCurrentIndex(max(0, self.lists.findData(declaration.lists)))
        self.lists.blockSignals(False)
        self._show_lines((*declaration.columns, *declaration.indicators), declaration.answered)
        self.whom.setCurrentIndex(list(WHOM).index(declaration.goes_to))
        self.role.setCurrentIndex(max(0, self.role.findData(declaration.role)))
        self.often.setCurrentIndex(OFTEN.index(declaration.often))
        self.count.setValue(declaration.due[0])
        self.counted.setCurrentIndex(COUNTED.index(declaration.due[1]))
        for box, year in ((self.first, declaration.years[0]), (self.last, declaration.years[1])):
            box.setCurrentIndex(max(0, box.findData(year)))
        self.meaning.setText(declaration.meaning)
        self.remove_button.setVisible(bool(self.key()))
        self.refusal.hide()
        self._show_role()

    def _show_role(self) -> None:
        self.role.setEnabled(self.whom.currentData() == "owners")

    def _show_lines(self, ticked: Iterable[str], answered: Iterable[str] = ()) -> None:
        """Show what can stand in the return: columns of a register, or indicators."""
        of_results = self.lists.currentData() == RESULTS
        offered = self._indicators() if of_results else declaring.offered(register_of(str(self.lists.currentData())))
        titles = INDICATORS if of_results else COLUMNS
        chosen, filled = set(ticked), set(answered)
        self.lines.setColumnCount(len(titles))
        self.lines.setHorizontalHeaderLabels(list(titles))
        self.lines.setRowCount(len(offered))
        for row, (name, title) in enumerate(offered.items()):
            for column, checked in enumerate((name in chosen, name in filled)[: len(titles)]):
                item = QTableWidgetItem("" if column else title)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked)
                item.setData(Qt.ItemDataRole.UserRole, name)
                self.lines.setItem(row, column, item)
        if offered:
            self.lines.setCurrentCell(0, 0)
        self.about.setText(TICK_INDICATORS if of_results else TICK)

    def _indicators(self) -> dict[str, str]:
        return {row.key: f"{row.ref} {row.title}" for row in self._signals.read(queries.indicators)}

    # What is done

    def keep(self) -> None:
        """Keep the declaration, and close where the plan takes it."""
        declaration, key = self.declaration(), self.key()
        title = declaration.title.strip()
        try:
            if key:
                self._signals.edit(f"declare “{title}” otherwise", declaring.redeclare, key, declaration)
            else:
                self._signals.edit(f"declare the return “{title}”", declaring.declare, declaration)
        except (RuleBroken, NotKept) as refusal:
            self._refuse(str(refusal))
            return
        self.outcome = f"“{title}” is a return of this plan: it is in the calendar, and is issued like any other."
        self.accept()

    def remove(self) -> None:
        """Ask, and declare the return no more."""
        title = self._known[self.key()].title
        if not ask(
            self, f"Remove the return “{title}”?", "Remove", detail="What was sent of it stays in the calendar."
        ):
            return
        try:
            self._signals.edit(f"remove the return “{title}”", declaring.remove, self.key())
        except (RuleBroken, NotKept) as refusal:
            self._refuse(str(refusal))
            return
        self.outcome = f"“{title}” is no return of this plan any more."
        self.accept()

    def _refuse(self, sentence: str) -> None:
        self.refusal.setText(sentence)
        self.refusal.show()


def _buddy(form: QFormLayout, text: str, box: QWidget) -> None:
    """Let the key of a row's label lead to its first field."""
    for row in range(form.rowCount()):
        item = form.itemAt(row, QFormLayout.ItemRole.LabelRole)
        label = item.widget() if item is not None else None
        if isinstance(label, QLabel) and label.text() == text:
            label.setBuddy(box)
