"""Roles, channels and whoever can be reached in them, as the database has them."""

from __future__ import annotations

from collections.abc import Iterator

from bot.doctor.finding import Finding, failed, not_checked, ok, warning
from bot.doctor.keys import NO_DATABASE, NO_SURVEY
from bot.doctor.subject import Subject
from dialogs.telling import COORDINATORS
from state.access import Role, in_force
from state.records import PlaceRecord
from state.scoping_records import OrganisationRecord
from state.sqlite.surveying import Survey
from state.values import Channel, PlaceKind

LEADS = frozenset({Role.AGENCY_LEAD, Role.DEPUTY})


def unread(subject: Subject) -> list[Finding]:
    """What to say where there is no database to look at."""
    return [not_checked(NO_SURVEY if subject.database.exists() else NO_DATABASE)]


def holders(survey: Survey, *roles: str, organisation: str = "") -> frozenset[str]:
    """Whoever has one of those roles now, and was not removed."""
    removed = {person.id for person in survey.people if person.removed_at is not None}
    having = {one.person for one in survey.grants if in_force(one) and one.role in roles and one.organisation == organisation}
    return frozenset(having - removed)


def open_doors(subject: Subject) -> frozenset[str]:
    """The channels in which the assistant speaks, by these settings."""
    local = subject.settings.mode == "local"
    doors = {Channel.CONSOLE: local, Channel.TEAMS: local or subject.settings.teams, Channel.SLACK: subject.settings.slack}
    return frozenset(door.value for door, is_open in doors.items() if is_open)


async def roles(subject: Subject) -> list[Finding]:
    """Whether somebody runs the reviews, and whether somebody can stand in."""
    if subject.survey is None:
        return unread(subject)
    coordinators = holders(subject.survey, Role.COORDINATOR)
    if not coordinators:
        return [failed("Nobody is a coordinator.", "Run: cspr setup. Let the first coordinator type its code in chat.")]
    found = []
    if len(coordinators) == 1:
        do = 'Let the coordinator add another one in chat ("add person"): whatever needs two people cannot be done.'
        found.append(warning("There is only one coordinator.", do))
    if not holders(subject.survey, Role.MANAGER):
        found.append(warning("Nobody is a manager.", 'Let the coordinator add one in chat ("add person").'))
    return found or [ok(f"{len(coordinators)} coordinators, and a manager.")]


async def coordinators(subject: Subject) -> list[Finding]:
    """Whether new referrals are told in a channel of the coordinators'."""
    if subject.survey is None:
        return unread(subject)
    if _tied(subject.survey, COORDINATORS, open_doors(subject)):
        return [ok("The coordinators' channel is tied.")]
    said = "No channel of the coordinators is tied: each is told one to one."
    return [warning(said, "Let a coordinator write to the assistant in that channel: tie channel")]


async def organisations(subject: Subject) -> list[Finding]:
    """Whether each organisation can be asked, and somebody there can answer."""
    if subject.survey is None:
        return unread(subject)
    known = [one for one in subject.survey.organisations if one.ended_at is None]
    if not known:
        do = 'Let the coordinator add them in chat ("organisations").'
        return [warning("There is no organisation that could be asked.", do)]
    found = [one for organisation in known for one in _organisation(subject, subject.survey, organisation)]
    return found or [ok(f"All {len(known)} organisations can be asked, and somebody there can answer.")]


def _organisation(subject: Subject, survey: Survey, one: OrganisationRecord) -> Iterator[Finding]:
    doors = open_doors(subject)
    tied = _tied(survey, one.id, doors)
    if not tied and not one.email:
        said = f"{one.name} cannot be asked: it has no tied channel and no e-mail address."
        yield warning(said, "Tie its channel, or give it an e-mail address in chat (organisations).")
    leads = holders(survey, *LEADS, organisation=one.id)
    if tied and not leads:
        said = f"{one.name} has nobody who can answer for it."
        yield warning(said, 'Let the coordinator add an agency lead of it in chat ("add person").')
    elif leads and not any(place.person in leads and place.channel in doors for place in _chats(survey)):
        said = f"No lead or deputy of {one.name} can be written to: none has spoken to the assistant in a channel that is set."
        yield warning(said, "Ask them to say hello to the assistant, one to one.")


async def doors(subject: Subject) -> list[Finding]:
    """Whether a channel is tied in a service that the settings do not have any more."""
    if subject.survey is None:
        return unread(subject)
    there = open_doors(subject)
    lost = [place for place in subject.survey.places if place.tied_to and place.channel not in there | {Channel.CONSOLE}]
    if not lost:
        return [ok("Every tied channel is in a service that is set.")]
    return [_lost(place) for place in sorted(lost, key=lambda place: place.tied_to)]


def _lost(place: PlaceRecord) -> Finding:
    said = f"The channel of {place.tied_to} is tied in {place.channel.title()}, which is not set."
    return warning(said, f"Set what {place.channel.title()} needs, or tie another channel.")


async def restricted(subject: Subject) -> list[Finding]:
    """Whether each restricted case has somebody on its list who can still work on it. Only their number is said."""
    if subject.survey is None:
        return unread(subject)
    able = holders(subject.survey, Role.COORDINATOR)
    stuck = sum(able.isdisjoint(named) for named in subject.survey.lists.values())
    if not stuck:
        return [ok("Each restricted case has a coordinator on its list.")]
    said = f"{_counted(stuck, 'open restricted case has', 'open restricted cases have')} no coordinator on the list."
    return [warning(said, "Ask the people who know of a restricted case to put a coordinator on its list.")]


async def deliveries(subject: Subject) -> list[Finding]:
    """What did not get through lately, and what waits. Numbers only."""
    if subject.survey is None:
        return unread(subject)
    given_up, waiting = subject.survey.given_up, subject.survey.waiting
    found = []
    if given_up:
        said = f"{_counted(given_up, 'message or document', 'messages or documents')} of the last week did not get through."
        found.append(warning(said, "Run: cspr delivery --failed"))
    if waiting:
        said = f"{_counted(waiting, 'message or document has', 'messages or documents have')} waited for more than an hour."
        found.append(warning(said, "See that the assistant runs, and look at what failed above. Run: cspr delivery"))
    return found or [ok("Everything of the last week got through, and nothing has waited long.")]


def _counted(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def _tied(survey: Survey, to: str, doors: frozenset[str]) -> bool:
    return any(place.tied_to == to and place.confirmed_by and place.channel in doors for place in survey.places)


def _chats(survey: Survey) -> Iterator[PlaceRecord]:
    return (place for place in survey.places if place.person and place.kind == PlaceKind.PERSONAL)
