"""What a firm chose in Slack: kept whole, changed with its before and after, begun from the program's."""

from dataclasses import fields
from datetime import date, timedelta

from db import audit, firm_settings
from db.engine import Database
from db.firm_settings import Banking, FirmSettings, Policy
from db.firms import Firm
from tests.db.conftest import NOW

CHOSEN = FirmSettings(
    approval_channel="C0APPROVE",
    digest_channel="C0BOOKS",
    digest_named_in="C0BOOKS",
    digest_at="08:30",
    digest_days=(1, 3, 7),
    all_clear_on=5,
    policy=Policy.BY_RISK,
    digest_set_at=NOW,
    asks_new_contact=False,
    asks_changed_mapping=False,
    asks_over=None,
    asks_more_than=3,
    asks_older_days=None,
    filed_through=date(2026, 9, 30),
    request_hours=24,
    away=(("U0BEN", "2026-12-04", "U0ALICE"),),
    trust_approver="U0BEN",
    alone_by="U0ALICE",
    alone_at=NOW,
    banking=Banking.UNEARNED,
    banking_by="U0ALICE",
    banking_at=NOW,
    go_live=date(2026, 10, 1),
    go_live_said=True,
    bank_converts=True,
)


def test_a_firm_that_chose_nothing_begins_with_always(database: Database, firm: Firm) -> None:
    """Nothing is booked without a second person until the firm says otherwise."""
    with database.read() as session:
        found = firm_settings.settings_of(session, firm.id)
    assert Policy.ALWAYS is found.policy
    assert found == FirmSettings()


def test_every_choice_is_kept_as_it_was_made(database: Database, firm: Firm) -> None:
    """Days, moments and empty answers come back as they went in."""
    chosen = {one.name: getattr(CHOSEN, one.name) for one in fields(FirmSettings)}
    assert [name for name, value in chosen.items() if value == getattr(FirmSettings(), name)] == []
    with database.write() as session:
        firm_settings.change(session, firm_id=firm.id, by="U0ALICE", now=NOW, **chosen)
    with database.read() as session:
        assert firm_settings.settings_of(session, firm.id) == CHOSEN


def test_a_change_keeps_who_before_and_after(database: Database, firm: Firm) -> None:
    """The chain has a line with the fields that changed; the same again adds none."""
    for hours in (24, 48, 48):
        with database.write() as session:
            firm_settings.change(session, firm_id=firm.id, by="U0ALICE", now=NOW, request_hours=hours)
    with database.read() as session:
        lines = [one for one in audit.lines(session, firm.id) if one.verb == "settings.changed"]
    assert ['{"request_hours":"72 \\u2192 24"}', '{"request_hours":"24 \\u2192 48"}'] == [
        one.content for one in lines
    ]
    assert {"U0ALICE"} == {one.actor for one in lines}


def test_the_program_begins_what_the_firm_then_chooses(database: Database, firm: Firm) -> None:
    """The environment's channels hold until somebody chooses in Slack; then never again."""
    later = NOW + timedelta(days=1)
    with database.write() as session:
        firm_settings.begin(session, firm_id=firm.id, now=NOW, approval_channel="C1", digest_channel="")
        firm_settings.change(session, firm_id=firm.id, by="U0ALICE", now=NOW, approval_channel="C2")
        firm_settings.begin(session, firm_id=firm.id, now=later, approval_channel="C1", digest_at="07:00")
        found = firm_settings.settings_of(session, firm.id)
    assert ("C2", "09:00") == (found.approval_channel, found.digest_at)
