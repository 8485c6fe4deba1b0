"""What QuickBooks' refusals mean, in words for the people whose invoice it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qb import refusal_sentences as sentences

if TYPE_CHECKING:
    from qb.gateway import OurBug, Refused

NOT_PROOF = frozenset({"600", "6000", "6140"})
"""Codes that can also be the answer to a repeat of what was booked before (Intuit: Error codes)."""


def reason(refused: Refused) -> str:
    """The refusal as a sentence, QuickBooks' own words where ours don't reach."""
    detail = (refused.detail or refused.message or f"code {refused.code}").strip().rstrip(".") + "."
    sentence = sentences.BY_CODE.get(refused.code, sentences.OTHER)
    return sentence.said(**dict.fromkeys(sentence.places, detail)).short


def bug_reason(bug: OurBug) -> str:
    """Our own mistake, owned up to."""
    return sentences.OUR_MISTAKE.said(reason=bug.reason).short


def fault_facts(trouble: Refused | OurBug) -> dict[str, Any]:
    """What is kept of a refusal for those who look into it."""
    return {"code": trouble.code, "tid": trouble.tid, "said": str(trouble)}
