"""The tasks of a project's file (MS Project's XML, MSPDI), as the rows of two sheets: activities and milestones.

It knows no plan: which task is which row, the file says in its own fields; a task that says nothing is new.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from spp_desktop.plan.priorities import Priority
from spp_desktop.plan.words import capital
from spp_desktop.returns import mspdi_fields as fields
from spp_desktop.returns.limits import FileLimits
from spp_desktop.returns.mspdi_task import ReadTask, activity_cells, milestone_cells
from spp_desktop.returns.placement import FIRST_COLUMN, KEY, KEY_COLUMN, MARK, read_identity, read_row_key, row_key
from spp_desktop.returns.records import CHUNK, MOST_TEXT, Cells, Record, TooMuch, Unreadable
from spp_desktop.returns.tag_parser import tag_parser

HEADER_ROW = 0
"""The row of the headings: those below have the numbers that the program shows beside its tasks."""

_ITEMS = {"Tasks": "Task", "Resources": "Resource", "Assignments": "Assignment"}
_WANTED = frozenset({
    "UID", "GUID", "ID", "Name", "IsNull", "ExternalTask", "Active", "Milestone", "Summary", "OutlineLevel",
    "Start", "Finish", "Duration", "Deadline", "PercentComplete", "ActualFinish", "Notes",
    "Code", "TaskUID", "ResourceUID",
    "Title", "Subject", "Category", "LastSaved",
})  # fmt: skip
_MOST_NAMED = 5
"""How many inactive tasks are named."""
_ITEM_DEPTH, _FIELD_DEPTH = 3, 4
_GUID = re.compile(r"\{?([0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})\}?")


def records(file: BinaryIO, limits: FileLimits) -> Iterator[Record]:
    """What stands in a file.

    Raises:
        Unreadable: if it is no project, or holds more than a return does.
        Exception: of several kinds, if it is damaged.
    """
    project = _ProjectFile(limits)
    while chunk := file.read(CHUNK):
        project.parser.Parse(chunk, False)
    project.parser.Parse(b"", True)
    if project.root != "Project":
        raise Unreadable("it is not MS Project's own XML")
    yield from _Sheets(project).records()


@dataclass
class _Item:
    """A task, resource or assignment as it stands in the file: its own texts by tag, and its custom fields."""

    texts: dict[str, str] = field(default_factory=dict)
    fields: dict[int, str] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)


class _ProjectFile:
    """The file as it is read: its properties, and its tasks, resources and assignments."""

    def __init__(self, limits: FileLimits) -> None:
        self.root = ""
        self._space = ""
        self.properties: dict[str, str] = {}
        self.items: dict[str, list[_Item]] = {name: [] for name in _ITEMS.values()}
        self.parser = tag_parser(self._start, self._end, self._spoken)
        self._limits = limits
        self._path: list[str] = []
        self._item: _Item | None = None
        self._field: dict[str, str] = {}
        self._text: list[str] = []
        self._length = self._kept = 0

    def _start(self, tag: str, _: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        space = tag.removesuffix(name)
        if not self._path:
            self._space = space
        elif space != self._space:
            name = tag  # somebody else's, which may be called as one of the file's own is
        self._path.append(name)
        self._text, self._length = [], 0
        depth = len(self._path)
        if depth > self._limits.depth:
            raise Unreadable(f"its tags stand more than {self._limits.depth:,} deep")
        if depth == 1:
            self.root = name
        elif depth == _ITEM_DEPTH and _ITEMS.get(self._path[1]) == name:
            self._item = _Item()
            items = self.items[name]
            items.append(self._item)
            if len(items) > self._limits.rows:
                raise TooMuch(f"{name.lower()}s than a return has rows", self._limits.rows)
        elif depth == _FIELD_DEPTH and self._item is not None:
            self._field = {}

    def _spoken(self, text: str) -> None:
        self._text.append(text)
        self._length += len(text)
        if self._length > MOST_TEXT:
            raise TooMuch("text in a field than a return does", MOST_TEXT)

    def _end(self, _: str) -> None:
        name, depth, text = self._path.pop(), len(self._path), "".join(self._text)
        self._text, self._length = [], 0
        if depth == 1 and name in _WANTED:
            self._keep(self.properties, name, text)
        elif depth == _ITEM_DEPTH - 1 and name in self.items:
            self._item = None
        elif self._item is not None and depth == _ITEM_DEPTH:
            if name == "ExtendedAttribute":
                self._end_field(self._item)
            elif name in _WANTED:
                self._keep(self._item.texts, name, text)
        elif self._item is not None and depth == _FIELD_DEPTH and name in ("FieldID", "Value"):
            self._field.setdefault(name, text)
        elif self._item is not None and depth == _FIELD_DEPTH and name == "PredecessorUID":
            self._item.links.append(text.strip())
            self._count(text)

    def _end_field(self, item: _Item) -> None:
        number = self._field.get("FieldID", "").strip()
        if number.isascii() and number.isdigit() and int(number) in _NUMBERS:
            item.fields.setdefault(int(number), self._field.get("Value", ""))
            self._count(self._field.get("Value", ""))

    def _keep(self, texts: dict[str, str], name: str, text: str) -> None:
        texts.setdefault(name, text)
        self._count(text)

    def _count(self, text: str) -> None:
        self._kept += len(text)
        if self._kept > self._limits.all_text:
            raise TooMuch("text in all its tasks than a return does", self._limits.all_text)


_NUMBERS = frozenset(known.number for known in fields.FIELDS)


class _Sheets:
    """The tasks of a file as rows of two sheets."""

    def __init__(self, project: _ProjectFile) -> None:
        self._properties = project.properties
        self._identity = _identity(project.properties)
        self._owners = _owners(project)
        self._tasks = [
            item
            for item in project.items["Task"]
            if not _is_set(item, "IsNull") and not _is_set(item, "ExternalTask") and _level(item)
        ]
        guids = {_guid(item) for item in self._tasks}
        self._guids = guids - {""}
        self._relinked = any(set(item.links) != _links_sent(item) for item in self._tasks)
        self._notices: list[str] = []
        self._rows: dict[str, list[Record]] = {fields.ACTIVITY: [], fields.MILESTONE: []}
        self._comments: list[list[Any]] = []
        self._above: list[tuple[int, str]] = []
        self._ref = ""
        self._last = HEADER_ROW
        self._inactive: list[str] = []

    def records(self) -> Iterator[Record]:
        """All of it."""
        for item in self._tasks:
            self._add(item)
        if self._relinked:
            self._notices.append(
                "The file links tasks to one another otherwise than when it went out. What depends on what is said in "
                "the plan itself; this was left out."
            )
        if self._inactive:
            self._notices.append(_told_inactive(self._inactive))
        yield {"about": {**_about(self._properties, self._identity), "told": self._notices}}
        for kind, title, headings in (
            (fields.ACTIVITY, fields.ACTIVITIES_SHEET, fields.ACTIVITY_HEADINGS),
            (fields.MILESTONE, fields.MILESTONES_SHEET, fields.MILESTONE_HEADINGS),
        ):
            yield {"sheet": title, "hidden": False}
            yield [
                HEADER_ROW,
                False,
                [[KEY_COLUMN, KEY], *([n, text] for n, text in enumerate(headings, FIRST_COLUMN))],
            ]
            yield from self._rows[kind]
        if self._comments:
            yield {"marks": {"comments": self._comments}}

    def _add(self, item: _Item) -> None:
        """A task: a row of one of the sheets, or a heading of those below it."""
        level = _level(item)
        self._above = [(above, name) for above, name in self._above if above < level]
        task = self._task(item)
        kind = item.fields.get(fields.KIND.number, "").strip()
        if kind not in (fields.ACTIVITY, fields.MILESTONE):
            if kind == fields.PRIORITY or _is_set(item, "Summary"):
                self._above.append((level, self._heading(item, task)))
                return
            kind = fields.MILESTONE if _is_set(item, "Milestone") else fields.ACTIVITY
        row = self._row_number(item)
        cells = Cells()
        if task.key:
            cells.add(KEY_COLUMN, ("text", task.key, ""))
        if item.texts.get("Active", "").strip() in ("0", "false"):
            self._inactive.append(fields.name_of(task.whole or item.texts.get("Name", "")))
        told = milestone_cells(task) if kind == fields.MILESTONE else activity_cells(task)
        for column, cell in told:
            cells.add(column, cell)
        self._rows[kind].append([row, False, cells.take()])
        if kind == fields.ACTIVITY:
            self._ref = task.ref
        elif notes := item.texts.get("Notes", "").strip():
            self._comments.append([row, FIRST_COLUMN + 1, notes])

    def _heading(self, item: _Item, task: ReadTask) -> str:
        """What the tasks below a heading serve. A priority is called as the plan calls it, whatever its task is."""
        name = item.texts.get("Name", "")
        whole = task.whole or name
        if task.whole and fields.name_of(task.whole) != fields.name_of(name):
            word = Priority.word
            self._notices.append(
                f"The {word.singular} “{fields.name_of(task.whole)}” has another name in the file. "
                f"{capital(word.plural)} are renamed in the plan itself; this was left out."
            )
        return whole

    def _task(self, item: _Item) -> ReadTask:
        whole = "".join(item.fields.get(part.number, "") for part in fields.WHOLE)
        kind = item.fields.get(fields.KIND.number, "")
        own = item.fields.get(fields.REF.number, "").strip()
        ref = own or (self._ref if _is_set(item, "Milestone") and not kind else "")
        name = item.texts.get("Name", "")
        text = whole if whole and fields.name_of(whole) == fields.name_of(name) else name
        if kind and text == name and fields.is_cut(name):
            text = ""  # what was cut off is in the plan alone: a program has not kept the fields that hold it
        priority = self._above[0][1] if self._above else ""
        key = self._key(item, ref, text)
        return ReadTask(key, ref, priority, text, whole, self._owned(item), item.texts, item.fields)

    def _key(self, item: _Item, ref: str, text: str) -> str:
        """The key of a task's row, if it has one.

        A task that was copied has the fields of the one it was copied from, and a GUID of its own. A program that keeps
        no fields may keep the GUIDs, which are the keys of the rows.
        """
        kept, guid = item.fields.get(fields.KEY.number, "").strip(), _guid(item)
        known = read_row_key(kept)
        if known is not None:
            return "" if guid != known.key and known.key in self._guids else kept
        if guid and self._identity is not None:
            return row_key(guid, self._identity, ref, text)
        return ""

    def _owned(self, item: _Item) -> Sequence[str]:
        """The posts that own a task: those assigned, in the order in which its own field names them."""
        assigned = self._owners.get(item.texts.get("UID", "").strip(), [])
        told = [part.strip() for part in item.fields.get(fields.OWNERS.number, "").split(";")]
        return [*(post for post in told if post in assigned), *(post for post in assigned if post not in told)]

    def _row_number(self, item: _Item) -> int:
        """The number that the program shows beside a task, or the next."""
        number = item.texts.get("ID", "").strip()
        asked = int(number) if re.fullmatch(r"[0-9]{1,7}", number) else 0
        self._last = max(self._last + 1, asked)
        return self._last


def _owners(project: _ProjectFile) -> Mapping[str, list[str]]:
    """The posts assigned to each task, by the number of the task. A post is called as it went out, if it still is."""
    names: dict[str, str] = {}
    for item in project.items["Resource"]:
        name, sent = (item.texts.get(tag, "").strip() for tag in ("Name", "Code"))
        names[item.texts.get("UID", "").strip()] = sent if fields.resource_name(sent) == name and sent else name
    owners: dict[str, list[str]] = {}
    for item in project.items["Assignment"]:
        name = names.get(item.texts.get("ResourceUID", "").strip(), "")
        owned = owners.setdefault(item.texts.get("TaskUID", "").strip(), [])
        if name and name not in owned:
            owned.append(name)
    return owners


def _identity(properties: Mapping[str, str]) -> Any:
    """Which issue the file says that it is: what stands in its subject, with its title and its category."""
    try:
        kept = json.loads(properties.get("Subject", ""))
        told = {**kept, "plan_title": properties.get("Title", ""), "head": properties.get("Category", "")}
    except (ValueError, TypeError):
        return None
    return read_identity(json.dumps(told))


def _about(properties: Mapping[str, str], identity: Any) -> dict[str, Any]:
    """The document's own properties, and when it was saved."""
    from spp_desktop.returns.placement import identity_text

    own = {MARK: identity_text(identity)} if identity is not None else {}
    return {"properties": own, "modified_by": "", "modified_at": properties.get("LastSaved", "").strip()[:19]}


def _links_sent(item: _Item) -> set[str]:
    """The numbers of the tasks to which a task was linked when it went out."""
    return set(filter(None, item.fields.get(fields.LINKS.number, "").split(",")))


def _is_set(item: _Item, tag: str) -> bool:
    return item.texts.get(tag, "").strip() in ("1", "true")


def _told_inactive(names: Sequence[str]) -> str:
    """What is said of tasks that were made inactive, which is MS Project's way to take them out of the schedule."""
    more = len(names) - _MOST_NAMED
    listed = ", ".join(f"“{name}”" for name in names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
    which = "A task is" if len(names) == 1 else f"{len(names)} tasks are"
    told = f"{which} inactive in the file: {listed}."
    return f"{told} What is withdrawn or deferred is so by its status; this was left out."


def _level(item: _Item) -> int:
    """How deep a task stands: 1 at the outside; 0 for the project's own."""
    level = item.texts.get("OutlineLevel", "1").strip()
    known = int(level) if re.fullmatch(r"[0-9]{1,5}", level) else 1
    return 0 if item.texts.get("UID", "").strip() == "0" else known


def _guid(item: _Item) -> str:
    match = _GUID.fullmatch(item.texts.get("GUID", "").strip())
    return match[1].lower() if match else ""
