"""Columns of the exports that we don't know: listed for everybody, explained once by who may."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from commands import errands, speech
from commands import matters as matters_asked
from commands.access import confirmers, may_confirm, must_explain
from commands.books import NotConnectedError, books_of
from commands.errors import RefusedError
from commands.favour import Wish
from commands.firm import asker_in, next_task
from commands.ids import Act, Task
from commands.questions import answered, asked_of, carried, open_over, refuse
from commands.views import columns as views
from commands.views.blocks import OPTIONS
from commands.views.columns import ColumnsScreen
from commands.views.importing import ColumnsPut
from commands.views.matters import asks as asks_what
from commands.views.text import clean
from commands.words import columns as words
from db import audit, columns_taught, matters
from db import errands as asked_errands
from db.columns_taught import MOST_VALUES
from db.errands import Errand, ErrandState
from db.intake.meanings import OFFERED, VALUES, Meaning, Taught, value_key

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from commands.access import Asker
    from commands.call import Call
    from commands.context import Context
    from commands.favour import Favour
    from commands.views.blocks import View
    from db.columns_taught import ColumnAsked
    from db.intake.stage import ImportResult
    from db.outbox import ClaimedTask
    from qb.directory import TaxCode


MATTERS = tuple(f"{kind}|" for kind in matters.KINDS)


def start(call: Call) -> None:
    """Open the list."""
    call.ack()
    with call.context.database.read() as session:
        shown = _screen(session, call.asker, 0)
    open_over(call, views.screen(shown), {"page": 0})


def paged(call: Call) -> None:
    """Another page of it."""
    with call.context.database.write() as session:
        call.later(session, Task.COLUMNS, {"view": call.view["id"], "page": call.index})
    call.ack()


def fill(context: Context, task: ClaimedTask) -> None:
    """Task: draw the list, or the question about one column, on a screen that is open."""
    client = context.slack()
    asker = asker_in(context, client, task)
    with context.database.read() as session:
        subject = task.content.get("subject")
        if subject and subject.startswith(MATTERS):
            view = matters_asked.question(session, task.firm_id, subject, task.content["below"])
        elif subject:
            view = _question(session, task.firm_id, subject, task.content["below"])
        else:
            view = views.screen(_screen(session, asker, task.content["page"]))
    speech.show(client, task.content["view"], view)


def answer(call: Call) -> None:
    """Open the question about one column."""
    call.ack()
    below = str(call.view.get("id") or "")
    with call.context.database.read() as session:
        view = _question(session, call.asker.firm.id, call.value, below)
    open_over(call, view, {"subject": call.value, "below": below})


def said(call: Call) -> None:
    """What it means: saved, or asked on, where a meaning needs a rate or its values explained."""
    chosen = call.typed(views.MEANING_BLOCK, Act.COLUMN_MEANING).get("selected_option")
    if not chosen:
        refuse(call, views.MEANING_BLOCK, "Choose what the column means.")
        return
    meaning = Meaning(chosen["value"])
    with call.context.database.read() as session:
        asked = _asked(session, call.asker.firm.id, carried(call)["subject"])
        codes = _codes(session, call.asker.firm.id) if meaning is Meaning.TAX else ()
    if meaning in VALUES and not asked.column.whole:
        many = f"It has more than {MOST_VALUES} different values, too many to explain one by one."
        refuse(call, views.MEANING_BLOCK, many)
    elif meaning is Meaning.TAX:
        call.ack(response_action="update", view=views.which_tax(asked, codes, call.draft_id))
    elif meaning in VALUES and asked.column.values:
        metadata = json.dumps({**carried(call), "meaning": meaning})
        call.ack(response_action="update", view=views.which_values(asked, meaning, metadata))
    else:
        _save(call, Taught(meaning, asked.column.header))


def said_tax(call: Call) -> None:
    """Which tax: one of QuickBooks' codes, or a name."""
    picked = call.typed(views.CODE_BLOCK, Act.COLUMN_TAX).get("selected_option")
    typed = str(call.typed(views.NAME_BLOCK, Act.COLUMN_TAX_NAME).get("value") or "").strip()
    with call.context.database.read() as session:
        codes = {code.id: code for code in _codes(session, call.asker.firm.id)}
        asked = _asked(session, call.asker.firm.id, carried(call)["subject"])
    header = asked.column.header
    if picked and typed:
        refuse(call, views.NAME_BLOCK, "Choose a tax code or type a name, not both.")
    elif picked and picked["value"] in codes:
        code = codes[picked["value"]]
        _save(call, Taught(Meaning.TAX, header, code.name, code.percent))
    elif typed:
        _save(call, Taught(Meaning.TAX, header, typed))
    else:
        refuse(call, views.NAME_BLOCK, "Choose a tax code that is in QuickBooks, or type a name.")


def offered(call: Call) -> None:
    """The tax codes, narrowed by what is typed."""
    typed = clean(str(call.body.get("value") or "")).casefold()
    with call.context.database.read() as session:
        codes = [one for one in _codes(session, call.asker.firm.id) if typed in one.name.casefold()]
    call.ack(options=[views.code_option(code) for code in codes[:OPTIONS]])


