"""Who can be asked, and how they are reached: organisations, the channel of each, leads and deputies."""

from __future__ import annotations

import pytest
from scoping_steps import REFERENCE, choose, field, id_of, offered, posted, referred, requests_of, send, vetted
from story import Story, text_of

from bot.console.places import channel
from state.scoping_records import OrganisationRecord
from state.snapshot import Snapshot, Wanted


async def everything(story: Story) -> Snapshot:
    return await story.parts.store.read(Wanted(turn="", person="", place="", organisations=True, people=True))


async def known(story: Story) -> dict[str, OrganisationRecord]:
    return {one.id: one for one in (await everything(story)).organisations}


async def tied_to(story: Story, name: str) -> str:
    """What a channel is tied to, where that was confirmed."""
    places = {place.id: place for place in (await everything(story)).tied_places}
    found = places.get(channel(name).id)
    return found.tied_to if found and found.confirmed_by else ""


async def test_the_list_says_kind_way_and_lead(story: Story) -> None:
    story.as_("coordinator")
    said = text_of(await story.says("organisations"))
    assert "Organisations: 26" in said
    assert "Test Police: Police; in its own channel; led by Test Police Lead" in said
    assert "Test Housing Association: Housing; by secure email through you; nobody leads it here yet" in said


async def test_one_is_added_changed_and_ended(story: Story) -> None:
    story.as_("coordinator")
    await story.says("organisations")
    await story.press("add_organisation")
    given = {"name": "Test Village School", "kind": "education", "email": "", "address": "19 Test Parade"}
    await story.press("keep_organisation", given)
    made = (await known(story))["test-village-school"]
    assert (made.name, made.kind, made.address) == ("Test Village School", "education", "19 Test Parade")

    await story.says("organisations")
    await story.press("change_organisation", {"organisation": made.id})
    assert field(story, "name").value == "Test Village School"
    await story.press("keep_organisation", {"name": "Test Town School", "email": "head@town-school.example"})
    changed = (await known(story))[made.id]
    assert (changed.name, changed.kind, changed.email) == ("Test Town School", "education", "head@town-school.example")

    await story.says("organisations")
    await story.press("end_organisation", {"organisation": made.id})
    await story.press("do_end_organisation")
    assert (await known(story))[made.id].ended_at is not None
    assert "Not asked any more" in text_of(await story.says("organisations"))
    await story.press("change_organisation", {"organisation": made.id})
    await story.press("keep_organisation", {"name": "Test Town School"})
    assert (await known(story))[made.id].ended_at is None


async def test_a_name_that_is_there_already_gets_an_id_of_its_own(story: Story) -> None:
    story.as_("coordinator")
    for _ in range(2):
        await story.says("organisations")
        await story.press("add_organisation")
        await story.press("keep_organisation", {"name": "Test Surgery", "kind": "gp"})
    assert {"gp", "test-surgery", "test-surgery-2"} <= set(await known(story))


@pytest.mark.parametrize(
    "wrong", [{"name": "", "kind": "gp"}, {"name": "x" * 101, "kind": "gp"}, {"name": "Test", "kind": "none"}]
)
async def test_what_cannot_be_kept_is_said_and_not_kept(story: Story, wrong: dict[str, str]) -> None:
    story.as_("coordinator")
    await story.says("organisations")
    await story.press("add_organisation")
    assert "Please" in text_of(await story.press("keep_organisation", wrong))
    assert len(await known(story)) == 26


async def test_two_who_change_one_at_once_lose_nothing(story: Story) -> None:
    story.as_("coordinator")
    await story.says("organisations")
    await story.press("change_organisation", {"organisation": "fire"})
    number = len(story.heard)
    await story.press("keep_organisation", {"name": "Test Fire Service"})
    await story.press_card(number, "keep_organisation", {"name": "Something else"})
    assert "changed this a moment ago" in text_of(story.newest)
    assert (await known(story))["fire"].name == "Test Fire Service"


@pytest.mark.parametrize("person", ["manager", "police-lead", "practitioner"])
async def test_nobody_else_sees_or_changes_them(story: Story, person: str) -> None:
    story.as_(person)
    for action in ("organisations", "add_organisation", "keep_organisation", "end_organisation", "do_end_organisation"):
        said = text_of(await story.press_raw(action, "", {"name": "Test X", "kind": "gp", "organisation": "fire"}))
        assert "Only the coordinator" in said
    assert len(await known(story)) == 26


async def test_not_in_a_channel(story: Story) -> None:
    story.as_("coordinator", in_channel="coordinators")
    assert "in your own chat" in text_of(await story.says("organisations"))
    assert "safeguarding@fire.example" not in posted(story, "coordinators")


async def tie(story: Story, name: str, said: str) -> None:
    """The coordinator gives the command in a channel, and looks at their own conversation."""
    story.as_("coordinator", in_channel=name)
    await story.says(said)
    story.as_("coordinator")


