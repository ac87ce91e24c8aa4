"""Nothing that leaves the program calls a level otherwise than the plan does: refusals, commands and returns."""

import csv
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import product
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from spp_desktop.cli import DONE, REFUSED
from spp_desktop.edits import delivery, links, priorities, registers
from spp_desktop.plan.levels import Level
from spp_desktop.plan.links import LINK_KINDS
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.returns.catalogue import every_return
from spp_desktop.store import queries, threads
from spp_desktop.store.plain import STANDS_UNDER
from spp_desktop.store.workspace import Workspace
from tests.command_line import spp
from tests.other_words import WORDS, called_otherwise, usual_words

Keys = dict[str, str]


@pytest.fixture
def plan(small_plan: Path, tmp_path: Path) -> Path:
    """The small plan with other words for its levels."""
    return called_otherwise(shutil.copyfile(small_plan, tmp_path / "plan.plan"))


@pytest.fixture
def opened(plan: Path) -> Iterator[Workspace]:
    with Workspace.open(plan) as workspace:
        yield workspace


def refused(workspace: Workspace, verb: Callable[..., object], *arguments: object) -> str:
    """What is said of a verb that is refused; nothing if it is done."""
    try:
        workspace.edit("try", verb, *arguments)
    except RuleBroken as broken:
        return str(broken)
    return ""


def test_every_link_that_is_refused_is_refused_in_the_words_of_the_plan(opened: Workspace) -> None:
    rows = list({row.table: row for row in opened.read(threads.rows).values()}.values())
    sentences = {
        refused(opened, links.join, kind.name, first.key, second.key)
        for kind, first, second in product(LINK_KINDS, rows, rows)
    } | {
        refused(opened, links.set_served, first.table, {first.key: [second.key]})
        for first, second in product(rows, rows)
    }
    assert not [sentence for sentence in sentences if WORDS.search(sentence)]
    assert any("An outcome" in sentence or "an outcome" in sentence for sentence in sentences)
    assert any("measure" in sentence for sentence in sentences)


def test_what_is_refused_in_the_tree_is_refused_in_the_words_of_the_plan(opened: Workspace) -> None:
    keys = {row.ref: row.key for row in opened.read(threads.rows).values()}
    level = opened.read(queries.register, Level)
    told = [
        refused(opened, *tried)
        for tried in (
            (priorities.move_theme, keys["P1.1"], keys["P1"], keys["P2.1"], None),
            (priorities.move_theme, keys["P1.1"], keys["P1"], keys["P1.1"], None),
            (priorities.use_note, "a note"),
            (priorities.add_priority, ""),
            (priorities.add_theme, keys["P1"], ""),
            (priorities.add_commitment, keys["P1"], ""),
            (delivery.set_cells, [(keys["1.01"], "priority_id", keys["P1"]), (keys["1.01"], STANDS_UNDER, keys["P2"])]),
            (delivery.set_cells, [(keys["1.01"], "priority_id", None)]),
            (registers.remove_all, Level, [row.id for row in level]),
            (registers.set_cells, Level, [(level[2].id, "written", "heading")]),
        )
    ]
    assert all(told), told
    assert not [sentence for sentence in told if WORDS.search(sentence)]


def test_commands_call_levels_as_the_plan_does(plan: Path, tmp_path: Path) -> None:
    table = tmp_path / "theirs.csv"
    with table.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([
            ["Outcome", "Objective", "Measure", "Ref", "Activity", "Owner", "Due"],
            ["Serious harm", "Knives", "We will take knives away", "1.01", "Ask for knives", "ACC Crime", "31/3/2009"],
            ["Safe roads", "Speed", "", "9.01", "Look at roads", "ACC Nobody", "soon"],
        ])  # fmt: skip
    ended = {
        "gaps": spp("gaps", plan),
        "import-plan": spp("import-plan", plan, table),
        "check-file": spp("check-file", plan),
        "history": spp("history", plan),
        "sent": spp("sent", plan),
    }
    assert ended["gaps"].status == DONE
    assert "Outcomes: no indicator (" in ended["gaps"].out
    assert "New: 1 outcome, 2 objectives, 1 measure, " in ended["import-plan"].out
    wrong = {
        (name, line)
        for name, result in ended.items()
        for line in usual_words(f"{result.out}\n{result.err}".splitlines(), plan)
    }
    assert not wrong


def test_a_file_with_a_broken_home_is_told_of_in_the_words_of_the_plan(plan: Path) -> None:
    with closing(sqlite3.connect(plan)) as connection:
        connection.execute(
            "UPDATE activity SET theme_id = (SELECT id FROM theme WHERE priority_id <> activity.priority_id)"
        )
        connection.commit()
    told = spp("check-file", plan)
    assert told.status == REFUSED
    assert "it stands under a heading of another outcome than its own" in told.out
    assert not usual_words(told.out.splitlines(), plan)


def test_a_damaged_word_for_a_level_is_passed_over(plan: Path) -> None:
    with closing(sqlite3.connect(plan)) as connection:
        connection.execute("UPDATE level SET title = x'ff00', plural = x'ff01' WHERE title = 'Objective'")
        connection.commit()
    assert "the title holds raw bytes" in spp("check-file", plan).out
    assert "Outcomes: no indicator (" in spp("gaps", plan).out


def test_every_return_calls_levels_as_the_plan_does(plan: Path, tmp_path: Path) -> None:
    wrong = set()
    for definition in every_return():
        file = tmp_path / f"{definition.id}.{'xml' if definition.form == 'project' else 'xlsx'}"
        told = spp("export", plan, definition.id, file, "--mail")
        if definition.form != "project":
            wrong |= {(definition.id, text) for text in usual_words(sheet_texts(file), plan)}
            assert spp("export", plan, definition.id, file, "--blank").status == DONE
            wrong |= {(f"blank {definition.id}", text) for text in usual_words(sheet_texts(file), plan)}
        assert told.status == DONE
        wrong |= {(f"mail {definition.id}", line) for line in usual_words(told.out.splitlines(), plan)}
    assert not wrong


def sheet_texts(file: Path) -> Iterator[str]:
    """All that a workbook says: on its sheets, in their names, beside its cells, at the edges of a page."""
    for sheet in load_workbook(file):
        assert isinstance(sheet, Worksheet)
        yield sheet.title
        yield from (cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str))
        yield from (cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment)
        for asked in sheet.data_validations.dataValidation:
            yield from filter(None, (asked.prompt, asked.promptTitle, asked.error, asked.errorTitle))
        for edge in filter(None, (sheet.oddHeader, sheet.oddFooter)):
            yield from (part.text or "" for part in (edge.left, edge.center, edge.right))
