"""What needed two people and was done by one, with two accounts: it comes to light when they are linked."""

from __future__ import annotations

from msgspec.structs import replace

from dialogs.accounts.common import record_of
from dialogs.desk import Desk
from dialogs.reply import Reply
from dialogs.telling import coordinators
from state.access import NEEDS_SECOND_PERSON
from state.records import AccountRecord, GrantRecord


def comes_to_light(desk: Desk, agreed: AccountRecord) -> None:
    """Nobody signs off their own return, gives themselves a role, or confirms the role that they gave."""
    pair, known = {agreed.id, agreed.person}, record_of(desk, agreed.person)
    name = known.name if known else agreed.person
    _signed(desk, name)
    for grant in desk.snapshot.accounts.given_alone:
        if grant.person in pair:
            _ended(desk, grant)
        elif grant.role in NEEDS_SECOND_PERSON:
            _confirmed(desk, grant, name)


def _signed(desk: Desk, name: str) -> None:
    """Of a restricted case the history alone says so: others than those on its list would read it."""
    told = {one.id for one in desk.snapshot.accounts.cases if not one.restricted}
    for request in desk.snapshot.accounts.signed_alone:
        desk.note(f"case:{request.case}", "signed_alone", request=request.id)
        if request.case in told:
            text = desk.words("accounts.signed_alone", name=name, reference=request.reference)
            _tell_coordinators(desk, text, case=request.case)


def _ended(desk: Desk, grant: GrantRecord) -> None:
    """Whoever made a code cannot use it, in no account."""
    desk.put(replace(grant, ended_at=desk.turn.at))
    desk.note("partnership", "role_given_alone", role=grant.role, to=grant.person)
    desk.tell(desk.words("accounts.given_alone", role=desk.words(f"roles.{grant.role}")))


def _confirmed(desk: Desk, grant: GrantRecord, name: str) -> None:
    """No second person has looked at it: it has to be given again."""
    desk.put(replace(grant, ended_at=desk.turn.at))
    desk.note("partnership", "role_confirmed_alone", role=grant.role, to=grant.person)
    whom, role = desk.name_of(grant.person), desk.words(f"roles.{grant.role}")
    _tell_coordinators(desk, desk.words("accounts.confirmed_alone", name=name, whom=whom, role=role))


def _tell_coordinators(desk: Desk, text: str, *, case: str = "") -> None:
    for place in coordinators(desk):
        desk.post(place, Reply(text=text, preview=desk.words("filling.preview")), case=case)
