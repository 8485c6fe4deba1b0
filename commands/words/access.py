"""What is said to somebody who may not do a thing: who may."""

from __future__ import annotations

from db.refusal import Sentence

ONE_OF_THEM, NOBODY_TO_ASK = "Please ask one of them.", "Somebody has to be named first."
ASK = "Please ask {who}."
"""What is said where there is exactly one who may."""
OTHER_WORKSPACE = Sentence(
    "access.other-workspace",
    "Only members of this workspace can use CaseLedger.",
    "Nothing was done.",
    "Please ask a colleague who belongs to it.",
    "any full member of this workspace",
)
NOT_SET_UP = Sentence(
    "access.not-set-up",
    "CaseLedger isn't set up for this workspace.",
    "Nothing was done.",
    "Have it installed here, then try again.",
    "whoever runs CaseLedger",
)
GUEST = Sentence(
    "access.guest",
    "Only full members of this workspace can use CaseLedger.",
    "Nothing was done.",
    "Please ask a colleague who is one.",
    "any full member of this workspace",
)
NOT_YOURS = Sentence(
    "access.not-yours",
    "Only {who}, who asked for it, can do this.",
    "Nothing was done.",
    "Please ask them.",
    "{who}",
    {"who": "<@U0MARIA>"},
)
NOT_TO_MEND = Sentence(
    "access.not-to-mend",
    "Only {who}, who asked for it, an approver or an admin can do this.",
    "Nothing was done.",
    "Please ask one of them.",
    "{who}, any approver, any admin",
    {"who": "<@U0MARIA>"},
)
CONFIRMERS_ONLY = Sentence(
    "access.confirmers-only",
    "Only an admin or approver may {what}.",
    "Nothing was changed.",
    "{ask}",
    "{who}",
    {"what": "confirm the mapping", "who": "<@U0BEN> or <@U0ALICE>", "ask": ONE_OF_THEM},
)
ADMINS_ONLY = Sentence(
    "access.admins-only",
    "Only an admin may {what}.",
    "Nothing was changed.",
    "{ask}",
    "{who}",
    {"what": "change the channels", "who": "<@U0ALICE>", "ask": "Please ask <@U0ALICE>."},
)
CANT_ANY_MORE = Sentence(
    "access.cant-any-more",
    "{who} can't {what} here any more.",
    "Nobody was asked.",
    "Please ask somebody else.",
    "{others}",
    {"who": "<@U0BEN>", "what": "map Interac", "others": "<@U0ALICE>"},
)
NAMERS_ONLY = Sentence(
    "access.namers-only",
    "Only an admin or an owner of the workspace may give roles.",
    "Nothing was changed.",
    "Please ask one of them.",
    "{who}",
    {"who": "<@U0ALICE>, or a workspace owner"},
)
LAST_ADMIN = Sentence(
    "access.last-admin",
    "{who} is the only admin who can still open Slack here, and a firm needs one.",
    "Nothing was changed.",
    "Make somebody else an admin first.",
    "any admin",
    {"who": "<@U0ALICE>"},
)
ABSENT = Sentence(
    "access.absent",
    "{who} is deactivated, an app, or not of this workspace.",
    "Nothing was changed.",
    "Choose somebody who can open Slack here.",
    "any admin",
    {"who": "<@U0OLD>"},
)
GUESTS_ONLY_APPROVE = Sentence(
    "access.guests-only-approve",
    "{who} is a guest here, and a guest can only be an approver.",
    "Nothing was changed.",
    "Tick approver alone, or have them made a full member first.",
    "any admin",
    {"who": "<@U0GUEST>"},
)
NOBODY_NAMED = "nobody yet; a workspace owner can name somebody in `/qb-settings` → People"
