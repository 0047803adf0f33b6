"""The voice of every message: plain, exact, without blame or cheer, and one word for one thing."""

from __future__ import annotations

import re
import unicodedata

import pytest
import yaml
from reading import words
from spoken import HERE, Spoken, everything, for_operators, reviewed

NAMES_OF_SERVICES = ("lists.yaml: agencies.", "lists.yaml: process_type.lado")
"""The booklet's list of agencies (Document 2a): names, with the acronyms that services use of themselves."""

NEVER: dict[str, str] = {
    what: "|".join(said) for what, said in yaml.safe_load((HERE / "never.yaml").read_text(encoding="utf-8")).items()
}
ALLOWED = {
    ("fault.apology", "blame"): "It says that it is NOT your fault.",
}
"""Places that a person looked at, with the reason. Nothing else may match."""


def spoken() -> list[Spoken]:
    """Everything, for people of the field and for operators."""
    return [*everything(), *for_operators()]


@pytest.mark.parametrize("what", NEVER)
def test_never_said(what: str) -> None:
    pattern = re.compile(NEVER[what], re.IGNORECASE)
    found = [f"{one.where}: {one.text}" for one in everything() if pattern.search(one.text) and (one.key, what) not in ALLOWED]
    assert found == []


def test_what_is_allowed_is_still_there() -> None:
    texts = {one.key: one.text for one in everything()}
    assert [key for key, what in ALLOWED if not re.search(NEVER[what], texts.get(key, ""), re.IGNORECASE)] == []


@pytest.mark.parametrize("text", ["She passed away.", "He committed suicide.", "The deceased child", "Overdue!!", "Click here"])
def test_the_gate_sees_what_it_should(text: str) -> None:
    assert any(re.search(pattern, text, re.IGNORECASE) for pattern in NEVER.values())


def test_no_exclamation_mark_no_emoji_no_shouting() -> None:
    found = [f"{one.where}: {one.text}" for one in spoken() if "!" in one.text or any(map(_is_emoji, one.text))]
    assert found == []


def _is_emoji(letter: str) -> bool:
    return unicodedata.category(letter) in ("So", "Sk", "Cs", "Co") and letter not in "☐☒"


def test_no_acronym_that_is_not_spelled_out() -> None:
    known = reviewed("acronyms.txt")
    found = [
        f"{one.where}: {letters}"
        for one in everything()
        if not any(name in one.where for name in NAMES_OF_SERVICES) and not one.key.endswith(".source")
        for letters in re.findall(r"\b[A-Z][A-Z&-]*[A-Z]\b", one.text)
        if letters not in known
    ]
    assert found == []


def test_the_reviewed_acronyms_are_few_and_used() -> None:
    said = " ".join(one.text for one in everything())
    assert len(reviewed("acronyms.txt")) <= 12
    assert [letters for letters in reviewed("acronyms.txt") if letters not in said] == []


def test_died_by_suicide_is_how_it_is_said() -> None:
    """Wherever a suicide is named as an event, somebody died by it; elsewhere the word stands alone as a heading or fact."""
    said = [one.text for one in everything() if "suicide" in one.text.casefold()]
    assert any("died by suicide" in text or "die by suicide" in text for text in said)
    assert [text for text in said if re.search(r"suicided|suicide attempt|suicidal act", text, re.IGNORECASE)] == []


def test_a_notification_goes_to_the_panel_only() -> None:
    """Where the word stands, its message is about the National Panel, the partners' decision or its due date."""
    about = re.compile(r"Panel|Document 1|local authority|partners|guidance|due|criteria|must (?:be|act)|duty|died|clock")
    places = ("advice.", "referral.arrived", "clocks", "rules", "forms")
    found = [one for one in everything() if re.search(r"\bnotif", one.text, re.IGNORECASE)]
    assert found
    stray = [
        f"{one.where}: {one.text}"
        for one in found
        if not (any(place in one.where for place in places) or about.search(one.text))
    ]
    assert stray == []
    assert [one.where for one in found if re.search(r"notify (?:you|them)|you (?:are|will be) notified", one.text)] == []


def test_a_preview_and_a_window_are_called_so() -> None:
    """Keys that hold a telephone's line say "preview"; no sentence but a window's own speaks of one."""
    previews = [one for one in everything() if one.kind == "words" and "preview" in one.key.split(".")[-1]]
    assert len(previews) >= 4
    assert [one.where for one in previews if "{" in one.text.replace("{reference}", "")] == []


MAY_BEGIN = frozenset(
    [
        *(
            "add",
            "begin",
            "cancel",
            "carry",
            "change",
            "check",
            "choose",
            "take",
            "confirm",
            "enter",
            "get",
            "finish",
            "give",
            "go",
            "keep",
            "leave",
            "let",
        ),
        *("leave", "let", "make", "open", "read", "refer", "refuse", "save", "say", "send", "show", "stop", "use", "do"),
        *("ask", "accept", "correct", "pass", "record", "set", "join", "undo", "close", "hand", "build", "write", "search"),
        *(
            "name",
            "sign",
            "withdraw",
            "reopen",
            "reply",
            "agree",
            "disagree",
            "move",
            "mark",
            "tick",
            "merge",
            "grant",
            "stand",
            "look",
            "link",
            "unlink",
        ),
    ]
)
"""A button says what will happen: its label begins with one of these, or with yes or no and then one."""


ASKED_FOR_IN_THESE_WORDS = frozenset({"We do not know them", "Need more time", "Someone here is involved", "Chase now"})
"""Labels that people asked for in these words: each says what the person says by pressing it."""


def test_every_button_begins_with_what_will_happen() -> None:
    labels = [one for one in everything() if one.key.startswith("buttons.")]
    labels += [one for one in everything() if one.kind == "form" and one.key.endswith((".skip", "send", "cancel"))]
    assert len(labels) > 30
    others = [one for one in labels if one.text not in ASKED_FOR_IN_THESE_WORDS]
    assert [f"{one.where}: {one.text}" for one in others if not _says_what_happens(one.text)] == []


def _says_what_happens(label: str) -> bool:
    first, *rest = [word.casefold() for word in words(label)]
    begins = rest[0] if first in ("yes", "no") and rest else first
    return begins in MAY_BEGIN


def test_no_two_buttons_say_the_same() -> None:
    labels = [one.text for one in everything() if one.key.startswith("buttons.") and not one.key.startswith("buttons.resume")]
    assert sorted(labels) == sorted(set(labels))


@pytest.mark.parametrize("section", ["children", "incident", "outcome", "events"])
def test_before_what_is_hard_to_answer_we_say_so_and_offer_to_stop(section: str) -> None:
    intro = next(one.text for one in everything() if one.key == f"{section}.intro")
    assert re.search("next questions? ", intro)
    assert re.search("pause|stop at any time|Take your time", intro)


@pytest.mark.parametrize("key", ["referral.support", "filling.paused", "filling.cancelled", "access.no"])
def test_a_person_to_talk_to_is_named(key: str) -> None:
    text = next(one.text for one in everything() if one.key == key)
    assert "{name}" in text
    assert "{telephone}" in text
