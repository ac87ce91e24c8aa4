"""The Debian package: the program and its libraries under /opt, run by Debian's own Python.

``python -m installers.debian [RELEASE]`` builds it for a release that ``debian.toml`` lists, into ``dist/``. It needs
``dpkg-deb`` and ``readelf`` (Debian: dpkg, binutils).
"""

import gzip
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import formatdate
from importlib.metadata import distributions
from pathlib import Path
from tempfile import TemporaryDirectory

from installers import icon, licences, manual_pages, parts, pruning, wheels
from installers.stamp import stamp

HERE = Path(__file__).parent
FILES = HERE / "debian_files"
SETTINGS = tomllib.loads((HERE / "debian.toml").read_text(encoding="utf-8"))
HOME = Path("opt/spp-desktop")
"""Where the program and its libraries are, below the root."""
RUN = {"usr/bin/spp", "usr/bin/spp-desktop", "DEBIAN/postinst", "DEBIAN/prerm"}
"""What may be run of the package's tree."""
DRAWING = wheels.ROOT / "resources" / "spp-desktop.svg"
ICON_SIZES = (16, 22, 24, 32, 48, 64, 128, 256)
"""Pixels."""
PROGRAMS = {"spp": "spp_desktop.cli", "spp-desktop": "spp_desktop.app"}


@dataclass(frozen=True)
class Release:
    """A release of Debian that the package is built for.

    Attributes:
        name: Its name, such as "bookworm".
        number: Its number, which ends the package's version, so that a newer release brings a newer package.
        python: The version of its Python, such as "3.11".
        glibc: The second part of its C library's version.
    """

    name: str
    number: int
    python: str
    glibc: int

    @property
    def target(self) -> wheels.Target:
        """What wheels are fetched for."""
        return wheels.debian(self.python, self.glibc)


RELEASES = {name: Release(name, **values) for name, values in SETTINGS["releases"].items()}


def build(release: Release, folder: Path, sources: Path = wheels.ROOT, packing: int = 9) -> Path:
    """Build the package.

    Args:
        release: What it is for.
        folder: Where it is put.
        sources: The checkout that the program is taken from.
        packing: How hard it is packed, from 0 to 9.

    Raises:
        subprocess.CalledProcessError: if a part of it cannot be had or made.
        KeyError: if it links to a library that ``debian.toml`` does not know.
    """
    when = stamp()
    with TemporaryDirectory() as name:
        root, own = Path(name, "root"), Path(name, "own")
        libraries = wheels.fetch(release.target, wheels.ROOT / "build" / f"wheels-{release.name}")
        wheels.unpack([*libraries, wheels.own(own, when, sources)], root / HOME)
        pruning.prune(root / HOME, release.target.name)
        (program,) = distributions(name="spp-desktop", path=[str(root / HOME)])
        version = f"{program.version}+deb{release.number}"
        _add_to_system(root, release, version, when)
        _add_control(root, release, version)
        for path in [*root.rglob("*"), root]:
            path.chmod(0o755 if path.is_dir() or path.relative_to(root).as_posix() in RUN else 0o644)
            os.utime(path, (when, when))
        return _packed(root, folder / f"spp-desktop_{version}_amd64.deb", when, packing)


def _add_to_system(root: Path, release: Release, version: str, when: int) -> None:
    """Put into the tree what the system finds the program by: commands, menu entry, kind of file, icons, manuals."""
    share = root / "usr/share"
    documents = share / "doc/spp-desktop"
    for name, module in PROGRAMS.items():
        _write(root / "usr/bin" / name, (FILES / "program").read_text().format(module=module))
    for name, page in manual_pages.pages(when).items():
        _write(share / f"man/man1/{name}.1.gz", gzip.compress(page.encode(), mtime=0))
    _write(share / "applications/spp-desktop.desktop", (FILES / "spp-desktop.desktop").read_bytes())
    _write(share / "mime/packages/spp-desktop.xml", (FILES / "spp-desktop.xml").read_bytes())
    _write(share / "icons/hicolor/scalable/apps/spp-desktop.svg", DRAWING.read_bytes())
    for size in ICON_SIZES:
        file = share / f"icons/hicolor/{size}x{size}/apps/spp-desktop.png"
        file.parent.mkdir(parents=True)
        icon.picture(DRAWING, size).save(str(file))
    changes = (FILES / "changelog").read_text().format(version=version, release=release.name, day=formatdate(when))
    _write(documents / "changelog.gz", gzip.compress(changes.encode(), mtime=0))
    _write(documents / "CHANGELOG.md.gz", gzip.compress((wheels.ROOT / "CHANGELOG.md").read_bytes(), mtime=0))
    _write(documents / "copyright", copyright_of(root / HOME))
    _write(share / "lintian/overrides/spp-desktop", (FILES / "lintian-overrides").read_bytes())


