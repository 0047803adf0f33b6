"""A play file, read and checked against its profile before anything is played. Every mistake names its line and what to do."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
import yaml
from pydantic import ValidationError

from bot.play.answers import AnswersReader, Given
from bot.play.checks import problems
from bot.play.commands import Command, command_named
from bot.play.inputs import Inputs, read_inputs
from bot.play.model import STEP_KEYS, PlayFile, PlayPerson, Step
from bot.play.nested import Pair, at, pairs, unfolded
from bot.play.organisations import channel_named, named, plain
from bot.play.organisations import known as known_organisations
from state.access import Role
from templates.forms.yaml_lines import Mistake, Source
from templates.profile import InventedPerson, Profile, load_profile, profile_folder

PLAIN: Mapping[str, str] = {
    "list_type": "this must be a list. Write one entry a line, each beginning with `- `.",
    "dict_type": "this must be `name: value` pairs. Write {name: value}.",
    "model_type": "this must be `name: value` pairs. Write {name: value}.",
    "string_type": "this must be a text. Put it in quotation marks.",
    "int_type": "this must be a whole number. Write one, such as 2.",
    "int_parsing": "this must be a whole number. Write one, such as 2.",
    "bool_type": "this must be true or false. Write one of them.",
    "bool_parsing": "this must be true or false. Write one of them.",
}
"""Mistakes of kind, as people would say them."""
Place = tuple[int | str, ...]
Problem = tuple[Place, str]
CASE_ROLES = ("partner", "panel_member", "agency_author", "senior_agency_lead", "lead_reviewer", "scrutineer", "action_owner")
"""Roles that somebody has on one case: given there, so until then they are a practitioner like everybody."""
OF_THE_STEP = frozenset({"as", "in", "does", "case", "answers", "refused", "by"})
"""Keys of a `does` step that are no inputs of its command."""


class Script(msgspec.Struct, frozen=True):
    """A play that can be played: the profile with its people, and what each step fills in, by the number of the step."""

    source: Source
    file: PlayFile
    profile: Profile
    answers: Mapping[int, list[Given]]
    """Of `form`, and of a command that is a form."""
    inputs: Mapping[int, Inputs]
    """Of `does`."""

    @property
    def folder(self) -> Path:
        """Where the files of the play lie."""
        return self.source.path.parent

    def line(self, number: int, *below: int | str) -> int:
        """The line of a step (from 0), or of something in it."""
        return self.source.line(("steps", number, *below))


def load_script(path: Path) -> Script:
    """Read and check a play. Raises Mistake with every mistake, by line."""
    source = _source(path)
    file = _file(source)
    profile = _profile(source, file)
    profile = _with_people(file, profile)
    wrong = [source.mistake(place, what) for place, what in _problems(source, file, profile)]
    if wrong:
        raise Mistake(wrong)
    file = file.model_copy(update={"steps": [_placed(step, profile) for step in file.steps]})
    return Script(source, file, profile, _answers(source, file, profile), _inputs(source, file))


def _source(path: Path) -> Source:
    try:
        return Source(path)
    except (OSError, UnicodeDecodeError) as wrong:
        why = getattr(wrong, "strerror", None) or "it is not UTF-8 text"
        raise Mistake([f"{path}:1: this cannot be read ({why}). Name a play file."]) from wrong


def _file(source: Source) -> PlayFile:
    if not isinstance(source.data, dict):
        raise Mistake([source.mistake((), "this is not a play. Begin it with `play: 1`, a profile, a start and steps.")])
    wrong = [source.mistake(place, what) for place, what in _unknown_keys(source.data)]
    try:
        file = PlayFile.model_validate(source.data)
    except ValidationError as mistakes:
        wrong += [_sentence(source, e["loc"], e["msg"], e["type"]) for e in mistakes.errors()]
        raise Mistake(_by_line(wrong)) from mistakes
    if wrong:
        raise Mistake(wrong)
    return file


def _by_line(lines: list[str]) -> list[str]:
    return sorted(lines, key=lambda line: int(line.rsplit(": ", line.count(": "))[0].rpartition(":")[2]))


def _unknown_keys(data: dict[str, Any]) -> Iterator[Problem]:
    """Keys of steps that are no words of plays. Only a command has inputs of its own."""
    steps = data.get("steps")
    for number, step in enumerate(steps if isinstance(steps, list) else []):
        if isinstance(step, dict) and "does" not in step:
            for key in step:
                if key not in STEP_KEYS:
                    yield ("steps", number, key), f"{key} is not a word of play files. Take it out, or correct its spelling."


def _sentence(source: Source, place: Place, message: str, kind: str) -> str:
    name = str(place[-1]) if place else "the play"
    if kind == "extra_forbidden":
        return source.mistake(place, f"{name} is not a word of play files. Take it out, or correct its spelling.")
    if kind == "missing":
        return source.mistake(place, f"{name} is missing. Add it.")
    step = isinstance(place[-1], int) if place else True
    plain = PLAIN.get(kind, f"{message.removeprefix('Value error, ')}. Mend it.")
    return source.mistake(place, plain.removesuffix(" Mend it.") if step else f"{name}: {plain}")


def _profile(source: Source, file: PlayFile) -> Profile:
    try:
        folder = profile_folder(file.profile)
    except Mistake as missing:
        raise Mistake([source.mistake(("profile",), missing.lines[0])]) from missing
    return load_profile(folder)


def _with_people(file: PlayFile, profile: Profile) -> Profile:
    """The profile with the people of the play. Where an organisation is named by its kind, it is the first of that kind."""
    known = {person.id: person for person in profile.people}
    everybody = (known | {p.id: _person(p, known) for p in file.people}).values()
    placed = (p.model_copy(update={"organisation": _organisation(profile, p.organisation)}) for p in everybody)
    made = msgspec.structs.replace(profile, people=tuple(placed))
    return msgspec.structs.replace(made, people=tuple(_described(p, made) for p in made.people))


def _described(person: InventedPerson, profile: Profile) -> InventedPerson:
    """A person with what the directory of a real house knows of everybody: forms take it from there."""
    organisation = next((one.name for one in known_organisations(profile) if one.id == person.organisation), "")
    known = {
        "email": f"{person.id}@example.org",
        "job": (person.role or Role.PRACTITIONER).replace("_", " ").capitalize(),
        "agency": organisation or profile.file.partnership,
    }
    return person.model_copy(update={key: value for key, value in known.items() if not getattr(person, key)})


def _organisation(profile: Profile, name: str) -> str:
    found = named(profile, name) if name else []
    return found[0] if found else plain(name)


def _person(person: PlayPerson, known: Mapping[str, InventedPerson]) -> InventedPerson:
    """A person with the tenant of the others; ids that the profile has already keep who they are."""
    tenant = next((other.tenant for other in known.values()), "play")
    before = known.get(person.id)
    made = before or InventedPerson(
        id=person.id, tenant=tenant, object=str(uuid.uuid5(uuid.NAMESPACE_OID, person.id)), name=person.id
    )
    given = person.model_dump(exclude_unset=True)
    if given.get("role") in CASE_ROLES:
        given["role"] = Role.PRACTITIONER.value
    return made.model_copy(update=given)


def _placed(step: Step, profile: Profile) -> Step:
    """A step with the channel's own name, and the form's and the command's."""
    place = channel_named(profile, step.place) if step.place else ""
    return step.model_copy(update={"place": place})


