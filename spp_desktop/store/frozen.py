"""The next form of the file, frozen: ``python -m spp_desktop.store.frozen 4`` writes the step that leads to form 4.

It is run by whoever adds a table or a column, from the root of the repository, once the tables are as they are to be.
It holds the tables as they are declared against those that the frozen steps make of an older plan, and writes
``store/form_4.py`` with the statements that lead from one to the other, and ``store/forms.py`` with all the steps. As
long as no plan of a form has left the house, that form may be written again.
"""

import argparse
import lzma
import re
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from spp_desktop.plan.words import listed
from spp_desktop.store import database, upgrades
from spp_desktop.store.moved import MOVED

OLDEST = Path("tests/store/form_1.plan.xz")
"""A plan of the first form, which every step is tested with."""

WIDEST = 120
"""Characters of a line, at most."""

_PIECES = re.compile(r"""'[^']*'|"[^"]*"|\s+|.""")
"""A statement's texts in quotes and its blanks, whole, and its other letters."""


class NotFrozen(Exception):
    """The tables cannot be frozen as they are declared; the text says why, and what to do."""


@dataclass(frozen=True)
class SchemaPart:
    """A table, a view, an index or a trigger of a file, as SQLite lists it."""

    kind: str
    name: str
    table: str
    sql: str

    @property
    def text(self) -> str:
        """Its statement, alike however it is laid out."""
        return " ".join(self.sql.split())


@dataclass
class FrozenStep:
    """What leads from one form to the next.

    Attributes:
        statements: what makes new tables, columns, views, indexes and triggers, in their order.
        anew: the tables that are made anew, with all that makes each.
        new: the names of the new tables and views.
        wider: those of the tables that have more columns.
        moved: the tables whose rows are in another from now on: see ``store.moved``.
    """

    statements: list[str] = field(default_factory=list)
    anew: dict[str, list[str]] = field(default_factory=dict)
    new: list[str] = field(default_factory=list)
    wider: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)


def parts_of(connection: sqlite3.Connection) -> dict[str, SchemaPart]:
    """What a file is made of, by name, in the order in which it was made."""
    query = "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid"
    return {row[1]: SchemaPart(*row) for row in connection.execute(query) if not row[1].startswith("sqlite_")}


def difference(before: sqlite3.Connection, after: sqlite3.Connection) -> FrozenStep:
    """What leads from the form of one file to that of another.

    Args:
        before: A file of the form before; columns are added to it to see what becomes of them.
        after: An empty file of the form after.

    Raises:
        NotFrozen: if a table or column is gone, or a new column does not say what it holds at first.
    """
    old, new = parts_of(before), parts_of(after)
    made = FrozenStep()
    gone = [part.name for part in old.values() if part.kind == "table" and part.name not in new]
    for name in gone:
        if name not in MOVED:
            raise NotFrozen(f"The table “{name}” is gone, but the history speaks of it. Leave it declared.")
    for part in new.values():
        if part.kind == "table" and part.name in old and part.text != old[part.name].text:
            _widen(before, after, part, made)
    old = parts_of(before)
    for part in old.values():
        if part.table in gone:
            continue
        if part.kind != "table" and part.table not in made.anew and part.text != new.get(part.name, _NOTHING).text:
            made.statements.append(f"DROP {part.kind.upper()} {part.name}")
    for part in new.values():
        if part.table in made.anew:
            made.anew[part.table].append(part.sql)
        elif part.text != old.get(part.name, _NOTHING).text:
            made.statements.append(part.sql)
            made.new += [part.name] if part.kind in ("table", "view") else []
    for name in gone:
        made.moved.append(name)
        made.statements += [MOVED[name].sql, f"DROP TABLE {name}"]
    return made


_NOTHING = SchemaPart("", "", "", "")


