"""What a button of ours carries in Slack, and what a window of ours says of itself: ids and versions, nothing else.

Source: docs.slack.dev, "Button element" (`value`, 2,000 characters) and "Modal views" (`private_metadata`, 3,000).
"""

from __future__ import annotations

from typing import Annotated, TypeVar

import msgspec

from dialogs.reply import Button
from state.values import PlaceKind

T = TypeVar("T")
_Id = Annotated[str, msgspec.Meta(max_length=200)]


class Refused(Exception):
    """A payload we cannot take. The text is for the log: it says which part is wrong, and never what was in it."""


class Carried(msgspec.Struct, frozen=True, omit_defaults=True):
    """An action name, an id, a version and the question it was about.

    `window`: it opens one. `inputs`: the fields beside it go with it.
    """

    action: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    target: _Id = ""
    version: Annotated[int, msgspec.Meta(ge=0, lt=2**31)] = 0
    at: _Id = ""
    window: bool = False
    inputs: bool = False

    @classmethod
    def of(cls, button: Button) -> Carried:
        """What that button carries."""
        return cls(button.action, button.target, button.version, button.at, button.window, button.takes_inputs)


class Frame(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where a window was opened, and what its one button for sending carries: Slack does not say either when it is sent."""

    conversation: _Id = ""
    kind: PlaceKind = PlaceKind.PERSONAL
    thread: _Id = ""
    submit: Carried | None = None


def written(carried: Carried | Frame) -> str:
    """As Slack keeps it for us."""
    return msgspec.json.encode(carried).decode()


def carried_in(value: object) -> Carried:
    """What a pressed button carries. Raises Refused where it is not ours."""
    return _read(value, Carried)


def frame_in(metadata: object) -> Frame:
    """What a window says of itself. Raises Refused where it is not ours."""
    return _read(metadata, Frame)


def _read(text: object, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(text if isinstance(text, str) else b"", type=kind)
    except (msgspec.DecodeError, UnicodeEncodeError):
        raise Refused("a button or a window that is not ours") from None
