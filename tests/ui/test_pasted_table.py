"""Tables that are pasted from other programs, as their programs copy them."""

import pytest
from PySide6.QtCore import QMimeData
from pytestqt.qtbot import QtBot

from spp_desktop.ui.results.pasted_table import table_of

WORD = (
    "<html><body><p>Plan</p><table border=1><tr><td><p>Action</p></td><td><p>Lead</p></td></tr>"
    "<tr><td><p>Do it<del cite='mailto:A'\n datetime='2008'> before Easter</del><ins> soon</ins></p></td>"
    "<td><p>ACC Crime</p><p>DCI</p></td></tr></table></body></html>"
)


@pytest.mark.usefixtures("qtbot")
def test_what_word_copies_is_read_cell_by_cell_without_what_was_deleted() -> None:
    data = QMimeData()
    data.setHtml(WORD)
    data.setText("Action\tLead")
    assert table_of(data) == [["Action", "Lead"], ["Do it soon", "ACC Crime\nDCI"]]


def test_lines_with_tabs_are_a_table_too(qtbot: QtBot) -> None:
    del qtbot
    data = QMimeData()
    data.setText("Action\tLead\nDo it\tDCI\n\n")
    assert table_of(data) == [["Action", "Lead"], ["Do it", "DCI"]]
