"""The status return of a quarter: how each activity of a post stands, and its milestones."""

from spp_desktop.plan.delivery import Activity, ActivityUpdate, Milestone
from spp_desktop.plan.kinds import Choice, Day, DayOrPeriod, Long, Percent, Several, Text
from spp_desktop.returns.definition import Listing, Return, ReturnColumn
from spp_desktop.returns.due_rules import DueRule

_REF = ReturnColumn("ref", "Ref", width=6, required=True, help="The activity's reference.")
_ACTIVITY = ReturnColumn("text", "Activity", Long(), 31, required=True, help="What is to be done.")

STATUS_RETURN = Return(
    id="status",
    title="Status return",
    span="quarter",
    by_owner=True,
    frequencies=("quarterly",),
    due=DueRule(14, "days"),
    help="How each activity stands at the end of the quarter, what was done, and what comes next.",
    listings=(
        Listing(
            title="Activities",
            source="activities",
            kept_by=(Activity, ActivityUpdate),
            word=Activity.word,
            ref="ref",
            text="text",
            help="One row for each activity that you own or answer for, alone or with others. The first owner leads: "
            "where answers differ about status or dates, the lead's counts and the other is shown beside it.",
            columns=(
                _REF,
                _ACTIVITY,
                ReturnColumn(
                    "owners", "Owners", Several(), 13, choices="posts", help="The posts that own it, the lead first."
                ),
                ReturnColumn("due", "Due", Day(), 11, help="The date agreed."),
                ReturnColumn(
                    "changed",
                    "Since last quarter",
                    Long(),
                    18,
                    computed=True,
                    help="What has changed in the plan since the last quarter's return.",
                ),
                ReturnColumn(
                    "status",
                    "Status",
                    Choice(),
                    13,
                    editable=True,
                    choices="statuses",
                    help="How it stands at the end of the quarter.",
                ),
                ReturnColumn("percent", "% complete", Percent(), 9, editable=True, help="0% to 100%."),
                ReturnColumn(
                    "forecast",
                    "Forecast date",
                    Day(),
                    11,
                    editable=True,
                    help="When it is now expected, day/month/year. Moved before? Say why under Reason.",
                ),
                ReturnColumn(
                    "reason",
                    "Reason",
                    Long(),
                    20,
                    editable=True,
                    reason_for="status",
                    reasons="statuses",
                    help="Why the status is what it is.",
                ),
                ReturnColumn(
                    "done",
                    "What was done",
                    Long(),
                    24,
                    editable=True,
                    own=True,
                    help="What was done in the quarter, in a sentence or two.",
                ),
                ReturnColumn(
                    "next",
                    "What is next",
                    Long(),
                    23,
                    editable=True,
                    own=True,
                    help="What will be done next, and by when.",
                ),
            ),
        ),
        Listing(
            title="Milestones",
            source="milestones",
            kept_by=(Milestone,),
            word=Milestone.word,
            ref="ref",
            text="title",
            help="One row for each milestone of those activities.",
            group="ref",
            spare=3,
            columns=(
                _REF,
                ReturnColumn(
                    "text",
                    "Activity",
                    Long(),
                    30,
                    computed=True,
                    of_group=True,
                    help="The activity that it is a step of.",
                ),
                ReturnColumn("title", "Milestone", Long(), 34, required=True, help="The step."),
                ReturnColumn("due", "Due", DayOrPeriod(), 12, help="The date or period agreed."),
                ReturnColumn(
                    "due_now",
                    "Due now",
                    Text(),
                    12,
                    computed=True,
                    help="Of what is not done: “Overdue” if it was due before the quarter, “This quarter” if it is due "
                    "in it.",
                ),
                ReturnColumn(
                    "forecast",
                    "Forecast date",
                    DayOrPeriod(),
                    13,
                    editable=True,
                    help="When you now expect it to be done, day/month/year, or a period such as Q3 2009-10.",
                ),
                ReturnColumn(
                    "moved_why",
                    "Why it moves",
                    Long(),
                    18,
                    editable=True,
                    optional=True,
                    most=1000,
                    help="Why the date expected is another; needed where a date of it has moved before.",
                ),
                ReturnColumn(
                    "done_on",
                    "Actual date",
                    Day(),
                    13,
                    editable=True,
                    help="The day on which it was done, day/month/year; empty until then.",
                ),
                ReturnColumn(
                    "status",
                    "Status",
                    Choice(),
                    13,
                    editable=True,
                    choices="statuses",
                    optional=True,
                    help="How it stands.",
                ),
                ReturnColumn("percent", "% complete", Percent(), 10, editable=True, optional=True, help="0% to 100%."),
                ReturnColumn(
                    "owner",
                    "Owner",
                    Choice(),
                    16,
                    choices="posts",
                    optional=True,
                    help="The post that answers for it, where that is not an owner of the activity.",
                ),
            ),
        ),
    ),
)
