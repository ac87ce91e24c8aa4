"""What the columns of a plan's table hold: chosen once, kept under a name, known again by the headings."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from spp_desktop.plan.spoken import spoken
from spp_desktop.plan.words import Word
from spp_desktop.returns.headings import named
from spp_desktop.returns.sheet_tables import heading_texts

LEVEL = "level "
"""A column of a level is called this and the number of the level, from 1."""

TITLES: Mapping[str, str] = {
    "outline": "All levels, numbered or indented",
    "ref": "Reference",
    "text": "Activity",
    "owners": "Owners",
    "start": "Start",
    "due": "Due",
    "forecast": "Forecast",
    "status": "Status",
    "percent": "% complete",
    "reason": "Reason",
    "budget": "Budget",
    "notes": "Notes",
    "milestone": "Milestones",
    "milestone due": "Due dates of milestones",
    "milestone done": "Milestones done on",
    "indicator": "Indicator",
    "indicator ref": "Reference of the indicator",
    "group": "Group of the indicator",
    "unit": "Unit",
    "polarity": "Which way is better",
    "target": "Target over the plan",
    "yearly target": "Target of this year",
}
"""The roles of columns as a person chooses them, beside those of the plan's own levels."""

AS_TITLED = "title"
"""Stands for what heads each table, as what all its rows stand under."""

SEVERAL = ("yearly target", "milestone")
"""The roles that several columns may have."""

_FORM = 1


def levels() -> list[Word]:
    """The words of the plan's levels, from the top; the last may be the one of sentences."""
    words = spoken()
    return [*words.headings, *([words.sentence] if words.sentence else [])]


def roles() -> dict[str, str]:
    """All roles that a column can have in the plan that is open, and their titles."""
    named_levels = {f"{LEVEL}{n}": word.singular.capitalize() for n, word in enumerate(levels(), 1)}
    return {**named_levels, **TITLES}


@dataclass(frozen=True)
class PlanColumns:
    """How a plan's table is read.

    Args:
        roles: What the column under a heading holds, by headings as ``headings.named`` gives them.
        sheet: The sheet, or the table of a document, that was chosen.
        heading_rows: How many rows the headings have.
        under: The title of what all rows stand under that say nothing else; ``AS_TITLED`` for what heads each table.
        together: Whether all tables of the file that have these columns are read, one after the other.
    """

    roles: tuple[tuple[str, str], ...] = ()
    sheet: str = ""
    heading_rows: int = 1
    under: str = ""
    together: bool = True

    def has(self, *wanted: str) -> bool:
        """Whether there is a column for one of these."""
        return any(role in wanted for _, role in self.roles)

    @property
    def has_levels(self) -> bool:
        """Whether a column says a level."""
        return any(role.startswith(LEVEL) or role == "outline" for _, role in self.roles)

    def lacks(self) -> str:
        """What is still to be chosen, as a sentence; "" if nothing is."""
        if not (self.has_levels or self.has("text", "indicator", "milestone")):
            return "Choose the column that holds the activities, the indicators, or a level of the plan."
        chosen = [role for _, role in self.roles if role not in SEVERAL]
        twice = next((role for role in chosen if chosen.count(role) > 1), None)
        if twice is not None:
            return f"Two columns are chosen as “{roles().get(twice, twice)}”. Set one of them to Not used."
        unknown = next((role for _, role in self.roles if role not in roles()), None)
        if unknown is not None:
            return f"The plan has no {unknown}: it has {len(levels())}. Choose what that column holds."
        return ""

    def places(self, headings: Sequence[str]) -> dict[int, str]:
        """What each column holds, by its place counted from 0."""
        chosen = dict(self.roles)
        return {place: chosen[name] for place, name in enumerate(named(headings)) if name in chosen}

    def agrees(self, headings: Sequence[str]) -> bool:
        """Whether a table with these headings has all the columns that are wanted."""
        return bool(self.roles) and {name for name, _ in self.roles} <= set(named(headings))

    def with_role(self, headings: Sequence[str], place: int, role: str | None) -> "PlanColumns":
        """The same with another role of the column at a place, counted from 0; ``None`` for not used."""
        name = named(headings)[place]
        left = tuple((other, kept) for other, kept in self.roles if other != name)
        return replace(self, roles=(*left, *(((name, role),) if role else ())))

    def as_text(self) -> str:
        """The choice as JSON, to be kept."""
        return json.dumps({**asdict(self), "of": "plan", "plan_form": _FORM}, ensure_ascii=False)


def from_text(text: str) -> PlanColumns:
    """What ``PlanColumns.as_text`` gave.

    Raises:
        ValueError: if the text is none of it.
    """
    kept = json.loads(text)
    if not isinstance(kept, dict) or kept.pop("of", None) != "plan" or kept.pop("plan_form", None) != _FORM:
        raise ValueError("This is no choice of a plan's columns that this version knows.")
    try:
        pairs = tuple((str(name), str(role)) for name, role in kept.pop("roles"))
        columns = PlanColumns(roles=pairs, **kept)
    except (TypeError, ValueError, KeyError):
        raise ValueError("This choice of a plan's columns is damaged.") from None
    sound = all(isinstance(text, str) for text in (columns.sheet, columns.under)) and columns.heading_rows in range(
        1, 4
    )
    if not sound:
        raise ValueError("This choice of a plan's columns is damaged.")
    return columns


def heading_place(columns: PlanColumns, rows: Sequence[Sequence[str]]) -> int | None:
    """The place of the last row of headings that has the columns wanted; ``None`` if there is none."""
    depth = columns.heading_rows
    return next((at for at in range(len(rows)) if columns.agrees(heading_texts(rows, at, depth))), None)
