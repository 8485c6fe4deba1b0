"""The settings pages about the second person: when one approves, who works alone, who is away."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from commands.ids import Act, Screen
from commands.views.blocks import (
    checkboxes,
    context,
    date_picker,
    field,
    modal,
    option,
    radios,
    section,
    text_input,
    user_select,
)
from commands.views.text import count, day, moment, money, person
from db.chosen import Policy
from db.money import Money

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from commands.views.blocks import View
    from db.chosen import FirmSettings

TITLE, ALONE_TITLE, AWAY_TITLE = "Second Person", "Working Alone", "Away"
POLICY_BLOCK, ASKS_BLOCK, OVER_BLOCK = "policy", "asks", "asks_over"
MORE_BLOCK, OLDER_BLOCK, FILED_BLOCK = "asks_more_than", "asks_older_days", "filed_through"
ALONE_BLOCK, WHO_BLOCK, UNTIL_BLOCK, INSTEAD_BLOCK = "alone", "who", "until", "instead"
HOURS_BLOCK = "hours"
NEW_CONTACT, CHANGED_MAPPING, DECLARED = "asks_new_contact", "asks_changed_mapping", "declared"

WAYS = {
    Policy.ALWAYS: ("Always", "Everything that is booked has a second person's approval"),
    Policy.BY_RISK: ("By risk", "Only what meets one of the rules below"),
    Policy.TRUSTED: ("Trusted people book alone", "Everybody else asks; People says who is trusted"),
}
ALWAYS_NEEDS = (
    "Trust money, refunds, write-offs and bank charges always need a second person, whatever is chosen here."
)
NOT_IN_FORCE = (
    "What stands under “By risk” below isn't in force now: it holds once that way is chosen and saved."
)
DECLARATION = "I work alone: nobody else in this firm can look at what is booked before it is booked."
WHAT_IT_MEANS = (
    "Then what needs a second person is shown to you a second time, in a message of its own, and you confirm "
    "it there. Each such booking is marked in the audit trail. It counts only while nobody else is an "
    "approver or admin, and never for trust money, refunds, write-offs and bank charges. You can name "
    "an outside bookkeeper as approver under People instead."
)


def summary(chosen: FirmSettings, currency: str) -> str:
    """When one is asked, in one line of markup."""
    if chosen.policy != Policy.BY_RISK:
        filed = f" · HST/QST filed through {day(chosen.filed_through)}" if chosen.filed_through else ""
        return f"{WAYS[chosen.policy][0]}{filed}"
    return f"By risk: {', '.join(_risks(chosen, currency)) or 'no rule is set'}"


def _risks(chosen: FirmSettings, currency: str) -> list[str]:
    told = []
    if chosen.asks_new_contact:
        told.append("a new contact")
    if chosen.asks_changed_mapping:
        told.append("a changed mapping")
    if chosen.asks_over is not None:
        told.append(f"over {money(Money.from_minor(chosen.asks_over, currency))}")
    if chosen.asks_more_than is not None:
        told.append(f"more than {count(chosen.asks_more_than, 'invoice')}")
    if chosen.asks_older_days is not None:
        told.append(f"paid more than {count(chosen.asks_older_days, 'day')} ago")
    if chosen.filed_through:
        told.append(f"dated up to {day(chosen.filed_through)} (HST/QST filed)")
    return told


def page(chosen: FirmSettings, currency: str, metadata: str) -> View:
    """The policy; a rule left empty isn't asked."""
    ways = [option(text, way, about) for way, (text, about) in WAYS.items()]
    asks = [
        option("A contact nothing was booked to yet", NEW_CONTACT),
        option("A mapping nothing was booked with yet", CHANGED_MAPPING),
    ]
    ticked = [name for name in (NEW_CONTACT, CHANGED_MAPPING) if getattr(chosen, name)]
    over = "" if chosen.asks_over is None else f"{Money.from_minor(chosen.asks_over, currency).amount:,.2f}"
    more, older = _text(chosen.asks_more_than), _text(chosen.asks_older_days)
    filed = chosen.filed_through.isoformat() if chosen.filed_through else ""
    blocks = [
        field("When must a second person approve?", radios(Act.POLICY, ways, chosen.policy), POLICY_BLOCK),
        field(
            "By risk, ask for",
            checkboxes(Act.POLICY_ASKS, asks, ticked),
            ASKS_BLOCK,
            optional=True,
        ),
        field(f"By risk: over how much in all ({currency})", text_input(Act.POLICY_OVER, over), OVER_BLOCK,
              hint="Of one preview. What is in another currency is asked, too.", optional=True),
        field("By risk: more than how many invoices at once", text_input(Act.POLICY_MORE, more), MORE_BLOCK,
              optional=True),
        field("By risk: paid more than how many days ago", text_input(Act.POLICY_OLDER, older), OLDER_BLOCK,
              optional=True),
        field("HST/QST is filed through", date_picker(Act.POLICY_FILED, filed), FILED_BLOCK,
              hint="An invoice dated up to this day would change a return that was filed.", optional=True),
        context(ALWAYS_NEEDS),
    ]  # fmt: skip
    if chosen.policy != Policy.BY_RISK:
        blocks.insert(1, context(NOT_IN_FORCE))
    return modal(Screen.POLICY, TITLE, blocks, submit="Save Changes", close="Cancel", metadata=metadata)


