"""A filled-in Document 1a: the sender's own referral, or one that a coordinator enters for the sender."""

from __future__ import annotations

from msgspec.structs import replace

from dialogs.desk import Desk
from dialogs.filling.machine import CHECK
from dialogs.filling.talk import arrive
from dialogs.handed.naming import draft_of, own_reference
from dialogs.handed.reading import read_answers
from dialogs.handed.saying import echoes, say
from dialogs.referral.begin import new_draft, refuse
from dialogs.reply import Button
from dialogs.turn import Dropped
from state.access import Access
from state.records import DraftRecord
from templates.forms.shape import Spot

OPEN, CANCELLED = ("open", "paused"), "cancelled"


def referral(desk: Desk, said: Dropped) -> None:
    """Read it in, show it for checking, and leave sending it to the person."""
    on_behalf = desk.may("enter_on_behalf") is Access.YES
    if not on_behalf and desk.may("raise_referral") is not Access.YES:
        return refuse(desk)
    if not desk.private:
        return say(desk, desk.words("files.one_to_one"))
    if reference := own_reference(said):
        return _a_case(desk, reference)
    there = _read_before(desk, said)
    return _go_on(desk, there) if there is not None else _begin(desk, said, on_behalf=on_behalf)


def _begin(desk: Desk, said: Dropped, *, on_behalf: bool) -> None:
    others = _kept_beside(desk)
    new_draft(desk, on_behalf=on_behalf, id_=draft_of(desk.turn, said))
    desk.note(f"draft:{desk.at_hand.id}", "file_read", digest=said.digest)
    reading = read_answers(desk, said)
    desk.stand_at(desk.at_hand.id, CHECK)
    return arrive(desk, Spot(CHECK), echoes=(*echoes(desk, reading), *others))


def _kept_beside(desk: Desk) -> tuple[str, ...]:
    """Another referral that was being written here stays as it is, and can be found again."""
    before = desk.talk.draft
    writing = any(one.id == before for one in desk.snapshot.my_drafts)
    return (desk.words("files.other_draft"),) if writing else ()


def _read_before(desk: Desk, said: Dropped) -> DraftRecord | None:
    """The draft that this very file was read into, whatever the file is called now."""
    draft = desk.snapshot.draft
    return draft if draft is not None and draft.id == draft_of(desk.turn, said) else None


def _go_on(desk: Desk, draft: DraftRecord) -> None:
    """Nothing is read twice: what was put right since stays. One that was given up is taken up again."""
    if draft.status not in (*OPEN, CANCELLED):
        mine = Button(action="my_referrals", label=desk.words("buttons.my_referrals"), primary=True)
        return say(desk, desk.words("files.sent_already"), mine)
    if draft.status == CANCELLED:
        desk.put(replace(draft, status="open", touched_at=desk.turn.at))
        desk.note(f"draft:{draft.id}", "draft_taken_up")
    others = _kept_beside(desk) if desk.talk.draft != draft.id else ()
    return arrive(desk, Spot(CHECK), echoes=(desk.words("files.read_before"), *others))


def _a_case(desk: Desk, reference: str) -> None:
    """A copy of a referral that was sent. Whether there is such a case is said to nobody who may not know."""
    case = desk.snapshot.case
    if case is None or case.reference != reference or desk.may("read_case", case=case) is not Access.YES:
        return say(desk, desk.words("files.of_a_case", reference=reference))
    opens = Button(action="open_case", label=desk.words("buttons.open_case"), target=case.id, window=True, primary=True)
    return say(desk, desk.words("files.of_a_case_here", reference=reference), opens)
