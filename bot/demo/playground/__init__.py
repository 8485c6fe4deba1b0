"""A Slack that lives here: people use it in the browser, the app over HTTP."""

from bot.demo.playground.roster import Channel, Person
from bot.demo.playground.server import Playground

__all__ = ["Channel", "Person", "Playground"]
