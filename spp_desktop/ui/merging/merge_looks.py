"""What the review of a merge calls things: its headings, kinds of difference, decisions, filters and keys."""

from spp_desktop.ui.review.kinds import KINDS, STATES, DecisionLook, Filter
from spp_desktop.ui.review.surface import ReviewWords

CLOSED = "closed here"
"""The kind of what waits, because a period is locked here or a year is closed."""


def _looks_like(title: str, other: DecisionLook) -> DecisionLook:
    return DecisionLook(title, other.shape, other.colour, other.dark_colour)


WORDS = ReviewWords(
    title="A copy of the plan held against it",
    headings=("Decision", "Kind", "What", "As both knew it", "Here", "In the copy", "Remark"),
    widths=(104, 118, 150, 116, 140, 140, 140),
    kinds={
        "both changed": _looks_like("Both changed", KINDS["conflict"]),
        "removed here": _looks_like("Removed here", KINDS["conflict"]),
        "removed there": _looks_like("Removed there", KINDS["conflict"]),
        "both gave it": _looks_like("Given twice", KINDS["duplicate"]),
        "two lead": _looks_like("Two lead", KINDS["duplicate"]),
        "a rule": _looks_like("Breaks a rule", KINDS["question"]),
        "new": _looks_like("New", KINDS["new row"]),
        "changed": _looks_like("Changed", KINDS["change"]),
        "removed": _looks_like("Removed", KINDS["not returned"]),
        CLOSED: _looks_like("Closed here", KINDS["request"]),
    },
    states={
        **STATES,
        "accepted": _looks_like("Theirs", STATES["accepted"]),
        "refused": DecisionLook("Ours", "square", *(KINDS["change"].colour, KINDS["change"].dark_colour)),
    },
    filters=(
        Filter("All", about="All that the copy has otherwise than this plan"),
        Filter("To decide", states=frozenset({"to decide"}), about="What waits for your decision"),
        Filter("New", frozenset({"new"}), about="Rows that only the copy has: they come in by themselves"),
        Filter("Changed", frozenset({"changed"}), about="What only the copy changed: it comes in by itself"),
        Filter("Removed", frozenset({"removed"}), about="Rows that the copy removed and nobody changed here: they go"),
        Filter("Closed here", frozenset({CLOSED}), about="What is locked or closed here, and stays as it is"),
        Filter("Theirs", states=frozenset({"accepted"}), about="Where the copy's will stand"),
        Filter("Ours", states=frozenset({"refused"}), about="Where ours will stand"),
        Filter("Typed", states=frozenset({"typed"}), about="Where another value will stand, which you typed"),
    ),
    states_shown="As both knew it, here, in the copy",
    accept="Take theirs",
    refuse="Keep ours",
    accept_tip="When you apply, it will be as it is in the copy (T or Space in the table)",
    refuse_tip="When you apply, it will stay as it is here (O in the table)",
    accepted="Theirs is taken:",
    refused="Ours is kept:",
    edit="Another value…",
    untyped="Nothing can be typed there; take theirs or keep ours.",
    unready="Something is left to decide first: N goes there.",
    compared="The copy was held against the plan as it is now. What you decided stays, where it is still asked.",
    letters=("T", "O"),
    keys="T or Space takes theirs · O keeps ours · E types another value · U takes back · on a head, all below it · "
    "Left folds · N next to decide · Ctrl+Z undoes · Ctrl+Enter applies · Esc closes",
    files=False,
)
