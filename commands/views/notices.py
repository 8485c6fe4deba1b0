"""Screens that only say something: loading, refused, done."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from commands.ids import Act, Screen
from commands.views.blocks import alert, button, modal, section
from commands.views.text import count
from qb.hold import Mend

if TYPE_CHECKING:
    from collections.abc import Iterable

    from commands.views.blocks import Element, View

VALUE = 1_800  # of the 2,000 characters a button carries


def loading(title: str, sentence: str = "One moment, please…") -> View:
    """What opens at once and is filled in later."""
    return modal(Screen.LOADING, title, [section(sentence)])


def trouble(title: str, sentence: str) -> View:
    """A screen that says what went wrong, plainly; markup, names escaped."""
    return modal(Screen.NOTICE, title, [alert(sentence, "warning")])


def connect_button(text: str = "Connect QuickBooks") -> Element:
    """Opens the connect screen."""
    return button(text, Act.OPEN_CONNECT)


def mapping_button(text: str = "Review Mapping", draft: str = "") -> Element:
    """Opens the mapping, with what was chosen in a ``draft`` and not confirmed."""
    return button(text, Act.OPEN_MAPPING, draft)


def contacts_button(about: Iterable[tuple[str, str]] = (), *, primary: bool = False) -> Element:
    """Opens how the linked contacts stand; of the one case that these invoices (case, number) are of."""
    cases = {case for case, _ in about}
    return button("Open Contacts", Act.OPEN_CONTACTS, cases.pop() if len(cases) == 1 else "", primary=primary)


def import_button(text: str = "Import Exports") -> Element:
    """Opens the import."""
    return button(text, Act.OPEN_IMPORT)


def sync_button(text: str, query: str = "") -> Element:
    """Opens the sync of a case, or the search for one."""
    return button(text, Act.OPEN_SYNC, value=query)


def sync_ready_button(text: str = "Sync All Ready", digest: str = "") -> Element:
    """Leaves a preview of each client that is ready; of a digest, where it stands in one."""
    return button(text, Act.SYNC_READY, value=digest)


def resume_button(sync_id: str, stopped: int) -> Element:
    """Goes on with a sync that somebody stopped."""
    value = json.dumps({"s": sync_id}, separators=(",", ":"))
    return button(f"Resume {count(stopped, 'Invoice')}", Act.RESUME, value)


def banking_button() -> Element:
    """Opens the page on how client money is banked."""
    return button("Say How Client Money Is Banked", Act.OPEN_BANKING)


def go_live_button(text: str = "Choose Go-Live Date") -> Element:
    """Opens the page on since when invoices are booked."""
    return button(text, Act.OPEN_GOING_LIVE)


def compare_button(about: Iterable[tuple[str, str]] = ()) -> Element:
    """Opens what looks as if it were in QuickBooks already; of these invoices (case, number) if given."""
    return button("Compare", Act.OPEN_ALIKE, about_value(about))


def about_value(about: Iterable[tuple[str, str]]) -> str:
    """Which invoices (case, number) a button is pressed for, as many as it carries."""
    kept: list[tuple[str, str]] = []
    for named in dict.fromkeys(about):
        if len(json.dumps([*kept, named], separators=(",", ":"))) > VALUE:
            break
        kept.append(named)
    return json.dumps(kept, separators=(",", ":")) if kept else ""


def mend_control(mend: Mend, about: Iterable[tuple[str, str]] = ()) -> Element | None:
    """The button that mends a hold here; contacts are found in the sync's own screen.

    ``about``: the invoices (case, number) it is pressed for, where they are few.
    """
    return {
        Mend.CONNECT: connect_button(),
        Mend.MAP: mapping_button(),
        Mend.IMPORT: import_button(),
        Mend.BANKING: banking_button(),
        Mend.TRUST: button("Review Trust", Act.OPEN_TRUST),
        Mend.ALIKE: compare_button(about),
        Mend.CONTACTS: contacts_button(about),
        Mend.COLUMNS: button("Open Columns", Act.OPEN_COLUMNS),
        Mend.GO_LIVE: go_live_button("Change Go-Live Date"),
    }.get(mend)


def overview_button(text: str = "See Unsynced") -> Element:
    """Opens how things stand."""
    return button(text, Act.OPEN_OVERVIEW)
