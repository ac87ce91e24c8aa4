"""The installer, used as a force's software distribution does: silently, over a lower version, and backwards."""

import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from installers import wheels, windows
from installers.stamp import stamp
from spp_desktop import __version__
from spp_desktop.cli import DONE, REFUSED
from tests.debian import older
from tests.windows import shims
from tests.windows.program import FOLDER, NAME, Program
from tests.windows.screen import Screen
from tests.windows.wine import Wine, until

KEPT = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\SPP Desktop"
CLASSES = r"HKCU\Software\Classes"
START_MENU = Path("AppData/Roaming/Microsoft/Windows/Start Menu/Programs") / f"{NAME}.lnk"
HIGHER_IS_INSTALLED = 4
LOWER = "0.0.1"
SPARED = ("PySide6", "shiboken6", "psycopg_binary", "cryptography")
"""What the lower version does without, so that it is packed in seconds; its command line runs all the same."""


@pytest.fixture(scope="module")
def wine(screen: Screen, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wine]:
    """A Windows in which nothing has been installed."""
    made = Wine(tmp_path_factory.mktemp("bare") / "prefix", screen.display)
    yield made
    made.close()


@pytest.fixture(scope="module")
def lower(program: Program, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installer of a lower version, whose plans are of an older form, with a file that this one no longer has."""
    folder = tmp_path_factory.mktemp("lower")
    if older.with_older_plans(folder / "sources") is None:
        pytest.skip("the history of the sources is not here")
    app, build = folder / "app", folder / "build"
    build.mkdir()
    left_out = shutil.ignore_patterns(*SPARED, "uninstall.exe", "wine_math.*", "icuuc.dll", "bcryptprimitives.dll")
    shutil.copytree(program.folder, app, ignore=left_out)
    own = wheels.own(folder / "own", stamp(), folder / "sources")
    with zipfile.ZipFile(own) as archive:
        for name in {name.partition("/")[0] for name in archive.namelist()}:
            shutil.rmtree(app / windows.LIBRARIES / name, ignore_errors=True)
    wheels.unpack([own], app / windows.LIBRARIES)
    (app / "python311._pth").write_text(windows.SEARCHED, encoding="ascii", newline="")
    (app / "Lib/site-packages/dropped.py").touch()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(windows, "__version__", LOWER)
        patch.setattr(windows, "BUILD", build)
        patch.setattr(windows, "DIST", folder / "dist")
        return windows.packed(app)


def test_it_is_in_the_start_menu_opens_plans_and_can_be_removed(program: Program) -> None:
    wine = program.wine
    link = (wine.person / START_MENU).read_bytes()
    assert "pythonw.exe".encode("utf-16-le") in link
    assert "-X utf8 -m spp_desktop".encode("utf-16-le") in link
    opened_by = wine.registry(CLASSES + r"\.plan")
    assert opened_by
    there = wine.there(program.folder)
    assert wine.registry(rf"{CLASSES}\{opened_by}\shell\open\command") == (
        f'"{there}\\pythonw.exe" -X utf8 -m spp_desktop "%1"'
    )
    assert wine.registry(KEPT, "DisplayVersion") == __version__
    assert wine.registry(KEPT, "QuietUninstallString") == f'"{there}\\uninstall.exe" /S'


def test_it_stays_in_the_folder_of_one_person(program: Program) -> None:
    """No administrator was needed for it: nothing of it lies in a folder of all, and none of the registry's keys."""
    drive = program.wine.drive
    ours = {NAME, "spp.cmd", "spp_desktop", f"{NAME}.lnk"}
    others = [path for path in drive.iterdir() if path.name not in {"users", "work"}]
    assert not [path for other in others for path in other.rglob("*") if path.name in ours]
    assert program.wine.registry(KEPT.replace("HKCU", "HKLM"), "DisplayVersion") is None


def test_a_lower_version_is_replaced_and_what_it_made_opens(wine: Wine, lower: Path, setup: Path) -> None:
    assert wine.run(lower, "/S").status == 0
    assert wine.registry(KEPT, "DisplayVersion") == LOWER
    program = Program(wine)
    folder = program.folder
    dropped = folder / "Lib/site-packages/dropped.py"
    assert dropped.exists()
    beside = folder / "A person's own plan.plan"
    beside.write_bytes(b"not the program's")
    plan = wine.person / "From before.plan"
    shims.put_into(folder)
    made = program.spp("new", plan, "--sample", "worked")
    assert made.status == DONE, made

    assert wine.run(setup, "/S").status == 0
    assert wine.registry(KEPT, "DisplayVersion") == __version__
    assert not dropped.exists()
    assert (folder / "Lib/site-packages/PySide6").is_dir()
    assert beside.read_bytes() == b"not the program's"
    shims.put_into(folder)
    exported = program.spp("export", plan, "status", wine.person / "after.xlsx")
    assert exported.status == DONE, exported
    assert list(wine.person.glob(f"{plan.stem} - earlier versions/*"))

    refused = wine.run(lower, "/S")
    assert refused.status == HIGHER_IS_INSTALLED
    assert wine.registry(KEPT, "DisplayVersion") == __version__
    assert not dropped.exists()


def test_going_back_is_asked_for_and_says_what_to_do_with_plans(wine: Wine, lower: Path, setup: Path) -> None:
    """It goes on from the test before: a plan of the lower version was upgraded."""
    program, plan = Program(wine), wine.person / "From before.plan"
    assert wine.run(lower, "/S", "/LOWER").status == 0
    assert wine.registry(KEPT, "DisplayVersion") == LOWER
    shims.put_into(program.folder)
    refused = program.spp("dump", plan)
    assert (refused.status, refused.out) == (REFUSED, b"")
    assert b"newer version of this program" in refused.err
    (kept,) = wine.person.glob(f"{plan.stem} - earlier versions/*")
    assert program.spp("check-file", kept).status == DONE
    assert wine.run(setup, "/S").status == 0
    shims.take_from(program.folder)


def test_removed_it_leaves_plans_settings_and_what_is_not_its_own(wine: Wine, setup: Path) -> None:
    folder, person = wine.person / FOLDER, wine.person
    if not folder.exists():
        assert wine.run(setup, "/S").status == 0
    mine = [
        person / "AppData/Local/SPP Desktop/earlier versions/a.plan",
        person / "AppData/Roaming/SPP Desktop/SPP Desktop.ini",
        folder / "A person's own plan.plan",
    ]
    for path in mine:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"mine")
    wine.run(folder / "uninstall.exe", "/S")
    # It goes on as a copy of itself, which alone can remove its file.
    until(lambda: not (folder / "uninstall.exe").exists() and wine.registry(KEPT, "DisplayVersion") is None, "removed")
    assert [path.read_bytes() for path in mine] == [b"mine"] * len(mine)
    assert [path.name for path in folder.iterdir()] == [mine[-1].name]
    assert not (person / START_MENU).exists()
    assert wine.registry(CLASSES + r"\.plan") is None
    assert wine.registry(CLASSES + r"\SPPDesktop.Plan") is None
