"""A row of the sign-off in a play: each partner signs for themselves, with the button that they have for it."""

from __future__ import annotations

from datetime import datetime

from bot.console.places import who_is
from bot.play import known
from bot.play.answers import Given
from bot.play.beginning import is_open
from bot.play.commanding import Commanding
from bot.play.commands import COMMANDS, Command
from bot.play.expected import LATEST
from bot.play.inputs import Typed
from bot.play.stage import Actor, Failed, Stage
from state.access import Role
from state.values import LONDON

MOST_PAIRS = 20
CHANGE_SIGNED = "change_signed"
WRITE = Command(phrase="rapid review {reference}", presses=("write_review",))
REVIEW, SIGN_OFF = "rapid_review", "sign_off"


async def sign_off(stage: Stage, actor: Actor, row: Given, case: str) -> None:
    """Whoever speaks for the partner of the row signs: the person of the step, where they do. Raises Failed for nobody."""
    partner = row.cells.get("partner", "")
    who = await known.speaks_for(stage, case or LATEST, partner) or await _named(stage, row, case)
    if not who:
        raise Failed(stage.profile.words.say("play.no_partner", partner=partner), row.line)
    mine = who_is(actor.person).id in who
    signer = actor if mine else stage.actor(next(name for name, one in stage.people.items() if who_is(one).id in who))
    await _settle_pairs(stage, case)
    inputs = {name: Typed(row.line, (row.cells[name],)) for name in ("agreed", "dissent") if row.cells.get(name)}
    await Commanding(stage, signer, COMMANDS["sign_off_review"], inputs, case).run()


async def is_signed(stage: Stage, actor: Actor, case: str) -> bool:
    """Whether all partners have signed: then the review can only be opened again, which takes their signatures away."""

    async def there() -> bool:
        return await is_open(stage, actor, REVIEW, case)

    await Commanding(stage, actor, WRITE, {}, case or LATEST, there).run()
    return any(button.action == CHANGE_SIGNED for button in stage.buttons(actor))


async def _named(stage: Stage, row: Given, case: str) -> set[str]:
    """Who signs, named by the coordinator with a meeting, as the row has them: a play need not say how they came to it."""
    partner = row.cells.get("partner", "")
    person = row.cells.get("person", "")
    field = f"partner_{partner}"
    if field not in COMMANDS["meeting"].inputs:
        return set()
    inputs = {"starts": Typed(row.line, (moment_typed(stage.clock.now()),))}
    if person in stage.people:
        inputs[field] = Typed(row.line, (person,))
    await Commanding(stage, _coordinator(stage), COMMANDS["meeting"], inputs, case).run()
    return await known.speaks_for(stage, case or LATEST, partner)


def moment_typed(moment: datetime) -> str:
    """A day and a time in London, as somebody would type them."""
    return moment.astimezone(LONDON).strftime("%Y-%m-%d %H:%M")


def _coordinator(stage: Stage) -> Actor:
    return next(stage.actor(name) for name, one in stage.people.items() if one.role == Role.COORDINATOR)


async def _settle_pairs(stage: Stage, case: str) -> None:
    """Suggested actions that read alike must be looked at before anybody signs: where no step has done so, both stand."""
    coordinator = _coordinator(stage)
    for _ in range(MOST_PAIRS):
        pair = Commanding(stage, coordinator, COMMANDS["merge_actions"], {}, case)
        pair.on_the_way = True
        if not await pair.run():
            return