def _add_control(root: Path, release: Release, version: str) -> None:
    """Put into the tree what dpkg reads: what is asked of the system, what is done on installing, and the sums."""
    files = sorted(path for path in root.rglob("*") if path.is_file())
    depends, recommends = asked(root / HOME)
    major, minor = map(int, release.python.split("."))
    python = [f"python3 (>= {release.python})", f"python3 (<< {major}.{minor + 1})"]
    control = (
        (FILES / "control")
        .read_text()
        .format(
            version=version,
            size=sum(path.stat().st_size // 1024 + 1 for path in files),
            depends=", ".join([*python, f"libc6 (>= 2.{release.glibc})", *sorted(depends - {"libc6"})]),
            recommends=", ".join(sorted(recommends)),
        )
    )
    sums = (f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(root)}\n" for path in files)  # noqa: S324 - dpkg's own
    _write(root / "DEBIAN/control", control)
    _write(root / "DEBIAN/md5sums", "".join(sums))
    for name in ("postinst", "prerm"):
        _write(root / "DEBIAN" / name, (FILES / name).read_bytes())


def asked(libraries: Path) -> tuple[set[str], set[str]]:
    """The Debian packages that a folder's libraries need, and those that some parts of it would like.

    Raises:
        KeyError: if a library is missing in ``debian.toml``.
    """
    objects = [path for path in libraries.rglob("*") if re.search(r"\.so(\.\d+)*$", path.name)]
    told = subprocess.run(["readelf", "-d", *objects], capture_output=True, check=True, text=True).stdout
    needed = set(re.findall(r"\(NEEDED\).*\[(.+)\]", told)) - {path.name for path in objects}
    known = dict(SETTINGS["libraries"])
    optional = known.pop("recommended")
    depends = {known[name] for name in needed if name not in optional}
    return depends, {optional[name] for name in needed if name in optional} - depends


def copyright_of(libraries: Path) -> str:
    """The terms of the program, and of each library that comes along."""
    lines = ["SPP Desktop", "", (wheels.ROOT / "LICENSE").read_text(encoding="utf-8")]
    lines += ["Libraries that come along, each under its own licence, whose text stands where it is named here:", ""]
    for licensed in licences.listed(libraries):
        lines.append(f"{licensed.name} {licensed.version}: {licensed.licence}")
        lines += [f"    /{HOME}/{text}" for text in licensed.texts]
    lines += ["", "Qt, PySide6 and shiboken6 are used under the GNU Lesser General Public License, version 3, which is"]
    lines += [f"/usr/share/common-licenses/LGPL-3. They may be replaced by others in /{HOME}.", ""]
    return "\n".join(lines)


def _packed(root: Path, package: Path, when: int, packing: int) -> Path:
    package.parent.mkdir(parents=True, exist_ok=True)
    # One thread: the bytes would differ with the number of cores.
    command = [
        "dpkg-deb",
        "--root-owner-group",
        "-Zxz",
        f"-z{packing}",
        "--threads-max=1",
        "--build",
        str(root),
        str(package),
    ]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(when)}
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
    return package


def _write(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def table_of(package: Path) -> str:
    """What each part of a package costs, as a table in Markdown."""
    with TemporaryDirectory() as name:
        root = Path(name)
        subprocess.run(["dpkg-deb", "--extract", package, root], check=True)
        (root / HOME).rename(
            root / HOME.parent / "site-packages"
        )  # as elsewhere: every name there would be the program's
        return parts.table(parts.measured(root), package.stat().st_size, "the package")


def missing_tools() -> Iterator[str]:
    """What must be installed before a package can be built, as Debian calls it."""
    yield from (package for tool, package in (("dpkg-deb", "dpkg"), ("readelf", "binutils")) if not shutil.which(tool))


def main(arguments: list[str]) -> int:
    """Build the package for a release, say what it is and what its parts cost; the program's exit status."""
    if missing := " ".join(missing_tools()):
        print(f"Building a Debian package needs {missing}: sudo apt install {missing}", file=sys.stderr)
        return 2
    package = build(RELEASES[arguments[0] if arguments else "bookworm"], wheels.ROOT / "dist")
    print(f"{table_of(package)}\n\n{package.relative_to(wheels.ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
