"""The cells of a plan's table as values of the plan, asked about where they are in doubt."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from spp_desktop.edits.plan_in.questions import EACH, NEW, NOTHING, PlanAsking, PlanQuestion, QuestionKind
from spp_desktop.edits.plan_in.standing import PlanStanding
from spp_desktop.plan.kinds import Doubt, Kind, Money, Percent
from spp_desktop.plan.kinds.choices import find_title
from spp_desktop.plan.kinds.day_or_period import LastDay, apart, first_day, period_text
from spp_desktop.plan.kinds.days import in_words, short_day
from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.plan.words import listed
from spp_desktop.returns.meanings import meant_by
from spp_desktop.returns.plan_tables.cells import PlanCell
from spp_desktop.returns.plan_tables.said_times import read_when

_LEFT_EMPTY = (NOTHING, "(left empty)")
_ROLE_MARK = re.compile(r"\s*\((?:lead|joint|support|owner)\)\s*$|^(?:lead|joint|support)\s*:\s*", re.IGNORECASE)


class PlanCellReader:
    """Reads cells.

    Args:
        plan: The plan as it stands.
        asking: Where doubts are put as questions.
    """

    def __init__(self, plan: PlanStanding, asking: PlanAsking) -> None:
        self._plan, self._asking = plan, asking
        self.new_posts: dict[str, str] = {}
        """The names of posts that are to be added, by their folded names."""

    def owners(self, cell: PlanCell) -> tuple[str, ...]:
        """The keys of the posts that a cell names, the lead first; a new one as ``NEW`` and its name."""
        keys = [key for name in self._names(cell.text) for key in self._owner(name, cell.place)]
        return tuple(dict.fromkeys(keys))

    def _names(self, text: str) -> list[str]:
        """The names in a cell: between semicolons, lines and slashes, or commas and "and" where none holds one."""
        known = [*self._plan.posts, *self.new_posts.values()]

        def parted(part: str, marks: Sequence[str]) -> list[str]:
            """The names in a part of a cell, between these marks, the first of them that parts it into names."""
            part = _ROLE_MARK.sub("", " ".join(part.split()))
            if not part:
                return []
            if find_title(part, known) or not marks:
                return [part]
            pieces = re.split(marks[0], part, flags=re.IGNORECASE)
            within = [name for piece in pieces for name in parted(piece, marks[1:])]
            both = marks[0] != _AND or all(find_title(name, known) for name in within)
            return within if both else parted(part, marks[1:])

        return [name for line in re.split(r"[;\n]", text) for name in parted(line, (_SLASH, r"\s*,\s*", _AND))]

    def _owner(self, name: str, place: str) -> tuple[str, ...]:
        """The key of the post that a name means; of several where it is answered that each is one by itself."""
        titles = list(self._plan.posts)
        title = find_title(name, titles)
        if title is not None:
            return (self._plan.posts[title],)
        meant = meant_by(name, titles)
        several = [part for part in re.split(_AND, name, flags=re.IGNORECASE) if part]
        apart_ = ((EACH, f"{listed(several)}, each by itself"),) if len(several) > 1 else ()
        named = [*titles, *self.new_posts.values()]
        doubtful = meant or (apart_ and any(find_title(part, named) for part in several))
        choices = ((NEW, f"A new post “{name}”"), *apart_, *((each, each) for each in titles), (NOTHING, "(left out)"))
        answer = self._asking.ask(PlanQuestion(
            f"owner {fold(name)}", "owner", name, place,
            f"The plan has no post “{name}”.{f' Is {meant} meant?' if meant else ''}",
            choices, None if doubtful else NEW,
        ))  # fmt: skip
        if answer == EACH and apart_:
            return tuple(key for part in several for key in self._owner(part, place))
        if answer == NEW:
            return (NEW + self.new_posts.setdefault(fold(name), name),)
        known = self._plan.posts.get(answer or "")
        return () if known is None else (known,)

    def first_day(self, cell: PlanCell) -> date | None:
        """The day with which something begins; of a period its first one."""
        return self._one_day(cell, "start")

    def day(self, cell: PlanCell) -> date | None:
        """The day that a cell says, of a period its last one; ``None`` where nothing stands or is answered."""
        return self._one_day(cell, "day")

    def _one_day(self, cell: PlanCell, kind: QuestionKind) -> date | None:
        value, proposed = self._when(cell.text), None
        if isinstance(value, LastDay):
            which, day = ("first", first_day(value)) if kind == "start" else ("last", value.day_alone)
            sentence = f"“{cell.text.strip()}” is a period. Its {which} day, {in_words(day)}, is proposed."
            value, proposed = Doubt(sentence, day), day.isoformat()
        return apart(self._settled_day(cell, value, proposed, kind))[0]

    def day_or_period(self, cell: PlanCell) -> date | None:
        """The day or period that a cell of a milestone says: "Q3 2009-10" stands for the last day of that quarter."""
        return self._settled_day(cell, self._when(cell.text))

    def _when(self, text: str) -> date | Doubt:
        return read_when(text, self._plan.year)

    def _settled_day(
        self, cell: PlanCell, value: date | Doubt, proposed: str | None = None, kind: QuestionKind = "day"
    ) -> date | None:
        if not any(letter.isdigit() for letter in cell.text):  # "Ongoing" is no day that was misread
            proposed = proposed or NOTHING
        day: date | None = self._settled(kind, cell, value, self._when, _day_choice, proposed)
        return day

    def status(self, cell: PlanCell) -> str | None:
        """The key of the status that a cell says."""
        titles = list(self._plan.statuses)
        title = find_title(cell.text, titles)
        if title is None:
            meant = meant_by(cell.text, titles)
            choices = (*((each, each) for each in titles), _LEFT_EMPTY)
            sentence = f"“{cell.text.strip()}” is no status of this plan."
            title = self._ask("status", cell, sentence, choices, meant)
        return self._plan.statuses.get(title or "")

    def percent(self, cell: PlanCell) -> int | None:
        """The percentage that a cell says."""
        value: int | None = self._number(cell, _PERCENT)
        return value

    def budget(self, cell: PlanCell) -> float | None:
        """The pounds that a cell says."""
        value: float | None = self._number(cell, _MONEY)
        return value

    def _number(self, cell: PlanCell, kind: Kind) -> Any:
        def read(text: str) -> Any:
            """The number that a text says, or the doubt about it."""
            value = kind.read(text)
            beyond = "" if isinstance(value, Doubt) else kind.beyond(value, "It")
            return Doubt(beyond) if beyond else value

        return self._settled("figure", cell, read(cell.text), read, lambda n: (kind.typed(n), kind.show(n)), None)

    def _settled(  # noqa: PLR0917 - what was read, and how an answer is
        self,
        kind: QuestionKind,
        cell: PlanCell,
        value: Any,
        read: Callable[[str], Any],
        choice: Callable[[Any], tuple[str, str]],
        proposed: str | None,
    ) -> Any:
        """What was read of a cell; where that is a doubt, the answer to it, ``None`` for none."""
        if not isinstance(value, Doubt):
            return value
        choices = (*(() if value.meant is None else (choice(value.meant),)), _LEFT_EMPTY)
        answer = self._ask(
            kind, cell, value.sentence, choices, proposed, lambda text: not isinstance(read(text), Doubt)
        )
        return read(answer) if answer else None

    def _ask(  # noqa: PLR0917 - a question in its parts
        self,
        kind: QuestionKind,
        cell: PlanCell,
        sentence: str,
        choices: tuple[tuple[str, str], ...],
        proposed: str | None,
        fits: Callable[[str], bool] | None = None,
    ) -> str | None:
        text = " ".join(cell.text.split())
        question = PlanQuestion(f"{kind} {fold(text)}", kind, text, cell.place, sentence, choices, proposed)
        return self._asking.ask(question, fits)

    def of_activity(self, cells: Mapping[str, PlanCell]) -> dict[str, Any]:
        """The columns of an activity that cells fill. A blank fills none."""
        readers: Mapping[str, tuple[str, Callable[[PlanCell], Any]]] = {
            "owners": ("owners", self.owners), "start": ("start", self.first_day), "due": ("due", self.day),
            "forecast": ("forecast", self.day), "status": ("status_id", self.status),
            "percent": ("percent", self.percent), "budget": ("budget", self.budget),
            "reason": ("reason", _stripped), "notes": ("notes", _stripped),
        }  # fmt: skip
        values = {name: read(cells[role]) for role, (name, read) in readers.items() if role in cells}
        return {name: value for name, value in values.items() if value not in (None, ())}

    def of_milestone(self, cells: Mapping[str, PlanCell]) -> dict[str, Any]:
        """The columns of a milestone that cells fill."""
        values = {
            "due": self.day_or_period(cells["due"]) if "due" in cells else None,
            "done_on": self.day(cells["done_on"]) if "done_on" in cells else None,
        }
        return {name: value for name, value in values.items() if value is not None}


_AND = r"\s+(?:and|&)\s+"
_SLASH = r"\s*(?<!\b\w)(?<!\bch)/\s*"
"""What parts names; not the mark of an acting or temporary rank, as in "T/ACC" and "D/Ch/Supt"."""
_PERCENT, _MONEY = Percent(), Money()


def _day_choice(meant: date) -> tuple[str, str]:
    """A day or a period as an answer: what is kept of it, and its title."""
    period = period_text(meant)
    return period or meant.isoformat(), period or short_day(meant)


def _stripped(cell: PlanCell) -> str:
    return cell.text.strip()
