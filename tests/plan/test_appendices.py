"""The appendices: what their declarations say is what their pages of the documentation tell."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from spp_desktop.plan.appendices.efficiency import EFFICIENCY
from spp_desktop.plan.appendices.every import APPENDICES
from spp_desktop.plan.appendices.statutory import STATUTORY
from spp_desktop.plan.register import Register
from spp_desktop.plan.register_page import file_of, page

TABS = Path(__file__).parents[2] / "docs" / "tabs"
PAGES = [register for register in APPENDICES if register.page is not None]


@pytest.mark.parametrize("register", PAGES, ids=lambda register: register.name)
def test_the_page_of_the_documentation_is_what_is_declared(register: Register) -> None:
    assert register.page is not None
    assert (TABS / file_of(register.page)).read_text(encoding="utf-8") == page(register), (
        "make pictures writes it again"
    )


@pytest.mark.parametrize("register", PAGES, ids=lambda register: register.name)
def test_every_column_is_told_of(register: Register) -> None:
    text = page(register)
    for name in register.names:
        assert f"- **{register.heading(name)}**: " in text


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"actual": 80, "target": 80, "better": "Higher"}, "Met"),
        ({"actual": 79.9, "target": 80, "better": "Higher"}, "Not met"),
        ({"actual": 80, "target": 80, "better": "Lower"}, "Met"),
        ({"actual": 80.1, "target": 80, "better": "Lower"}, "Not met"),
        ({"actual": None, "target": 80, "better": "Lower"}, ""),
        ({"actual": 0, "target": None, "better": "Lower"}, ""),
    ],
)
def test_a_target_is_met_or_not_by_which_way_is_better(row: Mapping[str, Any], words: str) -> None:
    assert STATUTORY.computed[0].work_out(row, {}).text == words


def test_what_a_gain_comes_to_is_the_sum_of_its_years() -> None:
    planned, actual = (
        computed.work_out({"planned:2008": 1000, "planned:2009": 500}, {}) for computed in EFFICIENCY.computed
    )
    assert (planned.text, planned.sort, actual.text) == ("£1,500", 1500, "")
