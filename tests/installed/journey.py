"""What is done with installed programs, however they were installed: each part is a function of the programs."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

from spp_desktop.plan.kinds import Long, Text
from spp_desktop.returns.catalogue import every_return
from spp_desktop.returns.definition import Return
from spp_desktop.returns.file_forms import ENDINGS
from spp_desktop.returns.placement import FIRST_ROW, HEADER_ROW
from tests.depth import NIGHTLY
from tests.installed.programs import PATIENCE, Programs, press, screen

WORDS = "Said by the installed program"
ANSWERS = {
    "status": "What was done",
    "delivery-plan": "Activity",
    "performance-plan": "Indicator",
    "monthly-results": "Reason for a change",
    "project": "<Name>Results looked at with partners</Name>",
}
"""By return: the column whose first cell is answered, or of a project the name that is changed where it stands last.
Of any other return it is the first column for words that is filled in; by day they stay at home.
"""


def the_help_lists_what_there_is(programs: Programs) -> None:
    assert "import-results" in programs.done("--help").out
    assert "--sample" in programs.run(programs.window, "--help").out


def samples_are_sound(programs: Programs) -> None:
    worked, published = _sample(programs), programs.home / "published.plan"
    programs.done("new", published, "--sample", "published")
    for plan in (worked, published):
        programs.done("check-file", plan)
    assert len(programs.done("dump", worked).data["activities"]) > 100


def returns_go_out_and_come_back(programs: Programs) -> None:
    """By night every return; by day those that differ in how they are answered.

    All files that a return is made of are in the wheel (``test_it_holds_every_file_of_its_packages``), and from the
    sources every return goes out and comes back (``tests/edits/test_catalogue.py``).
    """
    plan = _sample(programs)
    listed = [row["id"] for row in programs.done("returns", "--json").data]
    known = {definition.id: definition for definition in every_return()}
    assert sorted(listed) == sorted(known)
    if not NIGHTLY:
        listed = [name for name in listed if name in ANSWERS]
    endings = {definition.id: ENDINGS[definition.form] for definition in known.values()}
    books = [programs.home / f"{name}{endings[name]}" for name in listed]
    for name, book in zip(listed, books, strict=True):
        programs.done("export", plan, name, book)
        _answer(book, ANSWERS.get(name) or _filled_in(known[name]))
    taken = programs.run(programs.spp, "import", plan, *books, "--apply", "all")
    assert taken.status in {0, 1}, taken
    assert "memory" not in taken.out + taken.err
    receipts = programs.done("receipt", plan).out
    assert all(book.name in receipts for book in books), receipts
    assert json.dumps(programs.done("dump", plan).data).count(WORDS) >= 3  # an update, an activity, an indicator
    programs.done("check-file", plan)


def a_picture_needs_no_display(programs: Programs) -> None:
    picture = programs.home / "delivery.png"
    assert programs.done("picture", _sample(programs), "delivery", picture).err == ""
    assert picture.read_bytes().startswith(b"\x89PNG")


def without_a_display_the_main_job_is_done_and_said(programs: Programs) -> None:
    refused = programs.run(programs.window)
    assert (refused.status, refused.out) == (2, "")
    assert refused.err.startswith("There is no display")
    made = programs.run(programs.window, "--sample")
    assert made.status == 0, made
    assert "without a window" in made.out
    lines = [line.strip() for line in made.out.splitlines()[1:]]
    assert len(lines) > 10
    assert all((programs.home / line).stat().st_size for line in lines)


def the_window_opens_and_lets_the_plan_go(programs: Programs) -> None:
    plan = _sample(programs)
    with screen() as display, programs.on(display).begin(programs.window, plan) as process:
        press(display, plan.stem, "ctrl+q")
        _, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, err) == (0, b"")
    assert not plan.with_name(f"{plan.name}.lock").exists()


PARTS: tuple[Callable[[Programs], None], ...] = (
    the_help_lists_what_there_is,
    samples_are_sound,
    returns_go_out_and_come_back,
    a_picture_needs_no_display,
    without_a_display_the_main_job_is_done_and_said,
    the_window_opens_and_lets_the_plan_go,
)


def _sample(programs: Programs) -> Path:
    """The worked sample, made if it is not there."""
    plan = programs.home / "The plan.plan"
    if not plan.exists():
        programs.done("new", plan, "--sample", "worked")
    return plan


def _filled_in(definition: Return) -> str:
    """The heading of the first column of a return in which words are written."""
    columns = definition.listings[0].columns
    return next(column.title for column in columns if column.editable and type(column.kind) in (Text, Long))


def _answer(file: Path, place: str) -> None:
    """Write words into a file, as an office does."""
    if file.suffix == ".xml":
        before, _, behind = file.read_text(encoding="utf-8").rpartition(place)
        file.write_text(f"{before}<Name>{WORDS}</Name>{behind}", encoding="utf-8")
        return
    opened: Any = openpyxl.load_workbook(file)
    sheet = opened.worksheets[1]
    (column,) = [cell.column for cell in sheet[HEADER_ROW] if cell.value == place]
    sheet.cell(FIRST_ROW, column).value = WORDS
    opened.save(file)
