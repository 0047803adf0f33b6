"""A case that organisations were asked about, as the coordinator's side leaves it: shared by the stories of returns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from zipfile import ZipFile

from story import Story, profile, text_of

from bot.console.places import channel, one_to_one, who_is
from dialogs.reply import Button, Card, Reply, Window, as_json, window_from
from dialogs.scoping.cards import ASKING_BUTTONS
from dialogs.scoping.told import prefilled
from dialogs.turn import OpenWindow, SubmitWindow
from state.changes import Changes, Kind, Send
from state.records import (
    AnswerRecord,
    CasePersonRecord,
    CaseRecord,
    DeadlineRecord,
    DraftRecord,
    GrantRecord,
    PersonRecord,
    PlaceRecord,
    Record,
)
from state.scoping_records import NoticeRecord, RequestRecord
from state.snapshot import Snapshot, Wanted, Written
from state.values import JSON
from templates.forms.filled import Filled
from templates.profile import InventedPerson

CASE, REFERENCE = "case-1", "NS-2026-0001"
DUE = datetime(2026, 11, 30, 17, 0, tzinfo=UTC)
NAMES = ("Test Child One", "Test Child Two", "Tilly Test", "Test Mother", "Test Father", "Test Street", "Test Lane")
"""Everything that identifies somebody here. None of it may ever stand in a channel."""


def day(text: str) -> JSON:
    return {"said": text, "earliest": text, "latest": text, "precision": "day"}


ONE: dict[str, JSON] = {
    "children.1.name": "Test Child One",
    "children.1.aliases": "Tilly Test",
    "children.1.date_of_birth": day("2019-04-03"),
    "children.1.sex": "male",
    "children.1.ethnicity": "white_british",
    "children.1.religion": "None",
    "children.1.disability": "None known",
    "children.1.address": "1 Test Street, Testtown",
    "children.1.deceased": "no",
    "children.1.seriously_harmed": "yes",
    "children.1.abuse_or_neglect": "suspected",
    "children.1.looked_after": "no",
    "incident_date": day("2026-11-20"),
    "incident_place": "in_area",
    "family.1.name": "Test Mother",
    "family.1.relationship": "Mother",
    "family.1.address": "1 Test Street, Testtown",
    "family.2.name": "Test Father",
    "family.2.relationship": "Father",
    "family.2.address": "2 Test Lane, Testtown",
    "family": "rows",
}
TWO: dict[str, JSON] = {
    **ONE,
    "children.2": "added",
    "children.2.name": "Test Child Two",
    "children.2.date_of_birth": day("2021-05-04"),
    "children.2.address": "1 Test Street, Testtown",
}


def who(person: InventedPerson) -> str:
    return who_is(person).id


def person(story: Story, name: str) -> InventedPerson:
    return next(one for one in story.people if one.id == name)


def _answers(story: Story, draft: str, values: Mapping[str, tuple[str, JSON]], source: str) -> list[Record]:
    at = story.clock.now()
    return [
        AnswerRecord(draft=draft, path=path, state=state, value=value, source=source, by="test/x", at=at)
        for path, (state, value) in values.items()
    ]


async def referred(story: Story, answers: Mapping[str, JSON] = ONE, *, restricted: bool = False) -> None:
    """A referral that became a case."""
    at = story.clock.now()
    draft = DraftRecord(
        id="referral-1",
        form="referral",
        owner="test/referrer",
        status="submitted",
        restricted=restricted,
        case=CASE,
        begun_at=at,
        touched_at=at,
    )
    case = CaseRecord(
        id=CASE, reference=REFERENCE, restricted=restricted, draft=draft.id, referrer="test/referrer", received_at=at
    )
    given = {path: ("given", value) for path, value in answers.items()}
    await story.write(draft, case, *_answers(story, draft.id, given, "typed"))


async def ask(story: Story, organisation: str, agency: str, **fields: object) -> str:
    """Ask an organisation, and put its card in its channel. Returns the request's id."""
    request = RequestRecord(
        **{
            "id": f"request-{organisation}",
            "case": CASE,
            "reference": REFERENCE,
            "organisation": organisation,
            "agency": agency,
            "state": "sent",
            "draft": f"return-{organisation}",
            "due": DUE,
            "sent_at": story.clock.now(),
            "sent_by": who(person(story, "coordinator")),
        }
        | fields
    )
    at = story.clock.now()
    owner = f"request:{request.id}"
    draft = DraftRecord(id=request.draft, form="scoping", owner=owner, case=CASE, about=agency, begun_at=at, touched_at=at)
    known = prefilled(await referral(story), at.date(), story.parts.kit, request.withheld)
    await story.write(request, draft, *_answers(story, draft.id, known, "referral"), _due(story, request))
    await _post(story, request)
    return request.id


