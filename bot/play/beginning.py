"""Coming to a form: the one that is open here, one that was begun before, or a new one."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from bot.play.stage import Actor, Refusal, Stage


class Opening(msgspec.Struct, frozen=True):
    """How a form is begun: what is typed, and the button that then begins it."""

    says: str
    press: str


OPENINGS: Mapping[str, Opening] = {"referral": Opening("I need to refer a child", "start_referral")}
CARRY_ON, RESUME = "carry on", "resume"


async def is_open(stage: Stage, actor: Actor, form: str) -> bool:
    """Whether the person talks about a form of that kind here."""
    known = await stage.standing(actor)
    draft = known.draft
    return draft is not None and draft.form == form and draft.status == "open"


async def come_to(stage: Stage, actor: Actor, form: str) -> bool:
    """Come to a form that was begun. False where there is none."""
    if await is_open(stage, actor, form):
        return True
    begun = [draft for draft in (await stage.standing(actor)).my_drafts if draft.form == form]
    if not begun:
        return False
    if stage.channel.offering(actor.conversation, RESUME) is None:
        await stage.says(actor, CARRY_ON)
    return await _pressed(stage, actor, RESUME)


async def begin(stage: Stage, actor: Actor, form: str) -> None:
    """Come to a form that was begun, or begin one. Raises Refusal where the assistant does not let them."""
    if await come_to(stage, actor, form):
        return
    opening = OPENINGS[form]
    if stage.channel.offering(actor.conversation, opening.press) is None:
        await stage.says(actor, opening.says)
    if not await _pressed(stage, actor, opening.press):
        raise Refusal(stage.newest_text(actor))


async def _pressed(stage: Stage, actor: Actor, action: str) -> bool:
    found = stage.channel.offering(actor.conversation, action)
    if found is None:
        return False
    await stage.press(actor, found[1], {}, found[0])
    return True
