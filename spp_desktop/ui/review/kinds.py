"""The words, shapes and colours of each kind of difference and each decision, and the filters."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

DecisionState = Literal["accepted", "refused", "typed", "to decide", "waits", "told"]
"""What is decided about a difference: taken in, refused, another value typed in the place of both sides of a merge,
nothing yet, waiting for its row, or nothing to decide."""


@dataclass(frozen=True)
class DecisionLook:
    """A word, with a shape and its colour in a light and in a dark window."""

    title: str
    shape: str = ""
    colour: str = ""
    dark_colour: str = ""


_BLUE, _GREEN, _AMBER = ("#0b5cad", "#6cb6ff"), ("#1a7f37", "#56d364"), ("#9a5b00", "#e3b341")
_RED, _PURPLE, _GREY = ("#b42318", "#ff7b72"), ("#6f42c1", "#c297ff"), ("#57606a", "#8b949e")

KINDS: Mapping[str, DecisionLook] = {
    "change": DecisionLook("Change", "disc", *_BLUE),
    "conflict": DecisionLook("Conflict", "diamond", *_RED),
    "disagreement": DecisionLook("Disagreement", "bars", *_PURPLE),
    "request": DecisionLook("Request", "square", *_PURPLE),
    "question": DecisionLook("Question", "triangle", *_AMBER),
    "duplicate": DecisionLook("Answered twice", "bars", *_AMBER),
    "match": DecisionLook("Same row?", "ring", *_AMBER),
    "new row": DecisionLook("New row", "plus", *_GREEN),
    "not returned": DecisionLook("Not returned", "cross", *_GREY),
    "no answer": DecisionLook("No answer", "ring", *_GREY),
    "aside": DecisionLook("Aside", "square", *_GREY),
}

STATES: Mapping[DecisionState, DecisionLook] = {
    "accepted": DecisionLook("Accepted", "tick", *_GREEN),
    "refused": DecisionLook("Refused", "cross", *_RED),
    "typed": DecisionLook("Typed", "disc", *_PURPLE),
    "to decide": DecisionLook("To decide", "ring", *_AMBER),
    "waits": DecisionLook("Waits", "ring", *_GREY),
    "told": DecisionLook(""),
}


@dataclass(frozen=True)
class Filter:
    """What a chip lets through: differences of these kinds and of these states; an empty set lets all through."""

    title: str
    kinds: frozenset[str] = frozenset()
    states: frozenset[DecisionState] = frozenset()
    about: str = ""

    def passes(self, kind: str, state: DecisionState) -> bool:
        """Whether a difference is shown."""
        return (not self.kinds or kind in self.kinds) and (not self.states or state in self.states)


ALL = Filter("All", about="All that the files say otherwise than the plan did")
TO_DECIDE = Filter("To decide", states=frozenset({"to decide", "waits"}), about="What waits for your decision")
FILTERS = (
    ALL,
    TO_DECIDE,
    Filter(
        "Conflicts",
        frozenset({"conflict", "disagreement"}),
        about="The plan has changed there since, or the lead answers otherwise",
    ),
    Filter(
        "Questions",
        frozenset({"question", "request", "duplicate", "match", "aside"}),
        about="What cannot be read for certain, was not to be filled in, is there twice, is missing, or stands beside "
        "the answers",
    ),
    Filter("New rows", frozenset({"new row"}), about="Rows that the plan does not have"),
    Filter("Not returned", frozenset({"not returned"}), about="Rows that are missing from the files"),
    Filter("Accepted", states=frozenset({"accepted"}), about="What will be taken in"),
    Filter("Refused", states=frozenset({"refused"}), about="What will not be taken in"),
)
"""The chips above the table, in their order."""
