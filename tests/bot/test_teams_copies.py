"""A copy in Teams from end to end: offered in its own card, put where it is wanted, and never after a removal."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
from one_drive import OneDrive, one_drive
from teams_kit import TENANT, payload
from teams_sending import Sending, sending

from bot.clock import MovableClock
from bot.library.document import Document
from bot.library.storage import Columns
from bot.settings import Settings
from bot.teams.codec import said_in
from bot.teams.wire import Incoming
from bot.wiring import Assembled, assemble
from dialogs.turn import Consented, Installed, Press, Said, Turn
from state.changes import Changes, Kind, Send
from state.records import CaseRecord, PersonRecord
from state.snapshot import Wanted
from state.values import Channel, Place, Who

ME = Who(TENANT, "me", "Test Practitioner")
CONTENT = b"PK the referral"
CASE = "case-1"


class Telling(msgspec.Struct):
    """Our house, Teams in front of it, and the person's OneDrive."""

    parts: Assembled
    teams: Sending
    drive: OneDrive
    site: str
    clock: MovableClock
    library: Path
    place: Place
    turns: int = 0

    async def take(self, said: Said) -> None:
        self.turns += 1
        self.clock.move(timedelta(seconds=5))
        made = Turn(id=f"t{self.turns}", who=ME, place=self.place, said=said, at=self.clock.now())
        await self.parts.house.take(made)
        await self.settle()

    async def settle(self) -> None:
        await self.parts.house.settle()
        while await self.parts.courier.pass_once():
            pass

    @property
    def sent(self) -> list[dict[str, Any]]:
        return [body for _, _, body in self.teams.connector.log]

    def answered(self, ticket: str = "t1") -> Consented:
        """What Teams sends when the person says yes to the card that was offered."""
        content = self.sent[-1]["attachments"][0]["content"]
        told = payload("invoke_file_accept")
        told["value"]["context"] = content["acceptContext"]
        told["value"]["uploadInfo"] |= {"uploadUrl": f"{self.site}/upload/{ticket}", "contentUrl": f"{self.site}/seen"}
        said = said_in(msgspec.convert(told, Incoming))
        assert isinstance(said, Consented)
        return said


@asynccontextmanager
async def telling(folder: Path) -> AsyncIterator[Telling]:
    clock = MovableClock()
    async with sending() as teams, one_drive() as (drive, site):
        settings = Settings(mode="local", data=folder / "data", library=folder / "library", tenants=TENANT)
        parts = await assemble(settings, clock, {Channel.TEAMS: teams.deliverer})
        made = Telling(parts, teams, drive, site, clock, folder / "library", teams.place())
        try:
            await made.take(Installed())
            await _file(made)
            teams.connector.log.clear()
            yield made
        finally:
            parts.store.close()


async def _file(made: Telling) -> None:
    """A referral of this person that was made and filed."""
    case = CaseRecord(id=CASE, reference="NS-2026-0001", draft="d", referrer=ME.id, received_at=made.clock.now())
    ordered = Send(kind=Kind.DOCUMENT, lane=f"documents:{CASE}", body={"form": "referral"}, case=CASE, what="referral")
    await made.parts.store.commit("filed", "filed", made.clock.now(), Changes(puts=(case,), sends=(ordered,)))
    folders = ("NS-2026-0001", "01 Referral")
    columns = Columns(reference="NS-2026-0001", document="referral")
    document = Document(folders=folders, stem="NS-2026-0001 1a Referral", suffix=".docx", content=CONTENT, columns=columns)
    path = await made.parts.filing.put(document)
    [row] = [one for one in await made.parts.store.ledger(case=CASE) if one.send.kind is Kind.DOCUMENT]
    await made.parts.store.sent({row.id: path}, made.clock.now())


async def test_it_is_offered_taken_and_shown(tmp_path: Path) -> None:
    async with telling(tmp_path) as teams:
        await teams.take(Press(action="get_file", target=CASE, at="referral"))
        [offer] = teams.sent
        assert offer["attachments"][0]["name"] == "NS-2026-0001 1a Referral v1.docx"
        assert teams.drive.put == {}
        await teams.take(teams.answered())
        assert teams.drive.put == {"t1": CONTENT}
        assert teams.sent[-1]["attachments"][0]["contentType"] == "application/vnd.microsoft.teams.card.file.info"


async def test_whoever_was_removed_between_the_offer_and_the_yes_gets_nothing(tmp_path: Path) -> None:
    async with telling(tmp_path) as teams:
        await teams.take(Press(action="get_file", target=CASE, at="referral"))
        known = (await teams.parts.store.read(Wanted(turn="", person=ME.id, place=""))).person
        assert known is not None
        gone = msgspec.structs.replace(known, removed_at=teams.clock.now())
        await teams.parts.store.commit("removed", "removed", teams.clock.now(), Changes(puts=(gone,)))
        await teams.take(teams.answered())
        assert teams.drive.put == {}
        assert teams.drive.asked == []


async def test_a_place_that_is_gone_is_told_to_the_one_who_waits(tmp_path: Path) -> None:
    async with telling(tmp_path) as teams:
        await teams.take(Press(action="get_file", target=CASE, at="referral"))
        await teams.take(teams.answered("used-before"))
        assert teams.sent[-1]["text"] == (
            "The copy that you asked for did not get through. "
            "The place for the copy is not open any more. Please ask for the copy again."
        )


async def test_the_row_of_a_yes_holds_the_address_sealed(tmp_path: Path) -> None:
    """Whoever has the address may write there: it is in no column that can be read."""
    async with telling(tmp_path) as teams:
        await teams.take(Press(action="get_file", target=CASE, at="referral"))
        await teams.take(teams.answered())
        kept = b"".join(path.read_bytes() for path in (tmp_path / "data").glob("*.sqlite*"))
        assert b"/upload/t1" not in kept
        assert CONTENT not in kept
        assert PersonRecord.TABLE.encode() in kept
