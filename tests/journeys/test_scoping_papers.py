"""What is filed says what was so when it was ordered, lies where it belongs, and is refused where it cannot be named."""

from __future__ import annotations

from datetime import timedelta

import pytest
from case_steps import decide, refer
from msgspec.structs import replace
from scoping_steps import REFERENCE, asked, choose, filed, referred, requests_of, send, vetted
from story import Story
from word_file import words_of_file

from bot.documents import DocumentMaker
from bot.doors import NotDelivered
from state.changes import Kind, Send
from state.records import AnswerRecord
from state.scoping_records import OrganisationRecord, RequestRecord
from state.values import JSON, utc_text


def maker(story: Story) -> DocumentMaker:
    return DocumentMaker(story.parts.store, story.parts.kit, story.parts.filing)


def ordered(request: RequestRecord, form: str, **more: JSON) -> Send:
    """What the outbox holds of a document."""
    body: dict[str, JSON] = {
        "form": form,
        "case": request.case,
        "reference": request.reference,
        "request": request.id,
        "draft": request.draft,
        "issue": 1,
        **more,
    }
    return Send(kind=Kind.DOCUMENT, lane=f"documents:{request.case}", body=body, case=request.case)


async def test_a_form_that_is_made_late_says_what_was_so_when_it_was_sent(story: Story) -> None:
    request = (await asked(story, "police"))["police"]
    assert request.sent_at is not None
    known = (await story.answers_of(request.draft))["related_adults.1.name"]
    changed = AnswerRecord(
        draft=request.draft,
        path=known.path,
        state="given",
        value="Somebody else",
        by="test",
        at=story.clock.now() + timedelta(minutes=1),
        version=known.version,
    )
    await story.write(changed)
    at = utc_text(request.sent_at)
    name = await maker(story)(ordered(request, "scoping", at=at, due=utc_text(request.due) if request.due else ""))
    assert name.endswith("2 Form police v1.docx"), "the same content is the same file"
    later = await maker(story)(ordered(request, "scoping", at=utc_text(story.clock.now() + timedelta(hours=1))))
    assert "Somebody else" in words_of_file(story.settings.library / later)


@pytest.mark.parametrize("form", ["", "nothing-we-make", "referral"])
async def test_what_cannot_be_made_is_given_up_and_not_tried_for_days(story: Story, form: str) -> None:
    request = (await asked(story, "police"))["police"]
    with pytest.raises(NotDelivered) as refused:
        await maker(story)(ordered(request, form, draft="nowhere"))
    assert refused.value.again_after is None


async def test_an_organisation_whose_id_is_no_folder_name_is_refused(story: Story) -> None:
    request = (await asked(story, "police"))["police"]
    odd = replace(request, id="odd", organisation="../outside", version=0)
    await story.write(odd)
    with pytest.raises(NotDelivered):
        await maker(story)(ordered(odd, "scoping_letter", at=utc_text(story.clock.now())))
    assert not (story.settings.library.parent / "outside").exists()


async def test_a_restricted_case_is_marked_on_letter_and_form(story: Story) -> None:
    await referred(story, restricted=True)
    await choose(story, "police")
    await vetted(story)
    await send(story)
    for path in filed(story, "03 Requests"):
        assert story.parts.kit.words.say("documents.restricted") in words_of_file(path)


async def test_the_letter_says_how_the_return_comes_back(story: Story) -> None:
    await asked(story, "police", "fire")
    letters = {path.parent.name: words_of_file(path) for path in filed(story, "03 Requests") if "2a Letter" in path.name}
    assert "by the buttons on the request in your channel" in letters["17 police"]
    assert "by the buttons" not in letters["18 fire"]
    assert "referrals@partnership.example" in letters["18 fire"]


async def test_several_of_one_kind_have_folders_of_their_own(story: Story) -> None:
    await story.write(OrganisationRecord(id="third-trust", name="Test Third Trust", kind="hospital_trust"))
    await asked(story, "test-hospital-trust", "second-hospital-trust", "third-trust")
    assert sorted({path.parent.name for path in filed(story, "03 Requests")}) == [
        "23 second-hospital-trust",
        "23 test-hospital-trust",
        "23 third-trust",
    ]
    assert len(await requests_of(story)) == 3
    assert all(path.name.startswith(REFERENCE) for path in filed(story, "03 Requests"))


async def test_the_record_of_the_decision_has_facts_advice_and_reasons(story: Story) -> None:
    case = await refer(story)
    await decide(story, case)
    text = words_of_file(filed(story, "02 Decision")[-1])
    for said in ("Test Child One", "a notification must be made", "The injury is serious, and abuse is suspected."):
        assert said in text
