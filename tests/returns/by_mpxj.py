# mypy: ignore-errors
# Java's classes have no types, and the program runs in an environment of its own.
"""MPXJ, as a program of its own: ``python by_mpxj.py read FILE`` tells what stands in a project's file as JSON, and
``python by_mpxj.py save FILE TARGET...`` saves it again as MSPDI (.xml), MPX (.mpx), Planner (.planner) and so on.

It is run by a Python that has ``mpxj`` and ``JPype1``, and needs Java; nothing of the project is imported.
"""

import json
import sys
from pathlib import Path
from typing import Any

import jpype
import mpxj


def started() -> None:
    """Java with what MPXJ needs."""
    jpype.startJVM(classpath=[str(jar) for jar in (Path(mpxj.__file__).parent / "lib").glob("*.jar")])


def read(path: str) -> Any:
    """A project by MPXJ's universal reader."""
    from org.mpxj.reader import UniversalProjectReader

    return UniversalProjectReader().read(path)


def text(value: object) -> str | None:
    """What Java gives, as a text."""
    return None if value is None else str(value)


def told(project: Any) -> dict[str, Any]:
    """What stands in it."""
    properties = project.getProjectProperties()
    tasks = [
        {
            "id": int(task.getID()),
            "guid": text(task.getGUID()),
            "name": text(task.getName()),
            "level": int(task.getOutlineLevel()),
            "milestone": bool(task.getMilestone()),
            "summary": bool(task.getSummary()),
            "start": text(task.getStart()),
            "finish": text(task.getFinish()),
            "deadline": text(task.getDeadline()),
            "percent": float(task.getPercentageComplete()) if task.getPercentageComplete() is not None else None,
            "days": float(task.getDuration().getDuration()) if task.getDuration() is not None else None,
            "notes": text(task.getNotes()),
            "texts": {n: text(task.getText(n)) for n in (*range(1, 11), *range(21, 31)) if task.getText(n) is not None},
            "dates": {n: text(task.getDate(n)) for n in (1, 2, 3) if task.getDate(n) is not None},
            "after": [text(each.getPredecessorTask().getGUID()) for each in task.getPredecessors()],
            "owners": [
                text(each.getResource().getName()) for each in task.getResourceAssignments() if each.getResource()
            ],
        }
        for task in project.getTasks()
        if task.getID() is not None and int(task.getID())
    ]
    return {
        "title": text(properties.getProjectTitle()),
        "subject": text(properties.getSubject()),
        "category": text(properties.getCategory()),
        "start": text(properties.getStartDate()),
        "tasks": tasks,
        "resources": [text(each.getName()) for each in project.getResources() if each.getName() is not None],
    }


def save(project: Any, target: str) -> None:
    """Save it in the form that its name ends with."""
    from org.mpxj.mpx import MPXWriter
    from org.mpxj.mspdi import MSPDIWriter
    from org.mpxj.planner import PlannerWriter

    {".xml": MSPDIWriter, ".mpx": MPXWriter, ".planner": PlannerWriter}[Path(target).suffix]().write(project, target)


def main() -> None:
    started()
    command, path, *targets = sys.argv[1:]
    project = read(path)
    if command == "read":
        sys.stdout.write(json.dumps(told(project)))
    for target in targets:
        save(project, target)


main()
