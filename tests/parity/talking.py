"""Talking to the assistant: being welcomed, asking for help, and being read as one wrote."""

from __future__ import annotations

from tests.parity.ability import CONSOLE, NO_PREVIEWS, ONE_KEYBOARD, Chapter
from tests.parity.client import NotOffered, one_text
from tests.parity.steps import CHILD, REFERENCE, asked, begins, fills_in, referred
from tests.parity.world import TIED, World

TALKING = Chapter("Talking to the assistant")
TYPED = "**Not bold**, <b>not bold</b>, [no](link), *no* _stars_ & <@U012AB3CD> <!channel>"
NAMES = (CHILD, "Test Mother", "Test Street")


@TALKING.can("Be welcomed, once, with what to do when a child is in danger")
async def welcomed(world: World) -> None:
    nurse = world.client("nurse")
    for _ in range(2):
        await nurse.arrives()
    [welcome] = await nurse.messages()
    assert "I help with Child Safeguarding Practice Reviews" in welcome
    assert "999" in welcome
    assert "begin_referral" in welcome.actions


@TALKING.can("Ask for help, and see examples of what can be typed")
async def helped(world: World) -> None:
    said = await world.client("practitioner").says("help")
    assert "You can press a button or type what you need." in said
    assert "what is waiting for me" in said


@TALKING.can("Type something that is not understood, and see what can be done")
async def not_understood(world: World) -> None:
    practitioner = world.client("practitioner")
    said = await practitioner.says("wibble the flange")
    assert "I did not understand that." in said
    assert "start_referral" in (await practitioner.presses("begin_referral")).actions


@TALKING.can("Say that a child is in danger, and be told whom to ring before anything else")
async def in_danger(world: World) -> None:
    said = await world.client("practitioner").says("her dad is hitting her now")
    assert "999" in said


@TALKING.can("Ask what is waiting, with a button that leads to each")
async def waiting(world: World) -> None:
    await referred(world)
    coordinator = world.client("coordinator")
    said = await coordinator.says("what is waiting for me")
    assert REFERENCE in said
    assert f"Case {REFERENCE}" in await coordinator.presses("show_case")


@TALKING.can("Type what looks like markup or a mention, and see it as it was typed")
async def markup(world: World) -> None:
    practitioner = world.client("practitioner")
    await begins(practitioner)
    await fills_in(practitioner, until="children.1.name")
    await practitioner.presses("answer", {"children.1.name": TYPED})
    await practitioner.says("check")
    assert TYPED in one_text(await practitioner.messages())
    await practitioner.says("change name of child")
    assert (await practitioner.card()).field("children.1.name").value == TYPED


@TALKING.can("See on a telephone that a message came, and never whom it is about", {CONSOLE: NO_PREVIEWS})
async def previews(world: World) -> None:
    coordinator = await asked(world, "police")
    practitioner = world.client("practitioner")
    await begins(practitioner)
    await fills_in(practitioner, until="incident_date")
    places = (practitioner, coordinator, coordinator.elsewhere("police"), coordinator.elsewhere("coordinators"))
    shown = [preview for client in places for preview in await client.previews()]
    assert len(shown) > len(places)
    assert all(shown)
    assert [name for name in NAMES if name in "\n".join(shown)] == []


@TALKING.can("Be answered once where the channel delivers a message twice", {CONSOLE: ONE_KEYBOARD})
async def delivered_twice(world: World) -> None:
    nurse = world.client("nurse")
    await nurse.says("I need to refer a child", again=True)
    said = await nurse.messages()
    assert sum("start_referral" in seen.actions for seen in said) == 1


@TALKING.can("Write in a channel, and be answered there without names")
async def in_a_channel(world: World) -> None:
    await world.tie(*TIED)
    police = world.client("police-lead", "police")
    said = await police.says("I need to refer a child")
    assert "one to one" in said
    if "start_referral" in said.actions:
        raise NotOffered("a referral begins in a channel")
