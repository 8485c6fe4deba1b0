"""The first reply to each request id, given again word for word (Intuit: requestid)."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from http import HTTPStatus

from qb.sandbox.calls import Call
from qb.sandbox.refusals import RefusedError, request_id_used, too_long
from qb.sandbox.replies import Reply
from qb.sandbox.switches import Switches

LONGEST = 50
LONGEST_ON_BATCH = 36


@dataclass(frozen=True, slots=True)
class First:
    """A first reply, to which body, and when."""

    digest: bytes
    reply: Reply
    at: datetime


class Replays:
    """What each request id was first answered."""

    def __init__(self) -> None:
        self._first: dict[str, First] = {}

    def find(self, call: Call, switches: Switches, now: datetime) -> Reply | None:
        """The first reply, if this is a repeat. Raises 600 where repeats are refused, 2050 for a long id."""
        identity = call.args.get("requestid", "")
        limit = LONGEST_ON_BATCH if call.resource == "batch" else LONGEST
        if len(identity) > limit:
            raise RefusedError(too_long("requestid", limit, len(identity)))
        first = self._first.get(identity) if identity and switches.requestid != "ignored" else None
        if first is None or _forgotten(first, switches, now):
            return None
        other = first.digest != _digest(call) and switches.requestid_other_body == "refuse"
        if switches.requestid == "refused" or other:
            raise request_id_used()
        return first.reply

    def keep(self, call: Call, reply: Reply, switches: Switches, now: datetime) -> None:
        """Remember a reply, if it is one that counts as the first."""
        identity = call.args.get("requestid", "")
        counts = reply.status == HTTPStatus.OK or switches.requestid_after_failure == "replay"
        if identity and counts:
            self._first[identity] = First(_digest(call), reply, now)


def _digest(call: Call) -> bytes:
    return sha256(call.resource.encode() + b"\0" + call.body).digest()


def _forgotten(first: First, switches: Switches, now: datetime) -> bool:
    kept = switches.requestid_retention
    return kept is not None and now - first.at > kept
