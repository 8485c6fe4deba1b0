"""What may be fetched from Slack: its own hosts only, no redirects, never more than an export may be."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

import requests

from commands.errors import RefusedError
from commands.words import files

SLACK_DOMAINS = ("slack.com", "slack-files.com")
MAX_FILE_BYTES = 20 * 1024 * 1024
TIMEOUT_SECONDS = (5, 30)


class ForeignAddressError(RefusedError):
    """An address that isn't Slack's was about to be asked."""


class FileTooLargeError(RefusedError):
    """The file is larger than an export may be."""


class FileGoneError(RefusedError):
    """Slack doesn't hand the file out (any more)."""


@dataclass(frozen=True, slots=True)
class SlackFiles:
    """Fetches files people gave the app; ``api_url`` is where this firm's Slack is."""

    api_url: str
    token: str

    def download(self, url: str) -> bytes:
        """The file's bytes.

        Raises :class:`ForeignAddressError`, :class:`FileTooLargeError`, :class:`FileGoneError`, or
        requests' own errors where Slack can't be reached.
        """
        if not is_slack(url, self.api_url):
            raise ForeignAddressError(files.NOT_SLACKS.said())
        with requests.Session() as session:
            session.trust_env = False
            with session.get(
                url,
                headers={"Authorization": f"Bearer {self.token}"},
                timeout=TIMEOUT_SECONDS,
                allow_redirects=False,
                stream=True,
            ) as reply:
                if reply.status_code != requests.codes.ok:
                    raise FileGoneError(files.NOT_HANDED_OUT.said(status=str(reply.status_code)))
                return _capped(reply)


@cache
def modern_tls() -> ssl.SSLContext:
    """TLS 1.2 or newer, certificates checked; made once, as reading the machine's list of them is slow."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _capped(reply: requests.Response) -> bytes:
    content = bytearray()
    for chunk in reply.iter_content(1 << 16):
        content += chunk
        if len(content) > MAX_FILE_BYTES:
            raise FileTooLargeError(files.TOO_LARGE.said())
    return bytes(content)


def is_slack(url: str, api_url: str) -> bool:
    """Whether an address is Slack's, or that of the Slack we are set to (a trial on this machine)."""
    asked, ours = urlsplit(url), urlsplit(api_url)
    if (asked.scheme, asked.netloc) == (ours.scheme, ours.netloc):
        return True
    return asked.scheme == "https" and is_slacks_host(asked.hostname or "")


def is_slacks_host(host: str) -> bool:
    """Whether a name is Slack's own or below it."""
    return any(host == domain or host.endswith(f".{domain}") for domain in SLACK_DOMAINS)
