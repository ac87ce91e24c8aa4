from collections.abc import Iterator
from pathlib import Path

import pytest

from spp_desktop.store.workspace import Workspace
from tests.sample_data.document import SOURCE, Printed
from tests.sample_data.document import printed as read_printed


@pytest.fixture
def printed() -> Printed:
    return read_printed(SOURCE.read_text(encoding="utf-8"))


@pytest.fixture
def plan(published: Path) -> Iterator[Workspace]:
    with Workspace.open(published, read_only=True) as opened:
        yield opened


@pytest.fixture
def at_work(worked: Path) -> Iterator[Workspace]:
    with Workspace.open(worked, read_only=True) as opened:
        yield opened
