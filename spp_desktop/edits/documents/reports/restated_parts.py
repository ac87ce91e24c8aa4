"""The part of documents that lists what the last edition holds and is another now, and what is announced ahead."""

from collections.abc import Iterator, Sequence

from spp_desktop.documents.blocks import DocumentBlock, DocumentHeading, Paragraph
from spp_desktop.documents.inline import line
from spp_desktop.edits import edition_restatements
from spp_desktop.edits.documents.plan_read import DocumentPlan
from spp_desktop.edits.documents.reports.tables import Cell, Head, day_or, grouped_table, report_table
from spp_desktop.edits.edition_restatements import AnnouncedRevision, EditionRestatement
from spp_desktop.edits.restated_words import WHOLE, differing_parts
from spp_desktop.plan.held_by_editions import HELD
from spp_desktop.plan.kinds.days import in_words
from spp_desktop.plan.rows import kinds_of_row
from spp_desktop.plan.words import capital
from spp_desktop.store.editions import EditionRow

TITLE = "Restatements since the last edition"
"""What the part is called where parts are chosen."""

RESTATED, PLANNED = "r", "r, planned"
"""The marks of what was changed: without having been announced, and as it was announced ahead."""

NOT_PRINTED = "not printed: it was marked"
_MOST = 400
"""The most letters of a text that are printed of it as it was, and as it is."""


def restatements(plan: DocumentPlan) -> Iterator[DocumentBlock]:
    """What has changed of what the last edition holds; nothing where the plan has no edition."""
    last, changed = edition_restatements.since_last(plan.reader)
    if last is None:
        return
    yield DocumentHeading(line(f"Restatements since edition {last.number}"))
    yield Paragraph(line(_opening(last, changed.restated)))
    if changed.restated:
        heads = (
            Head("What", 2), Head("Was", 2), Head("Is", 2), Head("Why", 2), Head("Approved by", 1.2),
            Head("Mark", 0.8),
        )  # fmt: skip
        yield grouped_table(f"What edition {last.number} holds and is another now", heads, _groups(changed.restated))
    for sentence in changed.unknown:
        yield Paragraph(line(sentence))
    yield from _announced(edition_restatements.announced(plan.reader, plan.today))


def _opening(last: EditionRow, restated: Sequence[EditionRestatement]) -> str:
    issued = f"Edition {last.number} was issued on {in_words(last.issued_on)}."
    if not restated:
        return f"{issued} Nothing that it holds has changed since."
    return (
        f"{issued} What is listed here is another now. Marked {RESTATED}: changed since that edition, without having "
        f"been announced ahead. Marked {PLANNED}: changed as it had been announced before."
    )


def _groups(restated: Sequence[EditionRestatement]) -> Iterator[tuple[str, list[tuple[Cell, ...]]]]:
    """The changes by kinds of row, in the order in which editions hold them."""
    for table in HELD:
        own = [each for each in restated if each.table == table]
        if own:
            yield capital(kinds_of_row()[table].word.plural), list(map(_line, own))


def _line(each: EditionRestatement) -> tuple[Cell, ...]:
    mark = PLANNED if each.planned else RESTATED
    if each.is_gone and each.marking is not None:
        return kinds_of_row()[each.table].word.singular, NOT_PRINTED, "gone", "", "", mark
    old, new = differing_parts(each.old, each.new, _MOST)
    gone = "gone" if each.is_gone else "nothing"
    what = each.row if each.what == WHOLE else f"{each.row}: {each.what}"
    why = each.account.reason or ("as announced: " + each.account.planned if each.planned else "not given")
    return capital(what), old or "nothing", new or gone, why, each.account.approved_by, mark


def _announced(revisions: Sequence[AnnouncedRevision]) -> Iterator[DocumentBlock]:
    if not revisions:
        return
    yield DocumentHeading(line("Revisions announced ahead"), level=2)
    heads = (Head("What is revised", 2), Head("Of", 2), Head("Announced", 1), Head("Expected by", 1), Head("Why", 2))
    lines = [
        (
            each.title,
            "; ".join(each.about) or "the plan",
            day_or(each.announced_on),
            day_or(each.expected, "no day"),
            each.why,
        )
        for each in revisions
    ]
    yield report_table("Revisions of what was published that are still to come", heads, lines)
