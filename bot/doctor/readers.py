"""Who can read which library: no organisation's people read the case library, or what is another organisation's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.doctor.belonging import Belonging, belonging
from bot.doctor.finding import Finding, failed, not_checked, ok, warning
from bot.doctor.library import called, inspectable
from bot.doctor.subject import Subject
from bot.library.document import CASES
from bot.library.inspecting import Reader, Readers
from bot.library.storage import LibraryProblem
from state.sqlite.surveying import Survey

BY_HAND = "Look there yourself: Settings, Library settings, Permissions for this document library."
STRANGERS = {"anonymous": "anybody who has the link", "organization": "everybody in the tenant who has the link"}
NOBODY = Survey(schema=0)


async def readers(subject: Subject) -> list[Finding]:
    """Each library, and all of them beside each other."""
    found: list[Finding] = []
    known: dict[str, Readers] = {}
    for shelf, storage in subject.shelves.items():
        looked = inspectable(storage)
        try:
            if looked is not None:
                known[shelf] = await looked.readers()
        except LibraryProblem:
            found.append(not_checked(f"Who can read {called(shelf)} could not be asked.", BY_HAND))
    who = belonging(subject.survey or NOBODY)
    found += [one for shelf in known for one in _of_one(shelf, known, who)]
    if subject.survey is None:
        found.append(not_checked("Who belongs to which organisation is not known without the database."))
    return found or [ok("As far as can be seen, nobody reads a library that is not theirs.")]


def _of_one(shelf: str, known: Mapping[str, Readers], who: Belonging) -> Iterator[Finding]:
    yield from _everybody(shelf, known[shelf])
    yield from _people(shelf, known, who)
    yield from _groups(shelf, known)
    if known[shelf].hidden:
        yield not_checked(f"{_named(shelf)} does not show the assistant who can read it.", BY_HAND)


def _everybody(shelf: str, those: Readers) -> Iterator[Finding]:
    for everyone in those.everyone:
        do = "Take them off its permissions. In a folder, run chmod 700; in SharePoint, let it not inherit those of the site."
        yield failed(f"{_named(shelf)} can be read by {everyone}.", do)
    for link in those.links:
        if link in STRANGERS:
            said = f"{_named(shelf)} is shared by a link, with {STRANGERS[link]}."
            yield failed(said, "Delete the link: Manage access, Links. The assistant makes none.")
        else:
            said = f"{_named(shelf)} is shared by a link with people who are named in it."
            yield warning(said, "Look whom it lets in, and delete it: Manage access, Links. The assistant makes none.")


def _people(shelf: str, known: Mapping[str, Readers], who: Belonging) -> Iterator[Finding]:
    for person in known[shelf].people:
        theirs = who.organisations(person) | _granted_on(person, shelf, known)
        others = sorted(theirs - {shelf})
        if not others or shelf in theirs or who.may_read_all(person):
            continue
        said = f"{person.called} can read {called(shelf)}, and belongs to {', '.join(others)}."
        yield warning(said, f"Take them off the permissions of {called(shelf)}, or have their role put right.")


def _granted_on(person: Reader, shelf: str, known: Mapping[str, Readers]) -> frozenset[str]:
    """Organisations whose own library somebody can read, whom the assistant may not know: seen from the case library."""
    if shelf != CASES:
        return frozenset()
    return frozenset(one for one, those in known.items() if one and any(_same(person, other) for other in those.people))


def _same(one: Reader, other: Reader) -> bool:
    ids, emails = {one.id.casefold(), other.id.casefold()}, {one.email.casefold(), other.email.casefold()}
    return ids == {one.id.casefold()} != {""} or emails == {one.email.casefold()} != {""}


def _groups(shelf: str, known: Mapping[str, Readers]) -> Iterator[Finding]:
    """Nobody's groups can be looked into with the permissions that the assistant has."""
    for group in known[shelf].groups:
        also = [called(one) for one, those in known.items() if one not in (shelf, CASES) and group.id in _ids(those)]
        name = f'The group "{group.called}"'
        if also:
            said = f"{name} can read {called(shelf)}, and {', '.join(also)} as well."
            yield warning(said, f"Unless only coordinators are in it, take it off {called(shelf)}.")
        elif shelf == CASES:
            said = f"{name} can read {called(shelf)}; the assistant cannot see who is in it."
            yield not_checked(said, "See that nobody of an organisation is in it.")


def _ids(those: Readers) -> frozenset[str]:
    return frozenset(group.id for group in those.groups)


def _named(shelf: str) -> str:
    name = called(shelf)
    return f"{name[0].upper()}{name[1:]}"
