"""What is said to whoever mends a contact that isn't as it was."""

from __future__ import annotations

from db.refusal import ANYONE, Sentence

MERGE_MOVED_ON = Sentence(
    "contacts.merge-moved-on",
    "{contact} isn't as it was on the screen any more: it was linked anew, or changed in QuickBooks since.",
    "Nothing was changed.",
    "Open `/qb-contacts` again.",
    ANYONE,
    {"contact": "Daniel Osei"},
)
STILL_ADDING = Sentence(
    "contacts.still-adding",
    "{other} is still on its way to QuickBooks as the contact for this client.",
    "{contact} wasn't added.",
    "Wait until that is done, then search again and add {contact} if it is still missing.",
    ANYONE,
    {"other": "Lakeside Farms Ltd.", "contact": "Harbour Tech Inc."},
)