def _due(story: Story, request: RequestRecord) -> DeadlineRecord:
    name = f"{CASE}:scoping_return:{request.id}"
    return DeadlineRecord(
        id=name,
        case=CASE,
        kind="scoping_return",
        owner=request.organisation,
        due=request.due or DUE,
        runs_from=story.clock.now(),
    )


async def _post(story: Story, request: RequestRecord) -> None:
    if request.delivery != "channel":
        return
    place = channel(request.organisation)
    card = Reply(card=Card(title=request.reference, buttons=tuple(button(one, request.id) for one in ASKING_BUTTONS)))
    post = Send(kind=Kind.POST, lane=place.id, place=place.id, body=as_json(card), case=CASE, card=f"request:{request.id}")
    turn = f"posted-{request.id}"
    await story.parts.store.commit(turn, turn, story.clock.now(), Changes(sends=(post,)))
    await story.settle()


async def referral(story: Story) -> Filled:
    return Filled(profile().shapes["referral"], await story.answers_of("referral-1"))


async def member(
    story: Story, name: str, organisation: str, role: str = "", *, alone: bool = True, tell: bool = True
) -> InventedPerson:
    """Somebody more of an organisation; with a conversation of their own unless they never wrote to the assistant."""
    number = 100 + len(story.people)
    made = InventedPerson(
        id=name,
        tenant="7e570000-0000-4000-8000-000000000001",
        object=f"7e570000-0000-4000-8000-000000000{number}",
        name=f"Test {name.replace('-', ' ').title()}",
        email=f"{name}@example.org",
        organisation=organisation,
    )
    story.know(made)
    rows: list[Record] = [PersonRecord(id=who(made), name=made.name, organisation=organisation)]
    rows += [PlaceRecord.of(one_to_one(made), person=who(made))] if alone and tell else []
    rows += [grant(story, made, role, organisation)] if role else []
    await story.write(*rows)
    return made


def grant(story: Story, one: InventedPerson, role: str, organisation: str) -> GrantRecord:
    return GrantRecord(
        id=f"{one.id}-{role}-{organisation}",
        person=who(one),
        role=role,
        organisation=organisation,
        granted_by="test/x",
        granted_at=story.clock.now(),
        confirmed_by="test/x",
    )


async def named(story: Story, *people: str) -> None:
    """These people are on the list of a restricted case."""
    rows = [CasePersonRecord(case=CASE, person=who(person(story, one)), relation="named") for one in people]
    await story.write(*rows)


def button(action: str, request: str, *, version: int = 1, at: str = "") -> Button:
    """A button of the request's card."""
    return Button(action=action, label=action, target=request, version=version, at=at, window=True, press_too=True)


async def opens(story: Story, action: str, target: str) -> Window:
    """The window of a button on the card in the channel."""
    await story.take(OpenWindow(action=action, target=target))
    story.window = window_from(story.answer)
    return story.window


async def sends(story: Story, action: str, inputs: Mapping[str, str] | None = None) -> Window:
    """Send the window that is open by one of its buttons; what was not changed is sent as it stands."""
    window = story.window
    ways = [one for one in (window.submit, *window.buttons) if one is not None]
    found = next((one for one in ways if one.action == action), None)
    assert found is not None, f"no way {action} from {window_text(window)}: {[one.action for one in ways]}"
    values = {one.id: one.value for one in window.inputs} | dict(inputs or {})
    said = SubmitWindow(action=action, target=found.target, version=found.version, at=found.at, inputs=values)
    await story.take(said)
    story.window = window_from(story.answer)
    return story.window


def window_text(window: Window) -> str:
    """Everything a window shows."""
    card = Card(title=window.title, blocks=window.blocks, inputs=window.inputs)
    ways = [one.label for one in (window.submit, *window.buttons) if one is not None]
    return "\n".join([text_of(Reply(card=card)), window.closed_text, *ways])


async def read(story: Story, **wanted: object) -> Snapshot:
    return await story.parts.store.read(Wanted(**({"turn": "", "person": "", "place": ""} | wanted)))  # type: ignore[arg-type]


