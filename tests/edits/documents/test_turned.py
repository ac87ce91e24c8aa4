"""What became of rows, in documents: the from-to table with every fate and its reason, and lineage in reports."""

from datetime import date

import pytest

from spp_desktop.documents.blocks import DocumentTable
from spp_desktop.documents.inline import plain_words
from spp_desktop.documents.numbering import NumberedDocument, lines_of
from spp_desktop.edits.documents.every import document_named
from spp_desktop.edits.documents.making import made
from spp_desktop.edits.documents.plan_read import DocumentAsk
from spp_desktop.edits.publishing.tables import read_publication
from spp_desktop.edits.turning import applying, deciding
from spp_desktop.returns.publication.publication import LICENCES
from spp_desktop.store import mapped, queries, threads
from spp_desktop.store.workspace import Workspace


@pytest.fixture
def turned(workspace: Workspace) -> Workspace:
    """The small plan rolled over: 1.01 is split, 1.02 dropped, 2.01 kept."""
    known = {row.ref: key for key, row in workspace.read(threads.rows).items()}
    texts = ("Do this", "Do that")
    workspace.edit("split", deciding.decide, [known["1.01"]], "split", texts=texts, reason="Two posts do it")
    workspace.edit("drop", deciding.decide, [known["1.02"]], "dropped", reason="No money")
    workspace.edit("roll over", applying.roll_over)
    return workspace


def words(workspace: Workspace, name: str) -> tuple[str, NumberedDocument]:
    kind = document_named(name)
    assert kind is not None
    document = made(workspace, kind, DocumentAsk(date(2009, 4, 2)))
    return "\n".join(plain_words(each) for each in lines_of(document.document)), document


def test_the_from_to_table_says_what_became_of_each_row_and_why(turned: Workspace) -> None:
    text, document = words(turned, "from-to")
    tables = [block for block in document.blocks if isinstance(block, DocumentTable)]
    captions = [plain_words(table.caption) for table in tables]
    assert captions == [
        "Activities of 2008-2009: what became of them",
        "Indicators of 2008-2009: what became of them",
    ]
    cells = [[plain_words(cell) for cell in row] for row in tables[0].rows]
    assert cells[0][1:] == ["Split", "1.01 Do this\n1.02 Do that", "Two posts do it"]
    assert cells[1] == ["1.02 Do what 1.02 says", "Dropped", "", "No money"]
    assert "Of 4 rows: 2 kept, 1 split and 1 dropped." in text
    assert "Two posts do it" in words(turned, "plan")[0]


def test_reports_say_what_was_carried_forward_from_what(turned: Workspace) -> None:
    text, _ = words(turned, "priority")
    assert "Carried forward" in text
    assert "Split from 1.01 of 2008-2009: Two posts do it" in text


def test_the_table_is_published_and_the_map_tells_of_lineage(turned: Workspace) -> None:
    publication = turned.read(read_publication, ("from-to",), date(2009, 4, 2), LICENCES[0], "")
    (table,) = publication.tables
    assert [row[5] for row in table.rows] == ["Split", "Dropped", "Kept", "Kept"]
    assert table.rows[0][6] == ("1.01 Do this", "1.02 Do that")
    drawn = turned.read(mapped.read)
    told = [node.row.text for node in drawn.nodes]
    assert "from 1.01 of 2008-2009: Do this" in told
    assert "Do what 1.02 says" not in told  # what stands in a year that has passed is not drawn
    assert turned.read(queries.plan).first_year == 2009
