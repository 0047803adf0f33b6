"""From an activity to a Turn: who speaks, where, and what was said. The house checks what they may do."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from bot.doors import MOST_INPUTS
from bot.teams.wire import Incoming, Refused
from dialogs.reply import Upload
from dialogs.turn import Consented, Installed, OpenWindow, Press, Said, SubmitWindow, Text, Turn
from state.values import Channel, Place, PlaceKind, Who
from templates.answers.clean import clean

OUR_KEY = "cspr"
"""The one key of a card's data that is ours. Every other key is what a person typed or chose."""
TEAMS_KEY = "msteams"
"""What Teams itself wants to know about a button; it may come back to us and is not an input."""

_Id = Annotated[str, msgspec.Meta(max_length=200)]
_Url = Annotated[str, msgspec.Meta(max_length=4_000)]


class Pressed(msgspec.Struct, frozen=True):
    """What our key holds: an action name, an id, a version and the question it was about, nothing else."""

    action: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    target: _Id = ""
    version: Annotated[int, msgspec.Meta(ge=0, lt=2**31)] = 0
    at: _Id = ""


class Offered(msgspec.Struct, frozen=True):
    """What the card of an offered file holds under our key: which document, by ids alone."""

    what: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    case: _Id = ""


class _Context(msgspec.Struct, frozen=True):
    cspr: Offered


class _UploadInfo(msgspec.Struct, frozen=True, rename="camel"):
    upload_url: _Url
    content_url: _Url
    name: _Url
    unique_id: _Id
    file_type: _Id


class _Answer(msgspec.Struct, frozen=True, rename="camel"):
    action: Literal["accept", "decline"]
    context: _Context
    upload_info: _UploadInfo | None = None


def turn_from(activity: Incoming, at: datetime) -> Turn | None:
    """The turn an activity stands for, or None where it means nothing to us (typing, reactions, other people joining).

    Raises Refused where it should mean something and cannot: no id, no sender, or card data of a wrong shape.
    """
    said = said_in(activity)
    if said is None or (isinstance(said, Installed) and not _object(activity)):
        return None
    return Turn(id=_turn_id(activity), who=_who(activity), place=place_of(activity), said=said, at=at)


def said_in(activity: Incoming) -> Said | None:
    """What was said, whoever said it. Raises Refused for card data of a wrong shape."""
    match activity.type:
        case "message":
            return _message(activity)
        case "invoke":
            return _invoke(activity)
        case "installationUpdate" if (activity.action or "").lower() == "add":
            return Installed()
        case "conversationUpdate" if any(member.id == activity.recipient.id for member in activity.members_added or ()):
            return Installed()
        case _:
            return None


def _message(activity: Incoming) -> Said:
    if isinstance(activity.value, dict) and OUR_KEY in activity.value:
        return _press(activity.value, activity)
    return Text(clean(spoken(activity)))


def _invoke(activity: Incoming) -> Said | None:
    match activity.name:
        case "adaptiveCard/action":
            return _press(_part(_part(activity.value, "action"), "data"), activity)
        case "task/fetch":
            key = _pressed(_part(activity.value, "data"))
            return OpenWindow(action=key.action, target=key.target, at=key.at)
        case "task/submit":
            data = _part(activity.value, "data")
            key = _pressed(data)
            return SubmitWindow(action=key.action, target=key.target, version=key.version, at=key.at, inputs=_inputs(data))
        case "fileConsent/invoke":
            return _consent(activity)
        case _:
            return None


def _consent(activity: Incoming) -> Consented:
    """An answer to the card with which Teams offers a file (its page "Send and receive files using bot")."""
    try:
        answer = msgspec.convert(activity.value, _Answer)
    except msgspec.ValidationError:
        raise Refused("a file consent that is not ours") from None
    told = answer.upload_info
    if (answer.action == "accept") != (told is not None):
        raise Refused("a file consent without where to put the file")
    upload = None
    if told is not None:
        upload = Upload(url=told.upload_url, seen_at=told.content_url, name=told.name, id=told.unique_id, kind=told.file_type)
    offered = answer.context.cspr
    return Consented(what=offered.what, case=offered.case, upload=upload, card=activity.reply_to_id or "")


def _press(data: dict[str, object], activity: Incoming) -> Press:
    key = _pressed(data)
    return Press(
        action=key.action,
        target=key.target,
        version=key.version,
        at=key.at,
        inputs=_inputs(data),
        card=activity.reply_to_id or "",
    )


def _part(value: object, name: str) -> dict[str, object]:
    part = value.get(name) if isinstance(value, dict) else None
    if not isinstance(part, dict):
        raise Refused("an invoke without its data")
    return part


def _pressed(data: dict[str, object]) -> Pressed:
    try:
        return msgspec.convert(data.get(OUR_KEY), Pressed)
    except msgspec.ValidationError:
        raise Refused("a button that is not ours") from None


def _inputs(data: dict[str, object]) -> dict[str, str]:
    typed = {name: value for name, value in data.items() if name not in (OUR_KEY, TEAMS_KEY)}
    if len(typed) > MOST_INPUTS:
        raise Refused("too many inputs")
    return {name: clean(_text(value)) for name, value in typed.items()}


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise Refused("an input that is not text")
    return value


def spoken(activity: Incoming) -> str:
    """The message without the mention of us. Mentions of other people become their plain names."""
    text = activity.text or ""
    for entity in activity.entities or ():
        if entity.type == "mention" and entity.text and entity.mentioned is not None:
            ours = entity.mentioned.id == activity.recipient.id
            text = text.replace(entity.text, "" if ours else entity.mentioned.name or "")
    return text.strip()


def _turn_id(activity: Incoming) -> str:
    if not activity.id or not activity.conversation.id:
        raise Refused("an activity without an id or a conversation")
    return f"{Channel.TEAMS}:{activity.conversation.id}:{activity.id}"


def _object(activity: Incoming) -> str:
    return activity.sender.aad_object_id or activity.sender.id


def _who(activity: Incoming) -> Who:
    """Tenant and object id. Teams names the home tenant of a shared-channel member; everybody else is known in ours."""
    tenant, person = activity.sender.tenant_id or activity.tenant, _object(activity)
    if not tenant or not person:
        raise Refused("an activity without a sender")
    return Who(tenant=tenant, object=person, name=clean(activity.sender.name or ""))


def place_of(activity: Incoming) -> Place:
    """The conversation, without the thread: a channel is one place. The thread is in the address, for replies."""
    conversation, _, thread = activity.conversation.id.partition(";messageid=")
    personal = activity.conversation.conversation_type == "personal"
    return Place(
        channel=Channel.TEAMS,
        conversation=conversation,
        kind=PlaceKind.PERSONAL if personal else PlaceKind.CHANNEL,
        address=_address(activity, thread, personal),
    )


def _address(activity: Incoming, thread: str, personal: bool) -> dict[str, str]:
    data = activity.channel_data
    known = {
        "service_url": activity.service_url,
        "tenant": activity.tenant,
        "bot": activity.recipient.id,
        "user": activity.sender.id if personal else "",
        "thread": thread,
        "team": (data.team.id if data and data.team else None) or "",
        "channel": (data.channel.id if data and data.channel else None) or "",
    }
    return {name: value for name, value in known.items() if value}


def person_place(tenant: str, user: str, *, bot: str, service_url: str) -> Place:
    """A person's one-to-one conversation that is not known yet: the deliverer makes it. `user` is a channel or directory id."""
    address = {"service_url": service_url, "tenant": tenant, "bot": bot, "user": user}
    return Place(channel=Channel.TEAMS, conversation="", kind=PlaceKind.PERSONAL, address=address)
