"""All checks of a plan, what they find, and what of it a person has accepted."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from spp_desktop.plan.periods import year_name
from spp_desktop.plan.rows import kinds_of_row
from spp_desktop.store import database, history, naming, statements
from spp_desktop.store.checks import consulted, delivery, issuing, levels, public, targets, whole
from spp_desktop.store.checks.alike import AlikeTexts
from spp_desktop.store.checks.facts import CheckedPlan
from spp_desktop.store.checks.public import ANY_CELL
from spp_desktop.store.checks.rule import SEVERITIES, CheckRule, PlanFinding
from spp_desktop.store.checks.whole import ALIKE
from spp_desktop.store.losses import damage_told

RULES: tuple[CheckRule, ...] = (
    *delivery.RULES, *targets.RULES, *levels.RULES, *whole.RULES, *public.RULES, *issuing.RULES, *consulted.RULES,
)  # fmt: skip
"""Every rule, in the order in which findings of the same gravity are listed."""

MOST_AGAIN = 50
"""Rows that may have changed at most for each of them to be looked at by itself."""

_EVERYTHING = frozenset({"plan", "status", "level", "delivery_rule", "reporting_period", "closed_year"})
"""Tables a change of which bears on all rows: the plan is then looked at as a whole."""

_HOMES = "SELECT id, text, priority_id, commitment_id FROM activity"
"""The words of activities, and where they stand: what rules of the whole plan see of them."""

_ORDER = {severity: place for place, severity in enumerate(SEVERITIES)}
_PLACES = {rule.name: place for place, rule in enumerate(RULES)}

Tell = Callable[[str, int, int], None]
"""Is told of each rule before it looks: its title, its place, and how many there are. It may raise to stop."""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Why a finding is meant to be so, who said it, and when."""

    reason: str
    author: str
    on: date


@dataclass(frozen=True, slots=True)
class CheckedFinding:
    """A finding, with its acceptance while that holds, and that of an earlier state of its rows where it has lapsed."""

    finding: PlanFinding
    accepted: Acceptance | None = None
    lapsed: Acceptance | None = None


def _untold(title: str, done: int, total: int) -> None:
    del title, done, total


class PlanChecks:
    """What the checks find in a plan, kept so that after a small change only what it touches is looked at again."""

    def __init__(self) -> None:
        self._alike: AlikeTexts | None = None
        self._homes: dict[str, tuple[Any, ...] | None] = {}
        self._places: dict[str, int] = {}
        self._by_rule: dict[str, dict[str, list[PlanFinding]]] = {}

    def run(self, connection: Connection, tell: Tell = _untold) -> None:
        """Look at the whole plan."""
        plan = CheckedPlan(connection)
        by_rule: dict[str, dict[str, list[PlanFinding]]] = {}
        for place, rule in enumerate(RULES):
            tell(rule.title, place, len(RULES))
            by_rule[rule.name] = _by_row(rule, plan)
        self._alike = plan.alike
        self._homes = {row.id: tuple(row)[2:] for row in connection.exec_driver_sql(_HOMES)}
        keys = [*(row.key for row in plan.activities), *(row.key for row in plan.indicators)]
        self._places = {key: place for place, key in enumerate(keys)}
        self._by_rule = by_rule

    def again(self, connection: Connection, changed: Mapping[str, frozenset[str]]) -> bool:
        """Look again at what a change touches, given by the keys of its rows by table.

        Returns:
            Whether that was done; ``False`` where so much has changed that the whole plan has to be looked at.
        """
        few = sum(map(len, changed.values())) <= MOST_AGAIN
        if not self._by_rule or not changed or not few or _EVERYTHING & changed.keys():
            return False
        touched = _Touched(connection, changed)
        tables = changed.keys() - {"activity"} | self._seen_anew(connection, touched.activities)
        tables |= {ANY_CELL} if "activity" in changed else set()
        self._look("activity", (CheckedPlan(connection, activity=key) for key in touched.activities))
        self._look("indicator", (CheckedPlan(connection, indicator=key) for key in touched.indicators))
        plan = CheckedPlan(connection, alike=self._alike)
        for rule in RULES:
            if rule.of == "plan" and rule.reads & tables:
                self._by_rule[rule.name] = _by_row(rule, plan)
        return True

    def findings(self) -> list[PlanFinding]:
        """All that is found, the gravest first, of each rule in the order of the plan."""
        every = [finding for by_row in self._by_rule.values() for several in by_row.values() for finding in several]
        return sorted(every, key=self._place)

    def _place(self, finding: PlanFinding) -> tuple[int, int, int]:
        rule, last = finding.rule, len(self._places)
        return _ORDER[rule.severity], _PLACES[rule.name], self._places.get(finding.rows[0].key, last)

    def _look(self, of: str, plans: Iterable[CheckedPlan]) -> None:
        for plan in plans:
            key = plan.activity or plan.indicator or ""
            for rule in RULES:
                if rule.of == of:
                    self._by_rule[rule.name].pop(key, None)
                    self._by_rule[rule.name] |= _by_row(rule, plan)

    def _seen_anew(self, connection: Connection, keys: Collection[str]) -> set[str]:
        """What rules of the whole plan read of activities that has changed: their words and homes, and who is alike."""
        assert self._alike is not None
        anew: set[str] = set()
        for key in keys:
            row = connection.exec_driver_sql(f"{_HOMES} WHERE id = ?", (key,)).first()
            home, grouped = tuple(row)[2:] if row else None, self._alike.grouped(key)
            if row is None or not self._alike.same(key, row.text):
                self._alike.put(key, row.text if row else None)
                anew.add("activity")
            if self._homes.get(key) != home:
                anew.add("activity")
            if anew and (grouped or self._alike.grouped(key)):
                anew.add(ALIKE)
            self._homes[key] = home
        return anew


