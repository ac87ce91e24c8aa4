"""Every return that there is, each a module of data; registers go out with the returns that they name."""

from collections.abc import Mapping
from dataclasses import replace

from spp_desktop.returns.catalogue.delivery_plan import DELIVERY_PLAN
from spp_desktop.returns.catalogue.efficiency import EFFICIENCY_MONITORING, EFFICIENCY_PLAN
from spp_desktop.returns.catalogue.inspection_findings import INSPECTION_FINDINGS
from spp_desktop.returns.catalogue.monthly_results import MONTHLY_RESULTS
from spp_desktop.returns.catalogue.performance_plan import PERFORMANCE_PLAN
from spp_desktop.returns.catalogue.project import PROJECT
from spp_desktop.returns.catalogue.protective_services import PROTECTIVE
from spp_desktop.returns.catalogue.quality_of_service import QUALITY_OF_SERVICE
from spp_desktop.returns.catalogue.quarterly_results import QUARTERLY_RESULTS
from spp_desktop.returns.catalogue.recorded_crime import RECORDED_CRIME
from spp_desktop.returns.catalogue.registers import listings_of
from spp_desktop.returns.catalogue.status_return import STATUS_RETURN
from spp_desktop.returns.catalogue.statutory_indicators import STATUTORY_INDICATORS
from spp_desktop.returns.catalogue.user_satisfaction import USER_SATISFACTION
from spp_desktop.returns.catalogue.workforce import WORKFORCE
from spp_desktop.returns.definition import NO_ROLES, Return, apart

RETURNS: tuple[Return, ...] = (
    STATUS_RETURN,
    MONTHLY_RESULTS,
    QUARTERLY_RESULTS,
    DELIVERY_PLAN,
    PROJECT,
    PERFORMANCE_PLAN,
    RECORDED_CRIME,
    USER_SATISFACTION,
    STATUTORY_INDICATORS,
    EFFICIENCY_PLAN,
    EFFICIENCY_MONITORING,
    WORKFORCE,
    PROTECTIVE,
    INSPECTION_FINDINGS,
    QUALITY_OF_SERVICE,
)
"""In the order in which a person is shown them, without the registers that go out with them."""


def every_return() -> list[Return]:
    """All returns in the order in which a person is shown them."""
    return [with_registers(definition) for definition in RETURNS]


def with_registers(definition: Return) -> Return:
    """A return with the listings of the registers that go out with it behind its own."""
    known_as = apart(definition.id).known
    own = {listing.title for known in RETURNS if known.id == known_as for listing in known.listings}
    listings = (listing for listing in definition.listings if listing.title in own or not listing.optional)
    return replace(definition, listings=(*listings, *listings_of(known_as)))


def return_named(key: str, roles: Mapping[str, str] = NO_ROLES) -> Return | None:
    """The return of this id, if there is one; of one that goes to posts in a role or to areas, as it goes to them.

    Args:
        key: The id.
        roles: The titles of the plan's roles, by their keys.
    """
    definition = next((definition for definition in every_return() if definition.id == apart(key).known), None)
    return None if definition is None else as_sent(definition, key, roles)


def as_sent(definition: Return, key: str, roles: Mapping[str, str] = NO_ROLES) -> Return:
    """A return of the catalogue as it goes to those whom an id of it names: posts in a role, areas, or owners."""
    named = apart(key)
    if named.areas:
        return definition.for_areas()
    return definition.for_role(named.role, roles.get(named.role, "")) if named.role else definition
