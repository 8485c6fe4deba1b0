"""What a person can ask in Slack: one table of commands, actions, views and options."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from commands import (
    add_contact,
    alike,
    all_ready,
    amended,
    approving,
    asked_again,
    away,
    banking,
    booking,
    checking,
    choosing,
    columns,
    connect,
    contact,
    contacts,
    deciding,
    digest,
    digest_settings,
    direct,
    errand_withdrawing,
    errands,
    errors,
    going_live,
    home,
    importing,
    listing,
    mapping,
    mapping_closing,
    mapping_confirming,
    mapping_history,
    matters,
    overview,
    payers,
    people,
    places,
    policy,
    settings,
    snoozing,
    stopping,
    sync,
    trust,
    trust_rejecting,
    trying_again,
    waiting,
)
from commands.ids import Act, Command, Screen
from commands.listening import action_pattern, decider, listener, nothing_more, sent_twice, unknown
from commands.rights import need_of
from commands.tasks import TASKS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slack_bolt import App

    from commands.context import Context
    from commands.listening import Decision, Handler


__all__ = ["ACTIONS", "COMMANDS", "DECISIONS", "OPTIONS", "TASKS", "VIEWS", "action_pattern", "register"]


COMMANDS: Mapping[Command, Handler] = MappingProxyType(
    {
        Command.OVERVIEW: overview.start,
        Command.SYNC: sync.start,
        Command.CONTACTS: contacts.start,
        Command.IMPORT: importing.ask,
        Command.MAPPING: mapping.start,
        Command.CONNECT: connect.start,
        Command.SETTINGS: settings.start,
        Command.DIGEST: digest.start,
    }
)
DECISIONS: Mapping[Act, Decision] = MappingProxyType(
    {
        Act.BOOK: booking.book,
        Act.ASK: booking.ask_to_book,
        Act.APPROVE: approving.approve,
        Act.WITHDRAW: approving.withdraw,
        Act.CONFIRM_ALONE: approving.confirm_alone,
        Act.PREVIEW_AGAIN: approving.preview_again,
        Act.CANCEL: booking.cancel,
        Act.TRY_AGAIN: trying_again.again,
        Act.STOP: stopping.stop,
        Act.RESUME: stopping.resume,
        Act.LOOK_AGAIN: deciding.look_again,
        Act.NOT_THERE: deciding.not_there,
        Act.SETTLE: checking.settle,
        Act.AMENDED_RIGHTED: amended.righted,
        Act.AMENDED_LATER: amended.later,
        Act.ANSWER_FILE_: waiting.answer,
        Act.LEAVE_FILE: waiting.leave,
        Act.BANK_CONVERTS_: mapping.said_converting,
        Act.ASK_COLLEAGUE: errands.ask,
        Act.WITHDRAW_ERRAND: errand_withdrawing.withdraw,
        Act.BACK: away.back,
        **alike.DECISIONS,
        **contacts.DECISIONS,
    }
)
"""Presses that decide: one transaction, committed before Slack is answered."""
ACTIONS: Mapping[Act, Handler] = MappingProxyType(
    {
        Act.OPEN_OVERVIEW: overview.start,
        Act.OPEN_IMPORT: importing.ask,
        Act.OPEN_WAITING: waiting.start,
        Act.OPEN_CONNECT: connect.start,
        Act.OPEN_SYNC: sync.pressed,
        Act.OPEN_LISTING: listing.start,
        Act.LIST_PAGE_: listing.paged,
        Act.HIDE_GUIDE: home.hide_guide,
        Act.CONSENT: connect.went,
        Act.OPEN_BANKING: banking.start,
        Act.OPEN_GOING_LIVE: going_live.start,
        Act.GO_LIVE_DAY: going_live.picked,
        Act.OPEN_TRUST: trust.start,
        Act.TRUST_REJECT: trust_rejecting.start,
        Act.OPEN_ALIKE: alike.start,
        Act.CHECK_BOOKS: checking.start,
        Act.SEE_AMENDED: amended.show,
        Act.AMENDED_LEAVE: amended.leave,
        Act.REJECT: approving.reject,
        Act.SYNC_AGAIN: asked_again.sync_again,
        Act.OPEN_POLICY: policy.start,
        Act.OPEN_ALONE: away.start_alone,
        Act.OPEN_AWAY: away.start_away,
        Act.HAND_OVER: approving.hand_over,
        Act.SEE_DOCUMENT_: nothing_more,
        Act.OPEN_COLUMNS: columns.start,
        Act.COLUMNS_PAGE_: columns.paged,
        Act.ANSWER_COLUMN_: columns.answer,
        Act.ANSWER_MATTER_: matters.answer,
        **mapping.ACTIONS,
        Act.OPEN_MAP_HISTORY: mapping_history.start,
        Act.CHOOSE_CASE_: sync.chose_case,
        Act.SYNC_PAGE_: sync.paged,
        Act.TICK: sync.ticked,
        Act.CHOOSE_ALL: choosing.start,
        Act.SELECT_ALL: choosing.select_all,
        Act.CLEAR: choosing.clear,
        Act.OPEN_NARROW: choosing.ask,
        **contact.ACTIONS,
        **contacts.ACTIONS,
        Act.OPEN_DIGEST_LIST: digest.see,
        Act.DIGEST_PAGE_: digest.paged,
        Act.SYNC_READY: all_ready.pressed,
        Act.SNOOZE: snoozing.pressed,
        Act.UNSNOOZE: snoozing.undo,
        Act.OPEN_DIGEST_SETTINGS: digest_settings.start,
        Act.OPEN_SETTINGS: settings.start,
        Act.OPEN_PLACES: places.start,
        Act.OPEN_PEOPLE: people.start,
        Act.PEOPLE_PAGE_: people.paged,
        Act.CHANGE_PERSON_: people.change,
        Act.ADD_PERSON: people.change,
    }
)
VIEWS: Mapping[Screen, Handler] = MappingProxyType(
    {
        Screen.IMPORT: importing.submitted,
        Screen.AMENDED: amended.left,
        Screen.REJECT: approving.rejected,
        Screen.POLICY: policy.submitted,
        Screen.ALONE: away.declared,
        Screen.AWAY: away.said_away,
        Screen.HAND_OVER: approving.handed_over,
        Screen.MAPPING: mapping_confirming.confirmed,
        Screen.COLUMN: columns.said,
        Screen.COLUMN_TAX: columns.said_tax,
        Screen.COLUMN_VALUES: columns.said_values,
        Screen.MATTER_CASE: matters.said_whose,
        Screen.MATTER_CURRENCY: matters.said_currency,
        Screen.BANKING: banking.submitted,
        Screen.GOING_LIVE: going_live.submitted,
        Screen.TRUST: trust.submitted,
        Screen.TRUST_REJECT: trust_rejecting.submitted,
        Screen.SYNC_SEARCH: sync.searched,
        Screen.SYNC: sync.submitted,
        Screen.NARROW: choosing.narrowed,
        Screen.CONTACT: contact.submitted,
        Screen.CONTACTS: contacts.searched,
        Screen.ADD_CONTACT: add_contact.add,
        Screen.WHO_PAYS: payers.said_who_pays,
        Screen.WHICH_EMAIL: payers.said_which_email,
        Screen.DIGEST_SETTINGS: digest_settings.submitted,
        Screen.SNOOZE: snoozing.picked,
        Screen.PLACES: places.submitted,
        Screen.PERSON: people.submitted,
    }
)
OPTIONS: Mapping[Act, Handler] = MappingProxyType(
    {
        Act.MAP_CHOOSE: mapping.offered,
        Act.MAP_EXCEPT: mapping.exceptions_offered,
        Act.COLUMN_TAX: columns.offered,
        Act.ZONE: places.zones_offered,
    }
)


def register(app: App, context: Context) -> None:
    """Have Bolt call each handler with who asks, checked at that moment; and answer every failure."""
    for act, decision in DECISIONS.items():  # first, as Bolt asks one after another
        app.action(action_pattern(act), middleware=[decider(decision, context, need_of(act))])(_decided)
    for act, handler in ACTIONS.items():
        app.action(action_pattern(act))(listener(handler, context, need_of(act)))
    app.action(re.compile(".*"))(listener(unknown, context))
    for command, handler in COMMANDS.items():
        app.command(command)(listener(handler, context, need_of(command)))
    for screen, handler in VIEWS.items():
        app.view(screen)(listener(handler, context, need_of(screen)))
    app.view_closed(Screen.MAPPING)(listener(mapping_closing.closed, context))
    app.view(re.compile(".*"))(listener(sent_twice, context))
    for act, handler in OPTIONS.items():
        app.options(act)(listener(handler, context, need_of(act)))
    home.register_home(app, context)
    direct.register_direct(app, context)
    errors.register_errors(app, context)


def _decided() -> None:
    """What Bolt would call after a decision; the decision has answered."""
