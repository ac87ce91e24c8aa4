"""The shapes of tables that docs/extracts.md lists, and what comes in of each, whichever way it is read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlmodel import Session

from spp_desktop.edits import registers, rows
from spp_desktop.plan.performance import Indicator, IndicatorGroup
from spp_desktop.plan.results import Area
from spp_desktop.returns.period_text import Period
from spp_desktop.returns.whole_table import period_words
from spp_desktop.store import measured, queries
from spp_desktop.store.workspace import Workspace

FOLDER = Path(__file__).parent
INDICATORS = (
    ("PI06", "Burglary", "recorded crimes", "count"),
    ("PI07", "Robbery", "recorded crimes", "count"),
    ("PI15", "Satisfaction", "%", "survey"),
    ("1.10", "Collisions", "collisions", "count"),
    ("1.1", "Casualties", "casualties", "count"),
)


@dataclass(frozen=True)
class Shape:
    """A file, what is chosen of it besides what it says, and what comes in of it.

    ``asks`` is a part of what is asked before anything is chosen; ``columns`` are choices above columns, by name;
    ``chosen`` are fields of the mapping. ``results`` are in words; ``told`` are lines of the report.
    """

    file: str
    results: str = ""
    asks: str = ""
    columns: Mapping[str, str | None] = field(default_factory=dict)
    chosen: Mapping[str, Any] = field(default_factory=dict)
    indicator: str = "PI06"
    told: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    add_areas: bool = False

    @property
    def words(self) -> set[str]:
        """What comes in, each result in words."""
        return {" ".join(words.split()) for words in self.results.split(",")}


SHAPES = (
    Shape("headings_with_underscores.csv", "Northtown April 2008 120, Southtown April 2008 80"),
    Shape(
        "rolling_year_of_a_column.csv",
        "Northtown 2007-2008 1200, Southtown 2007-2008 800",
        unused=("CSP code",),
    ),
    Shape(
        "title_with_a_comma.csv",
        "Northtown 01/04/2008 to 30/09/2008 600, Southtown 01/04/2008 to 30/09/2008 400",
    ),
    Shape(
        "states_as_words_in_headings.csv",
        "Northtown April 2008 120 final, Northtown May 2008 110 revised, Northtown June 2008 115",
    ),
    Shape(
        "force_among_areas_across.csv",
        """Northtown April 2008 120, Northtown May 2008 110, Southtown April 2008 80, Southtown May 2008 70,
        Force April 2008 200, Force May 2008 180""",
    ),
    Shape(
        "from_april_across.csv",
        "Northtown 01/04/2007 to 30/09/2007 700, Northtown 01/04/2008 to 30/09/2008 600",
    ),
    Shape("police_force.csv", "Northtown April 2008 120, Southtown April 2008 80"),
    Shape("blank_heading.csv", "Northtown April 2008 120, Southtown April 2008 80"),
    Shape(
        "unknown_heading.csv",
        "Northtown April 2008 120",
        asks="The column “Where” holds areas of the plan (“Northtown”). Choose Area above it",
        columns={"where": "area"},
        told=("Left out: area “A place” is not in the plan: 1",),
    ),
    Shape(
        "codes_beside_names.csv",
        "Northtown 2007-2008 1200, Southtown 2007-2008 800",
        unused=("Area code", "Region"),
    ),
    Shape("column_of_units.csv", "Northtown 2007-2008 1200, Southtown 2007-2008 800", unused=("Unit",)),
    Shape(
        "totals_and_larger_areas.csv",
        "Northtown 2006-2007 1300, Northtown 2007-2008 1200, Southtown 2006-2007 900, Southtown 2007-2008 800",
        told=(
            "Left out: area “Total” is a total: 2",
            "Left out: area “West Midlands region” is a larger area: 2",
            "Left out: area “England and Wales” is a larger area: 2",
        ),
        add_areas=True,
    ),
    Shape(
        "signs_for_no_figure.csv",
        """Force April 2008 suppressed, Force May 2008 200, Force June 2008 210, Force July 2008 190,
        Northtown April 2008 120, Northtown May 2008 not available, Northtown June 2008 not available,
        Northtown July 2008 suppressed, Southtown April 2008 not available, Southtown May 2008 not available,
        Southtown June 2008 not available""",
        told=(
            "“..” read as not available: 1",
            "“[c]” read as suppressed: 1",
            "“[z]” read as not applicable: 1",
            "“*” read as suppressed: 1",
            "“n/a” read as not available: 1",
        ),
    ),
    Shape("year_as_a_day.csv", "Northtown 2006-2007 1300, Northtown 2007-2008 1200"),
    Shape(
        "month_or_year.csv",
        "Northtown 2007-2008 1200, Southtown 2007-2008 800",
        asks="“Month” holds “2007-08”, which may be a month or a year.",
        columns={"month": "year"},
    ),
    Shape(
        "year_in_first_row_of_block.csv",
        """Northtown Q1 2006-2007 310, Northtown Q2 2006-2007 320, Northtown Q3 2006-2007 300,
        Northtown Q4 2006-2007 290, Northtown Q1 2007-2008 280, Northtown Q2 2007-2008 285""",
    ),
    Shape(
        "open_data.csv",
        "Force Q1 2007-2008 152, Force Q2 2007-2008 154, PI07 Force Q1 2007-2008 20, PI07 Force Q2 2007-2008 20",
        chosen={"sums": True},
        indicator="",
        told=("Rows left aside: not those that are meant: 6",),
        unused=("Offence Subgroup",),
    ),
    Shape(
        "counts_and_ratios.csv",
        "Northtown 2007-2008 120, Southtown 2007-2008 90",
        indicator="",
        told=("Rows left aside: not those that are meant: 2",),
        unused=("Units",),
    ),
    Shape(
        "a_row_for_each_crime.csv",
        "Force April 2008 2, Force May 2008 1, PI07 Force April 2008 1",
        asks="Choose the column that holds the result",
        chosen={"sums": True},
        indicator="",
        unused=("Crime ID",),
    ),
    Shape(
        "rate_beside_count.csv",
        "Northtown Q1 2007-2008 310, Southtown Q1 2007-2008 200",
        unused=("Rate per 1,000 population", "% change"),
    ),
    Shape(
        "offences_across.csv",
        """Northtown 2007-2008 1200, Southtown 2007-2008 800, PI07 Northtown 2007-2008 90,
        PI07 Southtown 2007-2008 60""",
        indicator="",
        unused=("Total recorded crime",),
    ),
    Shape(
        "marks_in_headings_and_cells.csv",
        """Northtown May 2009 100, Northtown June 2009 101 provisional, Northtown July 2009 102 provisional,
        Northtown August 2009 103, Southtown May 2009 80, Southtown June 2009 81 provisional,
        Southtown July 2009 82 revised, Southtown August 2009 83""",
        chosen={"state": "final"},
    ),
    Shape(
        "years_with_marks.csv",
        """Northtown 2006-2007 1300 provisional, Northtown 2007-2008 1200, Northtown 2008-2009 1250,
        Southtown 2006-2007 900 provisional, Southtown 2007-2008 800, Southtown 2008-2009 820""",
        chosen={"state": "final"},
    ),
    Shape(
        "quarters_below_their_year.csv",
        """Northtown Q1 2007-2008 300, Northtown Q2 2007-2008 310, Northtown Q3 2007-2008 290,
        Northtown Q4 2007-2008 300, Southtown Q1 2007-2008 200, Southtown Q2 2007-2008 210,
        Southtown Q3 2007-2008 190, Southtown Q4 2007-2008 200""",
        unused=("2007/08: Total",),
    ),
    Shape("one_period_across.csv", "Northtown 2007-2008 1200, Southtown 2007-2008 800"),
    Shape("period_in_the_title.csv", "Northtown 2007-2008 1200, Southtown 2007-2008 800"),
    Shape(
        "year_in_the_title.csv",
        """Northtown April 2007 100, Northtown May 2007 110, Northtown June 2007 90, Southtown April 2007 70,
        Southtown May 2007 60, Southtown June 2007 80""",
        unused=("Total",),
    ),
    Shape(
        "short_years.csv",
        """Northtown 2003-2004 1400, Northtown 2004-2005 1350, Northtown 2005-2006 1300, Southtown 2003-2004 900,
        Southtown 2004-2005 890, Southtown 2005-2006 880""",
    ),
    Shape(
        "years_ending.csv",
        "Northtown 2006-2007 1300, Northtown 2007-2008 1200, Southtown 2006-2007 900, Southtown 2007-2008 800",
    ),
    Shape(
        "calendar_years.csv",
        """Northtown 01/01/2005 to 31/12/2005 40, Northtown 01/01/2006 to 31/12/2006 41,
        Northtown 01/01/2007 to 31/12/2007 39, Southtown 01/01/2005 to 31/12/2005 30,
        Southtown 01/01/2006 to 31/12/2006 31, Southtown 01/01/2007 to 31/12/2007 29""",
    ),
    Shape(
        "bare_years.csv",
        """Northtown 01/01/2005 to 31/12/2005 40, Northtown 01/01/2006 to 31/12/2006 41,
        Northtown 01/01/2007 to 31/12/2007 39, Southtown 01/01/2005 to 31/12/2005 30,
        Southtown 01/01/2006 to 31/12/2006 31, Southtown 01/01/2007 to 31/12/2007 29""",
        asks="The headings “2005”, “2006”, “2007” may be calendar or financial years.",
        columns={"2005": "across"},
    ),
    Shape(
        "months_as_numbers.csv",
        """Northtown April 2008 100, Northtown May 2008 110, Southtown April 2008 70, Southtown May 2008 60,
        PI07 Northtown April 2008 9, PI07 Northtown May 2008 8""",
        indicator="",
    ),
    Shape(
        "months_across_one_unreadable.csv",
        """Northtown October 2008 100, Northtown November 2008 101, Southtown October 2008 80,
        Southtown November 2008 81""",
        asks="“2008-M12” may count months from January or from April",
        columns={"2008-m12": None},
        unused=("2008-M12",),
    ),
    Shape(
        "areas_across.csv",
        "Northtown April 2008 120, Northtown May 2008 110, Southtown April 2008 80, Southtown May 2008 90",
        unused=("Total",),
    ),
    Shape(
        "years_across_months_down.csv",
        """Force April 2006 310, Force May 2006 320, Force June 2006 300, Force April 2007 300, Force May 2007 290,
        Force June 2007 280""",
    ),
    Shape(
        "rolling_twelve_months.csv",
        """Northtown 2007-2008 1200, Northtown 01/05/2007 to 30/04/2008 1190, Southtown 2007-2008 800,
        Southtown 01/05/2007 to 30/04/2008 790""",
    ),
    Shape(
        "cumulative_in_thousands.csv",
        """Northtown April 2008 1200, Northtown 01/04/2008 to 31/05/2008 2300, Southtown April 2008 800,
        Southtown 01/04/2008 to 31/05/2008 1700""",
    ),
    Shape(
        "proportion.csv",
        """PI15 Northtown Q1 2008-2009 48, PI15 Northtown Q2 2008-2009 51, PI15 Southtown Q1 2008-2009 62,
        PI15 Southtown Q2 2008-2009 60""",
        indicator="PI15",
    ),
    Shape(
        "several_tables_below_each_other.csv",
        "Northtown April 2008 120, Northtown May 2008 110, Southtown April 2008 80, Southtown May 2008 90",
        told=("Rows left aside: of another table below: 5",),
    ),
    Shape(
        "tables_side_by_side.csv",
        "Northtown April 2008 120, Southtown April 2008 80",
        unused=("columns D to E (another table)",),
    ),
    Shape(
        "cover_notes_and_two_rows_of_headings.xlsx",
        """Northtown 2006-2007 1300, Northtown 2007-2008 1200 provisional, Southtown 2006-2007 900,
        Southtown 2007-2008 suppressed""",
        chosen={"state": "final"},
        told=("“[c]” read as suppressed: 1", "Left out: area “England and Wales” is a larger area: 2"),
        unused=(
            "2006/07: Rate per 1,000",
            "2007/08 [p]: Rate per 1,000",
            "2007/08 [p]: % change 2006/07 to 2007/08",
        ),
    ),
    Shape("superseded_and_hidden_sheets.xlsx", "Northtown April 2008 120, Southtown April 2008 80"),
    Shape("area_in_the_sheet_name.xlsx", "Northtown April 2008 120, Northtown May 2008 110"),
    Shape(
        "merged_down.xlsx",
        """Northtown April 2008 120, Northtown May 2008 110, Northtown June 2008 115, Southtown April 2008 80,
        Southtown May 2008 70, Southtown June 2008 75""",
    ),
    Shape(
        "references_as_numbers.xlsx",
        "1.10 Northtown April 2008 12, 1.10 Southtown April 2008 8",
        indicator="",
    ),
)


def set_up(session: Session) -> None:
    registers.set_plan(session, force="West Midlands Police")
    group = rows.add(session, IndicatorGroup, title="All")
    for ref, title, unit, measure in INDICATORS:
        rows.add(session, Indicator, ref=ref, title=title, group_id=group, unit=unit, measure=measure, polarity="lower")
    for place, (title, code) in enumerate((("Northtown", "N1"), ("Southtown", "S1"))):
        rows.add(session, Area, title=title, code=code, position=float(place))


def in_words(plan: Workspace, state: str = "provisional") -> set[str]:
    """The results of the plan in words: "Northtown April 2008 120"; the indicator and the state where not usual."""
    refs = {row.id: row.ref for row in plan.read(queries.register, Indicator)}
    areas = {row.id: row.title for row in plan.read(queries.register, Area)}
    made = set()
    for row in plan.read(measured.results):
        ref = refs[row.indicator_key]
        figure = "" if row.value is None else f"{row.value:g}"
        words = (
            "" if ref == "PI06" else ref,
            areas.get(row.area_key or "", "Force"),
            period_words(Period(row.period_from, row.period_to)),
            figure,
            "" if row.state == state else row.state,
        )
        made.add(" ".join(filter(None, words)))
    return made
