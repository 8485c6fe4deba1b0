"""A form that is sent twice is done once, and the second press is answered with what the first did."""

from commands.ids import Act
from tests.commands.house import ASKS_FOR_FILES, House, modal_words, seen_modal


def test_roles_saved_twice_say_what_the_first_press_did(house: House) -> None:
    """Alice double-clicks Save Roles: not that nothing was done, but who is approver now."""
    alice = house.alice
    alice.command("/qb-settings")
    seen_modal(alice, "*People*")
    alice.click(Act.OPEN_PEOPLE)
    seen_modal(alice, "Beyond that, these people may:")
    alice.click("Add a Person")
    seen_modal(alice, "Without a tick they are staff.")
    alice.choose("person", "U0MARIA")
    alice.tick("person_roles", "approver")
    alice.submit()
    seen_modal(alice, "<@U0MARIA> is approver now.")
    alice.submit()
    told = modal_words(alice)
    assert "You sent this twice, and the first time is the one that counts." in told
    assert "<@U0MARIA> is approver now." in told
    assert "Nothing was done" not in told


def test_exports_sent_twice_are_read_once(house: House) -> None:
    """Maria presses Import twice: the second press tells what the first came to, whose screen stays."""
    maria = house.maria
    maria.command("/qb-import")
    seen_modal(maria, ASKS_FOR_FILES)
    maria.attach_samples(["Holiday rota.xlsx"])
    maria.submit()
    seen_modal(maria, "was not taken")
    maria.submit()
    assert "the first time is the one that counts" in modal_words(maria)
    assert "was not taken" in modal_words(maria)
    maria.close()
    assert "was not taken" in modal_words(maria)
