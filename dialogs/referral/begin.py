"""The beginning of a referral: the first screen, who may see it, and what is known already; and cancelling one."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from dialogs.asking.moves import move
from dialogs.desk import Desk
from dialogs.filling.cards import answered_card
from dialogs.filling.machine import START, Walker
from dialogs.filling.talk import arrive, machine
from dialogs.reply import Bullets, Button, Card, Choice, Input, InputKind, Paragraph, Reply, Style
from dialogs.turn import Press
from state.access import Access, in_force
from state.records import CasePersonRecord, DraftRecord
from templates.forms.shape import Spot

REFERRAL = "referral"
ONE_PRESS = timedelta(seconds=4)
"""Two presses within so long are one: a person who sees nothing happen presses again."""
LEAVES_LIST = frozenset({"my_referrals", "mine", "refer", "help", "pause"})
"""Moves that leave the question who may see a referral; it is asked again when the referral is carried on."""

READER = "coordinator"
"""Only a coordinator reads a referral; a manager on the list sees that it is there and when it is due."""
SEERS = frozenset({READER, "manager"})


def first_screen(desk: Desk) -> None:
    """What this is for, what it is not for, what will be needed, how long it takes and who will see it."""
    if desk.may("raise_referral") is not Access.YES:
        return refuse(desk)
    if not desk.private:
        return desk.say(Reply(text=desk.words("referral.only_one_to_one"), preview=desk.words("filling.preview")))
    desk.stand_at("", "")
    desk.say(Reply(card=_first_card(desk), preview=desk.words("filling.preview")))
    return None


def _first_card(desk: Desk) -> Card:
    file = desk.kit.profile.file
    danger = desk.words("referral.emergency", **file.emergency.model_dump())
    needed = tuple(desk.words(f"referral.needed_{n}") for n in range(1, 5))
    return Card(
        title=desk.words("referral.title"),
        blocks=(
            Paragraph(danger, Style.WARNING),
            Paragraph(desk.words("referral.purpose", partnership=file.partnership)),
            Paragraph(desk.words("referral.needed"), Style.HEADING),
            Bullets(needed),
            Paragraph(desk.words("referral.how_long")),
            Paragraph(desk.words("referral.who_sees", coordinator=file.coordinator.name)),
            Paragraph(desk.words("referral.support", name=file.support.name, telephone=file.support.telephone), Style.QUIET),
        ),
        buttons=_start_buttons(desk),
    )


def _start_buttons(desk: Desk) -> tuple[Button, ...]:
    return tuple(
        Button(action=action, label=desk.words(f"buttons.{action}"), primary=action == "start_referral")
        for action in ("start_referral", "start_restricted", "my_referrals")
    )


def refuse(desk: Desk, action: str = "raise_referral") -> None:
    """A refusal in plain words, and in the history."""
    desk.note("partnership", "refused", action=action)
    coordinator = desk.kit.profile.file.coordinator
    desk.say(Reply(text=desk.words("access.no", name=coordinator.name, telephone=coordinator.telephone)))


def start(desk: Desk, _press: Press, *, restricted: bool = False, on_behalf: bool = False) -> None:
    """A new draft, with what is known of the referrer offered to be confirmed."""
    action = "enter_on_behalf" if on_behalf else "raise_referral"
    if desk.may(action) is not Access.YES or not desk.private:
        return refuse(desk, action)
    if _pressed_twice(desk, restricted, on_behalf):
        return None
    new_draft(desk, restricted=restricted, on_behalf=on_behalf)
    desk.replace_card(answered_card(desk, []))
    return ask_who_may_see(desk) if restricted else _first_question(desk)


def _pressed_twice(desk: Desk, restricted: bool, on_behalf: bool) -> bool:
    """Whether the same was begun a moment ago, and nothing said in it yet: its first question is on its way or there."""
    since = desk.turn.at - ONE_PRESS
    return any(
        one.form == REFERRAL
        and one.begun_at > since
        and one.touched_at == one.begun_at
        and (one.restricted, one.on_behalf) == (restricted, on_behalf)
        for one in desk.snapshot.my_drafts
    )


def new_draft(desk: Desk, *, restricted: bool = False, on_behalf: bool = False, id_: str = "") -> None:
    """A new referral at hand, with what is known of the referrer offered. `id_` is its id, where that is known before."""
    draft = DraftRecord(
        id=id_ or desk.turn.fresh("draft"),
        form=REFERRAL,
        owner=desk.turn.who.id,
        restricted=restricted,
        on_behalf=on_behalf,
        edition=desk.kit.profile.file.edition,
        begun_at=desk.turn.at,
        touched_at=desk.turn.at,
    )
    desk.begin(draft)
    desk.note(f"draft:{draft.id}", "draft_begun", form=draft.form, restricted=str(restricted), on_behalf=str(on_behalf))
    if not on_behalf:
        _offer_known(desk)


def start_restricted(desk: Desk, press: Press) -> None:
    """A new draft that only named people may see, from its first screen on."""
    start(desk, press, restricted=True)


def start_on_behalf(desk: Desk, press: Press) -> None:
    """A referral that came by telephone, e-mail or letter, entered by the coordinator for the sender."""
    start(desk, press, on_behalf=True)


def _offer_known(desk: Desk) -> None:
    person, who = desk.snapshot.person, desk.turn.who
    offers = [("referrer_name", who.name or (person.name if person else ""), "sign-in")]
    offers.append(("referrer_email", who.email or (person.email if person else ""), "sign-in"))
    if person is not None:
        offers += [("referrer_role", person.job, "directory"), ("referrer_agency", person.agency, "directory")]
        offers.append(("referrer_telephone", person.telephone, "directory"))
    for path, value, source in offers:
        if value:
            desk.keep_answer(path, "offered", value, source=source)


def _first_question(desk: Desk) -> None:
    walker = Walker(desk.filled(), Spot(START))
    machine(desk).onward(walker)
    arrive(desk, walker.spot)


def who_may_see(desk: Desk, _press: Press) -> None:
    """Ask for the list of a restricted referral again."""
    ask_who_may_see(desk)


def listed(desk: Desk) -> bool:
    """Whether a restricted referral has its list: without one nobody could act on it."""
    return not desk.at_hand.restricted or bool(desk.on_list())


def leaves_list(desk: Desk, text: str) -> bool:
    """Whether a text leaves the question who may see the referral, for something else that can be done."""
    return move(text, desk.kit.profile.phrases) in LEAVES_LIST


def remind_of_list(desk: Desk) -> None:
    """Before anything else, a restricted referral needs its list. Names are chosen on a card: nothing typed is one."""
    buttons = (
        Button(action="who_may_see", label=desk.words("buttons.who_may_see"), target=desk.at_hand.id, primary=True),
        Button(action="cancel", label=desk.words("buttons.cancel"), target=desk.at_hand.id),
    )
    blocks = (Paragraph(desk.words("referral.choose_on_card")), Paragraph(desk.words("referral.restricted_help")))
    desk.say(Reply(card=Card(blocks=blocks, buttons=buttons), preview=desk.words("filling.preview")))
    desk.stand_at(desk.at_hand.id, START)


def ask_who_may_see(desk: Desk) -> None:
    """Which coordinators and managers may see a restricted referral. At least one coordinator, or nobody could read it."""
    names = {person.id: person for person in desk.snapshot.all_people}
    grants = [g for g in desk.snapshot.all_grants if g.role in SEERS and in_force(g) and g.person != desk.turn.who.id]
    if not any(g.role == READER for g in grants):
        coordinator = desk.kit.profile.file.coordinator
        desk.stand_at(desk.at_hand.id, START)
        return desk.say(
            Reply(text=desk.words("referral.nobody_to_name", name=coordinator.name, telephone=coordinator.telephone))
        )
    choices = tuple(
        Choice(g.person, f"{names[g.person].name} ({desk.words('roles.' + g.role)})") for g in grants if g.person in names
    )
    asked = Input(
        id="named",
        label=desk.words("referral.who_named"),
        kind=InputKind.CHOICES,
        choices=choices,
        required=True,
        required_error=desk.words("referral.who_named_needed"),
    )
    blocks = (Paragraph(desk.words("referral.restricted"), Style.HEADING), Paragraph(desk.words("referral.restricted_help")))
    send = Button(
        action="name_people", label=desk.words("buttons.name_people"), target=desk.at_hand.id, primary=True, takes_inputs=True
    )
    buttons = (send, Button(action="cancel", label=desk.words("buttons.cancel"), target=desk.at_hand.id))
    desk.say(Reply(card=Card(blocks=blocks, inputs=(asked,), buttons=buttons), preview=desk.words("filling.preview")))
    return desk.stand_at(desk.at_hand.id, START)


def name_people(desk: Desk, press: Press) -> None:
    """Keep the list of a restricted referral, then ask the first question."""
    possible = {g.person for g in desk.snapshot.all_grants if g.role in SEERS and in_force(g)}
    chosen = [one.strip() for one in press.inputs.get("named", "").split(",") if one.strip() in possible]
    readers = {g.person for g in desk.snapshot.all_grants if g.role == READER and in_force(g)}
    if not readers & set(chosen):
        return ask_who_may_see(desk)
    _set_list(desk, chosen)
    desk.note(f"draft:{desk.at_hand.id}", "restricted_to", people=",".join(chosen))
    desk.keep_answer("restricted", "given", "yes", source="card")
    desk.replace_card(answered_card(desk, []))
    return _first_question(desk)


def _set_list(desk: Desk, chosen: list[str]) -> None:
    """The list is who was chosen now: somebody who was on it before and is not chosen again is taken off."""
    known = {p.person: p for p in desk.snapshot.draft_people if p.relation == "named"}
    for person in chosen:
        if person not in desk.on_list():
            named = known.get(person) or CasePersonRecord(case=desk.at_hand.id, person=person, relation="named")
            desk.put(replace(named, until=None))
    for person in desk.on_list() - set(chosen):
        desk.put(replace(known[person], until=desk.turn.at))


def cancelled(desk: Desk, _press: Press) -> None:
    """The draft is given up, on a second word. Its rows stay until retention removes them."""
    desk.put(replace(desk.at_hand, status="cancelled", touched_at=desk.turn.at))
    desk.note(f"draft:{desk.at_hand.id}", "draft_cancelled")
    desk.replace_card(answered_card(desk, []))
    desk.stand_at("", "")
    coordinator = desk.kit.profile.file.coordinator
    desk.say(Reply(text=desk.words("filling.cancelled", name=coordinator.name, telephone=coordinator.telephone)))
