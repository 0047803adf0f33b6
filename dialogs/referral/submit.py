"""Sending a referral: a case with a reference, its dates, its document, and the coordinator told by reference only."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from dialogs.casework.clocks import recompute
from dialogs.casework.common import case_button, set_deadline
from dialogs.casework.facts import known
from dialogs.desk import Desk
from dialogs.filling.cards import answered_card
from dialogs.filling.echo import counted
from dialogs.filling.machine import CHECK, Walker
from dialogs.filling.talk import arrive, machine
from dialogs.giving.offer import file_button, offered
from dialogs.handed.before import before_of
from dialogs.instants import counted_from, instant_of
from dialogs.referral.advice import advice_for, aware_from, notification_due, received
from dialogs.referral.begin import ask_who_may_see, listed
from dialogs.referral.digests import digests_of
from dialogs.reply import Button, Card, Paragraph, Reply, Style
from dialogs.telling import coordinators, one_to_one
from dialogs.turn import Press
from state.clocks import add_working_days
from state.records import (
    CasePersonRecord,
    CaseRecord,
    ChildDigestRecord,
    CounterRecord,
    DraftRecord,
    PlaceRecord,
)
from state.values import JSON, london_day
from templates.days import day_text
from templates.forms.shape import Spot

COORDINATOR = "coordinator"
"""Whose dates these are."""


def counter_name(year: int) -> str:
    """The running number of a year's references."""
    return f"reference:{year}"


def submit(desk: Desk, _press: Press) -> None:
    """Send the referral. What is missing is said instead, and nothing is sent."""
    draft = desk.at_hand
    walker = Walker(desk.filled(), Spot(CHECK))
    if not machine(desk).fire(walker, "submit"):
        return arrive(desk, Spot(CHECK), echoes=(desk.words("filling.not_yet"),))
    if not listed(desk):
        return ask_who_may_see(desk)
    case = _case(desk, draft)
    desk.put(case)
    desk.put(replace(draft, status="submitted", case=case.id, touched_at=desk.turn.at))
    _carry_list_over(desk, draft, case)
    _deadlines(desk, case)
    _digests(desk, case)
    _record(desk, draft, case)
    desk.make_document(case.id, _document(draft, case))
    desk.replace_card(answered_card(desk, []))
    desk.stand_at("", "")
    _thank(desk, case)
    return _tell_coordinator(desk, case)


def _case(desk: Desk, draft: DraftRecord) -> CaseRecord:
    year = london_day(desk.turn.at).year
    last = desk.snapshot.counter
    number = (last.value if last else 0) + 1
    desk.put(CounterRecord(name=counter_name(year), value=number, version=last.version if last else 0))
    return CaseRecord(
        id=desk.turn.fresh("case"),
        reference=f"{desk.kit.profile.file.prefix}-{year}-{number:04d}",
        restricted=draft.restricted,
        draft=draft.id,
        referrer=draft.owner,
        entered_by=draft.owner if draft.on_behalf else "",
        acknowledged_at=desk.turn.at if draft.on_behalf else None,
        received_at=received(desk),
        edition=draft.edition,
        aware_from=aware_from(desk),
        harm_from=_harm_from(desk),
    )


def _harm_from(desk: Desk) -> datetime | None:
    """When harm that built up was recognised, where the referral says so."""
    seen = instant_of(counted(desk.filled(), "harm_recognised_date"))
    return counted_from(seen, desk.turn.at) if seen is not None else None


def _carry_list_over(desk: Desk, draft: DraftRecord, case: CaseRecord) -> None:
    for person in sorted(desk.on_list()):
        desk.put(CasePersonRecord(case=case.id, person=person, relation="named"))
    for other in desk.snapshot.draft_people:
        if other.relation != "named":
            desk.put(replace(other, case=case.id, version=0))
    if draft.restricted:
        desk.put(CasePersonRecord(case=case.id, person=draft.owner, relation="named", reason="referrer"))


def _deadlines(desk: Desk, case: CaseRecord) -> None:
    recompute(desk, known(desk, case))
    if not case.entered_by:
        set_deadline(desk, case, "read_referral", _read_by(desk, case), case.received_at, owner=COORDINATOR)


