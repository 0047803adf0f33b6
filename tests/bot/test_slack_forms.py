"""Every section of every form, as windows and as cards, is drawn as Slack takes it: by its rules and by its own classes."""

from __future__ import annotations

import json

import pytest
from every_section import cards, choices, windows
from memory_house import kit
from slack_rules import problems_of_message, problems_of_view
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.slack.carried import Frame
from bot.slack.fields import LONGEST_OPTION, LONGEST_VALUE, MOST_OPTIONS
from bot.slack.messages import LARGEST_VIEW, MOST_IN_VIEW, Renderer
from templates.forms.shape import NEVER_ASKED, Spot

FORMS = tuple(kit().profile.shapes)
RENDERER = Renderer(kit().words)


@pytest.mark.parametrize("form", FORMS)
def test_every_window_of_the_form_is_one_that_slack_takes(form: str) -> None:
    drawn = {name: RENDERER.view(window, Frame("D0TEST")) for name, window in windows().items() if name.startswith(form)}
    assert {name: problems for name, view in drawn.items() if (problems := problems_of_view(view))} == {}
    assert [name for name, view in drawn.items() if View(**view).to_dict() != view] == []  # type: ignore[arg-type]
    assert {name for name in drawn if name.endswith("full")} == {f"{name} full" for name in drawn if not name.endswith("full")}


@pytest.mark.parametrize("form", FORMS)
def test_every_card_of_the_form_is_one_that_slack_takes(form: str) -> None:
    drawn = {name: RENDERER.messages(reply) for name, reply in cards().items() if name.startswith(form)}
    each = [(name, message.blocks) for name, messages in drawn.items() for message in messages]
    assert [(name, problems) for name, blocks in each if (problems := problems_of_message(blocks))] == []
    assert [name for name, blocks in each if [block.to_dict() for block in Block.parse_all(blocks)] != blocks] == []
    assert len(drawn) > 5


def test_every_question_of_every_form_is_in_one_of_the_windows() -> None:
    for form, shape in kit().profile.shapes.items():
        shown = {field.id for name, window in windows().items() if name.startswith(form) for field in window.inputs}
        asked = [shape.path(Spot(one.state, 1)) for one in shape.order if one.question.kind not in NEVER_ASKED]
        assert asked
        assert set(asked) <= shown


def test_the_largest_window_is_far_from_the_limits() -> None:
    views = [RENDERER.view(window, Frame("D0TEST")) for window in windows().values()]
    assert max(len(json.dumps(view)) for view in views) < LARGEST_VIEW // 2
    assert max(len(view["blocks"]) for view in views) < MOST_IN_VIEW  # type: ignore[arg-type]


def test_no_option_of_a_form_has_to_be_numbered_or_grouped() -> None:
    every = choices().values()
    assert max(len(choice.value) for offered in every for choice in offered) < LONGEST_VALUE
    assert max(len(choice.label) for offered in every for choice in offered) < LONGEST_OPTION
    assert max(map(len, every)) < MOST_OPTIONS
