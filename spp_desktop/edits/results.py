"""What a person does with results: enter, revise, remove."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.dialects.sqlite import insert
from sqlmodel import Session, SQLModel

from spp_desktop.edits import rows
from spp_desktop.plan.results import Result, check_result
from spp_desktop.plan.rows import check, new_key

SAME = ("indicator_id", text("ifnull(area_id, '')"), "population", "period_from", "period_to")
"""What makes two results one: the columns of the index."""

_FIGURES = ("value", "numerator", "denominator", "sample_size", "design_effect", "state")


def add_results(session: Session, results: Sequence[Mapping[str, Any]]) -> None:
    """Add many results at once; a result for a period that has one already takes its place.

    Each is a mapping of columns of ``plan.results.Result``; those that are left out take their defaults.

    Raises:
        RuleBroken: if a value breaks a rule, or a period ends before it begins.
    """
    clean = [_whole(result) for result in results]
    if not clean:
        return
    session.flush()
    statement = insert(SQLModel.metadata.tables[str(Result.__tablename__)])
    new = {name: statement.excluded[name] for name in _FIGURES}
    with rows.sentences(Result):
        session.connection().execute(statement.on_conflict_do_update(index_elements=SAME, set_=new), clean)
    session.expire_all()


def set_result(session: Session, key: str, **values: Any) -> None:
    """Set a result's figures, state or period.

    Raises:
        RuleBroken: if a value breaks a rule, or the period would end before it begins.
    """
    held = rows.get(session, Result, key).model_dump()
    check_result({**held, **check(Result, values)})
    rows.change(session, Result, key, **values)


def remove_result(session: Session, key: str) -> None:
    """Remove a result."""
    rows.remove(session, Result, key)


_DEFAULTS = {name: field.default for name, field in Result.model_fields.items() if not field.is_required()}


def _whole(result: Mapping[str, Any]) -> dict[str, Any]:
    clean = {**_DEFAULTS, **check(Result, result), "id": new_key()}
    check_result(clean)
    return clean