async def test_a_channel_is_tied_to_the_organisation_that_was_named(story: Story) -> None:
    await tie(story, "fire-station", "tie this channel to Test Fire and Rescue Service")
    assert field(story, "to").value == "fire"
    assert await tied_to(story, "fire-station") == ""
    await story.press("confirm_channel")
    assert await tied_to(story, "fire-station") == "fire"
    assert "Requests to Test Fire and Rescue Service will be posted here" in posted(story, "fire-station")


async def test_whose_it_is_can_be_chosen_and_the_coordinators_are_first(story: Story) -> None:
    await tie(story, "new-one", "tie channel")
    assert field(story, "to").value == "coordinators"
    assert len(offered(story, "to")) == 27
    await story.press("confirm_channel", {"to": "housing"})
    assert await tied_to(story, "new-one") == "housing"


async def test_another_channel_of_that_organisation_is_let_go(story: Story) -> None:
    await tie(story, "new-police", "tie this channel to police")
    await story.press("confirm_channel")
    assert (await tied_to(story, "new-police"), await tied_to(story, "police")) == ("police", "")
    await referred(story)
    await choose(story, "police")
    await vetted(story)
    await send(story)
    assert REFERENCE in posted(story, "new-police")
    assert REFERENCE not in posted(story, "police")


async def test_it_is_warned_where_people_of_another_organisation_have_spoken(story: Story) -> None:
    story.as_("nurse", in_channel="mixed")
    await story.says("hello")
    await tie(story, "mixed", "tie this channel to police")
    said = text_of(await story.press("confirm_channel"))
    assert "Test Nurse of another organisation wrote in that channel" in said
    assert await tied_to(story, "mixed") == ""
    await story.press("confirm_channel", {"to": "test-hospital-trust"})
    assert await tied_to(story, "mixed") == "test-hospital-trust", "to their own organisation there is nothing to warn of"


async def test_after_the_warning_a_second_word_counts_for_that_organisation_only(story: Story) -> None:
    story.as_("nurse", in_channel="mixed")
    await story.says("hello")
    await tie(story, "mixed", "tie this channel to police")
    await story.press("confirm_channel")
    await story.press("confirm_channel", {"to": "housing"})
    assert await tied_to(story, "mixed") == ""
    await story.press("confirm_channel", {"to": "housing"})
    assert await tied_to(story, "mixed") == "housing"


async def test_asking_for_a_tied_channel_again_changes_nothing_before_it_is_confirmed(story: Story) -> None:
    await tie(story, "police", "tie this channel to housing")
    assert await tied_to(story, "police") == "police"
    await story.press("untie_channel")
    assert await tied_to(story, "police") == ""


async def test_nobody_else_ties_or_confirms(story: Story) -> None:
    story.as_("police-lead", in_channel="new-one")
    assert "Only the coordinator" in text_of(await story.says("tie this channel to police"))
    await tie(story, "new-one", "tie this channel to police")
    target = story.button("confirm_channel").target
    story.as_("police-lead")
    assert "Only the coordinator" in text_of(await story.press_raw("confirm_channel", target, {"to": "police"}))
    assert await tied_to(story, "new-one") == ""


async def code(story: Story, role: str, organisation: str) -> str:
    story.as_("coordinator")
    await story.says("add person")
    said = (await story.press("make_code", {"role": role, "organisation": organisation})).text
    return said.split("The code is ")[1].split(". ")[0]


@pytest.mark.parametrize("role", ["agency_lead", "deputy"])
async def test_a_lead_or_deputy_is_named_with_a_code_and_can_be_asked(story: Story, role: str) -> None:
    typed = await code(story, role, "education")
    story.as_("head-teacher")
    assert "You now have the role of" in text_of(await story.says(typed))
    now = await everything(story)
    grant = next(one for one in now.all_grants if one.person == id_of(story, "head-teacher"))
    assert (grant.role, grant.organisation, grant.confirmed_by) == (role, "education", id_of(story, "coordinator"))
    person = next(one for one in now.all_people if one.id == id_of(story, "head-teacher"))
    assert person.organisation == "education"

    await referred(story)
    await choose(story, "education")
    await vetted(story)
    await send(story)
    request = (await requests_of(story))["education"]
    story.as_("head-teacher")
    await story.press_raw("open_request", request.id)
    assert "Test Child One" in text_of(story.newest)


async def test_a_lead_of_no_organisation_is_not_made(story: Story) -> None:
    story.as_("coordinator")
    await story.says("add person")
    await story.press("make_code", {"role": "agency_lead", "organisation": ""})
    assert "choose the organisation" in text_of(story.newest)
    assert "The code is" not in text_of(story.newest)


async def test_a_coordinators_code_ties_nobody_to_an_organisation(story: Story) -> None:
    typed = await code(story, "auditor", "police")
    story.as_("practitioner")
    await story.says(typed)
    grant = next(one for one in (await everything(story)).all_grants if one.role == "auditor")
    assert grant.organisation == ""
