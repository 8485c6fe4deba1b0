"""The catalogue of refusals: four parts each, listed by one command, and printed in docs/messages.md."""

import importlib
import pkgutil
import re

import pytest
from click.testing import CliRunner

from bot.__main__ import main
from commands import words
from db.refusal import NOBODY, Sentence
from tests.house.tree import ROOT

EVERY = words.catalogue()
BARE_ID = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}|(?<!<@)\b[UWC]0[A-Z0-9]{3,}|\brealm\b")


def said(*arguments: str) -> str:
    """What the command prints."""
    done = CliRunner().invoke(main, ["messages", *arguments])
    assert 0 == done.exit_code, done.output
    return done.output


def test_the_page_is_what_the_command_prints() -> None:
    """After a sentence changed: caseledger messages --markdown > docs/messages.md."""
    assert (ROOT / "docs/messages.md").read_text(encoding="utf-8") == said("--markdown")


def test_the_command_lists_every_sentence_with_its_example() -> None:
    """Each by its key, with the four parts of an example."""
    told = said()
    assert [] == [one.key for one in EVERY if f"  {one.key}\n    What happened: " not in told]


def test_every_module_of_sentences_is_in_a_chapter() -> None:
    """A new one is listed from its first day."""
    kept = {module.__name__ for chapter in words.CHAPTERS.values() for module in chapter}
    there = {f"{words.__name__}.{found.name}" for found in pkgutil.iter_modules(words.__path__)}
    assert set() == there - kept
    assert all(importlib.import_module(name) for name in kept)


def test_no_two_sentences_share_a_key() -> None:
    """A key names one."""
    keys = [one.key for one in EVERY]
    assert [] == sorted({key for key in keys if keys.count(key) > 1})


@pytest.mark.parametrize("sentence", EVERY, ids=lambda one: str(one.key))
def test_a_sentence_has_its_four_parts(sentence: Sentence) -> None:
    """What happened, what was booked, what to do unless nothing is, and who can."""
    shown = sentence.shown
    assert shown.what.endswith((".", "?", "”"))
    assert shown.booked.endswith(".")
    assert shown.remedy.endswith(".") or (not shown.remedy and sentence.who == NOBODY)
    assert shown.who
    assert not shown.who.endswith(".")


@pytest.mark.parametrize("sentence", EVERY, ids=lambda one: str(one.key))
def test_an_example_fills_every_place_and_no_other(sentence: Sentence) -> None:
    """And it shows nothing that only a program reads."""
    assert sentence.places == set(sentence.example)
    assert not BARE_ID.search(str(sentence.shown))
    assert "{" not in str(sentence.shown)
