"""Messages, windows and the page of our own in Slack: both checks take them, and a long one loses nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_cards import BLOCKS, BUTTONS, FIELDS, HOSTILE, LONG, MANY, REPLY, WINDOW
from slack_rules import problems_of_message, problems_of_view, texts_of
from slack_sdk.models.blocks import Block as SdkBlock
from slack_sdk.models.views import View
from test_teams_cards import BLOCK, squeezed, text_of

from bot.slack.carried import Carried, Frame, carried_in, frame_in
from bot.slack.messages import CannotShow, Renderer, SlackMessage, escaped
from dialogs.reply import Block, Button, Card, Choice, Facts, Input, InputKind, Paragraph, Reply, Window
from state.values import PlaceKind
from templates.wording import load_words

RENDERER = Renderer(load_words())
FRAME = Frame("D0TEST", PlaceKind.PERSONAL)
A_HUNDRED = tuple(Choice(f"choice-{n}", f"Choice number {n} of a long list of them") for n in range(1, 101))


def fits(reply: Reply) -> list[SlackMessage]:
    """The messages of a reply, after both checks: the rules of Slack's pages, and the classes of its own SDK."""
    messages = RENDERER.messages(reply)
    for message in messages:
        assert problems_of_message(message.blocks) == []
        assert [block.to_dict() for block in SdkBlock.parse_all(message.blocks)] == message.blocks
    return messages


def fits_view(view: Any) -> Any:
    """The same for a window or a page of our own."""
    assert problems_of_view(view) == []
    assert View(**view).to_dict() == view
    return view


def buttons_of(blocks: Any) -> list[Any]:
    return [one for block in blocks if block["type"] == "actions" for one in block["elements"]]


def shown(messages: list[SlackMessage]) -> list[str]:
    """Every text of the blocks in order, without the buttons and the numbers of the parts."""
    blocks = [block for message in messages for block in message.blocks if block["type"] != "actions"]
    return [text for text in texts_of(blocks) if not text.startswith("Part ")]


def test_a_reply_is_one_message_with_title_text_fields_and_buttons() -> None:
    [message] = fits(REPLY)
    assert message.text == "A question for you."
    kinds = [block["type"] for block in message.blocks]
    assert kinds[:2] == ["header", "rich_text"]
    assert kinds[-1] == "actions"
    assert [block["block_id"] for block in message.blocks if block["type"] == "input"] == [one.id for one in FIELDS]
    assert [one["action_id"] for one in buttons_of(message.blocks)] == ["press:1", "press:2", "open:3"]


def test_the_preview_is_ours_and_never_what_was_said() -> None:
    assert {message.text for message in fits(LONG)} == {"The safeguarding review assistant has a message for you."}
    [message] = fits(Reply(text=HOSTILE, preview="A <message> & more"))
    assert message.text == "A &lt;message&gt; &amp; more"
    assert escaped("<!channel>") == "&lt;!channel&gt;"


def test_a_text_alone_is_a_message_with_blocks_and_an_empty_reply_is_a_message_too() -> None:
    [message] = fits(Reply(text=HOSTILE))
    assert list(texts_of(message.blocks)) == [HOSTILE]
    [message] = fits(Reply())
    assert list(texts_of(message.blocks)) == [message.text]
    [message] = fits(Reply(card=Card(buttons=BUTTONS[:1])))
    assert [block["type"] for block in message.blocks] == ["actions"]


def test_a_long_reply_is_several_messages_and_loses_nothing() -> None:
    messages = fits(LONG)
    assert "".join(shown(messages)).count("A long account.") == 2_000
    said = [text for message in messages for text in texts_of(message.blocks)]
    numbers = [f"Part {number} of {len(messages)}" for number in range(1, len(messages) + 1)]
    assert [text for text in said if text.startswith("Part ")] == numbers
    with_fields = [any(block["type"] == "input" for block in message.blocks) for message in messages]
    pressed = [bool(buttons_of(message.blocks)) for message in messages]
    assert pressed == [field or number == len(messages) for number, field in enumerate(with_fields, start=1)]


