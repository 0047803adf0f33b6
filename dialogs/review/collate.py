"""Document 3 from what is known: nothing is retyped, and every paragraph says whose it is.

The panel's own answers come first; where it has none, what the returns and the referral say is collated. Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from dialogs.review.appendix import appendix, signed_off_by
from dialogs.review.facts import Differences, children, collated, differences, panel_first
from dialogs.review.gaps import gaps
from dialogs.review.plan import one_plan, suggestions
from dialogs.review.sources import Sources, plain_day
from state.scoping_records import RequestRecord
from templates.days import moment_text
from templates.documents.pack_data import (
    Action,
    Attributed,
    NilReturn,
    NotAsked,
    Outstanding,
    PackData,
    Participant,
    Received,
    SignOff,
)

PANELS_OWN = ("criterion_harm", "criterion_agencies", "criterion_safeguarding", "rationale", "references", "why_no_review")
"""What nobody but the panel can say."""
PROCESS = ("type", "process", "current_status")
"""What is said of another process: its kind, its name and how it stands."""


def collate(sources: Sources, differ: Differences | None = None) -> PackData:
    """The whole pack as it stands. It is a draft until nothing is missing."""
    missing = tuple(gap.text for gap in gaps(sources))
    return PackData(
        reference=sources.case.reference,
        edition=sources.kit.profile.file.edition,
        generated_at=moment_text(sources.now),
        restricted=sources.case.restricted,
        final=not missing,
        missing=missing,
        children=children(sources, differences(sources) if differ is None else differ),
        date=_date(sources),
        participants=tuple(_participants(sources)),
        period_from=period(sources, "period_from", earliest_event(sources)),
        period_to=period(sources, "period_to", incident(sources)),
        voice_of_parents=_parents(sources),
        actions=tuple(_actions(sources)),
        returns=tuple(appendix(sources, one) for one in sources.returns),
        **_services(sources),
        **_collated(sources),
        **_own(sources),
        sign_off=tuple(_signed(sources)),
    )


def _date(sources: Sources) -> str:
    """The day of the meeting; where that is after the review date, the reason is said to the National Panel beside it."""
    meeting = sources.snapshot.meeting
    if meeting is None:
        return sources.text(sources.report, "date")
    day = plain_day(meeting.starts_at)
    return sources.say("review.held_late", day=day, reason=meeting.delay_reason) if meeting.delay_reason else day


def _participants(sources: Sources) -> Iterator[Participant]:
    report = sources.report
    for row in report.rows("participants"):
        path = f"participants.{row}"
        membership = sources.text(report, f"{path}.membership")
        if report.value(f"{path}.attended") == "no":
            membership = sources.say("review.was_not_there", name=membership)
        yield Participant(sources.text(report, f"{path}.agency"), membership)


def period(sources: Sources, path: str, otherwise: date | None) -> str:
    """A bound of the review period: the panel's, else the earliest key event, or the incident."""
    return sources.text(sources.report, path) or plain_day(otherwise)


def earliest_event(sources: Sources) -> date | None:
    """The earliest key event of all returns."""
    said = (one.filled.value(f"key_events.{row}.date") for one in sources.returns for row in one.filled.rows("key_events"))
    return min((day for value in said if (day := _day(value)) is not None), default=None)


def incident(sources: Sources) -> date | None:
    """The day of the incident, or on which the harm was recognised."""
    dates = (_day(sources.referral.value(name)) for name in ("incident_date", "harm_recognised_date"))
    return next((day for day in dates if day is not None), None)


def _day(value: Any) -> date | None:
    earliest = value.get("earliest") if isinstance(value, dict) else None
    return date.fromisoformat(earliest) if isinstance(earliest, str) else None


def _parents(sources: Sources) -> tuple[Attributed, ...]:
    text = sources.text(sources.report, "voice_of_parents")
    reason = sources.text(sources.report, "voice_of_parents_missing_reason")
    if not text and reason:
        text = sources.say("review.no_voice_of_parents", reason=reason)
    return (Attributed("", "", text),) if text else ()


def _actions(sources: Sources) -> Iterator[Action]:
    for one in one_plan(suggestions(sources), sources.snapshot.pairs):
        yield Action(
            theme=one.theme,
            action=one.action,
            organisation=one.organisation,
            lead=one.lead,
            deadline=one.deadline,
            suggested_by=", ".join(one.suggested_by) or sources.say("review.the_panel"),
        )


