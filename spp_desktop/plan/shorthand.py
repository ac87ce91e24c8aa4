"""The shorthand of published tables: marks behind figures and headings, and signs that stand where no figure does.

The letters are those of the Government Analysis Function's "Using symbols and shorthand in tables"; the older signs
are those of the Government Statistical Service's tables before it (``..`` not available, ``.`` not applicable,
``*`` suppressed). Every reader of figures goes by this module.
"""

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.plan.results import ResultState

Absence = Literal["not available", "not applicable", "suppressed"]
"""Why there is no figure where one could be."""

SHORTHAND: Mapping[str, ResultState] = {"p": "provisional", "r": "revised", "x": "not available"}
"""The letters that a person types for states, in square brackets where they are published."""

ABSENT: Mapping[str, Absence] = {"x": "not available", "z": "not applicable", "c": "suppressed"}
"""The letters that a person types where there is no figure, in square brackets where they are published."""

MEANINGS = f"Behind a figure: {', '.join(f'{letter} {state}' for letter, state in SHORTHAND.items())}."
"""What the letters mean, where they are printed."""

STATES: Mapping[str, ResultState] = {
    **dict.fromkeys(("p", "prov", "provisional", "e", "est", "estimate", "estimated"), "provisional"),
    **dict.fromkeys(("r", "rev", "revised", "er"), "revised"),
}  # fmt: skip
"""What a mark says of the state of its figure; other marks say nothing of it."""

FORECASTS = frozenset({"f", "forecast"})
"""Marks of figures that are no results."""

ABSENCES: Mapping[str, Absence] = {
    **dict.fromkeys(
        ("..", "...", ":", "-", "--", "[x]", "n/a", "na", "n.a.", "n/k", "not available", "not known", "missing",
         "no data", "awaited", "[w]", "[low]"),
        "not available",
    ),
    **dict.fromkeys((".", "[z]", "not applicable"), "not applicable"),
    **dict.fromkeys(("*", "**", "[c]", "suppressed", "confidential"), "suppressed"),
}  # fmt: skip
"""What stands alone where a figure could be."""

_DASHES = re.compile("[\u2010-\u2015\u2212]")
_MARK = re.compile(
    r"""\s*(?:
        \[\s*(?P<square>[^\[\]]{1,24})\s*\]
        | \(\s*(?P<round>prov(?:isional)?\.?|rev(?:ised)?\.?|est(?:imated)?\.?|[a-z]|(?:foot)?notes?\s[\d,\s]{1,8}
            |\d{1,2}(?:\s*,\s*\d{1,2})*)\s*\)
        | (?P<sign>[*†‡§¶]+|[⁰¹²³⁴⁵⁶⁷⁸⁹](?:[⁰¹²³⁴⁵⁶⁷⁸⁹,]*[⁰¹²³⁴⁵⁶⁷⁸⁹])?)
    )\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
_LETTER = re.compile(r"(?P<figure>.*[\d%])\s?(?P<letter>[pre])", re.IGNORECASE)
_MOST_MARKS = 6


class Unmarked(NamedTuple):
    """A text without the marks at its end, and those marks, folded, in their order."""

    text: str
    marks: tuple[str, ...] = ()

    @property
    def state(self) -> ResultState | None:
        """The state that a mark gives; ``None`` for none."""
        return next((STATES[mark] for mark in self.marks if mark in STATES), None)


def unmarked(text: str) -> Unmarked:
    """A text parted from the marks at its end: "Jun 2009 [p]", "2006/07 (r)", "Burglary [note 1][note 2]", "1,234*".

    What is nothing but a mark is left as it is.
    """
    marks: list[str] = []
    bare = text.strip()
    while len(marks) < _MOST_MARKS and (match := _MARK.search(bare)) and match.start():
        mark = match["square"] or match["round"] or match["sign"]
        marks.insert(0, fold(mark).rstrip("."))
        bare = bare[: match.start()].rstrip()
    return Unmarked(bare, tuple(marks))


def figure_unmarked(text: str) -> Unmarked:
    """The same of a figure, which may also have its letter right behind it: "2336p"."""
    bare = unmarked(text)
    letter = _LETTER.fullmatch(bare.text)
    return bare if letter is None else Unmarked(letter["figure"], (fold(letter["letter"]), *bare.marks))


def absence(text: str) -> Absence | None:
    """Why there is no figure, where a text says so and nothing else; ``None`` where it does not."""
    known = fold(_DASHES.sub("-", text))
    return ABSENCES.get(known) or ABSENCES.get(unmarked(known).text)
