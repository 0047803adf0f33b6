"""The letters to the National Panel, and that nothing unfinished is sent."""

import io

import docx
import msgspec
import pytest
from referral_examples import WORDS
from review_examples import CONTACT, DRAFT, FINAL, LETTER, LETTER_FACTS, PACK, SIGNATORY, SUPPLEMENTARY

from templates.documents.check import check_document
from templates.documents.fill import fill
from templates.documents.letters import Person
from templates.documents.pack import pack_document
from templates.documents.pack_data import Answer, Appendix, Section
from templates.documents.panel_letter import panel_letter_data
from templates.documents.read import read_tags, text_of
from templates.documents.supplementary import Reply, SupplementaryFacts, supplementary_letter_data
from templates.documents.unfinished import unfinished

CONCLUSIONS = {
    "national": "meets the criteria for a national Child Safeguarding Practice Review",
    "local": "meets the criteria for a local Child Safeguarding Practice Review",
    "none": "does not meet the criteria for a Child Safeguarding Practice Review",
}
LETTER_FIELDS = ("reference", "edition", "generated_at", "letterhead", "date", "chair_name", "signed_by")
REPLIES = SupplementaryFacts(
    **{name: getattr(LETTER_FACTS, name) for name in LETTER_FIELDS},
    asked_on="Friday 18 December 2026",
    contact=CONTACT,
    replies=(Reply("Why was no nurse asked?", "One was. She gave a nil return."), Reply("And the father?", "He was not seen.")),
)


def letter(**changed) -> bytes:
    return fill(LETTER, panel_letter_data(msgspec.structs.replace(LETTER_FACTS, **changed), WORDS))


def supplementary(**changed) -> bytes:
    return fill(SUPPLEMENTARY, supplementary_letter_data(msgspec.structs.replace(REPLIES, **changed), WORDS))


def text_in(document: bytes) -> str:
    return text_of(docx.Document(io.BytesIO(document)).element.body)


def test_the_letter_reads_as_the_booklets_does():
    assert text_in(letter()).split("\n") == [
        "North Somerset Safeguarding Children Partnership",
        "Date: Thursday 10 December 2026",
        "Child Safeguarding Practice Review Panel",
        "Sanctuary Buildings",
        "20 Great Smith Street",
        "London",
        "SW1P 3BT",
        "Dear Test Chair,",
        "Decision of the Rapid Review of NS-2026-0001",
        "I am writing to you in your capacity as Chair of the Child Safeguarding Practice Review Panel. Our Safeguarding"
        " Partners received notification of a serious incident which may meet the criteria for a child safeguarding"
        " practice review on Monday 23 November 2026 and have, therefore, undertaken a Rapid Review to consider the case.",
        "This Rapid Review included a representative from each of the Safeguarding Partners and concluded that the case"
        " meets the criteria for a local Child Safeguarding Practice Review.",
        "I attach for your information a copy of our completed Rapid Review which provides a summary of the case and the"
        " decision and rationale of the Safeguarding Partners. The decision has been endorsed by Test Scrutineer,"
        " the partnership's Independent Scrutineer.",
        "I trust this is sufficient information for you to share with the Panel. However, please do not hesitate to contact me"
        " or Test Coordinator on 01632 960010 or at coordinator@example.org if you require any further information.",
        "Yours sincerely,",
        "Test Director",
        "Director of Children's Services, for the safeguarding partners",
        "Enc: Rapid Review Template",
    ]


@pytest.mark.parametrize("chosen", CONCLUSIONS)
def test_only_the_chosen_conclusion_is_in_it(chosen):
    text = text_in(letter(conclusion=chosen))
    assert [name for name, words in CONCLUSIONS.items() if words in text] == [chosen]
    assert text.count("the criteria for a") == 2


def test_the_endorsement_is_a_whole_sentence_or_nothing():
    assert "endorsed by Test Chairperson, the partnership's Chair." in text_in(
        letter(endorsed_by="Test Chairperson", endorsed_as="chair")
    )
    bare = letter(endorsed_by="")
    assert "endorsed" not in text_in(bare)
    assert unfinished(bare) == []


def test_without_another_contact_it_says_me():
    assert "do not hesitate to contact me if you require" in text_in(letter(contact=None))


def test_who_signs_and_is_the_contact_is_not_named_beside_themselves():
    contact = Person(name="Test Director", telephone="01632 960010", email="director@example.org")
    assert "contact me on 01632 960010 or at director@example.org if you require" in text_in(letter(contact=contact))


def test_a_contact_without_an_email_is_named_with_what_there_is():
    found = read_tags(letter(contact=Person(name="Test Coordinator", role="Coordinator", telephone="01632 960010")))
    assert found["panel_letter.contact"] == "me or Test Coordinator, Coordinator, 01632 960010"


def test_several_people_may_sign_and_several_things_be_enclosed():
    second = Person(name="Test Chief Nurse", role="Chief Nurse")
    found = read_tags(letter(signed_by=(SIGNATORY, second), enclosures=("Rapid Review Template", "Overview")))
    assert found["panel_letter.signature"].endswith("partners\n\n\nTest Chief Nurse\nChief Nurse")
    assert found["panel_letter.enclosure"] == "Rapid Review Template; Overview"


