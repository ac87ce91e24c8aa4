"""What a person does to priorities, their themes and commitments, and to the notes that places share.

Where a verb adds something, ``after`` is the sibling it follows, and nothing means last. Where a verb moves
something, ``after`` is the sibling it then follows, and ``None`` means before all of them.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, true
from sqlmodel import Session, col, select

from spp_desktop.edits import delivery, levels, rows
from spp_desktop.plan.priorities import NOTE_PLACES, Commitment, Note, NoteUse, Priority, PriorityAlias, Theme
from spp_desktop.plan.rows import Row
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.spoken import in_words_of_plan


def set_texts(session: Session, texts: Iterable[tuple[type[Row], str, str, str]]) -> None:
    """Set a cell in each of several rows of different kinds: (model, row key, column, text), as replacing words does.

    Raises:
        RuleBroken: at the first text that breaks a rule; nothing is then changed.
    """
    for model, key, column, text in texts:
        rows.change(session, model, key, **{column: text})


def add_priority(session: Session, title: str, *, narrative: str = "", after: str | None = None) -> str:
    """Add a strategic priority and give its key."""
    return rows.add_placed(session, Priority, true(), after, title=title, narrative=narrative)


def set_priority(session: Session, key: str, **values: Any) -> None:
    """Set a priority's title or narrative."""
    rows.change(session, Priority, key, **values)


def move_priority(session: Session, key: str, after: str | None) -> None:
    """Put a priority behind another."""
    rows.move(session, Priority, key, true(), after)


def remove_priority(session: Session, key: str) -> None:
    """Remove a priority, with its themes, its commitments and the activities that stand under it."""
    rows.remove(session, Priority, key)


def add_alias(session: Session, priority_id: str, title: str, *, printed_in: str = "") -> str:
    """Add another spelling of a priority's title, with the place where it is printed, and give its key."""
    siblings = col(PriorityAlias.priority_id) == priority_id
    return rows.add_placed(
        session, PriorityAlias, siblings, None, priority_id=priority_id, title=title, printed_in=printed_in
    )


def add_theme(
    session: Session,
    priority_id: str,
    title: str,
    *,
    narrative: str = "",
    parent_id: str | None = None,
    after: str | None = None,
) -> str:
    """Add a theme to a priority, or to another theme of it, and give its key.

    Raises:
        RuleBroken: if the theme above belongs to another priority, or the plan has no level for themes.
    """
    levels.demand_headings_below(session)
    _check_above(session, None, priority_id, parent_id)
    return rows.add_placed(
        session,
        Theme,
        _themes_of(priority_id, parent_id),
        after,
        priority_id=priority_id,
        parent_id=parent_id,
        title=title,
        narrative=narrative,
    )


def set_theme(session: Session, key: str, **values: Any) -> None:
    """Set a theme's title or narrative."""
    rows.change(session, Theme, key, **values)


def move_theme(session: Session, key: str, priority_id: str, parent_id: str | None, after: str | None) -> None:
    """Put a theme under a priority or another theme; what stands under it goes along, activities among it.

    Raises:
        RuleBroken: if it would stand under itself, or the theme above belongs to another priority.
    """
    _check_above(session, key, priority_id, parent_id)
    rows.move(
        session, Theme, key, _themes_of(priority_id, parent_id), after, priority_id=priority_id, parent_id=parent_id
    )
    for below in _below(session, key):
        rows.change(session, Theme, below, priority_id=priority_id)
    delivery.follow_homes(session)


def remove_theme(session: Session, key: str) -> None:
    """Remove a theme, with its commitments and the themes under it; activities there stand under its priority then."""
    rows.remove(session, Theme, key)


def add_commitment(session: Session, above: str, text: str, *, after: str | None = None) -> str:
    """Add a "We will" to a theme, or straight to a priority, and give its key.

    Args:
        session: The session of the revision.
        above: The key of the theme or the priority.
        text: Its words.
        after: The commitment there that it follows; nothing means last.

    Raises:
        RuleBroken: if what is above is no longer in the plan, or the plan has no level for commitments.
    """
    levels.demand_sentences(session)
    columns = _above(session, above)
    return rows.add_placed(session, Commitment, _commitments_of(columns), after, **columns, text=text)


def set_commitment(session: Session, key: str, **values: Any) -> None:
    """Set a commitment's text."""
    rows.change(session, Commitment, key, **values)


def move_commitment(session: Session, key: str, above: str, after: str | None) -> None:
    """Put a commitment behind another: of its theme, of a different one, or of those straight under a priority.

    The activities that stand under it go along.

    Raises:
        RuleBroken: if what is to be above it is no longer in the plan.
    """
    columns = _above(session, above)
    rows.move(session, Commitment, key, _commitments_of(columns), after, **columns)
    delivery.follow_homes(session)


