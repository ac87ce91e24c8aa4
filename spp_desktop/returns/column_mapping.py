"""Which column of somebody's extract holds what of a result: chosen once, kept under a name, used again.

A column is known by its heading, so that next month's file may have its columns in another order. Where months stand
across, a column is known by its heading being a month.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, NamedTuple, get_args

from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.returns.period_text import NoPeriod, Period, PeriodColumn, column_of, period_of_text

Role = Literal[
    "indicator", "area", "month", "quarter", "year", "period", "from", "to", "population", "value", "numerator",
    "denominator", "sample_size", "design_effect", "state", "across", "unused",
]  # fmt: skip
"""What a column holds of a result. A "period" is a month, quarter or year; "across" columns hold the results of the
period that is their heading, but for those that are "unused"."""

State = Literal["provisional", "final"]

TITLES: dict[Role, str] = {
    "indicator": "Indicator",
    "area": "Area",
    "month": "Month",
    "quarter": "Quarter",
    "year": "Year",
    "period": "Period",
    "from": "First day",
    "to": "Last day",
    "population": "Population",
    "value": "Result",
    "numerator": "What is counted",
    "denominator": "What it is counted of",
    "sample_size": "Answers (survey)",
    "design_effect": "Design effect",
    "state": "State",
    "across": "Results of this period",
    "unused": "Not used",
}
"""The roles as a person chooses them."""

FIGURE_ROLES: tuple[Role, ...] = ("value", "numerator", "denominator", "sample_size")
_ONE_PERIOD: dict[Role, PeriodColumn] = {"month": "month", "quarter": "quarter", "year": "year", "period": "any"}
_SAID: dict[Role, tuple[str, ...]] = {
    "indicator": ("indicator", "measure", "kpi", "pi", "spi", "ref", "reference", "indicator ref", "crime type"),
    "area": ("area", "ocu", "bcu", "unit", "command unit", "operational command unit", "division", "district",
             "borough", "lpu", "area code", "ocu code", "ocu name", "area name"),
    "month": ("month", "month ending", "month end"),
    "quarter": ("quarter", "qtr"),
    "year": ("year", "financial year", "fy"),
    "period": ("period", "date", "reporting period"),
    "from": ("from", "start", "start date", "first day", "period from", "date from"),
    "to": ("to", "end", "end date", "last day", "period to", "date to"),
    "population": ("population", "group", "ethnicity", "respondents", "cohort"),
    "value": ("result", "value", "figure", "actual", "performance", "rate", "%", "percentage", "total", "outcome"),
    "numerator": ("numerator", "counted", "detected", "detections", "sanction detections", "count", "number"),
    "denominator": ("denominator", "counted of", "recorded", "recorded crimes", "out of", "base"),
    "sample_size": ("sample size", "sample", "answers", "n", "responses"),
    "design_effect": ("design effect", "deff"),
    "state": ("state", "status"),
}  # fmt: skip
"""Headings that people give such columns."""


class Placed(NamedTuple):
    """Where a file's columns are, counted from 1, by what they hold; and those that stand for a period each."""

    columns: dict[Role, int]
    across: tuple[tuple[int, Period], ...]


@dataclass(frozen=True)
class ColumnMapping:
    """What the columns of an extract hold, and what holds of all its rows where no column says it.

    Args:
        roles: What the column under a heading holds, by headings as ``named`` gives them.
        across: Of what periods columns hold results whose heading is one; ``None`` where there are none.
        sheet: The sheet that was chosen.
        indicator: The reference of the one indicator; it counts where no column says which.
        force: What the force as a whole is called in the column of areas; without one, all rows are of the force.
        population: Whose results they are; "" for the indicator's own.
        state: What results are, where no column says it.
    """

    roles: tuple[tuple[str, Role], ...] = ()
    across: PeriodColumn | None = None
    sheet: str = ""
    indicator: str = ""
    force: str = "Force"
    population: str = ""
    state: State = "provisional"

    def has(self, *roles: Role) -> bool:
        """Whether there is a column for one of these."""
        return any(role in roles for _, role in self.roles)

    def lacks(self) -> str:
        """What is still to be chosen, as a sentence; "" if nothing is."""
        wrong = (
            (
                not self.indicator and not self.has("indicator"),
                "Choose the indicator that all rows are of, or the column that says which.",
            ),
            (
                self.has("from") != self.has("to"),
                "The first and the last day of a period are given together: choose the other column too.",
            ),
            (
                not self.across and not self.has("from", *_ONE_PERIOD),
                "Choose the column that says of which month, quarter or year a row is.",
            ),
            (
                not self.across and not self.has("value", "numerator", "sample_size"),
                "Choose the column that holds the result, or what it is made of.",
            ),
            (
                self.across is not None and self.has(*FIGURE_ROLES),
                "Results stand under their periods, so no other column can hold them. Set one of them to Not used.",
            ),
            (
                self.has("value") and self.has("numerator", "denominator"),
                "Choose the result, or what it is made of, and not both.",
            ),
        )
        return next((said for is_so, said in wrong if is_so), "") or self._twice()

    def _twice(self) -> str:
        held = [role for _, role in self.roles if role != "unused"]
        twice = next((role for role in held if held.count(role) > 1), None)
        if twice is not None:
            return f"Two columns are chosen as “{TITLES[twice]}”. Set one of them to Not used."
        ways = [self.across is not None, self.has("from"), self.has("period"), self.has("month", "quarter", "year")]
        if sum(ways) > 1 or (self.has("month") and self.has("quarter")):
            return "Several columns say of which period a row is. Set those that are not needed to Not used."
        return ""

    def agrees(self, headings: Sequence[str]) -> bool:
        """Whether a file with these headings has all the columns that are wanted."""
        names = set(named(headings))
        wanted = all(name in names for name, role in self.roles if role != "unused")
        return wanted and (self.across is None or bool(self.placed(headings)[1]))

    def placed(self, headings: Sequence[str]) -> Placed:
        """Where the columns are in a file with these headings."""
        places = {name: place for place, name in enumerate(named(headings), 1)}
        columns: dict[Role, int] = {
            role: places[name] for name, role in self.roles if name in places and role != "unused"
        }
        if self.across is None:
            return Placed(columns, ())
        taken = {places[name] for name, _ in self.roles if name in places}
        across = [
            (place, period)
            for place, heading in enumerate(headings, 1)
            if place not in taken and (period := heading_period(heading, self.across)) is not None
        ]
        return Placed(columns, tuple(across))

    def as_text(self) -> str:
        """The mapping as JSON, to be kept."""
        return json.dumps({**asdict(self), "form": 1}, ensure_ascii=False)


