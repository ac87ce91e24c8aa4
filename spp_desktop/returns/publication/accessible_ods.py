"""An accessible workbook as an OpenDocument spreadsheet (OpenDocument 1.3 part 3), the form preferred for publication.

The parts are written as they stand, a row at a time. A table is a database range with a row of headings, and so has a
name in each program; the language of the document is said in its styles, where screen readers take it from.
"""

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from html import escape as escape_html
from pathlib import Path
from typing import IO

from spp_desktop.plan.kinds.kind import AsCell
from spp_desktop.returns.chain_head import PROPERTY
from spp_desktop.returns.placement import address
from spp_desktop.returns.publication.accessible_xlsx import COVER_WIDTH, FONT, SIZE, SIZES
from spp_desktop.returns.publication.publication import Publication, RowDone
from spp_desktop.returns.publication.sheets import DAY, AccessibleSheet, LineLook, SheetValue, shown
from spp_desktop.returns.words import clean

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_SPACES = {
    name: f"urn:oasis:names:tc:opendocument:xmlns:{of}:1.0"
    for name, of in (
        ("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"), ("meta", "meta"),
        ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"), ("number", "datastyle"), ("config", "config"),
        ("manifest", "manifest"),
    )
} | {"xlink": "http://www.w3.org/1999/xlink", "dc": "http://purl.org/dc/elements/1.1/"}  # fmt: skip
_HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n'
_STYLES: Mapping[LineLook, str] = {"title": "Heading_20_1", "heading": "Heading_20_2", "text": "Default"}
_CHARACTER = 0.0953
"""Inches that a digit takes of the letters used, by which columns are measured."""
_SHADOWED = 0.06
"""Inches that stand around the text of a cell."""


