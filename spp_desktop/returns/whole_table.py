"""What a table says of all its figures: in titles, in the name of its sheet, in a column that always says the same."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.plan.periods import period_kind, quarter_name, quarter_of, year_name, year_of
from spp_desktop.returns.headings import periods_within
from spp_desktop.returns.known_terms import KnownTerm, heading_sort, words_of
from spp_desktop.returns.period_text import Period
from spp_desktop.returns.sheet_tables import SheetTable, cell_sort

_POLICE = re.compile(r"\b(?:police|constabulary|service|force|area)\b")
_THE_FORCE = frozenset({"force", "the force", "whole force", "force total", "force wide", "forcewide", "total force"})


@dataclass(frozen=True)
class PlanNames:
    """What a plan calls its areas, its indicators and its force, to know them in a table.

    Args:
        areas: The titles of areas by title and code, folded.
        indicators: The references of indicators by reference and title, folded.
        force: What the force is called.
    """

    areas: Mapping[str, str] = field(default_factory=dict)
    indicators: Mapping[str, str] = field(default_factory=dict)
    force: str = ""

    def area(self, text: str) -> str:
        """The title of the area that a text names; "" for none."""
        return self.areas.get(fold(text), "")

    def is_force(self, text: str) -> bool:
        """Whether a text names the force as a whole."""
        name = fold(text)
        return bool(name) and (name in _THE_FORCE or _short(name) == _short(fold(self.force)) != "")

    def knows_area(self, text: str) -> bool:
        """Whether a text names an area or the force."""
        return bool(self.area(text)) or self.is_force(text)


NO_PLAN = PlanNames()


@lru_cache(maxsize=4096)
def _short(name: str) -> str:
    """The name of a force without what all forces are called."""
    return " ".join(_POLICE.sub(" ", name).split())


class WholeTable(NamedTuple):
    """What is said of all figures of a table.

    Attributes:
        words: Such as that they are of rolling years: see ``known_terms.Word``.
        period: The period that the titles name, as a text that ``period_text`` reads; "" if none or several.
        area: The area of the plan that they name, or the force; "" if none or several.
    """

    words: frozenset[KnownTerm] = frozenset()
    period: str = ""
    area: str = ""


NOTHING_SAID = WholeTable()


def whole_of(table: SheetTable, sheet: str, plan: PlanNames = NO_PLAN) -> WholeTable:
    """What is said of all figures of a table on a sheet of this name."""
    titles = [*table.above, sheet]
    return WholeTable(words_of([*titles, *_always(table)]), _period(titles), _area(titles, plan))


def _always(table: SheetTable) -> list[str]:
    """What columns say in each row alike, if they say how figures are to be read."""
    texts: list[str] = []
    for place, heading in enumerate(table.headings):
        if heading_sort(heading) in ("measure", "unit", "dimension", None):
            words = {text for text in table.column(place) if cell_sort(text) == "text"}
            texts += words if len(words) == 1 and len(table.column(place)) > 1 else ()
    return [*texts, *_over_figures(table)]


def _over_figures(table: SheetTable) -> list[str]:
    """The heading of the only column of figures: "Rolling year total number of offences"."""
    headings = [
        heading
        for place, heading in enumerate(table.headings)
        if heading_sort(heading) not in _BESIDE_FIGURES
        and (cells := [cell_sort(text) for text in table.column(place)])
        and cells.count("figure") * 2 > len(cells)
        and not periods_within(heading)
    ]
    return headings if len(headings) == 1 else []


_BESIDE_FIGURES = ("rate", "change", "target", "rank", "interval", "people", "sample size", "design effect", "total")


def period_words(period: Period) -> str:
    """A period as a text that is read back as the same: "2008-2009", "Q1 2008-2009", "April 2008"."""
    first, last = period
    kind, year = period_kind(first, last), year_of(first)
    if kind == "year":
        return year_name(year)
    if kind == "quarter":
        return f"{quarter_name(quarter_of(first))} {year_name(year)}"
    return f"{first:%B %Y}" if kind == "month" else f"{first:%d/%m/%Y} to {last:%d/%m/%Y}"


def _period(titles: Sequence[str]) -> str:
    """The one period that titles name: that of the first of them that names any."""
    for title in titles:
        periods = [] if _MADE.search(title) else periods_within(title)
        if periods:
            return period_words(periods[0]) if len(set(periods)) == 1 else ""
    return ""


def _area(titles: Sequence[str], plan: PlanNames) -> str:
    """The one area that titles name; else the force, if they name that."""
    text = f" {' '.join(fold(_NO_LETTER.sub(' ', title)) for title in titles)} "
    areas = {title for name, title in plan.areas.items() if f" {fold(_NO_LETTER.sub(' ', name))} " in text}
    if areas:
        return areas.pop() if len(areas) == 1 else ""
    force = fold(plan.force)
    return plan.force if force and f" {fold(_NO_LETTER.sub(' ', force))} " in text else ""


_MADE = re.compile(
    r"\b(?:published|updated?|released?|extracted|printed|produced|created|run on|as at)\b", re.IGNORECASE
)
"""Words of a title that says when a table was made, and not of when its figures are."""
_NO_LETTER = re.compile(r"[^\w&]+")
