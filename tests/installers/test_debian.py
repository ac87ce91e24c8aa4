"""What the Debian package tells the system, held against what the program itself says."""

import configparser
import re
import shutil
import struct
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import psycopg
import pytest

from installers import debian
from installers.debian import FILES, RELEASES, SETTINGS, asked
from spp_desktop.ui.window.platform import QT_LIBRARIES, WAYLAND_LIBRARIES, X11_LIBRARIES

MIME = {"": "http://www.freedesktop.org/standards/shared-mime-info"}


def test_the_menu_entry_opens_the_kind_of_file_that_is_declared() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign] # names of an entry are as they are written
    entry.read(FILES / "spp-desktop.desktop")
    opened = entry["Desktop Entry"]
    kind = ET.parse(FILES / "spp-desktop.xml").getroot().find("mime-type", MIME)
    assert kind is not None
    assert opened["MimeType"] == f"{kind.attrib['type']};"
    assert opened["Exec"].split()[0] in debian.PROGRAMS
    if shutil.which("desktop-file-validate"):
        subprocess.run(["desktop-file-validate", FILES / "spp-desktop.desktop"], check=True)


def test_a_plan_is_known_by_what_stands_in_it(published: Path) -> None:
    content = published.read_bytes()
    matches = ET.parse(FILES / "spp-desktop.xml").getroot().iterfind(".//match", MIME)
    told = [(int(match.attrib["offset"]), match.attrib["value"].encode()) for match in matches]
    assert len(told) == 2
    assert all(content[at:].startswith(value) for at, value in told)
    assert struct.unpack_from(">I", content, 68)[0] == int.from_bytes(told[1][1])


def test_the_package_asks_for_what_the_program_says_it_needs() -> None:
    known = {**SETTINGS["libraries"], **SETTINGS["libraries"]["recommended"]}
    said = {**QT_LIBRARIES, **X11_LIBRARIES, **WAYLAND_LIBRARIES}
    assert {name: known.get(name) for name in said} == said


def test_a_library_that_nobody_has_looked_at_ends_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def readelf(*_args: object, **_options: object) -> subprocess.CompletedProcess[str]:
        told = "".join(f" 0x1 (NEEDED)  Shared library: [{name}]\n" for name in needed)
        return subprocess.CompletedProcess([], 0, told, "")

    monkeypatch.setattr(subprocess, "run", readelf)
    (tmp_path / "ours.so.1").touch()
    needed = ["libz.so.1", "ours.so.1", "libcups.so.2"]
    assert asked(tmp_path) == ({"zlib1g"}, {"libcups2"})
    needed = ["libunheard.so.1"]
    with pytest.raises(KeyError):
        asked(tmp_path)


@pytest.mark.skipif(not shutil.which("readelf"), reason="readelf is not installed")
def test_what_the_library_of_hubs_brings_along_asks_for_known_libraries(tmp_path: Path) -> None:
    for folder in Path(psycopg.__file__).parent.parent.glob("psycopg_binary*"):
        shutil.copytree(folder, tmp_path / folder.name)
    depends, recommends = asked(tmp_path)
    assert "libc6" in depends
    assert not recommends


def test_releases_follow_one_another() -> None:
    releases = sorted(RELEASES.values(), key=lambda release: release.number)
    assert [release.name for release in releases] == ["bookworm", "trixie"]
    assert [release.target.python for release in releases] == ["3.11", "3.13"]


def test_what_lintian_is_told_has_a_reason() -> None:
    lines = (FILES / "lintian-overrides").read_text().splitlines()
    assert all(re.match(r"# .{20}|spp-desktop: [\w-]+ \*$", line) for line in lines)
    assert lines[0].startswith("#")


@pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="dpkg-deb is not installed")
def test_what_a_package_holds_is_counted_where_it_belongs(tmp_path: Path) -> None:
    root, package = tmp_path / "root", tmp_path / "a.deb"
    files = ("PySide6/Qt/lib/libQt6Core.so.6", "psutil/a.py", "spp_desktop/app.py")
    for number, name in enumerate((*(f"{debian.HOME}/{file}" for file in files), "usr/bin/spp"), 1):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(b"x" * number * 100_000)
    (root / "DEBIAN").mkdir()
    (root / "DEBIAN/control").write_text(
        "Package: a\nVersion: 1\nArchitecture: amd64\nMaintainer: A <a@example.org>\nDescription: a\n"
    )
    subprocess.run(["dpkg-deb", "--build", root, package], check=True, capture_output=True)
    rows = {tuple(cell.strip() for cell in line.split("|")[1:3]) for line in debian.table_of(package).split("\n")}
    assert rows >= {
        ("Qt: its libraries and plugins", "0.1"),
        ("other libraries", "0.2"),
        ("SPP Desktop itself, with its sample and its help", "0.7"),
        ("**the package**", "1.0"),
    }
