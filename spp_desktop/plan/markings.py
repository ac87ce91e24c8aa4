"""Protective markings: the plan's own ordered list, and the column in which a row of the plan names one.

Before April 2014 the Government Protective Marking Scheme had six, from then on the Government Security Classifications
have three, with OFFICIAL-SENSITIVE within the first. Nothing maps one scheme to the other.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Field

from spp_desktop.plan.rows import Placed
from spp_desktop.plan.words import Word

FIRST_OFFICIAL_YEAR = 2014
"""The year from whose April on the newer scheme holds."""

_OLD_SOURCE = "Government Protective Marking Scheme, until April 2014"
_NEW_SOURCE = "Government Security Classifications, since April 2014"
_NOT_READ = "named in later guidance; the scheme's own text was not read"


def _rows(source: str, seen: str, *titles: str) -> tuple[Mapping[str, object], ...]:
    """The rows of a scheme, least first; only one of which a published paper was seen that bears it is verified."""
    return tuple(
        {
            "title": title,
            "source": f"{source}; {'seen on published papers' if title == seen else _NOT_READ}.",
            "verified": title == seen,
        }
        for title in titles
    )


SCHEMES = (
    _rows(
        _OLD_SOURCE, "NOT PROTECTIVELY MARKED",
        "NOT PROTECTIVELY MARKED", "PROTECT", "RESTRICTED", "CONFIDENTIAL", "SECRET", "TOP SECRET",
    ),
    _rows(_NEW_SOURCE, "OFFICIAL", "OFFICIAL", "OFFICIAL-SENSITIVE", "SECRET", "TOP SECRET"),
)  # fmt: skip
"""The rows of the scheme before 2014, and of the one since, least first."""


class Marking(Placed, table=True):
    """A protective marking of the plan's own list, the least first: a later one is higher than all before it.

    ``verified`` is true only where the words were read in the source named.
    """

    word = Word("protective marking", "protective markings")
    called_by = ("title",)
    shipped = SCHEMES[0]

    title: str = Field(title="marking", min_length=1, max_length=60, unique=True)
    meaning: str = Field(default="", title="meaning", max_length=500)
    source: str = Field(default="", title="source", max_length=500)
    verified: bool = Field(default=False, title="verified")

    @classmethod
    def begun_with(cls, plan: Mapping[str, Any]) -> Sequence[Mapping[str, object]]:
        """The scheme of the time in which a plan begins, and the marking that the plan bears already, in its place."""
        return with_own(str(plan.get("marking") or ""), int(plan["first_year"]))


def with_own(own: str, first_year: int) -> Sequence[Mapping[str, object]]:
    """The rows of a scheme with the marking that a plan bears already, as it spells it.

    Args:
        own: The plan's marking as somebody typed it; "" for none.
        first_year: The calendar year in which the plan begins.

    Returns:
        The rows of the scheme that has the plan's marking, or else of the one of its time. A marking that begins with
        one of them ("RESTRICTED - POLICY") stands behind that; one of neither scheme stands last, so that nothing
        counts as higher before a person has said where it belongs.
    """
    of_its_time = SCHEMES[first_year >= FIRST_OFFICIAL_YEAR]
    if not own.strip():
        return of_its_time
    near = max((_beginning(own, scheme) for scheme in SCHEMES), key=len)
    scheme = next((each for each in (of_its_time, *SCHEMES) if near in _titles(each)), of_its_time)
    titles = _titles(scheme)
    if near and near == _plain(own):
        return [{**row, "title": own} if title == near else row for title, row in zip(titles, scheme, strict=True)]
    behind = titles.index(near) + 1 if near else len(titles)
    typed = {"title": own, "source": "As the plan was marked before it had a list.", "verified": False}
    return [*scheme[:behind], typed, *scheme[behind:]]


def _plain(text: str) -> str:
    return " ".join(text.upper().split())


def _titles(scheme: Sequence[Mapping[str, object]]) -> list[str]:
    return [str(row["title"]) for row in scheme]


def _beginning(own: str, scheme: Sequence[Mapping[str, object]]) -> str:
    """The longest marking of a scheme that a text begins with; "" for none."""
    return max((title for title in _titles(scheme) if _plain(own).startswith(title)), key=len, default="")


def marking_column() -> Any:
    """The marking that a row bears itself; empty where it has that of what stands above it, or the plan's own."""
    return Field(default=None, title="marking", foreign_key="marking.id", ondelete="RESTRICT", index=True)
