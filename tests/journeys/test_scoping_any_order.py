"""Whatever coordinator and organisation press, in whatever order: the request keeps to its machine and to its promises."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Mapping
from pathlib import Path

from asked import NIL, fills_in_windows, opens, sends
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scoping_steps import IDENTIFIES, PURPOSE, asked, case_of, everything_in_channels, requests_of, seen
from story import Story, text_of

from dialogs.scoping.machine import REQUEST, WAITS
from dialogs.scoping.plan import stamp
from dialogs.turn import Press
from state.scoping_records import RequestRecord

ON_THE_REQUEST: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "withdraw": ("do_withdraw", {"reason": "A test."}),
    "again": ("ask_again", {}),
    "accept": ("accept_return", {}),
    "back": ("keep_send_back", {"question": "Who saw Oswin?", "until": "30 December 2026"}),
    "email": ("keep_involved", {"senior": "email"}),
    "usual": ("keep_involved", {"senior": "as_before"}),
    "time": ("keep_time", {"until": "4 December 2026", "reason": "A test."}),
    "grant": ("grant_time", {}),
    "refuse": ("refuse_time", {}),
    "post": ("post_again", {}),
    "read": ("read_return", {}),
    "open": ("open_request", {}),
    "ask": ("ask_time", {"new_date": "3 December 2026", "reason": "A test."}),
    "question": ("send_question", {"question": "Is it Oswin?"}),
    "nil": ("begin_nil", {}),
    "begin": ("begin_return", {}),
    "correct": ("correct_return", {}),
}
BY_THE_ORGANISATION = frozenset({"open", "ask", "question", "nil", "begin", "correct"})
ON_THE_CASE = ("vet", "send", "choose")
WHOLE_NIL = "nil return"
MOVES = st.lists(st.sampled_from([*ON_THE_REQUEST, *ON_THE_CASE, WHOLE_NIL, WHOLE_NIL]), min_size=4, max_size=14)


async def whole_nil(story: Story, request: RequestRecord) -> None:
    """A nil return from the names to the end, where the organisation can still answer."""
    story.as_("police-lead", in_channel="police")
    window = await opens(story, "not_known_to_us", request.id)
    if window.submit is None or window.submit.action != "begin_nil":
        return
    await sends(story, "begin_nil")
    await fills_in_windows(story, NIL | {"names_checked": "children.1,family.1,family.3"})
    await sends(story, "window_send")


async def move(story: Story, name: str, request: RequestRecord) -> None:
    """One move, with the numbers a fresh card would carry."""
    if name == WHOLE_NIL:
        return await whole_nil(story, request)
    story.as_("police-lead" if name in BY_THE_ORGANISATION else "coordinator")
    if name in ON_THE_REQUEST:
        action, inputs = ON_THE_REQUEST[name]
        number = stamp([request]) if action == "keep_involved" else request.issue
        return await story.take(Press(action=action, target=request.id, version=number, inputs=inputs))
    case = await case_of(story)
    waiting = [one for one in (await seen(story)).requests if one.state == "to_send"]
    action = {"vet": "keep_vetted", "send": "send_now", "choose": "keep_choice"}[name]
    inputs = {"vet": {"involved": ""}, "send": PURPOSE, "choose": {"organisations": "police"}}[name]
    return await story.take(Press(action=action, target=case.id, version=stamp(waiting), inputs=inputs))


def reachable(state: str) -> set[str]:
    """Where one turn may lead: a step of the machine, or two where a form is taken up and sent at once."""
    once = {step.dest for step in REQUEST.table if state in step.sources}
    return {state, *once, *(step.dest for step in REQUEST.table if set(step.sources) & once)}


async def tell(moves: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        story = await Story(Path(folder)).open()
        try:
            await asked(story, "police")
            for name in moves:
                await one_move(story, name)
        finally:
            story.close()


async def one_move(story: Story, name: str) -> None:
    before = (await requests_of(story))["police"]
    await move(story, name, before)
    assert not story.heard or "went wrong" not in text_of(story.newest)
    after = (await requests_of(story))["police"]
    assert after.state in reachable(before.state), (name, before.state, after.state)
    await holds(story, after)


async def holds(story: Story, request: RequestRecord) -> None:
    """What is always so of a request."""
    assert not any(word in everything_in_channels(story) for word in IDENTIFIES)
    due = next(one for one in (await seen(story)).deadlines if one.kind == "scoping_return")
    answered_before = request.returned_at is not None
    assert (due.met is None) is (request.state in WAITS) or request.state == "to_send" or answered_before
    assert due.due == request.due
    assert request.issue >= 1
    assert request.vetted or request.state in ("to_send", "withdrawn")
    assert (request.delivery != "channel") or not request.quiet


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(MOVES)
def test_any_order_of_presses(moves: list[str]) -> None:
    asyncio.run(tell(moves))
