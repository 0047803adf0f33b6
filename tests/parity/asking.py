"""An organisation is asked and answers: its card in its channel, and what one of its people sees and does alone."""

from __future__ import annotations

from state.records import GrantRecord
from tests.parity.ability import CONSOLE, NO_ASIDE, NO_REPRINT, NO_THREADS, NO_WINDOWS, TEAMS, Chapter
from tests.parity.client import NotOffered, Seen, one_text
from tests.parity.steps import ACKNOWLEDGED, CHILD, REFERENCE, RETURNED, SEARCHED, answers_alone, asked, police_answers
from tests.parity.world import World

ASKING = Chapter("Answering a request")
NO_WHISPER = "In a channel of Teams an app speaks to everybody, or in a window. What it says there names nobody."
IDENTIFIES = (CHILD, "Test Mother")


@ASKING.can("Find the request in the organisation's own channel, by reference and without names")
async def in_their_channel(world: World) -> None:
    await asked(world, "police", "test-hospital-trust")
    for person, channel in (("police-lead", "police"), ("nurse", "test-hospital-trust")):
        card = await world.client(person, channel).card()
        assert f"{REFERENCE}: please tell us what your organisation knows" in card
        assert "Monday 30 November 2026 at 17:00" in card
        assert "open_request" in card.actions
        assert [name for name in IDENTIFIES if name in card or name in card.preview] == []


@ASKING.can("Open it from the channel, and see the names alone")
async def opened_alone(world: World) -> None:
    await asked(world, "police")
    police = world.client("police-lead", "police")
    form = await police.follows("open_request")
    assert CHILD in form.seen
    assert [seen for seen in await world.client("nurse", "police").messages() if CHILD in seen] == []


@ASKING.can("Open it in a window over the channel, without leaving it", {CONSOLE: NO_WINDOWS})
async def opened_in_a_window(world: World) -> None:
    await asked(world, "police")
    police = world.client("police-lead", "police")
    assert CHILD in await police.opens("open_request")
    window = await police.sends(ACKNOWLEDGED, "begin_return")
    assert "window_save" in window.actions
    assert not [seen for seen in await police.elsewhere().messages() if CHILD in seen]


@ASKING.can("Say that the organisation knows nobody of the family")
async def nil_return(world: World) -> None:
    coordinator = await police_answers(world, "begin_nil", SEARCHED)
    assert "Test Police: not known to them" in await coordinator.says(f"requests {REFERENCE}")
    assert "Test Police does not know" in await coordinator.elsewhere("coordinators").newest()


@ASKING.can("Answer in full, with lists and a table, and see what is to be sent before it is sent")
async def full_return(world: World) -> None:
    coordinator = await police_answers(world, "begin_return", RETURNED)
    assert "Test Police: answered in full" in await coordinator.says(f"requests {REFERENCE}")
    names = [file.name for file in (world.folder / "library").rglob("*.docx")]
    assert f"{REFERENCE} 2 Return 1 police v1.docx" in names


@ASKING.can("See the card in the channel brought up to date in place", {CONSOLE: NO_REPRINT})
async def card_in_place(world: World) -> None:
    await asked(world, "police")
    police = world.client("police-lead", "police")
    before = await police.card()
    form = await police.follows("open_request")
    await form.on("begin_nil", ACKNOWLEDGED)
    await answers_alone(form, SEARCHED)
    after = await police.again(before)
    assert after.changed
    assert "not known to you" in after
    assert "correct_return" in after.actions


@ASKING.can("Go on with what the card in the channel now offers, once it was answered")
async def card_goes_on(world: World) -> None:
    await asked(world, "police")
    police = world.client("police-lead", "police")
    form = await police.follows("open_request")
    await form.on("begin_nil", ACKNOWLEDGED)
    await answers_alone(form, SEARCHED)
    card = await police.card()
    assert "open_request" not in card.actions
    assert "correct_return" in card.actions


@ASKING.can("Ask for more time, and be given it")
async def more_time(world: World) -> None:
    coordinator = await asked(world, "police")
    form = await world.client("police-lead", "police").follows("more_time")
    said = await form.on("ask_time", {"new_date": "4 December 2026", "reason": "The author is away."})
    assert "Friday 4 December 2026" in said
    await coordinator.says(f"requests {REFERENCE}")
    await coordinator.presses("grant_time")
    told = await world.client("police-lead").newest()
    assert "Friday 4 December 2026" in told
    assert CHILD not in await world.client("police-lead", "police").newest()


