"""Answers to one interaction: a response_url takes five of them in thirty minutes.

Source: docs.slack.dev, "Handling user interaction" (Message responses).
"""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web
from fake_chat import LONGEST, Chat
from slack_book import ANSWER_LIVES, ANSWERS, Book, SlackError
from slack_state import Message, ResponseUrl

_TAKES = frozenset({"text", "blocks", "response_type", "replace_original", "delete_original", "thread_ts"})


class Hooks:
    """Where answers arrive, and where the answer to a slash command goes."""

    def __init__(self, book: Book, chat: Chat) -> None:
        self._book = book
        self._chat = chat

    def routes(self) -> list[web.RouteDef]:
        """The addresses given out with interactions."""
        return [web.post("/hooks/{rest:.+}", self._answered)]

    async def _answered(self, request: web.Request) -> web.StreamResponse:
        url = self._book.answers.get(request.path)
        try:
            given = json.loads(await request.read())
            self._check(url)
            assert url is not None
            async with self._book.telling():
                self.answer(url, given)
        except SlackError as refused:
            return web.json_response({"ok": False, "error": refused.code}, status=404 if "url" in refused.code else 400)
        except ValueError:
            return web.Response(status=400, text="invalid_payload")
        return web.Response(text="ok")

    def _check(self, url: ResponseUrl | None) -> None:
        if url is None or self._book.time - url.at > ANSWER_LIVES:
            raise SlackError("expired_url")
        if url.uses >= ANSWERS:
            raise SlackError("used_url")

    def answer(self, url: ResponseUrl, given: dict[str, Any]) -> None:
        """A new message for the person alone, or for everybody; or the message that was pressed, replaced or deleted."""
        if unknown := sorted(given.keys() - _TAKES):
            raise SlackError("invalid_arguments", [f"[ERROR] {name}" for name in unknown])
        channel = self._book.channels[url.channel]
        original = channel.find(url.ts) if url.ts else None
        if given.get("delete_original"):
            channel.messages.remove(self._there(original))
        else:
            self._say(url, given, original)
        url.uses += 1

    def _say(self, url: ResponseUrl, given: dict[str, Any], original: Message | None) -> None:
        text, blocks = self._chat.content(given, LONGEST)
        if given.get("replace_original"):
            self._there(original).replace(text, blocks)
            return
        channel = self._book.channels[url.channel]
        workspace = self._book.workspaces[channel.team]
        aside = "" if given.get("response_type") == "in_channel" else url.user
        self._chat.add(workspace, channel, text, blocks, given.get("thread_ts") or "", aside)

    def _there(self, original: Message | None) -> Message:
        if original is None:
            raise SlackError("message_not_found")
        return original
