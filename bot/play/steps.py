"""What people do in a play: one small function for each verb, in one table."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

import msgspec

from bot.play import known
from bot.play.answers import Given
from bot.play.beginning import RESTRICTED, begin, begin_restricted, come_to
from bot.play.choosing import chosen
from bot.play.commanding import NOT_UNDERSTOOD, Commanding
from bot.play.commands import COMMANDS, Command, command_named
from bot.play.correcting import REFERRAL, correct, corrects, whose
from bot.play.expected import as_text
from bot.play.filling import Filling
from bot.play.giving import give_time, gives
from bot.play.inputs import Inputs
from bot.play.model import Step
from bot.play.organisations import channel_of, plain
from bot.play.over_channel import SENIOR_NEEDED, OverChannel, begin_over_channel, send_over_channel
from bot.play.sending import LETTER, send_as_written
from bot.play.signing import REVIEW, SIGN_OFF, is_signed, sign_off
from bot.play.stage import Actor, Failed, Refusal, Stage, buttons_of
from bot.play.telling import shortened
from dialogs.reply import Bullets, Button, Card, Paragraph, Style, Window

LONG = 20
"""A form of more questions than this is filled in by windows, unless the step says otherwise."""


class Filled(msgspec.Struct, frozen=True):
    """What a step fills in beside its own texts: answers of a form, inputs of a command, and where its files lie."""

    given: list[Given] = []
    inputs: Inputs = {}
    folder: Path = Path()

    def of(self, command: Command) -> Inputs:
        """The inputs that are for a command which comes before or after another one."""
        names = {name for field, others in command.inputs.items() for name in (field, *others)}
        return {key: typed for key, typed in self.inputs.items() if key in names and typed.text not in ("yes", "no")}


OTHER_NAMES: Mapping[str, str] = {"nil-return": "not_known_to_us", "not-known": "not_known_to_us", "delegate": "pass_on"}
"""Names that plays have for the buttons of a request, beside their own and the words on them."""
MOST_CONFIRMED = 40
MOST_TIMES = 10
"""So often a command that comes before another one is done: pairs of actions, one after the other."""
Act = Callable[[Stage, Actor, Step, Filled], Awaitable[None]]


async def says(stage: Stage, actor: Actor, step: Step, _filled: Filled) -> None:
    """A typed message. Where the step names a case that the text does not, its reference follows."""
    text = step.says or ""
    if step.case:
        reference = (await known.case_of(stage, step.case)).reference
        text = text if reference in text else f"{text} {reference}"
    await stage.says(actor, text)
    if step.refused:
        _refused_if_not_understood(stage, actor)


async def press(stage: Stage, actor: Actor, step: Step, _filled: Filled) -> None:
    """A button of the newest card, or of the window, that offers the action to that person there."""
    await _press(stage, actor, step, step.press or "")


async def _press(stage: Stage, actor: Actor, step: Step, action: str) -> None:
    action = OTHER_NAMES.get(plain(action), action)
    window = stage.open_windows.get(actor.person.id)
    inside = next((button for button in buttons_of(window) if button.action == action), None) if window else None
    if window is not None and inside is not None:
        await stage.submit_window(actor, window, _answers(stage, step, window), inside)
        return
    about = await known.targets(stage, step.case) if step.case else ()
    found = stage.channel.offering(actor.conversation, action, about)
    theirs = channel_of(actor.person, stage.profile)
    if found is None and theirs and not step.place and not step.refused:
        # A play that does not say where means wherever the person finds the button: their own channel is the only other place.
        there = stage.actor(actor.person.id, theirs)
        found = stage.channel.offering(there.conversation, action, about)
        actor = there if found else actor
    if found is None:
        return await _press_unasked(stage, actor, step, action)
    shown, button = found
    if button.window:
        opened = await stage.open_window(actor, button)
        stage.teller.say("opens", name=actor.person.name, title=opened.title)
        return await _fill_window(stage, actor, step, opened)
    card = shown.reply.card or Card()
    inputs = {asked.id: asked.value for asked in card.inputs} | _answers(stage, step, card) if button.takes_inputs else {}
    await stage.press(actor, button, inputs, shown)


async def _fill_window(stage: Stage, actor: Actor, step: Step, window: Window) -> None:
    """Answers that come with a button which opens a window are meant for the window: it is filled in and sent."""
    if step.answers and window.submit is not None:
        await stage.submit_window(actor, window, _answers(stage, step, window))


async def _press_unasked(stage: Stage, actor: Actor, step: Step, action: str) -> None:
    """A refusal can only be trusted when the button is pressed all the same: with one that somebody else was offered."""
    if not step.refused:
        raise Failed(_not_offered(stage, actor, action))
    button = stage.channel.offered_anywhere(action) or Button(action=action, label=action)
    await stage.press(actor, button, {}, None)
    _refused_if_not_understood(stage, actor)


def _refused_if_not_understood(stage: Stage, actor: Actor) -> None:
    """Where a play expects a refusal, what the assistant does not understand is one: nothing was done."""
    seen = stage.newest_text(actor)
    if stage.profile.words.say(NOT_UNDERSTOOD) in seen:
        raise Refusal(seen)


def _not_offered(stage: Stage, actor: Actor, action: str) -> str:
    shown = stage.channel.newest(actor.conversation)
    buttons = shown.reply.card.buttons if shown and shown.reply.card else ()
    words = stage.profile.words
    offered = ", ".join(button.action for button in buttons) or words.say("play.nothing")
    seen = shortened(stage.newest_text(actor)) or words.say("play.nothing")
    return words.say("play.not_offered", action=action, name=actor.person.name, offered=offered, seen=seen)


def _answers(stage: Stage, step: Step, part: Card | Window) -> dict[str, str]:
    """The step's answers for the fields of a card or window; where people or organisations are chosen, their ids will do."""
    inputs = {asked.id: asked for asked in part.inputs}
    made: dict[str, str] = {}
    for key, value in step.answers.items():
        texts = [str(as_text(one)) for one in (value if isinstance(value, list) else [value])]
        name = str(key)
        made[name] = chosen(stage, inputs[name], texts) if name in inputs else ",".join(texts)
    return made


