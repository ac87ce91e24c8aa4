"""Reads that are held while many files are compared: what they give is what the plan holds at that moment."""

import sqlite3

import pytest
from sqlalchemy import Connection
from sqlmodel import Session

from spp_desktop.edits import rows
from spp_desktop.plan.posts import Post
from spp_desktop.store import held_reads, queries, registered
from spp_desktop.store.workspace import Workspace


def _add(session: Session, title: str) -> str:
    return rows.add(session, Post, title=title)


def test_what_is_held_is_what_the_plan_holds(workspace: Workspace) -> None:
    first = workspace.read(registered.titles, Post)
    with workspace.holding(), workspace.holding():
        kept = workspace.read(registered.titles, Post)
        assert kept == first
        kept.clear()  # what a caller does with it is its own affair
        assert workspace.read(registered.titles, Post) == first
        assert workspace.read(registered.titles, Post, frozenset()) == {}
        assert workspace.read(registered.titles, Post, []) == {}  # asked for by what cannot be looked up
        workspace.edit("add a post", _add, "ACC Test")
        assert set(workspace.read(registered.titles, Post).values()) - set(first.values()) == {"ACC Test"}
        workspace.undo()
        assert workspace.read(registered.titles, Post) == first


def test_a_read_is_made_once_while_it_is_held(workspace: Workspace) -> None:
    made = list[str]()

    @held_reads.given_again
    def counted(connection: object, of: str) -> list[str]:
        made.append(of)
        return [of]

    for _ in range(2):
        assert workspace.read(counted, "a") == ["a"]
    assert made == ["a", "a"]
    with workspace.holding():
        for of in ("b", "b", "c"):
            assert workspace.read(counted, of) == [of]
        assert made[2:] == ["b", "c"]
        workspace.edit("add a post", _add, "ACC Test")
        workspace.read(counted, "b")
    workspace.read(counted, "b")
    assert made[4:] == ["b", "b"]


def test_activities_are_held_apart_by_what_was_asked(workspace: Workspace) -> None:
    plain = [
        workspace.read(queries.activities, year, counted=counted) for year in (2008, 2009) for counted in (True, False)
    ]
    with workspace.holding():
        for _ in range(2):
            assert plain == [
                workspace.read(queries.activities, year, counted=counted)
                for year in (2008, 2009)
                for counted in (True, False)
            ]


def test_what_is_small_stays_for_the_next_time(workspace: Workspace) -> None:
    """Of an edit that is given up nothing does, though the counts of changes do not go back."""
    made = list[int]()

    @held_reads.given_again
    def numbers(connection: object, count: int) -> list[int]:
        made.append(count)
        return list(range(count))

    def given_up(session: Session) -> None:
        _add(session, "ACC Never")
        workspace.read(registered.titles, Post)
        raise RuntimeError

    with workspace.holding():
        for count in (3, 1000):
            workspace.read(numbers, count)
        before = workspace.read(registered.titles, Post)
    workspace.read(numbers, 3)
    with workspace.holding():
        for count in (3, 1000):
            workspace.read(numbers, count)
        assert made == [3, 1000, 3, 1000]
        with pytest.raises(RuntimeError):
            workspace.edit("add a post", given_up)
        assert workspace.read(registered.titles, Post) == before


def test_what_was_read_while_another_changed_the_file_is_not_held(workspace: Workspace) -> None:
    titles = list[str]()

    @held_reads.given_again
    def interrupted(connection: Connection) -> dict[str, str]:
        given = registered.titles(connection, Post)
        if not titles:
            titles.append("ACC Test")
            with sqlite3.connect(workspace.path) as another:
                another.execute("UPDATE post SET title = 'ACC Test' WHERE id = (SELECT min(id) FROM post)")
            another.close()
        return given

    with workspace.holding():
        assert "ACC Test" not in workspace.read(interrupted).values()
        assert "ACC Test" in workspace.read(interrupted).values()
