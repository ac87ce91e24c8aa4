"""What the plan's checks find after a merge that they did not find before it, with both sides of what came in."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from spp_desktop.edits.merging import applying
from spp_desktop.edits.merging.applying import MergeReceipt
from spp_desktop.edits.merging.reviewing import MergeReview
from spp_desktop.edits.merging.wording import MergeWords
from spp_desktop.plan.links import RowLink
from spp_desktop.plan.rows import hanging_on_any, kinds_of_row
from spp_desktop.plan.words import counted
from spp_desktop.store import checking_content, link_faults, naming
from spp_desktop.store.changed import Moved, unheard
from spp_desktop.store.checks import every
from spp_desktop.store.checks.every import CheckedFinding
from spp_desktop.store.merging.items import MergeChoice, MergeItem
from spp_desktop.store.workspace import Workspace


class Breach(NamedTuple):
    """Something that a check finds since a merge.

    Attributes:
        sentence: what it finds.
        sides: of each thing that came in with the merge in the rows that it names: the row and the cell, what was here,
            and what was in the copy.
    """

    sentence: str
    sides: tuple[str, ...]

    def in_words(self) -> str:
        """It in lines: the sentence, and the sides below."""
        return "\n".join((f"  {self.sentence}", *(f"    {side}" for side in self.sides)))


class MergeMade(NamedTuple):
    """A copy that was taken in.

    Attributes:
        receipt: what became of it.
        breaches: what the plan's checks find since.
    """

    receipt: MergeReceipt
    breaches: tuple[Breach, ...]

    @property
    def sentence(self) -> str:
        """It in a sentence or two."""
        count = len(self.breaches)
        if not count:
            return self.receipt.sentence
        more = f"The plan's checks find {counted(count, 'thing')} since that they did not find before."
        return f"{self.receipt.sentence} {more}"

    def in_words(self, receipt: str) -> str:
        """The receipt as a text, with what the checks find since."""
        lines = [each.in_words() for each in self.breaches]
        return "\n".join((receipt, f"Found since by the plan's checks: {len(lines)}", *lines)) if lines else receipt


class FoundBefore(NamedTuple):
    """What is found in a plan before a merge: it is not the merge's.

    Attributes:
        checks: what the checks find, by rule and sentence.
        broken: the rules of rows that are broken, as sentences.
    """

    checks: frozenset[tuple[str, str]]
    broken: frozenset[str]


def taken_in(workspace: Workspace, review: MergeReview, rest: MergeChoice | None = None) -> MergeMade:
    """Take a copy in as it was decided, as one step, and look with the plan's checks what that comes to.

    Args:
        workspace: The plan.
        review: The copy.
        rest: Whose stands where nothing was decided; see ``applying.apply``.

    Raises:
        RuleBroken, NotKept: as ``applying.apply``; nothing is changed then.
    """
    before = found_before(workspace)
    receipt = applying.apply(workspace, review, rest)
    return looked_at(workspace, review, receipt, before)


def found_before(workspace: Workspace, heard: Moved = unheard) -> FoundBefore:
    """What is found in a plan before a copy is merged into it. ``heard`` hears how far that is, and may end it."""
    checks = frozenset(map(_name, _checked(workspace, heard)))
    return FoundBefore(checks, frozenset(workspace.read_beside(_rules_broken)))


def looked_at(
    workspace: Workspace, review: MergeReview, receipt: MergeReceipt, before: FoundBefore, heard: Moved = unheard
) -> MergeMade:
    """A merge that was made, with what is found since that was not found before.

    Args:
        workspace: The plan, which may be open anew beside the one into which the copy was merged.
        review: The copy.
        receipt: What became of it.
        before: What was found before.
        heard: Hears how far it is; what it raises ends it.
    """
    if not receipt.revision:
        return MergeMade(receipt, ())
    broken = workspace.read_beside(_rules_broken)
    fresh = since(workspace, review, before.checks, heard)
    return MergeMade(receipt, (*_of_rules(workspace, review, broken, before.broken), *fresh))


def _rules_broken(plan: sqlite3.Connection) -> dict[str, tuple[str, ...]]:
    """The rules of the plan's rows that are broken, as sentences, with the keys of the row and of those it names."""
    broken: dict[str, tuple[str, ...]] = {
        f"In the {naming.row_named(plan, table, row)} {rule.sentence}.": _keys_in(row)
        for table, row, rule in checking_content.broken_rows(plan, kinds_of_row())
    }
    broken |= dict.fromkeys(link_faults.faults(plan), ())
    for model in hanging_on_any():
        if model is not RowLink:
            broken |= dict.fromkeys(link_faults.strays(plan, model), ())
    return broken


def _keys_in(row: Mapping[str, object]) -> tuple[str, ...]:
    """The key of a row, and those of the rows that it names."""
    return tuple(str(value) for name, value in row.items() if name == "id" or (name.endswith("_id") and value))


def _of_rules(
    workspace: Workspace, review: MergeReview, broken: Mapping[str, tuple[str, ...]], before: Collection[str]
) -> Iterator[Breach]:
    """The rules that are broken since the merge, with both sides of what came in in the row and what it names."""
    fresh = {sentence: keys for sentence, keys in broken.items() if sentence not in before}
    if not fresh:
        return
    words, touched = MergeWords(workspace, review.copy), _by_row(review.merge.items())
    for sentence, keys in fresh.items():
        items = {item.subject: item for key in keys for item in touched.get(key, ()) if item.key in keys}
        yield Breach(sentence, tuple(_told_sides(items.values(), words)))


def _checked(workspace: Workspace, heard: Moved) -> list[CheckedFinding]:
    def tell(_rule: str, done: int, total: int) -> None:
        heard("Running the plan's checks", done, total)

    return workspace.read(every.check, tell)


def since(
    workspace: Workspace, review: MergeReview, before: Collection[tuple[str, str]], heard: Moved = unheard
) -> list[Breach]:
    """What they find now that they did not find before.

    Args:
        workspace: The plan, into which the copy was merged.
        review: The copy.
        before: What the checks found before the merge, by rule and sentence.
        heard: Hears how far it is.
    """
    fresh = [each for each in _checked(workspace, heard) if _name(each) not in before]
    if not fresh:
        return []
    words, touched = MergeWords(workspace, review.copy), _by_row(review.merge.items())
    return [Breach(each.finding.sentence, tuple(_sides(each, words, touched))) for each in fresh]


def _name(checked: CheckedFinding) -> tuple[str, str]:
    return checked.finding.rule.name, checked.finding.sentence


def _by_row(items: Iterable[MergeItem]) -> Mapping[str, list[MergeItem]]:
    """The items by the keys of the rows that they are of, and of those that these name."""
    touched: dict[str, list[MergeItem]] = {}
    for item in items:
        row = item.theirs or item.ours or {}
        named = (value for name, value in row.items() if name.endswith("_id"))
        for key in dict.fromkeys((item.key, *(str(value) for value in named))):
            touched.setdefault(key, []).append(item)
    return touched


def _sides(checked: CheckedFinding, words: MergeWords, touched: Mapping[str, list[MergeItem]]) -> Iterator[str]:
    """Both sides of what came in, of the rows that a finding names."""
    items = {item.subject: item for row in checked.finding.rows for item in touched.get(row.key, ())}
    yield from _told_sides(items.values(), words)


def _told_sides(items: Iterable[MergeItem], words: MergeWords) -> Iterator[str]:
    for item in items:
        line = words.line(item)
        what = " ".join(filter(None, (line.row, line.cell)))
        yield f"{what}: here {line.ours or 'empty'}; in the copy {line.theirs or 'empty'}"