async def form(stage: Stage, actor: Actor, step: Step, what: Filled) -> None:
    """Answers of a form, in chat or in windows. It is not submitted."""
    await _fill(stage, actor, step, step.form or "", what.given)


async def _fill(stage: Stage, actor: Actor, step: Step, name: str, given: list[Given]) -> None:
    shape = stage.profile.shapes[name]
    if await corrects(stage, actor, name, step.case):
        return await correct(stage, actor, given, step.case)
    if step.place:
        draft = await begin_over_channel(stage, actor, name, step.case)
        return await OverChannel(stage, actor, shape, given, draft).run()
    windows = step.by == "window" or (not step.by and len(shape.order) > LONG)
    signed = [one for one in given if name == REVIEW and one.state == SIGN_OFF]
    rest = [one for one in given if one not in signed]
    if name == REFERRAL and (restricted := [one for one in rest if one.state == RESTRICTED]):
        rest = [one for one in rest if one not in restricted]
        await begin_restricted(stage, actor, restricted[0].text)
    if rest or not signed:
        await begin(stage, actor, name, step.case, step.organisation)
        await Filling(stage, actor, shape, rest, windows=windows).run()
    for row in signed:
        await sign_off(stage, actor, row, step.case)


async def submit(stage: Stage, actor: Actor, step: Step, _filled: Filled) -> None:
    """Send a form from its answers to check. Raises Refusal where something is missing."""
    if await corrects(stage, actor, step.submit or "", step.case):
        return stage.teller.say("corrected_already")
    if step.submit == REVIEW and not step.place and await is_signed(stage, actor, step.case):
        return stage.teller.say("signed_already")
    made_by = next((one for one in COMMANDS.values() if one.form == step.submit), None)
    if made_by is not None and not step.refused:
        await _first(stage, actor, step, made_by, Filled())
    await _submit(stage, actor, step, step.submit or "")
    if step.submit == LETTER and not step.refused:
        await send_as_written(stage, actor, step.case)


async def _submit(stage: Stage, actor: Actor, step: Step, name: str) -> None:
    if step.place:
        return await send_over_channel(stage, actor, name, step.case, senior=not step.refused)
    if await come_to(stage, actor, name, step.case, step.organisation):
        if not await _ready(stage, actor):
            return await _send_incomplete(stage, actor, step)
    elif not step.refused:
        raise Failed(stage.profile.words.say("play.no_form", form=name, seen=shortened(stage.newest_text(actor))))
    send = step.model_copy(update={"answers": {}, "case": ""})
    await _press(stage, actor, send, "submit")
    if _offers(stage, actor, "seen"):
        # Something changed that has to be read again, such as the advice: it is read, and the form is sent.
        await _press_as_it_stands(stage, actor, "seen")
        if await _ready(stage, actor):
            await _press(stage, actor, send, "submit")
    if not step.refused and stage.profile.words.say(SENIOR_NEEDED) in stage.newest_text(actor):
        await _signed_by_a_senior(stage, actor)
        await _press(stage, actor, send, "submit")


