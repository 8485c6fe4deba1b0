"""What a firm's database held at each revision of the schema: rows for what that revision brought."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

Rows = dict[str, list[dict[str, Any]]]

THEN = datetime(2026, 5, 3, 14, 30, 5, 123456, tzinfo=UTC)
REALM, OTHER_REALM = "4620816365", "4620816366"
NAME = 'René "Ané" O\'Brien \\ 马春梅'
HOSTILE = "<!channel> & <https://evil|Approve>"
INVOICE = f"invoice|00002-Силва|INV-1001|{NAME}"
SHA, FIRST_SHA = "5" * 64, "0" * 64
LINE_1 = "bfa483f2fc78f89f0683aa00cbd489aa13af306217940756170e8524cab73e20"
LINE_2 = "e5b442ced480f50a3cb0f6a37f059aec8513f7221750c0db68a7404121219495"

FIRMS_AND_RECORDS: Rows = {
    "firms": [
        {"id": "firm-1", "team_id": "T1", "name": NAME, "timezone": "America/Toronto", "created_at": THEN},
        {"id": "firm-2", "team_id": None, "name": HOSTILE, "timezone": "UTC", "created_at": THEN},
    ],
    "roles": [
        {"firm_id": "firm-1", "user_id": "U0ALICE", "role": "admin", "given_by": "me", "given_at": THEN}
    ],
    "connections": [
        {
            "firm_id": "firm-1",
            "realm_id": REALM,
            "company_name": NAME,
            "home_currency": "CAD",
            "state": "ok",
            "reason": HOSTILE,
            "sealed_access": "v1.k.YWNjZXNz",
            "sealed_refresh": "v1.k.cmVmcmVzaA==",
            "sealed_previous": "v1.k.cHJldmlvdXM=",
            "access_expires_at": THEN,
            "refresh_expires_at": THEN,
            "version": 7,
            "lease_until": THEN,
            "connected_by": "U0ALICE",
            "connected_at": THEN,
        }
    ],
    "consent_requests": [
        {
            "state_sha256": SHA,
            "firm_id": "firm-1",
            "user_id": "U0ALICE",
            "cookie_sha256": SHA,
            "channel": "D1",
            "message_ts": "1.2",
            "created_at": THEN,
            "expires_at": THEN,
            "used_at": THEN,
        }
    ],
    "contact_links": [
        {
            "id": 41,
            "firm_id": "firm-1",
            "realm_id": REALM,
            "payer": NAME,
            "currency": "CAD",
            "customer_id": "58",
            "customer_name": HOSTILE,
            "linked_by": "U0MARIA",
            "linked_at": THEN,
            "how": "chosen",
            "replaced_at": THEN,
        }
    ],
    "directory_entries": [
        {
            "id": 42,
            "firm_id": "firm-1",
            "realm_id": REALM,
            "kind": "Account",
            "remote_id": "35",
            "name": NAME,
            "active": True,
            "facts": {"type": "Bank", "rates": ["9.975", 5], "parent": None},
            "read_at": THEN,
        }
    ],
    "drafts": [
        {
            "id": "draft-1",
            "firm_id": "firm-1",
            "user_id": "U0MARIA",
            "kind": "sync",
            "content": {"unticked": [HOSTILE], "page": 0},
            "created_at": THEN,
            "updated_at": THEN,
        }
    ],
    "imports": [
        {
            "id": number,
            "firm_id": "firm-1",
            "state": "applied",
            "asked_by": "U0MARIA",
            "asked_at": THEN,
            "alive_at": THEN,
            "applied_at": THEN,
        }
        for number in (51, 52)
    ],
    "import_files": [
        {
            "id": 53,
            "import_id": 51,
            "name": NAME,
            "report": "invoices",
            "sha256": SHA,
            "summary": {"new": 3, "unreadable": []},
        }
    ],
    "mapping_choices": [
        {
            "id": 54,
            "firm_id": "firm-1",
            "realm_id": REALM,
            "kind": "method",
            "source": HOSTILE,
            "target_id": "4",
            "target_name": NAME,
            "confirmed_by": "U0BEN",
            "confirmed_at": THEN,
            "replaced_at": THEN,
        }
    ],
    "source_rows": [
        {
            "id": 55,
            "firm_id": "firm-1",
            "report": "invoices",
            "key": f"00002-Силва|INV-1001|{NAME}",
            "occurrence": 1,
            "case_number": "00002-Силва",
            "found_by": NAME,
            "since": 51,
            "until": 52,
            "row_number": 2,
            "sha256": SHA,
            "cells": {"Full Name": NAME, "Total": "2330.00", "Note": None},
        }
    ],
}

SYNC: dict[str, Any] = {
    "id": "sync-1",
    "firm_id": "firm-1",
    "realm_id": REALM,
    "state": "running",
    "version": 2,
    "asked_by": "U0MARIA",
    "asked_at": THEN,
    "approved_by": "U0MARIA",
    "approved_at": THEN,
    "finished_at": THEN,
    "selection": [["00002-Силва", "INV-1001", NAME]],
    "plan_sha256": SHA,
    "plan": '{"entries":[]}',
    "channel": "D1",
    "message_ts": "1.3",
}
EFFECT: dict[str, Any] = {
    "id": "effect-b",
    "firm_id": "firm-1",
    "realm_id": REALM,
    "sync_id": "sync-1",
    "subject": INVOICE,
    "invoice": INVOICE,
    "operation": "add_invoice",
    "generation": 1,
    "depends_on": None,
    "entity": "Invoice",
    "position": 0,
    "content": {"total": "2330.00", "customer": NAME},
    "request_id": "request-b",
    "body": b'{"PrivateNote":"\\u99ac \xe9"}',
    "body_sha256": SHA,
    "state": "sending",
    "due_at": THEN,
    "attempt": 2,
    "fence": 3,
    "lease_until": THEN,
    "doubtful": True,
    "first_sent": THEN,
    "last_sent": THEN,
    "remote_id": "145",
    "sync_token": "0",
    "document_number": "INV-1001",
    "intuit_tid": "1-66-77",
    "adopted": True,
    "fault": {"code": "6210", "detail": HOSTILE},
    "reason": HOSTILE,
    "asked_by": "U0MARIA",
    "created_at": THEN,
    "settled_at": THEN,
}
LINE: dict[str, Any] = {
    "firm_id": "firm-1",
    "number": 1,
    "at": THEN,
    "actor": "U0ALICE",
    "verb": "role.given",
    "subject": NAME,
    "content": '{"role":"admin"}',
    "previous_sha256": FIRST_SHA,
    "sha256": LINE_1,
}
LEDGER: Rows = {
    "heartbeats": [{"process": "here:1:worker", "role": "worker", "seen_at": THEN}],
    "audit_heads": [{"firm_id": "firm-1", "number": 2, "sha256": LINE_2}],
    "audit_lines": [
        LINE,
        LINE
        | {
            "number": 2,
            "verb": "sync.approved",
            "content": '{"version":1}',
            "previous_sha256": LINE_1,
            "sha256": LINE_2,
        },
    ],
    "syncs": [SYNC],
    "tasks": [
        {
            "id": "task-1",
            "firm_id": "firm-1",
            "kind": "sync.watch",
            "content": {"sync": "sync-1", "look": 3},
            "state": "running",
            "key": "sync.watch:sync-1:3",
            "due_at": THEN,
            "attempt": 1,
            "fence": 1,
            "lease_until": THEN,
            "created_at": THEN,
            "finished_at": THEN,
            "trouble": HOSTILE,
        }
    ],
    "effects": [
        EFFECT,
        EFFECT  # its name sorts before its parent's
        | {
            "id": "effect-a",
            "request_id": "request-a",
            "operation": "add_payment",
            "subject": f"payment|{INVOICE}|T-1",
            "entity": "Payment",
            "depends_on": "effect-b",
            "remote_id": None,
            "fault": None,
            "body": None,
            "doubtful": False,
        },
    ],
    "receipts": [
        {
            "id": 61,
            "firm_id": "firm-1",
            "sync_id": "sync-1",
            "invoice": INVOICE,
            "ties": False,
            "content": {"total": "2330.00", "differs": [HOSTILE]},
            "read_at": THEN,
        }
    ],
}

PACE: Rows = {
    "company_calls": [
        {
            "realm_id": REALM,
            "begins": b"\x00\x01\xff",
            "under_way": {"ticket-1": 1_777_818_605_123_456},
            "tickets": 9,
            "rests_until": THEN,
            "free_at": THEN,
        }
    ]
}

CHECKS: Rows = {
    "connections": [
        FIRMS_AND_RECORDS["connections"][0]
        | {"firm_id": "firm-2", "realm_id": OTHER_REALM, "state_since": THEN}
    ],
    "checks": [
        {
            "id": 71,
            "firm_id": "firm-1",
            "realm_id": REALM,
            "kind": "nightly",
            "local_date": "2026-05-03",
            "asked_by": "caseledger",
            "began_at": THEN,
            "read_at": THEN,
            "compared": 8,
        }
    ],
    "findings": [
        {
            "id": "finding-1",
            "firm_id": "firm-1",
            "realm_id": REALM,
            "kind": "edited",
            "entity": "Payment",
            "mark": "[rec:ABCDEFGHIJKLMNOPQRSTUV]",
            "effect_id": "effect-a",
            "state": "open",
            "content": {"before": "2330.00", "after": HOSTILE},
            "fingerprint": SHA,
            "first_seen": THEN,
            "last_seen": THEN,
            "settled_by": "U0BEN",
            "settled_at": THEN,
        }
    ],
}

EPOCHS: Rows = {
    "epochs": [{"id": 81, "kind": "backup", "taken_at": THEN, "began_at": THEN, "place": ""}],
    "effects": [
        EFFECT
        | {
            "id": "effect-c",
            "request_id": "request-c",
            "generation": 2,
            "remote_id": None,
            "unknown_since": THEN,
        }
    ],
}

BROUGHT: dict[str, Rows] = {
    "0001": FIRMS_AND_RECORDS,
    "0002": LEDGER,
    "0003": PACE,
    "0004": CHECKS,
    "0005": EPOCHS,
}
"""By revision; a revision that brings a table or a column brings rows that fill it."""
