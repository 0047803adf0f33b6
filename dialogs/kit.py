"""What deciding a turn needs beside the turn and the snapshot: the profile, its machines and keyed digests. Built once."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from dialogs.asking.vocabulary import Vocabulary
from dialogs.behaviour import Behaviour
from dialogs.filling.machine import FormMachine
from templates.profile import Profile
from templates.wording import Words


class Kit(msgspec.Struct, frozen=True):
    """Everything a decision may use. `digest(purpose, text)` is keyed; nothing else here is secret."""

    profile: Profile
    words_typed: Callable[[], Vocabulary]
    """Gives the vocabulary, which is put together when it is first asked for: that would hold up the start by a tenth."""
    machines: Mapping[str, FormMachine]
    behaviours: Mapping[str, Behaviour]
    digest: Callable[[str, str], str]
    tenants: frozenset[str] = frozenset()
    """Tenants whose people are practitioners. In local mode the invented people's."""
    reachable: frozenset[str] = frozenset()
    """The channels this process can speak in; empty: all. A message to anywhere else would never be delivered."""

    libraries: frozenset[str] = frozenset()
    """The organisations that have a library of their own."""

    actions: frozenset[str] = frozenset()
    """The buttons that lead somewhere. One that names another action is not shown."""

    intents: frozenset[str] = frozenset()
    """What can be asked for in words and leads somewhere."""

    prints: bool = False
    """Whether documents can be made into PDF here: LibreOffice is installed."""

    @property
    def vocabulary(self) -> Vocabulary:
        """What typed words can mean."""
        return self.words_typed()

    @property
    def words(self) -> Words:
        """The profile's words."""
        return self.profile.words
