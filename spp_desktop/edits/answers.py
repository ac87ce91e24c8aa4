"""What a person answers of activities for a reporting period: how each stands, and what is said of it, as one step."""

from collections.abc import Collection

from sqlmodel import Session

from spp_desktop.edits import delivery, reports, rows


def set_answers(session: Session, period: str, own: rows.CellValues, texts: rows.CellValues) -> None:
    """Set cells of activities, and what is said of activities for a period.

    Args:
        session: The session of the revision.
        period: The period.
        own: Cells of the activities themselves: (key, column, value).
        texts: What is said for the period: (activity key, "done" or "next", text).

    Raises:
        RuleBroken: if a cell breaks a rule, or the period is locked or was not opened; nothing is then changed.
    """
    if own:
        delivery.set_cells(session, own)
    if texts:
        reports.set_texts(session, period, texts)


def submit_explained(
    session: Session, period: str, activities: Collection[str], by: str = "", reasons: rows.CellValues = ()
) -> int:
    """Submit what is said of activities, with the reasons of their statuses that are given with it; give how many.

    Args:
        session: The session of the revision.
        period: The period.
        activities: The activities.
        by: Who submits; whoever signs the step where nobody is named.
        reasons: Cells of the activities: (key, "reason", words).

    Raises:
        RuleBroken: if the period is locked or was not opened.
    """
    if reasons:
        delivery.set_cells(session, reasons)
    return reports.submit(session, period, activities, by)
