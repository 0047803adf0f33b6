"""The fake refuses what Slack refuses: windows and home tabs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_app import SlackApp
from slack_kit import Api, web_api
from stand_in import field, modal, section, text_input

PLAIN = modal(section("x"))


@pytest.fixture
async def api() -> AsyncIterator[Api]:
    async with web_api() as opened:
        yield opened


async def _opened(api: Api, view: dict[str, Any] = PLAIN) -> dict[str, Any]:
    told: dict[str, Any] = (await api.call("views.open", trigger_id=api.fake.book.trigger(api.anna), view=view))["view"]
    return told


async def test_a_trigger_opens_one_window_within_three_seconds(api: Api) -> None:
    trigger = api.fake.book.trigger(api.anna)
    api.clock.forward(3)
    await api.call("views.open", trigger_id=trigger, view=PLAIN)
    assert await api.refused("views.open", trigger_id=trigger, view=PLAIN) == "exchanged_trigger_id"
    late = api.fake.book.trigger(api.anna)
    api.clock.forward(3.1)
    assert await api.refused("views.open", trigger_id=late, view=PLAIN) == "expired_trigger_id"
    assert await api.refused("views.open", trigger_id="1.2.three", view=PLAIN) == "invalid_trigger_id"


@pytest.mark.parametrize(
    ("view", "error"),
    [
        ({"type": "modal", "blocks": [section("x")]}, "invalid_arguments"),
        ({"type": "home", "blocks": [section("x")]}, "invalid_arguments"),
        (modal(section("x"), private_metadata="x" * 3_001), "invalid_arguments"),
        (modal(field("a", text_input()), field("a", text_input())), "invalid_arguments"),
        (modal(*[section("x" * 2_900)] * 90), "view_too_large"),
        ("{", "invalid_arguments"),
    ],
)
async def test_what_a_window_may_not_be(api: Api, view: Any, error: str) -> None:
    trigger = api.fake.book.trigger(api.anna)
    assert await api.refused("views.open", trigger_id=trigger, view=view) == error
    await api.call("views.open", trigger_id=trigger, view=PLAIN)


async def test_a_window_is_updated_while_it_is_open_and_has_not_changed(api: Api) -> None:
    view = await _opened(api)
    changed = {"view_id": view["id"], "view": modal(section("y"))}
    after = (await api.call("views.update", **changed, hash=view["hash"]))["view"]
    assert after["id"] == view["id"]
    assert await api.refused("views.update", **changed, hash=view["hash"]) == "hash_conflict"
    await api.call("views.update", **changed)
    api.fake.book.stacks[api.anna.id].clear()
    assert await api.refused("views.update", **changed) == "not_found"


async def test_a_window_is_found_by_its_own_mark_which_is_unique(api: Api) -> None:
    await _opened(api, {**PLAIN, "external_id": "one"})
    await api.call("views.update", external_id="one", view={**PLAIN, "external_id": "one"})
    trigger = api.fake.book.trigger(api.ben)
    again = {"trigger_id": trigger, "view": {**PLAIN, "external_id": "one"}}
    assert await api.refused("views.open", **again) == "duplicate_external_id"


async def test_three_windows_stand_on_one_another(api: Api) -> None:
    view = await _opened(api)
    for _ in range(2):
        trigger = api.fake.book.trigger(api.anna, view["id"])
        pushed = (await api.call("views.push", trigger_id=trigger, view=PLAIN))["view"]
        assert pushed["root_view_id"] == view["id"]
    trigger = api.fake.book.trigger(api.anna, pushed["id"])
    assert await api.refused("views.push", trigger_id=trigger, view=PLAIN) == "push_limit_reached"
    outside = api.fake.book.trigger(api.anna)
    assert await api.refused("views.push", trigger_id=outside, view=PLAIN) == "not_found"


async def test_a_home_tab_is_published_for_one_person(api: Api) -> None:
    home = {"type": "home", "blocks": [section("x")]}
    first = (await api.call("views.publish", user_id=api.anna.id, view=home))["view"]
    again = (await api.call("views.publish", user_id=api.anna.id, view=home, hash=first["hash"]))["view"]
    assert again["id"] == first["id"]
    assert await api.refused("views.publish", user_id=api.anna.id, view=home, hash=first["hash"]) == "hash_conflict"
    assert await api.refused("views.publish", user_id=api.anna.id, view=PLAIN) == "invalid_arguments"
    assert await api.refused("views.publish", user_id="U0NOBODY", view=home) == "user_not_found"


async def test_there_is_no_home_tab_where_the_manifest_has_none() -> None:
    async with web_api(SlackApp(home=False)) as api:
        home = {"type": "home", "blocks": [section("x")]}
        assert await api.refused("views.publish", user_id=api.anna.id, view=home) == "not_enabled"
