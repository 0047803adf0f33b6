"""Steps that journeys share: a form is filled in, a case is there, organisations are asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

import docx
from asked import NIL, RETURN
from referral_steps import ONE_CHILD

from state.records import AnswerRecord, CaseRecord, DraftRecord
from state.values import JSON
from templates.documents import controls
from templates.profile import profile_folder
from tests.parity.client import Alone, Client, Copy, Seen
from tests.parity.world import TIED, World

REFERENCE = "NS-2026-0001"
CHILD = "Test Child One"
DECIDED = {"decision": "notify", "reasons": "The injury is serious, and abuse is suspected."}
PURPOSE = {"purpose": "To prepare the rapid review", "basis": "The duty to work together"}
ACKNOWLEDGED = {"records_secured": "yes", "kept_separate": "yes"}
SEARCHED = NIL | {"names_checked": "children.1,family.1"}
RETURNED = RETURN | {"contacts.*.contact": "none", "signed_off_by": "Test Chief"}
SIMPLE = ("confirm", "no_more_children", "seen", "row_none", "row_done")
"""Pressed wherever they stand: what is offered is right, and there are no more rows."""
ENDS = frozenset({"submit", "finish"})
REFERRED: Mapping[str, JSON] = {
    "children": "rows",
    "children.1.name": CHILD,
    "children.1.date_of_birth": {"said": "3 April 2019", "earliest": "2019-04-03", "latest": "2019-04-03", "precision": "day"},
    "family": "rows",
    "family.1.name": "Test Mother",
    "family.1.relationship": "mother",
    "agencies": "rows",
    "agencies.1.agency": "police",
    "agencies.2.agency": "hospital_trust",
}


async def begins(client: Client) -> None:
    """From "refer" to the first question."""
    await client.says("I need to refer a child")
    await client.presses("start_referral")


async def fills_in(client: Client, answers: Mapping[str, str] = ONE_CHILD, *, until: str = "", most: int = 150) -> Seen:
    """Answer what is asked, card by card, until check your answers or until a field is asked for."""
    for _ in range(most):
        card = await client.card()
        if ENDS & set(card.actions) or until in card.asks:
            return card
        await _one(client, card, answers)
    raise AssertionError(f"never came to an end:\n{(await client.newest()).text}")


async def _one(client: Client, card: Seen, answers: Mapping[str, str]) -> None:
    given = {name: answers[name] for name in card.asks if answers.get(name)}
    simple = next((action for action in SIMPLE if action in card.actions), "")
    if given and "row_save" in card.actions:
        await client.presses("row_save", given)
    elif simple:
        await client.presses(simple)
    elif given:
        await client.presses("answer", given)
    elif left := next((action for action in ("skip", "not_known") if action in card.actions), ""):
        await client.presses(left)
    else:
        await client.presses("answer", dict.fromkeys(card.asks, "not_known"))


async def fills_in_windows(client: Client, answers: Mapping[str, str], *, most: int = 60) -> Seen:
    """Go through a form window by window until its last one; what is not in the table is left as it stands."""
    done: set[str] = set()
    for _ in range(most):
        window = client.shown
        assert window is not None
        if {"window_send", "window_go"} & set(window.actions):
            return window
        given = {name: answers[name] for name in window.asks if name in answers and name not in done}
        done |= set(given)
        window = await client.sends(given, "window_on" if "window_on" in window.actions and not given else "window_save")
        assert not [field.error for field in window.fields if field.error], window.text
    raise AssertionError("never came to an end")


async def answers_alone(form: Alone, answers: Mapping[str, str]) -> Seen:
    """Fill a form in where one person sees it alone, and send it."""
    if form.windows:
        await fills_in_windows(form.client, answers)
        return await form.on("window_send")
    await fills_in(form.client, answers)
    return await form.on("submit")


async def refers(world: World) -> Client:
    """The practitioner sends a short referral, question by question. Returns their conversation."""
    client = world.client("practitioner")
    await begins(client)
    await fills_in(client)
    await client.presses("submit")
    return client


async def referred(world: World) -> CaseRecord:
    """A referral that was sent: its rows, without telling again how it came."""
    at, referrer = world.clock.now(), world.id_of("practitioner")
    draft = DraftRecord(
        id="referral-1", form="referral", owner=referrer, status="submitted", case="case-1", begun_at=at, touched_at=at
    )
    case = CaseRecord(id="case-1", reference=REFERENCE, draft=draft.id, referrer=referrer, received_at=at, la_aware_at=at)
    answers = [
        AnswerRecord(draft=draft.id, path=path, state="given", value=value, by=referrer, at=at)
        for path, value in REFERRED.items()
    ]
    await world.write(draft, case, *answers)
    return case


async def asked(world: World, *organisations: str, tie: Sequence[str] = TIED) -> Client:
    """A case about which these organisations were asked. Returns the coordinator's own conversation."""
    await world.tie(*tie)
    await referred(world)
    for one in ("police-lead", "nurse", "manager", "coordinator"):
        await world.client(one).arrives()
    coordinator = world.client("coordinator")
    await coordinator.says(f"send requests {REFERENCE}")
    await coordinator.presses("keep_choice", {"organisations": ",".join(organisations)})
    await coordinator.presses("vet_organisations")
    await coordinator.presses("keep_vetted")
    await coordinator.presses("confirm_requests")
    await coordinator.presses("send_now", PURPOSE)
    return coordinator


def word_form(file: Path, form: str, values: Mapping[str, str]) -> Path:
    """A form of ours that somebody filled in in Word: some of its fields, by their tags."""
    document = docx.Document(str(profile_folder("north-somerset") / "documents" / f"{form}.docx"))
    for root in controls.parts_of(document):
        for field in controls.find(root):
            if (text := values.get(controls.tag_of(field))) is not None:
                controls.fill_text(field, text)
    document.save(str(file))
    return file


def text_of(copy: Copy) -> str:
    """What a Word document says."""
    paragraphs = docx.Document(BytesIO(copy.content)).element.body.iter("{*}t")
    return " ".join(one.text or "" for one in paragraphs)


async def police_answers(world: World, begin: str, answers: Mapping[str, str]) -> Client:
    """Police was asked, and its lead answers from the channel's card, begun with that button. Returns the coordinator."""
    coordinator = await asked(world, "police")
    form = await world.client("police-lead", "police").follows("open_request")
    await form.on(begin, ACKNOWLEDGED)
    await answers_alone(form, answers)
    return coordinator
