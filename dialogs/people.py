"""Roles, given in chat with one-time codes: nobody types an object id. A new coordinator or manager needs a second person."""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta

from msgspec.structs import replace

from dialogs.desk import Desk
from dialogs.filling.cards import answered_card
from dialogs.knowing import belongs_to
from dialogs.reply import Button, Card, Choice, Input, InputKind, Paragraph, Reply, Style
from dialogs.telling import one_to_one
from dialogs.turn import Press
from state.access import NEEDS_SECOND_PERSON, Access, Role, in_force
from state.records import CodeRecord, GrantRecord

CODE_LASTS = timedelta(days=7)
FIRST = "first_coordinator"
GIVEN_IN_CHAT = (Role.COORDINATOR, Role.MANAGER, Role.AGENCY_LEAD, Role.DEPUTY, Role.AUDITOR)
OF_AN_ORGANISATION = frozenset({Role.AGENCY_LEAD.value, Role.DEPUTY.value})


def code_text(seed: str) -> str:
    """A one-time code as people type it: three groups of four, without letters that look alike."""
    raw = base64.b32encode(hashlib.sha256(seed.encode()).digest()).decode()
    letters = "".join(c for c in raw if c not in "OI01")[:12]
    return "-".join(letters[i : i + 4] for i in (0, 4, 8))


def add_person(desk: Desk, _press: Press | None = None, *, error: str = "") -> None:
    """Ask which role, and for a lead or deputy of whom; the answer is a code to hand to that person."""
    if desk.may("grant_role") is not Access.YES:
        return _refused(desk, "grant_role")
    if not desk.private:
        return desk.say(Reply(text=desk.words("people.one_to_one")))
    choices = tuple(Choice(role.value, desk.words(f"roles.{role.value}")) for role in GIVEN_IN_CHAT)
    asked = Input(
        id="role",
        label=desk.words("people.which_role"),
        kind=InputKind.CHOICE,
        choices=choices,
        required=True,
        required_error=desk.words("people.which_role_needed"),
    )
    there = tuple(Choice(one.id, one.name) for one in desk.snapshot.organisations if one.ended_at is None)
    of = Input(
        id="organisation",
        label=desk.words("people.which_organisation"),
        kind=InputKind.CHOICE,
        choices=there,
        hint=desk.words("people.which_organisation_help"),
        error=error,
    )
    send = Button(action="make_code", label=desk.words("buttons.make_code"), primary=True, takes_inputs=True)
    inputs = (asked, of) if there else (asked,)
    card = Card(blocks=(Paragraph(desk.words("people.add_help")),), inputs=inputs, buttons=(send,))
    return desk.say(Reply(card=card, preview=desk.words("filling.preview")))


def make_code(desk: Desk, press: Press) -> None:
    """A one-time code for a role. Only its keyed digest is kept."""
    if desk.may("grant_role") is not Access.YES:
        return _refused(desk, "grant_role")
    if not desk.private:
        return desk.say(Reply(text=desk.words("people.one_to_one")))
    role = press.inputs.get("role", "")
    if role not in {one.value for one in GIVEN_IN_CHAT}:
        return add_person(desk)
    of = desk.organisation(press.inputs.get("organisation", "")) if role in OF_AN_ORGANISATION else None
    if role in OF_AN_ORGANISATION and (of is None or of.ended_at is not None):
        return add_person(desk, error=desk.words("people.which_organisation_needed"))
    code = code_text(desk.kit.digest("code-seed", desk.turn.id))
    desk.put(
        CodeRecord(
            digest=desk.kit.digest("code", code),
            purpose="grant",
            role=role,
            organisation=of.id if of else "",
            made_by=desk.turn.who.id,
            expires_at=desk.turn.at + CODE_LASTS,
        )
    )
    desk.note("partnership", "code_made", role=role)
    desk.replace_card(answered_card(desk, []))
    return desk.say(Reply(text=desk.words("people.code", code=code, role=desk.words(f"roles.{role}"))))


def claim(desk: Desk) -> None:
    """Use a one-time code: the role is given, or waits for a second person."""
    code = desk.snapshot.code
    if not desk.private:
        return _shown_to_others(desk, code)
    if code is None or code.used_at is not None or code.expires_at < desk.turn.at:
        desk.note("partnership", "refused", action="claim")
        return desk.say(Reply(text=desk.words("people.code_wrong")))
    if code.purpose != FIRST and code.made_by not in _coordinators(desk):
        desk.note("partnership", "refused", action="claim")
        return desk.say(Reply(text=desk.words("people.code_wrong")))
    if code.made_by == desk.turn.who.id:
        return desk.say(Reply(text=desk.words("people.own_code")))
    return _grant(desk, code)


