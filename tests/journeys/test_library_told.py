"""Whom news of a library is told to, and how: everybody who hears of a case may know of it."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

import pytest
from asked import CASE, REFERENCE, ask, member, named, person, referred, who
from library_steps import last
from msgspec.structs import replace
from story import Story, text_of

from bot.clockwork import by_the_library
from bot.console.places import one_to_one, who_is
from dialogs.desk import Desk
from dialogs.turn import Change, Dropped, FiledBeside, FileWaits, HandedIn, LibraryNews, Noticed, Text, Turn
from state.access import Access
from state.file_records import FileRecord
from state.records import CasePersonRecord
from state.snapshot import Wanted

_turns = itertools.count(1)
FORM = {"document.reference": REFERENCE, "scoping.agency": "Test Police", "scoping.summary": "Test Mother rang."}


async def take(story: Story, said: LibraryNews) -> None:
    """The clockwork tells something of a library, and what follows from it is sent."""
    await story.parts.house.take(by_the_library(f"news-{next(_turns)}", said, story.clock.now()))
    await story.settle()


def changed(by: str = "", what: str = "rapid_review") -> Noticed:
    return Noticed(reference=REFERENCE, changes=(Change(change="changed", what=what, by=by),))


def left(by: str = "", **tags: str) -> HandedIn:
    file = Dropped(name="answers.docx", digest="d" * 64, form="scoping", tags={**FORM, **tags})
    return HandedIn(organisation="police", path=f"{REFERENCE}/answers.docx", file=file, by=by)


async def heard_by(story: Story, said: LibraryNews) -> list[str]:
    """The conversations in which anything was said of it."""
    before = {place: len(told) for place, told in story.channel.said.items()}
    await take(story, said)
    return sorted(place for place, told in story.channel.said.items() if len(told) > before.get(place, 0))


async def test_a_document_that_lies_beside_one_changed_by_hand_is_told_part_by_part(story: Story) -> None:
    await referred(story)
    files = [
        FileRecord(
            id=f"file-{number}",
            shelf="",
            series=f"{REFERENCE}/05 Rapid review/r.docx",
            number=number,
            path=f"{REFERENCE}/05 Rapid review/r v{number}.docx",
            case=CASE,
            what="rapid_review",
            digest="d",
            state=state,
            made_at=story.clock.now(),
        )
        for number, state in ((1, "filed"), (2, "taken"), (3, "filed"))
    ]
    await story.write(*files)
    beside = FiledBeside(case=CASE, what="rapid_review", path=files[-1].path, by_hand=("2.1 Family",), new=("3 Timeline", "4"))
    await take(story, beside)
    said = last(story)
    assert f"{REFERENCE}: the rapid review report was changed by hand, so the new one is version 3 beside it." in said
    assert "Changed by hand in version 1" in said
    assert "New in version 3" in said
    assert "Nothing that anybody wrote was lost." in said
    assert [one.action for one in story.channel.said["channel:coordinators"][-1].card.buttons] == ["show_case"]  # type: ignore[union-attr]


async def test_a_document_that_waits_for_somebody_to_close_it_is_told(story: Story) -> None:
    await referred(story)
    request = await ask(story, "police", "police")
    await take(story, FileWaits(case=CASE, what=f"scoping_letter:{request}", row=7))
    assert f"{REFERENCE}: the scoping letter for Test Police waits, because somebody has it open." in last(story)
    assert "It will be filed when they close it." in last(story)


async def test_who_did_it_is_named_where_they_are_known_staff_and_nobody_else(story: Story) -> None:
    await referred(story)
    await take(story, changed(by=who(person(story, "manager"))))
    assert f"{REFERENCE}: Test Manager changed the rapid review report in the library." in last(story)
    await take(story, changed(by="another-tenant/someone"))
    assert f"{REFERENCE}: somebody changed" in last(story)


async def test_many_changes_are_counted_and_the_first_of_them_listed(story: Story) -> None:
    await referred(story)
    await take(story, Noticed(reference=REFERENCE, changes=tuple(Change(change="added") for _ in range(14))))
    said = last(story)
    assert "people did 14 things" in said
    assert "Only the first 10 are shown." in said
    assert ("10. a file" in said, "11. a file" in said) == (True, False)


async def test_what_nobody_can_be_told_stands_in_the_history(story: Story) -> None:
    await referred(story, restricted=True)
    assert await heard_by(story, changed()) == []
    assert "nobody_told" in [row.kind for row in await story.parts.store.history(f"case:{CASE}")]


async def test_a_closed_case_is_a_case(story: Story) -> None:
    await referred(story)
    case = (await story.parts.store.read(Wanted(turn="", person="", place="", case=CASE))).case
    assert case is not None
    await story.write(replace(case, status="closed"))
    assert await heard_by(story, changed()) == ["channel:coordinators"]


async def out(story: Story, *people: str) -> None:
    """These are involved in the case."""
    await story.write(*(CasePersonRecord(case=CASE, person=who(person(story, one)), relation="excluded") for one in people))


async def untied(story: Story, *names: str) -> None:
    """These channels are nobody's any more."""
    places = (await story.parts.store.read(Wanted(turn="", person="", place="", people=True))).tied_places
    await story.write(*(replace(one, confirmed_by="") for one in places if one.tied_to in names))


