"""The window on Windows, driven by real keys on a screen: opened, typed in, closed, opened twice, cut off, printed."""

import os
import subprocess
from pathlib import Path

import pytest

from spp_desktop.cli import REFUSED
from spp_desktop.returns.chain_head import heads_in
from spp_desktop.store import locks
from tests.command_line import spp
from tests.windows.program import Program, copied
from tests.windows.screen import Screen
from tests.windows.test_install import CLASSES
from tests.windows.wine import until

TITLE = "Strategic Policing Plan"
"""In the title of the window once the plan is open."""
READING = "for reading only"


@pytest.fixture(autouse=True)
def nothing_open(program: Program, screen: Screen) -> None:
    """No test begins with a window of another."""
    cut_off(program, screen)


@pytest.fixture
def plan(worked: Path, work: Path) -> Path:
    return copied(worked, work)


def cut_off(program: Program, screen: Screen) -> None:
    """End the program as a power cut does, and wait until its window is no longer shown either."""
    program.wine.kill("pythonw.exe")
    screen.wait_until_gone(TITLE)


def opened(program: Program, screen: Screen, *words: str | Path) -> None:
    """Open the window and wait until the plan is open in it."""
    program.window(*words)
    screen.wait_for(TITLE)


def quit_by_keys(program: Program, screen: Screen, keys: str = "ctrl+q") -> None:
    """Leave the program as a person does."""
    screen.wait_for(TITLE)
    if folder := os.environ.get("PICTURES"):
        screen.picture(Path(folder) / f"open-{len(list(Path(folder).iterdir())):02}.png")
    screen.press_until(keys, TITLE, lambda: not program.running())


def texts(plan: Path) -> dict[str, str]:
    """The texts of the activities of a plan by their references."""
    return {row["ref"]: row["text"] for row in spp("dump", plan).data["activities"]}


def test_the_sample_opens(program: Program, screen: Screen) -> None:
    opened(program, screen, "--sample")
    quit_by_keys(program, screen)
    (sample,) = (program.wine.person / "Documents").glob("SPP Desktop/*.plan")
    assert not locks.lock_file(sample).exists()
    assert spp("check-file", sample).status == 0


def test_a_plan_is_opened_by_a_double_click(program: Program, screen: Screen, plan: Path) -> None:
    """Wine 8 looks for kinds of files in the part of the registry that is all persons', and not, as Windows does, first
    in a person's own, where the installer writes: so the test copies what stands there."""
    kind = program.wine.registry(CLASSES + r"\.plan")
    for name in (".plan", kind):
        program.wine.run("reg", "copy", rf"{CLASSES}\{name}", rf"HKLM\Software\Classes\{name}", "/s", "/f")
    program.wine.begin("start", plan)
    screen.wait_for(TITLE)
    assert locks.lock_file(plan).exists()
    quit_by_keys(program, screen, "alt+F4")
    assert not locks.lock_file(plan).exists()


def test_what_is_typed_is_kept_and_closing_lets_the_plan_go(program: Program, screen: Screen, plan: Path) -> None:
    opened(program, screen, plan)
    screen.open_by("ctrl+k", TITLE, "Find anything")
    screen.write("1.05")
    screen.keys("Return")
    screen.wait_until_gone("Find anything")
    screen.wait_for(TITLE)
    screen.keys("Right")
    screen.write("Typed on Windows")
    screen.keys("Return")
    quit_by_keys(program, screen)
    assert not locks.lock_file(plan).exists()
    assert texts(plan)["1.05"] == "Typed on Windows"
    assert spp("check-file", plan).status == 0


def test_a_second_program_reads_only_and_names_the_first(program: Program, screen: Screen, plan: Path) -> None:
    opened(program, screen, plan)
    refused = program.spp("undo", plan)
    assert refused.status == REFUSED
    assert b"has plan.plan open" in refused.out + refused.err
    assert program.wine.person.name.encode() in (refused.out + refused.err).lower()
    program.window(plan)
    screen.wait_for(READING)
    screen.keys("ctrl+q")
    screen.wait_until_gone(READING)
    assert locks.lock_file(plan).exists()
    quit_by_keys(program, screen)
    assert not locks.lock_file(plan).exists()


def test_after_a_crash_the_plan_is_taken_over_and_sound(program: Program, screen: Screen, plan: Path) -> None:
    opened(program, screen, plan)
    cut_off(program, screen)
    left = locks.lock_file(plan).read_bytes()
    program.window(plan)
    screen.wait_for(READING)
    assert locks.lock_file(plan).read_bytes() == left
    quit_by_keys(program, screen)
    refused = program.spp("undo", plan)
    assert b"whose program no longer runs" in refused.out + refused.err
    assert program.spp("undo", plan, "--take-over").status in (0, REFUSED)
    assert not locks.lock_file(plan).exists()
    assert spp("check-file", plan).status == 0


def saved_as_pdf(program: Program, screen: Screen, file: Path) -> str:
    """The words of what is shown, saved as a PDF by keys; the program is left by keys then."""
    screen.open_by("ctrl+p", TITLE, "Print")
    screen.open_by("alt+d", "Print", "Save as PDF")
    screen.keys("ctrl+a")
    screen.write(program.wine.there(file))
    screen.keys("Return")
    # The head of the plan's sealed chain stands behind the end of the PDF itself.
    until(lambda: file.exists() and any(heads_in(file.read_bytes())), "the PDF is written whole")
    screen.wait_until_gone("Print")
    quit_by_keys(program, screen)
    read = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True).stdout
    return " ".join(read.split())


def test_a_page_is_saved_as_pdf_whose_words_are_found(program: Program, screen: Screen, plan: Path) -> None:
    opened(program, screen, plan)
    read = saved_as_pdf(program, screen, plan.with_name("printed.pdf"))
    assert "Annual delivery plan 2008-2009" in read
    assert "Produce and implement a knife crime reduction strategy" in read


def test_the_charts_are_gone_to_by_keys_and_saved_as_pdf(program: Program, screen: Screen, plan: Path) -> None:
    opened(program, screen, plan)
    screen.keys("ctrl+4", "ctrl+Next", "ctrl+Next")
    read = saved_as_pdf(program, screen, plan.with_name("charts.pdf"))
    assert "All indicators" in read
    assert "PI07 Detections of robbery" in read
