"""Targets that are a place among forces: "2nd", "top quartile", "best or second best in MSF"."""

import re
from fractions import Fraction

_PEER = re.compile(
    r"\b(?:quartile|quintile|decile|msf|mscf|mssf|peers?|peer group|most similar|similar (?:forces|family)|iquanta)\b"
    r"|\b(?:top|best|first|upper) half\b|\bhalf of (?:the )?(?:group|forces)\b"
)
_ORDINAL = r"(?:[0-9]+(?:st|nd|rd|th)|best|first|second|third|fourth|fifth|top)"
_PLACE = re.compile(
    rf"^(?:at least |be |to be |in |within |remain |stay |the |or |and |{_ORDINAL}|place|placed|position|force|forces"
    r"|better|higher|nationally|in the country|in england and wales|of [0-9]+|out of [0-9]+|\s)+$"
)
_RANKED = re.compile(
    r"^(?:be )?(?:rank(?:ed|ing)?|place|position)(?: of| no\.?)? ?#?(?P<rank>[0-9]+)(?:st|nd|rd|th)?\b"
)
_TOP = re.compile(r"^(?:in |within |be in )?(?:the )?(?:top|best) (?P<rank>[0-9]+)$")
_RANKS = {"best": 1.0, "first": 1.0, "second": 2.0, "third": 3.0, "fourth": 4.0, "fifth": 5.0}
_RANK = re.compile(r"\b(?:([0-9]+)(?:st|nd|rd|th)|(best|first|second|third|fourth|fifth))\b")
_BAND = re.compile(
    r"\b(?:(?P<nth>top|upper|best|first|1st|second|2nd|third|3rd|fourth|4th|bottom|lower|lowest|worst|median) )?"
    r"(?P<count>[0-9]+ )?(?P<band>quartile|quintile|decile|half|average|mean|median)s?\b"
)
_BANDS = {"quartile": 4, "quintile": 5, "decile": 10, "half": 2}
_NTH = {"top": 1, "upper": 1, "best": 1, "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3}
_ASIDE = re.compile(r"\([^()]*\)")


def is_rank(stated: str) -> bool:
    """Whether words say a place among forces."""
    plain = " ".join(_ASIDE.sub(" ", stated.lower()).split())
    if _PEER.search(plain):
        return True
    placed = _PLACE.match(plain) is not None and re.search(rf"\b{_ORDINAL}\b", plain) is not None
    return placed or _RANKED.match(plain) is not None or _TOP.match(plain) is not None


def is_band(stated: str) -> bool:
    """Whether words name a part of a group, or its average, and no one place in it."""
    return _BAND.search(stated.lower()) is not None


def rank(stated: str) -> float | None:
    """The lowest place that still meets the target; a quartile or an average has none."""
    plain = " ".join(stated.lower().split())
    numbered = _RANKED.match(plain) or _TOP.match(plain)
    if numbered is not None:
        return float(numbered["rank"])
    if _BAND.search(plain):
        return None
    ranks = [float(digits) if digits else _RANKS[word] for digits, word in _RANK.findall(plain)]
    return max(ranks, default=None)


def share(stated: str) -> Fraction | None:
    """The best part of a group that is aimed at: a quarter for "top quartile".

    ``None`` for a place, an average, or what is not counted from the best, such as "bottom quartile".
    """
    match = _BAND.search(" ".join(stated.lower().split()))
    if match is None or match["band"] not in _BANDS:
        return None
    nth = _NTH.get(match["nth"] or "top")
    parts = _BANDS[match["band"]]
    if nth is None:
        return None
    size = nth * int(match["count"] or 1)
    return None if size > parts else Fraction(size, parts)
