"""What a check says of results that do not fit, and of words that mean nothing."""

from collections.abc import Callable
from datetime import date

import pytest

from spp_desktop.edits import registers, rows
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.results import Area, DefinitionVersion, Result
from spp_desktop.store import checking, queries
from spp_desktop.store.workspace import Workspace
from tests.store.conftest import sql

Harm = Callable[..., None]


@pytest.fixture
def measured(workspace: Workspace) -> Workspace:
    """The small plan with a result of the force, and one of an area that is made of two numbers."""
    (indicator,) = workspace.read(queries.register, Indicator)
    area = workspace.edit("add an area", registers.add, Area, title="East")
    may = {"indicator_id": indicator.id, "period_from": date(2008, 5, 1), "period_to": date(2008, 5, 31)}
    workspace.edit("enter a result", rows.add, Result, value=8, **may)
    workspace.edit("enter another", rows.add, Result, area_id=area, numerator=3, denominator=40, **may)
    return workspace


def told(workspace: Workspace, *statements: str) -> list[str]:
    """What is wrong after these statements, which the history knows of."""
    for statement in statements:
        workspace.edit("harm", sql, statement)
    workspace.close()
    report = checking.check_file(workspace.path)
    assert report.ok is not bool(statements)
    return [line for line in report.lines if line.startswith(("In the", "The "))]


def test_results_that_fit(measured: Workspace) -> None:
    assert told(measured) == []


@pytest.mark.parametrize("half", ["denominator", "numerator"])
def test_one_half_of_a_result_may_wait_for_the_other(measured: Workspace, half: str) -> None:
    measured.edit("leave a half", sql, f"UPDATE result SET {half}=NULL WHERE numerator=3")
    assert told(measured) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("period_to='2008-04-30' WHERE value=8", "the period ends before it begins"),
        ("denominator=40 WHERE value=8", "the figure stands twice"),
        (
            "state='not available', numerator=NULL WHERE numerator=3",
            "there is a figure, though it is said not to be available",
        ),
        ("denominator=0 WHERE numerator=3", "what it was counted of is not above 0"),
        ("numerator=3, denominator=40 WHERE value=8", "the figure stands twice"),
        ("state='not available' WHERE value=8", "there is a figure, though it is said not to be available"),
        ("value=NULL WHERE value=8", "there is no figure, and it is not said why"),
        ("state='guessed' WHERE value=8", "the state is “guessed”, which this program does not know"),
    ],
)
def test_a_result_that_does_not_fit(measured: Workspace, change: str, sentence: str) -> None:
    assert told(measured, f"UPDATE result SET {change}") == [
        f"In the result “2008-05-01” of indicator “R1” {sentence}."
    ]


def test_words_that_mean_nothing(measured: Workspace) -> None:
    assert told(
        measured, "UPDATE indicator SET measure='Robert''s'", "UPDATE judgement_rule SET kind='x' WHERE size=5"
    ) == [
        "In the colour rule “5% tolerance” the kind is “x”, which this program does not know.",
        "In the indicator “R1” the measure is “Robert's”, which this program does not know.",
    ]


def test_columns_of_a_mapping_that_cannot_be_read(measured: Workspace) -> None:
    row = "'12345678-1234-1234-1234-123456789012', 1, 'Monthly', '{\"a\"'"
    assert told(measured, f"INSERT INTO result_mapping (id, position, title, columns) VALUES ({row})") == [
        "In the result mapping “Monthly” the choice of columns cannot be read."
    ]


def test_rows_are_called_by_what_tells_them_apart(measured: Workspace, harm: Harm) -> None:
    (indicator,) = measured.read(queries.register, Indicator)
    values = {"indicator_id": indicator.id, "starts_on": "01/04/2008", "reason": "New rules"}
    measured.edit("define", registers.add, DefinitionVersion, values)
    measured.close()
    harm(
        measured.path,
        "UPDATE definition_version SET reason='Other'",
        "INSERT INTO area_population VALUES ('k', (SELECT id FROM area), 'people', 2008, 5.0, '')",
    )
    lines = checking.check_file(measured.path).lines
    assert (
        "In the definition “2008-04-01” of indicator “R1” the reason is not what was written: the history "
        "says “New rules”, the file holds “Other”."
    ) in lines
    assert "The population “2008” of area “East” is not in the history: it was added by another program." in lines
