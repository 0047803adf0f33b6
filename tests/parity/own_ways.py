"""Ways in that one channel has of its own: a page, a command, shortcuts. What they lead to can be typed everywhere."""

from __future__ import annotations

from tests.parity.ability import CONSOLE, TEAMS, Chapter
from tests.parity.steps import REFERENCE, asked, referred
from tests.parity.world import World

OWN_WAYS = Chapter("Ways of its own")
NO_PAGE = {
    CONSOLE: 'A terminal has no pages. Type "what is waiting for me".',
    TEAMS: 'The assistant has no page of its own in Teams. Type "what is waiting for me", or choose it from its commands.',
}
NO_COMMAND = {
    CONSOLE: "Everything typed in the terminal goes to the assistant. No command is needed before it.",
    TEAMS: "Teams has no commands that work everywhere. Write to the assistant, or mention it in a channel.",
}
NO_SHORTCUT = {
    CONSOLE: "A terminal has no menus. The same is typed.",
    TEAMS: "The assistant adds nothing to the menus of Teams. The same is typed, or chosen from its commands.",
}
NOTHING_TO_ADD = "The channels of the console are there from the start."


@OWN_WAYS.can("Add the assistant to a channel, and read there what it says in one", {CONSOLE: NOTHING_TO_ADD})
async def added_to_a_channel(world: World) -> None:
    police = world.client("police-lead", "new-one")
    await police.arrives()
    [said] = await police.messages()
    assert "Here I only post references and dates." in said
    assert not said.buttons


@OWN_WAYS.can("See on a page of the assistant's own what is waiting, and go on from there", NO_PAGE)
async def own_page(world: World) -> None:
    await referred(world)
    coordinator = world.client("coordinator")
    page = await coordinator.page()
    assert "What waits for you" in page
    assert REFERENCE in page
    assert "show_case" in page.actions
    assert f"Case {REFERENCE}" in await coordinator.presses("show_case", on=page)


@OWN_WAYS.can("Ask something with a command, wherever one is, and be answered alone", NO_COMMAND)
async def command(world: World) -> None:
    await asked(world, "police")
    police = world.client("police-lead", "police")
    told = await police.command("what is waiting for me")
    assert "I have answered you in our own conversation." in told
    assert REFERENCE in await police.elsewhere().newest()
    assert not [seen for seen in await world.client("nurse", "police").messages() if seen.text == told.text]


@OWN_WAYS.can("Begin a referral, or ask what is waiting or overdue, from a menu", NO_SHORTCUT)
async def menu(world: World) -> None:
    await referred(world)
    coordinator = world.client("coordinator")
    await coordinator.shortcut("waiting")
    assert REFERENCE in await coordinator.newest()
    await coordinator.shortcut("overdue")
    assert "What is overdue" in await coordinator.newest()
    await coordinator.shortcut("refer")
    assert "start_referral" in (await coordinator.newest()).actions


@OWN_WAYS.can("Ask about the case that a message names, from the message's menu", NO_SHORTCUT)
async def menu_of_a_message(world: World) -> None:
    coordinator = await asked(world, "police")
    channel = coordinator.elsewhere("police")
    await channel.shortcut("about_this", await channel.card())
    assert REFERENCE in await coordinator.newest()
