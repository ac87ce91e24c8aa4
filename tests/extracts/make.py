"""Writes the extracts of this folder: ``python -m tests.extracts.make``. All names and figures are made up."""

import csv
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

FOLDER = Path(__file__).parent
N, S = "Northtown", "Southtown"
MADE = datetime(2009, 4, 30)  # noqa: DTZ001 - a workbook keeps no zone

Rows = Sequence[Sequence[Any]]

TABLES: Mapping[str, Rows] = {
    # rows say what they are of
    "headings_with_underscores": [
        ["area_name", "Month_Ending", "recorded_crimes"],
        [N, "Apr-08", 120],
        [S, "Apr-08", 80],
    ],
    "rolling_year_of_a_column": [
        ["CSP name", "CSP code", "Rolling year total number of offences", "Police Recorded Crime year ending"],
        [N, "N1", 1200, "31/03/2008"],
        [S, "S1", 800, "31/03/2008"],
    ],
    "title_with_a_comma": [
        ["Table 3: Recorded crime by area", " April to September 2008"],
        [],
        ["Area", "Recorded crime"],
        [N, 600],
        [S, 400],
    ],
    "states_as_words_in_headings": [
        ["Area", "Apr-08 final", "May-08 - revised", "Jun-08\nprovisional"],
        [N, 120, 110, 115],
    ],
    "force_among_areas_across": [["Month", N, S, "Force"], ["Apr-08", 120, 80, 200], ["May-08", 110, 70, 180]],
    "from_april_across": [["Area", "Year to date Apr-Sep 2007", "Year to date Apr-Sep 2008"], [N, 700, 600]],
    "police_force": [["Police force", "Month", "Number of offences"], [N, "April 2008", 120], [S, "April 2008", 80]],
    "blank_heading": [["", "Month", "Offences"], [N, "Apr-08", 120], [S, "Apr-08", 80]],
    "unknown_heading": [
        ["Where", "Month", "Offences"],
        [N, "Apr-08", 120],
        ["A place", "Apr-08", 3],
        ["Another", "Apr-08", 4],
        ["A third", "Apr-08", 5],
    ],
    "codes_beside_names": [
        ["Area code", "Area name", "Region", "Year", "Number of offences"],
        ["N1", N, "West Midlands region", "2007/08", 1200],
        ["S1", S, "West Midlands region", "2007/08", 800],
    ],
    "column_of_units": [
        ["Unit", "Area", "Financial year", "Value"],
        ["Persons", N, "2007-08", 1200],
        ["Persons", S, "2007-08", 800],
    ],
    "totals_and_larger_areas": [
        ["Area", "2006/07", "2007/08"],
        [N, 1300, 1200],
        [S, 900, 800],
        ["Total", 2200, 2000],
        ["West Midlands region", 9000, 8000],
        ["England and Wales", 90000, 80000],
    ],
    "signs_for_no_figure": [
        ["Area", "Apr-08", "May-08", "Jun-08", "Jul-08"],
        [N, 120, "..", "-", "[c]"],
        [S, ":", "n/a", "[x]", "[z]"],
        ["Force", "*", 200, 210, 190],
    ],
    "year_as_a_day": [["Area", "Year", "Count"], [N, "31/03/2008", 1200], [N, "31/03/2007", 1300]],
    "month_or_year": [["Area", "Month", "Count"], [N, "2007-08", 1200], [S, "2007-08", 800]],
    "year_in_first_row_of_block": [
        ["Year", "Quarter", "Area", "Offences"],
        ["2006-07", "Q1", N, 310],
        ["", "Q2", N, 320],
        ["", "Q3", N, 300],
        ["", "Q4", N, 290],
        ["2007-08", "Q1", N, 280],
        ["", "Q2", N, 285],
    ],
    "open_data": [
        [
            "Financial Year",
            "Financial Quarter",
            "Force Name",
            "Offence Group",
            "Offence Subgroup",
            "Number of Offences",
        ],
        *(
            [year, quarter, force, group, part, number]
            for year in ("2007/08",)
            for quarter in (1, 2)
            for force, more in (("West Midlands", 0), ("Avon and Somerset", 1000))
            for group, part, number in (
                ("Burglary", "In a dwelling", 100 + quarter + more),
                ("Burglary", "Elsewhere", 50 + quarter + more),
                ("Robbery", "Of persons", 20 + more),
            )
        ),
    ],
    "counts_and_ratios": [
        ["FeatureCode", "DateCode", "Measurement", "Units", "Value", "Crime or Offence"],
        ["N1", "2007/2008", "Count", "Reported crimes", 120, "Burglary"],
        ["N1", "2007/2008", "Ratio", "Per 10,000", 12, "Burglary"],
        ["S1", "2007/2008", "Count", "Reported crimes", 90, "Burglary"],
        ["S1", "2007/2008", "Ratio", "Per 10,000", 9, "Burglary"],
    ],
    "a_row_for_each_crime": [
        ["Crime ID", "Month", "Falls within", "Crime type"],
        ["a1", "2008-04", "West Midlands Police", "Burglary"],
        ["a2", "2008-04", "West Midlands Police", "Burglary"],
        ["a3", "2008-04", "West Midlands Police", "Robbery"],
        ["a4", "2008-05", "West Midlands Police", "Burglary"],
    ],
    "rate_beside_count": [
        ["District", "Qtr", "Number of crimes", "Rate per 1,000 population", "% change"],
        [N, "Q1 2007-08", 310, 3.1, 4],
        [S, "Q1 2007-08", 200, 2.9, -2],
    ],
    "offences_across": [
        ["Recorded crime by area, 2007/08"],
        ["Area", "Total recorded crime", "Burglary", "Robbery"],
        [N, 9000, 1200, 90],
        [S, 7000, 800, 60],
    ],
    # periods stand across
    "marks_in_headings_and_cells": [
        ["OCU [note 1]", "May 2009", "Jun 2009 [p]", "Jul 2009 (r)", "Aug 2009*"],
        [N, 100, 101, "102 [p]", "103 [note 2]"],
        [S, 80, 81, 82, "83*"],
    ],
    "years_with_marks": [["Borough", "2006/07 (p)", "2007/08", "2008/09*"], [N, 1300, 1200, 1250], [S, 900, 800, 820]],
    "quarters_below_their_year": [
        ["", "2007/08", "", "", "", ""],
        ["Area", "Q1", "Q2", "Q3", "Q4", "Total"],
        [N, 300, 310, 290, 300, 1200],
        [S, 200, 210, 190, 200, 800],
    ],
    "one_period_across": [["Area", "2007/08"], [N, 1200], [S, 800]],
    "period_in_the_title": [
        ["Number of offences by area, April 2007 to March 2008"],
        [],
        ["Area", "Number"],
        [N, 1200],
        [S, 800],
    ],
    "year_in_the_title": [
        ["Burglary by area and month, 2007/08"],
        ["Area", "Apr", "May", "Jun", "Total"],
        [N, 100, 110, 90, 300],
        [S, 70, 60, 80, 210],
    ],
    "short_years": [["Area", "03/04", "04/05", "05/06"], [N, 1400, 1350, 1300], [S, 900, 890, 880]],
    "years_ending": [["Area", "Year ending March 2007", "Year ending March 2008"], [N, 1300, 1200], [S, 900, 800]],
    "calendar_years": [
        ["Casualties by calendar year"],
        ["Area", "2005", "2006", "2007"],
        [N, 40, 41, 39],
        [S, 30, 31, 29],
    ],
    "bare_years": [["Area", "2005", "2006", "2007"], [N, 40, 41, 39], [S, 30, 31, 29]],
    "months_as_numbers": [
        ["MajorText", "LookUp_BoroughName", "200804", "200805"],
        ["Burglary", N, 100, 110],
        ["Burglary", S, 70, 60],
        ["Robbery", N, 9, 8],
    ],
    "months_across_one_unreadable": [["Area", "2008-10", "2008-11", "2008-M12"], [N, 100, 101, 102], [S, 80, 81, 82]],
    "areas_across": [["Month", N, S, "Total"], ["Apr-08", 120, 80, 200], ["May-08", 110, 90, 200]],
    "years_across_months_down": [
        ["West Midlands Police"],
        ["", "2006/07", "2007/08"],
        ["April", 310, 300],
        ["May", 320, 290],
        ["June", 300, 280],
    ],
    # what is said of the whole
    "rolling_twelve_months": [
        ["Recorded crime by area, rolling 12 months"],
        ["Area", "Mar-08", "Apr-08"],
        [N, 1200, 1190],
        [S, 800, 790],
    ],
    "cumulative_in_thousands": [
        ["Recorded crime (thousands), cumulative from April"],
        ["Area", "Apr-08", "May-08"],
        [N, 1.2, 2.3],
        [S, 0.8, 1.7],
    ],
    "proportion": [
        ["Proportion satisfied with the service"],
        ["Area", "Q1 2008-09", "Q2 2008-09"],
        [N, 0.48, 0.51],
        [S, 0.62, 0.6],
    ],
    "several_tables_below_each_other": [
        ["Table 1: Burglary"],
        ["Area", "Apr-08", "May-08"],
        [N, 120, 110],
        [S, 80, 90],
        [],
        ["Table 2: Robbery"],
        ["Area", "Apr-08", "May-08"],
        [N, 12, 11],
        [S, 8, 9],
        ["Source: made up"],
    ],
    "tables_side_by_side": [["Area", "Apr-08", "", "Area", "Apr-08"], [N, 120, "", N, 12], [S, 80, "", S, 8]],
}
"""Files with separators, by name."""