def said_values(call: Call) -> None:
    """What each value means; those of before that aren't on the screen any more stay."""
    kept = carried(call)
    meaning = Meaning(kept["meaning"])
    with call.context.database.read() as session:
        asked = _asked(session, call.asker.firm.id, kept["subject"])
    known = asked.taught.values if asked.taught is not None and asked.taught.meaning is meaning else {}
    picked = {}
    for index, text in enumerate(asked.column.values):
        chosen = call.typed(f"{views.VALUE_BLOCK_}{index}", Act.COLUMN_VALUE).get("selected_option")
        if chosen and chosen["value"] in VALUES[meaning]:
            picked[value_key(text)] = str(chosen["value"])
    _save(call, Taught(meaning, asked.column.header, values={**known, **picked}))


def put_to(context: Context, asker: Asker, result: ImportResult) -> ColumnsPut | None:
    """After an import: to whom the questions of its columns go, who is asked once; None without any."""
    columns = [one.column.subject for one in result.questions]
    others = [one.subject for one in result.matters]
    if not columns and not others:
        return None
    headers = tuple(one.column.header for one in result.questions)
    put = ColumnsPut(headers, asker.user_id, mine=True, others=tuple(map(asks_what, result.matters)))
    if may_confirm(asker):
        return put
    with context.database.write() as session:
        fresh = [[one for one in each if one in result.anew] for each in (columns, others)]
        anew = asked_of(session, asker, *fresh)
        asks = anew or asked_of(session, asker, columns, others)
        if asks is not None and result.import_id is not None and (anew or not _hears(session, asker)):
            key = f"{Task.ERRAND}:columns:{result.import_id}"
            _leave_errand(session, context, asker, asks, key, is_new=anew is not None)
    return replace(put, to="" if asks is None else asks.of.user_id, mine=False)


def _hears(session: Session, asker: Asker) -> bool:
    """Whether this person is told already when columns are explained."""
    asked = asked_errands.open_ones(session, asker.firm.id, wish=Wish.COLUMNS)
    return any(one.asked_by == asker.user_id for one in asked)


def _leave_errand(
    session: Session, context: Context, asker: Asker, asks: Favour, key: str, *, is_new: bool
) -> None:
    """Asked on the importer's behalf, once: who imports isn't told of it twice, but hears the answer.

    What an earlier import asked for isn't put to the colleague again.
    """
    errand = Errand(
        id=context.new_id(),
        firm_id=asker.firm.id,
        asked_by=asker.user_id,
        asked_of=asks.of.user_id,
        wish=asks.wish,
        subject=asks.subject,
        content=errands.content_of(asks, None),
        state=ErrandState.OPEN,
        asked_at=context.clock(),
    )
    if asked_errands.ask(session, errand) is None and is_new:
        content = {"user": asker.user_id, "errand": errand.id, "told": "", "put": True}
        next_task(session, context, asker.firm.id, Task.ERRAND, content, key=key)


def _save(call: Call, means: Taught) -> None:
    """The answer, and with it what others had asked for; the same again changes nothing."""
    subject, firm_id = carried(call)["subject"], call.asker.firm.id
    with call.context.database.write() as session:
        must_explain(session, call.asker)
        audit.hold(session, firm_id)
        column = _asked(session, firm_id, subject).column
        if means.meaning not in OFFERED[column.report]:
            raise RefusedError(words.COLUMN_GONE.said())
        now, by = call.context.clock(), call.asker.user_id
        columns_taught.teach(session, firm_id, column, means, by=by, now=now)
        left = answered(session, call)
        asked = _asked(session, firm_id, column.subject)
    call.ack(response_action="update", view=views.saved(asked, left=left))


def _screen(session: Session, asker: Asker, page: int) -> ColumnsScreen:
    every = columns_taught.all_columns(session, asker.firm.id)
    others = matters.all_matters(session, asker.firm.id)
    waiting = [one.column.subject for one in every if one.is_open]
    asks = asked_of(session, asker, waiting, [one.subject for one in others if one.is_open])
    shown = ColumnsScreen(
        columns=every,
        matters=others,
        may_answer=may_confirm(asker),
        answerers=confirmers(session, asker.firm.id),
        asks=None if may_confirm(asker) else asks,
    )
    return replace(shown, page=max(0, min(page, shown.pages - 1)))


def _question(session: Session, firm_id: str, subject: str, below: str) -> View:
    asked = _asked(session, firm_id, subject)
    past = columns_taught.history(session, firm_id, asked.column)
    return views.question(asked, past, json.dumps({"subject": subject, "below": below}))


def _asked(session: Session, firm_id: str, subject: str) -> ColumnAsked:
    for one in columns_taught.all_columns(session, firm_id):
        if one.column.subject == subject and one.column.report in OFFERED:
            return one
    raise RefusedError(words.COLUMN_GONE.said())


def _codes(session: Session, firm_id: str) -> tuple[TaxCode, ...]:
    """QuickBooks' codes that can be charged, by name; none while no company is connected."""
    try:
        directory = books_of(session, firm_id).directory
    except NotConnectedError:
        return ()
    return tuple(sorted((code for code in directory.tax_codes if code.usable), key=lambda code: code.name))
