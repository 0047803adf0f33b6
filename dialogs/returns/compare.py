"""Where returns disagree about a fact: listed for people with who says what, never silently resolved. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import msgspec

from dialogs.filling.asking import child_label, shown
from dialogs.kit import Kit
from state.values import JSON
from templates.forms.filled import Filled

OF_A_CHILD = ("name", "date_of_birth", "ethnicity", "religion", "disability", "sex")
ADDRESSES = "addresses"


class Says(msgspec.Struct, frozen=True):
    """What one of them says. `who` is the organisation's name, or the referral's."""

    who: str
    text: str


class Disagreement(msgspec.Struct, frozen=True, kw_only=True):
    """One question on which they differ, in the form's own words. `path` is that of the form `scoping`."""

    path: str
    label: str
    child: str = ""
    """Which child it is about, where there are several."""
    says: tuple[Says, ...]


def disagreements(
    kit: Kit, today: date, referral: tuple[str, Filled] | None, returns: Sequence[tuple[str, Filled]]
) -> tuple[Disagreement, ...]:
    """Every fact on which the referral and the returns, or two returns, differ. Not known and unanswered say nothing.

    Of the returns only those that were sent should be given, by the organisation's name.
    """
    everybody = [*([referral] if referral else []), *returns]
    found = [one for child in _children(everybody) for one in _of_child(kit, today, everybody, child)]
    return (*found, *_addresses(kit, everybody, referral))


def _children(everybody: Sequence[tuple[str, Filled]]) -> list[int]:
    return sorted({child for _, filled in everybody for child in filled.children()})


def _of_child(kit: Kit, today: date, everybody: Sequence[tuple[str, Filled]], child: int) -> Iterator[Disagreement]:
    several = len(_children(everybody)) > 1
    called = child_label(everybody[0][1], child, kit) if several else ""
    for name in OF_A_CHILD:
        path = f"children.{child}.{name}"
        said = [(who, filled, value) for who, filled in everybody if (value := _value(filled, path)) is not None]
        read = [(who, _shown(kit, today, filled, path), value) for who, filled, value in said]
        if len({_normal(value if isinstance(value, dict) else text) for _, text, value in read}) > 1:
            says = tuple(Says(who, text) for who, text, _ in read)
            yield Disagreement(path=path, label=_label(kit, name), child=called, says=says)


def _value(filled: Filled, path: str) -> JSON:
    """What was said there. An answer that is still only offered is not the organisation's own word."""
    return filled.value(path) if filled.printed(path) else None


def _normal(value: JSON) -> str:
    """The same for what means the same: a date by its days, a text without capitals and spaces."""
    if isinstance(value, dict):
        return f"{value.get('earliest')}/{value.get('latest')}"
    return " ".join(str(value).casefold().replace(".", "").replace(",", " ").split())


def _shown(kit: Kit, today: date, filled: Filled, path: str) -> str:
    found = filled.shape.find(path)
    return shown(filled.answers[path], found[1], filled, kit, today) if found else ""


def _label(kit: Kit, name: str) -> str:
    return kit.profile.shapes["scoping"].by_state[f"children.{name}"].question.label


def _addresses(
    kit: Kit, everybody: Sequence[tuple[str, Filled]], referral: tuple[str, Filled] | None
) -> Iterator[Disagreement]:
    """The addresses that some know and others do not, each with who gives it."""
    known = {who: _listed(filled, of_referral=referral is not None and filled is referral[1]) for who, filled in everybody}
    giving = {who: given for who, given in known.items() if given}
    if len({frozenset(given) for given in giving.values()}) < 2:
        return
    label = kit.profile.shapes["scoping"].by_state[ADDRESSES].question.label
    says = tuple(Says(who, "; ".join(given.values())) for who, given in giving.items())
    yield Disagreement(path=ADDRESSES, label=label, says=says)


def _listed(filled: Filled, *, of_referral: bool) -> Mapping[str, str]:
    """Each address by what it means, as it was written."""
    if of_referral:
        paths = [f"children.{n}.address" for n in filled.children()] + [f"family.{n}.address" for n in filled.rows("family")]
    else:
        paths = [f"{ADDRESSES}.{n}.address" for n in filled.rows(ADDRESSES)]
    texts = [value for path in paths if isinstance(value := _value(filled, path), str)]
    return {_normal(text): text for text in texts}
