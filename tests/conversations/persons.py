"""A person at some Slack, whichever it is: what they do, what they see, and waiting until they see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from bot.demo.playground.hands import wait_for

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.demo.playground.gestures.stage import Outcome
    from bot.demo.playground.seen import Seen, SeenMessage, SeenView

Found = TypeVar("Found")
PATIENCE = 30.0


class Someone(Protocol):
    """What the conversations need of a person's hands and eyes."""

    @property
    def id(self) -> str:
        """The member's id."""

    def command(self, name: str, text: str = "") -> Outcome:
        """Type a slash command in the app's direct messages."""

    def click(self, what: str, in_: Seen | None = None) -> Outcome:
        """Press a button by its text or action id."""

    def fill(self, what: str, value: str | None) -> Outcome:
        """Type into a field of the modal in front."""

    def choose(self, what: str, *options: str) -> Outcome:
        """Choose in the modal in front, by an option's text or value."""

    def attach_samples(self, names: Sequence[str]) -> Outcome:
        """Put sample exports into the file input in front."""

    def submit(self) -> Outcome:
        """Submit the modal in front."""

    def close(self) -> Outcome:
        """Close the modal in front."""

    def modal(self) -> SeenView | None:
        """The modal in front."""

    def messages(self) -> list[SeenMessage]:
        """The app's direct messages, oldest first."""

    def notices(self) -> list[str]:
        """What only this person sees."""


def words_in_front(person: Someone) -> str:
    """What stands in the modal in front."""
    modal = person.modal()
    return "" if modal is None else modal.words


def sees(person: Someone, says: str) -> SeenView:
    """The modal in front, once it says this."""

    def look() -> SeenView | None:
        modal = person.modal()
        return modal if modal is not None and says in modal.words else None

    return _once(look, lambda: f"no modal says {says!r}; the one in front is the last of:\n{told(person)}")


def reads(person: Someone, says: str, seconds: float = PATIENCE) -> SeenMessage:
    """The newest direct message that says this, once there is one."""

    def look() -> SeenMessage | None:
        fitting = messages_that_say(person, says)
        return fitting[-1] if fitting else None

    return _once(look, lambda: f"no message says {says!r}; there are:\n{told(person)}", seconds)


def hears(person: Someone, says: str) -> str:
    """What only this person sees and says this, once it is there."""
    return _once(
        lambda: next((one for one in person.notices() if says in one), None),
        lambda: f"no notice says {says!r}; there are: {person.notices()}",
    )


def messages_that_say(person: Someone, says: str) -> list[SeenMessage]:
    """The direct messages that say this now."""
    return [one for one in person.messages() if says in one.words or says in one.text]


def told(person: Someone) -> str:
    """All direct messages, notices among them, and the modal in front, to look at."""
    return "\n---\n".join([*(one.words for one in person.messages()), words_in_front(person)])


def _once(look: Callable[[], Found | None], otherwise: Callable[[], str], seconds: float = PATIENCE) -> Found:
    try:
        return wait_for(look, seconds)
    except AssertionError as missing:
        raise AssertionError(otherwise()) from missing
