"""Tables as data for programs: a file of comma-separated values for each, and one file that says what is in them.

The values are RFC 4180 in UTF-8, the metadata the W3C's "Metadata Vocabulary for Tabular Data" of 17 December 2015
(CSVW) under the name by which programs find it beside a table. A column holds one type; what is not there is blank.
"""

import csv
import json
import math
from collections.abc import Iterable, Mapping
from datetime import date
from io import StringIO
from typing import Any

from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.returns.publication.publication import (
    ForeignKey,
    Publication,
    PublishedColumn,
    PublishedTable,
    PublishedValue,
    RowDone,
)
from spp_desktop.returns.publication.sheets import LANGUAGE
from spp_desktop.returns.words import clean

METADATA = "csv-metadata.json"
"""The name under which the metadata of a folder's tables is looked for (Model for Tabular Data, 5.3)."""

ILLUSTRATIVE = PublishedColumn(
    "illustrative",
    "Illustrative",
    "boolean",
    about="Whether the row is made up, as the description says.",
    required=True,
)
"""The last column of each table of a plan in which something is made up: a file is read without its metadata too."""

HIDDEN = "[c]"
"""What stands in a cell that is withheld as confidential; the metadata say that it is no value."""

SEPARATOR = "; "
_EXACT = 2**53


def file_name(table: PublishedTable) -> str:
    """The name of a table's file."""
    return f"{table.name}.csv"


def whole(publication: Publication, table: PublishedTable) -> PublishedTable:
    """A table as it is published for programs: where something is made up, each row says so."""
    if not publication.illustrative:
        return table
    return PublishedTable(
        table.name, table.title, table.sheet, table.about, (*table.columns, ILLUSTRATIVE),
        [(*row, True) for row in table.rows], table.key, table.links, hidden=table.hidden,
    )  # fmt: skip


def values(table: PublishedTable, row_done: RowDone) -> str:
    """The rows of a table as text, the names of the columns above them."""
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    for at, row in enumerate(table.rows):
        writer.writerow([HIDDEN if (at, place) in table.hidden else _cell(value) for place, value in enumerate(row)])
        row_done()
    return text.getvalue()


def _cell(value: PublishedValue) -> str:
    """A value as a cell holds it, in the form that its datatype has in XML Schema."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, tuple):
        return SEPARATOR.join(clean(each).replace(";", ",") for each in value)
    if isinstance(value, date):
        return value.isoformat()
    is_whole = math.isfinite(value) and float(value).is_integer() and abs(value) < _EXACT
    return str(int(value)) if is_whole else repr(float(value))


def metadata(publication: Publication, tables: Iterable[PublishedTable], head: str) -> str:
    """What is said of the tables, as JSON; ``head`` is the head of the plan's sealed chain, or ""."""
    own = tuple(tables)
    described: dict[str, Any] = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": LANGUAGE}],
        "dc:title": publication.whole_title,
        "dc:description": _of_all(publication),
        **_released(publication),
        "dc:identifier": head,
        "tables": [_table(publication, table, own) for table in own],
    }
    return json.dumps(_told(described), ensure_ascii=False, indent=2) + "\n"


def _released(publication: Publication) -> dict[str, Any]:
    """Who published it, when, and on what terms; said of each table too, since tables go alone."""
    licence = publication.licence
    return {
        "dc:publisher": publication.force,
        "dc:issued": {"@value": publication.published.isoformat(), "@type": "xsd:date"},
        "dc:license": {"@id": licence.url} if licence.url else None,
        "dc:rights": licence.title,
        "dc:language": LANGUAGE,
        "dcat:contactPoint": publication.contact,
    }


def _of_all(publication: Publication) -> str:
    marking = f"Protective marking: {publication.marking}." if publication.marking else ""
    source = f"Source: {publication.source}." if publication.source else ""
    about = f"The tables of {publication.title} for {publication.period}."
    return " ".join(filter(None, (_made_up(publication), about, marking, source)))


def _made_up(publication: Publication) -> str:
    words = publication.illustrative.strip()
    return words if not words or "illustrative" in fold(words) else f"Illustrative. {words}"


def _table(publication: Publication, table: PublishedTable, beside: tuple[PublishedTable, ...]) -> dict[str, Any]:
    return {
        "url": file_name(table),
        "dc:title": table.title,
        "dc:description": " ".join(filter(None, (_made_up(publication), table.about))),
        **_released(publication),
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\r\n", "\n"]},
        "tableSchema": {
            "columns": [_column(column, table) for column in table.columns],
            "primaryKey": list(table.key),
            "foreignKeys": [_link(link) for link in table.links if link.table in {other.name for other in beside}],
        },
    }


def _column(column: PublishedColumn, table: PublishedTable) -> dict[str, Any]:
    return {
        "name": column.name,
        "titles": [column.name, column.heading],
        "dc:description": column.about,
        "datatype": column.datatype,
        "separator": SEPARATOR if column.several else None,
        "null": ["", HIDDEN] if any(place == table.place(column.name) for _, place in table.hidden) else None,
        "required": column.required or column.name in table.key or None,
        "schema:unitText": column.unit,
    }


def _link(link: ForeignKey) -> dict[str, Any]:
    there = {"resource": f"{link.table}.csv", "columnReference": list(link.there)}
    return {"columnReference": list(link.columns), "reference": there}


def _told(data: Any) -> Any:
    """What is said without what says nothing."""
    if isinstance(data, Mapping):
        return {name: _told(value) for name, value in data.items() if value not in ("", None, [], ())}
    return [_told(each) for each in data] if isinstance(data, list) else data
