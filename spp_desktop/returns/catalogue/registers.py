"""Registers as sheets of a return: a listing made from the declaration of each register that goes out with it."""

from collections.abc import Callable, Iterator, Mapping

from spp_desktop.plan import registers
from spp_desktop.plan.kinds import TEXT, Choice, Day, Kind, Link, Long, Number, Text, Whole, YesNo, by_kind
from spp_desktop.plan.kinds.declared import kind_of
from spp_desktop.plan.register import Computed, Register, Yearly
from spp_desktop.plan.rows import Row, kinds_of_row, title_of
from spp_desktop.plan.spoken import usual, usually
from spp_desktop.returns.definition import Listing, ReturnColumn
from spp_desktop.returns.words import cut

_LONGEST_TITLE = 31
"""Characters of a sheet's title that Excel takes."""

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
    with usually():  # they are made once, and read later, whatever the plan's words are then
        return tuple(
            _listing(register)
            for register in registers.REGISTERS
            if register.returned is not None and register.returned.with_return == return_id
        )


def _listing(register: Register) -> Listing:
    assert register.returned is not None
    return Listing(
        title=cut(register.title, _LONGEST_TITLE),
        source=register.name,
        kept_by=(register.model,),
        word=register.word,
        ref=register.ref,
        text=register.text or register.naming()[-1],
        columns=tuple(_columns(register)),
        help=_help(register),
        group=register.group,
        spare=register.returned.spare,
        optional=True,
    )


def _help(register: Register) -> str:
    """What the register is for, and which of its rows are left out."""
    column, values = register.finished
    left_out = f"Left out: those whose {register.heading(column).lower()} is {' or '.join(values)}." if column else ""
    return " ".join(filter(None, (register.about, left_out)))


def _columns(register: Register) -> Iterator[ReturnColumn]:
    """The columns that are shown at first, answered, or needed of a new row, and what is worked out behind its own."""
    yield from _computed(register, "")
    for column in register.columns:
        if column.shown or column.name in _answered(register) or must_be_filled(register.model, column.name):
            yield _column(register, column.name)
        yield from _computed(register, column.name)
        if register.yearly is not None and register.yearly.after == column.name:
            yield from _of_years(register, register.yearly)


def _of_years(register: Register, yearly: Yearly) -> Iterator[ReturnColumn]:
    """The columns that stand once for each year of the plan: those shown at first, and those answered."""
    for column in yearly.columns:
        if column.shown or column.name in _answered(register):
            kind, title = kind_of(yearly.model, column.name), title_of(yearly.model, column.name)
            yield ReturnColumn(
                f"{column.name}:{{year}}",
                f"{{year}} {title}",
                kind,
                by_kind(_WIDTHS, kind),
                editable=column.name in _answered(register),
                each_year=True,
                help=column.about or f"{title[0].upper()}{title[1:]} in {{year}}.",
            )


def _computed(register: Register, after: str) -> Iterator[ReturnColumn]:
    for computed in register.computed:
        if computed.after == after and computed.shown:
            yield _told(computed)


def _told(computed: Computed) -> ReturnColumn:
    return ReturnColumn(computed.name, computed.title, TEXT, by_kind(_WIDTHS, TEXT), computed=True, help=computed.about)


def _answered(register: Register) -> tuple[str, ...]:
    return register.returned.answered if register.returned is not None else ()


def _column(register: Register, name: str) -> ReturnColumn:
    kind = kind_of(register.model, name)
    asks = next((field for field, reason in register.reason_for.items() if reason == name), "")
    return ReturnColumn(
        name,
        register.heading(name),
        kind,
        _REF_WIDTH if name == register.ref else by_kind(_WIDTHS, kind),
        editable=name in _answered(register),
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
