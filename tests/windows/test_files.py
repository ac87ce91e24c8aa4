"""What Windows does otherwise with files: open ones, long paths, names it forbids, what is read only, and memory."""

from pathlib import Path

import openpyxl
import pytest

from spp_desktop.cli import DONE, REFUSED
from spp_desktop.store import database
from tests.command_line import spp
from tests.windows.program import Program, copied

REPLACED = """\
import os, sys
there = sys.argv[1]
with open(there, "rb"):
    try:
        os.replace(sys.argv[2], there)
    except PermissionError as refusal:
        print("refused", refusal.winerror)
    else:
        print("replaced")
"""
IN_A_JOB = """\
import ctypes, subprocess, sys
from spp_desktop.returns.windows_job import JobObject
child = subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE)
job = JobObject(child.pid, 50_000_000)
inside = ctypes.c_int()
ctypes.windll.kernel32.IsProcessInJob(ctypes.c_void_p(int(child._handle)), None, ctypes.byref(inside))
print(bool(inside.value), child.poll())
job.close()
child.wait(60)
print("ended")
"""
CUT_OFF = """\
import sqlite3, sys
plan = sqlite3.connect(sys.argv[1], isolation_level=None)
plan.execute("PRAGMA cache_size = 1")
plan.execute("BEGIN")
plan.execute("UPDATE result SET value = value + 1")
print("half written", flush=True)
sys.stdin.read()
"""
"""A program that is in the middle of a change, half of it in the file already."""


def said(program: Program, script: str, *words: str | Path) -> str:
    """What a small script prints, run by the installed Python."""
    ended = program.wine.run(program.python, "-X", "utf8", "-c", script, *words)
    assert ended.status == 0, ended.err
    return ended.out.decode().strip()


def test_a_return_that_excel_has_open_is_not_written_over(program: Program, published: Path, work: Path) -> None:
    """Windows lets nobody replace a file that another program has open: it is refused in a sentence, and both stay."""
    plan, book, other = copied(published, work), work / "book.xlsx", work / "other.xlsx"
    assert program.spp("export", plan, "delivery-plan", book).status == DONE
    other.write_bytes(b"other")
    assert said(program, REPLACED, book, other).startswith("refused")
    before = book.read_bytes()
    holding = "import sys, time; f = open(sys.argv[1], 'rb'); print('open', flush=True); sys.stdin.read()"
    with program.wine.begin(program.python, "-c", holding, book) as holder:
        assert holder.stdout
        assert holder.stdin
        assert holder.stdout.readline().strip() == b"open"
        refused = program.spp("export", plan, "delivery-plan", book)
        holder.stdin.close()
        holder.wait()
    assert refused.status == REFUSED
    assert "book.xlsx" in refused.err.decode()
    assert "Traceback" not in refused.err.decode()
    assert book.read_bytes() == before
    assert sorted(path.name for path in work.iterdir()) == ["book.xlsx", "other.xlsx", "plan.plan"]


def test_paths_longer_than_windows_once_allowed(program: Program, published: Path, work: Path) -> None:
    folder = work.joinpath(*(["A folder with quite a long name, as shared drives have them"] * 5))
    folder.mkdir(parents=True)
    plan = copied(published, folder)
    assert len(program.wine.there(plan)) > 260
    commands: list[list[str | Path]] = [
        ["check-file", plan],
        ["export", plan, "status", folder / "status.xlsx"],
        ["backup", plan],
    ]
    for words in commands:
        ended = program.spp(*words)
        assert ended.status == DONE, (words[0], ended)
    assert (folder / "status.xlsx").exists()


@pytest.mark.parametrize(
    "name", ["CON.xlsx", "a?b.xlsx", "a*b.xlsx", "status.xlsx.", "status.xlsx ", "aux", "a|b.xlsx"]
)
def test_names_that_windows_forbids_are_refused_in_a_sentence(
    program: Program, published: Path, work: Path, name: str
) -> None:
    plan = copied(published, work)
    refused = program.spp("export", plan, "status", f"{program.wine.there(work)}\\{name}")
    assert refused.status == REFUSED, refused.out
    words = refused.err.decode()
    assert "Traceback" not in words
    assert "WinError" not in words
    assert name.strip() in words or name.rstrip(". ") in words
    assert [path.name for path in work.iterdir()] == ["plan.plan"]


def test_the_process_that_reads_is_in_a_job_and_ends_with_it(program: Program) -> None:
    """Wine takes the limit of memory and does not keep to it: that it holds is a step of docs/windows-by-hand.md."""
    assert said(program, IN_A_JOB).split() == ["True", "None", "ended"]


def test_a_plan_that_may_only_be_read_says_so(program: Program, published: Path, work: Path) -> None:
    plan = copied(published, work)
    program.wine.run("attrib", "+r", plan)
    refused = program.spp("undo", plan)
    assert refused.status == REFUSED
    assert "may not be written to" in refused.err.decode() + refused.out.decode()
    assert program.spp("check-file", plan).status == DONE
    program.wine.run("attrib", "-r", plan)


def test_a_change_that_was_cut_off_is_put_back(program: Program, worked: Path, work: Path) -> None:
    plan = copied(worked, work)
    before, content = program.spp("dump", plan).out, plan.read_bytes()
    with program.wine.begin(program.python, "-X", "utf8", "-c", CUT_OFF, plan) as writer:
        assert writer.stdout
        assert writer.stdout.readline().strip() == b"half written"
        program.wine.kill("PRAGMA cache_size")
    assert plan.read_bytes() != content
    assert database.journals(plan)
    put_back = program.spp("undo", plan)
    assert "put back" in (put_back.out + put_back.err).decode()
    assert not database.journals(plan)
    assert program.spp("dump", plan).out == before
    assert spp("check-file", plan).status == DONE


def test_a_workbook_that_is_no_return_is_named(program: Program, work: Path) -> None:
    book = openpyxl.Workbook()
    book.save(work / "empty.xlsx")
    plan = work / "plan.plan"
    assert spp("new", plan, "--sample", "published").status == DONE
    ended = program.spp("import", plan, work / "empty.xlsx")
    assert ended.status != DONE
    assert "empty.xlsx" in (ended.out + ended.err).decode()
