"""The command line as a person or a script uses it: real programs, real files, exit statuses."""

import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from spp_desktop.cli import ASK, DONE, REFUSED


def spp(*words: object) -> subprocess.CompletedProcess[str]:
    """Run ``spp`` with these words."""
    program = [sys.executable, "-c", "from spp_desktop.cli import main; main()", *map(str, words)]
    return subprocess.run(program, capture_output=True, text=True, check=False)


def dumped(plan: Path) -> dict[str, list[dict[str, object]]]:
    said = spp("dump", plan)
    assert said.returncode == DONE, said.stderr
    content: dict[str, list[dict[str, object]]] = json.loads(said.stdout)
    return content


def test_two_samples_made_apart_dump_alike(published: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.plan"
    assert spp("new", other, "--sample", "published").returncode == DONE
    one, two = dumped(published), dumped(other)
    assert one == two
    assert len(one["priorities"]) == 7
    assert len(one["activities"]) == 111
    assert sum(len(str(activity["owners"]).split("ACC")) - 1 for activity in one["activities"]) == 117
    assert len(one["indicators"]) == 22


def test_out_and_back(published: Path, tmp_path: Path) -> None:
    book = tmp_path / "delivery.xlsx"
    assert spp("export", published, "delivery-plan", book, "--year", "2008-2009").returncode == DONE
    untouched = spp("import", published, book)
    assert untouched.returncode == DONE
    assert "No changes" in untouched.stdout

    before = published.read_bytes()
    set_cell(book, "1.01", "Status", "On track")
    seen = spp("import", published, book)
    assert seen.returncode == DONE
    assert "Nothing was changed" in seen.stdout
    assert published.read_bytes() == before
    taken = spp("import", published, book, "--apply", "clean")
    assert taken.returncode == DONE, taken.stdout
    assert dumped(published)["activities"][0]["status"] == "On track"
    assert "On track" not in spp("import", published, book, "--apply", "clean").stdout
    assert spp("undo", published).returncode == DONE
    assert dumped(published)["activities"][0]["status"] == ""
    assert spp("redo", published).returncode == DONE
    assert dumped(published)["activities"][0]["status"] == "On track"
    assert "import" in spp("history", published).stdout


def set_cell(book: Path, ref: str, title: str, value: str) -> None:
    opened = openpyxl.load_workbook(book)
    sheet = opened.worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    head = next(n for n, row in enumerate(rows) if title in row)
    line = next(n for n, row in enumerate(rows) if ref in row)
    sheet.cell(line + 1, rows[head].index(title) + 1).value = value
    opened.save(book)


def test_a_conflict_needs_a_person(published: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    for book, status in ((first, "On track"), (second, "Complete")):
        assert spp("export", published, "delivery-plan", book).returncode == DONE
        set_cell(book, "1.01", "Status", status)
    assert spp("import", published, first, "--apply", "clean").returncode == DONE
    asked = spp("import", published, second, "--apply", "clean")
    assert asked.returncode == ASK
    assert dumped(published)["activities"][0]["status"] == "On track"
    assert spp("import", published, second, "--apply", "all").returncode == DONE
    assert dumped(published)["activities"][0]["status"] == "Complete"


@pytest.mark.parametrize(
    "words",
    [
        ("dump", "missing.plan"),
        ("export", "PLAN", "no-such-return", "out.xlsx"),
        ("export", "PLAN", "delivery-plan", "out.xlsx", "--year", "soon"),
        ("export", "PLAN", "delivery-plan", "no folder/out.xlsx"),
        ("import", "PLAN", "missing.xlsx"),
        ("import", "PLAN", "LETTER"),
        ("undo", "PLAN"),
        ("new", "PLAN"),
    ],
)
def test_refusals_are_one_sentence_and_change_nothing(
    words: tuple[str, ...], published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    letter = tmp_path / "letter.xlsx"
    letter.write_text("Dear sir")
    before = published.read_bytes()
    said = spp(*({"PLAN": published, "LETTER": letter}.get(word, word) for word in words))
    assert said.returncode == REFUSED
    assert said.stderr.strip()
    assert "Traceback" not in said.stderr
    assert published.read_bytes() == before


def test_check_backup_returns_and_picture(worked: Path, tmp_path: Path) -> None:
    assert spp("check-file", worked).returncode == DONE
    kept = spp("backup", worked)
    assert kept.returncode == DONE
    assert "earlier versions" in kept.stdout
    listed = json.loads(spp("returns", "--json").stdout)
    assert {"delivery-plan", "performance-plan"} <= {one["id"] for one in listed}
    for tab in ("priorities", "delivery", "performance"):
        picture = tmp_path / f"{tab}.png"
        assert spp("picture", worked, tab, picture).returncode == DONE
        assert picture.read_bytes().startswith(b"\x89PNG")


def test_damage_is_told(worked: Path) -> None:
    content = worked.read_bytes()
    place = content.index(b"murder suppression")
    worked.write_bytes(content[:place] + b"MURDER" + content[place + 6 :])
    said = spp("check-file", worked)
    assert said.returncode == REFUSED
    assert "the history says" in said.stdout.lower()
