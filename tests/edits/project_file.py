"""What a person does to a project's file in MS Project, done to its XML: cells of tasks, tasks, resources."""

from collections.abc import Iterator
from pathlib import Path
from typing import Self
from xml.etree import ElementTree as ET

from spp_desktop.returns import mspdi_fields as fields

SPACE = f"{{{fields.NAMESPACE}}}"


class ProjectFile:
    """A project's file that is open to be changed; it is saved when that is done. Tasks are named by their names."""

    def __init__(self, path: Path, target: Path | None = None) -> None:
        self._target = target or path
        ET.register_namespace("", fields.NAMESPACE)
        self.tree = ET.parse(path)
        self.root = self.tree.getroot()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, problem: object, *_: object) -> None:
        if problem is None:
            self.tree.write(self._target, encoding="utf-8", xml_declaration=True)

    def tasks(self) -> Iterator[ET.Element]:
        """All tasks, in their order."""
        return self.root.iter(f"{SPACE}Task")

    def task(self, name: str) -> ET.Element:
        """The task of this name."""
        return next(task for task in self.tasks() if task.findtext(f"{SPACE}Name") == name)

    def set(self, name: str, **values: str | None) -> ET.Element:
        """Give a task other texts, by their tags; ``None`` takes one away."""
        return put(self.task(name), **values)

    def field(self, name: str, known: fields.ProjectField, value: str) -> None:
        """Give a custom field of a task another value, or a value at all."""
        task = self.task(name)
        for own in task.iter(f"{SPACE}ExtendedAttribute"):
            if own.findtext(f"{SPACE}FieldID") == str(known.number):
                put(own, Value=value)
                return
        own = ET.SubElement(task, f"{SPACE}ExtendedAttribute")
        put(own, FieldID=str(known.number), Value=value)

    def without_fields(self) -> None:
        """Lose all custom fields, as programs do that do not know them."""
        for task in self.tasks():
            for own in task.findall(f"{SPACE}ExtendedAttribute"):
                task.remove(own)

    def delete(self, name: str) -> None:
        """Delete a task."""
        self._group("Tasks").remove(self.task(name))

    def add_behind(self, name: str, **values: str) -> ET.Element:
        """Add a task behind another, as MS Project numbers it."""
        group, above = self._group("Tasks"), self.task(name)
        numbers = [int(task.findtext(f"{SPACE}UID") or 0) for task in self.tasks()]
        task = ET.Element(f"{SPACE}Task")
        level = above.findtext(f"{SPACE}OutlineLevel") or "2"
        told = {"UID": str(max(numbers) + 1), "GUID": f"{{{max(numbers):08}-0000-4000-8000-000000000000}}"}
        put(task, **{**told, "OutlineLevel": level, "Milestone": "0", "PercentComplete": "0", **values})
        group.insert(list(group).index(above) + 1, task)
        for number, each in enumerate(self.tasks(), 1):
            put(each, ID=str(number))
        return task

    def assign(self, name: str, *posts: str) -> None:
        """Assign these resources to a task and no others, adding those that there are not."""
        uid = self.task(name).findtext(f"{SPACE}UID") or ""
        group, resources = self._group("Assignments"), self._group("Resources")
        for own in list(group):
            if own.findtext(f"{SPACE}TaskUID") == uid:
                group.remove(own)
        for post in posts:
            known = {one.findtext(f"{SPACE}Name"): one.findtext(f"{SPACE}UID") or "" for one in resources}
            if post not in known:
                known[post] = str(len(resources) + 1)
                put(ET.SubElement(resources, f"{SPACE}Resource"), UID=known[post], Name=post)
            put(ET.SubElement(group, f"{SPACE}Assignment"), TaskUID=uid, ResourceUID=known[post])

    def _group(self, tag: str) -> ET.Element:
        group = self.root.find(f"{SPACE}{tag}")
        assert group is not None
        return group


def put(element: ET.Element, **values: str | None) -> ET.Element:
    """Give an element other texts, by their tags; ``None`` takes one away."""
    for tag, value in values.items():
        own = element.find(f"{SPACE}{tag}")
        if value is None:
            if own is not None:
                element.remove(own)
            continue
        if own is None:
            own = ET.SubElement(element, f"{SPACE}{tag}")
        own.text = value
    return element