async def _signed_by_a_senior(stage: Stage, actor: Actor) -> None:
    """Where nobody of the organisation could sign a return, its author names a senior colleague who has read it."""
    button = next(button for button in stage.buttons(actor) if button.action == "answer")
    shown = stage.channel.newest(actor.conversation)
    inputs = shown.reply.card.inputs if shown and shown.reply.card else ()
    await stage.press(actor, button, {asked.id: stage.profile.words.say("play.senior") for asked in inputs}, shown)
    await _ready(stage, actor)


async def _ready(stage: Stage, actor: Actor) -> bool:
    """Come to the answers to check, confirming on the way what is known already: only what is missing then is missing."""
    for _ in range(MOST_CONFIRMED):
        if not _offers(stage, actor, "submit"):
            await stage.says(actor, "check")
        if _offers(stage, actor, "submit") or not _offers(stage, actor, "finish"):
            break
        await _press_as_it_stands(stage, actor, "finish")
        known_already = next((action for action in ("confirm", "seen") if _offers(stage, actor, action)), "")
        if not known_already:
            await stage.says(actor, "check")
            break
        await _press_as_it_stands(stage, actor, known_already)
    return _offers(stage, actor, "submit")


async def _press_as_it_stands(stage: Stage, actor: Actor, action: str) -> None:
    shown = stage.channel.newest(actor.conversation)
    button = next(button for button in stage.buttons(actor) if button.action == action)
    inputs = shown.reply.card.inputs if shown and shown.reply.card and button.takes_inputs else ()
    await stage.press(actor, button, {asked.id: asked.value for asked in inputs if asked.value}, shown)


async def does(stage: Stage, actor: Actor, step: Step, what: Filled) -> None:
    """A command, with everything that it asks on the way."""
    command = command_named(step.does or "") or Command()
    if gives(actor, command):
        return await give_time(stage, actor, what.inputs, step.case)
    if not step.refused:
        await _first(stage, actor, step, command, what)
    if command.form:
        await _fill(stage, actor, step, command.form, what.given)
        await _submit(stage, actor, step, command.form)
    else:
        await Commanding(stage, actor, command, whose(command, what.inputs), step.case).run()
    for key, name in command.then.items():
        if key in what.inputs:
            await Commanding(stage, actor, COMMANDS[name], what.of(COMMANDS[name]), step.case).run()
            break


async def _first(stage: Stage, actor: Actor, step: Step, command: Command, what: Filled) -> None:
    """What has to be done before a command, so often as there is something to do."""
    for name in command.first:
        for _ in range(MOST_TIMES):
            before = Commanding(stage, actor, COMMANDS[name], what.of(COMMANDS[name]), step.case)
            before.on_the_way = True
            if not await before.run():
                break


async def drop(stage: Stage, actor: Actor, step: Step, what: Filled) -> None:
    """A file, dropped into the conversation."""
    path = what.folder / (step.file or "")
    await stage.drop(actor, path.name, await asyncio.to_thread(path.read_bytes))


async def _send_incomplete(stage: Stage, actor: Actor, step: Step) -> None:
    """Something is missing: that is the refusal. Where the play expects one, the form is sent all the same, to be sure."""
    if not step.refused:
        raise Refusal(" ".join(_missing(stage, actor)) or stage.newest_text(actor))
    standing = await stage.standing(actor)
    target = standing.draft.id if standing.draft else ""
    await stage.press(actor, Button(action="submit", label="submit", target=target), {}, None)


def _missing(stage: Stage, actor: Actor) -> list[str]:
    """What check your answers says is missing: its warnings and the list below them."""
    shown = stage.channel.newest(actor.conversation)
    blocks = shown.reply.card.blocks if shown and shown.reply.card else ()
    warnings = [block.text for block in blocks if isinstance(block, Paragraph) and block.style is Style.WARNING]
    return warnings + [item for block in blocks if isinstance(block, Bullets) for item in block.items]


def _offers(stage: Stage, actor: Actor, action: str) -> bool:
    return any(button.action == action for button in stage.buttons(actor))


STEPS: Mapping[str, Act] = {"says": says, "press": press, "form": form, "submit": submit, "does": does, "file": drop}