class _Touched:
    """The activities and indicators that a change bears on: its own rows, and those that its rows are a part of."""

    def __init__(self, connection: Connection, changed: Mapping[str, frozenset[str]]) -> None:
        raw: Any = connection.connection.driver_connection
        self._raw = raw
        self.activities: dict[str, None] = {}
        self.indicators: dict[str, None] = {}
        for table, keys in changed.items():
            for key in keys:
                self._touch(table, key)

    def _touch(self, table: str, key: str) -> None:
        if table == "activity":
            self.activities[key] = None
        elif table == "indicator":
            self.indicators[key] = None
        else:
            model = kinds_of_row().get(table)
            cells = history.last_known(self._raw, table, key) or {} if model is not None else {}
            for column, above in (("activity_id", "activity"), ("indicator_id", "indicator")):
                if cells.get(column):
                    self._touch(above, str(cells[column]))
            for column in model.names_any if model is not None else ():
                self._touch_any(str(cells.get(column) or ""))

    def _touch_any(self, key: str) -> None:
        for table in ("activity", "indicator", "milestone"):
            if self._raw.execute(f'SELECT 1 FROM "{table}" WHERE id = ?', (key,)).fetchone():
                self._touch(table, key)


def _by_row(rule: CheckRule, plan: CheckedPlan) -> dict[str, list[PlanFinding]]:
    """What a rule finds, by the key of the row that a finding is about first."""
    by_row: dict[str, list[PlanFinding]] = defaultdict(list)
    for hit in rule.find(plan):
        by_row[hit.rows[0].key].append(PlanFinding(rule, hit.sentence, hit.rows))
    return by_row


def checked(connection: Connection, findings: Sequence[PlanFinding]) -> list[CheckedFinding]:
    """Findings with what a person has accepted of them."""
    known = {
        row.finding: row
        for row in connection.exec_driver_sql(
            "SELECT finding, stamp, reason, author, accepted_on FROM accepted_finding"
        )
    }
    return [_checked(connection, finding, known.get(finding.key)) for finding in findings]


def _checked(connection: Connection, finding: PlanFinding, kept: Any) -> CheckedFinding:
    if kept is None:
        return CheckedFinding(finding)
    acceptance = Acceptance(kept.reason, kept.author, date.fromisoformat(kept.accepted_on))
    holds = stamp(connection, finding) == kept.stamp
    return CheckedFinding(finding, acceptance) if holds else CheckedFinding(finding, lapsed=acceptance)


_LATER = {("marking_id", None)}
"""Cells that rows were given after findings could be accepted: empty, they change nothing of what was accepted."""


def stamp(connection: Connection, finding: PlanFinding) -> str:
    """A hash of what was found and of all cells of the rows it is about: another, as soon as any of them changes."""
    known = kinds_of_row()
    cells = [finding.sentence]
    for row in finding.rows:
        if row.table in known:
            read = (
                connection.exec_driver_sql(f'SELECT * FROM "{row.table}" WHERE id = ?', (row.key,)).mappings().first()
            )
            cells.append(repr(None if read is None else sorted(cell for cell in read.items() if cell not in _LATER)))
    return sha256("\n".join(cells).encode()).hexdigest()


def check(connection: Connection, tell: Tell = _untold) -> list[CheckedFinding]:
    """All that the checks find in a plan, the gravest first, with what a person has accepted of it."""
    checks = PlanChecks()
    checks.run(connection, tell)
    return checked(connection, checks.findings())


def run_beside(path: Path, tell: Tell = _untold) -> PlanChecks:
    """What the checks find in a plan's file, read through a connection of its own: for a job beside the window.

    Raises:
        PlanRefused: if the file cannot be read.
    """
    connection = database.connect(path, writing=False)
    engine = statements.engine_on(connection)
    checks = PlanChecks()
    try:
        with damage_told(path), engine.connect() as reading:
            checks.run(reading, tell)
    finally:
        engine.dispose()
        connection.close()
    return checks


def called(connection: Connection, findings: Iterable[PlanFinding]) -> dict[str, str]:
    """What the rows of findings are called, by their keys."""
    raw: Any = connection.connection.driver_connection
    keys: dict[str, set[str]] = defaultdict(set)
    for finding in findings:
        for row in finding.rows:
            keys[row.table].add(row.key)
    return {key: name for table, own in keys.items() for key, name in _names(raw, table, own).items()}


def _names(raw: sqlite3.Connection, table: str, keys: set[str]) -> dict[str, str]:
    """The words of rows: of an activity or indicator its text, where its reference stands beside it.

    An activity of a year that has passed is told apart by its year: what was carried from it has its words.
    """
    asked = (json.dumps(list(keys)),)
    if table == "activity":
        query = """SELECT activity.id, text, year, year < first_year FROM activity, plan
            WHERE activity.id IN (SELECT value FROM json_each(?))"""
        return {
            key: f"{text} ({year_name(year)})" if passed else text
            for key, text, year, passed in raw.execute(query, asked)
        }
    if table == "indicator":
        return dict(raw.execute("SELECT id, title FROM indicator WHERE id IN (SELECT value FROM json_each(?))", asked))
    return naming.names_of(raw, table, keys)
