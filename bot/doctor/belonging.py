"""Who belongs to an organisation, and who runs the reviews, as far as the database knows. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from bot.library.inspecting import Reader
from state.access import Role, in_force
from state.sqlite.surveying import Survey


class Belonging(msgspec.Struct, frozen=True, kw_only=True):
    """Organisations by whatever a library may know a person by: an object id or an e-mail address, in small letters."""

    of: Mapping[str, frozenset[str]]
    runs: frozenset[str]
    """The same of coordinators, who may read every library."""

    def organisations(self, reader: Reader) -> frozenset[str]:
        """Those that a reader belongs to."""
        return frozenset().union(*(self.of.get(mark, frozenset()) for mark in _marks(reader)))

    def may_read_all(self, reader: Reader) -> bool:
        """Whether a reader runs the reviews."""
        return not self.runs.isdisjoint(_marks(reader))


def _marks(reader: Reader) -> frozenset[str]:
    return frozenset(mark.casefold() for mark in (reader.id, reader.email) if mark)


def belonging(survey: Survey) -> Belonging:
    """Leads, deputies and authors of organisations, whoever says that they work there, and all their accounts."""
    marks = _marks_of_people(survey)
    of: dict[str, set[str]] = defaultdict(set)
    for person, organisation in _pairs(survey):
        for mark in marks.get(person, {_object(person)}):
            of[mark].add(organisation)
    running = (one.person for one in survey.grants if in_force(one) and one.role == Role.COORDINATOR)
    runs = frozenset(mark for person in running for mark in marks.get(person, {_object(person)}))
    return Belonging(of={mark: frozenset(names) for mark, names in of.items()}, runs=runs)


def _pairs(survey: Survey) -> Iterable[tuple[str, str]]:
    yield from ((one.person, one.organisation) for one in survey.grants if in_force(one) and one.organisation)
    yield from ((one.id, one.organisation) for one in survey.people if one.organisation)
    yield from ((person, organisation) for organisation, person in survey.authors)


def _marks_of_people(survey: Survey) -> Mapping[str, set[str]]:
    marks: dict[str, set[str]] = defaultdict(set)
    for person in survey.people:
        marks[person.id] |= {_object(person.id), *([person.email.casefold()] if person.email else [])}
    for account in survey.accounts:
        if account.linked:
            marks[account.person] |= {_object(account.person), _object(account.id)}
    return marks


def _object(person: str) -> str:
    """The id of a person in their directory, without the tenant: no two tenants have the same."""
    return person.partition("/")[2].casefold()
