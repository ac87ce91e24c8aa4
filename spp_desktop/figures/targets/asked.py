"""A target's words taken apart, with what it is set for: what every question about it is made of."""

from dataclasses import dataclass

from spp_desktop.figures.targets.amounts import Amount
from spp_desktop.figures.targets.kinds import KINDS
from spp_desktop.figures.targets.phrase import Bound, Phrase
from spp_desktop.figures.targets.stated import Subject, Unclear
from spp_desktop.figures.targets.units import units_in
from spp_desktop.plan.performance import TargetKind

_MAY_BE = {
    **{kind: words.title[:1].lower() + words.title[1:] for kind, words in KINDS.items()},
    "level": "the figure itself",
    "ceiling": "the most that the figure may be",
    "floor": "the least that the figure may be",
    "change on previous year": "a change in per cent of the year before",
    "change over plan": "a change in per cent over the plan",
    "point change": "a change in percentage points",
    "amount change": "a change by that number",
}
_BETTER = {"lower": "down", "higher": "up"}
_WORSE = {"lower": "up", "higher": "down"}


@dataclass(frozen=True)
class Asked:
    """A text taken apart, and what it is set for."""

    stated: str
    phrase: Phrase
    subject: Subject

    @property
    def plain(self) -> str:
        """The text in small letters."""
        return " ".join(self.stated.lower().split())

    @property
    def amount(self) -> Amount:
        """Its first number, where it has one."""
        return self.phrase.amounts[0]

    @property
    def bound(self) -> Bound:
        """Which way its words bound the number: "or better" is as the indicator is."""
        if self.phrase.bound != "better":
            return self.phrase.bound
        if self.subject.polarity == "neutral":
            raise self.unclear("“{0}” says that it should be better, and not which way that is.")
        return "ceiling" if self.subject.polarity == "lower" else "floor"

    @property
    def ways(self) -> frozenset[str]:
        """Which ways its words say that things should go: "down", "up"; "improve" is as the indicator is."""
        ways = self.phrase.directions - {"steady"}
        if "better" not in ways:
            return ways
        if self.subject.polarity == "neutral":
            raise self.unclear("“{0}” says that it should be better, and not which way that is.")
        return ways - {"better"} | {_BETTER[self.subject.polarity]}

    def is_worse(self, way: str) -> bool:
        """Whether things would go worse that way."""
        return way == _WORSE.get(self.subject.polarity)

    def unclear(self, sentence: str, *kinds: TargetKind) -> Unclear:
        """What is asked, the text standing for {0}."""
        return Unclear(sentence.replace("{0}", self.stated), kinds)

    def open(self, *kinds: TargetKind) -> Unclear:
        """What is asked where a number may be of several kinds."""
        meanings = " or ".join(_MAY_BE[kind] for kind in kinds) + (" or something else" if len(kinds) == 1 else "")
        return self.unclear(f"“{{0}}” may be {meanings}. Say which is meant.", *kinds)

    def against(self, aimed: str, kind: TargetKind) -> Unclear:
        """What is asked where "more" or "less" is aimed at and the other is better."""
        better = "less" if aimed == "more" else "more"
        sentence = (
            f"“{{0}}” says that {aimed} is aimed at, and {better} is better for this indicator. Say what is meant."
        )
        return self.unclear(sentence, kind)

    def demand_way(self, kind: TargetKind, way: str) -> TargetKind:
        """The kind, where a direction is not against what is better for the indicator.

        Raises:
            Unclear: where it is.
        """
        if self.is_worse(way):
            raise self.against("more" if way == "up" else "less", kind)
        return kind

    def number(self, amount: Amount) -> float:
        """A number in the unit of the results."""
        plain = amount.per_cent or amount.points or not (amount.scale > 1 or amount.money)
        return float(amount.value if plain else amount.value / units_in(self.subject.unit))

    def single_number(self) -> float | None:
        """The number of a text that has one and no more."""
        single = len(self.phrase.amounts) == 1 and self.phrase.upper is None
        return self.number(self.amount) if single else None
