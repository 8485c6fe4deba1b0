"""The people around the program: they connect again, look into QuickBooks, decide, and order again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.effects import Confirm, Found, GiveUp, LookAgain, State
from tests.nets.harm import in_books, unsettled

if TYPE_CHECKING:
    from db.effects import Effect, Outcome
    from tests.nets.core import Core

MOST_RUNS = 4
"""Within so many clean runs everything must be in the books."""


def bring_to_an_end(core: Core) -> int:
    """Let the program run without trouble, people doing theirs in between; how many runs it took."""
    for run in range(1, MOST_RUNS + 1):
        help_out(core)
        core.run()
        if not unsettled(core.effects()):
            return run
    return MOST_RUNS + 1


def help_out(core: Core) -> None:
    """Do all that waits for a person."""
    if not core.is_connected():
        core.reconnect()
    decide(core)
    core.ask_again()


def decide(core: Core, *, look_again: bool = False) -> None:
    """End each review by what is in QuickBooks, once nothing is on its way there."""
    for effect in core.effects():
        if effect.state is State.REVIEW and core.remote.quiet:
            decision = LookAgain() if look_again else _truth(core, effect)
            if decision is not None:
                core.resolve(effect, decision)


def _truth(core: Core, effect: Effect) -> Outcome | None:
    ids = in_books(core, effect)
    if len(ids) > 1:
        return None
    return Found(Confirm(ids[0])) if ids else GiveUp("It isn't in QuickBooks.")
