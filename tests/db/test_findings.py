"""Checks of the books: once a night; what they found is told once, settled once, and never another firm's."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from itertools import count
from typing import TYPE_CHECKING

from db import audit, checks, findings
from db.findings import Kept, Seen, Standing
from tests.db.conftest import NOW

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from db.engine import Database
    from db.firms import Firm

REALM, NIGHT = "9130", date(2026, 11, 20)
MARK = "[rec:ABCDEFGHIJKLMNOPQRST22]"
EDITED = Seen("edited", "Payment", MARK, None, {"note": "<!channel> & René \\ 马春梅"}, "1" * 64)
OTHERWISE = Seen("edited", "Payment", MARK, None, {"note": "otherwise"}, "2" * 64)
TWIN = Seen("twin", "Payment", MARK, None, {}, "3" * 64)


def keep(
    database: Database,
    firm: Firm,
    *seen: Seen,
    gone: Sequence[str] = (),
    new_id: Callable[[], str],
) -> Kept:
    """A check that saw this."""
    with database.write() as session:
        return findings.keep(
            session, firm_id=firm.id, realm_id=REALM, seen=seen, gone=gone, now=NOW, new_id=new_id
        )


def settle(database: Database, firm: Firm, finding_id: str, by: str = "U0BEN") -> bool:
    """Somebody deals with it."""
    with database.write() as session:
        return findings.settle(session, firm_id=firm.id, finding_id=finding_id, by=by, now=NOW)


def test_a_finding_is_news_once(database: Database, firm: Firm, new_id: Callable[[], str]) -> None:
    """Seen again as it was, it is none; changed, it is again, under the same id."""
    (first,) = keep(database, firm, EDITED, new_id=new_id).news
    assert () == keep(database, firm, EDITED, new_id=new_id).news
    assert (first,) == keep(database, firm, OTHERWISE, new_id=new_id).news
    assert 1 == len(keep(database, firm, OTHERWISE, TWIN, new_id=new_id).news)
    with database.read() as session:
        kept = findings.open_ones(session, firm.id, REALM)
    assert {("edited", "otherwise"), ("twin", None)} == {(one.kind, one.content.get("note")) for one in kept}


def test_a_finding_is_settled_once(database: Database, firm: Firm, new_id: Callable[[], str]) -> None:
    """By the first who says so; unchanged it stays settled, changed it is open again with no name on it."""
    (one,) = keep(database, firm, EDITED, new_id=new_id).news
    assert (True, False) == (settle(database, firm, one), settle(database, firm, one, "U0ALICE"))
    keep(database, firm, EDITED, new_id=new_id)
    with database.read() as session:
        (kept,) = findings.known(session, firm.id, REALM)
        assert (Standing.SETTLED, "U0BEN", NOW) == (kept.standing, kept.settled_by, kept.settled_at)
        assert () == findings.open_ones(session, firm.id, REALM)
    keep(database, firm, OTHERWISE, new_id=new_id)
    with database.read() as session:
        (kept,) = findings.open_ones(session, firm.id, REALM)
    assert ("", None) == (kept.settled_by, kept.settled_at)


def test_what_is_gone_is_known_no_more_and_may_come_back(
    database: Database, firm: Firm, new_id: Callable[[], str]
) -> None:
    """Gone once; seen again, even as it was, it is news."""
    (one,) = keep(database, firm, EDITED, new_id=new_id).news
    assert (one,) == keep(database, firm, gone=[one], new_id=new_id).gone
    assert () == keep(database, firm, gone=[one], new_id=new_id).gone
    assert not settle(database, firm, one)
    with database.read() as session:
        assert () == findings.known(session, firm.id, REALM)
        assert [Standing.GONE] == [each.standing for each in findings.these(session, firm.id, [one])]
    assert (one,) == keep(database, firm, EDITED, new_id=new_id).news


def test_another_firms_findings_are_out_of_reach(
    database: Database, firm: Firm, other_firm: Firm, new_id: Callable[[], str]
) -> None:
    """Neither seen, settled nor cleared by their ids, and the same mark is another finding there."""
    (one,) = keep(database, firm, EDITED, new_id=new_id).news
    (theirs,) = keep(database, other_firm, EDITED, new_id=new_id).news
    assert one != theirs
    assert not settle(database, other_firm, one)
    assert () == keep(database, other_firm, gone=[one], new_id=new_id).gone
    with database.read() as session:
        assert () == findings.these(session, other_firm.id, [one])
        assert [one] == [each.id for each in findings.open_ones(session, firm.id, REALM)]
        assert () == findings.known(session, firm.id, "another company")


def test_what_two_checks_see_at_once_is_kept_once(database: Database, firm: Firm) -> None:
    """A night's check beside one that somebody asked for: one row, one of them has the news."""
    numbers = count(1)

    def look(_: int) -> int:
        return len(keep(database, firm, EDITED, TWIN, new_id=lambda: f"finding {next(numbers)}").news)

    with ThreadPoolExecutor(8) as threads:
        news = list(threads.map(look, range(8)))
    assert 2 == sum(news)
    with database.read() as session:
        assert 2 == len(findings.known(session, firm.id, REALM))
        assert () == audit.verify(session, firm.id)


def test_a_night_is_begun_by_one(database: Database, firm: Firm, other_firm: Firm) -> None:
    """Eight tick in the same instant: one has it; the other firm's night and the next are others'."""

    def begin(_: int) -> bool:
        with database.write() as session:
            return checks.begin_night(session, firm.id, REALM, NIGHT, NOW)

    with ThreadPoolExecutor(8) as threads:
        begun = list(threads.map(begin, range(8)))
    assert 1 == sum(begun)
    tomorrow = NIGHT + timedelta(days=1)
    with database.write() as session:
        assert checks.begin_night(session, other_firm.id, "9131", NIGHT, NOW)
        assert checks.begin_night(session, firm.id, REALM, tomorrow, NOW)
    with database.read() as session:
        assert {(firm.id, NIGHT), (other_firm.id, NIGHT)} == checks.begun(session, {NIGHT})


def test_a_check_counts_once_it_came_to_its_end(database: Database, firm: Firm, other_firm: Firm) -> None:
    """One that was begun and got no answer has read nothing."""
    earlier, now = NOW - timedelta(hours=2), NOW
    with database.write() as session:
        checks.begin_night(session, firm.id, REALM, NIGHT, NOW)
        assert checks.last_read(session, firm.id, REALM) is None
        checks.finish_night(session, firm.id, NIGHT, realm_id=REALM, read_at=earlier, compared=3)
        assert earlier == checks.last_read(session, firm.id, REALM)
        checks.add_asked(session, firm.id, realm_id=REALM, by="U0BEN", now=now, read_at=now, compared=40)
        assert now == checks.last_read(session, firm.id, REALM)
        assert checks.last_read(session, other_firm.id, REALM) is None
        assert checks.last_read(session, firm.id, "another company") is None
