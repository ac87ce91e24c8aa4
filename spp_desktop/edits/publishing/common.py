"""What the published tables of a plan have in common: how they are called, and columns that several have."""

from dataclasses import dataclass

from sqlalchemy import Connection

from spp_desktop.plan.identity import Plan, period_name
from spp_desktop.returns.publication.publication import PublishedColumn
from spp_desktop.store import queries

REFERENCE = PublishedColumn("reference", "Reference", required=True)
INDICATOR_REFERENCE = PublishedColumn("reference", "Reference", about="The indicator's reference.", required=True)
YEAR = PublishedColumn("year", "Year", required=True)


@dataclass(frozen=True)
class PlanRead:
    """A plan whose tables are read."""

    connection: Connection
    plan: Plan

    @classmethod
    def of(cls, connection: Connection) -> "PlanRead":
        """The plan of a connection."""
        return cls(connection, queries.plan(connection))

    @property
    def period(self) -> str:
        """Its years: "2008-2011"."""
        return period_name(self.plan)

    def title(self, what: str) -> str:
        """What a table is called in full: "Risks: Strategic Policing Plan 2008-2011, West Midlands Police"."""
        return f"{what}: {', '.join(filter(None, (self.plan.title, self.plan.force)))}"
