"""Adaptive Cards: their shape, their size, what they say without showing, and that nothing typed becomes markup."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from picture_examples import RETURNS
from sample_cards import BLOCKS, BUTTONS, FIELDS, HOSTILE, LONG, REPLY, WINDOW, drawn

from bot.teams.cards import LARGEST, CannotShow, Renderer, utf16_size
from bot.teams.elements import Element, inert
from dialogs.reply import Block, Bullets, Button, Card, Facts, Input, InputKind, Paragraph, Picture, Reply, Style, Window
from templates.wording import load_words

WORDS = load_words()
RENDERER = Renderer(WORDS, windows=True)
SCHEMA = json.loads((resources.files("adaptive_cards") / "schemas" / "schema-1.5.json").read_text())
VALIDATOR = Draft7Validator(SCHEMA)


def without_teams(value: Any) -> Any:
    """The card without what only Teams knows: the schema allows no other names."""
    if isinstance(value, dict):
        return {name: without_teams(inner) for name, inner in value.items() if name != "msteams"}
    return [without_teams(inner) for inner in value] if isinstance(value, list) else value


def lines(card: Element) -> list[str]:
    """Every text of a card in order."""
    found: list[str] = []
    for element in card["body"]:  # type: ignore[attr-defined]
        found += [run["text"] for run in element.get("inlines", ())] + [
            element[name] for name in ("text", "label") if name in element
        ]
    return found


@pytest.mark.parametrize("name", sorted(drawn()))
def test_every_card_is_valid_and_small_enough(name: str) -> None:
    card = drawn()[name]
    assert [error.message for error in VALIDATOR.iter_errors(without_teams(card))] == []
    assert card["version"] == "1.5"
    assert utf16_size(card) <= LARGEST
    assert len(json.dumps(card, ensure_ascii=False, separators=(",", ":")).encode("utf-16-le")) == utf16_size(card)


def test_the_schema_would_see_a_mistake() -> None:
    card = without_teams(drawn()["reply"])
    card["body"][-1]["colour"] = "red"
    assert list(VALIDATOR.iter_errors(card))


def test_every_input_has_a_label_and_every_required_one_says_what_is_wanted() -> None:
    inputs = [element for element in RENDERER.cards(REPLY)[0]["body"] if element["type"].startswith("Input.")]  # type: ignore[attr-defined]
    assert [field["id"] for field in inputs] == [field.id for field in FIELDS]
    assert all(field["label"] for field in inputs)
    assert [field["errorMessage"] for field in inputs if field.get("isRequired")] == [
        "Please give a name.",
        "Please answer this question.",
    ]


def test_an_error_stands_above_its_field_and_the_value_is_kept() -> None:
    body: Any = RENDERER.cards(REPLY)[0]["body"]
    at = next(number for number, element in enumerate(body) if element.get("id") == "incident_date")
    assert body[at - 1]["inlines"][0]["text"] == "Please check: There is no such day. Try 28 February 2026."
    assert body[at]["value"] == "31 Feburary"


def test_choices_are_open_where_few_and_folded_where_many() -> None:
    body: Any = RENDERER.cards(REPLY)[0]["body"]
    styles = {
        element["id"]: (element["style"], element["isMultiSelect"]) for element in body if element["type"] == "Input.ChoiceSet"
    }
    assert styles == {"died": ("expanded", False), "ethnicity": ("compact", False), "plans": ("expanded", True)}


def test_buttons_carry_an_action_an_id_and_a_version_and_nothing_else() -> None:
    actions: Any = RENDERER.cards(REPLY)[0]["actions"]
    assert [action["data"] for action in actions] == [
        {"cspr": {"action": "answer", "target": "draft-1", "version": 3, "at": "name:0"}},
        {"cspr": {"action": "skip", "target": "draft-1"}},
        {"cspr": {"action": "window", "target": "draft-1"}, "msteams": {"type": "task/fetch"}},
    ]
    assert [action["associatedInputs"] for action in actions] == ["auto", "none", "none"]
    assert [action.get("style") for action in actions] == ["positive", None, None]


def test_a_client_without_windows_gets_no_button_for_one() -> None:
    actions: Any = Renderer(WORDS, windows=False).cards(REPLY)[0]["actions"]
    assert [action["title"] for action in actions] == ["Save the answer", "Skip this question"]


def test_the_text_twin_says_the_whole_card() -> None:
    twin = str(RENDERER.cards(REPLY)[0]["fallbackText"])
    for said in (
        "Thank you.",
        "2. Details of the child",
        "Reference: NS-2026-0007",
        "• one thing",
        "What is the child's name?",
        "[Skip this question]",
    ):
        assert said in twin
    assert "You can choose: Yes, No, Not known" in twin


def test_a_long_reply_loses_nothing() -> None:
    cards = RENDERER.cards(LONG)
    said = "".join(line for card in cards for line in lines(card) if not line.startswith("Part "))
    assert said.count("A long account.") == 2_000
    parts = [line for card in cards for line in lines(card) if line.startswith("Part ")]
    assert parts == [f"Part {number} of {len(cards)}" for number in range(1, len(cards) + 1)]
    assert [bool(card.get("actions")) for card in cards] == [False] * (len(cards) - 1) + [True]
    first_lines = [card["body"][0]["inlines"] for card in cards]  # type: ignore[index]
    assert [len(runs) for runs in first_lines] == [1] * len(cards), "the part's number stands alone"


def test_fields_that_need_two_cards_have_their_buttons_on_both() -> None:
    wide = tuple(
        Input(id=f"i{number}", label=f"Question {number}", kind=InputKind.LONG_TEXT, value="a" * 4_000) for number in range(4)
    )
    cards = RENDERER.cards(Reply(card=Card(inputs=wide, buttons=BUTTONS[:1])))
    assert len(cards) > 1
    assert all("actions" in card for card in cards)


@pytest.mark.parametrize(
    "card",
    [
        Card(buttons=tuple(Button(action="a", label=str(number)) for number in range(7))),
        Card(inputs=(Input(id="cspr", label="x"),)),
        Card(inputs=(Input(id="msteams", label="x"),)),
        Card(inputs=(Input(id="a", label="x", value="a" * 20_000),)),
    ],
)
def test_what_no_card_can_hold_is_said(card: Card) -> None:
    with pytest.raises(CannotShow):
        RENDERER.cards(Reply(card=card))


def test_a_reply_of_text_alone_is_no_card() -> None:
    assert RENDERER.cards(Reply(text="Hello.")) == []


def test_where_several_ways_lead_on_the_client_holds_none_of_them_up() -> None:
    asked = Input(id="name", label="Name", required=True, required_error="Please give a name.")
    send, later = Button(action="save", label="Save"), Button(action="later", label="Save and close")
    one_way, two_ways = (
        RENDERER.window(Window(title="x", inputs=(asked,), submit=send, buttons=more)) for more in ((), (later,))
    )
    assert one_way is not None
    assert two_ways is not None
    assert '"isRequired": true' in json.dumps(one_way)
    assert "isRequired" not in json.dumps(two_ways)


def test_a_window_larger_than_one_card_is_not_shown() -> None:
    assert RENDERER.window(Window(title="x", blocks=(Paragraph("word " * 6_000),))) is None
    assert RENDERER.window(WINDOW) is not None


def test_typed_text_is_only_ever_in_text_runs() -> None:
    card = RENDERER.cards(Reply(text=HOSTILE, card=Card(blocks=BLOCKS, inputs=FIELDS)))[0]
    for element in card["body"]:  # type: ignore[attr-defined]
        assert element["type"] != "TextBlock" or element["text"] == "About the child"


@pytest.mark.parametrize(
    ("typed", "escaped"),
    [
        ("NS-2026-0007: 3 days (late)", "NS-2026-0007: 3 days (late)"),
        ("2. Details", "2.\u2060 Details"),
        ("- item", "-\u2060 item"),
        ("+ item", "+\u2060 item"),
        ("**x** _y_ `z` ~w~", "\\*\\*x\\*\\* \\_y\\_ \\`z\\` \\~w\\~"),
        ("[a](http://x)", "\\[a\\](http://x)"),
        ("# <at>x</at> \\", "\\# \\<at\\>x\\</at\\> \\\\"),
    ],
)
def test_markup_in_a_title_is_escaped_and_nothing_else_is_touched(typed: str, escaped: str) -> None:
    assert inert(typed) == escaped


TEXTS = st.builds(
    lambda text, times: text * times, st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12), st.integers(0, 600)
)
BLOCK = st.one_of(
    st.builds(Paragraph, TEXTS, st.sampled_from([Style.PLAIN, Style.QUIET, Style.WARNING])),
    st.builds(lambda text: Facts((("A label", text),)), TEXTS),
    st.builds(lambda text: Bullets((text,)), TEXTS),
    st.builds(lambda text: Picture(data=RETURNS, alt=text), TEXTS),
)


def squeezed(text: str) -> str:
    return "".join(text.split())


def text_of(block: Block) -> str:
    match block:
        case Paragraph(text=text):
            return text
        case Facts(rows=rows):
            return rows[0][1]
        case Bullets(items=items):
            return items[0]
        case Picture(alt=alt):
            return alt


@settings(max_examples=40, derandomize=True, deadline=None)
@given(st.lists(BLOCK, max_size=6))
def test_any_reply_is_drawn_in_small_valid_cards_and_says_everything(blocks: list[Block]) -> None:
    cards = RENDERER.cards(Reply(card=Card(title="A title", blocks=tuple(blocks), buttons=BUTTONS)))
    said = squeezed("".join(line for card in cards for line in lines(card) if not line.startswith("Part ")))
    for card in cards:
        assert utf16_size(card) <= LARGEST
        assert VALIDATOR.is_valid(without_teams(card))
    for block in blocks:
        assert squeezed(text_of(block)) in said


def test_a_long_line_is_one_line_in_its_card_and_its_twin() -> None:
    [card] = RENDERER.cards(Reply(card=Card(blocks=(Paragraph("word " * 500), Facts((("Label", "x " * 700),))))))
    assert len(card["body"]) == 2  # type: ignore[arg-type]
    assert str(card["fallbackText"]).count("\n") == 1
