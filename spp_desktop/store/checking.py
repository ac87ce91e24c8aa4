"""Checks a plan's file and reports in sentences. The file itself is only copied and read, never changed."""

import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Date, Float, Integer, Table

from spp_desktop.plan.links import RowLink, borne_by
from spp_desktop.plan.rows import hanging_on_any
from spp_desktop.plan.words import counted
from spp_desktop.store import (
    backups,
    checking_against,
    checking_chain,
    checking_content,
    checking_returns,
    clock,
    database,
    history,
    link_faults,
    locks,
    recording,
    upgrades,
)
from spp_desktop.store.checking_against import UNREADABLE, CheckFinding
from spp_desktop.store.copies import PATIENCE, Patience, broken_structure, copied, form_of, reading, settled
from spp_desktop.store.history import StoredRow
from spp_desktop.store.merging import sealing
from spp_desktop.store.naming import plain, row_named, shown, step_named, word_of
from spp_desktop.store.problems import PlanRefused

MOST_ALIKE = 20
"""The most faults of one sort that are listed one by one; the others are only counted."""


@dataclass(frozen=True)
class Report:
    """The result of a check: whether nothing is wrong, and sentences; the first is the answer."""

    ok: bool
    lines: list[str]


class _Findings:
    """The sentences of a check so far, and the number of faults among them."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.faults = 0

    def note(self, sentence: str) -> None:
        """Add a line of the report that is no fault."""
        self.lines.append(sentence)

    def fault(self, sentence: str) -> None:
        """Add a line of the report that says what is wrong, and count it."""
        self.lines.append(sentence)
        self.faults += 1

    def stage(self, look: Callable[..., Iterator[str]], *what: Any) -> None:
        """Add the faults that a check of one sort gives, until it ends or cannot read further."""
        try:
            self._add(self.fault, look(*what))
        except UNREADABLE as problem:
            self.fault(f"It could not be read further here: {problem}.")

    def remark(self, look: Callable[..., Iterator[str]], *what: Any) -> None:
        """Add what a look of one sort finds that is no fault; what cannot be read is some other check's fault."""
        with suppress(*UNREADABLE):
            self._add(self.note, look(*what))

    @staticmethod
    def _add(tell: Callable[[str], None], sentences: Iterator[str]) -> None:
        more = 0
        try:
            for n, sentence in enumerate(sentences):
                if n < MOST_ALIKE:
                    tell(sentence)
                else:
                    more += 1
        finally:
            if more:
                tell(f"There are {more} more like these.")

    def take(self, look: Callable[..., Iterator[CheckFinding]], *what: Any) -> None:
        """Add what a look gives, faults and other sentences."""
        try:
            for finding in look(*what):
                (self.fault if finding.fault else self.note)(finding.sentence)
        except UNREADABLE as problem:
            self.fault(f"It could not be read further here: {problem}.")


def check_file(
    path: Path | str,
    patience: Patience = PATIENCE,
    against: Sequence[Path] = (),
    go_by: Callable[[sqlite3.Connection], None] | None = None,
) -> Report:
    """Check everything in a file that should be a plan; nothing is changed, not even a journal beside it.

    It is held against its earlier versions, against what this machine remembers of it, and against files that left it:
    copies, returns, saved tables.

    Args:
        path: The file.
        patience: How long a damaged file may take.
        against: The files that left it.
        go_by: What has a program that has no plan open go by the words and years of this one, from then on.
    """
    path = Path(path).absolute()
    findings = _Findings()
    if _header(path, findings):
        _beside(path, findings)
        try:
            with tempfile.TemporaryDirectory() as folder:
                _inside(path, Path(folder), findings, patience, against, go_by=go_by or (lambda _: None))
        except OSError as problem:
            findings.fault(f"It could not be copied to be looked at: {problem.strerror or problem}.")
    answer = "everything is in order." if not findings.faults else "1 thing is wrong."
    if findings.faults > 1:
        answer = f"{findings.faults} things are wrong."
    lines = [f"{path.name}: {answer}", *findings.lines]
    # Bytes that are no text were read as lone surrogates, which cannot be printed.
    return Report(not findings.faults, [line.encode("utf-8", "replace").decode() for line in lines])


