"""The newest syncs on `/qb` and Home: each is told as it ended, and a stopped one can be resumed."""

from dataclasses import replace

import pytest

from commands.views import overview as views
from commands.views.standing import RecentSync, StoppedSync
from db.syncs import SyncState
from tests.views.cast import NOW
from tests.views.limits import words
from tests.views.test_overview import BUSY


def test_a_stopped_sync_is_not_called_finished() -> None:
    """What was stopped and what needs somebody is said; who may resume it finds the button, others don't."""
    ended = RecentSync("U0MARIA", NOW, "done", 30, "Amélie Tremblay", stopped=12, attention=2)
    stopped = StoppedSync("S-1", "Amélie Tremblay", "U0BEN", 12, 30, may=True)
    told = words(views.screen(replace(BUSY, syncs=(ended,), stopped=(stopped,))))
    assert "stopped, 12 not booked; 2 need attention, by <@U0MARIA>" in told
    assert "finished" not in told
    assert "<@U0BEN> stopped* the sync for Amélie Tremblay: 12 of 30 invoices are not booked." in told
    assert "Resume 12 Invoices" in told
    others = words(views.screen(replace(BUSY, syncs=(ended,), stopped=(replace(stopped, may=False),))))
    assert "Resume" not in others


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (SyncState.PROPOSED, "waiting for Book"),
        (SyncState.APPROVED, "under way"),
        (SyncState.RUNNING, "under way"),
        (SyncState.DONE, "finished"),
        (SyncState.SUPERSEDED, "not booked: something changed, and it was asked again"),
        (SyncState.CANCELLED, "cancelled, not booked"),
    ],
)
def test_each_sync_is_told_as_it_ended(state: SyncState, told: str) -> None:
    """What was cancelled isn't under way, and what is finished may have booked nothing."""
    sync = RecentSync("U0MARIA", NOW, state, 3, "Amélie Tremblay")
    shown = words(views.screen(replace(BUSY, syncs=(sync,))))
    assert f"3 invoices for Amélie Tremblay, {told}, by <@U0MARIA>" in shown
