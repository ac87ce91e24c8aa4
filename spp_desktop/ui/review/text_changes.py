"""What has changed between two texts, word by word."""

import re
from difflib import SequenceMatcher
from html import escape
from typing import Literal, NamedTuple

MOST_WORDS = 1500
"""Words of either text that are held against each other; longer texts are only cut where they begin to differ."""

NEAR = 24
"""Letters that two texts may share at their beginning before a table shows the second from its change on."""

_ALIKE = 0.4
_FEW = 6
_WORD = re.compile(r"\d[\d/.,:]*%?|\w+|\s+|[^\w\s]")


class TextPart(NamedTuple):
    """A stretch of text that is in both of two texts, only in the first, or only in the second."""

    kind: Literal["same", "gone", "new"]
    text: str


def changes(before: str, after: str) -> list[TextPart]:
    """The parts of two texts in their order; where little is shared, and of a few words, the whole of each."""
    if before == after:
        return [TextPart("same", after)] if after else []
    one, other = _WORD.findall(before), _WORD.findall(after)
    start = _shared(one, other)
    end = _shared(one[start:][::-1], other[start:][::-1])
    head, tail = "".join(one[:start]), "".join(one[len(one) - end :])
    middle = _between(one[start : len(one) - end], other[start : len(other) - end])
    found = _joined([TextPart("same", head), *middle, TextPart("same", tail)])
    same = sum(len(part.text) for part in found if part.kind == "same")
    if max(len(one), len(other)) < _FEW or same < _ALIKE * min(len(before), len(after)):
        found = [TextPart("gone", before), TextPart("new", after)]
    return [part for part in found if part.text]


def _shared(one: list[str], other: list[str]) -> int:
    """How many words or letters two lists have in common at their beginning."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _between(one: list[str], other: list[str]) -> list[TextPart]:
    if max(len(one), len(other)) > MOST_WORDS:
        return [TextPart("gone", "".join(one)), TextPart("new", "".join(other))]
    parts = []
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        gone, new = "".join(one[a:b]), "".join(other[c:d])
        parts += [TextPart("same", gone)] if tag == "equal" else [TextPart("gone", gone), TextPart("new", new)]
    return parts


def _joined(parts: list[TextPart]) -> list[TextPart]:
    """The parts with what is only a space between two changes put into both, so that phrases stay whole."""
    found: list[TextPart] = []
    gone = new = ""
    for place, part in enumerate(parts):
        inner = 0 < place < len(parts) - 1 and bool(gone or new) and not part.text.strip()
        if part.kind == "gone" or (inner and part.kind == "same"):
            gone += part.text
        if part.kind == "new" or (inner and part.kind == "same"):
            new += part.text
        if part.kind == "same" and part.text and not inner:
            found += [TextPart("gone", gone), TextPart("new", new), part]
            gone = new = ""
    found += [TextPart("gone", gone), TextPart("new", new)]
    return found


def marked(before: str, after: str, gone: str, new: str) -> str:
    """The second text as HTML: what is gone of the first struck out, what is new underlined, in these colours too.

    Where nothing of the first is left, it is not repeated.
    """
    styles = {"gone": f"color:{gone}; text-decoration:line-through", "new": f"color:{new}; text-decoration:underline"}
    said = []
    parts = changes(before, after)
    if all(part.kind != "same" for part in parts):
        parts = [part for part in parts if part.kind == "new"]  # nothing is shared: the first text stands above
    for part in parts:
        text = lines(part.text)
        said.append(text if part.kind == "same" else f'<span style="{styles[part.kind]}">{text}</span>')
    return "".join(said)


def lines(text: str) -> str:
    """A text as HTML that shows its lines."""
    return escape(text).replace("\n", "<br>")


def near_change(before: str, after: str) -> str:
    """The second text on one line, from shortly before the first change if that is far from its beginning."""
    said = " ".join(after.split())
    shared = next(
        (n for n, (a, b) in enumerate(zip(before, said, strict=False)) if a != b), min(len(before), len(said))
    )
    if shared <= NEAR or before == said:
        return said
    start = said.rfind(" ", 0, max(shared - NEAR // 3, 0)) + 1
    return f"… {said[start:]}" if start else said
