"""Every return that there is, each a module of data; registers go out with the returns that they name."""

from collections.abc import Mapping
from dataclasses import replace

from spp_desktop.returns.catalogue.delivery_plan import DELIVERY_PLAN
from spp_desktop.returns.catalogue.monthly_results import MONTHLY_RESULTS
from spp_desktop.returns.catalogue.performance_plan import PERFORMANCE_PLAN
from spp_desktop.returns.catalogue.project import PROJECT
from spp_desktop.returns.catalogue.registers import listings_of
from spp_desktop.returns.catalogue.status_return import STATUS_RETURN
from spp_desktop.returns.definition import NO_ROLES, Return, apart

RETURNS: tuple[Return, ...] = (STATUS_RETURN, MONTHLY_RESULTS, DELIVERY_PLAN, PROJECT, PERFORMANCE_PLAN)
"""In the order in which a person is shown them, without the registers that go out with them."""


def every_return() -> list[Return]:
    """All returns in the order in which a person is shown them."""
    return [with_registers(definition) for definition in RETURNS]


def with_registers(definition: Return) -> Return:
    """A return with the listings of the registers that go out with it behind its own."""
    own = {listing.title for known in RETURNS if known.id == apart(definition.id)[0] for listing in known.listings}
    listings = (listing for listing in definition.listings if listing.title in own or not listing.optional)
    return replace(definition, listings=(*listings, *listings_of(apart(definition.id)[0])))


def return_named(key: str, roles: Mapping[str, str] = NO_ROLES) -> Return | None:
    """The return of this id, if there is one; of one that goes to posts in a role, as it goes to them.

    Args:
        key: The id.
        roles: The titles of the plan's roles, by their keys.
    """
    known, role = apart(key)
    definition = next((definition for definition in every_return() if definition.id == known), None)
    return definition.for_role(role, roles.get(role, "")) if definition is not None and role else definition
