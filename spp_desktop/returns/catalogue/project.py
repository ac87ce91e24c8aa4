"""The delivery plan of a year as a project: its activities and milestones, for MS Project and what reads its files."""

from dataclasses import replace

from spp_desktop.plan.delivery import Milestone
from spp_desktop.plan.kinds import Day, DayOrPeriod, Long
from spp_desktop.returns.catalogue.delivery_plan import DELIVERY_PLAN
from spp_desktop.returns.definition import Listing, Return, ReturnColumn
from spp_desktop.returns.mspdi_fields import ACTIVITY_HEADINGS

PROJECT = Return(
    id="project",
    title="Delivery plan as a project",
    span="year",
    by_owner=True,
    form="project",
    help="The activities and milestones of one year as tasks, for MS Project and other programs that read its XML "
    "(.xml).",
    listings=(
        replace(
            DELIVERY_PLAN.listings[0],
            columns=tuple(
                column for column in DELIVERY_PLAN.listings[0].columns if column.title in ACTIVITY_HEADINGS
            ),  # a task has no place for the others
            help="One task for each activity, below its priority. The deadline is the date agreed; the finish is the "
            "date now expected, or else the one agreed.",
        ),
        Listing(
            title="Milestones",
            source="milestones",
            kept_by=(Milestone,),
            word=Milestone.word,
            ref="ref",
            text="title",
            help="One milestone for each, behind its activity. One that is 100% complete was done on the day it "
            "finished.",
            group="ref",
            columns=(
                ReturnColumn("ref", "Ref", width=7, required=True, help="The reference of its activity."),
                ReturnColumn("title", "Milestone", width=40, editable=True, required=True, help="The step."),
                ReturnColumn("due", "Due", DayOrPeriod(), 12, editable=True, help="The date agreed, day/month/year."),
                ReturnColumn(
                    "forecast",
                    "Forecast",
                    DayOrPeriod(),
                    12,
                    editable=True,
                    help="The date now expected, day/month/year.",
                ),
                ReturnColumn("done_on", "Done on", Day(), 12, editable=True, help="The day on which it was done."),
                ReturnColumn(
                    "moved_why",
                    "Why it moves",
                    Long(),
                    18,
                    editable=True,
                    optional=True,
                    most=1000,
                    help="A task has no place for it: it is asked for when the file comes back, where a date of it has "
                    "moved before.",
                ),
            ),
        ),
    ),
)
