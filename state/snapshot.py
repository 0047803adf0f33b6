"""What a turn reads before it decides: one consistent picture, and the protocol of the store that gives it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from state.accounts import Accounts, Speaker
from state.chains import HistoryRow
from state.changes import Changes, OutboxRow, OutboxStatus
from state.chasing_records import AbsenceRecord, ChaseRecord, RoundRecord
from state.file_records import FileRecord, Files
from state.ledger import Missed, SentOut
from state.looking import Look, Looked
from state.records import (
    AnswerRecord,
    CasePersonRecord,
    CaseRecord,
    ChildDigestRecord,
    CodeRecord,
    CounterRecord,
    DeadlineRecord,
    DraftRecord,
    GrantRecord,
    PersonRecord,
    PlaceRecord,
    TalkRecord,
)
from state.requests_of import RequestsOf
from state.scoping_records import (
    AttendanceRecord,
    FurtherRecord,
    MeetingRecord,
    NoticeRecord,
    OpeningRecord,
    OrganisationRecord,
    PairRecord,
    RequestRecord,
)
from state.values import JSON


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What to read for one turn. Empty fields are not read; `draft` empty means the draft of the talk row, if any."""

    turn: str
    person: str
    place: str
    draft: str = ""
    case: str = ""
    """A case's id."""
    reference: str = ""
    """A case's reference, such as NS-2026-0007."""
    until: datetime | None = None
    """The answers of the draft as they stood at that instant: a document that was sent says what was so then."""
    only_draft: bool = False
    """Where the person talks about none, read their only open draft: "carry on" from another device."""
    case_draft: bool = False
    """Read the draft and answers of that case instead of those the person talks about."""
    last_card: bool = False
    """The channel's own id of the newest reply in this place, so that it can be replaced."""
    code: str = ""
    """The keyed digest of a one-time code."""
    counter: str = ""
    matching: bool = False
    """Other cases, and referrals not sent yet, that name a same child as the case or the referral at hand."""
    other: str = ""
    """Another case, by its id or reference, that the turn is about as well: one to join."""
    mine: bool = False
    """The person's own drafts and referrals."""
    open_cases: bool = False
    """Cases that are not at an end, with their open dates and what is not settled about them (coordinator, manager)."""
    request: str = ""
    """A request's id: it is read with its case, organisation, openings and both its returns."""
    requests: bool = False
    """Every request of the case, with who has opened it."""
    forms: tuple[str, ...] = ()
    """Drafts of the case of these forms, each with its answers."""
    organisations: bool = False
    """Everybody who can be asked, ended ones too."""
    my_requests: bool = False
    """Requests that wait for this person: as lead or deputy of an organisation, as the senior asked, or as a delegate."""
    people: bool = False
    """Everybody with a standing role, the grants that await a second person, and who is away or will be."""
    today: str = ""
    """The day in England, as an ISO date: absences that are over are not read."""
    chases: bool = False
    """How far the dates of the case were chased, and what is reminded of the draft at hand."""
    chase: str = ""
    """One of them by its id, where it belongs to no case."""
    round: str = ""
    """What happens again and again, by its id."""
    handed: bool = False
    """Every open date that was handed to somebody, over all cases."""
    ledger: bool = False
    """What was sent about the case, and how it ended; the newest of all where there is no case."""
    history: bool = False
    """Who did or read what in the case, without content, and everybody it names (with `people`)."""
    requests_of: RequestsOf | None = None
    """Requests to some organisations, over all cases."""
    look: Callable[[TalkRecord | None, Mapping[str, str]], Look | None] | None = None
    """What to look for among the open dates, after what was asked last and by the names of organisations. None: nothing."""
    then: Callable[[Looked], Sequence[Wanted]] | None = None
    """What to read beside, for what was found: the case of each date, where several are acted on at once."""
    accounts: bool = False
    """The accounts of everybody that the turn may link or unlink: of the person, of whoever made or used the code."""
    account: str = ""
    """Another account by its id, which is read beside them."""
    row: int = 0
    """One row of the ledger by its id, with whom it was for."""
    missed: bool = False
    """What did not get through, of all cases."""
    sent: tuple[datetime, datetime] | None = None
    """What was sent from the first instant until before the second."""
    filed: str = ""
    """A document of the case, or of none, by what it is (`Send.what`): when it was last made, and where it is filed."""
    files: bool = False
    """Every file of the case in the document library."""


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """A draft with the newest version of each of its answers, by path."""

    draft: DraftRecord
    answers: Mapping[str, AnswerRecord] = {}


