"""The kit of a profile: its forms' machines compiled, and what each form does of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, lru_cache

import msgspec

from dialogs.asking.vocabulary import Vocabulary
from dialogs.filling.machine import FormMachine
from dialogs.kit import Kit
from dialogs.table import BEHAVIOURS, INTENTS, PRESSES
from templates.profile import Profile


class Compiled(msgspec.Struct, frozen=True):
    """What is made of a profile, and never changes: the words that are typed (when they are first), and the machines."""

    words_typed: Callable[[], Vocabulary]
    machines: Mapping[str, FormMachine]


class _This:
    """One profile, told from others by which it is: to compare what stands in two takes longer than to compile one."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _This) and other.profile is self.profile

    def __hash__(self) -> int:
        return id(self.profile)


def make_kit(
    profile: Profile,
    digest: Callable[[str, str], str],
    tenants: frozenset[str],
    reachable: frozenset[str] = frozenset(),
    *,
    prints: bool = False,
) -> Kit:
    """The kit of a profile. Compiling takes a moment, and is done once for a profile however many kits are made of it."""
    compiled = _compiled(_This(profile))
    return Kit(
        profile=profile,
        words_typed=compiled.words_typed,
        machines=compiled.machines,
        behaviours=BEHAVIOURS,
        digest=digest,
        tenants=tenants,
        reachable=reachable,
        actions=frozenset(PRESSES),
        intents=frozenset(INTENTS),
        prints=prints,
    )


@lru_cache(maxsize=2)
def _compiled(this: _This) -> Compiled:
    profile = this.profile
    return Compiled(
        words_typed=cache(lambda: Vocabulary(profile.phrases, profile.danger, profile.agencies, profile.file.prefix)),
        machines={name: FormMachine(shape) for name, shape in profile.shapes.items()},
    )
