"""Drawing the pictures of a message on its way out, off the event loop."""

from __future__ import annotations

import asyncio
import base64

from msgspec.structs import replace

from dialogs.reply import Picture, Reply
from templates.pictures.png import chat_png


async def with_pictures(reply: Reply) -> Reply:
    """The same message, its pictures drawn. One that is too large for a message is left to its words."""
    card = reply.card
    if card is None or not any(isinstance(block, Picture) for block in card.blocks):
        return reply
    blocks = [await _drawn(block) if isinstance(block, Picture) else block for block in card.blocks]
    return replace(reply, card=replace(card, blocks=tuple(blocks)))


async def _drawn(picture: Picture) -> Picture:
    made = await asyncio.to_thread(chat_png, picture.data)
    return replace(picture, png=base64.b64encode(made).decode()) if made else picture
