"""A public edition of a plan made: one folder with documents, workbooks and data, and the page that lists them.

It is made by inclusion. First a plan is made that holds what was released and nothing else; in it small numbers of
persons are hidden; then documents and tables are made of that plan, by what makes them of any. The files are written
into a folder aside, and moved to where they were asked for together.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from spp_desktop.documents import forms
from spp_desktop.documents.blocks import Bullets, DocumentBlock, Paragraph
from spp_desktop.documents.inline import line
from spp_desktop.documents.numbering import NumberedDocument
from spp_desktop.documents.typeset.apart import Stoppable, unstopped
from spp_desktop.edits.documents.making import PartTold, made, untold
from spp_desktop.edits.documents.plan_read import DocumentAsk
from spp_desktop.edits.documents.public import folder_made
from spp_desktop.edits.documents.public.declared import EditionContent, public_document, shorthand_told
from spp_desktop.edits.documents.public.hiding import hide_small
from spp_desktop.edits.documents.public.index_page import INDEX, EditionFile, index_page
from spp_desktop.edits.documents.public.note_marks import take_out_marks
from spp_desktop.edits.documents.public.refusals import demand_releasable, level_of
from spp_desktop.edits.documents.public.released_tables import EditionTerms, released_publication
from spp_desktop.edits.documents.public.small_rules import HiddenCounts
from spp_desktop.edits.documents.public.withheld import (
    BY_INCLUSION,
    NOTHING_WITHHELD,
    left_out_told,
    small_numbers_told,
    withheld_table,
)
from spp_desktop.edits.publishing import recorded
from spp_desktop.plan import file_names
from spp_desktop.plan.kinds.spelling import quoted
from spp_desktop.plan.releasable import releasable_columns
from spp_desktop.plan.rows import kinds_of_row
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.words import listed
from spp_desktop.returns.publication import writing
from spp_desktop.returns.publication.publication import LICENCES, Licence, Publication
from spp_desktop.store import exports, markings
from spp_desktop.store.disclosed import disclosures
from spp_desktop.store.overview.reader import PlanReader
from spp_desktop.store.public_view import PublicRows, public_rows, public_view
from spp_desktop.store.workspace import Workspace

DOCUMENT_FORMS = (".html", ".pdf")
"""The forms of the document of an edition, by the endings of their files."""

_STEPS = len(DOCUMENT_FORMS) + 2
"""What is made one after the other: each document, the workbooks with the data, and the page that lists all."""


@dataclass(frozen=True)
class EditionAsk:
    """What is asked of a public edition.

    Attributes:
        day: the day of release.
        licence: on what terms it may be used.
        contact: who answers questions, in words; "" for nobody.
        marking: the protective marking that it bears; "" for the lowest of the plan's list.
        leave_out: whether what was released and is marked higher is left out; else the edition is refused.
        as_changed: whether rows that changed since they were released go out as they are now; else it is refused.
        overwrite: whether an edition that is there is replaced.
    """

    day: date
    licence: Licence = LICENCES[0]
    contact: str = ""
    marking: str = ""
    leave_out: bool = False
    as_changed: bool = False
    overwrite: bool = False


@dataclass
class EditionMade:
    """What was made.

    Attributes:
        files: the files, the page that lists them first.
        notices: what a person should know of them, in sentences.
        rows: how many rows of the plan are in them.
    """

    files: list[Path] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    rows: int = 0


def write(workspace: Workspace, folder: Path, asked: EditionAsk, tell: PartTold = untold) -> EditionMade:
    """Make the public edition of a plan in a folder; the plan keeps a record of what left it. See ``make``."""
    revision = workspace.revision()
    edition = make(workspace, folder, asked, tell)
    recorded.record_files(workspace, revision, edition.files, asked.day, edition.rows)
    return edition


def make(
    reader: PlanReader, folder: Path, asked: EditionAsk, tell: PartTold = untold, stoppable: Stoppable = unstopped
) -> EditionMade:
    """Make the public edition of a plan in a folder. Whole or not at all.

    Args:
        reader: Reads the plan.
        folder: Where it goes; it is made, and must not be there unless it is to be replaced.
        asked: What is asked of it.
        tell: Is told of each file before it is made; what it raises stops the making, and nothing is left.
        stoppable: Is given what ends the setting of pages at once.

    Raises:
        MarkingTooLow: if something released is marked higher; RuleBroken: if nothing is released, if something has
            changed since it was released, or if a small number could be worked out whatever is hidden.
        NotWritten: if it cannot be kept there. What stood there is untouched then.
    """
    content = _read(reader, asked)
    own = {each.file_hash for each in reader.read_beside(exports.published)}
    with (
        folder_made.aside(folder, overwrite=asked.overwrite, own=own) as place,
        public_view(content.public) as view,
    ):
        names = _write_all(view, content, place, tell, stoppable)
        stands = folder_made.put(place, folder)
    return EditionMade([stands / name for name in names], content.notices, len(content.public.keys()))


@dataclass
class _EditionRead:
    """What an edition is made of."""

    public: PublicRows
    hidden: HiddenCounts
    told: tuple[DocumentBlock, ...]
    asked: EditionAsk
    level: str
    notices: list[str]


def _read(reader: PlanReader, asked: EditionAsk) -> _EditionRead:
    """What is public of a plan, with its small numbers hidden.

    Raises:
        RuleBroken: as ``write``.
    """
    known = reader.read(markings.markings)
    level = level_of(known, asked.marking)
    high = demand_releasable(reader, known, level, leave_out=asked.leave_out, as_changed=asked.as_changed)
    public = reader.read(public_rows, high)
    if not public.keys():
        raise RuleBroken("released", _nothing(public))
    hidden = reader.read(hide_small, public)
    if hidden.unprotected:
        which = listed(dict.fromkeys(hidden.unprotected))
        raise RuleBroken(
            "small_numbers",
            f"A small number of persons can be worked out from what must be shown: {which}. Nothing was made. Take "
            "back an exception, or release less.",
        )
    reader.read(take_out_marks, public)
    for row in public.tables["plan"]:
        row["marking"] = level
    told = tuple(_told(reader, hidden, len(high)))
    return _EditionRead(public, hidden, told, asked, level, list(_notices(public, hidden)))


def _told(reader: PlanReader, hidden: HiddenCounts, too_high: int) -> Iterator[DocumentBlock]:
    """What an edition says of itself."""
    yield Paragraph(line(BY_INCLUSION))
    yield shorthand_told()
    yield from small_numbers_told(hidden)
    left_out = tuple(left_out_told(too_high))
    if left_out:
        yield Bullets(left_out)
    table = withheld_table(reader.read(disclosures))
    yield table if table is not None else Paragraph(line(NOTHING_WITHHELD))


def _nothing(public: PublicRows) -> str:
    missing = [name for names in public.missing.values() for name in names]
    if not missing:
        return "Nothing of the plan was released to the public, so there is nothing to make an edition of."
    titles = releasable_columns()
    return (
        "Rows were released, but not the columns without which they say nothing: "
        f"{listed(quoted(titles.get(name, name)) for name in missing)}. Nothing was made. Release these, too."
    )


def _notices(public: PublicRows, hidden: HiddenCounts) -> Iterator[str]:
    """What a person should know who made an edition, and what is no matter for the public."""
    titles, kinds = releasable_columns(), kinds_of_row()
    for table, names in public.missing.items():
        needed = listed(quoted(titles.get(name, name)) for name in names)
        yield f"The {kinds[table].word.plural} are not in it: {needed} would have to be released with them."
    for table, number in public.hanging.items():
        if number:
            yield f"{kinds[table].word.counted(number)} released, not in it: what they stand under was not released."
    if hidden.unknown:
        yield f"No small number of the edition is called so, and is shown as an exception: {listed(hidden.unknown)}."
    if hidden.undecided:
        yield (
            f"Nobody has said whether these indicators count persons: {listed(hidden.undecided)}. "
            "Their numbers are shown as they are."
        )


def _write_all(view: PlanReader, content: _EditionRead, place: Path, tell: PartTold, stoppable: Stoppable) -> list[str]:
    """Write every file of an edition; their paths from its folder, the page that lists them first."""
    asked = content.asked
    terms = EditionTerms(asked.day, asked.licence, asked.contact)
    publication = released_publication(view, content.public.columns, content.hidden, terms)
    document = made(
        view,
        public_document(EditionContent(publication, content.public.columns, content.told)),
        DocumentAsk(printed=asked.day),
    )
    _write_documents(document, publication, place, tell, stoppable)
    tell("Workbooks and data", _STEPS - 2, _STEPS)
    if publication.tables:
        written = writing.write(publication, place, writing.FORMS)
        content.notices += [f"{name}: {answer.rule.words} Not so." for name, answer in written.failures()]
        for path in [path for path in written.files if path.name.endswith(writing.REPORT_ENDING)]:
            path.unlink()  # what the check says is for who publishes
    tell("The page that lists the files", _STEPS - 1, _STEPS)
    files = _files(place)
    data_to = publication.stands_at or asked.day
    page = index_page(publication, files, lambda: iter(content.told), data_to)
    forms.write(page, _form(".html"), place / INDEX)
    return [INDEX, *(each.name for each in files)]


def _write_documents(
    document: NumberedDocument, publication: Publication, place: Path, tell: PartTold, stoppable: Stoppable
) -> None:
    day = publication.published.isoformat()
    name = file_names.marked(f"{file_names.part(publication.title)} - public edition {day}", publication.marking)
    for at, ending in enumerate(DOCUMENT_FORMS):
        tell(_form(ending).title, at, _STEPS)
        forms.write(document, _form(ending), place / f"{name}{ending}", stoppable)


def _form(ending: str) -> forms.DocumentForm:
    form = forms.form_of(Path(f"edition{ending}"))
    assert form is not None
    return form


def _files(place: Path) -> Sequence[EditionFile]:
    """The files that are there, those of the folder before those of the folders in it."""
    paths = sorted((path for path in place.rglob("*") if path.is_file()), key=lambda path: (len(path.parts), path.name))
    return [EditionFile(path.relative_to(place).as_posix(), path.stat().st_size) for path in paths]
