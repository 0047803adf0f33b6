"""Is anybody there involved? Nothing is posted there, a senior is asked alone, and whoever is involved sees nothing."""

from __future__ import annotations

from asked import opens, sends
from msgspec.structs import replace
from scoping_steps import (
    REFERENCE,
    asked,
    case_of,
    choose,
    everything_in_channels,
    field,
    history,
    id_of,
    offered,
    posted,
    referred,
    requests_of,
    seen,
    send,
    vetted,
)
from story import Story, text_of

from bot.console.places import channel
from dialogs.desk import Desk
from dialogs.turn import Press, Turn
from state.access import Access
from state.records import CasePersonRecord, GrantRecord, PlaceRecord
from state.snapshot import Wanted
from state.values import Who


async def deputy(story: Story, person: str = "head-teacher", organisation: str = "police") -> None:
    """Somebody stands in for the lead of an organisation."""
    made = GrantRecord(
        id=f"deputy-{person}",
        person=id_of(story, person),
        role="deputy",
        organisation=organisation,
        granted_by="test",
        granted_at=story.clock.now(),
        confirmed_by="test",
    )
    await story.write(made)


async def test_nothing_is_sent_before_everybody_was_looked_at(story: Story) -> None:
    await referred(story)
    await choose(story, "police", "fire")
    assert not story.has("confirm_requests")
    case = await case_of(story)
    await story.press_raw("send_now", case.id, {"purpose": "x", "basis": "y"})
    await story.press_raw("confirm_requests", case.id)
    assert {one.state for one in (await requests_of(story)).values()} == {"to_send"}
    await vetted(story)
    assert story.has("confirm_requests")


async def test_an_involved_lead_is_left_out_and_a_deputy_is_asked_alone(story: Story) -> None:
    await deputy(story)
    await referred(story)
    await choose(story, "police", "fire")
    await vetted(story, "police")
    assert set(offered(story, "excluded")) == {id_of(story, "police-lead"), id_of(story, "head-teacher")}
    inputs = {"excluded": id_of(story, "police-lead"), "why": "relative", "senior": id_of(story, "head-teacher")}
    await story.press("keep_involved", inputs)
    assert "privately, Test Head Teacher" in text_of(story.newest)
    await send(story)

    request = (await requests_of(story))["police"]
    assert (request.delivery, request.senior, request.quiet) == ("private", id_of(story, "head-teacher"), True)
    assert REFERENCE not in posted(story, "police")
    assert REFERENCE in text_of(story.channel.said["head-teacher"][-1])
    assert "Open the request" in text_of(story.channel.said["head-teacher"][-1])


async def test_whoever_is_involved_cannot_be_asked_and_the_channel_cannot_be_used(story: Story) -> None:
    await deputy(story)
    await referred(story)
    await choose(story, "police")
    await vetted(story, "police")
    lead = id_of(story, "police-lead")
    said = text_of(await story.press("keep_involved", {"excluded": lead, "why": "relative", "senior": lead}))
    assert "Please choose somebody else" in said
    said = text_of(await story.press("keep_involved", {"excluded": lead, "why": "relative", "senior": "as_before"}))
    assert "channel cannot be used" in said
    said = text_of(await story.press("keep_involved", {"excluded": lead, "why": "", "senior": "email"}))
    assert "how they are involved" in said
    said = text_of(await story.press("keep_involved", {"excluded": lead, "why": "relative", "senior": "somebody-else"}))
    assert "who is asked instead" in said
    assert not [p for p in (await seen(story)).case_people if p.relation == "excluded"]
    assert not (await requests_of(story))["police"].vetted


async def test_where_nobody_else_is_known_it_goes_by_secure_email_and_not_to_the_channel(story: Story) -> None:
    await referred(story)
    await choose(story, "police")
    await vetted(story, "police")
    inputs = {"excluded": id_of(story, "police-lead"), "why": "subject", "senior": "email"}
    await story.press("keep_involved", inputs)
    await send(story)
    assert "To be sent by secure email" in text_of(story.newest)
    assert (await requests_of(story))["police"].delivery == "email"
    assert REFERENCE not in posted(story, "police")


