"""The monthly results: what was measured of each indicator, for the force and for its areas."""

from dataclasses import replace

from spp_desktop.plan.kinds import Choice, Kind, Long, Number, Rate, Text
from spp_desktop.plan.results import FIGURES, Restatement
from spp_desktop.plan.words import Word
from spp_desktop.returns.checks import areas_add, changed_since_sent, rows_complete
from spp_desktop.returns.definition import Listing, Return, ReturnColumn
from spp_desktop.returns.due_rules import DueRule

NO_FIGURE = "choose “not available” as the state"
NUMBER, RATE = Number(no_figure=NO_FIGURE), Rate(no_figure=NO_FIGURE)


def _what(kind: Kind) -> tuple[ReturnColumn, ...]:
    """The columns that say what is asked for, and what it was before, as figures of a kind."""
    return (
        *_WHICH,
        ReturnColumn("last_year", "A year before", kind, 9, computed=True, help="The same period of last year."),
        ReturnColumn("before", "The time before", kind, 9, computed=True, help="The period before this one."),
        ReturnColumn(
            "note", "To know", Long(), 15, computed=True, help="Whether it was counted otherwise a year before."
        ),
    )


_WHICH = (
    ReturnColumn("ref", "Ref", width=12, required=True, help="The indicator's reference, the area, and whose answers."),
    ReturnColumn("text", "Indicator", Long(), 28, required=True, help="What is measured, and of whom."),
    ReturnColumn("area", "Area", width=10, computed=True, help="The force as a whole, or a part of it."),
    ReturnColumn("unit", "Unit", width=14, computed=True, help="What a result counts."),
    ReturnColumn("period", "Period", width=15, computed=True, help="What time it is asked for."),
)
_STATE = (
    ReturnColumn(
        "state",
        "State",
        Choice(),
        12,
        editable=True,
        choices="states of a result",
        required=True,
        help="Whether the figure may still change.",
    ),
    ReturnColumn(
        "reason",
        "Reason for a change",
        Long(),
        20,
        editable=True,
        help="Why a final figure changes. It is asked for where one does, and kept with what the figure was.",
    ),
)


def _listing(title: str, source: str, word: Word, about: str, figure: Kind, *figures: ReturnColumn) -> Listing:
    columns = (*_what(figure), *figures, *_STATE)
    complete = rows_complete(*(column.field for column in figures if column.field in FIGURES))
    totals = (areas_add("value"),) if source == "counts" else ()
    return Listing(
        title,
        source,
        word,
        "ref",
        "text",
        columns,
        kept_by=(Restatement,),
        help=about,
        checks=(complete, *totals, changed_since_sent),
        beside=("measure", "part"),
    )


_ROWS = (
    "One row for each indicator that it has results of in the last two years, for the force and for each area; an "
    "indicator without any is asked for everywhere."
)

MONTHLY_RESULTS = Return(
    id="monthly-results",
    title="Monthly results",
    span="month",
    by_area=True,
    any_year=True,
    stands_for="results by month, such as the Home Office and the inspectorate read",
    frequencies=("monthly",),
    due=DueRule(14, "days"),
    help="What was measured in the month, of each indicator, for the force and its areas.",
    listings=(
        _listing(
            "Counts and levels",
            "counts",
            Word("count or level", "counts and levels"),
            f"Indicators that are counted, or stand for themselves. {_ROWS}",
            NUMBER,
            ReturnColumn("value", "Result", NUMBER, 12, editable=True, help="What was counted or measured."),
        ),
        _listing(
            "Percentages and rates",
            "rates",
            Word("percentage or rate", "percentages and rates"),
            f"Indicators that are one number of another. {_ROWS} Give the two numbers, so that months and areas can be "
            "put together; the figure alone only where they are not known.",
            RATE,
            ReturnColumn(
                "numerator", "Counted", NUMBER, 11, editable=True, help="What is counted, such as detections."
            ),
            ReturnColumn(
                "denominator", "Counted of", NUMBER, 11, editable=True, help="What it is counted of, as crimes."
            ),
            ReturnColumn("value", "Figure alone", RATE, 11, editable=True, help="Only where the two are not known."),
        ),
        _listing(
            "Surveys",
            "surveys",
            Word("survey", "surveys"),
            f"Indicators that are shares of answers. {_ROWS} What is reported by quarters is asked for in the last "
            "month of a quarter.",
            RATE,
            ReturnColumn("value", "Result in %", RATE, 11, editable=True, help="The share of answers, such as 78.9%."),
            ReturnColumn("sample_size", "Answers", NUMBER, 10, editable=True, help="How many people answered."),
            ReturnColumn(
                "design_effect",
                "Design effect",
                NUMBER,
                9,
                editable=True,
                help="How many times the variance of a simple sample it has; empty means once.",
            ),
        ),
        replace(
            _listing(
                "Grades",
                "steps",
                Word("grade", "grades"),
                f"Indicators that are a grade, or yes or no. {_ROWS}",
                Text(),
                ReturnColumn("steps", "Choose from", Text(), 24, computed=True, help="The grades, the best first."),
                ReturnColumn("value", "Result", Text(), 16, editable=True, help="The grade, as it is called."),
            ),
            optional=True,
        ),
    ),
)
