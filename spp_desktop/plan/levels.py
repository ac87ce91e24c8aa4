"""The levels of a plan, from the top: what each is called, and how it is written.

One plan has priorities, themes and commitments, another outcomes, objectives and measures, a third pillars and
promises. The tables of what stands at those levels keep the names that the published model plan gives them; what a
person reads is the plan's own word: see ``plan.spoken``.
"""

from typing import Literal

from sqlmodel import Field, String

from spp_desktop.plan.rows import Placed
from spp_desktop.plan.words import Word

LevelForm = Literal["heading", "sentence"]
"""How what stands at a level is written: a heading with a text of its own, or one sentence ("We will …")."""

LONGEST_LEVEL = 40
"""How many letters the name of a level has at most, and its plural."""


class Level(Placed, table=True):
    """A level of the plan, the top one first.

    The top level is always one of headings. Only the last may be one of sentences.
    """

    word = Word("level", "levels")
    called_by = ("title",)
    shipped = (
        {"title": "Priority", "plural": "Priorities"},
        {"title": "Theme", "plural": "Themes"},
        {"title": "Commitment", "plural": "Commitments", "written": "sentence"},
    )

    title: str = Field(title="one is called", min_length=1, max_length=LONGEST_LEVEL, unique=True)
    plural: str = Field(title="several are called", min_length=1, max_length=LONGEST_LEVEL)
    written: LevelForm = Field(default="heading", title="written as", sa_type=String)
