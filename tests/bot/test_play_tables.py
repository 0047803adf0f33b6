"""Tables in a play: nested as people write them, filled in on one page or row by row, in chat and in windows alike."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace
from owned_forms import owned

from bot.console.places import one_to_one, who_is
from bot.house import TheHouse
from bot.play.answers import AnswersReader, Given
from bot.play.filling import Filling
from bot.play.script import load_script
from bot.play.stage import Failed, Refusal, Stage
from bot.play.telling import Teller
from state.changes import Changes
from state.records import AnswerRecord, DraftRecord, TalkRecord
from templates.forms.yaml_lines import Mistake, Source

PLAY = "play: 1\nprofile: north-somerset\nstart: 2026-11-23T09:00\nsteps:\n  - {as: practitioner, says: hello}\n"
CONTACTS = """\
involvement: known
contacts:
  police: {contact: yes, missing: no}
  gp: {contact: yes, missing: yes}
  housing: {contact: not_known}
  hospital_trust: {contact: true, name: Test Hospital Trust}
children:
  - {voice: The child drew a house.}
"""
FACTS = """\
decision: notify
children:
  - facts:
      neglect: {answer: pattern, why_changed: A record came to light.}
      age_at_incident: {answer: unborn}
      enquiries: {answer: [section_47, care_proceedings]}
  - facts: {enquiries: {answer: []}, subject: {answer: child_who_harmed}}
"""


def read(form: str, text: str, folder: Path) -> tuple[Stage, list[Given]]:
    """The answers of a form, and a stage of the play they stand in."""
    play, answers = folder / "case.yaml", folder / "answers.yaml"
    play.write_text(PLAY, encoding="utf-8")
    answers.write_text(text, encoding="utf-8")
    script, source = load_script(play), Source(answers)
    stage = Stage(script, Teller(script.profile.words, {}, lambda _line: None))
    return stage, AnswersReader(source, script.profile.shapes[form]).read(source.node)


async def fill(form: str, text: str, folder: Path, *, windows: bool, children: int = 1) -> dict[str, tuple[str, object]]:
    """What is kept once the answers were given."""
    stage, given = read(form, text, folder)
    await stage.open(folder)
    kit = owned(stage.parts.kit)
    house = TheHouse(stage.parts.store, kit, stage.parts.courier, stage.clock)
    stage.parts = replace(stage.parts, kit=kit, house=house)
    try:
        return await _filled(stage, form, given, windows=windows, children=children)
    finally:
        stage.close()


async def _filled(
    stage: Stage, form: str, given: list[Given], *, windows: bool, children: int
) -> dict[str, tuple[str, object]]:
    actor = stage.actor("practitioner")
    who, now = who_is(actor.person), stage.clock.now()
    draft = DraftRecord(id="d", form=form, owner=who.id, begun_at=now, touched_at=now)
    talk = TalkRecord(person=who.id, place=one_to_one(actor.person).id, draft="d", state="check_answers")
    await stage.parts.store.commit("made", "made", now, Changes(puts=(draft, talk, *_children(children, now))))
    shape = stage.profile.shapes[form]
    await Filling(stage, actor, shape, given, windows=windows).run()
    kept = (await stage.standing(actor)).answers
    return {path: (one.state, one.value) for path, one in kept.items()}


def _children(count: int, now: datetime) -> list[AnswerRecord]:
    return [
        AnswerRecord(draft="d", path=f"children.{n}", state="given", value="added", source="case", by="us", at=now)
        for n in range(1, count + 1)
    ]


@pytest.mark.parametrize("windows", [False, True], ids=["talking", "windows"])
async def test_a_table_is_filled_in_on_one_page_and_its_other_answers_row_by_row(tmp_path: Path, windows: bool) -> None:
    kept = await fill("scoping", CONTACTS, tmp_path, windows=windows)
    yes = {path for path, said in kept.items() if said == ("given", "yes") and path.startswith("contacts.")}
    assert yes == {
        "contacts.police.contact",
        "contacts.gp.contact",
        "contacts.gp.missing",
        "contacts.hospital_trust.contact",
    }
    assert kept["contacts.housing.contact"] == ("not_known", None)
    assert kept["contacts.fire.contact"] == ("given", "no"), "the others count as no"
    assert kept["contacts.hospital_trust.name"] == ("given", "Test Hospital Trust")
    assert kept["children.1.voice"] == ("given", "The child drew a house.")


@pytest.mark.parametrize("windows", [False, True], ids=["talking", "windows"])
async def test_a_table_that_is_no_page_is_filled_in_row_by_row(tmp_path: Path, windows: bool) -> None:
    kept = await fill("decision", FACTS, tmp_path, windows=windows, children=2)
    facts = {path: said for path, said in kept.items() if ".facts." in path and said[0] == "given"}
    assert facts == {
        "children.1.facts.neglect.answer": ("given", "pattern"),
        "children.1.facts.neglect.why_changed": ("given", "A record came to light."),
        "children.1.facts.age_at_incident.answer": ("given", "unborn"),
        "children.1.facts.enquiries.answer": ("given", ["section_47", "care_proceedings"]),
        "children.2.facts.enquiries.answer": ("given", []),
        "children.2.facts.subject.answer": ("given", "child_who_harmed"),
    }


async def test_an_answer_that_a_cell_does_not_take_is_a_refusal(tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        await fill("scoping", "contacts: {police: {contact: perhaps}}\n", tmp_path, windows=False)


async def test_a_table_off_the_path_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(Failed):
        await fill("scoping", "involvement: not_known\ncontacts: {police: {contact: yes}}\n", tmp_path, windows=False)


@pytest.mark.parametrize(
    ("form", "text", "line", "said"),
    [
        ("scoping", "contacts: yes\n", 1, "is a table"),
        ("scoping", "contacts:\n  moon: {contact: yes}\n", 2, "no row of contacts"),
        ("scoping", "contacts: [moon]\n", 1, "no row of contacts"),
        ("scoping", "contacts:\n  police:\n    name: Test\n", 3, "no column that people answer"),
        ("decision", "children:\n  - facts: {neglect: {source: referral}}\n", 2, "no column that people answer"),
        ("decision", "children:\n  - advice: must\n", 2, "advice is not answered by people"),
    ],
)
def test_a_mistake_in_a_table_is_reported_at_its_line(form: str, text: str, line: int, said: str, tmp_path: Path) -> None:
    with pytest.raises(Mistake) as found:
        read(form, text, tmp_path)
    assert f"answers.yaml:{line}: " in found.value.lines[0]
    assert said in found.value.lines[0]
