"""What workbooks that came in say, held against the plan; several of them seen as one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from spp_desktop.edits.differences import EMPTY, Difference, joined, summary
from spp_desktop.returns.checks import CheckedTable
from spp_desktop.returns.definition import Identity, Return
from spp_desktop.returns.intake import Received
from spp_desktop.store.receipts import Decision, Receipt


@dataclass(frozen=True)
class Review:
    """What a workbook that came in says, held against the plan.

    Attributes:
        received: what was read.
        definition: which return it is.
        identity: which issue of it, by the plan's own record.
        differences: all that a person should see.
        left_empty: cells that were emptied, which is no answer.
        notices: sentences on the file as a whole.
        summary: what was found, counted.
        receipt: the receipt under which the file is kept, if it is.
        decisions: what was decided about it so far, by subject.
        answers: all that it says otherwise than it went out, as ``comparing.answered`` gives it.
        checked: the rows of each sheet that is looked over, as they would be if all that came in were taken in.
        told: what the kinds of rows say of all their answers together.
    """

    received: Received
    definition: Return
    identity: Identity
    differences: tuple[Difference, ...] = ()
    left_empty: tuple[Difference, ...] = ()
    notices: tuple[str, ...] = ()
    summary: str = field(default_factory=lambda: summary(()))
    receipt: Receipt | None = None
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    checked: Mapping[str, CheckedTable] = field(default_factory=dict)
    told: tuple[str, ...] = ()

    @property
    def faults(self) -> list[str]:
        """What the checks of the return say of what came in, in sentences."""
        return [
            sentence
            for listing in self.definition.listings
            if listing.title in self.checked
            for check in listing.checks
            for sentence in check(self.checked[listing.title])
        ]

    @property
    def file(self) -> str:
        """The file's name."""
        return self.received.name

    @property
    def called(self) -> str:
        """The file's name with that of the mail that enclosed it, as sentences have it."""
        return self.received.called

    @property
    def clean(self) -> tuple[Difference, ...]:
        """The differences that ask no decision of a person."""
        return tuple(difference for difference in self.differences if not difference.asks)


def together(reviews: Sequence[Review]) -> list[Review]:
    """Several files seen as one: where a joint owner answers otherwise than the lead, both answers are shown.

    Where they agree there is nothing to decide but the lead's answer. Two versions of one return that answer otherwise
    are asked about; the same file twice is seen once.
    """
    once: dict[str, Review] = {}
    for review in reviews:
        first = once.setdefault(review.received.file_hash, review)
        mail = review.received.mail
        if first is not review and mail is not None:
            also = f"The same file came in {mail.file} too, from {mail.from_whom or 'nobody named'}."
            once[review.received.file_hash] = replace(first, notices=(*first.notices, also))
    reviews = _checked_together([_beside_versions(review, list(once.values())) for review in once.values()])
    leading = {
        (review.identity.when, difference.subject): (review, difference)
        for review in reviews
        for difference in review.differences
        if difference.kind not in ("disagreement", "not returned", "match")
    }
    return [_beside_lead(review, leading) for review in reviews]


def _checked_together(reviews: Sequence[Review]) -> list[Review]:
    """Reviews of which the first of each return and period is checked with what all of them answer."""
    first: dict[tuple[str, str], int] = {}
    made: list[Review] = []
    for review in reviews:
        at = first.setdefault((review.definition.id, review.identity.when), len(made))
        if at == len(made) or not review.definition.parted:
            made.append(review)
            continue
        whole = made[at].checked
        both = {title: whole[title].beside(table) for title, table in review.checked.items() if title in whole}
        made[at] = replace(made[at], checked={**review.checked, **whole, **both})
        made.append(replace(review, checked={}))
    return made


def _beside_versions(review: Review, reviews: Sequence[Review]) -> Review:
    """A review with what another version of the same return says otherwise made a question."""
    others = [
        (other.called, {difference.subject: difference for difference in other.differences})
        for other in reviews
        if other.identity.export == review.identity.export and other.received.file_hash != review.received.file_hash
    ]
    return replace(review, differences=tuple(_asked_which(difference, others) for difference in review.differences))


def _asked_which(difference: Difference, others: Sequence[tuple[str, Mapping[str, Difference]]]) -> Difference:
    if difference.kind != "change":
        return difference
    for file, known in others:
        other = known.get(difference.subject)
        if other is not None and other.returned != difference.returned:
            answer = f"“{other.returned_text or EMPTY}”"
            remark = joined(f"Another version, {file}, says {answer}.", difference.remark)
            return replace(difference, kind="question", remark=remark)
    return difference


def _beside_lead(review: Review, leading: Mapping[tuple[str, str], tuple[Review, Difference]]) -> Review:
    kept = []
    for difference in review.differences:
        lead = leading.get((review.identity.when, difference.subject))
        if difference.kind != "disagreement" or lead is None or difference.subject in review.decisions:
            kept.append(difference)
        elif lead[1].returned != difference.returned:
            answer = f"“{lead[1].returned_text or EMPTY}”"
            kept.append(
                replace(difference, remark=f"{lead[0].identity.owner} leads, and answers {answer}, which counts.")
            )
    return replace(review, differences=tuple(kept), summary=summary([*kept, *review.left_empty]))