def test_the_replies_are_in_a_table_under_the_same_letterhead():
    text = text_in(supplementary())
    assert text.startswith("North Somerset Safeguarding Children Partnership\nDate: Thursday 10 December 2026")
    assert "Thank you for your letter of Friday 18 December 2026" in text
    for reply in REPLIES.replies:
        assert text.count(f"{reply.question}\n{reply.reply}") == 1


@pytest.mark.parametrize("made", [letter, supplementary])
def test_everybody_can_read_the_letters_and_they_are_finished(made):
    for document in (made(), made(restricted=True)):
        assert check_document(document) == []
        assert unfinished(document) == []


@pytest.mark.parametrize(
    ("changed", "places"),
    [
        ({"conclusion": ""}, ["Conclusion"]),
        ({"notification_received": "", "chair_name": " "}, ["Name of the Panel's Chair", "Date of the notification"]),
        ({"signed_by": ()}, ["Signature"]),
        ({"chair_name": "[Insert name of current Panel Chair]"}, ["[Insert name of current Panel Chair]"]),
        ({"chair_name": "the Chair [to be confirmed]"}, ["[to be confirmed]"]),
        ({"endorsed_by": "INSERT NAME"}, ["INSERT NAME"]),
        ({"signed_by": (Person(name="Add appropriate signature for area."),)}, ["Add appropriate signature"]),
        ({"date": "[insert date"}, ["[insert date"]),
    ],
)
def test_an_unfinished_letter_says_what_is_left(changed, places):
    assert unfinished(letter(**changed)) == places


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Date: [insert date]", ["[insert date]"]),
        (
            "to me [or insert contact details of any relevant individual] if",
            ["[or insert contact details of any relevant individual]"],
        ),
        (
            "the case meets the criteria for a national Child Safeguarding Practice Review / meets the criteria for a local"
            " Child Safeguarding Practice Review / does not meet the criteria for a Child Safeguarding Practice Review.",
            [
                "meets the criteria for a national Child Safeguarding Practice Review / meets the criteria for a local Child"
                " Safeguarding Practice Review"
            ],
        ),
        (
            "[Delete as appropriate and then turn the related text black and delete this instruction.]",
            ["[Delete as appropriate and then turn the related text black and delete this instruction.]"],
        ),
        ("Delete as appropriate", ["Delete as appropriate"]),
        (
            "endorsed by INSERT NAME the partnership's Independent Scrutineer /Chair",
            ["INSERT NAME", "Independent Scrutineer /Chair"],
        ),
        ("this case does/does not meet the criteria", ["does/does not"]),
        ("[…]", ["[…]"]),
        ("Please insert the key. The letter and the annex / the map meet. He does. Do not delete it.", []),
        ("", []),
    ],
)
def test_each_kind_of_leftover_is_found_once_and_plain_prose_is_not(text, left):
    assert unfinished(text) == left


def test_a_draft_pack_says_that_it_is_one_and_which_places_are_empty():
    assert unfinished(pack_document(PACK, DRAFT, WORDS)) == [
        "DRAFT: 3 things before this can be sent",
        "Opinion of the review",
        "Kind of review recommended",
        "Rationale",
        *(f"Sign off row {number}: {name}" for number in (1, 2, 3) for name in ("name", "date")),
    ]


def test_a_final_pack_is_finished_and_a_child_without_a_voice_is_not():
    assert unfinished(pack_document(PACK, FINAL, WORDS)) == []
    silent = msgspec.structs.replace(FINAL, children=(FINAL.children[0], msgspec.structs.replace(FINAL.children[1], voice=())))
    assert unfinished(pack_document(PACK, silent, WORDS)) == ["Child 2: voice"]


def test_an_instruction_inside_a_return_holds_the_pack_up_and_a_quotation_does_not():
    def returned(text):
        one = Appendix(
            organisation="Police",
            returned_on="x",
            version="1",
            by="x",
            signed_off_by="x",
            sections=(Section("S", (Answer("L", text),)),),
        )
        return pack_document(PACK, msgspec.structs.replace(FINAL, returns=(one,)), WORDS)

    assert unfinished(returned("He wrote: “I was […] at home [that night].”")) == []
    assert unfinished(returned("Seen on [insert date].")) == ["[insert date]"]


def test_a_place_that_was_taken_out_counts_as_empty(tmp_path):
    document = docx.Document(io.BytesIO(letter()))
    paragraph = next(one for one in document.paragraphs if "concluded that the case" in one.text)._p
    paragraph.getparent().remove(paragraph)
    document.save(str(tmp_path / "edited.docx"))
    assert unfinished((tmp_path / "edited.docx").read_bytes()) == ["Conclusion"]


def test_the_template_itself_is_unfinished():
    assert len(unfinished(LETTER.read_bytes())) == 8


def test_hostile_text_is_only_text():
    text = "{MERGEFIELD x} ]]> $1^2$ \x07\u2028שלום"
    found = read_tags(supplementary(replies=(Reply(text, text),)))
    assert found["supplementary_letter.replies.1.reply"] == "{MERGEFIELD x} ]]> $1^2$ \nשלום"
