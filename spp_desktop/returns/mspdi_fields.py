"""Where a project's file keeps what it has no place of its own for, and how what it shows is turned into cells.

The file is MS Project's own XML (MSPDI); the numbers are those of its custom fields of tasks.
"""

from dataclasses import dataclass

NAMESPACE = "http://schemas.microsoft.com/project"
LONGEST_NAME = 255
"""Characters that a name or a field of text may have in MS Project."""

DAY_BEGINS, DAY_ENDS, DAY_HOURS = "08:00:00", "17:00:00", 8
"""The hours of a day on which work is done, an hour of which is a break. All days of the week are."""


@dataclass(frozen=True)
class ProjectField:
    """A custom field of a task: its number in the file, its name in MS Project, and what it is called there."""

    number: int
    name: str
    alias: str


REF = ProjectField(188743731, "Text1", "Ref")
STATUS = ProjectField(188743734, "Text2", "Status")
OWNERS = ProjectField(188743737, "Text3", "Owners, the lead first")
LEFT_OPEN = ProjectField(188743740, "Text4", "Left open in the plan")
"""The headings of the cells that hold nothing in the plan, though a task of a project always shows something."""
DEPENDS = ProjectField(188743743, "Text5", "Depends on")
"""The rows that it depends on, in words: also those that its dates do not wait for, which no link can say."""
LINKS = ProjectField(188743746, "Text6", "Links as they went out")
"""The numbers of the tasks to which it was linked when it went out."""
FORECAST = ProjectField(188743945, "Date1", "Forecast")
STAND_IN = ProjectField(188743946, "Date2", "Stands in for no date")
"""The finish of a task of which the plan knows no day at all."""
START = ProjectField(188743947, "Date3", "Start in the plan")
"""The start of an activity that ends before it, which no task can."""
KIND = ProjectField(188743749, "Text9", "SPP kind")
KEY = ProjectField(188743750, "Text10", "SPP key")
WHOLE = tuple(ProjectField(188744007 + n, f"Text{21 + n}", f"Whole text ({n + 1})") for n in range(8))
"""A text that is too long to be a name, in parts, and always that of a priority."""

FIELDS = (REF, STATUS, OWNERS, LEFT_OPEN, DEPENDS, LINKS, KIND, KEY, FORECAST, STAND_IN, START, *WHOLE)

PRIORITY, ACTIVITY, MILESTONE = "priority", "activity", "milestone"
"""What a task is, as its field says."""

ACTIVITIES_SHEET, MILESTONES_SHEET = "Delivery plan", "Milestones"
ACTIVITY_HEADINGS = (
    "Ref",
    "Priority",
    "Activity",
    "Owners",
    "Status",
    "% complete",
    "Start",
    "Due",
    "Forecast",
    "Reason",
)
MILESTONE_HEADINGS = ("Ref", "Milestone", "Due", "Forecast", "Done on")
"""The headings of the tables of ``catalogue.project``, which the process that reads files does not load."""


def name_of(text: str) -> str:
    """A text as the name of a task: on one line, and no longer than it may be."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_NAME else f"{line[: LONGEST_NAME - 1]}…"


def is_cut(name: str) -> bool:
    """Whether a name is only the beginning of a text."""
    return len(name) == LONGEST_NAME and name.endswith("…")


def resource_name(post: str) -> str:
    """A post as the name of a resource, which holds none of the signs that part several of them: "ACC Crime"."""
    return name_of(post.translate(_PARTING))


_PARTING = str.maketrans({",": " ", ";": " ", "[": "(", "]": ")"})
