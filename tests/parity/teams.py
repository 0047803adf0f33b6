"""A person in Teams: activities as Teams sends them go to the real door, and cards as a client draws them come back."""

from __future__ import annotations

import asyncio
import itertools
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestClient, TestServer
from form_reader import forms
from msgspec.structs import replace

from bot.http import application, pooled_session
from bot.teams.codec import OUR_KEY
from bot.teams.deliver import CARD, TeamsDeliverer
from bot.teams.door import PATH, TeamsDoor, teams_door
from bot.teams.files import CONSENT, DOWNLOAD
from bot.teams.settings import TeamsSettings
from state.records import PlaceRecord
from state.values import Channel, Place, PlaceKind
from templates.profile import InventedPerson
from tests.bot.fake_connector import FakeConnector, serving
from tests.bot.one_drive import OneDrive, one_drive
from tests.parity.client import Client, Copy, Field, NotOffered, Opens, Option, Pressable, Seen, one_text
from tests.parity.world import World, profile

BOT = {"id": "28:test-assistant", "name": "CSPR Assistant"}
MENTION = f"<at>{BOT['name']}</at>"
MANIFEST = Path(__file__).parents[2] / "manifest" / "teams" / "manifest.json"
OPEN = "Action.OpenUrl"
JOINER = "\u2060"


class TeamsSide:
    """Teams with a chat for each person and a channel for each organisation; its connector outlives a restart of ours."""

    def __init__(self) -> None:
        self.world: World
        self.connector: FakeConnector
        self.drive: OneDrive
        self.drive_url = ""
        self.service = ""
        self.tenant = profile().people[0].tenant
        self._ids = itertools.count(1)
        self._teams = AsyncExitStack()
        self._open = AsyncExitStack()
        self._door: TeamsDoor
        self._http: TestClient[web.Request, web.Application]

    async def deliverer(self, world: World) -> TeamsDeliverer:
        self.world = world
        if not self.service:
            self.connector = FakeConnector(lambda: world.clock.now().timestamp())
            server = await self._teams.enter_async_context(serving(self.connector))
            self.service = str(server.make_url("/"))
            self.drive, self.drive_url = await self._teams.enter_async_context(one_drive())
        self._session: ClientSession = pooled_session()
        settings = TeamsSettings(tenants=frozenset({self.tenant}), local=True)
        self._door, deliverer = teams_door(
            settings, profile().words, world.clock, self._session, forms=forms(), jitter=lambda: 0.0
        )
        return deliverer

    async def start(self, world: World) -> None:
        self._open = AsyncExitStack()
        await self._open.enter_async_context(self._session)
        server = TestServer(application(self._door.routes(world.parts.house)), host="127.0.0.1")
        self._http = await self._open.enter_async_context(TestClient(server))

    async def stop(self) -> None:
        await self._open.aclose()

    async def settle(self) -> None:
        """The door has done everything once it has answered."""

    async def end(self) -> None:
        """Teams itself ends."""
        await self._teams.aclose()

    def person(self, person: InventedPerson) -> InventedPerson:
        return person

    def tied(self, name: str) -> PlaceRecord:
        address = {"service_url": self.service, "bot": BOT["id"], "tenant": self.tenant}
        place = Place(Channel.TEAMS, _channel(name), PlaceKind.CHANNEL, address)
        self.connector.conversations.add(place.conversation)
        return replace(PlaceRecord.of(place), tied_to=name, tied_by="test", confirmed_by="test")

    def client(self, person: InventedPerson, channel: str) -> TeamsClient:
        return TeamsClient(self, person, channel)

    async def hears(self, activity: Mapping[str, Any]) -> Any:
        """An activity comes in. Returns the body it is answered with."""
        async with self._http.post(PATH, json=activity) as answer:
            assert answer.status == 200, (answer.status, await answer.text())
            body = await answer.json() if answer.content_type == "application/json" else None
        await self.world.settle()
        return body

    def fresh(self) -> str:
        """The id of a new activity."""
        return f"f:{next(self._ids)}"


