"""Rows of client money: a trust account mapped, what a second person approved, and what they rejected."""

from __future__ import annotations

from tests.upgrades.firm_rows import FIRMS_AND_RECORDS, FIRST_SHA, HOSTILE, REALM, SHA, THEN, Rows

TRUST: Rows = {
    "mapping_choices": [
        FIRMS_AND_RECORDS["mapping_choices"][0] | {"id": 111, "kind": "deposit", "fund": "trust"}
    ],
    "trust_approvals": [
        {
            "id": 112,
            "firm_id": "firm-1",
            "realm_id": REALM,
            "subject": HOSTILE,
            "fingerprint": SHA,
            "asked_by": "U0MARIA",
            "asked_at": THEN,
            "approved_by": "U0BEN",
            "approved_name": HOSTILE[:80],
            "approved_at": THEN,
        }
    ],
    "metered_reads": [{"month": "2026-05", "reads": 400_000}],
}

REJECTED: Rows = {
    "trust_approvals": [
        TRUST["trust_approvals"][0]
        | {
            "id": 151,
            "fingerprint": FIRST_SHA,
            "approved_by": None,
            "approved_name": "",
            "approved_at": None,
            "rejected_by": "U0BEN",
            "rejected_at": THEN,
            "reason": HOSTILE,
        }
    ]
}