def _widen(before: sqlite3.Connection, after: sqlite3.Connection, part: SchemaPart, made: FrozenStep) -> None:
    """Add to a table the columns that it lacks, or say that it is to be made anew."""
    had, has = _columns(before, part.name), _columns(after, part.name)
    for name in had.keys() - has.keys():
        raise NotFrozen(f"The column “{name}” of “{part.name}” is gone, but the history speaks of it. Leave it there.")
    new = [name for name in has if name not in had]
    for name in new:
        if has[name]:
            raise NotFrozen(
                f"The column “{name}” of “{part.name}” is new and may not be empty, but does not say what the rows of "
                "older plans hold in it. Give it sa_column_kwargs=at_first(…)."
            )
    adding = [f"ALTER TABLE {part.text.split()[2]} ADD COLUMN {_definition(part.text, name)}" for name in new]
    made.wider += [part.name] if new else []
    before.execute("SAVEPOINT widening")
    try:
        for statement in adding:
            before.execute(statement)
        fits = parts_of(before)[part.name].text == part.text
    except sqlite3.Error:
        fits = False
    if fits:
        made.statements += adding
    else:
        before.execute("ROLLBACK TO widening")
        made.anew[part.name] = []
    before.execute("RELEASE widening")


def _columns(connection: sqlite3.Connection, table: str) -> dict[str, bool]:
    """A table's columns, with whether each must be filled and nothing says with what."""
    return {row[1]: bool(row[3]) and row[4] is None for row in connection.execute(f'PRAGMA table_info("{table}")')}


def _definition(text: str, column: str) -> str:
    """How a table's statement defines one of its columns."""
    inner = text.partition("(")[2].rpartition(")")[0]
    return next(part for part in _split(inner, ",") if part.split()[0].strip('"') == column)


def _split(text: str, mark: str) -> list[str]:
    """The parts of a statement between marks that stand in no brackets and no quotes."""
    depth, parts = 0, [""]
    for piece in _PIECES.findall(text):
        depth += (piece == "(") - (piece == ")")
        if piece == mark and not depth:
            parts.append("")
        else:
            parts[-1] += piece
    return [part.strip() for part in parts if part.strip()]


_MODULE = '''"""What form {form} of the file made of form {before}.

{about}

Written by ``python -m spp_desktop.store.frozen``. The statements are those of that version, whatever later ones make of
these tables.
"""

import sqlite3

from spp_desktop.store.anew import make_anew

STATEMENTS: tuple[str, ...] = ({statements})

ANEW: dict[str, tuple[str, ...]] = {{{anew}}}


def bring_up(connection: sqlite3.Connection) -> None:
    """To form {form}, without a change to what the plan says; foreign keys must be off."""
    for statement in STATEMENTS:
        connection.execute(statement)
    for table, statements in ANEW.items():
        make_anew(connection, table, statements)
'''

_STEPS = '''"""The steps from form to form of the file, each frozen in a module of its own.

Written by ``python -m spp_desktop.store.frozen``.
"""

from spp_desktop.store import {modules}

STEPS = {{
{steps}}}
"""The step that leads away from each form."""

SHAPE = "{shape}"
"""The fingerprint of what a file of the last form is made of: see ``database.shape_of``."""
'''


def module(form: int, made: FrozenStep) -> str:
    """The module that leads to a form, as Python."""
    new = f"New are {listed(made.new)}." if made.new else ""
    wider = f"More columns are in {listed(made.wider)}." if made.wider else ""
    moved = f"Rows have moved from {listed(made.moved)}." if made.moved else ""
    about = "\n".join(_packed(f"{new} {wider} {moved}".split())) or "Rules or indexes are others."
    statements = "".join(f"\n    {_quoted(sql, 4)}," for sql in made.statements)
    anew = "".join(
        f'\n    "{table}": (' + "".join(f"\n        {_quoted(sql, 8)}," for sql in several) + "\n    ),"
        for table, several in made.anew.items()
    )
    statements, anew = (f"{text}\n" if text else "" for text in (statements, anew))
    return _MODULE.format(about=about, statements=statements, anew=anew, form=form, before=form - 1)


