"""The codes of police forces."""

import pytest

from spp_desktop.plan.force_codes import FORCES, force_code


@pytest.mark.parametrize(
    ("force", "code"),
    [
        ("West Midlands Police", "F41"),
        ("Avon & Somerset Constabulary", "F01"),
        ("Dyfed-Powys Police", "F12"),
        ("Metropolitan Police Service", "F25"),
        ("the CITY of LONDON police", "F05"),
        ("West Yorkshire Police", ""),
        ("Police", ""),
        ("", ""),
    ],
)
def test_a_force_is_known_by_its_name(force: str, code: str) -> None:
    assert force_code(force) == code


def test_every_code_stands_for_one_force() -> None:
    assert [force_code(name) for name in FORCES.values()] == list(FORCES) == [f"F{n:02}" for n in range(1, 42)]
