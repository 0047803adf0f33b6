"""Every refusal and error says what to do next.

An honest heuristic, not a proof: each such message must hold a sentence that begins with an instruction ("Type …", "Please
check …", "If …, please ask …"), says what we will do ("We will …"), or says what may be done ("You can …"). That the
instruction is the right one is for people to judge, and for the journeys.
"""

from __future__ import annotations

import re

import pytest
from keys_in_code import ENDINGS, calls, sentences
from reading import sentences as sentences_of

VERBS = (
    "add|answer|ask|carry on|check|choose|fill|finish|give|hand|leave|look|mend|open|put|reach|ring|run|save|say|send|take|tell"
    "|type|use|write"
)
INSTRUCTION = re.compile(
    rf"^(?:(?:if|to|once|when|then)\b[^.]*?,? ?)?(?:please )?(?:{VERBS})\b"
    r"|^(?:we|it) will\b|^you (?:can|may|need)\b|, please\b",
    re.IGNORECASE,
)
WHOLE_FILES = ("access", "delivery", "fault")
ERRORS = (
    *("filling.needed", "filling.born_after_incident", "filling.born_after_death", "filling.incident_before_birth"),
    *("filling.death_before_incident", "filling.stale", "filling.cannot_skip", "filling.row_empty", "filling.row_unfinished"),
    *("filling.last_child", "filling.change_none", "filling.change_several", "filling.choose_to_change", "filling.not_yet"),
    *("filling.yes_or_no", "filling.sent_now", "filling.window_errors", "filling.too_long_to_edit"),
    *(
        "people.one_to_one",
        "people.claim_one_to_one",
        "people.claimed_in_channel",
        "people.code_wrong",
        "people.own_code",
        "people.second_person",
    ),
    *(
        "people.settled",
        "people.you_are_refused",
        "referral.only_one_to_one",
        "referral.sent_already",
        "referral.read_one_to_one",
    ),
    *("referral.cancelled_already", "channels.say_it_there", "channels.write_to_me_first", "home.channel", "teams.no_window"),
    *("teams.window_too_large", "teams.required", "console.clock_wrong", "console.file_unread"),
)
NOTHING_TO_DO = {
    "delivery.seen_already": "It stands above a message that is sent again; the message itself is whole.",
}


def refusals_of_answers() -> set[str]:
    """The keys that the checker of answers refuses with, read from the code."""
    keys = {key for call in calls() if call.where.startswith("templates/answers/") for key in call.keys if _refuses(key)}
    return keys | {key + ending for key in keys for ending in ENDINGS if key + ending in sentences()}


def _refuses(key: str) -> bool:
    shown = r"answers\.(age_|day_and_time|unborn|expected|about|not_exact|none|yes$|no$|not_known$|\()"
    return key in sentences() and not re.match(shown, key)


def refusals() -> list[str]:
    """Every refusal and error, by key."""
    whole = {key for key in sentences() if key.partition(".")[0] in WHOLE_FILES}
    return sorted((whole | refusals_of_answers() | set(ERRORS)) - set(NOTHING_TO_DO))


def test_there_are_refusals_to_read() -> None:
    assert len(refusals_of_answers()) > 30
    assert [key for key in (*ERRORS, *NOTHING_TO_DO) if key not in sentences()] == []


def test_every_refusal_says_what_to_do_next() -> None:
    """One test for all: to find them, all code is read, which each process that looks for tests would do."""
    assert [f"{key}: {sentences()[key]}" for key in refusals() if not says_what_to_do(sentences()[key])] == []


def says_what_to_do(text: str) -> bool:
    return any(INSTRUCTION.search(sentence) for sentence in sentences_of(text.replace("\n", " ")))


@pytest.mark.parametrize("text", ["That is wrong.", "The date is in the future.", "You cannot do that here."])
def test_a_bare_refusal_is_seen(text: str) -> None:
    assert not says_what_to_do(text)
