"""The short-lived permits of an interaction: trigger ids and response URLs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.demo.playground.refusal import SlackError

if TYPE_CHECKING:
    from bot.demo.playground.numbering import Numbering

TRIGGER_SECONDS = 3.0
RESPONSE_SECONDS = 30 * 60.0
RESPONSE_USES = 5


@dataclass(frozen=True, slots=True)
class Trigger:
    """The right to open one modal for one person, three seconds long, and where it was got."""

    id: str
    person_id: str
    view_id: str | None
    channel: str | None
    at: float
    spent: bool = False


@dataclass(frozen=True, slots=True)
class ResponseUrl:
    """The right to answer one interaction where it happened."""

    token: str
    person_id: str
    channel: str
    message_ts: str | None
    at: float
    uses: int = 0


class Tickets:
    """Every permit that was handed out."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._triggers: dict[str, Trigger] = {}
        self._urls: dict[str, ResponseUrl] = {}

    def trigger(self, person_id: str, *, view_id: str | None = None, channel: str | None = None) -> str:
        """A new trigger id from a click in a view or a conversation, good from this instant."""
        issued = Trigger(self._numbering.id("13."), person_id, view_id, channel, self._numbering.now())
        self._triggers[issued.id] = issued
        return issued.id

    def valid_trigger(self, trigger_id: str) -> Trigger:
        """The trigger if it may still be used; `invalid_trigger_id`, `exchanged_…` or `expired_…` else."""
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.spent:
            raise SlackError("exchanged_trigger_id")
        if self._numbering.now() - trigger.at > TRIGGER_SECONDS:
            raise SlackError("expired_trigger_id")
        return trigger

    def spend_trigger(self, trigger: Trigger) -> None:
        """Use the trigger up."""
        self._triggers[trigger.id] = replace(trigger, spent=True)

    def response_url(self, person_id: str, channel: str, message_ts: str | None = None) -> str:
        """The token of a new response URL."""
        issued = ResponseUrl(self._numbering.id("R"), person_id, channel, message_ts, self._numbering.now())
        self._urls[issued.token] = issued
        return issued.token

    def use_response_url(self, token: str) -> ResponseUrl:
        """Count one use; `used_url` after the fifth, `expired_url` after half an hour."""
        issued = self._urls.get(token)
        if issued is None or self._numbering.now() - issued.at > RESPONSE_SECONDS:
            raise SlackError("expired_url")
        if issued.uses >= RESPONSE_USES:
            raise SlackError("used_url")
        self._urls[token] = replace(issued, uses=issued.uses + 1)
        return issued
