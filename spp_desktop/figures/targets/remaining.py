"""A target's text in small letters while its parts are taken out of it, one after the other."""

import re
from dataclasses import dataclass, field
from typing import Self

from spp_desktop.figures.targets.number_words import as_digits

POINT, NUMBER = "¶", "¤"
"""What stands for percentage points, and in the place of a number taken out, while a text is read."""

_SPACES = dict.fromkeys(
    map(ord, "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\N{FIGURE SPACE}\t\n\r"), " "
)
_MINUS = dict.fromkeys(
    map(ord, "\N{MINUS SIGN}\N{EN DASH}\N{EM DASH}\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{HORIZONTAL BAR}"), "-"
)
_SIGNS = (
    (r"<=|=<|≤|⩽", " at most "),
    (r">=|=>|≥|⩾", " at least "),
    (r"<", " less than "),
    (r">", " more than "),
    ("\N{RIGHT SINGLE QUOTATION MARK}", "'"),
    (r"per[ -]?cent(?:age)?[ -]points?|percentage[ -]points?|%[ -]?(?:age[ -]?)?p(?:oin)?ts?\b|\bppts?\b", POINT),
    (r"(?<=[0-9])\s*pp\b", POINT),
    (r"(?<=[0-9])\s*p(?:oin)?ts?\b", POINT),
    (r"(?:\b|(?<=[0-9]))(?:per[ -]?cent|pct)\b", "%"),
)
_ASIDE = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")


@dataclass
class Remaining:
    """A text in small letters, whose understood parts are taken out one after the other."""

    rest: str
    asides: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, text: str) -> Self:
        """The text, its signs spelt alike and its asides put aside."""
        plain = text.replace(POINT, " ").replace(NUMBER, " ").translate(_SPACES).translate(_MINUS).lower()
        for pattern, sign in _SIGNS:
            plain = re.sub(pattern, sign, plain)
        plain = " ".join(as_digits(plain).split())
        for pattern, sign in _SIGNS:  # what stood behind a number in words
            plain = re.sub(pattern, sign, plain)
        asides: list[str] = []

        def put_aside(match: re.Match[str]) -> str:
            """What stands in the place of words in brackets, which are set aside."""
            inside = str(match[1] or match[2] or "").strip()
            asides.append(inside)
            return " " if re.search(r"[0-9]", inside) else f" {inside} "

        outside = " ".join(_ASIDE.sub(put_aside, plain).split())
        return cls(outside, asides) if outside else cls(" ".join(asides))

    def first_match(self, pattern: str) -> re.Match[str] | None:
        """Where a pattern first stands."""
        return re.search(pattern, self.rest)

    def take(self, pattern: str, mark: str = "") -> re.Match[str] | None:
        """Take the first of a pattern out, a mark in its place."""
        match = self.first_match(pattern)
        if match is not None:
            self.rest = " ".join(f"{self.rest[: match.start()]} {mark} {self.rest[match.end() :]}".split())
        return match

    def take_all(self, pattern: str, mark: str = "") -> list[re.Match[str]]:
        """Take every one of a pattern out, marks in their places."""
        matches = []
        while (match := self.take(pattern, mark)) is not None:
            matches.append(match)
        return matches

    def text(self) -> str:
        """What is left."""
        return self.rest.strip(" .,;:-")
