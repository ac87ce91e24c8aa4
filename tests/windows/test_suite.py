"""The tests of everything below the window run on Windows, and those of the window as far as Wine can."""

import shutil
from pathlib import Path

import pytest

from tests.windows import suite
from tests.windows.program import Program

HOURS = 3600.0
BELOW = ("plan", "figures", "returns", "store", "edits")


@pytest.fixture(scope="session")
def tried(program: Program, tmp_path_factory: pytest.TempPathFactory) -> Program:
    return suite.put_together(program, tmp_path_factory.mktemp("wheels"))


def names(part: str) -> list[str]:
    if part == "cli":
        return sorted(f"tests/{path.name}" for path in (suite.ROOT / "tests").glob("test_cli*.py"))
    return [f"tests/{part}"]


@pytest.mark.timeout(6 * HOURS)
@pytest.mark.parametrize("part", ["flows", "cli", *reversed(BELOW), "ui"])  # those that most can go wrong in first
def test_the_suite(tried: Program, part: str, tmp_path: Path) -> None:
    ended = suite.tested(tried, *names(part), seconds=5 * HOURS)
    said = ended.out.decode(errors="replace")
    (tmp_path / f"{part}.txt").write_text(said, encoding="utf-8")
    assert ended.status == 0, said[-20_000:]


def test_what_is_left_out_is_there_and_has_a_reason() -> None:
    left_out = [(str(name), str(group["reason"])) for group in suite.listed() for name in group["tests"]]  # type: ignore[attr-defined]
    for name, reason in left_out:
        file, _, test = name.partition("::")
        assert (suite.ROOT / file).is_file(), name
        assert not test or f"def {test.partition('[')[0]}(" in (suite.ROOT / file).read_text(encoding="utf-8"), name
        assert reason
    assert len({name for name, _ in left_out}) == len(left_out)
    assert shutil.which("wine")
