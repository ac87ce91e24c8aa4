"""What a cell of a return may be given, and what it asks for: lists, limits, and the mark where a reason is missing.

Nothing of it is relied on when the workbook comes back. What a person insists on passes: it is asked about then.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from openpyxl.descriptors import Bool, String
from openpyxl.descriptors import Sequence as Elements
from openpyxl.descriptors.serialisable import Serialisable
from openpyxl.formatting.rule import Rule
from openpyxl.styles import PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from spp_desktop.plan.kinds import Choice, Day, DayOrPeriod, Kind, Number, Percent, Several, Whole, YesNo, by_kind
from spp_desktop.plan.periods import year_end, year_start
from spp_desktop.returns.definition import PlanFacts, ReturnColumn
from spp_desktop.returns.instructions import reason_asked
from spp_desktop.returns.looks import around
from spp_desktop.returns.placement import FIRST_COLUMN, FIRST_ROW, META, address, cells_of
from spp_desktop.returns.sheet_cell import CALC_SHARE
from spp_desktop.returns.values import CLEAR
from spp_desktop.returns.words import cut

_REASONS_AT, LISTS_FROM = 3, 4
"""The columns of the hidden sheet in which stand the values that first ask for a reason, and its first list."""

MOST_OFFERED = 5_000
"""Titles that are offered to choose from, at most. Nobody scrolls through more, and a workbook with more rows than are
read could not come back."""

_REASONS = "needs_reason"
"""The name by which a formula knows the values that ask for a reason: a formula of a format names no other sheet."""

_PROMPTED: Mapping[type[Kind], bool] = {Kind: False, Day: True, Percent: True}
"""Whether the cells of each kind of column say what to write; a list says it by itself."""

_LARGE = 10**15
_PROMPT, _TITLE = 250, 32
_RED, _CREAM = "FFB42318", "FFFFF4DC"


def put_rule(sheet: Worksheet, column: ReturnColumn, plan: PlanFacts, cells: str) -> None:
    """A list to choose from, or what may be typed in some cells of a column, with a message in words."""
    rule = _rule(column, plan)
    if rule is None:
        return
    rule.add(cells)
    if rule.type == "custom" and rule.formula1:
        rule.formula1 = _lets_pass(rule.formula1, cells.partition(":")[0], column)
    rule.errorTitle = rule.promptTitle = column.title[:_TITLE]
    rule.prompt = cut(_prompt(column, plan), _PROMPT) or None
    rule.showInputMessage = rule.prompt is not None
    sheet.add_data_validation(rule)


def _lets_pass(condition: str, cell: str, column: ReturnColumn) -> str:
    """A condition, said of a cell, which the word for clearing meets too."""
    in_words = condition.format(cell=cell)
    return in_words if column.required else f'OR(TRIM({cell})="{CLEAR}",{in_words})'


def put_prompt(sheet: Worksheet, title: str, text: str, cells: str) -> None:
    """Words beside a cell that is chosen; anything may be typed."""
    rule = DataValidation(allow_blank=True, showInputMessage=True, promptTitle=title, prompt=text)
    rule.add(cells)
    sheet.add_data_validation(rule)


def _prompt(column: ReturnColumn, plan: PlanFacts) -> str:
    if column.reason_for:
        return reason_asked(plan.asking(column))
    return column.help if by_kind(_PROMPTED, column.kind) else ""


def _rule(column: ReturnColumn, plan: PlanFacts) -> DataValidation | None:
    rule = by_kind(_RULES, column.kind)(column, plan) or _length(column)
    return DataValidation(allow_blank=True) if rule is None and plan.asking(column) else rule


def _length(column: ReturnColumn) -> DataValidation | None:
    """How many characters a text may have, where it is to be filled in and the plan keeps no more."""
    if column.most is None or not column.editable:
        return None
    rule = DataValidation(type="textLength", operator="lessThanOrEqual", formula1=str(column.most), allow_blank=True)
    rule.showErrorMessage, rule.errorStyle = True, "warning"
    rule.error = f"At most {column.most:,} characters are kept here. Shorten it, so that none of it is lost."
    return rule


def _one_of_list(column: ReturnColumn, plan: PlanFacts) -> DataValidation | None:
    rule = _from_list(column, plan)
    if rule is not None:
        rule.showErrorMessage = True
    return rule


def _from_list(column: ReturnColumn, plan: PlanFacts) -> DataValidation | None:
    listed = offered(plan, column.choices)
    if not listed:
        return None
    where = list_range(plan, column.choices, clears=not column.required)
    rule = DataValidation(type="list", formula1=where, allow_blank=True)
    rule.showErrorMessage = False
    rule.errorStyle = "stop" if column.required else "warning"
    clear = "" if column.required else f" To empty it, choose {CLEAR}."
    rule.error = cut(f"Choose one of: {', '.join(listed)}", _PROMPT - len(clear) - 1) + "." + clear
    return rule


def _yes_no(column: ReturnColumn, _plan: PlanFacts) -> DataValidation:
    listed = ("Yes", "No", *(() if column.required else (CLEAR,)))
    rule = DataValidation(type="list", formula1=f'"{",".join(listed)}"', allow_blank=True, showErrorMessage=True)
    rule.error = "Write Yes or No."
    return rule


def _day(column: ReturnColumn, plan: PlanFacts) -> DataValidation:
    first, last = year_start(min(plan.kept) - 2), year_end(max(plan.years) + 5)
    rule = _asking(_between(_serial(first), _serial(last)))
    rule.error = f"Write a date as day/month/year, from {first:%d/%m/%Y} to {last:%d/%m/%Y}{_or_clear(column)}."
    return rule


def _percent(column: ReturnColumn, _plan: PlanFacts) -> DataValidation:
    rule = _asking(f'OR(RIGHT({{cell}},2)="{CALC_SHARE}",{_between("0", "1")})')
    rule.error = f"Write a percentage from 0% to 100%{_or_clear(column)}."
    return rule


def _number(column: ReturnColumn, _plan: PlanFacts) -> DataValidation:
    assert isinstance(column.kind, Number)
    rule = _asking(_between(f"-{_LARGE}", f"{_LARGE}"))
    rule.error = f"Write a number. If there is no figure, {column.kind.no_figure or 'leave the cell empty'}."
    return rule


_RULES: Mapping[type[Kind], Callable[[ReturnColumn, PlanFacts], DataValidation | None]] = {
    Kind: lambda _column, _plan: None,
    Choice: _one_of_list,
    Several: _from_list,
    YesNo: _yes_no,
    Day: _day,
    DayOrPeriod: lambda _column, _plan: None,
    Number: _number,
    Whole: lambda _column, _plan: None,
    Percent: _percent,
}
"""What the cells of each kind of column let a person type."""


def _or_clear(column: ReturnColumn) -> str:
    return "" if column.required else f", or {CLEAR}"


def _between(least: str, most: str) -> str:
    """The condition that a cell holds a number or day from one to another."""
    return f"AND(ISNUMBER({{cell}}),{{cell}}>={least},{{cell}}<={most})"


def _asking(condition: str) -> DataValidation:
    """A rule that asks where a condition is not met, and lets pass what a person insists on.

    It is a formula, because a rule for days or numbers asks about the word for clearing too, and the answer that is
    given by a mere Return is to throw it away.
    """
    return DataValidation(
        type="custom", formula1=condition, allow_blank=True, showErrorMessage=True, errorStyle="warning"
    )


_FIRST_DAY = date(1899, 12, 30)


def _serial(day: date) -> str:
    return str((day - _FIRST_DAY).days)


def offered(plan: PlanFacts, name: str) -> tuple[str, ...]:
    """The titles of a list that a workbook offers to choose from; none of one that is too long for that."""
    listed = plan.lists[name]
    return listed if len(listed) <= MOST_OFFERED else ()


def list_range(plan: PlanFacts, name: str, *, clears: bool) -> str:
    """Where a list stands on the hidden sheet, as a formula names it, with the word for clearing below it or not."""
    return meta_range(LISTS_FROM + sorted(plan.lists).index(name), len(plan.lists[name]) + clears)


def meta_range(place: int, length: int) -> str:
    """The first cells of a column of the hidden sheet, as a formula names them."""
    letters = address(1, place)[:-1]
    return f"'{META}'!${letters}$1:${letters}${max(1, length)}"


def reasons_kept(plan: PlanFacts) -> dict[str, tuple[str, int]]:
    """Where the hidden sheet keeps the values of each list that ask for a reason: the cells' name, and the column.

    The first has a column before the lists, the others stand behind them.
    """
    behind = LISTS_FROM + len(plan.lists)
    return {
        name: (f"{_REASONS}_{n}", behind + n) if n else (_REASONS, _REASONS_AT) for n, name in enumerate(plan.reasons)
    }


def put_reminders(sheet: Worksheet, columns: Sequence[ReturnColumn], plan: PlanFacts, last: int) -> None:
    """Where a value asks for a reason and none is given: the words beside the value, and stripes where it belongs."""
    places = {column.field: place for place, column in enumerate(columns, FIRST_COLUMN)}
    for column in columns:
        if not (plan.asking(column) and column.reason_for in places):
            continue
        reasons, _ = reasons_kept(plan)[column.reasons]
        where = [places[column.reason_for], places[column.field]]
        asks, gives = (f"${address(FIRST_ROW, place)}" for place in where)
        formula = f'AND(COUNTIF({reasons},{asks})>0,TRIM({gives})="")'
        for place, look in zip(where, (_words(), _stripes()), strict=True):
            rule = Rule("expression", dxf=look, formula=[formula])
            sheet.conditional_formatting.add(cells_of(place, FIRST_ROW, last), rule)


def _words() -> DifferentialStyle:
    return DifferentialStyle(numFmt=NumberFormat(numFmtId=_OWN_FORMAT, formatCode='@": why?"'))


_OWN_FORMAT = 200
"""A number for a format of our own, beyond those that a workbook of ours gives its cells."""


def _stripes() -> DifferentialStyle:
    stripes = PatternFill("lightUp", fgColor=_RED, bgColor=_CREAM)
    return DifferentialStyle(fill=stripes, border=around(Side(style="thin", color=_RED)))


class _Unmarked(Serialisable):
    """Cells in which Excel puts no mark beside a text that might be a number, such as the reference 1.01."""

    tagname = "ignoredError"
    sqref = String()
    numberStoredAsText = Bool()

    def __init__(self, cells: str) -> None:
        self.sqref, self.numberStoredAsText = cells, True


class _AllUnmarked(Serialisable):
    """The element of a sheet that holds such cells."""

    tagname = "ignoredErrors"
    ignoredError: Any = Elements(expected_type=_Unmarked)

    def __init__(self, cells: str) -> None:
        self.ignoredError = (_Unmarked(cells),)


def leave_unmarked(sheet: Worksheet, cells: str) -> None:
    """Have Excel put no green corners on texts that look like numbers.

    openpyxl knows no such element. It stands right behind the breaks between columns, of which there are none.
    """
    untyped: Any = sheet
    untyped.col_breaks = _AllUnmarked(cells)
