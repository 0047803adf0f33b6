"""A library with the SDK in front of it: what most tests of the fake begin with."""

from __future__ import annotations

from typing import Any

import aiohttp
from fake_graph import FakeGraph
from graph_book import Item, Library
from graph_kit import asked, part, sdk_client
from graph_person import Person


class Stage:
    """One library, somebody who works in it, and two ways to ask for it."""

    def __init__(self, graph: FakeGraph, http: aiohttp.ClientSession) -> None:
        self.graph, self.http = graph, http
        http._retry_connection = False  # aiohttp would send a PUT again by itself where a connection ends
        self.cases: Library = graph.site("sites/cspr").library("Cases")
        self.client = sdk_client(graph)
        self.person = Person(graph, "Test Person", "test-tenant", "test-object")

    @property
    def drive(self) -> str:
        """The library's address."""
        return f"{self.graph.base_url}/drives/{self.cases.id}"

    def item(self, path: str) -> Any:
        """The SDK's builder for an item by path; "" is the root."""
        return self.client.drives.by_drive_id(self.cases.id).items.by_drive_item_id(f"root:/{path}:" if path else "root")

    def at(self, path: str) -> Item:
        """The item itself."""
        return self.graph.items.must(self.cases, path)

    async def ask(self, method: str, tail: str, **more: Any) -> tuple[int, Any]:
        """One call below the library without the SDK: its status and JSON."""
        return await asked(self.http, method, f"{self.drive}{tail}", **more)

    async def code(self, method: str, tail: str, **more: Any) -> tuple[int, str]:
        """The status and the code of a refusal."""
        status, body = await self.ask(method, tail, **more)
        return status, body["error"]["code"] if isinstance(body, dict) and "error" in body else ""

    async def upload(self, path: str, content: bytes, step: int, **item: Any) -> tuple[int, Any]:
        """A whole file in parts; the answer to the last, or the first refusal."""
        status, body = await self.ask("POST", f"/root:/{path}:/createUploadSession", json={"item": item})
        for start in range(0, len(content), step) if status == 200 else ():
            status, answer = await part(self.http, body["uploadUrl"], content, start, min(step, len(content) - start))
            if status != 202:
                return status, answer
        return status, body
