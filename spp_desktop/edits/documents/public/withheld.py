"""What of a plan is withheld from the public, as an edition says it: how much of what kind, why, by whom, until when.

What is withheld is not named: its title could say what is not to be said. A column is, for its heading says nothing.
"""

from collections import Counter
from collections.abc import Iterator

from spp_desktop.documents.blocks import DocumentBlock, DocumentColumn, DocumentTable, Paragraph, TableGroup
from spp_desktop.documents.inline import Line, line
from spp_desktop.edits.documents.public.small_rules import HiddenCounts
from spp_desktop.plan.kinds.days import in_words
from spp_desktop.plan.rows import kinds_of_row
from spp_desktop.plan.words import capital, counted, listed
from spp_desktop.store.disclosed import DisclosureRow

NO_DAY, NO_PARAGRAPH = "no day is set", ""
BY_INCLUSION = (
    "This edition holds what was released to the public, and nothing else. References and numbers of sections are "
    "those of the plan; where one is missing, what it stands for is not in this edition. Totals and counts are of what "
    "is in it."
)
NOTHING_WITHHELD = "Nothing was withheld by a decision of its own."


def withheld_table(rows: list[DisclosureRow]) -> DocumentTable | None:
    """What is withheld, each with its reason, who decided it and when that is looked at again; ``None`` for nothing."""
    alike = Counter(
        (_kind(row), row.reason, row.decided_by, row.look_again, row.paragraph) for row in rows if not row.released
    )
    if not alike:
        return None
    lines = tuple(
        tuple(map(line, (_so_many(kind, number), why, by, in_words(again) if again else NO_DAY, _paragraph(paragraph))))
        for (kind, why, by, again, paragraph), number in alike.items()
    )
    return DocumentTable(
        line("What is withheld, and why"), tuple(DocumentColumn(line(title), share) for title, share in _HEADS),
        (TableGroup(lines),), key="withheld",
    )  # fmt: skip


_HEADS = (("What", 1.6), ("Reason", 4.0), ("Decided by", 1.6), ("To be looked at again", 1.6), ("Schedule 12A", 1.2))


def _kind(row: DisclosureRow) -> str:
    return row.item.table if row.item.key is not None else f"column {row.title}"


def _so_many(kind: str, number: int) -> str:
    column = kind.removeprefix("column ")
    return f"The column “{column}”" if column != kind else capital(kinds_of_row()[kind].word.counted(number))


def _paragraph(number: int | None) -> str:
    return f"paragraph {number}" if number else NO_PARAGRAPH


def small_numbers_told(hidden: HiddenCounts) -> Iterator[DocumentBlock]:
    """How small numbers of persons are shown, and each that is shown as an exception."""
    if hidden.limits:
        limits = listed(str(limit) for limit in sorted(hidden.limits))
        yield Paragraph(
            line(
                f"Numbers of persons under {limits} are shown as [c], and so are as many others as it takes that they "
                "cannot be worked out, and what is worked out of them. Nought is shown."
            )
        )
    if hidden.bases:
        bases = listed(str(base) for base in sorted(hidden.bases))
        yield Paragraph(
            line(f"Numbers of persons are rounded to multiples of {bases}; totals are rounded by themselves.")
        )
    if hidden.left_open:
        rows = tuple((line(each.cell), line(each.reason), line(each.decided_by)) for each in hidden.left_open)
        heads = (("Number", 2), ("Why it is shown", 4), ("Decided by", 2))
        columns = tuple(DocumentColumn(line(title), share) for title, share in heads)
        yield DocumentTable(
            line("Small numbers that are shown"), columns, (TableGroup(rows),), key="small-numbers-shown"
        )


def left_out_told(too_high: int) -> Iterator[Line]:
    """How many rows are left out for their marking."""
    if too_high:
        rows = counted(too_high, "released row")
        yield line(
            f"{capital(rows)} {'bears' if too_high == 1 else 'bear'} a higher protective marking than this edition."
        )
