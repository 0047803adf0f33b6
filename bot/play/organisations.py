"""Organisations as plays name them: by id, or by their kind of agency, with `_` and `-` alike."""

from __future__ import annotations

from bot.seed import organisations
from dialogs.telling import COORDINATORS
from state.access import Role
from state.scoping_records import OrganisationRecord
from templates.profile import InventedPerson, Profile


def plain(name: str) -> str:
    """A name with its separators alike: `Health_Visiting` and `health visiting` are `health-visiting`."""
    return "-".join(name.casefold().replace("_", " ").replace("-", " ").split())


def known(profile: Profile) -> list[OrganisationRecord]:
    """Everybody who can be asked in a play."""
    return [one for one in organisations(profile) if isinstance(one, OrganisationRecord)]


def named(profile: Profile, name: str) -> list[str]:
    """The ids of what a name means: one organisation, or all of a kind of agency; none where it is neither."""
    everybody = known(profile)
    wanted = plain(name)
    own = [one.id for one in everybody if wanted in (plain(one.id), plain(one.name))]
    return own or [one.id for one in everybody if plain(one.kind) == wanted]


def channels(profile: Profile) -> list[str]:
    """Where a step can be `in`: the coordinators' channel, and one for each organisation somebody belongs to."""
    return [COORDINATORS, *sorted({person.organisation for person in profile.people if person.organisation})]


def channel_of(person: InventedPerson, profile: Profile) -> str:
    """The channel that somebody is in by what they are, or nothing."""
    if person.role in (Role.COORDINATOR, Role.MANAGER):
        return COORDINATORS
    return person.organisation if person.organisation in channels(profile) else ""


def channel_named(profile: Profile, name: str) -> str:
    """The channel that a name means, or nothing. A kind of agency means the one organisation of it that has a channel.

    An organisation to which nobody belongs has one too: it is only tied to nothing yet.
    """
    wanted = plain(name)
    if wanted in (COORDINATORS, COORDINATORS.removesuffix("s")):
        return COORDINATORS
    there, meant = channels(profile), named(profile, name)
    found = [one for one in meant if one in there]
    if len(found) == 1 or len(meant) == 1:
        return (found or meant)[0]
    return next((one for one in there if plain(one) == wanted), "")
