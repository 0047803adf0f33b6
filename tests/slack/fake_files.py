"""Files of a fake Slack: announced, uploaded to an address of their own, completed; fetched with the bot's token alone.

Sources: docs.slack.dev, "Working with files", and the pages of the three methods.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Callable
from typing import Any

from aiohttp import web
from fake_chat import Chat
from slack_book import Book, SlackError
from slack_state import Channel, StoredFile, User, Workspace

LARGEST = 1_000_000_000
Arguments = dict[str, Any]
Bearer = Callable[[web.Request], Workspace | None]


class Files:
    """What an app may do with files, and the two addresses outside the Web API."""

    def __init__(self, book: Book, chat: Chat, bearer: Bearer) -> None:
        self._book = book
        self._chat = chat
        self._bearer = bearer

    def methods(self) -> dict[str, Any]:
        """By name."""
        return {
            "files.completeUploadExternal": self._complete,
            "files.getUploadURLExternal": self._announce,
            "files.info": self._info,
        }

    def routes(self) -> list[web.RouteDef]:
        """Where bytes go and come from."""
        return [
            web.post("/upload/v1/{ticket}", self._upload),
            web.get("/files-pri/{which}/download/{name}", self._download),
            web.get("/files-pri/{which}/{name}", self._download),
            web.get("/signin", self._sign_in),
        ]

    def _announce(self, workspace: Workspace, given: Arguments) -> dict[str, Any]:
        length = str(given["length"])
        if not length.isdigit() or not int(length):
            raise SlackError("missing_argument")
        if int(length) > LARGEST:
            raise SlackError("file_upload_size_restricted")
        file = self._new(workspace, workspace.bot_user, str(given["filename"]), int(length))
        file.alt_text, file.ticket = str(given.get("alt_txt") or ""), self._book.number("CwAB")
        return {"upload_url": f"{self._book.base}/upload/v1/{file.ticket}", "file_id": file.id}

    def _new(self, workspace: Workspace, user: str, name: str, length: int) -> StoredFile:
        file = StoredFile(id=self._book.number("F"), team=workspace.id, user=user, name=name, length=length)
        file.mimetype = mimetypes.guess_type(name)[0] or file.mimetype
        file.created = int(self._book.time)
        self._book.files[file.id] = file
        return file

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        file = next((file for file in self._book.files.values() if file.ticket == request.match_info["ticket"]), None)
        content = await self._sent(request)
        if file is None or file.content is not None:
            return web.Response(status=404, text="no such ticket")
        if len(content) != file.length:
            return web.Response(status=400, text=f"wrong length: {len(content)}, not {file.length}")
        file.content = content
        return web.Response(text=f"OK - {len(content)}")

    async def _sent(self, request: web.Request) -> bytes:
        """Raw, or the one part of a form."""
        if not request.content_type.startswith("multipart/"):
            return await request.read()
        [content] = [value for value in (await request.post()).values() if isinstance(value, web.FileField)]
        return content.file.read()

    def _complete(self, workspace: Workspace, given: Arguments) -> dict[str, Any]:
        files = [self._uploaded(workspace, one) for one in self._listed(given["files"])]
        named = [name for name in (given.get("channel_id"), *str(given.get("channels") or "").split(",")) if name]
        channels = [self._writable(workspace, name) for name in named]
        for channel in channels:
            self._share(workspace, channel, files, given)
        return {"files": [self.shown(file) for file in files]}

    def _listed(self, files: Any) -> list[dict[str, Any]]:
        if not isinstance(files, list) or not files or any(set(one) - {"id", "title", "highlight_type"} for one in files):
            raise SlackError("invalid_arguments", ["[ERROR] must be a list of files [json-pointer:/files]"])
        return files

    def _uploaded(self, workspace: Workspace, one: dict[str, Any]) -> StoredFile:
        file = self._book.files.get(one.get("id", ""))
        if file is None or file.team != workspace.id or file.content is None:
            raise SlackError("file_not_found")
        file.title = one.get("title") or file.name
        return file

    def _writable(self, workspace: Workspace, named: str) -> Channel:
        channel = self._book.channel(workspace, named)
        if workspace.bot_user not in channel.members:
            raise SlackError("not_in_channel")
        if channel.archived:
            raise SlackError("posting_to_channel_denied")
        return channel

    def _share(self, workspace: Workspace, channel: Channel, files: list[StoredFile], given: Arguments) -> None:
        text = given.get("initial_comment") or ""
        message = self._chat.add(workspace, channel, text, [], str(given.get("thread_ts") or ""))
        message.files, message.subtype = [file.id for file in files], "file_share"
        for file in files:
            file.channels.append(channel.id)

    def shared_by(self, person: User, name: str, content: bytes, channel: Channel) -> StoredFile:
        """A file that a person put into a channel."""
        file = self._new(self._book.workspaces[person.team], person.id, name, len(content))
        file.content, file.title = content, name
        file.channels.append(channel.id)
        return file

    def _info(self, workspace: Workspace, given: Arguments) -> dict[str, Any]:
        file = self._book.files.get(str(given["file"]))
        if file is None or file.team != workspace.id or not self._visible(workspace, file):
            raise SlackError("file_not_found")
        return {"file": self.shown(file), "comments": [], "response_metadata": {"next_cursor": ""}}

    def _visible(self, workspace: Workspace, file: StoredFile) -> bool:
        """The bot sees its own files, and those of conversations that it is in."""
        shared = (self._book.channels[channel].members for channel in file.channels)
        return file.user == workspace.bot_user or any(workspace.bot_user in members for members in shared)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        """Without a token that may, Slack does not refuse: it leads to its page for signing in."""
        team, _, number = request.match_info["which"].partition("-")
        file, workspace = self._book.files.get(number), self._bearer(request)
        if workspace is None or workspace.id != team:
            return web.Response(status=302, headers={"Location": f"{self._book.base}/signin"})
        if file is None or file.content is None or not self._visible(workspace, file):
            return web.Response(status=404)
        return web.Response(body=file.content, content_type=file.mimetype)

    async def _sign_in(self, _: web.Request) -> web.Response:
        return web.Response(text="<!DOCTYPE html><title>Sign in | Slack</title>", content_type="text/html")

    def shown(self, file: StoredFile) -> dict[str, Any]:
        """A file object. Its addresses are of this machine."""
        which, kind = f"{self._book.base}/files-pri/{file.team}-{file.id}", file.name.rpartition(".")[2].lower()
        domain = self._book.workspaces[file.team].domain
        return {
            "id": file.id,
            "created": file.created,
            "timestamp": file.created,
            "name": file.name,
            "title": file.title or file.name,
            "mimetype": file.mimetype,
            "filetype": kind,
            "pretty_type": kind.upper(),
            "user": file.user,
            "user_team": file.team,
            "editable": False,
            "size": file.length,
            "mode": "hosted",
            "is_external": False,
            "external_type": "",
            "is_public": False,
            "public_url_shared": False,
            "display_as_bot": False,
            "username": "",
            "url_private": f"{which}/{file.name}",
            "url_private_download": f"{which}/download/{file.name}",
            "permalink": f"https://{domain}.slack.com/files/{file.user}/{file.id}/{file.name}",
            "permalink_public": f"https://slack-files.com/{file.team}-{file.id}",
            "has_rich_preview": False,
            "file_access": "visible",
        }
