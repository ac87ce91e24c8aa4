"""What people seldom do to a return, found by the machine of random deeds, held fast by values."""

from pathlib import Path

import pytest

from spp_desktop.edits import deciding, receiving
from spp_desktop.store.workspace import Workspace
from tests.edits.filling import KEY, Filled, activity, found, sent


@pytest.fixture
def path(workspace: Workspace, tmp_path: Path) -> Path:
    """The status return of ACC Crime, who leads 1.01 and 2.01."""
    target = tmp_path / "crime.xlsx"
    sent(workspace, target)
    return target


def test_the_columns_behind_the_reference_sorted_alone_are_asked_about(workspace: Workspace, path: Path) -> None:
    with Filled(path) as book:
        book.put("1.01", status="On track")
        sheet, (first, second) = book.sheet(), book.rows()
        for column in range(KEY + 2, sheet.max_column + 1):
            one, other = sheet.cell(first, column), sheet.cell(second, column)
            one.value, other.value = other.value, one.value
    review = receiving.review(workspace, path)
    assert [(one.kind, one.ref, one.waits) for one in review.differences if one.kind in ("match", "change")] == [
        ("match", "1.01", False),
        ("match", "2.01", False),
        ("change", "2.01", True),
    ]
    assert review.differences[0].remark == (
        "Its reference and words are those of two rows, as when only some columns are sorted. "
        "By its hidden key it is 1.01, “Do what 1.01 says”; confirm that."
    )
    assert deciding.apply(workspace, [review]).accepted == 0
    assert activity(workspace, "2.01").status == ""


def test_a_reference_typed_over_is_only_a_request(workspace: Workspace, path: Path) -> None:
    with Filled(path) as book:
        book.put("1.01", status="On track")
        book.put("1.01", ref="9.99")
    review = receiving.review(workspace, path)
    assert found(review) == [("request", "9.99", "ref", "9.99"), ("change", "9.99", "status", "On track")]