@ASKING.can("Ask the coordinator a question, and be answered alone")
async def question_alone(world: World) -> None:
    coordinator = await asked(world, "police")
    form = await world.client("police-lead", "police").follows("ask_question")
    await form.on("send_question", {"question": "Is Test Mother her name?"})
    reply = await coordinator.elsewhere("coordinators").follows("answer_question")
    assert "Is Test Mother her name?" in reply.seen
    await reply.on("send_answer", {"answer": "Test Mother is her name.", "where": "privately"})
    assert "Test Mother is her name." in await world.client("police-lead").newest()
    assert not [seen for seen in await world.client("police-lead", "police").messages() if "Test Mother" in seen]


@ASKING.can("Be answered in the thread of the card, where the answer names nobody", {CONSOLE: NO_THREADS})
async def question_in_the_thread(world: World) -> None:
    coordinator = await asked(world, "police")
    police = world.client("police-lead", "police")
    card = await police.card()
    form = await police.follows("ask_question")
    await form.on("send_question", {"question": "Which years?"})
    reply = await coordinator.elsewhere("coordinators").follows("answer_question")
    await reply.on("send_answer", {"answer": "From 2019 on.", "where": "thread"})
    assert "the answer to your question: From 2019 on." in (await police.thread(card))[-1]


@ASKING.can("Somebody of another organisation opens nothing")
async def refused(world: World) -> None:
    await asked(world, "police")
    nurse = world.client("nurse", "police")
    assert "You cannot open this request" in (await nurse.follows("open_request")).seen
    assert not [seen for seen in (*await nurse.messages(), *await nurse.elsewhere().messages()) if CHILD in seen]


@ASKING.can("What is refused in a channel is read by nobody else there", {CONSOLE: NO_ASIDE})
async def refused_aside(world: World) -> None:
    await asked(world, "police")
    nurse = world.client("nurse", "police")
    before = len(await world.client("police-lead", "police").messages())
    await nurse.follows("open_request")
    if len(await world.client("police-lead", "police").messages()) > before:
        raise NotOffered("everybody there reads the refusal")


@ASKING.can(
    "Press a button of a card in a channel, and be told alone where the answer is", {CONSOLE: NO_ASIDE, TEAMS: NO_WHISPER}
)
async def answered_aside(world: World) -> None:
    coordinator = (await asked(world, "police")).elsewhere("coordinators")
    await world.later(days=9)
    said = await coordinator.says("what is overdue")
    before = len(await coordinator.messages())
    late = said.field("date").options[0]
    nurse = world.client("nurse", "coordinators")
    assert "in your own chat" in await nurse.presses("chase_dates", {"date": late.value})
    assert "You cannot read this case." in await nurse.elsewhere().newest()
    if len(await coordinator.messages()) > before:
        raise NotOffered("everybody there reads the answer")


@ASKING.can("Two people write one return, and see where both changed the same answer")
async def two_at_once(world: World) -> None:
    await asked(world, "police")
    await world.write(deputy(world, "head-teacher"))
    lead = await world.client("police-lead", "police").follows("open_request")
    await lead.on("begin_return", ACKNOWLEDGED)
    deputy_ = await world.client("head-teacher", "police").follows("open_request")
    await deputy_.on("begin_return", ACKNOWLEDGED)
    await lead.on(lead.saves, {"children.1.religion": "The first answer"})
    said = await deputy_.on(deputy_.saves, {"children.1.religion": "The second answer"})
    assert "The first answer" in one_text([said, *shown(said)])
    assert "The second answer" in one_text([said, *shown(said)])


def shown(seen: Seen) -> list[Seen]:
    """What stands in its fields and beside them."""
    return [Seen(text=text) for field in seen.fields for text in (field.value, field.error)]


def deputy(world: World, person: str) -> GrantRecord:
    """Somebody more who answers for the police."""
    return GrantRecord(
        id=f"deputy-{person}",
        person=world.id_of(person),
        role="deputy",
        organisation="police",
        granted_by="test",
        granted_at=world.clock.now(),
        confirmed_by="test",
    )
