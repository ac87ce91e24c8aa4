"""An indicator's targets: typed, and the one over the plan held against its yearly targets; never corrected."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from spp_desktop.edits import judging
from spp_desktop.edits.targets import TARGET
from spp_desktop.figures.charts.target_chart import targets_chart
from spp_desktop.figures.exact import shown
from spp_desktop.figures.judging.remaining_years import remaining_years
from spp_desktop.figures.targets.checks import AGREED, ChangeCheck, LevelCheck, check
from spp_desktop.figures.targets.kinds import KINDS
from spp_desktop.plan.identity import years_of
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.periods import year_name, years_name
from spp_desktop.store import measured, queries
from spp_desktop.store.plain import EarlierTargetRow, TargetRow
from spp_desktop.ui.common.kept_text import KeptText
from spp_desktop.ui.common.sentence_label import words
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.grid.columns import GridColumn
from spp_desktop.ui.grid.fields import LineField
from spp_desktop.ui.grid.table_model import CellChange
from spp_desktop.ui.performance.indicator_page import IndicatorPage, rich, section, table
from spp_desktop.ui.performance.judged_columns import JudgedRow
from spp_desktop.ui.pictures.target_chart_view import ChartView

NOTHING = "There is no target over the plan that could be held against yearly targets of its kind."
REMAINING = "What each remaining year must be:"
KEPT = "Targets stay as they were stated. What is written here explains them; nothing is corrected."
CHART_HEIGHT = 400


class TargetsPage(IndicatorPage):
    """What was found, with its figures; the explanation; and the targets drawn."""

    title = "Targets"

    def __init__(
        self, signals: PlanSignals, columns: Callable[[], Sequence[GridColumn]], commit: Callable[[CellChange], object]
    ) -> None:
        super().__init__(signals)
        self._columns, self._commit = columns, commit
        self.fields: dict[str, LineField] = {}
        self.form = QFormLayout()
        self.form.setContentsMargins(0, 0, 0, 0)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.column.addLayout(self.form)
        self.stated = rich("Targets as stated, and how each is judged")
        self.sentence, self.numbers = words(), rich("Figures of the check")
        self.remaining = words()
        self.remaining.setAccessibleName("What each remaining year must be")
        self.explanation = KeptText("Explanation of the target over the plan")
        self.explanation.setPlaceholderText("Why the target over the plan is not what its years come to")
        self.explanation.setFixedHeight(4 * self.fontMetrics().lineSpacing() + 14)
        self.explanation.refused.connect(self.refused)
        self.heading, self.kept = words(bold=True), words(quiet=True)
        self.heading.setText("Explanation")
        self.heading.setBuddy(self.explanation)
        self.kept.setText(KEPT)
        self.chart: ChartView | None = None
        self._slot = QWidget()
        QVBoxLayout(self._slot).setContentsMargins(0, 0, 0, 0)
        self._slot.setMinimumHeight(CHART_HEIGHT)
        parts = (self.stated, self.sentence, self.numbers, self.remaining, self.heading, self.explanation, self.kept)
        for part in parts:
            self.column.addWidget(part)
        self.column.addWidget(self._slot, 1)

    def fill(self, row: JudgedRow) -> None:
        """Say what each target means and was before, what was found of them together, and draw them."""
        self._show_fields(row)
        earlier = self.signals.read(queries.earlier_targets, row.key)
        self.stated.setText(table("As stated", _stated(row)) + section("Until they were changed", map(_until, earlier)))
        self.stated.setVisible(bool(self.stated.text()))
        outcome = check(row.targets, row.polarity, row.judged.series.indicator.over)
        target = row.targets.get(None)
        self.sentence.setText(NOTHING if outcome is None else " ".join(_said(outcome)))
        self.numbers.setText(table("Per cent", _numbers(outcome)) if isinstance(outcome, ChangeCheck) else "")
        self.numbers.setVisible(isinstance(outcome, ChangeCheck))
        remaining = remaining_years(row.judged)
        self.remaining.setText("" if remaining is None else f"{REMAINING} {remaining.sentence}")
        self.remaining.setVisible(remaining is not None)
        for part in (self.heading, self.explanation, self.kept):
            part.setVisible(target is not None)
        key, ref = row.key, row.ref

        def write(text: str) -> None:
            """Keep the explanation."""
            self.signals.edit(f"explain the target of {ref}", judging.explain_target, key, text)

        self.explanation.load(key, target.explanation if target else "", None if self.locked or not target else write)
        self._draw(row)

    def keep(self) -> bool:
        """Keep the targets and the explanation."""
        for field in self.fields.values():
            field.keep()
        return self.explanation.keep_all()

    def _show_fields(self, row: JudgedRow) -> None:
        """Show the targets to be typed in: one of each year, and the one over the plan."""
        columns = [column for column in self._columns() if column.field.startswith(TARGET)]
        if [column.title for column in columns] != [field.column.title for field in self.fields.values()]:
            while self.form.rowCount():
                self.form.removeRow(0)
            self.fields = {column.field: LineField(column, self._set) for column in columns}
            for field in self.fields.values():
                field.refused.connect(self.refused)
                self.form.addRow(field.column.title, field)
        for field in self.fields.values():
            field.show_row(row, locked=self.locked)

    def _set(self, field: str, value: Any) -> None:
        assert self.row is not None
        self._commit((self.row.key, field, value))

    def _draw(self, row: JudgedRow) -> None:
        if self.chart is None:
            self.chart = ChartView(self._slot)
            layout = self._slot.layout()
            assert layout is not None
            layout.addWidget(self.chart)
        plan = self.signals.read(queries.plan)
        results = self.signals.read(measured.results, row.key, measured.FORCE)
        self.chart.set_chart(targets_chart(row, results, years_of(plan), plan.illustrative))


def _stated(row: JudgedRow) -> Iterator[tuple[str, str]]:
    """Each target by its year, with its kind."""
    for year in sorted(row.targets, key=lambda year: (year is None, year or 0)):
        target = row.targets[year]
        when = _when(target)
        since = f", since {short_day(target.since)}" if target.since else ""
        yield when, f"{target.stated} ({KINDS[target.kind].title}{since})"


def _until(was: EarlierTargetRow) -> str:
    """What a target was until it was changed, and why."""
    target = was.target
    since = f"from {short_day(target.since)} " if target.since else ""
    when = f"{_when(target)}: {target.stated} {since}until {short_day(was.until)}"
    agreed = f"; agreed by {was.agreed_by}" if was.agreed_by else ""
    return f"{when}. {was.reason.rstrip('.')} ({was.author}{agreed})."


def _when(target: TargetRow) -> str:
    """Of what time a target is; one over years that are not the plan's own any more says which."""
    if target.year is not None:
        return year_name(target.year)
    if target.over_first is None:
        return "Over the plan"
    return f"Over {years_name(target.over_first, target.over_years or 1)}"


def _said(outcome: ChangeCheck | LevelCheck) -> Iterator[str]:
    yield outcome.sentence
    if isinstance(outcome, ChangeCheck) and outcome.finding not in AGREED:
        yield outcome.hidden_sentence


def _numbers(outcome: ChangeCheck) -> Iterator[tuple[str, str]]:
    """The check's figures by name."""
    yield "Stated over the plan", f"{shown(outcome.stated, 2)}%"
    yield "Its years", ", ".join(f"{shown(year, 2)}%" for year in outcome.yearly)
    yield "Compounded", f"{shown(outcome.compounded, 2)}%"
    yield "Added up", f"{shown(outcome.summed, 2)}%"
    if outcome.required is not None:
        yield "Required each year", f"{outcome.required:.2f}%"
    for done, rate in enumerate(outcome.remaining, 1):
        if rate is not None:
            yield f"Each year after {done} on target", f"{rate:.2f}%"
