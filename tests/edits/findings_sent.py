"""A plan with a register more than the program has, whose rows go out with the status return of their owners."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from spp_desktop.edits import delivery, issuing, receiving, registers, rows
from spp_desktop.edits.reviewing import Review
from spp_desktop.plan.posts import Post
from spp_desktop.plan.priorities import Priority
from spp_desktop.plan.register import Register, Returned
from spp_desktop.returns.catalogue import return_named
from spp_desktop.returns.definition import Content, Return
from spp_desktop.store import registered
from spp_desktop.store.workspace import Workspace
from tests.edits.filling import QUARTER, YEAR, Filled
from tests.on_the_fly import findings

SHEET = "Inspection findings"
CRIME, SECURITY, ESTATES = "ACC Crime", "ACC Security", "Head of Estates"


@dataclass
class Sent:
    """A plan with findings, and what went out of it."""

    plan: Workspace
    register: Register
    keys: dict[str, str]
    folder: Path

    @property
    def definition(self) -> Return:
        """The status return with its registers."""
        found = return_named("status")
        assert found is not None
        return found

    def content(self, owner: str = CRIME) -> Content:
        """What the return of a post will hold."""
        return issuing.prepare(self.plan, self.definition, owner, year=YEAR, period=QUARTER)

    def issue(self, owner: str = CRIME, definition: Return | None = None) -> Path:
        """Issue the status return of a post."""
        path = self.folder / f"{owner or 'all'}.xlsx"
        issuing.issue(self.plan, definition or self.definition, path, owner=owner, year=YEAR, period=QUARTER)
        return path

    def filled(self, path: Path) -> Filled:
        """The workbook, to be filled in."""
        return Filled(path, definition=self.definition)

    def answered(self, path: Path, **answers: Any) -> Review:
        """The file with the finding F1 answered, received."""
        with self.filled(path) as book:
            book.put("F1", SHEET, **answers)
        return receiving.review(self.plan, path)

    def finding(self, ref: str = "F1") -> dict[str, Any]:
        """What the plan holds of a finding."""
        held = self.plan.read(registered.register_rows, self.register)
        return next(dict(row.values) for row in held if row.values["ref"] == ref)

    def set(self, **values: Any) -> None:
        """Change the finding F1 in the plan."""
        cells = [(self.keys["F1"], name, value) for name, value in values.items()]
        self.plan.edit("type", registers.set_cells, self.register.model, cells)


@contextmanager
def sent_findings(folder: Path) -> Iterator[Sent]:
    """Two posts with an activity each, of which one has two findings, and a post that has a finding only."""
    returned = Returned("status", ("state", "due", "reason"), spare=2)
    with findings(returned) as register, Workspace.create(folder / "plan.plan", "A plan", 2008) as plan:
        posts = {title: plan.edit("add", registers.add, Post, title=title) for title in (CRIME, SECURITY, ESTATES)}
        priority = plan.edit("add", rows.add, Priority, title="Serious harm")
        for owner in (CRIME, SECURITY):
            plan.edit("add", delivery.add_activity, YEAR, priority, f"Do it: {owner}", owners=[posts[owner]])
        keys = {}
        for ref, owner, inspection in (("F1", CRIME, "PEEL"), ("F2", ESTATES, "HMIC"), ("1.01", CRIME, "PEEL")):
            values = {"ref": ref, "text": f"Look into {ref}", "inspection": inspection, "owner_id": posts[owner]}
            keys[ref] = plan.edit("add", registers.add, register.model, {**values, "due": date(2008, 12, 31)})
        yield Sent(plan, register, keys, folder)
