"""What is wrong with a step before anything is played: one small check for each part of it, each with what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from bot.moments import Moved
from bot.play.commands import COMMANDS, command_named
from bot.play.expected import Expect
from bot.play.model import Step
from bot.play.organisations import channel_named, channels, known, named, plain
from templates.profile import Profile

Place = tuple[int | str, ...]
Problem = tuple[Place, str]
Check = Callable[[Step, Profile, Path], Iterator[Problem]]
IN_WINDOWS = ("scoping", "nil_return")
"""Forms of an organisation: they are filled in over its channel too, in windows."""
DOCUMENTS = ("scoping_letter", "agenda", "supplementary_letter")
"""Forms of which there are documents only: nobody fills them in."""


def problems(step: Step, profile: Profile, folder: Path) -> Iterator[Problem]:
    """Everything that is wrong with one step. `folder` is where the play lies."""
    for check in CHECKS:
        yield from check(step, profile, folder)


def _who(step: Step, profile: Profile, _folder: Path) -> Iterator[Problem]:
    people = [person.id for person in profile.people]
    for place, person in _people(step):
        if person and person not in people:
            yield place, f"there is nobody with the id {person}. Add them under `people`, or use one of {', '.join(people)}."


def _people(step: Step) -> Iterator[tuple[Place, str]]:
    yield ("as",), step.person
    expect = step.expect or Expect.model_construct()
    yield ("expect", "said_to"), expect.said_to
    if expect.request:
        for key in ("returned_by", "signed_off_by", "delegated_to", "senior"):
            yield ("expect", "request", key), getattr(expect.request, key)


def _where(step: Step, profile: Profile, _folder: Path) -> Iterator[Problem]:
    posted_in = step.expect.posted_in if step.expect else ""
    for place, name in ((("in",), step.place), (("expect", "posted_in"), posted_in)):
        if name and not channel_named(profile, name):
            yield place, f"there is no channel {name}. There are: {', '.join(channels(profile))}."


def _organisations(step: Step, profile: Profile, _folder: Path) -> Iterator[Problem]:
    expect = step.expect or Expect.model_construct()
    for key in ("request", "deadline"):
        part = getattr(expect, key)
        if part is not None and part.organisation and not named(profile, part.organisation):
            yield ("expect", key, "organisation"), _nobody(part.organisation, profile)
    if step.organisation and not named(profile, step.organisation):
        yield ("organisation",), _nobody(step.organisation, profile)
    if step.organisation and not (step.form in IN_WINDOWS or step.submit in IN_WINDOWS or step.does):
        yield ("organisation",), "organisation goes with the form of an organisation, or with `does`. Take it out."
    if expect.organisation and not named(profile, expect.organisation):
        yield ("expect", "organisation"), _nobody(expect.organisation, profile)


def _nobody(name: str, profile: Profile) -> str:
    return f"there is no organisation {name}. There are: {', '.join(one.id for one in known(profile))}."


def _form(step: Step, profile: Profile, _folder: Path) -> Iterator[Problem]:
    for key in ("form", "submit"):
        form = getattr(step, key)
        if form and form not in profile.shapes:
            yield (key,), f"there is no form {form} yet. There are: {', '.join(profile.shapes)}."
        elif form and step.place and form not in IN_WINDOWS:
            yield ("in",), "this form is filled in one to one. Take `in` out."
    document = step.expect.document if step.expect else ""
    if document and document not in (*profile.shapes, *DOCUMENTS):
        known_forms = ", ".join((*profile.shapes, *DOCUMENTS))
        yield ("expect", "document"), f"there is no form {document} yet. There are: {known_forms}."
    if step.answers and step.form is None and step.press is None and step.does is None:
        yield ("answers",), "answers go with `form`, or with the inputs of a card and `press`. Take them out."
    if step.by and step.form is None:
        yield ("by",), "`by` goes with `form`. Take it out."


def _moves(step: Step, _profile: Profile, _folder: Path) -> Iterator[Problem]:
    if step.verb == "at" and Moved.read(step.at or "") is None:
        yield ("at",), f"at: {step.at} is neither +3d, +2h or +30m nor a date and time such as 2026-11-24T09:00. Mend it."
    if step.refused and step.verb in ("at", "expect"):
        yield ("refused",), "only what a person does can be refused. Take `refused` out."


def _does(step: Step, _profile: Profile, _folder: Path) -> Iterator[Problem]:
    if step.does is None:
        return
    command = command_named(step.does)
    if command is None:
        yield ("does",), f"there is no command {step.does}. There are: {', '.join(COMMANDS)}."


def _asked(step: Step, profile: Profile, _folder: Path) -> Iterator[Problem]:
    """Organisations that are to be asked: one that nobody knows would be left out without a word."""
    if command_named(step.does or "") is not COMMANDS["send_requests"]:
        return
    for key in ("organisations", *COMMANDS["send_requests"].inputs["organisations"]):
        value = (step.model_extra or {}).get(key, [])
        for name in value if isinstance(value, list) else str(value).split(","):
            if isinstance(name, str) and plain(name) not in ("all", "none") and not named(profile, name):
                yield (key,), _nobody(name.strip(), profile)


def _file(step: Step, _profile: Profile, folder: Path) -> Iterator[Problem]:
    if step.file is not None and not (folder / step.file).is_file():
        yield ("file",), f"there is no file {step.file} beside this play. Put it there, or mend its name."


CHECKS: tuple[Check, ...] = (_who, _where, _organisations, _form, _moves, _does, _asked, _file)
