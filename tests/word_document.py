"""Word documents as the tests write them: the parts that Word itself needs, and tables of what is given."""

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, TypeVar
from xml.sax.saxutils import escape

WrittenTo = TypeVar("WrittenTo", Path, BinaryIO)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="word/document.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)


def paragraph(text: str, marks: str = "") -> str:
    """A paragraph, with what stands before its run."""
    return f'<w:p>{marks}<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def cell(content: str, properties: str = "") -> str:
    """A cell of paragraphs, or of a text each of whose lines is one."""
    inside = content if content.startswith("<w:") else "".join(map(paragraph, content.split("\n")))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def row(cells: Sequence[str], properties: str = "") -> str:
    """A row of cells, each a text or whole."""
    whole = (each if each.startswith("<w:tc>") else cell(each) for each in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(whole)}</w:tr>"


def table(rows: Sequence[Sequence[str] | str]) -> str:
    """A table of rows, each of cells or whole."""
    return f"<w:tbl><w:tblPr/>{''.join(each if isinstance(each, str) else row(each) for each in rows)}</w:tbl>"


def document(path: WrittenTo, *content: str, more: dict[str, str] | None = None) -> WrittenTo:
    """A document of paragraphs and tables; ``more`` are further parts."""
    body = f'<?xml version="1.0"?><w:document xmlns:w="{W}"><w:body>{"".join(content)}</w:body></w:document>'
    parts = {"[Content_Types].xml": _TYPES, "_rels/.rels": _RELATIONS, "word/document.xml": body, **(more or {})}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path
