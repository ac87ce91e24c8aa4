"""``spp`` on Windows, command by command, held against the same program on Linux."""

import json
import socket
import subprocess
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtGui import QImage

from spp_desktop.cli import ASK, DONE, REFUSED
from spp_desktop.edits import delivery, rows
from spp_desktop.plan.delivery import Activity
from spp_desktop.returns.placement import FIRST_ROW, HEADER_ROW
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.window import pictures
from tests.command_line import PROGRAM, spp
from tests.edits.project_file import ProjectFile
from tests.hub import server
from tests.windows.program import Program, copied

EACH_MODULE = """\
import importlib, pkgutil
import spp_desktop, sample_data
for package in (spp_desktop, sample_data):
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not module.name.endswith("__main__"):
            try:
                importlib.import_module(module.name)
            except Exception as problem:
                print(module.name, problem)
"""


def test_a_new_plan_is_sound_on_both_systems(program: Program, work: Path) -> None:
    plan = work / "Heddlu Dyfed-Powys ŵŷ - plan.plan"
    made = program.spp("new", plan, "--title", "Cynllun Plismona - ŵŷ", "--first-year", "2026-2027")
    assert (made.status, made.err) == (DONE, b"")
    assert "ŵŷ - plan.plan" in made.out.decode()
    assert program.spp("check-file", plan).status == DONE
    assert spp("check-file", plan).status == DONE
    assert spp("dump", plan).data["plan"]["title"] == "Cynllun Plismona - ŵŷ"


def test_output_is_the_same_bytes_as_on_linux(program: Program, worked: Path, work: Path) -> None:
    plan = copied(worked, work)
    for words in (["dump"], ["history"], ["sent"], ["judge", "--json"], ["gaps"]):
        here = subprocess.run([*PROGRAM, words[0], str(plan), *words[1:]], capture_output=True, check=False)
        there = program.spp(words[0], plan, *words[1:])
        assert (there.status, there.out, there.err) == (here.returncode, here.stdout, here.stderr), words
    assert not program.spp("dump", plan).out.isascii()


def test_documents_are_the_same_bytes_as_on_linux(program: Program, worked: Path, work: Path) -> None:
    plan = copied(worked, work)
    for ending in ("pdf", "docx", "html"):
        here, there = work / f"here.{ending}", work / f"there.{ending}"
        assert spp("publish", plan, "plan", here).status == DONE
        assert program.spp("publish", plan, "plan", there).status == DONE
        assert there.read_bytes() == here.read_bytes(), ending


def test_output_redirected_by_the_shell_is_the_same_bytes(program: Program, worked: Path, work: Path) -> None:
    plan = copied(worked, work)
    named = f'"{program.wine.there(program.folder / "spp.cmd")}"'
    (work / "redirect.cmd").write_text(f"@call {named} dump plan.plan > dump.json\r\n", encoding="ascii")
    assert program.wine.run("cmd", "/c", "redirect.cmd", folder=work).status == DONE
    here = subprocess.run([*PROGRAM, "dump", str(plan)], capture_output=True, check=True)
    assert (work / "dump.json").read_bytes() == here.stdout


def test_a_return_goes_out_to_each_post_and_comes_back(program: Program, published: Path, work: Path) -> None:
    plan, out = copied(published, work), work / "out"
    assert b"delivery-plan" in program.spp("returns").out
    sent = program.spp("export", plan, "status", out, "--each-post")
    assert (sent.status, sent.err) == (DONE, b"")
    books = sorted(out.glob("*.xlsx"))
    assert len(books) > 3
    book = openpyxl.load_workbook(books[0])
    sheet = book["Activities"]
    column = next(cell.column for cell in sheet[HEADER_ROW] if cell.value == "Status")
    sheet.cell(FIRST_ROW, column).value = "On track"
    book.save(books[0])
    asked = program.spp("import", plan, books[0], "--json")
    assert asked.status in (DONE, ASK), asked.err
    taken = program.spp("import", plan, books[0], "--apply", "clean")
    assert taken.status in (DONE, ASK), taken.err
    assert [row["state"] for row in json.loads(program.spp("sent", plan, "--json").out)].count("in review") <= 1
    assert any(row["status"] for row in spp("dump", plan).data["activities"])
    assert spp("check-file", plan).status == DONE


def test_a_file_that_is_no_workbook_is_refused_in_a_sentence(program: Program, published: Path, work: Path) -> None:
    plan, book = copied(published, work), work / "book.xlsx"
    book.write_bytes(b"PK\x03\x04 and then something else")
    refused = program.spp("import", plan, book)
    assert refused.status in (ASK, REFUSED)
    said = (refused.out + refused.err).decode()
    assert "book.xlsx" in said
    assert "Traceback" not in said


def ink(picture: QImage) -> int:
    """How many points of a picture are darker than its middle grey."""
    return sum(
        picture.pixelColor(x, y).lightness() < 128 for x in range(picture.width()) for y in range(picture.height())
    )


