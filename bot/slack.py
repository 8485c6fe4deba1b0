"""Slack's side of the program: its clients, the Bolt app, and which workspace may speak to us."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from bot.outbound import modern_tls

if TYPE_CHECKING:
    from slack_bolt.context import BoltContext

LISTENERS = 32
NOW_SECONDS = 2
WORKER_SECONDS = 15
NOT_OURS = "CaseLedger isn't set up for this workspace. Nothing was done."


class SlackRefusedError(Exception):
    """Slack doesn't know our token; the message names its error."""


class SlackUnreachableError(Exception):
    """Slack doesn't answer."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """The workspace our token belongs to, and who we are in it."""

    team_id: str
    name: str
    bot_user_id: str
    bot_id: str


@dataclass(frozen=True, slots=True)
class SlackAccess:
    """How we reach Slack as this app."""

    token: str
    api_url: str

    def for_worker(self) -> WebClient:
        """A client that waits out rate limits; never re-sends what may have been posted."""
        waits = RateLimitErrorRetryHandler(max_retry_count=2)
        return self._client(WORKER_SECONDS, [waits])

    def for_listener(self) -> WebClient:
        """A client for the one call a listener may make: it gives up before Slack does."""
        return self._client(NOW_SECONDS, [])

    def workspace(self) -> Workspace:
        """Ask Slack who we are; :class:`SlackRefusedError`, :class:`SlackUnreachableError`."""
        try:
            answer = self.for_worker().auth_test()
        except SlackApiError as error:
            raise SlackRefusedError(str(error.response["error"])) from error
        except (SlackClientError, OSError) as error:
            raise SlackUnreachableError(type(error).__name__) from error
        return Workspace(
            team_id=answer["team_id"],
            name=answer["team"],
            bot_user_id=answer["user_id"],
            bot_id=answer.get("bot_id", ""),
        )

    def _client(self, seconds: int, handlers: list[RateLimitErrorRetryHandler]) -> WebClient:
        return WebClient(
            token=self.token,
            base_url=self.api_url,
            timeout=seconds,
            ssl=modern_tls(),
            retry_handlers=list(handlers),
        )


def create_bolt(*, access: SlackAccess, signing_secret: str, workspace: Workspace) -> App:
    """A Bolt app that answers this workspace only, with threads enough that nobody waits for a listener."""

    def authorize(context: BoltContext) -> AuthorizeResult | None:
        if context.team_id != workspace.team_id:
            context.pop("response_url", None)  # or Bolt would answer there: wherever the request says
            return None
        return AuthorizeResult(
            enterprise_id=context.enterprise_id,
            team_id=workspace.team_id,
            bot_user_id=workspace.bot_user_id,
            bot_id=workspace.bot_id,
            bot_token=access.token,
        )

    return App(
        name="caseledger",
        client=access.for_listener(),
        signing_secret=signing_secret,
        authorize=authorize,  # type: ignore[arg-type]  # None says "not ours", which its type forgets
        user_facing_authorize_error_message=NOT_OURS,
        listener_executor=ThreadPoolExecutor(LISTENERS, thread_name_prefix="slack"),
    )
