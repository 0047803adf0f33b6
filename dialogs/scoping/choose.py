"""Which organisations are asked: everybody who can be, those whom the referral names ticked already. The choice is kept."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from dialogs.casework.common import case_for, chain
from dialogs.casework.machine import OPEN, RUNNING
from dialogs.desk import Desk
from dialogs.reply import Block, Bullets, Paragraph, Style
from dialogs.scoping.common import referral_at_hand, referral_of
from dialogs.scoping.pieces import choice, chosen, done, plain, press, say_card
from dialogs.scoping.plan import show_plan, to_send
from dialogs.scoping.reach import leads_of, usual_delivery
from dialogs.scoping.told import private
from dialogs.scoping.widen import widened
from dialogs.turn import Press
from state.records import CaseRecord
from state.scoping_records import OrganisationRecord, RequestRecord
from state.values import derived_id
from templates.forms.filled import Filled

MAY_ASK = (*OPEN, *RUNNING)
"""States of a case in which organisations can be asked."""


def asking_case(desk: Desk) -> CaseRecord | None:
    """The case, where this person may ask organisations about it and it is not at an end. Otherwise it says why not."""
    case = case_for(desk, "send_requests")
    if case is not None and case.status not in MAY_ASK:
        desk.tell(desk.words("scoping.case_at_an_end", reference=case.reference))
        return None
    return case


def asking_about(desk: Desk) -> tuple[CaseRecord, Filled] | None:
    """The case and its referral, where organisations can be asked about it. Otherwise it says why not."""
    case = asking_case(desk)
    referral = referral_at_hand(desk) if case is not None else None
    return (case, referral) if case is not None and referral is not None else None


def send_requests(desk: Desk, _said: Press | None = None) -> None:
    """Carry on where the last step ended: with what was chosen, or with choosing."""
    case = asking_case(desk)
    if case is None:
        return None
    return show_plan(desk, case, to_send(desk)) if to_send(desk) else _show(desk, case, desk.snapshot.organisations)


def choose_organisations(desk: Desk, _said: Press) -> None:
    """Choose, or choose again: those that were asked already are left out."""
    choose_again(desk, desk.snapshot.organisations)


def choose_again(desk: Desk, everybody: Sequence[OrganisationRecord]) -> None:
    """The choice among these, one of which may have been added this moment."""
    case = asking_case(desk)
    if case is not None:
        _show(desk, case, everybody)


def request_of(desk: Desk, organisation: str) -> RequestRecord | None:
    """What that organisation was or will be asked about the case at hand."""
    return next((one for one in desk.snapshot.requests if one.organisation == organisation), None)


def _can_be_asked(desk: Desk, everybody: Sequence[OrganisationRecord]) -> list[OrganisationRecord]:
    open_ones = [one for one in everybody if one.ended_at is None]
    return [one for one in open_ones if (asked := request_of(desk, one.id)) is None or asked.state in ("to_send", "withdrawn")]


def _show(desk: Desk, case: CaseRecord, everybody: Sequence[OrganisationRecord], *, error: str = "") -> None:
    free = _can_be_asked(desk, everybody)
    ticked = {one.organisation for one in to_send(desk)} or _named(desk, free)
    options = [(one.id, desk.words(f"scoping.option_{usual_delivery(desk, one.id)}", name=one.name)) for one in free]
    inputs = (
        choice(
            desk, "organisations", desk.words("scoping.which_to_ask"), options, value=",".join(sorted(ticked)), several=True
        ),
    )
    buttons = (
        press(desk, "keep_choice", case.id, primary=True, inputs=True),
        press(desk, "add_organisation", case.id),
    )
    title = desk.words("scoping.choose_title", reference=case.reference)
    say_card(desk, _explained(desk, everybody, free), title=title, inputs=inputs, buttons=buttons, error=error)


def _explained(desk: Desk, everybody: Sequence[OrganisationRecord], free: Sequence[OrganisationRecord]) -> list[Block]:
    blocks: list[Block] = [plain(desk.words("scoping.choose_help"))]
    asked = [one.name for one in everybody if one not in free and request_of(desk, one.id) is not None]
    if asked:
        blocks.append(plain(desk.words("scoping.asked_already", names=", ".join(asked))))
    without = [one.name for one in free if usual_delivery(desk, one.id) == "email"]
    if without:
        blocks += [Paragraph(desk.words("scoping.without_channel"), Style.WARNING), Bullets(tuple(without))]
        blocks.append(plain(desk.words("scoping.without_channel_help")))
    there = {one.kind for one in everybody if one.ended_at is None}
    nobody = [option.label for option in desk.kit.profile.lists["agencies"] if option.id not in there]
    if nobody:
        blocks.append(plain(desk.words("scoping.kinds_with_nobody", kinds=", ".join(nobody))))
    return blocks


def _named(desk: Desk, free: Sequence[OrganisationRecord]) -> set[str]:
    """Those of a kind that the referral names, the first time organisations are chosen."""
    referral = referral_of(desk)
    if referral is None or any(one.sent_at is not None for one in desk.snapshot.requests):
        return set()
    kinds = {referral.value(f"agencies.{row}.agency") for row in referral.rows("agencies")}
    return {one.id for one in free if one.kind in kinds}


def keep_choice(desk: Desk, said: Press) -> None:
    """Keep who will be asked: who is ticked and was not, and who was ticked and is not any more."""
    found = asking_about(desk)
    if found is None:
        return None
    case, referral = found
    wanted = [one for one in _can_be_asked(desk, desk.snapshot.organisations) if one.id in chosen(said.inputs, "organisations")]
    if not wanted:
        return _show(desk, case, desk.snapshot.organisations, error=desk.words("scoping.choose_one"))
    kept = [_chosen(desk, case, one, referral) for one in wanted]
    for request in to_send(desk):
        if request.organisation not in {one.organisation for one in kept}:
            desk.put(replace(request, state="withdrawn"))
    desk.note(chain(case), "organisations_chosen", organisations=",".join(one.organisation for one in kept))
    done(desk)
    return show_plan(desk, case, kept)


def _chosen(desk: Desk, case: CaseRecord, one: OrganisationRecord, referral: Filled) -> RequestRecord:
    before = request_of(desk, one.id)
    if before is not None and before.state == "to_send":
        return before
    return choose_one(desk, case, one, referral)


def choose_one(desk: Desk, case: CaseRecord, one: OrganisationRecord, referral: Filled) -> RequestRecord:
    """The request to an organisation, to be vetted and sent. One a case and organisation, whoever chooses it and how often."""
    before = request_of(desk, one.id)
    base = before or RequestRecord(
        id=derived_id(case.id, f"request:{one.id}"),
        case=case.id,
        reference=case.reference,
        organisation=one.id,
        agency=one.kind,
    )
    withheld = widened(referral, private(referral))
    senior = first_lead(desk, one.id) if case.restricted else ""
    delivery = "private" if senior else "email" if case.restricted else usual_delivery(desk, one.id)
    made = replace(
        base,
        state="to_send",
        vetted=False,
        delivery=delivery,
        senior=senior,
        withheld=withheld,
        reason="",
        quiet=case.restricted,
    )
    desk.put(made)
    return made


def first_lead(desk: Desk, organisation: str) -> str:
    """The lead of an organisation who can be asked one to one and is not excluded from the case, or nothing."""
    out = {p.person for p in desk.snapshot.case_people if p.relation == "excluded"}
    leads = (grant.person for grant in leads_of(desk, organisation))
    return next((person for person in leads if person not in out and desk.own_place(person) is not None), "")
