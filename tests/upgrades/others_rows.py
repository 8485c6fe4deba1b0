"""Rows of what others wrote into the books, and what was said of it."""

from __future__ import annotations

from tests.upgrades.firm_rows import HOSTILE, REALM, THEN, Rows

OTHERS: Rows = {
    "others_read": [
        {
            "firm_id": "firm-1",
            "realm_id": REALM,
            "since": "2026-01-02",
            "read_at": THEN,
            "documents": [{"entity": "Invoice", "id": "7", "customer": HOSTILE}],
        }
    ],
    "booked_answers": [
        {
            "id": 121,
            "firm_id": "firm-1",
            "realm_id": REALM,
            "subject": HOSTILE,
            "answer": "link",
            "linked": "Invoice:7",
            "dismissed": ["Payment:8"],
            "number": "CE-1042",
            "answered_by": "U0BEN",
            "answered_at": THEN,
        }
    ],
}

SEEN: Rows = {
    "booked_answers": [
        OTHERS["booked_answers"][0]
        | {"id": 191, "subject": "191", "linked": "Invoice:191", "linked_seen": "Invoice:191@0123456789ab"}
    ],
}

MARKED: Rows = {
    "others_read": [
        OTHERS["others_read"][0]
        | {
            "realm_id": "9341453172058321",
            "documents": [{"entity": "Invoice", "id": "8", "marks": [HOSTILE]}],
        }
    ],
}
