"""An example of every screen and message of a firm's day: Home, the digest, a long sync, what changed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from commands.stand_ins import Absence
from commands.views import digest, digest_lines, digest_list, digest_settings, home, progress, result, summary
from commands.views.digest_list import Place
from commands.views.digest_settings import Next
from commands.views.home import Guide, Step
from commands.views.outcome import Step as How
from commands.views.outcome import Story
from commands.views.standing import Done, Overview, Running
from commands.views.vacancies import Vacancies
from db.chosen import FirmSettings
from db.snoozes import Snooze
from tests.views import digests, test_amended, test_overview, test_result
from tests.views.cast import LONG, NOW, cad, usd
from tests.views.examples import Example, Shown
from tests.views.test_overview import CONNECTION

DAILY = FirmSettings(digest_channel="C0BOOKS")
MANY = 60


def _busy(name: str) -> Overview:
    running = Running(name, "U0MARIA", 37, 1, 120)
    done = Done(name, "U0MARIA", "U0BEN", NOW, 3, 3, (cad("2330.00"), usd("9.00")), (name,) * 3, 0)
    connection = replace(CONNECTION, company_name=name)
    away = Absence("U0BEN", NOW.date(), "U0ALICE")
    vacant = Vacancies("U0BEN", (away,) * 9, 3)
    busy = replace(test_overview.BUSY, away=away, stands_for=(away,) * 9, vacant=vacant)
    return replace(busy, connection=connection, running=(running,) * 9, done=(done,) * 9)


def _home(name: str) -> Sequence[Shown]:
    guides = [None, *(Guide(tuple(Step)[at:]) for at in range(len(Step)))]
    return [home.home(shown, guide, NOW) for shown in (_busy(name), test_overview.NEW) for guide in guides]


def _listed(name: str) -> Sequence[Shown]:
    posted = digest_settings.summary(DAILY, "America/Toronto")
    return [
        digest_list.screen(shown, Place(digests.ID, page=page), posted, may_set=page == 0)
        for shown in (digests.of(), digests.BUSY, digests.many(name, 60, 20))
        for page in range(3)
    ]


def _long_story(name: str) -> Sequence[Story]:
    """Many on their way, and all ended with a few exceptions."""
    fine = [replace(test_result.booked(f"INV-{n}"), client=name) for n in range(MANY)]
    odd = [replace(test_result.refused(name, LONG), client=name)] * 40
    going = [replace(test_result.booked(name), step=step) for step in How]
    return [
        test_result.story(*fine, *odd, client=name),
        test_result.story(*fine, *odd, *going, client=name),
        test_result.story(*going, client=name),
    ]


EXAMPLES: Mapping[str, Example] = {
    "digest.named": lambda name: [
        digest.named(shown) for shown in (digests.BUSY, digests.many(name), digests.many(name, 3, 2))
    ],
    "digest.now": lambda name: [
        digest.now(replace(shown, as_of="09:12"), names=names)
        for shown in (digests.BUSY, digests.many(name))
        for names in (True, False)
    ],
    "digest.counted": lambda name: [digest.counted(shown) for shown in (digests.BUSY, digests.many(name))],
    "digest.all_clear": lambda _name: [digest.all_clear(digests.of())],
    "digest_lines.put_off": lambda name: [
        digest_lines.put_off(
            digest_lines.what_in_words(shown.digest.snoozed[0]),
            Snooze("m1015", None, "", "U0MARIA", NOW),
            "digest:1",
        )
        for shown in (digests.BUSY, digests.many(name))
        if shown.digest.snoozed
    ],
    "digest_list.screen": _listed,
    "digest_list.pick_day": lambda _name: [digest_list.pick_day("{}", "What you snooze")],
    "digest_settings.page": lambda _name: [
        digest_settings.page(one, "America/Toronto", "V1") for one in (DAILY, FirmSettings())
    ],
    "digest_settings.saved": lambda name: [
        digest_settings.saved(DAILY, name, Next(NOW.date(), comes, had_today=had, is_first=not had))
        for comes in (None, NOW.date(), NOW.date() + timedelta(days=1), NOW.date() + timedelta(days=3))
        for had in (True, False)
    ],
    "digest_settings.nowhere": lambda _name: [
        digest_settings.nowhere("C0BOOKS", "CaseLedger isn't in that channel.")
    ],
    "amended.message": test_amended.shown,
    "amended.leave": test_amended.leaving,
    "home.home": _home,
    "home.closed": lambda _name: [home.closed()],
    "progress.not_begun": lambda name: [
        progress.not_begun(one, name, connect=connect)
        for one in _long_story(name)
        for connect in (False, True)
    ],
    "progress.progress": lambda name: [progress.progress(one) for one in _long_story(name)],
    "result.everything": lambda name: [part for one in _long_story(name) for part in result.everything(one)],
    "summary.summary": lambda name: [part for one in _long_story(name) for part in summary.summary(one)],
}
