"""The golden thread: which rows of the plan serve, measure or need which others. Links, and their kinds as data.

A kind of link more is one line in ``LINK_KINDS``. Rows of registers join by what their register declares.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from spp_desktop.plan import registers
from spp_desktop.plan.rows import Row
from spp_desktop.plan.words import Word

LEVELS = ("priority", "theme", "commitment")
"""The tables of the plan's levels, from the top."""

WORK = ("activity", "milestone")
"""The tables of what is done."""

SECTION = "section"
"""The table of the plan's narrative sections."""

TEXTS = (SECTION, "note")
"""The tables of texts that stand around the plan's tables."""

NATIONAL = "framework_item"
"""The table of what a plan answers to."""


class RowLink(Row, table=True):
    """A link from a row of the plan to another, whatever the kinds of the two.

    ``kind`` is the name of one of ``LINK_KINDS``; ``from_id`` and ``to_id`` are the keys of the two rows, which no
    other rows of any table have. ``note`` is what is said of it. No foreign key can hold on to rows of any table:
    ``store.recording`` takes a link away with either of its rows, and ``store.threads`` finds those that lead nowhere.
    """

    word = Word("link", "links")
    called_by = ("kind",)
    part_of = "from_id"
    names_any = ("from_id", "to_id")

    __tablename__ = "link"
    __table_args__ = (
        CheckConstraint("from_id <> to_id", name="link_leads_elsewhere"),
        Index("one_link_a_pair", "kind", text("min(from_id, to_id)"), text("max(from_id, to_id)"), unique=True),
        Index("links_from", "from_id", "kind", "to_id"),  # all that is asked of a link, in either order
        Index("links_to", "to_id", "kind", "from_id"),
    )
    decided_together = (("kind", "from_id", "to_id"),)

    kind: str = Field(title="kind of link", min_length=1, max_length=40)
    from_id: str = Field(title="from", min_length=36, max_length=36)
    to_id: str = Field(title="to", min_length=36, max_length=36)
    note: str = Field(default="", title="note", max_length=200)


@dataclass(frozen=True)
class LinkKind:
    """A kind of link.

    Attributes:
        name: how it is read from the row it begins at, which is also what a file keeps: "serves".
        back: how it is read from the row it leads to: "is served by".
        between: the tables it leads from and those it leads to, as often as there are such pairs of groups.
        alike: the tables whose rows it joins to rows of the same table.
        upward: whether it leads to what something is for: the thread that gaps are found in.
        ordered: whether it puts rows in an order, so that following it never leads back to where one began.
        both_ways: whether it says the same whichever way it is read.
        copied: whether a copy of a row is linked so too.
    """

    name: str
    back: str
    between: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()
    alike: tuple[str, ...] = ()
    upward: bool = False
    ordered: bool = False
    both_ways: bool = False
    copied: bool = False


_PLANNED = (*LEVELS, *WORK, "indicator")
_FOR = partial(LinkKind, upward=True, copied=True)

DEPENDS = "depends on"
"""The kind of link that says that something waits for something else."""

ANSWERS = "answers"
"""The kind of link that says that a section, or a row of a register, is what an item of a framework asks for."""

LINK_KINDS: tuple[LinkKind, ...] = (
    _FOR("serves", "is served by", (((*LEVELS, *WORK), (*LEVELS, NATIONAL)), (("indicator",), (NATIONAL,)))),
    _FOR("measures", "is measured by", ((("indicator",), (*LEVELS, *WORK)),)),
    _FOR("threatens", "is threatened by"),
    _FOR("concerns", "is concerned by"),
    _FOR("bears on", "rests on"),
    _FOR(ANSWERS, "is answered by", (((SECTION,), (NATIONAL,)),)),
    LinkKind(DEPENDS, "is needed for", ((WORK, WORK),), ordered=True),
    LinkKind("same as", "same as", alike=_PLANNED, both_ways=True),
    LinkKind("carried from", "carried into", alike=_PLANNED, ordered=True),
)  # fmt: skip
"""Every kind of link, with what it may join; rows of a register are joined by the kind that the register names.

What stands on a page of its own can answer what is asked of the plan.
"""

_KINDS = {kind.name: kind for kind in LINK_KINDS}


def kind_called(name: str) -> LinkKind | None:
    """The kind of this name; ``None`` if this program knows none."""
    return _KINDS.get(name)


@dataclass(frozen=True)
class Joins:
    """What may be joined by what, as the kinds and the registers of this program declare it.

    Attributes:
        kinds: the kinds of link, by the tables of the row one begins at and of the row it leads to.
    """

    kinds: dict[tuple[str, str], tuple[LinkKind, ...]]

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables whose rows can be linked: levels first, then what is done, measured and listed."""
        every = dict.fromkeys((*LEVELS, *WORK, "indicator", NATIONAL))
        return tuple(every | dict.fromkeys(table for pair in self.kinds for table in pair))

    def between(self, table: str, other: str) -> tuple[LinkKind, ...]:
        """The kinds by which a row of one table may be linked to a row of another."""
        return self.kinds.get((table, other), ())

    def upward(self, table: str, other: str) -> LinkKind | None:
        """The kind by which a row of one table is for a row of another; ``None`` if it cannot be."""
        return next((kind for kind in self.between(table, other) if kind.upward), None)


def joins() -> Joins:
    """What may be joined by what."""
    pairs: dict[tuple[str, str], tuple[LinkKind, ...]] = {}
    for pair, kind in _pairs():
        pairs[pair] = (*pairs.get(pair, ()), kind)
    return Joins(pairs)


def borne_by() -> tuple[str, ...]:
    """The tables whose rows can bear what hangs on any row: links as far as they can be linked, and attachments.

    They are those that can be linked, the registers that have a page, whose panel shows the files of a row, and the
    texts that can be released by themselves.
    """
    paged = (register.name for register in registers.REGISTERS if register.page is not None)
    return tuple(dict.fromkeys((*joins().tables, *paged, *TEXTS)))


def _pairs() -> Iterator[tuple[tuple[str, str], LinkKind]]:
    for kind in LINK_KINDS:
        for these, others in kind.between:
            yield from (((table, other), kind) for table in these for other in others)
        yield from (((table, table), kind) for table in kind.alike)
    for register in registers.REGISTERS:
        for table in register.links:
            yield (register.name, table), _KINDS[register.linked_as]
        if register.page is not None:
            yield (register.name, NATIONAL), _KINDS[ANSWERS]
