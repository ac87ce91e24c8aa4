"""What the performance plan tells of each indicator beside its targets; nothing of it is read back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from spp_desktop.edits import issuing, receiving
from spp_desktop.edits.sources.every import source_of
from spp_desktop.figures.targets import checks
from spp_desktop.returns.catalogue import every_return
from spp_desktop.returns.catalogue.performance_plan import PERFORMANCE_PLAN
from spp_desktop.returns.definition import Content
from spp_desktop.returns.placement import FIRST_ROW
from spp_desktop.returns.preview import preview
from spp_desktop.returns.workbook import write
from spp_desktop.store import judged, queries
from spp_desktop.store.workspace import Workspace
from tests.edits.filling import Filled

PLAN, JUDGED = PERFORMANCE_PLAN.listings


@pytest.fixture
def at_work(worked: Path) -> Iterator[Workspace]:
    with Workspace.open(worked) as opened:
        yield opened


def _content(workspace: Workspace) -> Content:
    return issuing.prepare(workspace, PERFORMANCE_PLAN)


def test_each_indicator_is_told_of_as_it_is_judged(at_work: Workspace) -> None:
    targets, told_of = _content(at_work).tables
    assert [line.key for line in told_of] == [line.key for line in targets]
    found = {one.series.indicator.key: one for one in at_work.read(judged.judged, at_work.read(queries.plan).today())}
    for line in told_of:
        one = found[line.key]
        assert str(line.values["why"]).startswith(one.sentence)
        assert str(line.values["judgement"]).startswith(one.look.word)
        assert str(line.values["direction"] or "").casefold() == one.direction.casefold()
        check = checks.check(one.series.indicator.targets, one.series.indicator.polarity)
        assert line.values["target_check"] == (check.sentence if check else None)


def test_what_it_says_of_one(at_work: Workspace) -> None:
    line = next(line for line in _content(at_work).tables[1] if line.values["ref"] == "PI02")
    assert line.values["latest"] == "4,384, September 2008, provisional"
    assert line.values["to_date"] == "26,941, April to September 2008"
    assert line.values["judgement"] == "Green"
    assert "trajectory of 27,620" in str(line.values["why"])
    assert line.values["aim"] == "27,620"
    assert str(line.values["variation"]).startswith("Sep 2008: Special cause of improving nature")
    assert "a month: Hit or miss" in str(line.values["assurance"])


def test_its_shares_have_even_decimals(at_work: Workspace) -> None:
    held = {str(line.values["ref"]): line.values for line in _content(at_work).tables[1]}
    assert str(held["PI05"]["latest"]).startswith("29.1%, September 2008")
    assert held["PI05"]["to_date"] == "33.0%, April to September 2008"


def test_a_plan_without_results_says_so(workspace: Workspace) -> None:
    (line,) = _content(workspace).tables[1]
    assert line.values["latest"] is None
    assert line.values["judgement"] == "No data"


def test_no_other_table_tells_of_it(at_work: Workspace) -> None:
    for definition in every_return():
        for listing in definition.listings:
            assert bool(at_work.read(source_of(listing).told)) is (listing is JUDGED)
            assert listing.only_tells is (listing is JUDGED or listing.source == "efficiency_target")


def test_nothing_of_it_is_read_back(at_work: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan.xlsx"
    issuing.issue(at_work, PERFORMANCE_PLAN, path)
    with Filled(path, definition=PERFORMANCE_PLAN) as book:
        book.put("PI02", JUDGED.title, ref="PI99", why="Because", judgement="Blue")
        book.delete("PI03", JUDGED.title)
    monkeypatch.setattr(judged, "judged", lambda *_: pytest.fail("nothing is judged to read a file"))
    review = receiving.review(at_work, path)
    assert (review.summary, review.differences, review.notices) == ("No changes.", (), ())
    with Filled(path, definition=PERFORMANCE_PLAN) as book:
        del book.book[JUDGED.title]
    assert receiving.review(at_work, path).notices == ()


def test_the_sheet_says_that_there_is_nothing_to_fill_in(at_work: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    content = issuing.issue(at_work, PERFORMANCE_PLAN, path)
    assert content.rows == 22
    assert issuing.counted(PERFORMANCE_PLAN, content) == "22 indicators"
    sheet = load_workbook(path)[JUDGED.title]
    assert "for reference" in str(sheet["B4"].value)
    assert all(cell.protection.locked for row in sheet.iter_rows(FIRST_ROW) for cell in row)


def test_a_blank_form_has_no_rows_for_it(workspace: Workspace, tmp_path: Path) -> None:
    content = issuing.blank(workspace, PERFORMANCE_PLAN)
    write(PERFORMANCE_PLAN, content, tmp_path / "blank.xlsx")
    tables = preview(PERFORMANCE_PLAN, content)
    assert [len(table.rows) for table in tables] == [issuing.BLANK_ROWS, 0]
    assert not any(heading.is_open for heading in tables[1].headings)
