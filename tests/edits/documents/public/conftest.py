"""What the tests of the public edition stand on: a small plan of which everything was released."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session, select

from spp_desktop.edits import disclosures, rows
from spp_desktop.edits.documents.public import edition
from spp_desktop.edits.documents.public.edition import EditionAsk
from spp_desktop.plan.disclosures import SmallNumbers
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.releasable import PublicItem, releasable_columns, releasable_tables
from spp_desktop.plan.results import Area, Result
from spp_desktop.plan.rows import kinds_of_row
from spp_desktop.returns.publication import writing
from spp_desktop.store.workspace import Workspace

BY = "Head of planning"
ASKED = EditionAsk(date(2026, 11, 30), contact="The planning office")


def release_all(session: Session) -> None:
    """A verb: release every row and every column that can be."""
    columns = [PublicItem.of_column(name) for name in releasable_columns()]
    items = [
        PublicItem(table, row.id)
        for table in releasable_tables()
        for row in session.exec(select(kinds_of_row()[table])).all()
    ]
    disclosures.release(session, [*columns, *items], BY)


@pytest.fixture(scope="session")
def released_plan(small_plan: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the small plan, all of which was released; with victims counted in areas and months."""
    path = Path(shutil.copy(small_plan, tmp_path_factory.mktemp("released") / "plan.sppplan"))
    with Workspace.open(path) as workspace:
        workspace.edit("count victims", count_victims)
        workspace.edit("release all", release_all)
    return path


@pytest.fixture
def released(released_plan: Path, plan_path: Path) -> Iterator[Workspace]:
    """That plan, open."""
    shutil.copyfile(released_plan, plan_path)
    with Workspace.open(plan_path) as workspace:
        yield workspace


def count_victims(session: Session) -> None:
    """A verb: count persons in three areas and in the force, over a quarter and its months; few in the north."""
    indicator = session.exec(select(Indicator.id)).one()
    rows.change(session, Indicator, indicator, measure="count")
    areas = [rows.add(session, Area, title=title) for title in ("North", "South", "East")]
    for month in (4, 5, 6):
        for area, value in zip((*areas, None), (3, 30 + month, 40, 73 + month), strict=True):
            rows.add(session, Result, **_result(indicator, area, value, month, month))
    for area, value in zip((*areas, None), (9, 105, 120, 234), strict=True):
        rows.add(session, Result, **_result(indicator, area, value, 4, 6))
    rule = {"item_table": "indicator", "item_key": indicator, "persons": True, "method": "suppress", "threshold": 5}
    rows.add(session, SmallNumbers, **rule, decided_by=BY, decided_on=date(2026, 11, 1))


def _result(indicator: str, area: str | None, value: float, first: int, last: int) -> dict[str, object]:
    ends = date(2008, last, 31 if last == 5 else 30)
    days = {"period_from": date(2008, first, 1), "period_to": ends}
    return {"indicator_id": indicator, "area_id": area, "value": value, **days}


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Editions have the page and the data alone, which are made in a moment."""
    monkeypatch.setattr(edition, "DOCUMENT_FORMS", (".html",))
    monkeypatch.setattr(writing, "FORMS", ("csv",))
