"""Document 2: what an organisation is sent, and what comes back. Everything said is there once; what is withheld is nowhere."""

import time

import msgspec
import pytest
from document_reading import HOSTILE, everything_in, fields_in, text_in, twice_in
from hypothesis import given, settings
from hypothesis import strategies as st
from referral_examples import WORDS, record
from scoping_examples import CHILD, RETURNED, SENT, TEMPLATE, TWIN, answers, data_of

from templates.documents import controls
from templates.documents.check import check_document, check_template
from templates.documents.data import tagged
from templates.documents.fill import fill
from templates.documents.read import read_tags
from templates.documents.scoping import AGENCIES, NAMED, return_route
from templates.documents.text import clean

SHARED = (
    *("involvement", "prepared_by_name", "prepared_by_role", "reason", "summary", "missing_information", "worked_well"),
    *("learning_across", "learning_within", "records_secured", "kept_separate", "conflict_of_interest", "conflict_detail"),
    *("author_independent", "signed_off_by"),
)
COLUMNS = {
    "addresses": ("address", "who"),
    "related_adults": ("name", "date_of_birth", "address", "relationship"),
    "related_children": ("name", "date_of_birth", "address", "relationship"),
    "professionals": ("role", "name", "started", "ended", "email"),
    "key_events": ("date", "event", "impact", "children"),
    "actions": ("action", "lead", "deadline", "progress", "scope"),
}
OF_CHILD = ("name", "date_of_birth", "ethnicity", "religion", "disability", "sex", "voice")
PATHS = (
    *SHARED,
    *(f"{group}.{number}.{column}" for group, columns in COLUMNS.items() for number in (1, 2) for column in columns),
    *(f"children.1.{name}" for name in OF_CHILD),
    *(f"contacts.{agency}.{column}" for agency in AGENCIES for column in ("contact", "missing")),
    *(f"contacts.{agency}.name" for agency in NAMED),
)
"""Every answer of the form that its document prints."""
MARKED = {path: record(path, f"said{number:03d}end") for number, path in enumerate(PATHS)}
"""Each answer with a text that stands nowhere else."""


def marked(paths):
    return fill(TEMPLATE, data_of({path: MARKED[path] for path in paths}))


def test_the_25_agencies_are_those_of_the_booklet_in_its_order():
    assert len(AGENCIES) == 25
    text = text_in(fill(TEMPLATE, data_of(answers())))
    names = [WORDS.say(f"document_2.{agency}") for agency in AGENCIES]
    places = [text.index(f"\n{name}", text.index("3. INTERAGENCY WORKING")) for name in names]
    assert places == sorted(places)


def test_everything_that_was_said_is_there_exactly_once():
    text = text_in(marked(PATHS))
    assert {path: text.count(answer.value) for path, answer in MARKED.items()} == dict.fromkeys(PATHS, 1)


@settings(max_examples=15, derandomize=True, deadline=None)
@given(st.sets(st.sampled_from(PATHS)))
def test_what_is_withheld_is_nowhere_in_the_file_and_the_rest_is_there(withheld):
    document = fill(TEMPLATE, data_of(MARKED, printed=lambda path: path not in withheld))
    file = everything_in(document)
    assert [path for path in withheld if MARKED[path].value in file] == []
    assert [path for path in PATHS if path not in withheld and MARKED[path].value not in file] == []


def test_a_withheld_child_leaves_no_name_in_any_heading():
    said = answers(CHILD, TWIN)
    document = fill(TEMPLATE, data_of(said, printed=lambda path: not path.startswith("children.2.")))
    assert "Test Child Two" not in everything_in(document)


def test_a_withheld_address_leaves_no_note_that_there_is_one():
    said = answers() | {"addresses.2.do_not_share": record("addresses.2.do_not_share", "yes")}
    assert text_in(fill(TEMPLATE, data_of(said))).count("Keep this address private.") == 1
    document = fill(TEMPLATE, data_of(said, printed=lambda path: path != "addresses.2.address"))
    assert "private" not in text_in(document)


def test_the_reason_why_an_address_is_private_is_not_printed():
    said = answers() | {path: record(path, text) for path, text in (
        ("addresses.2.do_not_share", "yes"), ("addresses.2.do_not_share_reason", "unspeakable"),
    )}  # fmt: skip
    assert "unspeakable" not in everything_in(fill(TEMPLATE, data_of(said)))


def test_every_field_comes_back_as_it_was_given():
    data = data_of(answers(CHILD, TWIN))
    found = read_tags(fill(TEMPLATE, data))
    assert {tag: found[tag] for tag, value in tagged(data).items() if value} == {t: v for t, v in tagged(data).items() if v}


def test_two_children_have_their_own_details_and_their_own_voice():
    found = read_tags(fill(TEMPLATE, data_of(answers(CHILD, TWIN))))
    assert found["scoping.children.1.heading"] == "Child 1 of 2: Test Child One"
    assert found["scoping.children.2.voice_heading"] == "Child 2 of 2: Test Child Two"
    assert found["scoping.children.1.sex"] == "Female"
    assert found["scoping.children.2.sex"] == "Male"
    assert found["scoping.children.2.voice"].startswith("Child 2 told the nurse")


def test_one_child_has_no_heading():
    assert "Child 1 of" not in text_in(fill(TEMPLATE, data_of(answers())))


def test_other_names_stand_beside_the_name_unless_they_are_withheld():
    paths = ("children.1.aliases", "related_adults.2.aliases")
    said = answers(CHILD, TWIN) | {path: record(path, f"Test Alias {path[0]}") for path in paths}
    found = read_tags(fill(TEMPLATE, data_of(said)))
    assert found["scoping.children.1.name"] == "Test Child One\nAlso known as: Test Alias c"
    assert found["scoping.children.1.heading"] == "Child 1 of 2: Test Child One"
    assert found["scoping.related_adults.2.name"] == "Test Father\nAlso known as: Test Alias r"
    document = fill(TEMPLATE, data_of(said, printed=lambda path: path not in paths))
    assert "lso known" not in everything_in(document)


