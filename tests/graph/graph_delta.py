"""Changes of a drive: learn.microsoft.com/graph/api/driveitem-delta.

Items come with their parents, without a path and without a cTag; what is gone comes without its name. A renamed folder comes
alone: what is in it did not change. A token that is too old is answered with 410 and where to start afresh.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

from graph_book import GraphError, Item, Library
from graph_json import deleted_json, item_json

LATEST = "latest"


class Delta:
    """The feed of one library. Tokens hold since when, up to when, and up to where it was told already."""

    def __init__(self, library: Library, page: int) -> None:
        self._library, self._page = library, page

    def told(self, token: str, address: str, *, parents: bool = True) -> dict[str, Any]:
        """One page, with the link to the next or to the changes after it."""
        first = not token
        told, until = self._opened(token, address)
        happened = self._library.happened
        changed = [item for item in self._library.items.values() if told < happened.get(item.id, 0) <= until]
        if first or token_is_whole(token):
            changed = [item for item in changed if not item.deleted]
        page = sorted(changed, key=lambda item: happened[item.id])[: self._page]
        shown = [self._json(item) for item in self._with_parents(page, parents=parents, first=first)]
        whole = first or token_is_whole(token)
        if len(page) < len(changed):
            return {"value": shown, "@odata.nextLink": self._link(address, happened[page[-1].id], until, whole=whole)}
        return {"value": shown, "@odata.deltaLink": self._link(address, until, 0)}

    def _opened(self, token: str, address: str) -> tuple[int, int]:
        count = self._library.count
        if not token:
            return 0, count
        if token == LATEST:
            return count, count
        drive, told, until, whole = parted(token)
        if drive != self._library.list_id:
            raise GraphError(400, "invalidRequest", "The token belongs to another drive.")
        if told < self._library.oldest and not whole:
            fresh = {"Location": f"{address}/drives/{self._library.id}/root/delta"}
            raise GraphError(410, "resyncRequired", "Resync required.", inner="resyncChangesApplyDifferences", headers=fresh)
        return told, until or count

    def _with_parents(self, page: list[Item], *, parents: bool, first: bool) -> Iterator[Item]:
        """The same item may come on several pages: the last one counts."""
        told: dict[str, Item] = {self._library.root.id: self._library.root} if first else {}
        for item in page:
            for one in (*(_above(item) if parents and not item.deleted else ()), item):
                told.setdefault(one.id, one)
        yield from told.values()

    def _json(self, item: Item) -> dict[str, Any]:
        return deleted_json(self._library, item) if item.deleted else item_json(self._library, item, path=False)

    def _link(self, address: str, told: int, until: int, *, whole: bool = False) -> str:
        token = base64.urlsafe_b64encode(f"{self._library.list_id};{told};{until};{'whole' if whole else ''}".encode()).decode()
        return f"{address}/drives/{self._library.id}/root/delta(token='{token}')"


def parted(token: str) -> tuple[str, int, int, str]:
    """What a token holds. Raises GraphError."""
    try:
        drive, told, until, whole = base64.urlsafe_b64decode(token).decode().split(";")
        return drive, int(told), int(until), whole
    except ValueError:
        raise GraphError(400, "invalidRequest", "The token is not valid.") from None


def token_is_whole(token: str) -> bool:
    """Whether it goes on with a first look, which sees what is there and nothing of what is gone."""
    return bool(token) and token != LATEST and parted(token)[3] == "whole"


def _above(item: Item) -> list[Item]:
    found: list[Item] = []
    at = item.parent
    while at is not None:
        found.insert(0, at)
        at = at.parent
    return found