def remove_commitment(session: Session, key: str) -> None:
    """Remove a commitment; activities there stand under its priority then."""
    rows.remove(session, Commitment, key)


def add_note(session: Session, text: str) -> str:
    """Add a note or definition and give its key."""
    return rows.add_placed(session, Note, true(), None, text=text)


def add_note_at(session: Session, text: str, **place: str) -> str:
    """Add a note with its mark at one place, given as to ``use_note``, and give the note's key."""
    key = add_note(session, text)
    use_note(session, key, number=None, printed_in="", **place)
    return key


def use_note(session: Session, note_id: str, *, number: int | None = None, printed_in: str = "", **place: str) -> str:
    """Say where a note's mark stands, and give the key of that use.

    Args:
        session: The session of the revision.
        note_id: The note.
        number: The number printed there.
        printed_in: Where in the document.
        **place: Exactly one of ``plan.priorities.NOTE_PLACES`` with the key of that place.

    Raises:
        RuleBroken: if the place is not exactly one.
    """
    if len(place) != 1 or not set(place) <= set(NOTE_PLACES):
        raise RuleBroken(
            "note_id",
            in_words_of_plan("A note's mark stands at one place: a section, priority, theme, commitment or indicator."),
        )
    siblings = and_(*(col(getattr(NoteUse, name)) == key for name, key in place.items()))
    return rows.add_placed(
        session, NoteUse, siblings, None, note_id=note_id, number=number, printed_in=printed_in, **place
    )


def mark_note(session: Session, note_id: str, **place: str) -> int:
    """Have a note printed at one place under a number by which a text there can mark it, and give that number.

    It is the number that the note has there; else the one that it has elsewhere, if no other note has that too; else
    the next that no note of the plan has.

    Raises:
        RuleBroken: as ``use_note`` does.
    """
    uses = session.exec(select(NoteUse).order_by(col(NoteUse.position))).all()
    ((name, key),) = place.items()
    here = [use for use in uses if use.note_id == note_id and getattr(use, name) == key]
    number = next((use.number for use in here if use.number is not None), None)
    if number is not None:
        return number
    own = [use.number for use in uses if use.note_id == note_id and use.number is not None]
    others = {use.number for use in uses if use.note_id != note_id}
    number = next((each for each in own if each not in others), max([*own, *filter(None, others), 0]) + 1)
    if here:
        rows.change(session, NoteUse, here[0].id, number=number)
    else:
        use_note(session, note_id, number=number, **place)
    return number


def mark_new_note(session: Session, text: str, **place: str) -> int:
    """Add a note that is marked at one place, given as to ``use_note``, and give the number of its mark."""
    return mark_note(session, add_note(session, text), **place)


def _above(session: Session, key: str) -> dict[str, str | None]:
    """The columns of a commitment that say what it stands under, a theme or a priority given by its key."""
    if session.get(Theme, key) is not None:
        return {"theme_id": key, "priority_id": None}
    if session.get(Priority, key) is None:
        raise RuleBroken("theme_id", "What this is to stand under is no longer in the plan.")
    return {"theme_id": None, "priority_id": key}


def _commitments_of(columns: Mapping[str, str | None]) -> ColumnElement[bool]:
    """The commitments of which these columns say the same."""
    return and_(*(col(getattr(Commitment, name)).is_not_distinct_from(key) for name, key in columns.items()))


def _themes_of(priority_id: str, parent_id: str | None) -> ColumnElement[bool]:
    return and_(col(Theme.priority_id) == priority_id, col(Theme.parent_id).is_not_distinct_from(parent_id))


def _check_above(session: Session, key: str | None, priority_id: str, parent_id: str | None) -> None:
    """Whether a theme may stand under another."""
    if parent_id is None:
        return
    if rows.get(session, Theme, parent_id).priority_id != priority_id:
        raise RuleBroken(
            "parent_id", in_words_of_plan("The theme above belongs to another priority. Choose a theme of this one.")
        )
    if key is not None and parent_id in (key, *_below(session, key)):
        raise RuleBroken(
            "parent_id", in_words_of_plan("A theme cannot stand under itself or under one of its own themes.")
        )


def _below(session: Session, key: str) -> list[str]:
    """The keys of all themes under a theme, at any depth."""
    near = session.exec(select(Theme.id).where(Theme.parent_id == key)).all()
    return [each for theme in near for each in (theme, *_below(session, theme))]
