"""What a turn decided, as data: rows to write, history to append, and everything that has to happen outside as outbox rows."""

from __future__ import annotations

import enum
from datetime import datetime

import msgspec

from state.records import Record
from state.values import JSON


class Kind(enum.StrEnum):
    """What an outbox row asks for."""

    REPLY = "reply"
    """Say something where the person spoke."""
    POST = "post"
    """Say something somewhere else: a channel, another person."""
    UPDATE = "update"
    """Replace a card that was posted before; `replaces` is the channel's own id of it."""
    FOLLOW = "follow"
    """Say something under a card that was posted before, in its thread."""
    DOCUMENT = "document"
    """Make a document and file it in the document library."""
    FILE = "file"
    """Give one person a copy of a document that was filed, in their own conversation."""


class Send(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to do outside, kept as a row until it is done. `body` is encrypted; nothing else in it identifies anybody.

    `lane` keeps rows of one conversation in order, one in flight. `reminder` rows are not sent again when uncertain.
    `card` names a card that stays and is replaced as things change (`request:ID`): a POST or REPLY with it is that card, an
    UPDATE or FOLLOW with it finds the newest one in its lane when it is sent; `replaces` is then the channel's own id of it.
    """

    kind: Kind
    lane: str
    body: JSON
    place: str = ""
    to_person: str = ""
    case: str = ""
    replaces: str = ""
    card: str = ""
    reminder: bool = False
    about: str = ""
    """The open date that a reminder is about: once it is met the reminder is not sent any more."""
    what: str = ""
    """Which file a document is: the id of its form, and of the request that it is for (`scoping_letter:ID`)."""
    thread: str = ""
    """The channel's own id of the message in a channel that is answered: the answer stands under it, whenever it is sent."""
    aside: str = ""
    """The channel's own id of the one person in a channel who should see the answer, where the channel can show it so."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One line of history. `chain` is `case:ID`, `draft:ID` or `partnership`; `content` is encrypted and can be erased."""

    chain: str
    kind: str
    who: str
    what: dict[str, str] = {}
    content: JSON = None
    edition: str = ""


class Move(msgspec.Struct, frozen=True):
    """One person turned out to be another: wherever rows name the first, they name the other from now on (state/moving.py)."""

    of: str
    to: str


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """Everything one turn decided. Applied in one atomic step, or not at all."""

    puts: tuple[Record, ...] = ()
    history: tuple[Entry, ...] = ()
    sends: tuple[Send, ...] = ()
    moves: tuple[Move, ...] = ()
    """Made after the rows of `puts` are written."""
    answer: JSON = None
    """What an invoke (a window) is answered with; kept with the turn's id so that a repeated delivery gets the same."""


class OutboxStatus(enum.StrEnum):
    """Where an outbox row stands. All rows stay as the delivery ledger."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    DEAD = "dead"
    PUT_OFF = "put_off"
    """A reminder that waits for working hours. Nothing else of its conversation waits for it."""
    DROPPED = "dropped"
    """A reminder that nobody needs any more: what it was about was done before it could be sent."""


class OutboxRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the delivery ledger as the courier sees it."""

    id: int
    turn: str
    send: Send
    status: OutboxStatus
    attempts: int = 0
    uncertain: int = 0
    """How often nobody knew whether it had arrived. Kept on the row, because a message is sent twice at the most."""
    next_at: datetime
    made_at: datetime
    sent_at: datetime | None = None
    remote_id: str = ""
    reason: str = ""
