"""Filling in a form for a play: answers whatever the newest card asks, in chat or in windows, and goes where an answer is due.

Only what the file answers is answered. What is known already is confirmed as it stands, advice is read, and the question
whether there is another child is answered from the file; everything else stays as it is.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.play.answers import Given
from bot.play.place import Shown, errors_of
from bot.play.stage import Actor, Failed, Refusal, Stage
from bot.play.telling import shortened
from bot.play.ticking import answers, filled_in, place_of
from dialogs.completed import filled
from dialogs.filling.asking import WINDOW_HOLDS
from dialogs.reply import Button, Card, Input, Window
from state.snapshot import Snapshot
from templates.forms.shape import Shape, Spot, spot_from

MOST_MOVES = 400


class Filling:
    """One `form` step. `given` shrinks as answers are taken."""

    def __init__(self, stage: Stage, actor: Actor, shape: Shape, given: list[Given], *, windows: bool) -> None:
        self._stage = stage
        self._actor = actor
        self._shape = shape
        self._all = given
        self._given = list(given)
        self._windows = windows
        self._idle: list[Given] = []
        """Answers that could change nothing, so that the assistant does not ask for them: left out, not off the path."""

    async def run(self) -> None:
        """Give every answer. Raises Refusal for an answer that is not taken, Failed for one that the path does not ask."""
        for _ in range(MOST_MOVES):
            if not self._given:
                return await self._all_on_path()
            await self._one()
        raise Failed(self._say("astray", path=self._given[0].path), self._given[0].line)

    async def _all_on_path(self) -> None:
        """A window has fields that wait for another answer of the same window: what was filled in must count in the end."""
        known = await self._stage.standing(self._actor)
        for given in self._all:
            if not self._is_idle(known, given):
                check_path(self._stage, known, given, self._card)

    def _not_asked(self, given: Given) -> Failed:
        return not_asked(self._stage, given, self._card)

    def _say(self, key: str, **values: object) -> str:
        seen = shortened(self._stage.newest_text(self._actor))
        return self._stage.profile.words.say(f"play.{key}", seen=seen, **values)

    @property
    def _shown(self) -> Shown | None:
        return self._stage.channel.newest(self._actor.conversation)

    @property
    def _card(self) -> Card:
        shown = self._shown
        return shown.reply.card if shown and shown.reply.card else Card()

    def _button(self, action: str) -> Button | None:
        return next((button for button in self._card.buttons if button.action == action), None)

    async def _press(self, action: str, inputs: Mapping[str, str] | None = None) -> None:
        button = self._button(action)
        if button is None:
            raise Failed(self._say("astray", path=self._given[0].path), self._given[0].line)
        await self._stage.press(self._actor, button, inputs or {}, self._shown)
        errors = errors_of(self._shown.first if self._shown else None)
        if errors:
            raise Refusal(" ".join(errors))

    async def _one(self) -> None:
        """Deal with the newest card by what it offers; where it offers nothing that helps, go to the next answer's question."""
        for action, deal in DEALS:
            if self._button(action) is not None:
                return await deal(self)
        return await self.go()

    async def confirm(self) -> None:
        """What is known already: as it stands, or as the file has it."""
        given = self._for_inputs(self._card.inputs)
        kept = {asked.id: asked.value for asked in self._card.inputs}
        await self._press("confirm", kept | filled_in(given, self._card.inputs))
        self._take(given)

    async def page(self) -> None:
        """A question or a group of them."""
        given = self._for_inputs(self._card.inputs)
        if not given:
            return await self.go()
        opens = self._button("window") if self._windows else None
        if opens is not None and await self._in_window(opens):
            return None
        await self._press("answer", _kept(self._card) | filled_in(given, self._card.inputs))
        return self._take(given)

    def _for_inputs(self, inputs: tuple[Input, ...]) -> list[Given]:
        """What the file answers of a card or window: an input for itself, or one that ticks a column of a table."""
        return [one for one in self._given if not one.is_rows and any(answers(one, asked) for asked in inputs)]

    async def _in_window(self, opens: Button) -> bool:
        """Everything of the section that the file answers. False where the window has no field for any of it."""
        window = await self._stage.open_window(self._actor, opens)
        given = [one for one in self._for_inputs(window.inputs) if len(one.text) <= WINDOW_HOLDS]
        if given:
            await self._submit(window, filled_in(given, window.inputs))
            self._take(given)
        return bool(given)

    async def _submit(self, window: Window, inputs: Mapping[str, str]) -> None:
        after = await self._stage.submit_window(self._actor, window, inputs)
        errors = errors_of(after)
        if errors:
            raise Refusal(" ".join(errors))

    def _take(self, given: list[Given]) -> None:
        self._given = [one for one in self._given if one not in given]

    async def row(self) -> None:
        """A row's card: the next row of the file, or that these are all."""
        state = _spot(self._button("row_save")).state
        rows = [one for one in self._given if one.is_rows and one.state == state]
        if not rows:
            return await (self._press("row_done") if self._button("row_done") else self.go())
        if rows[0].none:
            await self._press("row_none")
        elif any(asked.value for asked in self._card.inputs):
            return await self._press("row_save", _kept(self._card))
        else:
            await self._save_row(rows[0])
        self._given.remove(rows[0])
        if len(rows) == 1 and self._button("row_done") is not None:
            await self._press("row_done")
        return None

    async def _save_row(self, row: Given) -> None:
        opens = self._button("window") if self._windows else None
        if opens is None:
            return await self._press("row_save", cells(row, self._card.inputs))
        window = await self._stage.open_window(self._actor, opens)
        return await self._submit(window, cells(row, window.inputs))

    async def more_children(self) -> None:
        """Whether there is another child: as the file has them."""
        await self._press("add_child" if await self._needs_child() else "no_more_children")

    async def _needs_child(self) -> bool:
        return max((one.child for one in self._given), default=0) > await self._children()

    async def _children(self) -> int:
        known = await self._stage.standing(self._actor)
        numbers = {int(path.split(".")[1]) for path in known.answers if _about_child(path)}
        gone = {n for n in numbers if (one := known.answers.get(f"children.{n}")) is not None and one.state == "removed"}
        return max(numbers - gone, default=1)

    async def read(self) -> None:
        """Advice that is only shown."""
        await self._press("seen")

    async def go(self) -> None:
        """Go to the question of the first answer that can be reached, as anybody would: by "change …"."""
        grows = self._stage.parts.kit.machines[self._shape.form.form].adds
        if grows and await self._needs_child() and self._given[0].child > await self._children():
            return await self._stage.says(self._actor, "add another child")
        for one in self._given:
            if await self._reaches(one):
                return None
        return await self._off_path(self._given[0])

    async def _reaches(self, given: Given) -> bool:
        await self._stage.says(self._actor, f"change {await self._name(given)}")
        return self._stands_at(given)

    async def _name(self, given: Given) -> str:
        if given.column:
            return place_of(given, self._shape)
        if not given.is_rows:
            return given.path
        known = await self._stage.standing(self._actor)
        rows = [path for path, one in known.answers.items() if _is_row(path, given.state) and one.state != "removed"]
        return ".".join(rows[0].split(".")[:2]) if rows else given.state

    def _stands_at(self, given: Given) -> bool:
        if given.is_rows:
            save = self._button("row_save")
            return save is not None and _spot(save).state == given.state
        return any(answers(given, asked) for asked in self._card.inputs)

    async def _off_path(self, given: Given) -> None:
        """An optional question is not asked in chat, yet it has a field in its section's window. All else is off the path."""
        if given.question.need == "optional" and await self._section_window(given):
            return
        if not self._is_idle(await self._stage.standing(self._actor), given):
            raise self._not_asked(given)
        self._stage.teller.say("idle", path=given.path)
        self._idle.append(given)
        self._take([given])

    def _is_idle(self, known: Snapshot, given: Given) -> bool:
        """Whether only the advice could need it, and the advice stands without it. Nobody can tell that from outside."""
        if known.draft is None or not given.question.advice:
            return False
        form = filled(self._stage.parts.kit, known.draft, known.answers)
        if form.on_path(given.spot):
            return False
        form.worth = lambda _child, _fact: True
        follows = {one.question.id for one in self._idle if one.child in (0, given.child)} & set(given.question.only_if)
        return bool(follows) or form.on_path(given.spot)

    async def _section_window(self, given: Given) -> bool:
        section = self._shape.by_state[given.state].section
        for placed in self._shape.order:
            if placed.section is section and placed.question.need != "optional" and not placed.is_rows:
                await self._stage.says(self._actor, f"change {self._shape.path(Spot(placed.state, given.child))}")
                break
        opens = self._button("window")
        return opens is not None and await self._in_window(opens)


