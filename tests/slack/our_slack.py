"""Our own house behind our Slack door, in front of the fake Slack: people speak, and what they see came the whole way."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from fake_slack import APP_TOKEN, FakeSlack, Fault, serving
from fake_socket import PATIENT
from form_reader import forms
from person import Person
from slack_doors import HttpDoor, SocketDoor
from slack_state import Workspace
from slack_world import SECRET, World, door_at
from story import START, profile

from bot.clock import MovableClock
from bot.doors import Deliverer, House
from bot.http import pooled_session
from bot.settings import Settings
from bot.slack.door import SlackDoor, slack_door
from bot.slack.settings import SlackSettings
from bot.slack.socket import socket_of
from bot.wiring import Assembled, assemble
from state.changes import Changes
from state.records import GrantRecord, PersonRecord, Record
from state.values import Channel, Who


class OurSlack(World):
    """People in a Slack whose app is ours. `settle` ends what their words led to."""

    def __init__(
        self, fake: FakeSlack, door: HttpDoor | SocketDoor, ours: SlackDoor, parts: Assembled, clock: MovableClock
    ) -> None:
        super().__init__(fake, door)
        self.ours, self.parts, self.clock = ours, parts, clock
        self._writes = 0

    async def settle(self) -> None:
        """Everything that is due is sent."""
        await self.ours.settle()
        await self.parts.house.settle()
        while await self.parts.courier.pass_once():
            await self.parts.house.settle()

    async def later(self, **span: float) -> None:
        """Time goes by."""
        self.clock.move(timedelta(**span))
        await self.settle()

    async def write(self, *records: Record) -> None:
        """Rows that are there before the story begins."""
        self._writes += 1
        turn = f"written-{self._writes}"
        await self.parts.store.commit(turn, turn, self.clock.now(), Changes(puts=records))

    async def role(self, person: Person, role: str, organisation: str = "") -> None:
        """Give somebody a standing role."""
        key = Who(person.user.team, person.id).id
        await self.write(
            PersonRecord(id=key, name=person.user.real_name, organisation=organisation),
            GrantRecord(
                id=f"grant-{person.id}",
                person=key,
                role=role,
                organisation=organisation,
                granted_by="test",
                granted_at=self.clock.now(),
                confirmed_by="test",
            ),
        )


def secrets(folder: Path, fake: FakeSlack, *, socket: bool = False, signing: str = SECRET) -> SlackSettings:
    """Settings that lead to the fake, with the secrets in files as a server has them."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tokens").write_text("".join(f"{one.id} {one.bot_token}\n" for one in fake.book.workspaces.values()))
    (folder / "secret").write_text(signing)
    (folder / "app").write_text(APP_TOKEN)
    site = fake.book.base.removeprefix("http://")
    return SlackSettings(
        workspaces=frozenset(fake.book.workspaces),
        tokens_file=folder / "tokens",
        signing_secret_file=None if socket else folder / "secret",
        app_token_file=folder / "app" if socket else None,
        api_url=fake.api_url,
        file_sites=frozenset({site}),
        answer_sites=frozenset({site}),
    )


async def no_pause(_: float) -> None:
    """Parts of one row follow at once."""


@asynccontextmanager
async def our_slack(
    folder: Path,
    *,
    others: Mapping[Channel, Deliverer] | None = None,
    house: House | None = None,
    socket: bool = False,
    workspaces: tuple[Workspace, ...] = (),
    signing: str = SECRET,
    broken: tuple[Fault, ...] = (),
    in_time: float = PATIENT,
    limited: bool = False,
) -> AsyncIterator[OurSlack]:
    """Until it is left. `house` takes the turns instead of ours; `socket` connects instead of being called.

    `signing` is what the file of signing secrets says; `broken` is what goes wrong from the start; `in_time` is how many
    seconds Slack waits for us.
    `limited` has Slack keep to its limits, counted by the movable clock.
    """
    clock = MovableClock(START)
    fake = FakeSlack(clock, workspaces=workspaces, pace=None if limited else time.monotonic, limited=limited)
    fake.faults.extend(broken)
    fake.sockets.patience = in_time
    async with serving(fake), pooled_session() as session:
        slack = secrets(folder / "keys", fake, socket=socket, signing=signing)
        known = profile()
        ours, deliverer = slack_door(
            slack, known.words, clock, session, forms=forms(), jitter=lambda: 0.0, prefix=known.file.prefix, pause=no_pause
        )
        settings = Settings(
            mode="local", data=folder / "data", library=folder / "library", tenants=",".join(fake.book.workspaces)
        )
        doors = {Channel.SLACK: deliverer, **(others or {})}
        parts = await assemble(settings, clock, doors, profile=known)
        await parts.courier.start()
        try:
            async with _in_front(fake, ours, house or parts.house, socket=socket) as door:
                yield OurSlack(fake, door, ours, parts, clock)
        finally:
            await ours.settle()
            await parts.house.settle()
            parts.store.close()


@asynccontextmanager
async def _in_front(fake: FakeSlack, ours: SlackDoor, house: House, *, socket: bool) -> AsyncIterator[HttpDoor | SocketDoor]:
    if not socket:
        async with door_at(ours.routes(house)) as url:
            yield HttpDoor(fake, url, SECRET)
        return
    async with pooled_session() as session:
        connection = socket_of(ours, house, session)
        assert connection is not None
        task = asyncio.create_task(connection.run())
        try:
            yield SocketDoor(fake)
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
