"""What the tests of the Debian package stand on; for the release of Debian that ``DEBIAN`` names."""

import os
import shutil
from pathlib import Path

import pytest

import spp_desktop
from installers import debian
from installers.debian import Release
from installers.wheels import ROOT
from tests.debian import older
from tests.debian.system import System


@pytest.fixture(scope="session")
def release() -> Release:
    return debian.RELEASES[os.environ.get("DEBIAN") or "bookworm"]


@pytest.fixture(scope="session")
def package(release: Release) -> Path:
    """The package that ``make deb`` built."""
    return ROOT / "dist" / f"spp-desktop_{spp_desktop.__version__}+deb{release.number}_amd64.deb"


@pytest.fixture(scope="session")
def older_package(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package of an earlier version, whose plans are of an older form."""
    folder = tmp_path_factory.mktemp("older")
    if older.with_older_plans(folder / "sources") is None:
        pytest.skip("the history of the sources is not here")
    return debian.build(release, folder, folder / "sources", packing=0)


@pytest.fixture(scope="session")
def system(release: Release, tmp_path_factory: pytest.TempPathFactory) -> System:
    """A clean Debian, in which nothing of ours has been installed yet."""
    missing = [name for name in ("debootstrap", "unshare", "Xvfb", "xdotool") if not shutil.which(name)]
    if missing or os.geteuid() != 0:
        pytest.skip(f"a clean Debian needs root, and these programs: {' '.join(missing)}")
    return System.bootstrapped(release.name, tmp_path_factory.mktemp("debian") / "root")


@pytest.fixture(scope="session")
def before(system: System, older_package: Path) -> Path:
    """A plan that the earlier version made there, which is installed first."""
    system.apt("install", system.put(older_package))
    plan = system.home / "From before.plan"
    system.programs.done("new", plan, "--sample", "worked")
    return plan


@pytest.fixture(scope="session")
def upgraded(system: System, before: Path, package: Path) -> System:
    """The Debian with the program as it is now, over the earlier version."""
    assert before.exists()
    system.apt("install", system.put(package))
    return system
