"""The route: what a signed call is answered with, and what a bad one is."""

from __future__ import annotations

from typing import Any

import pytest
from teams_kit import FakeHouse, KeyServer, Signer, bearer, open_door, payload

from dialogs.reply import Button, Input, Paragraph, Window, as_json
from state.snapshot import DifferentBody

SIGNER = Signer()


async def post(activity: dict[str, Any], house: FakeHouse) -> tuple[int, Any]:
    async with open_door(house=house, keys=KeyServer(SIGNER.jwk())) as door:
        answer = await door.client.post("/api/messages", json=activity, headers=bearer(SIGNER.token()))
        return answer.status, await answer.json() if answer.content_type == "application/json" else None


WINDOW = Window(
    title="Details of the child",
    blocks=(Paragraph("Only what you know."),),
    inputs=(Input(id="name", label="Name", required=True, value="Test Child", error="That is too short."),),
    submit=Button(action="save", label="Save", target="draft-1", version=3),
)


async def test_a_window_comes_back_with_its_errors_and_values() -> None:
    status, body = await post(payload("invoke_task_submit"), FakeHouse(as_json(WINDOW)))
    assert status == 200
    task = body["task"]
    assert (task["type"], task["value"]["title"]) == ("continue", "Details of the child")
    card = task["value"]["card"]["content"]
    assert [element["type"] for element in card["body"]] == ["RichTextBlock", "RichTextBlock", "Input.Text"]
    assert card["body"][1]["inlines"][0]["text"] == "Please check: That is too short."
    assert card["body"][2]["value"] == "Test Child"
    assert card["actions"][0]["data"] == {"cspr": {"action": "save", "target": "draft-1", "version": 3}}
    assert card["actions"][0]["associatedInputs"] == "auto"


async def test_the_sdk_reads_our_window() -> None:
    from botbuilder.schema import Attachment

    _, shown = await post(payload("invoke_task_fetch"), FakeHouse(as_json(WINDOW)))
    card = shown["task"]["value"]["card"]
    assert Attachment().deserialize(card).serialize() == card


async def test_a_window_closes_with_a_sentence_or_without() -> None:
    closed = as_json(Window(title="x", closed_text="Saved."))
    assert await post(payload("invoke_task_submit"), FakeHouse(closed)) == (
        200,
        {"task": {"type": "message", "value": "Saved."}},
    )
    assert await post(payload("invoke_task_submit"), FakeHouse(None)) == (200, {})


async def test_a_window_that_cannot_be_shown_says_so() -> None:
    _, body = await post(payload("invoke_task_fetch"), FakeHouse(None))
    assert body["task"]["value"] == "This window cannot be opened here. Please carry on in the chat."
    huge = as_json(Window(title="x", blocks=(Paragraph("word " * 6000),)))
    _, body = await post(payload("invoke_task_fetch"), FakeHouse(huge))
    assert body["task"]["value"] == "This part is too long for a window. Please carry on in the chat."


async def test_a_universal_action_is_answered() -> None:
    status, body = await post(payload("invoke_card_action"), FakeHouse())
    assert (status, body["statusCode"], body["type"]) == (200, 200, "application/vnd.microsoft.activity.message")


async def test_an_invoke_we_do_not_know_is_not_implemented() -> None:
    house = FakeHouse()
    assert (await post(payload("invoke_task_fetch") | {"name": "composeExtension/query"}, house))[0] == 501
    assert house.turns == []


async def test_an_event_we_do_not_know_is_acknowledged() -> None:
    house = FakeHouse()
    assert (await post(payload("reaction_added"), house))[0] == 200
    assert house.turns == []


async def test_a_delivery_that_comes_twice_has_one_id() -> None:
    house = FakeHouse()
    await post(payload("message_submit"), house)
    await post(payload("message_submit"), house)
    assert len({turn.id for turn in house.turns}) == 1


async def test_a_hostile_card_is_refused_without_an_echo(caplog: pytest.LogCaptureFixture) -> None:
    house = FakeHouse()
    status, body = await post(payload("message_submit") | {"value": {"cspr": {"action": "a"}, "Test Child": 5}}, house)
    assert (status, body) == (400, {"error": "bad request"})
    assert house.turns == []
    assert "Test Child" not in caplog.text


async def test_a_crash_gives_a_reference_and_nothing_else(caplog: pytest.LogCaptureFixture) -> None:
    status, body = await post(payload("message_personal"), FakeHouse(fault=ValueError("Test Child, 3 April")))
    assert (status, body) == (500, {"error": "internal error", "reference": "ref-1"})
    assert "Test Child" not in caplog.text
    assert "reference ref-1, ValueError in take:" in caplog.text


async def test_an_id_that_comes_again_with_another_content_is_refused(caplog: pytest.LogCaptureFixture) -> None:
    status, body = await post(payload("message_personal"), FakeHouse(fault=DifferentBody("a private thing")))
    assert (status, body) == (400, {"error": "bad request"})
    assert "private" not in caplog.text


async def test_a_body_that_is_too_large_or_of_another_type_is_refused() -> None:
    async with open_door(keys=KeyServer(SIGNER.jwk())) as door:
        signed = bearer(SIGNER.token()) | {"Content-Type": "application/json"}
        huge = await door.client.post("/api/messages", data=b'"' + b"x" * 1_100_000 + b'"', headers=signed)
        assert huge.status == 413
        typed = await door.client.post("/api/messages", data=b"{}", headers=signed | {"Content-Type": "text/plain"})
        assert typed.status == 415
        bad = await door.client.post("/api/messages", data=b"{", headers=signed)
        assert bad.status == 400
        assert door.house.turns == []


async def test_the_server_says_nothing_of_itself() -> None:
    async with open_door() as door:
        for path in ("/healthz", "/api/messages", "/elsewhere"):
            answer = await door.client.get(path)
            assert "Server" not in answer.headers
            assert answer.headers["Cache-Control"] == "no-store"
        alive = await door.client.get("/healthz")
        assert (alive.status, await alive.read()) == (204, b"")
