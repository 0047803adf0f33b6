"""The rules that stand for Slack see each mistake: a check that takes everything would hold nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from sample_cards import BLOCKS, BUTTONS, MANY, REPLY, WINDOW
from slack_rules import problems_of_message, problems_of_view

from bot.slack.carried import Frame
from bot.slack.messages import Renderer
from dialogs.reply import Input, InputKind, Window
from templates.wording import load_words

RENDERER = Renderer(load_words())
Change = Callable[[Any], object]


def of(blocks: Any, kind: str) -> Any:
    return next(block for block in blocks if block["type"] == kind)


def chosen(blocks: Any, kind: str) -> Any:
    return next(block["element"] for block in blocks if block["type"] == "input" and block["element"]["type"] == kind)


def text(of_: str, length: int) -> Any:
    return {"type": of_, "text": "x" * length}


MISTAKES: dict[str, Change] = {
    "too many blocks": lambda blocks: blocks.extend([{"type": "divider"}] * 50),
    "no blocks": lambda blocks: blocks.clear(),
    "a block that is not known": lambda blocks: blocks.append({"type": "table"}),
    "a name that is not known": lambda blocks: of(blocks, "header").update(colour="red"),
    "a heading that is too long": lambda blocks: of(blocks, "header").update(text=text("plain_text", 151)),
    "a heading with nothing in it": lambda blocks: of(blocks, "header").update(text=text("plain_text", 0)),
    "a heading with markup": lambda blocks: of(blocks, "header").update(text=text("mrkdwn", 5)),
    "a note that is too long": lambda blocks: of(blocks, "context").update(elements=[text("plain_text", 3_001)]),
    "too many notes": lambda blocks: of(blocks, "context").update(elements=[text("plain_text", 1)] * 11),
    "rich text that is too long": lambda blocks: of(blocks, "rich_text")["elements"][0].update(elements=[text("text", 3_001)]),
    "an empty run": lambda blocks: of(blocks, "rich_text")["elements"][0].update(elements=[text("text", 0)]),
    "rich text without elements": lambda blocks: of(blocks, "rich_text").pop("elements"),
    "a field without a label": lambda blocks: of(blocks, "input").pop("label"),
    "a label that is too long": lambda blocks: of(blocks, "input").update(label=text("plain_text", 2_001)),
    "a hint that is too long": lambda blocks: of(blocks, "input").update(hint=text("plain_text", 2_001)),
    "an id that is too long": lambda blocks: of(blocks, "input").update(block_id="x" * 256),
    "the same id twice": lambda blocks: blocks.append(of(blocks, "input")),
    "an inner id that is too long": lambda blocks: of(blocks, "input")["element"].update(action_id="x" * 256),
    "an answer that is too long": lambda blocks: of(blocks, "input")["element"].update(initial_value="x" * 3_001),
    "a field that holds too much": lambda blocks: of(blocks, "input")["element"].update(max_length=3_001),
    "eleven radio buttons": lambda blocks: chosen(blocks, "radio_buttons")["options"].extend(
        {"text": text("plain_text", 3), "value": f"v{number}"} for number in range(8)
    ),
    "no options": lambda blocks: chosen(blocks, "static_select").update(options=[]),
    "too many options": lambda blocks: chosen(blocks, "static_select").update(
        options=[{"text": text("plain_text", 3), "value": f"v{number}"} for number in range(101)]
    ),
    "options and groups of them": lambda blocks: chosen(blocks, "static_select").update(option_groups=[]),
    "an option that is too long": lambda blocks: chosen(blocks, "checkboxes")["options"][0].update(text=text("plain_text", 76)),
    "a value that is too long": lambda blocks: chosen(blocks, "checkboxes")["options"][0].update(value="x" * 151),
    "a value twice": lambda blocks: chosen(blocks, "checkboxes")["options"].append(chosen(blocks, "checkboxes")["options"][0]),
    "something chosen that is not offered": lambda blocks: chosen(blocks, "radio_buttons")["initial_option"].update(value="z"),
    "too many buttons": lambda blocks: of(blocks, "actions").update(
        elements=[of(blocks, "actions")["elements"][0] | {"action_id": f"press:{number}"} for number in range(26)]
    ),
    "two buttons of one name": lambda blocks: of(blocks, "actions")["elements"].append(of(blocks, "actions")["elements"][0]),
    "a button that is too long": lambda blocks: of(blocks, "actions")["elements"][0].update(text=text("plain_text", 76)),
    "a button that carries too much": lambda blocks: of(blocks, "actions")["elements"][0].update(value="x" * 2_001),
    "a button of another colour": lambda blocks: of(blocks, "actions")["elements"][0].update(style="green"),
    "too much in all": lambda blocks: blocks.extend(
        {"type": "section", "text": text("plain_text", 2_900), "block_id": f"b{number}"} for number in range(4)
    ),
}

FRAMES: dict[str, Change] = {
    "no title": lambda view: view.pop("title"),
    "a title that is too long": lambda view: view.update(title=text("plain_text", 25)),
    "a submit that is too long": lambda view: view.update(submit=text("plain_text", 25)),
    "a close that is too long": lambda view: view.update(close=text("plain_text", 25)),
    "fields and no submit": lambda view: view.pop("submit"),
    "too much that it carries": lambda view: view.update(private_metadata="x" * 3_001),
    "a name that is too long": lambda view: view.update(callback_id="x" * 256),
    "a name that is not known": lambda view: view.update(colour="red"),
    "another type": lambda view: view.update(type="page"),
    "a yes that is a text": lambda view: view.update(notify_on_close="no"),
    "too many blocks": lambda view: view["blocks"].extend([{"type": "divider"}] * 100),
    "too large": lambda view: view.update(blocks=[{"type": "section", "text": text("plain_text", 2_900)} for _ in range(90)]),
}


def a_message() -> Any:
    blocks = json.loads(json.dumps(RENDERER.messages(REPLY)[0].blocks))
    assert problems_of_message(blocks) == []
    return blocks


@pytest.mark.parametrize("name", sorted(MISTAKES))
def test_a_mistake_in_a_message_is_seen(name: str) -> None:
    blocks = a_message()
    MISTAKES[name](blocks)
    assert problems_of_message(blocks)


@pytest.mark.parametrize("name", sorted(FRAMES))
def test_a_mistake_in_a_window_is_seen(name: str) -> None:
    view: Any = json.loads(json.dumps(RENDERER.view(WINDOW, Frame())))
    assert problems_of_view(view) == []
    FRAMES[name](view)
    assert problems_of_view(view)


def test_the_page_of_our_own_has_no_frame() -> None:
    view: Any = RENDERER.home(Window(title="x", blocks=BLOCKS, buttons=BUTTONS))
    assert problems_of_view(view) == []
    assert problems_of_view(view | {"title": text("plain_text", 3)})
    assert problems_of_view(view | {"submit": text("plain_text", 3)})


def test_an_answer_says_where_it_is_wrong_as_slack_does() -> None:
    blocks = a_message()
    of(blocks, "header")["text"] = text("plain_text", 151)
    assert problems_of_message(blocks) == ["must be less than 151 characters [json-pointer:/blocks/0/text/text]"]


def test_options_are_not_counted_into_the_size_of_a_message() -> None:
    field = Input(id="x", label="Which?", kind=InputKind.CHOICE, choices=MANY)
    view: Any = RENDERER.view(Window(title="x", inputs=(field,), submit=BUTTONS[0]), Frame())
    options = [{"text": text("plain_text", 75), "value": f"{number}".ljust(150, "x")} for number in range(100)]
    view["blocks"][0]["element"]["options"] = options
    assert problems_of_message(view["blocks"]) == []
