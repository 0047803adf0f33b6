"""Every button and window about a case, a request or a form, pressed raw by everybody who should not: nothing, to nobody."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from attack_steps import (
    CHILD,
    EVERYTHING,
    HOME,
    PANEL,
    POLICE,
    TRUST,
    Watched,
    kept,
    words_of,
    world,
)
from story import Story

from dialogs.acts import About
from dialogs.table import OPENS, PRESSES, SUBMITS
from dialogs.turn import OpenWindow, Press, Said, SubmitWindow

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


async def faults(story: Story) -> list[str]:
    return [row.kind for row in await story.parts.store.history("partnership") if row.kind == "fault"]


async def attacked(story: Story, person: str, targets: set[str], may_read: frozenset[str]) -> list[str]:
    """Press everything on these targets. Returns what went wrong: written, shown, not noted as refused, or fallen over."""
    watched, wrong = Watched(story), []
    before = kept(story)
    for kind, action, about in ways(*About):
        story.as_(person, in_channel="" if kind is Press else "police")
        for target in targets.intersection(TARGETS.get(about, ())):
            seen = await watched.take(said(kind, action, target))
            where = f"{kind.__name__} {action} {target}"
            if shown := words_of(seen, EVERYTHING - may_read):
                wrong.append(f"{where} shows {sorted(shown)}")
            if (after := kept(story)) != before:
                wrong.append(f"{where} writes {[name for name in after if after[name] != before[name]]}")
                before = after
            if await faults(story) and "fault" not in str(wrong):
                wrong.append(f"{where}: fault")
    return wrong


@pytest.mark.parametrize("person", NOBODY)
async def test_who_has_nothing_to_do_with_it_writes_and_sees_nothing(story: Story, person: str) -> None:
    await world(story)
    assert await attacked(story, person, {one for some in TARGETS.values() for one in some}, frozenset()) == []


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
    assert await attacked(story, person, everything - set(theirs), frozenset()) == []


@pytest.mark.parametrize("person", ["partner", "panel-member"])
async def test_the_panel_does_nothing_to_requests_and_returns(story: Story, person: str) -> None:
    await world(story)
    targets = {*TARGETS[About.REQUEST], *RESTRICTED, "referral-1", "return-police", "return-test-hospital-trust"}
    assert await attacked(story, person, targets, OF_PANEL) == []


@pytest.mark.parametrize("person", ["coordinator", "partner", "nurse", "police-lead"])
async def test_a_restricted_case_is_absent_to_whoever_is_not_on_its_list(story: Story, person: str) -> None:
    await world(story)
    assert await attacked(story, person, set(RESTRICTED), frozenset()) == []
