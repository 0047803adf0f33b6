"""People who use more than one channel, and a partnership that does."""

from __future__ import annotations

from referral_steps import ONE_CHILD

from tests.parity.ability import CONSOLE, SLACK, TEAMS, Chapter
from tests.parity.client import Client
from tests.parity.steps import ACKNOWLEDGED, REFERENCE, SEARCHED, answers_alone, asked, begins, fills_in
from tests.parity.world import World

BOTH = Chapter("In more than one channel")
OTHER = {CONSOLE: TEAMS, TEAMS: SLACK, SLACK: TEAMS}
NO_ACCOUNTS = "Nobody signs in at a terminal. Whoever is tried out there is the same person in Teams already."
NO_PARTNERSHIP = "A terminal is for trying things out. No partnership works with one."
KNOWN = ONE_CHILD | {
    "referrer_role": "Test Health Visitor",
    "referrer_agency": "Test Health Trust",
    "referrer_email": "test.practitioner@example.org",
    "referrer_telephone": "01632 960002",
}
"""A channel may not say who somebody is beside their name."""


def there(world: World, person: str, channel: str = "") -> Client:
    """The same human being in the other channel."""
    return world.client(person, channel, kind=OTHER[world.kind])


async def linked(world: World, person: str) -> None:
    """Somebody says in both channels that they are one person."""
    here, other = world.client(person), there(world, person)
    code = (await here.says("link my accounts")).text.split("The code is ")[1].split(". ")[0]
    await other.says(code)
    await other.presses("confirm_account")
    assert "Your accounts are linked" in await here.presses("confirm_account")


@BOTH.can("Link one's accounts in two channels, with a code and a yes in both", {CONSOLE: NO_ACCOUNTS}, beside=OTHER)
async def accounts_linked(world: World) -> None:
    await linked(world, "practitioner")
    assert "linked" in await there(world, "practitioner").newest()
    assert "Nothing was linked" not in await world.client("practitioner").newest()


@BOTH.can("Carry on in another channel what was begun in this one", beside=OTHER)
async def carried_on(world: World) -> None:
    await world.tie("coordinators")
    if world.kind is not CONSOLE:
        await linked(world, "practitioner")
    here, other = world.client("practitioner"), there(world, "practitioner")
    await begins(here)
    await fills_in(here, KNOWN, until="children.1.sex")
    assert "children.1.sex" in (await other.says("carry on")).asks
    await fills_in(other, KNOWN)
    assert REFERENCE in await other.presses("submit")
    assert REFERENCE in await here.says("my referrals")


@BOTH.can(
    "Ask an organisation that works in another channel, and be answered from there", {CONSOLE: NO_PARTNERSHIP}, beside=OTHER
)
async def each_in_its_own(world: World) -> None:
    await world.tie("police", kind=OTHER[world.kind])
    await linked(world, "police-lead")
    coordinator = await asked(world, "police", tie=("coordinators", "test-hospital-trust"))
    form = await there(world, "police-lead", "police").follows("open_request")
    await form.on("begin_nil", ACKNOWLEDGED)
    await answers_alone(form, SEARCHED)
    assert "Test Police: not known to them" in await coordinator.says(f"requests {REFERENCE}")
    assert "Test Police does not know" in await coordinator.elsewhere("coordinators").newest()
