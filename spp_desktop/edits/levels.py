"""What the levels of a plan allow: the rules of their list, and what may stand in the plan by them."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from sqlmodel import Session, col, select

from spp_desktop.plan.levels import Level
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.spoken import level_words
from spp_desktop.plan.words import Word

_AT_DEPTH = """
    WITH RECURSIVE deep(id, depth) AS (
        SELECT id, 1 FROM theme WHERE parent_id IS NULL
        UNION ALL SELECT theme.id, depth + 1 FROM theme JOIN deep ON theme.parent_id = deep.id
    ) SELECT count(*) FROM deep WHERE depth = ?"""


class _KeptLevel(NamedTuple):
    """A level as it is kept."""

    key: str
    title: str
    plural: str
    written: str


def watch(session: Session) -> Callable[[], None]:
    """Look at the levels before they change; gives what looks at them afterwards, and refuses what cannot be.

    The plan has at least one level; the first is of headings, and only the last may be of sentences. A level at which
    something stands stays, and goes on being written as it is.
    """
    return partial(_demand_sound, session, _levels(session))


def place(session: Session, values: Mapping[str, Any]) -> str | None:
    """The level behind which a new one comes: headings before sentences; ``None`` for the last place."""
    headings = [level.key for level in _levels(session) if level.written == "heading"]
    return headings[-1] if headings and values.get("written", "heading") == "heading" else None


def demand_headings_below(session: Session) -> None:
    """See that headings may stand below the top level.

    Raises:
        RuleBroken: if they may not; says where a level for them is added.
    """
    levels = _levels(session)
    if levels and sum(level.written == "heading" for level in levels) == 1:
        raise RuleBroken("title", _none_for("headings", levels[0]))


def demand_sentences(session: Session) -> None:
    """See that sentences may stand in the plan.

    Raises:
        RuleBroken: if they may not; says where a level for them is added.
    """
    levels = _levels(session)
    if levels and all(level.written == "heading" for level in levels):
        raise RuleBroken("text", _none_for("sentences", levels[-1]))


def demand_nothing_stands(session: Session) -> None:
    """See that nothing stands in the plan yet: all that does stands under its top level.

    Raises:
        RuleBroken: if something does; says how much.
    """
    levels = _levels(session)
    if levels:
        _demand_empty(session, 0, levels[0], level_words(level[1:] for level in levels).heading(0))


def demand_sound(session: Session) -> None:
    """See that the levels of a plan are as they may be.

    Raises:
        RuleBroken: if they are not; says why.
    """
    _demand_sound(session, ())


def _none_for(what: str, above: _KeptLevel) -> str:
    return f"This plan has no level of {what} below “{above.title}”. Levels are added in Plan > Lists…, under Levels."


def _levels(session: Session) -> Sequence[_KeptLevel]:
    query = select(Level.id, Level.title, Level.plural, Level.written).order_by(col(Level.position), col(Level.id))
    return [_KeptLevel(*row) for row in session.exec(query)]


def _demand_sound(session: Session, before: Sequence[_KeptLevel]) -> None:
    """See that the levels are as they may be, and that none has gone at which something stands."""
    now = _levels(session)
    if not now:
        raise RuleBroken("id", "A plan has at least one level, so the last one stays. It can be renamed.")
    if now[0].written != "heading":
        raise RuleBroken(
            "written", f"“{now[0].title}” would be the top level, which is one of headings: all else stands under it."
        )
    early = next((level for level in now[:-1] if level.written == "sentence"), None)
    if early is not None:
        raise RuleBroken(
            "written", f"Only the last level may be one of sentences: nothing stands under “{early.title}”."
        )
    kept = {(level.key, level.written) for level in now}
    words = level_words(level[1:] for level in before)
    for number, level in enumerate(before):
        if (level.key, level.written) not in kept:
            sentences = words.sentence if level.written == "sentence" else None
            _demand_empty(session, number, level, sentences or words.heading(number))


def _demand_empty(session: Session, number: int, level: _KeptLevel, word: Word) -> None:
    """See that nothing stands at a level, given with its number from the top, which is 0, and the plan's word for it.

    Raises:
        RuleBroken: if something does; says how much.
    """
    raw = session.connection()
    if level.written == "sentence":
        count = raw.exec_driver_sql("SELECT count(*) FROM commitment").scalar_one()
    elif number == 0:
        count = raw.exec_driver_sql("SELECT count(*) FROM priority").scalar_one()
    else:
        count = raw.exec_driver_sql(_AT_DEPTH, (number,)).scalar_one()
    if count:
        stand, them = ("stands", "it") if count == 1 else ("stand", "them")
        raise RuleBroken(
            "written",
            f"{word.counted(count)} {stand} at the level “{level.title}”, so it stays as it is. Move or delete {them} "
            "first.",
        )
