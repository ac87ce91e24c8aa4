"""The shapes of tables that docs/extracts.md lists, each read from a small file of our own making by what it says."""

import re
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from spp_desktop.edits import extract_names, import_report, importing_results
from spp_desktop.plan.results import Area
from spp_desktop.returns import extract_reading
from spp_desktop.returns.choosing import with_choice
from spp_desktop.returns.extract_reading import ExtractReading
from spp_desktop.returns.headings import named
from spp_desktop.returns.mapped import Extract, FileLook, look_at
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace
from tests.extracts.shapes import FOLDER, SHAPES, Shape, in_words, set_up

pytestmark = pytest.mark.usefixtures("read_here")

DOCS = Path(__file__).parents[2] / "docs" / "extracts.md"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan with two areas and some indicators, made once."""
    path = tmp_path_factory.mktemp("shapes") / "plan.plan"
    with Workspace.create(path, "Plan", 2008) as workspace:
        workspace.edit("set up", set_up, as_kind="built")
    return path


@pytest.fixture
def plan(made: Path, plan_path: Path) -> Iterator[Workspace]:
    """A copy of it."""
    with Workspace.open(shutil.copyfile(made, plan_path)) as workspace:
        yield workspace


def reading_of(plan: Workspace, look: FileLook, shape: Shape) -> ExtractReading:
    """The table that is meant, read as it seems to be meant, of the indicator that is chosen."""
    reading = extract_reading.proposed(look, plan.read(extract_names.plan_names))
    return reading.changed(replace(reading.mapping, indicator=shape.indicator)) if shape.indicator else reading


def taken(plan: Workspace, path: Path, reading: ExtractReading, shape: Shape) -> list[str]:
    """Take in a file, and give the lines of the report."""
    chosen = reading.chosen(plan.read(extract_names.first_year))
    names = plan.read(extract_names.keys_by_name, chosen.mapping)
    with closing(importing_results.gather(Extract(path), chosen, names, several_sheets=False)) as incoming:
        incoming.add_areas(wanted=shape.add_areas)
        counts = plan.read(importing_results.weigh, incoming)
        told = import_report.lines(incoming, counts, reading.unused())
        plan.edit("import", importing_results.take, incoming, as_kind="import")
    return [f"{line.what}: {line.number}" for line in told]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.file)
def test_a_table_comes_in_as_it_stands(plan: Workspace, shape: Shape) -> None:
    path = FOLDER / shape.file
    reading = reading_of(plan, look_at(path), shape)
    asked = [question.sentence for question in reading.questions]
    assert any(shape.asks in sentence for sentence in asked) if shape.asks else not asked, asked
    for name, choice in shape.columns.items():
        place = named(reading.table.headings).index(name)
        mapping = with_choice(reading.mapping, reading.table.headings, place, choice, reading.whole.period)
        reading = reading.changed(mapping)
    reading = reading.changed(replace(reading.mapping, **shape.chosen))
    assert not reading.questions
    told = taken(plan, path, reading, shape)
    assert in_words(plan, reading.mapping.state) == shape.words
    assert set(shape.told) <= set(told)
    assert reading.unused() == list(shape.unused)
    assert {row.title for row in plan.read(queries.register, Area)} == {"Northtown", "Southtown"}


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.file)
def test_what_was_chosen_is_kept_and_fits_again(plan: Workspace, shape: Shape) -> None:
    look = look_at(FOLDER / shape.file)
    reading = reading_of(plan, look, shape)
    for name, choice in shape.columns.items():
        place = named(reading.table.headings).index(name)
        mapping = with_choice(reading.mapping, reading.table.headings, place, choice, reading.whole.period)
        reading = reading.changed(mapping)
    reading = reading.changed(replace(reading.mapping, **shape.chosen))
    plan.edit("keep", importing_results.keep_mapping, "Kept", reading.mapping)
    kept = plan.read(importing_results.mappings)
    assert kept == {"Kept": reading.mapping}
    again = extract_reading.fitting(kept, look, reading.plan)
    assert again is not None
    assert (again.table, again.mapping, again.questions) == (reading.table, reading.mapping, [])


def test_every_shape_is_listed_with_its_file() -> None:
    listed = set(re.findall(r"`([a-z0-9_]+\.(?:csv|xlsx))`", DOCS.read_text(encoding="utf-8")))
    there = {path.name for path in FOLDER.iterdir() if path.suffix in (".csv", ".xlsx")}
    assert listed == there == {shape.file for shape in SHAPES}
    assert len(there) >= 20