class Other(msgspec.Struct, frozen=True, kw_only=True):
    """Another case that a turn is about, read beside the first: what joining two, or parting them again, looks at."""

    case: CaseRecord
    people: tuple[CasePersonRecord, ...] = ()
    deadlines: tuple[DeadlineRecord, ...] = ()
    requests: tuple[RequestRecord, ...] = ()
    written: tuple[Written, ...] = ()
    """Its referral and its decisions."""
    digests: tuple[ChildDigestRecord, ...] = ()
    joined: tuple[CaseRecord, ...] = ()


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """One consistent picture of the database. Lists are ordered oldest first unless said otherwise."""

    seen: bool = False
    """This turn id was committed before: answer nothing again."""
    seen_answer: JSON = None
    person: PersonRecord | None = None
    grants: tuple[GrantRecord, ...] = ()
    """The person's own grants, ended ones too."""
    place: PlaceRecord | None = None
    talk: TalkRecord | None = None
    draft: DraftRecord | None = None
    answers: Mapping[str, AnswerRecord] = {}
    """The newest version of each answer of the draft, by path."""
    draft_people: tuple[CasePersonRecord, ...] = ()
    """Relations to the draft (`case` holds the draft's id until there is a case)."""
    my_drafts: tuple[DraftRecord, ...] = ()
    """Drafts of this person that are open or paused, newest touched first."""
    my_cases: tuple[CaseRecord, ...] = ()
    """Cases this person referred, newest first."""
    case: CaseRecord | None = None
    case_people: tuple[CasePersonRecord, ...] = ()
    deadlines: tuple[DeadlineRecord, ...] = ()
    """All deadlines of `case`."""
    open_cases: tuple[CaseRecord, ...] = ()
    open_case_people: tuple[CasePersonRecord, ...] = ()
    """Relations of the asking person to those cases, and the named lists of the restricted ones."""
    open_deadlines: tuple[DeadlineRecord, ...] = ()
    """Dates of those cases that are not met yet."""
    open_notices: tuple[NoticeRecord, ...] = ()
    """What is not settled yet about those cases."""
    all_grants: tuple[GrantRecord, ...] = ()
    all_people: tuple[PersonRecord, ...] = ()
    tied_places: tuple[PlaceRecord, ...] = ()
    """Channels that are tied to something, and personal places of people with a standing role (read with `people`)."""
    code: CodeRecord | None = None
    counter: CounterRecord | None = None
    last_card: str = ""
    request: RequestRecord | None = None
    requests: tuple[RequestRecord, ...] = ()
    """All requests of `case`, in the order they were made."""
    openings: tuple[OpeningRecord, ...] = ()
    """Who has opened the names of the requests that were read."""
    organisations: tuple[OrganisationRecord, ...] = ()
    written: tuple[Written, ...] = ()
    """Drafts of `case` that were wanted, oldest first."""
    meeting: MeetingRecord | None = None
    attendances: tuple[AttendanceRecord, ...] = ()
    notices: tuple[NoticeRecord, ...] = ()
    """What the coordinator has not settled yet about `case`, oldest first."""
    further: tuple[FurtherRecord, ...] = ()
    """Further questions of the rapid review of `case`, oldest first."""
    pairs: tuple[PairRecord, ...] = ()
    """Suggested actions of `case` that read alike and were settled."""
    joined: tuple[CaseRecord, ...] = ()
    """Referrals that were joined to `case`."""
    my_requests: tuple[RequestRecord, ...] = ()
    digests: tuple[ChildDigestRecord, ...] = ()
    """Of the children of the referral at hand while it is open, else of `case`."""
    alike: tuple[CaseRecord, ...] = ()
    """Other cases that name a same child, past ones too; a restricted one only for people on its list."""
    alike_drafts: tuple[DraftRecord, ...] = ()
    """Referrals not sent yet that do."""
    chases: tuple[ChaseRecord, ...] = ()
    handed: tuple[ChaseRecord, ...] = ()
    """Open dates that were handed to somebody."""
    absences: tuple[AbsenceRecord, ...] = ()
    """Who is away now or will be (read with `people`)."""
    round: RoundRecord | None = None
    ledger: tuple[OutboxRow, ...] = ()
    """Newest first. No body is opened: `send.body` is None."""
    history: tuple[HistoryRow, ...] = ()
    """Of the case, oldest first."""
    requests_of: tuple[RequestRecord, ...] = ()
    """Newest first, and a limited number of them."""
    looked: Looked | None = None
    """What was found among the open dates, where something was looked for."""
    then: tuple[Snapshot, ...] = ()
    """What was read for that, in its order."""
    filed: OutboxRow | None = None
    files: tuple[FileRecord, ...] = ()
    row: OutboxRow | None = None
    written_to: tuple[PersonRecord, ...] = ()
    """Whom the rows of the ledger were for (read with `ledger` or `row`)."""
    written_at: tuple[PlaceRecord, ...] = ()
    """Where they went."""
    accounts: Accounts = Accounts()
    """Read with `accounts`. With `history`, those linked now from which something was done."""
    missed: Missed = Missed()
    sent: SentOut | None = None
    other: Other | None = None
    """The other case that was wanted, else the one that `case` was joined to."""


