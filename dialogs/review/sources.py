"""What a rapid review is collated from: the referral, the decision, the requests with their returns, and the panel's report.

Only returns that stand count: one that was sent in and is not being corrected, a nil return of the newest issue. Drafts
never do.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property

import msgspec

from dialogs.completed import filled
from dialogs.filling.asking import shown
from dialogs.kit import Kit
from dialogs.scoping.machine import WAITS
from state.records import CaseRecord
from state.scoping_records import RequestRecord
from state.snapshot import Snapshot, Written
from state.values import london_day
from templates.days import short_day
from templates.forms.filled import ANSWERED, Filled
from templates.forms.model import Question

REPORT, SCOPING, NIL = "rapid_review", "scoping", "nil_return"
FULL = ("returned", "accepted")
NOBODY = ("nil_return", "accepted")


class Return(msgspec.Struct, frozen=True, kw_only=True):
    """A full return that stands."""

    request: RequestRecord
    draft: str
    filled: Filled
    organisation: str
    returned_on: str


class Nil(msgspec.Struct, frozen=True, kw_only=True):
    """A nil return that stands."""

    request: RequestRecord
    organisation: str
    confirmed_on: str
    confirmed_by: str


def plain_day(instant: datetime | date | None) -> str:
    """A day as it is read in a report: 27 November 2026."""
    if instant is None:
        return ""
    day = london_day(instant) if isinstance(instant, datetime) else instant
    return short_day(day)


class Sources:
    """Everything that was read of a case, in the shapes that collating asks for."""

    def __init__(self, snapshot: Snapshot, kit: Kit, now: datetime) -> None:
        self.snapshot, self.kit, self.now = snapshot, kit, now
        self.today = london_day(now)

    @property
    def case(self) -> CaseRecord:
        """The case. LookupError where none was read."""
        if self.snapshot.case is None:
            raise LookupError("a rapid review is about a case")
        return self.snapshot.case

    def say(self, key: str, **values: object) -> str:
        """A sentence of the profile."""
        return self.kit.words.say(key, **values)

    def written(self, form: str) -> list[Written]:
        """The drafts of a form, oldest first, without those that were given up."""
        return [one for one in self.snapshot.written if one.draft.form == form and one.draft.status != "cancelled"]

    def _filled(self, written: Written | None, form: str) -> Filled:
        if written is None:
            return Filled(self.kit.profile.shapes[form], {})
        return filled(self.kit, written.draft, written.answers)

    @cached_property
    def report(self) -> Filled:
        """The panel's own answers: the newest version of the report, or nothing yet."""
        return self._filled(next(reversed(self.written(REPORT)), None), REPORT)

    @cached_property
    def referral(self) -> Filled:
        """The referral that the case began with."""
        own = next((one for one in self.written("referral") if one.draft.id == self.case.draft), None)
        return self._filled(own, "referral")

    def organisation(self, request: RequestRecord) -> str:
        """What an organisation is called."""
        known = (one.name for one in self.snapshot.organisations if one.id == request.organisation)
        return next(known, request.organisation)

    def person(self, person: str) -> str:
        """What a member of staff is called."""
        return next((one.name for one in self.snapshot.all_people if one.id == person), "")

    @cached_property
    def requests(self) -> list[RequestRecord]:
        """The case's requests in the order of Document 2, organisations of one kind by name."""
        kinds = [option.id for option in self.kit.profile.lists["agencies"]]
        places = {kind: number for number, kind in enumerate(kinds)}
        return sorted(self.snapshot.requests, key=lambda r: (places.get(r.agency, len(kinds)), self.organisation(r), r.id))

    @cached_property
    def returns(self) -> list[Return]:
        """The full returns that stand."""
        found = ((request, self._full(request)) for request in self.requests)
        return [self._return(request, written) for request, written in found if written is not None]

    def _return(self, request: RequestRecord, written: Written) -> Return:
        return Return(
            request=request,
            draft=written.draft.id,
            filled=self._filled(written, SCOPING),
            organisation=self.organisation(request),
            returned_on=plain_day(request.returned_at),
        )

    def _full(self, request: RequestRecord) -> Written | None:
        if request.state not in FULL or (request.state == "accepted" and self._is_nil(request)):
            return None
        return self._of(request, SCOPING, request.draft)

    def _is_nil(self, request: RequestRecord) -> bool:
        """Whether an accepted answer was "not known to us": a nil return stands, and no return was sent in after it."""
        nil = self._of(request, NIL, request.nil)
        full = self._of(request, SCOPING, request.draft) if request.returns else None
        return nil is not None and (full is None or full.draft.touched_at < nil.draft.touched_at)

    def _of(self, request: RequestRecord, form: str, draft: str) -> Written | None:
        mine = [one for one in self.written(form) if one.draft.owner == f"request:{request.id}"]
        named = [one for one in mine if one.draft.id == draft]
        return next(reversed(named or ([] if draft else mine)), None)

    @cached_property
    def nil(self) -> list[Nil]:
        """The nil returns that stand."""
        said = [one for one in self.requests if one.state in NOBODY and (one.state != "accepted" or self._is_nil(one))]
        return [self._nil(request) for request in said]

    def _nil(self, request: RequestRecord) -> Nil:
        form = self._filled(self._of(request, NIL, request.nil), NIL)
        who = self.who(form, "confirmed_by") or self.person(request.author)
        return Nil(
            request=request,
            organisation=self.organisation(request),
            confirmed_on=plain_day(request.returned_at),
            confirmed_by=self.say("review.entered_for", name=who) if self._on_behalf(request) else who,
        )

    def _on_behalf(self, request: RequestRecord) -> bool:
        """Whether the coordinator entered what came by secure email: nobody with a role in the organisation did."""
        own = {grant.person for grant in self.snapshot.all_grants if grant.organisation == request.organisation}
        return request.delivery == "email" and request.author not in (own | {"", request.delegate, request.senior})

    @cached_property
    def outstanding(self) -> list[RequestRecord]:
        """Requests that were sent and not answered. One that was never sent is not among them."""
        return [one for one in self.requests if one.state in WAITS]

    @cached_property
    def asked(self) -> list[RequestRecord]:
        """Requests that were sent, whatever came of them, less those that were withdrawn."""
        return [one for one in self.requests if one.state not in ("to_send", "withdrawn")]

    def text(self, form: Filled, path: str) -> str:
        """An answer as people read it; nothing where there is none, or its question does not apply."""
        answer, found = form.answers.get(path), form.shape.find(path)
        if answer is None or found is None or answer.state not in ANSWERED or not form.printed(path):
            return ""
        return self._shown(form, path, found[1])

    def who(self, form: Filled, path: str) -> str:
        """Somebody who is named in a form, without how they are reached."""
        value = form.value(path)
        if not isinstance(value, dict):
            return self.text(form, path)
        return ", ".join(str(value[part]) for part in ("name", "role", "agency", "rest") if value.get(part))

    def _shown(self, form: Filled, path: str, question: Question) -> str:
        return shown(form.answers[path], question, form, self.kit, self.today)
