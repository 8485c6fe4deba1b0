"""The demo starts alone, afresh, and never beside real tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.demo.launcher import DemoRefusedError, only_demo, refuse_real_things

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "name", ["SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "INTUIT_CLIENT_SECRET", "DATABASE_URL"]
)
def test_real_tokens_in_the_environment_stop_the_demo(tmp_path: Path, name: str) -> None:
    """The refusal names the variable and says what to do; its value isn't shown."""
    with pytest.raises(DemoRefusedError, match=name) as refused:
        refuse_real_things({name: "canary"}, env_file=tmp_path / ".env")
    assert "canary" not in str(refused.value)


def test_real_tokens_in_a_dotenv_stop_the_demo(tmp_path: Path) -> None:
    """The file counts like the environment."""
    (tmp_path / ".env").write_text("SLACK_BOT_TOKEN=xoxb-real\nTIMEZONE=America/Toronto\n")
    with pytest.raises(DemoRefusedError, match="SLACK_BOT_TOKEN"):
        refuse_real_things({}, env_file=tmp_path / ".env")


def test_an_empty_variable_is_no_token(tmp_path: Path) -> None:
    """A .env copied from the example and not filled in doesn't stand in the way."""
    (tmp_path / ".env").write_text("SLACK_BOT_TOKEN=\nPUBLIC_URL=https://caseledger.example.com\n")
    refuse_real_things({"SLACK_SIGNING_SECRET": ""}, env_file=tmp_path / ".env")


def test_a_second_demo_says_where_the_first_one_is(tmp_path: Path) -> None:
    """Nothing of the running one is touched."""
    with only_demo(tmp_path) as note:
        note.write("http://127.0.0.1:3100")
        note.flush()
        (tmp_path / "caseledger.db").write_text("the running one's")
        with (
            pytest.raises(DemoRefusedError, match=r"already running: open http://127\.0\.0\.1:3100"),
            only_demo(tmp_path),
        ):
            pass
        assert (tmp_path / "caseledger.db").read_text() == "the running one's"


def test_each_demo_starts_afresh(tmp_path: Path) -> None:
    """What an earlier demo left is gone."""
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "old.csv").write_text("old")
    (tmp_path / "caseledger.db").write_text("old")
    with only_demo(tmp_path):
        assert ["running"] == [path.name for path in tmp_path.iterdir()]
