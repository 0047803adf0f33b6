"""What every conversation about a case shares: who may, where it is noted, its dates, and who is told."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from dialogs.asking.references import reference_in
from dialogs.casework.machine import CASE
from dialogs.desk import Desk
from dialogs.filling.cards import answered_card
from dialogs.reply import Button, Reply
from dialogs.telling import coordinators, one_to_one
from dialogs.turn import Text
from state.access import Access, Role, in_force
from state.records import CaseRecord, DeadlineRecord, DraftRecord, PlaceRecord
from state.values import derived_id

RUNS = frozenset({Role.COORDINATOR.value, Role.MANAGER.value})
"""Who runs a case: an agency lead on the list of a restricted one is told of their own request alone."""
OF_THE_CASE = "case:"
"""What the owner of a draft begins with that those who run a case write together."""


def case_for(desk: Desk, action: str) -> CaseRecord | None:
    """The case this turn is about, where this person may do that, one to one or in a window. Otherwise it says why not."""
    case = desk.snapshot.case
    access = desk.may(action, case=case) if case is not None else desk.may(action)
    if case is None or access is Access.ABSENT:
        desk.note("partnership", "refused", action=action)
        desk.tell(absent(desk))
        return None
    if access is Access.NO:
        desk.note("partnership", "refused", action=action)
        desk.tell(desk.words("access.not_this_case"))
        return None
    if not desk.unseen:
        desk.tell(desk.words("referral.read_one_to_one"))
        return None
    return case


def absent(desk: Desk) -> str:
    """Why there is no case here. Who typed no reference is told to add it.

    Who may see no references is told the same of every one: by trying them, nobody finds out which there are.
    """
    if desk.may("see_reference") is not Access.YES:
        return desk.words("access.not_this_case")
    said, prefix = desk.turn.said, desk.kit.profile.file.prefix
    if isinstance(said, Text) and not reference_in(said.text, prefix):
        return desk.words("access.which_case", reference=f"{prefix}-{desk.turn.at.year}-0001")
    return desk.words("access.no_such_case")


def move(case: CaseRecord, trigger: str) -> CaseRecord | None:
    """The case after a step of its machine, not yet put; None where the table has no such step."""
    status = CASE.after(case.status, trigger)
    return replace(case, status=status) if status else None


def read_now(desk: Desk, case: CaseRecord) -> CaseRecord:
    """The referral is read, or something is done that nobody does without having read it: its date is met."""
    read = move(case, "read") or case
    if read.acknowledged_at is None:
        read = replace(read, acknowledged_at=desk.turn.at)
        meet_deadline(desk, case, "read_referral")
    if read != case:
        desk.put(read)
    return read


def chain(case: CaseRecord | str) -> str:
    """The chain of history of a case."""
    return f"case:{case if isinstance(case, str) else case.id}"


def begin_draft(desk: Desk, form: str, owner: str, case: CaseRecord, *, about: str = "", number: int = 0) -> DraftRecord:
    """A new draft of a case's form, at hand from now on.

    With its `number` among those of that form, its id is the same for two who begin it at once, so that there is one.
    """
    draft = DraftRecord(
        id=derived_id(case.id, f"{form}:{number}") if number else desk.turn.fresh(f"{form}:{owner}"),
        form=form,
        owner=owner,
        restricted=case.restricted,
        case=case.id,
        about=about,
        edition=desk.kit.profile.file.edition,
        begun_at=desk.turn.at,
        touched_at=desk.turn.at,
    )
    desk.begin(draft)
    return draft


def deadline(desk: Desk, case: CaseRecord, kind: str, key: str = "") -> DeadlineRecord | None:
    """An open or met deadline of the case, by its kind and the key it was made with."""
    wanted = deadline_id(case, kind, key)
    return next((one for one in desk.snapshot.deadlines if one.id == wanted), None)


def deadline_id(case: CaseRecord, kind: str, key: str = "") -> str:
    """The id of a case's deadline: the same whenever it is computed again."""
    return f"{case.id}:{kind}:{key}" if key else f"{case.id}:{kind}"


def set_deadline(
    desk: Desk,
    case: CaseRecord,
    kind: str,
    due: datetime,
    runs_from: datetime,
    *,
    owner: str,
    key: str = "",
    child: int = 0,
    provisional: bool = False,
    met: datetime | None = None,
) -> bool:
    """Write a deadline, or change the one of that kind and key. True where its date is another one than before."""
    before = deadline(desk, case, kind, key)
    record = DeadlineRecord(
        id=deadline_id(case, kind, key),
        case=case.id,
        kind=kind,
        child=child,
        owner=owner,
        due=due,
        runs_from=runs_from,
        provisional=provisional,
        met=met if met is not None else before.met if before else None,
        restricted=case.restricted,
        version=before.version if before else 0,
    )
    if before is None or record != before:
        desk.put(record)
    return before is not None and before.due != due


def meet_deadline(desk: Desk, case: CaseRecord, kind: str, key: str = "", *, at: datetime | None = None) -> None:
    """A date was kept, now or at another instant. Nothing happens where there is none."""
    known = deadline(desk, case, kind, key)
    if known is not None and known.met is None:
        desk.put(replace(known, met=at or desk.turn.at))


def coordinator_places(desk: Desk, case: CaseRecord) -> list[PlaceRecord]:
    """Where those who run a case are told things about it; for a restricted one only people on its list who have a role."""
    out = excluded(desk)
    if not case.restricted:
        return [place for place in coordinators(desk) if place.person not in out]
    roles = {grant.person for grant in desk.snapshot.all_grants if in_force(grant) and grant.role in RUNS} - out
    return one_to_one(desk, roles & named(desk))


def named(desk: Desk) -> set[str]:
    """Who is on the list of the case that was read, without those who were taken off again."""
    now = desk.turn.at
    found = (p for p in desk.snapshot.case_people if p.relation == "named" and (p.until is None or p.until > now))
    return {one.person for one in found}


def tell_coordinators(desk: Desk, case: CaseRecord, reply: Reply, *, card: str = "") -> None:
    """Tell them, by reference only: the reply must say nothing that identifies. Needs `people` to have been read.

    `card` names a card that is replaced later (`no_more_to_settle`).
    """
    for place in coordinator_places(desk, case):
        desk.post(place, reply, case=case.id, card=card)


def no_more_to_settle(desk: Desk, case: CaseRecord, card: str) -> None:
    """A card of theirs that is done shows no buttons any more, wherever it was done from."""
    for place in coordinator_places(desk, case):
        desk.update_card(place, answered_card(desk, []), case=case.id, card=card)


def tell_person(desk: Desk, case: CaseRecord, person: str, reply: Reply) -> bool:
    """Tell one person in their own conversation. False where none is known, and then nothing is said."""
    place = desk.own_place(person) if person not in excluded(desk) else None
    if place is not None:
        desk.post(place, reply, case=case.id)
    return place is not None


def excluded(desk: Desk) -> set[str]:
    """Who is involved in the case that was read, and is told nothing of it whatever their role."""
    return {p.person for p in desk.snapshot.case_people if p.relation == "excluded"}


def case_button(
    desk: Desk, action: str, case: CaseRecord, *, at: str = "", window: bool = False, primary: bool = False
) -> Button:
    """A button about a case. Its words are `buttons.<action>`."""
    label = desk.words(f"buttons.{action}")
    return Button(action=action, label=label, target=case.id, at=at, window=window, press_too=window, primary=primary)
