"""Who opened Home: whom it is kept fresh for, and who has done with the first-visit guide."""

from datetime import date, datetime, timedelta

import pytest

from db import audit, others, visits
from db.engine import Database
from db.firms import Firm
from db.others import Kept
from tests.db.conftest import NOW

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
LONG_AGO = NOW - 12 * HOUR


def _open(database: Database, firm: Firm, user_id: str = "U0MARIA", at: datetime = NOW) -> None:
    with database.write() as session:
        visits.opened(session, firm.id, user_id, at)


def _decide(database: Database, firm: Firm) -> None:
    with database.write() as session:
        audit.record(session, firm_id=firm.id, at=NOW, actor="U", verb="v", subject="s", content={})


def _outdated(database: Database, at: datetime = NOW) -> dict[str, str]:
    with database.read() as session:
        return visits.outdated(session, at, LONG_AGO)


def _publish(
    database: Database, firm: Firm, *, user_id: str = "U0MARIA", rests_until: datetime = NOW
) -> None:
    with database.write() as session:
        shown = visits.state_of(session, firm.id)
        visits.published(session, firm.id, user_id, shown=shown, view_hash="h", rests_until=rests_until)


def test_the_first_visit_is_kept_and_later_ones_counted(database: Database, firm: Firm) -> None:
    """Of two visits the first one's moment stays."""
    _open(database, firm)
    _open(database, firm, at=NOW + HOUR)
    with database.read() as session:
        visit = visits.get(session, firm.id, "U0MARIA")
    assert visit is not None
    assert (NOW, NOW + HOUR) == (visit.first_at, visit.opened_at)


def test_who_never_opened_it_is_not_known(database: Database, firm: Firm, other_firm: Firm) -> None:
    """Nor does a visit in another firm count."""
    _open(database, other_firm)
    with database.read() as session:
        assert visits.get(session, firm.id, "U0MARIA") is None
        assert () == visits.visitors(session, firm.id, LONG_AGO)


def test_what_was_just_opened_is_out_of_date(database: Database, firm: Firm) -> None:
    """Nothing was published yet."""
    _open(database, firm)
    assert [firm.id] == list(_outdated(database))


def test_a_decision_puts_it_out_of_date(database: Database, firm: Firm) -> None:
    """Every decision is a line of the audit."""
    _open(database, firm)
    _publish(database, firm)
    assert {} == _outdated(database)
    _decide(database, firm)
    assert [firm.id] == list(_outdated(database))


def test_a_look_at_quickbooks_puts_it_out_of_date(database: Database, firm: Firm) -> None:
    """What it found may hold what was called ready; and Home says when it was."""
    _open(database, firm)
    for at in (NOW, NOW + HOUR):
        _publish(database, firm)
        assert {} == _outdated(database)
        with database.write() as session:
            others.keep(session, firm.id, "realm", Kept(date(2026, 1, 1), at, ()))
        assert [firm.id] == list(_outdated(database))


def test_a_decision_of_another_firm_does_not(database: Database, firm: Firm, other_firm: Firm) -> None:
    """Each firm has its own records."""
    _open(database, firm)
    _publish(database, firm)
    _decide(database, other_firm)
    assert {} == _outdated(database)


@pytest.mark.parametrize(("after", "expected"), [(4 * SECOND, 0), (5 * SECOND, 1)])
def test_it_rests_after_it_was_published(
    database: Database, firm: Firm, after: timedelta, expected: int
) -> None:
    """However much is decided meanwhile."""
    _open(database, firm)
    _publish(database, firm, rests_until=NOW + 5 * SECOND)
    _decide(database, firm)
    assert expected == len(_outdated(database, NOW + after))


def test_who_still_rested_when_another_was_served_waits_under_a_word_of_their_own(
    database: Database, firm: Firm
) -> None:
    """One word for both would be taken for done, and the second would look at old things."""
    _open(database, firm)
    _open(database, firm, user_id="U0BEN")
    _publish(database, firm, rests_until=NOW + 5 * SECOND)
    _decide(database, firm)
    for_ben = _outdated(database)
    assert for_ben == _outdated(database)
    _publish(database, firm, user_id="U0BEN", rests_until=NOW + 9 * SECOND)
    assert {} == _outdated(database, NOW + 4 * SECOND)
    for_maria = _outdated(database, NOW + 5 * SECOND)
    assert [firm.id] == list(for_maria)
    assert for_ben != for_maria


def test_nobody_keeps_it_fresh_for_who_has_not_opened_it_for_long(database: Database, firm: Firm) -> None:
    """Opening it is soon enough for them."""
    _open(database, firm, at=LONG_AGO - SECOND)
    assert {} == _outdated(database)


def test_the_guide_ends_once(database: Database, firm: Firm) -> None:
    """The first moment stays; opening Home again doesn't bring it back."""
    _open(database, firm)
    with database.write() as session:
        visits.end_guide(session, firm.id, "U0MARIA", NOW)
        visits.end_guide(session, firm.id, "U0MARIA", NOW + HOUR)
    _open(database, firm, at=NOW + HOUR)
    with database.read() as session:
        visit = visits.get(session, firm.id, "U0MARIA")
    assert visit is not None
    assert NOW == visit.guide_ended_at


def test_who_came_last_is_first(database: Database, firm: Firm) -> None:
    """They are the likeliest to look at it."""
    _open(database, firm, "U0BEN", NOW - HOUR)
    _open(database, firm)
    with database.read() as session:
        found = visits.visitors(session, firm.id, LONG_AGO)
    assert ["U0MARIA", "U0BEN"] == [one.user_id for one in found]