async def request_of(story: Story, request: str) -> RequestRecord:
    found = (await read(story, request=request)).request
    assert found is not None
    return found


async def form_of(story: Story, draft: str) -> Written:
    found = await read(story, draft=draft)
    assert found.draft is not None
    return Written(draft=found.draft, answers=found.answers)


async def notices(story: Story) -> tuple[NoticeRecord, ...]:
    return (await read(story, case=CASE)).notices


async def deadline_of(story: Story, request: str) -> DeadlineRecord:
    found = (await read(story, case=CASE)).deadlines
    return next(one for one in found if one.id.endswith(request))


def documents(story: Story) -> list[str]:
    """The names of the documents that were filed."""
    return sorted(path.stem.removesuffix(" v1") for path in story.settings.library.rglob("*.docx"))


def printed(story: Story, name: str) -> str:
    """The text of a document that was filed."""
    found = next(path for path in story.settings.library.rglob("*.docx") if path.stem == f"{name} v1")
    with ZipFile(found) as parts:
        document = parts.read("word/document.xml").decode()
    return re.sub(r"<[^>]+>", " ", document.replace("</w:p>", "\n"))


def said_in_channels(story: Story) -> str:
    """Everything that was ever said or shown where several people read it, previews too."""
    replies = [reply for place, said in story.channel.said.items() if place.startswith("channel:") for reply in said]
    replies += [reply for _, reply in story.channel.updates]
    return "\n".join(f"{text_of(reply)}\n{reply.preview}" for reply in replies)


def nothing_identifies(story: Story) -> None:
    """No channel ever says who it is about."""
    everything = said_in_channels(story)
    assert [name for name in NAMES if name in everything] == []


NIL = {"not_known": "yes", "names_checked": "children.1,family.1,family.2", "records_searched": "Test records system"}
RETURN: dict[str, str] = {
    "prepared_by_name": "Test Police Lead",
    "prepared_by_role": "Detective inspector",
    "involvement": "known",
    "professionals.1.role": "Test Constable",
    "professionals.1.name": "Test Officer One",
    "reason": "A call to the home.",
    "summary": "Police were called to the home twice.",
    "key_events.1.date": "20 November 2026",
    "key_events.1.event": "Test Mother rang 999.",
    "key_events.1.impact": "He was frightened.",
    "key_events.1.children": "1",
    "children.1.voice": "He said that he wanted to go home.",
    "contacts.*.contact": "health_visiting,education",
    "contacts.*.missing": "none",
    "worked_well": "A quick visit.",
    "learning_within": "Ask the child alone.",
    "learning_across": "Share calls earlier.",
    "actions.1.action": "Train new officers.",
    "actions.1.lead": "Test Superintendent",
    "actions.1.deadline": "31 March 2027",
    "actions.1.scope": "single",
    "records_secured": "yes",
    "kept_separate": "yes",
    "conflict_of_interest": "no",
    "author_independent": "yes",
}


async def fills_in_windows(story: Story, answers: Mapping[str, str], *, most: int = 60) -> Window:
    """Go through a form in windows until its last one: what is not in the table is left as it stands."""
    done: set[str] = set()
    for _ in range(most):
        ways = {one.action for one in (story.window.submit, *story.window.buttons) if one is not None}
        if "window_send" in ways or "window_go" in ways:
            return story.window
        given = {one.id: answers[one.id] for one in story.window.inputs if one.id in answers and one.id not in done}
        done |= set(given)
        leaves = "window_on" in ways and not given
        await sends(story, "window_on" if leaves else "window_save", given)
        assert not [one.error for one in story.window.inputs if one.error], window_text(story.window)
    raise AssertionError(f"never came to an end: {window_text(story.window)}")


async def nil_in_windows(story: Story, request: str) -> Window:
    """From the card in the channel to a nil return that was confirmed."""
    await opens(story, "not_known_to_us", request)
    await sends(story, "begin_nil")
    await fills_in_windows(story, NIL)
    return await sends(story, "window_send")


async def return_in_windows(story: Story, request: str, answers: Mapping[str, str] = RETURN) -> Window:
    """From the card in the channel to a full return that was sent."""
    await opens(story, "open_request", request)
    await sends(story, "begin_return")
    await fills_in_windows(story, answers)
    return await sends(story, "window_send")
