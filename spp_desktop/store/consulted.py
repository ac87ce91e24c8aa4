"""Named reads of consultation: what was said, by whom, what was done about it, and what it bears on."""

from dataclasses import dataclass

from sqlalchemy import Connection

from spp_desktop.plan.consultation import Consultation, ConsultationFinding
from spp_desktop.store import threads
from spp_desktop.store.threads import LinkedRow

FINDING = str(ConsultationFinding.__tablename__)
CONSULTATION = str(Consultation.__tablename__)
CHANGED = ("changed", "changed in part")
"""The answers that say that something of the plan was changed."""


@dataclass(frozen=True, slots=True)
class SaidRow:
    """Something that was said in a consultation, and what was done about it.

    Attributes:
        key: its key.
        text: what was said.
        consultation, whose: where it was said, and whose views were asked for there; "" where it names none.
        number: by how many people; ``None`` where nobody counted.
        answer: what became of it.
        done: what was changed for it, or why nothing was.
        bears_on: the rows of the plan that are linked to it.
    """

    key: str
    text: str
    consultation: str
    whose: str
    number: int | None
    answer: str
    done: str
    bears_on: tuple[LinkedRow, ...]


def findings(connection: Connection) -> list[SaidRow]:
    """All that was said, in the order of the consultations; what names none comes last."""
    rows = connection.exec_driver_sql(_SAID).all()
    linked = threads.links_of_all(connection, {row.id: "up" for row in rows})
    return [
        SaidRow(
            row.id, row.text, row.title or "", row.whose or "", row.number, row.answer, row.done,
            tuple(link.row for link in linked.get(row.id, ())),
        )
        for row in rows
    ]  # fmt: skip


_SAID = """
    SELECT own.id, own.text, title, whose, number, answer, done
    FROM consultation_finding AS own LEFT JOIN consultation ON consultation.id = consultation_id
    ORDER BY consultation.id IS NULL, consultation.position, consultation.id, own.position, own.id
"""


def is_logged(connection: Connection) -> bool:
    """Whether the plan has any consultation, or anything that was said in one."""
    query = "SELECT EXISTS (SELECT 1 FROM consultation) OR EXISTS (SELECT 1 FROM consultation_finding)"
    return bool(connection.exec_driver_sql(query).scalar_one())


def unconsulted(connection: Connection) -> list[str]:
    """The keys of the priorities that rest on no consultation, nor does anything below them or what measures it."""
    return list(connection.exec_driver_sql(_UNCONSULTED).scalars())


_UNCONSULTED = """
    WITH under(id, priority_id) AS (
        SELECT id, id FROM priority
        UNION ALL SELECT id, priority_id FROM theme
        UNION ALL SELECT id, priority_id FROM commitment WHERE priority_id IS NOT NULL
        UNION ALL SELECT commitment.id, theme.priority_id FROM commitment JOIN theme ON theme.id = theme_id
        UNION ALL SELECT id, priority_id FROM activity
    ), bearing(id, priority_id) AS (
        SELECT id, priority_id FROM under
        UNION ALL SELECT from_id, priority_id FROM link JOIN under ON under.id = to_id WHERE kind = 'measures'
    )
    SELECT id FROM priority WHERE id NOT IN (
        SELECT priority_id FROM bearing JOIN link ON to_id = bearing.id AND kind = 'bears on'
    ) ORDER BY position, id
"""
