"""Returns that a person declared in the plan, made as those of the catalogue are: from a register, or from results."""

from collections.abc import Collection
from dataclasses import replace

from spp_desktop.plan import registers
from spp_desktop.plan.declared_returns import AskedOften, DueAs, GoesTo, names_in
from spp_desktop.plan.register import Returned
from spp_desktop.returns.catalogue.monthly_results import MONTHLY_RESULTS
from spp_desktop.returns.catalogue.registers import listing_of
from spp_desktop.returns.definition import Listing, Return, Span
from spp_desktop.returns.due_rules import SPANS, DueRule

_OWN = "own-"
"""What the ids of declared returns begin with."""
_LETTERS = 8
"""Of a key, in the id of a declared return."""


def declared_id(key: str) -> str:
    """The id of a return that is declared in the row of this key: "own-1f0c2a9b", which stays when it is renamed."""
    return f"{_OWN}{key[:_LETTERS]}"


def register_listing(register: str, columns: str, answered: str) -> Listing:
    """The sheet of a declared return that lists the rows of a register.

    Args:
        register: the name of the register.
        columns: the names of the columns, as the declaration keeps them.
        answered: the names of those that are filled in.

    Raises:
        KeyError: if there is no such register.
    """
    returned = Returned("", names_in(answered), columns=(*names_in(columns), "id"))
    return listing_of(registers.register_of(register), returned)


def results_listings(sources: Collection[str], indicators: tuple[str, ...]) -> tuple[Listing, ...]:
    """The sheets of a declared return that ask for results of indicators, by their keys, of these kinds of row."""
    return tuple(
        replace(
            listing,
            indicators=indicators,
            optional=False,
            help="One row for each of the indicators that this return asks for, for the force and for each area.",
        )
        for listing in MONTHLY_RESULTS.listings
        if listing.source in sources
    )


def declared_return(  # noqa: PLR0917 - what a person declares
    key: str,
    title: str,
    listings: tuple[Listing, ...],
    goes_to: GoesTo,
    often: AskedOften,
    due: tuple[int, DueAs],
    years: tuple[int | None, int | None],
    meaning: str,
    *,
    of_results: bool,
) -> Return:
    """A declared return as the catalogue would have it."""
    span: Span = SPANS[often]
    return Return(
        id=declared_id(key),
        title=title,
        listings=listings,
        help=meaning or "Declared in the plan.",
        span=span,
        by_owner=goes_to == "owners",
        by_area=goes_to == "areas",
        any_year=of_results,
        frequencies=(often,),
        due=DueRule(*due),
        asked_from=years[0],
        asked_to=years[1],
    )
