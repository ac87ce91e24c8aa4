"""A PDF as its tags say it: the tree of its parts, and what each page draws, each with its words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, IndirectObject

SHOWING = {b"Tj", b"TJ", b"'", b'"', b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"Do", b"sh", b"EI"}
"""The operators that put something on the page."""


@dataclass
class Drawn:
    """What a page draws in one go: its number in the page, or that it is an artifact, or neither; and its words."""

    page: int
    mcid: int | None = None
    artifact: bool = False
    words: str = ""
    nested: bool = False
    draws: bool = False


@dataclass
class Element:
    """A part of the tree."""

    tag: str
    entries: Any
    depth: int
    parent: "Element | None" = None
    children: list["Element"] = field(default_factory=list)
    marked: list[tuple[int, int]] = field(default_factory=list)
    order: list["Element | tuple[int, int]"] = field(default_factory=list)

    def attribute(self, name: str) -> Any:
        """What an attribute of it says, whoever owns it."""
        every = self.entries.get("/A")
        owners = every.get_object() if every is not None else []
        for owner in owners if isinstance(owners, list) else [owners]:
            if name in owner.get_object():
                return owner.get_object()[name]
        return None

    def within(self) -> Iterator["Element"]:
        """It, and all below it."""
        yield self
        for child in self.children:
            yield from child.within()


class TaggedPdf:
    """A PDF, or the copy of one that is being changed. Its objects are what they are: nothing knows their types."""

    def __init__(self, file: PdfReader | PdfWriter) -> None:
        self.file: Any = file
        self.root: Any = file.root_object
        self.pages: list[Any] = list(file.pages)

    @cached_property
    def elements(self) -> list[Element]:
        """Every part of the tree, in reading order."""
        tree = self.root.get("/StructTreeRoot")
        if tree is None:
            return []
        return [each for kid in self._kids(tree.get_object()) for each in self._element(kid, 0, None).within()]

    def _element(self, entries: Any, depth: int, parent: Element | None) -> Element:
        made = Element(str(entries["/S"])[1:], entries, depth, parent)
        page = self._page(entries)
        for kid in self._kids(entries):
            if isinstance(kid, DictionaryObject) and "/S" in kid:
                child = self._element(kid, depth + 1, made)
                made.children.append(child)
                made.order.append(child)
            elif isinstance(kid, DictionaryObject) and kid.get("/Type") == "/OBJR":
                continue
            else:
                named = isinstance(kid, DictionaryObject)
                at = (self._page(kid), int(kid["/MCID"])) if named else (page, int(kid))
                made.marked.append(at)
                made.order.append(at)
        return made

    def _page(self, entries: Any) -> int:
        page = entries.raw_get("/Pg") if "/Pg" in entries else None
        return self._places.get(page.idnum, -1) if isinstance(page, IndirectObject) else -1

    @cached_property
    def _places(self) -> dict[int, int]:
        return {page.indirect_reference.idnum: n for n, page in enumerate(self.pages) if page.indirect_reference}

    @staticmethod
    def _kids(entries: Any) -> list[Any]:
        kids = entries.get("/K")
        every = kids.get_object() if kids is not None else []
        return [kid.get_object() for kid in every] if isinstance(every, ArrayObject) else [every] if every != [] else []

    @cached_property
    def drawn(self) -> list[Drawn]:
        """All that the pages draw."""
        return [each for n in range(len(self.pages)) for each in self._drawn(n)]

    def _drawn(self, place: int) -> Iterator[Drawn]:
        page = self.pages[place]
        fonts = page["/Resources"].get_object().get("/Font", DictionaryObject()).get_object()
        readers = {name: unicode_of(font.get_object()) for name, font in fonts.items()}
        open_now: list[Drawn] = []
        loose, reader = Drawn(place), dict[int, str]()
        for operands, operator in ContentStream(page.get_contents(), self.file).operations:
            if operator in {b"BDC", b"BMC"}:
                given = operands[1] if operator == b"BDC" and isinstance(operands[1], DictionaryObject) else {}
                mcid = int(given["/MCID"]) if "/MCID" in given else None
                made = Drawn(place, mcid, operands[0] == "/Artifact")
                made.nested = any(each.artifact != made.artifact for each in open_now) and mcid is not None
                open_now.append(made)
            elif operator == b"EMC":
                yield open_now.pop()
            elif operator == b"Tf":
                reader = readers[operands[0]]
            elif operator in SHOWING:
                into = next((each for each in reversed(open_now) if each.mcid is not None or each.artifact), loose)
                into.draws = True
                if operator in {b"Tj", b"TJ"}:
                    strings = operands[0] if operator == b"TJ" else operands[:1]
                    into.words += "".join(
                        decoded(each, reader) for each in strings if not isinstance(each, int | float)
                    )
        if loose.draws:
            yield loose

    @cached_property
    def words_at(self) -> dict[tuple[int, int], str]:
        """The words of each page's marked content."""
        return {(each.page, each.mcid): each.words for each in self.drawn if each.mcid is not None}

    def words_of(self, element: Element, without: tuple[str, ...] = ("Figure",)) -> str:
        """The words of a part, in reading order; those of parts with some tags are left out, such as of pictures."""
        if element.tag in without:
            return ""
        return "".join(
            self.words_of(each, without) if isinstance(each, Element) else self.words_at.get(each, "")
            for each in element.order
        )

    @cached_property
    def fonts(self) -> list[Any]:
        """Every font, those of pictures among them."""
        found: dict[int, Any] = {}
        for page in self.pages:
            self._collect(page["/Resources"].get_object(), found)
        return list(found.values())

    def _collect(self, resources: Any, found: dict[int, Any]) -> None:
        for font in resources.get("/Font", DictionaryObject()).get_object().values():
            found[font.idnum] = font.get_object()
        for part in resources.get("/XObject", DictionaryObject()).get_object().values():
            if "/Resources" in part.get_object():
                self._collect(part.get_object()["/Resources"].get_object(), found)


def unicode_of(font: Any) -> dict[int, str]:
    """What each code of a font stands for, by its ToUnicode."""
    if "/ToUnicode" not in font:
        return {}
    cmap = font["/ToUnicode"].get_object().get_data().decode("ascii")
    known: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        known |= {int(code, 16): _text(text) for code, text in re.findall(r"<(\w+)>\s*<(\w*)>", block)}
    for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, text in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            begun = _text(text)
            for n in range(int(last, 16) - int(first, 16) + 1):
                known[int(first, 16) + n] = begun[:-1] + chr(ord(begun[-1]) + n)
    return known


def _text(digits: str) -> str:
    return bytes.fromhex(digits).decode("utf-16-be")


def decoded(shown: Any, reader: dict[int, str]) -> str:
    """The words of a string of two-byte codes; what stands for nothing is a mark of its own."""
    raw = shown.original_bytes if hasattr(shown, "original_bytes") else bytes(shown)
    return "".join(reader.get(int.from_bytes(raw[at : at + 2]), "\ufffe") for at in range(0, len(raw), 2))