def write(
    publication: Publication, sheets: Sequence[AccessibleSheet], head: str, path: Path, row_done: RowDone
) -> None:
    """Write the workbook to a file; ``head`` is the head of the plan's sealed chain, or ""."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", MIMETYPE, zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", _manifest())
        archive.writestr("meta.xml", _meta(publication, sheets, head))
        archive.writestr("styles.xml", _styles())
        archive.writestr("settings.xml", _settings(sheets))
        with archive.open("content.xml", "w", force_zip64=True) as part:
            _ContentPart(part, sheets).write(row_done)


def _root(tag: str, *spaces: str) -> str:
    named = " ".join(f'xmlns:{name}="{_SPACES[name]}"' for name in spaces)
    prefix = tag.partition(":")[0]
    return f'{_HEADER}<{tag} {named} {prefix}:version="1.3">'


def _manifest() -> str:
    entries = [("/", MIMETYPE), *((f"{name}.xml", "text/xml") for name in ("content", "styles", "meta", "settings"))]
    lines = (
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>' for path, kind in entries
    )
    return f"{_root('manifest:manifest', 'manifest')}{''.join(lines)}</manifest:manifest>"


def _meta(publication: Publication, sheets: Sequence[AccessibleSheet], head: str) -> str:
    author = publication.force or "SPP Desktop"
    moment = f"{publication.published.isoformat()}T00:00:00"
    lines = [
        "<meta:generator>SPP Desktop</meta:generator>",
        f"<dc:title>{_text(sheets[0].lines[0].text)}</dc:title>",
        f"<meta:initial-creator>{_text(author)}</meta:initial-creator><dc:creator>{_text(author)}</dc:creator>",
        f"<dc:language>en-GB</dc:language><dc:date>{moment}</dc:date>",
        *(
            f"<meta:keyword>{_text(word)}</meta:keyword>"
            for word in (publication.force, publication.period, publication.title, publication.marking)
            if word
        ),
        f'<meta:user-defined meta:name="{PROPERTY}">{_text(head)}</meta:user-defined>' if head else "",
    ]
    root = _root("office:document-meta", "office", "meta", "dc")
    return f"{root}<office:meta>{''.join(lines)}</office:meta></office:document-meta>"


def _styles() -> str:
    """The default letters and language, the styles of headings, and a page without header and footer."""
    letters = f'style:font-name="{FONT}" style:use-window-font-color="true"'
    language = 'fo:language="en" fo:country="GB"'
    levels: tuple[LineLook, ...] = ("title", "heading")
    headings = "".join(
        f'<style:style style:name="{_STYLES[look]}" style:display-name="Heading {level}" style:family="table-cell" '
        f'style:parent-style-name="Default"><style:text-properties {letters} fo:font-size="{SIZES[look]:g}pt" '
        'fo:font-weight="bold"/></style:style>'
        for level, look in enumerate(levels, 1)
    )
    return (
        f"{_root('office:document-styles', 'office', 'style', 'text', 'fo', 'svg', 'table')}"
        f'<office:font-face-decls><style:font-face style:name="{FONT}" svg:font-family="{FONT}" '
        'style:font-family-generic="swiss"/></office:font-face-decls>'
        '<office:styles><style:default-style style:family="table-cell"><style:text-properties '
        f'{letters} fo:font-size="{SIZE}pt" {language}/></style:default-style>'
        '<style:style style:name="Default" style:family="table-cell"><style:table-cell-properties '
        'style:vertical-align="top"/></style:style>'
        f"{headings}</office:styles>"
        '<office:automatic-styles><style:page-layout style:name="page"><style:page-layout-properties '
        'style:print-orientation="landscape" fo:page-width="297mm" fo:page-height="210mm" style:scale-to-X="1" '
        'style:scale-to-Y="0"/><style:header-style/><style:footer-style/></style:page-layout></office:automatic-styles>'
        '<office:master-styles><style:master-page style:name="Default" style:page-layout-name="page">'
        '<style:header style:display="false"/><style:footer style:display="false"/></style:master-page>'
        "</office:master-styles></office:document-styles>"
    )


def _settings(sheets: Sequence[AccessibleSheet]) -> str:
    """The first sheet is shown, with the cursor in A1 of each."""

    def item(name: str, kind: str, value: str) -> str:
        """One setting."""
        return f'<config:config-item config:name="{name}" config:type="{kind}">{_text(value)}</config:config-item>'

    place = "".join(
        item(name, kind, value)
        for name, kind, value in (
            ("CursorPositionX", "int", "0"), ("CursorPositionY", "int", "0"), ("PositionLeft", "int", "0"),
            ("PositionTop", "int", "0"), ("ZoomType", "short", "0"), ("ZoomValue", "int", "100"),
        )
    )  # fmt: skip
    tables = "".join(
        f'<config:config-item-map-entry config:name="{_attribute(sheet.name)}">{place}</config:config-item-map-entry>'
        for sheet in sheets
    )
    return (
        f"{_root('office:document-settings', 'office', 'config')}<office:settings>"
        '<config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views">'
        f"<config:config-item-map-entry>{item('ViewId', 'string', 'view1')}"
        f'<config:config-item-map-named config:name="Tables">{tables}</config:config-item-map-named>'
        f"{item('ActiveTable', 'string', sheets[0].name)}{item('ZoomType', 'short', '0')}"
        f"{item('ZoomValue', 'int', '100')}"
        "</config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set>"
        "</office:settings></office:document-settings>"
    )


class _ContentPart:
    """The part with the sheets, as it is being written."""

    def __init__(self, part: IO[bytes], sheets: Sequence[AccessibleSheet]) -> None:
        self._part, self._sheets = part, sheets
        figures = (value for sheet in sheets for row in sheet.rows for value in row if not isinstance(value, str))
        self._forms = {form: at for at, form in enumerate(sorted({figure.format for figure in figures}))}
        self._widths = sorted({column.width for sheet in sheets for column in sheet.columns} | {float(COVER_WIDTH)})

    def write(self, row_done: RowDone) -> None:
        """Write all of it."""
        self._put(_root("office:document-content", "office", "style", "text", "table", "fo", "number", "xlink"))
        self._put(f"<office:automatic-styles>{self._automatic()}</office:automatic-styles>")
        self._put("<office:body><office:spreadsheet>")
        for sheet in self._sheets:
            self._put_sheet(sheet, row_done)
        ranges = "".join(map(_database_range, (sheet for sheet in self._sheets if sheet.table)))
        self._put(f"<table:database-ranges>{ranges}</table:database-ranges>")
        self._put("</office:spreadsheet></office:body></office:document-content>")

    def _put(self, text: str) -> None:
        self._part.write(text.encode())

    def _automatic(self) -> str:
        """The formats of numbers, and the styles of cells, columns, rows and sheets."""
        cell = '<style:style style:name="{}" style:family="table-cell" style:parent-style-name="{}"{}>{}</style:style>'
        beside = '<style:paragraph-properties fo:text-align="{}"/>'
        start, end = beside.format("start"), beside.format("end")
        wrap = (
            '<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top" fo:padding-right="0.1in"/>'
        )
        bold, underlined = (
            'fo:font-weight="bold"',
            'style:text-underline-style="solid" style:text-underline-width="auto"',
        )
        styles = [
            '<style:style style:name="sheet" style:family="table" style:master-page-name="Default">'
            '<style:table-properties table:display="true" style:writing-mode="lr-tb"/></style:style>',
            '<style:style style:name="row" style:family="table-row"><style:table-row-properties '
            'style:use-optimal-row-height="true"/></style:style>',
            *(
                f'<style:style style:name="wide{width:g}" style:family="table-column"><style:table-column-properties '
                f'style:column-width="{width * _CHARACTER + _SHADOWED:.3f}in"/></style:style>'
                for width in self._widths
            ),
            *(cell.format(f"{look}-wrapped", name, "", wrap + start) for look, name in _STYLES.items()),
            *(
                cell.format(f"head-{side}", "Default", "", f"{wrap}{beside}<style:text-properties {bold}/>")
                for side, beside in (("left", start), ("right", end))
            ),
            cell.format("link", "Default", "", f"{wrap}{start}<style:text-properties {underlined}/>"),
            *(
                cell.format(f"text-{side}", "Default", "", wrap + beside)
                for side, beside in (("left", start), ("right", end))
            ),
            *(
                _number_style(f"n{at}", form)
                + cell.format(
                    f"number{at}",
                    "Default",
                    f' style:data-style-name="n{at}"',
                    wrap + (start if form == DAY else end),
                )
                for form, at in self._forms.items()
            ),
        ]
        return "".join(styles)

    def _put_sheet(self, sheet: AccessibleSheet, row_done: RowDone) -> None:
        self._put(f'<table:table table:name="{_attribute(sheet.name)}" table:style-name="sheet">')
        widths = [column.width for column in sheet.columns] or [float(COVER_WIDTH)]
        self._put("".join(f'<table:table-column table:style-name="wide{width:g}"/>' for width in widths))
        for line in sheet.lines:
            style = f"{line.look}-wrapped" if sheet.wrapped else _STYLES[line.look]
            self._put_row(_cell(line.text, style))
        if sheet.table:
            headings = "".join(_cell(column.heading, f"head-{column.side}") for column in sheet.columns)
            self._put(f"<table:table-header-rows>{_row(headings)}</table:table-header-rows>")
            for at, values in enumerate(sheet.rows):
                self._put_row("".join(self._cells(sheet, at, values)))
                row_done()
        self._put("</table:table>")

    def _put_row(self, cells: str) -> None:
        self._put(_row(cells))

    def _cells(self, sheet: AccessibleSheet, at: int, values: Sequence[SheetValue]) -> Iterator[str]:
        for place, (column, value) in enumerate(zip(sheet.columns, values, strict=True)):
            if isinstance(value, str) and sheet.links and not place:
                yield _cell(value, "link", sheet.links[at])
            elif isinstance(value, str):
                yield _cell(value, f"text-{column.side}")
            else:
                yield _figure(value, f"number{self._forms[value.format]}")


def _row(cells: str) -> str:
    return f'<table:table-row table:style-name="row">{cells}</table:table-row>'


def _cell(text: str, style: str, link: str = "") -> str:
    """A cell that holds a text, each of its lines a paragraph."""
    lines = "".join(f"<text:p>{_paragraph(line, link)}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell table:style-name="{style}" office:value-type="string">{lines}</table:table-cell>'


def _paragraph(text: str, link: str) -> str:
    words = _text(text).replace("\t", "<text:tab/>").replace("  ", " <text:s/>")
    if not link:
        return words
    target = _attribute(f"#'{link.replace(chr(39), chr(39) * 2)}'.A1")
    return f'<text:a xlink:href="{target}" xlink:type="simple">{words}</text:a>'


def _figure(figure: AsCell, style: str) -> str:
    """A cell that holds a number or a day."""
    value = figure.value
    if isinstance(value, date):
        kind = f'office:value-type="date" office:date-value="{value.isoformat()}"'
    else:
        kind = f'office:value-type="float" office:value="{value!r}"'
    return f'<table:table-cell table:style-name="{style}" {kind}><text:p>{shown(figure)}</text:p></table:table-cell>'


def _number_style(name: str, form: str) -> str:
    if form == DAY:
        return (
            f'<number:date-style style:name="{name}"><number:day/><number:text> </number:text><number:month '
            'number:style="long" number:textual="true"/><number:text> </number:text><number:year number:style="long"/>'
            "</number:date-style>"
        )
    places = len(form.partition(".")[2])
    grouping = ' number:grouping="true"' if "," in form else ""
    return (
        f'<number:number-style style:name="{name}"><number:number number:decimal-places="{places}" '
        f'number:min-decimal-places="{places}" number:min-integer-digits="1"{grouping}/></number:number-style>'
    )


def _database_range(sheet: AccessibleSheet) -> str:
    quoted = sheet.name.replace("'", "''")
    start = address(sheet.head_row, 1)
    end = address(sheet.head_row + len(sheet.rows), len(sheet.columns))
    target = _attribute(f"'{quoted}'.{start}:'{quoted}'.{end}")
    return (
        f'<table:database-range table:name="{sheet.table}" table:target-range-address="{target}" '
        'table:contains-header="true" table:display-filter-buttons="false"/>'
    )


def _text(text: str) -> str:
    return escape_html(clean(text), quote=False)


def _attribute(text: str) -> str:
    return escape_html(clean(text))
