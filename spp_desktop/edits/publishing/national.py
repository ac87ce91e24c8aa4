"""National priorities and agreements against the plan as a published table: a line for each item and what serves it."""

from spp_desktop.edits.publishing import registers
from spp_desktop.edits.publishing.common import PlanRead
from spp_desktop.plan.spoken import in_words_of_plan
from spp_desktop.plan.words import capital
from spp_desktop.returns.publication.publication import PublishedColumn, PublishedTable
from spp_desktop.store import national
from spp_desktop.store.national import Against, MatrixRow, OwnColumn

TITLE = "National priorities"
_ABOUT = "What of the plan serves national priorities and agreements; an empty cell is a gap."


def national_priorities(read: PlanRead) -> PublishedTable:
    """Each item of national priorities and agreements, with the priorities and the indicators that serve it."""
    columns = (
        registers.ROW,
        PublishedColumn("framework", "Framework", about="What it is an item of.", required=True),
        PublishedColumn("reference", "Reference", required=True),
        PublishedColumn("item", "National priority or agreement", wide=True, required=True),
        PublishedColumn("target", "Target", about="What an agreement aims at, as it is stated."),
        PublishedColumn("priorities", in_words_of_plan("Our priorities"), about="Those that serve it.", wide=True),
        PublishedColumn("indicators", "Our indicators and targets", about="Those that serve it.", wide=True),
        PublishedColumn("evidence", "Evidence", about="How far its words are known.", required=True),
        PublishedColumn("source", "Source", about="Where its words stand.", wide=True),
    )
    sides: tuple[Against, Against] = ("priorities", "indicators")
    by_priorities, by_indicators = (national.matrix(read.connection, side) for side in sides)
    rows = [
        (
            number, item.framework, item.code, item.title, item.target or None,
            serving(item, by_priorities.columns) or None, serving(other, by_indicators.columns) or None,
            capital(item.doubt), item.source or None,
        )
        for number, (item, other) in enumerate(zip(by_priorities.rows, by_indicators.rows, strict=True), 1)
    ]  # fmt: skip
    return PublishedTable("national_priorities", read.title(TITLE), TITLE, _ABOUT, columns, rows, (registers.ROW.name,))


def serving(item: MatrixRow, columns: tuple[OwnColumn, ...]) -> str:
    """The rows of the plan that serve an item, in words; "" for none."""
    named = (column for column in columns if column.key in item.served_by)
    return "; ".join(
        f"{column.ref} {column.title}{f' ({column.targets})' if column.targets else ''}" for column in named
    )
