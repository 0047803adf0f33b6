"""Coming to a form: the one that is open here, one that was begun before, or a new one."""

from __future__ import annotations

from collections.abc import Mapping

from bot.play import known
from bot.play.commanding import Commanding
from bot.play.commands import Command
from bot.play.inputs import Typed
from bot.play.stage import Actor, Refusal, Stage
from state.access import Role
from state.records import DraftRecord

OPENINGS: Mapping[str, Command] = {
    "referral": Command(phrase="I need to refer a child", button="start_referral", presses=("start_referral",)),
    "decision": Command(phrase="decide {reference}", presses=("decide",)),
    "nil_return": Command(phrase="open request {reference}", button="not_known_to_us", presses=("begin_nil",)),
    "scoping": Command(phrase="open request {reference}", button="open_request", presses=("begin_return", "correct_return")),
    "rapid_review": Command(phrase="rapid review {reference}", presses=("change_signed", "write_review")),
    "panel_letter": Command(phrase="letter {reference}", presses=("write_letter",)),
    "panel_reply": Command(phrase="rapid review {reference}", presses=("panel_reply",)),
}
"""How a form is begun, or come back to where several people write it: what is typed, and the buttons that then lead to it."""
FOR_THEM: Mapping[str, Command] = {
    form: Command(
        phrase="requests {reference}", presses=(begins, "open_request", "show_request"), inputs={"request": ("whose",)}
    )
    for form, begins in (("scoping", "begin_return"), ("nil_return", "begin_nil"))
}
"""How a coordinator comes to the return of an organisation that answers by secure email."""
RESUME = Command(phrase="carry on", button="resume", presses=("resume",))


RESTRICTED = "restricted"
NAMED_ONLY = Command(
    phrase="I need to refer a child",
    button="start_restricted",
    presses=("name_people", "start_restricted"),
    must=("name_people",),
    inputs={"named": (RESTRICTED,)},
)
"""How a referral is begun that only named people may see."""


async def begin_restricted(stage: Stage, actor: Actor, answer: str) -> None:
    """Begin a referral for named people only, where the play says so and none is open yet: for the coordinators."""
    if answer != "yes" or await is_open(stage, actor, "referral"):
        return
    names = tuple(name for name, one in stage.people.items() if one.role == Role.COORDINATOR and one != actor.person)
    await Commanding(stage, actor, NAMED_ONLY, {RESTRICTED: Typed(0, names)}, "").run()


async def is_open(stage: Stage, actor: Actor, form: str, case: str = "") -> bool:
    """Whether the person is in the middle of a form of that kind here, of that case where one is named."""
    if not await known.in_a_form(stage, actor):
        return False
    draft = (await stage.standing(actor)).draft
    return draft is not None and draft.form == form and await _is_of(stage, draft, case)


async def _is_of(stage: Stage, draft: DraftRecord, case: str) -> bool:
    return not case or not draft.case or draft.case == (await known.case_of(stage, case)).id


async def come_to(stage: Stage, actor: Actor, form: str, case: str = "", organisation: str = "") -> bool:
    """Come to a form that was begun. False where there is none."""
    if organisation:
        if await _of_theirs(stage, actor, form, case, organisation):
            return True
        return await _led(stage, actor, FOR_THEM[form], form, case, organisation)
    if await is_open(stage, actor, form, case):
        return True
    mine = [draft for draft in (await stage.standing(actor)).my_drafts if draft.form == form]
    if mine:
        return await _led(stage, actor, RESUME, form, case)
    shared = form != "referral" and await known.draft_of(stage, form, case) is not None
    return shared and await _led(stage, actor, OPENINGS[form], form, case)


async def _of_theirs(stage: Stage, actor: Actor, form: str, case: str, organisation: str) -> bool:
    """Whether the form that is open here is that organisation's."""
    asked = await known.requests(stage, await known.case_of(stage, case or known.LATEST), organisation)
    draft = (await stage.standing(actor)).draft
    theirs = [name for one in asked for name in (one.draft, one.nil) if name]
    return draft is not None and draft.id in theirs and await is_open(stage, actor, form)


async def begin(stage: Stage, actor: Actor, form: str, case: str = "", organisation: str = "") -> None:
    """Come to a form that was begun, or begin one. Raises Refusal where the assistant does not let them."""
    if await come_to(stage, actor, form, case, organisation):
        return
    if organisation or not await _led(stage, actor, OPENINGS[form], form, case):
        raise Refusal(stage.newest_text(actor))


async def _led(stage: Stage, actor: Actor, opening: Command, form: str, case: str, organisation: str = "") -> bool:
    """Whether what is typed and pressed leads to the form."""

    async def there() -> bool:
        return await is_open(stage, actor, form, case)

    inputs = {"whose": Typed(0, (organisation,))} if organisation else {}
    await Commanding(stage, actor, opening, inputs, case, None if organisation else there).run()
    return await there()
