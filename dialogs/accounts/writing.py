"""Where somebody is written to, who uses more than one channel."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from msgspec.structs import replace

from dialogs.accounts.common import refused
from dialogs.desk import Desk
from dialogs.filling.cards import answered_card
from dialogs.knowing import known_as
from dialogs.reply import Button
from dialogs.turn import Press
from state.records import PersonRecord
from state.values import Channel


def channels(desk: Desk, people: Collection[str]) -> list[str]:
    """The channels in which any of these is spoken to."""
    there = (place for place in desk.snapshot.accounts.places if place.person in people)
    return sorted({place.channel for place in there if desk.can_reach(place)})


def write_buttons(desk: Desk, there: Sequence[str]) -> tuple[Button, ...]:
    """A button for each channel, as people know it."""
    named = ((one, desk.words(f"delivered.channel_{one}")) for one in there)
    return tuple(Button(action="write_in", label=name, target=one) for one, name in named)


def write_in(desk: Desk, press: Press) -> None:
    """Write to this person in that channel from now on."""
    if _keep(desk, press.target):
        desk.replace_card(answered_card(desk, []))


def asked_to(channel: str) -> Callable[[Desk], None]:
    """The same, where it is typed."""

    def asked(desk: Desk) -> None:
        _keep(desk, channel)

    return asked


def _keep(desk: Desk, channel: str) -> bool:
    if refused(desk):
        return False
    me = desk.turn.who.id
    there = channels(desk, {me})
    if channel not in set(Channel):
        desk.tell(desk.words("accounts.settled"))
        return False
    where = desk.words(f"delivered.channel_{channel}")
    if channel not in there:
        desk.tell(desk.words("accounts.not_there", where=where))
        return False
    desk.put(replace(desk.put_so_far(PersonRecord, me) or known_as(desk), told_in=channel))
    desk.tell(desk.words("accounts.written_in", where=where))
    return True
