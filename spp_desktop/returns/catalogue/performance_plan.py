"""The performance plan: the indicators, and what is aimed at in each year and over the plan."""

from spp_desktop.returns.definition import Column, Listing, Return

PERFORMANCE_PLAN = Return(
    id="performance-plan",
    title="Performance plan",
    help="The indicators with their targets for each year and over the whole plan.",
    listings=(
        Listing(
            title="Performance plan",
            source="indicators",
            ref="ref",
            text="title",
            group="group",
            columns=(
                Column("group", "Group", "text", 22, help="The heading it stands under."),
                Column("ref", "Ref", width=7, required=True, help="The indicator's reference."),
                Column("title", "Indicator", "long text", 38, editable=True, required=True, help="What is measured."),
                Column("unit", "Unit", width=14, editable=True, help="What a result counts."),
                Column(
                    "polarity",
                    "Better",
                    "choice",
                    10,
                    editable=True,
                    choices="polarities",
                    required=True,
                    help="Which way is better.",
                ),
                Column("population", "Population", "text", 16, editable=True, help="Whose answers or cases count."),
                Column("local_priority", "Local priority", "yes/no", 10, editable=True, help="Yes or No."),
                Column(
                    "target:{year}",
                    "{year}",
                    "target",
                    15,
                    editable=True,
                    each_year=True,
                    help="What is aimed at in {year}, as you would say it: 4%, or Benchmark & report of performance.",
                ),
                Column("target:plan", "3-year target", "target", 15, editable=True, help="Over the whole plan."),
            ),
        ),
    ),
)
