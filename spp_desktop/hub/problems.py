"""The errors of a hub, each with a sentence for the person: what happened, what is safe, what to do."""

from typing import Literal

HubTrouble = Literal[
    "no library",
    "no hub",
    "can be made",
    "unreachable",
    "password",
    "not allowed",
    "another plan",
    "another form",
    "newer steps",
    "conflict",
    "cut off",
    "altered",
    "address",
    "failed",
]


class HubRefused(Exception):
    """Something was not done with a hub; the sentence says why, what is safe and what to do."""

    def __init__(self, kind: HubTrouble, sentence: str) -> None:
        super().__init__(sentence)
        self.kind = kind