def test_a_voice_that_is_missing_says_why():
    said = answers()
    del said["children.1.voice"]
    path = "children.1.voice_missing_reason"
    found = read_tags(fill(TEMPLATE, data_of(said | {path: record(path, "We never met her.")})))
    assert found["scoping.children.1.voice"].endswith("The reason: We never met her.")


def test_the_own_row_says_so_and_keeps_what_was_answered_there():
    assert read_tags(fill(TEMPLATE, data_of(answers())))["scoping.contacts.health_visiting.contact"] == "Your own organisation"
    said = answers(contacts__health_visiting__contact="yes")
    assert read_tags(fill(TEMPLATE, data_of(said)))["scoping.contacts.health_visiting.contact"] == "Yes"
    assert text_in(fill(TEMPLATE, data_of(said))).count("Your own organisation") == 0


def test_cells_of_the_table_are_yes_no_not_known_or_empty():
    found = read_tags(fill(TEMPLATE, data_of(answers())))
    cells = [found[f"scoping.contacts.{agency}.contact"] for agency in ("gp", "midwifery", "police", "fire")]
    assert cells == ["Yes", "No", "Not known", ""]
    assert found["scoping.contacts.hospital_trust.name"] == "Test Royal Infirmary"


def test_what_is_sent_has_section_1_filled_in_and_prompts_where_answers_go():
    document = fill(TEMPLATE, data_of(answers(whole=False), SENT))
    found = read_tags(document)
    assert found["scoping.children.1.name"] == "Test Child One"
    assert found["scoping.related_adults.2.name"] == "Test Father"
    assert found["document.return_to"] == "By secure email to referrals@partnership.example"
    assert found["scoping.summary"] == found["scoping.contacts.gp.contact"] == ""
    text = text_in(document)
    assert "Summary of involvement:\nType here" in text
    assert text.count("Choose") == 24 + 25 + 4
    assert {f"scoping.{group}.{count}.{COLUMNS[group][0]}" for group, count in (("key_events", 4), ("actions", 4))} <= set(
        found
    )


def test_what_comes_back_has_no_prompt_and_no_spare_row():
    document = fill(TEMPLATE, data_of({"summary": record("summary", "Short.")}))
    assert "Type here" not in text_in(document)
    assert "Choose" not in text_in(document)
    assert "scoping.key_events.2.date" not in read_tags(document)


def test_a_later_issue_says_what_changed():
    imprint = msgspec.structs.replace(SENT, issue=2, changes="the child's second name")
    found = read_tags(fill(TEMPLATE, data_of(answers(whole=False), imprint)))
    assert found["document.issue"] == "2. Changed since issue 1: the child's second name"


def test_a_return_has_its_version_and_when_it_came():
    found = read_tags(fill(TEMPLATE, data_of(answers(), msgspec.structs.replace(RETURNED, version=3))))
    assert (found["document.version"], found["scoping.returned_at"]) == ("3", "Friday 27 November 2026 at 15:10")
    assert found["scoping.agency"] == "Test Community Health Trust"


def test_the_way_back_names_the_channel_only_where_there_is_one():
    assert "channel" in return_route(WORDS, "in@example.org", "channel")
    assert "channel" not in return_route(WORDS, "in@example.org", "private")
    assert return_route(WORDS, "in@example.org", "email") == "by secure email to in@example.org"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(text):
    said = answers(CHILD | {"name": text, "voice": text}, summary=text, key_events__2__event=text, contacts__other__name=text)
    document = fill(TEMPLATE, data_of(said | {"children.1.voice": record("children.1.voice", text)}))
    found = read_tags(document)
    tags = ("children.1.name", "children.1.voice", "summary", "key_events.2.event", "contacts.other.name")
    assert {found[f"scoping.{tag}"] for tag in tags} == {clean(text)}
    assert fields_in(document) == []


def test_two_hundred_thousand_characters_stay_whole():
    text = "Was geschah, straße 漢. " * 8700
    assert len(text) > 200_000
    found = read_tags(fill(TEMPLATE, data_of(answers(summary=text, actions__2__action=text))))
    assert (found["scoping.summary"], found["scoping.actions.2.action"]) == (text, text)


@pytest.mark.parametrize("data", [data_of(answers(CHILD, TWIN)), data_of(answers(whole=False), SENT), data_of({}, SENT)])
def test_a_filled_document_has_no_problem_and_nothing_stands_twice(data):
    document = fill(TEMPLATE, data)
    assert check_document(document) == []
    assert twice_in(document) == []


def test_the_template_has_no_problem_and_its_tags_are_those_of_the_form():
    tags = {tag for tag in read_tags(TEMPLATE) if not tag.startswith("document.") and "heading" not in tag}
    printed = {f"scoping.{path}" for path in PATHS if ".2." not in path} | {"scoping.agency", "scoping.returned_at"}
    assert tags == printed
    assert check_template(TEMPLATE, printed) == []
    assert max(map(len, read_tags(TEMPLATE))) <= controls.LONGEST_TAG


def _seconds(events: int) -> float:
    said = answers(**{f"key_events__{number}__event": "Something happened." for number in range(1, events + 1)})
    data, took = data_of(said), []
    for _ in range(3):
        begun = time.perf_counter()
        fill(TEMPLATE, data)
        took.append(time.perf_counter() - begun)
    return min(took)


def test_rows_cost_the_same_each():
    small, large = _seconds(400), _seconds(1600)
    assert large < 8 * small
