"""Every return that there is, each a module of data."""

from spp_desktop.returns.catalogue.delivery_plan import DELIVERY_PLAN
from spp_desktop.returns.catalogue.monthly_results import MONTHLY_RESULTS
from spp_desktop.returns.catalogue.performance_plan import PERFORMANCE_PLAN
from spp_desktop.returns.catalogue.status_return import STATUS_RETURN
from spp_desktop.returns.definition import Return

RETURNS: tuple[Return, ...] = (STATUS_RETURN, MONTHLY_RESULTS, DELIVERY_PLAN, PERFORMANCE_PLAN)
"""In the order in which a person is shown them."""


def return_named(key: str) -> Return | None:
    """The return of this id, if there is one."""
    return next((one for one in RETURNS if one.id == key), None)
