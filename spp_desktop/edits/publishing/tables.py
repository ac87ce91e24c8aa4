"""Which tables of a plan can be published, and all that is chosen of them put together."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from sqlalchemy import Connection

from spp_desktop.edits.publishing import consultation, delivery, performance, registers, turned
from spp_desktop.edits.publishing import national as published_national
from spp_desktop.edits.publishing.common import PlanRead
from spp_desktop.plan.consultation import CONSULTATION_FINDINGS
from spp_desktop.plan.links import LEVELS
from spp_desktop.plan.registers import REGISTERS
from spp_desktop.returns.publication.publication import Licence, Publication, PublishedTable
from spp_desktop.store import asked, markings, national, queries

_Reader = Callable[[PlanRead], PublishedTable]

DELIVERY: tuple[_Reader, ...] = (delivery.activities, delivery.milestones)
_MEASURED = ("indicator", "note")
TOLD_OF = ("from_to", *LEVELS, "activity", "indicator")
"""The tables whose rows the from-to table tells of."""
PERFORMANCE: tuple[_Reader, ...] = (performance.performance_plan, performance.indicators, performance.targets)
_OWN_TABLES: Mapping[str, _Reader] = {CONSULTATION_FINDINGS.name: consultation.you_said}
"""The tables of registers that say more than the registers' own columns."""
_ASKED = (asked.ITEM,)


@dataclass(frozen=True)
class Publishable:
    """Something of the plan that can be published.

    Attributes:
        name: by which it is chosen on the command line.
        title: what a person calls it.
        count: how many rows the plan has of it.
        usual: whether it is published unless a person says otherwise: the lists of *Plan > Lists…* are not.
        of_people: whether it names people, so that it is published only where it is asked for by its own name.
        tables: what reads its tables.
        rows_of: the tables of the plan whose rows are in it.
    """

    name: str
    title: str
    count: int
    usual: bool
    tables: tuple[_Reader, ...]
    of_people: bool = False
    rows_of: tuple[str, ...] = ()


def publishable(connection: Connection) -> list[Publishable]:
    """What of a plan holds anything, in the order in which it is published."""
    counts = queries.counts(connection)
    every = [
        Publishable("delivery-plan", "Annual delivery plan", counts["activity"], True, DELIVERY, rows_of=("activity",)),
        Publishable("performance-plan", "Performance plan", counts["indicator"], True, PERFORMANCE, rows_of=_MEASURED),
        Publishable("results", "Results by period", counts["result"], True, (performance.results,), rows_of=_MEASURED),
        Publishable("from-to", "From-to table", counts["from_to"], True, (turned.table,), rows_of=TOLD_OF),
        *(
            Publishable(
                register.name.replace("_", "-"),
                register.title,
                counts[register.name],
                register.page is not None,
                (_OWN_TABLES.get(register.name) or partial(registers.table, register=register),),
                register.of_people,
                (register.name,),
            )
            for register in REGISTERS
        ),
    ]
    items = len(asked.asked(connection))
    every.append(Publishable("what-the-law-asks", consultation.LAW, items, True, (consultation.law,), rows_of=_ASKED))
    held_against = len(national.matrix(connection).rows)
    tables = (published_national.national_priorities,)
    every.append(
        Publishable("national-priorities", published_national.TITLE, held_against, True, tables, rows_of=_ASKED)
    )
    filled = [each for each in every if each.count]
    return [*(each for each in filled if each.usual), *(each for each in filled if not each.usual)]


def read_publication(
    connection: Connection, chosen: Collection[str], published: date, licence: Licence, contact: str
) -> Publication:
    """What is chosen of a plan, to be published on a day.

    Args:
        connection: Of the plan.
        chosen: The names of what is published, as ``publishable`` gives them.
        published: The day of release.
        licence: On what terms.
        contact: Who answers questions, in words; "" for nobody.
    """
    read = PlanRead.of(connection)
    plan = read.plan
    readers = [table for each in publishable(connection) if each.name in chosen for table in each.tables]
    made = (table(read) for table in readers)
    return Publication(
        title=plan.title,
        force=plan.force,
        period=read.period,
        published=published,
        licence=licence,
        contact=contact.strip(),
        illustrative=plan.illustrative,
        marking=marking_of(connection, chosen),
        source=plan.source,
        stands_at=plan.as_at,
        tables=tuple(table for table in made if table.rows),
    )


def marking_of(connection: Connection, chosen: Collection[str]) -> str:
    """The protective marking of tables that are chosen by name: the highest of their rows; "" for none."""
    return markings.markings(connection).highest(_rows_in(connection, chosen))


def demand_no_higher(connection: Connection, level: str, chosen: Collection[str]) -> None:
    """See that tables that are chosen by name can bear a marking.

    Raises:
        MarkingTooLow: if rows of them bear a higher one; names them.
    """
    markings.demand_no_higher(connection, level, _rows_in(connection, chosen))


def _rows_in(connection: Connection, chosen: Collection[str]) -> list[str]:
    """The keys of the rows that are in tables chosen by name."""
    tables = [name for each in publishable(connection) if each.name in chosen for name in each.rows_of]
    return markings.keys_of(connection, tables)


def by_name(known: Collection[Publishable]) -> Mapping[str, Publishable]:
    """What can be published, by the name by which it is chosen."""
    return {each.name: each for each in known}