class TeamsClient(Client):
    """Somebody in their own chat, or in a channel, where the assistant is mentioned."""

    def __init__(self, side: TeamsSide, person: InventedPerson, channel: str = "") -> None:
        super().__init__(person, channel)
        self._side = side
        self._user = f"29:test-{person.id}"
        self._conversation = _channel(channel) if channel else f"a:test-{person.id}"
        side.connector.conversations.add(self._conversation)
        side.connector.people.add(self._user)

    def elsewhere(self, channel: str = "") -> TeamsClient:
        return TeamsClient(self._side, self.person, channel)

    async def arrives(self) -> None:
        for told in ({"type": "installationUpdate", "action": "add"}, {"type": "conversationUpdate", "membersAdded": [BOT]}):
            await self._hear(told)

    async def says(self, text: str, *, again: bool = False) -> Seen:
        typed: dict[str, Any] = {"type": "message", "text": text, "textFormat": "plain"}
        if self.channel:
            mention = {"type": "mention", "mentioned": BOT, "text": MENTION}
            typed |= {"text": f"{MENTION} {text}", "entities": [mention]}
        return await self._said(typed, "", 2 if again else 1, again=True)

    async def presses(
        self, action: str, inputs: Mapping[str, str] | None = None, *, on: Seen | None = None, times: int = 1
    ) -> Seen:
        card, button = await self._pressable(action, on)
        if button.takes and (told := _insisted(card, self.typed(card, button, inputs))):
            return told
        filled = self._filled(card, button, inputs)
        return await self._said({"type": "message", "value": filled, "replyToId": card.id}, card.id, times, again=False)

    async def opens(self, action: str, *, on: Seen | None = None) -> Seen:
        card = on or await self._with(action)
        button = card.button(action)
        if not button.window:
            raise NotOffered(f"{action} opens no window")
        value = {"data": button.carries, "context": {"theme": "default"}}
        return await self._window({"name": "task/fetch", "value": value, "replyToId": card.id}, card.id)

    async def sends(self, inputs: Mapping[str, str] | None = None, action: str = "") -> Seen:
        assert self.shown is not None, "no window is open"
        button = self.shown.button(action or self.shown.actions[0])
        if told := _insisted(self.shown, self.typed(self.shown, button, inputs)):
            self.shown = told
            return told
        value = {"data": self._filled(self.shown, button, inputs), "context": {"theme": "default"}}
        return await self._window({"name": "task/submit", "value": value}, self._thread)

    async def drops(self, file: Path) -> Seen:
        self._side.drive.files[file.name] = await asyncio.to_thread(file.read_bytes)
        content = {"downloadUrl": f"{self._side.drive_url}/download/{file.name}", "uniqueId": "1", "fileType": "docx"}
        dropped = {"contentType": DOWNLOAD, "name": file.name, "content": content}
        return await self._said({"type": "message", "attachments": [dropped]}, "", again=False)

    async def takes(self, what: str = "", *, made: bool = False) -> Copy:
        action = "one_file" if made else "get_file"
        card = await self._with(action)
        button = card.button(action, what)
        await self._said({"type": "message", "value": dict(button.carries), "replyToId": card.id}, card.id, again=False)
        if made:
            await self._side.world.later(seconds=10)
        offer = self._side.connector.activities[(await self.newest()).id]["attachments"][0]
        assert offer["contentType"] == CONSENT
        ticket = next(iter(sorted(self._side.drive.tickets)))
        place = {"uploadUrl": f"{self._side.drive_url}/upload/{ticket}", "contentUrl": f"{self._side.drive_url}/{ticket}"}
        known = {"name": offer["name"], "uniqueId": "1", "fileType": "docx", "etag": "1"}
        value = {"type": "fileUpload", "action": "accept", "context": offer["content"]["acceptContext"]}
        answer = value | {"uploadInfo": {**place, **known}}
        await self._hear({"type": "invoke", "name": "fileConsent/invoke", "value": answer, "replyToId": card.id})
        return Copy(offer["name"], self._side.drive.put[ticket])

    async def page(self) -> Seen:
        assert "staticTabs" not in json.loads(MANIFEST.read_text(encoding="utf-8"))
        raise NotOffered("this app has no tab")

    async def command(self, text: str) -> Seen:
        raise NotOffered("Teams has no slash commands of apps")

    async def shortcut(self, name: str, on: Seen | None = None) -> Seen:
        assert "composeExtensions" not in json.loads(MANIFEST.read_text(encoding="utf-8"))
        raise NotOffered("this app has no message extension")

    async def messages(self) -> Sequence[Seen]:
        log = [(place, body) for kind, place, body in self._side.connector.log if kind == "send"]
        stands = self._side.connector.activities.items()
        found = zip(log, stands, strict=True)
        return [
            _message(body, first=first, activity=activity, under=place.partition(";messageid=")[2])
            for (place, first), (activity, body) in found
            if place.partition(";")[0] == self._conversation
        ]

    def _filled(self, seen: Seen, button: Pressable, inputs: Mapping[str, str] | None) -> dict[str, Any]:
        """What a client sends with a button. Fields with nothing in them are left out."""
        return {**button.carries, **{name: value for name, value in self.typed(seen, button, inputs).items() if value}}

    async def _said(self, activity: dict[str, Any], thread: str, times: int = 1, *, again: bool) -> Seen:
        """`again`: the very same activity comes in so many times; else a new one each time."""
        before = len(await self.messages())
        name = self._side.fresh()
        known = {"id": name} if again else {}
        for _ in range(times):
            await self._hear(activity | known, thread or name)
        return one_text((await self.messages())[before:])

    async def _window(self, invoke: Mapping[str, Any], thread: str) -> Seen:
        self._thread = thread
        answer = await self._hear({"type": "invoke", **invoke}, thread)
        task = answer.get("task", {})
        if task.get("type") == "continue":
            self.shown = _drawn(task["value"]["card"]["content"], title=task["value"]["title"])
            return self.shown
        self.shown = None
        return Seen(text=task.get("value", ""), closed=True)

    async def _hear(self, activity: Mapping[str, Any], thread: str = "") -> Any:
        self._side.world.moves()
        return await self._side.hears(self._activity(activity, thread))

    def _activity(self, more: Mapping[str, Any], thread: str) -> dict[str, Any]:
        """An activity in the shape of Microsoft's published examples (tests/bot/payloads)."""
        kind = {"conversationType": "channel", "isGroup": True} if self.channel else {"conversationType": "personal"}
        where = f"{self._conversation};messageid={thread}" if self.channel and thread else self._conversation
        return {
            "id": self._side.fresh(),
            "channelId": "msteams",
            "serviceUrl": self._side.service,
            "from": {"id": self._user, "name": self.person.name, "aadObjectId": self.person.object},
            "conversation": {"id": where, "tenantId": self.person.tenant, **kind},
            "recipient": BOT,
            "channelData": {"tenant": {"id": self.person.tenant}},
            **more,
        }


