"""What the buttons of a form do. Each is a small function; one table maps the action's name to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from dialogs.desk import Desk
from dialogs.filling import children, choosing, rows
from dialogs.filling.accept import accept
from dialogs.filling.asking import editable
from dialogs.filling.cards import answered_card, cancel_card, page_version
from dialogs.filling.collide import collided
from dialogs.filling.machine import CHECK, CONFIRM_CANCEL, PAUSED
from dialogs.filling.pages import Asked, Page, page_at
from dialogs.filling.stray import keep_strays
from dialogs.filling.talk import arrive, exists, go_back, go_on, here
from dialogs.filling.unclear import settle_unclear
from dialogs.filling.writing import may_write, theirs
from dialogs.reply import Reply
from dialogs.turn import Press
from state.values import london_day
from templates.forms.filled import ANSWERED, TOUCHED
from templates.forms.shape import Spot, spot_from

CHANGING = "changing"
"""Noted where somebody asked for this very question: what is typed next is meant for it, not for the first open one."""


def spot_of(desk: Desk, press: Press) -> Spot:
    """The spot a button is about, or where the person stands when it names none that exists."""
    spot = spot_from(press.at)
    return spot if spot is not None and exists(desk, spot) else here(desk)


def answer(desk: Desk, press: Press) -> None:
    """The card's inputs, checked; then the next question, or the same card with what is wrong at its field."""
    if _gone(desk, press):
        return _too_late(desk, press)
    spot = spot_of(desk, press)
    if spot.state not in desk.filled().shape.by_state:
        return arrive(desk, spot)
    page = page_at(desk.filled(), spot)
    strays = keep_strays(desk, page, press.inputs, source="card")
    both, inputs = collided(desk, page, press.version, press.inputs)
    accepted = accept(desk, page, {**_left_open(desk, page), **inputs}, source="card")
    desk.replace_card(answered_card(desk, accepted.taken))
    if both or accepted.errors:
        echoes = (*([desk.words("filling.stale")] if both else []), *accepted.echoes, *strays)
        return arrive(desk, spot, echoes=echoes, errors={**accepted.errors, **both}, typed=inputs)
    return go_on(desk, page.spot, (*accepted.echoes, *strays))


def _gone(desk: Desk, press: Press) -> bool:
    """Whether the card is about a child that was taken out since."""
    spot = spot_from(press.at)
    return spot is not None and spot.state in desk.filled().shape.by_state and not exists(desk, spot)


def _too_late(desk: Desk, press: Press) -> None:
    """Keep what the card says of a child that was taken out; nothing else is answered by it."""
    nothing = Page(spot=here(desk), asked=())
    strays = keep_strays(desk, nothing, press.inputs, source="card")
    desk.replace_card(answered_card(desk, []))
    return arrive(desk, here(desk), echoes=strays or (desk.words("filling.stale"),))


def _left_open(desk: Desk, page: Page) -> dict[str, str]:
    """Fields of the card that nobody has dealt with: a client that sends no empty field means that it was left empty."""
    filled = desk.filled()
    return {asked.path: "" for asked in page.asked if not page.is_row and filled.status(asked.path) == "unanswered"}


def confirm_offered(desk: Desk, page: Page) -> None:
    """Take what is known already as it stands."""
    filled, today = desk.filled(), london_day(desk.turn.at)
    kept = {a.path: editable(filled.answer(a.path), a.question, filled, desk.kit, today) for a in page.asked}
    accepted = accept(desk, page, kept, source="confirmed")
    if accepted.errors:
        return arrive(desk, page.spot, errors=accepted.errors, typed=kept)
    return go_on(desk, page.spot)


def settle(desk: Desk, press: Press, state: str, *, one: bool = False) -> None:
    """Not known, or left out: for what is still open on the page, or only for the `one` that is asked now."""
    if _gone(desk, press):
        return _too_late(desk, press)
    spot = spot_of(desk, press)
    filled = desk.filled()
    if spot.state not in filled.shape.by_state or not may_write(desk, spot):
        return arrive(desk, spot)
    page = page_at(filled, spot)
    if page.is_row and filled.rows(page.spot.state):
        return None if one and rows.skip(desk, page) else rows.done(desk, press)
    if not one and press.version != page_version(desk, page) and any(_answered(desk, asked) for asked in page.asked):
        return arrive(desk, spot, echoes=(desk.words("filling.stale"),))
    is_list = page.is_row or filled.shape.by_state[page.spot.state].is_table
    whole = [_as_a_whole(desk, page)] if is_list else list(page.asked)
    settled = [asked for asked in whole if filled.status(asked.path) not in TOUCHED] or whole
    if one:
        settled = settled[:1]
    if refusal := _cannot(desk, settled, state):
        return arrive(desk, spot, echoes=(refusal,))
    for asked in settled:
        desk.keep_answer(asked.path, state, source="card")
        settle_unclear(desk, asked.path)
    desk.replace_card(answered_card(desk, [asked.question.label for asked in settled] if state == "not_known" else []))
    if len(settled) < len([a for a in whole if filled.status(a.path) not in TOUCHED]):
        return arrive(desk, page.spot)
    return go_on(desk, Spot(page.spot.state, 0 if page.is_row else page.spot.row))


def _as_a_whole(desk: Desk, page: Page) -> Asked:
    """The question whose rows or table stand on the page: it is settled, not its cells."""
    shape = desk.filled().shape
    spot = Spot(page.spot.state, 0 if page.is_row else page.spot.row)
    return Asked(shape.path(spot), shape.by_state[spot.state].question)