DEALS: tuple[tuple[str, Callable[[Filling], Awaitable[None]]], ...] = (
    ("row_save", Filling.row),
    ("confirm", Filling.confirm),
    ("no_more_children", Filling.more_children),
    ("seen", Filling.read),
    ("answer", Filling.page),
)


def _kept(card: Card) -> dict[str, str]:
    """What stands in the fields already. An empty field is not sent, so what is not answered stays unanswered."""
    return {asked.id: asked.value for asked in card.inputs if asked.value}


def not_asked(stage: Stage, given: Given, part: Card | Window) -> Failed:
    """The file answers what the path does not ask."""
    standing = ", ".join(asked.id for asked in part.inputs) or stage.profile.words.say("play.nothing")
    return Failed(stage.profile.words.say("play.off_path", path=given.path, open=standing), given.line)


def check_path(stage: Stage, known: Snapshot, given: Given, part: Card | Window | None = None) -> None:
    """An answer that was given must count in the end. Raises Failed."""
    if known.draft is None:
        return
    form = filled(stage.parts.kit, known.draft, known.answers)
    if not form.on_path(given.spot):
        raise not_asked(stage, given, part or Card())


def cells(row: Given, inputs: tuple[Input, ...]) -> dict[str, str]:
    """The row's cells under the ids of the fields: a field's id ends in its column."""
    ids = {asked.id.rsplit(".", 1)[-1]: asked.id for asked in inputs}
    return {ids[column]: text for column, text in row.cells.items() if column in ids}


def _spot(button: Button | None) -> Spot:
    return (spot_from(button.at) if button else None) or Spot("")


def _about_child(path: str) -> bool:
    parts = path.split(".")
    return len(parts) > 1 and parts[0] == "children" and parts[1].isdigit()


def _is_row(path: str, state: str) -> bool:
    parts = path.split(".")
    return len(parts) == 3 and parts[0] == state and parts[1].isdigit()
