"""The results: months across, indicators or areas down, typed and pasted as in a spreadsheet."""

from collections.abc import Callable, Collection, Sequence
from datetime import date, timedelta
from typing import Any

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QWidget

from spp_desktop.edits import results
from spp_desktop.edits.result_checks import MORE_THAN_ALL
from spp_desktop.edits.results import FinalChange, ResultPlace
from spp_desktop.figures.rag.words import period_words
from spp_desktop.plan.identity import Plan, years_of
from spp_desktop.plan.periods import month_start, year_end, year_of
from spp_desktop.plan.results import NO_FIGURE, Area
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.shorthand import MEANINGS
from spp_desktop.plan.words import Word
from spp_desktop.store import measured, queries
from spp_desktop.store.measured import FORCE
from spp_desktop.store.problems import NotKept
from spp_desktop.store.rated import NOBODY, PopulationNumbers
from spp_desktop.ui.common.final_changes import ask_reason
from spp_desktop.ui.common.reasoned_changes import ToldChange
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.grid.columns import GridColumn
from spp_desktop.ui.grid.table_model import CellChange, Pending, TableModel
from spp_desktop.ui.grid.table_page import PageTexts, TablePage
from spp_desktop.ui.results import columns as results_columns
from spp_desktop.ui.results.bar import THE_FORCE, ResultsBar, View
from spp_desktop.ui.results.columns import PERIOD, place
from spp_desktop.ui.results.deeds import MARKS, MarkCommand, ResultGrid, mark_actions
from spp_desktop.ui.results.lines import ResultsRow, elsewhere, lines, periods
from spp_desktop.ui.results.panel import ResultPanel
from spp_desktop.ui.results.unlikely_dialog import ToldFigure, are_meant

EMPTY = "No indicators yet. Results are entered for the indicators of the performance plan."
NOTHING_FOUND = "No line matches the filter."
NO_FIGURES = "There is no figure in these cells to mark."


