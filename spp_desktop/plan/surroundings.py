"""What a plan's text names around its tables: values, who lives and works where."""

from collections.abc import Mapping
from typing import Any

from pydantic import FiniteFloat
from sqlmodel import Field

from spp_desktop.plan.periods import FIRST_YEAR_OF_ALL, LAST_YEAR_OF_ALL
from spp_desktop.plan.register import Computed, KnownRows, Register, Shown, Worked
from spp_desktop.plan.results import Area
from spp_desktop.plan.rows import Placed
from spp_desktop.plan.words import Word


class CoreValue(Placed, table=True):
    """A value that the force says it works by."""

    word = Word("value", "values")
    called_by = ("title",)

    __tablename__ = "core_value"

    title: str = Field(title="value", min_length=1, max_length=300, unique=True)
    meaning: str = Field(default="", title="what it means", max_length=2000)
    source: str = Field(default="", title="source", max_length=300)


class StatedFigure(Placed, table=True):
    """A figure about the place and its people that the plan's text states, such as how many live there."""

    word = Word("stated figure", "stated figures")
    called_by = ("title",)

    __tablename__ = "stated_figure"

    title: str = Field(title="what is counted", min_length=1, max_length=300)
    number: FiniteFloat | None = Field(default=None, title="number")
    unit: str = Field(default="", title="unit", max_length=60)
    year: int | None = Field(default=None, title="year", ge=FIRST_YEAR_OF_ALL, le=LAST_YEAR_OF_ALL)
    words: str = Field(default="", title="as the plan says it", max_length=500)
    source: str = Field(default="", title="source", max_length=300)


class AreaLevel(Placed, table=True):
    """A level at which the force is parted into areas, the largest first: district, command unit, neighbourhood.

    ``stated`` is how many of them the plan says there are, whether or not they are listed by name.
    """

    word = Word("level of areas", "levels of areas")
    called_by = ("title",)

    __tablename__ = "area_level"

    title: str = Field(title="level", min_length=1, max_length=60, unique=True)
    plural: str = Field(default="", title="several are called", max_length=60)
    stated: int | None = Field(default=None, title="number stated", ge=0)
    source: str = Field(default="", title="source", max_length=300)


def _shown(*names: str) -> tuple[Shown, ...]:
    return tuple(map(Shown, names))


VALUES = Register(
    CoreValue, "Values", _shown("title", "meaning", "source"), lines=2, about="What the force says it works by."
)

STATED_FIGURES = Register(
    StatedFigure, "Figures of the place", _shown("title", "number", "unit", "year", "words", "source"),
    about="What the plan's text says of the place and its people. Rates are counted by what stands under Populations.",
)  # fmt: skip


def _listed(row: Mapping[str, Any], known: KnownRows) -> Worked:
    """How many areas of a level are listed, and whether that is what the plan says there are."""
    count = sum(area["kind"] == row["title"] for area in known["area"])
    return Worked(f"{count:,}", count)


AREA_LEVELS = Register(
    AreaLevel, "Levels of areas", _shown("title", "plural", "stated", "source"),
    computed=(
        Computed(
            "listed", "Listed", _listed, "source", reads=(Area,), about="How many are listed by name.", numbers=True
        ),
    ),
    about="How the whole is parted, the largest parts first. An area's kind is one of these.",
)  # fmt: skip
