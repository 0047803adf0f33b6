"""Two referrals about the same child become one case, and can be parted again. Both referrals stay whole."""

from __future__ import annotations

from msgspec.structs import replace

from dialogs.casework.announce import announce, tell
from dialogs.casework.asking import Asked, Field, answers, ask, decider
from dialogs.casework.clocks import carry, end_all, recompute
from dialogs.casework.common import case_button, case_for, chain
from dialogs.casework.facts import Known, known, known_other
from dialogs.casework.machine import CASE, OPEN, RUNNING
from dialogs.casework.matches import other_for
from dialogs.desk import Desk
from dialogs.reply import Block, Card, Choice, Paragraph, Reply, Style
from dialogs.turn import Press
from state.records import CaseRecord, ChildDigestRecord
from state.scoping_records import RequestRecord
from state.values import JSON
from templates.answers import Kind

THIS, OTHER = "this", "other"
MAY_STAY = (*OPEN, *RUNNING, "not_notified")
NOT_ASKED = ("to_send", "withdrawn")


def join(desk: Desk, press: Press) -> None:
    """Which other case, which of the two stays, who decided and why."""
    case = case_for(desk, "record_decision")
    if case is not None:
        ask(desk, case, _asked(desk, case, press.at))


def _asked(desk: Desk, case: CaseRecord, at: str) -> Asked:
    other = other_for(desk)
    older = OTHER if other is not None and other.received_at < case.received_at else THIS
    named = other.reference if other is not None else desk.words("casework.the_other")
    choices = (Choice(THIS, case.reference), Choice(OTHER, named))
    which = () if at else (Field(id="other", value=other.reference if other is not None else ""),)
    return Asked(
        title=desk.words("casework.join_title", reference=case.reference),
        action="do_join",
        at=at,
        fields=(
            *which,
            Field(id="keep", kind=Kind.CHOICE, value=older, choices=choices),
            decider(desk),
            Field(id="reason", kind=Kind.LONG_TEXT),
        ),
        blocks=(Paragraph(desk.words("casework.join_help")),),
    )


def do_join(desk: Desk, press: Press) -> None:
    """Join them, where nothing stands in the way."""
    case = case_for(desk, "record_decision")
    if case is None:
        return None
    asked = _asked(desk, case, press.at)
    values = answers(desk, case, asked, press)
    if values is None:
        return None
    other = other_for(desk)
    if other is None or other.id == case.id:
        return ask(desk, case, asked, errors={"other": desk.words("casework.no_other")}, typed=press.inputs)
    keeps_this = values["keep"] == THIS
    stays, goes = (known(desk), known_other(desk)) if keeps_this else (known_other(desk), known(desk))
    if refusal := _cannot(desk, stays, goes, keeps_this=keeps_this):
        return ask(desk, case, asked, errors={"keep": refusal}, typed=press.inputs)
    return _join(desk, stays, goes, keeps_this=keeps_this, values=dict(values))


def _cannot(desk: Desk, stays: Known, goes: Known, *, keeps_this: bool) -> str:
    """Why one cannot be joined to the other, or nothing."""
    if stays.case.status not in MAY_STAY or not CASE.may(goes.case.status, "join"):
        return desk.words("casework.join_state")
    if goes.case.restricted and not stays.case.restricted:
        return desk.words("casework.join_restricted")
    if goes.joined:
        return desk.words("casework.join_chain")
    return desk.words("casework.join_asked") if _has_asked(desk, this=not keeps_this) else ""


def _has_asked(desk: Desk, *, this: bool) -> bool:
    """Whether agencies were asked under the case that would go."""
    other = desk.snapshot.other
    requests: tuple[RequestRecord, ...] = desk.snapshot.requests if this else other.requests if other else ()
    return any(request.state not in NOT_ASKED for request in requests)


def _join(desk: Desk, stays: Known, goes: Known, *, keeps_this: bool, values: dict[str, JSON]) -> None:
    gone = replace(goes.case, before=goes.case.status, status="joined", joined_to=stays.case.id)
    desk.put(gone)
    end_all(desk, goes.deadlines)
    together = replace(stays, joined=(*stays.joined, gone))
    moved = recompute(desk, together)
    more = _children_more(desk, keeps_this=keeps_this)
    carry(desk, together, goes, more)
    content: JSON = {name: values[name] for name in ("decided_by", "reason")}
    desk.note(chain(stays.case), "joined", content=content, other=gone.id)
    desk.note(chain(gone), "joined_to", content=content, other=stays.case.id)
    said = desk.words("casework.joined_said", gone=gone.reference, reference=stays.case.reference)
    tell(desk, stays.case, said)
    announce(desk, stays.case, moved, desk.words("casework.why_join"))
    _say(desk, stays.case, gone, said, more)


def _say(desk: Desk, stays: CaseRecord, gone: CaseRecord, said: str, more: list[int]) -> None:
    blocks: list[Block] = [Paragraph(said)]
    if more:
        blocks.append(Paragraph(desk.words("casework.join_more", count=len(more)), Style.WARNING))
    undo = case_button(desk, "undo_join", gone)
    card = Card(blocks=tuple(blocks), buttons=(case_button(desk, "show_case", stays, primary=True), undo))
    desk.say(Reply(card=card, preview=desk.words("filling.preview")))


def _children_more(desk: Desk, *, keeps_this: bool) -> list[int]:
    """The numbers of children that only the referral that goes names, as far as names and birth dates tell."""
    other = desk.snapshot.other
    theirs: tuple[ChildDigestRecord, ...] = other.digests if other else ()
    stay, go = (desk.snapshot.digests, theirs) if keeps_this else (theirs, desk.snapshot.digests)
    known_ones = {one.digest for one in stay}
    return [one.child for one in go if one.digest not in known_ones]


def undo_join(desk: Desk, _press: Press) -> None:
    """Part them again: the referral goes back to the state it had, and both have their own dates."""
    case = case_for(desk, "record_decision")
    if case is None:
        return None
    other = other_for(desk)
    if case.status != "joined" or other is None:
        return desk.tell(desk.words("casework.not_joined"))
    apart = replace(case, status=case.before, before="", joined_to="")
    desk.put(apart)
    back = recompute(desk, known(desk, apart))
    for row in desk.snapshot.deadlines:
        if row.kind == "read_referral":
            desk.put(replace(row, met=apart.acknowledged_at))
    stays = known_other(desk)
    moved = recompute(desk, replace(stays, joined=tuple(one for one in stays.joined if one.id != case.id)))
    desk.note(chain(apart), "join_undone", other=other.id)
    desk.note(chain(other), "join_undone", other=apart.id)
    said = desk.words("casework.parted_again", reference=apart.reference, other=other.reference)
    tell(desk, apart, said)
    announce(desk, apart, back, desk.words("casework.why_undo"))
    announce(desk, other, moved, desk.words("casework.why_undo"))
    return desk.tell(said)