def test_the_largest_things_that_are_asked_and_said() -> None:
    field = Input(id="x", label="Which?", kind=InputKind.CHOICE, choices=A_HUNDRED, value="choice-100")
    [message] = fits(Reply(card=Card(inputs=(field,), buttons=BUTTONS)))
    assert message.blocks[0]["element"]["initial_option"]["value"] == "choice-100"  # type: ignore[index]
    rows = tuple((f"Label {number}", "A value of some length. " * 10) for number in range(40))
    assert "".join(shown(fits(Reply(card=Card(blocks=(Facts(rows),)))))).count("A value of some length.") == 400
    answer = "An answer. " * 910
    assert "".join(shown(fits(Reply(text=answer)))) == answer
    many = Reply(card=Card(blocks=tuple(Paragraph(f"Paragraph {number}.") for number in range(120)), buttons=BUTTONS))
    assert [len(message.blocks) for message in fits(many)] == [49, 49, 26]


def test_a_card_that_slack_has_no_room_for_is_said() -> None:
    twice = Card(inputs=(Input(id="a", label="A"), Input(id="a", label="B")))
    too_long = Card(inputs=(Input(id="a", label="A", value="a" * 3_001),))
    for card in (twice, too_long):
        with pytest.raises(CannotShow):
            RENDERER.messages(Reply(card=card))
        with pytest.raises(CannotShow):
            RENDERER.view(Window(title="x", inputs=card.inputs, submit=BUTTONS[0]), FRAME)


def test_a_window_is_a_modal_that_knows_where_it_was_opened_and_what_sending_it_means() -> None:
    view = fits_view(RENDERER.view(WINDOW, FRAME))
    assert (view["title"]["text"], view["submit"]["text"], view["close"]["text"]) == (
        "Details of the child",
        "Save the answer",
        "Close",
    )
    assert (view["callback_id"], view["notify_on_close"]) == ("cspr", False)
    assert frame_in(view["private_metadata"]) == Frame("D0TEST", PlaceKind.PERSONAL, "", Carried.of(BUTTONS[0]))
    assert [block["block_id"] for block in view["blocks"] if block["type"] == "input"] == [one.id for one in FIELDS]


def test_other_ways_on_from_a_window_are_buttons_in_it() -> None:
    view = fits_view(RENDERER.view(Window(title="x", inputs=FIELDS, submit=BUTTONS[0], buttons=BUTTONS[1:]), FRAME))
    assert [one["action_id"] for one in buttons_of(view["blocks"])] == ["send:1", "send:2"]


def test_a_window_with_fields_and_no_submit_is_sent_by_its_first_button() -> None:
    view = fits_view(RENDERER.view(Window(title="x", inputs=FIELDS, buttons=BUTTONS), FRAME))
    assert frame_in(view["private_metadata"]).submit == Carried.of(BUTTONS[0])
    assert [carried_in(one["value"]).action for one in buttons_of(view["blocks"])] == ["skip", "window"]


def test_a_window_to_read_has_no_submit() -> None:
    view = fits_view(RENDERER.view(Window(title="x", blocks=BLOCKS, buttons=BUTTONS), FRAME))
    assert "submit" not in view
    assert frame_in(view["private_metadata"]).submit is None
    assert len(buttons_of(view["blocks"])) == 3


def test_a_title_and_a_button_that_are_too_long_for_the_frame_are_said_in_the_window() -> None:
    title, label = "Section 2 of 9: Details of the child and of the family", "Record that the review was sent"
    window = Window(title=title, inputs=FIELDS, submit=Button(action="mark_sent", label=label))
    view = fits_view(RENDERER.view(window, FRAME))
    assert (view["title"]["text"], view["submit"]["text"]) == ("CSPR Assistant", "Confirm")
    assert view["blocks"][0] == {"type": "header", "text": {"type": "plain_text", "text": title, "emoji": False}}
    assert list(texts_of(view["blocks"][-1])) == [f"Confirm does this: {label}."]


def test_a_closed_window_says_only_that() -> None:
    closed = Window(title="Saved", closed_text="Thank you.", inputs=FIELDS, submit=BUTTONS[0])
    view = fits_view(RENDERER.view(closed, FRAME))
    assert list(texts_of(view["blocks"])) == ["Thank you."]
    assert "submit" not in view


def test_what_waits_is_a_window_already() -> None:
    view = fits_view(RENDERER.waiting_view("Open this section as a window"))
    assert next(texts_of(view["blocks"])) == "Open this section as a window"
    assert "submit" not in view


