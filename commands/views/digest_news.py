"""What a digest tells beside what waits: what came of the day before, and what else is to be seen to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from commands.ids import Command
from commands.views.amended import headline
from commands.views.notices import import_button
from commands.views.text import age, count, day, moneys, name, payment_known, verb

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from commands.views.blocks import Element
    from db.money import Money
    from qb.omens import Omen

MOST_OMENS = 3
OLD_EXPORT = 7  # days


@dataclass(frozen=True, slots=True)
class News:
    """What came of the day before, and what else is to be seen to; ``since`` is the firm's day.

    ``refused`` are invoices QuickBooks said no to, ``rejected`` requests an approver did, ``findings`` what
    isn't as booked, ``amended`` of what CaseEasy says something else now, ``under_way`` what is being booked
    now, ``export_days`` the newest export's age, by its own date where it is ``export_dated``, else by its
    import's; ``newest_payment`` the newest day on which anything was paid.
    """

    since: date | None = None
    booked: int = 0
    booked_totals: tuple[Money, ...] = ()
    refused: int = 0
    rejected: int = 0
    findings: int = 0
    amended: int = 0
    under_way: int = 0
    export_days: int | None = None
    export_dated: bool = True
    newest_payment: date | None = None
    omens: tuple[Omen, ...] = ()


def news_lines(news: News, *, names: bool) -> Iterator[tuple[str, Element | None]]:
    """What is told of it, each with its control; without names nothing of what clients are behind."""
    since = f"Since {day(news.since)}: " if news.since else "Since yesterday: "
    if news.booked or news.refused or news.rejected:
        booked = f"{count(news.booked, 'invoice')} booked ({moneys(news.booked_totals)})"
        refused = f"{count(news.refused, 'invoice')} refused by QuickBooks"
        rejected = f"{count(news.rejected, 'request')} rejected"
        came = ((booked, news.booked), (refused, news.refused), (rejected, news.rejected))
        parts = [words for words, number in came if number]
        yield f"{since}{', '.join(parts)}.", None
    if news.under_way:
        told = (
            f"{count(news.under_way, 'more invoice')} {verb(news.under_way, 'is', 'are')} being booked now."
        )
        yield told, None
    if news.findings:
        told = (
            f"{count(news.findings, 'thing')} in QuickBooks {verb(news.findings, 'is', 'are')} not as booked."
        )
        yield f"{told} Approvers and admins have a direct message with each of them.", None
    if news.amended:
        yield f"{headline(news.amended)}: `{Command.OVERVIEW}` has them.", None
    if news.export_days is not None:
        yield export_line(news, news.export_days, names=names)
    told_here = news.omens[:MOST_OMENS] if names else ()
    for omen in told_here:
        yield name(omen.line, 400), None
    hidden = len(news.omens) - len(told_here)
    if hidden > 0:
        thing = "more thing" if told_here else "thing"
        yield f"{count(hidden, thing)} to see to soon: see `{Command.DIGEST}`.", None


def export_line(news: News, days: int, *, names: bool) -> tuple[str, Element | None]:
    """How old what we know is, ``days``; an old one with the way to a newer one."""
    known = payment_known(news.newest_payment)
    if days <= OLD_EXPORT:
        imported = "" if news.export_dated else "imported "
        return f"Newest export: {imported}{age(days)}{known}", None
    told = f"The newest export is {days:,} days old{known}. Import a newer one."
    return told, import_button() if names else None
