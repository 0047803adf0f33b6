"""A card that stays is found by its name when it is replaced or answered, though nobody knew its id when that was decided."""

from __future__ import annotations

from pathlib import Path

from store_kit import NOW, later, opened

from state.changes import Changes, Kind, OutboxStatus, Send


def post(kind: Kind = Kind.POST, card: str = "request:1", lane: str = "channel") -> Send:
    return Send(kind=kind, lane=lane, place=lane, body={"text": kind.value}, card=card)


async def test_an_update_decided_before_the_card_was_sent_finds_it(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.commit("turn", "digest", NOW, Changes(sends=(post(), post(Kind.UPDATE), post(Kind.FOLLOW))))
        [first] = await store.claim(NOW)
        await store.sent({first.id: "card-7"}, NOW)
        [update] = await store.claim(NOW)
        await store.sent({update.id: "card-7"}, NOW)
        [follow] = await store.claim(NOW)
    assert (update.send.kind, update.send.replaces) == (Kind.UPDATE, "card-7")
    assert (follow.send.kind, follow.send.replaces) == (Kind.FOLLOW, "card-7")


async def test_the_newest_card_of_a_name_counts_and_only_in_its_own_place(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        cards = (post(), post(lane="other"), post(card="request:2"), post())
        await store.commit("turn", "digest", NOW, Changes(sends=cards))
        for number in range(1, 5):
            await store.mark(number, OutboxStatus.SENT, at=NOW, remote_id=f"card-{number}")
        await store.commit("t2", "d2", later(hours=1), Changes(sends=(post(Kind.UPDATE),)))
        [update] = await store.claim(later(hours=1))
    assert update.send.replaces == "card-4"


async def test_a_card_that_never_arrived_leaves_its_update_without_a_target(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.commit("turn", "digest", NOW, Changes(sends=(post(), post(Kind.UPDATE))))
        await store.mark(1, OutboxStatus.DEAD, at=NOW, reason="delivery.channel_gone")
        [update] = await store.claim(NOW)
    assert update.send.replaces == ""


async def test_a_turns_own_rows_find_the_card_too(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.commit("turn", "digest", NOW, Changes(sends=(post(),)))
        await store.mark(1, OutboxStatus.SENT, at=NOW, remote_id="card-1")
        done = await store.commit("t2", "d2", NOW, Changes(sends=(post(Kind.UPDATE),)), claim_lane="channel")
    assert [row.send.replaces for row in done.claimed] == ["card-1"]