def test_a_picture_has_letters_in_it_and_no_boxes(program: Program, small_plan: Path, work: Path) -> None:
    """Two texts of as many letters, thin and wide, take unequal ink; as boxes they would take the same."""
    drawn = []
    plan = work / "plan.plan"
    for text in ("ill lill illi " * 4, "MWM WMMW WMWM " * 4):
        copied(small_plan, work)
        picture = work / f"{text[:3]}.png"
        with Workspace.open(plan) as opened:
            first = opened.read(queries.activities)[0]
            opened.edit("write", delivery.set_cells, [(first.key, "text", text.strip())])
        taken = program.spp("picture", plan, "delivery", picture)
        assert taken.status == DONE, taken.err
        drawn.append(QImage(str(picture)))
        assert drawn[-1].size().toTuple() == pictures.SIZE
    thin, wide = map(ink, drawn)
    assert thin > 1000
    assert wide > thin + 200
    assert program.spp("picture", plan, "priorities", work / "dark.png", "--dark").status == DONE
    assert QImage(str(work / "dark.png")).pixelColor(5, 650).lightness() < 100


def test_control_charts_of_cases_are_the_same(program: Program, work: Path) -> None:
    values = [20, 22, 19, 24, 21, 23, 20, 25, 22, 21, 24, 23, 40]
    dates = [f"2008-{month:02}-01" for month in range(1, 13)] + ["2009-01-01"]
    options = {"improvement_direction": "decrease"}
    case = {"id": 1, "title": "Robberies", "dates": dates, "values": values, "options": options}
    (work / "cases.json").write_text(json.dumps([case]), encoding="utf-8")
    here = subprocess.run([*PROGRAM, "spc", "cases.json"], capture_output=True, check=False, cwd=work)
    there = program.spp("spc", work / "cases.json")
    assert (there.status, there.out) == (here.returncode, here.stdout)


def test_dates_are_saved_as_a_calendar(program: Program, worked: Path, work: Path) -> None:
    plan, dates = copied(worked, work), work / "dates.ics"
    saved = program.spp("calendar", plan, dates)
    assert (saved.status, saved.err) == (DONE, b"")
    content = dates.read_bytes()
    assert content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert content.count(b"BEGIN:VEVENT") > 3


def test_the_delivery_plan_goes_out_as_a_project_and_comes_back(program: Program, worked: Path, work: Path) -> None:
    plan, project = copied(worked, work), work / "plan.xml"
    sent = program.spp("export", plan, "project", project)
    assert (sent.status, sent.err) == (DONE, b"")
    row = spp("dump", plan).data["activities"][0]
    with ProjectFile(project) as tasks:
        tasks.set(row["text"], PercentComplete="61")
    asked = program.spp("import", plan, project, "--json")
    assert asked.status in (DONE, ASK), asked.err
    assert b"61" in asked.out
    assert spp("check-file", plan).status == DONE


def change(plan: Path, field: str, value: Any) -> None:
    """Change a cell of the first activity of a plan, as somebody on another machine would."""
    with Workspace.open(plan) as copy:
        first = copy.read(queries.activities, 2008)[0]
        copy.edit(f"set {field}", rows.change, Activity, first.key, **{field: value})


def test_two_copies_are_merged(program: Program, small_plan: Path, work: Path) -> None:
    plan, copy = copied(small_plan, work), copied(small_plan, work, "deputy.plan")
    change(plan, "percent", 40)
    change(copy, "text", "Ŵedi dechrau")
    merged = program.spp("merge", plan, copy, "--apply", "clean")
    assert (merged.status, merged.err) == (DONE, b"")
    first = spp("dump", plan).data["activities"][0]
    assert (first["percent"], first["text"]) == (40, "Ŵedi dechrau")
    assert spp("check-file", plan).status == DONE


def test_steps_are_exchanged_with_a_hub(program: Program, small_plan: Path, work: Path) -> None:
    place = server.programs()
    if place is None:
        pytest.skip("PostgreSQL is not installed here")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"postgresql://postgres@127.0.0.1:{port}/postgres"
    plan, other = copied(small_plan, work), work / "other.plan"
    with server.started(place, "-c listen_addresses=127.0.0.1", f"-c port={port}", "-c fsync=off"):
        for words in (("init", address, plan), ("fetch", address, other)):
            # PostgreSQL's library tells of an error of Wine's that it does not know.
            done = program.spp("hub", *words)
            assert done.status == DONE, done.err
        change(other, "reason", "Ŵedi dechrau")
        assert spp("hub", "push", other, "--at", address).status == DONE
        assert program.spp("hub", "pull", plan).status == DONE
        assert spp("dump", plan).data == spp("dump", other).data
    gone = program.spp("hub", "status", plan)
    assert gone.status == REFUSED
    assert b"Traceback" not in gone.out + gone.err


def test_returns_go_out_as_mail_drafts(program: Program, published: Path, work: Path) -> None:
    plan, drafts = copied(published, work), work / "drafts"
    sent = program.spp("export", plan, "status", work / "out", "--each-post", "--drafts", drafts)
    assert (sent.status, sent.err) == (DONE, b"")
    first = min(drafts.glob("*.eml"))
    draft = message_from_bytes(first.read_bytes(), policy=default)
    assert draft["X-Unsent"] == "1"
    (attached,) = draft.iter_attachments()
    book = next((work / "out").glob(attached.get_filename() or ""))
    assert attached.get_payload(decode=True) == book.read_bytes()


def test_every_module_of_the_program_can_be_loaded_as_it_is_installed(program: Program) -> None:
    """Nothing that a module needs was left out of the installer."""
    loaded = program.wine.run(program.python, "-X", "utf8", "-c", EACH_MODULE)
    assert (loaded.status, loaded.out.decode()) == (0, "")
