"""The plan's own protective marking, which is one of its list: kept so whichever of the two is changed."""

from collections.abc import Callable

from sqlmodel import Session, col, select

from spp_desktop.edits import rows
from spp_desktop.plan.identity import Plan
from spp_desktop.plan.kinds.spelling import quoted
from spp_desktop.plan.markings import Marking
from spp_desktop.plan.rules import RuleBroken


def listed_as(session: Session, typed: str) -> str:
    """A marking that somebody typed, as the plan's list spells it; "" for none.

    Raises:
        RuleBroken: if the list has none of these words.
    """
    plain = " ".join(typed.split())
    titles = session.exec(select(Marking.title).order_by(col(Marking.position))).all()
    known = next((title for title in titles if title.casefold() == plain.casefold()), None)
    if plain and known is None:
        raise RuleBroken(
            "marking",
            f"{quoted(plain)} is not on the plan's list of protective markings ({', '.join(titles) or 'it is empty'}). "
            "Add it there first, in Plan > Lists….",
        )
    return known or ""


def watch(session: Session) -> Callable[[], None]:
    """See that the plan's own marking stays on the list: renamed there, the plan bears the new name."""
    before = dict(session.exec(select(Marking.title, Marking.id)).all())

    def demand() -> None:
        """Look at the list again.

        Raises:
            RuleBroken: if the marking that the plan bears is to go.
        """
        own = session.exec(select(Plan)).one()
        now = dict(session.exec(select(Marking.id, Marking.title)).all())
        if own.marking in before and own.marking not in now.values():
            renamed = now.get(before[own.marking])
            if renamed is None:
                raise RuleBroken(
                    "id", f"The plan itself is marked {quoted(own.marking)}. Mark the plan otherwise first."
                )
            rows.change(session, Plan, own.id, marking=renamed)

    return demand
