"""The process that reads what comes in: it says the same as the reader here, is bounded, and can be ended."""

import ctypes
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from spp_desktop.returns import apart, intake, mapped, windows_job
from spp_desktop.returns.intake import begin, kept, take
from spp_desktop.returns.limits import LIMITS, FileLimits
from spp_desktop.returns.mapped import Extract
from spp_desktop.returns.scan import ReturnRefused
from tests.returns import ods_made, over_limits
from tests.returns.read_here import ReadHere

SLEEPS = [sys.executable, "-c", "import time; time.sleep(600)"]
PASSWORD = "Password1"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return over_limits.workbook(tmp_path / "good.xlsx")


def _files(good: Path) -> list[Path]:
    """A file of every form, and one that is refused."""
    locked, text, cut = good.with_name("locked.xlsx"), good.with_name("list.csv"), good.with_name("cut.xlsx")
    with good.open("rb") as plain, locked.open("wb") as file:
        OOXMLFile(plain).encrypt(PASSWORD, file)
    text.write_text("Ref,Due\n1,03/31/2009\n", encoding="utf-8")
    shutil.copyfile(Path(__file__).parent / "spoilt" / "p09_truncated.xlsx", cut)
    office = ods_made.write(good.with_name("office.ods"), ods_made.table(ods_made.row(ods_made.text("1.01"))))
    return [good, locked, text, office, cut]


def _answer(path: Path) -> bytes | str:
    try:
        return kept(take(path, password=PASSWORD))
    except ReturnRefused as refused:
        return str(refused)


