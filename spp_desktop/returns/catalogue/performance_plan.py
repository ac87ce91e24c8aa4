"""The performance plan: the indicators, and what is aimed at in each year and over the plan."""

from spp_desktop.plan.kinds import Choice, Long, Referred, Several, TargetText, Text, YesNo
from spp_desktop.plan.performance import Indicator
from spp_desktop.returns.definition import Listing, Return, ReturnColumn
from spp_desktop.returns.due_rules import DueRule


def _told(field: str, title: str, width: int, about: str) -> ReturnColumn:
    return ReturnColumn(field, title, Long(), width, computed=True, help=about)


_JUDGEMENTS = Listing(
    title="What the figures say",
    source="judgements",
    word=Indicator.word,
    ref="ref",
    text="title",
    help="How each indicator stands for the force as a whole, and why. Nothing of it is read back.",
    columns=(
        ReturnColumn("ref", "Ref", width=6, help="The indicator's reference."),
        ReturnColumn("title", "Indicator", Long(), 16, help="What is measured."),
        _told("latest", "Latest", 11, "The latest result, and its period."),
        _told("to_date", "Year to date", 11, "The year so far, put together as the indicator is measured."),
        _told("aim", "Trajectory to date", 9, "Where the year so far should be, to make its target."),
        _told("judgement", "Judgement", 9, "How the year so far stands, by the plan's own rule."),
        _told("why", "Why", 30, "The rule, its figures with their dates, and the arithmetic."),
        _told(
            "direction", "Direction", 22, "From the same period of last year; up or down only where it is no chance."
        ),
        _told("variation", "Variation", 16, "By the control chart: whether what is measured has changed."),
        _told("assurance", "Assurance", 16, "By the control chart: whether it can be relied on to meet the target."),
        _told("target_check", "Target check", 22, "The target over the plan against its yearly targets."),
    ),
)

PERFORMANCE_PLAN = Return(
    id="performance-plan",
    title="Performance plan",
    stands_for="the targets of the performance plan, as the authority and the Home Office read them",
    frequencies=("yearly",),
    due=DueRule(-1, "days", begins=True, verified=True, source="Police Act 1996, section 6ZB(1), of 14 March 2008"),
    help="The indicators with their targets for each year and over the whole plan, and what the figures say of each.",
    listings=(
        Listing(
            title="Performance plan",
            source="indicators",
            kept_by=(Indicator,),
            word=Indicator.word,
            ref="ref",
            text="title",
            group="group",
            columns=(
                ReturnColumn("group", "Group", Text(), 12, help="The heading it stands under."),
                ReturnColumn("ref", "Ref", width=7, required=True, help="The indicator's reference."),
                ReturnColumn("title", "Indicator", Long(), 19, editable=True, required=True, help="What is measured."),
                ReturnColumn("unit", "Unit", width=9, editable=True, help="What a result counts."),
                ReturnColumn(
                    "polarity",
                    "Better",
                    Choice(),
                    8,
                    editable=True,
                    choices="polarities",
                    required=True,
                    help="Which way is better.",
                ),
                ReturnColumn(
                    "population", "Population", Text(), 10, editable=True, help="Whose answers or cases count."
                ),
                ReturnColumn("local_priority", "Local priority", YesNo(), 8, editable=True, help="Yes or No."),
                ReturnColumn(
                    "target:{year}",
                    "{year}",
                    TargetText(),
                    10,
                    editable=True,
                    each_year=True,
                    help="What is aimed at in {year}, as you would say it: 4%, no more than 1,200, at least 85%, "
                    "reduce, To be confirmed, or Benchmark & report of performance.",
                ),
                ReturnColumn(
                    "kind:{year}",
                    "{year}: kind",
                    Choice(),
                    9,
                    editable=True,
                    choices="kinds of target",
                    optional=True,
                    each_year=True,
                    help="How the target for {year} is meant. Choose another where it is taken for something else.",
                ),
                ReturnColumn(
                    "target:plan", "{years}-year target", TargetText(), 10, editable=True, help="Over the whole plan."
                ),
                ReturnColumn(
                    "kind:plan",
                    "{years}-year target: kind",
                    Choice(),
                    9,
                    editable=True,
                    choices="kinds of target",
                    optional=True,
                    help="How the target over the plan is meant.",
                ),
                ReturnColumn(
                    "reason",
                    "Reason for a change",
                    Long(),
                    13,
                    editable=True,
                    optional=True,
                    help="Why a target changes by which results have been judged. What it was is kept with it.",
                ),
                ReturnColumn(
                    "role:{role}",
                    "{role}",
                    Several(),
                    14,
                    editable=True,
                    choices="posts",
                    each_role=True,
                    optional=True,
                    help="The posts that stand to it as {role}. Write several as “{first}; {second}”.",
                ),
                ReturnColumn(
                    "serves",
                    "Serves",
                    Referred(),
                    10,
                    editable=True,
                    choices="what indicators serve",
                    optional=True,
                    help="What it measures or serves, by references: P3; P1.2.4.",
                ),
            ),
        ),
        _JUDGEMENTS,
    ),
)
