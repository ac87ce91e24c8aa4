"""The narrative's marks put and taken by a key: bold words, bullets, and the line after a bullet.

Places in a text are counted from 0; a selection is from its first place to behind its last.
"""

import re
from typing import NamedTuple

from spp_desktop.plan.narrative import BOLD, BULLETS

_WORD = re.compile(r"\S+")
_EDGES = re.compile(r"(?P<before>(?:[-•] )?\s*)(?P<words>.*?)(?P<after>\s*)", re.DOTALL)


class TypedChange(NamedTuple):
    """What becomes of a text: what is put in the place of a part of it, and what is selected then."""

    start: int
    end: int
    text: str
    first: int
    last: int


def toggle_bold(text: str, first: int, last: int) -> TypedChange:
    """Make what is selected bold, line by line, or plain where all of it is bold; else the word there."""
    if first == last:
        first, last = next(
            ((word.start(), word.end()) for word in _WORD.finditer(text) if word.start() <= first <= word.end()),
            (first, last),
        )
    if not text[first:last].strip():
        return TypedChange(first, last, BOLD * 2, first + len(BOLD), first + len(BOLD))
    if text[:first].endswith(BOLD) and text[last:].startswith(BOLD):
        first, last = first - len(BOLD), last + len(BOLD)
    lines = [_EDGES.fullmatch(line) for line in text[first:last].split("\n")]
    words = [line["words"] for line in lines if line is not None and line["words"]]
    plain = all(_is_bold(each) for each in words)
    made = "\n".join(
        line["before"] + (_turned(line["words"], plain=plain) if line["words"] else "") + line["after"]
        for line in lines
        if line is not None
    )
    return TypedChange(first, last, made, first, first + len(made))


def _is_bold(words: str) -> bool:
    return len(words) > 2 * len(BOLD) and words.startswith(BOLD) and words.endswith(BOLD)


def _turned(words: str, *, plain: bool) -> str:
    """Words made plain, or bold as a whole."""
    bare = words.replace(BOLD, "")
    return bare if plain else f"{BOLD}{bare}{BOLD}"


def toggle_bullets(text: str, first: int, last: int) -> TypedChange:
    """Make bullets of the lines that are selected, or plain lines where all of them are bullets."""
    start = text.rfind("\n", 0, first) + 1
    end = text.find("\n", last)
    end = len(text) if end < 0 else end
    lines = text[start:end].split("\n")
    filled = [line for line in lines if line.strip()]
    if filled and all(line.startswith(BULLETS) for line in filled):
        made = "\n".join(line[2:] if line.startswith(BULLETS) else line for line in lines)
    else:
        made = "\n".join(BULLETS[0] + line if not line.startswith(BULLETS) else line for line in lines)
    return TypedChange(start, end, made, start if first != last else start + len(made), start + len(made))


def line_after(text: str, at: int) -> TypedChange | None:
    """What Enter does in a bullet: begin the next one, or end the list in an empty one; ``None`` elsewhere."""
    start = text.rfind("\n", 0, at) + 1
    line = text[start:at]
    bullet = next((mark for mark in BULLETS if line.startswith(mark)), "")
    if not bullet:
        return None
    if line == bullet and text[at : at + 1] in {"", "\n"}:
        return TypedChange(start, at, "", start, start)
    begun = f"\n{bullet}"
    return TypedChange(at, at, begun, at + len(begun), at + len(begun))
