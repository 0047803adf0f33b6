"""A play told as it goes: who did what, what the assistant said to whom, and how far the play is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from bot.console.render import card_lines, lines_of
from bot.play.place import channel_name
from dialogs.reply import Card, Input, Reply, Window
from templates.days import moment_text
from templates.wording import Words

INDENT = "    "
LONGEST_SEEN = 300


class Teller:
    """Writes lines, and keeps them for the transcript."""

    def __init__(self, words: Words, names: Mapping[str, str], write: Callable[[str], None]) -> None:
        self._words = words
        self._names = names
        self._write = write
        self.lines: list[str] = []

    def line(self, text: str = "") -> None:
        """One line."""
        self.lines.append(text.rstrip())
        self._write(text.rstrip())

    def say(self, key: str, **values: object) -> None:
        """One sentence of `play.yaml`."""
        for text in self._words.say(f"play.{key}", **values).split("\n"):
            self.line(text)

    def step(self, number: int, count: int, now: datetime) -> None:
        """How far we are, and what the clock says."""
        self.line()
        self.say("step", number=number, count=count, moment=moment_text(now))

    def says(self, name: str, text: str) -> None:
        """Somebody typed something."""
        self.say("says", name=name, text=text)

    def presses(self, name: str, label: str, inputs: Mapping[str, str], asked: Iterable[Input]) -> None:
        """Somebody pressed a button, with what they filled in."""
        filled = {path: value for path, value in inputs.items() if value.strip()}
        self.say("presses_with" if filled else "presses", name=name, label=label)
        self._filled(filled, asked)

    def fills_in(self, name: str, window: Window, inputs: Mapping[str, str], label: str) -> None:
        """Somebody filled in a window and sent it."""
        if window.inputs or not label:
            self.say("fills_in", name=name, title=window.title)
        else:
            self.say("presses", name=name, label=label)
        self._filled(inputs, window.inputs)

    def sees(self, name: str, window: Window) -> None:
        """A window opened or closed before somebody: what it says, not its empty fields."""
        shown = list(card_lines(Card(blocks=window.blocks))) + ([window.closed_text] if window.closed_text else [])
        if any(line.strip() for line in shown):
            self.say("sees", name=name, title=window.title)
            for line in shown:
                self.line(f"{INDENT}{line}")

    def _filled(self, inputs: Mapping[str, str], asked: Iterable[Input]) -> None:
        for one in asked:
            if one.id in inputs:
                labels = {choice.value: choice.label for choice in one.choices}
                value = inputs[one.id]
                shown = ", ".join(labels.get(part.strip(), part.strip()) for part in value.split(",")) if labels else value
                self.line(f"{INDENT}{one.label}: {shown}".replace("\n", f"\n{INDENT}"))

    def heard(self, conversation: str, reply: Reply) -> None:
        """The assistant said something in a conversation."""
        name = channel_name(conversation)
        if name:
            self.say("posted", channel=name)
        else:
            self.say("told", name=self._names.get(conversation, conversation))
        for text in lines_of(reply):
            self.line(f"{INDENT}{text}")


def shortened(text: str) -> str:
    """The beginning of a long text, for a sentence that says what was seen."""
    return text if len(text) <= LONGEST_SEEN else f"{text[:LONGEST_SEEN]} …"
