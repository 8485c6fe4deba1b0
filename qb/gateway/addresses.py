"""Where QuickBooks is: Intuit's addresses, or the ones a firm's settings put in their place."""

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from types import MappingProxyType
from urllib.parse import SplitResult, urlsplit


class BadAddress(ValueError):  # noqa: N818 - named as the thing it is about
    """This address can't be used for QuickBooks; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """The API's origin, the three OAuth 2.0 addresses, and the origin where links for people lead."""

    api: str
    authorize: str
    token: str
    revoke: str
    app: str


AUTHORIZE = "https://appcenter.intuit.com/connect/oauth2"
TOKEN = "https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer"  # noqa: S105 - an address
REVOKE = "https://developer.api.intuit.com/v2/oauth2/tokens/revoke"
API: Mapping[str, str] = MappingProxyType(
    {
        "sandbox": "https://sandbox-quickbooks.api.intuit.com",
        "production": "https://quickbooks.api.intuit.com",
    }
)
APP: Mapping[str, str] = MappingProxyType(
    {
        API["sandbox"]: "https://app.sandbox.qbo.intuit.com",
        API["production"]: "https://app.qbo.intuit.com",
    }
)


def addresses(
    environment: str,
    *,
    api: str | None = None,
    authorize: str | None = None,
    token: str | None = None,
    revoke: str | None = None,
) -> Addresses:
    """Intuit's addresses of ``sandbox`` or ``production``, each replaced by the override that is given.

    Raises BadAddress for another environment, and for an address that is neither https nor http to this
    very machine. With an ``api`` of one's own, links for people lead to that origin.
    (Intuit: OpenID discovery document; base URLs of the API reference.)
    """
    if environment not in API:
        raise BadAddress(f"INTUIT_ENVIRONMENT is {environment!r}; it must be sandbox or production.")
    origin = _origin("QUICKBOOKS_API_URL", api or API[environment])
    return Addresses(
        api=origin,
        authorize=_checked("INTUIT_AUTHORIZE_URL", authorize or AUTHORIZE).geturl(),
        token=_checked("INTUIT_TOKEN_URL", token or TOKEN).geturl(),
        revoke=_checked("INTUIT_REVOKE_URL", revoke or REVOKE).geturl(),
        app=APP.get(origin, origin),
    )


def _origin(setting: str, address: str) -> str:
    parts = _checked(setting, address.rstrip("/"))
    if parts.path:
        raise BadAddress(f"{setting} must end after the host and port, not in {parts.path!r}.")
    return parts.geturl()


def _checked(setting: str, address: str) -> SplitResult:
    """The address in its parts, or BadAddress in words that name the setting."""
    try:
        parts = urlsplit(address)
        port_is_a_number = parts.port is None or parts.port > 0
    except ValueError:
        raise BadAddress(f"{setting} is not an address.") from None
    # Never repeat the address here: it may hold a password.
    if not (parts.hostname and port_is_a_number) or "@" in parts.netloc or parts.query or parts.fragment:
        raise BadAddress(f"{setting} must be a plain address: scheme, host, port and path.")
    if parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname)):
        return parts
    raise BadAddress(f"{setting} must begin with https:// (http:// is only for this very machine).")


def is_loopback(host: str) -> bool:
    """Whether this host name or address means the machine we run on."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
