"""The letter of a play that says itself when it was sent: nobody sends a letter before it is made."""

from __future__ import annotations

from datetime import datetime

from bot.play import known
from bot.play.commanding import Commanding
from bot.play.commands import COMMANDS
from bot.play.expected import LATEST
from bot.play.inputs import Typed
from bot.play.signing import moment_typed
from bot.play.stage import Actor, Stage
from state.snapshot import Wanted

LETTER, SENT = "panel_letter", "sent_at"


async def send_as_written(stage: Stage, actor: Actor, case: str) -> None:
    """Record the sending where the letter has a time for it. Raises Refusal."""
    about = await known.case_of(stage, case or LATEST)
    read = Wanted(turn="", person="", place="", case=about.id, forms=(LETTER,))
    written = (await stage.parts.store.read(read)).written
    sent = written[-1].answers.get(SENT) if written else None
    value = sent.value if sent is not None and sent.state == "given" else None
    instant = value.get("instant") if isinstance(value, dict) else None
    if isinstance(instant, str):
        at = moment_typed(datetime.fromisoformat(instant))
        await Commanding(stage, actor, COMMANDS["mark_sent"], {SENT: Typed(0, (at,))}, case).run()
