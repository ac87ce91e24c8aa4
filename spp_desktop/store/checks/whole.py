"""Checks that hold rows of a plan against each other: alike activities, owners, repeated figures, registers."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

from spp_desktop.plan.kinds.days import in_words, short_month
from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.plan.periods import month_end, year_name
from spp_desktop.plan.posts import Post
from spp_desktop.plan.register import Register
from spp_desktop.plan.registers import REGISTERS
from spp_desktop.plan.results import NO_FIGURE_SQL
from spp_desktop.plan.rows import kinds_of_row
from spp_desktop.plan.words import listed
from spp_desktop.store.checking_content import broken_rows
from spp_desktop.store.checks.facts import CheckedPlan
from spp_desktop.store.checks.hits import CheckedRow, RuleHit
from spp_desktop.store.checks.rule import CheckRule
from spp_desktop.store.naming import row_named
from spp_desktop.store.registered import RegisterRow, called, register_rows

OVERLOADED = 1.5
"""Times the mean number of activities that one post may own before it is pointed out. A choice of this program."""

FEW_POSTS = 2
"""The most posts of which none is pointed out: each is near the mean of the two."""

LARGE = 100
"""Counts below this are often the same twice by chance: of such only figures with decimals are pointed out."""

ALIKE = "groups of alike activities"
"""What a rule reads that looks at these groups alone: most words of an activity that change leave them as they are."""

MOST_NAMED = 5
"""Alike rows that are named one by one, at most."""


def find_alike(plan: CheckedPlan) -> Iterator[RuleHit]:
    """Groups of activities of one year that say the same, or nearly so, under more than one priority."""
    groups = {key: place for place, keys in enumerate(plan.alike.groups()) for key in keys}
    rows = plan.select(_ALIKE, json.dumps(list(groups)))
    rows.sort(key=lambda row: groups[row.id])  # within a group they stay in the order of the plan
    for _, several in groupby(rows, key=lambda row: (groups[row.id], row.year)):
        alike = list(several)
        first, others = alike[0], alike[1:]
        under_one = len({row.priority_id for row in alike}) == 1
        if under_one or all((first.id, other.id) in plan.same_as for other in others):
            continue
        nearest = min(plan.alike.nearness(first.id, other.id) for other in others)
        how = "say the same" if nearest == 1 else f"have {nearest:.0%} of their words in common"
        named = [row.ref for row in alike[:MOST_NAMED]]
        more = [f"{len(alike) - MOST_NAMED:,} more"] if len(alike) > MOST_NAMED else []
        rows_alike = tuple(CheckedRow("activity", row.id, row.ref) for row in alike)
        yield RuleHit(f"{listed([*named, *more])} {how}, under several priorities.", rows_alike)


_ALIKE = """
    SELECT activity.id, activity.ref, year, priority_id FROM activity JOIN priority ON priority.id = priority_id
    WHERE activity.id IN (SELECT value FROM json_each(?))
    ORDER BY year, priority.position, priority.id, activity.position, activity.ref
"""


def _idle_posts(plan: CheckedPlan) -> Iterator[RuleHit]:
    """Posts that nothing of the plan names."""
    table = str(Post.__tablename__)
    naming = [
        f'SELECT "{column}" FROM "{name}"'
        for name, model in kinds_of_row().items() if model.part_of != "post_id"
        for column, field in model.model_fields.items() if getattr(field, "foreign_key", None) == f"{table}.id"
    ]  # fmt: skip
    query = (
        f"SELECT id, title FROM post WHERE id NOT IN ({' UNION '.join(naming)} EXCEPT SELECT NULL) ORDER BY position"
    )
    for key, title in plan.select(query):
        yield RuleHit(
            f"“{title}” owns no activity, and nothing else of the plan names it.", (CheckedRow(table, key, ""),)
        )


def _overloaded(plan: CheckedPlan) -> Iterator[RuleHit]:
    """Posts that own far more activities of a year than the others."""
    owned = plan.select(
        "SELECT year, post_id, post.title, count(*) FROM activity_owner JOIN activity ON activity.id = activity_id "
        "JOIN post ON post.id = post_id GROUP BY year, post_id ORDER BY year, count(*) DESC"
    )
    for year in dict.fromkeys(year for year, *_ in owned):
        counts = [(post, title, count) for of, post, title, count in owned if of == year]
        mean = sum(count for *_, count in counts) / len(counts)
        for post, title, count in counts if len(counts) > FEW_POSTS else ():
            if count > OVERLOADED * mean:
                sentence = (
                    f"“{title}” owns {count:,} activities of {year_name(year)}, {count / mean:.1f} times the mean of "
                    f"the {len(counts)} posts that own any."
                )
                yield RuleHit(sentence, (CheckedRow("post", post, ""), CheckedRow("year", str(year), "")))


def _one_code(plan: CheckedPlan) -> Iterator[RuleHit]:
    """Areas that have the same code, by which a file names only one of them."""
    rows = plan.select("SELECT id, title, trim(code) AS code FROM area WHERE trim(code) <> '' ORDER BY position, id")
    by_code: dict[str, list[Any]] = {}
    for row in rows:
        by_code.setdefault(fold(row.code), []).append(row)
    for several in by_code.values():
        if len(several) > 1:
            named = [f"“{row.title}”" for row in several[:MOST_NAMED]]
            more = [f"{len(several) - MOST_NAMED:,} more"] if len(several) > MOST_NAMED else []
            areas = tuple(CheckedRow("area", row.id, "") for row in several)
            yield RuleHit(f"{listed([*named, *more])} have the code {several[0].code}.", areas)


def _repeated(plan: CheckedPlan) -> Iterator[RuleHit]:
    """Results that are those of the period before, to the last digit."""
    for key, ref, indicator, area, first, last in plan.select(_REPEATED):
        where = f" in {area}" if area else ""
        period = _period(date.fromisoformat(first), date.fromisoformat(last))
        sentence = f"The figure of {period}{where} is that of the period before, to the last digit."
        yield RuleHit(sentence, (CheckedRow("indicator", indicator, ref), CheckedRow("result", key, ref)))


_REPEATED = f"""
    WITH one AS (
        SELECT id, indicator_id, area_id, period_from, period_to, value AS figure, numerator AS above,
            denominator AS below, lag(value) OVER series AS figure_before, lag(numerator) OVER series AS above_before,
            lag(denominator) OVER series AS below_before, lag(period_from) OVER series AS from_before,
            lag(period_to) OVER series AS to_before
        FROM result WHERE state NOT IN ({NO_FIGURE_SQL})
        WINDOW series AS (PARTITION BY indicator_id, ifnull(area_id, ''), population ORDER BY period_from, period_to)
    )
    SELECT one.id, indicator.ref, indicator_id, area.title, period_from, period_to
    FROM one JOIN indicator ON indicator.id = indicator_id LEFT JOIN area ON area.id = area_id
    WHERE ((figure = figure_before AND (figure >= {LARGE} OR figure <> round(figure)))
            OR (above = above_before AND below = below_before AND below >= {LARGE}))
        AND julianday(period_from) - julianday(to_before) = 1
        AND abs((julianday(period_to) - julianday(period_from)) - (julianday(to_before) - julianday(from_before))) < 5
        AND measure NOT IN ('grade', 'yes/no')
    ORDER BY indicator.position, ifnull(area.position, 0), period_from
