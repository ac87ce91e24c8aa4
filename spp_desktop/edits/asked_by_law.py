"""Bringing what the law of 2008 has a plan contain into a plan, as a framework of its own."""

from typing import Any

from sqlmodel import Session, col, select

from spp_desktop.edits import registers
from spp_desktop.plan.asked_by_law import CONTENTS, FIRST_YEAR, ITEMS, SOURCE, TITLE
from spp_desktop.plan.frameworks import Framework, FrameworkItem
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.words import counted

ALREADY = "The plan has every item of the checklist of 2008 already. Nothing was brought in."


def bring_in(session: Session) -> str:
    """Add the items of the checklist that the plan does not have yet, known by their numbers; says what came in.

    What the plan has of it stays as it stands there: only that it is what the plan is to contain is set where the
    framework does not say it.

    Raises:
        RuleBroken: if the plan has every item.
    """
    framework = session.exec(select(Framework).where(col(Framework.title) == TITLE)).first()
    key = framework.id if framework is not None else _framework(session)
    has = set(session.exec(select(FrameworkItem.code).where(col(FrameworkItem.framework_id) == key)))
    missing = [item for item in ITEMS if item.code not in has]
    if not missing:
        raise RuleBroken("code", ALREADY)
    if framework is not None and (framework.kind == "other" or not framework.answered):
        registers.set_cells(session, Framework, [(key, "kind", CONTENTS), (key, "answered", True)])
    for item in missing:
        columns: dict[str, Any] = {
            "code": item.code,
            "title": item.title,
            "source": item.source,
            "evidence": item.evidence,
            "verified": item.evidence == "read",
        }
        registers.add(session, FrameworkItem, columns, framework_id=key)
    unread = sum(item.evidence != "read" for item in missing)
    doubt = f" The words of {unread} of them are unverified: each says so, and names its source." if unread else ""
    return f"{counted(len(missing), 'item')} came into the plan.{doubt}"


def _framework(session: Session) -> str:
    columns = {"title": TITLE, "source": SOURCE, "answered": True, "kind": CONTENTS, "first_year": FIRST_YEAR}
    return registers.add(session, Framework, columns)
