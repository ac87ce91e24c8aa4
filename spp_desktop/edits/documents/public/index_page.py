"""The page that a public edition begins with: each of its files, its terms, and what is withheld and why."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from spp_desktop.documents.blocks import (
    Document,
    DocumentBlock,
    DocumentColumn,
    DocumentHeading,
    DocumentTable,
    Furniture,
    Paragraph,
    TableGroup,
)
from spp_desktop.documents.inline import WebLink, line
from spp_desktop.documents.numbering import NumberedDocument, numbered
from spp_desktop.plan.kinds.days import in_words, short_day
from spp_desktop.returns.publication.publication import Publication

INDEX = "index.html"
CSVW = "https://www.w3.org/TR/tabular-data-primer/"
_KILO = 1024
_FORMS: tuple[tuple[str, str], ...] = (
    ("csv-metadata.json", "What the columns of the data hold (CSVW)"),
    (".html", "The plan as a web page"),
    (".pdf", "The plan as a PDF, tagged for screen readers"),
    (".xlsx", "The tables as a workbook for Excel"),
    (".ods", "The tables as an OpenDocument workbook"),
    (".csv", "A table as data for programs"),
)
"""What each file is, by the end of its name; the first that fits."""


@dataclass(frozen=True)
class EditionFile:
    """A file of an edition: its path from the folder, with slashes, and its size in bytes."""

    name: str
    size: int


def index_page(
    publication: Publication, files: Sequence[EditionFile], told: Callable[[], Iterator[DocumentBlock]], data_to: date
) -> NumberedDocument:
    """The page.

    Args:
        publication: The tables of the edition, with its terms.
        files: Its other files.
        told: Gives what the edition says of itself.
        data_to: The day that its data run to.
    """
    title = f"{publication.title}: public edition"
    foot = f"Data to {short_day(data_to)}. Published {short_day(publication.published)}."
    return numbered(
        Document(
            title=title,
            author=publication.force,
            subtitle=publication.period,
            facts=(("Published", in_words(publication.published)), ("Data to", in_words(data_to))),
            furniture=Furniture(publication.marking, title, foot),
            illustrative=publication.illustrative,
            blocks=(*_files(publication, files), *_terms(publication), *_told(told)),
        )
    )


def _files(publication: Publication, files: Sequence[EditionFile]) -> Iterator[DocumentBlock]:
    yield DocumentHeading(line("Files"), key="files")
    columns = (
        DocumentColumn(line("File"), 4),
        DocumentColumn(line("What it is"), 4),
        DocumentColumn(line("Size"), 1, "number"),
        DocumentColumn(line("Day"), 1.5),
    )
    rows = tuple(
        (
            line(WebLink(each.name, f"./{quote(each.name)}")),
            line(_what(publication, each.name)),
            line(size_in_words(each.size)),
            line(short_day(publication.published)),
        )
        for each in files
    )
    yield DocumentTable(line("Files of this edition"), columns, (TableGroup(rows),), key="files-of-edition")


def _what(publication: Publication, name: str) -> str:
    """What a file of an edition is; of data, which table."""
    table = next((each.sheet for each in publication.tables if name.endswith(f"/{each.name}.csv")), "")
    words = next(words for ending, words in _FORMS if name.endswith(ending))
    return f"{table}: {words[:1].lower()}{words[1:]}" if table else words


def _terms(publication: Publication) -> Iterator[DocumentBlock]:
    licence = publication.licence
    yield DocumentHeading(line("Terms"), key="terms")
    address = (" ", WebLink(licence.title, licence.url), ".") if licence.url else ()
    yield Paragraph(line(licence.sentence, *address))
    yield DocumentHeading(line("Contact"), key="contact")
    yield Paragraph(line(publication.contact or "No contact is named."))


def _told(told: Callable[[], Iterator[DocumentBlock]]) -> Iterator[DocumentBlock]:
    yield DocumentHeading(line("What this edition holds, and what is withheld"), key="about")
    yield from told()


def size_in_words(size: int) -> str:
    """A size of a file as people read it: "412 KB", "1.3 MB"; a kilobyte has 1,024 bytes here."""
    if size < _KILO:
        return f"{size} bytes"
    kilobytes = size / _KILO
    return f"{kilobytes:,.0f} KB" if kilobytes < _KILO else f"{kilobytes / _KILO:,.1f} MB"