class ResultsPage(TablePage):
    """The results of a financial year: of the force or an area for all indicators, or of one for all areas."""

    words = PageTexts("Filter: words, ref:PI07…", "Filter lines", "Show the &figure", Word("line", "lines"))
    tables = frozenset(
        {"plan", "indicator", "indicator_group", "target", "area", "area_population", "result", "restatement"}
    )
    panel: ResultPanel
    grid: ResultGrid

    def __init__(self, signals: PlanSignals, parent: QWidget | None = None) -> None:
        super().__init__(signals, parent)
        plan = signals.read(queries.plan)
        ended = _month_of(plan)
        self._planned = [plan.first_month, *years_of(plan)]
        self.choosers = ResultsBar(year_of(ended))
        self.hint = QLabel(wordWrap=True)
        self._asking = False
        self._waiting: dict[View, dict[tuple[str, str], Pending]] = {}
        self._fill_choosers()
        self.view = self.choosers.view()
        self.span = periods(self.view.sort, self.view.year)
        self.model = TableModel(self._columns(), self._commit, parent=self)
        self.grid = ResultGrid(self.model, "Results", "figure", rows=False)
        self.grid.legend = MEANINGS
        self.grid.set_lines(1)
        self.panel = ResultPanel(signals)
        self.marks = mark_actions(self.grid, self)
        self.build((self.choosers,), (), panel_width=226)
        self.filter.setMinimumWidth(110)
        self.hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.under_table.addWidget(self.hint)
        self.choosers.changed.connect(self._look_elsewhere)
        self.grid.selectionModel().currentChanged.connect(self._show_cell)
        for mark in MARKS:
            self.marks[mark.name].triggered.connect(lambda _on=False, mark=mark: self.mark(mark))
        self.refresh()
        self._go_to(ended)

    # What the window asks

    def refresh(self) -> None:
        """Read the plan again."""
        self.lock(self.choosers.state, *self.marks.values())
        self._fill_choosers()
        plan = self.signals.read(queries.plan)
        planned, before = [plan.first_month, *years_of(plan)], self._planned
        if planned != before:
            self._planned = planned
            self.choosers.show_year(year_of(_month_of(plan)))
        if self.choosers.view() != self.view or planned != before:
            self._look_elsewhere()
            return
        self.model.set_rows(self._lines())
        self._show_cell()

    def set_year(self, year: int) -> None:
        """Show the results of a year."""
        if year != self.choosers.year and self.commit_pending():
            self.choosers.show_year(year)
            self._look_elsewhere()

    def shown_year(self) -> int:
        """The year whose results are shown, by its first calendar year."""
        return self.choosers.year

    def select(self, key: str) -> bool:
        """Go to a line, or to the first of an indicator."""
        first = next((line.key for line in self.model.rows if line.indicator_key == key), key)
        return super().select(first)

    def show_item(self, kind: str, key: str) -> bool:
        """Show the results of an indicator in all areas, where they are typed."""
        del kind
        self.choosers.show_only((key, FORCE))
        return self.select(key)

    def titled(self) -> tuple[str, Sequence[str]]:
        """The title and the notes under which the table is printed and saved."""
        _, notes = super().titled()
        return f"Results {self.choosers.shown_year.text()}: {self.choosers.showing.currentText().strip()}", notes

    def save_state(self) -> dict[str, Any]:
        """How the page is left."""
        return super().save_state() | {"choosers": self.choosers.save_state(), "page": self.panel.pages.currentIndex()}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Be as the page was left, with the cell of the month that ended as the current one."""
        self.choosers.restore_state(state.get("choosers", {}))
        if state:
            grid = {name: value for name, value in state.get("grid", {}).items() if name not in ("current", "scroll")}
            super().restore_state({**state, "grid": grid})
            self.panel.pages.setCurrentIndex(int(state.get("page", 0)))
        self._go_to(_month_of(self.signals.read(queries.plan)))

    # What a page of its own says

    def arranged(self) -> None:
        """Say why no line is shown, if none is."""
        empty = not self.model.rows
        self.empty_text.setText(EMPTY if empty else NOTHING_FOUND)
        self.empty_button.setText("Add indicators first" if empty else "Clear the filter")

    def begin(self) -> None:
        """Go to where indicators are added."""
        self.page_wanted.emit("performance")

    def stands_for(self, row: Any) -> Collection[str]:
        """The indicator that a line is of."""
        return (row.indicator_key,)

    def row_selected(self, key: str) -> None:
        """The panel follows the cell, not the line."""

    # What the person does

    def mark(self, mark: MarkCommand) -> None:
        """Mark the selected figures."""
        named = {}
        for line, n in self.grid.does.cells():
            state = line.cells[n].state
            figure = state and state not in {mark.state, *NO_FIGURE}
            if figure or (mark.state in NO_FIGURE and state in {"", *NO_FIGURE} - {mark.state}):
                where = place(line, self.span[n])
                named[tuple(where.values())] = {**where, "state": mark.state}
        if not named:
            self.say(NO_FIGURES)
            return
        count = f"{len(named)} figure{'' if len(named) == 1 else 's'}"
        try:
            self._enter(f"mark {count} as {mark.state}", list(named.values()))
        except (RuleBroken, NotKept) as refusal:
            self.say(str(refusal))

    # How it is done

    def _commit(self, cells: list[CellChange]) -> None:
        rows = {line.key: line for line in self.model.rows}
        made = results_columns.entries(cells, rows, self.span, str(self.choosers.state.currentData()))
        self._enter(results_columns.label(cells, rows, self.span), made)

    def _enter(self, what: str, made: list[dict[str, Any]]) -> None:
        """Enter, having asked for a reason where final figures would change; without one nothing is done."""
        if self._asking:
            return
        unlikely = self._unlikely(made)
        if unlikely and not self._asked(are_meant, unlikely):
            raise RuleBroken("value", f"{unlikely[0].what}, {unlikely[0].period}: {unlikely[0].why}")
        changes = self.signals.read(results.final_changes, made)
        reason = self._asked(ask_reason, self._told(changes)) if changes else ""
        if reason is None:
            return
        self.signals.edit(what, results.enter, made, reason)
        self.say("")

    def _asked(self, ask: Callable[[QWidget, Sequence[Any]], Any], told: Sequence[Any]) -> Any:
        """What a person answers in a dialog, in front of which nothing else is entered."""
        self._asking = True
        try:
            return ask(self, told)
        finally:
            self._asking = False

    def _unlikely(self, made: Sequence[dict[str, Any]]) -> list[ToldFigure]:
        """The figures that are hardly meant, in words; more than 100% was asked about where it was typed."""
        unlikely = self.signals.read(results.unlikely_figures, made)
        return [
            ToldFigure(*self._named(figure.place), figure.figure, figure.sentence)
            for figure in unlikely
            if figure.sentence != MORE_THAN_ALL
        ]

    def _named(self, place: ResultPlace) -> tuple[str, str]:
        """What a figure is called, and its period."""
        rows = {(line.indicator_key, line.area_key, line.population): line for line in self.model.rows}
        line = rows[place.indicator_id, place.area_id, place.population]
        return f"{line.ref}  {line.title}", period_words(place.period_from, place.period_to)

    def _told(self, changes: Sequence[FinalChange]) -> list[ToldChange]:
        return [ToldChange(*self._named(change.place), change.before, change.after) for change in changes]

    def _look_elsewhere(self) -> None:
        """Show what is chosen now; what was typed and not kept waits until the person comes back to it."""
        self._waiting[self.view] = dict(self.model.pending)
        self.view = self.choosers.view()
        self.span = periods(self.view.sort, self.view.year)
        before = len(self.model.columns)
        self.model.pending.clear()
        self.model.set_columns(self._columns(), self._lines())
        self.model.pending.update(self._waiting.pop(self.view, {}))
        self.say(next((waiting.sentence for waiting in self.model.pending.values()), ""))
        if len(self.model.columns) != before:
            self.grid.header.reset_columns()
        if self.grid.current() is None:
            self._go_to(_month_of(self.signals.read(queries.plan)))
        self._show_cell()

    def _columns(self) -> list[GridColumn]:
        total = "" if self.view.sort == "years" else "Year to date"
        return results_columns.columns(self.span, by_area=bool(self.view.indicator), total=total)

    def _lines(self) -> list[ResultsRow]:
        view = self.view
        indicators = self.signals.read(queries.indicators, view.indicator or None)
        areas = dict(self._areas)
        areas_shown = {FORCE: THE_FORCE, **areas} if view.indicator else {view.area: areas.get(view.area, THE_FORCE)}
        # Months also where quarters stand across, so that it can be said that there are some.
        read = self.span if view.sort == "years" else periods("months", view.year)
        keys, area = [row.key for row in indicators], None if view.indicator else view.area
        results = self.signals.read(measured.results_of_periods, [(p.first, p.last) for p in read], keys, area)
        populations = self.signals.read(measured.populations, keys, area)
        self.hint.setText(elsewhere(results, self.span))
        self.hint.setVisible(bool(self.hint.text()))
        rated = any(row.measure == "rate" for row in indicators)
        people = self.signals.read(PopulationNumbers.read) if rated else NOBODY
        by_area = bool(view.indicator)
        shown = lines(indicators, areas_shown, results, populations, self.span, by_area=by_area, people=people)
        return shown if view.parts else [line for line in shown if line.head]

    def _fill_choosers(self) -> None:
        self._areas = [(row.id, row.title) for row in self.signals.read(queries.register, Area)]
        self.choosers.fill(self.signals.read(queries.indicators), self._areas)

    def _show_cell(self) -> None:
        here = self.grid.current()
        if here is None:
            self.panel.show_figure(None, None, 0)
            return
        line, column = here
        n = int(column.field.removeprefix(PERIOD)) if column.field.startswith(PERIOD) else -1
        self.panel.show_figure(line, self.span[n] if n >= 0 else None, n)

    def _go_to(self, month: date) -> None:
        """Go to the first line's cell of the period that a month is in."""
        n = next((n for n, period in enumerate(self.span) if period.first <= month <= period.last), 0)
        if self.model.visible_keys():
            self.grid.select(self.model.visible_keys()[0], f"{PERIOD}{n}")


def _month_of(plan: Plan) -> date:
    """The month whose results are typed now: the one that ended last, the plan's last one where the plan is over."""
    return min(month_that_ended(plan.today()), month_start(year_end(years_of(plan)[-1])))


def month_that_ended(today: date) -> date:
    """The first day of the month that ended last: on its last day a month has ended."""
    return month_start(month_start(today + timedelta(days=1)) - timedelta(days=1))
