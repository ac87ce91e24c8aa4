"""The words of returned files under review, in the lines of the table."""

from spp_desktop.edits.differences import EMPTY
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.store import clock
from spp_desktop.ui.review.desk import Desk
from spp_desktop.ui.review.kinds import KINDS, STATES


def notices_of(desk: Desk, file: int) -> list[str]:
    """The sentences that a person should read about a file as a whole."""
    review = desk.reviews[file]
    notices = [*review.notices, *review.faults]
    count = len(review.left_empty)
    if count:
        cells_left = "1 cell was left empty" if count == 1 else f"{count} cells were left empty"
        notices.append(f"{cells_left}, which is no answer; the plan stays as it is there.")
    if not review.differences and desk.is_open(file):
        notices.append("Nothing in it differs from what went out.")
    return notices


def file_head(desk: Desk, file: int) -> tuple[str, str]:
    """The head of a file: who answers, and what comes behind that: of when, from whom, the file's name."""
    review = desk.reviews[file]
    note = " · ".join(filter(None, (review.identity.when, sender_of(desk, file), review.file)))
    return review.identity.owner or "Whole plan", f"· {note}"


def sender_of(desk: Desk, file: int) -> str:
    """From whom and when a file came by mail, in a few words; empty if it came in no mail."""
    mail = desk.reviews[file].received.mail
    if mail is None:
        return ""
    sent = clock.moment(mail.sent_at)
    day = f", {short_day(sent)}" if sent else ""
    return f"from {mail.sender or mail.address or 'nobody named'}{day}"


def subject(desk: Desk, n: int) -> str:
    """What an item is about, in a few words: a column, a milestone by its name, or a whole row."""
    difference = desk.items[n].difference
    own_name = difference.text if difference.source.bears_ref else ""
    if difference.kind == "aside":
        return difference.column or "Beside the answers"
    if not difference.field:
        return f"Whole {difference.source.word.singular}" + (f": {own_name}" if own_name else "")
    return f"{difference.column}: {difference.text}" if difference.source.bears_ref else difference.column


def remark(desk: Desk, n: int) -> str:
    """The decision about an item in words, then what a rule made of the answer or why a person is asked."""
    difference, decision = desk.items[n].difference, desk.decision(n)
    decided = ""
    if decision is not None and decision.value:
        decided = f"Taken in as “{decision.value}”."
    elif decision is not None and decision.reason:
        decided = f"Refused: {decision.reason}"
    elif decision is not None and decision.verdict == "reject":
        decided = "Refused without a reason."
    elif desk.states[n] == "accepted" and desk.meant(n):
        decided = f"Taken in as “{desk.meant(n)}”."
    elif desk.states[n] == "waits":
        decided = "Waits until its row is confirmed."
    return "  ".join(filter(None, (decided, difference.remark)))


def cells(desk: Desk, n: int) -> tuple[str, ...]:
    """The texts of an item in the table, column by column."""
    difference = desk.items[n].difference
    row = difference.text if difference.kind in ("new row", "match") else ""
    states: tuple[str, ...] = ("", row, "")
    if difference.field:
        texts = difference.issued_text, difference.returned_text, difference.now_text
        states = tuple(text or f"({EMPTY})" for text in texts)
    return (STATES[desk.states[n]].title, KINDS[difference.kind].title, subject(desk, n), *states, remark(desk, n))


def title_of(desk: Desk, n: int) -> str:
    """The heading of a difference."""
    difference = desk.items[n].difference
    return "  ".join(filter(None, (difference.ref, difference.column or KINDS[difference.kind].title)))
