"""What every card and window must keep to, so that it can be read and used by everybody (WCAG 2.2 AA as it applies)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from walks import Watched, marked, texts

from dialogs.reply import Block, Bullets, Card, Facts, Input, InputKind, Paragraph, Picture, Reply, Window

MOST_BUTTONS = 6
LEFT_OVER = re.compile(r"\{[a-z_]+\}|\bNone\b(?<=None None)|<[a-z]+>|%\(")


def problems(story: Watched) -> list[str]:
    """Everything wrong with what was said, each once."""
    found = [problem for card in story.cards() for problem in _card(card)]
    found += [problem for reply in story.replies() for problem in _reply(reply)]
    found += [problem for window in story.windows for problem in _window(window)]
    found += [f"asked again: {path}" for path in story.asked_again]
    return list(dict.fromkeys(found))


def _card(card: Card) -> Iterator[str]:
    name = card.title or next(iter(texts(card)), "a card")
    labels = [button.label.casefold() for button in card.buttons]
    if len(labels) > MOST_BUTTONS:
        yield f"{name}: {len(labels)} buttons"
    if len(set(labels)) < len(labels):
        yield f"{name}: two buttons say the same: {labels}"
    if not all(labels):
        yield f"{name}: a button without a label"
    if sum(button.primary for button in card.buttons) > 1:
        yield f"{name}: two first buttons"
    if not card.blocks and not card.inputs:
        yield f"{name}: nothing on it"
    if card.inputs and not any(button.takes_inputs for button in card.buttons):
        yield f"{name}: inputs that no button takes"
    yield from (f"{name}: {problem}" for block in card.blocks for problem in _block(block))
    yield from (f"{name}: {problem}" for asked in card.inputs for problem in _input(asked))
    ids = [asked.id for asked in card.inputs]
    if len(set(ids)) < len(ids):
        yield f"{name}: one input twice"
    shown = [asked.label for asked in card.inputs]
    if len(set(shown)) < len(shown):
        yield f"{name}: two inputs have one label: {shown}"


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph) and not block.text.strip():
        yield "an empty paragraph"
    if isinstance(block, Facts) and (not block.rows or not all(a.strip() and b.strip() for a, b in block.rows)):
        yield f"facts with an empty side: {[a for a, b in block.rows if not b.strip()]}"
    if isinstance(block, Bullets) and (not block.items or not all(item.strip() for item in block.items)):
        yield "an empty list"
    if isinstance(block, Picture) and not block.alt.strip():
        yield "a picture that is not said in words"


def _input(asked: Input) -> Iterator[str]:
    if not asked.label.strip():
        yield f"{asked.id} has no label"
    if asked.required and not asked.required_error.strip():
        yield f"{asked.id} is required and does not say so"
    if asked.kind in (InputKind.CHOICE, InputKind.CHOICES) and not asked.choices:
        yield f"{asked.id} has nothing to choose from"
    if not all(choice.label.strip() for choice in asked.choices):
        yield f"{asked.id} has an option without words"


def _reply(reply: Reply) -> Iterator[str]:
    if not reply.text.strip() and reply.card is None:
        yield "a message that says nothing"
    if marked(reply.preview):
        yield "a preview that identifies"
    said = list(texts(reply))
    if any(marked(text) for text in said) and not reply.preview:
        yield "a message that identifies and has no preview of its own"
    yield from (f"left over: {text}" for text in said if not marked(text) and LEFT_OVER.search(text))


def _window(window: Window) -> Iterator[str]:
    if not window.title.strip():
        yield "a window without a title"
    if bool(window.closed_text) == bool(window.submit):
        yield f"{window.title}: a window must either be sent or say that it is done"
