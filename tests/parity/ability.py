"""What an ability is: something a person can do, the journey that shows it, and where it cannot be done, with the reason."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

import msgspec

from state.values import Channel
from tests.parity.world import World

Journey = Callable[[World], Awaitable[None]]
CONSOLE, TEAMS, SLACK = Channel.CONSOLE, Channel.TEAMS, Channel.SLACK


class Ability(msgspec.Struct, frozen=True):
    """A row of the table. `cannot` says why not, in plain words; the journey must then end at something not offered.

    `beside` is another channel of the same house that the journey goes to, for each channel that it begins in.
    """

    name: str
    title: str
    journey: Journey
    cannot: Mapping[Channel, str] = {}
    beside: Mapping[Channel, Channel] = {}


class Chapter:
    """Abilities that stand together in the table, in the order in which they are told."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.abilities: list[Ability] = []

    def can(
        self, title: str, cannot: Mapping[Channel, str] | None = None, *, beside: Mapping[Channel, Channel] | None = None
    ) -> Callable[[Journey], Journey]:
        """The journey below shows that a person can do this, everywhere but where it says why not."""

        def told(journey: Journey) -> Journey:
            self.abilities.append(Ability(journey.__name__, title, journey, cannot or {}, beside or {}))
            return journey

        return told


NO_WINDOWS = "A terminal has no windows. The same is asked question by question."
NO_THREADS = "A terminal has one list of messages, without threads. What is said stands at its end."
NO_PREVIEWS = "A terminal shows no previews."
NO_REPRINT = "What a terminal has printed stays as it is. What can be typed follows."
NO_ASIDE = "Everybody at a terminal reads the same screen. Nothing that identifies anybody is said there."
NO_PICTURES = "A terminal draws no pictures. It says all of it in words."
ONE_KEYBOARD = "A line is typed once, and arrives once."
