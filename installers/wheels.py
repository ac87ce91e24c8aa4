"""The wheels that a program is put together from: of the libraries in exact versions, and of the program itself."""

import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

ROOT = Path(__file__).parents[1]
"""The checkout."""
CONSTRAINTS = ROOT / "constraints.txt"
SOURCES = ("spp_desktop", "sample_data", "resources", "docs", "pyproject.toml", "README.md", "LICENSE")
"""What of the checkout goes into the program's own wheel."""


@dataclass(frozen=True)
class Target:
    """A system that a program is put together for.

    Attributes:
        name: What it is called in the list of what is left out: "windows" or "debian".
        python: The version of its Python, such as "3.11".
        platforms: The platforms of wheels that it takes, the best first.
        markers: What the markers of requirements are compared with there (PEP 508), as far as ours use them.
    """

    name: str
    python: str
    platforms: tuple[str, ...]
    markers: Mapping[str, str]

    @property
    def environment(self) -> dict[str, str]:
        """The environment in which markers are read."""
        return {
            **self.markers,
            "python_version": self.python,
            "python_full_version": f"{self.python}.0",
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
            "extra": "",
        }


def windows(python: str = "3.11") -> Target:
    """Windows on a 64-bit processor."""
    markers = {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows", "platform_machine": "AMD64"}
    return Target("windows", python, ("win_amd64",), markers)


def debian(python: str = "3.11", glibc: int = 36) -> Target:
    """Debian on a 64-bit processor, with the C library 2.``glibc`` (2.36 is that of Debian 12)."""
    markers = {"sys_platform": "linux", "os_name": "posix", "platform_system": "Linux", "platform_machine": "x86_64"}
    platforms = tuple(f"manylinux_2_{minor}_x86_64" for minor in range(glibc, 4, -1))
    return Target("debian", python, (*platforms, "manylinux2014_x86_64", "manylinux1_x86_64"), markers)


def fetch(target: Target, folder: Path) -> list[Path]:
    """The wheels of everything that the program needs to run there, by name; what the folder has is not fetched again.

    pip reads markers as those of the machine it runs on, so what each wheel needs is read here, round by round.

    Raises:
        subprocess.CalledProcessError: if a wheel cannot be had.
    """
    folder.mkdir(parents=True, exist_ok=True)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    versions = _versions()
    needed: dict[str, Path] = {}
    waiting = set(_names(project["project"]["dependencies"], target))
    while waiting:
        kept = _kept(folder)
        if missing := [f"{name}=={versions[name]}" for name in sorted(waiting) if (name, versions[name]) not in kept]:
            _download(target, missing, folder)
            kept = _kept(folder)
        fetched = {name: kept[name, versions[name]] for name in waiting}
        needed |= fetched
        waiting = {name for wheel in fetched.values() for name in _names(_requires(wheel), target)} - needed.keys()
    return [needed[name] for name in sorted(needed)]


def _versions() -> dict[str, str]:
    lines = CONSTRAINTS.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("==") for line in lines if line and not line.startswith("#"))
    return {canonicalize_name(name): version for name, version in pairs}


def _names(lines: Iterable[str], target: Target) -> Iterator[str]:
    """The names of what these requirements ask for on a target."""
    for line in lines:
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate(target.environment):
            yield canonicalize_name(requirement.name)


def _requires(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return BytesHeaderParser().parsebytes(archive.read(name)).get_all("Requires-Dist", [])


def _kept(folder: Path) -> dict[tuple[str, str], Path]:
    """The wheels in a folder, by name and version."""
    named = ((parse_wheel_filename(path.name), path) for path in sorted(folder.glob("*.whl")))
    return {(name, str(version)): path for (name, version, _, _), path in named}


def _download(target: Target, what: list[str], folder: Path) -> None:
    platforms = [argument for platform in target.platforms for argument in ("--platform", platform)]
    pip(
        "download",
        "--no-deps",
        "--only-binary=:all:",
        "--python-version",
        target.python,
        *platforms,
        "-d",
        folder,
        *what,
    )


def own(folder: Path, stamp: int, root: Path = ROOT) -> Path:
    """The program's own wheel, built from the checkout.

    Args:
        folder: Where it is put.
        stamp: The time that its files are given, in seconds since 1970.
        root: Another checkout.

    Raises:
        subprocess.CalledProcessError: if it cannot be built.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as copied:  # a build leaves files beside its sources, and takes up those of another build
        for name in SOURCES:
            source, copy = root / name, Path(copied, name)
            if source.is_dir():
                shutil.copytree(source, copy, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, copy)
        pip("wheel", "--no-deps", "-w", folder, copied, SOURCE_DATE_EPOCH=str(stamp))
    return max(folder.glob("spp_desktop-*.whl"), key=lambda path: path.stat().st_mtime_ns)


def pip(*arguments: str | Path, **environment: str) -> None:
    """Run pip within the exact versions of the project, for what it installs and for what builds that.

    Raises:
        subprocess.CalledProcessError: if it fails; what it says of it has gone to the standard error.
    """
    bounds = {"PIP_CONSTRAINT": str(CONSTRAINTS), "PIP_BUILD_CONSTRAINT": str(CONSTRAINTS)}
    command = [sys.executable, "-m", "pip", "-qq", "--disable-pip-version-check", *map(str, arguments)]
    subprocess.run(command, check=True, env={**os.environ, **bounds, **environment})


def unpack(wheels: Iterable[Path], folder: Path) -> None:
    """Unpack wheels into a folder as Python looks for them there (PEP 427); scripts and headers are left out."""
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            for name in archive.namelist():
                if (place := _place(name)) and not name.endswith("/"):
                    path = folder / place
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(archive.read(name))


def _place(name: str) -> PurePosixPath | None:
    """Where a wheel's file belongs among the libraries; ``None`` for what does not.

    Raises:
        ValueError: if it would stand outside.
    """
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        raise ValueError(f"{name} would stand outside of the program.")
    if path.parts[0].endswith(".data"):
        return PurePosixPath(*path.parts[2:]) if path.parts[1] in {"purelib", "platlib"} else None
    return path
