"""What we draw for Slack, against the types that Slack publishes itself: every sample, and every section of every form."""

from __future__ import annotations

import json
from typing import Any

import pytest
from every_section import cards, windows
from sample_cards import BLOCKS, BUTTONS, LONG, REPLY, WINDOW
from slack_schema import against, schema_of

from bot.slack.carried import Frame
from bot.slack.messages import Renderer
from dialogs.reply import Choice, Input, InputKind, Reply, Window
from templates.wording import load_words

pytestmark = pytest.mark.needs_node
RENDERER = Renderer(load_words())


PARTS = {
    "actions": "ActionsBlock",
    "context": "ContextBlock",
    "header": "HeaderBlock",
    "input": "InputBlock",
    "rich_text": "RichTextBlock",
}


def against_slack(part: str, value: object) -> list[str]:
    """A view is made of everything that we draw: its schema is made once for all."""
    return against("@slack/types", "View", value, part=part)


def wrong(blocks: list[Any]) -> list[str]:
    """What Slack's types find wrong with blocks: against the one type that each says it is."""
    return [found for block in blocks for found in against_slack(PARTS[block["type"]], block)]


@pytest.mark.parametrize("reply", [REPLY, LONG, Reply(text="Hello."), Reply()])
def test_every_sample_is_made_of_blocks_that_slack_knows(reply: Reply) -> None:
    for message in RENDERER.messages(reply):
        assert wrong(message.blocks) == []
        assert [found for block in message.blocks for found in against_slack("KnownBlock", block)] == []


def test_windows_and_the_page_of_our_own_are_views_that_slack_knows() -> None:
    many = Window(title="x" * 30, blocks=BLOCKS, inputs=WINDOW.inputs, submit=BUTTONS[0], buttons=BUTTONS)
    for window in (WINDOW, many, Window(title="x", closed_text="Thank you.")):
        assert against_slack("ModalView", RENDERER.view(window, Frame("D0TEST"))) == []
    assert against_slack("ModalView", RENDERER.waiting_view("A window")) == []
    assert against_slack("HomeView", RENDERER.home(Window(title="x", blocks=BLOCKS, buttons=BUTTONS))) == []


def test_the_schema_would_see_a_mistake() -> None:
    field = RENDERER.messages(REPLY)[0].blocks[-2]
    assert field["type"] == "input"
    assert against_slack("KnownBlock", field) == []
    assert against_slack("KnownBlock", field | {"colour": "red"})
    assert against_slack("View", {"type": "modal", "blocks": []})


def test_every_window_of_every_form_is_a_view_that_slack_knows() -> None:
    drawn = {name: RENDERER.view(window, Frame("D0TEST")) for name, window in windows().items()}
    assert {name: found for name, view in drawn.items() if (found := wrong(view["blocks"]))} == {}  # type: ignore[arg-type]
    some = [view for name, view in drawn.items() if name.endswith("section 0")]
    assert [found for view in some for found in against_slack("ModalView", view)] == []


def test_every_card_of_every_form_is_made_of_blocks_that_slack_knows() -> None:
    sent = [block for reply in cards().values() for message in RENDERER.messages(reply) for block in message.blocks]
    different = {json.dumps(block): block for block in sent}
    assert wrong(list(different.values())) == []
    assert len(different) > 500


def test_more_than_a_hundred_choices_are_in_groups_that_slack_knows() -> None:
    many = tuple(Choice(f"c{number}", f"Choice {number}") for number in range(1, 151))
    field = Input(id="x", label="Which?", kind=InputKind.CHOICE, choices=many, value="c120")
    assert wrong(RENDERER.view(Window(title="x", inputs=(field,), submit=BUTTONS[0]), Frame())["blocks"]) == []  # type: ignore[arg-type]


def test_a_schema_is_made_of_any_type_of_any_package() -> None:
    made = schema_of("@slack/web-api", "AppsManifestValidateArguments")
    assert "AppsManifestValidateArguments" in made["definitions"]
