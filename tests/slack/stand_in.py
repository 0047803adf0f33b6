"""A small app on slack-bolt in the place of ours, with an answer to everything a person can do."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

import aiohttp
from aiohttp import web
from fake_slack import FakeSlack
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient
from slack_world import SECRET

Body = dict[str, Any]


def plain(text: str) -> Body:
    return {"type": "plain_text", "text": text}


def section(text: str) -> Body:
    return {"type": "section", "text": plain(text)}


def option(value: str) -> Body:
    return {"text": plain(value.title()), "value": value}


def field(name: str, element: Body, *, optional: bool = False) -> Body:
    return {"type": "input", "block_id": name, "label": plain(name.title()), "element": element, "optional": optional}


def text_input(action: str = "in:1", **more: Any) -> Body:
    return {"type": "plain_text_input", "action_id": action, **more}


def button(label: str, action: str, value: str = '{"action":"save"}') -> Body:
    return {"type": "button", "text": plain(label), "action_id": action, "value": value}


def row(*buttons: Body) -> Body:
    return {"type": "actions", "block_id": "buttons", "elements": list(buttons)}


FORM = [
    section("About a child"),
    field("name", text_input(initial_value="Test Child")),
    field("notes", text_input("in:2", multiline=True, max_length=20), optional=True),
    field("sort", {"type": "static_select", "action_id": "in:3", "options": [option("death"), option("harm")]}),
    field("who", {"type": "checkboxes", "action_id": "in:4", "options": [option("school"), option("health")]}, optional=True),
    field("sure", {"type": "radio_buttons", "action_id": "in:5", "options": [option("yes"), option("no")]}, optional=True),
    row(button("Save", "press:0"), button("Open", "open:1", '{"action":"edit","window":true}')),
]


def modal(*blocks: Body, **more: Any) -> Body:
    return {"type": "modal", "title": plain("A window"), "submit": plain("Send"), "blocks": list(blocks), **more}


class StandIn:
    """Keeps what it was told. `answers` are what it acknowledges submissions with, in order."""

    def __init__(self, fake: FakeSlack) -> None:
        self.fake = fake
        self.told: list[Body] = []
        self.answers: list[Body] = []
        self.retries: list[str] = []
        self.down = False
        self.meanwhile: list[asyncio.Task[Any]] | None = None
        """Where it is a list, windows are filled in after the answer."""
        workspace = fake.home
        client = AsyncWebClient(token=workspace.bot_token, base_url=fake.api_url)

        async def authorize(**_: Any) -> AuthorizeResult:
            ids = {"bot_id": workspace.bot_id, "bot_user_id": workspace.bot_user}
            return AuthorizeResult(enterprise_id=None, team_id=workspace.id, bot_token=workspace.bot_token, **ids)

        self.app = AsyncApp(client=client, signing_secret=SECRET, authorize=authorize, process_before_response=True)
        self._listen()

    def routes(self) -> Iterable[web.RouteDef]:
        return [web.post("/slack/events", self._events)]

    async def _events(self, request: web.Request) -> web.StreamResponse:
        self.retries.append(request.headers.get("X-Slack-Retry-Num", ""))
        if self.down:
            return web.Response(status=503)
        return await to_aiohttp_response(await self.app.async_dispatch(await to_bolt_request(request)))

    def _listen(self) -> None:
        app = self.app
        app.event("message")(self._message)
        app.event("app_mention")(self._mention)
        app.event("app_home_opened")(self._home)
        app.event("member_joined_channel")(self._joined)
        app.action("press:0")(self._pressed)
        app.action("open:1")(self._open)
        app.view("form")(self._submitted)
        app.view_closed("form")(self._closed)
        app.command("/cspr")(self._command)
        app.shortcut("refer")(self._open)
        app.shortcut("about_this")(self._about)

    async def _message(self, event: Body, client: AsyncWebClient) -> None:
        self.told.append(event)
        channel = event["channel"]
        if event.get("subtype") == "file_share":
            await client.chat_postMessage(channel=channel, text=await self._length(event["files"][0]))
        elif event.get("text") == "form":
            await client.chat_postMessage(channel=channel, text="A form", blocks=FORM)
        elif not event.get("subtype"):
            await client.chat_postMessage(channel=channel, text=f"Heard: {event['text']}")

    async def _length(self, file: Body) -> str:
        headers = {"Authorization": f"Bearer {self.fake.home.bot_token}"}
        async with aiohttp.ClientSession() as session, session.get(file["url_private_download"], headers=headers) as answer:
            return f"{len(await answer.read())} bytes"

    async def _mention(self, event: Body, client: AsyncWebClient) -> None:
        self.told.append(event)
        thread = event.get("thread_ts") or event["ts"]
        await client.chat_postMessage(channel=event["channel"], thread_ts=thread, text="Here", blocks=FORM)

    async def _home(self, event: Body, client: AsyncWebClient) -> None:
        self.told.append(event)
        if event["tab"] == "home":
            view = {"type": "home", "blocks": [section("Your page"), row(button("Save", "press:0"))]}
            await client.views_publish(user_id=event["user"], view=view)

    async def _joined(self, event: Body, client: AsyncWebClient) -> None:
        self.told.append(event)
        await client.chat_postMessage(channel=event["channel"], text="Thank you")

    async def _pressed(self, ack: Any, body: Body, client: AsyncWebClient) -> None:
        await ack()
        self.told.append(body)
        container = body["container"]
        if container["type"] == "view":
            return
        if body["channel"]["id"].startswith("C"):
            who = {"channel": body["channel"]["id"], "user": body["user"]["id"]}
            await client.chat_postEphemeral(**who, text="For you", blocks=FORM, thread_ts=container.get("thread_ts"))
            return
        await client.chat_update(channel=body["channel"]["id"], ts=container["message_ts"], text="Saved")

    async def _open(self, ack: Any, body: Body, client: AsyncWebClient) -> None:
        await ack()
        self.told.append(body)
        waiting = {"type": "modal", "title": plain("Wait"), "blocks": [section("One moment")]}
        opened = await client.views_open(trigger_id=body["trigger_id"], view=waiting)
        view = modal(*FORM, callback_id="form", notify_on_close=True)
        update = client.views_update(view_id=opened["view"]["id"], hash=opened["view"]["hash"], view=view)
        if self.meanwhile is None:
            await update
        else:
            self.meanwhile.append(asyncio.create_task(update))

    async def _submitted(self, ack: Any, body: Body) -> None:
        self.told.append(body)
        await ack(**self.answers.pop(0) if self.answers else {})

    async def _closed(self, ack: Any, body: Body) -> None:
        await ack()
        self.told.append(body)

    async def _command(self, ack: Any, body: Body) -> None:
        self.told.append(body)
        await ack(f"You typed {body['text']}")

    async def _about(self, ack: Any, body: Body, respond: Any) -> None:
        await ack()
        self.told.append(body)
        await respond(text="About that message", response_type="ephemeral")
