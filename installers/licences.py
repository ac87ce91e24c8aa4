"""The licences of what a program is put together from: one list, and the texts that wheels do not carry themselves."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser
from pathlib import Path

TEXTS = Path(__file__).with_name("licences")
"""Texts of licences: Qt and PySide6 are used under the LGPL, whose text their wheels lack."""
_LONG = 60
"""Letters. A field that is longer holds the text of a licence, not its name."""


@dataclass(frozen=True)
class Licensed:
    """A library, its version, what its licence is called, and where in the program the licence's text stands."""

    name: str
    version: str
    licence: str
    texts: tuple[str, ...]


LETTERS = Licensed("Source Sans 3", "3.052", "OFL-1.1", ("resources/fonts/OFL.txt",))
"""The letters of documents: they come with the program, and no wheel tells of them."""


def listed(libraries: Path) -> list[Licensed]:
    """What the unpacked libraries say of their licences, by name, and the letters that come along."""
    found_in = sorted(libraries.glob("*.dist-info"), key=lambda folder: folder.name.casefold())
    letters = [LETTERS] if all((libraries / text).exists() for text in LETTERS.texts) else []
    return [*map(_licensed, found_in), *letters]


def _licensed(folder: Path) -> Licensed:
    about = BytesHeaderParser().parsebytes((folder / "METADATA").read_bytes())
    texts = [
        path.relative_to(folder.parent).as_posix()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name.upper().startswith(("LICEN", "COPYING", "NOTICE"))
    ]
    return Licensed(about["Name"], about["Version"], _name(about), tuple(texts))


def _name(about: Message) -> str:
    """What a licence is called: by its expression, by its classifiers, or as its author calls it."""
    classifiers = (line for line in about.get_all("Classifier", []) if line.startswith("License :: "))
    called = [line.split(" :: ")[-1] for line in classifiers if line != "License :: OSI Approved"]
    own = about.get("License", "").strip()
    return about.get("License-Expression") or ", ".join(called) or (own if 0 < len(own) <= _LONG else "see its text")


def write(file: Path, libraries: Path, beside: Sequence[Licensed]) -> None:
    """Write the list of licences, and put the texts that wheels lack into a folder ``licences`` beside it.

    Args:
        file: The list.
        libraries: The folder of the unpacked libraries; texts are named from the folder of the list.
        beside: What else the program holds.
    """
    shutil.copytree(TEXTS, file.parent / "licences", dirs_exist_ok=True)
    where = libraries.relative_to(file.parent).as_posix()
    lines = [
        "SPP Desktop holds what is listed here, each under its own licence.",
        "",
        "Qt and PySide6 are used under the GNU Lesser General Public License, version 3 (licences/LGPL-3.0.txt, which",
        "adds to licences/GPL-3.0.txt). They are separate files in the folders PySide6 and shiboken6, which may be",
        "replaced by others made from changed sources; the sources are those that The Qt Company publishes of the same",
        "versions. Where a Python file is replaced, delete the folder __pycache__ beside it.",
        "",
    ]
    for licensed in (*beside, *listed(libraries)):
        lines.append(f"{licensed.name} {licensed.version}: {licensed.licence}")
        lines += [f"    {where}/{text}" if licensed not in beside else f"    {text}" for text in licensed.texts]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
