"""Where the coordinators are told things, in their channel or one to one; and who reads along where somebody asks."""

from __future__ import annotations

from collections.abc import Iterable

from dialogs.desk import Desk
from state.access import Role, in_force
from state.records import PlaceRecord

COORDINATORS = "coordinators"
"""What their channel is tied to."""


def tied_here(desk: Desk) -> str:
    """What this conversation is tied to, once somebody has confirmed it: an organisation, the coordinators, or nothing."""
    return desk.place.tied_to if desk.place.confirmed_by else ""


def among_us(desk: Desk) -> bool:
    """Whether nobody reads along but those who run cases: one to one, or in the coordinators' channel."""
    return desk.private or tied_here(desk) == COORDINATORS


def coordinators(desk: Desk) -> list[PlaceRecord]:
    """The coordinators' channel, else the one-to-one conversation of each coordinator that can be reached."""
    people = {g.person for g in desk.snapshot.all_grants if g.role == Role.COORDINATOR and in_force(g)}
    return desk.tied(COORDINATORS) or one_to_one(desk, people)


def one_to_one(desk: Desk, people: Iterable[str]) -> list[PlaceRecord]:
    """The own conversation of each of these people that can be reached."""
    return [place for person in sorted(people) if (place := desk.own_place(person)) is not None]
