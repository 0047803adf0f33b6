"""The kit of a profile: its forms' machines compiled, and what each form does of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from dialogs.asking.vocabulary import Vocabulary
from dialogs.filling.machine import FormMachine
from dialogs.kit import Kit
from dialogs.table import BEHAVIOURS, INTENTS, PRESSES
from templates.profile import Profile


def make_kit(
    profile: Profile,
    digest: Callable[[str, str], str],
    tenants: frozenset[str],
    reachable: frozenset[str] = frozenset(),
    *,
    prints: bool = False,
) -> Kit:
    """The kit of a profile. Built once: compiling the machines takes a moment."""
    machines = {name: FormMachine(shape) for name, shape in profile.shapes.items()}
    return Kit(
        profile=profile,
        words_typed=cache(lambda: Vocabulary(profile.phrases, profile.danger, profile.agencies, profile.file.prefix)),
        machines=machines,
        behaviours=BEHAVIOURS,
        digest=digest,
        tenants=tenants,
        reachable=reachable,
        actions=frozenset(PRESSES),
        intents=frozenset(INTENTS),
        prints=prints,
    )
