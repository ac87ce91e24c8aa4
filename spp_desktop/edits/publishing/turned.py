"""The from-to table as it is published: what became of each row of a year that was left."""

from collections.abc import Sequence

from spp_desktop.edits.publishing.common import PlanRead
from spp_desktop.edits.publishing.registers import ROW
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.words import capital
from spp_desktop.returns.publication.publication import PublishedColumn, PublishedTable, PublishedValue
from spp_desktop.store.naming import word_of
from spp_desktop.store.turned import FATES, from_to

FROM_TO = "from_to"
_WHEN = "Since when it is so."


def table(read: PlanRead) -> PublishedTable:
    """The lines of the from-to table that are done; what is only decided is not published, nor who decided it."""
    columns = (
        ROW,
        PublishedColumn("left_in", "Left in", about="The year that the row was left in.", required=True),
        PublishedColumn("kind", "Kind", about="What kind of row it is.", required=True),
        PublishedColumn("reference", "Reference", blank="z", about="Of the row, where it has one."),
        PublishedColumn("from", "From", wide=True, about="The words of the row.", required=True),
        PublishedColumn("became", "What became of it", about="Kept, changed, merged, split, closed or dropped."),
        PublishedColumn("to", "To", wide=True, blank="z", several=True, about="The rows that came of it."),
        PublishedColumn("reason", "Why", wide=True),
        PublishedColumn("baseline", "Baseline", blank="z", about="Of an indicator: the result of the year left."),
        PublishedColumn("next_target", "Next target", blank="z", about="Of an indicator: next year's, as stated."),
        PublishedColumn("done_on", "Done on", "date", about=_WHEN),
    )
    rows: list[Sequence[PublishedValue]] = [
        (
            number, year_name(row.year), capital(word_of(row.table).singular), row.ref or None, row.text,
            FATES[row.fate].title, tuple(other.title for other in row.became), row.reason or None,
            row.baseline or None, row.target or None, row.applied_on,
        )
        for number, row in enumerate(from_to(read.connection, done=True), 1)
    ]  # fmt: skip
    about = "What became of each row of a year that was left, or of a plan that was replaced within one, and why."
    return PublishedTable(FROM_TO, read.title("From-to table"), "From-to table", about, columns, rows, (ROW.name,))
