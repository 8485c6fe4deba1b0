"""What an effect is known by: to QuickBooks' duplicate check, and in the document it leaves behind."""

from __future__ import annotations

import base64
import uuid
from hashlib import sha256

NAMESPACE = uuid.UUID("5f1c9d52-7a0e-5c39-9f6b-1d0b6f2a8e47")


def request_id(firm: str, realm: str, subject: str, operation: str, generation: int) -> str:
    """The request id QuickBooks gets (36 characters): the same for the same effect, for ever."""
    return str(uuid.uuid5(NAMESPACE, f"{firm}|{realm}|{subject}|{operation}|{generation}"))


def marker(firm: str, subject: str, operation: str, generation: int) -> str:
    """The mark in a document's private note by which we find it again; it tells nothing about a person."""
    digest = sha256(f"{firm}|{subject}|{operation}|{generation}".encode()).digest()
    return f"[rec:{base64.b32encode(digest).decode()[:22]}]"