def main() -> None:
    """Write all of them."""
    for name, table in TABLES.items():
        with (FOLDER / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows(table)
    for name, sheets in _workbooks().items():
        book = Workbook()
        book.remove(book.worksheets[0])
        book.properties.creator, book.properties.created, book.properties.modified = "made up", MADE, MADE
        for title, (rows, merged, hidden) in sheets.items():
            _fill(book.create_sheet(title), rows, merged, hidden=hidden)
        path = FOLDER / f"{name}.xlsx"
        book.save(path)
        _same_every_time(path)


Sheets = Mapping[str, tuple[Rows, Sequence[str], bool]]
"""By title the rows of a sheet, its merged ranges, and whether it is hidden."""


def _workbooks() -> dict[str, Sheets]:
    notes: Rows = [
        ["Notes"],
        ["[note 1]", "Areas are those of 1 April 2008."],
        ["[p]", "provisional"],
        ["[c]", "confidential"],
    ]
    cover: Rows = [
        ["Police recorded crime in our areas"],
        ["Published 30 April 2009"],
        ["Contact", "statistics@example.org"],
    ]
    contents: Rows = [["Contents"], ["Table", "Title", "Page"], [1, "Recorded crime by area", 3]]
    table: Rows = [
        ["Table 1: Recorded crime by area, number and rate [note 1]"],
        ["This worksheet contains one table. Some cells refer to notes."],
        ["", "2006/07", "", "2007/08 [p]", "", ""],
        [
            "Police force area [note 1]",
            "Number of offences",
            "Rate per 1,000",
            "Number of offences",
            "Rate per 1,000",
            "% change 2006/07 to 2007/08",
        ],
        [N, 1300, 13.1, 1200, 12.2, -8],
        [S, 900, 9.2, "[c]", "[c]", "[c]"],
        ["England and Wales", 90000, 11, 80000, 10, -11],
        ["Source: made up"],
    ]
    current: Rows = [["Area", "Apr-08"], [N, 120], [S, 80]]
    old: Rows = [["Superseded: use the sheet Current"], ["Area", "Apr-08"], [N, 1], [S, 2]]
    merged: Rows = [
        ["Area", "Month", "Offences"],
        [N, date(2008, 4, 1), 120],
        ["", date(2008, 5, 1), 110],
        ["", date(2008, 6, 1), 115],
        [S, date(2008, 4, 1), 80],
        ["", date(2008, 5, 1), 70],
        ["", date(2008, 6, 1), 75],
    ]
    return {
        "cover_notes_and_two_rows_of_headings": {
            "Cover": (cover, (), False),
            "Contents": (contents, (), False),
            "Notes": (notes, (), False),
            "Table 1": (table, ("B3:C3", "D3:E3"), False),
        },
        "superseded_and_hidden_sheets": {
            "Working": ([["Area", "Apr-08"], [N, 5], [S, 6]], (), True),
            "April old": (old, (), False),
            "Current": (current, (), False),
        },
        "area_in_the_sheet_name": {N: ([["Month", "Offences"], ["Apr-08", 120], ["May-08", 110]], (), False)},
        "merged_down": {"Data": (merged, ("A2:A4", "A5:A7"), False)},
        "references_as_numbers": {
            "Data": ([["Ref", "Area", "Month", "Result"], [1.1, N, "Apr-08", 12], [1.1, S, "Apr-08", 8]], (), False)
        },
    }


def _fill(sheet: Worksheet, rows: Rows, merged: Sequence[str], *, hidden: bool) -> None:
    for row in rows:
        sheet.append([value if value != "" else None for value in row])
    for place in merged:
        sheet.merge_cells(place)
    sheet.sheet_state = "hidden" if hidden else "visible"
    if sheet["A1"].value == "Ref":
        for number in (2, 3):
            sheet.cell(number, 1).number_format = "0.00"


def _same_every_time(path: Path) -> None:
    """Write a workbook's parts again without the time of today."""
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            undated = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2009-04-30T00:00:00Z", content)
            archive.writestr(ZipInfo(name, (2009, 4, 30, 0, 0, 0)), undated, ZIP_DEFLATED)


if __name__ == "__main__":
    main()
