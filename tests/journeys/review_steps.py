"""A case that was notified and whose agencies were asked, and the steps that many stories of its rapid review share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import docx
from msgspec import structs
from referral_steps import ONE_CHILD, begin, fill_in
from story import START, Story, text_of

from bot.console.places import one_to_one, who_is
from dialogs.reply import Button, Reply, Window, window_from
from dialogs.review.collate import collate
from dialogs.review.sources import Sources
from dialogs.turn import OpenWindow, SubmitWindow
from state.records import AnswerRecord, CaseRecord, DeadlineRecord, DraftRecord, GrantRecord, PersonRecord, PlaceRecord
from state.scoping_records import RequestRecord
from state.snapshot import Snapshot, Wanted
from state.values import JSON
from templates.documents.pack_data import PackData
from templates.profile import InventedPerson

TENANT = "7e570000-0000-4000-8000-000000000001"
NOTIFIED = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DUE = datetime(2026, 12, 14, 17, 0, tzinfo=UTC)
FORMS = ("referral", "rapid_review", "scoping", "nil_return", "panel_letter", "panel_reply")
LA, ICB = "la-director", "icb-nurse"
PEOPLE = {
    LA: ("Test Director", "Director of children's services", "Test Council", "childrens-social-care"),
    ICB: ("Test Chief Nurse", "Chief nurse", "Test Integrated Care Board", "gp"),
}
RETURN: Mapping[str, JSON] = {
    "involvement": "known",
    "children.1.name": "Test Child One",
    "children.1.ethnicity": "white_british",
    "prepared_by_name": "Test Author",
    "summary": "We saw the child on five days.",
    "key_events.1.event": "A visit at home.",
    "key_events.1.impact": "The child was seen.",
    "children.1.voice": "He drew his home.",
    "worked_well": "The same worker came each time.",
    "learning_within": "Write down each missed visit.",
    "learning_across": "Tell each other of moves.",
    "actions.1.action": "Review the policy on missed appointments",
    "actions.1.lead": "Test Lead",
    "records_secured": "yes",
}


def day(text: str) -> JSON:
    """A day as an answer."""
    return {"said": text, "earliest": text, "latest": text, "precision": "day"}


async def notified_case(story: Story, *, restricted: bool = False) -> CaseRecord:
    """A referral that became a case, notified on Monday 23 November: the review is due on Monday 14 December."""
    await begin(story, restricted=restricted)
    if restricted:
        named = ",".join(choice.value for choice in story.card.inputs[0].choices)
        await story.press("name_people", {"named": named})
    await fill_in(story, ONE_CHILD)
    await story.press("submit")
    case = (await whole(story)).case
    assert case is not None
    due = DeadlineRecord(
        id=f"{case.id}:rapid_review",
        case=case.id,
        kind="rapid_review",
        owner="coordinator",
        due=DUE,
        runs_from=NOTIFIED,
        restricted=case.restricted,
    )
    await story.write(structs.replace(case, status="notified", notified_at=NOTIFIED), due)
    for person in PEOPLE:
        await known(story, person)
    return case


async def whole(story: Story, reference: str = "NS-2026-0001") -> Snapshot:
    """Everything of the case as it is kept now."""
    wanted = Wanted(
        turn="", person="", place="", reference=reference, forms=FORMS, requests=True, organisations=True, people=True
    )
    return await story.parts.store.read(wanted)


async def known(story: Story, person: str) -> None:
    """Somebody with a standing role and a conversation of their own."""
    name, job, agency, organisation = PEOPLE[person]
    made = InventedPerson(
        id=person, tenant=TENANT, object=person, name=name, job=job, agency=agency, email=f"{person}@example.org"
    )
    story.know(made)
    key = who_is(made).id
    await story.write(
        PersonRecord(id=key, name=name, job=job, agency=agency, email=made.email, organisation=organisation),
        PlaceRecord.of(one_to_one(made), person=key),
        GrantRecord(
            id=f"role-{person}",
            person=key,
            role="agency_lead",
            organisation=organisation,
            granted_by="test",
            granted_at=START,
        ),
    )


def id_of(story: Story, person: str) -> str:
    """The id of somebody in the database."""
    return who_is(next(one for one in story.people if one.id == person)).id


async def asked(
    story: Story, case: CaseRecord, organisation: str, agency: str, state: str = "sent", **more: object
) -> RequestRecord:
    """An organisation that was asked."""
    fields = {"sent_at": START + timedelta(hours=4), "due": START + timedelta(days=7), **more}
    request = RequestRecord(
        id=f"request-{organisation}",
        case=case.id,
        reference=case.reference,
        organisation=organisation,
        agency=agency,
        state=state,
        **fields,  # type: ignore[arg-type]
    )
    await story.write(request)
    return request


async def returned(
    story: Story, case: CaseRecord, organisation: str, agency: str, answers: Mapping[str, JSON] = RETURN, **more: object
) -> RequestRecord:
    """An organisation whose full return has come."""
    draft = f"return-{organisation}"
    at = START + timedelta(days=3)
    fields = {"draft": draft, "returned_at": at, "returns": 1, "author": f"author-{organisation}", **more}
    request = await asked(story, case, organisation, agency, str(more.pop("state", "returned")), **_less(fields, "state"))
    await _draft(story, case, draft, "scoping", request, {"key_events.1.date": day("2026-06-01"), **answers}, at)
    return request


def _less(fields: dict[str, object], name: str) -> dict[str, object]:
    return {key: value for key, value in fields.items() if key != name}


async def nil(story: Story, case: CaseRecord, organisation: str, agency: str, state: str = "nil_return") -> RequestRecord:
    """An organisation that knows nobody of the family."""
    draft, at = f"nil-{organisation}", START + timedelta(days=2)
    request = await asked(story, case, organisation, agency, state, nil=draft, returned_at=at, returns=1)
    answers: dict[str, JSON] = {"not_known": "yes", "confirmed_by": {"name": "Test Searcher"}}
    await _draft(story, case, draft, "nil_return", request, answers, at)
    return request


async def _draft(
    story: Story, case: CaseRecord, draft: str, form: str, request: RequestRecord, answers: Mapping[str, JSON], at: datetime
) -> None:
    record = DraftRecord(
        id=draft,
        form=form,
        owner=f"request:{request.id}",
        case=case.id,
        about=request.agency,
        begun_at=at,
        touched_at=at,
    )
    rows = [AnswerRecord(draft=draft, path=p, state="given", value=v, by="author", at=at) for p, v in answers.items()]
    await story.write(record, *rows)


async def window(story: Story, action: str, inputs: Mapping[str, str], *, target: str) -> Window:
    """Open the window of an action, fill it in and send it."""
    await story.opens(Button(action=action, label="", target=target))
    return await story.submits_window(inputs)


async def pressed(story: Story, action: str, target: str, inputs: Mapping[str, str] | None = None) -> Reply:
    """A button that stands somewhere, and what it asks for filled in on the card that follows."""
    reply = await story.press_raw(action, target)
    if inputs is None or reply.card is None or not reply.card.buttons:
        return reply
    return await story.press(reply.card.buttons[0].action, inputs)


async def set_meeting(story: Story, case: CaseRecord, when: str = "2 December 2026 at 10:00", **more: str) -> Reply:
    """The coordinator sets or moves the meeting."""
    story.as_("coordinator")
    return await pressed(story, "meeting", case.id, {"starts": when, "length": "120", "venue": "Test Hall", **more})


async def name_panel(story: Story, case: CaseRecord, panel: tuple[str, ...] = ("nurse",)) -> Reply:
    """The coordinator names the three partners and others."""
    story.as_("coordinator")
    inputs = {
        "partner_local_authority": id_of(story, LA),
        "partner_icb": id_of(story, ICB),
        "partner_police": id_of(story, "police-lead"),
        "panel": ",".join(id_of(story, one) for one in panel),
    }
    return await pressed(story, "panel_people", case.id, inputs)


async def ready(story: Story) -> CaseRecord:
    """A case with a full return and a nil return, its meeting held and its panel named."""
    case = await notified_case(story)
    await returned(story, case, "police", "police")
    await nil(story, case, "fire", "fire")
    await set_meeting(story, case)
    await name_panel(story, case)
    await story.later(days=10)
    return (await whole(story)).case or case


SECTIONS: Mapping[str, JSON] = {
    "voice_of_parents": "The mother asked for help.",
    "criterion_harm": "The injury was serious.",
    "criterion_agencies": "Agencies did not share what they knew.",
    "criterion_safeguarding": "There are concerns.",
    "opinion": "meets",
    "review_kind": "local",
    "rationale": "There is more to learn.",
}


async def written(story: Story, case: CaseRecord, answers: Mapping[str, JSON] = SECTIONS) -> None:
    """What the panel has to write itself, as if several people had written it."""
    report = (await whole(story)).written
    draft = [one for one in report if one.draft.form == "rapid_review"][-1]
    rows = []
    for path, value in answers.items():
        before = draft.answers.get(path)
        rows.append(
            AnswerRecord(
                draft=draft.draft.id,
                path=path,
                state="given",
                value=value,
                by="panel",
                at=story.clock.now(),
                version=before.version if before else 0,
            )
        )
    await story.write(*rows)
    await story.later(seconds=1)


async def sign(story: Story, case: CaseRecord, person: str, agreed: str = "yes", dissent: str = "") -> Reply:
    """A partner signs."""
    story.as_(person)
    return await pressed(story, "sign_off_review", case.id, {"agreed": agreed, "dissent": dissent})


async def signed(story: Story) -> CaseRecord:
    """Everything written, and signed by all three partners."""
    case = await ready(story)
    await written(story, case)
    for person in (LA, ICB, "police-lead"):
        await sign(story, case, person)
    return (await whole(story)).case or case


async def make_letter(story: Story, case: CaseRecord) -> Reply:
    """The coordinator confirms what the letter says, and makes it."""
    story.as_("coordinator")
    await story.press_raw("write_letter", case.id)
    for _ in range(12):
        actions = {button.action for button in story.card.buttons}
        if "submit" in actions:
            break
        if "confirm" in actions:
            await story.press("confirm", {one.id: one.value for one in story.card.inputs})
        else:
            await story.press("skip")
    return await story.press("submit")


async def sent(story: Story) -> CaseRecord:
    """The letter made, and the sending recorded."""
    case = await signed(story)
    await make_letter(story, case)
    await pressed(story, "mark_sent", case.id, {"sent": "3 December 2026 at 09:00"})
    found = (await whole(story)).case
    assert found is not None
    return found


def files(story: Story, folder: str = "", suffix: str = "") -> list[str]:
    """The names of the files in the case's folder."""
    root = Path(story.settings.library) / "NS-2026-0001"
    found = [path for path in root.rglob("*") if path.is_file() and folder in str(path) and path.suffix.endswith(suffix)]
    return sorted(path.name for path in found)


