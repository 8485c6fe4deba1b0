"""What was asked about a firm's exports, and answered; and whose rows they are."""

from __future__ import annotations

from tests.upgrades.firm_rows import FIRMS_AND_RECORDS, HOSTILE, THEN, Rows

QUESTIONS: Rows = {
    "questions": [
        {
            "id": 121,
            "firm_id": "firm-1",
            "kind": "column",
            "subject": f"invoices|{HOSTILE}",
            "content": {"header": HOSTILE, "values": ["195.00"], "whole": True},
            "asked_by": "U0MARIA",
            "asked_at": THEN,
        }
    ],
    "answers": [
        {
            "id": 122,
            "firm_id": "firm-1",
            "kind": "column",
            "subject": f"invoices|{HOSTILE}",
            "answer": {"meaning": "tax", "header": HOSTILE, "name": "HST", "percent": "13", "values": {}},
            "said_by": "U0BEN",
            "said_at": THEN,
            "replaced_at": THEN,
        }
    ],
}

LISTED: Rows = {
    "source_rows": [
        FIRMS_AND_RECORDS["source_rows"][0]
        | {"id": 123, "report": "client_listing", "key": f"00003|{HOSTILE}", "client": HOSTILE}
    ]
}

PRINTS: Rows = {
    "import_files": [FIRMS_AND_RECORDS["import_files"][0] | {"id": 124, "prints": b"\x00\x01\xff" * 8}]
}
