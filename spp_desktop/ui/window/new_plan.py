"""The dialog for a new plan: its title, its years, its levels, what it starts from and where it is kept."""

from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette, QValidator
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
    QVBoxLayout,
    QWidget,
)

from spp_desktop.edits import registers
from spp_desktop.edits.new_plans import begin
from spp_desktop.plan import file_names
from spp_desktop.plan.kinds.days import months_from_april, read_any_year
from spp_desktop.plan.level_text import READY
from spp_desktop.plan.periods import (
    APRIL,
    FIRST_YEAR_OF_ALL,
    LAST_YEAR_OF_ALL,
    MOST_YEARS,
    PLAN_LENGTH,
    current_year,
    years_begin,
    years_name,
)
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store.problems import NotKept, PlanRefused
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.files import PLANS, ask_save

STARTS = (
    ("", "Nothing: an empty plan"),
    ("published", "The published plan 2008-2011"),
    ("worked", "The worked sample, October 2008 (illustrative)"),
    ("crime-plan", "A slice of a Police and Crime Plan (illustrative)"),
    ("fire", "A slice of a fire and rescue plan (illustrative)"),
    ("council", "A slice of a council's delivery plan (illustrative)"),
)

LEVELS_HINT = "From the top. A * means: written in sentences, “We will …”."


