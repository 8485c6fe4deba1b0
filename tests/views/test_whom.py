"""Whom invoices are for: the client by name, or how many clients."""

from dataclasses import replace

from commands.views.whom import for_whom
from db.records import InvoiceKey
from tests.views.cast import entry


def test_one_client_spelt_two_ways_is_one_client() -> None:
    """Two cases of one client whose name was typed with and without its accent."""
    assert "José García" == for_whom([entry("José García", "1"), entry("Jose Garcia", "2")])


def test_several_clients_are_counted() -> None:
    """Also where two of them have one name."""
    other = replace(entry("Maria Silva", "2"), key=InvoiceKey("00003-Silva", "2", "C-2"))
    assert "2 clients" == for_whom([entry("Maria Silva", "1"), other])
