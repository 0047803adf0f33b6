"""More time in a play, from those who asked: what an organisation wishes for is granted, any other day is given unasked."""

from __future__ import annotations

from bot.play import known
from bot.play.commanding import Commanding
from bot.play.commands import COMMANDS, Command
from bot.play.expected import LATEST
from bot.play.inputs import Inputs
from bot.play.stage import Actor, Stage
from state.access import Role
from state.scoping_records import Extension, RequestRecord

DAYS = ("new_date", "until", "by", "date", "to")
WHOSE = ("organisation", "agency")
GIVE = Command(
    phrase="requests {reference}",
    presses=("keep_time", "give_time", "show_request"),
    must=("keep_time",),
    inputs={"request": WHOSE, "until": DAYS, "reason": ("why",)},
    defaults={"reason": "The records are held in several places."},
)


def gives(actor: Actor, command: Command) -> bool:
    """Whether it is a coordinator who gives time: the list of commands has one word for asking and for giving it."""
    return actor.person.role in (Role.COORDINATOR, Role.MANAGER) and command in (
        COMMANDS["more_time"],
        COMMANDS["grant_time"],
    )


async def give_time(stage: Stage, actor: Actor, inputs: Inputs, case: str) -> None:
    """Grant what is wished for, where the play names no other day and no other organisation. Raises Refusal or Failed."""
    whose = next((inputs[name].text for name in WHOSE if name in inputs), "")
    day = next((inputs[name].text for name in DAYS if name in inputs), "")
    asked = await known.requests(stage, await known.case_of(stage, case or LATEST), whose)
    wished = {one.id for one in asked if (wish := _wish(one)) and day in ("", wish.new_date.isoformat())}
    if not wished and day:
        await Commanding(stage, actor, GIVE, inputs, case).run()
        return
    left = {name: typed for name, typed in inputs.items() if name not in (*DAYS, *WHOSE, "reason", "why")}
    granting = Commanding(stage, actor, COMMANDS["grant_time"], left, case)
    granting.targets = wished
    await granting.run()


def _wish(request: RequestRecord) -> Extension | None:
    """The newest wish that nobody has answered."""
    return next((one for one in reversed(request.extensions) if one.granted is None), None)