def _answers(source: Source, file: PlayFile, profile: Profile) -> dict[int, list[Given]]:
    found: dict[int, list[Given]] = {}
    wrong: list[str] = []
    for number, step in enumerate(file.steps):
        command = command_named(step.does) if step.does else None
        form = step.form or (command.form if command else "")
        if not form:
            continue
        try:
            reader = AnswersReader(source, profile.shapes[form], {person.id: person for person in profile.people})
            found[number] = reader.read_pairs(_given(source, number, command))
        except Mistake as mistake:
            wrong += mistake.lines
    if wrong:
        raise Mistake(wrong)
    return found


def _given(source: Source, number: int, command: Command | None) -> list[Pair]:
    """The answers of a form; for a command that is a form, the inputs beside it too."""
    answers = pairs(at(source.node, ("steps", number, "answers")))
    if command is None:
        return answers
    own = [(key, value) for key, value in _beside(source, number) if key.value not in command.skipped]
    return unfolded([*own, *answers])


def _beside(source: Source, number: int, *, only: frozenset[str] | None = None) -> list[Pair]:
    """The keys of a step that are inputs of its command."""
    node = at(source.node, ("steps", number))
    inputs = node.value if isinstance(node, yaml.MappingNode) else []
    own = [(key, value) for key, value in inputs if key.value not in OF_THE_STEP]
    return [(key, value) for key, value in own if only is None or key.value in only]


def _inputs(source: Source, file: PlayFile) -> dict[int, Inputs]:
    found: dict[int, Inputs] = {}
    for number, step in enumerate(file.steps):
        command = command_named(step.does) if step.does else None
        if command is not None:
            answers = at(source.node, ("steps", number, "answers"))
            if command.form:
                found[number] = read_inputs(_beside(source, number, only=command.skipped))
            else:
                own = list(answers.value) if isinstance(answers, yaml.MappingNode) else []
                found[number] = read_inputs([*_beside(source, number), *own])
    return found


def _problems(source: Source, file: PlayFile, profile: Profile) -> Iterator[Problem]:
    roles = [*Role, *CASE_ROLES]
    for number, person in enumerate(file.people):
        if person.role and person.role not in roles:
            yield ("people", number, "role"), f"there is no role {person.role}. There are: {', '.join(roles)}."
    for number, person in enumerate(file.people):
        if person.id in [other.id for other in file.people[:number]]:
            yield ("people", number, "id"), f"{person.id} stands here twice. Give one of them another id."
    for number, step in enumerate(file.steps):
        for place, what in problems(step, profile, source.path.parent):
            yield ("steps", number, *place), what
