"""A copy of a document on its way to one person: read from the library when it is sent, if it is theirs to read then."""

from __future__ import annotations

from pathlib import PurePosixPath

from msgspec.structs import replace

from bot.doors import NotDelivered
from bot.library.filing import Filing
from bot.library.telling import as_not_delivered
from dialogs.desk import Desk
from dialogs.giving.acts import SEND
from dialogs.giving.may import may_have
from dialogs.kit import Kit
from dialogs.reads import wanted
from dialogs.reply import FileRef, Parcel, as_json, reply_from
from dialogs.turn import Press, Turn
from state.access import Access
from state.changes import OutboxRow, OutboxStatus, Send
from state.ledger import GIVEN_UP, NOT_THEIRS
from state.snapshot import Store
from state.values import Clock, Place, PlaceKind, Who

LARGEST = 40 * 2**20
"""Bytes of a file that is sent. A pack with 25 returns has about one."""
SAID_AS_IT_IS = frozenset({"delivery.pdf_not_made", "delivery.no_office"})
"""Why a document was not made, where whoever waits for it can do something about that."""
SOON = 5.0
"""Seconds until it is tried again, while the document is being made."""


class FileGiver:
    """Puts the content into a row that gives somebody a copy. Nothing of it is kept anywhere else."""

    def __init__(self, store: Store, kit: Kit, filing: Filing, clock: Clock) -> None:
        self._store = store
        self._kit = kit
        self._filing = filing
        self._clock = clock

    async def __call__(self, place: Place, send: Send) -> Send:
        """The row with the document in it. Raises NotDelivered: not theirs now, not made yet, gone, or the library is away."""
        reply = reply_from(send.body)
        if reply.file is None:
            raise NotDelivered("delivery.fault")
        filed = await self._theirs(place, send.to_person, reply.file)
        parcel = await self._read(_path(filed))
        return replace(send, body=as_json(replace(reply, parcel=parcel)))

    async def _theirs(self, place: Place, person: str, file: FileRef) -> OutboxRow | None:
        """The row that had it made, where this person may have it now, in this conversation of their own."""
        tenant, _, name = person.partition("/")
        said = Press(action=SEND, target=file.case, at=file.what)
        turn = Turn(id="", who=Who(tenant, name), place=place, said=said, at=self._clock.now())
        snapshot = await self._store.read(wanted(turn, self._kit))
        filed, own = snapshot.filed, snapshot.place
        access = may_have(Desk(turn, snapshot, self._kit), file.what, filed.made_at if filed else None)
        alone = place.kind is PlaceKind.PERSONAL and own is not None and own.person == person
        if access is not Access.YES or not alone:
            raise NotDelivered(NOT_THEIRS)
        return filed

    async def _read(self, path: str) -> Parcel:
        with as_not_delivered():
            content = await self._filing.read(path)
        if len(content) > LARGEST:
            raise NotDelivered("delivery.file_too_large")
        return Parcel(PurePosixPath(path).name, content)


def _path(filed: OutboxRow | None) -> str:
    """Where the document is filed. One that waits to be made is waited for."""
    if filed is None or filed.status in GIVEN_UP:
        why = filed.reason if filed is not None else ""
        raise NotDelivered(why if why in SAID_AS_IT_IS else "delivery.file_not_made")
    if filed.status is not OutboxStatus.SENT:
        raise NotDelivered("delivery.file_being_made", again_after=SOON)
    return filed.remote_id
