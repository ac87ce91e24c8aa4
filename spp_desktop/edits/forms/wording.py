"""What a form calls otherwise than the plan: the words that may stand in its cells, and their list."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import get_args

from spp_desktop.edits.forms.of_indicators import result_of
from spp_desktop.edits.forms.of_registers import column_named, every_name, options_of
from spp_desktop.edits.forms.plan_book import PlanBook
from spp_desktop.edits.forms.values import value_named
from spp_desktop.plan.results import ResultState
from spp_desktop.returns.forms.mapping import CellMapping

MOST_WORDS = 200
"""Words of the plan of which a person is asked what the form calls them, at most."""
_STATE = "state"


def words_of(book: PlanBook, mapping: CellMapping, holds: str) -> dict[str, str]:
    """The words of the plan that may stand in a cell, each with what the form calls it; "" where it says the same.

    Args:
        book: The plan.
        mapping: The mapping, with its lists.
        holds: What belongs into the cell.
    """
    theirs = mapping.lists.get(_list_of(book, mapping, holds), {})
    ours = dict.fromkeys([*theirs, *_known(book, holds)])
    return {word: theirs.get(word, "") for word in list(ours)[:MOST_WORDS]}


def worded(book: PlanBook, mapping: CellMapping, holds: str, theirs: Mapping[str, str]) -> CellMapping:
    """A mapping that says what the form calls the words of a cell, and of all cells of the same column.

    Args:
        book: The plan.
        mapping: The mapping.
        holds: What belongs into the cell.
        theirs: By the word of the plan, that of the form; "" where the form says the same.
    """
    column = _column(book, holds)
    name = _list_of(book, mapping, holds) or column
    terms = {ours: word.strip() for ours, word in theirs.items() if word.strip() and word.strip() != ours}
    cells = tuple(
        replace(cell, listed=name if terms else "") if _column(book, cell.holds) == column else cell
        for cell in mapping.cells
    )
    used = {cell.listed for cell in cells}
    lists = {**mapping.lists, name: terms}
    return replace(mapping, cells=cells, lists={known: each for known, each in lists.items() if known in used})


def _list_of(book: PlanBook, mapping: CellMapping, holds: str) -> str:
    """The list by which the column of a cell is called otherwise; "" where it is not."""
    column = _column(book, holds)
    return next((cell.listed for cell in mapping.cells if cell.listed and _column(book, cell.holds) == column), "")


def _column(book: PlanBook, holds: str) -> str:
    """The column that a cell is of: "risk R1: status" and "each risk: status" are both of "risk: status"."""
    result = result_of(holds)
    if result is not None:
        ref, what = result
        return "states of results" if what == _STATE else f"{what} of {ref}"
    named = column_named(book, holds)
    return holds if named is None else f"{named[0].word.singular}: {named[1]}"


def _known(book: PlanBook, holds: str) -> Iterator[str]:
    """The words that the plan has for what belongs into a cell."""
    result = result_of(holds)
    if result is not None and result[1] == _STATE:
        yield from get_args(ResultState)
        return
    yield from options_of(book, holds)
    for name in every_name(book, holds) or [holds]:
        value = value_named(book, name).value
        if isinstance(value, str):
            yield value
