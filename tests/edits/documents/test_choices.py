"""What can be chosen of a document before it is made."""

import itertools
from pathlib import Path

from spp_desktop.edits import reporting_periods
from spp_desktop.edits.documents import choices
from spp_desktop.edits.documents.choices import OFFERED
from spp_desktop.store.workspace import Workspace


def test_a_plan_without_periods_offers_the_quarters_of_its_years_that_have_begun(published: Path) -> None:
    with Workspace.open(published) as workspace:
        offered = workspace.read(choices.periods)
        assert offered
        assert all(earlier.time.last < later.time.first for later, earlier in itertools.pairwise(offered))
        assert workspace.read(choices.period_of, offered[-1].key) == offered[-1]
        assert workspace.read(choices.period_of, "") in offered


def test_the_period_that_is_answered_now_is_the_usual_one(published: Path) -> None:
    with Workspace.open(published) as workspace:
        made = workspace.edit("make periods", reporting_periods.make_periods)
        asked = made[2]
        workspace.edit("open one", reporting_periods.open_period, asked, "Planning")
        assert workspace.read(choices.period_of, "").key == asked


def test_each_kind_of_choice_offers_the_plans_own(published: Path) -> None:
    with Workspace.open(published) as workspace:
        counts = {choice: len(workspace.read(offered)) for choice, offered in OFFERED.items()}
        titles = [each.title for each in workspace.read(OFFERED["owner"])]
    assert counts["indicator"] == 22
    assert counts["priority"] > 0
    assert "ACC Crime" in titles
