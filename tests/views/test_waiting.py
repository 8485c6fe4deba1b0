"""A file that waits: what is asked, by which figures, and what became of it."""

import json
from dataclasses import replace

from commands.views import importing, needs, waiting
from commands.views.waiting import AskedFile
from db.intake.questions import Question
from db.intake.stage import FileResult, ImportResult
from tests.views.golden import same_as_kept
from tests.views.limits import words
from tests.views.test_overview import BUSY

FEWER = Question("odd", {"report": "Invoices", "rows": 96, "last_rows": 412})
OLDER = Question("odd", {"report": "Payments", "day": "2026-11-13", "last_day": "2026-11-20"})
BOTH = Question("odd", {**FEWER.facts, **OLDER.facts, "report": "Invoices"})
APART = Question("odd", {"report": "Invoices", "apart": 1_204})

ORDER = Question("order", {"report": "Payments", "days": ["03/04/2026", "05/04/2026"], "rows": 9})


def asked(name: str) -> list[AskedFile]:
    """A file of this name with each question."""
    every = (FEWER, OLDER, BOTH, ORDER, APART)
    return [AskedFile(f"f{at}", name, one, "U0MARIA") for at, one in enumerate(every)]


def test_the_question_looks_as_agreed() -> None:
    """Both reasons at once."""
    message = waiting.message(asked("Invoices-export-2026-11-13.xlsx")[2])
    same_as_kept("waiting", [message.text, *message.blocks])


def test_the_figures_are_told() -> None:
    """How many rows the last one had, how many this one; how old it is."""
    assert "The last Invoices export had 412 rows, this one has 96. Take it in anyway?" == waiting.asks(FEWER)
    assert (
        "It is older (13 Nov 2026) than the Payments export of 20 Nov 2026. If it is taken in, what "
        "it says counts again, and what it lacks stays as it is. Take it in anyway?"
    ) == waiting.asks(OLDER)


def test_what_may_be_another_offices_is_told() -> None:
    """By how many cases nobody here knows."""
    assert (
        "None of its 1,204 cases is in the records, nor is a client of them: it may be another office's. "
        "Take it in anyway?"
    ) == waiting.asks(APART)
    one = waiting.asks(Question("odd", {"report": "Invoices", "apart": 1}))
    assert one.startswith("Its one case isn't in the records, nor is a client of them: it may be")


def test_days_that_read_two_ways_are_shown_with_both_readings() -> None:
    """Some of the file's own, and a button for each order."""
    assert (
        "Its days can be read two ways, such as “03/04/2026”, “05/04/2026”, and nothing in the file tells "
        "which. Is 03/04/2026 3 Apr 2026 (day first) or 4 Mar 2026 (month first)?"
    ) == waiting.asks(ORDER)
    *_, controls, _small = waiting.message(asked("a.csv")[3]).blocks
    assert ["Read Day First", "Read Month First", "Leave It"] == [
        one["text"]["text"] for one in controls["elements"]
    ]


def test_what_was_answered_last_is_offered_first() -> None:
    """Asked all the same: the file's own days may be another program's."""
    one = replace(asked("a.csv")[3], suggested="month_first")
    told, controls, _small = waiting.message(one).blocks
    assert "Last time the answer was “Read Month First”." in told["text"]["text"]
    assert ["Read Month First", "Read Day First", "Leave It"] == [
        button["text"]["text"] for button in controls["elements"]
    ]


def test_a_button_names_the_file_the_question_and_the_answer() -> None:
    """So that an answer to other figures counts for nothing."""
    *_, controls, _small = waiting.message(asked("a.xlsx")[0]).blocks
    take, leave = controls["elements"]
    assert {"f": "f0", "m": FEWER.mark, "a": "take"} == json.loads(take["value"])
    assert ("Take It In", "Leave It") == (take["text"]["text"], leave["text"]["text"])


def test_the_imports_answer_says_what_waits() -> None:
    """Beside what was taken in; alone, nothing was."""
    waits = FileResult("a.xlsx", "Invoices", question=FEWER)
    alone = importing.answer_message(ImportResult(None, (waits,))).text
    assert alone.startswith("Nothing was imported yet: 1 file waits for an answer")
    assert (
        "a.xlsx (Invoices) waits for an answer (asked in a message of its own), and nothing of it was"
        in alone
    )
    beside = words(importing.answer_view(ImportResult(1, (waits, FileResult("b.xlsx", "Payments", new=3)))))
    assert "*Payments* · b.xlsx\n3 new" in beside
    assert "this one has 96" in beside


def test_qb_leads_to_the_question() -> None:
    """Whoever closed the message finds it there."""
    told = needs.needs(replace(BUSY, asked_files=tuple(asked("a.xlsx"))))
    assert any("*a.xlsx* waits: The last Invoices export had 412 rows" in str(block) for block in told)
    assert "open_waiting" in str(told)
