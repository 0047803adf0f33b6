"""Attacks on a whole case: marked words searched for everywhere, and two people who do contrary things at once."""

from __future__ import annotations

import asyncio
import html
import itertools
import logging
import re
import sqlite3
from contextlib import closing
from datetime import timedelta
from zipfile import ZipFile

import pytest
from asked import (
    NIL,
    RETURN,
    ask,
    documents,
    fills_in_windows,
    member,
    opens,
    person,
    request_of,
    return_in_windows,
    sends,
    who,
)
from asked import referred as asked_referral
from attack_steps import CASE, TRUST, Watched, world
from case_steps import second_coordinator
from msgspec.structs import replace
from review_steps import ICB, LA, make_letter, name_panel, pressed, set_meeting, sign, whole, written
from story import Story, text_of
from test_returns_signing import written as awaiting
from test_review_whole import SENIOR, answered
from word_file import words_of_file

from bot.console.places import one_to_one, who_is
from dialogs.reply import window_from
from dialogs.turn import OpenWindow, Press, Said, SubmitWindow, Turn
from state.scoping_records import RequestRecord
from state.snapshot import DifferentBody

MARKED = (
    "Test Child One",
    "Zephyrine",
    "Quillon",
    "Oswin",
    "Hidden Lane",
    "1 Test Street",
    "fled from violence",
    "Police were called",
    "wanted to go home",
    "Test Officer One",
    "There is more to learn",
    "No answer came at all",
    "Who rang them",
)
"""Words that only content holds: names, addresses, a reason for withholding, returns, the panel's own words, a question."""


async def whole_case(story: Story) -> None:
    """From the referral to the letter, with a further question and one organisation gone on without."""
    case = await answered(story)
    await set_meeting(story, case)
    await name_panel(story, case)
    requests = {one.organisation: one.id for one in (await whole(story)).requests}
    question = {"request": requests["police"], "question": "Who rang them?"}
    await pressed(story.as_("coordinator"), "ask_organisation", case.id, question)
    await pressed(story.as_("coordinator"), "pack", case.id)
    await story.later(days=10)
    await written(story, case)
    for one in (LA, ICB, "police-lead"):
        await sign(story, case, one)
    gone_on = {"requests": requests["gp"], "reason": "No answer came at all."}
    await pressed(story.as_("coordinator"), "without_return", case.id, gone_on)
    await make_letter(story, case)
    await pressed(story, "mark_sent", case.id, {"sent": "3 December 2026 at 09:00"})


def in_clear(story: Story) -> str:
    """The whole database as somebody reads it who has the file and no key."""
    with closing(sqlite3.connect(story.settings.data / "cspr.sqlite")) as database:
        return "\n".join(database.iterdump())


def marked(text: str) -> list[str]:
    return [word for word in MARKED if word in text]


