"""The tables of a Word document, a row at a time (WordprocessingML, ECMA-376 part 1, 17.4), each as a sheet.

What a person sees is read: text that is marked as deleted or moved away is not, what is inserted is (17.13.5). A cell
that reaches over several columns or rows stands in its first one, as in a workbook. Paragraphs of a cell are its lines,
with the numbers that Word puts before them by itself; a table within a cell is read as lines of that cell. The last
heading above a table names it, else the last line.
"""

import re
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from spp_desktop.returns.limits import FileLimits
from spp_desktop.returns.parts import PartNames
from spp_desktop.returns.records import CHUNK, MOST_TEXT, Cells, Record, TooMuch, Unreadable
from spp_desktop.returns.tag_parser import tag_parser
from spp_desktop.returns.word_numbers import WordNumbers

_DOCUMENT = "word/document.xml"
_UNSEEN = frozenset({"del", "moveFrom", "instrText", "delText", "Fallback", "pPrChange", "rPrChange", "tcPrChange",
                     "trPrChange", "tblPrChange", "sectPrChange", "numberingChange", "rt"})  # fmt: skip
"""Tags of which nothing is seen: what was deleted or moved away, stood before, or is for other programs."""
_MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_LONGEST_HEADING = 200
_INDENT = "  "
_HEADING = re.compile("heading ?[1-9]", re.IGNORECASE)
"""The styles of headings, as Word and others name them in a file whatever language they speak."""
_LEVELS = frozenset("012345678")
"""The levels at which a paragraph is a heading; 9 is that of plain text."""


def records(file: BinaryIO, limits: FileLimits) -> Iterator[Record]:
    """What stands in the tables of a document.

    Raises:
        Unreadable: if it holds more than is read.
        Exception: of several kinds, if it is damaged.
    """
    with zipfile.ZipFile(file) as archive:
        parts = PartNames(archive)
        yield from _read(parts, _Document(limits, WordNumbers(parts)))


def _read(parts: PartNames, document: "_Document") -> Iterator[Record]:
    with parts.open(_DOCUMENT) as stream:
        while chunk := stream.read(CHUNK):
            document.parser.Parse(chunk, False)
            yield from document.take()
        document.parser.Parse(b"", True)
        yield from document.take()


class _Document:
    """The document as it is read: records wait in it until they are taken."""

    def __init__(self, limits: FileLimits, numbers: WordNumbers) -> None:
        self._numbers = numbers
        self._listed = self._style = ""
        self._level: int | None = None
        self.parser = tag_parser(self._start, self._end, self._spoken)
        self._limits = limits
        self._ready: list[Record] = []
        self._path: list[str] = []
        self._unseen = 0
        self._tables = self._nested = self._row = 0
        self._heading = ""
        self._headed = self._heads = False  # whether a heading was met, and whether this paragraph is one
        self._paragraph: list[str] = []
        self._length = 0
        self._lines: list[str] = []
        self._indent = 0
        self._column = self._spans = 1
        self._deleted = self._continues = False
        self._cells = Cells()

    def take(self) -> list[Record]:
        """The records that are ready."""
        ready, self._ready = self._ready, []
        return ready

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        above = self._path[-1] if self._path else ""
        self._path.append(name)
        if len(self._path) > self._limits.depth:
            raise Unreadable(f"its tags stand more than {self._limits.depth:,} deep")
        if self._unseen or name in _UNSEEN:
            self._deleted = self._deleted or (name == "del" and above == "trPr" and self._nested == 1)
            self._unseen += 1
            return
        value = next((text for key, text in attributes.items() if key.rpartition(" ")[2] == "val"), "")
        if name == "tbl":
            self._begin_table()
        elif name == "tr" and self._nested == 1:
            self._row, self._column, self._deleted = self._row + 1, 1, False
        elif name == "tc" and self._nested == 1:
            self._lines, self._spans, self._continues = [], 1, False
        elif name == "p":
            self._end_paragraph()  # what stands before a box of text within a paragraph
            self._length = self._indent = 0
            self._heads = False
            self._listed, self._level, self._style = "", None, ""
        elif name in _MARKS and above == "r":
            self._spoken(_MARKS[name], mark=True)
        elif self._nested == 1 and above in ("tcPr", "trPr"):
            self._placed(name, value)
        else:
            self._said_of_paragraph(name, value)

    def _said_of_paragraph(self, name: str, value: str) -> None:
        """Whether a paragraph is a heading, and of which list and style it is."""
        if name == "outlineLvl":
            self._heads = self._heads or value in _LEVELS
        elif name == "pStyle":
            self._style, self._heads = value, self._heads or bool(_HEADING.match(value))
        elif name == "numId":
            self._listed = value
        elif name == "ilvl" and value.isdigit():
            self._level = self._indent = min(int(value), 8)

    def _begin_table(self) -> None:
        self._nested += 1
        if self._nested == 1:
            self._tables, self._row = self._tables + 1, 0
            heading = f": {self._heading}" if self._heading else ""
            self._ready.append({"sheet": f"Table {self._tables}{heading}", "hidden": False})

    def _placed(self, name: str, value: str) -> None:
        """How far a cell reaches, and where a row begins."""
        if name == "gridSpan" and value.isdigit():
            self._spans = max(1, min(int(value), self._limits.columns))
        elif name == "gridBefore" and value.isdigit():
            self._column += min(int(value), self._limits.columns)
        elif name == "vMerge":
            self._continues = value != "restart"

    def _spoken(self, text: str, *, mark: bool = False) -> None:
        if self._unseen or not (mark or (self._path and self._path[-1] == "t")):
            return
        self._paragraph.append(text)
        self._length += len(text)
        if self._length > MOST_TEXT:
            raise TooMuch("text in a paragraph than is read", MOST_TEXT)

    def _end(self, _: str) -> None:
        name = self._path.pop()
        if self._unseen:
            self._unseen -= 1
        elif name == "p":
            self._end_paragraph(whole=True)
        elif name == "tc" and self._nested == 1:
            self._end_cell()
        elif name == "tr" and self._nested == 1:
            cells = self._cells.take()
            if cells and not self._deleted:
                self._ready.append([self._row, False, cells])
        elif name == "tbl":
            self._nested -= 1
            self._heading = self._heading if self._nested else ""
            self._headed = self._headed and bool(self._nested)

    def _end_paragraph(self, *, whole: bool = False) -> None:
        words, number = "".join(self._paragraph), ""
        self._paragraph = []
        if (whole or words.strip()) and not self._continues:
            number = self._numbers.of(self._listed, self._level, self._style)
        self._listed, self._level, self._style = "", None, ""
        text = f"{number} {words.strip()}" if number else words
        if self._nested:
            if text.strip():
                self._lines.append((_INDENT * self._indent if words.strip() else "") + text.strip())
        elif text.strip() and (self._heads or not self._headed):
            words = " ".join(text.split())
            self._heading, self._headed = words if len(words) <= _LONGEST_HEADING else "", self._heads

    def _end_cell(self) -> None:
        text = "\n".join(self._lines)
        if len(text) > MOST_TEXT:
            raise TooMuch("text in a cell than is read", MOST_TEXT)
        if text.strip() and not self._continues and self._column <= self._limits.columns:
            self._cells.add(self._column, ("text", text, ""))
        self._column += self._spans
        self._continues = False
