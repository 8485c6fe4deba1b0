"""Modals: opening within three seconds, three deep, changed in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.playground.kit import TEXT_INPUT, actions, button, field, modal, option, plain, section
from tests.playground.opening import NAME, front, opened, trigger, trigger_within
from tests.playground.stand import FOREIGN, standing
from tests.playground.test_web_api import refused

if TYPE_CHECKING:
    from tests.playground.stand import Stand


def test_a_modal_opens_on_a_click(stand: Stand) -> None:
    """The app gets the view with its id and hash; the person sees it."""
    answer = opened(stand, modal(NAME, private_metadata="m" * 3000))
    view = front(stand)
    assert (answer["view"]["id"], answer["view"]["hash"]) == (view.id, view.hash)
    assert ("A form", "Send", "form") == (view.title, view.submit, view.callback_id)
    assert {"values": {"b": {"a": {"type": "plain_text_input", "value": None}}}} == answer["view"]["state"]


def test_a_trigger_lasts_three_seconds(stand: Stand) -> None:
    """At three it opens, past three it has expired."""
    late, in_time = trigger(stand), trigger(stand)
    stand.clock.ahead = 2.5
    stand.client.views_open(trigger_id=in_time, view=modal(NAME))
    stand.clock.ahead = 3.5
    answer = refused(stand.client.views_open, trigger_id=late, view=modal(NAME))
    assert "expired_trigger_id" == answer["error"]


def test_a_trigger_works_once(stand: Stand) -> None:
    """The second use is refused; a refused view does not use it up."""
    once = trigger(stand)
    refused(stand.client.views_open, trigger_id=once, view={"type": "modal"})
    stand.client.views_open(trigger_id=once, view=modal(NAME))
    again = refused(stand.client.views_open, trigger_id=once, view=modal(NAME))
    assert "exchanged_trigger_id" == again["error"]
    never = refused(stand.client.views_open, trigger_id="1.2", view=modal(NAME))
    assert "invalid_trigger_id" == never["error"]


def test_modals_stack_three_deep(stand: Stand) -> None:
    """Open and two pushes; the fourth is refused; closing goes back one at a time."""
    stand.app.action("go")(lambda ack: ack())
    step = modal(actions(button("Go", "go")))
    opened(stand, {**step, "title": plain("1")})
    for title in ("2", "3"):
        stand.client.views_push(trigger_id=trigger_within(stand), view={**step, "title": plain(title)})
    fourth = refused(stand.client.views_push, trigger_id=trigger_within(stand), view=step)
    assert "push_limit_reached" == fourth["error"]
    stack = stand.maria.modals()
    assert ["1", "2", "3"] == [each.title for each in stack]
    stand.maria.close()
    assert "2" == front(stand).title


def test_a_pushed_view_knows_what_lies_under_it(stand: Stand) -> None:
    """root_view_id and previous_view_id."""
    stand.app.action("go")(lambda ack: ack())
    first = opened(stand, modal(actions(button("Go", "go"))))["view"]["id"]
    pushed = stand.client.views_push(trigger_id=trigger_within(stand), view=modal(NAME))["view"]
    assert (first, first) == (pushed["root_view_id"], pushed["previous_view_id"])


def test_pushing_needs_a_click_in_a_modal(stand: Stand) -> None:
    """A command's trigger opens, it doesn't push."""
    answer = refused(stand.client.views_push, trigger_id=trigger(stand), view=modal(NAME))
    assert "invalid_trigger_id" == answer["error"]


def test_an_update_with_an_old_hash_is_refused(stand: Stand) -> None:
    """Two updates cross: the second must read again."""
    view = opened(stand, modal(NAME))["view"]
    stand.client.views_update(view_id=view["id"], hash=view["hash"], view=modal(NAME, section("one")))
    late = refused(
        stand.client.views_update, view_id=view["id"], hash=view["hash"], view=modal(NAME, section("two"))
    )
    assert "hash_conflict" == late["error"]
    stand.client.views_update(view_id=view["id"], view=modal(NAME, section("three")))
    assert ("three" in front(stand).words, 2) == (True, front(stand).versions)


def test_an_update_after_closing_finds_nothing(stand: Stand) -> None:
    """Normal: people close things while we work."""
    view = opened(stand, modal(NAME))["view"]
    stand.maria.close()
    answer = refused(stand.client.views_update, view_id=view["id"], view=modal(NAME))
    assert "not_found" == answer["error"]


def test_an_external_id_names_one_view(stand: Stand) -> None:
    """It can be updated by that name, and no second view takes it."""
    opened(stand, modal(NAME, external_id="import-7"))
    stand.client.views_update(external_id="import-7", view=modal(section("later"), external_id="import-7"))
    assert "later" in front(stand).words
    stand.ben.command("/qb")
    taken = refused(
        stand.client.views_open,
        trigger_id=stand.payload("command")["trigger_id"],
        view=modal(NAME, external_id="import-7"),
    )
    assert "duplicate_external_id" == taken["error"]


def test_typed_values_survive_an_update_that_keeps_their_names(stand: Stand) -> None:
    """Same block_id and action_id: the text stays; another block_id: it starts anew."""
    view = opened(stand, modal(NAME))["view"]
    stand.maria.fill("Name", FOREIGN)
    kept = stand.client.views_update(view_id=view["id"], view=modal(section("busy"), NAME))["view"]
    assert FOREIGN == kept["state"]["values"]["b"]["a"]["value"]
    moved = stand.client.views_update(view_id=view["id"], view=modal(field(TEXT_INPUT, "other")))["view"]
    assert {"other": {"a": {"type": "plain_text_input", "value": None}}} == moved["state"]["values"]


def test_a_choice_that_is_no_longer_offered_is_dropped(stand: Stand) -> None:
    """An update that takes the chosen option away takes the choice too."""
    select = {"type": "static_select", "options": [option("One", "1"), option("Two", "2")]}
    view = opened(stand, modal(field(select)))["view"]
    stand.maria.choose("Label", "Two")
    fewer = {"type": "static_select", "options": [option("One", "1")]}
    shown = stand.client.views_update(view_id=view["id"], view=modal(field(fewer)))["view"]
    assert shown["state"]["values"]["b"]["a"]["selected_option"] is None


def test_a_file_input_needs_its_scope() -> None:
    """Without files:read Slack would not show it."""
    with standing(scopes=["commands"]) as bare:
        answer = refused(lambda: opened(bare, modal(field({"type": "file_input"}))))
    assert ("missing_scope", "files:read") == (answer["error"], answer["needed"])


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.sampled_from(["open", "push", "close"]), max_size=12))
def test_a_stack_is_never_deeper_than_three(stand: Stand, moves: list[str]) -> None:
    """Whatever one opens, pushes and closes."""
    views, depth = stand.playground.workspace.views, 0
    views.clear("U0MARIA")
    content = modal(NAME)
    for move in moves:
        if move == "open":
            views.open("U0MARIA", content)
            depth = 1
        elif move == "push" and 0 < depth < 3:
            views.push("U0MARIA", content)
            depth += 1
        elif move == "close" and depth:
            views.pop(views.stack("U0MARIA")[-1])
            depth -= 1
        assert depth == len(views.stack("U0MARIA"))
