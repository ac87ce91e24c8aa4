"""Every return that there is, each a module of data."""

from spp_desktop.returns.catalogue.delivery_plan import DELIVERY_PLAN
from spp_desktop.returns.catalogue.performance_plan import PERFORMANCE_PLAN
from spp_desktop.returns.definition import Return

RETURNS: tuple[Return, ...] = (DELIVERY_PLAN, PERFORMANCE_PLAN)
"""In the order in which a person is shown them."""
