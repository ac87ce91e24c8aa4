"""The pages of the help: the documents in ``docs/`` that are meant for a person who plans.

``docs/contents.toml`` lists them; what stands there is all that makes a document a page of the help. Nothing is read
before somebody asks for help.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

CONTENTS = "contents.toml"
HEADING = re.compile(r"(#{1,6}) +(.+?) *#*$")
TERM = re.compile(r"(?:[-*]|\d+\.) +\*\*(.+?)\*\*")
"""A line of a list that begins with the term it explains."""
FENCE = "```"
AROUND = 60
"""So many characters of a section's text are shown before the words that were sought in it, and twice as many after."""
_MARKS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"!\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"^\|?[-| :]+\|$", re.MULTILINE), ""),
    (re.compile(r"(?<!\\)\||(?<!\\)[*`]|^#+ |^> ", re.MULTILINE), " "),
    (re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>])"), r"\1"),
    (re.compile(r"\s+"), " "),
)


@dataclass(frozen=True)
class PageSection:
    """A heading of a page, with what stands below it up to the next heading.

    Attributes:
        page: the name of its page, such as "tabs/results.md".
        title: the heading.
        slug: how a link names it, such as "carry-a-figure-forward"; "" is the head of the page.
        level: 1 is the title of a page, 2 a heading below it, and so on.
        body: what stands below it, as Markdown.
        text: the same without the marks of Markdown, on one line.
        terms: the terms that its lists explain.
    """

    page: str
    title: str
    slug: str
    level: int
    body: str
    text: str
    terms: tuple[str, ...]

    @property
    def place(self) -> str:
        """The place of it, as a link from the top folder of the pages names it."""
        return f"{self.page}#{self.slug}" if self.slug else self.page


@dataclass(frozen=True)
class HelpPage:
    """A page of the help.

    Attributes:
        name: its path below the folder of the documents.
        markdown: its text.
    """

    name: str
    markdown: str

    @cached_property
    def sections(self) -> tuple[PageSection, ...]:
        """Its sections, from top to bottom."""
        return tuple(_sections(self.name, self.markdown))

    @property
    def title(self) -> str:
        """Its first heading."""
        return self.sections[0].title

    def section(self, slug: str) -> PageSection | None:
        """The section of a slug; ``None`` if it has no such."""
        return next((section for section in self.sections if section.slug == slug), None)

    def place_of(self, words: str) -> str | None:
        """The place of the heading, or else of the term of a list, that these words are; ``None`` if there is none."""
        sought = words.casefold()
        for section in self.sections:
            if section.title.casefold() == sought:
                return section.place
        for section in self.sections:
            for term in section.terms:
                if sought in {part.strip() for part in term.casefold().split(",")}:
                    return f"{self.name}#{section.slug}?{term}"
        return None


@dataclass(frozen=True)
class Hit:
    """A section in which all the words sought stand, with the text around the first of them."""

    section: PageSection
    page_title: str
    around: str


@dataclass(frozen=True)
class Library:
    """All pages of the help.

    Attributes:
        parts: the names of the pages under the title of each part, in the order of the contents.
        pages: the pages by their names.
        dialogs: the place that tells of each dialog, by the name of its class.
    """

    parts: Mapping[str, tuple[str, ...]]
    pages: Mapping[str, HelpPage]
    dialogs: Mapping[str, str]

    def has(self, place: str) -> bool:
        """Whether there is a page and a heading of this place."""
        name, slug, _ = split_place(place)
        return name in self.pages and self.pages[name].section(slug) is not None

    def search(self, typed: str) -> list[Hit]:
        """The sections that hold all the words typed, in any order.

        First those that have them in their heading, then those that have them as they were typed, one word behind the
        other, then by the order of the contents.
        """
        whole = " ".join(typed.casefold().split())
        words = whole.split()
        hits: list[tuple[int, Hit]] = []
        for page in self.pages.values() if words else ():
            for section in page.sections:
                title, text = section.title.casefold(), section.text.casefold()
                if all(word in title or word in text for word in words):
                    rank = 0 if all(word in title for word in words) else 1 if whole in text else 2
                    hits.append((rank, Hit(section, page.title, _around(section.text, whole, words))))
        return [hit for _, hit in sorted(hits, key=lambda ranked: ranked[0])]


def split_place(place: str) -> tuple[str, str, str]:
    """The page of a place, the slug of its heading, and the term below it: "glossary.md#the-terms?Late"."""
    name, _, rest = place.partition("#")
    slug, _, term = rest.partition("?")
    return name, slug, term


def read_library() -> Library:
    """Read the contents, and all pages that they list.

    Raises:
        OSError: if a page cannot be read.
    """
    folder = files("docs")
    listed = tomllib.loads((folder / CONTENTS).read_text(encoding="utf-8"))
    parts = {str(part["title"]): tuple(part["pages"]) for part in listed["part"]}
    names = [name for part in parts.values() for name in part]
    pages = {name: HelpPage(name, folder.joinpath(*name.split("/")).read_text(encoding="utf-8")) for name in names}
    return Library(parts, pages, listed["dialogs"])


def plain_text(markdown: str) -> str:
    """A text without the marks of Markdown, on one line."""
    for mark, instead in _MARKS:
        markdown = mark.sub(instead, markdown)
    return markdown.strip()


def slug_of(title: str) -> str:
    """A heading as links name it: small letters, with hyphens for spaces, and no other mark (GitHub's rule)."""
    return re.sub(r"[^\w\- ]", "", plain_text(title).casefold()).replace(" ", "-")


def _sections(page: str, markdown: str) -> Iterator[PageSection]:
    used: Counter[str] = Counter()
    for number, (title, level, lines) in enumerate(_headed(markdown)):
        slug = slug_of(title)
        again = f"-{used[slug]}" if used[slug] else ""
        used[slug] += 1
        terms = tuple(plain_text(term[1]) for line in lines if (term := TERM.match(line)))
        body = "\n".join(lines).strip()
        place = f"{slug}{again}" if number else ""
        yield PageSection(page, plain_text(title), place, level, body, plain_text(body), terms)


def _headed(markdown: str) -> Iterator[tuple[str, int, list[str]]]:
    """Each heading with its level and the lines below it; what looks like one in code is none."""
    head: tuple[str, int, list[str]] | None = None
    fenced = False
    for line in markdown.splitlines():
        fenced ^= line.startswith(FENCE)
        heading = None if fenced else HEADING.match(line)
        if heading is not None:
            if head is not None:
                yield head
            head = heading[2], len(heading[1]), []
        elif head is not None:
            head[2].append(line)
    if head is not None:
        yield head


def _around(text: str, whole: str, words: Sequence[str]) -> str:
    """The text around what was sought; its beginning, if that stands in the heading alone."""
    low = text.casefold()
    at = next((low.index(sought) for sought in (whole, *words) if sought in low), 0)
    first = text.rfind(" ", 0, at - AROUND) + 1 if at > AROUND else 0
    last = text.find(" ", at + 2 * AROUND)
    end = len(text) if last < 0 else last
    return f"{'… ' if first else ''}{text[first:end]}{' …' if end < len(text) else ''}"
