"""How an indicator is measured, judged and charted: plain fields, each kept when it is left."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, get_args

from PySide6.QtWidgets import QFormLayout

from spp_desktop.edits import judging, performance
from spp_desktop.plan.frameworks import FrameworkItem
from spp_desktop.plan.judging import JudgementRule
from spp_desktop.plan.kinds import Choice, Option, Whole
from spp_desktop.plan.markings import Marking
from spp_desktop.plan.performance import CutFrom, Indicator, Measure, RatedBy, TrajectoryMethod
from spp_desktop.store import queries
from spp_desktop.ui.common.sentence_label import words
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.grid.columns import GridColumn
from spp_desktop.ui.grid.fields import field_for
from spp_desktop.ui.grid.marking_column import MARKING, marking_column, marking_options
from spp_desktop.ui.grid.role_fields import RoleFields
from spp_desktop.ui.grid.table_model import CellChange
from spp_desktop.ui.performance.columns import POLARITIES, RAISED
from spp_desktop.ui.performance.indicator_page import IndicatorPage
from spp_desktop.ui.performance.judged_columns import JudgedRow

STAR_NOTE = "* To be included in the Assessments of Policing and Community Safety as local priorities"
YES_NO = (Option("yes", "Yes"), Option("no", "No"))
OWN_RULE, NONE = "plan", "none"
"""What stands for the plan's own rule, and for no national indicator, in lists that have no empty entry."""

MEASURES: Mapping[Measure, str] = {
    "count": "Count: months add up",
    "percentage": "Percentage: one count of another, pooled",
    "rate": "Rate: events per so many people",
    "survey": "Survey: a share of answers, with an interval",
    "level": "Level: a figure that stands for itself",
    "grade": "Grade: a step of its own scale",
    "yes/no": "Yes or no",
}

ONLY_FOR: Mapping[str, frozenset[Measure]] = {
    "numerator": frozenset({"percentage", "rate", "survey"}),
    "denominator": frozenset({"percentage", "rate", "survey"}),
    "per": frozenset({"rate"}),
    "rated_by": frozenset({"rate"}),
    "trajectory": frozenset({"count", "rate"}),
    "profile_years": frozenset({"count", "rate"}),
    "grades": frozenset({"grade"}),
}
"""Fields that say something of some measures only."""

SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Measured", ("measure", "unit", "polarity", "grades", "numerator", "denominator", "per", "rated_by")),
    ("Judged", ("rule_id", "trajectory", "profile_years", "cut_from")),
    ("Control chart", ("screened", "fix_after", "beyond_counts")),
    ("Known as", ("population", "source", "framework_item_id", "local_priority", MARKING)),
)
YES_OR_NO = frozenset({"screened", "beyond_counts", "local_priority"})


def _titled(values: Sequence[str]) -> tuple[Option, ...]:
    return tuple(Option(value, value[:1].upper() + value[1:]) for value in values)


