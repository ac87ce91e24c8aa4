"""Checks of consultation: what rests on none, what was said and is not answered, and what is said to have changed."""

from collections.abc import Iterator

from spp_desktop.store import consulted
from spp_desktop.store.checks.facts import CheckedPlan
from spp_desktop.store.checks.hits import CheckedRow, RuleHit, in_own_words
from spp_desktop.store.checks.rule import CheckRule
from spp_desktop.store.consulted import CHANGED, CONSULTATION, FINDING

SHORT = 60
"""The most letters of what was said that stand in a sentence."""

LOG = frozenset({CONSULTATION, FINDING})
ANSWER_IT = "Say what was changed for it, or why nothing was (Priorities > You said, we did)."
"""What to do about something that was said and has no answer."""


def _none_logged(plan: CheckedPlan) -> Iterator[RuleHit]:
    """A plan with priorities and no consultation at all."""
    if plan.tree and not consulted.is_logged(plan.connection):
        yield RuleHit(
            "The plan has no consultation: enter who was asked, whose views those are, and what they said.",
            (CheckedRow("plan", plan.plan.id, ""),),
        )


def _unconsulted(plan: CheckedPlan) -> Iterator[RuleHit]:
    """Priorities that rest on no consultation, where the plan has any."""
    if consulted.is_logged(plan.connection):
        for key in consulted.unconsulted(plan.connection):
            sentence = in_own_words(
                "No finding of a consultation is linked to this priority, to anything below it, or to an indicator of "
                "it. Link what it rests on (Ctrl+J)."
            )
            yield RuleHit(sentence, (plan.row_of_level("priority", key),))


def _open_when_issued(plan: CheckedPlan) -> Iterator[RuleHit]:
    """What was said and has no answer, once the plan is out."""
    if plan.select(_ISSUED):
        for row in consulted.findings(plan.connection):
            if row.answer == "open":
                yield RuleHit(
                    f"The plan is issued, and “{_short(row.text)}” has no answer. {ANSWER_IT}",
                    (CheckedRow(FINDING, row.key, ""),),
                )


_ISSUED = (
    "SELECT 1 FROM edition UNION SELECT 1 FROM plan_version JOIN plan_state ON plan_state.id = state_id AND issues "
    "LIMIT 1"
)


def _changed_nothing(plan: CheckedPlan) -> Iterator[RuleHit]:
    """What is said to have changed the plan, and nothing is linked to it."""
    for row in consulted.findings(plan.connection):
        if row.answer in CHANGED and not row.bears_on:
            yield RuleHit(
                f"“{_short(row.text)}” is said to have changed the plan, and nothing is linked to it. Link what was "
                "changed (Ctrl+J).",
                (CheckedRow(FINDING, row.key, ""),),
            )


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= SHORT else f"{plain[: SHORT - 1].rstrip()}…"


RULES: tuple[CheckRule, ...] = (
    CheckRule(
        "plan without consultation", "Consultation: none",
        "Before an authority determines its objectives it consults the chief officer and considers the views of the "
        "community (Police Act 1996 s.6ZB(3) with s.96, as in force on 14 March 2008). The plan names no consultation.",
        "missing", "plan", _none_logged, LOG | {"priority"}, CONSULTATION,
    ),
    CheckRule(
        "priority without consultation", "Priorities: rest on no consultation",
        "No consultation or finding of one is linked to it, to what stands below it, to its activities, or to an "
        "indicator that measures any of these. A plan that has no consultation at all is found once, as a whole.",
        "missing", "plan", _unconsulted, LOG | {"priority", "theme", "commitment", "activity", "link"},
    ),
    CheckRule(
        "consultation unanswered", "You said, we did: no answer",
        "The plan is issued, and something that was said has no answer: neither what was changed for it, nor why "
        "nothing was.", "missing", "plan", _open_when_issued, LOG | {"edition", "plan_version", "plan_state"},
    ),
    CheckRule(
        "consultation changed nothing", "You said, we did: changed nothing",
        "It is said to have changed the plan, and nothing of the plan is linked to it.", "question", "plan",
        _changed_nothing, LOG | {"link"},
    ),
)  # fmt: skip
