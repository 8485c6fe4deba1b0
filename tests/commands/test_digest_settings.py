"""`/qb-digest` shows the digest to one person now, and lets an admin set it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from commands.mornings import post_due
from commands.zones import zone_of
from db import firm_settings, firms
from tests.commands.forging import as_person, last_payload, post
from tests.commands.house import House, firm_of, seen_modal
from tests.commands.test_digest import everything_listed

if TYPE_CHECKING:
    from db.chosen import FirmSettings
    from db.firms import Firm


def test_the_command_shows_it_now_and_admins_set_it(house: House) -> None:
    """Maria sees; Alice chooses hour, days and a private channel; today isn't made up for."""
    house.ready_to_sync()
    house.maria.command("/qb-digest")
    told = seen_modal(house.maria, "not in QuickBooks yet").words
    assert "Change" not in everything_listed(house.maria)
    assert "Osei" in told or "Page 1 of" in told
    house.alice.command("/qb-digest")
    seen_modal(house.alice, "Nowhere yet: no channel is chosen")
    house.alice.click("open_digest_settings")
    seen_modal(house.alice, "with clients' names")
    house.alice.choose("digest_private", "C0BOOKS")
    house.alice.choose("digest_any", "C0GENERAL")
    house.alice.fill("digest_at", "00:00")
    house.alice.tick("digest_days", "Saturday", "Sunday")
    assert "Choose one of the two" in str(house.alice.submit())
    house.alice.choose("digest_any")
    house.alice.submit()
    chosen = chosen_by(house)
    assert ("C0BOOKS", "C0BOOKS", "00:00", (1, 2, 3, 4, 5, 6, 7)) == (
        chosen.digest_channel,
        chosen.digest_named_in,
        chosen.digest_at,
        chosen.digest_days,
    )
    seen_modal(house.alice, "The first digest comes tomorrow,")
    assert 0 == post_due(house.program.context)


def test_an_hour_chosen_anew_that_is_still_ahead_comes_today(house: House) -> None:
    """Though the hour that was chosen first was over; and each Save says when the next one comes."""
    for hour, told in (
        ("00:00", "The first digest comes tomorrow,"),
        ("23:59", "The first digest comes today,"),
    ):
        house.alice.command("/qb-digest")
        seen_modal(house.alice, "*Posted*")
        house.alice.click("open_digest_settings")
        seen_modal(house.alice, "with clients' names")
        house.alice.choose("digest_any", "C0GENERAL")
        house.alice.fill("digest_at", hour)
        house.alice.tick("digest_days", "Saturday", "Sunday")
        house.alice.submit()
        assert f" at {hour} (" in seen_modal(house.alice, told).words
        house.alice.close()
        house.alice.close()
    (zone,) = (zone_of(one.timezone) for one in every_firm(house))
    tonight = datetime.now(zone).replace(hour=23, minute=59, second=59)
    assert 1 == post_due(replace(house.program.context, clock=lambda: tonight.astimezone(UTC)))


def every_firm(house: House) -> tuple[Firm, ...]:
    """The one firm there is."""
    with house.program.database.read() as session:
        return firms.all_firms(session)


def test_an_hour_that_is_none_is_never_kept(house: House) -> None:
    """A forged submission: else no firm's digest would come any more."""
    house.alice.command("/qb-digest")
    seen_modal(house.alice, "Nowhere yet")
    house.alice.click("open_digest_settings")
    seen_modal(house.alice, "with clients' names")
    house.alice.submit()
    payload = last_payload(house, "view_submission")
    values = payload["view"]["state"]["values"]
    values["digest_at"]["digest_at"]["selected_time"] = "25:61"
    values["digest_days"]["digest_days"]["selected_options"] = [{"value": "eight"}]
    assert {
        "digest_at": "Choose an hour, such as 09:00.",
        "digest_days": "Tick at least one day.",
    } == post(house, payload).json()["errors"]
    assert "09:00" == chosen_by(house).digest_at


def test_only_an_admin_sets_it(house: House) -> None:
    """Maria's forged submission is refused and says who may."""
    house.alice.command("/qb-digest")
    seen_modal(house.alice, "Nowhere yet")
    house.alice.click("open_digest_settings")
    seen_modal(house.alice, "with clients' names")
    house.alice.choose("digest_any", "C0GENERAL")
    house.alice.submit()
    forged = as_person(last_payload(house, "view_submission"), "U0MARIA")
    forged["view"]["state"]["values"]["digest_at"]["digest_at"]["selected_time"] = "06:00"
    assert "Only an admin may change the daily digest" in post(house, forged).text
    assert ("C0GENERAL", "09:00") == (chosen_by(house).digest_channel, chosen_by(house).digest_at)


def chosen_by(house: House) -> FirmSettings:
    """What the firm chose."""
    with house.program.database.read() as session:
        return firm_settings.settings_of(session, firm_of(house))
