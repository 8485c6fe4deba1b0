"""The settings page *When a second person approves*: always, by risk, or trusted people without."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from commands.access import must_admin
from commands.ids import Act
from commands.page import below, saved
from commands.views import policy as views
from db import connections, firm_settings
from db.chosen import Policy
from db.money import round_half_up

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from commands.call import Call
    from db.firms import Firm

WHAT = "change when a second person approves"
NOT_CONNECTED = "CAD"
"""Of a firm whose books aren't connected yet; they are Canadian firms."""
NOT_AN_AMOUNT = "Write an amount, such as 10,000.00, or leave it empty."
NOT_A_NUMBER = "Write a whole number, such as 20, or leave it empty."
MOST = Decimal(10) ** 9


def summary(session: Session, firm: Firm) -> str:
    """When one is asked."""
    return views.summary(firm_settings.settings_of(session, firm.id), currency_of(session, firm.id))


def start(call: Call) -> None:
    """Open the page, for an admin."""
    with call.context.database.read() as session:
        must_admin(session, call.asker, WHAT)
        chosen = firm_settings.settings_of(session, call.asker.firm.id)
        currency = currency_of(session, call.asker.firm.id)
    call.ack()
    call.open(views.page(chosen, currency, below(call)))


def submitted(call: Call) -> None:
    """Save: audited, and it holds for the next press on."""
    firm_id, by, now = call.asker.firm.id, call.asker.user_id, call.context.clock()
    with call.context.database.read() as session:
        currency = currency_of(session, firm_id)
    problems: dict[str, str] = {}
    picked = _picked(call, currency, problems)
    if problems:
        call.ack(response_action="errors", errors=problems)
        return
    with call.context.database.write() as session:
        must_admin(session, call.asker, WHAT)
        firm_settings.change(session, firm_id=firm_id, by=by, now=now, **picked)
        saved(session, call, call.draft_id)
    call.ack()


def currency_of(session: Session, firm_id: str) -> str:
    """The currency of the firm's books."""
    connection = connections.get(session, firm_id)
    return connection.home_currency if connection is not None else NOT_CONNECTED


def _picked(call: Call, currency: str, problems: dict[str, str]) -> dict[str, object]:
    way = call.typed(views.POLICY_BLOCK, Act.POLICY).get("selected_option") or {}
    ticked = call.typed(views.ASKS_BLOCK, Act.POLICY_ASKS).get("selected_options") or []
    asks = {str(one["value"]) for one in ticked}
    filed = call.typed(views.FILED_BLOCK, Act.POLICY_FILED).get("selected_date")
    return {
        "policy": Policy(way.get("value") or Policy.ALWAYS),
        "asks_new_contact": views.NEW_CONTACT in asks,
        "asks_changed_mapping": views.CHANGED_MAPPING in asks,
        "asks_over": _minor(_said(call, views.OVER_BLOCK, Act.POLICY_OVER), currency, problems),
        "asks_more_than": _number(call, views.MORE_BLOCK, Act.POLICY_MORE, problems),
        "asks_older_days": _number(call, views.OLDER_BLOCK, Act.POLICY_OLDER, problems),
        "filed_through": date.fromisoformat(filed) if filed else None,
    }


def _said(call: Call, block: str, act: Act) -> str:
    return str(call.typed(block, act).get("value") or "").replace(",", "").replace(" ", "").strip()


def _minor(text: str, currency: str, problems: dict[str, str]) -> int | None:
    """Minor units of the books' currency; None where nothing is said."""
    if not text:
        return None
    try:
        amount = Decimal(text.removeprefix("$"))
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or not 0 <= amount < MOST:
        problems[views.OVER_BLOCK] = NOT_AN_AMOUNT
        return None
    return round_half_up(amount, currency).minor


def _number(call: Call, block: str, act: Act, problems: dict[str, str]) -> int | None:
    text = _said(call, block, act)
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or Decimal(text) >= MOST:
        problems[block] = NOT_A_NUMBER
        return None
    return int(text)
