"""Texts that say the same or nearly so: found as by holding every one against every other, and kept up to date."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spp_desktop.store.checks.alike import NEAR, AlikeTexts, nearness, words_of

WORDS = st.lists(st.sampled_from("abcdefghij"), min_size=1, max_size=8).map(" ".join)


def groups(alike: AlikeTexts) -> set[frozenset[str]]:
    return {frozenset(keys) for keys in alike.groups()}


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("Build trust & confidence", "build  TRUST and confidence!", 1.0),
        ("Build trust", "Trust: build", 1.0),
        ("a b c d", "a b c e", 0.6),
        ("a", "b", 0.0),
        ("", "", 0.0),
    ],
)
def test_how_near_two_texts_are(one: str, other: str, near: float) -> None:
    assert nearness(words_of(one), words_of(other)) == pytest.approx(near)


def by_hand(texts: dict[str, str]) -> set[frozenset[str]]:
    """The groups, by holding every text against every other."""
    group = {key: {key} for key in texts}
    for one, other in combinations(texts, 2):
        these, those = words_of(texts[one]), words_of(texts[other])
        if these == those or nearness(these, those) >= NEAR:
            whole = group[one] | group[other]
            group |= dict.fromkeys(whole, whole)
    return {frozenset(keys) for keys in group.values() if len(keys) > 1}


@given(st.lists(WORDS, max_size=10), st.lists(st.tuples(st.integers(0, 12), st.none() | WORDS), max_size=5))
@settings(max_examples=100)
def test_groups_are_those_found_by_hand_whatever_is_put_in_or_taken_out(
    texts: list[str], puts: list[tuple[int, str | None]]
) -> None:
    known = {str(n): text for n, text in enumerate(texts)}
    alike = AlikeTexts(known.items())
    assert groups(alike) == by_hand(known)
    for at, text in puts:
        alike.put(str(at), text)
        known = {key: own for key, own in known.items() if key != str(at)} | ({} if text is None else {str(at): text})
        assert groups(alike) == by_hand(known)
        assert text is None or alike.same(str(at), text)