def words_of(story: Story, name: str) -> str:
    """The text of a Word document in the case's folder."""
    root = Path(story.settings.library) / "NS-2026-0001"
    path = next(one for one in root.rglob("*.docx") if one.name == name)
    from templates.documents import controls
    from templates.documents.read import text_of as read

    return "\n".join(read(part) for part in controls.parts_of(docx.Document(str(path))))


def calendar_of(story: Story, name: str) -> str:
    """A calendar file of the case's folder."""
    root = Path(story.settings.library) / "NS-2026-0001"
    return next(one for one in root.rglob("*.ics") if one.name == name).read_text(encoding="utf-8")


def heard_by(story: Story, person: str) -> list[str]:
    """What somebody was told in their own conversation."""
    place = one_to_one(next(one for one in story.people if one.id == person))
    return [text_of(reply) for reply in story.channel.said[place.conversation]]


async def submit_over_channel(story: Story, button: Button, inputs: Mapping[str, str], version: int = 0) -> Window:
    """A window over a channel, sent as it was opened."""
    await story.take(OpenWindow(action=button.action, target=button.target))
    opened = window_from(story.answer)
    assert opened.submit is not None
    said = SubmitWindow(action=opened.submit.action, target=opened.submit.target, version=version, inputs=inputs)
    await story.take(said)
    return window_from(story.answer)


async def pack_data(story: Story) -> PackData:
    """The pack as it would be made now."""
    return collate(Sources(await whole(story), story.parts.kit, story.clock.now()))
