"""What returns say of each other: agencies not asked yet, agencies that knew nobody, and facts on which they differ."""

from __future__ import annotations

from asked import (
    CASE,
    REFERENCE,
    RETURN,
    ask,
    nil_in_windows,
    nothing_identifies,
    notices,
    opens,
    referred,
    request_of,
    return_in_windows,
    sends,
    window_text,
)
from msgspec.structs import replace
from story import Story, text_of

SENIOR = {"signed_off_by": "Test Chief"}


async def returned(story: Story, contacts: str, **more: str) -> str:
    request = await ask(story, "police", "police")
    story.as_("police-lead", in_channel="police")
    await return_in_windows(story, request, RETURN | SENIOR | {"contacts.*.contact": contacts} | more)
    return request


def told(story: Story) -> str:
    return "\n".join(text_of(one) for one in story.channel.said["channel:coordinators"])


async def test_an_agency_not_asked_yet_is_proposed(story: Story) -> None:
    await referred(story)
    await ask(story, "test-hospital-trust", "hospital_trust")
    request = await returned(story, "hospital_trust,other", **{"contacts.other.name": "Test Family Charity"})
    found = await notices(story)
    assert [(one.kind, one.about) for one in found] == [("propose_organisation", "other")]
    assert found[0].content == {"agency": "other", "request": request, "name": "Test Family Charity"}
    assert f"{REFERENCE}: a return names contact with an agency that was not asked: Other agency" in told(story)
    nothing_identifies(story)


async def test_sent_again_nothing_is_proposed_twice(story: Story) -> None:
    await referred(story)
    request = await returned(story, "education")
    await opens(story, "correct_return", request)
    await sends(story, "begin_return")
    await sends(story, "window_send")
    assert (await request_of(story, request)).returns == 2
    assert len(await notices(story)) == 1


async def test_an_agency_whose_request_was_withdrawn_is_proposed_again(story: Story) -> None:
    await referred(story)
    hospital = await ask(story, "test-hospital-trust", "hospital_trust")
    await story.write(replace(await request_of(story, hospital), state="withdrawn"))
    await returned(story, "hospital_trust")
    assert [(one.kind, one.about) for one in await notices(story)] == [("propose_organisation", "hospital_trust")]


async def test_a_nil_return_that_another_return_contradicts_is_pointed_out(story: Story) -> None:
    await referred(story)
    hospital = await ask(story, "test-hospital-trust", "hospital_trust")
    story.as_("nurse", in_channel="test-hospital-trust")
    await nil_in_windows(story, hospital)
    await returned(story, "hospital_trust")
    assert [(one.kind, one.about) for one in await notices(story)] == [("contradicted", "hospital_trust")]
    assert "with an agency that knows nobody: Hospital Trust" in told(story)


async def test_disagreements_are_listed_with_who_says_what(story: Story) -> None:
    await referred(story)
    hospital = await ask(story, "test-hospital-trust", "hospital_trust")
    await returned(story, "none", **{"children.1.ethnicity": "mixed_other", "children.1.date_of_birth": "4 April 2019"})
    story.as_("nurse", in_channel="test-hospital-trust")
    await return_in_windows(story, hospital, RETURN | SENIOR | {"children.1.religion": "Muslim"})
    story.as_("coordinator", in_channel="coordinators")
    shown = window_text(await opens(story, "disagreements", CASE))
    for said in ("The referral", "Test Police", "Test Hospital Trust", "Muslim", "4 April 2019", "3 April 2019"):
        assert said in shown
    assert "Disability" not in shown, "there they agree"
    story.as_("coordinator")
    assert "Muslim" in text_of(await story.says(f"what differs {REFERENCE}"))
    nothing_identifies(story)


async def test_a_return_that_is_still_written_says_nothing_yet(story: Story) -> None:
    await referred(story)
    request = await ask(story, "police", "police")
    story.as_("police-lead", in_channel="police")
    await opens(story, "open_request", request)
    await sends(story, "begin_return")
    await sends(story, "window_save", {"children.1.religion": "Muslim"})
    story.as_("coordinator", in_channel="coordinators")
    shown = window_text(await opens(story, "disagreements", CASE))
    assert "do not differ" in shown
    assert "Muslim" not in shown


async def test_only_the_coordinator_reads_them(story: Story) -> None:
    await referred(story)
    await returned(story, "none", **{"children.1.religion": "Muslim"})
    for name in ("manager", "police-lead", "nurse"):
        story.as_(name, in_channel="coordinators")
        assert "Muslim" not in window_text(await opens(story, "disagreements", CASE))
    story.as_("coordinator", in_channel="coordinators")
    said = text_of(await story.says(f"what differs {REFERENCE}"))
    assert "Muslim" not in said
