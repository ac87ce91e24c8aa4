"""The plan as documents read it: what is asked for, each list read once, and the notes that the parts print."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection

from spp_desktop.documents.inline import Line
from spp_desktop.plan.identity import Plan
from spp_desktop.store import queries
from spp_desktop.store.overview.reader import PlanReader

P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class DocumentAsk:
    """What is asked of a document.

    Attributes:
        printed: the day on which it is made.
        period: the key of the reporting period that it is of; "" for the one that is asked for now.
        owner: the key of the post whose rows it tells of; "" for everybody's.
        priority: the key of the priority that it tells of; "" for all.
        indicators: the keys of the indicators that it tells of; () for all.
        parts: the names of the parts that are wanted, in order; () for all.
        with_names: whether people stand beside their posts.
        seen_by: who has seen it, in words; "" for nobody.
        edition: which edition it is, in words: "Second edition"; "" where there is but one.
        since: the name of the earlier state against which the plan is held, as ``store.states`` reads it; "" for the
            usual one.
        until: the name of the later state; "" for the plan as it is read.
        at_most: the highest protective marking that it may bear; "" for whatever its content has.
        leave_out: whether what is marked higher than that is left out; otherwise the document is refused.
    """

    printed: date
    period: str = ""
    owner: str = ""
    priority: str = ""
    indicators: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    with_names: bool = False
    seen_by: str = ""
    edition: str = ""
    since: str = ""
    until: str = ""
    at_most: str = ""
    leave_out: bool = False


@dataclass
class DocumentPlan:
    """What parts of a document read; a list that several need is a ``cached_property`` of a class of ``reading``.

    Attributes:
        reader: reads the plan: the open workspace, the plan as at a moment, or the file beside the window.
        asked: what is asked for.
        notes: the notes that the parts print, by the keys of the plan's rows; parts put them here when they mark them.
        readings: what ``reading`` has made.
        state: what the state of the plan is called that is read, and who made its last step, in words.
        earlier: the earlier state against which it is held; ``None`` for a document that tells of one state alone.
    """

    reader: PlanReader
    asked: DocumentAsk
    notes: dict[str, Line] = field(default_factory=dict)
    readings: dict[Any, Any] = field(default_factory=dict)
    state: str = ""
    earlier: "DocumentPlan | None" = None

    def reading(self, kind: Callable[["DocumentPlan"], R]) -> R:
        """What a class reads of this plan, made once for all the parts that read it.

        Args:
            kind: the class; it is made of this plan.
        """
        if kind not in self.readings:
            self.readings[kind] = kind(self)
        made: R = self.readings[kind]
        return made

    def read(self, query: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What a named read of the plan gives."""
        return self.reader.read(query, *args, **kwargs)

    @cached_property
    def plan(self) -> Plan:
        """The plan's own row."""
        return self.read(queries.plan)

    @cached_property
    def today(self) -> date:
        """The day by which late and early are judged."""
        return self.plan.today()
