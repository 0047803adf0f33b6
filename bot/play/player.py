"""Plays a script: step after step on one stage, told as it goes, ending with the documents and what is overdue."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from bot.chaser import pass_time
from bot.moments import Moved
from bot.play import known
from bot.play.expected import CaseExpected, Expect
from bot.play.expects import check
from bot.play.model import VERBS, Step
from bot.play.refusals import Watch
from bot.play.script import Script
from bot.play.stage import Failed, Refusal, Stage
from bot.play.steps import STEPS, Filled
from bot.play.telling import Teller, shortened
from templates.days import moment_text

TRANSCRIPT = "conversation.txt"


async def play(script: Script, out: Path, write: Callable[[str], None], on: Callable[[Script, Teller], Stage] = Stage) -> str:
    """Play to the end, or to the first step that does not hold: then a sentence with its line is returned, else nothing.

    The documents and the conversation are left in `out` either way. `on` makes the stage that it is played on.
    """
    names = {person.id: person.name for person in script.profile.people}
    teller = Teller(script.profile.words, names, write)
    teller.say("begin", file=script.source.path.name)
    stage = on(script, teller)
    with tempfile.TemporaryDirectory(prefix="cspr-play-") as folder:
        await stage.open(Path(folder))
        try:
            failure = await _steps(script, stage)
            await _end(script, stage, out, failure)
        finally:
            stage.close()
    return failure


async def _steps(script: Script, stage: Stage) -> str:
    for number, step in enumerate(script.file.steps):
        stage.teller.step(number + 1, len(script.file.steps), stage.clock.now())
        try:
            await _one(script, stage, number, step)
        except Failed as failed:
            line = failed.line or script.line(number)
            return script.profile.words.say("play.failed", file=script.source.path, line=line, seen=failed)
    return ""


async def _one(script: Script, stage: Stage, number: int, step: Step) -> None:
    if step.verb in VERBS:
        await _act(script, stage, number, step)
    elif step.at is not None:
        await _move(stage, step.at)
    elif step.expect is not None:
        stage.teller.say("expected", what=await check(stage, _about(step.expect, step.case)))
    left = await stage.undelivered()
    if left:
        reasons = ", ".join(sorted({f"{row.send.kind.value} {row.reason}".strip() for row in left}))
        raise Failed(stage.profile.words.say("play.undelivered", reasons=reasons))


def _about(expect: Expect, case: str) -> Expect:
    """What is expected, of the case that the step names beside it."""
    if not case or expect.case is not None:
        return expect
    return expect.model_copy(update={"case": CaseExpected(reference=case)})


async def _act(script: Script, stage: Stage, number: int, step: Step) -> None:
    """What a person does, and whether it was refused as the play expects."""
    actor = stage.actor(step.person, step.place)
    watch = await Watch(stage, actor).begin()
    try:
        what = Filled(script.answers.get(number, []), script.inputs.get(number, {}), script.folder)
        await STEPS[step.verb](stage, actor, step, what)
        refused = await watch.refusal()
    except Refusal as refusal:
        refused = str(refusal)
    if refused and not step.refused:
        raise Failed(stage.profile.words.say("play.was_refused", seen=shortened(refused)))
    if step.refused and not refused:
        raise Failed(stage.profile.words.say("play.not_refused", seen=shortened(stage.newest_text(actor))))
    if refused:
        stage.teller.say("refused")


async def _move(stage: Stage, text: str) -> None:
    """Move the clock, and send what falls due on the way, each at its own time."""
    moved = Moved.read(text)
    now = stage.clock.now()
    if moved is None or moved.after(now) < now:
        raise Failed(stage.profile.words.say("play.clock_back", moment=moment_text(now)))
    await pass_time(stage.parts.chaser, stage.clock, moved.after(now), stage.settle)
    stage.teller.say("clock", moment=moment_text(stage.clock.now()))


async def _end(script: Script, stage: Stage, out: Path, failure: str) -> None:
    """The documents, what is overdue, and the conversation."""
    stage.teller.line()
    _documents(stage, out)
    await _overdue(stage)
    if not failure:
        stage.teller.say("done", count=len(script.file.steps))
    told = [*stage.teller.lines, failure] if failure else stage.teller.lines
    _write(out, "\n".join(told) + "\n")


def _documents(stage: Stage, out: Path) -> None:
    files = known.documents(stage)
    stage.teller.say("documents" if files else "no_documents")
    for path in files:
        copy = out / path.relative_to(stage.library)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
        stage.teller.line(f"    {copy}")


def _write(out: Path, text: str) -> None:
    out.mkdir(parents=True, exist_ok=True)
    (out / TRANSCRIPT).write_text(text, encoding="utf-8")


async def _overdue(stage: Stage) -> None:
    words = stage.profile.words
    late = await known.overdue(stage)
    stage.teller.say("overdue" if late else "nothing_overdue")
    for case, one in late:
        kind, due = one.kind.replace("_", " "), moment_text(one.due)
        about = f"{kind}, {words.say('filling.child_number', number=one.child)}" if one.child else kind
        stage.teller.line("    " + words.say("play.overdue_line", reference=case.reference, kind=about, due=due))
