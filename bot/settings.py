"""The environment as values: the only module that reads it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from qb.gateway import Pace, read_pace

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class Settings(BaseSettings):
    """Every variable of the README, read from the environment and a ``.env`` beside it."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True, hide_input_in_errors=True
    )

    database_url: str = "sqlite:///caseledger.db"
    vault_keys: SecretStr = SecretStr("")
    public_url: str = ""
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 3000

    slack_signing_secret: SecretStr = SecretStr("")
    slack_bot_token: SecretStr = SecretStr("")
    slack_app_token: SecretStr = SecretStr("")
    slack_api_url: str = "https://slack.com/api/"

    intuit_client_id: str = ""
    intuit_client_secret: SecretStr = SecretStr("")
    intuit_environment: Literal["sandbox", "production"] = "sandbox"
    quickbooks_api_url: str = ""
    intuit_authorize_url: str = ""
    intuit_token_url: str = ""
    intuit_revoke_url: str = ""
    quickbooks_pace: str = str(Pace())

    admins: Annotated[tuple[str, ...], NoDecode] = ()
    approvers: Annotated[tuple[str, ...], NoDecode] = ()
    timezone: str = "America/Toronto"
    approval_channel: str = ""
    digest_channel: str = ""
    digest_at: Annotated[str, Field(pattern=r"^(?:([01][0-9]|2[0-3]):[0-5][0-9])?$")] = ""  # HH:MM

    @field_validator("admins", "approvers", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("quickbooks_pace")
    @classmethod
    def _a_pace(cls, value: str) -> str:
        return str(read_pace(value))

    @field_validator("slack_api_url")
    @classmethod
    def _end_in_slash(cls, value: str) -> str:
        return value if value.endswith("/") else value + "/"

    @field_validator("slack_api_url")
    @classmethod
    def _only_tls(cls, value: str) -> str:
        address = urlsplit(value)
        if address.scheme != "https" and (address.scheme != "http" or address.hostname not in LOOPBACK):
            raise ValueError("our token goes there: it must be https, or http on this machine")
        return value

    @property
    def address(self) -> str:
        """Where people's browsers reach us, without a slash at the end."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def is_https(self) -> bool:
        """Whether browsers reach us over TLS; without it only loopback is served."""
        return urlsplit(self.address).scheme == "https"

    @property
    def pace(self) -> Pace:
        """How many calls one QuickBooks company gets from us."""
        return read_pace(self.quickbooks_pace)

    @property
    def intuit_missing(self) -> tuple[str, ...]:
        """Which variables of Intuit's app aren't set, by name."""
        given = {
            "INTUIT_CLIENT_ID": self.intuit_client_id,
            "INTUIT_CLIENT_SECRET": self.intuit_client_secret.get_secret_value(),
        }
        return tuple(name for name, value in given.items() if not value)

    @property
    def slack_is_set(self) -> bool:
        """Whether Slack's app is known: its token, and its signing secret or a line by Socket Mode."""
        heard = self.slack_signing_secret.get_secret_value() or self.slack_app_token.get_secret_value()
        return bool(heard and self.slack_bot_token.get_secret_value())


def read_settings(env_file: Path | None = Path(".env")) -> Settings:
    """Read environment and ``.env``; pydantic's ``ValidationError`` names what can't be read."""
    return Settings(_env_file=env_file)  # type: ignore[call-arg]  # a keyword of pydantic-settings itself