"""


def _period(first: date, last: date) -> str:
    """A period in words: "September 2008", or its first and last day."""
    whole = first.day == 1 and last == month_end(first)
    return short_month(first) if whole else f"{in_words(first)} to {in_words(last)}"


def _unowned(plan: CheckedPlan) -> Iterator[RuleHit]:
    """Rows of registers with a page that no post answers for."""
    for register in REGISTERS:
        if register.owner and register.page is not None:
            for row in register_rows(plan.connection, register, {register.owner: None}):
                yield RuleHit(f"No post answers for {_named(register, row)}.", (_row(register, row),))


def _named(register: Register, row: RegisterRow) -> str:
    return f"{register.word.singular} “{called(register.model, row.values)}”"


def _row(register: Register, row: RegisterRow) -> CheckedRow:
    return CheckedRow(register.name, row.key, str(row.values.get(register.ref) or "") if register.ref else "")


def _rule_broken(plan: CheckedPlan) -> Iterator[RuleHit]:
    """Rows that break a rule of their own kind, which other programs or versions let in."""
    raw: Any = plan.connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    by_row: dict[tuple[str, str], tuple[str, list[str]]] = {}
    for table, row, rule in broken_rows(raw, kinds_of_row()):
        sentences = by_row.setdefault((table, row["id"]), (row_named(raw, table, row), []))[1]
        sentences.append(rule.sentence)
    for (table, key), (name, sentences) in by_row.items():
        yield RuleHit(f"In the {name} {listed(sentences)}.", (CheckedRow(table, key, ""),))


RULES: tuple[CheckRule, ...] = (
    CheckRule(
        "activities alike", "Activities: the same under several priorities",
        "Activities of one year that stand under several priorities and say the same, or have at least 70% of their "
        "words in common. Linked as “same as” they are not listed; they are never merged.", "question", "plan",
        find_alike, frozenset({ALIKE, "priority", "link"}),
    ),
    CheckRule(
        "owner without activities", "Posts: own nothing", "A post that nothing of the plan names.", "question", "plan",
        _idle_posts, frozenset({"post", "activity_owner", "milestone", "post_in_role"}),
    ),
    CheckRule(
        "owner overloaded", "Posts: own far more than others",
        f"A post owns more than {OVERLOADED} times the mean of all posts that own activities of a year. A choice of "
        "this program, and no standard.", "question", "plan", _overloaded, frozenset({"activity_owner", "post"}),
    ),
    CheckRule(
        "areas with one code", "Areas: one code for several",
        "Several areas have the same code: a file of results that names areas by codes can mean only one of them.",
        "question", "plan", _one_code, frozenset({"area"}),
    ),
    CheckRule(
        "figure as in the period before", "Results: as in the period before",
        f"A figure of {LARGE} or more, or with decimals, is that of the period before, to the last digit: it may have "
        "been copied.", "question", "plan", _repeated, frozenset({"result", "indicator", "area"}), "results",
    ),
    CheckRule(
        "register row without owner", "Registers: no owner", "A row of a register that no post answers for.", "missing",
        "plan", _unowned, frozenset(register.name for register in REGISTERS if register.owner),
    ),
    CheckRule(
        "rule of a row broken", "Rows: a rule of theirs is broken",
        "A row breaks a rule that this program keeps wherever it writes: another program or version wrote it.", "wrong",
        "plan", _rule_broken,
    ),
)  # fmt: skip
