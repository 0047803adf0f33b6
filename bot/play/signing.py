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

REVIEW, SIGN_OFF = "rapid_review", "sign_off"


async def sign_off(stage: Stage, actor: Actor, row: Given, case: str) -> None:
    """Whoever speaks for the partner of the row signs: the person of the step, where they do. Raises Failed for nobody."""
    partner = row.cells.get("partner", "")
    who = await known.speaks_for(stage, case or LATEST, partner)
    if not who:
        raise Failed(stage.profile.words.say("play.no_partner", partner=partner), row.line)
    mine = who_is(actor.person).id in who
    signer = actor if mine else stage.actor(next(name for name, one in stage.people.items() if who_is(one).id in who))
    inputs = {name: Typed(row.line, (row.cells[name],)) for name in ("agreed", "dissent") if row.cells.get(name)}
    await Commanding(stage, signer, COMMANDS["sign_off_review"], inputs, case).run()
