"""What a person may have meant by a word that is on no list: proposed to whoever reviews, never applied by itself."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence

from spp_desktop.returns.words import fold

_SAID_FOR: dict[str, tuple[str, ...]] = {
    "on track": ("green", "ok", "okay", "fine", "on target", "on schedule", "in progress", "ongoing", "started"),
    "at risk": ("amber", "yellow", "orange", "some risk", "concern", "delayed", "slipping", "slipped"),
    "off track": ("red", "delayed", "late", "behind", "behind schedule", "overdue", "slipped", "missed", "off target"),
    "complete": ("blue", "completed", "done", "finished", "achieved", "closed", "delivered", "met"),
    "deferred": ("delayed", "postponed", "on hold", "paused", "put back", "suspended"),
    "withdrawn": ("cancelled", "canceled", "dropped", "stopped", "removed", "abandoned", "discontinued"),
    "final": ("f", "confirmed", "final figure", "validated", "actual"),
    "provisional": ("p", "prov", "draft", "estimate", "estimated", "unvalidated", "interim"),
    "not available": ("n/a", "na", "none yet", "not known", "no figure", "unavailable", "awaited", "tbc", "x"),
    "not started": ("not begun", "yet to start", "to start", "to do", "pending", "grey", "white"),
}
"""Listed statuses and states, and what people write instead; the first listed one that fits is proposed."""

_ORDER = (
    *("off track", "at risk", "deferred", "on track", "complete", "withdrawn", "not started"),
    *("final", "provisional", "not available"),
)

NOUGHT = frozenset({"nil", "none", "nought", "zero", "no", "nothing", "o"})
"""What people write for 0."""

NO_FIGURE = frozenset(
    {
        "n/a",
        "na",
        "n.a.",
        "n/k",
        "-",
        "\N{EN DASH}",
        "\N{EM DASH}",
        "--",
        ".",
        "..",
        "...",
        "?",
        "x",
        "[x]",
        "tbc",
        "tba",
    }
    | {"not available", "not known", "not applicable", "awaited", "pending", "missing", "no data", "no figure"}
)
"""What people write where there is no figure, or nothing to count: it cannot be told which."""
_LOOK_ALIKE = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧοιν",  # noqa: RUF001 - letters that look like others are the point
    "ABESIJKMHOPCTYXaesijopcyxABEZHIKMNOPTYXoiv",
)
_QUOTES = "\"'“”‘’«»„‚`"  # noqa: RUF001 - the same
_LOOSE = re.compile(r"[\s_\-\u2010-\u2015\u2212]+")
_CLOSE = 0.85
_LONG = 200


def spelt_as(text: str, listed: Sequence[str]) -> str | None:
    """The listed title that a text is but for spaces, hyphens, capitals and forms of letters."""
    return _only(title for title in listed if _tight(title) == _tight(text))


def meant_by(text: str, listed: Sequence[str]) -> str | None:
    """The listed title that a text may mean: a word for it, a slip of the keyboard, letters of another alphabet."""
    plain = fold(unicodedata.normalize("NFKC", text).translate(_LOOK_ALIKE).strip(_QUOTES + " .,;:!*"))
    known = {fold(title): title for title in listed}
    if found := spelt_as(plain, listed):
        return found
    for title in _ORDER:
        if plain in _SAID_FOR[title] and title in known:
            return known[title]
    begun = _only(title for said, title in known.items() if re.match(rf"{re.escape(said)}\W", plain))
    close = difflib.get_close_matches(plain, known, n=1, cutoff=_CLOSE) if len(plain) < _LONG else []
    return begun or (known[close[0]] if close else None)


def _tight(text: str) -> str:
    return _LOOSE.sub("", fold(text))


def _only(found: Iterable[str]) -> str | None:
    """The one that is found, if it is only one."""
    several = list(found)
    return several[0] if len(several) == 1 else None
