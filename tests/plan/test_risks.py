"""The data of the register of risks: what its scale ships with, and what a score says."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.plan.risks import RISKS, RiskBand, RiskImpact, RiskLikelihood, band
from spp_desktop.plan.rows import check

BANDS: list[dict[str, Any]] = [dict(row) for row in RiskBand.shipped]
KNOWN = {
    "risk_likelihood": [{"id": f"l{row['number']}", **row} for row in RiskLikelihood.shipped],
    "risk_impact": [{"id": f"i{row['number']}", **row} for row in RiskImpact.shipped],
    "risk_band": BANDS,
}


@pytest.mark.parametrize("model", [RiskLikelihood, RiskImpact, RiskBand])
def test_what_ships_keeps_the_rules_of_its_table(model: type[RiskBand]) -> None:
    assert len([check(model, row) for row in model.shipped]) in (3, 5)


@pytest.mark.parametrize(("score", "word"), [(1, "Low"), (4, "Low"), (5, "Medium"), (14, "Medium"), (25, "High")])
def test_a_score_falls_into_the_highest_band_begun(score: int, word: str) -> None:
    found = band(score, BANDS)
    assert found is not None
    assert found["title"] == word


def test_a_score_below_all_bands_has_no_word() -> None:
    assert band(2, BANDS[1:]) is None


@given(st.integers(1, 5), st.integers(1, 5))
def test_a_score_is_likelihood_times_impact(likelihood: int, impact: int) -> None:
    row = {"likelihood_id": f"l{likelihood}", "impact_id": f"i{impact}"}
    said = RISKS.computed[0].work_out(row, KNOWN)
    assert said.sort == likelihood * impact
    assert said.text.startswith(f"{likelihood * impact} ")
    assert all(said.colours)


@pytest.mark.parametrize(
    "row", [{"likelihood_id": "l1", "impact_id": None}, {"likelihood_id": None, "impact_id": "i2"}]
)
def test_half_a_score_is_none(row: dict[str, str | None]) -> None:
    assert RISKS.computed[0].work_out(row, KNOWN).text == ""
