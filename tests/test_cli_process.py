"""``spp`` as a program of its own: what the shell, a pipe, another program and a machine without a display see."""

import json
import os
import subprocess
from io import BytesIO, TextIOWrapper
from pathlib import Path

import openpyxl
import pytest

from spp_desktop.cli import ASK, DONE, REFUSED, say_alike
from spp_desktop.returns.placement import FIRST_ROW, HEADER_ROW
from spp_desktop.store.workspace import Workspace
from tests.command_line import PROGRAM, spp, spp_program

NO_DISPLAY = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


@pytest.fixture
def sent(published: Path, tmp_path: Path) -> tuple[Path, Path]:
    """The plan, and the delivery plan that went out from it with its first status filled in."""
    book = tmp_path / "delivery.xlsx"
    assert spp("export", published, "delivery-plan", book).status == DONE
    opened = openpyxl.load_workbook(book)
    sheet = opened.worksheets[1]
    places = {cell.value: cell.column for cell in sheet[HEADER_ROW]}
    sheet.cell(FIRST_ROW, int(places["Status"] or 0)).value = "On track"
    sheet.cell(FIRST_ROW, int(places["% complete"] or 0)).value = "soon"
    opened.save(book)
    return published, book


def test_what_was_asked_for_goes_to_one_stream_and_refusals_to_the_other(worked: Path, tmp_path: Path) -> None:
    listed = spp_program("dump", worked)
    assert (listed.status, listed.err) == (DONE, "")
    assert listed.data == spp("dump", worked).data
    assert not listed.out.isascii()
    missing = spp_program("dump", tmp_path / "missing.plan")
    assert (missing.status, missing.out) == (REFUSED, "")
    assert missing.err.startswith("There is no file missing.plan")


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-16"])
def test_what_is_printed_is_the_same_bytes_whatever_the_system_writes(encoding: str) -> None:
    written = BytesIO()
    stream = TextIOWrapper(written, encoding=encoding, newline="\r\n")
    say_alike(stream)
    say_alike(None)
    stream.write("Heddlu Gŵyl: ✓\nŷ\n")
    stream.flush()
    assert written.getvalue() == "Heddlu Gŵyl: ✓\nŷ\n".encode()


def test_a_dump_is_utf_8_where_the_system_is_not(worked: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    command = [*PROGRAM, "dump", str(worked)]
    dumped = subprocess.run(command, env=environment, capture_output=True, check=True).stdout
    assert dumped == spp("dump", worked).out.encode()


def test_the_exit_status_says_that_a_person_is_needed(sent: tuple[Path, Path]) -> None:
    plan, book = sent
    assert spp_program("import", plan, book, "--apply", "clean").status == ASK
    receipts = spp("sent", plan, "--json")
    assert [issue["state"] for issue in json.loads(receipts.out)] == ["in review"]


def test_words_that_are_no_command_are_refused() -> None:
    unknown = spp_program("frobnicate")
    assert unknown.status == REFUSED
    assert "No such command" in unknown.err
    assert "Traceback" not in unknown.err
    helped = spp_program("--help")
    assert helped.status == DONE
    assert "import-results" in helped.out


def test_a_picture_needs_no_display(worked: Path, tmp_path: Path) -> None:
    picture = tmp_path / "delivery.png"
    taken = spp_program("picture", worked, "delivery", picture, without=NO_DISPLAY)
    assert (taken.status, taken.err) == (DONE, "")
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_a_plan_that_somebody_has_open_is_written_from_and_not_to(sent: tuple[Path, Path], tmp_path: Path) -> None:
    plan, book = sent
    with Workspace.open(plan):
        assert spp_program("import", plan, book, "--json").status == ASK
        assert spp_program("import", plan, book, "--apply", "clean").status == REFUSED
        out = spp_program("export", plan, "delivery-plan", tmp_path / "other.xlsx")
        assert out.status == DONE
        assert "keeps no record" in out.err
    assert not any(row["status"] for row in spp("dump", plan).data["activities"])
