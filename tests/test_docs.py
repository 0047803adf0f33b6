"""The docs hold to the code: what is written from it is up to date, what must be said is said, what is named exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.cli import COMMANDS
from bot.commands.docs import pages
from bot.reference.access import ACTIONS
from bot.reference.commands import CHORE, MAKEFILE
from bot.settings import Settings
from dialogs.filling.machine import START, FormMachine
from state.access import TABLE
from templates.answers import Kind
from templates.profile import Profile, load_profile, profile_folder

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *DOCS.rglob("*.md")])
LINK = re.compile(r"""\]\(([^)\s]+)\)|src="([^"]+)\"""")
NAMED = re.compile(r"`([^`\n]+)`")
FLOORS = ("bot/", "dialogs/", "templates/", "state/", "tests/", "manifest/", "docs/")
MACHINE = re.compile(r"(?<![\w.])/(?:work|root|home|tmp|opt|Users)/")
NOT_OURS = re.compile(r"[*<>{}]|…")
LONGEST_MACHINE = 60
"""Lines of a terminal that is as high as a screen."""


@pytest.fixture(scope="module")
def profile() -> Profile:
    return load_profile(profile_folder("north-somerset"))


@pytest.mark.parametrize(("name", "text"), pages().items(), ids=pages().keys())
def test_a_page_written_from_the_code_is_up_to_date(name: str, text: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == text, f"docs/{name} is out of date. Run: make docs"


def test_every_command_has_its_heading() -> None:
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    for command in COMMANDS:
        assert re.search(rf"^### cspr {command}\b", text, re.MULTILINE), command


def test_every_argument_of_a_command_says_what_it_is() -> None:
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    assert not re.findall(r"^\| `[^`]+` \| +\|$", text, re.MULTILINE)


def test_every_setting_is_described() -> None:
    text = (DOCS / "settings.md").read_text(encoding="utf-8")
    for name, field in Settings.model_fields.items():
        assert f"`CSPR_{name.upper()}`" in text
        assert field.description, name


def test_every_question_and_column_is_on_the_page_of_its_form(profile: Profile) -> None:
    text = (DOCS / "forms.md").read_text(encoding="utf-8")
    for shape in profile.shapes.values():
        for section in shape.form.sections:
            prefix = "children.N." if section.repeats else ""
            for question in section.questions:
                assert f"| `{prefix}{question.id}` |" in text, question.id
                row = "ROW" if question.kind is Kind.TABLE else "N"
                for column in question.columns:
                    assert f"| `{prefix}{question.id}.{row}.{column.id}` |" in text, column.id


def test_every_chore_is_on_the_page_of_commands_and_says_what_it_does() -> None:
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    makefile = MAKEFILE.read_text(encoding="utf-8")
    chores = dict(CHORE.findall(makefile))
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert phony is not None
    for target in set(phony[1].split()) - {"install-dev", "install-all"}:
        assert chores.get(target), f"make {target} has no ## line"
        assert f"`make {target}`" in text, target


def test_every_action_of_the_access_table_is_said_in_words() -> None:
    assert ACTIONS.keys() == TABLE.keys()


def test_every_file_of_words_is_on_the_page_for_reviewers() -> None:
    text = (DOCS / "words.md").read_text(encoding="utf-8")
    files = {file.name for file in (ROOT / "templates" / "words").iterdir() if file.is_file()}
    assert {name for name in files if f"`{name}`" not in text} == set()


def test_back_leads_every_onward_the_other_way_as_the_page_of_machines_says(profile: Profile) -> None:
    for shape in profile.shapes.values():
        rows = FormMachine(shape).table
        back = {(row.dest, row.source) for row in rows if row.trigger == "back"}
        onward = {(row.source, row.dest) for row in rows if row.trigger == "onward" and row.source != START}
        assert onward == back


def test_a_machine_is_drawn_on_one_screen() -> None:
    drawings = re.findall(r"```mermaid\n(.+?)```", (DOCS / "machines.md").read_text(encoding="utf-8"), re.DOTALL)
    assert drawings
    assert all(len(drawing.splitlines()) < LONGEST_MACHINE for drawing in drawings)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    targets = [one or other for one, other in LINK.findall(page.read_text(encoding="utf-8"))]
    local = [target.partition("#")[0] for target in targets if "://" not in target and not target.startswith("#")]
    assert [target for target in local if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_files_that_are_named_exist(page: Path) -> None:
    names = {name.split("::")[0].strip() for name in NAMED.findall(page.read_text(encoding="utf-8"))}
    ours = {name for name in names if name.startswith(FLOORS) and not NOT_OURS.search(name) and " " not in name}
    assert {name for name in ours if not (ROOT / name).exists() and not made_by_a_chore(name)} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_page_names_a_place_on_somebodys_machine(page: Path) -> None:
    assert not MACHINE.search(page.read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_and_chores_that_are_named_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    chores = set(dict(CHORE.findall(MAKEFILE.read_text(encoding="utf-8"))))
    shown = "\n".join([*NAMED.findall(text), *re.findall(r"```\n(.+?)```", text, re.DOTALL)])
    assert set(re.findall(r"(?<!/)\bcspr ([a-z]+)\b", shown)) <= set(COMMANDS)
    assert set(re.findall(r"^make ([a-z-]+)", shown, re.MULTILINE)) <= chores


def test_every_picture_has_words_for_who_cannot_see_it() -> None:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"!\[\s*\]\(", text), page
        for image in re.findall(r"<img[^>]*>", text):
            assert re.search(r'alt="[^"]{40,}"', image), page


def test_decisions_are_numbered_without_gaps_and_named_after_their_number() -> None:
    numbers = sorted(int(file.name[:4]) for file in (DOCS / "decisions").glob("*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


def made_by_a_chore(name: str) -> bool:
    """The one file that `make soak` writes."""
    return name == "docs/soak-results.json"
