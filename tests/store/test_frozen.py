"""The command that freezes the next form of the file, held against tables and columns added on the fly."""

import lzma
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path

import pytest
from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Index, Integer, Table
from sqlmodel import Field, SQLModel, String

from spp_desktop.plan.rows import Placed, at_first
from spp_desktop.plan.words import Word
from spp_desktop.store import database, forms, frozen, upgrades
from spp_desktop.store.frozen import FrozenStep, NotFrozen
from spp_desktop.store.known_tables import known_tables

OLDEST = Path(__file__).with_name("form_1.plan.xz")
NEXT = upgrades.VERSION + 1
ROOT, MODULE = Path(__file__).parents[2], f"spp_desktop/store/form_{NEXT}.py"
TABLES = known_tables()


def nothing() -> None:
    """Leave the tables as they are declared."""


def add_table() -> None:
    """Declare a table more: with links, a rule with words in quotes, and long definitions."""

    class Finding(Placed, table=True):
        word = Word("finding", "findings")
        __table_args__ = (CheckConstraint("state <> 'a (b), c'", name="words"), Index("findings", "ref", "state"))

        ref: str = Field(max_length=20, unique=True)
        state: str = Field(default="in hand, late", sa_type=String, sa_column_kwargs=at_first("in hand, late"))
        what_was_found_where_it_was_looked_for_and_where_not: str = Field(max_length=2000)
        post_id: str | None = Field(default=None, foreign_key="post.id", ondelete="RESTRICT", index=True)


def widen() -> None:
    """Declare columns that can be added where they stand, one that a table must be made anew for, and an index."""
    TABLES["target"].append_column(Column("seen_on", Date))
    TABLES["target"].append_column(Column("weight", Integer, nullable=False, **at_first(3)))
    TABLES["theme"].append_column(Column("owner_id", ForeignKey("post.id", ondelete="SET NULL"), index=True))
    Index("milestones_by_day", TABLES["milestone"].c.due)


def other_index() -> None:
    """Declare another index instead of one."""
    target = TABLES["target"]
    (index,) = (index for index in target.indexes if index.name == "one_target_a_year")
    target.indexes.remove(index)
    Index("targets_by_kind", target.c.kind)


def without_a_table() -> None:
    """Forget a table."""
    SQLModel.metadata.remove(TABLES["rebase"])


def without_a_column() -> None:
    """Forget a column."""
    without_a_table()
    Table("rebase", SQLModel.metadata, Column("id", String, primary_key=True))


def must_be_filled() -> None:
    """Declare a column that rows of before cannot have."""
    TABLES["target"].append_column(Column("weight", Integer, nullable=False))


Schema = frozenset[tuple[str, str, str]]


def froze(form: int, plan: bytes, *changes: Callable[[], None]) -> tuple[FrozenStep, Schema]:
    """What leads to a form once the tables are declared otherwise, and what stands in a file of that form."""
    for change in changes:
        change()
    return frozen.freeze(form, plan), database.known_schema()


def apart(form: int, plan: bytes, *changes: Callable[[], None]) -> tuple[FrozenStep, Schema]:
    """The same in a process of its own, because what is declared stays declared."""
    with ProcessPoolExecutor(1, get_context("spawn")) as child:
        return child.submit(froze, form, plan, *changes).result()


def formatted(text: str) -> str:
    """A module as the project lays out its code."""
    ruff = [sys.executable, "-m", "ruff"]
    subprocess.run([*ruff, "check", "--stdin-filename", MODULE, "-"], input=text, cwd=ROOT, check=True, text=True)
    command = [*ruff, "format", "--stdin-filename", MODULE, "-"]
    return subprocess.run(command, input=text, cwd=ROOT, check=True, text=True, stdout=subprocess.PIPE).stdout


@pytest.fixture
def oldest() -> bytes:
    return lzma.decompress(OLDEST.read_bytes())


def rows(connection: sqlite3.Connection) -> dict[str, list[dict[str, object]]]:
    """All rows of all tables."""
    held = {}
    for part in frozen.parts_of(connection).values():
        if part.kind == "table":
            cursor = connection.execute(f'SELECT * FROM "{part.name}" ORDER BY rowid')
            held[part.name] = [dict(zip((d[0] for d in cursor.description), row, strict=True)) for row in cursor]
    return held


