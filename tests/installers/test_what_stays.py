"""Nothing that the program loads is left out of the installers: pages, charts, returns and pictures are all made."""

import subprocess
import sys
from functools import cache
from pathlib import Path

import PySide6
import pytest

from installers.pruning import prune

LIBRARIES = Path(PySide6.__file__).parents[1]
EVERYTHING = """
import sys
from pathlib import Path
from spp_desktop.app import without_window
import spp_desktop.returns.protected, spp_desktop.ui.window.printing
without_window(Path(sys.argv[1]))
print(*filter(None, (getattr(module, "__file__", None) for module in list(sys.modules.values()))), sep="\\n")
"""


@cache
def loaded(folder: Path) -> tuple[Path, ...]:
    """The files of the libraries that are loaded when every page and every return is made."""
    ended = subprocess.run(
        [sys.executable, "-c", EVERYTHING, folder], capture_output=True, check=True, text=True, cwd=folder
    )
    files = [Path(line) for line in ended.stdout.splitlines() if line.startswith(str(LIBRARIES))]
    return tuple(file.relative_to(LIBRARIES) for file in files)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    return loaded(tmp_path_factory.mktemp("made"))


@pytest.mark.parametrize(("target", "ending"), [("debian", ".abi3.so"), ("windows", ".pyd")])
def test_what_the_program_loads_stays(files: tuple[Path, ...], target: str, ending: str, tmp_path: Path) -> None:
    assert len(files) > 300
    there = [tmp_path / str(file).replace(".abi3.so", ending) for file in files]
    for path in there:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    prune(tmp_path, target)
    assert [str(path.relative_to(tmp_path)) for path in there if not path.exists()] == []
