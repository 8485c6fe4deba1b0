"""Turns kept findings into what a message shows of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from commands.telling import links
from commands.views.checking import Change, Paper, Told
from db.findings import Standing
from qb.canonical import money_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from commands.context import Context
    from db.findings import Found


def told_of(context: Context, firm_id: str, found: Sequence[Found]) -> tuple[Told, ...]:
    """The findings for a message, with links into QuickBooks where there is a connection."""
    link = links(context, firm_id)
    return tuple(_told(one, link) for one in found)


def _told(one: Found, link: Callable[[str, str], str]) -> Told:
    content = one.content
    booked = content["booked"] or {}
    return Told(
        id=one.id,
        kind=one.kind,
        entity=one.entity,
        number=booked.get("number", ""),
        total=money_of(booked["total"]) if booked else None,
        client=booked.get("client", ""),
        case=booked.get("case", ""),
        state=booked.get("state", ""),
        papers=tuple(_paper(document, link) for document in content["documents"]),
        changes=tuple(
            Change(each["what"], each["expected"], each["found"]) for each in content["differences"]
        ),
        anew=content["anew"],
        review=_review(one, booked),
        settled_by=one.settled_by if one.standing is Standing.SETTLED else "",
        settled_at=one.settled_at,
        gone=one.standing is Standing.GONE,
    )


def _paper(document: Mapping[str, Any], link: Callable[[str, str], str]) -> Paper:
    return Paper(
        entity=document["entity"],
        id=document["id"],
        number=document["number"],
        total=money_of(document["total"]),
        customer=document["customer"]["name"],
        link=link(document["entity"], document["id"]),
    )


def _review(one: Found, booked: Mapping[str, Any]) -> str:
    """What the buttons of a booking under review carry, as in the message of its sync."""
    if one.kind not in {"stranger", "twin"} or booked.get("state") != "review" or not booked["sync"]:
        return ""
    return json.dumps({"s": booked["sync"], "i": booked["subject"]}, separators=(",", ":"))
