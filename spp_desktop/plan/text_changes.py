"""What has changed between two texts: their paragraphs are matched first, then the words of those that differ.

However long the texts are, the time that it takes grows as they do: where many words differ, those are matched first
that each text has once, and only short stretches between them are looked at word against word.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

SHORT = 10_000
"""The most pairs of elements of two stretches that are all looked at."""

NEAR = 24
"""The most letters before the first change that a table shows in full; of more it leaves out the beginning."""

_DEEPEST = 6
"""How often what stands between matched elements is parted again."""
_ALIKE = 0.4
_FEW = 6
_WORD = re.compile(r"\d[\d/.,:]*%?|\w+|\s+|[^\w\s]")
_LINE = re.compile(r"\n+|[^\n]+")

_Stretch = tuple[int, int, int, int]
"""From where to where of the first sequence, and of the second."""


class TextPart(NamedTuple):
    """A stretch of text that is in both of two texts, only in the first, or only in the second."""

    kind: Literal["same", "gone", "new"]
    text: str


def changes(before: str, after: str) -> list[TextPart]:
    """The parts of two texts in order; the whole of both where they have few words, or where they share little."""
    if before == after:
        return [TextPart("same", after)] if after else []
    lines, others = _LINE.findall(before), _LINE.findall(after)
    parts: list[TextPart] = []
    for a, b, c, d in _gaps_with_matches(lines, others):
        if b - a == d - c and lines[a:b] == others[c:d]:
            parts.append(TextPart("same", "".join(others[c:d])))
        else:
            parts += _of_words("".join(lines[a:b]), "".join(others[c:d]))
    return list(_merged(parts))


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


def matched(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[tuple[int, int]]:
    """The places of elements that two sequences share, in order in both."""
    pairs: list[tuple[int, int]] = []
    left: list[tuple[_Stretch, int]] = [((0, len(before), 0, len(after)), 0)]
    while left:
        (a, b, c, d), depth = left.pop()
        while a < b and c < d and before[a] == after[c]:
            pairs.append((a, c))
            a, c = a + 1, c + 1
        while a < b and c < d and before[b - 1] == after[d - 1]:
            b, d = b - 1, d - 1
            pairs.append((b, d))
        if (b - a) * (d - c) <= SHORT:
            blocks = SequenceMatcher(None, before[a:b], after[c:d], autojunk=False).get_matching_blocks()
            pairs += [(a + i + n, c + j + n) for i, j, size in blocks for n in range(size)]
        elif depth < _DEEPEST and (alone := _once_in_each(before, after, (a, b, c, d))):
            pairs += alone
            left += [(gap, depth + 1) for gap in _between(alone, (a, b, c, d))]
    return sorted(pairs)


def _once_in_each(before: Sequence[Hashable], after: Sequence[Hashable], stretch: _Stretch) -> list[tuple[int, int]]:
    """The elements that each stretch has once, as many of them as stand in the same order in both."""
    a, b, c, d = stretch
    counts, others = Counter(before[a:b]), Counter(after[c:d])
    places = {element: place for place, element in enumerate(after[c:d], c) if others[element] == 1}
    pairs = [(n, places[each]) for n, each in enumerate(before[a:b], a) if counts[each] == 1 and each in places]
    return [pairs[n] for n in _longest_rise([place for _, place in pairs])]


def _longest_rise(numbers: Sequence[int]) -> list[int]:
    """The places of a longest run of different numbers that rises, others between them left out."""
    lowest: list[int] = []  # by its length, the lowest number with which a run ends, and the place of that
    places: list[int] = []
    earlier: list[int] = []
    for place, number in enumerate(numbers):
        length = bisect_left(lowest, number)
        earlier.append(places[length - 1] if length else -1)
        if length == len(lowest):
            lowest.append(number)
            places.append(place)
        else:
            lowest[length], places[length] = number, place
    run, place = list[int](), places[-1] if places else -1
    while place >= 0:
        run.append(place)
        place = earlier[place]
    return run[::-1]


def _between(pairs: Sequence[tuple[int, int]], stretch: _Stretch) -> Iterator[_Stretch]:
    """The stretches between matched elements that have something in both."""
    a, b, c, d = stretch
    for at, other in (*pairs, (b, d)):
        if at > a and other > c:
            yield a, at, c, other
        a, c = at + 1, other + 1


def _gaps_with_matches(before: Sequence[Hashable], after: Sequence[Hashable]) -> Iterator[_Stretch]:
    """Matched elements, each by itself, and the stretches between them, of which one may be empty."""
    a = c = 0
    for at, other in matched(before, after):
        if at > a or other > c:
            yield a, at, c, other
        yield at, at + 1, other, other + 1
        a, c = at + 1, other + 1
    if a < len(before) or c < len(after):
        yield a, len(before), c, len(after)


def _of_words(before: str, after: str) -> list[TextPart]:
    words, others = _WORD.findall(before), _WORD.findall(after)
    parts = []
    for a, b, c, d in _gaps_with_matches(words, others):
        gone, new = "".join(words[a:b]), "".join(others[c:d])
        parts += [TextPart("same", new)] if gone == new else [TextPart("gone", gone), TextPart("new", new)]
    parts = _joined(list(_merged(parts)))
    same = sum(len(part.text) for part in parts if part.kind == "same")
    if max(len(words), len(others)) < _FEW or same < _ALIKE * min(len(before), len(after)):
        parts = [TextPart("gone", before), TextPart("new", after)]
    return [part for part in parts if part.text]


def _merged(parts: Sequence[TextPart]) -> Iterator[TextPart]:
    """The parts that hold something, those of one kind behind one another as one."""
    kind, texts = parts[0].kind, list[str]()
    for part in parts:
        if part.kind != kind and part.text:
            if texts:
                yield TextPart(kind, "".join(texts))
            kind, texts = part.kind, []
        if part.text:
            texts.append(part.text)
    if texts:
        yield TextPart(kind, "".join(texts))


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