def test_the_page_of_our_own_has_a_title_and_buttons_that_are_pressed_and_that_open() -> None:
    view = fits_view(RENDERER.home(Window(title="What waits for you", blocks=BLOCKS, buttons=BUTTONS)))
    assert view["type"] == "home"
    assert view["blocks"][0]["type"] == "header"
    assert [one["action_id"] for one in buttons_of(view["blocks"])] == ["press:1", "press:2", "open:3"]


@pytest.mark.parametrize(
    "window",
    [
        Window(title="x"),
        Window(title="x", blocks=(Paragraph("x " * 125_000),)),
        Window(title="x", blocks=tuple(Paragraph(f"{number}") for number in range(101))),
        Window(title="x", blocks=BLOCKS, submit=Button(action="a", label="A", target="x" * 3_000)),
    ],
)
def test_a_window_that_slack_has_no_room_for_is_said(window: Window) -> None:
    with pytest.raises(CannotShow):
        RENDERER.view(window, FRAME)


TYPED = st.builds(
    lambda text, times: (text * times)[:3_000],
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12),
    st.integers(0, 400),
)
LABEL = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=300).filter(str.strip)
OPTION = st.builds(lambda label, times: (label * times)[:300], LABEL, st.sampled_from([1, 1, 20]))


@st.composite
def fields(draw: st.DrawFn) -> list[Input]:
    """Fields of every kind, as the dialogs make them: ids of our own, and at most 3,000 characters in each."""
    made = []
    for number in range(draw(st.integers(0, 8))):
        kind = draw(st.sampled_from(InputKind))
        labels = draw(st.lists(OPTION, max_size=14)) if kind in (InputKind.CHOICE, InputKind.CHOICES) else []
        typed = draw(TYPED) if not labels else "o0"
        error = draw(st.one_of(st.just(""), TYPED))
        choices = tuple(Choice(f"o{at}", label) for at, label in enumerate(labels))
        one = Input(id=f"f{number}", label=draw(LABEL), kind=kind, choices=choices, value=typed, error=error, hint=draw(TYPED))
        made.append(one)
    return made


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.lists(BLOCK, max_size=6), fields(), TYPED, TYPED)
def test_any_reply_is_drawn_in_messages_that_slack_takes_and_says_everything_in_order(
    blocks: list[Block], inputs: list[Input], text: str, title: str
) -> None:
    messages = fits(Reply(text=text, card=Card(title=title, blocks=tuple(blocks), inputs=tuple(inputs), buttons=BUTTONS)))
    said = squeezed("".join(shown(messages)))
    at = 0
    for wanted in (title, text, *(text_of(block) for block in blocks), *(line for one in inputs for line in lines_of(one))):
        found = said.find(squeezed(wanted), at)
        assert found >= 0
        at = found + len(squeezed(wanted))
    assert all(squeezed(choice.label) in said for one in inputs for choice in one.choices)


def lines_of(field: Input) -> list[str]:
    """What a field shows, in the order it stands there, as far as that does not hang on its kind."""
    typed = field.value if field.kind in (InputKind.TEXT, InputKind.LONG_TEXT) else ""
    return [field.error, field.label, typed]


@settings(max_examples=50, derandomize=True, deadline=None)
@given(st.lists(BLOCK, max_size=6), fields(), LABEL, LABEL)
def test_any_window_is_drawn_as_slack_takes_it(blocks: list[Block], inputs: list[Input], title: str, label: str) -> None:
    submit = Button(action="save", label=label[:75], target="draft-1")
    window = Window(title=title, blocks=tuple(blocks), inputs=tuple(inputs), submit=submit, buttons=BUTTONS)
    view = fits_view(RENDERER.view(window, FRAME))
    said = squeezed("".join(texts_of([view["title"], view["blocks"], view["submit"]])))
    for wanted in (title, *(text_of(block) for block in blocks), *(line for one in inputs for line in lines_of(one))):
        assert squeezed(wanted) in said


def test_many_is_what_a_list_opens() -> None:
    field = Input(id="x", label="Which?", kind=InputKind.CHOICE, choices=MANY)
    assert RENDERER.view(Window(title="x", inputs=(field,), submit=BUTTONS[0]), FRAME)["blocks"][0]["element"]["type"] == (  # type: ignore[index]
        "static_select"
    )
