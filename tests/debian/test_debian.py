"""What a person does with the package in a clean Debian, from installing an earlier version to taking all away."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import spp_desktop
from installers import debian
from installers.debian import Release
from tests.debian.system import System
from tests.installed import journey
from tests.installed.programs import PATIENCE, press, screen

MOST = 80_000_000
"""Bytes that the package may take."""


def test_the_package_is_small_enough(package: Path) -> None:
    assert package.stat().st_size < MOST


def test_it_is_the_same_on_another_day(package: Path, release: Release, tmp_path: Path) -> None:
    assert debian.build(release, tmp_path).read_bytes() == package.read_bytes()


@pytest.mark.skipif(not shutil.which("lintian"), reason="lintian is not installed")
def test_lintian_says_nothing_that_is_not_answered(package: Path) -> None:
    told = subprocess.run(
        ["lintian", "--fail-on", "error,warning", package], capture_output=True, text=True, check=False
    )
    assert (told.returncode, told.stdout) == (0, "")


def test_what_an_earlier_version_made_is_opened(upgraded: System, before: Path) -> None:
    assert upgraded.programs.done("--version").out.strip() == spp_desktop.__version__
    upgraded.programs.done("check-file", before)
    upgraded.programs.done("export", before, "status", before.with_name("after.xlsx"))
    assert upgraded.programs.done("dump", before).data["activities"]
    assert list(before.parent.glob(f"{before.stem} - earlier versions/*"))


def test_nothing_of_the_earlier_version_is_left(upgraded: System) -> None:
    listed = set(upgraded.run("dpkg", "-L", "spp-desktop").split("\n"))
    there = upgraded.run("find", "/opt/spp-desktop", "-type", "f", "-not", "-name", "*.pyc").split("\n")
    assert set(there) <= listed
    assert upgraded.run("dpkg", "--verify", "spp-desktop") == ""


@pytest.mark.parametrize("part", journey.PARTS, ids=lambda part: part.__name__)
def test_the_installed_programs(upgraded: System, part: Callable[..., None]) -> None:
    part(upgraded.programs)


def test_every_library_finds_what_it_needs(upgraded: System) -> None:
    """But for parts that only printers, Wayland and GTK would use, which are recommended."""
    told = upgraded.run("sh", "-c", "find /opt/spp-desktop -name '*.so*' -exec ldd {} + 2>&1")
    missing = set(re.findall(r"(\S+) => not found", told))
    assert missing <= debian.SETTINGS["libraries"]["recommended"].keys()


def test_both_have_a_manual(upgraded: System) -> None:
    upgraded.apt("install", "man-db")
    for program in debian.PROGRAMS:
        page = upgraded.run("man", "--warnings", program)
        assert page.startswith(program.upper())
        assert "SYNOPSIS" in page


def test_a_plan_is_opened_by_the_desktop(upgraded: System) -> None:
    """By its ending and by its content, through the menu entry; closed by a key, it is free again."""
    upgraded.apt(
        "install", "shared-mime-info", "desktop-file-utils", "libglib2.0-bin", "xdg-utils", "hicolor-icon-theme"
    )
    programs = upgraded.programs
    plan, bare = programs.home / "Opened by a click.plan", programs.home / "without an ending"
    programs.done("new", plan, "--sample", "worked")
    bare.write_bytes(plan.read_bytes())
    for file in (plan, bare):
        kind = programs.run("gio", "info", "--attributes", "standard::content-type", file).out
        assert "application/x-spp-plan" in kind
    assert programs.run("xdg-mime", "query", "default", "application/x-spp-plan").out == "spp-desktop.desktop\n"
    assert upgraded.run("desktop-file-validate", "/usr/share/applications/spp-desktop.desktop") == ""
    lock = plan.with_name(f"{plan.name}.lock")
    with screen() as display, programs.on(display).begin("gio", "open", plan) as process:
        press(display, plan.stem, "ctrl+q")
        assert process.wait(PATIENCE) == 0
        upgraded.run("sh", "-c", f"while test -e '{lock.relative_to(upgraded.root)}'; do sleep 0.1; done")
    assert (programs.home / ".config").exists()


def test_going_back_says_what_to_do(upgraded: System, before: Path, older_package: Path, package: Path) -> None:
    older = upgraded.put(older_package)
    assert "downgrading" in upgraded.run("dpkg", "--install", older)
    refused = upgraded.programs.run("spp", "dump", before)
    assert (refused.status, refused.out) == (2, "")
    assert "newer version of this program" in refused.err
    assert "Traceback" not in refused.err
    upgraded.apt("install", upgraded.put(package))
    upgraded.programs.done("check-file", before)


def test_taking_it_away_leaves_plans_and_settings(upgraded: System, before: Path) -> None:
    kept = {path for path in upgraded.home.rglob("*") if path.is_file()}
    content = before.read_bytes()
    upgraded.apt("purge", "spp-desktop")
    assert {path for path in upgraded.home.rglob("*") if path.is_file()} == kept
    assert before.read_bytes() == content
    elsewhere = [
        word for folder in ("proc", "tmp", "home", "var/cache/man") for word in ("-not", "-path", f"/{folder}/*")
    ]
    left = upgraded.run("find", "/", "-xdev", "-name", "*spp-desktop*", *elsewhere)
    assert left == ""
    assert not (upgraded.root / "opt/spp-desktop").exists()