def _header(path: Path, findings: _Findings) -> bool:
    """Check the header of a file, and say whether the rest can be checked."""
    try:
        version = form_of(path)
    except OSError as problem:
        findings.fault(f"It could not be copied to be looked at: {problem.strerror or problem}.")
        return False
    except PlanRefused as refused:
        findings.fault(str(refused))
        return refused.kind == "damaged"
    findings.note(f"It is a plan of form {version}, of {path.stat().st_size:,} bytes.")
    if version < upgrades.VERSION:
        findings.note("It was made by an older version of this program, and is brought up to date when it is opened.")
    return True


def _beside(path: Path, findings: _Findings) -> None:
    """Note who has the plan open, and its earlier versions."""
    holder = locks.holder_of(path)
    if holder is not None:
        stands = "left it open, and its program no longer runs" if holder.gone() else "has it open"
        who = holder.in_words()
        findings.note(f"{who[0].upper()}{who[1:]} {stands}.")
    try:
        versions = backups.earlier_versions(path, counted=False)
    except OSError as problem:
        findings.note(f"Its earlier versions cannot be listed: {problem.strerror or problem}.")
        return
    if versions:
        newest = versions[0]
        newest_words = f"the newest of {clock.time_in_words(newest.at)} ({newest.reason})"
        findings.note(f"It has {counted(len(versions), 'earlier version')}, {newest_words}.")
    else:
        findings.note("It has no earlier versions.")


def _inside(
    path: Path,
    folder: Path,
    findings: _Findings,
    patience: Patience,
    against: Sequence[Path],
    *,
    go_by: Callable[[sqlite3.Connection], None],
) -> None:
    """Check a copy of the plan, on which an unfinished change has first been put back."""
    copy = folder / "looked at.plan"
    journals = copied(path, copy)
    for journal in journals:
        findings.note(f"An unfinished change stands beside it ({path.name}{journal}); opening the plan puts it back.")
    if journals and not settled(copy):
        findings.fault("What stands beside it does not belong to it, or is damaged: it is left out of this check.")
        for journal in journals:
            copy.with_name(copy.name + journal).unlink(missing_ok=True)
        copied(path, copy, journals=False)
    try:
        _bring_up_to_date(copy, findings)
        with reading(copy, patience) as connection:
            go_by(connection)
            _all_of(connection, findings)
            _held_against(connection, path, folder, findings, against)
    except UNREADABLE as problem:
        findings.fault(f"It cannot be read: {problem}.")


def _bring_up_to_date(copy: Path, findings: _Findings) -> None:
    """Upgrade a copy of an older form, if it is sound, so that it can be checked like a plan of today's form."""
    with copy.open("rb") as file:
        version = int.from_bytes(file.read(64)[60:])
    if version not in upgrades.STEPS or not settled(copy):
        return
    try:
        with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
            connection.execute("PRAGMA trusted_schema=OFF")
            upgrades.upgrade(connection)
    except sqlite3.Error as problem:
        findings.fault(f"It cannot be brought up to date: {problem}.")


def _held_against(
    connection: sqlite3.Connection, path: Path, folder: Path, findings: _Findings, against: Sequence[Path]
) -> None:
    """Hold a plan whose history can be read against what stands elsewhere."""
    if connection.execute("PRAGMA user_version").fetchone() == (upgrades.VERSION,):
        findings.take(checking_against.known_nearby, connection, path)
        if against:
            findings.take(checking_against.files_held, connection, path, against, folder)
        _note_history(connection, findings)


