"""The lines of the page on which a year ends: a row of the plan, how it stands, and what is to become of it."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from spp_desktop.edits.turning.fates import ASKS_WHY
from spp_desktop.edits.turning.proposals import ACTIVITY, INDICATOR, RowProposal
from spp_desktop.plan.kinds import Choice, Day, Long, Option, Text
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.turning import WhatBecomes
from spp_desktop.plan.words import Word, capital, counted, listed
from spp_desktop.store.naming import word_of
from spp_desktop.store.plain import ActivityRow
from spp_desktop.store.turned import FATES
from spp_desktop.ui.grid.arrangement import StatusShare
from spp_desktop.ui.grid.columns import GridColumn
from spp_desktop.ui.turning.from_to_columns import FATE, FATE_OPTIONS

UNDECIDED, NEEDS_REASON = "undecided", "reason"
"""The words by which the filter finds what nobody has decided yet, and what is only done for a reason that lacks."""
WAITS = Option(UNDECIDED, "undecided", "Nobody has decided it yet.", "ring", "#9a5b00", "#e3b341")
TYPED = ("reason", "becomes", "due", "target")
"""The columns in which letters are typed; in all others a letter decides."""


@dataclass(frozen=True, slots=True)
class YearEndLine:
    """A row of the year that is left.

    Attributes:
        proposal: what is to become of it.
        activity: the activity as it stands now; ``None`` of other rows.
        into: what it is merged with, as it is called; "" for nothing.
    """

    proposal: RowProposal
    activity: ActivityRow | None = None
    into: str = ""

    @property
    def key(self) -> str:
        """The key of the row."""
        return self.proposal.key

    @property
    def decided(self) -> bool:
        """Whether a person has decided of it."""
        return bool(self.proposal.decision)

    @property
    def fate(self) -> WhatBecomes:
        """What becomes of it: as it is decided, or else as it is proposed."""
        return self.proposal.fate

    @property
    def lacks_reason(self) -> bool:
        """Whether what is proposed is only done for a reason, and the row gives none."""
        given = self.activity.reason.strip() if self.activity is not None else ""
        return not self.decided and self.fate in ASKS_WHY and not given

    @property
    def reason(self) -> str:
        """Why: what a person gave or the row gives itself, else why it is proposed so, which is then kept."""
        proposal = self.proposal
        return proposal.reason or (proposal.why if proposal.fate == proposal.proposed else "")

    @property
    def becomes(self) -> str:
        """What it becomes, one row a line: other words, or what it is merged with."""
        return self.into or "\n".join(self.proposal.texts)

    @property
    def due(self) -> date | None:
        """When what follows is due."""
        return self.proposal.due if self.fate not in {"closed", "dropped"} else None

    @property
    def target(self) -> str:
        """Of an indicator, the next year's target."""
        return self.proposal.target

    @property
    def called(self) -> str:
        """What it is called: "3.04 Develop a strategy"."""
        return f"{self.proposal.ref} {' '.join(self.proposal.title.split())}".strip()

    @property
    def head(self) -> str:
        """What it stands under."""
        kind = capital(word_of(self.proposal.table).plural)
        if self.proposal.table == ACTIVITY:
            return self.proposal.group or kind
        return f"{kind}: {self.proposal.group}" if self.proposal.group else kind

    def found_by(self) -> list[str]:
        """The words by which the filter finds it: "fate:undecided"."""
        return [self.fate if self.decided else UNDECIDED, *([NEEDS_REASON] if self.lacks_reason else [])]


def columns(statuses: Callable[[], Sequence[Option]], year: int) -> list[GridColumn]:
    """The columns of the page.

    Args:
        statuses: gives the plan's list of statuses.
        year: the first calendar year of the year that is left.
    """
    return [
        GridColumn("ref", "Ref", 54, value=lambda r: r.proposal.ref, frozen=True, about="The reference of the row"),
        GridColumn("text", "Words", 170, value=lambda r: " ".join(r.proposal.title.split()), tip=lambda r: r.called),
        GridColumn(
            "now", "Now", 98, Choice(statuses), value=lambda r: r.activity.status_key if r.activity else None,
            text=_now, name="now", about="How an activity stands, and what an indicator came to last",
        ),
        GridColumn(
            "fate", "What becomes of it", 124, FATE, value=lambda r: r.fate, text=_fate, quiet=_proposed,
            slanted=_proposed, words=lambda r: " ".join(r.found_by()), name="fate", alert=lambda r: r.lacks_reason,
            about="In slanting letters: only proposed. K keeps, G changes, S splits, M merges, C closes, D drops",
        ),
        GridColumn(
            "reason", "Why", 150, Long(), editable=True, quiet=_not_given, slanted=_not_given, name="why",
            tip=lambda r: r.proposal.why,
        ),
        GridColumn(
            "becomes", "Becomes", 124, Long(), editable=True, name="becomes",
            about="New words, several rows one a line; or what it is merged with, by its reference",
        ),
        GridColumn(
            "due", "Due", 84, Day(lambda: year + 1), editable=True, quiet=_proposed, slanted=_proposed, align="right",
            why=_why_no_due, about="When what follows is due",
        ),
        GridColumn(
            "target", "Next target", 80, Text(), editable=True, quiet=_proposed, slanted=_proposed, why=_why_no_target,
            name="target", about="Of an indicator: the next year's target as it is stated",
        ),
        GridColumn(
            "baseline", "Baseline", 96, value=lambda r: r.proposal.baseline, name="baseline", shown=False,
            about="Of an indicator: last year's result",
        ),
        GridColumn(
            "warnings", "Look at", 110, value=lambda r: " ".join(r.proposal.warnings), name="look",
            alert=lambda r: bool(r.proposal.warnings),
            about="What speaks against it or is lacking; of an indicator, where its figures break",
        ),
        GridColumn("head", "Stands under", 120, shown=False, name="under"),
    ]  # fmt: skip


