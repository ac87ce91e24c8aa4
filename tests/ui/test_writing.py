"""Workbooks that are written beside the window."""

from pathlib import Path

from openpyxl import load_workbook

from spp_desktop.edits import rows
from spp_desktop.plan.delivery import Activity
from spp_desktop.returns.catalogue.delivery_plan import DELIVERY_PLAN
from spp_desktop.store import as_at, moments
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.returned.writing import Order, writing


def test_a_plan_as_it_was_goes_out_as_it_was(workspace: Workspace, tmp_path: Path) -> None:
    """It is in memory alone: no file holds it."""
    then = workspace.read_beside(moments.now)
    (key,) = workspace.read_beside(lambda raw: raw.execute("SELECT id FROM activity WHERE ref = '1.01'").fetchone())
    workspace.edit("reword it", rows.change, Activity, key, text="Said since")
    path = tmp_path / "plan.xlsx"
    with as_at.opened(workspace, then) as past:
        job = writing(past, Order(DELIVERY_PLAN, "", 2008, None, None, path), "Writing")
    job(lambda *_: None)  # type: ignore[arg-type] # nobody hears how far it is
    texts = {cell.value for sheet in load_workbook(path) for row in sheet.iter_rows() for cell in row}
    assert "Do what 1.01 says" in texts
    assert "Said since" not in texts