async def test_nobody_after_all_goes_the_usual_way(story: Story) -> None:
    await referred(story)
    await choose(story, "police")
    await vetted(story, "police")
    await story.press("keep_involved", {"excluded": "", "why": "", "senior": "as_before"})
    await send(story)
    assert REFERENCE in posted(story, "police")


async def test_where_nobody_is_known_there_that_is_said(story: Story) -> None:
    await referred(story)
    await choose(story, "fire")
    await vetted(story, "fire")
    assert "know nobody there" in text_of(story.newest)
    assert [asked.id for asked in story.card.inputs] == ["senior"]
    await story.press("keep_involved", {"senior": "email"})
    assert (await requests_of(story))["fire"].vetted


async def test_several_involved_are_asked_about_one_after_the_other_and_a_restart_loses_none(story: Story) -> None:
    await referred(story)
    await choose(story, "police", "test-hospital-trust", "fire")
    await vetted(story, "police", "test-hospital-trust")
    await story.restart()
    story.as_("coordinator")
    said = text_of(await story.says(f"send requests {REFERENCE}"))
    assert "Left to check: 2" in said
    await story.press("vet_organisations")
    assert {one.label for one in offered(story, "involved").values()} == {"Test Police", "Test Hospital Trust"}
    await story.press("keep_vetted", {"involved": ",".join(offered(story, "involved"))})
    for _ in range(2):
        await story.press("keep_involved", {"excluded": "", "why": "", "senior": "email"})
    assert story.has("confirm_requests")


async def test_what_was_chosen_meanwhile_is_not_taken_as_looked_at(story: Story) -> None:
    await referred(story)
    await choose(story, "police")
    await story.press("vet_organisations")
    case = await case_of(story)
    story.as_("coordinator", device="other")
    await story.press_raw("keep_choice", case.id, {"organisations": "police,fire"})
    story.as_("coordinator")
    said = text_of(await story.press("keep_vetted", {"involved": ""}))
    assert "changed this a moment ago" in said
    assert not any(one.vetted for one in (await requests_of(story)).values())


async def test_an_excluded_person_loses_every_view_at_once(story: Story) -> None:
    requests = await asked(story, "police")
    police = requests["police"]
    lead = id_of(story, "police-lead")
    assert await may_open(story, "police-lead", police.id)
    mine = Wanted(turn="", person=lead, place="", my_requests=True)
    assert (await story.parts.store.read(mine)).my_requests

    story.as_("coordinator")
    await story.press_raw("involved", police.id)
    await story.press("keep_involved", {"excluded": lead, "why": "relative", "senior": "email"})

    assert not await may_open(story, "police-lead", police.id)
    assert not (await story.parts.store.read(mine)).my_requests
    shown = story.channel.updates[-1][1]
    assert "Somebody else has been asked" in text_of(shown)
    assert shown.card is not None
    assert not shown.card.buttons
    assert "person_excluded" in list(await history(story))


async def may_open(story: Story, person: str, request: str) -> bool:
    """Whether a person may open a request now: as their next turn would find it."""
    found = next(one for one in story.people if one.id == person)
    who = Who(found.tenant, found.object, found.name)
    story.as_(person)
    wanted = Wanted(turn="", person=who.id, place="", request=request, people=True)
    snapshot = await story.parts.store.read(wanted)
    assert snapshot.request is not None
    turn = Turn(id="looking", who=who, place=story.place, said=Press(action="open_request"), at=story.clock.now())
    desk = Desk(turn, snapshot, story.parts.kit)
    return desk.may_request("open_request", snapshot.request) is Access.YES


