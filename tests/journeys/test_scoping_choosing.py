"""Choosing whom to ask: those the referral names, no channel yet, those asked already, another organisation; it is kept."""

from __future__ import annotations

from msgspec.structs import replace
from scoping_steps import (
    IDENTIFIES,
    REFERENCE,
    asked,
    case_of,
    choose,
    field,
    history,
    offered,
    referred,
    requests_of,
    seen,
    send,
    vetted,
)
from story import Story, text_of


async def test_those_whom_the_referral_names_are_ticked_and_all_26_are_offered(story: Story) -> None:
    await referred(story)
    await story.says(f"send requests {REFERENCE}")
    assert field(story, "organisations").value.split(",") == ["police", "second-hospital-trust", "test-hospital-trust"]
    labels = {value: one.label for value, one in offered(story, "organisations").items()}
    assert len(labels) == 26
    assert labels["police"] == "Test Police (in its channel)"
    assert labels["fire"] == "Test Fire and Rescue Service (by secure email)"


async def test_those_without_a_channel_are_named_with_what_to_do(story: Story) -> None:
    await referred(story)
    said = text_of(await story.says(f"ask organisations {REFERENCE}"))
    assert "These have no channel yet" in said
    assert "Test Fire and Rescue Service" in said
    assert "tie this channel" in said


async def test_a_kind_that_nobody_is_known_for_is_named(story: Story) -> None:
    await referred(story)
    await story.says("organisations")
    await story.press("end_organisation", {"organisation": "lado"})
    await story.press("do_end_organisation")
    said = text_of(await story.says(f"send requests {REFERENCE}"))
    assert "no organisation yet of these kinds: LADO" in said
    assert "lado" not in offered(story, "organisations")


async def test_the_choice_is_kept_across_a_restart_and_another_device(story: Story) -> None:
    await referred(story)
    await choose(story, "police", "fire")
    await story.restart()
    story.as_("coordinator", device="other")
    said = text_of(await story.says(f"send requests {REFERENCE}"))
    assert "Chosen: 2" in said
    assert {name: one.state for name, one in (await requests_of(story)).items()} == {"police": "to_send", "fire": "to_send"}


async def test_choosing_again_adds_and_takes_off(story: Story) -> None:
    await referred(story)
    await choose(story, "police", "fire")
    await story.press("choose_organisations")
    assert field(story, "organisations").value == "fire,police"
    await story.press("keep_choice", {"organisations": "police,housing"})
    states = {name: one.state for name, one in (await requests_of(story)).items()}
    assert states == {"police": "to_send", "housing": "to_send", "fire": "withdrawn"}
    await story.press("choose_organisations")
    await story.press("keep_choice", {"organisations": "police,housing,fire"})
    assert (await requests_of(story))["fire"].state == "to_send"


async def test_nothing_chosen_is_not_kept(story: Story) -> None:
    await referred(story)
    await story.says(f"send requests {REFERENCE}")
    said = text_of(await story.press("keep_choice", {"organisations": "nobody-there"}))
    assert "choose at least one" in said
    assert not await requests_of(story)


async def test_those_asked_already_are_left_out_and_others_are_added_later(story: Story) -> None:
    await asked(story, "police")
    said = text_of(await story.says(f"send requests {REFERENCE}"))
    assert "Asked already: Test Police" in said
    assert "police" not in offered(story, "organisations")
    assert not field(story, "organisations").value
    await story.press("keep_choice", {"organisations": "housing"})
    await vetted(story)
    await send(story)
    assert {one.state for one in (await requests_of(story)).values()} == {"sent"}
    assert len(await requests_of(story)) == 2


async def test_another_organisation_is_added_while_choosing(story: Story) -> None:
    await referred(story)
    await story.says(f"send requests {REFERENCE}")
    await story.press("add_organisation")
    inputs = {"name": "Test Second Surgery", "kind": "gp", "email": "not an address", "address": ""}
    assert "address" in text_of(await story.press("keep_organisation", inputs))
    await story.press("keep_organisation", inputs | {"email": "second@surgery.example"})
    assert offered(story, "organisations")["test-second-surgery"].label.startswith("Test Second Surgery")
    await story.press("keep_choice", {"organisations": "test-second-surgery,gp"})
    assert [one.agency for one in (await requests_of(story)).values()] == ["gp", "gp"]


async def test_two_coordinators_who_choose_at_once_make_one_request(story: Story) -> None:
    await referred(story)
    await choose(story, "police")
    story.as_("coordinator", device="other")
    case = await case_of(story)
    await story.press_raw("keep_choice", case.id, {"organisations": "police"})
    assert len((await seen(story)).requests) == 1


async def test_a_case_at_an_end_asks_nobody(story: Story) -> None:
    case = await referred(story)
    now = (await seen(story)).case
    assert now is not None
    await story.write(replace(now, status="stood_down"))
    said = text_of(await story.press_raw("send_requests", case.id))
    assert "at an end" in said
    await story.press_raw("keep_choice", case.id, {"organisations": "police"})
    assert not (await seen(story)).requests


async def test_choosing_is_noted_and_names_nobody(story: Story) -> None:
    await referred(story)
    await choose(story, "police")
    assert "organisations_chosen" in list(await history(story))
    case = await case_of(story)
    noted = list(await story.parts.store.history(f"case:{case.id}"))
    assert not any(word in str(row.what) for row in noted for word in IDENTIFIES)
