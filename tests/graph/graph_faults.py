"""What goes wrong, on purpose, and at which call."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from aiohttp import web


@dataclass(frozen=True)
class Trouble:
    """What happens to a call.

    `how` is `answer` (a status instead of what was asked), `hang` (no answer at all), `cut_before` (the connection ends and
    nothing was done), `cut_after` (it ends and it was done), `cut_body` (it ends in the middle of what is sent or fetched).
    `acted`: it was done, and the answer says the contrary.
    """

    status: int = 0
    code: str = ""
    how: str = "answer"
    retry_after: int | None = None
    acted: bool = False

    @property
    def name(self) -> str:
        """For the log."""
        return f"{self.status or self.how}{' acted' if self.acted else ''}"


CODES = {
    401: "InvalidAuthenticationToken",
    403: "accessDenied",
    404: "itemNotFound",
    409: "nameAlreadyExists",
    412: "resourceModified",
    423: "resourceLocked",
    429: "activityLimitReached",
    500: "generalException",
    503: "serviceNotAvailable",
}
TROUBLES: dict[str, Trouble] = {
    **{str(status): Trouble(status=status) for status in (401, 403, 404, 409, 412, 423, 500)},
    "429": Trouble(status=429, retry_after=2),
    "503": Trouble(status=503, retry_after=3),
    "500 acted": Trouble(status=500, acted=True),
    "timeout": Trouble(how="hang"),
    "timeout acted": Trouble(how="hang", acted=True),
    "cut before": Trouble(how="cut_before"),
    "cut after": Trouble(how="cut_after"),
    "cut body": Trouble(how="cut_body"),
}
"""Each that the fake can make, by name: for tests that try them all."""


@dataclass
class Planned:
    """At the `nth` call from now of a kind (any, where none is named), and at `times` - 1 after it (0: at all later ones)."""

    trouble: Trouble
    kind: str = ""
    nth: int = 1
    times: int = 1
    seen: int = 0


class Faults:
    """The script."""

    def __init__(self) -> None:
        self._plan: list[Planned] = []
        self.made: list[tuple[int, str, Trouble]] = []
        """What was made to go wrong: number of the call, its kind, and how."""
        self.hung, self.let_go = asyncio.Event(), asyncio.Event()
        """Set while a call hangs; set it to end the calls that hang."""

    def at(self, kind: str, trouble: Trouble | str, *, nth: int = 1, times: int = 1) -> None:
        """At the nth call of a kind from now on; "" is any kind."""
        found = TROUBLES[trouble] if isinstance(trouble, str) else trouble
        self._plan.append(Planned(found, kind, nth, times))

    def always(self, kind: str, trouble: Trouble | str) -> None:
        """At every call of a kind until `clear`; "" is any kind."""
        self.at(kind, trouble, times=0)

    def clear(self) -> None:
        """Nothing goes wrong any more."""
        self._plan.clear()

    def due(self, number: int, kind: str) -> Trouble | None:
        """What happens to this call."""
        found: Trouble | None = None
        for planned in self._plan:
            if planned.kind not in ("", kind):
                continue
            planned.seen += 1
            within = not planned.times or planned.seen < planned.nth + planned.times
            if found is None and planned.seen >= planned.nth and within:
                found = planned.trouble
        if found is not None:
            self.made.append((number, kind, found))
        return found

    async def hang(self) -> None:
        """Answer nothing until let go."""
        self.hung.set()
        await self.let_go.wait()


def cut(request: web.Request) -> web.Response:
    """End the connection as a router does that loses its power."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)


async def cut_in_body(request: web.Request) -> web.Response:
    """Take half of what is sent, then end the connection."""
    wanted, had = (request.content_length or 0) // 2, 0
    async for chunk in request.content.iter_any():
        had += len(chunk)
        if had >= wanted:
            break
    return cut(request)


async def cut_in_answer(request: web.Request, answer: web.Response) -> web.StreamResponse:
    """Give half of an answer, then end the connection."""
    content = answer.body if isinstance(answer.body, bytes) else b""
    if len(content) < 2:
        return cut(request)
    broken = web.StreamResponse(status=answer.status, headers={"Content-Type": answer.content_type})
    broken.content_length = len(content)
    await broken.prepare(request)
    await broken.write(content[: len(content) // 2])
    return cut(request)
