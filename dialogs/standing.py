"""Who speaks, and what they may do: asked before anything is said or done."""

from __future__ import annotations

from dialogs.kit import Kit
from dialogs.turn import Turn
from state.access import Access, Asker, Role, allowed, asker, in_force, relations
from state.records import CasePersonRecord, CaseRecord, DraftRecord
from state.scoping_records import RequestRecord
from state.snapshot import Snapshot
from state.values import PlaceKind


class Standing:
    """Where the person of one turn stands to what was read. A desk is one."""

    def __init__(self, turn: Turn, snapshot: Snapshot, kit: Kit) -> None:
        self.turn, self.snapshot, self.kit = turn, snapshot, kit

    @property
    def asker(self) -> Asker:
        """Who speaks, with the roles in force now."""
        person = self.snapshot.person
        removed = person is not None and person.removed_at is not None
        return asker(self.turn.who.id, self.snapshot.grants, listed=self.turn.listed(self.kit.tenants), removed=removed)

    @property
    def private(self) -> bool:
        """Whether only this person reads along."""
        return self.turn.place.kind is PlaceKind.PERSONAL

    def may(
        self,
        action: str,
        *,
        draft: DraftRecord | None = None,
        case: CaseRecord | None = None,
        people: tuple[CasePersonRecord, ...] | None = None,
    ) -> Access:
        """Whether this person may do something, here about a draft or a case. `people`: its relations, if read elsewhere.

        In a channel a restricted case is absent to everybody: whoever is not on its list would read along.
        """
        if draft is not None:
            related = self._related(draft.owner, self.snapshot.draft_people)
            return allowed(action, self.asker, related, restricted=draft.restricted)
        if case is not None:
            if case.restricted and not self.private:
                return Access.ABSENT
            related = self._related(case.referrer, self.snapshot.case_people if people is None else people)
            return allowed(action, self.asker, related, restricted=case.restricted)
        return allowed(action, self.asker)

    def may_request(self, action: str, request: RequestRecord) -> Access:
        """Whether this person may do something with a request. A role counts only in the organisation it was given for.

        A request that was put to a named senior is that person's alone: whoever leads the organisation is not told of it.
        """
        case = self.snapshot.case
        related = self._related("", self.snapshot.case_people) | self._asked(request)
        grants = [g for g in self.snapshot.grants if not g.organisation or g.organisation == request.organisation]
        who = asker(self.turn.who.id, grants, listed=self.turn.listed(self.kit.tenants), removed=False)
        return allowed(action, who, related, restricted=bool(case and case.restricted))

    def _asked(self, request: RequestRecord) -> frozenset[str]:
        person = self.turn.who.id
        if person == request.senior:
            return frozenset({"agency_author", "senior_agency_lead"})
        if person == request.delegate or self._enters(request):
            return frozenset({"agency_author"})
        leads = any(in_force(g) and g.organisation == request.organisation for g in self.snapshot.grants)
        closed = request.quiet or request.delivery == "private"
        return frozenset({"organisation"}) if leads and not closed else frozenset()

    def _enters(self, request: RequestRecord) -> bool:
        """What comes by secure email is entered by a coordinator, for the organisation."""
        return request.delivery == "email" and Role.COORDINATOR.value in self.asker.roles

    def may_see_own(self) -> bool:
        """Whether this person may see their own referrals and where they stand."""
        return allowed("see_own_referral", self.asker, frozenset({"own"})) is Access.YES

    def _related(self, owner: str, people: tuple[CasePersonRecord, ...]) -> frozenset[str]:
        return relations(self.turn.who.id, people, owner=owner, now=self.turn.at)
