"""Where the golden thread has gaps: what nothing measures, what nobody serves, and what is for nothing.

Each kind of gap is found by one statement on sets, however many rows and links there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from spp_desktop.plan.links import LINK_KINDS
from spp_desktop.plan.rows import kinds_of_row
from spp_desktop.plan.spoken import texts_of_program
from spp_desktop.store import threads
from spp_desktop.store.threads import LinkedRow

_UPWARD = ", ".join(f"'{kind.name}'" for kind in LINK_KINDS if kind.upward)


@texts_of_program("lacks", "about", "covered")
@dataclass(frozen=True)
class GapKind:
    """A kind of gap.

    Attributes:
        name: by which a program knows it.
        table: the table of the rows that have it.
        lacks: what such a row lacks, in a word or two that stand beside it: "no indicator".
        about: when a row has it, in a sentence.
        covered: what a row that lacks it not is, to be read after "4 of 7".
        below: whether what it lacks is something that is for it, and not something that it is for.
        sql: the condition on a row, called "own", that has it.
    """

    name: str
    table: str
    lacks: str
    about: str
    covered: str
    below: bool
    sql: str

    @property
    def title(self) -> str:
        """What a list of such gaps is headed with: "Priorities: no indicator"."""
        plural = kinds_of_row()[self.table].word.plural
        return f"{plural[0].upper()}{plural[1:]}: {self.lacks}"


GAP_KINDS: tuple[GapKind, ...] = (
    GapKind(
        "priority without indicator", "priority", "no indicator",
        "No indicator measures it, nor anything that stands below it.", "measured", True,
        """NOT EXISTS (SELECT 1 FROM link WHERE to_id = own.id AND kind = 'measures')
        AND NOT EXISTS (SELECT 1 FROM theme JOIN link ON to_id = theme.id AND kind = 'measures'
            WHERE theme.priority_id = own.id)
        AND NOT EXISTS (SELECT 1 FROM theme JOIN commitment ON theme_id = theme.id
            JOIN link ON to_id = commitment.id AND kind = 'measures' WHERE theme.priority_id = own.id)
        AND NOT EXISTS (SELECT 1 FROM commitment JOIN link ON to_id = commitment.id AND kind = 'measures'
            WHERE commitment.priority_id = own.id)""",
    ),
    GapKind(
        "commitment nobody serves", "commitment", "nobody serves it",
        "Nothing that is done is linked to it as serving it, and no activity stands under it.", "commitments served",
        True,
        """NOT EXISTS (SELECT 1 FROM link WHERE to_id = own.id AND kind = 'serves')
        AND NOT EXISTS (SELECT 1 FROM activity WHERE commitment_id = own.id)""",
    ),
    GapKind(
        "indicator for nothing", "indicator", "for nothing",
        "It is linked to nothing that it measures or serves.", "linked", False,
        f"NOT EXISTS (SELECT 1 FROM link WHERE from_id = own.id AND kind IN ({_UPWARD}))",
    ),
    GapKind(
        "activity for nothing", "activity", "for nothing",
        "Neither it nor a milestone of it is linked to anything that it serves. The priority that it stands under "
        "counts as served by it, but does not say what of that priority it is for.", "linked", False,
        f"""theme_id IS NULL AND commitment_id IS NULL
        AND NOT EXISTS (SELECT 1 FROM link WHERE from_id = own.id AND kind IN ({_UPWARD}))
        AND NOT EXISTS (SELECT 1 FROM milestone JOIN link ON from_id = milestone.id AND kind IN ({_UPWARD})
            WHERE activity_id = own.id)""",
    ),
)  # fmt: skip
"""Every kind of gap, in the order in which they are listed."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A row that lacks something.

    Attributes:
        kind: what it lacks.
        row: the row.
        total: how many rows of its kind the plan has.
    """

    kind: GapKind
    row: LinkedRow
    total: int


def keys(connection: Connection, kind: GapKind) -> list[str]:
    """The keys of the rows that have a kind of gap."""
    query = f'SELECT own.id FROM "{kind.table}" AS own WHERE {kind.sql}'
    return list(connection.exec_driver_sql(query).scalars())


def gaps(connection: Connection, kinds: Sequence[GapKind] = GAP_KINDS) -> list[Gap]:
    """All gaps of some kinds, by kind and then in the order of the rows."""
    listed: list[Gap] = []
    for kind in kinds:
        lacking = set(keys(connection, kind))
        rows = threads.rows(connection, None, [kind.table])
        listed += [Gap(kind, row, len(rows)) for row in rows.values() if row.key in lacking]
    return listed


def counts(connection: Connection) -> dict[str, tuple[int, int]]:
    """How many rows have each kind of gap, and of how many, by its name."""
    totals = {kind.table: 0 for kind in GAP_KINDS}
    for table in totals:
        totals[table] = int(connection.exec_driver_sql(f'SELECT count(*) FROM "{table}"').scalar_one())
    return {kind.name: (len(keys(connection, kind)), totals[kind.table]) for kind in GAP_KINDS}