def alone_summary(chosen: FirmSettings, others: Sequence[str]) -> str:
    """Whether somebody declared to work alone, in one line of markup."""
    if not chosen.alone_by or chosen.alone_at is None:
        return "Nobody has declared that they work alone"
    told = f"{person(chosen.alone_by)} declared it {moment(chosen.alone_at)}"
    return told + (" · doesn't count now, as others can approve" if len(others) > 1 else "")


def alone_page(chosen: FirmSettings, metadata: str) -> View:
    """The declaration, in plain words."""
    ticked = [DECLARED] if chosen.alone_by else []
    box = checkboxes(Act.ALONE, [option("I work alone", DECLARED)], ticked)
    blocks = [
        section(f"*{DECLARATION}*\n{WHAT_IT_MEANS}"),
        field("Tick to declare it, or untick to take it back", box, ALONE_BLOCK, optional=True),
    ]
    return modal(Screen.ALONE, ALONE_TITLE, blocks, submit="Save Changes", close="Cancel", metadata=metadata)


def away_summary(chosen: FirmSettings, able: Collection[str]) -> str:
    """Who is away, and how long a request waits, in one line of markup; ``able`` are those who may decide."""
    told = [
        f"{person(who)} until {day(date.fromisoformat(until))}, {person(instead)} instead"
        + ("" if instead in able else ", *who may not decide any more: choose another*")
        for who, until, instead in chosen.away
    ]
    waits = f"a request waits {count(chosen.request_hours, 'hour')}"
    return f"{'; '.join(told[:5]) or 'Nobody is away'} · {waits}"


def away_page(chosen: FirmSettings, me: str, metadata: str) -> View:
    """Who is away until when, and whose turn it is meanwhile."""
    hours = text_input(Act.REQUEST_HOURS, str(chosen.request_hours))
    blocks = [
        section("While an approver is away, what waits for them waits for somebody else."),
        field("Who is away", user_select(Act.AWAY_WHO, "Choose an approver", me), WHO_BLOCK),
        field("Last day away", date_picker(Act.AWAY_UNTIL), UNTIL_BLOCK,
              hint="Left empty: they are back.", optional=True),
        field("Whose turn it is meanwhile", user_select(Act.AWAY_INSTEAD, "Choose another approver"),
              INSTEAD_BLOCK, optional=True),
        field("A request expires after how many hours", hours, HOURS_BLOCK),
    ]  # fmt: skip
    return modal(Screen.AWAY, AWAY_TITLE, blocks, submit="Save Changes", close="Cancel", metadata=metadata)


def _text(number: int | None) -> str:
    return "" if number is None else str(number)
