"""Who can be asked: the list of organisations, adding one, changing it, and ending it."""

from __future__ import annotations

import re

from msgspec.structs import replace

from dialogs.desk import Desk
from dialogs.reply import Block, Facts
from dialogs.scoping.choose import choose_again
from dialogs.scoping.pieces import choice, done, field, heading, plain, press, say_card, written
from dialogs.scoping.reach import in_order, kind_label, leads_of, usual_delivery
from dialogs.turn import Press
from state.access import Access
from state.scoping_records import OrganisationRecord
from state.values import london_day
from templates.answers import Asking, Kind, Refused, understand

LONGEST_NAME = 100
LONGEST_ADDRESS = 400


def _may(desk: Desk) -> bool:
    """Only the coordinator, one to one: a channel's people would read addresses and names of staff."""
    if desk.may("tie_channel") is not Access.YES:
        desk.note("partnership", "refused", action="organisations")
        desk.tell(desk.words("access.coordinator_only"))
        return False
    if not desk.unseen:
        desk.tell(desk.words("scoping.one_to_one"))
        return False
    return True


def organisations(desk: Desk, _said: Press | None = None) -> None:
    """Everybody who can be asked: how they are reached, and who leads there."""
    if not _may(desk):
        return None
    known = in_order(desk)
    blocks: list[Block] = [
        plain(desk.words("scoping.organisations_help")),
        Facts(tuple((one.name, _about(desk, one)) for one in known)),
    ]
    inputs = (choice(desk, "organisation", desk.words("scoping.which_organisation"), ((one.id, one.name) for one in known)),)
    buttons = (
        press(desk, "change_organisation", primary=True, inputs=True),
        press(desk, "end_organisation", inputs=True),
        press(desk, "add_organisation"),
        press(desk, "add_person"),
    )
    title = desk.words("scoping.organisations_title", count=sum(one.ended_at is None for one in known))
    return say_card(desk, blocks, title=title, inputs=inputs, buttons=buttons)


def _about(desk: Desk, one: OrganisationRecord) -> str:
    if one.ended_at is not None:
        return desk.words("scoping.organisation_ended")
    parts = [kind_label(desk, one.kind), desk.words(f"scoping.by_{usual_delivery(desk, one.id)}")]
    leads = [desk.name_of(grant.person) for grant in leads_of(desk, one.id)]
    parts.append(desk.words("scoping.led_by", names=", ".join(leads)) if leads else desk.words("scoping.led_by_nobody"))
    return "; ".join(parts)


def add_organisation(desk: Desk, said: Press) -> None:
    """Ask for a new one. Pressed while choosing, it goes back there afterwards."""
    if _may(desk):
        _form(desk, OrganisationRecord(id="", name="", kind=""), back=said.target)


def change_organisation(desk: Desk, said: Press) -> None:
    """Show what is known of one, to be changed."""
    if not _may(desk):
        return None
    known = desk.organisation(said.inputs.get("organisation", ""))
    if known is None:
        return organisations(desk)
    return _form(desk, known)


def _form(desk: Desk, one: OrganisationRecord, *, back: str = "", error: str = "") -> None:
    kinds = [(option.id, option.label) for option in desk.kit.profile.lists["agencies"]]
    inputs = (
        field(desk, "name", desk.words("scoping.organisation_name"), value=one.name),
        choice(desk, "kind", desk.words("scoping.organisation_kind"), kinds, value=one.kind),
        field(
            desk,
            "email",
            desk.words("scoping.organisation_email"),
            value=one.email,
            hint=desk.words("scoping.organisation_email_help"),
            required=False,
        ),
        field(desk, "address", desk.words("scoping.organisation_address"), value=one.address, long=True, required=False),
    )
    send = press(desk, "keep_organisation", back, at=one.id, version=one.version, primary=True, inputs=True)
    say_card(desk, (heading(desk.words("scoping.organisation_heading")),), inputs=inputs, buttons=(send,), error=error)


def keep_organisation(desk: Desk, said: Press) -> None:
    """Keep a new or changed one. Its id is made from its name once and never changes: folders are named by it."""
    if not _may(desk):
        return None
    known = desk.organisation(said.at)
    if known is not None and known.version != said.version:
        return _form(desk, known, error=desk.words("scoping.changed_meanwhile"))
    made = _from_inputs(said, known)
    if wrong := _wrong(desk, made):
        return _form(desk, made, back=said.target, error=wrong)
    made = made if made.id else replace(made, id=_new_id(desk, made))
    desk.put(made)
    desk.note("partnership", "organisation_kept", organisation=made.id, agency=made.kind)
    done(desk)
    if said.target:
        return choose_again(desk, (*desk.snapshot.organisations, made))
    return desk.tell(desk.words("scoping.organisation_kept", name=made.name))


def _from_inputs(said: Press, known: OrganisationRecord | None) -> OrganisationRecord:
    one = known or OrganisationRecord(id="", name="", kind="")
    given = {name: written(said.inputs, name) for name in ("name", "kind", "email", "address") if name in said.inputs}
    return replace(one, **given, ended_at=None)


def _wrong(desk: Desk, one: OrganisationRecord) -> str:
    if not 0 < len(one.name) <= LONGEST_NAME or len(one.address) > LONGEST_ADDRESS:
        return desk.words("scoping.organisation_name_needed", most=LONGEST_NAME)
    if one.kind not in {option.id for option in desk.kit.profile.lists["agencies"]}:
        return desk.words("scoping.choose_one")
    if one.email:
        checked = understand(one.email, Asking(kind=Kind.EMAIL, today=london_day(desk.turn.at)), desk.kit.words)
        return checked.message if isinstance(checked, Refused) else ""
    return ""


def _new_id(desk: Desk, one: OrganisationRecord) -> str:
    taken = {known.id for known in desk.snapshot.organisations}
    stem = re.sub(r"[^a-z0-9]+", "-", one.name.casefold()).strip("-")[:40].strip("-") or one.kind.replace("_", "-")
    number = 1
    while (name := stem if number == 1 else f"{stem}-{number}") in taken:
        number += 1
    return name


def end_organisation(desk: Desk, said: Press) -> None:
    """Ask once more before it is ended."""
    if not _may(desk):
        return None
    known = desk.organisation(said.inputs.get("organisation", ""))
    if known is None or known.ended_at is not None:
        return organisations(desk)
    buttons = (
        press(desk, "do_end_organisation", at=known.id, version=known.version, primary=True),
        press(desk, "organisations"),
    )
    return say_card(
        desk,
        (heading(desk.words("scoping.end_organisation", name=known.name)), plain(desk.words("scoping.end_help"))),
        buttons=buttons,
    )


def do_end_organisation(desk: Desk, said: Press) -> None:
    """It is asked no more. What it was asked stays, and a name kept again brings it back."""
    if not _may(desk):
        return None
    known = desk.organisation(said.at)
    if known is None or known.ended_at is not None or known.version != said.version:
        return organisations(desk)
    desk.put(replace(known, ended_at=desk.turn.at))
    desk.note("partnership", "organisation_ended", organisation=known.id)
    done(desk)
    return desk.tell(desk.words("scoping.organisation_is_ended", name=known.name))
