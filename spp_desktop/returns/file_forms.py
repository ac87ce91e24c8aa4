"""The kinds of file that returns go out as: what each ends with, and what writes it."""

from collections.abc import Mapping
from pathlib import Path

from spp_desktop.returns import mspdi_file, workbook
from spp_desktop.returns.definition import Content, Return, ReturnForm
from spp_desktop.returns.table_sheet import RowsWritten
from spp_desktop.returns.writing_apart import WriterProcess

ENDINGS: Mapping[ReturnForm, str] = {"workbook": ".xlsx", "project": ".xml"}
"""How the name of a file of each kind ends."""


LARGE = 500
"""Rows from which on a workbook is written by a process of its own, where something is to go on beside: to start one
takes as long as to write so many."""


def write(
    definition: Return,
    content: Content,
    path: Path,
    progress: RowsWritten | None = None,
    apart: WriterProcess | None = None,
) -> None:
    """Make a return's file at a path. A file that stands there is replaced only by a whole one.

    ``apart`` is the process that writes it if it is a workbook, where something goes on beside that is not to wait.

    Raises:
        NotWritten: if it cannot be made or kept there, or would not say the same when read again.
        Exception: whatever ``progress`` raises to stop the writing.
    """
    if definition.form == "project":
        mspdi_file.write(definition, content, path)
    elif apart is not None:
        apart.write(definition, content, path, progress)
    else:
        workbook.write(definition, content, path, progress)
