"""Who and where in the console: the invented people of the profile, one to one, or in a channel."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path, PurePath

from msgspec.structs import replace

from dialogs.reply import Parcel, Reply, reply_from
from state.changes import Kind, Send
from state.values import Channel, Place, PlaceKind, Who
from templates.profile import InventedPerson
from templates.wording import Words

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


def _written(folder: Path, parcel: Parcel) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / PurePath(parcel.name).name
    path.write_bytes(parcel.content)
    path.chmod(0o600)
    return path


class ConsoleDeliverer:
    """Prints what is said in the conversation at hand, and keeps the rest in the inbox."""

    def __init__(self, show: Callable[[str, Reply], None], copies: Path, words: Words) -> None:
        self._show = show
        self._copies = copies
        self._words = words
        self._count = 0
        self.current = ""
        self.inbox: dict[str, list[Reply]] = defaultdict(list)
        self.newest: dict[str, Reply] = {}
        self._newest_id: dict[str, str] = {}

    async def deliver(self, place: Place, send: Send) -> str:
        """Print a reply, or put it in the inbox. A card that replaces another leaves no trace on paper."""
        reply = await self._unpacked(reply_from(send.body))
        if send.kind is Kind.UPDATE:
            return self._replace(place.conversation, reply, send.replaces)
        self._count += 1
        if reply.card is not None or not place.conversation.startswith(CHANNEL):
            # In a channel the card stays in sight when somebody is answered under it.
            self.newest[place.conversation] = reply
            self._newest_id[place.conversation] = str(self._count)
        if place.conversation == self.current:
            self._show(place.conversation, reply)
        else:
            self.inbox[place.conversation].append(reply)
        return str(self._count)

    async def _unpacked(self, reply: Reply) -> Reply:
        """A document that comes with a message is written into the folder of copies, and the message says where it is."""
        if reply.parcel is None:
            return reply
        path = await asyncio.to_thread(_written, self._copies, reply.parcel)
        return replace(reply, parcel=None, text=f"{reply.text}\n{self._words.say('console.copy_kept', path=path)}")

    def _replace(self, conversation: str, reply: Reply, replaces: str) -> str:
        """The card in sight shows something else from now on."""
        if replaces == self._newest_id.get(conversation):
            self.newest[conversation] = reply
        return replaces

    def take_inbox(self) -> Mapping[str, list[Reply]]:
        """What came for others since the last look."""
        waiting = dict(self.inbox)
        self.inbox.clear()
        return waiting
