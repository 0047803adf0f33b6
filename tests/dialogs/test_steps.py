"""The small machines: every declared step is there, and nothing else moves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.casework.machine import CASE
from dialogs.scoping.machine import REQUEST, WAITS
from dialogs.steps import Steps
from state.sqlite.predicates import AT_AN_END, REQUEST_AT_AN_END

MACHINES = (CASE, REQUEST)


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
def test_every_row_of_the_table_is_a_step_and_every_other_is_none(machine: Steps) -> None:
    declared = {(step.trigger, source): step.dest for step in machine.table for source in step.sources}
    for trigger in {step.trigger for step in machine.table}:
        for state in machine.states:
            assert machine.after(state, trigger) == declared.get((trigger, state))
            assert machine.may(state, trigger) is ((trigger, state) in declared)


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
def test_every_state_but_the_later_ones_can_be_reached(machine: Steps) -> None:
    later = {"underway", "published", "embedding"}
    reached = {step.dest for step in machine.table} | {machine.states[0]}
    assert set(machine.states) - reached <= later


def test_the_states_at_an_end_are_states_of_the_machines() -> None:
    assert set(AT_AN_END) <= set(CASE.states)
    assert set(REQUEST_AT_AN_END) <= set(REQUEST.states)
    assert not set(REQUEST_AT_AN_END) & set(WAITS)


@given(st.lists(st.sampled_from(sorted({step.trigger for step in REQUEST.table}))))
def test_a_nil_return_or_return_is_only_ever_left_by_a_step_that_says_so(triggers: list[str]) -> None:
    state = "to_send"
    for trigger in triggers:
        after = REQUEST.after(state, trigger)
        if after is not None and state in ("returned", "nil_return") and after != state:
            assert trigger in ("accept", "send_back", "correct", "search_again", "withdraw")
        state = after or state
    assert state in REQUEST.states
