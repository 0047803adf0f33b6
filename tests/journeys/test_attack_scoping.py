"""Every button and window about a case, a request or a form, pressed raw by everybody who should not: nothing, to nobody."""

from __future__ import annotations

from collections.abc import Iterator

import may_casework
import may_decision
import may_referral
import may_returns
import may_review
import may_scoping
import pytest
from asked import REFERENCE, request_of
from attack_steps import (
    CHILD,
    EVERYTHING,
    HOME,
    OF_RESTRICTED,
    OTHER_REFERENCE,
    PANEL,
    POLICE,
    TRUST,
    Watched,
    kept,
    noted,
    words_of,
    world,
)
from msgspec.structs import replace
from story import Story

from dialogs.acts import About
from dialogs.handed.into import ITS_ISSUE
from dialogs.handed.naming import ITS_CASE
from dialogs.reply import window_from
from dialogs.table import OPENS, PRESSES, SUBMITS
from dialogs.turn import Dropped, OpenWindow, Press, Said, SubmitWindow, Text

TABLES = (may_referral, may_decision, may_casework, may_scoping, may_returns, may_review)
TARGETS = {
    About.CASE: ("case-1", "case-2"),
    About.REQUEST: ("request-police", "request-test-hospital-trust", "request-secret"),
    About.DRAFT: (
        "referral-1",
        "referral-2",
        "return-police",
        "return-test-hospital-trust",
        "return-secret",
        "report-1",
        "letter-1",
    ),
}
RESTRICTED = ("case-2", "request-secret", "referral-2", "return-secret")
INPUTS = {
    "reason": "A reason",
    "question": "A question",
    "answer": "An answer",
    "request": "request-police",
    "requests": "request-police",
    "organisations": "police,test-hospital-trust",
    "organisation": "fire",
    "colleague": "test/x",
    "other": "NS-2026-0002",
    "summary": "Forged",
    "starts": "2 December 2026 at 10:00",
    "length": "120",
    "agreed": "yes",
    "sent": "23 November 2026 at 09:00",
    "name": "Forged",
    "date": "1 December 2026",
    "records_secured": "yes",
    "path": "children.1.name",
    "value": "Forged",
    "purpose": "Forged",
    "basis": "Forged",
}
OWN_POLICE = frozenset({CHILD, HOME, POLICE, "Furthquill"})
OWN_TRUST = frozenset({CHILD, HOME, TRUST})
OF_PANEL = frozenset({CHILD, HOME, POLICE, TRUST, PANEL, "Tolvennik"})
NOBODY = (
    "stranger",
    "head-teacher",
    "auditor",
    "manager",
    "old-coordinator",
    "gone-lead",
    "excluded-coordinator",
    "excluded-lead",
    "excluded-partner",
)
"""People to whom the one case, its requests and its forms are nothing at all, whatever else they are."""


ORGANISATIONS = ("organisations", *(f"{do}_organisation" for do in ("add", "change", "keep", "end", "do_end")))
MAY_ASK = {
    "manager": ("show_case", "see_delivery", "send_again", "case_dates", "timeline"),
    "auditor": ("who_has_seen",),
    "coordinator": ORGANISATIONS,
    "excluded-coordinator": ORGANISATIONS,
    **dict.fromkeys(("police-lead", "police-deputy", "nurse", "trust-delegate"), ("see_delivery", "timeline", "documents")),
}
"""What shows no content and no restricted case: a case at a glance, who can be asked at all, whether one's request came, and
what of one's own is filed."""


def ways(*abouts: About) -> Iterator[tuple[type[Press | OpenWindow | SubmitWindow], str, About]]:
    """Every button and window that is about one of these, whichever package it is from."""
    for kind, table in ((Press, PRESSES), (OpenWindow, OPENS), (SubmitWindow, SUBMITS)):
        for name, act in table.items():
            if act.about in abouts:
                yield kind, name, act.about


