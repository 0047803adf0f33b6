"""Judges a life in a troubled Slack by what arrived there, which never deduplicates, against every row that was committed."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import msgspec
from fake_slack import FakeSlack
from slack_reading import words_of
from slack_state import Message

from bot.slack.messages import Renderer
from bot.wiring import DATABASE
from dialogs.reply import reply_from
from state.crypto import KeyRing
from state.sqlite.outbox import body_cell
from templates.wording import Words

SAID_BY_THE_DOOR = ("slack.window_late", "slack.answered_one_to_one", "slack.no_chat")
ENDS = frozenset({"sent", "dead", "uncertain", "dropped"})
Key = tuple[str, str]
"""Where, or for whom alone, and the words."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the outbox, with what its messages say."""

    id: int
    turn: str
    kind: str
    lane: str
    status: str
    uncertain: int
    reminder: bool
    aside: str
    said: tuple[str, ...]

    @property
    def key(self) -> Key:
        return (self.aside or self.lane.rpartition("/")[2], self.said[0])


class Arrival(msgspec.Struct, frozen=True, kw_only=True):
    """A message of ours as it first stood there."""

    key: Key
    marked: bool
    at: int


class Judge:
    """Everything that is wrong, as sentences."""

    def __init__(self, fake: FakeSlack, words: Words, keys: KeyRing, data: Path) -> None:
        self._fake, self._words = fake, words
        self._marks = (words.say("delivery.seen_already"), words.say("slack.from_channel"))
        with sqlite3.connect(data / DATABASE) as connection:
            self.rows = list(self._rows(connection, keys))
            (self.nobody_told,) = connection.execute("SELECT count(*) FROM history WHERE kind = 'nobody_told'").fetchone()
            self.turns = {turn for (turn,) in connection.execute("SELECT id FROM turns")}
        connection.close()
        self.arrivals = list(self._arrived())
        self._by_key: dict[Key, list[Row]] = defaultdict(list)
        for row in self.rows:
            if row.kind != "update":
                self._by_key[row.key].append(row)

    def _rows(self, connection: sqlite3.Connection, keys: KeyRing) -> Iterator[Row]:
        renderer = Renderer(self._words)
        asked = """SELECT id, turn, kind, lane, status, uncertain, reminder, aside, number, body FROM outbox
            WHERE lane LIKE 'slack:%'"""
        for row_id, turn, kind, lane, status, uncertain, reminder, aside, number, body in connection.execute(asked):
            reply = reply_from(msgspec.json.decode(keys.open(body, body_cell(turn, number))))
            said = tuple(words_of(message.blocks).strip() for message in renderer.messages(reply))
            yield Row(
                id=row_id,
                turn=turn,
                kind=kind,
                lane=lane,
                status=status,
                uncertain=uncertain,
                reminder=bool(reminder),
                aside=aside,
                said=said,
            )

    def _arrived(self) -> Iterator[Arrival]:
        said = [message for channel in self._fake.book.channels.values() for message in channel.messages if message.bot_id]
        for at, message in enumerate(sorted(said, key=lambda one: one.ts)):
            yield self._arrival(message, at)

    def _arrival(self, message: Message, at: int) -> Arrival:
        blocks = (message.before or [message.blocks])[0]
        words, again, apart = words_of(blocks) if blocks else message.text, *self._marks
        where = self._fake.book.channels[message.channel].person if apart in words else message.aside or message.channel
        return Arrival(key=(where, _without(_without(words, apart), again)), marked=again in words, at=at)

    def wrong(self, acknowledged: list[str]) -> list[str]:
        """All of it. `acknowledged` are the ids of the events that we said we had kept."""
        found = [*self._ends(), *self._counted(), *self._strangers(), *self._in_order(), *self._told()]
        team = self._fake.home.id
        missing = {one for one in acknowledged if f"slack:{team}:{one}" not in self.turns}
        return [*found, *(f"Event {one} was acknowledged and not kept." for one in sorted(missing))]

    def _ends(self) -> Iterator[str]:
        for row in self.rows:
            if row.status not in ENDS:
                yield f"Row {row.id} has not come to an end: {row.status}."
            if row.uncertain > (1 if row.reminder else 2):
                yield f"Row {row.id} was uncertain {row.uncertain} times."

    def _counted(self) -> Iterator[str]:
        """Rows that say the same in the same place cannot be told apart: they are counted together."""
        arrived: dict[Key, list[Arrival]] = defaultdict(list)
        for one in self.arrivals:
            arrived[one.key].append(one)
        for key, rows in self._by_key.items():
            plain = sum(not one.marked for one in arrived[key])
            marked = sum(one.marked for one in arrived[key])
            sent = sum(row.status == "sent" for row in rows)
            if plain + marked < sent:
                yield f"Rows {[row.id for row in rows]}: {sent} are called sent, {plain + marked} arrived."
            if plain > len(rows):
                yield f"Rows {[row.id for row in rows]} arrived {plain} times without a mark."
            if marked > sum(row.uncertain > 0 and not row.reminder for row in rows):
                yield f"Rows {[row.id for row in rows]} arrived {marked} times with a mark, and were not uncertain so often."

    def _strangers(self) -> Iterator[str]:
        later = {words for row in self.rows for words in row.said[1:]} | {self._words.say(key) for key in SAID_BY_THE_DOOR}
        for one in self.arrivals:
            if one.key not in self._by_key and one.key[1] not in later:
                yield f"Nobody committed what arrived in {one.key[0]}: {one.key[1][:60]!r}."

    def _in_order(self) -> Iterator[str]:
        """By each row's first arrival. Reminders keep an order of their own: nobody's answer waits for them."""
        last: dict[tuple[str, bool], int] = {}
        seen: set[Key] = set()
        for one in self.arrivals:
            rows = self._by_key.get(one.key, [])
            if len(rows) != 1 or one.key in seen or rows[0].aside:
                continue
            seen.add(one.key)
            lane = (rows[0].lane, rows[0].reminder)
            if rows[0].id < last.get(lane, 0):
                yield f"Row {rows[0].id} arrived after row {last[lane]} of its conversation."
            last[lane] = max(rows[0].id, last.get(lane, 0))

    def _told(self) -> Iterator[str]:
        """What was given up is told in a turn of its own. Where nobody at all could be reached, the history says that."""
        for row in self.rows:
            if row.status not in ("dead", "uncertain") or row.kind == "update" or row.turn.startswith("given-up:"):
                continue
            telling = [one for one in self.rows if f"{one.turn}:".startswith(f"given-up:{row.id}:")]
            if f"given-up:{row.id}" not in self.turns or not telling:
                yield f"Row {row.id} was given up and nobody was told."
            elif not any(one.status in ("sent", "uncertain") for one in telling) and not self.nobody_told:
                yield f"Row {row.id} was given up, and telling of it reached nobody: {[one.status for one in telling]}."

    @property
    def counts(self) -> Counter[str]:
        """How the rows ended, and how often something came twice."""
        ended = Counter(f"rows {row.status}" for row in self.rows)
        ended["rows"] = len(self.rows)
        ended["arrived"] = len(self.arrivals)
        ended["arrived marked"] = sum(one.marked for one in self.arrivals)
        ended["nobody told"] = self.nobody_told
        ended["turns"] = sum(turn.startswith("slack:") for turn in self.turns)
        ended["reminders sent"] = sum(row.reminder and row.status == "sent" for row in self.rows)
        return ended


def _without(words: str, mark: str) -> str:
    """Below a card's title, where it has one."""
    return words.replace(f"{mark}\n\n", "").replace(f"{mark}\n", "").replace(mark, "").strip()
