"""A text of several parts: two requests, one request and why, or a long explanation with a request in one of its clauses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import msgspec

from dialogs.asking.filling import slots_of
from dialogs.asking.gist import Gist, gist_of
from dialogs.asking.intents import Heard, heard
from dialogs.asking.meaning import Slots
from dialogs.asking.splitting import Halves, clauses, halves
from dialogs.asking.vocabulary import Vocabulary


class Meant(NamedTuple):
    """An intent, its slots, and the intent of a second request."""

    said: Heard
    slots: Slots
    also: str = ""


class Apart(msgspec.Struct, frozen=True):
    """One text, to be looked at part by part."""

    gist: Gist
    known: Vocabulary
    today: date
    organisations: Mapping[str, str]

    def two(self) -> Meant | None:
        """Two requests, or one and why it is made; nothing where the text is one."""
        return next((found for parted in halves(self.gist, self.known) if (found := self._parted(parted))), None)

    def clause(self) -> Meant | None:
        """The request that one clause of a long text is."""
        for text in clauses(self.gist):
            part = self._gist(text)
            now = heard(part, self.known)
            if now.sure and now.worth:
                return Meant(now, _filled(self._slots(part, now), Slots(case=self.gist.case)))
        return None

    def _parted(self, parted: Halves) -> Meant | None:
        first, second = self._gist(parted.first), self._gist(parted.second)
        now, then = heard(first, self.known), heard(second, self.known)
        if not (then.sure and then.worth):
            return None
        if now.command == then.intent:
            return Meant(then, self._slots(self.gist, then))
        if parted.why or (now.intent in self.known.own and then.intent not in self.known.own):
            return Meant(then, _filled(self._slots(second, then), self._slots(self.gist, then)))
        if not (now.sure and now.worth) or now.intent == then.intent:
            return None
        if parted.either:
            doubt = Heard(now.intent, sure=False, suggestions=(now.intent, then.intent))
            return Meant(doubt, self._slots(self.gist, now))
        return Meant(now, self._slots(first, now), then.intent)

    def _gist(self, text: str) -> Gist:
        return gist_of(text, self.known, self.today, self.organisations)

    def _slots(self, gist: Gist, said: Heard) -> Slots:
        return slots_of(gist, said.intent, self.known, self.today)


def _filled(slots: Slots, others: Slots) -> Slots:
    """The slots of a part of a text, with what the rest of it is about: its case, and who."""
    about = {name: getattr(others, name) for name in ("case", "agency", "organisation", "person", "kind")}
    return msgspec.structs.replace(
        slots, **{name: value for name, value in about.items() if value and not getattr(slots, name)}
    )
