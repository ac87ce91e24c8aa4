"""OpenDocument spreadsheets as LibreOffice writes them, cell by cell."""

import zipfile
from pathlib import Path

_SPACES = " ".join(
    f'xmlns:{short}="{name}"'
    for short, name in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
        "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
        "number": "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0",
        "dc": "http://purl.org/dc/elements/1.1/",
        "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
    }.items()
)
STYLES = (
    '<office:automatic-styles><style:style style:name="shut" style:family="table">'
    '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
)


def text(said: str) -> str:
    """A cell with a text."""
    return f'<table:table-cell office:value-type="string"><text:p>{said}</text:p></table:table-cell>'


def row(*cells: str, more: str = "") -> str:
    """A row of cells."""
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def table(*rows: str, name: str = "Return", more: str = "") -> str:
    """A sheet of rows."""
    return f'<table:table table:name="{name}" {more}>{"".join(rows)}</table:table>'


def write(path: Path, *tables: str, meta: str = "", before: str = "", styles: str = "", more_styles: str = "") -> Path:
    """A file of sheets, with ``styles`` that stand by themselves and ``more_styles`` beside its content."""
    beside = STYLES.replace("</office", f"{more_styles}</office")
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_SPACES}>{beside}<office:body>'
        f"<office:spreadsheet>{before}{''.join(tables)}</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr(
            "meta.xml",
            f"<office:document-meta {_SPACES}><office:meta>{meta}</office:meta></office:document-meta>",
        )
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        if styles:
            whole = (
                f"<office:document-styles {_SPACES}><office:styles>{styles}</office:styles></office:document-styles>"
            )
            archive.writestr("styles.xml", whole)
    return path
