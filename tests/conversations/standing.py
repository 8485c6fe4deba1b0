"""The real program as a process of its own, between a QuickBooks and a Slack that live in the test."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.demo.cast import ALICE, BEN, MARIA
from bot.demo.playground.hands import Hands
from bot.demo.samples import write_samples
from tests.conversations.story import TODAY, Cast
from tests.firm_that_trusts import begin_trusting
from tests.stage import environment, far_side, free_port
from tests.started import Running, caseledger_run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from qb.sandbox import Sandbox

UNHURRIED_SECONDS = 30.0
"""How long this Slack waits for an answer: its three seconds are tested elsewhere, not on a busy machine."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The far side, and what the program is told of it; ``hands`` reach backstage at its Slack."""

    sandbox: Sandbox
    hands: Hands
    cast: Cast
    variables: dict[str, str]
    folder: Path

    @property
    def database_url(self) -> str:
        """Where the records are."""
        return self.variables["DATABASE_URL"]

    @contextmanager
    def program(self, *arguments: str) -> Iterator[Running]:
        """`caseledger run` from here to the end of the block, unless it is killed before."""
        with caseledger_run(self.variables, self.folder, *arguments) as running:
            yield running


@contextmanager
def standing(database_url: str, folder: Path) -> Iterator[Standing]:
    """Everything but the program itself."""
    begin_trusting(database_url, [MARIA.id])
    url = f"http://127.0.0.1:{free_port()}"
    exports = folder / "exports"
    write_samples(exports, today=TODAY)
    with far_side(url, exports) as (sandbox, playground):
        hands = Hands(playground.url)
        hands.switch(ack_seconds=UNHURRIED_SECONDS)
        cast = Cast(hands.as_(MARIA.id), hands.as_(BEN.id), hands.as_(ALICE.id))
        yield Standing(sandbox, hands, cast, environment(url, database_url, sandbox, playground), folder)
