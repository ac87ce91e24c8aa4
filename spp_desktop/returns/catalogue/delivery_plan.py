"""The delivery plan of a year: its activities, who owns them, and how each stands."""

from spp_desktop.plan.delivery import Activity
from spp_desktop.plan.kinds import AtPlace, Choice, Day, Long, Money, Percent, Referred, Several
from spp_desktop.returns.definition import Listing, Return, ReturnColumn

DELIVERY_PLAN = Return(
    id="delivery-plan",
    title="Annual delivery plan",
    span="year",
    by_owner=True,
    help="The activities of one year, with their owners, dates and status.",
    listings=(
        Listing(
            title="Delivery plan",
            source="activities",
            kept_by=(Activity,),
            word=Activity.word,
            ref="ref",
            text="text",
            group="priority",
            columns=(
                ReturnColumn("ref", "Ref", width=7, required=True, help="The activity's reference."),
                ReturnColumn(
                    "priority",
                    "Priority",
                    Choice(),
                    12,
                    choices="priorities",
                    required=True,
                    help="The priority it serves.",
                ),
                ReturnColumn("text", "Activity", Long(), 26, editable=True, required=True, help="What will be done."),
                ReturnColumn(
                    "owners",
                    "Owners",
                    Several(),
                    13,
                    editable=True,
                    choices="posts",
                    help="The posts that own it, the lead first. Write several as “{first}; {second}”.",
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
                    "status", "Status", Choice(), 12, editable=True, choices="statuses", help="How it stands."
                ),
                ReturnColumn("percent", "% complete", Percent(), 9, editable=True, help="0% to 100%."),
                ReturnColumn("start", "Start", Day(), 11, editable=True, help="Day/month/year."),
                ReturnColumn("due", "Due", Day(), 11, editable=True, help="The date agreed, day/month/year."),
                ReturnColumn(
                    "forecast", "Forecast", Day(), 11, editable=True, help="The date now expected, day/month/year."
                ),
                ReturnColumn(
                    "reason",
                    "Reason",
                    Long(),
                    16,
                    editable=True,
                    reason_for="status",
                    reasons="statuses",
                    help="Why the status is what it is.",
                ),
                ReturnColumn(
                    "reported",
                    "Reported",
                    Choice(),
                    9,
                    editable=True,
                    choices="how often",
                    optional=True,
                    help="How often it is reported on, where that is not with each return: monthly, quarterly, "
                    "half-yearly or yearly.",
                ),
                ReturnColumn("budget", "Budget", Money(), 9, editable=True, optional=True, help="In pounds."),
                ReturnColumn(
                    "notes", "Notes", Long(), 12, editable=True, optional=True, help="What else is to be known of it."
                ),
                ReturnColumn(
                    "stands_under",
                    "Stands under",
                    AtPlace(),
                    9,
                    editable=True,
                    choices="what activities stand under",
                    optional=True,
                    help="Its one home in the plan, by its place: P1.2. The priority follows it.",
                ),
                ReturnColumn(
                    "serves",
                    "Serves",
                    Referred(),
                    9,
                    editable=True,
                    choices="what activities serve",
                    optional=True,
                    help="What it serves beside its priority, by references: P3.2; P1.4.1.",
                ),
            ),
        ),
    ),
)