class YearBox(QSpinBox):
    """The calendar year in which a financial year begins. It can be typed as 2026, 2026-27 or 26/27."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setKeyboardTracking(False)  # "20" on the way to "2026-27" is no year yet
        self.editingFinished.connect(lambda: self.setValue(self.value()))  # however it was typed, it is shown alike

    def valueFromText(self, text: str) -> int:
        """The year that is typed; if that is no year, the year before it was typed."""
        year = read_any_year(text.removesuffix(self.suffix()))
        return year if isinstance(year, int) else self.value()

    def validate(self, text: str, at: int) -> tuple[QValidator.State, str, int]:
        """Let anything be typed. When the field is left, what is no year gives way to the year before it."""
        year = read_any_year(text.removesuffix(self.suffix()))
        good = isinstance(year, int) and self.minimum() <= year <= self.maximum()
        return QValidator.State.Acceptable if good else QValidator.State.Intermediate, text, at


class NewPlanDialog(QDialog):
    """Asks for what the new plan needs, and makes it. ``made`` is then its file."""

    def __init__(self, parent: QWidget | None = None, folder: Path | None = None) -> None:
        super().__init__(parent)
        self.made = Path()
        self._folder = folder or Path.home()
        self._placed = False
        self._month = APRIL
        self.finished.connect(self.deleteLater)
        self.setWindowTitle("New plan")
        self.setMinimumWidth(560)
        self.start = QComboBox(self)  # fields in the order in which Tab goes through them
        self.title = QLineEdit(self)
        self.force = QLineEdit(self)
        self.first_year = YearBox(self)
        self.first_month = QComboBox(self)
        self.years = QSpinBox(self)
        self.levels = QComboBox(self)
        self.place = QLineEdit(self)
        self.notice = QLabel(self)
        self.make_button = QPushButton("&Make the plan", self)
        self._fill()
        self._lay_out()
        self.title.textChanged.connect(self._propose)
        self.first_year.valueChanged.connect(self._propose)
        self.years.valueChanged.connect(self._propose)
        self.first_month.currentIndexChanged.connect(self._begin_in)
        self.place.textEdited.connect(self._placed_by_hand)
        self.start.currentIndexChanged.connect(self._start_from)
        self._propose()

    def make(self) -> None:
        """Make the plan and close, or say why it cannot be made and leave all that was typed."""
        path = Path(self.place.text().strip()).expanduser()
        if sentence := file_names.unfit(path):
            self._say(sentence)
            return
        if path.exists():
            self._say(f"There is a file {path.name} there already; choose another name or place.")
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._make(path)
        except (RuleBroken, PlanRefused, NotKept) as refusal:
            self._say(str(refusal))
        except OSError as problem:
            self._say(f"{path.parent} cannot be made: {problem.strerror}. Choose another place.")
        else:
            self.made = path
            self.accept()

    def choose_place(self) -> None:
        """Ask where the plan is to be kept."""
        path = ask_save(self, "Where to keep the plan", PLANS, Path(self.place.text()))
        if path is not None:
            self._placed = True
            self.place.setText(str(path))

    def _make(self, path: Path) -> None:
        values: dict[str, Any] = {"title": self.title.text(), "force": self.force.text()}
        sample = self.start.currentData()
        if not sample:
            month = self.first_month.currentData()
            columns = {"force": values["force"], "years": self.years.value(), "first_month": month}
            begin(path, values["title"], self.first_year.value(), self.levels.currentText(), **columns)
            return
        from sample_data.build import build  # when a sample is asked for: it reads the whole plan's data

        build(path, sample)
        changed = {name: text for name, text in values.items() if text.strip()}
        if changed:
            with Workspace.open(path) as workspace:
                workspace.edit("name the new plan", registers.set_plan, **changed)

    def _propose(self) -> None:
        """Offer a file name made from the title and the years, until the person has chosen one."""
        if self._placed:
            return
        first, years = self.first_year.value(), self.years.value()
        month = self.first_month.currentData()
        period = f" {years_name(first, years, month)}" if not self.start.currentData() else ""
        name = file_names.part(self.title.text()) or "New plan"
        name = name if str(first) in name else f"{name}{period}"
        self.place.setText(str(self._folder / f"{name}.plan"))

    def _begin_in(self) -> None:
        """Let years begin in the month that is chosen; until another year is typed, the first one is that of today."""
        month, today = self.first_month.currentData(), date.today()
        if self.first_year.value() == current_year(today, self._month):
            self.first_year.setValue(current_year(today, month))
        self._month = month
        self.first_year.setSuffix(f" (from {years_begin(month)})")
        self._propose()

    def _placed_by_hand(self) -> None:
        self._placed = True

    def _start_from(self) -> None:
        """Take over the years of a sample, and its title unless another is typed."""
        empty = not self.start.currentData()
        self.first_year.setEnabled(empty)
        self.years.setEnabled(empty)
        self.first_month.setEnabled(empty)
        self.levels.setEnabled(empty)
        self.title.setPlaceholderText("Such as: Strategic Policing Plan" if empty else "As in the sample")
        self.force.setPlaceholderText("" if empty else "As in the sample")
        self._propose()

    def _say(self, sentence: str) -> None:
        self.notice.setText(sentence)
        self.notice.setVisible(bool(sentence))

    def _fill(self) -> None:
        """Offer what can be chosen."""
        self.first_year.setRange(FIRST_YEAR_OF_ALL, LAST_YEAR_OF_ALL)
        self.first_year.setValue(current_year(date.today(), self._month))
        self.first_year.setSuffix(f" (from {years_begin(self._month)})")
        for month in months_from_april():
            self.first_month.addItem(month.title, month.value)
        self.years.setRange(1, MOST_YEARS)
        self.years.setValue(PLAN_LENGTH)
        self.levels.setEditable(True)
        self.levels.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.levels.setCompleter(None)  # type: ignore[arg-type]  # "Pillar" is a plan of one level, and no beginning
        self.levels.addItems(READY)
        for value, meaning in STARTS:
            self.start.addItem(meaning, value)

    def _lay_out(self) -> None:
        self.title.setPlaceholderText("Such as: Strategic Policing Plan")
        self.place.setAccessibleName("File")
        browse = QPushButton("&Choose…", self)
        browse.setAutoDefault(False)
        browse.clicked.connect(self.choose_place)
        where = QHBoxLayout()
        where.setSpacing(8)
        where.addWidget(self.place, 1)
        where.addWidget(browse)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        for words, field in (
            ("&Start from", self.start),
            ("&Title", self.title),
            ("&Force", self.force),
            ("First &year", self.first_year),
            ("Years &begin in", self.first_month),
            ("Years of the &plan", self.years),
            ("&Levels", self.levels),
        ):
            form.addRow(words, field)
        form.addRow("", _hint(LEVELS_HINT))
        label = QLabel("&Keep it in", self)
        label.setBuddy(self.place)
        form.addRow(label, where)
        self.notice.setWordWrap(True)
        self.notice.setForegroundRole(QPalette.ColorRole.BrightText)
        self.notice.hide()
        self.make_button.setDefault(True)
        self.make_button.clicked.connect(self.make)
        buttons = QDialogButtonBox(self)
        buttons.addButton(self.make_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton("Cancel", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addLayout(form)
        column.addWidget(self.notice)
        column.addWidget(buttons)
        self.title.setFocus()


def _hint(sentence: str) -> QLabel:
    label = QLabel(sentence)
    label.setWordWrap(True)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label
