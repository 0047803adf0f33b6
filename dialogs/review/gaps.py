"""What is missing before the rapid review can be sent, in sentences. Pure."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from dialogs.review.facts import collated, fact_text
from dialogs.review.further import further_questions
from dialogs.review.plan import open_pairs, suggestions
from dialogs.review.sources import Sources, plain_day
from templates.documents.pack_data import PARTNERS
from templates.forms.filled import ANSWERED
from templates.forms.model import Question

MEETING, WRITTEN, RETURNS, SIGNED = "meeting", "written", "returns", "signed"
ELSEWHERE = frozenset({"date", "participants", "sign_off", "learning"})
"""Questions of the report that gaps of their own speak of."""


class Gap(msgspec.Struct, frozen=True):
    """One thing that is missing, and what kind of thing."""

    kind: str
    text: str


def gaps(sources: Sources) -> list[Gap]:
    """Everything that is missing, in the order in which people see to it."""
    return [*_meeting(sources), *_returns(sources), *_written(sources), *_actions(sources), *_signed(sources)]


def unwritten(sources: Sources) -> list[Gap]:
    """What the panel has to write or settle before anybody can sign."""
    return [gap for gap in gaps(sources) if gap.kind == WRITTEN]


def _meeting(sources: Sources) -> Iterator[Gap]:
    meeting = sources.snapshot.meeting
    if meeting is None:
        yield Gap(MEETING, sources.say("review.gap_no_meeting"))
    elif meeting.starts_at > sources.now:
        yield Gap(MEETING, sources.say("review.gap_meeting_ahead", day=plain_day(meeting.starts_at)))
    report = sources.report
    there = {report.value(f"participants.{row}.partner") for row in report.rows("participants")}
    for partner in PARTNERS:
        if partner not in there:
            yield Gap(MEETING, sources.say("review.gap_partner", partner=sources.say(f"review.partner_{partner}")))


def _returns(sources: Sources) -> Iterator[Gap]:
    for request in sources.outstanding:
        if not request.without:
            yield Gap(RETURNS, sources.say("review.gap_outstanding", organisation=sources.organisation(request)))
    for one in sources.returns:
        if one.request.confirm:
            yield Gap(RETURNS, sources.say("review.gap_confirm", organisation=one.organisation))
    for request in sources.asked:
        if any(not question.answer for question in further_questions(sources.snapshot, request.id)):
            yield Gap(RETURNS, sources.say("review.gap_question", organisation=sources.organisation(request)))


def _written(sources: Sources) -> Iterator[Gap]:
    report = sources.report
    for spot in report.spots():
        placed = report.shape.by_state[spot.state]
        if placed.repeats or placed.question.id in ELSEWHERE or not report.required(placed.question, spot.row):
            continue
        if report.on_path(spot) and report.status(spot.state) not in ANSWERED and not _collated(sources, spot.state):
            yield Gap(WRITTEN, _unwritten(sources, placed.question))
    yield from _of_children(sources)
    if not suggestions(sources) and report.value("learning") != "none":
        yield Gap(WRITTEN, sources.say("review.gap_section", label=report.shape.by_state["learning"].question.label))
    if inconsistent(report.value("opinion"), report.value("review_kind")):
        yield Gap(WRITTEN, sources.say("review.inconsistent"))


def _unwritten(sources: Sources, question: Question) -> str:
    """What is to be written. A reason for leaving something out is only needed where the thing itself is not written."""
    if question.id == "voice_of_parents_missing_reason":
        return sources.say("review.gap_parents")
    return sources.say("review.gap_section", label=question.label)


def _of_children(sources: Sources) -> Iterator[Gap]:
    shape = sources.report.shape
    children = sources.referral.children()
    for child in children:
        path = f"children.{child}.voice"
        if sources.report.status(path) not in ANSWERED and not collated(sources, path):
            label = shape.by_state["children.voice"].question.label
            if len(children) > 1:
                label = f"{label}: {fact_text(sources, child, 'name') or child}"
            yield Gap(WRITTEN, sources.say("review.gap_section", label=label))


def _collated(sources: Sources, state: str) -> bool:
    """Whether the pack says something there without the panel."""
    if state == "period_from":
        return any(one.filled.rows("key_events") for one in sources.returns)
    if state == "period_to":
        dates = ("incident_date", "harm_recognised_date")
        return any(sources.referral.value(name) is not None for name in dates)
    return state == "summary" and bool(collated(sources, "summary"))


def inconsistent(opinion: object, kind: object) -> bool:
    """Whether a review is recommended although the criteria are not met."""
    return opinion == "does_not_meet" and kind in ("national", "local")


def _actions(sources: Sources) -> Iterator[Gap]:
    """Actions that read alike, until somebody has signed: a signature takes the plan as it stands."""
    if sources.report.rows("sign_off"):
        return
    count = len(open_pairs(suggestions(sources), sources.snapshot.pairs))
    if count:
        yield Gap(RETURNS, sources.say("review.gap_pairs" if count > 1 else "review.gap_pair", count=count))


def _signed(sources: Sources) -> Iterator[Gap]:
    report = sources.report
    have = {report.value(f"sign_off.{row}.partner") for row in report.rows("sign_off")}
    for partner in PARTNERS:
        if partner not in have:
            yield Gap(SIGNED, sources.say("review.gap_signed", partner=sources.say(f"review.partner_{partner}")))
    yield from _came_after(sources)


def _came_after(sources: Sources) -> Iterator[Gap]:
    """Answers of organisations that came when somebody had signed already: what was signed is not what is here now."""
    signed = [answer.at for path, answer in sources.report.answers.items() if _is_signature(sources, path)]
    first = min(signed, default=None)
    if first is None:
        return
    for request in [*(one.request for one in sources.returns), *(one.request for one in sources.nil)]:
        if request.returned_at is not None and request.returned_at > first:
            yield Gap(SIGNED, sources.say("review.gap_came_after", organisation=sources.organisation(request)))


def _is_signature(sources: Sources, path: str) -> bool:
    parts = path.split(".")
    return parts[0] == "sign_off" and len(parts) == 3 and int(parts[1]) in sources.report.rows("sign_off")
