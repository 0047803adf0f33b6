"""A row of the sign-off in a play: each partner signs for themselves, with the button that they have for it."""

from __future__ import annotations

from bot.console.places import who_is
from bot.play import known
from bot.play.answers import Given
from bot.play.commanding import Commanding
from bot.play.commands import COMMANDS
from bot.play.expected import LATEST
from bot.play.inputs import Typed
from bot.play.stage import Actor, Failed, Stage
from state.access import Role

MOST_PAIRS = 20
REVIEW, SIGN_OFF = "rapid_review", "sign_off"


async def sign_off(stage: Stage, actor: Actor, row: Given, case: str) -> None:
    """Whoever speaks for the partner of the row signs: the person of the step, where they do. Raises Failed for nobody."""
    partner = row.cells.get("partner", "")
    who = await known.speaks_for(stage, case or LATEST, partner)
    if not who:
        raise Failed(stage.profile.words.say("play.no_partner", partner=partner), row.line)
    mine = who_is(actor.person).id in who
    signer = actor if mine else stage.actor(next(name for name, one in stage.people.items() if who_is(one).id in who))
    await _settle_pairs(stage, case)
    inputs = {name: Typed(row.line, (row.cells[name],)) for name in ("agreed", "dissent") if row.cells.get(name)}
    await Commanding(stage, signer, COMMANDS["sign_off_review"], inputs, case).run()


async def _settle_pairs(stage: Stage, case: str) -> None:
    """Suggested actions that read alike must be looked at before anybody signs: where no step has done so, both stand."""
    coordinator = next(stage.actor(name) for name, one in stage.people.items() if one.role == Role.COORDINATOR)
    for _ in range(MOST_PAIRS):
        pair = Commanding(stage, coordinator, COMMANDS["merge_actions"], {}, case)
        pair.on_the_way = True
        if not await pair.run():
            return
