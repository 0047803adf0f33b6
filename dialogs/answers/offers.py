"""Where a text may mean several things, or asked for two: buttons that ask for one of them, with what was named."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from msgspec.structs import replace

from dialogs.asking.meaning import Slots, Understood
from dialogs.desk import Desk
from dialogs.instants import day_carried
from dialogs.reply import Button, Card, Paragraph, Reply, Style
from dialogs.turn import Press
from state.access import Access

ASKED_FOR = "asked_for"
LONGEST = 200
"""Characters that a button can carry; a list of agencies that is longer is left out."""
NEEDS = {
    "decide": "record_decision",
    "notified": "record_decision",
    "open_referrals": "see_reference",
    "correct_case": "send_requests",
    "disagreements": "send_requests",
    "on_behalf": "enter_on_behalf",
    "send_requests": "send_requests",
    "requests": "send_requests",
    "organisations": "send_requests",
    "meeting": "run_meeting",
    "pack": "run_meeting",
    "letter": "run_meeting",
    "tie_channel": "tie_channel",
    "add_person": "grant_role",
    "remove_person": "grant_role",
    "chase": "chase",
    "who_has_seen": "who_has_seen",
}
"""What nobody else can ask for is not offered to them. Everything else is answered by what each may see."""
OTHER_WORDS = {"refer": "begin_referral", "away": "tell_away"}
"""Where a button that does the same is called something else."""


def which(desk: Desk) -> bool:
    """Ask which was meant. False where there is nothing to offer."""
    buttons = _buttons(desk, desk.meant.suggestions)
    if not buttons:
        return False
    danger = desk.words("referral.emergency", **desk.kit.profile.file.emergency.model_dump())
    blocks = (Paragraph(desk.words("answers_asked.which")), Paragraph(danger, Style.WARNING))
    card = Card(blocks=blocks, buttons=buttons)
    desk.say(Reply(card=card, preview=desk.words("home.preview")))
    return True


def also(desk: Desk) -> None:
    """The second thing that was asked for in the same text, as a button: one thing is done at a time."""
    buttons = _buttons(desk, (desk.meant.also,) if desk.meant.also else ())
    if buttons:
        card = Card(blocks=(Paragraph(desk.words("answers_asked.also")),), buttons=buttons)
        desk.say(Reply(card=card, preview=desk.words("home.preview")))


def _buttons(desk: Desk, intents: Iterable[str]) -> tuple[Button, ...]:
    offered = [one for one in dict.fromkeys(intents) if _can(desk, one)]
    at = _kept(desk, desk.meant.slots)
    return tuple(
        Button(action=ASKED_FOR, label=_label(desk, one), target=one, at=at, primary=n == 0) for n, one in enumerate(offered)
    )


def _can(desk: Desk, intent: str) -> bool:
    known = intent in desk.kit.intents and bool(_label(desk, intent))
    return known and (intent not in NEEDS or desk.may(NEEDS[intent]) is Access.YES)


def _label(desk: Desk, intent: str) -> str:
    """What such a button says: the same as another one that does it, where there is one. Nothing where it has no words."""
    if desk.kit.words.has(f"buttons.asked_{intent}"):
        return desk.words(f"buttons.asked_{intent}")
    same = OTHER_WORDS.get(intent, intent)
    return desk.words(f"buttons.{same}") if desk.kit.words.has(f"buttons.{same}") else ""


def _kept(desk: Desk, slots: Slots) -> str:
    """What was named, as a button carries it. A name that was typed stays out of a channel."""
    kept = slots if desk.private else replace(slots, person="")
    for one in (kept, replace(kept, agency=()), Slots(case=kept.case)):
        text = msgspec.json.encode(one).decode()
        if len(text) <= LONGEST:
            return text if one != Slots() else ""
    return ""


def meant_by(press: Press) -> Understood:
    """What such a button asks for. One that carries something else asks for the same without what was named."""
    try:
        slots = msgspec.json.decode(press.at, type=Slots) if press.at else Slots()
        for day in filter(None, (slots.from_, slots.to, slots.new_date)):
            day_carried(day)
    except (msgspec.DecodeError, ValueError):
        slots = Slots()
    return Understood(press.target, slots=slots)
