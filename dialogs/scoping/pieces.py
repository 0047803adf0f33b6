"""Small parts of the coordinator's cards about scoping."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec.structs import replace

from dialogs.desk import Desk
from dialogs.filling.cards import answered_card
from dialogs.reply import Block, Button, Card, Choice, Input, InputKind, Paragraph, Reply, Style, Window
from dialogs.turn import OpenWindow, Press, SubmitWindow
from state.values import Channel, Place, PlaceKind

Said = Press | OpenWindow | SubmitWindow
LONGEST = 2_000
"""Characters of a reason, a question or an answer."""


def heading(text: str) -> Paragraph:
    """A heading."""
    return Paragraph(text, Style.HEADING)


def plain(text: str) -> Paragraph:
    """A sentence."""
    return Paragraph(text)


def say_card(
    desk: Desk,
    blocks: Sequence[Block],
    *,
    title: str = "",
    inputs: Sequence[Input] = (),
    buttons: Sequence[Button] = (),
    error: str = "",
) -> None:
    """Say a card here, or show it as a window where one is open. An error stands above everything else."""
    above: tuple[Block, ...] = (Paragraph(error, Style.WARNING),) if error else ()
    shown = (*above, *blocks)
    if isinstance(desk.turn.said, OpenWindow | SubmitWindow):
        title = title or desk.words("scoping.window_title")
        first, rest = (buttons[0], tuple(buttons[1:])) if buttons else (None, ())
        desk.window = Window(title=title, blocks=shown, inputs=tuple(inputs), submit=first, buttons=rest)
        return
    card = Card(title=title, blocks=shown, inputs=tuple(inputs), buttons=tuple(buttons))
    desk.say(Reply(card=card, preview=desk.words("filling.preview")))


def press(
    desk: Desk, action: str, target: str = "", *, at: str = "", version: int = 0, primary: bool = False, inputs: bool = False
) -> Button:
    """A button that is pressed. Its words are `buttons.<action>`."""
    label = desk.words(f"buttons.{action}")
    return Button(action=action, label=label, target=target, at=at, version=version, primary=primary, takes_inputs=inputs)


def choice(
    desk: Desk,
    name: str,
    label: str,
    options: Iterable[tuple[str, str]],
    *,
    value: str = "",
    several: bool = False,
    required: bool = True,
    error: str = "",
) -> Input:
    """A list to choose from. One that must be answered says so."""
    return Input(
        id=name,
        label=label,
        kind=InputKind.CHOICES if several else InputKind.CHOICE,
        choices=tuple(Choice(one, label) for one, label in options),
        value=value,
        required=required and not value,
        required_error=desk.words("scoping.choose_one") if required else "",
        error=error,
    )


def field(
    desk: Desk,
    name: str,
    label: str,
    *,
    value: str = "",
    long: bool = False,
    hint: str = "",
    required: bool = True,
    error: str = "",
) -> Input:
    """A field to write in. One that must be answered says so."""
    return Input(
        id=name,
        label=label,
        kind=InputKind.LONG_TEXT if long else InputKind.TEXT,
        value=value,
        hint=hint,
        required=required,
        required_error=desk.words("scoping.write_something") if required else "",
        error=error,
    )


def chosen(inputs: Mapping[str, str], name: str) -> list[str]:
    """What was ticked, in the order it came."""
    return [part for part in (one.strip() for one in inputs.get(name, "").split(",")) if part]


def written(inputs: Mapping[str, str], name: str) -> str:
    """What was written in a field, without the spaces around it."""
    return inputs.get(name, "").strip()


def done(desk: Desk) -> None:
    """The card that was pressed shows nothing more. A window closes by itself."""
    if isinstance(desk.turn.said, Press):
        desk.replace_card(answered_card(desk, []))


def alone(desk: Desk, do: Callable[[Desk], None]) -> None:
    """Do it where this person alone reads the answer: pressed or typed in a channel, they are answered one to one."""
    turn = desk.turn
    own = None if desk.unseen else desk.own_place(turn.who.id)
    if own is None:
        return do(desk)
    place = Place(Channel(own.channel), own.conversation, PlaceKind(own.kind), own.address)
    desk.turn = replace(turn, place=place)
    do(desk)
    desk.turn = turn
    return desk.say(Reply(text=desk.words("returns.sent_one_to_one"), preview=desk.words("filling.preview")))


def pressed(do: Callable[[Desk, Press], None]) -> Callable[[Desk, Said], None]:
    """The same move from a button, a window that is opened and one that is sent."""

    def made(desk: Desk, said: Said) -> None:
        if isinstance(said, Press):
            return alone(desk, lambda desk: do(desk, said))
        if isinstance(said, OpenWindow):
            return do(desk, Press(action=said.action, target=said.target, at=said.at))
        return do(desk, Press(action=said.action, target=said.target, version=said.version, at=said.at, inputs=said.inputs))

    return made
