"""Steps that the stories of chasing share: what was said where, and how far a date was chased."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from asked import NIL, fills_in_windows, opens, sends
from scoping_steps import case_of, id_of
from story import Story, text_of

from bot.console.places import channel
from state.chasing_records import ChaseRecord
from state.records import GrantRecord, PlaceRecord
from state.snapshot import Wanted
from state.values import LONDON

POLICE, COORDINATORS, MANAGER = "channel:police", "channel:coordinators", "manager"


def at(text: str) -> datetime:
    """A moment in England."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


DIGEST = "Your digest\n"
"""What a digest begins with. It comes beside the reminders, and is told by stories of its own."""


class Heard:
    """What is said in each place from now on, the digests of the week by themselves."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._before = {place: len(said) for place, said in story.channel.said.items()}

    def at(self, place: str) -> list[str]:
        """What was said in one place since, but for the digests."""
        return [text for text in self._said(place) if not text.startswith(DIGEST)]

    def digests(self, place: str) -> list[str]:
        """The digests that were told in one place since."""
        return [text for text in self._said(place) if text.startswith(DIGEST)]

    def everywhere(self) -> str:
        """What was said anywhere since."""
        return "\n".join(self._all())

    def _said(self, place: str) -> list[str]:
        return [text_of(one) for one in self._story.channel.said[place][self._before.get(place, 0) :]]

    def _all(self) -> Iterator[str]:
        for place in list(self._story.channel.said):
            yield from self.at(place)


async def by_day(story: Story, until: str) -> dict[str, list[tuple[str, str]]]:
    """What is said in each place, with the day and hour, while time goes by until a moment."""
    found: dict[str, list[tuple[str, str]]] = {}
    moment = story.clock.now()
    while moment <= at(until):
        heard = Heard(story)
        await story.passes(moment)
        moment = await story.parts.chaser.next_after(story.clock.now())
        told = story.clock.now().astimezone(LONDON).strftime("%d %b %H:%M")
        for place in list(story.channel.said):
            found.setdefault(place, []).extend((told, text.split("\n[")[0]) for text in heard.at(place))
    return found


async def chases(story: Story) -> dict[str, ChaseRecord]:
    """How far the dates of the only case were chased."""
    case = await case_of(story)
    found = await story.parts.store.read(Wanted(turn="", person="", place="", case=case.id, chases=True))
    return {one.id: one for one in found.chases}


async def date_of(story: Story, kind: str, key: str = "") -> str:
    """The id of a date of the only case."""
    case = await case_of(story)
    return f"{case.id}:{kind}:{key}" if key else f"{case.id}:{kind}"


async def answers_nil(story: Story, request: str) -> None:
    """The organisation knows neither child nor family, and says so in windows over its channel."""
    await opens(story, "not_known_to_us", request)
    await sends(story, "begin_nil")
    await fills_in_windows(story, {**NIL, "names_checked": "children.1,family.1"})
    await sends(story, "window_send")


async def role(story: Story, person: str, name: str, organisation: str = "") -> None:
    """Somebody has another role."""
    await story.write(
        GrantRecord(
            id=f"{name}-{person}",
            person=id_of(story, person),
            role=name,
            organisation=organisation,
            granted_by="test",
            granted_at=story.clock.now(),
            confirmed_by="test",
        )
    )


async def place_of(story: Story, name: str) -> PlaceRecord:
    """A channel as it is kept."""
    found = (await story.parts.store.read(Wanted(turn="", person="", place=channel(name).id))).place
    assert found is not None
    return found