class Conflict(Exception):
    """Somebody else wrote one of the rows first. Read again and decide again."""


class DifferentBody(Exception):
    """A turn id came a second time with other content. It is refused."""


class Committed(msgspec.Struct, frozen=True, kw_only=True):
    """What a commit leaves: the outbox rows the caller has claimed and must send now, in order, and the answer kept."""

    claimed: tuple[OutboxRow, ...] = ()
    answer: JSON = None


class ToChase(msgspec.Struct, frozen=True, order=True):
    """Something of which a reminder may be due: a case with its dates, a referral that was begun, or somebody's digest."""

    case: str = ""
    draft: str = ""
    digest: str = ""
    """A person's id."""


class ReminderNow(msgspec.Struct, frozen=True, kw_only=True):
    """What of a reminder is to be said when its turn comes: of which things, or why nothing is."""

    left: tuple[str, ...] = ()
    reason: str = ""
    """Why it is dropped: all is done, was given another date, or was said anew there since."""
    waits: bool = False
    """Something newer is due to be said of it: the bell goes first."""


class Store(Files, Protocol):
    """What is known. Every method is atomic; SQLite and any other database behave alike."""

    async def read(self, wanted: Wanted) -> Snapshot:
        """One consistent picture."""
        ...

    async def person_of(self, account: str) -> str:
        """Whose account it is: somebody's other one, or a person's own."""
        ...

    async def commit(
        self,
        turn: str,
        digest: str,
        at: datetime,
        changes: Changes,
        *,
        claim_lane: str = "",
        speaker: Speaker | None = None,
    ) -> Committed:
        """Apply changes in one durable step. Raises Conflict or DifferentBody and keeps nothing then.

        A turn id that was committed before changes nothing and returns what was answered then, with nothing claimed.
        Rows of `claim_lane` are written as `sending` and returned, unless an earlier row of that lane still waits.
        """
        ...

    async def claim(self, now: datetime, limit: int = 20, lanes: Sequence[str] = ()) -> Sequence[OutboxRow]:
        """Take rows that are due: the first waiting row of each lane with nothing in flight, written as `sending`.

        `lanes` are the beginnings of the lanes this process serves (`teams:`); none means all. A row that could not be read
        any more comes as `dead`: it is not to be sent, but somebody has to be told.
        """
        ...

    async def mark(
        self,
        row: int,
        status: OutboxStatus,
        *,
        at: datetime,
        remote_id: str = "",
        reason: str = "",
        next_at: datetime | None = None,
        uncertain: bool = False,
    ) -> None:
        """Record how a send ended. QUEUED with `next_at` tries again; `uncertain` counts that it may have arrived."""
        ...

    async def sent(self, rows: Mapping[int, str], at: datetime) -> None:
        """Record that rows were sent, with the channel's own id of each: one durable step for all."""
        ...

    async def stuck(self, before: datetime, lanes: Sequence[str] = ()) -> Sequence[OutboxRow]:
        """Rows of ours that are `sending` since before an instant, as a crash leaves them. They stay so until marked."""
        ...

    async def to_chase(self, now: datetime, waiting: Sequence[str] = (), limit: int = 100) -> Sequence[ToChase]:
        """What has to be looked at, because a reminder is due or nobody has looked yet. `waiting`: kinds of notices."""
        ...

    async def to_digest(self, since: datetime, today: str) -> Sequence[ToChase]:
        """Who has run cases since before an instant, is not away today, and has had no digest since that instant."""
        ...

    async def next_chase(self, after: datetime) -> datetime | None:
        """When the next reminder is due after an instant, as far as anybody has looked."""
        ...

    async def may_hear(self, case: str, person: str, now: datetime) -> bool:
        """Whether a reminder of a case may still be told to a person, or in a channel, where nobody is named."""
        ...

    async def reminder_now(self, row: OutboxRow, now: datetime) -> ReminderNow:
        """What of a reminder is to be said now, by what it is about (`state.chasing_records.ChaseRecord.id`)."""
        ...
