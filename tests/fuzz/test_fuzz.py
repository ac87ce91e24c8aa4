"""A few hundred spoilt files, always the same ones; ``make fuzz`` tries as many as a minute allows."""

from pathlib import Path

import pytest

from tests.depth import depth
from tests.fuzz import running
from tests.fuzz.running import APART, run


def test_no_spoilt_file_escapes(tmp_path: Path) -> None:
    files = depth(150, 20_000)
    found = run(tmp_path, seed=1, files=files)
    assert not found.escapes
    assert found.files == files
    assert found.apart == -(-files // APART)
    assert found.outcomes["read"] > 30
    assert len(found.outcomes) > 8


def _fails(*_: object) -> None:
    raise KeyError("x")


def test_a_file_that_escapes_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "received", _fails)
    found = run(tmp_path, seed=1, files=5, keep=tmp_path / "kept")
    assert found.escapes
    assert len(list((tmp_path / "kept").iterdir())) == len(found.escapes)
    assert "KeyError" in found.escapes[0]