def _services(sources: Sources) -> dict[str, Any]:
    """Documents, case summaries, nil returns; outstanding and not asked kept apart from them and from each other."""
    return {
        "documentation": tuple(_documentation(sources)),
        "summaries_from": tuple(
            Received(one.organisation, one.returned_on, signed_off_by(sources, one)) for one in sources.returns
        ),
        "nil_returns": tuple(NilReturn(one.organisation, one.confirmed_on, one.confirmed_by) for one in sources.nil),
        "outstanding": tuple(_outstanding(sources, one) for one in sources.outstanding),
        "not_asked": tuple(_not_asked(sources)),
    }


def _documentation(sources: Sources) -> Iterator[str]:
    case = sources.case
    yield sources.say("review.document_referral", date=plain_day(case.received_at))
    if case.notified_at:
        yield sources.say("review.document_decision", date=plain_day(case.notified_at))
    for one in sources.returns:
        yield sources.say("review.document_return", organisation=one.organisation, date=one.returned_on)
    for nil in sources.nil:
        yield sources.say("review.document_nil", organisation=nil.organisation, date=nil.confirmed_on)


def _outstanding(sources: Sources, request: RequestRecord) -> Outstanding:
    state = sources.say(f"review.state_{request.state}")
    return Outstanding(sources.organisation(request), plain_day(request.sent_at), plain_day(request.due), state)


def _not_asked(sources: Sources) -> Iterator[NotAsked]:
    """Services that nobody of was asked: never chosen, chosen but not sent, or withdrawn."""
    asked = {one.agency for one in sources.asked}
    chosen = {one.agency for one in sources.requests}
    for option in sources.kit.profile.lists["agencies"]:
        if option.id not in chosen:
            yield NotAsked(option.label, sources.say("review.not_chosen"))
    for one in sources.requests:
        if one.state in ("to_send", "withdrawn"):
            key = "review.not_sent" if one.state == "to_send" else "review.withdrawn"
            also = sources.say("review.another_asked") if one.agency in asked else ""
            yield NotAsked(sources.organisation(one), " ".join(filter(None, (sources.say(key), one.reason, also))))


def _collated(sources: Sources) -> dict[str, Any]:
    learning = (*collated(sources, "learning_within"), *collated(sources, "learning_across"))
    return {
        "summary": panel_first(sources, "summary", collated(sources, "summary")),
        "good_practice": panel_first(sources, "good_practice", collated(sources, "worked_well")),
        "learning": learning,
        "facts": _or_referral(sources, "facts", sources.text(sources.referral, "summary")),
        "family": _or_referral(sources, "family", family_text(sources)),
        "immediate_safety": _or_referral(
            sources, "immediate_safety", sources.text(sources.referral, "immediate_safety_action")
        ),
        "processes": _or_referral(sources, "processes", rows_text(sources, "processes", PROCESS)),
        "identity": sources.text(sources.report, "identity"),
    }


def _or_referral(sources: Sources, path: str, otherwise: str) -> str:
    """The panel's words, else the referral's, which says so."""
    if text := sources.text(sources.report, path):
        return text
    return sources.say("review.from_referral", date=plain_day(sources.case.received_at), text=otherwise) if otherwise else ""


def family_text(sources: Sources) -> str:
    """The family as the referral has it, without those it says are not to be shared; that somebody was left out is said."""
    form = sources.referral
    private = [row for row in form.rows("family") if form.value(f"family.{row}.do_not_share") == "yes"]
    text = rows_text(sources, "family", ("name", "aliases", "relationship", "date_of_birth"), without=private)
    left_out = sources.say("review.left_out", count=len(private)) if private else ""
    return "\n".join(filter(None, (text, left_out)))


def rows_text(sources: Sources, group: str, columns: tuple[str, ...], without: Collection[int] = ()) -> str:
    """Rows of the referral as lines."""
    form = sources.referral
    rows = ([sources.text(form, f"{group}.{row}.{name}") for name in columns] for row in form.rows(group) if row not in without)
    return "\n".join(", ".join(text for text in row if text) for row in rows)


def _own(sources: Sources) -> dict[str, Any]:
    found: dict[str, Any] = {name: sources.text(sources.report, name) for name in PANELS_OWN}
    for name in ("opinion", "review_kind"):
        found[name] = sources.report.value(name) or ""
    return found


def _signed(sources: Sources) -> Iterator[SignOff]:
    report = sources.report
    for row in report.rows("sign_off"):
        path = f"sign_off.{row}"
        partner = report.value(f"{path}.partner")
        if isinstance(partner, str):
            said = {name: sources.text(report, f"{path}.{name}") for name in ("dissent",)}
            yield SignOff(
                partner=partner,  # type: ignore[arg-type]  # an option of the form
                name=sources.who(report, f"{path}.person"),
                agreed="yes" if report.value(f"{path}.agreed") == "yes" else "no",
                date=sources.text(report, f"{path}.on"),
                **said,
            )