def _answered(desk: Desk, asked: Asked) -> bool:
    return desk.filled().status(asked.path) in ANSWERED


def _cannot(desk: Desk, settled: Sequence[Asked], state: str) -> str:
    """Why these questions cannot be settled so, or nothing."""
    filled = desk.filled()
    for asked in settled:
        if state == "not_known" and not asked.question.not_known:
            return desk.words("filling.needed", label=asked.question.label)
        if state == "skipped" and filled.required(asked.question, 0) and not asked.question.not_needed_if:
            return desk.words("filling.cannot_skip" if asked.question.not_known else "filling.cannot_skip_needed")
    return ""


def back(desk: Desk, press: Press) -> None:
    """The page before."""
    desk.replace_card(answered_card(desk, []))
    go_back(desk, spot_of(desk, press))


def why(desk: Desk, press: Press) -> None:
    """Why the question is asked, and the question again."""
    spot = spot_of(desk, press)
    arrive(desk, spot, echoes=(reason(desk, spot),))


def reason(desk: Desk, spot: Spot) -> str:
    """Why the question of a spot is asked."""
    shape = desk.filled().shape
    if spot.state not in shape.by_state:
        return desk.words("filling.why_default")
    reasons = [asked.question.why for asked in page_at(desk.filled(), spot).asked if asked.question.why]
    own = shape.by_state[spot.state].question.why
    return " ".join([own, *reasons[1:]] if own else reasons) or desk.words("filling.why_default")


def change(desk: Desk, press: Press) -> None:
    """Go to the question chosen on the check-your-answers card."""
    spot = spot_from(press.inputs.get("change", ""))
    filled = desk.filled()
    if spot is None or spot.state not in filled.shape.by_state or not filled.on_path(_question_spot(desk, spot)):
        return arrive(desk, Spot(CHECK), echoes=(desk.words("filling.choose_to_change"),))
    desk.replace_card(answered_card(desk, []))
    return arrive(desk, spot, note=CHANGING)


def _question_spot(desk: Desk, spot: Spot) -> Spot:
    return spot if desk.filled().shape.by_state[spot.state].repeats else Spot(spot.state)


def finish(desk: Desk, _press: Press) -> None:
    """Go to the first thing that is missing."""
    missing = desk.filled().missing()
    arrive(desk, missing[0] if missing else Spot(CHECK))


def check_answers(desk: Desk, _press: Press) -> None:
    """Show everything that was said."""
    arrive(desk, Spot(CHECK))


def pause(desk: Desk, _press: Press) -> None:
    """Stop for now. Everything is saved already; say how to carry on."""
    desk.replace_card(answered_card(desk, []))
    desk.note(f"draft:{desk.at_hand.id}", "draft_paused")
    spot = here(desk)
    desk.stand_at(desk.at_hand.id, PAUSED, note=str(spot))
    support = desk.kit.profile.file.support
    desk.say(Reply(text=desk.words("filling.paused", name=support.name, telephone=support.telephone)))


def seen(desk: Desk, press: Press) -> None:
    """What was shown has been read; go on."""
    spot = spot_of(desk, press)
    shape = desk.filled().shape
    if spot.state in shape.by_state and shape.by_state[spot.state].question.shows:
        desk.keep_answer(shape.path(spot), "given", press.inputs.get("seen", "seen"), source="card")
        desk.replace_card(answered_card(desk, []))
        return go_on(desk, spot)
    return arrive(desk, here(desk))


def cancel(desk: Desk, press: Press) -> None:
    """Ask before anything is thrown away. What several people write together cannot be: it waits until it is carried on."""
    if desk.behaviour.cancelled is None:
        return pause(desk, press)
    spot = here(desk)
    desk.stand_at(desk.at_hand.id, CONFIRM_CANCEL, note=str(spot))
    return desk.say(cancel_card(desk))


def confirm_cancel(desk: Desk, press: Press) -> None:
    """The second word: it is given up."""
    (desk.behaviour.cancelled or pause)(desk, press)


def keep(desk: Desk, _press: Press) -> None:
    """Not cancelled after all."""
    desk.replace_card(answered_card(desk, []))
    spot = spot_from(desk.talk.note)
    shape = desk.filled().shape
    arrive(desk, spot if spot and spot.state in shape.by_state else Spot(CHECK), echoes=(desk.words("filling.kept"),))


def submit(desk: Desk, press: Press) -> None:
    """Send it: what that does is the form's own."""
    desk.behaviour.submit(desk, press)


Action = Callable[[Desk, Press], None]


def _theirs(act: Action) -> Action:
    return theirs(act, spot_of, arrive)


ACTIONS: Mapping[str, Action] = {
    "answer": _theirs(answer),
    "confirm": _theirs(answer),
    "not_known": lambda desk, press: settle(desk, press, "not_known"),
    "skip": lambda desk, press: settle(desk, press, "skipped"),
    "back": back,
    "why": why,
    "change": change,
    "finish": finish,
    "check": check_answers,
    "pause": pause,
    "seen": seen,
    "cancel": cancel,
    "confirm_cancel": confirm_cancel,
    "keep": keep,
    "submit": submit,
    "row_save": _theirs(rows.save),
    "row_done": _theirs(rows.done),
    "row_none": _theirs(rows.none),
    "row_remove": _theirs(rows.remove),
    "add_child": children.add,
    "no_more_children": children.no_more,
    "remove_child": children.remove,
    **choosing.ACTIONS,
}
