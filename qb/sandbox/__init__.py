"""A QuickBooks Online that lives here: strict, over HTTP, with books of its own and scripted trouble.

It keeps customers, vendors, employees, accounts, items, payment methods, taxes (to read), preferences,
invoices, payments, sales receipts, credit memos, refund receipts, deposits and journal entries. Queries for
any other kind find nothing.

Not here: request bodies in XML, bundles, reports, webhooks, attachments, e-mail, payments that settle journal
entries or checks.

"Intuit: ..." names the public page that a rule rests on; what no page settles is a switch.
"""

from qb.sandbox.calls import RequestSeen
from qb.sandbox.faults import Fault
from qb.sandbox.oauth import Tokens
from qb.sandbox.server import Sandbox
from qb.sandbox.strangers import Stranger
from qb.sandbox.switches import Switches

__all__ = ["Fault", "RequestSeen", "Sandbox", "Stranger", "Switches", "Tokens"]
