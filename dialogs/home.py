"""Welcome and help: the few things this person can do here. There are no dead ends."""

from __future__ import annotations

from dialogs.desk import Desk
from dialogs.reply import Block, Button, Card, Paragraph, Reply, Style
from dialogs.turn import Press
from state.access import Access

OFFERS: tuple[tuple[str, str], ...] = (
    ("begin_referral", "raise_referral"),
    ("my_referrals", "raise_referral"),
    ("open_referrals", "see_reference"),
    ("on_behalf", "enter_on_behalf"),
    ("add_person", "grant_role"),
    ("remove_person", "grant_role"),
)
"""A button's action, and the action of the access table that it needs."""


def buttons(desk: Desk) -> tuple[Button, ...]:
    """What this person may do here, as buttons."""
    offered = [action for action, needs in OFFERS if desk.may(needs) is Access.YES]
    if desk.snapshot.my_drafts and desk.private:
        offered.insert(0, "resume_last")
    return tuple(Button(action=a, label=desk.words(f"buttons.{a}"), primary=n == 0) for n, a in enumerate(offered[:6]))


def home(desk: Desk, opening: str) -> None:
    """One card: an opening, what can be done here, and who to ring in an emergency."""
    offered = buttons(desk) if desk.private else ()
    file = desk.kit.profile.file
    danger = desk.words("referral.emergency", **file.emergency.model_dump())
    blocks: list[Block] = [Paragraph(opening), Paragraph(danger, Style.WARNING)]
    if not offered:
        key = "home.channel" if not desk.private else "access.nothing"
        blocks.append(Paragraph(desk.words(key, name=file.coordinator.name, telephone=file.coordinator.telephone)))
    card = Card(title=desk.words("home.title"), blocks=tuple(blocks), buttons=offered)
    desk.say(Reply(card=card, preview=desk.words("home.preview")))


def welcome(desk: Desk) -> None:
    """The first thing anybody reads."""
    home(desk, desk.words("home.welcome", partnership=desk.kit.profile.file.partnership))


def help_(desk: Desk, _press: Press | None = None) -> None:
    """What can I do here?"""
    home(desk, desk.words("home.help"))


def not_understood(desk: Desk) -> None:
    """Said plainly, with what can be done instead."""
    home(desk, desk.words("home.not_understood"))


def nothing_open(desk: Desk) -> None:
    """There was nothing to cancel or to go back to."""
    home(desk, desk.words("home.nothing_open"))


def emergency(desk: Desk) -> None:
    """The profile's emergency words, before anything else."""
    file = desk.kit.profile.file
    text = desk.words("referral.emergency_now", **file.emergency.model_dump())
    desk.say(Reply(card=Card(blocks=(Paragraph(text, Style.WARNING),)), preview=desk.words("filling.preview")))
