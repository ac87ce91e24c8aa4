"""Text as a workbook can hold it."""

import re

LONGEST = 32_767
"""Characters that one cell of a workbook can hold."""

REPLACED = "\N{REPLACEMENT CHARACTER}"

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BEFORE_DOTS = " ,;:·-("
"""What does not stand before the dots that say that more was said."""

_GUARD = re.compile(r"_x005F(?=_x[0-9A-Fa-f]{4}_)")
_CODE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def clean(text: str) -> str:
    """The text without what no workbook can hold, which is replaced where it can be seen; outer space is taken off."""
    if text.isprintable():  # as most are
        return text.strip()
    return _UNFIT.sub(REPLACED, text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def escape(text: str) -> str:
    """The text so that a workbook does not take part of it for the code of a character (ECMA-376 22.9.2.19)."""
    return _CODE.sub(lambda match: f"_x005F{match[0]}", text) if "_x" in text else text


def cut(text: str, most: int) -> str:
    """A text that is no longer than it may be, cut between words where it has them."""
    if len(text) <= most:
        return text
    kept = text[:most]
    return (kept.rpartition(" ")[0] or kept[:-1]).rstrip(_BEFORE_DOTS) + "…"


def without_guards(text: str) -> str:
    """The text as it was before ``escape``, where a program that knows no such codes has kept what that wrote."""
    return _GUARD.sub("", text)


def unescape(text: str) -> str:
    """The text with a workbook's codes of characters read."""
    if "_x" not in text:
        return text
    read = _CODE.sub(lambda match: chr(int(match[1], 16)), text)
    return read.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # two codes may make one character
