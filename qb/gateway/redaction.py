"""Takes the secrets out of a text before anybody can read it."""

import re

MARK = "[redacted]"
LONGEST = 2000

# What tokens look like, for those we don't know by value (Intuit prints them into its 401 and 403 details).
_TOKENS = (
    re.compile(
        r"(?i)\b(token(?:\s+(?:expired|invalid|revoked))?|bearer|basic)(\s*[:=]\s*|\s+)(?=\S*\d)\S{8,}"
    ),
    re.compile(r"\beyJ[\w.+/=-]{16,}"),
    re.compile(r"\b(?=[\w.~+/=-]*[A-Za-z])(?=[\w.~+/=-]*\d)[\w.~+=-]{40,}"),
)


def redact(text: str, *secrets: str) -> str:
    """The text without these secrets, without anything that looks like a token, at most 2000 characters."""
    for secret in secrets:
        if secret:
            text = text.replace(secret, MARK)
    text = _TOKENS[0].sub(rf"\1\2{MARK}", text)
    for token in _TOKENS[1:]:
        text = token.sub(MARK, text)
    return text[:LONGEST]
