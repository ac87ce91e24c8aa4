"""Every appendix of a plan, every list that they choose from, and the registers beside them, in their order."""

from spp_desktop.plan.appendices.beside import BUDGET, DECISIONS, EQUALITY, PARTNERSHIPS
from spp_desktop.plan.appendices.efficiency import BUSINESS_GROUPS, EFFICIENCY, EFFICIENCY_TARGETS
from spp_desktop.plan.appendices.inspections import FINDINGS, INSPECTION_AREAS, INSPECTION_GRADES
from spp_desktop.plan.appendices.people import DIVERSITY, PEOPLE_ACTIONS, STRENGTHS, WORKFORCE_GROUPS
from spp_desktop.plan.appendices.protective import PROTECTIVE_SERVICES
from spp_desktop.plan.appendices.quality import QUALITY
from spp_desktop.plan.appendices.statutory import STATUTORY
from spp_desktop.plan.register import Register

APPENDICES: tuple[Register, ...] = (
    BUSINESS_GROUPS,
    EFFICIENCY_TARGETS,
    WORKFORCE_GROUPS,
    INSPECTION_AREAS,
    INSPECTION_GRADES,
    EFFICIENCY,
    STRENGTHS,
    PEOPLE_ACTIONS,
    DIVERSITY,
    PROTECTIVE_SERVICES,
    FINDINGS,
    QUALITY,
    STATUTORY,
    BUDGET,
    EQUALITY,
    DECISIONS,
    PARTNERSHIPS,
)
"""The lists that the appendices choose from; appendices A to F in their order; then what stands beside them."""
