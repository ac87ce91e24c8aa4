"""What a person answers in tests that are about something else: a status is set without a reason."""

import pytest

from spp_desktop.ui.delivery import status_reasons


@pytest.fixture
def asked_why() -> None:
    """Of a test in which the reason for a status is asked for, as it is in the program."""


@pytest.fixture(autouse=True)
def leaves_reasons(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave each status that is set without a reason, unless the test asks to be asked."""
    if "asked_why" not in request.fixturenames:
        monkeypatch.setattr(status_reasons, "reason_from", lambda dialog: dialog.deleteLater() or "")
