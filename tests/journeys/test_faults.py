"""A bug in the middle of a turn: a plain sentence with a number, the answers safe, the next message answered."""

from __future__ import annotations

import logging
import re

import pytest
from msgspec.structs import replace
from referral_steps import ONE_CHILD, begin, fill_in
from story import Story, profile, text_of

from bot.house import TheHouse
from dialogs.kit import Kit
from dialogs.making import make_kit
from templates.rules import Rules
from templates.wording import Words

SECRET = "Test Child With A Bug"


class NoRules:
    """Rules that cannot be read: whatever is asked of them raises, with something in it that no log may show."""

    def __getattr__(self, name: str) -> object:
        raise RuntimeError(f"{SECRET} {name}")


def kit_without(story: Story, key: str) -> Kit:
    """The profile with one sentence missing."""
    words = Words({name: text for name, text in profile().words.items() if name != key})
    return make_kit(replace(profile(), words=words), story.parts.kit.digest, story.parts.kit.tenants)


def kit_without_rules(story: Story) -> Kit:
    rules: Rules = NoRules()  # type: ignore[assignment]  # the fault on purpose
    return make_kit(replace(profile(), rules=rules), story.parts.kit.digest, story.parts.kit.tenants)


def house_with(story: Story, kit: Kit) -> TheHouse:
    return TheHouse(story.parts.store, kit, story.parts.courier, story.clock)


@pytest.mark.parametrize("fault", ["words", "rules"])
async def test_a_bug_is_said_plainly_and_the_next_message_works(
    story: Story, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD, until="children.1.name")
    draft = story.button("answer").target
    before = dict(await story.answers_of(draft))
    sound = story.parts
    kit = kit_without(story, "filling.preview") if fault == "words" else kit_without_rules(story)
    story.parts = replace(story.parts, house=house_with(story, kit))

    with caplog.at_level(logging.DEBUG):
        said = text_of(await story.says(SECRET if fault == "words" else f"change {SECRET}"))

    number = re.search(r"number: ([0-9A-F]{8})", said)
    assert number
    assert "Your earlier answers are saved" in said
    assert SECRET not in said
    assert any(number[1] in record.getMessage() for record in caplog.records)
    assert SECRET not in caplog.text
    assert await story.answers_of(draft) == before
    assert "fault" in [row.kind for row in await story.parts.store.history("partnership")]

    story.parts = sound
    await story.says("Test Child One")
    assert (await story.answers_of(draft))["children.1.name"].value == "Test Child One"
    await fill_in(story, ONE_CHILD)
    assert "NS-2026-0001" in text_of(await story.press("submit"))


async def test_a_bug_while_sending_keeps_the_referral_unsent_and_whole(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD)
    card = len(story.heard)
    sound = story.parts
    story.parts = replace(story.parts, house=house_with(story, kit_without(story, "referral.arrived")))
    assert "Something went wrong" in text_of(await story.press("submit"))
    story.parts = sound
    assert not await story.cases()
    assert "NS-2026-0001" in text_of(await story.press_card(card, "submit", {}))