async def test_whoever_is_excluded_is_told_nothing_any_more(story: Story) -> None:
    police = (await asked(story, "police"))["police"]
    lead = id_of(story, "police-lead")
    await story.write(replace((await requests_of(story))["police"], author=lead, delegate=lead))
    await story.press_raw("involved", police.id)
    await story.press("keep_involved", {"excluded": lead, "why": "relative", "senior": "email"})
    heard = len(story.channel.said["police-lead"])
    await story.press_raw("withdraw_request", police.id)
    await story.press("do_withdraw", {"reason": "Stood down."})
    assert len(story.channel.said["police-lead"]) == heard
    assert (await requests_of(story))["police"].delegate == ""


async def test_an_excluded_coordinator_is_not_told_one_to_one(story: Story) -> None:
    police = (await asked(story, "police"))["police"]
    case = await case_of(story)
    await story.write(
        replace(await place_of(story, "coordinators"), tied_to="", confirmed_by=""),
        CasePersonRecord(case=case.id, person=id_of(story, "coordinator"), relation="excluded", reason="relative"),
    )
    heard = len(story.channel.said["coordinator"])
    story.as_("police-lead", in_channel="police")
    await opens(story, "ask_question", police.id)
    await sends(story, "send_question", {"question": "Which years?"})
    assert [one.kind for one in (await seen(story)).notices] == ["question"]
    assert len(story.channel.said["coordinator"]) == heard


async def place_of(story: Story, name: str) -> PlaceRecord:
    """A channel as it is kept."""
    found = (await story.parts.store.read(Wanted(turn="", person="", place=channel(name).id))).place
    assert found is not None
    return found


async def test_after_sending_a_request_is_put_to_another_senior(story: Story) -> None:
    await deputy(story)
    police = (await asked(story, "police"))["police"]
    await story.press_raw("involved", police.id)
    inputs = {"excluded": id_of(story, "police-lead"), "why": "may_have_harmed", "senior": id_of(story, "head-teacher")}
    said = text_of(await story.press("keep_involved", inputs))
    assert "now with the person you chose" in said
    assert REFERENCE in text_of(story.channel.said["head-teacher"][-1])
    assert "Somebody else has been asked" in text_of(story.channel.updates[-1][1])
    assert await may_open(story, "head-teacher", police.id)
    assert not await may_open(story, "police-lead", police.id)


async def test_a_stale_card_of_who_is_involved_changes_nothing(story: Story) -> None:
    await referred(story)
    await choose(story, "police")
    await vetted(story, "police")
    number = len(story.heard)
    await story.press("keep_involved", {"excluded": "", "why": "", "senior": "email"})
    inputs = {"excluded": id_of(story, "police-lead"), "why": "relative", "senior": "email"}
    await story.press_card(number, "keep_involved", inputs)
    assert "changed this a moment ago" in text_of(story.newest)
    assert not [p for p in (await seen(story)).case_people if p.relation == "excluded"]


async def test_a_restricted_case_is_asked_in_private_or_by_email_and_the_senior_is_put_on_the_list(story: Story) -> None:
    await referred(story, restricted=True)
    await choose(story, "police", "fire")
    assert "Nothing goes to a channel" in text_of(story.newest)
    await vetted(story)
    await send(story)
    requests = await requests_of(story)
    assert (requests["police"].delivery, requests["fire"].delivery) == ("private", "email")
    named = {p.person for p in (await seen(story)).case_people if p.relation == "named"}
    assert id_of(story, "police-lead") in named
    assert REFERENCE not in everything_in_channels(story)
    assert REFERENCE in text_of(story.channel.said["police-lead"][-1])
    assert await may_open(story, "police-lead", requests["police"].id)


async def test_on_a_restricted_case_nobody_is_asked_the_usual_way(story: Story) -> None:
    await referred(story, restricted=True)
    await choose(story, "police")
    await vetted(story, "police")
    assert "as_before" not in offered(story, "senior")
    assert field(story, "senior").choices[-1].value == "email"
