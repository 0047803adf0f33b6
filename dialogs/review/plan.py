"""One action plan from every suggested action. Actions that read alike are offered to be merged; nobody's is dropped.

Pure: the same suggestions and the same decisions about pairs give the same plan.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import combinations

import msgspec
from msgspec.structs import replace

from dialogs.review.sources import Sources
from state.scoping_records import PairRecord

ALIKE = 0.8
"""From this ratio on two actions read alike."""
_SMALL = ("a", "an", "and", "are", "be", "by", "for", "from", "in", "is", "it", "of", "on", "or", "that", "the", "this", "to")
LITTLE = frozenset(_SMALL)
"""Words that say little when two actions are compared."""
_WORD = re.compile(r"[^\W_]+")


class Suggestion(msgspec.Struct, frozen=True, kw_only=True):
    """An action that a return or the panel suggests. `key` names it by draft, row and version."""

    key: str
    theme: str = ""
    action: str
    organisation: str = ""
    lead: str = ""
    deadline: str = ""
    suggested_by: tuple[str, ...] = ()


def suggestions(sources: Sources) -> list[Suggestion]:
    """Every suggested action: the panel's own first, then those of the returns."""
    return [*_of_the_panel(sources), *_of_the_returns(sources)]


def _of_the_panel(sources: Sources) -> Iterator[Suggestion]:
    report = sources.report
    for row in report.rows("learning"):
        path = f"learning.{row}"
        said = {name: sources.text(report, f"{path}.{name}") for name in ("theme", "action", "agency", "lead", "deadline")}
        if said["theme"] or said["action"]:
            version = max(report.answers[p].version for p in (f"{path}.theme", f"{path}.action") if p in report.answers)
            yield Suggestion(
                key=f"panel:{row}:{version}",
                theme=said["theme"],
                action=said["action"],
                organisation=said["agency"],
                lead=said["lead"],
                deadline=said["deadline"],
            )


def _of_the_returns(sources: Sources) -> Iterator[Suggestion]:
    for one in sources.returns:
        for row in one.filled.rows("actions"):
            path = f"actions.{row}"
            action = sources.text(one.filled, f"{path}.action")
            if action:
                yield Suggestion(
                    key=f"{one.draft}:{row}:{one.filled.answers[f'{path}.action'].version}",
                    theme=sources.text(one.filled, f"{path}.scope"),
                    action=action,
                    organisation=one.organisation,
                    lead=sources.text(one.filled, f"{path}.lead"),
                    deadline=sources.text(one.filled, f"{path}.deadline"),
                    suggested_by=(one.organisation,),
                )


def normal(text: str) -> str:
    """The words of a text that count when it is compared."""
    words = _WORD.findall(text.casefold())
    return " ".join([word for word in words if word not in LITTLE] or words)


def alike(one: str, other: str) -> bool:
    """Whether two actions read alike: the same words in other grammar or order, or with small changes."""
    first, second = normal(one), normal(other)
    if not first or not second:
        return first == second
    return _close(first, second) or _close(_sorted(first), _sorted(second))


def _close(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _sorted(text: str) -> str:
    return " ".join(sorted(text.split()))


def open_pairs(found: Sequence[Suggestion], settled: Collection[PairRecord]) -> list[tuple[Suggestion, Suggestion]]:
    """Pairs that read alike and that nobody has settled, nor merged by way of a third."""
    known = {frozenset((pair.one, pair.other)) for pair in settled}
    group = _groups(found, settled)
    return [
        (one, other)
        for one, other in combinations(found, 2)
        if group[one.key] != group[other.key]
        and frozenset((one.key, other.key)) not in known
        and alike(_words(one), _words(other))
    ]


def _words(one: Suggestion) -> str:
    return one.action or one.theme


def _groups(found: Sequence[Suggestion], settled: Collection[PairRecord]) -> dict[str, str]:
    """The first action of the group that each action was merged into."""
    group = {one.key: one.key for one in found}
    for pair in settled:
        if pair.keeps != "both" and pair.one in group and pair.other in group:
            kept, gone = sorted((group[pair.one], group[pair.other]), key=list(group).index)
            group = {key: kept if first == gone else first for key, first in group.items()}
    return group


def one_plan(found: Sequence[Suggestion], settled: Collection[PairRecord]) -> list[Suggestion]:
    """The plan: one row for each action that stands, with everybody who suggested it."""
    group = _groups(found, settled)
    beaten = {pair.other if pair.keeps == "one" else pair.one for pair in settled if pair.keeps in ("one", "other")}
    together: dict[str, list[Suggestion]] = {}
    for one in found:
        together.setdefault(group[one.key], []).append(one)
    return [_merged(members, beaten) for members in together.values()]


def _merged(members: Sequence[Suggestion], beaten: Collection[str]) -> Suggestion:
    """The wording that stands; leads and deadlines that differ stand beside each other, for people to settle."""
    stands = next((one for one in members if one.key not in beaten), members[0])
    ordered = [stands, *(one for one in members if one is not stands)]
    return replace(
        stands,
        lead=_each_once(one.lead for one in ordered),
        deadline=_each_once(one.deadline for one in ordered),
        organisation=_each_once(one.organisation for one in ordered),
        suggested_by=tuple(dict.fromkeys(name for one in members for name in one.suggested_by)),
    )


def _each_once(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(text for text in texts if text))
