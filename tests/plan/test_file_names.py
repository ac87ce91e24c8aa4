"""Names of files: accepted everywhere, and never one file for two names."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.plan import file_names


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("ACC Crime", "ACC Crime"),
        ("A/B: “C” <x>.", "A B “C” x"),
        ("..", "__"),
        (" .?", "___"),
        ("ACC\tCrime\n", "ACC Crime"),
        ("ACC\u202eemirC", "ACC emirC"),
        ("con", "con_"),
        ("LPT1.old", "LPT1.old_"),
        ("constable", "constable"),
        ("é" * 200, "é" * 60),
        ("", ""),
    ],
)
def test_a_name_as_a_part_of_a_file_name(name: str, part: str) -> None:
    assert file_names.part(name) == part


@pytest.mark.parametrize(
    ("names", "parts"),
    [
        (["ACC Crime", "ACC Crime.", "acc crime"], ["ACC Crime", "ACC Crime (2)", "acc crime (3)"]),
        (["A/B", "A:B", "A B (2)"], ["A B", "A B (2)", "A B (2) (2)"]),
        (["Café", "Cafe\u0301"], ["Café", "Cafe\u0301 (2)"]),
        (["..", "::"], ["__", "__ (2)"]),
    ],
)
def test_names_that_fold_to_one(names: list[str], parts: list[str]) -> None:
    assert list(file_names.parts(names).values()) == parts


@given(st.lists(st.text(min_size=1), unique=True, max_size=12))
def test_no_two_names_are_one_file(names: list[str]) -> None:
    parts = file_names.parts(names)
    assert list(parts) == names
    folded = {unicodedata.normalize("NFKC", part).casefold() for part in parts.values()}
    assert len(folded) == len(names)
    for part in parts.values():
        assert part
        assert not set(part) & set('<>:"/\\|?*')
        assert part == part.strip(" .")
        assert all(unicodedata.category(letter)[0] != "C" for letter in part)
        assert len(part.encode()) <= file_names.LONGEST + len(" (12)_")
