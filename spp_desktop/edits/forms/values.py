"""All that may be said of a cell of a form: one list of the sorts of values, and what each name means."""

from collections.abc import Iterator

from spp_desktop.edits.forms.of_indicators import IndicatorSort
from spp_desktop.edits.forms.of_plan import FixedText, HolderSort, PlanSort
from spp_desktop.edits.forms.of_registers import RegisterSort
from spp_desktop.edits.forms.plan_book import PlanBook
from spp_desktop.edits.forms.value import GivenValue, NamedValue, PlanValue, ValueSort
from spp_desktop.plan.kinds.spelling import quoted
from spp_desktop.returns.sheet_cell import SheetCell

SORTS: tuple[ValueSort, ...] = (FixedText(), PlanSort(), HolderSort(), IndicatorSort(), RegisterSort())
"""The sorts of values, the first that knows a name being meant."""


def value_named(book: PlanBook, name: str) -> PlanValue:
    """What a name means, and what it is now."""
    for sort in SORTS:
        value = sort.value(book, name)
        if value is not None:
            return value
    return PlanValue(name, name, why=f"Nothing in the plan is called {quoted(name)}.")


def given(book: PlanBook, name: str, cell: SheetCell) -> GivenValue:
    """What a cell that came back says of what is named so."""
    for sort in SORTS:
        if sort.value(book, name) is not None:
            return sort.given(book, name, cell)
    return GivenValue(doubt=f"Nothing in the plan is called {quoted(name)}.")


def all_names(book: PlanBook, year: int) -> Iterator[NamedValue]:
    """All that may be chosen for a cell; of what there is for each year, that of the year given."""
    for sort in SORTS:
        yield from sort.names(book, year)
