"""What a firm's database held at each revision of the schema: rows for what that revision brought."""

from __future__ import annotations

from tests.upgrades.firm_rows import FIRMS_AND_RECORDS, HOSTILE, OTHER_REALM, REALM, SHA, THEN, Rows
from tests.upgrades.intake_rows import LISTED, PRINTS, QUESTIONS
from tests.upgrades.ledger_rows import EFFECT, LEDGER, SYNC
from tests.upgrades.others_rows import MARKED, OTHERS, SEEN
from tests.upgrades.trust_rows import REJECTED, TRUST

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
            "unknown_until": THEN,
        }
    ],
}

SETTINGS: Rows = {
    "firm_settings": [
        {"firm_id": "firm-1", "chosen": {"policy": "by_risk", "alone_by": HOSTILE}, "changed_at": THEN}
    ]
}

DIGESTS: Rows = {
    "digests": [
        {
            "id": "digest-1",
            "firm_id": "firm-1",
            "kind": "daily",
            "local_date": "2026-05-03",
            "began_at": THEN,
            "told_at": THEN,
            "channel": "C0BOOKS",
            "message_ts": "1777818605.000100",
            "content": {"marks": ["0123456789abcdef"], "items": {HOSTILE: ["0123456789abcdef"]}},
        }
    ],
    "snoozes": [
        {
            "firm_id": "firm-1",
            "mark": "0123456789abcdef",
            "until": "2026-05-10",
            "fingerprint": SHA,
            "snoozed_by": "U0MARIA",
            "snoozed_at": THEN,
        }
    ],
}

VISITS: Rows = {
    "visits": [
        {
            "firm_id": "firm-1",
            "user_id": HOSTILE[:32],
            "first_at": THEN,
            "opened_at": THEN,
            "guide_ended_at": THEN,
            "shown": "41.3",
            "rests_until": THEN,
            "view_hash": "1777818605.abc",
        }
    ]
}

PAYERS: Rows = {
    "contact_links": [
        FIRMS_AND_RECORDS["contact_links"][0] | {"id": 121, "case_number": HOSTILE[:200], "how": "added"}
    ],
}

REQUESTS: Rows = {
    "syncs": [
        SYNC | {"id": "sync-2", "state": "requested", "weighed": {"home": "CAD", "changed": [HOSTILE]}}
    ],
    "requests": [
        {
            "id": "request-1",
            "firm_id": "firm-1",
            "sync_id": "sync-2",
            "version": 2,
            "state": "rejected",
            "asked_by": "U0MARIA",
            "asked_at": THEN,
            "expires_at": THEN,
            "rules": [["always", HOSTILE]],
            "alone": True,
            "channel": "C0APPROVE",
            "message_ts": "1.4",
            "decided_by": "U0BEN",
            "decided_at": THEN,
            "reason": HOSTILE,
            "handed_to": "U0ALICE",
            "reminded_to": "U0ALICE",
            "reminded_at": THEN,
            "reminders": 1,
        }
    ],
}

ERRANDS: Rows = {
    "people": [
        {
            "firm_id": "firm-1",
            "user_id": "U0BEN",
            "name": HOSTILE,
            "standing": "guest",
            "owns": True,
            "seen_at": THEN,
        }
    ],
    "errands": [
        {
            "id": "errand-1",
            "firm_id": "firm-1",
            "asked_by": "U0MARIA",
            "asked_of": "U0BEN",
            "wish": "map",
            "subject": SHA,
            "content": {"thing": HOSTILE, "rows": ["method:Interac"]},
            "state": "done",
            "asked_at": THEN,
            "done_by": "U0ALICE",
            "done_at": THEN,
            "channel": "D0BEN",
            "message_ts": "1.5",
        }
    ],
}

HANDED: Rows = {
    "requests": [
        REQUESTS["requests"][0] | {"id": "request-2", "version": 3, "handed_by": "U0BEN", "handed_at": THEN}
    ],
    "direct_messages": [
        {
            "id": "message-1",
            "firm_id": "firm-1",
            "about": f"request|{HOSTILE}",
            "user_id": "U0ALICE",
            "channel": "D0ALICE",
            "message_ts": "1.7",
            "posted_at": THEN,
            "content": {"seen": [HOSTILE]},
            "ended_at": THEN,
        }
    ],
}

WAITING: Rows = {
    "waiting_files": [
        {
            "id": "file-1",
            "firm_id": "firm-1",
            "name": HOSTILE,
            "sha256": SHA,
            "content": b"PK\x03\x04\x00\xff",
            "state": "waiting",
            "question": {"kind": "odd", "facts": {"report": "Invoices", "rows": 96, "last_rows": 412}},
            "answers": {"a": "take"},
            "asked_by": "U0MARIA",
            "asked_at": THEN,
            "channel": "D0MARIA",
            "message_ts": "1.6",
            "thread": "1.5",
            "decided_by": "U0BEN",
            "decided_at": THEN,
        }
    ]
}

REVIEWS: Rows = {
    "mapping_choices": [
        FIRMS_AND_RECORDS["mapping_choices"][0]
        | {
            "id": 56,
            "fund": "operating",
            "source": f"CAD/{HOSTILE}",
            "rests_on": {"name": HOSTILE, "currency": "CAD"},
        }
    ],
    "mapping_reviews": [
        {
            "id": 57,
            "firm_id": "firm-1",
            "realm_id": REALM,
            "reviewed_by": "U0BEN",
            "reviewed_at": THEN,
            "rows": 12,
        }
    ],
}

BROUGHT: dict[str, Rows] = {
    "0001": FIRMS_AND_RECORDS,
    "0002": LEDGER,
    "0003": PACE,
    "0004": CHECKS,
    "0005": EPOCHS,
    "0006": SETTINGS,
    "0007": REQUESTS,
    "0008": ERRANDS,
    "0009": DIGESTS,
    "0010": VISITS,
    "0011": TRUST,
    "0012": WAITING,
    "0013": REVIEWS,
    "0014": OTHERS,
    "0015": QUESTIONS,
    "0016": REJECTED,
    "0017": PAYERS,
    "0018": HANDED,
    "0019": SEEN,
    "0020": LISTED,
    "0021": PRINTS,
    "0022": MARKED,
}
"""By revision; a revision that brings a table or a column brings rows that fill it."""

READ_ANEW: dict[str, frozenset[str]] = {"0022": frozenset({"others_read"})}
"""By revision; tables that it empties, as what stood there is read from QuickBooks once more."""
