"""People's texts as they may stand in an accessible workbook: without signs that no voice reads, and without marks.

The rules are N1 to N3 and F3 of ``checklist``. Nothing is left out: a sign that is not read is written as its name, a
mark behind a word becomes a note that says which mark it was.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from spp_desktop.returns.words import LONGEST, clean, cut

SAFE = frozenset(".,:;!?'\"()[]/\\-_+=%&@#£$€<> \n\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}“”…")
SAFE_DASHES = frozenset("\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}")
"""Signs that stay beside letters and digits. The guidance allows seventeen, of which £, %, & and / are known here."""

MARKS = {"*": "an asterisk", "†": "a dagger", "‡": "a double dagger", "§": "a section sign", "¶": "a paragraph sign"}
"""Signs that are marks of notes where they stand behind a word, by name."""

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_POWERS = {"²": " squared", "³": " cubed"}
_POWER = re.compile(r"(?<=m)[²³](?!\w)")
_SIGNS = f"[{re.escape(''.join(MARKS))}]+|[{SUPERSCRIPTS}]+"
_MARK_BEHIND_WORD = re.compile(rf"(?<=\S)(?:(?P<close>{_SIGNS})(?!\w)|[ ](?P<apart>{_SIGNS})(?=\s*$))", re.MULTILINE)

_BULLET = re.compile(r"^([ \t]*)[•·‣▪●◦∙*][ \t]+", re.MULTILINE)
_NOTE_OF_PLAN = re.compile(r"[\[(]\s*((?:foot)?notes?\s*[0-9][0-9, ]*)[\])]", re.IGNORECASE)
_UNSEEN = ("Cc", "Cf", "Cs")
_LETTERS = ("L", "M", "N")
_VARIANTS = range(0xFE00, 0xFE10)


class SpokenText(NamedTuple):
    """A text as a workbook says it, and the texts of the notes that its marks became."""

    text: str
    notes: tuple[str, ...] = ()


@lru_cache(maxsize=20_000)
def as_spoken(text: str) -> SpokenText:
    """A text of the plan: without its marks, its signs by their names, and its square brackets round.

    Square brackets are for the workbook's own notes and shorthand.
    """
    whole = _POWER.sub(lambda match: _POWERS[match[0]], clean(text))
    whole = _NOTE_OF_PLAN.sub(r"\1", _BULLET.sub(r"\1- ", whole))
    notes: list[str] = []

    def taken(match: re.Match[str]) -> str:
        """A mark taken off, and noted."""
        notes.append(_noted(match["close"] or match["apart"]))
        return ""

    whole = _MARK_BEHIND_WORD.sub(taken, whole)
    spelt = "".join(map(_spelt, whole.replace("[", "(").replace("]", ")")))
    return SpokenText(cut(" ".join(spelt.split(" ")).strip(), LONGEST), tuple(dict.fromkeys(notes)))


def _noted(mark: str) -> str:
    if mark[0] in SUPERSCRIPTS:
        return f"The plan has a raised {''.join(str(SUPERSCRIPTS.index(digit)) for digit in mark)} behind these words."
    names = " and ".join(MARKS[sign] for sign in mark)
    return f"The plan has {names} behind these words."


@lru_cache(maxsize=4096)
def is_read(letter: str) -> bool:
    """Whether a letter or sign may stand in an accessible workbook."""
    if letter in SAFE or letter in SAFE_DASHES:
        return True
    return unicodedata.category(letter)[0] in _LETTERS and letter not in SUPERSCRIPTS and ord(letter) not in _VARIANTS


def _spelt(letter: str) -> str:
    """A letter as it is, or a sign by its name."""
    if is_read(letter):
        return letter
    if letter.isspace():
        return " "
    if unicodedata.category(letter) in _UNSEEN or ord(letter) in _VARIANTS:
        return ""
    if letter in SUPERSCRIPTS:
        return str(SUPERSCRIPTS.index(letter))
    return f"({unicodedata.name(letter, f'sign {ord(letter):04X}').lower()})"
