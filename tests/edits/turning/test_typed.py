"""What is typed in the preview of a year's end is decided: words change or split, a reference merges, blanks keep."""

from datetime import date

import pytest

from spp_desktop.edits.turning.fates import open_fates
from spp_desktop.edits.turning.typed import set_cells
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import threads
from spp_desktop.store.workspace import Workspace


def test_cells_that_are_typed_are_decisions(workspace: Workspace) -> None:
    known = {row.ref: key for key, row in workspace.read(threads.rows).items()}
    first, second = known["1.01"], known["1.02"]

    def typed(*cells: tuple[str, str, object]) -> dict[str, str]:
        workspace.edit("type", set_cells, cells, 2008)
        return {row.text[:4]: row.fate for row in workspace.read(open_fates, 2008).values()}

    assert typed((first, "due", date(2010, 3, 31))) == {"Do w": "kept"}
    assert workspace.read(open_fates, 2008)[first].due == date(2010, 3, 31)
    typed((first, "becomes", "Do it otherwise"))
    assert workspace.read(open_fates, 2008)[first].fate == "changed"
    typed((first, "becomes", "Do this\n\n Do that "), (first, "reason", "Two posts"), (first, "refs", "1.01; 1.07"))
    split = workspace.read(open_fates, 2008)[first]
    assert (split.fate, split.texts, split.refs) == ("split", ("Do this", "Do that"), ("1.01", "1.07"))
    typed((first, "becomes", ""))
    assert workspace.read(open_fates, 2008)[first].fate == "kept"
    typed((second, "becomes", ""))  # nothing typed changes nothing but that it is decided
    assert workspace.read(open_fates, 2008)[second].fate == "kept"
    typed((second, "fate", "merged"), (second, "becomes", "1.01"), (second, "reason", "One post"))
    assert workspace.read(open_fates, 2008)[second].into.key == first  # type: ignore[union-attr]  # it has it
    for words, sentence in (("9.99", "9.99"), ("1.01; 2.01", "the one row"), ("", "the one row")):
        with pytest.raises(RuleBroken, match=sentence):
            typed((second, "becomes", words))