def said(kind: type[Press | OpenWindow | SubmitWindow], action: str, target: str) -> Said:
    if kind is OpenWindow:
        return OpenWindow(action=action, target=target, at="summary:0")
    return kind(action=action, target=target, at="summary:0", inputs=INPUTS)  # type: ignore[call-arg]


def faults(story: Story) -> int:
    return noted(story, "fault")


def refusals(story: Story) -> int:
    return noted(story, "refused")


async def attacked(story: Story, person: str, targets: set[str], may_read: frozenset[str]) -> str:
    """Press everything on these targets. Returns what went wrong: written, shown, not noted as refused, or fallen over."""
    watched, wrong = Watched(story), []
    before = kept(story)
    for kind, action, about in ways(*About):
        story.as_(person, in_channel="" if kind is Press else "police")
        for target in targets.intersection(TARGETS.get(about, ())):
            before_it = refusals(story)
            seen = await watched.take(said(kind, action, target))
            where = f"{kind.__name__} {action} {target}"
            if shown := words_of(seen, EVERYTHING - may_read):
                wrong.append(f"{where} shows {sorted(shown)}")
            if (after := kept(story)) != before:
                wrong.append(f"{where} writes {[name for name in after if after[name] != before[name]]}")
                before = after
            if not refusals(story) > before_it and action not in MAY_ASK.get(person, ()):
                wrong.append(f"{where}: no refusal is noted")
    return "\n".join([*wrong, *(["it fell over"] if faults(story) else [])])


@pytest.mark.parametrize("person", NOBODY)
async def test_who_has_nothing_to_do_with_it_writes_and_sees_nothing(story: Story, person: str) -> None:
    await world(story)
    assert await attacked(story, person, {one for some in TARGETS.values() for one in some}, frozenset()) == ""


@pytest.mark.parametrize(
    ("person", "theirs", "words"),
    [
        ("police-lead", ("request-police", "return-police"), OWN_POLICE),
        ("police-deputy", ("request-police", "return-police"), OWN_POLICE),
        ("nurse", ("request-test-hospital-trust", "return-test-hospital-trust"), OWN_TRUST),
        ("trust-delegate", ("request-test-hospital-trust", "return-test-hospital-trust"), OWN_TRUST),
    ],
)
async def test_an_organisation_reaches_its_own_request_alone(
    story: Story, person: str, theirs: tuple[str, ...], words: frozenset[str]
) -> None:
    await world(story)
    everything = {one for some in TARGETS.values() for one in some}
    assert await attacked(story, person, everything - set(theirs), frozenset()) == ""


@pytest.mark.parametrize("person", ["partner", "panel-member"])
async def test_the_panel_does_nothing_to_requests_and_returns(story: Story, person: str) -> None:
    await world(story)
    targets = {*TARGETS[About.REQUEST], *RESTRICTED, "referral-1", "return-police", "return-test-hospital-trust"}
    assert await attacked(story, person, targets, OF_PANEL) == ""


@pytest.mark.parametrize("person", ["coordinator", "partner", "nurse", "police-lead"])
async def test_a_restricted_case_is_absent_to_whoever_is_not_on_its_list(story: Story, person: str) -> None:
    await world(story)
    assert await attacked(story, person, set(RESTRICTED), frozenset()) == ""


HOSTILE = (
    "{name} {0.__class__} %s ${x} =1+1 [a](http://example.org) <at>Test</at> w:t</w:t> <!ENTITY x> {{x}} \U0001f600 "
    + "x" * 900
)
FORGED_PLACES = ("", "9" * 5_000, "\u00b2", "family:99999999999999999999", "children.name:0")