async def may_hear(story: Story, listener: str, action: str, request: str) -> bool:
    """Whether somebody may know of the case, or of the request, by the table of access."""
    one = person(story, listener)
    turn = Turn(id="", who=who_is(one), place=one_to_one(one), said=Text(""), at=story.clock.now())
    snapshot = await story.parts.store.read(Wanted(turn="", person=who(one), place="", case=CASE, requests=True))
    desk = Desk(turn, snapshot, story.parts.kit)
    if action == "see_reference":
        return desk.may(action, case=snapshot.case) is Access.YES
    return desk.may_request(action, next(one for one in snapshot.requests if one.id == request)) is Access.YES


COORDINATORS: Mapping[str, tuple[bool, bool, Sequence[str], Sequence[str], Sequence[str]]] = {
    "in their channel": (False, True, (), (), ("channel:coordinators",)),
    "each alone where there is no channel": (False, False, (), (), ("coordinator", "second")),
    "without who is involved": (False, False, (), ("second",), ("coordinator",)),
    "the list of a restricted case alone": (True, True, ("manager", "second"), (), ("manager", "second")),
    "without who is on the list and involved": (True, True, ("manager", "second"), ("second",), ("manager",)),
}


@pytest.mark.parametrize("situation", COORDINATORS)
async def test_what_is_told_to_coordinators_is_theirs_to_know(story: Story, situation: str) -> None:
    restricted, has_channel, listed, involved, expected = COORDINATORS[situation]
    await referred(story, restricted=restricted)
    await member(story, "second", "", "coordinator")
    await named(story, *listed)
    await out(story, *involved)
    if not has_channel:
        await untied(story, "coordinators")
    heard = await heard_by(story, changed())
    assert heard == sorted(expected)
    for listener in heard:
        assert listener.startswith("channel:") or await may_hear(story, listener, "see_reference", ""), listener


LEFT: Mapping[str, tuple[dict[str, object], bool, Sequence[str], Sequence[str], str, Sequence[str]]] = {
    "in its channel": ({}, True, (), (), "", ("channel:police",)),
    "and to whoever left it": ({}, True, (), (), "deputy", ("channel:police", "deputy")),
    "but not to somebody of another organisation": ({}, True, (), (), "nurse", ("channel:police",)),
    "nor to somebody who is involved": ({}, True, (), ("deputy",), "deputy", ("channel:police",)),
    "each lead alone where there is no channel": ({}, False, (), (), "", ("deputy", "police-lead")),
    "without who is involved": ({}, False, (), ("police-lead",), "", ("deputy",)),
    "not which of a restricted case": ({"restricted": True}, False, ("police-lead",), (), "deputy", ("deputy", "police-lead")),
    "nor which that was put to one senior": (
        {"delivery": "private", "senior": "deputy"},
        True,
        (),
        (),
        "police-lead",
        ("channel:police",),
    ),
}


@pytest.mark.parametrize("situation", LEFT)
async def test_what_is_told_to_an_organisation_is_theirs_to_know(story: Story, situation: str) -> None:
    asking, has_channel, listed, involved, by, expected = LEFT[situation]
    await referred(story, restricted=bool(asking.get("restricted")))
    deputy = await member(story, "deputy", "police", "deputy")
    senior = {"senior": who(deputy)} if asking.get("senior") else {}
    how = {name: value for name, value in asking.items() if name == "delivery"}
    request = await ask(story, "police", "police", **how, **senior)
    await named(story, *listed)
    await out(story, *involved)
    await untied(story, "coordinators", *([] if has_channel else ["police"]))
    heard = await heard_by(story, left(by=who(person(story, by)) if by else ""))
    theirs = [one for one in heard if one not in ("coordinator", "manager")]
    assert theirs == sorted(expected)
    for listener in theirs:
        says_which = any(REFERENCE in text_of(reply) for reply in story.channel.said[listener])
        assert says_which is not bool(asking)
        may = listener.startswith("channel:") or await may_hear(story, listener, "open_request", request)
        assert may or not says_which, listener
    assert "Test Mother" not in "".join(text_of(reply) for said in story.channel.said.values() for reply in said)
