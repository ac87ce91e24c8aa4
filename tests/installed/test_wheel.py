"""The wheel that ``make wheel`` left in ``dist/``, installed in an environment with only what it asks for."""

import os
import re
import subprocess
import sys
import venv
from collections.abc import Callable
from email.parser import BytesHeaderParser
from importlib.metadata import distribution
from pathlib import Path
from zipfile import ZipFile

import pytest

import spp_desktop
from spp_desktop.ui.help.library import CONTENTS, read_library
from spp_desktop.ui.help.links import within
from tests.installed import journey
from tests.installed.programs import Programs
from tests.requirements import needed

ROOT = Path(__file__).parents[2]
WHEEL = ROOT / "dist" / f"spp_desktop-{spp_desktop.__version__}-py3-none-any.whl"
MOST = 4_500_000
"""Bytes that the wheel may take."""
PACKAGES = ("spp_desktop", "resources", "sample_data")


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Programs:
    """The programs of the wheel, which find no package but those that it asks for."""
    environment = tmp_path_factory.mktemp("environment")
    venv.create(environment)
    python = environment / "bin" / "python"
    _link_needed(environment / "lib" / f"python3.{sys.version_info.minor}" / "site-packages")
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check"]
    # Where Python is told to look elsewhere too, pip may find the program there and install nothing.
    alone = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    subprocess.run([*pip, "install", "--quiet", "--no-deps", "--no-index", str(WHEEL)], check=True, env=alone)
    subprocess.run([*pip, "check"], check=True, env=alone)
    home = tmp_path_factory.mktemp("home of a person")
    return Programs(str(environment / "bin" / "spp"), str(environment / "bin" / "spp-desktop"), home, home)


def test_it_holds_every_file_of_its_packages_and_no_other() -> None:
    """No test, nothing left over from an earlier build, and no text, sample or picture missing."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a checkout")
    listing = ["git", "ls-files", "-z", *PACKAGES, "docs"]
    told = subprocess.run(listing, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    listed = set(told.rstrip("\0").split("\0"))
    needed_there = {name for name in listed if not name.startswith("docs/")} | _of_the_help()
    with ZipFile(WHEEL) as wheel:
        kept = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert needed_there <= kept <= listed


def test_it_is_small() -> None:
    assert WHEEL.stat().st_size < MOST


@pytest.mark.parametrize("part", journey.PARTS, ids=lambda part: part.__name__)
def test_the_installed_programs(programs: Programs, part: Callable[[Programs], None]) -> None:
    part(programs)


def test_nothing_is_read_from_the_sources(programs: Programs) -> None:
    python = Path(programs.spp).with_name("python")
    code = "import spp_desktop, sample_data, resources; print(spp_desktop.__file__)"
    where = subprocess.run(
        [python, "-I", "-c", code], cwd=programs.home, capture_output=True, text=True, check=True
    ).stdout
    assert Path(where.strip()).is_relative_to(python.parents[1])


def test_the_help_is_read_where_it_is_installed(programs: Programs) -> None:
    code = "from spp_desktop.ui.help.library import read_library; print(*read_library().pages)"
    python = Path(programs.spp).with_name("python")
    pages = subprocess.run(
        [python, "-I", "-c", code], cwd=programs.home, capture_output=True, text=True, check=True
    ).stdout
    assert pages.split() == list(read_library().pages)


def _of_the_help() -> set[str]:
    """The documents that are pages of the help, with their pictures."""
    pages = read_library().pages.values()
    pictures = {within(page.name, name) for page in pages for name in re.findall(r"!\[[^]]*\]\((\S+)\)", page.markdown)}
    return {f"docs/{name}" for name in ("__init__.py", CONTENTS, *(page.name for page in pages), *pictures)}


def _link_needed(packages: Path) -> None:
    """Put links to the packages that ours needs into a folder of packages; they are installed here anyhow."""
    with ZipFile(WHEEL) as wheel:
        (metadata,) = [name for name in wheel.namelist() if name.endswith(".dist-info/METADATA")]
        asked = BytesHeaderParser().parsebytes(wheel.read(metadata)).get_all("Requires-Dist", [])
    for name in needed(asked):
        installed = distribution(name)
        for first in {path.parts[0] for path in installed.files or []} - {"..", "__pycache__"}:
            (packages / first).symlink_to(Path(str(installed.locate_file(first))))
