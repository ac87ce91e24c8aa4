"""Results that are no numbers but steps of a scale: grades such as Good, or yes and no."""

from dataclasses import dataclass

from spp_desktop.figures.counts import Change
from spp_desktop.figures.exact import GivenNumber, exact, shown
from spp_desktop.plan.performance import Measure, grades_of

_PLACES, _HALF = 2, 0.5


@dataclass(frozen=True, slots=True)
class Scale:
    """The steps of a scale, the worst first; a result is the number of its step, counted from ``first``."""

    names: tuple[str, ...]
    first: int = 1

    @property
    def ends(self) -> tuple[float, float]:
        """The ends of a chart's axis on which each step has its place."""
        return self.first - _HALF, self.first + len(self.names) - _HALF

    def name(self, value: GivenNumber) -> str:
        """What a step is called; a number that is none of the steps as a number."""
        if self.has(value):
            return self.names[int(exact(value) - self.first)]
        return shown(exact(value), _PLACES)

    def has(self, value: GivenNumber) -> bool:
        """Whether a number is that of a step."""
        at = exact(value) - self.first
        return at.denominator == 1 and 0 <= at < len(self.names)

    def change(self, change: Change) -> str:
        """A change from one step to another in words: "up, which is better: Good after Requires improvement"."""
        steps = f"{self.name(change.now)} after {self.name(change.before)}"
        if change.arrow == "no clear change":
            return f"no change: {steps}"
        return f"{change.arrow}{'' if change.meaning == 'neither' else f', which is {change.meaning}'}: {steps}"

    def step(self, text: str) -> float | None:
        """The number of the step that is called so, whatever its capitals; ``None`` for none."""
        wanted = " ".join(text.split()).casefold()
        place = next((at for at, name in enumerate(self.names) if name.casefold() == wanted), None)
        return None if place is None else float(place + self.first)


YES_NO = Scale(("No", "Yes"), 0)
SCALED: frozenset[Measure] = frozenset({"grade", "yes/no"})
"""Measures whose results are steps of a scale."""


def scale_of(measure: Measure, grades: str) -> Scale | None:
    """The scale of an indicator with these grades, the best first as it keeps them; ``None`` where it has numbers."""
    if measure == "yes/no":
        return YES_NO
    return Scale(grades_of(grades)) if measure == "grade" else None