def _proposed(row: YearEndLine) -> bool:
    """Whether it is only proposed."""
    return not row.decided


def _not_given(row: YearEndLine) -> bool:
    """Whether nobody gave the reason that is shown."""
    return not row.decided or not row.proposal.reason


def _why_no_due(row: YearEndLine) -> str:
    """Why no due date is typed in a row."""
    return "" if row.proposal.table == ACTIVITY else "Only an activity has a due date."


def _why_no_target(row: YearEndLine) -> str:
    """Why no target is typed in a row."""
    return "" if row.proposal.table == INDICATOR else "Only an indicator has a target."


def _now(row: YearEndLine) -> str:
    if row.activity is None:
        return row.proposal.baseline
    percent = f" {row.activity.percent}%" if row.activity.percent is not None else ""
    return f"{row.activity.status}{percent}"


def _fate(row: YearEndLine) -> str:
    title = FATES[row.fate].title
    if row.decided:
        return title
    return f"{title} (proposed; say why)" if row.lacks_reason else f"{title} (proposed)"


def summary(rows: Sequence[YearEndLine]) -> tuple[str, tuple[StatusShare, ...]]:
    """What a head says of its lines: how many are decided, and what becomes of how many."""
    counts = Counter(row.fate for row in rows if row.decided)
    left = len(rows) - sum(counts.values())
    parts = [
        StatusShare(option.title.lower(), counts[option.value], option.shape, option.colour, option.dark_colour)
        for option in FATE_OPTIONS
        if counts[option.value]
    ]
    waits = [StatusShare(WAITS.title, left, WAITS.shape, WAITS.colour, WAITS.dark_colour)] if left else []
    return f"{len(rows):,}", (*parts, *waits)


def chips(rows: Sequence[YearEndLine]) -> Mapping[str, tuple[str, int]]:
    """What the lines can be narrowed to: by the word of the filter, a title and how many lines it shows."""
    counts = Counter(word for row in rows for word in row.found_by())
    titles = {UNDECIDED: "Undecided", NEEDS_REASON: "Need a reason"} | {
        name: words.title for name, words in FATES.items()
    }
    return {word: (title, counts[word]) for word, title in titles.items()}


def state(rows: Sequence[YearEndLine]) -> str:
    """How far it is: "37 of 111 decided; 3 need a reason"."""
    lacking = sum(row.lacks_reason for row in rows)
    need = f"; {lacking:,} {'needs' if lacking == 1 else 'need'} a reason" if lacking else ""
    return f"{sum(row.decided for row in rows):,} of {len(rows):,} decided{need}"


def outcome(rows: Sequence[YearEndLine], following: str) -> str:
    """What rolling over will do, in one sentence with counts.

    Args:
        rows: the lines.
        following: the name of the next year: "2009-2010".
    """
    parts = []
    for table in dict.fromkeys(row.proposal.table for row in rows):
        of = [row for row in rows if row.proposal.table == table]
        counts = Counter(row.fate for row in of)
        word: Word = word_of(table)
        told = listed(f"{counts[fate]:,} {words.title.lower()}" for fate, words in FATES.items() if counts[fate])
        parts.append(f"of {word.counted(len(of))} {told}")
    return f"Rolling over to {following}: {'; '.join(parts)}." if parts else "There is nothing to carry over."


def standing(row: YearEndLine) -> str:
    """How a row stands, for the panel."""
    activity = row.activity
    if activity is None:
        over = f" Over the plan: {row.proposal.over_plan}." if row.proposal.over_plan else ""
        return f"Last result: {row.proposal.baseline}.{over}" if row.proposal.baseline else over.strip()
    parts = [
        _now(row) or "No status",
        f"due {short_day(activity.due)}" if activity.due else "no date due",
        f"expected {short_day(activity.forecast)}" if activity.forecast else "",
        f"{activity.milestones_done} of {counted(activity.milestones, 'milestone')} done"
        if activity.milestones
        else "",
        ", ".join(activity.owners),
    ]
    return " · ".join(filter(None, parts))