def _channel(name: str) -> str:
    return f"19:test-{name}@thread.tacv2"


def _insisted(seen: Seen, typed: Mapping[str, str]) -> Seen | None:
    """A client shows what is missing, and keeps what was typed. None where nothing is missing."""
    if not any(field.insists and not typed.get(field.id) for field in seen.fields):
        return None
    fields = (replace(one, value=typed.get(one.id, ""), error="" if typed.get(one.id) else one.insists) for one in seen.fields)
    return replace(seen, fields=tuple(fields))


def _message(body: Mapping[str, Any], *, first: Mapping[str, Any], activity: str, under: str) -> Seen:
    cards = [one["content"] for one in body.get("attachments", ()) if one["contentType"] == CARD]
    files = "\n".join(one["name"] for one in body.get("attachments", ()) if one["contentType"] != CARD)
    seen = _drawn(cards[0]) if cards else Seen(text=f"{body.get('text', '')}\n{files}")
    return replace(seen, id=activity, under=under, preview=body.get("summary", ""), changed=int(body is not first))


def _drawn(card: Mapping[str, Any], title: str = "") -> Seen:
    """A card as a client shows it: its texts in order, its fields with what is said right above them, its buttons."""
    texts, fields, error, picture = [title] if title else [], [], "", False
    for element in card["body"]:
        if element["type"].startswith("Input."):
            fields.append(_field(element, error))
            texts.append(element["label"])
            error = ""
            continue
        text = _text_of(element)
        error = text if _is_error(element) else ""
        picture = picture or element["type"] == "Image"
        texts.append(text)
    links = tuple(Opens(one["title"], one["url"]) for one in card.get("actions", ()) if one["type"] == OPEN)
    return Seen(text="\n".join(texts), fields=tuple(fields), buttons=tuple(_buttons(card)), links=links, picture=picture)


def _text_of(element: Mapping[str, Any]) -> str:
    match element["type"]:
        case "TextBlock":
            return re.sub(r"\\(.)", r"\1", element["text"]).replace(JOINER, "")
        case "RichTextBlock":
            return "".join(run["text"] for run in element["inlines"])
        case "Image":
            return str(element["altText"])
    raise AssertionError(f"no client draws {element['type']}")


def _is_error(element: Mapping[str, Any]) -> bool:
    return any(run.get("color") == "attention" for run in element.get("inlines", ()))


def _field(element: Mapping[str, Any], error: str) -> Field:
    options = tuple(Option(one["value"], one["title"]) for one in element.get("choices", ()))
    return Field(
        id=element["id"],
        label=element["label"],
        value=element.get("value", ""),
        error=error,
        insists=element["errorMessage"] if element.get("isRequired") else "",
        options=options,
    )


def _buttons(card: Mapping[str, Any]) -> Iterator[Pressable]:
    for action in card.get("actions", ()):
        if action["type"] == OPEN:
            continue
        window = action["data"].get("msteams", {}).get("type") == "task/fetch"
        takes = action["associatedInputs"] == "auto"
        yield Pressable(action["data"][OUR_KEY]["action"], action["title"], window, takes, action["data"])