def stepped(plan: bytes, text: str, form: int) -> sqlite3.Connection:
    """A plan brought to a form by the steps before it and by a module that was just written."""
    written: dict[str, Callable[[sqlite3.Connection], None]] = {}
    exec(compile(text, "form", "exec"), written)
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.deserialize(plan)
    upgrades.upgrade(connection, {n: step for n, step in upgrades.STEPS.items() if n < form - 1})
    assert upgrades.upgrade(connection, {form - 1: written["bring_up"]}) == [form]
    return connection


@pytest.mark.parametrize(
    ("changes", "new", "wider"),
    [
        ([add_table], ["finding"], []),
        ([widen], [], ["target", "theme"]),
        ([widen, add_table], ["finding"], ["target", "theme"]),
    ],
)
def test_what_is_declared_otherwise_is_frozen(
    oldest: bytes, changes: list[Callable[[], None]], new: list[str], wider: list[str]
) -> None:
    made, schema = apart(NEXT, oldest, *changes)
    assert (sorted(made.new), sorted(made.wider)) == (new, wider)
    assert list(made.anew) == wider[1:]
    text = frozen.module(NEXT, made)
    assert formatted(text) == text
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as before:
        before.deserialize(oldest)
        upgrades.upgrade(before)
        held = rows(before)
    with closing(stepped(oldest, text, NEXT)) as connection:
        assert database.schema_of(connection) == schema
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        now = rows(connection)
    first: dict[str, dict[str, object]] = {"target": {"seen_on": None, "weight": 3}, "theme": {"owner_id": None}}
    assert len(held["theme"]) == 36
    for name, many in held.items():
        assert now.pop(name) == [row | (first.get(name, {}) if name in wider else {}) for row in many]
    assert now == {name: [] for name in new}


def test_an_index_alone(oldest: bytes) -> None:
    made, schema = apart(NEXT, oldest, other_index)
    assert made.statements[0] == "DROP INDEX one_target_a_year"
    text = frozen.module(NEXT, made)
    assert "Rules or indexes are others." in text
    assert formatted(text) == text
    with closing(stepped(oldest, text, NEXT)) as connection:
        assert database.schema_of(connection) == schema


def test_the_last_form_is_frozen_as_the_tables_are(oldest: bytes, tmp_path: Path) -> None:
    frozen.main([str(upgrades.VERSION), str(OLDEST), "--into", str(tmp_path)])
    text = (tmp_path / f"form_{upgrades.VERSION}.py").read_text(encoding="utf-8")
    with closing(stepped(oldest, text, upgrades.VERSION)) as connection:
        assert database.schema_of(connection) == database.known_schema()
    assert (tmp_path / "forms.py").read_text(encoding="utf-8") == Path(forms.__file__).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (without_a_table, "The table “rebase” is gone, but the history speaks of it"),
        (without_a_column, "“rebase” is gone, but the history speaks of it"),
        (must_be_filled, "“weight” of “target” is new and may not be empty, but does not say what the rows of older"),
    ],
)
def test_what_cannot_be_frozen(oldest: bytes, change: Callable[[], None], said: str) -> None:
    with pytest.raises(NotFrozen, match=said):
        apart(NEXT, oldest, change)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (NEXT, f"The tables are as form {NEXT - 1} has them"),
        (NEXT + 1, f"the next is {NEXT}"),
        (upgrades.VERSION - 1, f"the next is {NEXT}"),
    ],
)
def test_what_is_frozen_already(oldest: bytes, form: int, said: str) -> None:
    with pytest.raises(NotFrozen, match=said):
        froze(form, oldest, nothing)


def test_the_command_says_what_is_the_matter(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for arguments, said in (
        ([str(NEXT), str(OLDEST)], "The tables are as form"),
        ([str(NEXT), str(tmp_path / "none.xz")], "No such file"),
    ):
        with pytest.raises(SystemExit) as ended:
            frozen.main([*arguments, "--into", str(tmp_path)])
        assert ended.value.code == 1
        assert said in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
