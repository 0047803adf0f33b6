"""What the assistant says by itself, and what is overdue."""

from __future__ import annotations

from tests.parity.ability import CONSOLE, NO_REPRINT, NO_THREADS, Chapter
from tests.parity.steps import CHILD, REFERENCE, asked
from tests.parity.world import World

CHASING = Chapter("Being reminded")


@CHASING.can("Be reminded in one's own conversation, without having written first")
async def reminded_alone(world: World) -> None:
    await asked(world, "police")
    await world.later(days=9)
    told = await world.client("police-lead").newest()
    assert REFERENCE in told
    assert CHILD not in told
    assert "open_request" in told.actions


@CHASING.can("Be reminded in the organisation's channel, with what to press")
async def reminded_in_the_channel(world: World) -> None:
    await asked(world, "police")
    await world.later(days=8, hours=2)
    told = await world.client("police-lead", "police").newest()
    assert "we do not have your answer yet" in told
    assert told.actions == ("open_request", "more_time")


@CHASING.can("Find the reminder in the thread of the card", {CONSOLE: NO_THREADS})
async def reminded_in_the_thread(world: World) -> None:
    await asked(world, "police")
    police = world.client("police-lead", "police")
    card = await police.card()
    await world.later(days=8, hours=2)
    assert [seen for seen in await police.thread(card) if "we do not have your answer yet" in seen]


@CHASING.can("Hear nothing more once the answer has come")
async def no_more_reminders(world: World) -> None:
    await asked(world, "police")
    form = await world.client("police-lead", "police").follows("declare_involvement")
    assert "You will see nothing more of this case" in form.seen
    before = len(await world.client("police-lead").messages())
    await world.later(days=20)
    assert len(await world.client("police-lead").messages()) == before


@CHASING.can("Ask what is overdue, the worst first, and have it chased from the answer")
async def overdue(world: World) -> None:
    coordinator = await asked(world, "police", "test-hospital-trust")
    await world.later(days=9)
    said = await coordinator.says("what is overdue")
    assert "Test Police" in said
    assert "Whose move:" in said
    chosen = next(one for one in said.field("date").options if "Test Police" in one.label)
    await coordinator.presses("chase_dates", {"date": chosen.value})
    assert "Test Police" in await coordinator.newest()


@CHASING.can("See that answer brought up to date in place", {CONSOLE: NO_REPRINT})
async def overdue_in_place(world: World) -> None:
    coordinator = await asked(world, "police")
    await world.later(days=9)
    said = await coordinator.says("what is overdue")
    chosen = next(one for one in said.field("date").options if "Test Police" in one.label)
    await coordinator.presses("date_time", {"date": chosen.value})
    await coordinator.presses("keep_time", {"until": "7 December 2026", "reason": "The file is elsewhere."})
    after = await coordinator.again(said)
    assert after.changed
    assert "Test Police" not in after
