"""Cells that belong together, decided as one where both sides changed some: two sound cells can make an unsound row."""

from collections.abc import Mapping
from functools import cache

GROUPS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "activity": (
        ("status_id", "percent", "due", "forecast", "reason"),
        ("year", "ref"),
        ("priority_id", "theme_id", "commitment_id"),
    ),
    "milestone": (("status_id", "percent", "due", "due_within", "forecast", "forecast_within", "done_on"),),
    "activity_update": (("status_id", "done", "next", "reported_on"),),
    "activity_report": (("status_id", "percent", "forecast", "reason"),),
    "target": (
        (
            *("kind", "stated", "value", "upper", "strict", "every", "base_year", "due", "since", "year"),
            *("over_first", "over_years"),
        ),
    ),
    "target_version": (
        ("kind", "stated", "value", "upper", "strict", "every", "base_year", "due", "since", "until", "year"),
    ),
    "indicator": (
        ("unit", "polarity", "measure", "numerator", "denominator", "per", "rated_by", "grades"),
        ("screened", "fix_after", "beyond_counts"),
        ("trajectory", "profile_years"),
    ),
    "result": (
        (
            *("value", "numerator", "denominator", "sample_size", "design_effect", "state"),
            *("indicator_id", "area_id", "population", "period_from", "period_to"),
        ),
    ),
    "override": (("colour", "reason", "author"),),
    "plan": (("first_year", "years", "first_month", "kept_from"), ("title", "force")),
    "link": (("kind", "from_id", "to_id"),),
    "reporting_period": (("state", "state_on", "state_by", "reason"), ("starts", "ends")),
    "closed_year": (("state", "state_on", "state_by", "reason"),),
    "risk": (("likelihood_id", "impact_id"), ("residual_likelihood_id", "residual_impact_id")),
    "statutory_indicator": (
        ("number", "year", "framework_id"),
        ("unit", "better", "two_before", "before", "actual", "target"),
    ),
    "strength": (("group_id", "counted_on", "counted_in"),),
    "area_population": (("area_id", "counted", "year", "number"),),
    "from_to": (("fate", "reason", "into_id", "target", "baseline"),),
    "disclosure": (("released", "reason", "decided_by", "decided_on"),),
}
"""By table the columns that belong together. Every other column is decided by itself."""

PLACE = "position"
"""The column by which rows stand in their order: nobody is asked about it."""


@cache
def groups_of(table: str, columns: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The columns of a table in the groups that are decided together, in the order of the table.

    Args:
        table: The table.
        columns: Its columns, but for the key.
    """
    together = {name: group for group in GROUPS.get(table, ()) for name in group if name in columns}
    known = [tuple(name for name in together.get(column, (column,)) if name in columns) for column in columns]
    return tuple(dict.fromkeys(known))
