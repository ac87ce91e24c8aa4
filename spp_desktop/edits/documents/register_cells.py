"""The cells of a register as a document prints them: its columns that are shown, in the words of its page."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from math import sqrt

from spp_desktop.documents.blocks import Alignment
from spp_desktop.plan.kinds import Day, Kind, Link, Long, Number, YesNo
from spp_desktop.plan.kinds.addresses import Addresses
from spp_desktop.plan.kinds.declared import kind_of
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.register import Computed, Register, Shown, in_year
from spp_desktop.plan.rows import title_of
from spp_desktop.store.registered import RegisterRow

LONG, USUAL, NARROW = 3.0, 1.5, 1.0
"""How much of the width long texts, names, and numbers or days take."""
LONGEST = 100
"""A text of more letters takes no more of the width."""


@dataclass(frozen=True)
class AppendixColumn:
    """A column: its heading, its width and alignment, and what it says of a row; "" for nothing."""

    heading: str
    share: float
    align: Alignment
    text: Callable[[RegisterRow], str]

    def share_for(self, rows: Sequence[RegisterRow]) -> float:
        """How much of the width it takes for what it says of some rows: four times as long is twice as wide."""
        longest = max((len(self.text(row)) for row in rows), default=0)
        return max(NARROW, sqrt(min(longest, LONGEST)) / 2)


def register_cells(register: Register, years: Sequence[int]) -> Iterator[AppendixColumn]:
    """The columns of a register that are shown at first, in its order, and those of each year; not what it goes by.

    Args:
        register: the register.
        years: the first calendar years of the plan.
    """
    yield from (_worked(computed) for computed in register.computed if not computed.after and computed.shown)
    for shown in register.columns:
        if (
            shown.shown
            and shown.name != register.group
            and not isinstance(kind := kind_of(register.model, shown.name), Addresses)
        ):
            yield _cell(register, shown, kind)
        yield from (_worked(each) for each in register.computed if each.after == shown.name and each.shown)
        if register.yearly is not None and register.yearly.after == shown.name:
            yield from _of_years(register, years)


def _cell(register: Register, shown: Shown, kind: Kind) -> AppendixColumn:
    share = LONG if isinstance(kind, Long) else USUAL if isinstance(kind, Link) else NARROW
    return AppendixColumn(
        register.heading(shown.name), share, "number" if isinstance(kind, Number) else "text",
        partial(_text, shown, kind, shown.name),
    )  # fmt: skip


def _of_years(register: Register, years: Sequence[int]) -> Iterator[AppendixColumn]:
    assert register.yearly is not None
    for year in years:
        for shown in register.yearly.columns:
            kind = kind_of(register.yearly.model, shown.name)
            heading = f"{year_name(year)} {title_of(register.yearly.model, shown.name)}"
            if shown.shown:
                yield AppendixColumn(heading, NARROW, "number", partial(_text, shown, kind, in_year(shown.name, year)))


def _text(shown: Shown, kind: Kind, name: str, row: RegisterRow) -> str:
    value = row.values.get(name)
    if isinstance(kind, Link):
        return row.titles.get(name, "")
    if value is None or value == "":
        return ""
    if isinstance(kind, YesNo):
        return shown.words[bool(value)]
    return kind.show(value) if isinstance(kind, Day) else kind.typed(value)


def _worked(computed: Computed) -> AppendixColumn:
    return AppendixColumn(
        computed.title, NARROW, "number" if computed.numbers else "text", lambda row: row.worked[computed.name].text
    )