def _all_of(connection: sqlite3.Connection, findings: _Findings) -> None:
    findings.stage(broken_structure, connection)
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version < upgrades.VERSION:
        return
    findings.stage(_strange_schema, connection)
    findings.stage(_dangling, connection)
    present = {name for kind, name, _ in database.schema_of(connection) & database.known_schema() if kind == "table"}
    tables: dict[str, dict[str, StoredRow]] = {}
    for table in recording.recorded_tables():
        if table.name in present:
            findings.stage(_wrong_types, connection, table, tables)
    findings.stage(checking_content.faults, connection, present)
    if set(borne_by()) | {"link"} <= present:
        findings.stage(link_faults.faults, connection)
        for model in hanging_on_any():
            if model is not RowLink and model.__tablename__ in present:
                findings.stage(link_faults.strays, connection, model)
    findings.remark(checking_content.outside_the_plan, connection, present)
    if {"revision", "export", "receipt", "decision"} <= present:
        findings.stage(checking_returns.faults, connection)
        _note_returns(connection, findings)
    if {"revision", "change"} <= present:
        findings.stage(checking_chain.broken_chain, connection)
        findings.stage(sealing.broken_brought, connection)
        findings.stage(checking_chain.broken_end, connection)
        findings.stage(checking_chain.unlike_history, connection, tables, present)


def _strange_schema(connection: sqlite3.Connection) -> Iterator[str]:
    schema, known = database.schema_of(connection), database.known_schema()
    expected = {(kind, name) for kind, name, _ in known}
    present = {(kind, name) for kind, name, _ in schema}
    for kind, name in sorted(present - expected):
        yield f"It holds a {kind} “{name}” that this program does not know."
    for kind, name in sorted(expected - present):
        yield f"Its {kind} “{name}” is missing."
    for kind, name, _ in sorted(schema - known):
        if (kind, name) in expected:
            yield f"Its {kind} “{name}” is not as this program makes it."


def _dangling(connection: sqlite3.Connection) -> Iterator[str]:
    for table, rowid, parent, number in connection.execute("PRAGMA foreign_key_check").fetchall():
        links = {link[0]: link[3] for link in connection.execute(f'PRAGMA foreign_key_list("{table}")')}
        cursor = connection.execute(f'SELECT * FROM "{table}" WHERE rowid = ?', (rowid,))
        row = dict(zip((d[0] for d in cursor.description), cursor.fetchone(), strict=True))
        column = links[number]
        above = word_of(parent).with_article
        yield (
            f"The {row_named(connection, table, row)} belongs to {above} that is not in the plan "
            f"({plain(column)} holds {shown(row[column])})."
        )


def _wrong_types(
    connection: sqlite3.Connection, table: Table, tables: dict[str, dict[str, StoredRow]]
) -> Iterator[str]:
    """Cells whose value their column may not hold. The rows are put into ``tables`` if all of them can be read."""
    rows: dict[str, StoredRow] = {}
    cursor = connection.execute(f'SELECT * FROM "{table.name}"')
    names = [d[0] for d in cursor.description]
    for values in cursor:
        row = dict(zip(names, values, strict=True))
        rows[str(row["id"])] = row
        for column in table.columns:
            wrong = _wrong(column.type, row[column.name])
            if wrong:
                yield f"In the {row_named(connection, table.name, row)} the {plain(column.name)} {wrong}."
    tables[table.name] = rows


def _wrong(kind: object, value: Any) -> str:
    """What is wrong with a cell's value; "" if nothing is."""
    if value is None:
        return ""
    if isinstance(value, bytes):
        return "holds raw bytes"
    if isinstance(kind, Boolean | Integer | Float):
        fitting = int | float if isinstance(kind, Float) else int
        return "" if isinstance(value, fitting) else f"holds {shown(value)} where a number belongs"
    if not isinstance(value, str):
        return f"holds {shown(value)} where text belongs"
    if isinstance(kind, Date):
        return "" if _is_day(value) else f"holds {shown(value)} where a date belongs"
    return "holds bytes that are no text" if _broken_text(value) else ""


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _broken_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _note_returns(connection: sqlite3.Connection, findings: _Findings) -> None:
    with suppress(*UNREADABLE):
        findings.note(checking_returns.summary(connection))


def _note_history(connection: sqlite3.Connection, findings: _Findings) -> None:
    try:
        (count,) = connection.execute("SELECT count(*) FROM revision WHERE kind <> 'beside'").fetchone()
        last = history.latest(connection)
    except UNREADABLE:
        return
    end = f", the last of them {step_named(last)}" if last else ""
    findings.note(f"Its history holds {counted(count, 'step')}{end}.")
