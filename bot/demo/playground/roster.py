"""Who and what is in the workspace: its team, its people, its channels and the app."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.demo.playground.refusal import SlackError

TEAM_ID = "T0NORTHGATE"
TEAM_NAME = "Northgate Immigration"
TEAM_DOMAIN = "northgate"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who uses the workspace; `timezone` is an IANA name.

    A `guest` and somebody of another `team` are only in the channels that name them; one who was
    `deactivated` is still known, and in none.
    """

    id: str
    name: str
    title: str = ""
    email: str = ""
    timezone: str = "America/Toronto"
    admin: bool = False
    owner: bool = False
    guest: bool = False
    deactivated: bool = False
    team: str = TEAM_ID

    @property
    def at_home(self) -> bool:
        """Whether this is the person's own workspace."""
        return self.team == TEAM_ID

    @property
    def handle(self) -> str:
        """The name as Slack writes it in mentions and in `user_name`."""
        return re.sub(r"[^a-z0-9._-]+", ".", self.name.lower()).strip(".") or self.id.lower()

    @property
    def address(self) -> str:
        """The e-mail address, made from the handle when none was given."""
        return self.email or f"{self.handle}@northgate.example"

    @property
    def direct(self) -> str:
        """The id of this person's conversation with the app."""
        return "D" + self.id[1:]


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel; without `members` every full member is in it, and `shared` is with another workspace."""

    id: str
    name: str
    private: bool = False
    topic: str = ""
    members: tuple[str, ...] | None = None
    app_is_in: bool = True
    shared: bool = False

    def has(self, person: Person) -> bool:
        """Whether this person can read the channel."""
        if person.deactivated:
            return False
        if self.members is None:
            return person.at_home and not person.guest
        return person.id in self.members


@dataclass(frozen=True, slots=True)
class AppIdentity:
    """The app under test as Slack knows it."""

    name: str = "CaseLedger"
    id: str = "A0CASELEDGER"
    bot_id: str = "B0CASELEDGER"
    user_id: str = "U0CASELEDGER"


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody and every channel, found by id."""

    people: tuple[Person, ...]
    channels: tuple[Channel, ...]
    app: AppIdentity = field(default_factory=AppIdentity)

    def person(self, person_id: str) -> Person:
        """The person of this id; `user_not_found` else."""
        for each in self.people:
            if each.id == person_id:
                return each
        raise SlackError("user_not_found")

    def channel(self, channel_id: str) -> Channel | None:
        """The channel of this id, or None where it is a direct conversation or nothing."""
        return next((each for each in self.channels if each.id == channel_id), None)

    @property
    def present(self) -> tuple[Person, ...]:
        """Everybody who can still sign in."""
        return tuple(each for each in self.people if not each.deactivated)

    def reaches(self, person: Person) -> list[str]:
        """The ids of all conversations this person can read, their own with the app last.

        People of another workspace have none with the app, which isn't installed in theirs.
        """
        own = [person.direct] if person.at_home and not person.deactivated else []
        return [each.id for each in self.channels if each.has(person)] + own

    def channel_label(self, channel_id: str) -> str:
        """The `channel_name` that Slack sends along: only public channels keep their name."""
        channel = self.channel(channel_id)
        if channel is None:
            return "directmessage"
        return "privategroup" if channel.private else channel.name


NORTHGATE_PEOPLE = (
    Person(id="U0MARIA", name="Maria", title="Staff"),
    Person(id="U0BEN", name="Ben", title="Approver"),
    Person(id="U0ALICE", name="Alice", title="Admin", admin=True),
)
NORTHGATE_CHANNELS = (
    Channel(id="C0GENERAL", name="general", topic="The whole firm", app_is_in=False),
    Channel(id="C0BOOKS", name="books", topic="Month-end and the daily digest"),
    Channel(id="C0APPROVE", name="books-approvals", private=True, topic="A second pair of eyes"),
)
# Who a firm's workspace also knows, for those who want to see how an app takes them.
VISITORS = (
    Person(id="U0GAIL", name="Gail", title="Outside bookkeeper", guest=True),
    Person(id="U0OMAR", name="Omar", title="At another firm", team="T0ELSEWHERE"),
    Person(id="U0DORA", name="Dora", title="Left in March", deactivated=True),
)
