"""Names of files: accepted everywhere, and never one file for two names."""

import unicodedata
from pathlib import Path

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
        ("LPT1.old", "LPT1_.old"),
        ("com¹ . x", "com¹_ . x"),
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
        assert file_names.unfit(Path(f"{part}.xlsx"), "win32") is None
        assert all(unicodedata.category(letter)[0] != "C" for letter in part)
        assert len(part.encode()) <= file_names.LONGEST + len(" (12)_")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (r"C:\Plans\What next?.plan", "called “What next?.plan”: a name may hold none of"),
        (r"C:\Plans\a*b\Plan.plan", "called “a*b”: a name may hold none of"),
        ("Plan.plan:hidden", "called “Plan.plan:hidden”: a name may hold none of"),
        ("nul.plan", "called “nul.plan”: that is the name of a device"),
        (r"\\server\share\COM1\Plan.plan", "called “COM1”: that is the name of a device"),
        ("LPT² .x.plan", "that is the name of a device"),
        ("Plan.", "may not end with a space or a full stop"),
        ("Plan \\x.plan", "called “Plan ”: a name may not end with a space or a full stop"),
        ("Plan\tB.plan", "a name may hold no line breaks, tabs or the like"),
    ],
)
def test_names_that_windows_forbids_are_told_there(path: str, words: str) -> None:
    sentence = file_names.unfit(Path(path), "win32")
    assert sentence is not None
    assert words in sentence
    assert sentence.endswith("Nothing was written; choose another name.")
    assert file_names.unfit(Path(path), "linux") is None


@pytest.mark.parametrize(
    "path",
    [r"C:\Plans\Policing plan.plan", r"..\.\Plan.plan", r"\\server\share\Plan.plan", r"\\?\C:\Plans\Plan.plan",
     "constable.plan", "Communications.plan", ".hidden", "Heddlu Gŵyl, ŷ.plan"],
)  # fmt: skip
def test_names_that_windows_keeps_are_taken(path: str) -> None:
    assert file_names.unfit(Path(path), "win32") is None
