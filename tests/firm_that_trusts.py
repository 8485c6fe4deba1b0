"""A firm whose people book without asking: for what is proved about booking, not about approval."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.clock import new_id, now
from db import firm_settings, firms
from db.chosen import Policy
from db.engine import open_database
from qb.policy import TRUSTED

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.orm import Session


def trust(session: Session, firm_id: str, people: Iterable[str], at: datetime) -> None:
    """From now on these people (Slack user ids) book at once, whatever the risk."""
    firm_settings.change(session, firm_id=firm_id, by="test", now=at, policy=Policy.TRUSTED)
    for user_id in people:
        firms.give_role(session, firm_id=firm_id, user_id=user_id, role=TRUSTED, by="test", now=at)


def begin_trusting(database_url: str, people: Iterable[str]) -> None:
    """The same in a migrated database, for the firm whose workspace a program will meet when it starts."""
    database = open_database(database_url)
    try:
        with database.write() as session:
            firm = firms.meet_firm(
                session,
                team_id=None,
                name="Northgate",
                timezone="America/Toronto",
                now=now(),
                new_id=new_id,
            )
            trust(session, firm.id, people, now())
    finally:
        database.close()


def trust_nobody(database_url: str) -> None:
    """A second person for everything, as firms begin."""
    database = open_database(database_url)
    try:
        with database.write() as session:
            for firm in firms.all_firms(session):
                firm_settings.change(session, firm_id=firm.id, by="test", now=now(), policy=Policy.ALWAYS)
    finally:
        database.close()
