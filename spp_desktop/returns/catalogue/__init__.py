"""Every return that there is, each a module of data; registers go out with the returns that they name."""

from dataclasses import replace

from spp_desktop.returns.catalogue.delivery_plan import DELIVERY_PLAN
from spp_desktop.returns.catalogue.monthly_results import MONTHLY_RESULTS
from spp_desktop.returns.catalogue.performance_plan import PERFORMANCE_PLAN
from spp_desktop.returns.catalogue.project import PROJECT
from spp_desktop.returns.catalogue.registers import listings_of
from spp_desktop.returns.catalogue.status_return import STATUS_RETURN
from spp_desktop.returns.definition import Return

RETURNS: tuple[Return, ...] = (STATUS_RETURN, MONTHLY_RESULTS, DELIVERY_PLAN, PROJECT, PERFORMANCE_PLAN)
"""In the order in which a person is shown them, without the registers that go out with them."""


def every_return() -> list[Return]:
    """All returns in the order in which a person is shown them."""
    return [with_registers(definition) for definition in RETURNS]


def with_registers(definition: Return) -> Return:
    """A return with the listings of the registers that go out with it behind its own."""
    own = {listing.title for known in RETURNS if known.id == definition.id for listing in known.listings}
    listings = (listing for listing in definition.listings if listing.title in own or not listing.optional)
    return replace(definition, listings=(*listings, *listings_of(definition.id)))


def return_named(key: str) -> Return | None:
    """The return of this id, if there is one."""
    return next((definition for definition in every_return() if definition.id == key), None)
