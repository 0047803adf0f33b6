"""One turn: who said what, where and when. A door builds it, `decide` answers it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

import msgspec

from dialogs.reply import Upload
from state.values import Place, Who, derived_id


class Text(msgspec.Struct, frozen=True, tag="text"):
    """A typed message. It has been cleaned of control characters at the door; nothing else is changed."""

    text: str


class Press(msgspec.Struct, frozen=True, tag="press", kw_only=True):
    """A button, with the inputs of its card. `target` is an id, `version` what the card showed; both are checked again.

    `card` is the channel's own id of the card, so that it can be replaced. A field absent from `inputs` is unchanged.
    """

    action: str
    target: str = ""
    version: int = 0
    at: str = ""
    """The question's state and row the card was about, as `state:row`."""
    inputs: Mapping[str, str] = {}
    card: str = ""


class OpenWindow(msgspec.Struct, frozen=True, tag="open_window", kw_only=True):
    """A person asks for a window (Teams task module, Slack modal). Answered at once, not through the outbox."""

    action: str
    target: str = ""
    at: str = ""


class SubmitWindow(msgspec.Struct, frozen=True, tag="submit_window", kw_only=True):
    """A filled-in window. Answered with the same window and its errors, or closed."""

    action: str
    target: str = ""
    version: int = 0
    at: str = ""
    inputs: Mapping[str, str] = {}


class Installed(msgspec.Struct, frozen=True, tag="installed"):
    """The assistant was added to a conversation, or a person opened it for the first time."""


class OpenHome(msgspec.Struct, frozen=True, tag="open_home"):
    """A person looks at the assistant's own page, where the channel has one (Slack's home tab). Answered at once."""


class GivenUp(msgspec.Struct, frozen=True, tag="given_up", kw_only=True):
    """The courier could not deliver something: said by the clockwork, not by a person. `reason` is a key of `delivery.…`."""

    row: int
    """Of the ledger."""
    reason: str
    status: str
    """`dead`, or `uncertain` where it may have arrived."""
    case: str = ""
    failed: int = 0
    """The row that should have told of it, which was given up too."""


class Dropped(msgspec.Struct, frozen=True, tag="dropped", kw_only=True):
    """A file that somebody dropped into the conversation. The door has read it: dialogs see its tags, never the file.

    `form` is the form that the document says it is of, `problem` a key of `files.…` where it could not be read.
    """

    name: str
    digest: str
    form: str = ""
    tags: Mapping[str, str] = {}
    problem: str = ""
    doubts: Mapping[str, tuple[str, ...]] = {}
    """What can be read in more than one way, by tag: the texts between which a person has to choose."""
    notes: tuple[str, ...] = ()
    """What whoever checks it should know, such as that it has tracked changes: keys of `files.…`."""


class Consented(msgspec.Struct, frozen=True, tag="consented", kw_only=True):
    """A person takes a file that their channel itself offered them, or does not want it (Teams asks before it keeps one).

    `case` and `what` are those of the file (`dialogs.reply.FileRef`); `upload` says where it is wanted, and is absent in a no.
    """

    what: str
    case: str = ""
    upload: Upload | None = None
    card: str = ""


class Built(msgspec.Struct, frozen=True, tag="built", kw_only=True):
    """A document of a pack was made and filed: said by the clockwork. The card that shows the progress stands in `place`."""

    case: str
    place: str
    card: str
    step: int
    of: int
    """Which document of how many."""


class HandedIn(msgspec.Struct, frozen=True, tag="handed_in", kw_only=True):
    """A file that lies in an organisation's own library, new or changed, and was read: said by the clockwork.

    `by` is whoever left it there, as the library says (`Who.id`), where it says so. `path` is its place on that shelf.
    """

    organisation: str
    path: str
    file: Dropped
    by: str = ""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody did to one file: it was `changed`, `added`, `moved`, or is `gone`.

    `file` is the id of what is kept of it (`FileRecord`) and `what` what it is (`Send.what`), where it is ours.
    """

    change: str
    what: str = ""
    file: str = ""
    shelf: str = ""
    """Empty for the case library, else the organisation whose own it is."""
    by: str = ""
    """Who did it, as the library says (`Who.id`), where it says so."""


class Noticed(msgspec.Struct, frozen=True, tag="noticed", kw_only=True):
    """What people did to files of one case, as far as it was seen at once: said by the clockwork.

    `reference` is that of the folder; empty for files outside of every case's folder.
    """

    reference: str
    changes: tuple[Change, ...]


class FiledBeside(msgspec.Struct, frozen=True, tag="filed_beside", kw_only=True):
    """A rebuilt document lies beside one that somebody had changed: said by the clockwork. Parts by their headings."""

    case: str
    what: str
    path: str
    by_hand: tuple[str, ...] = ()
    new: tuple[str, ...] = ()


class FileWaits(msgspec.Struct, frozen=True, tag="file_waits", kw_only=True):
    """A document waits to be filed, because somebody has the file open or checked out: said by the clockwork, once a row."""

    case: str
    what: str
    row: int


LibraryNews = HandedIn | Noticed | FiledBeside | FileWaits
"""What the clockwork tells of the document library."""


class Tick(msgspec.Struct, frozen=True, tag="tick", kw_only=True):
    """The bell rang and there is something to look at: said by the clockwork. One of the fields says what.

    `case`: dates of a case, or requests of it by e-mail; `draft`: a referral that was begun; `digest`: the person whose weekly
    digest is due; `recount`: a case whose dates are to be counted again, because the days off have changed.
    """

    case: str = ""
    draft: str = ""
    digest: str = ""
    recount: str = ""


Said = (
    Dropped | Consented | Text | Press | OpenWindow | SubmitWindow | OpenHome | Installed | GivenUp | Built | Tick | LibraryNews
)
ANSWERED_AT_ONCE = OpenWindow | SubmitWindow | OpenHome
"""What is answered with a window (or a page, which is made of the same parts), and not with a message."""


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """One thing somebody said. `id` is the channel's own, unique for ever; a turn delivered twice is answered once.

    `account` is the id of the account it came from, where that is another one of this person's: the house fills it in.
    """

    id: str
    who: Who
    place: Place
    said: Said
    at: datetime
    account: str = ""

    def listed(self, tenants: Collection[str]) -> bool:
        """Whether the person, or the account they speak from, belongs to one of these tenants or workspaces."""
        return self.who.tenant in tenants or self.account.partition("/")[0] in tenants

    def fresh(self, name: str) -> str:
        """An id for something this turn makes: the same each time the turn is decided."""
        return derived_id(self.id, name)
