"""The one clock: kept in UTC, shown as the person's own clock has it, and said to be so."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.store import backups, checking, clock, locks
from spp_desktop.store.workspace import Workspace
from tests.store.conftest import sql

LONDON = "GMT0BST,M3.5.0/1,M10.5.0/2"
AHEAD = "XST-5:30"
NOON = "2026-07-01T12:00:00.123456+00:00"


@pytest.mark.parametrize(
    ("zone_named", "at", "words"),
    [
        ("UTC0", NOON, "1 Jul 2026 12:00"),
        (LONDON, NOON, "1 Jul 2026 13:00"),
        (LONDON, "2026-01-01T12:00:00+00:00", "1 Jan 2026 12:00"),
        (LONDON, "2026-03-31T23:30:00+00:00", "1 Apr 2026 00:30"),
        (AHEAD, NOON, "1 Jul 2026 17:30"),
        (AHEAD, "2026-07-01T12:00:00Z", "1 Jul 2026 17:30"),
        (AHEAD, "2026-07-01T09:30", "1 Jul 2026 09:30"),
        (AHEAD, "an unknown time", "an unknown time"),
        (AHEAD, "", ""),
        ("XST12", "0001-01-01T00:00:00+00:00", "0001-01-01T00:00:00+00:00"),
    ],
)
def test_a_time_as_the_persons_clock_has_it(zone: Callable[[str], None], zone_named: str, at: str, words: str) -> None:
    zone(zone_named)
    assert clock.local_time(at) == words
    assert clock.time_in_words(at) == (f"{words} local time" if clock.moment(at) else words)


def test_the_day_is_the_day_here(zone: Callable[[str], None]) -> None:
    zone(LONDON)
    assert clock.local_day("2026-03-31T23:30:00+00:00") == date(2026, 4, 1)
    with pytest.raises(ValueError, match="“soon” is no time"):
        clock.local_day("soon")


def test_now_is_kept_in_utc_and_read_back_here(zone: Callable[[str], None]) -> None:
    zone(AHEAD)
    assert datetime.fromisoformat(clock.now()).utcoffset() == timedelta(0)
    assert clock.local_now().utcoffset() == timedelta(hours=5, minutes=30)
    assert abs(clock.local_now() - datetime.fromisoformat(clock.now())) < timedelta(minutes=1)


@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2200, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - hypothesis adds the zone
def test_a_moment_is_the_same_moment(at: datetime) -> None:
    assert clock.moment(at.isoformat()) == at == clock.moment(at)


def test_what_is_said_of_a_file_is_local_time(
    workspace: Workspace, zone: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    zone(AHEAD)
    monkeypatch.setattr(clock, "now", lambda: NOON)
    monkeypatch.setattr(clock, "local_now", lambda: datetime.fromisoformat(NOON).astimezone())
    workspace.edit("retitle the plan", sql, "UPDATE plan SET force='X'")
    workspace.close()
    (version,) = backups.earlier_versions(workspace.path)
    assert "2026-07-01 17.30" in version.path.name
    assert clock.time_in_words(version.at) == "1 Jul 2026 17:30 local time"
    with Workspace.open(workspace.path) as holder, Workspace.open(workspace.path) as second:
        assert not holder.read_only
        assert "since 1 Jul 2026 17:30 local time has plan.plan open" in second.notices[0]
        report = "\n".join(checking.check_file(workspace.path).lines)
    assert report.count("1 Jul 2026 17:30 local time") == 3, "who has it, the newest earlier version, the last step"
    assert "12:00" not in report


def test_a_lock_says_its_time_with_the_zone(workspace: Workspace, zone: Callable[[str], None]) -> None:
    """So that it is understood on a machine whose clock is elsewhere."""
    workspace.close()
    zone(AHEAD)
    with Workspace.open(workspace.path) as holder:
        kept = json.loads(locks.lock_file(holder.path).read_text())["since"]
        assert kept.endswith("+05:30")
        zone(LONDON)
        since = locks.holder_of(Path(holder.path))
        assert since is not None
        assert clock.local_time(kept) in since.in_words()
