"""Protective markings that people type into texts, as data."""

import re

_MARKING = re.compile(
    r"\b(?:TOP SECRET|SECRET|CONFIDENTIAL|RESTRICTED|PROTECT|OFFICIAL)(?: ?[-\u2010-\u2015:] ?[A-Z]{4,}| SENSITIVE)*\b"
    r"|(?i:\bnot protectively marked\b)"
)
"""A marking of either scheme, before 2014 and since: in capitals, with what may follow it (OFFICIAL-SENSITIVE)."""


def marking_in(text: str, of_plan: str) -> str:
    """The protective marking that a text bears and the plan does not; empty if it bears none."""
    borne = " ".join(of_plan.upper().split())
    markings = (" ".join(match[0].split()) for match in _MARKING.finditer(text))
    return next((marking for marking in markings if marking.upper() not in borne), "")
