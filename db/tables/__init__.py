"""The ORM, private to ``db``: one module a subject."""

from __future__ import annotations

from db.columns import Base
from db.tables.checks import Check, FindingRow
from db.tables.digests import DigestRow, SnoozeRow
from db.tables.errands import ErrandRow, PersonRow
from db.tables.firm import Connection, ConsentRequest, Draft, Firm, FirmSettingsRow, Role
from db.tables.ledger import (
    AuditHead,
    AuditLine,
    CompanyCalls,
    Effect,
    EpochRow,
    Heartbeat,
    ReceiptRow,
    Sync,
    Task,
)
from db.tables.mapping import ContactLink, DirectoryEntry, MappingChoice, MappingReview
from db.tables.others import BookedAnswer, OthersRead
from db.tables.questions import AnswerRow, QuestionRow
from db.tables.requests import DirectMessageRow, RequestRow
from db.tables.source import Import, ImportFile, SourceRow, WaitingFileRow
from db.tables.trust import MeteredReads, TrustApproval
from db.tables.visits import Visit

__all__ = [
    "AnswerRow",
    "AuditHead",
    "AuditLine",
    "Base",
    "BookedAnswer",
    "Check",
    "CompanyCalls",
    "Connection",
    "ConsentRequest",
    "ContactLink",
    "DigestRow",
    "DirectMessageRow",
    "DirectoryEntry",
    "Draft",
    "Effect",
    "EpochRow",
    "ErrandRow",
    "FindingRow",
    "Firm",
    "FirmSettingsRow",
    "Heartbeat",
    "Import",
    "ImportFile",
    "MappingChoice",
    "MappingReview",
    "MeteredReads",
    "OthersRead",
    "PersonRow",
    "QuestionRow",
    "ReceiptRow",
    "RequestRow",
    "Role",
    "SnoozeRow",
    "SourceRow",
    "Sync",
    "Task",
    "TrustApproval",
    "Visit",
    "WaitingFileRow",
]
