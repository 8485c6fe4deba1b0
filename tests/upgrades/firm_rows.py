"""A firm and its records, as the first revision of the schema kept them."""

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
