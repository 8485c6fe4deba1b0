"""The connection's screens: the way to Intuit's consent, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.ids import Act, Screen
from commands.views.blocks import Message, actions, alert, button, context, modal, section
from commands.views.errands import ask_button
from commands.views.lost import headline, refusal
from commands.views.notices import (
    banking_button,
    connect_button,
    go_live_button,
    import_button,
    mapping_button,
)
from commands.views.omens import omen_blocks, omen_words
from commands.views.text import moment, name, people, person
from db.chosen import Banking

if TYPE_CHECKING:
    from collections.abc import Sequence

    from commands.favour import Favour
    from commands.views.blocks import Block, View
    from db.chosen import FirmSettings
    from db.connections import Connection
    from qb.omens import Omen

TITLE = "Connect QuickBooks"
RECONNECT = "reconnect"


def offer(url: str, environment: str, connection: Connection | None) -> View:
    """The button to Intuit; with a connection already there, how it stands and the way to renew it."""
    again = connection is not None
    label = "Reconnect to QuickBooks" if again else "Connect to QuickBooks"
    blocks: list[Block] = [] if connection is None else [standing(connection)]
    if connection is None:
        blocks.append(
            section(
                "Intuit will ask you to sign in and to choose the company whose books we keep. "
                "We read its lists, add invoices and payments you have seen first, and never delete anything."
            )
        )
    kind = "a sandbox company (practice books)" if environment == "sandbox" else "the firm's own books"
    blocks.append(
        actions(button(label, Act.CONSENT, url=url, primary=not again or connection_needs(connection)))
    )
    blocks.append(
        context(
            f"This leads to {kind}. The button works once, for you, for ten minutes; "
            "a message here tells how it went."
        )
    )
    return modal(Screen.CONNECT, TITLE, blocks)


def connection_needs(connection: Connection | None) -> bool:
    """Whether somebody has to connect again."""
    return connection is not None and connection.state != "ok"


def standing(connection: Connection) -> Block:
    """One paragraph on how the connection stands."""
    if connection.state == "ok":
        return section(
            f"Connected to *{name(connection.company_name)}* by {person(connection.connected_by)}, "
            f"{moment(connection.connected_at)}. Home currency {name(connection.home_currency)}."
        )
    if connection.state != RECONNECT:
        return section(f"*{name(connection.company_name)}*: {headline(connection.state)}")
    told = refusal(connection.state, f"*{name(connection.company_name)}*")
    why = f" QuickBooks said: {name(connection.reason, 200)}" if connection.reason else ""
    return section(f"{told.what}{why} {told.booked} What waits goes on by itself once you reconnect.")


def not_set_up(missing: Sequence[str]) -> View:
    """Intuit's keys aren't in the settings: nobody in Slack can mend that."""
    names = " and ".join(f"`{one}`" for one in missing)
    return modal(
        Screen.NOTICE,
        TITLE,
        [
            alert("CaseLedger doesn't know your firm's Intuit app yet, so it can't connect.", "warning"),
            section(
                f"Whoever runs CaseLedger sets {names} and restarts it; `caseledger check` says what is "
                "missing. Then come back here."
            ),
        ],
    )


def not_in_production() -> View:
    """This version keeps practice books only."""
    return modal(
        Screen.NOTICE,
        TITLE,
        [
            alert("This version doesn't book in a firm's real books yet.", "warning"),
            section(
                "`INTUIT_ENVIRONMENT` says `production`. Whoever runs CaseLedger sets it to `sandbox`, where "
                "everything can be tried without touching the firm's own books."
            ),
        ],
    )


def not_allowed(admins: Sequence[str], connection: Connection | None, asks: Favour | None = None) -> View:
    """Only an admin connects; the others learn who that is, and how it stands."""
    blocks: list[Block] = [] if connection is None else [standing(connection)]
    who = (
        f"Please ask {people(admins)}."
        if admins
        else "No admin is named yet; a workspace owner can name one in `/qb-settings` → People."
    )
    if connection is not None and not connection_needs(connection):
        blocks.append(section(f"Nothing needs to be done. Only an admin may connect it anew. {who}"))
        return modal(Screen.NOTICE, TITLE, blocks)
    blocks.append(section(f"Only an admin may connect QuickBooks. {who}"))
    if asks is not None:
        blocks.append(actions(ask_button(asks)))
    return modal(Screen.NOTICE, TITLE, blocks)


def at_intuit() -> View:
    """Once the button was pressed: it works no second time, so it doesn't stay."""
    told = "Intuit's page has opened in your browser. Please go on there; a message here tells how it went."
    again = "No page opened, or you closed it?"
    return modal(Screen.NOTICE, TITLE, [section(told), section(again, connect_button("Open It Again"))])


def connected(
    company: str, user_id: str, chosen: FirmSettings, coming: Sequence[Omen] = (), *, imported: bool = True
) -> Message:
    """Good news, what an admin hasn't said yet, what is coming, and the next step."""
    text = f"Connected to *{name(company)}* by {person(user_id)}."
    asked, buttons = [], []
    if not chosen.go_live_said:
        asked.append(
            "*Since when do you book here?* Older invoices may be in your books already: an admin says."
        )
        buttons.append(go_live_button())
    if chosen.banking is Banking.UNSAID:
        asked.append("*How is client money banked?* Trust money is held until an admin says.")
        buttons.append(banking_button())
    following = "Next, please review how payment methods, accounts, items and taxes map."
    if not imported:
        following = "Next, CaseEasy's exports are imported; then the mapping of what is in them is reviewed."
        buttons.append(import_button())
    told = "\n".join([text, *asked, following])
    blocks = (section(told), *omen_blocks(coming), actions(*buttons, mapping_button()))
    return Message("\n".join([told, *omen_words(coming)]), blocks)


def not_connected(sentence: str) -> Message:
    """The consent came to nothing: why, and the way to try again."""
    text = f"QuickBooks is not connected. {sentence}"
    return Message(
        text, (section(f"*QuickBooks is not connected.* {sentence}"), actions(connect_button("Try Again")))
    )
