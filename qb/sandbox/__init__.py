"""A QuickBooks Online that lives here: strict, over HTTP, with books of its own and scripted trouble."""

from qb.sandbox.calls import RequestSeen
from qb.sandbox.faults import Fault
from qb.sandbox.oauth import Tokens
from qb.sandbox.server import Sandbox
from qb.sandbox.switches import Switches

__all__ = ["Fault", "RequestSeen", "Sandbox", "Switches", "Tokens"]