async def test_what_identifies_stands_nowhere_in_clear(story: Story, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    await whole_case(story)
    assert marked(in_clear(story)) == []
    assert marked("\n".join(one.getMessage() for one in caplog.records)) == []
    files = list(story.settings.library.rglob("*"))
    assert set(marked("\n".join(words_of_file(path) for path in files if path.suffix == ".docx"))) >= set(MARKED[:2])
    assert marked("\n".join(str(path) for path in files)) == []
    calendars = [path.read_text(encoding="utf-8") for path in files if path.suffix == ".ics"]
    assert calendars
    assert marked("\n".join(calendars)) == []
    replies = [reply for said in story.channel.said.values() for reply in said]
    assert marked("\n".join(reply.preview for reply in replies)) == []
    posted = [r for place, said in story.channel.said.items() if place.startswith("channel:") for r in said]
    assert marked("\n".join(text_of(r) for r in (*posted, *(reply for _, reply in story.channel.updates)))) == []


async def test_a_refused_window_says_nothing_of_what_it_would_have_shown(story: Story) -> None:
    await world(story)
    for action, target in (
        ("open_case", CASE),
        ("write_review", CASE),
        ("open_request", "request-police"),
        ("window", "report-1"),
    ):
        story.as_("head-teacher", in_channel="police")
        await story.take(OpenWindow(action=action, target=target))
        window = window_from(story.answer)
        assert window.closed_text
        assert "NS-2026" not in window.title + window.closed_text


_ids = itertools.count(1)


async def both(story: Story, *said: tuple[str, Said]) -> list[str]:
    """Several people at once, each in their own conversation, and what each is told."""
    story.clock.move(timedelta(seconds=5))
    people = {one.id: one for one in story.people}
    heard = {name: len(story.channel.said[one_to_one(people[name]).conversation]) for name, _ in said}
    turns = [
        Turn(id=f"both-{next(_ids)}", who=who_is(people[p]), place=one_to_one(people[p]), said=s, at=story.clock.now())
        for p, s in said
    ]
    await asyncio.gather(*(story.parts.house.take(turn) for turn in turns))
    await story.settle()
    told = {n: story.channel.said[one_to_one(people[n]).conversation][heard[n] :] for n, _ in said}
    return ["\n".join(text_of(reply) for reply in replies) for replies in told.values()]


async def request_now(story: Story, organisation: str) -> RequestRecord:
    return next(one for one in (await whole(story)).requests if one.organisation == organisation)


async def happened(story: Story, case: str) -> list[str]:
    return [row.kind for row in await story.parts.store.history(f"case:{case}")]


CONTRARY = {
    "accept_return": {},
    "keep_send_back": {"question": "Please say who called.", "until": "26 November 2026"},
    "do_withdraw": {"reason": "Sent by mistake."},
}
STATES = {"accept_return": "accepted", "keep_send_back": "sent_back", "do_withdraw": "withdrawn"}


@pytest.mark.parametrize(("one", "other"), list(itertools.product(CONTRARY, repeat=2)))
async def test_two_coordinators_who_settle_one_return_at_once(story: Story, one: str, other: str) -> None:
    case = await answered(story)
    await second_coordinator(story)
    request = await request_now(story, "police")
    before = len(await happened(story, case.id))
    told = await both(
        story,
        ("coordinator", Press(action=one, target=request.id, inputs=CONTRARY[one])),
        ("second", Press(action=other, target=request.id, inputs=CONTRARY[other])),
    )
    now = await request_now(story, "police")
    assert now.state in {STATES[one], STATES[other]}
    assert all(told), "each is told how it went"
    assert "Sorry" not in "".join(told)
    effects = len(await happened(story, case.id)) - before
    assert effects == 1 if one == other else 1 <= effects <= 2
    kept = await story.answers_of(request.draft)
    assert kept["summary"].value == "Police were called to the home twice."


async def test_a_return_that_is_sent_while_the_request_is_withdrawn_is_kept_whole(story: Story) -> None:
    await answered(story)
    request = await request_now(story, "police")
    story.as_("police-lead", in_channel="police")
    await opens(story, "correct_return", request.id)
    await both(
        story,
        ("coordinator", Press(action="do_withdraw", target=request.id, inputs={"reason": "Sent by mistake."})),
        ("police-lead", SubmitWindow(action="window_send", target=request.draft)),
    )
    kept = await story.answers_of(request.draft)
    assert kept["summary"].value == "Police were called to the home twice."
    assert (await request_now(story, "police")).state in {"withdrawn", "returned"}


async def test_a_turn_that_comes_twice_does_one_thing_and_another_body_under_its_id_nothing(story: Story) -> None:
    case = await answered(story)
    request = await request_now(story, "police")
    story.as_("coordinator")
    await story.take(Press(action="accept_return", target=request.id), turn="once")
    before, heard = await happened(story, case.id), len(story.heard)
    await story.take(Press(action="accept_return", target=request.id), turn="once")
    assert await happened(story, case.id) == before
    assert len(story.heard) == heard
    with pytest.raises(DifferentBody):
        await story.take(Press(action="do_withdraw", target=request.id, inputs={"reason": "x"}), turn="once")
    assert (await request_now(story, "police")).state == "accepted"
    await story.settle()


async def test_a_button_from_before_a_restart_does_its_thing_once(story: Story) -> None:
    case = await answered(story)
    request = await request_now(story, "police")
    await story.restart()
    story.as_("coordinator")
    await story.press_raw("accept_return", request.id)
    await story.restart()
    await story.press_raw("accept_return", request.id)
    assert (await request_now(story, "police")).state == "accepted"
    assert (await happened(story, case.id)).count("return_accepted") == 1


async def test_nobody_but_the_panel_is_shown_the_pack(story: Story) -> None:
    await world(story)
    for one in ("nurse", "police-lead", "trust-delegate", "practitioner", "manager"):
        story.as_(one)
        for action in ("read_pack", "pack"):
            assert TRUST not in await Watched(story).take(Press(action=action, target=CASE))


async def test_a_signature_and_a_refusal_at_once_are_one_of_them(story: Story) -> None:
    request = await awaiting(story)
    second = await member(story, "second-lead", "police", "agency_lead")
    story.as_("police-lead")
    await story.press_raw("sign_off", request)
    while not story.has("sign_return"):
        await story.press("sign_off")
    sign_off = story.button("sign_return")
    refused = {"reason": "Please say who called.", "change": "Please say who called."}
    ways = {"target": request, "version": sign_off.version, "at": sign_off.at}
    told = await both(
        story,
        ("police-lead", Press(action="sign_return", **ways)),  # type: ignore[arg-type]
        (second.id, Press(action="sign_return", **ways, inputs=refused)),  # type: ignore[arg-type]
        ("police-deputy", Press(action="sign_return", **ways)),  # type: ignore[arg-type]
    )
    assert all(told)
    kept = await request_of(story, request)
    assert (kept.state, kept.returns) == ("returned", 1)
    assert kept.signed_by in {who(person(story, one)) for one in ("police-lead", "second-lead")}
    assert len([name for name in documents(story) if "Return" in name or "2 " in name]) == 1


async def test_a_nil_return_that_is_sent_while_a_name_is_corrected_is_searched_again(story: Story) -> None:
    await asked_referral(story)
    request = await ask(story, "police", "police")
    story.as_("police-lead", in_channel="police")
    await opens(story, "not_known_to_us", request)
    await sends(story, "begin_nil")
    last = await fills_in_windows(story, NIL)
    send = next(one for one in (last.submit, *last.buttons) if one is not None and one.action == "window_send")
    story.as_("coordinator")
    await story.press_raw("correct_case", "case-1")
    await story.press("correct_subject", {"subject": "family.1"})
    correction = story.button("save_correction")
    await both(
        story,
        (
            "coordinator",
            Press(
                action="save_correction",
                target=correction.target,
                at=correction.at,
                version=correction.version,
                inputs={"family.1.aliases": "Test Other Name"},
            ),
        ),
        ("police-lead", SubmitWindow(action="window_send", target=send.target, version=send.version, at=send.at)),
    )
    kept = await request_of(story, request)
    assert kept.issue == 2
    assert kept.state in {"sent", "opened"}, "whoever knew nobody has to search again under the new name"


async def test_no_folder_of_an_organisation_holds_what_is_anothers_or_withheld(story: Story) -> None:
    await whole_case(story)
    root = story.settings.library / "NS-2026-0001"
    theirs = [path for part in ("03 Requests", "04 Returns") for path in (root / part).rglob("*.docx")]
    assert theirs
    for path in theirs:
        found = marked(words_of_file(path))
        assert not {"Quillon", "Hidden Lane", "fled from violence", "There is more to learn", "Who rang them"} & set(found), (
            path
        )
        if "police" not in str(path):
            assert not {"Police were called", "wanted to go home", "Test Officer One"} & set(found), path


HOSTILE = (
    "{name} {0.__class__} %s ${x} =1+1 [a](http://example.org) <at>Test</at> </w:t> { DATE } "
    "&amp; <!ENTITY x> \u05d0\u05d1 \U0001f600"
)


async def test_what_looks_like_code_comes_out_in_word_as_it_was_typed(story: Story) -> None:
    await asked_referral(story)
    request = await ask(story, "police", "police")
    story.as_("police-lead", in_channel="police")
    hostile = dict.fromkeys(("summary", "key_events.1.event", "worked_well", "learning_within", "actions.1.action"), HOSTILE)
    await return_in_windows(story, request, RETURN | SENIOR | hostile)
    assert (await request_of(story, request)).state == "returned"
    [made] = list(story.settings.library.rglob("*.docx"))
    assert html.unescape(words_of_file(made)).count(HOSTILE) >= len(hostile)
    with ZipFile(made) as parts:
        document = parts.read("word/document.xml").decode()
    assert " DATE " not in "".join(re.findall(r"<w:instrText[^>]*>([^<]*)<", document))


@pytest.mark.parametrize("wrong", ["a" * 200_001, " "])
async def test_what_cannot_be_kept_is_refused_with_the_reason(story: Story, wrong: str) -> None:
    await asked_referral(story)
    request = await ask(story, "police", "police")
    story.as_("coordinator")
    await story.write(replace(await request_of(story, request), state="returned", returned_at=story.clock.now(), returns=1))
    for action, inputs in (
        ("do_withdraw", {"reason": wrong}),
        ("keep_send_back", {"question": wrong, "until": "1 December 2026"}),
    ):
        assert "Please" in text_of(await story.press_raw(action, request, inputs))
    story.as_("police-lead")
    assert "Please" in text_of(await story.press_raw("send_question", request, {"question": wrong}))
    await story.take(SubmitWindow(action="send_question", target=request, inputs={"question": wrong}))
    window = window_from(story.answer)
    assert "Please" in window.closed_text + "".join(one.error for one in window.inputs)
    kept = await request_of(story, request)
    assert (kept.state, kept.reason) == ("returned", "")
