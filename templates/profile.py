"""A profile: everything local to one partnership, loaded from its folder into typed models and checked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec
from pydantic import Field

from state.policy import ChasePolicy, ClockPolicy
from templates.agencies_file import AgencyNames, load_agencies
from templates.asking import Danger, Phrases, load_danger, load_phrases
from templates.chasing_file import load_chasing
from templates.clocks_file import load_clocks
from templates.forms.load import load_form, load_lists
from templates.forms.model import Option, Strict
from templates.forms.shape import Shape
from templates.forms.yaml_lines import Mistake, Source
from templates.organisations import OrganisationsFile, load_organisations
from templates.rules import Rules, load_rules
from templates.wording import Words, load_words

FOLDER = Path(__file__).parent


class Emergency(Strict):
    """Who to ring for a child in danger, beside 999."""

    front_door: str
    telephone: str
    out_of_hours: str


class Contact(Strict):
    """Somebody people can reach."""

    name: str
    telephone: str
    email: str = ""
    hours: str = ""


class ProfileFile(Strict):
    """`profile.yaml`: names, numbers and which forms there are."""

    profile: str
    partnership: str
    short_name: str
    prefix: str = Field(pattern=r"^[A-Z]{2,6}$", description="What case references begin with")
    edition: str = Field(description="The edition of the guidance, stamped on every advice and document")
    test_data: bool = False
    emergency: Emergency
    coordinator: Contact
    support: Contact
    panel_chair: str
    send_to: str
    ready_in: int = Field(ge=1, description="Working days in which a referral is read")
    forms: list[str]


class InventedPerson(Strict):
    """A person of local mode. Their ids are those of the Agents Playground's file."""

    id: str
    tenant: str
    object: str
    name: str
    email: str = ""
    telephone: str = ""
    job: str = ""
    agency: str = ""
    role: str = ""
    organisation: str = ""


class PeopleFile(Strict):
    """`people.yaml`: invented people, test data only."""

    test_data: bool = True
    people: list[InventedPerson]


class Profile(msgspec.Struct, frozen=True):
    """A loaded profile. Building one raises Mistake with every mistake found, by file and line."""

    folder: Path
    file: ProfileFile
    words: Words
    lists: Mapping[str, list[Option]]
    shapes: Mapping[str, Shape]
    rules: Rules
    clocks: ClockPolicy
    chasing: ChasePolicy
    phrases: Phrases
    danger: Danger
    people: tuple[InventedPerson, ...]
    organisations: OrganisationsFile
    agencies: AgencyNames


def load_profile(folder: Path) -> Profile:
    """Load and check one partnership's folder. Raises Mistake or WordingError."""
    file = Source(folder / "profile.yaml").load(ProfileFile)
    words = load_words(folder / "booklet", folder / "words")
    lists = load_lists(folder / "lists.yaml")
    shapes = {name: load_form(folder / "forms" / f"{name}.yaml", lists) for name in file.forms}
    people = folder / "people.yaml"
    return Profile(
        folder=folder,
        file=file,
        words=words,
        lists=lists,
        shapes=shapes,
        rules=load_rules(folder / "rules"),
        clocks=load_clocks(folder / "clocks.yaml"),
        chasing=load_chasing(folder / "chasing.yaml"),
        phrases=load_phrases(folder / "asking.yaml"),
        danger=load_danger(folder / "danger.yaml"),
        people=tuple(Source(people).load(PeopleFile).people) if people.exists() else (),
        organisations=load_organisations(folder / "organisations.yaml"),
        agencies=load_agencies(folder / "agencies.yaml", lists),
    )


def profile_folder(name: str) -> Path:
    """The folder of a profile that ships with the assistant, or a folder given by its path. Raises Mistake."""
    for folder in (FOLDER / name, Path(name)):
        if (folder / "profile.yaml").exists():
            return folder
    raise Mistake([f"There is no profile '{name}'. Name a folder that has a profile.yaml."])
