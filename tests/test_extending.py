"""docs/extending.md is true: each example is put into a copy of the program and does what it says there."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from spp_desktop.plan import risks
from tests.extending import ROOT, copy_of_the_program, examples

EXAMPLES = examples()
GOALS = {
    "A register": 4,
    "A column of activities": 4,
    "A return of a new kind of row": 4,
    "A page of the window": 2,
    "A check": 2,
}
"""The files that an extension may touch, beside the frozen form of the file."""

BEGIN = """
import os, sys
from datetime import date
from pathlib import Path
from spp_desktop.store.workspace import Workspace
from spp_desktop.store import queries
plan = Workspace.create(Path("plan.plan"), "A plan", 2008)
from spp_desktop.edits import delivery, priorities, registers, rows
from spp_desktop.plan.posts import Post
"""

ACTIVITY = """
def furnish(session):
    post = registers.add(session, Post, title="ACC Crime")
    priority = priorities.add_priority(session, "Serious harm")
    return delivery.add_activity(session, 2008, priority, "Do it", owners=[post], start=date(2008, 5, 1))
key = plan.edit("furnish", furnish)
"""

PROOFS = {
    "A column of activities": f"""{ACTIVITY}
from spp_desktop.edits import deciding, issuing, receiving, taking
from spp_desktop.returns.catalogue import return_named
from spp_desktop.store import dump
from openpyxl import load_workbook
plan.edit("approve", delivery.set_cells, [(key, "approved_on", date(2008, 4, 2))])
assert plan.read(dump.content)["activities"][0]["approved_on"] == "2008-04-02"
assert plan.read(queries.activities)[0].approved_on == date(2008, 4, 2)
file = Path("out.xlsx")
issuing.issue(plan, return_named("delivery-plan"), file, year=2008)
book = load_workbook(file)
sheet = book["Delivery plan"]
cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "Approved on")
sheet.cell(cell.row + 1, cell.column).value = date(2008, 4, 9)
book.save(file)
review = receiving.review(plan, file)
assert [change.field for change in review.differences] == ["approved_on"], review.differences
from spp_desktop.ui.delivery.columns import Lists, columns
column = next(one for one in columns(Lists(), date.today) if one.field == "approved_on")
assert column.show(plan.read(queries.activities)[0]) == "2 Apr 2008"
plan.undo()
assert plan.read(queries.activities)[0].approved_on is None
""",
    "A check": f"""{ACTIVITY}
from spp_desktop.plan.rules import RuleBroken
plan.edit("expect", delivery.set_cells, [(key, "forecast", date(2008, 5, 2))])
try:
    plan.edit("expect", delivery.set_cells, [(key, "forecast", date(2008, 4, 2))])
except RuleBroken as refusal:
    assert "expected before it begins" in str(refusal), refusal
else:
    raise AssertionError("not refused")
plan.close()
import sqlite3
raw = sqlite3.connect("plan.plan")
raw.execute("UPDATE activity SET forecast = '2008-04-02'")
raw.commit()
raw.close()
from spp_desktop.store.checking import check_file
assert "it is expected before it begins" in " ".join(check_file(Path("plan.plan")).lines)
""",
    "A page of the window": """
from PySide6.QtWidgets import QApplication
app = QApplication.instance() or QApplication([])
plan.close()
from spp_desktop.cli import main
sys.argv = ["spp", "picture", "plan.plan", "commitments", "picture.png"]
try:
    main()
except SystemExit as ended:
    assert not ended.code, ended.code
assert Path("picture.png").stat().st_size > 1000
""",
    "A return of a new kind of row": """
def furnish(session):
    priority = priorities.add_priority(session, "Serious harm")
    theme = priorities.add_theme(session, priority, "People")
    priorities.add_commitment(session, theme, "We will do it")
plan.edit("furnish", furnish)
from spp_desktop.edits import deciding, issuing, receiving, taking
from spp_desktop.returns.catalogue import return_named
from openpyxl import load_workbook
file = Path("out.xlsx")
issuing.issue(plan, return_named("commitments"), file)
book = load_workbook(file)
sheet = book["Commitments"]
cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "We will do it")
cell.value = "We will do it well"
book.save(file)
review = deciding.keep(plan, receiving.review(plan, file))
assert len(review.differences) == 1, review.differences
taking.apply(plan, [review])
from spp_desktop.plan.priorities import Commitment
assert [row.text for row in plan.read(queries.register, Commitment)] == ["We will do it well"]
plan.undo()
assert [row.text for row in plan.read(queries.register, Commitment)] == ["We will do it"]
""",
}


@pytest.mark.parametrize(("title", "most"), GOALS.items())
def test_an_extension_touches_no_more_files_than_it_may(title: str, most: int) -> None:
    assert len(EXAMPLES[title].files) <= most


@pytest.mark.parametrize("title", PROOFS)
def test_an_example_works_as_it_is_written(title: str, tmp_path: Path) -> None:
    root = copy_of_the_program(tmp_path / "program")
    for piece in EXAMPLES[title].pieces:
        piece.put_into(root)
    script = f"{BEGIN}{PROOFS[title]}"
    environment = {
        **os.environ,
        "PYTHONPATH": str(root),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    ended = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr


def test_a_register_is_written_of_nowhere_but_in_its_places() -> None:
    names = [name for name in vars(risks) if name.startswith(("Risk", "RISK"))]
    told = re.compile(rf"\b({'|'.join(names)}|LIKELIHOODS|risks?_\w+|plan\.risks)\b")
    places = {*EXAMPLES["A register"].files, "tests/test_extending.py"}
    frozen = re.compile(r"spp_desktop/store/form_\d+\.py")
    files = [path for part in ("spp_desktop", "sample_data", "tests") for path in (ROOT / part).rglob("*.py")]
    telling = {
        name
        for path in files
        if not frozen.fullmatch(name := str(path.relative_to(ROOT))) and told.search(path.read_text(encoding="utf-8"))
    }
    older = {"spp_desktop/store/moved.py", "tests/store/test_upgrades.py"}
    assert telling <= places | older, "which say what an older plan held, and is given"


@pytest.mark.parametrize("title", EXAMPLES)
def test_every_place_that_is_named_is_there(title: str) -> None:
    assert [place for place in EXAMPLES[title].places if not (ROOT / place).is_file()] == []
