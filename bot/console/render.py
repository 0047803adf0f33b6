"""A reply as text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from dialogs.reply import Block, Bullets, Card, Facts, Input, InputKind, Paragraph, Picture, Reply, Style

WIDTH = 96


def lines_of(reply: Reply) -> Iterator[str]:
    """The lines of one message. Long words and long texts wrap; nothing is cut."""
    if reply.text:
        yield from _wrapped(reply.text)
    if reply.card:
        yield from card_lines(reply.card)


def card_lines(card: Card) -> Iterator[str]:
    """A card: title, blocks, inputs with their choices, the addresses of what can be opened, and what can be pressed."""
    if card.title:
        yield f"── {card.title} "
    for block in card.blocks:
        yield from _block(block)
    for asked in card.inputs:
        if len(card.inputs) > 1:
            yield f"   {asked.label}: {_known(asked)}"
            yield from _wrapped(f"! {asked.error}", "   ") if asked.error else ()
        else:
            yield from input_lines(asked)
    for link in card.links:
        yield f"   {link.label}: {link.url}"
    shown = [button.label for button in card.buttons if button.press_too or not button.window]
    if shown:
        yield "   [" + "]  [".join(shown) + "]"


def _known(asked: Input) -> str:
    labels = {choice.value: choice.label for choice in asked.choices}
    return labels.get(asked.value, asked.value) or "…"


def input_lines(asked: Input) -> Iterator[str]:
    """One input: the error of the last try, its hint, its choices."""
    if asked.error:
        yield from _wrapped(f"! {asked.label}: {asked.error}")
    if asked.hint:
        yield from _wrapped(asked.hint, "   ")
    if asked.kind in (InputKind.CHOICE, InputKind.CHOICES) and not asked.listed:
        yield from (f"   {number}. {choice.label}" for number, choice in enumerate(asked.choices, 1))


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        mark = "! " if block.style is Style.WARNING else ""
        yield from _wrapped(mark + block.text)
    elif isinstance(block, Facts):
        for label, value in block.rows:
            yield from _wrapped(f"{label}: {value}", "   ")
    elif isinstance(block, Bullets):
        for item in block.items:
            yield from _wrapped(f"- {item}", "   ")
    elif isinstance(block, Picture):
        yield from _wrapped(block.alt, "   ")


def _wrapped(text: str, indent: str = "") -> Iterator[str]:
    for line in text.split("\n"):
        yield from textwrap.wrap(
            line, WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
        ) or [""]
