"""What is said back, without saying how it looks: texts, cards, windows. Each door renders it its own way.

All words in it come from `templates/`. A reply is kept in the outbox as JSON until it is delivered.
"""

from __future__ import annotations

import enum
import re

import msgspec

from state.values import JSON
from templates.pictures.data import PictureData


class InputKind(enum.StrEnum):
    """What a person can be asked for. Dates are texts, because people may say "about June 2019"."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    CHOICES = "choices"


class Choice(msgspec.Struct, frozen=True):
    """One option. `value` is an id; `label` is what is read."""

    value: str
    label: str


class Input(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One field of a card or window. `id` is the answer's path. `error` is shown above the field, `hint` below its label."""

    id: str
    label: str
    kind: InputKind = InputKind.TEXT
    value: str = ""
    choices: tuple[Choice, ...] = ()
    required: bool = False
    required_error: str = ""
    hint: str = ""
    error: str = ""
    listed: bool = False
    """The card's own text lists the choices already; where cards are text they are not repeated."""


class Button(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An action name, an id and a version, nothing else. `window` opens a window where the channel has any."""

    action: str
    label: str
    target: str = ""
    version: int = 0
    at: str = ""
    window: bool = False
    press_too: bool = False
    """It works pressed as well: where the channel has no windows, what it opens is said one to one."""
    primary: bool = False
    takes_inputs: bool = False
    """The card's inputs go with it, and required ones are checked before it is sent."""


class Link(msgspec.Struct, frozen=True):
    """Something that opens where it lies. `url` is what a library gave us, never what anybody typed. Raises ValueError.

    It is a way in only for people whom IT has let in there: nothing about what somebody may see hangs on it.
    """

    label: str
    url: str

    def __post_init__(self) -> None:
        if not is_address(self.url):
            raise ValueError("not an address that can be opened")


LONGEST_ADDRESS = 3_000
"""Characters of an address. Source: docs.slack.dev, "Button element" (`url`)."""
_ADDRESS = re.compile(r"https://[A-Za-z0-9.-]+(?::\d+)?/[!-~]*")


def is_address(url: str) -> bool:
    """Whether it is an address that can stand in a link: encrypted on its way, with nothing in it that only looks like one."""
    return len(url) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(url) is not None


class Style(enum.StrEnum):
    """How a paragraph is meant, not how it looks."""

    PLAIN = "plain"
    HEADING = "heading"
    QUIET = "quiet"
    WARNING = "warning"


class Paragraph(msgspec.Struct, frozen=True, tag="paragraph", omit_defaults=True):
    """A paragraph of plain text. Newlines are kept; nothing in it is markup."""

    text: str
    style: Style = Style.PLAIN


class Facts(msgspec.Struct, frozen=True, tag="facts"):
    """Pairs of label and value."""

    rows: tuple[tuple[str, str], ...]


class Bullets(msgspec.Struct, frozen=True, tag="bullets"):
    """A list of plain sentences."""

    items: tuple[str, ...]


class Picture(msgspec.Struct, frozen=True, tag="picture", omit_defaults=True):
    """A picture, as data: it is drawn when the message is delivered, never in the turn. `alt` says all that it shows.

    `png` is what it was drawn as, in base64: set on the way out alone, and empty where the channel shows none.
    """

    data: PictureData
    alt: str
    png: str = ""


Block = Paragraph | Facts | Bullets | Picture


class Card(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A card: blocks, then inputs, then links and buttons: few together, and the first button the one to press."""

    title: str = ""
    blocks: tuple[Block, ...] = ()
    inputs: tuple[Input, ...] = ()
    links: tuple[Link, ...] = ()
    buttons: tuple[Button, ...] = ()


class Upload(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where somebody takes a file that was offered, as their channel said it: Teams puts it into their own OneDrive."""

    url: str
    """Where it is written: whoever has this address may write there, so it is kept as secret as an answer."""
    seen_at: str = ""
    name: str = ""
    id: str = ""
    kind: str = ""


class FileRef(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A document by what it is (`Send.what`) and its case, never its content: that is read when the message is sent."""

    what: str
    case: str = ""
    upload: Upload | None = None


class Parcel(msgspec.Struct, frozen=True):
    """A document as it goes out, under the name that it has in the library."""

    name: str
    content: bytes


class Reply(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One message. `preview` is what a telephone shows: never anything that identifies (docs/architecture.md, Privacy)."""

    text: str = ""
    card: Card | None = None
    preview: str = ""
    file: FileRef | None = None
    """A copy of this document goes with it, to one person in their own conversation."""
    parcel: Parcel | None = None
    """The same with its content: set on the way out alone."""


class Window(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A window with a section of a form: the same blocks and inputs as a card, one button to submit."""

    title: str
    blocks: tuple[Block, ...] = ()
    inputs: tuple[Input, ...] = ()
    submit: Button | None = None
    buttons: tuple[Button, ...] = ()
    """Other ways on from this window. Each is sent like `submit`, under its own action."""
    closed_text: str = ""
    """Set instead of inputs when the window closes; it is shown for a moment."""
    said_in_chat: bool = False
    """The conversation behind the window goes on and says the same: where a window can close without a word, it does."""


def as_json(message: Reply | Window) -> JSON:
    """A reply as it is kept in the outbox."""
    kept: JSON = msgspec.to_builtins(message)
    return kept


def reply_from(body: JSON) -> Reply:
    """A reply as it comes back out of the outbox. Raises msgspec.ValidationError when the row is not one."""
    return msgspec.convert(body, Reply)


def window_from(body: JSON) -> Window:
    """A window as it comes back from a turn's kept answer."""
    return msgspec.convert(body, Window)