def _quoted(sql: str, indent: int) -> str:
    """A statement as Python: on one line, or on as few as it needs."""
    line = "".join(" " if piece.isspace() else piece for piece in _PIECES.findall(sql))
    if indent + len(f'"{line}",') <= WIDEST and '"' not in line:
        return f'"{line}"'
    margin = "\n" + " " * (indent + 4)
    head, bracket, rest = line.partition("(")
    inner, close, tail = rest.rpartition(")")
    if not bracket or indent + len(f'"""{line}""",') <= WIDEST:
        return f'"""{line}"""'
    if line.startswith("CREATE VIEW") or "," not in inner:
        return f'"""{margin.join(_packed(_words(line), WIDEST - indent - 8))}"""'
    parts = [f"{part}," for part in _split(inner, ",")]
    parts[-1] = parts[-1].removesuffix(",")
    if inner.startswith(" "):  # as SQLAlchemy lays out a table; what is no space may not become one
        width = WIDEST - indent - 4
        words = (word for part in parts for word in (part.split() if len(part) > width and "'" not in part else [part]))
        lines = _packed(words, width)
        return f'"""{head}{bracket}{"".join(margin + line for line in lines)}{margin[:-4]}{close}{tail}"""'
    parts[0], parts[-1] = f"{head}{bracket}{parts[0]}", f"{parts[-1]}{close}{tail}"
    return f'"""{margin.join(_packed(parts, WIDEST - indent - 8))}"""'


def _words(line: str) -> Iterator[str]:
    """The words of a statement; a text in quotes is never cut."""
    for blank, pieces in groupby(_PIECES.findall(line), str.isspace):
        if not blank:
            yield "".join(pieces)


def _packed(parts: Iterable[str], width: int = WIDEST) -> Iterator[str]:
    """Parts on as few lines as they need."""
    line = ""
    for part in parts:
        if line and len(line) + 1 + len(part) > width:
            yield line
            line = ""
        line += f" {part}" if line else part
    yield line


def steps_module(last: int) -> str:
    """The module that lists all steps up to a form, as Python."""
    forms = range(upgrades.FIRST_VERSION + 1, last + 1)
    steps = "".join(f"    {form - 1}: form_{form}.bring_up,\n" for form in forms)
    shape = database.shape_of(database.known_schema())
    return _STEPS.format(modules=", ".join(f"form_{form}" for form in forms), steps=steps, shape=shape)


def freeze(form: int, plan: bytes) -> FrozenStep:
    """What leads to a form from the one before.

    Args:
        form: The form that the tables are to have.
        plan: A plan of an older form, as it is on disk.

    Raises:
        NotFrozen: if they cannot be frozen as they are, or are as they were.
    """
    earlier = {version: step for version, step in upgrades.STEPS.items() if version < form - 1}
    if not upgrades.VERSION <= form <= upgrades.VERSION + 1:
        raise NotFrozen(f"The forms up to {upgrades.VERSION} are frozen: the next is {upgrades.VERSION + 1}.")
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as before:
        before.deserialize(plan)
        upgrades.upgrade(before, earlier)
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as after:
            for statement in database.schema():
                after.execute(statement)
            made = difference(before, after)
    if not (made.statements or made.anew):
        raise NotFrozen(f"The tables are as form {form - 1} has them.")
    return made


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the modules, and say where."""
    asked = argparse.ArgumentParser(prog="python -m spp_desktop.store.frozen", description=__doc__)
    asked.add_argument("form", type=int, help="the form of the file that the tables are to have")
    asked.add_argument(
        "plan", type=Path, nargs="?", default=OLDEST, help=f"a plan of an older form; by default {OLDEST}"
    )
    asked.add_argument("--into", type=Path, default=Path(__file__).parent, help="the folder to write to")
    given = asked.parse_args(arguments)
    try:
        made = freeze(given.form, lzma.decompress(given.plan.read_bytes()))
    except (NotFrozen, OSError, lzma.LZMAError) as refused:
        asked.exit(1, f"{refused}\n")
    target, steps = given.into / f"form_{given.form}.py", given.into / "forms.py"
    target.write_text(module(given.form, made), encoding="utf-8")
    steps.write_text(steps_module(given.form), encoding="utf-8")
    sys.stdout.write(f"Wrote {target} and {steps}.\n")


if __name__ == "__main__":
    main()
