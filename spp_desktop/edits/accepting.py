"""Findings of the plan's checks accepted with a reason, and taken back."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlmodel import Session, col, select

from spp_desktop.edits import rows
from spp_desktop.plan.accepted import AcceptedFinding
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store.checks import every
from spp_desktop.store.checks.rule import PlanFinding
from spp_desktop.store.locks import author


def accept(session: Session, findings: Sequence[PlanFinding], reason: str) -> None:
    """Accept findings for one reason: they are meant to be so until one of their rows changes.

    Raises:
        RuleBroken: without a reason.
    """
    known = _known(session, [finding.key for finding in findings])
    signed = {"reason": reason, "author": author(), "accepted_on": date.today()}
    for finding in findings:
        cells = {"sentence": finding.sentence, "stamp": every.stamp(session.connection(), finding), **signed}
        if finding.key in known:
            rows.change(session, AcceptedFinding, known[finding.key], **cells)
        else:
            rows.add(session, AcceptedFinding, finding=finding.key, rule=finding.rule.name, **cells)


def take_back(session: Session, keys: Collection[str]) -> None:
    """Let findings stand again that were accepted.

    Args:
        session: Of the plan.
        keys: The keys of the findings.

    Raises:
        RuleBroken: if none of them was accepted.
    """
    known = _known(session, keys)
    if not known:
        raise RuleBroken("finding", "None of this was accepted, so there is nothing to take back.")
    for row in known.values():
        rows.remove(session, AcceptedFinding, row)


def _known(session: Session, keys: Collection[str]) -> dict[str, str]:
    """The keys of the rows in which findings are accepted, by those of the findings."""
    finding, own = col(AcceptedFinding.finding), col(AcceptedFinding.id)
    return dict(session.exec(select(finding, own).where(finding.in_(list(keys)))).all())
