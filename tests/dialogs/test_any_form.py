"""Every form is asked by the same engine: any moves are answered, lose nothing, and the whole of it can be gone through."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from memory_house import ME, MemoryHouse, engine_kit, home_of, kit
from test_form_machine_properties import WORDS, inputs_of

from dialogs.completed import filled
from dialogs.filling.machine import CHECK, START, Walker
from dialogs.reply import Button, Card, Reply
from dialogs.turn import OpenWindow, Press, SubmitWindow, Text
from state.records import AnswerRecord, DraftRecord, TalkRecord
from templates.forms.shape import Spot

FORMS = tuple(name for name in kit().profile.shapes if name != "referral")
ELSEWHERE = ("submit", "confirm_cancel")
"""Buttons that leave the form: what they do is each form's own."""
LEAVING = ("submit", "refer", "my referrals", "cancel")

press = st.tuples(st.just("press"), st.integers(0, 7), st.integers(0, 1000))
text = st.tuples(st.just("text"), st.sampled_from([word for word in WORDS if word not in LEAVING]), st.just(0))
window = st.tuples(st.just("window"), st.just(0), st.integers(0, 1000))
wild = st.tuples(st.just("wild"), st.integers(0, 60), st.integers(0, 1000))


class AnyForm:
    """Somebody in a draft of a form about two children."""

    def __init__(self, form: str) -> None:
        self.form = form
        self.house = MemoryHouse(engine_kit())
        now = self.house.now
        self.house.add(DraftRecord(id="d", form=form, owner=ME.id, begun_at=now, touched_at=now))
        self.house.add(TalkRecord(person=ME.id, place=home_of(ME).id, draft="d", state=CHECK))
        for number in (1, 2):
            for path, value in ((f"children.{number}", "added"), (f"children.{number}.name", f"Test Child {number}")):
                self.house.add(AnswerRecord(draft="d", path=path, state="given", value=value, by="us", at=now))
        self.card = Card()
        self.heard(self.house.take(Text("check")))

    def heard(self, replies: list[Reply]) -> None:
        assert replies, "everything is answered"
        self.card = next((reply.card for reply in reversed(replies) if reply.card and reply.card.buttons), self.card)

    def push(self, button: Button, inputs: dict[str, str]) -> None:
        said = Press(action=button.action, target="d", version=button.version, at=button.at, inputs=inputs, card="card")
        self.heard(self.house.take(said))

    def press(self, one: int, seed: int) -> None:
        buttons = [b for b in self.card.buttons if not b.window and b.action not in ELSEWHERE]
        self.push(buttons[one % len(buttons)] if one % 3 == 0 else buttons[0], inputs_of(self.card.inputs, seed))

    def text(self, said: str, _seed: int) -> None:
        self.heard(self.house.take(Text(said)))

    def window(self, _one: int, seed: int) -> None:
        opens = next((b for b in self.card.buttons if b.window), None)
        if opens is None:
            return
        self.house.take(OpenWindow(action=opens.action, target="d", at=opens.at))
        shown = self.house.window
        if shown is None or shown.submit is None:
            return
        send = shown.submit
        sent = SubmitWindow(
            action=send.action, target="d", version=send.version, at=send.at, inputs=inputs_of(shown.inputs, seed)
        )
        self.house.take(sent)
        assert self.house.window is not None

    def wild(self, one: int, seed: int) -> None:
        """A press that no card would make: any action, at any spot, rows of tables and spots of other forms among them."""
        actions = (
            "answer",
            "skip",
            "not_known",
            "back",
            "why",
            "row_save",
            "row_done",
            "add_child",
            "no_more_children",
            "seen",
        )
        states = [*kit().profile.shapes[self.form].by_state, "children.more", START, "nothing"]
        self.push(Button(action=actions[seed % len(actions)], label="", at=f"{states[one % len(states)]}:{seed % 3}"), {})


@pytest.mark.parametrize("form", FORMS)
def test_any_moves_are_answered_and_lose_no_answer(form: str) -> None:
    @settings(deadline=None, max_examples=25)
    @given(st.lists(st.one_of(press, press, text, window, wild), min_size=3, max_size=20))
    def moves_of(moves: list[tuple[str, object, int]]) -> None:
        someone = AnyForm(form)
        seen: dict[tuple[str, ...], list[AnswerRecord]] = {}
        for name, one, seed in moves:
            getattr(someone, name)(one, seed)
            for key, versions in someone.house.versions.items():
                assert versions[: len(seen.get(key, []))] == seen.get(key, [])
                seen[key] = list(versions)

    moves_of()


@pytest.mark.parametrize("form", FORMS)
def test_going_on_comes_to_each_question_once_and_to_the_end(form: str) -> None:
    someone = AnyForm(form)
    met: list[Spot] = []
    while (spot := next_of(someone)).state != CHECK:
        assert spot not in met, "what was dealt with is not asked again"
        met.append(spot)
        path = kit().profile.shapes[form].path(spot)
        someone.house.add(AnswerRecord(draft="d", path=path, state="skipped", by="us", at=someone.house.now))
    order = kit().profile.shapes[form].order
    asked = {placed.state for placed in order if placed.question.need != "optional" and placed.question.bulk}
    sometimes = {placed.state for placed in order if placed.question.only_if or placed.section.only_if}
    assert {spot.state for spot in met} <= asked
    assert asked - {spot.state for spot in met} <= sometimes | {"children.name"}, "the names are known before"


def next_of(someone: AnyForm) -> Spot:
    """The next question that wants an answer."""
    draft = someone.house.rows["drafts"][("d",)]
    form = filled(kit(), draft, {one.path: one for one in someone.house.rows["answers"].values()})
    walker = Walker(form, Spot(START))
    kit().machines[someone.form].onward(walker)
    return walker.spot