class MeasurePage(IndicatorPage):
    """The settings of one indicator, the posts that answer for it in roles, and the notes printed beside it."""

    title = "Measure"

    def __init__(
        self, signals: PlanSignals, columns: Callable[[], Sequence[GridColumn]], commit: Callable[[CellChange], object]
    ) -> None:
        super().__init__(signals)
        self._of_table, self._commit = columns, commit
        self._rules: tuple[Option, ...] = ()
        self._national: tuple[Option, ...] = ()
        self._markings: list[Option] = []
        self._answers: dict[str, str] = {}
        """By an indicator's key, that of the national indicator it answers to."""
        known = {column.field: column for column in self._columns()}
        self.fields = {name: field_for(column, self._set) for name, column in known.items()}
        self.form = QFormLayout()
        self.form.setSpacing(4)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for title, names in SECTIONS:
            heading = words(bold=True)
            heading.setText(title)
            self.form.addRow(heading)
            for name in names:
                self.fields[name].setToolTip(known[name].about)
                self.form.addRow(known[name].title, self.fields[name])
                self.fields[name].refused.connect(self.refused)
        self.in_roles = RoleFields(self.form, None, self._set_posts, self.refused.emit)
        self.group, self.notes = words(quiet=True), words(quiet=True)
        self.column.addLayout(self.form)
        self.column.addWidget(self.group)
        self.column.addWidget(self.notes)
        self.column.addStretch(1)

    def fill(self, row: JudgedRow) -> None:
        """Show the settings as they are now."""
        rules = self.signals.read(queries.register, JudgementRule)
        first = f": {rules[0].title}" if rules else ""
        self._rules = (Option(OWN_RULE, f"The plan's own{first}"), *[Option(rule.id, rule.title) for rule in rules])
        items = self.signals.read(queries.register, FrameworkItem)
        self._national = (Option(NONE, "None"), *[Option(item.id, _item(item)) for item in items])
        self._markings = marking_options(self.signals.read(queries.register, Marking))
        self._answers = {
            indicator.id: indicator.framework_item_id for indicator in self.signals.read(queries.register, Indicator)
        }
        for name, field in self.fields.items():
            field.show_row(row, locked=self.locked)
            self.form.setRowVisible(field, row.measure in ONLY_FOR.get(name, {row.measure}))
        self.in_roles.take(self._of_table())
        self.in_roles.show_row(row, locked=self.locked)
        self.group.setText(f"Group: {' · '.join(filter(None, (row.group, row.subgroup)))}")
        notes = self.signals.read(queries.notes_at, "indicator_id", row.key)
        texts = [f"{str(note.number or '').translate(RAISED)} {note.text}".strip() for note in notes]
        self.notes.setText("\n\n".join([*texts, *([STAR_NOTE] if row.local_priority else [])]))
        self.notes.setVisible(bool(self.notes.text()))

    def keep(self) -> bool:
        """Keep what is being typed."""
        for field in self.fields.values():
            field.keep()
        return True

    def _set_posts(self, name: str, value: Any) -> None:
        assert self.row is not None
        self._commit((self.row.key, name, value))

    def _columns(self) -> list[GridColumn]:
        """The fields, as columns are declared."""
        return [
            _choice("measure", "Measured as", [Option(value, title) for value, title in MEASURES.items()]),
            GridColumn("unit", "Unit", about="What a result counts"),
            _choice("polarity", "Better", POLARITIES),
            GridColumn(
                "grades",
                "Grades",
                value=lambda row: row.grades,
                about="The best first, parted by semicolons: Outstanding; Good; Requires improvement; Inadequate",
            ),
            GridColumn("numerator", "What is counted", about="Such as sanction detections"),
            GridColumn("denominator", "Counted of", about="Such as crimes recorded"),
            GridColumn(
                "per", "Rate per", kind=Whole(), value=lambda row: int(row.per) if row.per % 1 == 0 else row.per
            ),
            _choice("rated_by", "Rated by", _titled(get_args(RatedBy))),
            GridColumn(
                "rule_id", "Colour rule", kind=Choice(lambda: self._rules),
                value=lambda row: row.rule_key or OWN_RULE, about="Which rule gives red, amber or green",
            ),
            _choice("trajectory", "Way to the target", _titled(get_args(TrajectoryMethod))),
            GridColumn("profile_years", "Years of profile", kind=Whole(), about="Past years averaged, 1 to 3"),
            _choice("cut_from", "Changes are of last year's", _titled(get_args(CutFrom))),
            _choice("screened", "Leave out large ranges", YES_NO, "Ranges of 3.267 times their mean, once"),
            GridColumn(
                "fix_after", "Limits fixed after", kind=Whole(), about="12 points or more; empty: all points count"
            ),
            _choice("beyond_counts", "Beyond in two of three", YES_NO, "Points beyond the limits count there, too"),
            GridColumn("population", "Population", about="Whose answers or cases count; empty for all"),
            GridColumn("source", "Source"),
            GridColumn(
                "framework_item_id", "National indicator", kind=Choice(lambda: self._national),
                value=lambda row: self._answers.get(row.key) or NONE,
            ),
            _choice("local_priority", "Local priority (*)", YES_NO),
            marking_column(lambda: self._markings),
        ]  # fmt: skip

    def _set(self, name: str, value: Any) -> None:
        """Write one setting; raises what the plan says against it."""
        row = self.row
        assert row is not None
        column = self.fields[name].column
        label = f"change {column.title[:1].lower()}{column.title[1:]} of {row.ref}"
        if name == "rule_id":
            self.signals.edit(label, judging.set_rule, row.key, None if value == OWN_RULE else value)
            return
        if name in YES_OR_NO:
            value = value == "yes"
        elif name == "framework_item_id" and value == NONE:
            value = None
        verb = judging.set_measuring if name in judging.MEASURING else performance.set_indicator
        self.signals.edit(label, verb, row.key, **{name: value})


def _choice(name: str, title: str, choices: Sequence[Option], about: str = "") -> GridColumn:
    """A field of a fixed list; yes and no stand for what the plan keeps as such."""

    def kept_value(row: JudgedRow) -> str:
        """The value as it is kept, in a word."""
        value = getattr(row, name)
        return ("no", "yes")[value] if name in YES_OR_NO else str(value)

    return GridColumn(name, title, kind=Choice(lambda: choices), value=kept_value, about=about)


def _item(item: Any) -> str:
    """A national indicator, and whether anybody read its words at the source."""
    return f"{item.code} {item.title}{'' if item.verified else ' (unverified)'}"
