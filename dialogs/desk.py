"""Where one turn is worked out: what was read, what has been decided so far, and the Changes it ends in. No I/O."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from msgspec.structs import replace

from dialogs.asking.meaning import Understood
from dialogs.behaviour import Behaviour
from dialogs.completed import filled
from dialogs.kit import Kit
from dialogs.reply import Reply, Window, as_json
from dialogs.standing import Standing
from dialogs.turn import ANSWERED_AT_ONCE, Consented, Press, Turn
from state.changes import Changes, Entry, Kind, Move, Send
from state.records import (
    AnswerRecord,
    DraftRecord,
    PersonRecord,
    PlaceRecord,
    Record,
    TalkRecord,
)
from state.scoping_records import OrganisationRecord
from state.snapshot import Snapshot, Written
from state.values import JSON, utc_text
from templates.forms.filled import Filled
from templates.forms.model import Section

R = TypeVar("R", bound=Record)
REFERRAL = "referral"
FILES = "#files"
"""How the lane of the copies that are sent to a conversation ends."""
RESTRICTED = "restricted"
"""The one answer that is also a property of its draft: who may see it."""


class Desk(Standing):
    """One turn's working place. Dialogs read from it, put records on it and say things; `changes()` ends it."""

    def __init__(self, turn: Turn, snapshot: Snapshot, kit: Kit) -> None:
        super().__init__(turn, snapshot, kit)
        self._spoken = turn.place.id
        self.answers: dict[str, AnswerRecord] = dict(snapshot.answers)
        self.draft: DraftRecord | None = snapshot.draft
        self.place: PlaceRecord = snapshot.place or self._first_kept()
        self.talk: TalkRecord = snapshot.talk or TalkRecord(person=turn.who.id, place=turn.place.id)
        self.window: Window | None = None
        self.meant: Understood = Understood("unknown", sure=False)
        """What was typed, as it was understood. Set before anything is done about it."""
        self._before: Mapping[str, AnswerRecord] = snapshot.answers
        self._filled: Filled | None = None
        self._puts: dict[tuple[str, ...], Record] = {}
        self._history: list[Entry] = []
        self._sends: list[Send] = []
        self._moves: list[Move] = []

    def _first_kept(self) -> PlaceRecord:
        """This place, as it is first kept."""
        mine = {"person": self.turn.who.id, "account": self.turn.account} if self.private else {}
        return PlaceRecord.of(self.turn.place, **mine)

    @property
    def unseen(self) -> bool:
        """Whether what is said now is read by this person alone: in their own conversation, or in a window over a channel."""
        return self.private or isinstance(self.turn.said, ANSWERED_AT_ONCE)

    @property
    def at_hand(self) -> DraftRecord:
        """The draft this turn is about. LookupError where there is none: the caller should have looked first."""
        if self.draft is None:
            raise LookupError("this turn is not about a draft")
        return self.draft

    @property
    def behaviour(self) -> Behaviour:
        """What the form of the draft at hand does of its own. LookupError where there is no draft."""
        return self.kit.behaviours[self.at_hand.form]

    def words(self, key: str, **values: object) -> str:
        """A sentence of the profile."""
        return self.kit.words.say(key, **values)

    def on_list(self) -> frozenset[str]:
        """The people named on the draft at hand, without those who were taken off again."""
        now = self.turn.at
        return frozenset(
            p.person for p in self.snapshot.draft_people if p.relation == "named" and (p.until is None or p.until > now)
        )

    def put(self, record: Record) -> None:
        """Write a row. Putting the same row again replaces what this turn would have written."""
        key = (record.TABLE, *(str(getattr(record, name)) for name in record.KEY))
        self._puts[key] = record
        self._filled = None if isinstance(record, AnswerRecord | DraftRecord) else self._filled
        if isinstance(record, AnswerRecord):
            self.answers[record.path] = record
        elif isinstance(record, DraftRecord) and (self.draft is None or record.id == self.draft.id):
            self.draft = record
        elif isinstance(record, TalkRecord):
            self.talk = record
        elif isinstance(record, PlaceRecord) and record.id == self.place.id:
            self.place = record

    def begin(self, draft: DraftRecord) -> None:
        """A new draft takes the place of the one at hand, which stays as it is."""
        self.draft = draft
        self.answers = {}
        self._before = {}
        self.put(draft)

    def take_up(self, written: Written) -> None:
        """Another draft of the case becomes the one at hand."""
        self.draft = written.draft
        self.answers = dict(written.answers)
        self._before = written.answers
        self._filled = None

    def form(self, name: str) -> Written | None:
        """The case's first draft of that form, as it was read."""
        return next((one for one in self.snapshot.written if one.draft.form == name), None)

    def keep_answer(self, path: str, state: str, value: JSON = None, *, source: str = "typed") -> None:
        """Write one version of one answer of the draft at hand."""
        draft = self.at_hand
        if draft.touched_at != self.turn.at:
            self.put(replace(draft, touched_at=self.turn.at))
        if path == RESTRICTED and state == "given" and draft.form == REFERRAL:
            self.put(replace(draft, restricted=value == "yes", touched_at=self.turn.at))
        before = self._before.get(path)
        by, at, seen = self.turn.who.id, self.turn.at, before.version if before else 0
        self.put(AnswerRecord(draft=draft.id, path=path, state=state, value=value, source=source, by=by, at=at, version=seen))

    def written(self) -> list[AnswerRecord]:
        """The answers of the draft at hand that this turn has written so far."""
        draft = self.draft.id if self.draft else ""
        return [one for one in self._puts.values() if isinstance(one, AnswerRecord) and one.draft == draft]

    def version_of(self, path: str) -> int:
        """How often an answer will have been written once this turn is kept."""
        answer = self.answers.get(path)
        written = ("answers", answer.draft, path) in self._puts if answer else False
        return answer.version + written if answer else 0

    def filled(self) -> Filled:
        """The draft at hand with its answers as they are now."""
        if self._filled is None:
            self._filled = filled(self.kit, self.at_hand, self.answers, self._writes)
        return self._filled

    def _writes(self, section: Section) -> bool:
        behaviour = self.kit.behaviours.get(self.at_hand.form)
        return behaviour is None or behaviour.may_write(self, section)

    def put_so_far(self, record: type[R], *key: str) -> R | None:
        """The row of that key as this turn writes it, or None where it has not."""
        found = self._puts.get((record.TABLE, *key))
        return found if isinstance(found, record) else None

    def say(self, reply: Reply, *, card: str = "") -> None:
        """Answer where the person spoke, or where a dialog has moved the turn to: their own conversation. `card` names it."""
        place = self.turn.place.id
        self._send(Kind.REPLY if place == self._spoken else Kind.POST, reply, place, card=card)

    def tell(self, text: str) -> None:
        """Answer this person alone where they can be: a window closes with the sentence, everywhere else it is said."""
        if isinstance(self.turn.said, ANSWERED_AT_ONCE):
            self.window = Window(title=self.words("home.title"), closed_text=text)
        else:
            self.say(Reply(text=text, preview=self.words("filling.preview")))

    def replace_card(self, reply: Reply) -> None:
        """Replace the card whose button was pressed, or the newest one where its answer was typed: it shows nothing more.

        It stands where the person spoke, also where a dialog has moved the turn to their own conversation.
        """
        said = self.turn.said
        card = said.card if isinstance(said, Press | Consented) else self.snapshot.last_card
        if card:
            self._sends = [one for one in self._sends if one.kind is not Kind.UPDATE or one.replaces != card]
            self._send(Kind.UPDATE, reply, self._spoken, replaces=card)

    def _send(self, kind: Kind, reply: Reply, place: str, *, replaces: str = "", card: str = "") -> None:
        passing = self.turn.place.address if kind is Kind.REPLY else {}
        thread, aside = passing.get("thread", ""), "" if card else passing.get("aside", "")
        body = as_json(reply)
        self._sends.append(
            Send(kind=kind, lane=place, place=place, body=body, replaces=replaces, card=card, thread=thread, aside=aside)
        )

    def post(
        self, place: PlaceRecord, reply: Reply, *, case: str = "", reminder: bool = False, card: str = "", about: str = ""
    ) -> None:
        """Say something somewhere else: a channel, somebody's own conversation. `card` names one that will be replaced."""
        self._elsewhere(Kind.POST, place, reply, case=case, reminder=reminder, card=card, about=about)

    def update_card(self, place: PlaceRecord, reply: Reply, *, case: str, card: str) -> None:
        """Replace the card of that name, wherever it stands in that place."""
        self._elsewhere(Kind.UPDATE, place, reply, case=case, card=card)

    def follow(
        self, place: PlaceRecord, reply: Reply, *, case: str, card: str, reminder: bool = False, about: str = ""
    ) -> None:
        """Say something under the card of that name, in its thread. `about` is the open date that a reminder is about."""
        self._elsewhere(Kind.FOLLOW, place, reply, case=case, reminder=reminder, card=card, about=about)

    def _elsewhere(self, kind: Kind, place: PlaceRecord, reply: Reply, **more: Any) -> None:
        body = as_json(reply)
        self._sends.append(Send(kind=kind, lane=place.id, place=place.id, to_person=place.person, body=body, **more))

    def make_document(self, case: str, body: dict[str, JSON], *, what: str = "") -> None:
        """Have a document made and filed, as of this moment. `body` names what to render, no answers; `what` it is called."""
        body = {"at": utc_text(self.turn.at), **body}
        what = what or ":".join(str(body[name]) for name in ("form", "request") if body.get(name))
        # A lane for each document: one that somebody has open in the library keeps no other waiting.
        lane = f"documents:{case}:{what}"
        self._sends.append(Send(kind=Kind.DOCUMENT, lane=lane, body=body, case=case, what=what))

    def give(self, reply: Reply, *, case: str, card: str) -> None:
        """Send this person a copy of a document here, in a lane of its own: nothing else waits until it can be sent."""
        place, me, body = self.turn.place.id, self.turn.who.id, as_json(reply)
        lane = f"{place}{FILES}"
        self._sends.append(Send(kind=Kind.FILE, lane=lane, place=place, to_person=me, body=body, case=case, card=card))

    def tied(self, to: str) -> list[PlaceRecord]:
        """Channels tied to something and confirmed, that can be reached from here."""
        return [p for p in self._reachable() if p.tied_to == to and p.confirmed_by]

    def own_place(self, person: str) -> PlaceRecord | None:
        """Where somebody is told things one to one. Who acts now is answered in the channel they are in: there they look."""
        if person != self.turn.who.id:
            return self.told_place(person)
        here = self.turn.place.channel.value
        return next((one for one in self._own_places(person) if one.channel == here), None) or self.told_place(person)

    def told_place(self, person: str) -> PlaceRecord | None:
        """Where somebody hears of what others do: where they want to be, else by the account that they had first."""
        told_in = self._told_in(person)
        return min(self._own_places(person), key=lambda one: (one.channel != told_in, one.account != ""), default=None)

    def _own_places(self, person: str) -> list[PlaceRecord]:
        known = (*self.snapshot.tied_places, *self.snapshot.accounts.places)
        places = (self.put_so_far(PlaceRecord, one.id) or one for one in known if self.can_reach(one))
        return [one for one in places if one.person == person]

    def _told_in(self, person: str) -> str:
        known = (self.put_so_far(PersonRecord, person), self.snapshot.person)
        everybody = (*known, *self.snapshot.accounts.people, *self.snapshot.all_people)
        return next((one.told_in for one in everybody if one is not None and one.id == person), "")

    def organisation(self, name: str) -> OrganisationRecord | None:
        """The organisation of that id, as it was read."""
        return next((one for one in self.snapshot.organisations if one.id == name), None)

    def name_of(self, person: str) -> str:
        """What a member of staff is called, or their id where they are not known here."""
        if person == self.turn.who.id and self.turn.who.name:
            return self.turn.who.name
        return next((one.name for one in self.snapshot.all_people if one.id == person), person)

    def _reachable(self) -> list[PlaceRecord]:
        return [p for p in self.snapshot.tied_places if self.can_reach(p)]

    def can_reach(self, place: PlaceRecord) -> bool:
        """Whether this process can speak there."""
        return not self.kit.reachable or place.channel in self.kit.reachable

    def note(self, chain: str, kind: str, *, content: JSON = None, **what: str) -> None:
        """Append a line of history."""
        who, edition = self.turn.who.id, self.kit.profile.file.edition
        self._history.append(Entry(chain=chain, kind=kind, who=who, what=what, content=content, edition=edition))

    def stand_at(self, draft: str, state: str, row: int = 0, note: str = "") -> None:
        """Remember what the person is talking about in this place."""
        talk = TalkRecord(
            person=self.turn.who.id,
            place=self.turn.place.id,
            draft=draft,
            state=state,
            row=row,
            note=note,
            asked=self.talk.asked,
            shown=self.talk.shown,
            version=self.snapshot.talk.version if self.snapshot.talk else 0,
        )
        if talk != self.talk:
            self.put(talk)

    def becomes(self, of: str, to: str) -> None:
        """Whatever is one person's is another's from now on: they are the same."""
        self._moves.append(Move(of=of, to=to))

    def take_over(self, other: Desk) -> None:
        """What was decided on another desk of this turn is decided: one case of several, each read for itself."""
        self._puts |= other._puts
        self._history += other._history
        self._sends += other._sends

    def changes(self) -> Changes:
        """Everything this turn decided."""
        return Changes(
            puts=tuple(self._puts.values()),
            history=tuple(self._history),
            sends=tuple(self._sends),
            moves=tuple(self._moves),
            answer=as_json(self.window) if self.window else None,
        )