def _read_by(desk: Desk, case: CaseRecord) -> datetime:
    return add_working_days(case.received_at, desk.kit.profile.file.ready_in, desk.kit.profile.clocks)


def _digests(desk: Desk, case: CaseRecord) -> None:
    for child, digest in digests_of(desk).items():
        desk.put(ChildDigestRecord(case=case.id, child=child, digest=digest))


def _record(desk: Desk, draft: DraftRecord, case: CaseRecord) -> None:
    advice: JSON = {str(child): advice_for(desk, child).notify for child in desk.filled().children()}
    desk.note(f"draft:{draft.id}", "referral_submitted", case=case.id)
    desk.note(f"case:{case.id}", "referral_received", reference=case.reference, content=advice)
    if digest := before_of(desk).digest:
        desk.note(f"case:{case.id}", "referral_from_file", digest=digest)


def _document(draft: DraftRecord, case: CaseRecord) -> dict[str, JSON]:
    return {"form": draft.form, "draft": draft.id, "case": case.id, "reference": case.reference}


def _what_next(desk: Desk, case: CaseRecord) -> tuple[str, ...]:
    """What happens now; where it was entered for somebody, what the one who entered it has to tell them."""
    if case.entered_by:
        return (desk.words("referral.next_on_behalf"), desk.words("referral.outcome_on_behalf"))
    day = day_text(london_day(_read_by(desk, case)))
    named = desk.words("referral.next", coordinator=desk.kit.profile.file.coordinator.name, day=day)
    return (named, _outcome(desk))


def _outcome(desk: Desk) -> str:
    """Where the referrer will hear of it: somebody who uses two channels may be elsewhere than they look."""
    there = desk.told_place(desk.turn.who.id)
    if there is None or there.channel == desk.turn.place.channel.value:
        return desk.words("referral.outcome")
    return desk.words("referral.outcome_there", where=desk.words(f"delivered.channel_{there.channel}"))


def _thank(desk: Desk, case: CaseRecord) -> None:
    file = desk.kit.profile.file
    blocks = (
        Paragraph(desk.words("referral.reference", reference=case.reference), Style.HEADING),
        *(Paragraph(text) for text in _what_next(desk, case)),
        Paragraph(desk.words("referral.support", name=file.support.name, telephone=file.support.telephone), Style.QUIET),
    )
    mine = Button(action="my_referrals", label=desk.words("buttons.my_referrals"))
    buttons = (mine, *offered(desk, file_button(desk, case.id, "referral")))
    card = Card(title=desk.words("referral.sent_title"), blocks=blocks, buttons=buttons)
    desk.say(Reply(card=card, preview=desk.words("referral.preview_sent", reference=case.reference)))


def _tell_coordinator(desk: Desk, case: CaseRecord) -> None:
    """By reference only: in the coordinators' channel, or one to one to each person on a restricted list."""
    falls_due = notification_due(desk)
    text = desk.words("referral.arrived", reference=case.reference, due=day_text(falls_due.date))
    opens = case_button(desk, "open_case", case, window=True)
    alike = (Paragraph(desk.words("referral.arrived_alike")),) if _is_alike(desk, case) else ()
    card = Card(blocks=(Paragraph(text), *alike), buttons=(opens, case_button(desk, "show_case", case)))
    reply = Reply(card=card, preview=desk.words("referral.preview_arrived"))
    places = _places(desk, case)
    for place in places:
        desk.post(place, reply, case=case.id)
    if not places:
        desk.note(f"case:{case.id}", "nobody_told", reason="no coordinator has a conversation or channel yet")
        coordinator = desk.kit.profile.file.coordinator
        desk.say(Reply(text=desk.words("referral.nobody_told", name=coordinator.name, telephone=coordinator.telephone)))


def _is_alike(desk: Desk, case: CaseRecord) -> bool:
    """Whether another referral names a same child. Of a restricted one it is said only to people on its list who look."""
    return bool(desk.snapshot.alike or desk.snapshot.alike_drafts) and not case.restricted


def _places(desk: Desk, case: CaseRecord) -> list[PlaceRecord]:
    if case.restricted:
        return one_to_one(desk, desk.on_list())
    return coordinators(desk)
