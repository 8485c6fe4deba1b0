"""A file that waits for an answer: the question with its buttons, and what became of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from commands.ids import Act, Screen
from commands.views.blocks import Message, actions, button, context, modal, section
from commands.views.text import count, day, name, person, some
from db.intake.orders import DAY_FIRST, MONTH_FIRST, readings
from db.intake.questions import ODD, ORDER, TAKE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from commands.views.blocks import Element, View
    from db.intake.questions import Question

TITLE = "A File Waits"
UNTIL_THEN = "Until then nothing of it is taken in, and the records stay as they were."


@dataclass(frozen=True, slots=True)
class AskedFile:
    """A file that waits: its id and name, what is asked, who sent it, and what the last one was answered."""

    id: str
    name: str
    question: Question
    asked_by: str
    suggested: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """How a kind of question is asked: its sentences (names escaped), and the answers as buttons."""

    sentences: Callable[[Mapping[str, Any]], str]
    answers: tuple[tuple[str, str], ...]


def _odd(facts: Mapping[str, Any]) -> str:
    told = []
    if "apart" in facts:
        told.append(_apart(facts["apart"]))
    if "rows" in facts:
        last, rows = count(facts["last_rows"], "row"), f"{facts['rows']:,}"
        told.append(f"The last {name(facts['report'])} export had {last}, this one has {rows}.")
    if "day" in facts:
        older, newer = (day(date.fromisoformat(facts[each])) for each in ("day", "last_day"))
        told.append(f"It is older ({older}) than the {name(facts['report'])} export of {newer}.")
        told.append("If it is taken in, what it says counts again, and what it lacks stays as it is.")
    return " ".join((*told, "Take it in anyway?"))


def _apart(cases: int) -> str:
    none = "Its one case isn't" if cases == 1 else f"None of its {cases:,} cases is"
    return f"{none} in the records, nor is a client of them: it may be another office's."


def _order(facts: Mapping[str, Any]) -> str:
    shown = some([f"“{name(text, 20)}”" for text in facts["days"]], len(facts["days"]))
    first = name(facts["days"][0], 20)
    by_day, by_month = (day(date.fromisoformat(text)) for text in readings(facts["days"][0]))
    return (
        f"Its days can be read two ways, such as {shown}, and nothing in the file tells which. "
        f"Is {first} {by_day} (day first) or {by_month} (month first)?"
    )


SHAPES: Mapping[str, Shape] = MappingProxyType(
    {
        ODD: Shape(_odd, (("Take It In", TAKE),)),
        ORDER: Shape(_order, (("Read Day First", DAY_FIRST), ("Read Month First", MONTH_FIRST))),
    }
)
"""By the kind of question."""


def asks(question: Question) -> str:
    """The question in words, names escaped."""
    return SHAPES[question.kind].sentences(question.facts)


def message(file: AskedFile) -> Message:
    """The question, for whoever sent the file."""
    told = _told(file)
    return Message(told.replace("*", ""), (section(told), actions(*_controls(file)), context(UNTIL_THEN)))


def screen(file: AskedFile) -> View:
    """The same on a screen, opened from how things stand."""
    small = f"{UNTIL_THEN} Sent by {person(file.asked_by)}."
    return modal(
        Screen.NOTICE, TITLE, [section(_told(file)), actions(*_controls(file)), context(small)], close="Later"
    )


def taking_in(file: AskedFile, by: str) -> Message:
    """Answered: it is being taken in."""
    return _plain(f"*{name(file.name)}*: {person(by)} has answered, and it is being taken in…")


def taken_in(file: AskedFile, by: str) -> Message:
    """It was taken in, or refused by the reader; the import's own answer tells."""
    return _plain(
        f"*{name(file.name)}* waited for an answer, and {person(by)} gave it: what came of it is told below."
    )


def left(file: AskedFile, by: str) -> Message:
    """Somebody left it; nothing changed."""
    return _plain(
        f"*{name(file.name)}* was left out by {person(by)}. None of it was taken in, and it isn't kept."
    )


def over(told: Message) -> View:
    """What became of it, on the screen where it was pressed."""
    return modal(Screen.NOTICE, TITLE, list(told.blocks), close="Done")


def answer_button(file: AskedFile) -> Element:
    """Leads to the question."""
    return button("Answer", Act.OPEN_WAITING, value=file.id)


def _told(file: AskedFile) -> str:
    told = f"*{name(file.name)}* waits for your answer. {asks(file.question)}"
    said = {answer: text for text, answer in SHAPES[file.question.kind].answers}.get(file.suggested)
    return f"{told} Last time the answer was “{said}”." if said else told


def _controls(file: AskedFile) -> list[Element]:
    pressed = {"f": file.id, "m": file.question.mark}
    offered = sorted(SHAPES[file.question.kind].answers, key=lambda one: one[1] != file.suggested)
    answers = [
        button(text, f"{Act.ANSWER_FILE_}{at}", value=json.dumps(pressed | {"a": answer}), primary=at == 0)
        for at, (text, answer) in enumerate(offered)
    ]
    return [*answers, button("Leave It", Act.LEAVE_FILE, value=json.dumps(pressed))]


def _plain(told: str) -> Message:
    return Message(told.replace("*", ""), (section(told),))
