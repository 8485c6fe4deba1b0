"""Intuit's consent, from the button in Slack and back: one state, one browser, one use, ten minutes."""

from __future__ import annotations

import base64
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING

from db import connections, effects
from db.connections import ConsentOutcome, RealmFixedError, RealmTakenError
from qb import consent_sentences as sentences
from qb.gateway import GatewayError, OurBug, Reconnect

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from db.connections import ConsentUse
    from db.engine import Database
    from db.refusal import Refusal, Sentence
    from qb.gateway import Gateway, Tokens
    from qb.tokens import Keyring

LASTS = timedelta(minutes=10)
STATE_BYTES = 32


class Came(StrEnum):
    """What came of a consent."""

    CONNECTED = "connected"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    USED = "used"
    EXPIRED = "expired"
    OTHER_BROWSER = "other_browser"
    OTHER_FIRM = "other_firm"  # the company belongs to another workspace
    OTHER_COMPANY = "other_company"  # this workspace has booked into another company
    NOT_SUPPORTED = "not_supported"
    FAILED = "failed"


CONNECTED = "QuickBooks is connected. You can close this page and go back to Slack."
SENTENCES: Mapping[Came, Sentence] = MappingProxyType(
    {
        Came.REFUSED: sentences.REFUSED,
        Came.UNKNOWN: sentences.UNKNOWN,
        Came.USED: sentences.USED,
        Came.EXPIRED: sentences.EXPIRED,
        Came.OTHER_BROWSER: sentences.OTHER_BROWSER,
        Came.OTHER_FIRM: sentences.OTHER_FIRM,
        Came.OTHER_COMPANY: sentences.OTHER_COMPANY,
        Came.NOT_SUPPORTED: sentences.NOT_SUPPORTED,
        Came.FAILED: sentences.FAILED,
    }
)
OF_STATE = {
    ConsentOutcome.UNKNOWN: Came.UNKNOWN,
    ConsentOutcome.USED: Came.USED,
    ConsentOutcome.EXPIRED: Came.EXPIRED,
}


@dataclass(frozen=True, slots=True)
class Consent:
    """The end of a consent: what came of it and for whom, who may be unknown; ``told`` unless connected."""

    came: Came
    told: Refusal | None
    firm_id: str = ""
    user_id: str = ""
    channel: str = ""
    message_ts: str = ""
    company_name: str = ""

    @property
    def sentences(self) -> tuple[str, ...]:
        """What to say of it, a part a paragraph."""
        return (CONNECTED,) if self.told is None else self.told.parts


def ask(
    session: Session,
    *,
    firm_id: str,
    user_id: str,
    random: bytes,
    now: datetime,
    channel: str = "",
    message_ts: str = "",
) -> str:
    """Write down a new consent request and give its state; ``random`` is 32 fresh random bytes."""
    if len(random) != STATE_BYTES:
        raise ValueError(f"a state is made of {STATE_BYTES} random bytes, not {len(random)}")
    state = base64.urlsafe_b64encode(random).decode().rstrip("=")
    connections.ask_consent(
        session,
        state_sha256=hashed(state),
        firm_id=firm_id,
        user_id=user_id,
        cookie_sha256=None,
        channel=channel,
        message_ts=message_ts,
        now=now,
        expires_at=now + LASTS,
    )
    return state


def hashed(secret: str) -> str:
    """SHA-256 in hexadecimal: what is kept of a state or a cookie."""
    return sha256(secret.encode()).hexdigest()


def depart(database: Database, gateway: Gateway, state: str, cookie: str, now: datetime) -> str | Consent:
    """Where Intuit asks for the consent, now bound to the browser that got ``cookie``; or why not."""
    with database.write() as session:
        found = connections.peek_consent(session, hashed(state), now)
        if found.outcome is ConsentOutcome.OK and connections.bind_cookie(
            session, hashed(state), hashed(cookie), now
        ):
            return gateway.consent_url(state)
    return _ended(OF_STATE.get(found.outcome, Came.USED), found)


