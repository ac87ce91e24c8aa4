"""What stands in an HTML file of a document, as plain values: to be compared with what other files of it hold."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

Row = tuple[str, ...]
_VOID = {"meta", "br", "wbr", "col", "link", "hr", "img", "input"}
_BLOCKS = {
    "p",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "caption",
    "figcaption",
    "th",
    "td",
    "dt",
    "dd",
    "text",
    "desc",
}


@dataclass
class Element:
    """An element: its tag, its attributes, and its texts and elements in order."""

    tag: str
    attributes: dict[str, str]
    children: list["Element | str"] = field(default_factory=list)

    def every(self, *tags: str) -> Iterator["Element"]:
        """The elements of these tags in it, in order; of all where none is named."""
        for child in self.children:
            if isinstance(child, Element):
                if not tags or child.tag in tags:
                    yield child
                yield from child.every(*tags)

    def first(self, tag: str) -> "Element":
        """The first element of a tag in it."""
        return next(self.every(tag))

    @property
    def classes(self) -> list[str]:
        """The classes that it has."""
        return self.attributes.get("class", "").split()

    @property
    def words(self) -> str:
        """Its words, one space between two, without the marks of notes and the ways back to them."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag == "br":
                yield " "
            elif child.tag != "sup" and not {"back", "unseen"} & set(child.classes):
                yield from child._texts()


@dataclass(frozen=True)
class SeenTable:
    """A table: its caption with what it is called, the headings of its columns, its groups of rows by their titles."""

    caption: str
    headings: Row
    groups: tuple[tuple[str, tuple[Row, ...]], ...]

    @property
    def rows(self) -> list[Row]:
        """All its rows, in order."""
        return [row for _title, rows in self.groups for row in rows]


@dataclass(frozen=True)
class SeenPage:
    """What stands in a file.

    Attributes:
        page: all of it, as elements.
        language, title: its language, and the title of its window.
        headings: its headings: level, the title's being 1, and words, the number before them.
        contents: the lines of its tables of contents.
        paragraphs: its paragraphs, those at the edges of the page not among them.
        items: what its lists hold, contents and notes not among them.
        tables: its tables, numbers of figures among them.
        figures: the captions of its figures, and what each says in words.
        notes: its notes, from 1.
        marks: the numbers at the marks of notes, in order.
        marking: the protective marking where it stands, at the head and the foot.
    """

    page: Element
    language: str
    title: str
    headings: list[tuple[int, str]]
    contents: list[str]
    paragraphs: list[str]
    items: list[str]
    tables: list[SeenTable]
    figures: list[tuple[str, str]]
    notes: list[str]
    marks: list[int]
    marking: list[str]

    @property
    def words(self) -> list[str]:
        """All that is read between head and foot, line by line in order: what ``main`` holds, once each."""
        return list(_lines(self.page.first("main")))


def seen_in(file: bytes) -> SeenPage:
    """What stands in an HTML file of a document."""
    page = elements(file.decode("utf-8"))
    main = page.first("main")
    notes = [each for each in main.every("section") if "notes" in each.classes]
    apart = {id(item) for each in [*main.every("nav"), *notes] for item in each.every("li")}
    return SeenPage(
        page=page,
        language=page.first("html").attributes["lang"],
        title=page.first("title").words,
        headings=[_heading(each) for each in page.every(*(f"h{level}" for level in range(1, 7)))],
        contents=[link.words for nav in main.every("nav") for link in nav.every("a")],
        paragraphs=[each.words for each in main.every("p")],
        items=[each.words for each in main.every("li") if id(each) not in apart],
        tables=[_table(each) for each in main.every("table")],
        figures=[(each.first("figcaption").words, each.first("desc").words) for each in main.every("figure")],
        notes=[each.words for section in notes for each in section.every("li")],
        marks=[int(each.words.strip("[]")) for mark in main.every("sup") for each in mark.every("a")],
        marking=[each.words for each in page.every("p") if "marking" in each.classes],
    )


def _lines(element: Element) -> Iterator[str]:
    """The words of the innermost blocks of an element."""
    for child in element.children:
        if isinstance(child, Element) and child.tag not in {"nav", "svg"}:
            if child.tag in _BLOCKS and not any(child.every(*_BLOCKS)):
                yield child.words
            else:
                yield from _lines(child)


def _heading(element: Element) -> tuple[int, str]:
    return int(element.attributes.get("aria-level", element.tag[1])), element.words


def _table(table: Element) -> SeenTable:
    groups = []
    for body in table.every("tbody"):
        rows = [list(row.every("th", "td")) for row in body.every("tr")]
        titled = bool(rows) and rows[0][0].attributes.get("scope") == "rowgroup"
        said = tuple(tuple(cell.words for cell in row) for row in rows[titled:])
        groups.append((rows[0][0].words if titled else "", said))
    return SeenTable(
        table.first("caption").words, tuple(cell.words for cell in table.first("thead").every("th")), tuple(groups)
    )


def elements(text: str) -> Element:
    """An HTML text as elements. What it opens and does not close in order is an error."""
    parser = _Elements()
    parser.feed(text)
    parser.close()
    assert len(parser.open) == 1, f"<{parser.open[-1].tag}> is not closed"
    return parser.open[0]


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(made)
        if tag not in _VOID:
            self.open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}> at line {self.getpos()[0]}"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)
