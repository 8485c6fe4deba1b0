"""A booked invoice of which CaseEasy says something else now, in words that a bookkeeper can act on."""

from collections.abc import Sequence
from dataclasses import replace

from commands.views import amended as views
from commands.views import importing, needs
from commands.views.blocks import Message, View
from commands.views.checking import Change, Told
from db.intake.stage import FileResult, ImportResult
from tests.views.cast import LONG, NOW, cad
from tests.views.golden import same_as_kept
from tests.views.limits import words
from tests.views.test_checking import EDITED, OWN
from tests.views.test_overview import BUSY

LESS = replace(
    EDITED,
    kind="amended",
    entity="Invoice",
    number="1001",
    total=cad("2330.00"),
    papers=(replace(OWN, entity="Invoice"),),
    changes=(Change("Payment T-1", "$2,330.00 on 3 May 2026", "$2,130.00 on 4 May 2026"),),
)
MORE = replace(
    LESS,
    id="F-2",
    changes=(Change("Paid", "yes", "no"), Change("Payment T-2", "not booked", "$50.00 on 5 May 2026")),
)
LEFT = replace(LESS, id="F-3", settled_by="U0BEN", settled_at=NOW)
GONE = replace(LESS, id="F-4", gone=True)


def shown(name: str) -> Sequence[Message]:
    """Many, whatever they are called."""
    changes = (Change(name, name, name),) * 9
    odd = replace(LESS, number=name, client=name, case=name, changes=changes)
    found = [replace(one, id=f"{one.id}-{at}") for at in range(12) for one in (odd, LEFT, GONE)]
    return views.message(found, [name, LONG, ""] * 12)


def leaving(name: str) -> Sequence[View]:
    """The reason is asked for."""
    odd: Told = replace(LESS, number=name, client=name, case=name, changes=(Change(name, name, name),) * 9)
    return [views.leave("{}", views.sentence(odd))]


def test_the_message_looks_as_agreed() -> None:
    """Open, left, and gone by itself."""
    reason = "left the books as they are (“the client paid the rest by cheque”)"
    pages = views.message([LESS, MORE, LEFT, GONE], ["", "", reason, ""])
    same_as_kept("amended", [{"text": page.text, "blocks": page.blocks} for page in pages])


def test_what_is_no_longer_exported_is_said() -> None:
    """In a sentence of its own."""
    change = Change("Newest export", "in it", "no longer in it")
    told = views.sentence(replace(LESS, changes=(change,)))
    assert told.endswith("says now: it, or one of its payments, is no longer in CaseEasy's newest export.")


def test_it_says_what_was_booked_and_what_is_said_now() -> None:
    """Each thing by its name."""
    assert (
        "*Invoice 1001* of $2,330.00 for 00002-Silva, Maria Silva. CaseEasy says now: payment T-1 $2,130.00 "
        "on 4 May 2026, booked $2,330.00 on 3 May 2026."
    ) == views.sentence(LESS)
    told = views.sentence(MORE)
    assert "it isn't paid, and it was booked as paid, payment T-2 $50.00 on 5 May 2026, which isn't" in told


def test_the_choices_stand_beside_it() -> None:
    """What is decided has none."""
    (page,) = views.message([LESS, LEFT], ["", "left the books as they are"])
    (controls,) = [block["elements"] for block in page.blocks if block["type"] == "actions"]
    assert [
        "Open in QuickBooks",
        "I Put It Right in QuickBooks",
        "Leave the Books…",
        "Remind Me Later",
    ] == [one["text"]["text"] for one in controls]
    assert "<@U0BEN> left the books as they are" in str(page.blocks)


def test_the_imports_answer_and_qb_name_them() -> None:
    """One line each; only who decides gets the button."""
    result = ImportResult(1, (FileResult("a.xlsx", "Invoices", changed=1),))
    line = f"{views.headline(1)}. {views.LEFT_ALONE}"
    assert line in words(importing.answer_view(result, differs=line))
    assert line in importing.answer_message(result, differs=line).text
    told = str(needs.needs(replace(BUSY, amended=2, may_check=True)))
    assert "2 booked invoices differ from what CaseEasy says now" in told
    assert "see_amended" in told
    assert "see_amended" not in str(needs.needs(replace(BUSY, amended=2, may_check=False)))