def test_the_process_says_what_the_reader_says_here(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = _files(good)
    said_apart = [_answer(path) for path in files]
    extract = list(Extract(good).records())
    monkeypatch.setattr(intake, "Apart", ReadHere)
    monkeypatch.setattr(mapped, "Apart", ReadHere)
    assert [_answer(path) for path in files] == said_apart
    assert list(Extract(good).records()) == extract
    assert [type(one) for one in said_apart] == [bytes, bytes, bytes, bytes, str]
    assert len(extract) > 2


def test_an_extract_that_hangs_is_given_up(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_command", lambda: SLEEPS)
    extract = Extract(good)
    extract.stop()
    with pytest.raises(ReturnRefused, match="stopped"):
        list(extract.records())
    with pytest.raises(ReturnRefused, match="took longer"):
        list(Extract(good, limits=FileLimits(seconds=0.2)).records())


def test_a_reader_that_hangs_is_ended_and_leaves_nothing(
    good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    monkeypatch.setattr(apart, "_command", lambda: SLEEPS)
    reading = begin(good, FileLimits(seconds=0.2))
    with pytest.raises(ReturnRefused, match="took longer"):
        reading.received()
    assert reading._apart._reader.popen.returncode is not None
    assert not list((tmp_path / "temporary").iterdir())


def test_reading_can_be_given_up(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_command", lambda: SLEEPS)
    reading = begin(good)
    reading.stop()
    with pytest.raises(ReturnRefused, match="stopped"):
        reading.received()
    assert reading._apart._reader.popen.returncode is not None
    reading.stop()


@pytest.mark.parametrize("says", ["print('rubbish')", "print('[1]')", "print('{}')", "import os; os.abort()"])
def test_a_reader_that_talks_nonsense_is_told(good: Path, monkeypatch: pytest.MonkeyPatch, says: str) -> None:
    monkeypatch.setattr(apart, "_command", lambda: [sys.executable, "-c", says])
    with pytest.raises(ReturnRefused, match="stopped the part of the program"):
        take(good)


def test_a_reader_that_cannot_be_started_is_told(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_command", lambda: ["/no/such/program"])
    with pytest.raises(ReturnRefused, match="stopped the part of the program"):
        take(good)


def test_the_reader_may_take_no_more_memory_than_it_is_given() -> None:
    """Where the system can bound it: on Windows the clock is the only bound."""
    pytest.importorskip("resource")
    code = "from spp_desktop.returns.reader import limit; limit({}, 5); print(len(bytearray(200_000_000)))"
    for memory, said in ((150_000_000, b""), (400_000_000, b"200000000")):
        asked = [sys.executable, "-c", code.format(memory)]
        assert subprocess.run(asked, capture_output=True, check=False).stdout.strip() == said
    assert LIMITS.memory <= 250_000_000


def test_the_reader_reads_what_it_is_asked_on_its_standard_input(good: Path) -> None:
    asked = {"path": str(good), "name": good.name, "package": "zip", "password": "", "limits": vars(LIMITS)}
    command = [*apart._command(), "300000000", "20"]
    line = json.dumps(asked).encode() + b"\n"
    for said, wholes in ((line, 1), (b"", 0), (line + line, 2)):
        told = subprocess.run(command, input=said, capture_output=True, check=True)
        assert told.stdout.count(b'{"end": "whole", "goes_on": true') == wholes
        assert not told.stderr


def test_the_reader_takes_no_module_from_the_folder_one_stands_in(
    good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "openpyxl.py").write_text("raise SystemExit('taken')")
    monkeypatch.chdir(tmp_path)
    assert take(good).sheets


def test_a_reader_that_takes_too_long_is_stopped(good: Path) -> None:
    with pytest.raises(ReturnRefused, match="took longer"):
        take(good, FileLimits(seconds=0.001))


def test_a_reader_that_a_busy_machine_keeps_waiting_is_waited_for(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    late = "import sys, time; from spp_desktop.returns import reader; time.sleep(0.4); reader.main(sys.argv[1:])"
    monkeypatch.setattr(apart, "_command", lambda: [sys.executable, "-c", late])
    monkeypatch.setattr(apart, "LASTS", 1e6)
    monkeypatch.setattr(apart.Apart, "_worked", lambda self: 0.0)
    assert take(good, FileLimits(seconds=0.3)).sheets


def test_a_reader_is_stopped_by_what_it_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_command", lambda: [sys.executable, "-c", "while True: pass"])
    monkeypatch.setattr(apart, "LASTS", 1e6)
    busy = apart.Apart(LIMITS.memory, 0.5)  # Wine keeps the pipe of a process that is ended before it has quite begun
    with pytest.raises(apart.Stopped) as stopped:
        list(busy.records({}))
    busy.close()
    assert stopped.value.late


def test_a_reader_that_dies_is_told(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_command", lambda: [sys.executable, "-c", "raise SystemExit(1)"])
    with pytest.raises(ReturnRefused, match="stopped the part of the program"):
        take(good)


def test_a_process_that_is_kept_reads_file_after_file_until_one_spoils_it(good: Path) -> None:
    """What starves the reader is refused in a sentence, and the next file is read by another process."""
    starving, mail = FileLimits(memory=1_000_000), good.with_name("long.eml")
    mail.write_text("From: a@example.org\nSubject: A long one\n\n" + 100_000 * f"{76 * 'x'}\n", encoding="utf-8")
    with apart.Kept(LIMITS.memory, LIMITS.seconds):
        first = apart._SPARE._process
        assert first is not None
        assert take(good).sheets
        assert apart._SPARE._process is first
        cut = good.with_name("cut.xlsx")
        shutil.copyfile(Path(__file__).parent / "spoilt" / "p09_truncated.xlsx", cut)
        with pytest.raises(ReturnRefused, match="incomplete or damaged"):
            take(cut)
        assert take(good).sheets
        assert apart._SPARE._process is first
        first.popen.kill()
        first.popen.wait()
        assert take(good).sheets  # one that died meanwhile is not asked
        second = apart._SPARE._process
        assert second is not None
        assert second is not first
    assert first.popen.returncode is not None
    assert second.popen.returncode is not None
    with apart.Kept(starving.memory, starving.seconds):
        spoilt = apart._SPARE._process
        assert spoilt is not None
        with pytest.raises(ReturnRefused, match=r"needs more memory|stopped the part"):
            take(mail, starving)
        assert spoilt.popen.returncode is not None
        another = apart._SPARE._process
        assert take(good, starving).sheets
        assert apart._SPARE._process is another


def test_a_file_has_its_own_time_in_a_process_that_is_kept(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the process worked for the files before is not counted: all together may take longer than one."""
    monkeypatch.setattr(apart, "LASTS", 1e6)
    briefly = FileLimits(seconds=0.5)
    with apart.Kept(briefly.memory, briefly.seconds):
        kept = apart._SPARE._process
        assert kept is not None
        while kept.worked < 2 * briefly.seconds:
            assert take(good, briefly).sheets
            assert apart._SPARE._process is kept


def test_the_memory_is_counted_from_where_the_reader_starts() -> None:
    """What the process had taken before, its modules above all, is not counted."""
    pytest.importorskip("resource")
    code = "import mmap; before = mmap.mmap(-1, 300_000_000); from spp_desktop.returns.reader import limit\n"
    code += "limit(150_000_000, 5); print(len(bytearray(100_000_000))); print(len(bytearray(200_000_000)))"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, text=True)
    assert answer.stdout == "100000000\n"
    assert "MemoryError" in answer.stderr


def test_the_reader_loads_nothing_large_for_a_workbook() -> None:
    code = "import spp_desktop.returns.reader, spp_desktop.returns.xlsx, sys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"openpyxl", "numpy", "sqlalchemy", "typer", "PySide6", "cryptography", "msoffcrypto"} & set(loaded)


class FakeKernel:
    """In the place of Windows' kernel32: it keeps what is asked of it."""

    def __init__(self, refusing: str = "") -> None:
        self.refusing = refusing
        self.calls: list[tuple[str, tuple[Any, ...]]] = []

    def __getattr__(self, name: str) -> Callable[..., int]:
        def call(*arguments: Any) -> int:
            self.calls.append((name, arguments))
            return 0 if name == self.refusing else {"CreateJobObjectW": 11, "OpenProcess": 22}.get(name, 1)

        return call


def test_a_job_is_laid_out_as_windows_does() -> None:
    asked = windows_job.limits(250_000_000)
    assert ctypes.sizeof(asked) == 144
    content = bytes(asked)
    assert int.from_bytes(content[16:20], "little") == 0x2100
    assert int.from_bytes(content[112:120], "little") == 250_000_000
    assert not any(content[:16] + content[20:112] + content[120:])


def test_a_job_holds_the_process_until_it_is_closed() -> None:
    kernel = FakeKernel()
    job = windows_job.JobObject(4711, 250_000_000, kernel)
    names = [name for name, _ in kernel.calls]
    assert names == [
        "CreateJobObjectW", "OpenProcess", "SetInformationJobObject", "AssignProcessToJobObject", "CloseHandle",
    ]  # fmt: skip
    assert kernel.calls[1][1][2] == 4711
    assert kernel.calls[3:] == [("AssignProcessToJobObject", (11, 22)), ("CloseHandle", (22,))]
    job.close()
    job.close()
    assert kernel.calls[5:] == [("CloseHandle", (11,))]


@pytest.mark.parametrize(
    "refusing", ["CreateJobObjectW", "OpenProcess", "SetInformationJobObject", "AssignProcessToJobObject"]
)
def test_a_process_that_no_job_takes_is_not_left(refusing: str) -> None:
    kernel = FakeKernel(refusing)
    with pytest.raises(OSError, match="could not be bounded"):
        windows_job.JobObject(4711, 250_000_000, kernel)
    opened = {"CreateJobObjectW": 22, "OpenProcess": 11}.get(refusing)
    closed = [arguments[0] for name, arguments in kernel.calls if name == "CloseHandle"]
    assert closed == ([opened] if opened else [22, 11])


def test_where_the_program_bounds_the_reader_it_does_so_before_it_asks(
    good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kernel = FakeKernel()
    monkeypatch.setattr(apart, "BOUNDED_BY_A_JOB", True)
    monkeypatch.setattr(windows_job, "_kernel", lambda: kernel)
    assert take(good).sheets
    assert [name for name, _ in kernel.calls][-2:] == ["CloseHandle", "CloseHandle"]
    kernel.refusing = "AssignProcessToJobObject"
    with pytest.raises(ReturnRefused, match="stopped the part of the program"):
        take(good)
