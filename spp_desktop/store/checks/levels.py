"""Checks of the plan's levels: what measures and serves them, how they are spelled, and the notes printed at them."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.plan.words import capital, counted, listed
from spp_desktop.store import asked, gaps
from spp_desktop.store.checks.facts import CheckedPlan
from spp_desktop.store.checks.hits import CheckedRow, RuleHit, in_own_words
from spp_desktop.store.checks.rule import CheckRule

MARK = re.compile(r"[⁰¹²³⁴-⁹]+")
"""A note's mark as it is printed: superscript digits, of which several are one number."""

DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")

_TEXTS: Mapping[str, tuple[str, ...]] = {
    "section": ("title", "body"),
    "priority": ("title", "narrative"),
    "theme": ("title", "narrative"),
    "commitment": ("text",),
    "indicator": ("title",),
}
"""The tables and columns whose texts may carry the mark of a note; no note is printed at an activity."""


def _of_gap(name: str, title: str) -> CheckRule:
    """A kind of gap of the golden thread as a rule of the plan."""
    kind = next(kind for kind in gaps.GAP_KINDS if kind.name == name)
    reads = {"priority", "theme", "commitment", "link", *({"activity"} if kind.table == "commitment" else ())}

    def find(plan: CheckedPlan) -> Iterator[RuleHit]:
        """The rows that have the gap."""
        lacking = set(gaps.keys(plan.connection, kind))
        for key in plan.places:
            if key in lacking:
                yield RuleHit(kind.about, (plan.row_of_level(kind.table, key),))

    return CheckRule(name, title, vars(kind)["about"], "missing", "plan", find, frozenset(reads))


def _without_activity(plan: CheckedPlan) -> Iterator[RuleHit]:
    for (key,) in plan.select(
        "SELECT id FROM priority WHERE NOT EXISTS (SELECT 1 FROM activity WHERE priority_id = priority.id) "
        "ORDER BY position, id"
    ):
        yield RuleHit(
            in_own_words("No activity of any year stands under this priority."), (plan.row_of_level("priority", key),)
        )


def _spellings(plan: CheckedPlan) -> Iterator[RuleHit]:
    """Priorities that are printed in more than one way, and where."""
    titles = {node.key: node.text for node in plan.tree}
    others: dict[str, list[str]] = defaultdict(list)
    for key, title, where in plan.select(
        "SELECT priority_id, title, printed_in FROM priority_alias ORDER BY position, id"
    ):
        if title != titles.get(key):
            others[key].append(f"“{title}”{f' ({where})' if where else ''}")
    for key, several in sorted(others.items(), key=lambda item: list(titles).index(item[0])):
        sentence = f"It is called “{titles[key]}” and printed as {listed(several)}."
        yield RuleHit(sentence, (plan.row_of_level("priority", key),))


def _same_title(plan: CheckedPlan) -> Iterator[RuleHit]:
    """Priorities whose titles are the same but for capitals and spaces."""
    by_title: dict[str, list[str]] = defaultdict(list)
    for node in plan.tree:
        by_title[fold(node.text)].append(node.key)
    for keys in by_title.values():
        if len(keys) > 1:
            rows = tuple(plan.row_of_level("priority", key) for key in keys)
            yield RuleHit(in_own_words("{count} priorities have the same title.", count=len(keys)), rows)


def _orphan_notes(plan: CheckedPlan) -> Iterator[RuleHit]:
    for key, text in plan.select(
        "SELECT id, text FROM note WHERE id NOT IN (SELECT note_id FROM note_use) ORDER BY position, id"
    ):
        yield RuleHit(f"The note “{_short(text)}” is printed nowhere.", (CheckedRow("note", key, ""),))


def _same_notes(plan: CheckedPlan) -> Iterator[RuleHit]:
    by_text: dict[str, list[str]] = defaultdict(list)
    texts = dict(plan.select("SELECT id, text FROM note ORDER BY position, id"))
    for key, text in texts.items():
        by_text[fold(text).rstrip(".")].append(key)
    for keys in by_text.values():
        if len(keys) > 1:
            rows = tuple(CheckedRow("note", key, "") for key in keys)
            yield RuleHit(f"“{_short(texts[keys[0]])}” is kept as {counted(len(keys), 'note')}.", rows)


