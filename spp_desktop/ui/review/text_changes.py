"""What has changed between two texts, word by word."""

import re
from difflib import SequenceMatcher
from html import escape
from typing import Literal, NamedTuple

MOST_WORDS = 1500
"""The most words of either text that are compared; longer texts are only cut where they begin to differ."""

NEAR = 24
"""The most letters before the first change that a table shows in full; of more it leaves out the beginning."""

_ALIKE = 0.4
_FEW = 6
_WORD = re.compile(r"\d[\d/.,:]*%?|\w+|\s+|[^\w\s]")


class TextPart(NamedTuple):
    """A stretch of text that is in both of two texts, only in the first, or only in the second."""

    kind: Literal["same", "gone", "new"]
    text: str


def changes(before: str, after: str) -> list[TextPart]:
    """The parts of two texts in order; the whole of each text if it has few words, or if the two share little."""
    if before == after:
        return [TextPart("same", after)] if after else []
    words, others = _WORD.findall(before), _WORD.findall(after)
    start = _shared(words, others)
    end = _shared(words[start:][::-1], others[start:][::-1])
    head, tail = "".join(words[:start]), "".join(words[len(words) - end :])
    middle = _between(words[start : len(words) - end], others[start : len(others) - end])
    parts = _joined([TextPart("same", head), *middle, TextPart("same", tail)])
    same = sum(len(part.text) for part in parts if part.kind == "same")
    if max(len(words), len(others)) < _FEW or same < _ALIKE * min(len(before), len(after)):
        parts = [TextPart("gone", before), TextPart("new", after)]
    return [part for part in parts if part.text]


def _shared(words: list[str], others: list[str]) -> int:
    """The number of words or letters that two lists share at their beginning."""
    both = zip(words, others, strict=False)
    return next((n for n, (a, b) in enumerate(both) if a != b), min(len(words), len(others)))


def _between(words: list[str], others: list[str]) -> list[TextPart]:
    if max(len(words), len(others)) > MOST_WORDS:
        return [TextPart("gone", "".join(words)), TextPart("new", "".join(others))]
    parts = []
    for tag, a, b, c, d in SequenceMatcher(None, words, others, autojunk=False).get_opcodes():
        gone, new = "".join(words[a:b]), "".join(others[c:d])
        parts += [TextPart("same", gone)] if tag == "equal" else [TextPart("gone", gone), TextPart("new", new)]
    return parts


def _joined(parts: list[TextPart]) -> list[TextPart]:
    """The parts, with a space between two changes counted as part of both, so that phrases stay whole."""
    joined: list[TextPart] = []
    gone = new = ""
    for place, part in enumerate(parts):
        inner = 0 < place < len(parts) - 1 and bool(gone or new) and not part.text.strip()
        if part.kind == "gone" or (inner and part.kind == "same"):
            gone += part.text
        if part.kind == "new" or (inner and part.kind == "same"):
            new += part.text
        if part.kind == "same" and part.text and not inner:
            joined += [TextPart("gone", gone), TextPart("new", new), part]
            gone = new = ""
    joined += [TextPart("gone", gone), TextPart("new", new)]
    return joined


def marked(before: str, after: str, gone: str, new: str) -> str:
    """The second text as HTML. What is gone of the first is struck out and what is new underlined, both in colour.

    If nothing of the first text is left, it is not repeated.
    """
    styles = {"gone": f"color:{gone}; text-decoration:line-through", "new": f"color:{new}; text-decoration:underline"}
    marked_parts = []
    parts = changes(before, after)
    if all(part.kind != "same" for part in parts):
        parts = [part for part in parts if part.kind == "new"]  # nothing is shared: the first text stands above
    for part in parts:
        text = lines(part.text)
        marked_parts.append(text if part.kind == "same" else f'<span style="{styles[part.kind]}">{text}</span>')
    return "".join(marked_parts)


def lines(text: str) -> str:
    """A text as HTML that keeps its lines."""
    return escape(text).replace("\n", "<br>")


def near_change(before: str, after: str) -> str:
    """The second text on one line, from shortly before the first change if that is far from the beginning."""
    line = " ".join(after.split())
    shared = next(
        (n for n, (a, b) in enumerate(zip(before, line, strict=False)) if a != b), min(len(before), len(line))
    )
    if shared <= NEAR or before == line:
        return line
    start = line.rfind(" ", 0, max(shared - NEAR // 3, 0)) + 1
    return f"… {line[start:]}" if start else line
