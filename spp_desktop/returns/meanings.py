"""What a person may have meant by a word that is on no list: proposed to whoever reviews, never applied by itself."""

import difflib
import re
import unicodedata
from collections.abc import Sequence

from spp_desktop.plan.kinds.spelling import fold, only, spelt_as

_SAID_FOR: dict[str, tuple[str, ...]] = {
    "on track": ("green", "g", "ok", "okay", "fine", "on target", "on schedule", "in progress", "ongoing", "started"),
    "at risk": ("amber", "a", "yellow", "orange", "some risk", "concern", "delayed", "slipping", "slipped"),
    "off track": (
        *("red", "r", "delayed", "late", "behind", "behind schedule", "overdue", "slipped", "missed", "off target"),
    ),
    "complete": ("blue", "b", "completed", "done", "finished", "achieved", "closed", "delivered", "met"),
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

_LOOK_ALIKE = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧοιν",  # noqa: RUF001 - letters that look like others are the point
    "ABESIJKMHOPCTYXaesijopcyxABEZHIKMNOPTYXoiv",
)
_QUOTES = "\"'“”‘’«»„‚`"  # noqa: RUF001 - the same
_CLOSE = 0.85
_LONG = 200


def meant_by(text: str, listed: Sequence[str]) -> str | None:
    """The listed title that a text may mean: a word for it, a slip of the keyboard, letters of another alphabet."""
    plain = fold(unicodedata.normalize("NFKC", text).translate(_LOOK_ALIKE).strip(_QUOTES + " .,;:!*"))
    known = {fold(title): title for title in listed}
    if listed_title := spelt_as(plain, listed):
        return listed_title
    for title in _ORDER:
        if plain in _SAID_FOR[title] and title in known:
            return known[title]
    begun = only(title for begun_with, title in known.items() if re.match(rf"{re.escape(begun_with)}\W", plain))
    close = difflib.get_close_matches(plain, known, n=1, cutoff=_CLOSE) if len(plain) < _LONG else []
    return begun or (known[close[0]] if close else None)