def _unresolved(plan: CheckedPlan) -> Iterator[RuleHit]:
    """Marks that stand in a text although no note is printed there under that number."""
    known: dict[str, set[int]] = defaultdict(set)
    for *places, number in plan.select(
        "SELECT section_id, priority_id, theme_id, commitment_id, indicator_id, number FROM note_use"
    ):
        known[next(filter(None, places), "")].add(number)
    for table, columns in _TEXTS.items():
        ref = "ref" if table == "indicator" else "''"
        names = ", ".join(columns)
        for key, own, *texts in plan.select(f'SELECT id, {ref}, {names} FROM "{table}"'):
            marks = {int(mark.translate(DIGITS)) for text in texts for mark in MARK.findall(text or "")}
            loose = sorted(marks - known[key])
            if loose:
                row = CheckedRow(table, key, own or plan.places.get(key, ""))
                named = listed(map(str, loose))
                yield RuleHit(
                    f"{capital(counted(len(loose), 'mark'))} ({named}) in its text, and no such note here.", (row,)
                )


def _numbered_twice(plan: CheckedPlan) -> Iterator[RuleHit]:
    """Numbers that stand for different notes in the same part of the document."""
    uses = plan.select("SELECT number, note_id FROM note_use WHERE number IS NOT NULL GROUP BY number, note_id")
    for number, count in Counter(number for number, _ in uses).items():
        if count > 1:
            rows = tuple(CheckedRow("note", note, "") for own, note in uses if own == number)
            yield RuleHit(f"The mark {number} stands for {count} different notes.", rows)


def _unanswered(plan: CheckedPlan) -> Iterator[RuleHit]:
    """Items of what the plan is to contain that it does not answer."""
    for item in asked.asked(plan.connection):
        if not item.answered:
            doubt = "" if item.evidence == asked.READ else f" Its words are {item.doubt}. Read the source first."
            yield RuleHit(
                f"“{item.title}” is not answered. {item.lacks} Link what answers it, or name its page "
                f"(Priorities > What the law asks).{doubt}",
                (CheckedRow(asked.ITEM, item.key, item.code),),
            )


def _short(text: str, most: int = 60) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= most else f"{plain[: most - 1].rstrip()}…"


def _rules() -> Sequence[CheckRule]:
    notes = frozenset({"note", "note_use"})
    of_notes = partial(CheckRule, of="plan")
    return (
        _of_gap("priority without indicator", "Priorities: no indicator"),
        CheckRule(
            "priority without activity", "Priorities: no activity", "No activity of any year stands under it.",
            "missing", "plan", _without_activity, frozenset({"priority", "activity"}),
        ),
        _of_gap("commitment nobody serves", "Commitments: nobody serves it"),
        CheckRule(
            "priority spelled in several ways", "Priorities: several spellings",
            "Its title is printed in several ways (Plan > Lists… > Priority spellings).", "question", "plan",
            _spellings,
            frozenset({"priority", "priority_alias"}),
        ),
        CheckRule(
            "priorities of one title", "Priorities: the same title", "Two have the same title.", "question", "plan",
            _same_title, frozenset({"priority"}),
        ),
        CheckRule(
            "required content unanswered", "What a plan is to contain: unanswered",
            "An item of a framework that says what a plan is to contain, or that is to be answered: nothing of the "
            "plan is linked to it, and no page that holds anything is named as answering it. Each item names its "
            "source, and says whether anybody read it there.", "missing", "plan", _unanswered, asked.TABLES,
            asked.SHOWN_AS,
        ),
        of_notes(
            "note without mark", "Notes: printed nowhere", "A note or definition that no place of the plan prints.",
            "question", find=_orphan_notes, reads=notes,
        ),
        of_notes(
            "mark without note", "Notes: a mark without a note",
            "A superscript number stands in a text, and no note is printed there under that number.", "wrong",
            find=_unresolved, reads=notes | set(_TEXTS),
        ),
        of_notes(
            "note kept twice", "Notes: kept twice", "Two notes say the same: one note with several marks would do.",
            "question", find=_same_notes, reads=notes,
        ),
        of_notes(
            "mark for several notes", "Notes: one number for several",
            "One printed number stands for different notes.", "question", find=_numbered_twice, reads=notes,
        ),
    )  # fmt: skip


RULES = tuple(_rules())
