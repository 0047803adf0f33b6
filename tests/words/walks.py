"""Walking a whole referral and keeping everything that was said on the way: cards, windows, posts and replaced cards.

Every answer that identifies holds `MARK`, a word that stands nowhere else, so that it can be looked for where it must not be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from story import Story, text_of

from dialogs.reply import Button, Card, Input, InputKind, Reply, Window, as_json, window_from
from dialogs.turn import Said

MARK = "Zorvane"
BORN = ("7 March 2011", "2011-03-07", "9 May 2013", "2013-05-09")
"""Birth dates of the children and of a relative, as people and as machines write them."""
FORWARD = frozenset({"answer", "confirm", "skip", "not_known"})


class Heard(NamedTuple):
    """One message: in which conversation, whether that is where the person spoke, and whether it is private to them."""

    conversation: str
    here: bool
    private: bool
    reply: Reply


class Watched(Story):
    """A story that keeps what everybody saw."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.everything: list[Heard] = []
        self.windows: list[Window] = []
        self.asked_again: list[str] = []
        self._settled: set[str] = set()

    async def take(self, said: Said, turn: str = "") -> None:
        """One turn, and a note of everything that came of it."""
        before = {place: len(replies) for place, replies in self.channel.said.items()}
        await super().take(said, turn)
        for place, replies in self.channel.said.items():
            here = place == self.place.conversation
            private = not place.startswith("channel:")
            self.everything += [Heard(place, here, private, reply) for reply in replies[before.get(place, 0) :]]
        if self.answer is not None:
            self.windows.append(window_from(self.answer))

    async def go(self, action: str, inputs: Mapping[str, str] | None = None) -> Reply:
        """Press a button of a question, and note when something that was settled is asked again."""
        paths = [asked.id for asked in self.card.inputs]
        reply = await self.press(action, inputs)
        if reply.card is None:
            return reply
        wrong = {asked.id for asked in reply.card.inputs if asked.error}
        self._settled |= {path for path in paths if path not in wrong}
        now = [asked for asked in reply.card.inputs if not wrong]
        if action in FORWARD and now and "change" not in {asked.id for asked in now}:
            self._compare(now)
        return reply

    def _compare(self, now: list[Input]) -> None:
        again = [asked for asked in now if asked.id in self._settled]
        if len(again) == len(now):
            self.asked_again += [asked.id for asked in again]
        self.asked_again += [asked.id for asked in again if not asked.value]

    def replies(self) -> Iterator[Reply]:
        """Every message and every card that replaced another."""
        yield from (heard.reply for heard in self.everything)
        yield from (reply for _, reply in self.channel.updates)

    def cards(self) -> Iterator[Card]:
        """Every card; a window that is open counts as one."""
        yield from (reply.card for reply in self.replies() if reply.card is not None)
        for window in self.windows:
            if window.submit is not None:
                yield Card(title=window.title, blocks=window.blocks, inputs=window.inputs, buttons=(window.submit,))


def texts(part: Any) -> Iterator[str]:
    """Every text in a reply, window or card, ids and action names left out."""
    if isinstance(part, Reply | Window):
        yield from texts(as_json(part))
    elif isinstance(part, Card | Input | Button):
        yield from texts(msgspec.to_builtins(part))
    elif isinstance(part, dict):
        shown = {k: v for k, v in part.items() if k not in ("id", "action", "target", "at", "kind", "type", "style")}
        yield from (text for value in shown.values() for text in texts(value))
    elif isinstance(part, list | tuple):
        yield from (text for value in part for text in texts(value))
    elif isinstance(part, str):
        yield part


def marked(text: str) -> bool:
    """Whether a text holds something that identifies."""
    return MARK.casefold() in text.casefold() or any(born in text for born in BORN)


