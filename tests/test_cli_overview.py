"""spp overview: where a plan stands as text and as JSON, with the rows behind each number."""

from pathlib import Path

import pytest

from spp_desktop.cli import DONE, REFUSED
from tests.command_line import spp


def test_every_number_is_that_of_its_rows(worked: Path) -> None:
    told = spp("overview", worked, "--json").data
    assert (told["as_at"], told["year"], told["since"]) == ("2008-10-31", "2008-2009", "2008-07-01")
    numbers = {
        (part["part"], line["title"], number["column"]): number
        for part in told["parts"] for line in part["lines"] for number in line["numbers"]
    }  # fmt: skip
    assert all(number["count"] == len(number["rows"]) for number in numbers.values())
    assert numbers["by priority", "All", "All"]["count"] == 111
    assert numbers["by priority", "All", "Off track"]["count"] == 14
    assert numbers["by owner", "ACC Crime", "All"]["count"] == 22
    assert numbers["overdue", "Milestones", ""]["count"] == 25
    assert numbers["indicators", "Red, off target", ""]["count"] == 2
    assert numbers["slipped", "Activities later", ""]["count"] == 14


def test_one_part_as_text_with_its_rows(worked: Path) -> None:
    ended = spp("overview", worked, "--part", "overdue", "--rows", "--since", "1/9")
    assert (ended.status, ended.err) == (DONE, "“1/9” was read as 1 September 2008.\n")
    first, blank, title, activities, row, *_ = ended.out.splitlines()
    assert first.endswith(", as at 31 Oct 2008; activities of 2008-2009")
    assert (blank, title) == ("", "Overdue. Before 31 Oct 2008, of every year.")
    assert activities.split() == ["Activities", "5"]
    assert row.startswith("      ")
    assert " ago" in row


@pytest.mark.parametrize(("option", "value"), [("--part", "nothing"), ("--since", "soon"), ("--year", "x")])
def test_what_is_not_known_is_refused(published: Path, option: str, value: str) -> None:
    ended = spp("overview", published, option, value)
    assert (ended.status, ended.out) == (REFUSED, "")
    assert f"“{value}”" in ended.err