def finish(
    database: Database,
    gateway: Gateway,
    keyring: Keyring,
    answer: Mapping[str, str],
    cookie: str,
    now: datetime,
) -> Consent:
    """Take what Intuit's redirect brought: ``code``, ``state``, ``realmId``, or ``error``.

    The state is used up before anything remote happens; the company is asked who it is before its tokens
    are stored; what was parked goes on. Lists are not read here.
    """
    state = answer.get("state", "")
    with database.write() as session:
        found = connections.peek_consent(session, hashed(state), now)
        if found.outcome is ConsentOutcome.OK and found.cookie_sha256 != hashed(cookie):
            return _ended(Came.OTHER_BROWSER, found)
        found = connections.use_consent(session, hashed(state), now)
    if found.outcome is not ConsentOutcome.OK:
        return _ended(OF_STATE[found.outcome], found)
    if answer.get("error") or not answer.get("code") or not answer.get("realmId"):
        return _ended(Came.REFUSED if answer.get("error") else Came.FAILED, found)
    return _connect(database, gateway, keyring, _Arrival(found, answer["code"], answer["realmId"], now))


@dataclass(frozen=True, slots=True)
class _Arrival:
    found: ConsentUse
    code: str
    realm_id: str
    now: datetime


@dataclass(frozen=True, slots=True)
class _Identity:
    """Who a company says it is; ``home`` is its currency."""

    name: str
    country: str
    home: str


def _connect(database: Database, gateway: Gateway, keyring: Keyring, arrival: _Arrival) -> Consent:
    try:
        tokens = gateway.exchange(arrival.code)
        identity = _who(gateway, arrival.realm_id, tokens)
    except OurBug as bug:
        return _ended(Came.FAILED, arrival.found, sentences.MISUNDERSTOOD.said(reason=bug.reason))
    except GatewayError:
        return _ended(Came.FAILED, arrival.found)
    if identity.country == "US":
        return _ended(Came.NOT_SUPPORTED, arrival.found)
    try:
        _store(database, keyring, arrival, identity, tokens)
    except RealmTakenError:
        return _ended(Came.OTHER_FIRM, arrival.found)
    except RealmFixedError:
        return _ended(Came.OTHER_COMPANY, arrival.found)
    return replace(_ended(Came.CONNECTED, arrival.found), company_name=identity.name)


def _who(gateway: Gateway, realm_id: str, tokens: Tokens) -> _Identity:
    def access(stale: str | None) -> str:
        if stale is not None:
            raise Reconnect("Intuit's fresh token was refused at once.")
        return tokens.access

    company = gateway.company(realm_id, access)
    about, currencies = company.company_info(), company.preferences().get("CurrencyPrefs", {})
    return _Identity(
        name=str(about.get("CompanyName", "")),
        country=str(about.get("Country", "")),
        home=str(currencies.get("HomeCurrency", {}).get("value", "")),
    )


def _store(
    database: Database, keyring: Keyring, arrival: _Arrival, identity: _Identity, tokens: Tokens
) -> None:
    firm_id, now = arrival.found.firm_id, arrival.now
    pair = keyring.seal(firm_id, arrival.realm_id, tokens)
    with database.write() as session:
        connections.connect(
            session,
            firm_id=firm_id,
            realm_id=arrival.realm_id,
            company_name=identity.name,
            home_currency=identity.home,
            pair=pair,
            by=arrival.found.user_id,
            now=now,
        )
        effects.unpark(session, firm_id, arrival.realm_id, now)


def _ended(came: Came, found: ConsentUse, told: Refusal | None = None) -> Consent:
    if told is None and came in SENTENCES:
        told = SENTENCES[came].said()
    return Consent(
        came=came,
        told=told,
        firm_id=found.firm_id,
        user_id=found.user_id,
        channel=found.channel,
        message_ts=found.message_ts,
    )
