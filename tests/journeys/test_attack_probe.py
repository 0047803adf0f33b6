from __future__ import annotations
from referral_steps import ONE_CHILD, begin, fill_in
from story import Story, text_of
from bot.console.places import who_is
from bot.teams.cards import Renderer
from state.records import GrantRecord
from templates.wording import load_words
from test_restricted import restricted, another_coordinator, REFERENCE
from bot.doors import NotDelivered
import pytest


async def test_channel_list(story: Story) -> None:
    case = await restricted(story, "Test Coordinator")
    story.as_("coordinator", in_channel="coordinators")
    assert REFERENCE not in text_of(await story.says("open referrals"))
    a = text_of(await story.says(f"open {REFERENCE}")); b = text_of(await story.says("open NS-2026-0999"))
    assert a == b
    assert text_of(await story.press_raw("open_case", case)) == text_of(await story.press_raw("open_case", "nothing"))


async def test_unticked(story: Story) -> None:
    await another_coordinator(story)
    await begin(story, restricted=True)
    card = len(story.heard)
    people = {c.label: c.value for c in story.card.inputs[0].choices}
    print(people)
    await story.press_card(card, "name_people", {"named": ",".join(people.values())})
    only = next(v for l, v in people.items() if "Test Coordinator" in l)
    await story.press_card(card, "name_people", {"named": only})
    await fill_in(story, ONE_CHILD)
    await story.press("submit")
    assert REFERENCE not in text_of(await story.as_("nurse").says("open referrals"))
    assert not story.channel.said["manager"]


async def test_given_up_restricted(story: Story) -> None:
    await another_coordinator(story)
    story.channel.fail_at("coordinator", NotDelivered("delivery.not_installed"))
    try:
        await restricted(story, "Test Coordinator")
    except IndexError:
        pass
    for p, said in story.channel.said.items():
        print(p, [text_of(r) for r in said][-2:])
    assert not story.channel.said["channel:coordinators"]
    assert not story.channel.said["nurse"]


async def test_long_collision(story: Story) -> None:
    await begin(story)
    q = "incident_description"
    from dialogs.reply import InputKind
    for _ in range(1):
        await fill_in(story, ONE_CHILD)
    # find long text question
    shape = story.parts.kit.profile.shapes["referral"]
    longs = [p.state for p in shape.order if p.question.kind.value == "long_text"]
    print(longs)
    kept = await story.answers_of(story.button("submit").target)
    path = next(s for s in longs if s in kept and kept[s].state == "given")
    print(path)
    await story.says(f"change {path}")
    card, draft = len(story.heard), story.button("answer").target
    await story.press_card(card, "answer", {path: "A first account."})
    long = "Test word. " * 4000
    await story.press_card(card, "answer", {path: long})
    Renderer(load_words(), windows=True).cards(story.newest)
    assert long.strip()[-200:] in text_of(story.newest)


async def test_removed_child(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD, until="children.1.name")
    await fill_in(story, ONE_CHILD)
    draft = story.button("submit").target
    await story.says("add child")
    print(text_of(story.newest))
    card = len(story.heard); asked = story.asked
    await story.says("remove child 2")
    await story.press_card(card, "answer", {asked: "Test Child Two"})
    kept = await story.answers_of(draft)
    print(text_of(story.newest))
    assert kept[asked].value == "Test Child Two"


async def test_removed_row(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD, until="family.1.name")
    draft = story.button("row_save").target
    await story.press("row_save", {"family.1.name": "Test Mother"})
    await fill_in(story, ONE_CHILD)
    await story.says("change family")
    print(text_of(story.newest))
    card = len(story.heard)
    await story.press_raw("row_remove", draft)
    from dialogs.turn import Press
    await story.take(Press(action="row_remove", target=draft, at="family:1"))
    print(text_of(story.newest)[-300:])
    await story.take(Press(action="row_save", target=draft, at="family:1", inputs={"family.1.name": "Test Father"}))
    print(text_of(story.newest)[:600])
    assert "Test Father" in text_of(await story.says("check")) or "kept" not in text_of(story.newest)
