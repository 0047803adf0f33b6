"""Any sequence of moves ends in a state that can be carried on or sent; nothing raises; no answer that was given is lost."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st
from memory_house import ME, MemoryHouse, home_of, kit

from dialogs.completed import filled
from dialogs.filling.machine import CANCELLED, CHECK, CONFIRM_CANCEL, START, SUBMITTED, Walker
from dialogs.reply import Button, Card, Input, InputKind, Reply
from dialogs.turn import Installed, OpenWindow, Press, SubmitWindow, Text
from state.records import AnswerRecord, DraftRecord
from state.values import Channel, Place
from templates.forms.filled import Filled
from templates.forms.shape import MORE_CHILDREN, Spot

WORDS = (
    "back",
    "skip",
    "why",
    "where am i",
    "pause",
    "carry on",
    "check",
    "help",
    "window",
    "yes",
    "no",
    "none",
    "not known",
    "add another child",
    "remove child 1",
    "remove child 2",
    "remove 30",
    "remove 31",
    "show 3",
    "show 999",
    "change 5",
    "change 20",
    "change name",
    "change email",
    "change date of birth",
    "change " + "9" * 5000,
    "show " + "9" * 5000,
    "cancel",
    "refer",
    "my referrals",
    "3 April 2019",
    "31/2/2019",
    "unborn",
    "about June 2026",
    "20/11/2026",
    "yesterday at 2pm",
    "1",
    "2",
    "Test words",
    "\u0627\u0644\u0639\u0631\u0628\u064a\u0629",
    "self-harm-plan",
    "",
    "   ",
    "submit",
)
VALUES = ("", "yes", "no", "not known", "3 April 2019", "about 2020", "31/2/2019", "Test words", "test@example.org", "17", "0")
DEVICES = (home_of(ME), Place(Channel.TEAMS, "second-device"))

press = st.tuples(st.just("press"), st.integers(0, 40), st.integers(0, 5), st.integers(0, 1000))
text = st.tuples(st.just("text"), st.integers(0, len(WORDS) - 1), st.integers(0, 1), st.just(0))
window = st.tuples(st.just("window"), st.integers(0, 40), st.integers(0, 5), st.integers(0, 1000))
wild = st.tuples(st.just("wild"), st.integers(0, 200), st.integers(0, 30), st.integers(0, 1000))
Move = tuple[str, int, int, int]


def value_of(asked: Input, seed: int) -> str:
    """Something to send for an input: a right choice, one of the common values, or nothing."""
    if asked.kind in (InputKind.CHOICE, InputKind.CHOICES) and asked.choices and seed % 5:
        return asked.choices[seed % len(asked.choices)].value
    return VALUES[seed % len(VALUES)]


def inputs_of(card_inputs: tuple[Input, ...], seed: int) -> dict[str, str]:
    """Values for some of the inputs."""
    return {a.id: value_of(a, seed // (n + 1) + n) for n, a in enumerate(card_inputs) if (seed + n) % 4}


class Walk:
    """One person on two devices, making moves."""

    def __init__(self) -> None:
        self.house = MemoryHouse()
        self.cards: list[Card] = []
        self.house.grant(ME.__class__(ME.tenant, "other", "Test Coordinator"), "coordinator")
        self.heard(self.house.take(Text("refer")))
        self.push(self.button("start_referral"), {})

    def heard(self, replies: list[Reply]) -> None:
        self.cards += [reply.card for reply in replies if reply.card is not None]

    def button(self, action: str) -> Button:
        return next(b for b in self.cards[-1].buttons if b.action == action)

    def push(self, button: Button, inputs: Mapping[str, str], device: int = 0) -> None:
        made = Press(
            action=button.action, target=button.target, version=button.version, at=button.at, inputs=inputs, card="card"
        )
        self.answered(self.house.take(made, place=DEVICES[device]))

    def answered(self, replies: list[Reply]) -> None:
        assert replies, "every press and every text is answered"
        self.heard(replies)

    def move(self, move: Move) -> None:
        kind, one, two, seed = move
        if kind == "text":
            self.answered(self.house.take(Text(WORDS[one]), place=DEVICES[two]))
        elif kind == "press":
            self._press(one, two, seed)
        elif kind == "window":
            self._window(two, seed)
        else:
            self._wild(one, two, seed)

    def _press(self, one: int, back: int, seed: int) -> None:
        """A button of the newest card, or of one of the cards before it that still stand in the chat."""
        with_buttons = [c for c in self.cards if any(not b.window for b in c.buttons)]
        card = with_buttons[-1 - (back if seed % 3 == 0 else 0) % len(with_buttons)]
        buttons = [b for b in card.buttons if not b.window]
        button = buttons[one % len(buttons)] if one % 4 == 0 else buttons[0]
        if button.action == "confirm_cancel" and seed % 5:
            button = buttons[0]
        self.push(button, inputs_of(card.inputs, seed), seed % 2)

    def _window(self, back: int, seed: int) -> None:
        opening = [b for c in self.cards for b in c.buttons if b.window]
        if not opening:
            return
        button = opening[-1 - back % len(opening)]
        self.house.take(OpenWindow(action=button.action, target=button.target, at=button.at))
        window = self.house.window
        assert window is not None
        if window.submit is None:
            return
        send = window.submit
        inputs = inputs_of(window.inputs, seed)
        self.heard(
            self.house.take(
                SubmitWindow(action=send.action, target=send.target, version=send.version, at=send.at, inputs=inputs)
            )
        )
        assert self.house.window is not None

    def _wild(self, one: int, row: int, seed: int) -> None:
        """A press that no card of ours would make: any action at any spot."""
        actions = sorted({b.action for c in self.cards for b in c.buttons} - {"confirm_cancel", "submit"})
        order = kit().profile.shapes["referral"].order
        states = [p.state for p in order] + [CHECK, MORE_CHILDREN, START, "nothing", ""]
        target = next(iter(self.house.rows["drafts"]))[0]
        button = Button(
            action=actions[one % len(actions)], label="", target=target, at=f"{states[seed % len(states)]}:{row % 6}"
        )
        self.push(button, {}, 0)


def assert_nothing_lost(walk: Walk, seen: dict[tuple[str, ...], list[AnswerRecord]]) -> None:
    for key, versions in walk.house.versions.items():
        assert versions[: len(seen.get(key, []))] == seen.get(key, [])
        seen[key] = list(versions)


def assert_can_go_on(walk: Walk) -> None:
    """From wherever it ended: the draft is closed for good, or "my referrals" leads back into it to a question or the end."""
    house = walk.house
    still_open = [d for d in house.rows["drafts"].values() if d.status == "open"]
    for draft in still_open:
        replies = house.take(Press(action="resume", target=draft.id))
        assert any(reply.card and reply.card.buttons for reply in replies)
        if any(button.action == "who_may_see" for reply in replies if reply.card for button in reply.card.buttons):
            assert draft.restricted, "only a restricted draft without its list waits for that list"
            continue
        talk = house.rows["talks"][(ME.id, home_of(ME).id)]
        assert talk.draft == draft.id
        assert talk.state not in (START, CONFIRM_CANCEL, CANCELLED, SUBMITTED)


@given(st.lists(st.one_of(press, press, press, text, text, window, wild), min_size=5, max_size=40))
def test_any_moves_end_where_one_can_carry_on_and_lose_no_answer(moves: list[Move]) -> None:
    walk = Walk()
    seen: dict[tuple[str, ...], list[AnswerRecord]] = {}
    for move in moves:
        walk.move(move)
        assert_nothing_lost(walk, seen)
    assert_can_go_on(walk)


answers = st.dictionaries(
    st.sampled_from([p.state for p in kit().profile.shapes["referral"].order]),
    st.tuples(st.sampled_from(["given", "not_known", "skipped", "offered"]), st.sampled_from(["yes", "no", "unborn", "other"])),
    max_size=40,
)


START_AT = MemoryHouse().now


def record(path: str, state: str, value: str) -> AnswerRecord:
    return AnswerRecord(
        draft="d", path=path, state=state, value=value if state == "given" else None, by="t/p", at=MemoryHouse().now
    )


@given(answers, st.sets(st.integers(1, 4), min_size=1), st.sets(st.integers(1, 4)), st.integers(0, 200), st.booleans())
def test_going_on_always_comes_to_an_end(
    given_: dict[str, tuple[str, str]], children: set[int], removed: set[int], start: int, on_behalf: bool
) -> None:
    shape = kit().profile.shapes["referral"]
    kept = {f"children.{n}": record(f"children.{n}", "given", "added") for n in children}
    kept |= {f"children.{n}": record(f"children.{n}", "removed", "") for n in removed}
    for state, (status, value) in given_.items():
        placed = shape.by_state[state]
        for row in children if placed.repeats else [0]:
            path = shape.path(Spot(state, row))
            kept[path] = record(path, status, value)
    walker_form = filled(kit(), _draft(on_behalf), kept)
    spots = [Spot(START), *walker_form.spots()]
    walker = Walker(walker_form, spots[start % len(spots)])
    kit().machines["referral"].onward(walker)
    assert walker.state in (CHECK, MORE_CHILDREN) or walker_form.asks(walker.spot)
    again = filled(kit(), _draft(on_behalf), dict(reversed(kept.items())))
    assert path_of(again) == path_of(walker_form), "the path depends on the answers, not on the order they came in"


def path_of(form: Filled) -> list[Spot]:
    """The questions that are asked."""
    return [spot for spot in form.spots() if form.on_path(spot)]


def test_the_machine_is_its_table_and_nothing_else() -> None:
    machine = kit().machines["referral"]
    built = {
        (trigger, source, one.dest)
        for trigger, event in machine._machine.events.items()
        for source, several in event.transitions.items()
        for one in several
    }
    assert built == {(row.trigger, row.source, row.dest) for row in machine.table}


def test_every_question_can_be_reached_and_left() -> None:
    rows = kit().machines["referral"].table
    states = {placed.state for placed in kit().profile.shapes["referral"].order}
    for trigger in ("onward", "check", "cancel"):
        assert states <= {row.source for row in rows if row.trigger == trigger}
    assert states <= {row.dest for row in rows if row.trigger == "onward"}
    assert {f"open:{state}" for state in states} <= {row.trigger for row in rows if row.source == CHECK}
    assert {row.dest for row in rows if row.trigger == "submit"} == {SUBMITTED}


def _draft(on_behalf: bool) -> DraftRecord:
    now = MemoryHouse().now
    return DraftRecord(id="d", form="referral", owner=ME.id, on_behalf=on_behalf, begun_at=now, touched_at=now)


def test_the_welcome_is_said_once_and_disturbs_no_draft() -> None:
    house = MemoryHouse()
    assert house.take(Installed())
    walk = Walk()
    before = dict(walk.house.rows["talks"])
    assert not walk.house.take(Installed())
    assert walk.house.rows["talks"] == before
