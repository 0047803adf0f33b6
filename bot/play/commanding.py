"""A command, played as a person would: its phrase typed, then whatever its cards and windows ask, until it is done."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping

from bot.console.places import who_is
from bot.play import known
from bot.play.choosing import chosen
from bot.play.commands import Command
from bot.play.expected import LATEST
from bot.play.inputs import Inputs, Typed
from bot.play.organisations import known as everybody_asked
from bot.play.place import Shown, channel_name, errors_of
from bot.play.stage import Actor, Failed, Refusal, Stage, buttons_of
from bot.play.telling import shortened
from dialogs.reply import Button, Card, Input, Window

MOST_PRESSES = 60
PAUSE = "pause"
"""Typed before a command where a form is open: there, anything that is typed is an answer."""
NOT_UNDERSTOOD = "home.not_understood"
DAY = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4}|\d{1,2} [A-Za-z]+ \d{4}")
There = Callable[[], Awaitable[bool]]


class Commanding:
    """One `does` step, or the way to a form: until `there` says that it is reached."""

    def __init__(
        self,
        stage: Stage,
        actor: Actor,
        command: Command,
        inputs: Inputs,
        case: str,
        there: Callable[[], Awaitable[bool]] | None = None,
    ) -> None:
        self._stage = stage
        self._actor = actor
        self._alone = stage.alone(actor)
        self.on_the_way = False
        """Whether it comes before or after another command: then it may find nothing to do."""
        self.targets: set[str] = set()
        """What its buttons may be about, where it is not all of the case's."""
        self._command = command
        self._inputs = inputs
        self._case = case
        self._there = there
        self._used: set[str] = set()
        self._filled: list[str] = []
        self._chosen: list[str] = []
        self._pressed: set[tuple[str, str]] = set()
        self._before = {one.id for one in self._messages()}

    async def run(self) -> bool:
        """Do it, and say whether anything was pressed.

        Raises Refusal where the assistant does not let them, Failed for an input that nothing asked for.
        """
        await self._begin()
        for _ in range(MOST_PRESSES):
            if self._there is not None and await self._there():
                return True
            if not (await self._in_window() if self._window else await self._on_a_card()):
                break
        self._all_done()
        return bool(self._pressed)

    async def _begin(self) -> None:
        about = await known.targets(self._stage, self._case) if self._case else ()
        offered = self._stage.channel.offering(self._actor.conversation, self._command.button, about)
        if offered is not None:
            return await self._press(self._actor, offered[0], offered[1])
        if await known.in_a_form(self._stage, self._actor):
            await self._stage.says(self._actor, PAUSE)
        case = await known.case_of(self._stage, self._case or LATEST) if "{reference}" in self._command.phrase else None
        phrase = self._command.phrase.format(reference=case.reference if case else "")
        await self._stage.says(self._actor, phrase + await self._said_with())
        if self._stage.profile.words.say(NOT_UNDERSTOOD) in self._stage.newest_text(self._actor):
            raise Refusal(self._stage.newest_text(self._actor))

    async def _said_with(self) -> str:
        """The inputs that are typed with the command, in its own order: ids with spaces, as people say them."""
        texts = {key: typed.text for key, typed in self._inputs.items() if key in self._command.said_with}
        self._used |= set(texts)
        if self._case and "case" in self._command.said_with:
            texts["case"] = (await known.case_of(self._stage, self._case)).reference
        ordered = (name for name in self._command.said_with if name in texts)
        return "".join(self._command.said_with[name].format(_as_said(name, texts[name])) for name in ordered)

    @property
    def _window(self) -> Window | None:
        return self._stage.open_windows.get(self._actor.person.id)

    def _messages(self) -> list[Shown]:
        shown = self._stage.channel.shown
        places = dict.fromkeys((self._alone.conversation, self._actor.conversation))
        return [one for place in places for one in shown[place]]

    async def _in_window(self) -> bool:
        window = self._window
        button = self._pick(buttons_of(window), "window") if window else None
        if window is None or button is None:
            return False
        self._pressed.add((f"window {len(self._pressed)}", button.action))
        after = await self._stage.submit_window(self._actor, window, self._fill(window), button)
        self._checked(errors_of(after))
        return True

    async def _on_a_card(self) -> bool:
        """The newest card since the command was given that offers one of its buttons, here or to this person alone."""
        new = [one for one in self._messages() if one.id not in self._before and one.reply.card is not None]
        for shown in sorted(new, key=lambda one: -one.number):
            button = self._pick(shown.reply.card.buttons if shown.reply.card else (), shown.id)
            if button is not None:
                here = shown in self._stage.channel.shown[self._actor.conversation]
                await self._press(self._actor if here else self._alone, shown, button)
                return True
        return False

    def _pick(self, buttons: tuple[Button, ...], where: str) -> Button | None:
        about = (one for one in buttons if not self.targets or one.target in self.targets)
        offered = {one.action: one for one in about if (where, one.action) not in self._pressed}
        return next((offered[one] for one in self._command.presses if one in offered and self._wanted(one)), None)

    def _wanted(self, action: str) -> bool:
        """Whether a button is one to press now: not what led to the end, once that is reached; and where it is only for some
        plays, whether this one has the input and has not used it yet."""
        presses, done = self._command.presses, {name for _, name in self._pressed}
        last = min((presses.index(name) for name in self._command.must if name in done), default=len(presses))
        if presses.index(action) > last:
            return False
        needs = self._command.only_with.get(action)
        return needs is None or (needs in self._inputs and needs not in self._used)

    async def _press(self, actor: Actor, shown: Shown, button: Button) -> None:
        self._pressed.add((shown.id, button.action))
        if button.window and not (self._there is not None and button.press_too and actor == self._alone):
            window = await self._stage.open_window(actor, button)
            return self._checked(errors_of(window))
        inputs = self._fill(shown.reply.card or Card()) if button.takes_inputs else {}
        await self._stage.press(actor, button, inputs, shown)
        newest = self._stage.channel.newest(actor.conversation)
        return self._checked(errors_of(newest.first) if newest and newest is not shown else [])

    def _checked(self, errors: list[str]) -> None:
        if errors:
            raise Refusal(" ".join(errors))

    def _fill(self, part: Card | Window) -> dict[str, str]:
        return {asked.id: value for asked in part.inputs if (value := self._value(asked)) is not None}

    def _value(self, asked: Input) -> str | None:
        here = channel_name(self._actor.conversation) if asked.id == self._command.from_place else ""
        for texts in (self._said(asked.id), self._of_row(asked.id), (here,) if here else None):
            if texts is not None:
                return chosen(self._stage, asked, texts)
        if asked.value:
            return asked.value
        default = self._command.defaults.get(asked.id)
        if default is not None:
            return chosen(self._stage, asked, default.split("|"))
        return self._somebody(asked)

    def _said(self, field: str) -> tuple[str, ...] | None:
        """What the play has for a field under any of its names; a date and a time beside it are one moment."""
        for key in (field, *self._command.inputs.get(field, ())):
            typed = self._inputs.get(key)
            if typed is not None and typed.texts:
                self._used |= {key, key.partition(".")[0]}
                return (self._moment(typed, self._command.moments[field]),) if self._is_moment(field) else typed.texts
        return None

    def _is_moment(self, field: str) -> bool:
        return field in self._command.moments

    def _moment(self, typed: Typed, else_at: str) -> str:
        """A day with the time beside it, where it has none itself."""
        if not DAY.fullmatch(typed.text):
            return typed.text
        self._used.add("time")
        time = self._inputs["time"].text if "time" in self._inputs else else_at
        return f"{typed.text} {time}".strip()

    def _of_row(self, field: str) -> tuple[str, ...] | None:
        """What a row of an input has for a field: the list of all rows first, then each row in its turn."""
        key, columns = self._command.rows.get(field, ("", ()))
        typed = self._inputs.get(key)
        if typed is None or not typed.rows:
            return None
        self._used.add(key)
        if field == key:
            return tuple(_cell(row, columns) for row in typed.rows)
        number = sum(1 for name in self._filled if name == field)
        self._filled.append(field)
        return tuple(part.strip() for part in _cell(typed.rows[min(number, len(typed.rows) - 1)], columns).split(","))

    def _somebody(self, asked: Input) -> str | None:
        kinds = self._command.people.get(asked.id, ())
        everybody = {one.id: one.kind for one in everybody_asked(self._stage.profile)}
        people = self._stage.people.values()
        found = (
            who_is(one).id for kind in kinds for one in people if kind in (one.organisation, everybody.get(one.organisation))
        )
        return next((person for person in found if person in [choice.value for choice in asked.choices]), None)

    def _all_done(self) -> None:
        """An input that nothing asked for is a mistake of the play; a command that did nothing was refused."""
        if self.on_the_way:
            return
        left = [(key, typed) for key, typed in self._inputs.items() if key.partition(".")[0] not in self._used]
        seen = shortened(self._stage.newest_text(self._actor))
        words = self._stage.profile.words
        if self._command.must and not set(self._command.must) & {action for _, action in self._pressed}:
            raise Refusal(seen)
        if left:
            key, typed = left[0]
            raise Failed(words.say("play.no_input", asked=key, seen=seen), typed.line)


def _as_said(name: str, text: str) -> str:
    return text if name in ("case", "from", "to", "until", "person") else text.replace("_", " ").replace("-", " ")


def _cell(row: Mapping[str, str], columns: Iterable[str]) -> str:
    return next((row[column] for column in columns if column in row), "")
