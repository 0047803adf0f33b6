"""A form of an organisation, filled in over its channel: in windows, each opened at what the file answers next."""

from __future__ import annotations

from bot.play import known
from bot.play.answers import Given
from bot.play.beginning import OPENINGS
from bot.play.commanding import Commanding
from bot.play.expected import LATEST
from bot.play.filling import cells, check_path, not_asked
from bot.play.place import channel_name, errors_of, text_of
from bot.play.stage import Actor, Failed, Refusal, Stage, buttons_of
from bot.play.telling import shortened
from bot.play.ticking import answers, filled_in, place_of
from dialogs.reply import Button, Window
from templates.forms.shape import Shape

WINDOW, ON, GO, SEND = "window", "window_on", "window_go", "window_send"
MOST_CONFIRMED = 40
SIGNED, SENIOR_NEEDED = "signed_off_by", "returns.name_who_signed"


class OverChannel:
    """One `form` step in a channel. `draft` is the organisation's return."""

    def __init__(self, stage: Stage, actor: Actor, shape: Shape, given: list[Given], draft: str) -> None:
        self._stage = stage
        self._actor = actor
        self._shape = shape
        self._given = given
        self._draft = draft

    async def run(self) -> None:
        """Give every answer. Raises Refusal for one that is not taken, Failed for one that the path does not ask."""
        left = list(self._given)
        while left:
            taken = await (self._rows(left) if left[0].is_rows else self._section(left))
            left = [one for one in left if one not in taken]
        standing = await self._stage.standing(self._actor, self._draft)
        for given in self._given:
            check_path(self._stage, standing, given)

    async def _open(self, at: str) -> Window:
        return await self._stage.open_window(self._actor, Button(action=WINDOW, label=WINDOW, target=self._draft, at=at))

    async def _section(self, left: list[Given]) -> list[Given]:
        """Everything that the window of the first answer has a field for."""
        window = await self._open(self._place(left[0]))
        given = [one for one in left if any(answers(one, asked) for asked in window.inputs)]
        if left[0] not in given:
            raise not_asked(self._stage, left[0], window)
        await self._send(window, filled_in(given, window.inputs))
        return given

    def _place(self, given: Given) -> str:
        if not given.column:
            return f"{given.state}:{given.child}"
        placed = self._shape.by_state[given.state]
        whole = place_of(given, self._shape) != given.path.removesuffix(f".{given.column}")
        return f"{placed.table if whole else placed.state}:{given.child}"

    async def _rows(self, left: list[Given]) -> list[Given]:
        """All rows of a question, one window after the other, and that these are all."""
        rows = [one for one in left if one.is_rows and one.state == left[0].state]
        for row in rows:
            window = await self._open(f"{row.state}:0")
            if not row.none:
                await self._send(window, cells(row, window.inputs))
        window = await self._open(f"{rows[0].state}:0")
        leave = next((button for button in buttons_of(window) if button.action == ON), None)
        if leave is None:
            raise not_asked(self._stage, rows[0], window)
        await self._stage.submit_window(self._actor, window, {}, leave)
        return rows

    async def _send(self, window: Window, inputs: dict[str, str]) -> None:
        errors = errors_of(await self._stage.submit_window(self._actor, window, inputs))
        if errors:
            raise Refusal(" ".join(errors))


async def begin_over_channel(stage: Stage, actor: Actor, form: str, case: str) -> str:
    """Come to the return of an organisation from its request's card. Returns the draft. Raises Refusal or Failed."""
    await Commanding(stage, actor, OPENINGS[form], {}, case or LATEST).run()
    made = await _draft(stage, actor, form, case)
    if not made:
        window = stage.last_windows.get(actor.person.id)
        raise Refusal(text_of(window) if window else stage.newest_text(actor))
    return made


async def _draft(stage: Stage, actor: Actor, form: str, case: str) -> str:
    """The open return of the organisation whose channel this is."""
    found = await known.requests(stage, await known.case_of(stage, case or LATEST), channel_name(actor.conversation))
    names = {name for one in found for name in (one.draft, one.nil) if name}
    for name in names:
        draft = (await stage.standing(actor, name)).draft
        if draft is not None and draft.form == form and draft.status == "open":
            return name
    return ""


async def send_over_channel(stage: Stage, actor: Actor, form: str, case: str, *, senior: bool = True) -> None:
    """Send a return from its last window; with `senior`, naming one where that is all it lacks. Raises Refusal."""
    draft = await _draft(stage, actor, form, case)
    if not draft:
        raise Failed(stage.profile.words.say("play.no_form", form=form, seen=shortened(stage.newest_text(actor))))
    label = stage.profile.shapes[form].form.send
    last = Window(title=label, submit=Button(action=SEND, label=label, target=draft))
    for _ in range(MOST_CONFIRMED):
        after = await stage.submit_window(actor, last, {})
        if not buttons_of(after):
            return
        if senior and stage.profile.words.say(SENIOR_NEEDED) in text_of(after):
            await _signed_by_a_senior(stage, actor, draft)
            continue
        if after.submit is None or after.submit.action != GO or not await _confirmed(stage, actor, after):
            raise Refusal(text_of(after))


async def _signed_by_a_senior(stage: Stage, actor: Actor, draft: str) -> None:
    """Where nobody else of the organisation can sign, its author names a senior who has read it."""
    button = Button(action=WINDOW, label=WINDOW, target=draft, at=f"{SIGNED}:0")
    window = await stage.open_window(actor, button)
    named = {asked.id: stage.profile.words.say("play.senior") for asked in window.inputs if asked.id == SIGNED}
    await stage.submit_window(actor, window, named)


async def _confirmed(stage: Stage, actor: Actor, missing: Window) -> bool:
    """Go to what is missing; where all of it is known already, confirm it as it stands."""
    window = await stage.submit_window(actor, missing, {})
    if not all(asked.value for asked in window.inputs if asked.required):
        return False
    before = {asked.id: asked.value for asked in window.inputs if asked.value}
    after = await stage.submit_window(actor, window, before)
    return bool(before) and not errors_of(after)
