"""Columns that the tables of several appendices have in common, and how their rows stand."""

from typing import Any, Literal

from sqlmodel import Field

AppendixState = Literal["Not started", "In hand", "Done", "Dropped"]
"""How something stands that is to be done."""

ENDED = ("state", ("Done", "Dropped"))
"""The states in which a row is no longer waited for."""

MOST_WORDS = 2000
"""Characters of a text of several lines, at most."""


def ref_column() -> Any:
    """A reference by which a row is told from all others of its table."""
    return Field(title="reference", min_length=1, max_length=20, unique=True)


def words_column(title: str) -> Any:
    """A text of several lines, which may be empty."""
    return Field(default="", title=title, max_length=MOST_WORDS)


def needed_words(title: str) -> Any:
    """A text of several lines, which may not be empty."""
    return Field(title=title, min_length=1, max_length=MOST_WORDS)


def post_column(title: str = "owner") -> Any:
    """The post that answers for a row."""
    return linked_column(title, "post")


def linked_column(title: str, table: str, ondelete: Literal["RESTRICT", "SET NULL"] = "RESTRICT") -> Any:
    """A row of another table, or none."""
    return Field(default=None, title=title, foreign_key=f"{table}.id", ondelete=ondelete, index=True)


def figure_column(title: str) -> Any:
    """A number that may not be below 0, or none."""
    return Field(default=None, title=title, ge=0)
