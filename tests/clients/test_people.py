"""The invented people of local mode are those of the Agents Playground."""

from __future__ import annotations

import yaml
from playground import CONFIG

from templates.profile import PeopleFile, profile_folder


def test_both_files_name_the_same_people() -> None:
    config = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))
    file = profile_folder("north-somerset") / "people.yaml"
    people = PeopleFile.model_validate(yaml.safe_load(file.read_text(encoding="utf-8"))).people
    shown = [config["currentUser"], *config["users"]]
    theirs = [(user["id"].removeprefix("29:test-"), user["aadObjectId"], user["name"], user["email"]) for user in shown]
    assert [(person.id, person.object, person.name, person.email) for person in people] == theirs
    assert {person.tenant for person in people} == {config["tenantId"]}
    assert all(person.name.startswith("Test ") and person.email.endswith("@example.org") for person in people)


def test_the_configuration_is_one_the_playground_takes() -> None:
    config = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))
    assert len(config["users"]) == 5
    assert len(config["team"]["channels"]) == 1
    assert config["version"] == "0.1.1"
