"""What was done for a firm, as the second revision of the schema kept it."""

from __future__ import annotations

from typing import Any

from tests.upgrades.firm_rows import FIRST_SHA, HOSTILE, INVOICE, NAME, REALM, SHA, THEN, Rows

LINE_1 = "bfa483f2fc78f89f0683aa00cbd489aa13af306217940756170e8524cab73e20"
LINE_2 = "e5b442ced480f50a3cb0f6a37f059aec8513f7221750c0db68a7404121219495"

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
