"""Registers as sheets of a return: a listing made from the declaration of each register that goes out with it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from spp_desktop.plan import registers
from spp_desktop.plan.kinds import TEXT, Choice, Day, Kind, Link, Long, Number, Text, Whole, YesNo, by_kind
from spp_desktop.plan.kinds.declared import kind_of
from spp_desktop.plan.periods import PLAN_LENGTH
from spp_desktop.plan.register import Computed, Register, Returned, Yearly
from spp_desktop.plan.rows import Row, kinds_of_row, title_of
from spp_desktop.plan.spoken import usual, usually
from spp_desktop.returns.checks import Check
from spp_desktop.returns.definition import Listing, ReturnColumn
from spp_desktop.returns.words import cut

_LONGEST_TITLE = 31
"""Characters of a sheet's title that Excel takes."""

_SCREEN, _NARROWEST = 176, 6
"""Characters that a table may be wide, so that it is seen whole on a small screen, and that a column is at least."""

_REF_WIDTH = 7
_WIDTHS: Mapping[type[Kind], int] = {
    Kind: 10,
    Text: 14,
    Long: 32,
    Choice: 14,
    YesNo: 9,
    Day: 12,
    Number: 11,
    Whole: 10,
}
"""Characters that a column of each kind takes."""


def listings_of(return_id: str) -> tuple[Listing, ...]:
    """A listing of each register that is returned with this return, in the registers' order."""
    return tuple(
        _sent_along(register.name)
        for register in registers.REGISTERS
        if register.returned is not None and register.returned.with_return == return_id
    )


@cache
def _sent_along(name: str) -> Listing:
    """The listing of a register that goes out with another return, by the register's name."""
    register = next(register for register in registers.REGISTERS if register.name == name)
    assert register.returned is not None
    return listing_of(register, register.returned, optional=True)


def listing_of(
    register: Register, returned: Returned, *, optional: bool = False, checks: tuple[Check, ...] = ()
) -> Listing:
    """The sheet of a return that lists the rows of a register, made from its declaration and how it is returned.

    ``optional`` is whether the sheet only goes out where the plan has rows for it, ``checks`` what its rows are looked
    over for.
    """
    with usually():  # it is made once, and read later, whatever the plan's words are then
        return Listing(
            title=cut(register.title, _LONGEST_TITLE),
            source=register.name,
            kept_by=(register.model,),
            word=register.word,
            ref=register.ref,
            text=register.text or register.naming()[0],
            columns=_fitted(tuple(_columns(register, returned))),
            help=_help(register, returned),
            group=register.group,
            spare=returned.spare,
            optional=optional,
            dated=returned.dated,
            finished=returned.finished,
            checks=checks,
        )


def _fitted(columns: tuple[ReturnColumn, ...]) -> tuple[ReturnColumn, ...]:
    """Columns as wide as a small screen has room for: all are narrowed alike where together they are wider."""
    wanted = sum(column.width * (PLAN_LENGTH if column.each_year else 1) for column in columns)
    share = min(1.0, _SCREEN / wanted)
    return tuple(replace(column, width=max(_NARROWEST, int(column.width * share))) for column in columns)


def _help(register: Register, returned: Returned) -> str:
    """What the register is for, and which of its rows are left out."""
    column, values = register.finished if not returned.finished else ("", ())
    left_out = f"Left out: those whose {register.heading(column).lower()} is {' or '.join(values)}." if column else ""
    return " ".join(filter(None, (register.about, left_out)))


def _columns(register: Register, returned: Returned) -> Iterator[ReturnColumn]:
    """The columns of the sheet, those that a new row needs among them, and what is worked out behind its own."""
    yield from _computed(register, returned, "")
    for column in register.columns:
        if returned.has(column.name, shown=column.shown) or must_be_filled(register.model, column.name):
            yield _column(register, returned, column.name)
        yield from _computed(register, returned, column.name)
        if register.yearly is not None and register.yearly.after == column.name:
            yield from _of_years(returned, register.yearly)


def _of_years(returned: Returned, yearly: Yearly) -> Iterator[ReturnColumn]:
    """The columns that stand once for each year of the plan."""
    for column in yearly.columns:
        if returned.has(column.name, shown=column.shown):
            kind, title = kind_of(yearly.model, column.name), title_of(yearly.model, column.name)
            yield ReturnColumn(
                f"{column.name}:{{year}}",
                f"{{year}} {title}",
                kind,
                by_kind(_WIDTHS, kind),
                editable=column.name in returned.answered,
                each_year=True,
                help=column.about or f"{title[0].upper()}{title[1:]} in {{year}}.",
            )


def _computed(register: Register, returned: Returned, after: str) -> Iterator[ReturnColumn]:
    for computed in register.computed:
        if computed.after == after and returned.has(computed.name, shown=computed.shown):
            yield _told(computed)


def _told(computed: Computed) -> ReturnColumn:
    return ReturnColumn(computed.name, computed.title, TEXT, by_kind(_WIDTHS, TEXT), computed=True, help=computed.about)


def _column(register: Register, returned: Returned, name: str) -> ReturnColumn:
    kind = kind_of(register.model, name)
    asks = next((field for field, reason in register.reason_for.items() if reason == name), "")
    return ReturnColumn(
        name,
        register.heading(name),
        kind,
        _REF_WIDTH if name == register.ref else by_kind(_WIDTHS, kind),
        editable=name in returned.answered,
        choices=by_kind(_LISTS, kind)(register, name),
        required=must_be_filled(register.model, name),
        reason_for=asks,
        reasons=list_name(register, asks) if asks else "",
        help=register.column(name).about,
    )


def list_name(register: Register, name: str) -> str:
    """What the list is called from which a column takes its values (``ReturnColumn.choices``)."""
    kind = kind_of(register.model, name)
    if isinstance(kind, Link):
        return usual(kinds_of_row()[kind.table].word).plural
    return f"words for the {title_of(register.model, name)} of {register.word.with_article}"


_LISTS: Mapping[type[Kind], Callable[[Register, str], str]] = {
    Kind: lambda _register, _name: "",
    Choice: list_name,
    YesNo: lambda _register, _name: "",
}
"""The list from which a column of each kind takes its values, by its name."""


def must_be_filled(model: type[Row], name: str) -> bool:
    """Whether a column may never be empty, and has nothing of its own where nothing is said."""
    return model.model_fields[name].is_required()