def from_text(text: str) -> ColumnMapping:
    """What ``ColumnMapping.as_text`` gave.

    Raises:
        ValueError: if the text is none of it.
    """
    held = json.loads(text)
    if not isinstance(held, dict) or held.pop("form", None) != 1:
        raise ValueError("This is no mapping of columns that this version knows.")
    try:
        roles = tuple((str(name), role) for name, role in held.pop("roles"))
        found = ColumnMapping(roles=roles, **held)
    except (TypeError, ValueError, KeyError):
        raise ValueError("This mapping of columns is damaged.") from None
    texts: list[Any] = [found.sheet, found.indicator, found.force, found.population]
    known = all(role in get_args(Role) for _, role in roles) and found.state in get_args(State)
    if not known or found.across not in (None, *get_args(PeriodColumn)) or not all(isinstance(t, str) for t in texts):
        raise ValueError("This mapping of columns is damaged.")
    return found


def named(headings: Sequence[str]) -> list[str]:
    """Headings as names of columns, no two alike: what stands twice is counted, what is empty goes by its place."""
    names: list[str] = []
    for place, heading in enumerate(headings, 1):
        name = fold(heading) or f"column {place}"
        again = sum(1 for other in names if other == name or other.startswith(f"{name} ("))
        names.append(f"{name} ({again + 1})" if again else name)
    return names


def heading_period(heading: str, column: PeriodColumn) -> Period | None:
    """The period that a heading is, if it is one of these."""
    try:
        return period_of_text(heading, column) if heading.strip() else None
    except NoPeriod:
        return None


def guess(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> ColumnMapping:
    """What columns seem to hold, by their headings and the first rows below them; a person confirms it."""
    roles: dict[str, Role] = {}
    names = named(headings)
    for place, name in enumerate(names):
        role = next((role for role, said in _SAID.items() if name in said), None)
        if role in ("month", "quarter", "year", "period"):
            texts = [row[place] for row in rows if place < len(row) and row[place].strip()]
            role = _by_content(role, texts)
        if role is not None and role not in roles.values():
            roles[name] = role
    found = ColumnMapping(roles=tuple(roles.items()), across=_across(headings))
    return _in_order(found)


def _by_content(role: Role, texts: Sequence[str]) -> Role:
    """A column of periods by what stands in it; what cannot stand alone is a part beside another column."""
    column = column_of(texts) if texts else None
    if column is None or (column == "any" and role != "period"):
        return role
    return {"month": "month", "quarter": "quarter", "year": "year", "any": "period"}[column]  # type: ignore[return-value] # each is a role


def _across(headings: Sequence[str]) -> PeriodColumn | None:
    """Of what periods most headings are that are any, if there are two or more of them."""
    columns: tuple[PeriodColumn, ...] = ("year", "quarter", "month")
    counts = {column: sum(heading_period(heading, column) is not None for heading in headings) for column in columns}
    best = max(columns, key=lambda column: counts[column])
    return best if counts[best] > 1 else None


def _in_order(found: ColumnMapping) -> ColumnMapping:
    """The guess without roles that cannot stand beside each other."""
    roles = dict(found.roles)
    if found.across is not None:
        gone: set[Role] = {*FIGURE_ROLES, *_ONE_PERIOD, "from", "to"}
        return replace(found, roles=tuple((name, role) for name, role in roles.items() if role not in gone))
    if found.has("value"):
        gone = {"numerator", "denominator"}
        roles = {name: role for name, role in roles.items() if role not in gone}
    elif found.has("numerator") != found.has("denominator"):
        roles = {name: "value" if role in ("numerator", "denominator") else role for name, role in roles.items()}
    if found.has("from") and found.has("to"):
        roles = {name: role for name, role in roles.items() if role not in _ONE_PERIOD}
    return replace(found, roles=tuple(roles.items()))


def heading_row(rows: Sequence[Sequence[str]]) -> int:
    """The place, counted from 0, of the row that seems to hold the headings: the first with most that are known."""
    return max(range(len(rows)), key=lambda place: (_known(rows[place]), -place), default=0)


def _known(row: Sequence[str]) -> tuple[int, int]:
    """How many texts of a row are headings that are known, or periods; and how many texts there are."""
    names = [fold(text) for text in row if text.strip()]
    known = sum(any(name in said for said in _SAID.values()) for name in names)
    periods = sum(heading_period(name, "any") is not None for name in names)
    return known + (periods if periods > 1 else 0), min(len(names), 2)


def find_headings(mapping: ColumnMapping, rows: Sequence[Sequence[str]]) -> int | None:
    """The place of the first row whose headings a mapping agrees with."""
    return next((place for place, row in enumerate(rows) if mapping.roles and mapping.agrees(row)), None)
