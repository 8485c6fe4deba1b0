"""The search for a contact as its draft keeps it, and what follows from choosing one of those found."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from commands.ids import Task
from commands.views.contact import TO_CONTACTS, TO_SYNC, Candidate, Search, Twin
from db.links import ContactLink
from qb.contacts import (
    Sought,
    already_there,
    display_name,
    is_same_email,
    phone_in,
    rank,
    stands_for,
    twin_name,
    twin_of,
)
from qb.wire import NAME_LIMIT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from db.drafts import Draft
    from qb.contacts import Candidate as Found
    from qb.wire import PersonSeen

SHOWN = 20
ADDITION = " (client)"


def fresh_content(payer: Mapping[str, Any], realm: str, below: Mapping[str, Any]) -> dict[str, Any]:
    """What a search begins with: for whom, in which company, and the screen to draw anew once it is done."""
    nobody = {"words": "", "found": [], "refused": "", "twin": {}}
    return {**payer, **nobody, "realm": realm, "below": dict(below)}


def with_(draft: Draft, **changes: Any) -> Draft:  # noqa: ANN401 - the draft's content is JSON
    """The draft with some of its content changed."""
    return replace(draft, content={**draft.content, **changes})


def client_of(draft: Draft) -> Sought:
    """The client by name and e-mail, in the currency of the invoices."""
    content = draft.content
    return Sought(content["name"], content["email"], content["currency"])


def sought_by(draft: Draft) -> Sought:
    """The client, or whoever the typed words mean: an e-mail, a telephone number, or a name."""
    content, words = draft.content, draft.content["words"]
    if not words:
        return client_of(draft)
    if "@" in words:
        return Sought("", words, content["currency"])
    phone = phone_in(words)
    return Sought("" if phone else words, "", content["currency"], phone)


def with_found(
    draft: Draft, people: tuple[PersonSeen, ...], last_invoices: Mapping[str, str], *, multicurrency: bool
) -> Draft:
    """The draft with who was found, why nobody may be added, and the twin that may."""
    client = client_of(draft)
    as_client = rank(client, people)
    found = rank(sought_by(draft), people)[:SHOWN]
    twin = twin_of(as_client, client.currency) if multicurrency else None
    kept: dict[str, Any] = {}
    if twin is not None:
        name = twin_name(twin, client.currency)
        email = client.email.strip() or twin.email
        kept = {"name": name, "of": twin.name, "email": email, "kept": twin.currency, "theirs": twin.email}
    shown = [asdict(_shown(one, client, last_invoices.get(one.person.id, ""))) for one in found]
    refused = already_there(as_client, client.currency)
    return with_(draft, found=shown, refused=refused, twin=kept)


def search_of(draft: Draft) -> Search:
    """What the screens show of it."""
    content = draft.content
    twin = Twin(**content["twin"]) if content.get("twin") else None
    as_twin = twin is not None and bool(content.get("as_twin"))
    return Search(
        client_name=content["name"],
        client_email=content["email"],
        currency=content["currency"],
        words=content["words"] or content["name"],
        found=tuple(Candidate(**one) for one in content["found"]),
        new_name=twin.name if twin and as_twin else _free_name(content),
        adding_refused=content["refused"],
        cases=tuple(content.get("cases", ())),
        pays=bool(content.get("pays")),
        back=TO_CONTACTS if content["below"].get("task") == Task.CONTACTS else TO_SYNC,
        twin=twin,
        as_twin=as_twin,
    )


def link_to(draft: Draft, customer_id: str, name: str, *, by: str, now: datetime) -> ContactLink:
    """The link of a choice."""
    content = draft.content
    return ContactLink(content["client"], content["currency"], customer_id, name, by, now, "chosen")


def differs(search: Search, chosen: Candidate) -> bool:
    """Whether QuickBooks and CaseEasy have different e-mails for the client; an empty one isn't different."""
    known = bool(search.client_email.strip() and chosen.email.strip())
    return known and not is_same_email(search.client_email, chosen.email)


def _free_name(content: Mapping[str, Any]) -> str:
    """The client's name; with an addition where somebody found has it, as QuickBooks takes a name once."""
    wanted = display_name(content["name"])
    taken = {one["name"].casefold() for one in content["found"]}
    if wanted.casefold() not in taken:
        return wanted
    return wanted[: NAME_LIMIT - len(ADDITION)].rstrip() + ADDITION


def _reasons(why: tuple[str, ...]) -> str:
    """``Same e-mail, same name``."""
    return ", ".join([*why[:1], *(one[0].lower() + one[1:] for one in why[1:])])


def _shown(found: Found, client: Sought, last_invoice: str) -> Candidate:
    person, as_client = found.person, stands_for(client, found.person)
    return Candidate(
        id=person.id,
        name=person.name,
        email=person.email,
        currency=person.currency,
        why=_reasons(found.why),
        blocked=found.blocked,
        same_email=as_client.same_email or found.same_email,
        same_name=as_client.same_name,
        phone=person.phone,
        city=person.city,
        last_invoice=last_invoice,
        version=person.version,
    )
