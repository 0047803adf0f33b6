"""People of a case whose returns are late in the Playground: the assistant was off over the last reminders, and is there again.

The days are fixed, so that every reminder of the ladder has been said and nothing is due while the people talk.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

from assistant import Assistant, Talk
from playground import ANSWERING, Message, Playground
from scoping_talk import REFERENCE, People

SENT, ALL_REMINDED, TODAY = "2026-11-23T10:00", "2026-12-03T09:30", "2026-12-04T10:00"
"""A Monday; the day of the last rung, three working days after the returns were due; the day after."""
ASKED = "what's overdue"


class LatePeople(People):
    """The same people and the manager, with requests that were due days ago."""

    def __init__(self, client: Playground) -> None:
        super().__init__(client)
        self.manager = Talk(client, "manager")

    async def wait_too_long(self, assistant: Assistant, *organisations: str) -> None:
        """From nothing to the day after the last reminder."""
        await self.manager.says("hello", "CSPR Assistant")
        await self.asked(*organisations)
        await self._all_taken(len(organisations))
        before = len(self.client.said)
        await assistant.wakes(ALL_REMINDED)
        await self.client.heard(lambda m: "has not answered yet" in m.words, since=before)
        await assistant.wakes(TODAY)

    async def _all_taken(self, count: int) -> None:
        """Until the process knows that every card got through: what it does not know is sent once more when it is back."""
        async with asyncio.timeout(ANSWERING):
            while (await self._delivery()).words.count("Teams took it") < count:
                await asyncio.sleep(0.2)

    async def _delivery(self) -> Message:
        return await self.coordinator.says(f"did it reach everybody on {REFERENCE}?", f"Delivery: {REFERENCE}")

    async def looks(self, talk: Talk, *, channel: str = "") -> Message:
        """Somebody asks what is overdue. Returns the card."""
        return await talk.says(ASKED, "What is overdue", channel=channel)


def date_of(card: Message, organisation: str) -> str:
    """The date of an organisation, as it is chosen on the card."""
    body = (card.card or {}).get("body", ())
    chosen = next(field for field in body if field.get("id") == "date")["choices"]
    found: str = next(one["value"] for one in chosen if one["title"] == f"{REFERENCE}, {organisation}")
    return found


def workbooks(folder: Path) -> list[Path]:
    """What was exported."""
    return list((folder / "library").rglob("*.xlsx"))
