"""Consultation as it is read: what was said, and which priorities rest on none."""

import pytest
from sqlmodel import Session

from spp_desktop.edits import links, registers
from spp_desktop.plan.consultation import Consultation, ConsultationFinding
from spp_desktop.store import consulted, queries, threads
from spp_desktop.store.workspace import Workspace


def logged(session: Session, bears_on: str) -> None:
    survey = registers.add(session, Consultation, title="Survey", whose="partners")
    columns = {"text": "Fewer burglaries", "number": 12, "answer": "changed", "done": "It has a target"}
    key = registers.add(session, ConsultationFinding, columns, consultation_id=survey)
    links.join(session, "bears on", key, bears_on)


def rows_called(workspace: Workspace) -> dict[str, str]:
    return {row.title: key for key, row in workspace.read(threads.rows).items()}


@pytest.mark.parametrize(
    "title",
    ["P1 Serious harm", "P1.1 Serious harm: people", "P1.1.1 We will attend to serious harm", "1.01 Do what 1.01 says"],
)
def test_a_priority_rests_on_what_bears_on_it_or_on_anything_below_it(workspace: Workspace, title: str) -> None:
    first, second = (node.key for node in workspace.read(queries.priority_tree))
    assert not workspace.read(consulted.is_logged)
    assert workspace.read(consulted.unconsulted) == [first, second]
    workspace.edit("log", logged, rows_called(workspace)[title])
    assert workspace.read(consulted.is_logged)
    assert workspace.read(consulted.unconsulted) == [second]
    (row,) = workspace.read(consulted.findings)
    assert (row.consultation, row.whose, row.number, row.answer) == ("Survey", "partners", 12, "changed")
    assert [other.title for other in row.bears_on] == [title]
    linked = workspace.read(threads.links_of, rows_called(workspace)[title])
    assert "rests on" in [link.words for link in linked]


def test_a_priority_rests_on_what_bears_on_an_indicator_of_it(workspace: Workspace) -> None:
    known = rows_called(workspace)
    indicator = known["R1 Most serious violence"]
    workspace.edit("measure", links.join, "measures", indicator, known["P2.1 Local policing: people"])
    workspace.edit("log", logged, indicator)
    assert workspace.read(consulted.unconsulted) == [known["P1 Serious harm"]]
