"""The page of the documentation on the checks is the one that their rules make."""

from pathlib import Path

from spp_desktop.store.checks import page
from spp_desktop.store.checks.every import RULES

DOCS = Path(__file__).parents[3] / "docs" / "tabs"


def test_the_page_is_up_to_date(tmp_path: Path) -> None:
    page.main([str(tmp_path)])
    made = (tmp_path / page.FILE).read_text(encoding="utf-8")
    assert made == (DOCS / page.FILE).read_text(encoding="utf-8")
    assert all(f"(`{rule.name}`)" in made for rule in RULES)
