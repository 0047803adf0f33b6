"""Running a case: channels are tied, a decision is recorded, organisations are chosen, returns are read, a pack is made."""

from __future__ import annotations

from libraries import SITE

from tests.parity.ability import CONSOLE, NO_PICTURES, Chapter
from tests.parity.client import NotOffered
from tests.parity.steps import (
    CHILD,
    DECIDED,
    PURPOSE,
    REFERENCE,
    RETURNED,
    asked,
    fills_in,
    police_answers,
    referred,
    refers,
    word_form,
)
from tests.parity.world import TIED, World

RUNNING = Chapter("Running a case")


@RUNNING.can("Give a channel to an organisation, confirmed alone")
async def channel_tied(world: World) -> None:
    coordinator = world.client("coordinator")
    await coordinator.arrives()
    new = coordinator.elsewhere("new-one")
    assert "confirm" in await new.says("tie this channel to the police")
    assert "confirm_channel" in (await coordinator.card()).actions
    assert "Test Police" in await coordinator.presses("confirm_channel")
    assert "Test Police" in await new.newest()


@RUNNING.can("Give somebody a role with a code that works once")
async def role_given(world: World) -> None:
    coordinator = world.client("coordinator")
    await coordinator.says("add person")
    said = await coordinator.presses("make_code", {"role": "deputy", "organisation": "police"})
    code = said.text.split("The code is ")[1].split(". ")[0]
    assert "You now have the role" in await world.client("head-teacher").says(code)
    assert "does not work" in await world.client("nurse").says(code)


@RUNNING.can("Read a referral, and record the decision with its reasons")
async def decided(world: World) -> None:
    await world.tie("coordinators")
    await refers(world)
    coordinator = world.client("coordinator")
    await coordinator.says("open referrals")
    assert CHILD in (await coordinator.follows("open_case")).seen
    await coordinator.says(f"record the decision {REFERENCE}")
    await fills_in(coordinator, DECIDED)
    assert "The decision is recorded" in await coordinator.presses("submit")
    told = await coordinator.elsewhere("coordinators").newest()
    assert "it was decided to notify the National Panel" in told
    assert CHILD not in told


@RUNNING.can("Choose several organisations at once, say who is involved, and send the requests")
async def requests_sent(world: World) -> None:
    await world.tie(*TIED)
    await referred(world)
    coordinator = world.client("coordinator")
    await coordinator.says(f"send requests {REFERENCE}")
    field = (await coordinator.card()).field("organisations")
    assert len(field.options) > 5
    await coordinator.presses("keep_choice", {"organisations": "police,test-hospital-trust,fire"})
    await coordinator.presses("vet_organisations")
    await coordinator.presses("keep_vetted")
    await coordinator.presses("confirm_requests")
    await coordinator.presses("send_now", PURPOSE)
    for channel in ("police", "test-hospital-trust"):
        assert "open_request" in (await coordinator.elsewhere(channel).card()).actions
    assert "by secure email" in await coordinator.says(f"requests {REFERENCE}")


@RUNNING.can("Read a return page by page, and accept it")
async def return_read(world: World) -> None:
    coordinator = await police_answers(world, "begin_return", RETURNED)
    await coordinator.says(f"requests {REFERENCE}")
    await coordinator.presses("show_request", {"request": (await coordinator.card()).field("request").options[0].value})
    read = [await coordinator.presses("read_return")]
    while "read_return" in read[-1].actions:
        read.append(await coordinator.presses("read_return"))
    assert any("Police were called to the home twice." in page for page in read)
    await coordinator.presses("accept_return")
    assert "Test Police: accepted" in await coordinator.says(f"requests {REFERENCE}")


@RUNNING.can("See a case's timeline in words")
async def timeline(world: World) -> None:
    coordinator = await asked(world, "police")
    said = await coordinator.says(f"show the timeline of {REFERENCE}")
    assert "This is what happened, day by day." in said
    assert "1. Monday 23 November 2026" in said


@RUNNING.can("See it as a picture as well", {CONSOLE: NO_PICTURES})
async def timeline_picture(world: World) -> None:
    coordinator = await asked(world, "police")
    if not (await coordinator.says(f"show the timeline of {REFERENCE}")).picture:
        raise NotOffered("no picture")


@RUNNING.can("Have the pack of the rapid review made, and see how far it is")
async def pack(world: World) -> None:
    coordinator = await asked(world, "police")
    await coordinator.says(f"build the pack {REFERENCE}")
    names = [file.name for file in (world.folder / "library").rglob("*.docx")]
    assert f"{REFERENCE} 3 Rapid review draft v1.docx" in names


@RUNNING.can("See which documents of a case there are, and open one in Word where the library has addresses")
async def documents_listed(world: World) -> None:
    await world.shelved()
    coordinator = await asked(world, "police")
    card = await coordinator.says(f"show me the documents of {REFERENCE}")
    assert "Document 2a, scoping letter, Test Police" in card
    assert "Version 1." in card
    assert "If a document does not open, ask your IT team for access, or get a copy." in card
    address = await coordinator.follows_link("the scoping letter in Word", card)
    assert address.startswith(f"{SITE}/cspr/Cases/{REFERENCE}/03%20Requests/")
    copies = await coordinator.presses("documents", on=await coordinator.card())
    assert not copies.links
    assert "get_file" in copies.actions


@RUNNING.can("Have the pack as one PDF, or as one zip, asked first")
async def pack_as_one_file(world: World) -> None:
    await world.shelved()
    coordinator = await asked(world, "police")
    await coordinator.says(f"build the pack {REFERENCE}")
    for kind, ending in (("PDF", "pdf"), ("zip", "zip")):
        await coordinator.says(f"documents of {REFERENCE}")
        copy = await coordinator.takes(kind, made=True)
        assert copy.name.endswith(f" v1.{ending}")
        assert copy.content[:4] == {"pdf": b"%PDF", "zip": b"PK\x03\x04"}[ending]


@RUNNING.can("Drop a form that was filled in in Word, and have it read")
async def form_dropped(world: World) -> None:
    coordinator = world.client("coordinator")
    form = {"referral.children.1.name": CHILD, "referral.summary": "A fall at home."}
    said = await coordinator.drops(word_form(world.folder / "form.docx", "referral", form))
    assert "A fall at home." in said
    assert "change" in said.actions
