"""Details put right in a play: by the command, or by answers of a referral that was sent, as a coordinator would write them."""

from __future__ import annotations

import re

from bot.play import known
from bot.play.answers import Given
from bot.play.commanding import Commanding
from bot.play.commands import COMMANDS, Command
from bot.play.expected import LATEST
from bot.play.inputs import Inputs, Typed
from bot.play.stage import Actor, Failed, Stage
from state.access import Role

REFERRAL, FAMILY, CHILDREN = "referral", "family", "children"
SUBJECT = re.compile(rf"((?:{FAMILY}|{CHILDREN})\.\d+)\.")
CORRECT = COMMANDS["correct_case"]


async def corrects(stage: Stage, actor: Actor, form: str, case: str) -> bool:
    """Whether a coordinator means a referral that was sent: all they can do about it is put details right."""
    if form != REFERRAL or not case or actor.person.role != Role.COORDINATOR:
        return False
    standing = await stage.standing(actor, (await known.case_of(stage, case)).draft)
    return standing.draft is not None and standing.draft.status == "submitted"


async def correct(stage: Stage, actor: Actor, given: list[Given], case: str) -> None:
    """Put the details of each person right that the answers name. Raises Refusal, or Failed for what cannot be put right."""
    for subject, inputs in _by_subject(stage, given).items():
        about = {"subject": Typed(0, (subject,))}
        await Commanding(stage, actor, CORRECT, {**about, **inputs}, case or LATEST).run()


def _by_subject(stage: Stage, given: list[Given]) -> dict[str, dict[str, Typed]]:
    found: dict[str, dict[str, Typed]] = {}
    family = [one for one in given if one.is_rows and one.state == FAMILY and one.cells]
    for number, row in enumerate(family, 1):
        cells = {f"{FAMILY}.{number}.{name}": Typed(row.line, (text,)) for name, text in row.cells.items() if text}
        found[f"{FAMILY}.{number}"] = cells
    for one in given:
        if one in family:
            continue
        if not one.child:
            raise Failed(stage.profile.words.say("play.not_corrected", path=one.path), one.line)
        found.setdefault(f"{CHILDREN}.{one.child}", {})[one.path] = Typed(one.line, (one.text,))
    return found


def whose(command: Command, inputs: Inputs) -> Inputs:
    """The inputs of a correction with the person that they are about, where only the answers' paths say it."""
    if command is not CORRECT or {"subject", *CORRECT.inputs["subject"]} & set(inputs):
        return inputs
    named = next((match[1] for key in inputs if (match := SUBJECT.match(key))), "")
    return {"subject": Typed(0, (named,)), **inputs} if named else inputs
