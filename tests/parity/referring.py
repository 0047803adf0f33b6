"""Referring a child: the same form question by question and window by window, checked, changed, stopped and carried on."""

from __future__ import annotations

import re
from datetime import timedelta

from referral_steps import ONE_CHILD

from tests.parity.ability import CONSOLE, NO_WINDOWS, ONE_KEYBOARD, SLACK, Chapter
from tests.parity.client import Client, Seen, one_text
from tests.parity.steps import CHILD, REFERENCE, begins, fills_in, refers, text_of
from tests.parity.world import World

REFERRING = Chapter("Referring a child")
SHORT_FIELDS = "A field in Slack takes 3,000 letters. A longer answer is typed into the conversation."
LONG = " ".join(f"Sentence {number} of the account." for number in range(1, 360))
PART = re.compile(r"^Part \d of \d$", re.MULTILINE)
"""What stands above each message of a long one."""
NAME, BORN, ETHNICITY = "children.1.name", "children.1.date_of_birth", "children.1.ethnicity"


async def at(world: World, question: str) -> Client:
    """The practitioner, at that question of a referral."""
    practitioner = world.client("practitioner")
    await begins(practitioner)
    await fills_in(practitioner, until=question)
    return practitioner


def known(seen: Seen | None) -> dict[str, str]:
    """What the practitioner knows of what a window asks."""
    assert seen is not None
    return {path: ONE_CHILD[path] for path in seen.asks if ONE_CHILD.get(path)}


@REFERRING.can("Send a whole referral by answering one question at a time")
async def question_by_question(world: World) -> None:
    await world.tie("coordinators")
    practitioner = await refers(world)
    assert REFERENCE in await practitioner.newest()
    assert [file.name for file in (world.folder / "library").rglob("*.docx")] == [f"{REFERENCE} 1a Referral v1.docx"]
    told = await world.client("coordinator", "coordinators").newest()
    assert REFERENCE in told
    assert CHILD not in told


@REFERRING.can("Type an answer instead of using the card")
async def typed(world: World) -> None:
    practitioner = await at(world, BORN)
    said = await practitioner.says("3 April 2019")
    assert "Wednesday 3 April 2019" in said
    assert BORN not in said.asks


@REFERRING.can("Fill in a section at once in a window, and go on section by section", {CONSOLE: NO_WINDOWS})
async def section_by_section(world: World) -> None:
    practitioner = await at(world, NAME)
    window = await practitioner.opens("window")
    assert {NAME, BORN, "children.1.address"} <= set(window.asks)
    closed = await practitioner.sends(known(window))
    assert closed.closed
    assert NAME not in (await practitioner.card()).asks
    await fills_in(practitioner, until="incident_date")
    closed = await practitioner.sends(known(await practitioner.opens("window")))
    assert closed.closed
    await fills_in(practitioner)
    assert REFERENCE in await practitioner.presses("submit")


@REFERRING.can("See what is wrong with an answer beside its field, with what was typed kept")
async def wrong_on_a_card(world: World) -> None:
    practitioner = await at(world, "referrer_email")
    said = await practitioner.presses("confirm", {"referrer_email": "not an address", "referrer_role": "Test Nurse"})
    assert said.field("referrer_email").error
    assert said.field("referrer_email").value == "not an address"
    assert said.field("referrer_email").error in said
    assert not said.field("referrer_name").error
    assert said.field("referrer_role").value == "Test Nurse"


@REFERRING.can("The same in a window", {CONSOLE: NO_WINDOWS})
async def wrong_in_a_window(world: World) -> None:
    practitioner = await at(world, NAME)
    await practitioner.opens("window")
    window = await practitioner.sends(known(practitioner.shown) | {BORN: "31 February 2019"})
    assert "February" in window.field(BORN).error
    assert window.field(BORN).value == "31 February 2019"
    assert window.field(NAME).value == CHILD
    assert not window.field(NAME).error


@REFERRING.can("Check all answers on one page, change one, and come back to the page")
async def check_and_change(world: World) -> None:
    practitioner = await at(world, "")
    page = await practitioner.says("check")
    assert CHILD in page
    assert "Test Primary School" in page
    school = next(one for one in page.field("change").options if "School" in one.label)
    await practitioner.presses("change", {"change": school.value})
    await practitioner.presses("answer", {"children.1.school": "Test Other School"})
    assert "submit" in (await practitioner.card()).actions
    assert "Test Other School" in one_text((await practitioner.messages())[-4:])


