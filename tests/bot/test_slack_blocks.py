"""Block Kit: fields with their errors, choices of every length, and that nothing typed becomes markup."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sample_cards import BLOCKS, FEW, FIELDS, HOSTILE
from slack_rules import problems_of_message, texts_of

from bot.slack.blocks import LONGEST_PIECE, CannotShow, actions, block_elements, heading
from bot.slack.carried import Carried, carried_in
from bot.slack.fields import HOLDS, field_elements
from dialogs.reply import Bullets, Button, Choice, Facts, Input, InputKind, Paragraph, Style
from templates.wording import load_words

WORDS = load_words()
LIVE = "<!channel> <@U0TEST> <#C0TEST> <https://evil.example|here> :siren: *bold* _x_ ~y~ `z` &amp; & > quote"


def parsed(thing: Any) -> Iterator[str]:
    """Every text that Slack would look into for markup, mentions, links or emoji."""
    if isinstance(thing, dict):
        if thing.get("type") in ("mrkdwn", "link", "user", "broadcast", "emoji", "channel", "usergroup"):
            yield f"{thing}"
        if thing.get("type") == "plain_text" and thing.get("emoji") is not False:
            yield thing["text"]
        for inner in thing.values():
            yield from parsed(inner)
    elif isinstance(thing, list):
        for inner in thing:
            yield from parsed(inner)


def elements(block: Any) -> list[Any]:
    return list(block_elements(block, WORDS))


def field(**more: Any) -> list[Any]:
    return field_elements(Input(id="x", label="What?", **more), WORDS)


def choices(count: int, length: int = 0) -> tuple[Choice, ...]:
    return tuple(Choice(f"c{n}", f"Choice {n}".ljust(length, "x")) for n in range(1, count + 1))


@pytest.mark.parametrize("typed", [HOSTILE, LIVE])
def test_what_people_typed_is_never_looked_into(typed: str) -> None:
    shown = (*BLOCKS, Facts(((typed, typed),)), Bullets((typed,)), *(Paragraph(typed, style) for style in Style))
    blocks = [element for block in shown for element in elements(block)]
    blocks += field(value=typed, error=typed, hint=typed, kind=InputKind.LONG_TEXT)
    blocks += field_elements(Input(id="y", label=typed, kind=InputKind.CHOICE, choices=(Choice("a", typed),)), WORDS)
    assert list(parsed(blocks)) == []
    assert problems_of_message(blocks) == []
    assert sum(text.replace("Important: ", "").strip() == typed for text in texts_of(blocks)) >= 5


def test_the_check_would_see_what_is_looked_into() -> None:
    assert list(parsed([{"type": "section", "text": {"type": "mrkdwn", "text": LIVE}}]))
    assert list(parsed([{"type": "header", "text": {"type": "plain_text", "text": ":siren:"}}]))


def test_signs_that_slack_would_turn_back_are_shown_as_they_were_typed() -> None:
    assert elements(Paragraph("a &lt;b&gt;", Style.QUIET))[0]["type"] == "rich_text"
    assert next(heading("a &amp; b"))["type"] == "rich_text"
    assert next(heading("a & b"))["type"] == "header"


def test_a_warning_and_an_error_are_said_in_words() -> None:
    assert list(texts_of(elements(Paragraph("Ring 999.", Style.WARNING)))) == ["Important: Ring 999."]
    above, block = field(error="There is no such day.", value="31 Feburary")
    assert list(texts_of(above)) == ["Please check: There is no such day."]
    assert block["element"]["initial_value"] == "31 Feburary"


def test_a_fact_without_a_value_says_so_and_forty_are_one_block() -> None:
    [block] = elements(Facts((("Not answered", ""),)))
    assert "".join(texts_of(block)) == "Not answered: –"
    rows = tuple((f"Label {number}", f"Value {number}") for number in range(40))
    [block] = elements(Facts(rows))
    assert "".join(texts_of(block)) == "\n".join(f"{label}: {value}" for label, value in rows)


def test_bullets_are_a_list_and_a_long_one_is_written_out() -> None:
    long = "x" * (LONGEST_PIECE + 1)
    first, begun, rest, last = elements(Bullets(("one", "two", long, "")))
    assert [block["elements"][0]["type"] for block in (first, begun, rest, last)] == [
        "rich_text_list",
        "rich_text_section",
        "rich_text_section",
        "rich_text_list",
    ]
    assert list(texts_of(first)) == ["one", "two"]
    assert "".join(texts_of([begun, rest])) == f"• {long}"
    assert list(texts_of(last)) == ["–"]


def test_a_long_answer_is_several_blocks_that_end_with_a_word() -> None:
    said = "A sentence of an answer that goes on. " * 263
    blocks = elements(Paragraph(said))
    assert len(said) > 9_990
    assert len(blocks) == 6
    assert "".join(texts_of(blocks)) == said
    assert all(text.endswith(" ") for text in texts_of(blocks))


def test_every_field_has_a_label_and_its_own_id_and_a_changed_value_changes_its_inner_id() -> None:
    drawn: list[Any] = [field_elements(one, WORDS)[-1] for one in FIELDS]
    assert [block["block_id"] for block in drawn] == [one.id for one in FIELDS]
    assert [block["label"]["text"] for block in drawn] == [one.label for one in FIELDS]
    assert [block["optional"] for block in drawn] == [not one.required for one in FIELDS]
    assert drawn[0]["hint"]["text"] == "As on the birth certificate."
    first, same, other = (field(value=value)[0]["element"]["action_id"] for value in ("a", "a", "b"))
    assert first == same != other
    assert first.startswith("in:")
    assert len(first) == 11


@pytest.mark.parametrize(
    ("kind", "count", "type_"),
    [
        (InputKind.CHOICE, 1, "radio_buttons"),
        (InputKind.CHOICE, 7, "radio_buttons"),
        (InputKind.CHOICE, 8, "static_select"),
        (InputKind.CHOICE, 100, "static_select"),
        (InputKind.CHOICES, 10, "checkboxes"),
        (InputKind.CHOICES, 11, "multi_static_select"),
        (InputKind.CHOICES, 101, "multi_static_select"),
    ],
)
def test_choices_are_open_where_few_and_folded_where_many(kind: InputKind, count: int, type_: str) -> None:
    blocks = field(kind=kind, choices=choices(count), value="c1")
    assert blocks[-1]["element"]["type"] == type_
    assert problems_of_message(blocks) == []
    several = kind is InputKind.CHOICES
    chosen = blocks[-1]["element"]["initial_options" if several else "initial_option"]
    assert (chosen[0] if several else chosen)["value"] == "c1"


def test_more_than_a_hundred_choices_are_in_groups() -> None:
    [block] = field(kind=InputKind.CHOICE, choices=choices(250), value="c201")
    groups = block["element"]["option_groups"]
    assert [group["label"]["text"] for group in groups] == ["Choices 1 to 100", "Choices 101 to 200", "Choices 201 to 250"]
    assert block["element"]["initial_option"]["value"] == "c201"


def test_a_choice_too_long_for_an_option_is_numbered_and_said_in_full_above() -> None:
    label = "A choice with so many words in it that no option of Slack could ever hold all of them"
    blocks = field(kind=InputKind.CHOICE, choices=(Choice("a", "Short"), Choice("b", label)))
    assert problems_of_message(blocks) == []
    shown = [option["text"]["text"] for option in blocks[-1]["element"]["options"]]
    assert shown == ["1. Short", "2. A choice with so many words in it that no option of Slack could ever…"]
    assert "".join(texts_of(blocks[:-1])) == f"You can choose one of these:1. Short\n2. {label}"


def test_choices_with_numbers_of_their_own_keep_them_and_are_not_said_twice() -> None:
    numbered = (Choice("a", "7. " + "word " * 20), Choice("b", "9. Short"))
    blocks = field(kind=InputKind.CHOICE, choices=numbered, listed=True)
    assert len(blocks) == 1
    assert [option["text"]["text"][:4] for option in blocks[0]["element"]["options"]] == ["7. w", "9. S"]
    assert len(field(kind=InputKind.CHOICE, choices=numbered)) == 3


def test_a_value_that_is_no_choice_any_more_is_not_chosen() -> None:
    for kind in (InputKind.CHOICE, InputKind.CHOICES):
        [block] = field(kind=kind, choices=FEW, value="gone")
        assert not {"initial_option", "initial_options"} & set(block["element"])


def test_a_choice_with_nothing_to_choose_from_says_so() -> None:
    [block] = field(kind=InputKind.CHOICE)
    assert list(texts_of(block)) == ["There is nothing to choose from yet: What?"]


@pytest.mark.parametrize(
    "more",
    [
        {"value": "a" * (HOLDS + 1)},
        {"kind": InputKind.CHOICE, "choices": choices(10_001)},
        {"kind": InputKind.CHOICE, "choices": (Choice("a" * 151, "A"),)},
        {"kind": InputKind.CHOICE, "choices": (Choice("", "A"),)},
        {"kind": InputKind.CHOICE, "choices": (Choice("a", "A"), Choice("a", "B"))},
    ],
)
def test_what_no_field_can_hold_is_said(more: dict[str, Any]) -> None:
    with pytest.raises(CannotShow):
        field(**more)


@pytest.mark.parametrize(("id_", "label"), [("x" * 256, "What?"), ("x", ""), ("x", "y" * 2_001)])
def test_a_field_without_a_name_or_with_a_name_too_long_is_not_drawn(id_: str, label: str) -> None:
    with pytest.raises(CannotShow):
        field_elements(Input(id=id_, label=label), WORDS)


def test_a_hint_too_long_for_its_place_stands_above() -> None:
    *above, block = field(hint="word " * 500)
    assert "hint" not in block
    assert "".join(texts_of(above)) == "word " * 500


def test_buttons_carry_what_they_are_about_and_a_number_of_their_own() -> None:
    some = (
        Button(action="answer", label="Save", target="draft-1", version=3, at="name:0", primary=True, takes_inputs=True),
        Button(action="window", label="Open", window=True),
    )
    row: Any = actions(some)[0]
    assert [one["action_id"] for one in row["elements"]] == ["press:1", "open:2"]
    assert [carried_in(one["value"]) for one in row["elements"]] == [Carried.of(one) for one in some]
    assert [one.get("style") for one in row["elements"]] == ["primary", None]
    assert [one["action_id"] for one in actions(some, "send")[0]["elements"]] == ["send:1", "send:2"]  # type: ignore[attr-defined]
    assert [len(row["elements"]) for row in actions([some[0]] * 30)] == [25, 5]  # type: ignore[arg-type]


@pytest.mark.parametrize(("label", "target"), [("", "d"), ("x" * 76, "d"), ("x", "d" * 2_001)])
def test_a_button_that_is_too_long_is_not_drawn(label: str, target: str) -> None:
    with pytest.raises(CannotShow):
        actions([Button(action="a", label=label, target=target)])
