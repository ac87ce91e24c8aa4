"""Reads a figure that a person types or pastes, with the shorthand of government statistics: [p], [r], [x], [z]."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from spp_desktop.figures.scale import Scale
from spp_desktop.plan.kinds import Doubt
from spp_desktop.plan.kinds.numbers import read_number
from spp_desktop.plan.kinds.spelling import plain, quoted
from spp_desktop.plan.results import ResultState
from spp_desktop.plan.shorthand import ABSENT, SHORTHAND

_ABSENT: Mapping[str, ResultState] = {
    "n/a": "not available",
    **{text: state for letter, state in ABSENT.items() for text in (letter, f"[{letter}]", state)},
}
"""What is typed where there is no figure, in small letters, and the state that it stands for."""

_MARKED = re.compile(r"(.*?)\s*(?:\[\s*([prx])\s*\]|([prx]))", re.IGNORECASE | re.DOTALL)
_DASHES = frozenset("-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}\N{HORIZONTAL BAR}")
_EXAMPLE = "2,336 or 23.1, with p behind it if it is provisional, or x if it is not available"


@dataclass(frozen=True)
class Typed:
    """A figure as it was typed.

    Attributes:
        number: The number, or ``None``.
        percent: Whether it was written with a percent sign.
        state: The state that was typed with or instead of a number, or ``None``.
    """

    number: float | None = None
    percent: bool = False
    state: ResultState | None = None

    @property
    def blank(self) -> bool:
        """Whether neither a number nor a state was typed."""
        return self.number is None and self.state is None


def read(text: str, scale: Scale | None = None) -> Typed:
    """Read a typed figure: "2,336", "23.1%", "2336p" or "2,336 [p]" (provisional), "x" or "[x]" (not available), "".

    "z" is not applicable, "c" suppressed.

    Args:
        text: What was typed.
        scale: The steps one of which is to be typed by its name, where results are no numbers: "Good", "Good [p]".

    Raises:
        ValueError: if it is not a figure, or may mean two things, as a dash may; the message is for people.
    """
    bare = plain(text)
    if scale is not None and bare and (bare.lower() not in _ABSENT or scale.step(bare) is not None):
        return _step(bare, scale)
    if not bare:
        return Typed()
    if bare.lower() in _ABSENT:
        return Typed(state=_ABSENT[bare.lower()])
    if set(bare) <= _DASHES:
        raise ValueError(f"“{bare}” may mean nought or not available. Type 0 for nought, x for not available.")
    marked = _MARKED.fullmatch(bare)
    state = SHORTHAND[(marked[2] or marked[3]).lower()] if marked else None
    number = marked[1] if marked else bare
    if state == "not available":
        raise ValueError(f"{quoted(bare)} has a figure and says that there is none. Type one or the other.")
    numeral = read_number(number, "a figure", "type x", _EXAMPLE)
    if isinstance(numeral, Doubt):
        raise ValueError(numeral.sentence)  # noqa: TRY004 - a text of the right type that is no figure
    return Typed(float(numeral.value), numeral.share, state)


def _step(bare: str, scale: Scale) -> Typed:
    """A step of a scale by its name, with its state behind it."""
    whole = scale.step(bare)
    marked = _MARKED.fullmatch(bare) if whole is None else None
    step = scale.step(marked[1]) if marked else whole
    if step is None:
        listed = ", ".join(reversed(scale.names))
        raise ValueError(
            f"{quoted(bare)} is none of its grades. Choose from: {listed}."
            if listed
            else f"{quoted(bare)} is none of its grades: it has none yet. Write them on the page “Measure” first."
        )
    state = SHORTHAND[(marked[2] or marked[3]).lower()] if marked else None
    if state == "not available":
        raise ValueError(f"{quoted(bare)} has a figure and says that there is none. Type one or the other.")
    return Typed(step, state=state)
