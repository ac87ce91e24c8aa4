"""Terms that tables use, and what they mean: those of headings, of single cells, and of all of a table.

They are data, with the source of each beside it: ``resources/table_terms.toml``.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.plan.shorthand import unmarked

HeadingSort = Literal[
    "area", "area code", "force", "region", "indicator", "offence", "month", "quarter", "year", "calendar year",
    "year ending", "period", "from", "to", "population", "people", "dimension", "measure", "unit", "state", "note",
    "result", "count", "total", "rate", "share", "numerator", "denominator", "sample size", "design effect", "change",
    "interval", "rank", "target",
]  # fmt: skip
"""What a column is known to hold by its heading."""

TextSort = Literal["total", "larger area", "count"]
"""What a single cell is known to be: a sum of other rows, an area larger than any of a plan, a word for a count."""

KnownTerm = Literal[
    "rolling year", "cumulative", "thousands", "millions", "proportion", "calendar year", "financial year", "superseded"
]
"""What is said of all figures of a table at once."""

_CODE_YEAR = re.compile(r"(?<=[a-z])\d{2}(?=(?:cd|nm)\b)")
_LONGEST = 80


class _Entry(NamedTuple):
    sort: str
    terms: frozenset[str]
    contains: re.Pattern[str] | None

    def knows(self, name: str) -> bool:
        """Whether a name is one of its terms, or contains one as whole words."""
        return name in self.terms or bool(self.contains and self.contains.search(name))


def bare(heading: str) -> str:
    """A heading as terms are written: folded, without marks of notes, ``_`` as a space."""
    name = fold(unmarked(heading).text.replace("_", " "))
    return _CODE_YEAR.sub("", name)


def heading_sort(heading: str) -> HeadingSort | None:
    """What a column of this heading holds, as far as it is known."""
    return _heading_sort(bare(heading))


@lru_cache(maxsize=4096)
def _heading_sort(name: str) -> HeadingSort | None:
    known = _terms()["heading"]
    sort: Any = next((entry.sort for entry in known if name in entry.terms), None)
    if sort is None and 0 < len(name) <= _LONGEST:
        sort = next((entry.sort for entry in known if entry.knows(name)), None)
    return sort  # type: ignore[no-any-return] # the data says none but these


@lru_cache(maxsize=8192)
def text_sort(text: str) -> TextSort | None:
    """What a single cell is known to be."""
    name = bare(text)
    if not 0 < len(name) <= _LONGEST:
        return None
    sort: Any = next((entry.sort for entry in _terms()["text"] if entry.knows(name)), None)
    return sort  # type: ignore[no-any-return] # the data says none but these


def words_of(texts: Iterable[str]) -> frozenset[KnownTerm]:
    """What these texts say of all of a table."""
    names = [fold(text) for text in texts]
    return frozenset(
        entry.sort  # type: ignore[misc] # each is a word
        for entry in _terms()["whole"]
        for name in names
        if entry.knows(name)
    )


@lru_cache(maxsize=1)
def _terms() -> Mapping[str, tuple[_Entry, ...]]:
    content = tomllib.loads((files("resources") / "table_terms.toml").read_text(encoding="utf-8"))
    return {
        kind: tuple(
            _Entry(
                entry["word"] if kind == "whole" else entry["sort"],
                frozenset(entry.get("terms", ())),
                _any_of(entry.get("contains", ())),
            )
            for entry in entries
        )
        for kind, entries in content.items()
    }


def _any_of(parts: Sequence[str]) -> re.Pattern[str] | None:
    """A pattern of any of these parts, none of which begins or ends within a word."""
    return re.compile("|".join(rf"(?<!\w){re.escape(part)}(?!\w)" for part in parts)) if parts else None
