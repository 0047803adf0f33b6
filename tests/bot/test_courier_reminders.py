"""Reminders on their way: in working hours only, while what they are about is to be done, and never twice."""

from __future__ import annotations

from datetime import UTC, datetime

from courier_kit import START, THROTTLED, Post, post

from state.changes import Changes, Kind, Send
from state.records import DeadlineRecord

__all__ = ["post"]


async def remind(post: Post, text: str, about: str = "", place: str = "console:a") -> None:
    """A reminder, perhaps about something that may be done meanwhile."""
    post.turns += 1
    made = Send(kind=Kind.POST, lane=place, place=place, body={"text": text}, reminder=True, about=about)
    await post.store.commit(f"t{post.turns}", "digest", post.clock.now(), Changes(sends=(made,)))


def date(met: datetime | None = None, version: int = 0) -> DeadlineRecord:
    return DeadlineRecord(
        id="c:notification", case="c", kind="notification", due=START, runs_from=START, met=met, version=version
    )


async def test_a_reminder_waits_for_working_hours_and_nothing_waits_for_it(post: Post) -> None:
    await post.go(hours=8)
    await remind(post, "reminder")
    await post.put("answer")
    await post.go()
    assert post.channel.texts() == ["answer"]
    assert await post.statuses() == ["put_off", "sent"]
    await post.go(hours=15)
    assert post.channel.texts() == ["answer"]
    await post.go(hours=1)
    assert post.channel.texts() == ["answer", "reminder"]
    assert [row.attempts for row in await post.store.ledger() if row.send.reminder] == [2]


async def test_a_door_says_its_own_at_once_though_a_reminder_is_put_off(post: Post) -> None:
    await post.go(hours=8)
    await remind(post, "reminder")
    await post.go()
    claimed = await post.put("reply", claim="console:a")
    assert len(claimed) == 1


async def test_a_reminder_that_was_tried_in_the_evening_is_not_tried_at_night(post: Post) -> None:
    await post.go(hours=7, minutes=59)
    post.channel.failures["reminder"] = [THROTTLED, THROTTLED]
    await remind(post, "reminder")
    await post.go()
    for _ in range(20):
        await post.go(minutes=5)
    tries = len(post.channel.texts())
    await post.go(hours=10)
    assert len(post.channel.texts()) == tries
    await post.go(hours=5)
    await post.go(minutes=20)
    assert await post.statuses() == ["sent"]


async def test_a_reminder_goes_while_what_it_is_about_is_to_be_done_and_not_after(post: Post) -> None:
    await post.store.commit("date", "digest", START, Changes(puts=(date(),)))
    await remind(post, "first", "c:notification")
    await post.go()
    await post.store.commit("met", "digest", START, Changes(puts=(date(START, 1),)))
    await remind(post, "second", "c:notification")
    await remind(post, "third", "c:other draft:none")
    await post.go(minutes=1)
    assert post.channel.texts() == ["first"]
    assert await post.statuses() == ["sent", "dropped", "dropped"]
    assert (await post.reasons())[1] == "delivery.done_meanwhile"


async def test_a_reminder_about_several_things_goes_while_one_of_them_is_to_be_done(post: Post) -> None:
    await post.store.commit("date", "digest", START, Changes(puts=(date(),)))
    await remind(post, "reminder", "c:other c:notification")
    await post.go()
    assert post.channel.texts() == ["reminder"]


async def test_a_long_holiday_does_not_use_up_the_time_in_which_a_reminder_is_tried(post: Post) -> None:
    post.clock.set(datetime(2027, 3, 25, 17, 30, tzinfo=UTC))
    await remind(post, "reminder")
    await post.go()
    assert await post.statuses() == ["put_off"]
    post.channel.failures["reminder"] = [THROTTLED]
    post.clock.set(datetime(2027, 3, 30, 8, 0, tzinfo=UTC))
    await post.go()
    assert await post.statuses() == ["queued"]
    await post.go(minutes=5)
    assert await post.statuses() == ["sent"]
