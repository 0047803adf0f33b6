"""A partnership with which nothing is wrong, as the database has it."""

from __future__ import annotations

from typing import Any

from doctor_kit import NOW

from state.records import GrantRecord, PersonRecord, PlaceRecord
from state.scoping_records import OrganisationRecord
from state.sqlite.surveying import Survey

POLICE = OrganisationRecord(id="police", name="Test Police", kind="police")
LEAD = PersonRecord(id="tenant/lead", name="Test Lead")


def place(conversation: str, channel: str = "teams", **given: Any) -> PlaceRecord:
    fresh = {"id": f"{channel}:{conversation}", "kind": "channel" if "tied_to" in given else "personal"}
    return PlaceRecord(channel=channel, conversation=conversation, **(fresh | given))


def tied(to: str, channel: str = "teams") -> PlaceRecord:
    return place(f"channel-{to}", channel, tied_to=to, tied_by="tenant/one", confirmed_by="tenant/one")


def grant(person: str, role: str, **given: Any) -> GrantRecord:
    fresh = {"granted_by": "setup", "granted_at": NOW, "confirmed_by": "tenant/other"}
    return GrantRecord(id=f"{person} {role}", person=person, role=role, **(fresh | given))


WHOLE = Survey(
    schema=5,
    organisations=(POLICE,),
    people=(LEAD,),
    grants=(
        grant("tenant/one", "coordinator"),
        grant("tenant/two", "coordinator"),
        grant("tenant/three", "manager"),
        grant("tenant/lead", "agency_lead", organisation="police"),
    ),
    places=(tied("coordinators"), tied("police"), place("lead", person="tenant/lead")),
    lists={"case": frozenset({"tenant/one"})},
)
