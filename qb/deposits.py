"""Looks once more, as a booking goes out, whether it would now put client money or the firm's into trust."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db import deposits
from db.chosen import Banking
from qb.lists import account_of
from qb.orders import CustomerOrder, EmailOrder
from qb.refusal_sentences import CLIENT_MONEY
from qb.trust import touches
from qb.trust_sentences import BY_ACCOUNT, BY_BANKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from db.records import Invoice
    from db.refusal import Refusal
    from qb.orders import Order

TRUST = "client_money"
"""The fault's code of what wasn't sent because it turned out to be client money after it was ordered."""


class ClientMoneyError(RuntimeError):
    """It would put client money into the firm's books, or its own into trust; ``told`` says why."""

    def __init__(self, told: Refusal) -> None:
        super().__init__(told.short)
        self.told = told


def objection(
    session: Session, firm_id: str, realm_id: str, order: Order, records: Iterable[Invoice] = ()
) -> Refusal | None:
    """Why it mustn't be sent by the lists and settings kept now; None where it may.

    An invoice isn't sent either where one of its payments mustn't be: it would end half booked. ``records``
    are the invoice as the exports have it, where there is time to look at that too.
    """
    if isinstance(order, CustomerOrder | EmailOrder):
        return None
    accounts = {payment.account.id for payment in order.entry.payments}
    known = deposits.known(session, firm_id, realm_id, accounts)
    trust = (account for account in map(account_of, known.accounts) if account.is_trust)
    why = next((BY_ACCOUNT.format(account=account.name) for account in trust), "")
    if not why and known.banking is Banking.ALL:
        why = BY_BANKING
    why = why or next(filter(None, (touches(record, known.banking) for record in records)), "")
    return CLIENT_MONEY.said(why=why) if why else None
