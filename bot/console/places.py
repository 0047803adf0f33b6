"""Who and where in the console: the invented people of the profile, one to one, or in a channel."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping

from dialogs.reply import Reply, reply_from
from state.changes import Kind, Send
from state.values import Channel, Place, PlaceKind, Who
from templates.profile import InventedPerson

CHANNEL = "channel:"


def who_is(person: InventedPerson) -> Who:
    """An invented person as a signed channel would name them."""
    return Who(person.tenant, person.object, person.name, person.email)


def one_to_one(person: InventedPerson) -> Place:
    """The person's own conversation in the console."""
    return Place(Channel.CONSOLE, person.id)


def channel(name: str) -> Place:
    """A channel in the console."""
    return Place(Channel.CONSOLE, CHANNEL + name, PlaceKind.CHANNEL)


class ConsoleDeliverer:
    """Prints what is said in the conversation at hand, and keeps the rest in the inbox."""

    def __init__(self, show: Callable[[str, Reply], None]) -> None:
        self._show = show
        self._count = 0
        self.current = ""
        self.inbox: dict[str, list[Reply]] = defaultdict(list)
        self.newest: dict[str, Reply] = {}

    async def deliver(self, place: Place, send: Send) -> str:
        """Print a reply, or put it in the inbox. A card that replaces another leaves no trace on paper."""
        self._count += 1
        if send.kind is Kind.UPDATE:
            return str(self._count)
        reply = reply_from(send.body)
        self.newest[place.conversation] = reply
        if place.conversation == self.current:
            self._show(place.conversation, reply)
        else:
            self.inbox[place.conversation].append(reply)
        return str(self._count)

    def take_inbox(self) -> Mapping[str, list[Reply]]:
        """What came for others since the last look."""
        waiting = dict(self.inbox)
        self.inbox.clear()
        return waiting
