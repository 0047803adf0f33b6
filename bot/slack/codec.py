"""From what Slack sends to a Turn: where it was said, and what. The house checks what they may do."""

from __future__ import annotations

from typing import Any

from bot.doors import MOST_INPUTS
from bot.slack.blocks import LINK
from bot.slack.carried import Carried, Frame, Refused, carried_in, frame_in
from bot.slack.wire import Container, Event, Interaction, State, View
from dialogs.turn import OpenWindow, Press, SubmitWindow
from state.values import Channel, Place, PlaceKind
from templates.answers.clean import clean

LONGEST_ID = 255
"""Characters of a field's id, as Slack takes it."""
OPENS = "open:"
"""What the id of a button begins with that opens a window."""
CHAT = "D"
"""What the ids of conversations of two begin with."""
MESSAGE = "message"
"""What a button of a message stands in. One in an attachment came there by somebody who passed our message on."""


def turn_id(workspace: str, what: str) -> str:
    """The id of a turn. Raises Refused where Slack gave none."""
    if not workspace or not what:
        raise Refused("no workspace, or no id")
    return f"{Channel.SLACK}:{workspace}:{what}"


def conversation_of(workspace: str, channel: str) -> str:
    """How we call a conversation: a channel's id is of its workspace alone, and another one could name it. Raises Refused."""
    if not workspace or not channel:
        raise Refused("no workspace, or no channel")
    return f"{workspace}/{channel}"


def channel_of(place: Place) -> str:
    """The channel as Slack calls it."""
    return place.conversation.partition("/")[2]


def chat_place(workspace: str, chat: str, user: str) -> Place:
    """Somebody's own conversation with us."""
    address = {"team": workspace, "user": user}
    return Place(channel=Channel.SLACK, conversation=conversation_of(workspace, chat), address=address)


def channel_place(workspace: str, channel: str, *, thread: str = "", aside: str = "") -> Place:
    """A channel, read by everybody in it. `thread`: what is answered stands there; `aside`: who alone should see the answer."""
    known = {"team": workspace, "thread": thread, "aside": aside}
    address = {name: value for name, value in known.items() if value}
    conversation = conversation_of(workspace, channel)
    return Place(channel=Channel.SLACK, conversation=conversation, kind=PlaceKind.CHANNEL, address=address)


def place_of_event(workspace: str, event: Event) -> Place:
    """Where a message was typed. In a channel its answer stands in a thread under it."""
    if event.channel_type == "im" or (event.type == "app_home_opened" and event.channel.startswith(CHAT)):
        return chat_place(workspace, event.channel, event.user)
    return channel_place(workspace, event.channel, thread=event.thread_ts or event.ts)


def place_of_press(workspace: str, said: Interaction) -> Place:
    """Where a button of a message was pressed. In a channel only whoever pressed need see the answer. Raises Refused."""
    if said.container.type != MESSAGE:
        raise Refused("a button that stands in no message")
    channel = said.channel.id if said.channel else said.container.channel_id
    if channel.startswith(CHAT):
        return chat_place(workspace, channel, said.user.id)
    return channel_place(workspace, channel, thread=said.container.thread_ts, aside=said.user.id)


def place_of_frame(workspace: str, frame: Frame, user: str) -> Place:
    """Where a window was opened."""
    if frame.kind is PlaceKind.PERSONAL:
        return chat_place(workspace, frame.conversation, user)
    return channel_place(workspace, frame.conversation, thread=frame.thread, aside=user)


def frame_of(place: Place, submit: Carried | None = None) -> Frame:
    """The same, as a window keeps it."""
    return Frame(channel_of(place), place.kind, place.address.get("thread", ""), submit)


def is_link(said: Interaction) -> bool:
    """Whether somebody opened an address: Slack has done that by itself, and there is nothing to do."""
    return len(said.actions) == 1 and said.actions[0].action_id.startswith(LINK)


def pressed(said: Interaction) -> tuple[str, Carried]:
    """The id of the button, and what it carries. Raises Refused where it is none of ours."""
    if len(said.actions) != 1:
        raise Refused("not one button")
    return said.actions[0].action_id, carried_in(said.actions[0].value)


def press_in(said: Interaction, carried: Carried) -> Press:
    """A pressed button of a message, or of the person's own page. What only they saw cannot be replaced: it has no id."""
    return Press(
        action=carried.action,
        target=carried.target,
        version=carried.version,
        at=carried.at,
        inputs=inputs_in(said.state) if carried.inputs else {},
        card=_card(said.container),
    )


def _card(container: Container) -> str:
    return container.message_ts if container.type == MESSAGE and not container.is_ephemeral else ""


def opening(carried: Carried) -> OpenWindow:
    """A window that is asked for."""
    return OpenWindow(action=carried.action, target=carried.target, at=carried.at)


def submitted(view: View, carried: Carried | None = None) -> SubmitWindow:
    """What was filled in, under the window's own button or another one of it. Raises Refused where it has none."""
    button = carried or frame_in(view.private_metadata).submit
    if button is None:
        raise Refused("a window without a button")
    return SubmitWindow(
        action=button.action, target=button.target, version=button.version, at=button.at, inputs=inputs_in(view.state)
    )


def inputs_in(state: State) -> dict[str, str]:
    """What stands in the fields, by their ids."""
    if len(state.values) > MOST_INPUTS:
        raise Refused("too many inputs")
    if not all(len(field) <= LONGEST_ID and field.isascii() and field.isprintable() for field in state.values):
        raise Refused("an input that is none of ours")
    return {field: clean(next(iter(given.values())).text) for field, given in state.values.items() if given}


def texts_in(blocks: list[dict[str, Any]]) -> str:
    """Everything that the parts of a message say, for a reference to be found in it."""
    found: list[str] = []
    waiting: list[Any] = list(reversed(blocks))
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            text = part.get("text")
            found += [text] if isinstance(text, str) else []
            waiting += reversed([one for one in part.values() if isinstance(one, dict | list)])
        elif isinstance(part, list):
            waiting += reversed(part)
    return "\n".join(found)
