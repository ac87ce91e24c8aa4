"""References as people type and paste them: several at once, forgiven, and asked about where they are not clear."""

import pytest

from spp_desktop.plan.kinds import Doubt
from spp_desktop.store.references import References
from spp_desktop.store.threads import LinkedRow

ROWS = (
    LinkedRow("p3", "priority", "P3", "Road safety"),
    LinkedRow("c", "commitment", "P3.2.5", "We will drive slowly, and look"),
    LinkedRow("a8", "activity", "1.05", "Drive", 2008),
    LinkedRow("a9", "activity", "1.05", "Drive on", 2009),
    LinkedRow("b9", "activity", "2.03", "Stop", 2009),
    LinkedRow("r", "risk", "RES 4", "No fuel"),
    LinkedRow("m", "milestone", "1.05/1", "First step", 2008),
)
NAMED = References(ROWS, 2008)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("1.05, 2.03; RES 4", ["a8", "b9", "r"]),
        ("p3;3.2.5", ["p3", "c"]),
        ("3", ["p3"]),
        ("res-4\nRES4\t1.05/1", ["r", "m"]),
        ("1.05 (2009-2010)", ["a9"]),
        ("P3 Road safety", ["p3"]),
        ("risk RES 4; Priority p3", ["r", "p3"]),
        (" ; , ", []),
    ],
)
def test_references_are_read(text: str, keys: list[str]) -> None:
    rows = NAMED.read(text)
    assert not isinstance(rows, Doubt), rows
    assert [row.key for row in rows] == keys


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("9.99", "Nothing that can be linked here has the reference “9.99”"),
        ("1.05; P9", "“P9”"),
        ("P3 Rail safety", "“P3 Rail safety”"),
    ],
)
def test_what_names_nothing_is_said(text: str, sentence: str) -> None:
    doubt = NAMED.read(text)
    assert isinstance(doubt, Doubt)
    assert sentence in doubt.sentence
    assert NAMED.unknown(text) == (text.rpartition(";")[2].strip(),)


def test_one_reference_of_two_years_is_asked_about_where_no_year_is_meant() -> None:
    doubt = References(ROWS).read("1.05")
    assert isinstance(doubt, Doubt)
    assert "may be activity 1.05 of 2008-2009 or activity 1.05 of 2009-2010" in doubt.sentence


def test_one_reference_of_two_kinds_of_row_is_told_apart_by_what_they_are() -> None:
    rows = References([*ROWS, LinkedRow("o", "risk", "P3", "Another that is called so")], 2008)
    doubt = rows.read("P3")
    assert isinstance(doubt, Doubt)
    assert "Write which is meant, as “priority P3”." in doubt.sentence
    named = rows.row("risk P3")
    assert isinstance(named, LinkedRow)
    assert named.key == "o"


def test_references_shown_are_read_again() -> None:
    every = [row.key for row in ROWS]
    shown = NAMED.show(every)
    assert shown == "P3; P3.2.5; 1.05; 1.05 (2009-2010); 2.03; RES 4; 1.05/1"
    rows = NAMED.read(shown)
    assert not isinstance(rows, Doubt)
    assert [row.key for row in rows] == every