@pytest.mark.parametrize("person", ["coordinator", "partner"])
async def test_no_place_in_a_form_that_nobody_made_is_a_fault(story: Story, person: str) -> None:
    await world(story)
    fell = []
    story.as_(person)
    for number, (kind, action, _) in enumerate(ways(About.CASE)):
        forged = {"inputs": INPUTS} if kind is not OpenWindow else {}
        for at in FORGED_PLACES[number % 2 :: 2]:
            before = faults(story)
            await story.take(kind(action=action, target="case-1", at=at, **forged))  # type: ignore[arg-type]
            fell += [f"{kind.__name__} {action} {at[:9]}"] if faults(story) > before else []
    assert fell == []


@pytest.mark.parametrize("at", FORGED_PLACES)
@pytest.mark.parametrize("action", ["read_return", "next_part"])
async def test_a_page_that_is_not_there_is_the_first(story: Story, action: str, at: str) -> None:
    await world(story)
    story.as_("coordinator")
    target = "request-test-hospital-trust" if action == "read_return" else "case-1"
    seen = await Watched(story).take(SubmitWindow(action=action, target=target, at=at))
    assert faults(story) == 0
    assert words_of(seen, EVERYTHING)


async def test_a_request_that_waits_to_be_sent_again_shows_the_table(story: Story) -> None:
    await world(story)
    await story.write(replace(await request_of(story, "request-police"), state="to_send"))
    story.as_("coordinator")
    seen = await Watched(story).take(Press(action="show_request", target="case-1", inputs={"request": "request-police"}))
    assert '"show_request"' in seen
    assert faults(story) == 0


async def test_a_form_with_a_version_beyond_counting_is_taken_or_refused_in_words(story: Story) -> None:
    await world(story)
    story.as_("police-lead")
    tags = {ITS_CASE: REFERENCE, ITS_ISSUE: "9" * 5_000, "summary": "We saw him."}
    await story.take(Dropped(name=f"{REFERENCE} 2 Return", digest="d", form="scoping", tags=tags))
    assert faults(story) == 0


@pytest.mark.parametrize("person", ["coordinator", "police-lead", "partner"])
async def test_no_text_in_a_window_is_a_fault(story: Story, person: str) -> None:
    await world(story)
    fell, sent = [], 0
    for _, action, about in (one for one in ways(*About) if one[0] is OpenWindow):
        for target in {*TARGETS.get(about, ()), ""}.difference(RESTRICTED):
            story.as_(person, in_channel="police")
            await story.take(OpenWindow(action=action, target=target))
            window = window_from(story.answer)
            for way in (one for one in (window.submit, *window.buttons) if one is not None):
                inputs = {asked.id: HOSTILE for asked in window.inputs}
                before, sent = faults(story), sent + bool(inputs)
                said = SubmitWindow(action=way.action, target=way.target, version=way.version, at=way.at, inputs=inputs)
                await story.take(said)
                fell += [f"{action}, {way.action}"] if faults(story) > before else []
    assert fell == []
    assert sent > 0


BEGIN_A_FORM = ("refer", "on_behalf", "resume")
PHRASES = sorted({said for table in TABLES for name, (said, _) in table.INTENDED.items() if name not in BEGIN_A_FORM})


@pytest.mark.parametrize("person", ["coordinator", "police-lead", "practitioner"])
async def test_typed_words_about_a_restricted_case_are_answered_as_if_there_were_none(story: Story, person: str) -> None:
    await world(story)
    story.as_(person)
    watched = Watched(story)
    for typed in PHRASES:
        said = [await watched.take(Text(typed.replace(REFERENCE, one))) for one in (OTHER_REFERENCE, "NS-2026-0999")]
        assert said[0].replace(OTHER_REFERENCE, "") == said[1].replace("NS-2026-0999", ""), typed
        assert not words_of(said[0], EVERYTHING - may_see(person)), typed
        assert REFERENCE in typed or OTHER_REFERENCE not in said[0], typed
    assert faults(story) == 0


def may_see(person: str) -> frozenset[str]:
    return EVERYTHING - OF_RESTRICTED if person == "coordinator" else OWN_POLICE if person == "police-lead" else frozenset()
