"""The worked examples of docs/extending.md, read from it and put into a copy of the program."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "extending.md"

_SECTION = re.compile(r"^## (.+?)\n(.*?)(?=^## |\Z)", re.DOTALL | re.MULTILINE)
_BLOCK = re.compile(
    r"^```python file=(?P<file>\S+)(?: (?P<how>behind|instead)=(?P<quote>['\"])(?P<line>.*?)(?P=quote))?\n"
    r"(?P<text>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)
_PLACE = re.compile(r"^\d+\. `(?P<file>[^`]+)`", re.MULTILINE)


@dataclass(frozen=True)
class Piece:
    """A piece of an example: a new file, or lines ``behind`` or ``instead`` of the first line that holds ``line``."""

    file: str
    text: str
    how: str = ""
    line: str = ""

    def put_into(self, root: Path) -> None:
        """Put it into a copy of the program."""
        path = root / self.file
        if not self.how:
            assert not path.exists(), f"{self.file} is there already"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(self.text, encoding="utf-8")
            return
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        at = next((n for n, line in enumerate(lines) if self.line in line), None)
        assert at is not None, f"{self.file} has no line “{self.line}”"
        lines[at : at + 1] = [*([lines[at]] if self.how == "behind" else []), self.text]
        path.write_text("".join(lines), encoding="utf-8")


@dataclass(frozen=True)
class Example:
    """One section of the document: its pieces, and the files that it names as places."""

    title: str
    pieces: tuple[Piece, ...]
    places: tuple[str, ...]

    @property
    def files(self) -> set[str]:
        """The files that are touched."""
        return {piece.file for piece in self.pieces} | set(self.places)


def examples(document: Path = DOCUMENT) -> dict[str, Example]:
    """The examples of the document, by the titles of their sections."""
    read = {}
    for title, body in _SECTION.findall(document.read_text(encoding="utf-8")):
        pieces = [
            Piece(block["file"], block["text"], block["how"] or "", block["line"] or "")
            for block in _BLOCK.finditer(body)
        ]
        places = [place["file"] for place in _PLACE.finditer(body)]
        read[title] = Example(title, tuple(pieces), tuple(places))
    return read


def copy_of_the_program(folder: Path) -> Path:
    """A copy of the program and of what it needs to run, without its tests."""
    for name in ("spp_desktop", "sample_data", "resources", "docs"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder
