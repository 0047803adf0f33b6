"""What people do in a play: one small function for each verb, in one table."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.console.places import who_is
from bot.play.answers import Given
from bot.play.beginning import begin, come_to
from bot.play.filling import Filling
from bot.play.model import Step
from bot.play.stage import Actor, Failed, Refusal, Stage
from bot.play.telling import shortened
from dialogs.reply import Bullets, Button, Card, InputKind, Paragraph, Style, Window

LONG = 20
"""A form of more questions than this is filled in by windows, unless the step says otherwise."""
Act = Callable[[Stage, Actor, Step, list[Given]], Awaitable[None]]


async def says(stage: Stage, actor: Actor, step: Step, _given: list[Given]) -> None:
    """A typed message."""
    await stage.says(actor, step.says or "")


async def press(stage: Stage, actor: Actor, step: Step, _given: list[Given]) -> None:
    """A button of the newest card, or of the window, that offers the action to that person there."""
    await _press(stage, actor, step, step.press or "")


async def _press(stage: Stage, actor: Actor, step: Step, action: str) -> None:
    window = stage.open_windows.get(actor.person.id)
    if window is not None and window.submit is not None and window.submit.action == action:
        await stage.submit_window(actor, window, _answers(stage, step, window))
        return
    found = stage.channel.offering(actor.conversation, action)
    if found is None:
        return await _press_unasked(stage, actor, step, action)
    shown, button = found
    if button.window:
        opened = await stage.open_window(actor, button)
        return stage.teller.say("opens", name=actor.person.name, title=opened.title)
    card = shown.reply.card or Card()
    inputs = {asked.id: asked.value for asked in card.inputs} | _answers(stage, step, card) if button.takes_inputs else {}
    await stage.press(actor, button, inputs, shown)


async def _press_unasked(stage: Stage, actor: Actor, step: Step, action: str) -> None:
    """A refusal can only be trusted when the button is pressed all the same: with one that somebody else was offered."""
    if not step.refused:
        raise Failed(_not_offered(stage, actor, action))
    button = stage.channel.offered_anywhere(action) or Button(action=action, label=action)
    await stage.press(actor, button, {}, None)


def _not_offered(stage: Stage, actor: Actor, action: str) -> str:
    shown = stage.channel.newest(actor.conversation)
    buttons = shown.reply.card.buttons if shown and shown.reply.card else ()
    words = stage.profile.words
    offered = ", ".join(button.action for button in buttons) or words.say("play.nothing")
    seen = shortened(stage.newest_text(actor)) or words.say("play.nothing")
    return words.say("play.not_offered", action=action, name=actor.person.name, offered=offered, seen=seen)


def _answers(stage: Stage, step: Step, part: Card | Window) -> dict[str, str]:
    """The step's answers for the fields of a card or window; where people are chosen, their ids in the play will do."""
    inputs = {asked.id: asked for asked in part.inputs}
    made: dict[str, str] = {}
    for name, value in step.answers.items():
        values = [str(one) for one in value] if isinstance(value, list) else [str(value)]
        known = inputs.get(name)
        if known is not None and known.kind in (InputKind.CHOICE, InputKind.CHOICES):
            values = [who_is(stage.people[one]).id if one in stage.people else one for one in values]
        made[name] = ",".join(values)
    return made


async def form(stage: Stage, actor: Actor, step: Step, given: list[Given]) -> None:
    """Answers of a form, in chat or in windows. It is not submitted."""
    name = step.form or ""
    shape = stage.profile.shapes[name]
    await begin(stage, actor, name)
    windows = step.by == "window" or (not step.by and len(shape.order) > LONG)
    await Filling(stage, actor, shape, given, windows=windows).run()


async def submit(stage: Stage, actor: Actor, step: Step, _given: list[Given]) -> None:
    """Send a form from its answers to check. Raises Refusal where something is missing."""
    name = step.submit or ""
    if await come_to(stage, actor, name):
        if not _offers(stage, actor, "submit"):
            await stage.says(actor, "check")
        if not _offers(stage, actor, "submit"):
            return await _send_incomplete(stage, actor, step)
    elif not step.refused:
        raise Failed(stage.profile.words.say("play.no_form", form=name, seen=shortened(stage.newest_text(actor))))
    await _press(stage, actor, step, "submit")


async def _send_incomplete(stage: Stage, actor: Actor, step: Step) -> None:
    """Something is missing: that is the refusal. Where the play expects one, the form is sent all the same, to be sure."""
    if not step.refused:
        raise Refusal(" ".join(_missing(stage, actor)) or stage.newest_text(actor))
    known = await stage.standing(actor)
    target = known.draft.id if known.draft else ""
    await stage.press(actor, Button(action="submit", label="submit", target=target), {}, None)


def _missing(stage: Stage, actor: Actor) -> list[str]:
    """What check your answers says is missing: its warnings and the list below them."""
    shown = stage.channel.newest(actor.conversation)
    blocks = shown.reply.card.blocks if shown and shown.reply.card else ()
    warnings = [block.text for block in blocks if isinstance(block, Paragraph) and block.style is Style.WARNING]
    return warnings + [item for block in blocks if isinstance(block, Bullets) for item in block.items]


def _offers(stage: Stage, actor: Actor, action: str) -> bool:
    shown = stage.channel.newest(actor.conversation)
    return any(button.action == action for button in (shown.reply.card.buttons if shown and shown.reply.card else ()))


STEPS: Mapping[str, Act] = {"says": says, "press": press, "form": form, "submit": submit}
