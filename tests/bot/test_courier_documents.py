"""Documents in the outbox: they leave messages their room, and that one waits for somebody is told once."""

from __future__ import annotations

import asyncio
import contextlib

from courier_kit import Post, post

from bot.courier import DOCUMENTS_AT_ONCE
from bot.doors import NotDelivered
from state.changes import Changes, Kind, OutboxRow, Send

__all__ = ["post"]
HELD = NotDelivered("delivery.file_held", again_after=60.0)
AWAY = NotDelivered("delivery.library_away", again_after=60.0)


async def test_that_a_document_waits_for_somebody_is_told_when_it_begins(post: Post) -> None:
    told: list[int] = []

    async def waits(row: OutboxRow) -> None:
        told.append(row.id)

    post.courier.waits = waits
    post.documents_fail = [AWAY, HELD, HELD, HELD]
    await post.put_document()
    await post.go()
    assert told == [], "a library that is away is another matter"
    await post.go(minutes=5)
    assert told == [1]
    await post.go(minutes=5)
    await post.go(minutes=5)
    assert told == [1]
    await post.go(hours=1)
    assert await post.statuses() == ["sent"]


async def test_documents_that_hang_leave_messages_their_room(post: Post) -> None:
    hanging, begun = asyncio.Event(), []

    async def hangs(send: Send) -> str:
        begun.append(send.lane)
        await hanging.wait()
        return "a/file.docx"

    post.courier._documents = hangs
    sends = tuple(Send(kind=Kind.DOCUMENT, lane=f"documents:c:{n}", body={}, case="c", what=str(n)) for n in range(60))
    await post.store.commit("docs", "digest", post.clock.now(), Changes(sends=sends))
    await post.put("to somebody else")
    running = asyncio.create_task(post.courier.run(pause=0.01))
    async with asyncio.timeout(20):
        while not post.channel.calls or len(begun) < DOCUMENTS_AT_ONCE:
            await asyncio.sleep(0.01)
        assert len(begun) == DOCUMENTS_AT_ONCE
        hanging.set()
        while set(await post.statuses()) != {"sent"}:
            await asyncio.sleep(0.02)
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running
    assert sorted(begun) == sorted(send.lane for send in sends), "each once"
