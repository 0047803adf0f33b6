"""A play file, read and checked against its profile before anything is played. Every mistake names its line and what to do."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import msgspec
from pydantic import ValidationError

from bot.moments import Moved
from bot.play.answers import AnswersReader, Given, node_at
from bot.play.model import PlayFile, PlayPerson, Step
from dialogs.telling import COORDINATORS
from state.access import Role
from templates.forms.yaml_lines import Mistake, Source
from templates.profile import InventedPerson, Profile, load_profile, profile_folder

NOT_YET: Mapping[str, str] = {"does": "a command", "file": "a file", "organisations": "a command's organisations"}
"""Keys of a play that nothing can do yet."""
Place = tuple[int | str, ...]
Problem = tuple[Place, str]


class Script(msgspec.Struct, frozen=True):
    """A play that can be played: the profile with its people, and the answers of each `form` step."""

    source: Source
    file: PlayFile
    profile: Profile
    answers: Mapping[int, list[Given]]

    def line(self, number: int, *below: int | str) -> int:
        """The line of a step (from 0), or of something in it."""
        return self.source.line(("steps", number, *below))


def load_script(path: Path) -> Script:
    """Read and check a play. Raises Mistake with every mistake, by line."""
    source = _source(path)
    file = _file(source)
    profile = _profile(source, file)
    people = {person.id: person for person in profile.people}
    profile = msgspec.structs.replace(profile, people=tuple((people | _people(file, people)).values()))
    wrong = [source.mistake(place, what) for place, what in _problems(file, profile)]
    if wrong:
        raise Mistake(wrong)
    return Script(source, file, profile, _answers(source, file, profile))


def _source(path: Path) -> Source:
    try:
        return Source(path)
    except (OSError, UnicodeDecodeError) as wrong:
        why = getattr(wrong, "strerror", None) or "it is not UTF-8 text"
        raise Mistake([f"{path}:1: this cannot be read ({why}). Name a play file."]) from wrong


def _file(source: Source) -> PlayFile:
    if not isinstance(source.data, dict):
        raise Mistake([source.mistake((), "this is not a play. Begin it with `play: 1`, a profile, a start and steps.")])
    try:
        return PlayFile.model_validate(source.data)
    except ValidationError as wrong:
        raise Mistake([_sentence(source, e["loc"], e["msg"], e["type"]) for e in wrong.errors()]) from wrong


def _sentence(source: Source, place: Place, message: str, kind: str) -> str:
    name = str(place[-1]) if place else "the play"
    if kind == "extra_forbidden":
        return source.mistake(place, f"{name} is not a word of play files. Take it out, or correct its spelling.")
    if kind == "missing":
        return source.mistake(place, f"{name} is missing. Add it.")
    step = isinstance(place[-1], int) if place else True
    plain = message.removeprefix("Value error, ")
    return source.mistake(place, f"{plain}." if step else f"{name}: {plain}. Mend it.")


def _profile(source: Source, file: PlayFile) -> Profile:
    try:
        folder = profile_folder(file.profile)
    except Mistake as missing:
        raise Mistake([source.mistake(("profile",), missing.lines[0])]) from missing
    return load_profile(folder)


def _people(file: PlayFile, known: Mapping[str, InventedPerson]) -> dict[str, InventedPerson]:
    return {person.id: _person(person, known) for person in file.people}


def _person(person: PlayPerson, known: Mapping[str, InventedPerson]) -> InventedPerson:
    """A person with the tenant of the others; ids that the profile has already keep who they are."""
    tenant = next((other.tenant for other in known.values()), "play")
    before = known.get(person.id)
    made = before or InventedPerson(
        id=person.id, tenant=tenant, object=str(uuid.uuid5(uuid.NAMESPACE_OID, person.id)), name=person.id
    )
    return made.model_copy(update=person.model_dump(exclude_unset=True))


def _answers(source: Source, file: PlayFile, profile: Profile) -> dict[int, list[Given]]:
    found: dict[int, list[Given]] = {}
    wrong: list[str] = []
    for number, step in enumerate(file.steps):
        if step.form is None:
            continue
        try:
            reader = AnswersReader(source, profile.shapes[step.form])
            found[number] = reader.read(node_at(source, ("steps", number, "answers")))
        except Mistake as mistake:
            wrong += mistake.lines
    if wrong:
        raise Mistake(wrong)
    return found


def channels(profile: Profile) -> list[str]:
    """Where a step can be `in`: the coordinators' channel, and one for each organisation somebody belongs to."""
    return [COORDINATORS, *sorted({person.organisation for person in profile.people if person.organisation})]


def _problems(file: PlayFile, profile: Profile) -> Iterator[Problem]:
    for number, person in enumerate(file.people):
        if person.role and person.role not in list(Role):
            yield ("people", number, "role"), f"there is no role {person.role}. There are: {', '.join(Role)}."
    for number, step in enumerate(file.steps):
        for check in CHECKS:
            for place, what in check(step, profile):
                yield ("steps", number, *place), what


def _later(step: Step, _profile: Profile) -> Iterator[Problem]:
    for key, what in NOT_YET.items():
        if getattr(step, key) is not None:
            yield (key,), f"{key}: plays cannot do this yet ({what}). Take the step out."
    if step.case:
        yield ("case",), "case: no step here is about one case of several yet. Take `case` out."
    if step.expect is not None and step.expect.request is not None:
        yield ("expect", "request"), "request: there are no requests to organisations yet. Take it out."


def _who(step: Step, profile: Profile) -> Iterator[Problem]:
    people = [person.id for person in profile.people]
    said_to = step.expect.said_to if step.expect else ""
    for place, person in ((("as",), step.person), (("expect", "said_to"), said_to)):
        if person and person not in people:
            yield place, f"there is nobody with the id {person}. Add them under `people`, or use one of {', '.join(people)}."


def _where(step: Step, profile: Profile) -> Iterator[Problem]:
    posted_in = step.expect.posted_in if step.expect else ""
    for place, name in ((("in",), step.place), (("expect", "posted_in"), posted_in)):
        if name and name not in channels(profile):
            yield place, f"there is no channel {name}. There are: {', '.join(channels(profile))}."


def _form(step: Step, profile: Profile) -> Iterator[Problem]:
    document = step.expect.document if step.expect else ""
    for place, form in ((("form",), step.form), (("submit",), step.submit), (("expect", "document"), document)):
        if form and form not in profile.shapes:
            yield place, f"there is no form {form} yet. There are: {', '.join(profile.shapes)}."
    if step.answers and step.form is None and step.press is None:
        yield ("answers",), "answers go with `form`, or with the inputs of a card and `press`. Take them out."
    if step.by and step.form is None:
        yield ("by",), "`by` goes with `form`. Take it out."
    if step.place and (step.form or step.submit):
        yield ("in",), "a form is filled in one to one. Take `in` out."


def _moves(step: Step, _profile: Profile) -> Iterator[Problem]:
    if step.at is not None and Moved.read(step.at) is None:
        yield ("at",), f"at: {step.at} is neither +3d, +2h or +30m nor a date and time such as 2026-11-24T09:00. Mend it."
    if step.refused and (step.at is not None or step.expect is not None):
        yield ("refused",), "only what a person does can be refused. Take `refused` out."


CHECKS: tuple[Callable[[Step, Profile], Iterator[Problem]], ...] = (_later, _who, _where, _form, _moves)
