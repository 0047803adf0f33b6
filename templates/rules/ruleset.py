"""Rules as they are used: conditions read, routes found, everything looked up once. Loaded from a profile's folder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from templates.forms.yaml_lines import Mistake, Source
from templates.rules.conditions import ALWAYS, Condition, Holds, Place, Reader, Wrong, any_of, bit
from templates.rules.facts import INDEX
from templates.rules.model import Because, ChangeWords, DutyRow, RouteChoice, RuleRow, RulesFile

FILE = "notification.yaml"
PROFILE = "profile.yaml"
_ROUTES = (
    "notify_then_rapid_review",
    "partners_decide",
    "looked_after_notice_only",
    "care_leaver_notice_only",
    "child_death_review",
    "other_authority",
    "outside_criteria",
)


class Rule(msgspec.Struct, frozen=True, eq=False):
    """A rule with its condition read. `routes` are tried in order."""

    row: RuleRow
    notify: str
    when: Condition
    routes: tuple[tuple[Condition, str], ...]
    reads: frozenset[int]
    """The facts that decide whether it is met and where it leads."""


class Duty(msgspec.Struct, frozen=True, eq=False):
    """A duty with its condition read. Empty sets of advice ask nothing."""

    row: DutyRow
    when: Condition
    notify: frozenset[str]
    route: frozenset[str]


class Clash(msgspec.Struct, frozen=True, eq=False):
    """Answers that make the fact of Read first read differently, with the words that say so."""

    row: Because
    when: Condition


class ReadFirstRule(msgspec.Struct, frozen=True, eq=False):
    """Read first, with the bits of its values."""

    fact: int
    instead_of: int
    read_as: int
    clashes: tuple[Clash, ...]
    holds: Holds
    reads: frozenset[int]


class Rules(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """Everything `assess` needs. Compared by identity, so that it can be part of a cache's key."""

    edition: str
    """The edition of the guidance, stamped on every advice."""
    read_first: ReadFirstRule
    rules: tuple[Rule, ...]
    duties: tuple[Duty, ...]
    file: RulesFile
    advice_tests: tuple[frozenset[int], ...]
    """For each fact, the values that rules look for together."""
    duty_tests: tuple[frozenset[int], ...]
    """The same with what duties look for."""

    @property
    def words(self) -> ChangeWords:
        """The sentences around what is not known."""
        return self.file.words

    def duty_text(self, duty: str) -> str:
        """What a duty asks, in words. Raises KeyError for a duty that is not in the file."""
        return self._duty(duty).text

    def duty_source(self, duty: str) -> str:
        """Where a duty comes from. Raises KeyError for a duty that is not in the file."""
        return self._duty(duty).source

    def _duty(self, duty: str) -> DutyRow:
        return {one.row.id: one.row for one in self.duties}[duty]


def load_rules(folder: Path, edition: str = "") -> Rules:
    """The rules of a profile's `rules` folder; `edition` is read from the profile.yaml above it unless given.

    Raises Mistake, which names file, line and what to do; OSError where a file cannot be read.
    """
    source = Source(folder / FILE)
    file = source.load(RulesFile)
    try:
        return _compiled(file, edition or _edition(folder.parent))
    except Wrong as wrong:
        raise Mistake([source.mistake(wrong.place, str(wrong))]) from wrong


def _edition(folder: Path) -> str:
    profile = Source(folder / PROFILE)
    edition = profile.data.get("edition") if isinstance(profile.data, dict) else None
    if not isinstance(edition, str) or not edition:
        raise Mistake([profile.mistake(("edition",), "edition is missing. Name the edition of the guidance.")])
    return edition


def _compiled(file: RulesFile, edition: str) -> Rules:
    reader = Reader()
    for name, data in file.conditions.items():
        reader.named[name] = reader.read(data, ("conditions", name))
    first = _read_first(file, reader)
    rules = tuple(_rule(file, reader, at) for at in range(len(file.rules)))
    duties = tuple(_duty(reader, row, at) for at, row in enumerate(file.duties))
    _check_whole(file)
    conditions = [clash.when for clash in first.clashes]
    for rule in rules:
        conditions += [rule.when, *(condition for condition, _ in rule.routes)]
    beside = [duty.when for duty in duties]
    return Rules(
        edition=edition,
        read_first=first,
        rules=rules,
        duties=duties,
        file=file,
        advice_tests=_tests(conditions),
        duty_tests=_tests([*conditions, *beside]),
    )


def _when(reader: Reader, data: Mapping[Any, Any], place: Place) -> Condition:
    return reader.read(data, place) if data else ALWAYS


def _read_first(file: RulesFile, reader: Reader) -> ReadFirstRule:
    first = file.read_first
    clashes = tuple(
        Clash(row, _when(reader, row.when, ("read_first", "because", at, "when"))) for at, row in enumerate(first.because)
    )
    whether = any_of([clash.when for clash in clashes])
    return ReadFirstRule(
        fact=INDEX[first.fact],
        instead_of=sum(bit(first.fact, value) for value in set(first.instead_of)),
        read_as=bit(first.fact, first.read_as),
        clashes=clashes,
        holds=whether.holds,
        reads=whether.reads,
    )


def _rule(file: RulesFile, reader: Reader, at: int) -> Rule:
    row = file.rules[at]
    when = _when(reader, row.when, ("rules", at, "when"))
    if row.route in _ROUTES:
        return Rule(row, row.notify, when, ((ALWAYS, row.route),), when.reads)
    if row.route not in file.routes:
        raise Wrong(("rules", at, "route"), f"{row.route} is not a route. Use one of {', '.join((*_ROUTES, *file.routes))}.")
    routes = _routes(reader, file.routes[row.route], ("routes", row.route))
    return Rule(row, row.notify, when, routes, when.reads.union(*(condition.reads for condition, _ in routes)))


def _routes(reader: Reader, choices: list[RouteChoice], place: Place) -> tuple[tuple[Condition, str], ...]:
    if choices[-1].when:
        raise Wrong((*place, len(choices) - 1), "The last line of a route must have no `when`, so that one always holds.")
    return tuple((_when(reader, one.when, (*place, at, "when")), one.route) for at, one in enumerate(choices))


def _duty(reader: Reader, row: DutyRow, at: int) -> Duty:
    when = _when(reader, row.when, ("duties", at, "when"))
    return Duty(row, when, frozenset(row.advised.notify), frozenset(row.advised.route))


def _check_whole(file: RulesFile) -> None:
    """What no single line can show: one rule is always met, no duty stands twice, every fact has its name."""
    if file.rules[-1].when:
        raise Wrong(("rules", len(file.rules) - 1), "The last rule must have no `when`, so that one always decides.")
    names = [duty.id for duty in file.duties]
    for at, name in enumerate(names):
        if name in names[:at]:
            raise Wrong(("duties", at, "id"), f"{name} stands here twice. Remove one.")
    if missing := [fact for fact in INDEX if fact not in file.facts]:
        raise Wrong(("facts",), f"These facts have no name in a sentence: {', '.join(missing)}. Add them.")


def _tests(conditions: Iterable[Condition]) -> tuple[frozenset[int], ...]:
    found: list[set[int]] = [set() for _ in INDEX]
    for condition in conditions:
        for fact, looked_for in condition.tests:
            found[fact].add(looked_for)
    return tuple(frozenset(masks) for masks in found)