def child(number: int) -> dict[str, str]:
    """Answers about one child, every identifying one marked."""
    said = {
        "name": f"{MARK} Child {number}",
        "date_of_birth": BORN[0],
        "sex": "female",
        "ethnicity": "other",
        "ethnicity_other": f"{MARK} people",
        "religion": f"{MARK} faith",
        "disability": f"{MARK} disability",
        "address": f"{number} {MARK} Street",
        "do_not_share": "yes",
        "do_not_share_reason": f"From {MARK} Uncle",
        "carer": f"{MARK} Mother",
        "aliases": f"{MARK} Nickname",
        "school": f"{MARK} School",
        "gp": f"{MARK} Surgery",
        "nhs_number": f"{MARK} 943",
        "normally_resident": "yes",
        "deceased": "no",
        "seriously_harmed": "yes",
        "harm_description": f"{MARK} injury",
        "abuse_or_neglect": "suspected",
        "looked_after": "no",
        "subject": "harmed_child",
    }
    return {f"children.{number}.{name}": value for name, value in said.items()}


def answers(children: int = 1) -> dict[str, str]:
    """A whole referral."""
    said = {
        "receipt_source": "telephone",
        "received_at": "today at 8am",
        "referrer_name": "Test Caller",
        "referrer_role": "Nurse",
        "referrer_agency": "Test Trust",
        "referrer_email": "test.caller@example.org",
        "immediate_safety": "yes",
        "immediate_safety_action": f"With {MARK} Aunt",
        "incident_date": "20/11/2026",
        "incident_location": f"At {MARK} House",
        "incident_place": "in_area",
        "la_aware_at": "20/11/2026 14:30",
        "agencies_concern": "no",
        "summary": f"{MARK} was taken to hospital. " * 30,
    }
    for number in range(1, children + 1):
        said |= child(number)
    return said


def rows() -> dict[str, list[dict[str, str]]]:
    """Rows for the three lists of the form."""
    return {
        "processes": [
            {"type": "section_47", "process": f"{MARK} enquiry", "for_abuse_or_neglect": "yes", "contact": f"{MARK} Lead"}
        ],
        "family": [
            {"name": f"{MARK} Mother", "relationship": "Mother", "date_of_birth": BORN[2], "address": f"{MARK} Road"},
            {"name": f"{MARK} Brother", "relationship": "Brother"},
        ],
        "agencies": [{"agency": "police", "name": f"{MARK} Officer", "contact_details": f"{MARK} desk"}],
    }


async def walk(story: Watched, given: Mapping[str, str], *, children: int = 1, most: int = 200) -> None:
    """Answer whatever is asked, from a table of answers, until check your answers."""
    left, more = rows(), children - 1
    for _ in range(most):
        actions = {button.action for button in story.card.buttons}
        if actions & {"submit", "finish"}:
            return
        if "no_more_children" in actions:
            await story.go("add_child" if more > 0 else "no_more_children")
            more -= 1
        elif "row_save" in actions:
            await _row(story, left, actions)
        else:
            await _page(story, given, actions)
    raise AssertionError(f"the walk never came to check your answers, but stands at: {text_of(story.newest)}")


async def _row(story: Watched, left: dict[str, list[dict[str, str]]], actions: set[str]) -> None:
    state = story.button("row_save").at.partition(":")[0]
    waiting = left.get(state)
    if waiting:
        row = waiting.pop(0)
        await story.go("row_save", {a.id: row[name] for a in story.card.inputs if (name := a.id.split(".")[-1]) in row})
    else:
        await story.go("row_done" if "row_done" in actions else "row_none")


async def _page(story: Watched, given: Mapping[str, str], actions: set[str]) -> None:
    asked = story.card.inputs
    if "seen" in actions:
        await story.go("seen")
    elif "confirm" in actions:
        await story.go("confirm", {one.id: one.value or given.get(one.id, "") for one in asked})
    elif any(given.get(one.id) for one in asked):
        await story.go("answer", {one.id: given.get(one.id, "") for one in asked})
    elif "skip" in actions:
        await story.go("skip")
    elif "not_known" in actions:
        await story.go("not_known")
    else:
        assert all(one.kind is InputKind.CHOICE for one in asked), [one.id for one in asked]
        await story.go("answer", {one.id: "not_known" for one in asked})