def _shown_to_others(desk: Desk, code: CodeRecord | None) -> None:
    """A code typed in a channel is good for nobody: whoever reads along could be quicker. Whether it was one is not said."""
    if code is not None and code.used_at is None:
        desk.put(replace(code, used_at=desk.turn.at))
        desk.note("partnership", "code_spoilt")
    desk.say(Reply(text=desk.words("people.claimed_in_channel")))


def _coordinators(desk: Desk) -> set[str]:
    """Who may make codes now: a code does not outlive its maker's role."""
    return {g.person for g in desk.snapshot.all_grants if g.role == Role.COORDINATOR and in_force(g)}


def _grant(desk: Desk, code: CodeRecord) -> None:
    first = code.purpose == FIRST and not _able(desk)
    grant = GrantRecord(
        id=desk.turn.fresh("grant"),
        person=desk.turn.who.id,
        role=code.role,
        organisation=code.organisation,
        granted_by=code.made_by,
        granted_at=desk.turn.at,
        confirmed_by=code.made_by if first or code.role in OF_AN_ORGANISATION else "",
    )
    desk.put(replace(code, used_by=desk.turn.who.id, used_at=desk.turn.at))
    desk.put(grant)
    if code.organisation:
        belongs_to(desk, code.organisation)
    desk.note("partnership", "role_given", role=code.role, to=desk.turn.who.id, organisation=code.organisation)
    role = desk.words(f"roles.{code.role}")
    if in_force(grant):
        return desk.say(Reply(text=desk.words("people.claimed", role=role)))
    return _ask_second(desk, grant, role)


def _able(desk: Desk) -> set[str]:
    """Everybody who can confirm a role: coordinators and managers whose own role is in force."""
    return {g.person for g in desk.snapshot.all_grants if g.role in NEEDS_SECOND_PERSON and in_force(g)}


def _ask_second(desk: Desk, grant: GrantRecord, role: str) -> None:
    """Another coordinator or manager confirms, never the one who made the code."""
    others = one_to_one(desk, _able(desk) - {grant.granted_by, desk.turn.who.id})
    if not others:
        return desk.say(Reply(text=desk.words("people.nobody_second", role=role)))
    buttons = (
        Button(action="confirm_role", label=desk.words("buttons.confirm_role"), target=grant.id, primary=True),
        Button(action="refuse_role", label=desk.words("buttons.refuse_role"), target=grant.id),
    )
    text = desk.words("people.confirm", name=desk.turn.who.name, role=role)
    reply = Reply(card=Card(blocks=(Paragraph(text, Style.HEADING),), buttons=buttons), preview=desk.words("filling.preview"))
    for place in others:
        desk.post(place, reply)
    return desk.say(Reply(text=desk.words("people.waits_for_second", role=role)))


def confirm_role(desk: Desk, press: Press) -> None:
    """The second person says yes."""
    grant = _pending(desk, press)
    if grant is None:
        return None
    desk.put(replace(grant, confirmed_by=desk.turn.who.id))
    desk.note("partnership", "role_confirmed", role=grant.role, to=grant.person)
    desk.replace_card(answered_card(desk, []))
    desk.say(Reply(text=desk.words("people.confirmed", role=desk.words(f"roles.{grant.role}"))))
    return _tell(desk, grant, "people.you_are_confirmed")


def refuse_role(desk: Desk, press: Press) -> None:
    """The second person says no: the grant ends."""
    grant = _pending(desk, press)
    if grant is None:
        return None
    desk.put(replace(grant, ended_at=desk.turn.at))
    desk.note("partnership", "role_refused", role=grant.role, to=grant.person)
    desk.replace_card(answered_card(desk, []))
    desk.say(Reply(text=desk.words("people.refused")))
    return _tell(desk, grant, "people.you_are_refused")


def _pending(desk: Desk, press: Press) -> GrantRecord | None:
    if desk.may("confirm_role") is not Access.YES:
        _refused(desk, "confirm_role")
        return None
    grant = next((g for g in desk.snapshot.all_grants if g.id == press.target), None)
    if grant is None or grant.confirmed_by or grant.ended_at is not None:
        desk.say(Reply(text=desk.words("people.settled")))
        return None
    if desk.turn.who.id in (grant.person, grant.granted_by):
        desk.say(Reply(text=desk.words("people.second_person")))
        return None
    return grant


def _tell(desk: Desk, grant: GrantRecord, key: str) -> None:
    role = desk.words(f"roles.{grant.role}")
    if place := desk.own_place(grant.person):
        desk.post(place, Reply(text=desk.words(key, role=role)))


def _refused(desk: Desk, action: str) -> None:
    desk.note("partnership", "refused", action=action)
    desk.say(Reply(text=desk.words("access.coordinator_only")))
