"""Linking while other things happen: two at once, a message under way, and in any world what may be seen stays the same."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path

from account_steps import code_from, in_slack, in_teams, last_asked, link, person_id, rows, slack_id
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from story import Story

from dialogs.reply import Button
from dialogs.turn import Press, Said, Text, Turn
from state.access import TABLE, Access, allowed, asker, relations
from state.records import CasePersonRecord, CaseRecord, GrantRecord, Record
from state.snapshot import Wanted


def turn(story: Story, name: str, said: Said) -> Turn:
    """What the story would say now, where it stands."""
    return Turn(id=name, who=story.who, place=story.place, said=said, at=story.clock.now())


def yes(story: Story) -> Press:
    card = story.heard[last_asked(story) - 1].card
    assert card is not None
    pressed: Button = next(one for one in card.buttons if one.action == "confirm_account")
    return Press(action=pressed.action, target=pressed.target, version=pressed.version)


async def asked_of_teams(story: Story, person: str, account: str) -> Press:
    """A code made in Teams was typed from that account in Slack, and it said yes; this is the yes that is left."""
    code = await code_from(in_teams(story, person))
    await in_slack(story, account).says(code)
    await story.press("confirm_account")
    return yes(in_teams(story, person))


async def test_two_accounts_are_linked_at_once(both: Story) -> None:
    presses = [await asked_of_teams(both, "practitioner", one) for one in ("practitioner", "nurse")]
    in_teams(both, "practitioner")
    await asyncio.gather(*(both.parts.house.take(turn(both, f"both-{n}", one)) for n, one in enumerate(presses)))
    await both.settle()
    person = person_id(both, "practitioner")
    assert [await both.parts.store.person_of(slack_id(one)) for one in ("practitioner", "nurse")] == [person, person]


async def test_the_same_yes_twice_at_once_links_once(both: Story) -> None:
    press = await asked_of_teams(both, "practitioner", "practitioner")
    in_teams(both, "practitioner")
    await asyncio.gather(*(both.parts.house.take(turn(both, f"same-{n}", press)) for n in range(2)))
    await both.settle()
    kinds = [row.kind for row in await both.parts.store.history("partnership")]
    assert kinds.count("account_linked") == 1


async def test_what_is_begun_in_slack_while_it_is_linked_is_the_persons(both: Story) -> None:
    """Whichever of the two is first: nothing is left with an account that is nobody's any more."""
    press = await asked_of_teams(both, "practitioner", "practitioner")
    in_slack(both, "practitioner")
    begun = [turn(both, f"begun-{n}", Press(action="start_referral")) for n in range(5)]
    begun += [turn(both, f"said-{n}", Text("my referrals")) for n in range(5)]
    in_teams(both, "practitioner")
    confirmed = turn(both, "confirmed", press)
    await asyncio.gather(*map(both.parts.house.take, [*begun[:3], confirmed, *begun[3:]]))
    await both.settle()
    owned = rows(both, "SELECT owner, count(*) FROM drafts GROUP BY owner")
    assert [owner for owner, _ in owned] == [person_id(both, "practitioner")], "and pressed five times at once it is begun once"
    assert rows(both, f"SELECT count(*) FROM talks WHERE person = '{slack_id('practitioner')}'") == [(0,)]


# --- In any world ---------------------------------------------------------------------------------------------------
CASES = ("c1", "c2", "c3")
RELATIONS = ("named", "excluded", "partner", "panel_member", "lead_reviewer", "scrutineer", "action_owner")
ROLES = ("coordinator", "manager", "agency_lead", "deputy", "auditor")
ONE, OTHER, ELSE = "one", "other", "else"
"""The person in Teams, their account in Slack, and somebody else."""
World = tuple[dict[str, tuple[str, bool]], frozenset[tuple[str, str, str]], frozenset[tuple[str, str]]]
PEOPLE = st.sampled_from((ONE, OTHER, ELSE))
WORLDS: st.SearchStrategy[World] = st.tuples(
    st.fixed_dictionaries({case: st.tuples(PEOPLE, st.booleans()) for case in CASES}),
    st.frozensets(st.tuples(st.sampled_from(CASES), PEOPLE, st.sampled_from(RELATIONS)), max_size=8),
    st.frozensets(st.tuples(PEOPLE, st.sampled_from(ROLES)), max_size=4),
)
"""Who referred each case and whether it is restricted, who stands in what relation to one, and who has which role."""
View = dict[tuple[str, str], Access]


def ids(story: Story) -> dict[str, str]:
    return {ONE: person_id(story, "practitioner"), OTHER: slack_id("practitioner"), ELSE: "test-tenant/else"}


def written(story: Story, world: World) -> Sequence[Record]:
    """The rows of a world."""
    who, at, (cases, related, roles) = ids(story), story.clock.now(), world
    return [
        *(
            CaseRecord(id=one, reference=f"NS-2026-{one}", draft=one, referrer=who[by], restricted=hidden, received_at=at)
            for one, (by, hidden) in cases.items()
        ),
        *(CasePersonRecord(case=case, person=who[by], relation=name) for case, by, name in sorted(related)),
        *(
            GrantRecord(id=f"{by}-{role}", person=who[by], role=role, granted_by="test", granted_at=at, confirmed_by="test")
            for by, role in sorted(roles)
        ),
    ]


async def view(story: Story, person: str) -> View:
    """What somebody may do with each case, by the table and the rows."""
    found: View = {}
    for case in CASES:
        read = await story.parts.store.read(Wanted(turn="", person=person, place="", case=case))
        assert read.case is not None
        who = asker(person, read.grants, listed=True, removed=False)
        related = relations(person, read.case_people, owner=read.case.referrer, now=story.clock.now())
        found |= {(case, one): allowed(one, who, related, restricted=read.case.restricted) for one in TABLE}
    return found


def expected(world: World) -> View:
    """What whoever is both may do, worked out from the world alone."""
    cases, related, roles = world
    me = {ONE, OTHER}
    held = frozenset({role for by, role in roles if by in me} | {"practitioner"})
    who = replace(asker("me", (), listed=True, removed=False), roles=held)
    found: View = {}
    for case, (by, hidden) in cases.items():
        mine = {name for where, one, name in related if where == case and one in me} | ({"own", "named"} if by in me else set())
        found |= {(case, one): allowed(one, who, frozenset(mine), restricted=hidden) for one in TABLE}
    return found


def nothing_of(world: World) -> World:
    """The same cases, with which this person has nothing to do."""
    return {case: (ELSE, hidden) for case, (_, hidden) in world[0].items()}, frozenset(), frozenset()


async def told(world: World) -> None:
    with tempfile.TemporaryDirectory() as folder:
        story = await Story(Path(folder), slack=True).open()
        try:
            await in_slack(story, "practitioner").says("hello")
            await story.write(*written(story, world))
            who = ids(story)
            apart = await view(story, who[ELSE])
            await link(story, "practitioner")
            both = await view(story, who[ONE])
            assert both == expected(world)
            await in_teams(story, "practitioner").says("unlink my accounts")
            await story.press("unlink_account")
            assert await view(story, who[ONE]) == both, "unlinking takes nothing away"
            assert await view(story, who[OTHER]) == expected(nothing_of(world)), "and leaves nothing behind"
            assert await view(story, who[ELSE]) == apart
        finally:
            story.close()


@settings(max_examples=20)
@given(WORLDS)
def test_what_may_be_seen_is_what_both_might_and_stays_so(world: World) -> None:
    asyncio.run(told(world))
