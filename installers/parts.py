"""What each part of a program costs: unpacked, and packed as an installer packs it."""

import lzma
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

MB = 1_000_000
PACKING = [{"id": lzma.FILTER_LZMA1, "preset": 6}]
"""Nearly as the installers pack: LZMA over all of it as one stream, here with less memory and time."""

PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Qt: its libraries and plugins",
        ("*/PySide6/Qt6*.dll", "*/PySide6/plugins/*", "*/PySide6/Qt/lib/*", "*/PySide6/Qt/*"),
    ),
    ("Qt from Python: PySide6 and shiboken6", ("*/PySide6/*", "*/shiboken6/*", "*/pyside6*", "*/shiboken6*")),
    (
        "SQLAlchemy, SQLModel, pydantic",
        ("*/sqlalchemy*", "*/sqlmodel*", "*/pydantic*", "*/annotated_types*", "*/typing_*"),
    ),
    ("Typst, which prints documents as PDF", ("*/typst*",)),
    ("a hub on PostgreSQL: psycopg", ("*/psycopg*",)),
    ("openpyxl", ("*/openpyxl*", "*/et_xmlfile*")),
    (
        "workbooks under a password: cryptography, msoffcrypto",
        ("*/cryptography*", "*/msoffcrypto*", "*/olefile*", "*/cffi*", "*/_cffi_backend*", "*/pycparser*"),
    ),
    (
        "the command line: typer, rich, pygments",
        (
            "*/typer*",
            "*/rich*",
            "*/[Pp]ygments*",
            "*/click*",
            "*/shellingham*",
            "*/colorama*",
            "*/markdown_it*",
            "*/mdurl*",
            "*/annotated_doc*",
        ),
    ),
    (
        "calendars: icalendar, bank holidays, time zones",
        ("*/icalendar*", "*/holidays*", "*/dateutil*", "*/python_dateutil*", "*/tzdata*"),
    ),
    (
        "SPP Desktop itself, with its sample and its help",
        ("*spp_desktop*", "*sample_data/*", "*resources/*", "docs/*", "*/docs/*", "spp*", "*/spp*"),
    ),
    ("other libraries", ("*site-packages/*",)),
    ("Python", ("*",)),
)
"""The parts, and the files of each; a file belongs to the first that it matches."""


@dataclass(frozen=True)
class Part:
    """A part of a program.

    Attributes:
        name: What it is called.
        unpacked, packed: What it takes, in bytes. Packed alone: parts that are packed together cost a little less.
    """

    name: str
    unpacked: int
    packed: int


def measured(folder: Path) -> list[Part]:
    """The parts of the program in a folder, the largest first."""
    belonging: dict[str, list[Path]] = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()):
        belonging.setdefault(_part(path.relative_to(folder).as_posix()), []).append(path)
    return sorted((_measured(*part) for part in belonging.items()), key=lambda part: -part.packed)


def _part(name: str) -> str:
    return next(part for part, patterns in PARTS if any(fnmatch(name, pattern) for pattern in patterns))


def _measured(name: str, paths: Sequence[Path]) -> Part:
    packer = lzma.LZMACompressor(lzma.FORMAT_RAW, filters=PACKING)
    unpacked = packed = 0
    for path in paths:
        content = path.read_bytes()
        unpacked, packed = unpacked + len(content), packed + len(packer.compress(content))
    return Part(name, unpacked, packed + len(packer.flush()))


def table(parts: Iterable[Part], size: int, name: str = "the installer") -> str:
    """The parts as a table in Markdown, with their sum and the size, in bytes, of what they are packed as."""
    listed = list(parts)
    whole = sum(part.unpacked for part in listed)
    rows = [(part.name, part.unpacked, part.packed) for part in listed] + [(f"**{name}**", whole, size)]
    lines = [f"| {part} | {unpacked / MB:.1f} | {packed / MB:.1f} |" for part, unpacked, packed in rows]
    return "\n".join(("| part | unpacked, MB | packed, MB |", "| --- | ---: | ---: |", *lines))
