"""Welcome and help: the few things this person can do here. There are no dead ends."""

from __future__ import annotations

from dialogs.desk import Desk
from dialogs.reply import Block, Bullets, Button, Card, Paragraph, Reply, Style
from dialogs.turn import Press
from state.access import Access, Role
from state.values import Channel

MOST = 6
ASKS = {
    "coordinator": ("overdue", "due", "not_replied", "status", "timeline", "how_is", "delivered", "seen"),
    "manager": ("overdue", "due", "not_replied", "status", "timeline", "how_is", "waiting_for"),
    "answers": ("mine", "request", "more_time", "nil", "how_we"),
    "auditor": ("seen",),
    "practitioner": ("refer", "referrals", "mine"),
}
"""What each of them can type, as examples: `home.ask_<name>`."""
INTENTS = {
    "seen": "who_has_seen",
    "waiting_for": "mine",
    "request": "open_request",
    "nil": "nil_return",
    "how_we": "how_is",
    "referrals": "my_referrals",
}
"""What an example asks for, where it is called something else. One that leads nowhere is not shown."""
OFFERS: tuple[tuple[str, str], ...] = (
    ("begin_referral", "raise_referral"),
    ("my_referrals", "raise_referral"),
    ("mine", "raise_referral"),
)
"""A button's action, and the action of the access table that it needs."""
OF_THOSE_WHO_RUN_CASES: tuple[tuple[str, str], ...] = (
    ("mine", "see_reference"),
    ("open_referrals", "see_reference"),
    ("on_behalf", "enter_on_behalf"),
    ("begin_referral", "raise_referral"),
    ("add_person", "grant_role"),
    ("remove_person", "grant_role"),
)
"""The same for coordinators and managers: the cases come first. Their own referrals stand in what waits for them."""
OF_AN_ORGANISATION = (OFFERS[-1], *OFFERS[:-1])
"""The same for those who answer for an organisation: what they are asked comes first."""
BOTH_APPS = frozenset({Channel.TEAMS.value, Channel.SLACK.value})
OF_BOTH_APPS = (("link_accounts", "link_accounts"),)
"""Beside them, where the partnership uses both."""
ANSWERS = frozenset({Role.AGENCY_LEAD.value, Role.DEPUTY.value})


def buttons(desk: Desk) -> tuple[Button, ...]:
    """What this person may do here, as buttons: the likeliest first."""
    offered = [action for action, needs in _offers(desk) if desk.may(needs) is Access.YES]
    if desk.snapshot.my_drafts and desk.private:
        offered.insert(0, "resume_last")
    return tuple(Button(action=a, label=desk.words(f"buttons.{a}"), primary=n == 0) for n, a in enumerate(offered[:MOST]))


def _offers(desk: Desk) -> tuple[tuple[str, str], ...]:
    if desk.may("see_reference") is Access.YES:
        return OF_THOSE_WHO_RUN_CASES
    both = OF_BOTH_APPS if desk.kit.reachable >= BOTH_APPS else ()
    return (*(OF_AN_ORGANISATION if desk.asker.roles & ANSWERS else OFFERS), *both)


def home(desk: Desk, opening: str, *, examples: bool = False) -> None:
    """One card: an opening, what can be done here, and who to ring in an emergency. `examples` of what can be typed."""
    desk.say(Reply(card=page(desk, opening, examples=examples), preview=desk.words("home.preview")))


def page(desk: Desk, opening: str, *, examples: bool = False) -> Card:
    """The same, as a card that is put elsewhere."""
    offered = buttons(desk) if desk.private else ()
    file = desk.kit.profile.file
    blocks: list[Block] = [Paragraph(opening), danger(desk)]
    if offered and desk.may("see_reference") is Access.YES:
        blocks.insert(1, Paragraph(desk.words("home.cases")))
    if not offered:
        key = "home.channel" if not desk.private else "access.nothing"
        blocks.append(Paragraph(desk.words(key, name=file.coordinator.name, telephone=file.coordinator.telephone)))
    if examples and desk.private and (asks := _asks(desk)):
        blocks += [Paragraph(desk.words("home.ask"), Style.HEADING), Bullets(asks)]
    return Card(title=desk.words("home.title"), blocks=tuple(blocks), buttons=offered)


def danger(desk: Desk) -> Paragraph:
    """That this is not how to report a child in danger, and who is to be rung."""
    emergency_ = desk.kit.profile.file.emergency.model_dump()
    return Paragraph(desk.words("referral.emergency", **emergency_), Style.WARNING)


def _asks(desk: Desk) -> tuple[str, ...]:
    """Examples for this person."""
    reference = f"{desk.kit.profile.file.prefix}-{desk.turn.at.year}-0007"
    names = [name for name in ASKS[_kind(desk)] if INTENTS.get(name, name) in desk.kit.intents] if desk.asker.roles else []
    return tuple(desk.words(f"home.ask_{name}", reference=reference) for name in names)


def _kind(desk: Desk) -> str:
    roles = desk.asker.roles
    if roles & ANSWERS and not roles & {Role.COORDINATOR.value, Role.MANAGER.value}:
        return "answers"
    return next((role for role in ("coordinator", "manager", "auditor") if role in roles), "practitioner")


def welcome(desk: Desk) -> None:
    """The first thing anybody reads."""
    home(desk, desk.words("home.welcome", partnership=desk.kit.profile.file.partnership))


def help_(desk: Desk, _press: Press | None = None) -> None:
    """What can I do here?"""
    home(desk, desk.words("home.help"), examples=True)


def not_understood(desk: Desk) -> None:
    """Said plainly, with what can be done instead."""
    home(desk, desk.words("home.not_understood"))


def nothing_open(desk: Desk) -> None:
    """There was nothing to cancel or to go back to."""
    home(desk, desk.words("home.nothing_open"))


def nothing_waits(desk: Desk) -> None:
    """Nothing is left to do, and this is what can be done."""
    home(desk, desk.words("waiting.nothing"))


def emergency(desk: Desk) -> None:
    """The profile's emergency words, before anything else."""
    file = desk.kit.profile.file
    text = desk.words("referral.emergency_now", **file.emergency.model_dump())
    desk.say(Reply(card=Card(blocks=(Paragraph(text, Style.WARNING),)), preview=desk.words("filling.preview")))
