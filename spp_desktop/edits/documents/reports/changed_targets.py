"""Targets that have changed since they were in force, as documents print them: old, new, since when and why."""

from collections.abc import Iterator

from spp_desktop.documents.blocks import DocumentBlock, DocumentHeading, DocumentTable
from spp_desktop.documents.inline import line
from spp_desktop.edits.documents.plan_read import DocumentPlan
from spp_desktop.edits.documents.reports.acting import ActingPosts
from spp_desktop.edits.documents.reports.tables import Head, report_table
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.store.target_changes import TargetChange, target_changes

TITLE = "Targets that have changed"
_HEADS = (
    Head("Indicator", 3),
    Head("For", 1.2),
    Head("Was", 1),
    Head("Became", 1),
    Head("Since", 1),
    Head("Why", 3),
    Head("Changed by, agreed by", 1.6),
)


def changed_targets(plan: DocumentPlan, level: int = 1) -> Iterator[DocumentBlock]:
    """All of them, the newest first, below a heading of a level; nothing where no target has changed."""
    changes = plan.read(target_changes)
    if changes:
        yield DocumentHeading(line(TITLE), level)
        yield _table(changes, ActingPosts(plan))


def _table(changes: list[TargetChange], acting: ActingPosts) -> DocumentTable:
    rows = (
        (
            f"{change.ref} {change.title}",
            change.of,
            change.was,
            change.now,
            short_day(change.since),
            change.reason,
            "; ".join(filter(None, (acting.author(change.author), change.agreed_by))),
        )
        for change in changes
    )
    return report_table(TITLE, _HEADS, rows)
