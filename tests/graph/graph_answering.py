"""What happens to every call: it is counted, it goes wrong where the script says so, or it is answered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web
from graph_book import GraphError
from graph_door import Call, refusal
from graph_faults import CODES, Faults, Trouble, cut, cut_in_answer, cut_in_body
from graph_limits import Limits

Answer = Callable[[], Awaitable[web.Response]]


class Answering:
    """The log, the limits and the script of faults."""

    def __init__(self, limits: Limits) -> None:
        self.limits, self.faults = limits, Faults()
        self.log: list[Call] = []

    async def answered(self, request: web.Request, kind: str, answer: Answer) -> web.StreamResponse:
        """Answer it, or let it go wrong."""
        call = Call(len(self.log) + 1, request.method, kind, request.path)
        self.log.append(call)
        wait = self.limits.spend(kind)
        trouble = self.faults.due(call.number, kind)
        if trouble is not None:
            call.trouble = trouble.name
            return await self._troubled(request, call, trouble, answer)
        if wait:
            await request.read()
            call.status = 429
            busy = GraphError(429, CODES[429], "The app has been throttled.", headers={"Retry-After": str(wait)})
            return refusal(busy, call.number)
        return await self._carried_out(call, answer)

    async def _carried_out(self, call: Call, answer: Answer) -> web.Response:
        try:
            found = await answer()
        except GraphError as error:
            found = refusal(error, call.number)
        call.status = found.status
        return found

    async def _troubled(self, request: web.Request, call: Call, trouble: Trouble, answer: Answer) -> web.StreamResponse:
        if trouble.how == "cut_before":
            return cut(request)
        if trouble.how == "cut_body" and request.method in ("PUT", "POST", "PATCH"):
            return await cut_in_body(request)
        if trouble.how == "cut_body":
            return await cut_in_answer(request, await self._carried_out(call, answer))
        if trouble.how == "cut_after":
            await self._carried_out(call, answer)
            return cut(request)
        await request.read()
        if trouble.acted:
            await self._carried_out(call, answer)
        if trouble.how == "hang":
            await self.faults.hang()
            return cut(request)
        call.status = trouble.status
        headers = {} if trouble.retry_after is None else {"Retry-After": str(trouble.retry_after)}
        return refusal(GraphError(trouble.status, trouble.code or CODES[trouble.status], headers=headers), call.number)
