"""What a plan rests on, as published tables: what was said and done, and where the plan answers what the law asks."""

from dataclasses import replace

from spp_desktop.edits.publishing import registers
from spp_desktop.edits.publishing.common import PlanRead
from spp_desktop.plan.consultation import CONSULTATION_FINDINGS
from spp_desktop.plan.words import capital
from spp_desktop.returns.publication.publication import PublishedColumn, PublishedTable
from spp_desktop.store import asked, consulted, registered

LAW = "What the law asks"
BEARS_ON = PublishedColumn(
    "bears_on", "What it bears on", about="The rows of the plan that are linked to it.", wide=True
)


def you_said(read: PlanRead) -> PublishedTable:
    """What people said and what was done about it, with what of the plan it bears on."""
    table = registers.table(read, CONSULTATION_FINDINGS)
    bears_on = {
        row.key: "; ".join(map(asked.row_in_words, row.bears_on)) for row in consulted.findings(read.connection)
    }
    keys = [row.key for row in registered.register_rows(read.connection, CONSULTATION_FINDINGS)]
    rows = [(*row, bears_on[key] or None) for row, key in zip(table.rows, keys, strict=True)]
    return replace(table, columns=(*table.columns, BEARS_ON), rows=rows)


def law(read: PlanRead) -> PublishedTable:
    """What the law asks the plan to hold, how far that is known, and where the plan answers it."""
    columns = (
        registers.ROW,
        PublishedColumn("framework", "Framework", about="What it is an item of.", required=True),
        PublishedColumn("reference", "Reference", required=True),
        PublishedColumn("asked", "What is asked", wide=True, required=True),
        PublishedColumn("answered", "Answered", "boolean", about="Whether the plan answers it.", required=True),
        PublishedColumn("where", "Where it is answered", about="A page of the plan, or rows of it.", wide=True),
        PublishedColumn("evidence", "Evidence", about="How far its words are known.", required=True),
        PublishedColumn("verified_on", "Verified on", "date"),
        PublishedColumn("source", "Source", about="Where its words stand.", wide=True),
    )
    rows = [
        (
            number, item.framework, item.code, item.title, item.answered, "; ".join(item.where) or None,
            capital(item.doubt), item.verified_on, item.source or None,
        )
        for number, item in enumerate(asked.asked(read.connection), 1)
    ]  # fmt: skip
    return PublishedTable(
        "what_the_law_asks", read.title(LAW), LAW,
        "What the law asks a plan to hold, and where this plan answers it. The list is not complete.", columns, rows,
        (registers.ROW.name,),
    )  # fmt: skip
