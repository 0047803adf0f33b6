"""The main path at the console: the coordinator decides and asks, an organisation opens its request and answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from case_steps import DECIDED
from console_kit import Sitting, sitting_in
from referral_steps import ONE_CHILD
from scoping_steps import PURPOSE, REFERENCE

SIMPLE = ("confirm", "no_more_children", "seen", "row_none", "row_done")
"""Pressed wherever they stand: what is offered is right, and there are no more rows."""


class Typist:
    """Makes the lines of a sitting while it goes on: looks at the newest card, and types labels and values."""

    def __init__(self, sitting: Sitting) -> None:
        self._sitting = sitting

    def push(self, action: str, values: Mapping[str, str] | None = None) -> Iterator[str]:
        """Type a button's words, then a value at each of the card's boxes: an empty line keeps what stands there."""
        card = self._sitting.card()
        button = next(one for one in card.buttons if one.action == action)
        yield button.label
        if button.takes_inputs:
            yield from ((values or {}).get(asked.id, "") for asked in card.inputs)

    def fill_in(self, answers: Mapping[str, str]) -> Iterator[str]:
        """Answer what is asked until it can be sent."""
        for _ in range(120):
            actions = [one.action for one in self._sitting.card().buttons]
            if "submit" in actions:
                return
            yield from self._one(actions, answers)
        raise AssertionError("never came to an end")

    def _one(self, actions: list[str], answers: Mapping[str, str]) -> Iterator[str]:
        asked = [one.id for one in self._sitting.card().inputs]
        simple = next((one for one in SIMPLE if one in actions), "")
        if simple:
            return self.push(simple)
        if any(answers.get(one) for one in asked):
            return self.push("answer", answers)
        leaves = next((one for one in ("skip", "not_known") if one in actions), "answer")
        return self.push(leaves, dict.fromkeys(asked, "not_known"))

    def decided_and_asked(self) -> Iterator[str]:
        """From the referral to the requests."""
        yield "refer"
        yield from self.push("start_referral")
        yield from self.fill_in(ONE_CHILD)
        yield from self.push("submit")
        yield "/as coordinator"
        yield f"record the decision {REFERENCE}"
        yield from self.fill_in(DECIDED)
        yield from self.push("submit")
        yield f"send requests {REFERENCE}"
        yield from self.push("keep_choice", {"organisations": "police, fire"})
        yield from self.push("vet_organisations")
        yield from self.push("keep_vetted")
        yield from self.push("confirm_requests")
        yield from self.push("send_now", PURPOSE)

    def answered(self) -> Iterator[str]:
        """The police open their request in their channel, and say one to one that they know nobody."""
        yield "/as police-lead"
        yield "/in police"
        yield from self.push("open_request")
        yield "/as police-lead"
        yield from self.push("begin_nil", {"records_secured": "yes", "kept_separate": "yes"})
        yield from self.fill_in({"records_searched": "Test records system"})
        yield from self.push("submit")
        yield "/in police"
        assert "correct_return" in [one.action for one in self._sitting.card().buttons], "the card in the channel followed"

    def seen(self) -> Iterator[str]:
        """The coordinator looks."""
        yield "/as coordinator"
        yield f"requests {REFERENCE}"


async def test_decided_asked_opened_answered_and_seen(tmp_path: Path) -> None:
    async with sitting_in(tmp_path) as sitting:
        typist = Typist(sitting)

        def lines() -> Iterator[str]:
            yield from typist.decided_and_asked()
            yield from typist.answered()
            yield from typist.seen()

        said = await sitting.follow(lines())
    in_channel, opened = said.split("You are in the channel police")[1].split("You are Test Police Lead", 1)
    assert f"{REFERENCE}: please tell us what your organisation knows." in in_channel
    assert "in your own chat" in in_channel
    assert "Test Child" not in in_channel
    assert "Test Child One" in opened
    assert "confirmed in writing" in opened
    last = said.split("You are Test Coordinator")[-1]
    assert "Test Police: not known to them" in last
    assert "Test Fire and Rescue Service: not opened yet" in last
