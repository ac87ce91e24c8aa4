"""What activities stand under goes out with the delivery plan, and comes back by the checks that typing has."""

from pathlib import Path

from spp_desktop.edits import deciding, issuing, receiving, taking
from spp_desktop.returns.catalogue.delivery_plan import DELIVERY_PLAN
from spp_desktop.store import queries
from spp_desktop.store.plain import STANDS_UNDER
from spp_desktop.store.workspace import Workspace
from tests.edits.filling import Filled
from tests.edits.test_homes import activity, keys_of, settle, stands

LEAVING = "It would leave its priority for another one with that. Is it meant?"


def test_a_home_goes_out_comes_back_and_is_undone(workspace: Workspace, tmp_path: Path) -> None:
    """By its place, with or without its P; a place that the plan does not have is asked about."""
    keys, path = keys_of(workspace), tmp_path / "plan.xlsx"
    settle(workspace, (keys["1.02"], STANDS_UNDER, keys["P1.1.1"]))
    issuing.issue(workspace, DELIVERY_PLAN, path, year=2008)
    with Filled(path, definition=DELIVERY_PLAN) as book:
        _, columns = book.headings()
        out = {ref: book.sheet().cell(book.row(ref), columns[STANDS_UNDER]).value for ref in ("1.01", "1.02", "2.01")}
        assert out == {"1.01": "P1", "1.02": "P1.1.1", "2.01": "P2"}
        book.put("1.01", **{STANDS_UNDER: "2.1.1"})
        book.put("1.02", **{STANDS_UNDER: "p1.1"})
        book.put("2.01", **{STANDS_UNDER: "P9.9"})
    review = receiving.review(workspace, path)
    asked = {each.ref: each for each in review.differences}
    assert (asked["1.01"].kind, asked["1.01"].returned, asked["1.01"].usable) == ("question", "P2.1.1", True)
    assert asked["1.01"].remark == "“2.1.1” was read as P2.1.1. " + LEAVING
    assert (asked["1.02"].kind, asked["1.02"].returned) == ("change", "P1.1")
    assert (asked["2.01"].kind, asked["2.01"].usable) == ("question", False)
    assert "“P9.9” is not one of those listed. Choose from: P1, P1.1" in asked["2.01"].remark
    taking.apply(workspace, [deciding.decided(workspace, review, [asked["1.01"]], "accept")])
    assert (stands(workspace, "1.01"), stands(workspace, "1.02")) == (("P2", "P2.1.1"), ("P1", "P1.1"))
    workspace.undo()
    assert stands(workspace, "1.01") == ("P1", "P1")


def test_a_home_changed_on_both_sides_is_a_conflict(workspace: Workspace, tmp_path: Path) -> None:
    keys, path = keys_of(workspace), tmp_path / "plan.xlsx"
    issuing.issue(workspace, DELIVERY_PLAN, path, year=2008)
    with Filled(path, definition=DELIVERY_PLAN) as book:
        book.put("1.01", **{STANDS_UNDER: "P2.1"})
    settle(workspace, (keys["1.01"], STANDS_UNDER, keys["P1.1"]))
    (asked,) = receiving.review(workspace, path).differences
    assert (asked.kind, asked.issued, asked.returned, asked.now) == ("conflict", "P1", "P2.1", "P1.1")


def test_a_new_activity_stands_where_its_row_says(workspace: Workspace, tmp_path: Path) -> None:
    """Under a home of the priority that its row names; under one of another it is refused, as typing does."""
    path = tmp_path / "plan.xlsx"
    issuing.issue(workspace, DELIVERY_PLAN, path, year=2008)
    with Filled(path, definition=DELIVERY_PLAN) as book:
        place = book.rows()[-1] + 1
        for n, home in enumerate(("P1.1", "P2.1")):
            book.put_at(
                place + n,
                ref=f"1.0{n + 7}",
                text=f"New work {n}",
                priority=activity(workspace, "1.01").priority,
                **{STANDS_UNDER: home},
            )
    review = receiving.review(workspace, path)
    assert [each.kind for each in review.differences][:1] == ["new row"]
    applied = taking.apply(workspace, [deciding.decided(workspace, review, review.differences, "accept")])
    assert stands(workspace, "1.03") == ("P1", "P1.1")
    (kept_back,) = applied.kept_back
    assert "What it is to stand under is of another priority" in kept_back.why
    assert [row.ref for row in workspace.read(queries.activities, 2008)] == ["1.01", "1.02", "1.03", "2.01"]