@REFERRING.can("Go back, leave a question out, say that it is not known, and ask why it is asked")
async def moves(world: World) -> None:
    practitioner = await at(world, "children.1.carer")
    assert "who had day to day care" in await practitioner.presses("why")
    assert "children.1.carer" not in (await practitioner.presses("not_known")).asks
    assert "children.1.carer" in (await practitioner.presses("back")).asks
    assert "children.1.carer" not in (await practitioner.presses("skip")).asks


@REFERRING.can("Give an answer of 10,000 letters, and read it whole")
async def long_answer(world: World) -> None:
    assert len(LONG) > 10_000
    practitioner = await at(world, "summary")
    await practitioner.says(LONG)
    said = await practitioner.says("check")
    number = next(one.label.split(".")[0] for one in said.field("change").options if "Summary" in one.label)
    said = await practitioner.says(f"show {number}")
    assert LONG in Seen(text=PART.sub("", said.text))


@REFERRING.can("Put 10,000 letters into one field", {SLACK: SHORT_FIELDS})
async def long_field(world: World) -> None:
    practitioner = await at(world, "summary")
    assert "summary" not in (await practitioner.presses("answer", {"summary": LONG})).asks


@REFERRING.can("Choose one of many, on the card or by typing its name")
async def many_choices(world: World) -> None:
    practitioner = await at(world, ETHNICITY)
    one, another, *more = (await practitioner.card()).field(ETHNICITY).options
    assert len(more) > 15
    await practitioner.presses("answer", {ETHNICITY: one.value})
    assert (await practitioner.says("change ethnicity")).field(ETHNICITY).value == one.value
    await practitioner.says(another.label)
    assert (await practitioner.says("change ethnicity")).field(ETHNICITY).value == another.value


@REFERRING.can("Add rows to a list, one after another, and finish it")
async def rows(world: World) -> None:
    practitioner = await at(world, "family.1.name")
    await practitioner.presses("row_save", {"family.1.name": "Test Mother", "family.1.relationship": "mother"})
    await practitioner.presses("row_save", {"family.2.name": "Test Brother", "family.2.relationship": "brother"})
    said = await practitioner.presses("row_done")
    assert "family.3.name" not in said.asks
    page = await practitioner.says("check")
    assert "Test Mother" in page
    assert "Test Brother" in page


@REFERRING.can("Stop, and carry on another day")
async def another_day(world: World) -> None:
    practitioner = await at(world, "children.1.address")
    assert "Everything is saved" in await practitioner.says("pause")
    world.clock.move(timedelta(days=3))
    said = await practitioner.says("carry on")
    assert "We carry on where you were" in said
    assert "children.1.address" in said.asks


@REFERRING.can("Carry on after the assistant was restarted in the middle")
async def after_a_restart(world: World) -> None:
    await world.client("coordinator").arrives()
    practitioner = await at(world, "children.1.address")
    await world.restart()
    practitioner = practitioner.elsewhere()
    await practitioner.says("2 Test Road, Testtown")
    await fills_in(practitioner)
    await practitioner.presses("submit")
    assert REFERENCE in await practitioner.newest()


@REFERRING.can("Send a window that is behind, and see both answers instead of losing one", {CONSOLE: NO_WINDOWS})
async def behind(world: World) -> None:
    practitioner = await at(world, "children.1.address")
    window = await practitioner.opens("window")
    await practitioner.says("1 First Street, Testtown")
    said = await practitioner.sends(known(window) | {"children.1.address": "2 Second Street, Testtown"})
    assert "2 Second Street, Testtown" in said.field("children.1.address").error
    assert said.field("children.1.address").value == "1 First Street, Testtown"


@REFERRING.can("Press a button twice, and have it count once", {CONSOLE: ONE_KEYBOARD})
async def pressed_twice(world: World) -> None:
    await world.client("coordinator").arrives()
    practitioner = await at(world, "")
    await practitioner.presses("submit", times=2)
    said = one_text(await practitioner.messages())
    assert REFERENCE in said
    assert "NS-2026-0002" not in said
    assert len(list((world.folder / "library").iterdir())) == 1


@REFERRING.can("Have a copy of what was sent, asked first")
async def copy_taken(world: World) -> None:
    await world.tie("coordinators")
    practitioner = await refers(world)
    copy = await practitioner.takes()
    assert copy.name == f"{REFERENCE} 1a Referral v1.docx"
    assert CHILD in text_of(copy)


@REFERRING.can("Stop a referral for good, asked first whether that is meant")
async def cancelled(world: World) -> None:
    practitioner = await at(world, NAME)
    assert "Do you want to cancel" in await practitioner.says("cancel")
    assert "is cancelled" in await practitioner.presses("confirm_cancel")
