"""Named reads of what a plan is to contain: each item, how far it is known, and where the plan answers it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from spp_desktop.plan.asked_by_law import CONTENTS
from spp_desktop.plan.frameworks import FrameworkItem
from spp_desktop.plan.page_names import named_pages, title_of_page
from spp_desktop.store import threads
from spp_desktop.store.naming import word_of
from spp_desktop.store.threads import LinkedRow

ITEM = str(FrameworkItem.__tablename__)
SHOWN_AS = "asked"
"""The kind of item as which the window shows it."""

READ = "read"
DOUBT: Mapping[str, str] = {
    READ: "read in its source",
    "read in part": "unverified: read in part",
    "from memory": "unverified: from memory",
    "inferred": "unverified: inferred",
}
"""How far an item is known, in words that say so by themselves."""

TABLES = frozenset({"framework", ITEM, "link"}) | {page.table for page in named_pages().values()}
"""The tables of a plan by which it changes whether an item is answered."""


@dataclass(frozen=True, slots=True)
class AskedItem:
    """Something that the plan is to contain.

    Attributes:
        key: its key.
        framework: what it is an item of.
        code, title, source: as the plan has them.
        evidence: how far it is known; "read" also where somebody has verified it.
        verified_on: the day on which it was verified, if that is known.
        answered_in: the name of the page of the window on which it is answered as a whole; "" for none.
        holds: whether that page is one of the window, and holds anything.
        answers: the rows of the plan that are linked to it.
    """

    key: str
    framework: str
    code: str
    title: str
    source: str
    evidence: str
    verified_on: date | None
    answered_in: str
    holds: bool
    answers: tuple[LinkedRow, ...]

    @property
    def answered(self) -> bool:
        """Whether the plan answers it."""
        return bool(self.answers) or self.holds

    @property
    def doubt(self) -> str:
        """How far it is known, in words."""
        return DOUBT[self.evidence]

    @property
    def page(self) -> str:
        """What a person calls the page on which it is answered; the name kept where that is no page."""
        return title_of_page(self.answered_in) or self.answered_in

    @property
    def state(self) -> str:
        """How it stands, in a word or two."""
        return "answered" if self.answered else "page is empty" if self.page else "not answered"

    @property
    def lacks(self) -> str:
        """Why it is not answered, in a sentence; "" where it is."""
        if self.answered:
            return ""
        if self.answered_in and not title_of_page(self.answered_in):
            return f"It is said to be answered in “{self.answered_in}”, which is no page of the window."
        if self.answered_in:
            return f"It is said to be answered in {self.page}, which holds nothing yet."
        return "Nothing in the plan is linked to it, and no page is said to answer it."

    @property
    def where(self) -> list[str]:
        """Where the plan answers it: the page that holds something, then the rows, each as a person calls it."""
        return [*([self.page] if self.holds else []), *(row_in_words(row) for row in self.answers)]


def row_in_words(row: LinkedRow) -> str:
    """A row that answers, as a person calls it: "P3 Counter-terrorism", "section Foreword"."""
    words = " ".join(row.text.split())
    return f"{row.ref} {words}" if row.ref else f"{word_of(row.table).singular} {words}"


def asked(connection: Connection) -> list[AskedItem]:
    """Every item of the frameworks that say what the plan is to contain, and of those that are to be answered."""
    read = connection.exec_driver_sql(_ITEMS, (CONTENTS,)).all()
    linked = threads.links_of_all(connection, {row.id: "down" for row in read})
    full = _pages_that_hold(connection)
    return [
        AskedItem(
            row.id, row.framework, row.code, row.title, row.source, READ if row.verified else row.evidence,
            date.fromisoformat(row.verified_on) if row.verified_on else None, row.answered_in,
            row.answered_in in full, tuple(link.row for link in linked.get(row.id, ())),
        )
        for row in read
    ]  # fmt: skip


_ITEMS = """
    SELECT item.id, framework.title AS framework, code, item.title, item.source, evidence, verified, verified_on,
        answered_in
    FROM framework_item AS item JOIN framework ON framework.id = framework_id AND (answered OR kind = ?)
    ORDER BY framework.position, framework.id, item.position, item.id
"""


def is_asked(connection: Connection, key: str) -> bool:
    """Whether an item of a framework is one that the plan is to contain."""
    return any(item.id == key for item in connection.exec_driver_sql(_ITEMS, (CONTENTS,)))


def _pages_that_hold(connection: Connection) -> set[str]:
    """The names of the pages on which the plan has any row."""
    return {
        name
        for name, page in named_pages().items()
        if connection.exec_driver_sql(f'SELECT EXISTS (SELECT 1 FROM "{page.table}")').scalar_one()
    }
