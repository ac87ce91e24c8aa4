"""The kinds of file that returns go out as: what each ends with, and what writes it."""

from collections.abc import Mapping
from pathlib import Path

from spp_desktop.returns import mspdi_file, workbook
from spp_desktop.returns.definition import Content, Return, ReturnForm
from spp_desktop.returns.table_sheet import RowsWritten

ENDINGS: Mapping[ReturnForm, str] = {"workbook": ".xlsx", "project": ".xml"}
"""How the name of a file of each kind ends."""


def write(definition: Return, content: Content, path: Path, progress: RowsWritten | None = None) -> None:
    """Make a return's file at a path. A file that stands there is replaced only by a whole one.

    Raises:
        NotWritten: if it cannot be made or kept there, or would not say the same when read again.
        Exception: whatever ``progress`` raises to stop the writing.
    """
    if definition.form == "project":
        mspdi_file.write(definition, content, path)
    else:
        workbook.write(definition, content, path, progress)
