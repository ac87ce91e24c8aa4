"""Texts that say the same, or nearly so, found without holding every text against every other.

A text is the set of its words. Two are near if the words that both have are at least ``NEAR`` of all that either has
(Jaccard's index; order does not count, so that re-ordered clauses are found). Two such sets must share one of the
rarest words of either: a set of n words can lack no more than n - NEAR·n of the other's, so among its n - NEAR·n + 1
rarest one is shared (Chaudhuri, Ganti and Kaushik 2006: the prefix filter). Texts are one group if steps from near to
near lead from each to each; what is one already is not held against each other again.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from unicodedata import normalize

NEAR = 0.7
"""The share of words that two texts have in common from which they are nearly the same.

The two near pairs of the West Midlands plan of 2008 have 0.92 of theirs; the next nearest pair has 0.38.
"""

_WordSet = frozenset[str]

_WORD = re.compile(r"\w+")
_SAME_WORD = {"&": "and"}


def words_of(text: str) -> frozenset[str]:
    """The words of a text in small letters, "&" read as "and"."""
    plain = normalize("NFKC", text).casefold()
    for other, word in _SAME_WORD.items():
        plain = plain.replace(other, f" {word} ")
    return frozenset(_WORD.findall(plain))


def nearness(own: frozenset[str], other: frozenset[str]) -> float:
    """How much of their words two texts have in common: 1 for all, 0 for none."""
    both = len(own & other)
    return both / (len(own) + len(other) - both) if both else 0.0


class AlikeTexts:
    """Texts by key, gathered into groups of those that are the same or nearly so."""

    def __init__(self, texts: Iterable[tuple[str, str]] = ()) -> None:
        words = {key: words_of(text) for key, text in texts}
        counted = Counter(word for own in words.values() for word in own)
        rarest_first = sorted(counted, key=lambda word: (counted[word], word))
        self._order = {word: place for place, word in enumerate(rarest_first)}
        self._words: dict[str, _WordSet] = {}
        self._keys: dict[_WordSet, list[str]] = {}
        self._group: dict[_WordSet, set[_WordSet]] = {}
        self._having: dict[str, set[_WordSet]] = defaultdict(set)
        for key, own in words.items():
            self._add(key, own)

    def same(self, key: str, text: str) -> bool:
        """Whether the text of this key is known, and has the same words."""
        return self._words.get(key) == words_of(text)

    def grouped(self, key: str) -> bool:
        """Whether another text says the same as that of this key, or nearly so."""
        own = self._words.get(key)
        return own is not None and (len(self._keys[own]) > 1 or len(self._group[own]) > 1)

    def put(self, key: str, text: str | None) -> None:
        """Take in one text in place of what the key had; ``None`` where it is there no more."""
        if key in self._words:
            self._remove(key)
        if text is not None:
            self._add(key, words_of(text))

    def groups(self) -> list[list[str]]:
        """The groups of two and more, each as the keys of its texts."""
        several = {id(group): group for group in self._group.values()}.values()
        listed = ([key for own in group for key in self._keys[own]] for group in several)
        return [keys for keys in listed if len(keys) > 1]

    def nearness(self, key: str, other: str) -> float:
        """How near the texts of two keys are."""
        return nearness(self._words[key], self._words[other])

    def _rarest(self, own: _WordSet) -> list[str]:
        """The words of a text of which one must be shared by a text near to it."""
        ordered = sorted(own, key=lambda word: (self._order.get(word, -1), word))
        return ordered[: len(own) - math.ceil(NEAR * len(own)) + 1] if own else []

    def _add(self, key: str, own: _WordSet) -> None:
        self._words[key] = own
        if own in self._keys:
            self._keys[own].append(key)
            return
        self._keys[own] = [key]
        self._group[own] = {own}
        rarest = self._rarest(own)
        self._join(own, {other for word in rarest for other in self._having.get(word, ())})
        for word in rarest:
            self._having[word].add(own)

    def _join(self, own: _WordSet, others: Iterable[_WordSet]) -> None:
        """Make one group of a text and those near to it."""
        for other in others:
            if self._group[other] is not self._group[own] and nearness(own, other) >= NEAR:
                larger, smaller = sorted((self._group[own], self._group[other]), key=len, reverse=True)
                larger |= smaller
                for moved in smaller:
                    self._group[moved] = larger

    def _remove(self, key: str) -> None:
        """Take a text away, and find anew which of those that it was near to are near to each other."""
        own = self._words.pop(key)
        self._keys[own].remove(key)
        if self._keys[own]:
            return
        del self._keys[own]
        for word in self._rarest(own):
            self._having[word].discard(own)
        left = self._group.pop(own) - {own}
        self._group |= {other: {other} for other in left}
        for other in left:
            self._join(other, {near for word in self._rarest(other) for near in self._having[word] & left})
