"""Large workbooks written by a process of their own: the same files, and nothing left behind where that is stopped."""

import pickle
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from spp_desktop.plan import spoken
from spp_desktop.returns import file_forms, reader, workbook, writing_apart
from spp_desktop.returns.aside import NotWritten
from spp_desktop.returns.catalogue import every_return
from spp_desktop.returns.catalogue.delivery_plan import DELIVERY_PLAN
from spp_desktop.returns.definition import Content, Return
from spp_desktop.returns.placement import HEADER_ROW
from spp_desktop.returns.writing_apart import WriterProcess
from tests.returns.test_round_trip import _content


class StoppedError(Exception):
    """The person has stopped it."""


def _rows(several: int) -> Content:
    content = _content()
    (row,) = content.tables[0]
    return replace(content, tables=(tuple(replace(row, key=f"{row.key[:-4]}{n:04}") for n in range(several)),))


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "out.xlsx"
    path.write_bytes(b"the old file")
    return path


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> list["subprocess.Popen[bytes]"]:
    """The processes that are started."""
    started = list[subprocess.Popen[bytes]]()

    class Seen(subprocess.Popen):  # type: ignore[type-arg] # as it stands in the module
        def __init__(self, *args: object, **kwargs: object) -> None:
            super().__init__(*args, **kwargs)  # type: ignore[call-overload]
            started.append(self)

    monkeypatch.setattr(subprocess, "Popen", Seen)
    return started


def test_a_process_writes_what_the_program_would(tmp_path: Path) -> None:
    content, told = _rows(250), list[tuple[int, int]]()
    apart, here = tmp_path / "apart.xlsx", tmp_path / "here.xlsx"
    with spoken.usually():
        spoken.speak(spoken.level_words([("Aim", "Aims", "heading")]))
        file_forms.write(DELIVERY_PLAN, content, apart, lambda done, lines: told.append((done, lines)), WriterProcess())
        workbook.write(DELIVERY_PLAN, content, here)
    assert "Aim" in {cell.value for cell in load_workbook(apart)["Delivery plan"][HEADER_ROW]}
    assert [record for record in reader.read(apart, 999, 99) if "about" not in record] == [
        record for record in reader.read(here, 999, 99) if "about" not in record
    ]
    assert told == [(0, 250), (100, 250), (200, 250), (250, 250)]
    assert sorted(tmp_path.iterdir()) == [apart, here]


@pytest.mark.parametrize("at", [0, 100])
def test_writing_is_stopped_in_the_middle(old: Path, at: int, alone: list["subprocess.Popen[bytes]"]) -> None:
    def stop(done: int, lines: int) -> None:
        assert lines == 300
        if done == at:
            raise StoppedError

    with pytest.raises(StoppedError):
        WriterProcess().write(DELIVERY_PLAN, _rows(300), old, stop)
    assert [process.returncode is not None for process in alone] == [True]
    assert list(old.parent.iterdir()) == [old]
    assert old.read_bytes() == b"the old file"


@pytest.mark.parametrize(
    ("does", "said"),
    [
        ("raise SystemExit(3)", "the part of the program that writes it was stopped"),
        ("print('rubbish', flush=True)", "the part of the program that writes it was stopped"),
        ("""print('{"end": "not written", "said": "Shorten it."}', flush=True)""", "Shorten it"),
        ("""print('{"end": "problem", "number": 28, "said": "No space left"}', flush=True)""", "No space left"),
    ],
)
def test_a_writer_that_fails_is_told(old: Path, monkeypatch: pytest.MonkeyPatch, does: str, said: str) -> None:
    monkeypatch.setattr(writing_apart, "_command", lambda: [sys.executable, "-c", does])
    with pytest.raises(NotWritten, match=said):
        WriterProcess().write(DELIVERY_PLAN, _rows(3), old)
    assert old.read_bytes() == b"the old file"
    assert list(old.parent.iterdir()) == [old]


def test_a_writer_whose_program_ends_leaves_nothing(tmp_path: Path) -> None:
    aside = tmp_path / ".out.12345678.xlsx"
    aside.write_bytes(b"half")
    code = "import pathlib, sys; from spp_desktop.returns import writer\n"
    code += "writer._end_with_program(open(0, 'rb'), pathlib.Path(sys.argv[1]))"
    assert subprocess.run([sys.executable, "-c", code, str(aside)], input=b"", check=False).returncode == 1
    assert not aside.exists()


@pytest.mark.parametrize("definition", every_return(), ids=lambda definition: definition.id)
def test_every_return_can_be_given_to_a_process(definition: Return) -> None:
    assert pickle.loads(pickle.dumps(writing_apart.bare(definition))) == writing_apart.bare(definition)
