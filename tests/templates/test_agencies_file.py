"""The names of agencies as data of a profile: a mistake is reported with its file and line, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from templates.agencies_file import load_agencies
from templates.forms.model import Option
from templates.forms.yaml_lines import Mistake

LISTS = {"agencies": [Option(id="police", label="Police"), Option(id="school_nursing", label="School Nursing")]}
SOUND = """agencies:
  police: [cops]
  school_nursing: [school nurse]
groups:
  - {names: [uniforms], agencies: [police, school_nursing]}
"""


def test_ids_names_and_groups_are_names(tmp_path: Path) -> None:
    path = tmp_path / "agencies.yaml"
    path.write_text(SOUND, encoding="utf-8")
    names = load_agencies(path, LISTS)
    assert names.order == ("police", "school_nursing")
    assert names.meaning == {
        "police": ("police",),
        "cops": ("police",),
        "school nursing": ("school_nursing",),
        "school nurse": ("school_nursing",),
        "uniforms": ("police", "school_nursing"),
    }


def test_a_profile_without_the_file_knows_the_ids(tmp_path: Path) -> None:
    names = load_agencies(tmp_path / "agencies.yaml", LISTS)
    assert names.meaning == {"police": ("police",), "school nursing": ("school_nursing",)}


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (SOUND.replace("cops", "Cops"), 2, '"Cops" must be in small letters'),
        (SOUND.replace("cops", '""'), 2, '"" must be in small letters'),
        (SOUND.replace("[school nurse]", "[cops]"), 3, '"cops" already means police'),
        (SOUND.replace("cops", "school nursing"), 2, '"school nursing" already means school_nursing'),
        (SOUND.replace("[uniforms]", "[cops]"), 5, '"cops" already means police'),
        (SOUND.replace("  police: [cops]\n", ""), 2, "police is missing. Add it"),
        (SOUND.replace("  police: [cops]", "  polise: [cops]"), 2, "polise is not in the list agencies"),
        (SOUND.replace("[police, school_nursing]", "[polise]"), 5, "polise is not in the list agencies"),
        (SOUND + "never: [cops]\n", 6, '"cops" already means police'),
        (SOUND + "mistyped: [nurse, nursry]\n", 6, '"nursry" is a word of no name'),
        (SOUND + "colour: red\n", 6, "colour is not a known name"),
        ("groups: []\n", 1, "agencies is missing"),
    ],
)
def test_a_mistake_is_told_where_it_stands(tmp_path: Path, text: str, line: int, what: str) -> None:
    path = tmp_path / "agencies.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Mistake) as found:
        load_agencies(path, LISTS)
    assert any(one.startswith(f"{path}:{line}: {what}") for one in found.value.lines), found.value.lines
