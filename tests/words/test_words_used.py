"""Every sentence is said somewhere, every key that is said exists, and every placeholder gets its value."""

from __future__ import annotations

import re

from keys_in_code import INDIRECT, KEY, calls, fits, named, patterns, placeholders, sentences, used

from state.access import Role
from templates.profile import load_profile, profile_folder
from templates.rules.advice import RAPID_REVIEW

NOT_BY_A_LITERAL = frozenset({"document_1a", "document_1_criteria", "document_2", "document_2a", "document_3", "document_4"})
"""Files whose keys the documents' floor builds from the form itself; its own tests hold them."""


def test_the_reader_of_the_code_finds_what_is_there() -> None:
    assert len(calls()) > 120
    assert {"filling.paused", "answers.date_february", "delivery.throttled", "console.bye", "buttons.submit"} <= named()
    assert r"advice\.route_(.+)" in patterns()


def test_no_key_is_said_that_does_not_exist() -> None:
    unknown = {key for key in named() if key not in sentences()}
    places = sorted(f"{call.where}: {key}" for call in calls() for key in call.keys if key in unknown)
    assert (sorted(unknown), places) == ([], [])


def test_every_built_key_has_a_sentence() -> None:
    assert [pattern for pattern in patterns() if not any(re.fullmatch(pattern, key) for key in sentences())] == []


def test_every_role_button_and_piece_of_advice_has_its_words() -> None:
    profile = load_profile(profile_folder("north-somerset"))
    routes = set(re.findall(r"route: (\w+)", (profile.folder / "rules" / "notification.yaml").read_text(encoding="utf-8")))
    routes -= set(profile.rules.file.routes)
    needed = {f"roles.{role.value}" for role in Role} | {f"advice.{notify}" for notify in RAPID_REVIEW}
    needed |= {f"advice.route_{route}" for route in routes}
    assert len(routes) > 5
    assert sorted(needed - set(sentences())) == []


def test_no_sentence_is_left_over() -> None:
    unused = [key for key in sentences() if key not in used() and key.partition(".")[0] not in NOT_BY_A_LITERAL]
    assert unused == []


def test_every_placeholder_gets_its_value() -> None:
    missing = []
    for call in calls():
        for key in call.keys:
            said = [key] if KEY.match(key) else [k for k in sentences() if k not in named() and fits(key, k)]
            for one in said:
                lacks = placeholders(sentences().get(one, "")) - (call.gives if call.gives is not None else frozenset({"*"}))
                if call.gives is not None and lacks:
                    missing.append(f"{call.where}: {one} lacks {sorted(lacks)}")
    assert missing == []


def test_sentences_with_placeholders_are_all_seen_or_reviewed() -> None:
    """A sentence with a placeholder whose call the reader cannot see would be checked by nobody."""
    seen = {key for call in calls() for key in call.keys if call.gives is not None}
    built = [re.compile(key) for key in seen if not KEY.match(key)]
    unseen = {
        key: placeholders(text)
        for key, text in sentences().items()
        if placeholders(text) and key not in seen and not any(pattern.fullmatch(key) for pattern in built)
    }
    stray = {key: names for key, names in unseen.items() if not names <= INDIRECT.get(key, frozenset())}
    assert stray == {}
