"""A return's workbook as it is made, opened again by openpyxl: its sheets, cells and looks."""

from io import BytesIO

from openpyxl import Workbook, load_workbook

from spp_desktop.returns import workbook, written_rows
from spp_desktop.returns.definition import Content, Return


def built(definition: Return, content: Content) -> Workbook:
    """The workbook of a return."""
    book, tables = workbook.build(definition, content)
    file = BytesIO()
    written_rows.save(book, tables, file)
    return load_workbook(file)
