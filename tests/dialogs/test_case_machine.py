"""The case machine: whatever happens to a case in whatever order, it is in a declared state, and ends only as declared."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dialogs.casework.clocks import AT_AN_END
from dialogs.casework.machine import CASE, DECIDING, OPEN, RUNNING, STATES, way
from state.sqlite.predicates import AT_AN_END as KEPT_AS_ENDED

TRIGGERS = sorted({step.trigger for step in CASE.table})
ENDS = {
    "withdrawn": {"withdraw"},
    "joined": {"join"},
    "handed_over": {"hand_over"},
    "stood_down": {"stand_down"},
    "closed": {"close"},
}
"""The only steps that lead to an end."""


def test_the_store_and_the_clocks_mean_the_same_ends() -> None:
    assert set(AT_AN_END) == set(KEPT_AS_ENDED) == set(ENDS)


@given(st.lists(st.sampled_from(TRIGGERS), max_size=40))
def test_any_sequence_of_steps_stays_in_declared_states_and_ends_only_as_declared(triggers: list[str]) -> None:
    state = STATES[0]
    for trigger in triggers:
        after = CASE.after(state, trigger)
        if after is None:
            assert not CASE.may(state, trigger)
            continue
        assert after in STATES
        declared = [step for step in CASE.table if step.trigger == trigger and state in step.sources]
        assert [step.dest for step in declared] == [after]
        if after in AT_AN_END:
            assert trigger in ENDS[after]
        if state in AT_AN_END:
            assert (trigger, after) == ("reopen", "deciding")
        state = after


@given(st.lists(st.sampled_from(TRIGGERS), max_size=40))
def test_a_join_ends_it_for_good_but_for_its_undoing(triggers: list[str]) -> None:
    assert all(CASE.after("joined", trigger) is None for trigger in triggers)


def test_nobody_leaves_a_rapid_review_by_deciding_again() -> None:
    for state in ("reviewing", "decided", *AT_AN_END):
        assert not any(way(state, target) for target in (*OPEN, "notified", "not_notified") if target != state)


def test_while_nothing_is_under_way_every_decision_can_become_any_other() -> None:
    for state in (*OPEN, "notified", "not_notified"):
        for target in ("deciding", "more_information", "notified", "not_notified"):
            assert way(state, target), (state, target)


def test_the_steps_of_a_decision_are_steps_of_the_table() -> None:
    assert set(DECIDING) <= set(TRIGGERS)
    assert set(RUNNING) <= set(STATES)
