"""What is typed in the middle of a form: a move that everyone expects, or the answer."""

from __future__ import annotations

import re

from dialogs.asking.moves import move
from dialogs.desk import Desk
from dialogs.filling import actions, check, children, choosing, rows
from dialogs.filling.accept import accept
from dialogs.filling.asking import shown
from dialogs.filling.cards import answered_card
from dialogs.filling.machine import CHECK, CONFIRM_CANCEL, START
from dialogs.filling.pages import Asked, Page, page_at
from dialogs.filling.talk import arrive, go_on, here, resume
from dialogs.filling.writing import may_write
from dialogs.reply import Button, Card, Paragraph, Reply
from dialogs.turn import Press
from state.values import Channel, london_day
from templates.answers import Kind
from templates.forms.filled import TOUCHED
from templates.forms.shape import MORE_CHILDREN, Spot, spot_from

CHANGE = re.compile(r"^(?:change|edit|correct)\s+(.+)$", re.IGNORECASE)
SHOW = re.compile(r"^show\s+([0-9]+)$", re.IGNORECASE)
REMOVE = re.compile(r"^(?:remove|take out)\s+(child\s+)?([0-9]+)$", re.IGNORECASE)

PRESSED = ("not_known", "no_more_children", "seen", "row_done", "row_none", "finish", "settle_unclear")
"""Buttons that can be typed by their words and are no moves of their own."""
AGREES = frozenset({"yes", "confirm"})
LEAVES = frozenset({"my_referrals", "mine", "refer"})
"""Moves that leave the form for something else; it stays as it is."""


def typed(desk: Desk, text: str) -> bool:
    """Answer a typed message while a form is open. False where it is neither a move nor an answer."""
    if desk.talk.state == CONFIRM_CANCEL:
        _confirm(desk, text)
        return True
    spot = here(desk)
    if move(text, desk.kit.profile.phrases) in LEAVES:
        return False
    if spot.state == START:
        resume(desk)
        return True
    unclear = choosing.at_hand(desk)
    if (unclear is not None and choosing.typed(desk, unclear, text)) or _command(desk, spot, text):
        return True
    if unclear is not None:
        choosing.answered(desk, unclear, text)
        return True
    if spot.state == MORE_CHILDREN:
        return _more(desk, text)
    if spot.state == CHECK or desk.filled().shape.by_state[spot.state].question.shows:
        return _go_past(desk, spot, text)
    _answer(desk, spot, text)
    return True


def _go_past(desk: Desk, spot: Spot, text: str) -> bool:
    """ "Yes" or "next" where something is only shown goes on."""
    if spot.state == CHECK or move(text, desk.kit.profile.phrases) not in (*AGREES, "skip"):
        return False
    actions.seen(desk, Press(action="seen", at=str(spot)))
    return True


def _command(desk: Desk, spot: Spot, text: str) -> bool:
    """A move, or "change …", "show 7", "remove 7". False where it is none of these."""
    if match := CHANGE.match(text.strip()):
        return _change(desk, match[1])
    if match := SHOW.match(text.strip()):
        return _show(desk, match[1])
    if match := REMOVE.match(text.strip()):
        return _remove(desk, match)
    said = move(text, desk.kit.profile.phrases) or _as_button(desk, text)
    if said in MOVES:
        MOVES[said](desk, spot)
        return True
    if said in PRESSED:
        actions.ACTIONS[said](desk, Press(action=said, at=str(spot)))
        return True
    placed = desk.filled().shape.by_state.get(spot.state)
    if said in ("none", "no") and placed is not None and placed.is_rows:
        actions.ACTIONS["row_none"](desk, Press(action="row_none", at=str(spot)))
        return True
    return False


def _as_button(desk: Desk, text: str) -> str:
    """The words of a button, typed instead of pressed: they are never an answer."""
    wanted = text.strip().casefold()
    return next((name for name in (*PRESSED, *MOVES) if _label(desk, name) == wanted), "")


def _label(desk: Desk, action: str) -> str:
    key = f"buttons.{action}"
    return desk.words(key).casefold() if desk.kit.words.has(key) else ""


def _where(desk: Desk, spot: Spot) -> None:
    filled = desk.filled()
    left = sum(1 for one in filled.spots() if filled.asks(one))
    done = sum(1 for one in filled.spots() if filled.touched(one))
    arrive(desk, spot, echoes=(desk.words("filling.where", done=done, left=left),))


def _help(desk: Desk, spot: Spot) -> None:
    arrive(desk, spot, echoes=(desk.words("filling.help"),))


def _submit(desk: Desk, spot: Spot) -> None:
    """Nothing is sent unseen: from anywhere else, check your answers comes first."""
    if spot.state != CHECK:
        return arrive(desk, Spot(CHECK), echoes=(desk.words("filling.check_first"),))
    return desk.behaviour.submit(desk, Press(action="submit"))


def _window(desk: Desk, spot: Spot) -> None:
    """A window can only be opened by a button: say so with the button."""
    label = desk.words("buttons.window")
    target = desk.draft.id if desk.draft else ""
    opens = Button(action="window", label=label, target=target, at=str(spot), window=True)
    blocks = (Paragraph(desk.words("filling.window_offer")),)
    desk.say(Reply(card=Card(blocks=blocks, buttons=(opens,)), preview=desk.words("filling.preview")))


MOVES = {
    "back": lambda desk, spot: actions.back(desk, Press(action="back", at=str(spot))),
    "skip": lambda desk, spot: actions.settle(desk, Press(action="skip", at=str(spot)), "skipped", one=True),
    "why": lambda desk, spot: actions.why(desk, Press(action="why", at=str(spot))),
    "where": _where,
    "resume": lambda desk, spot: resume(desk),
    "pause": lambda desk, spot: actions.pause(desk, Press(action="pause")),
    "check": lambda desk, spot: arrive(desk, Spot(CHECK)),
    "submit": _submit,
    "cancel": lambda desk, spot: actions.cancel(desk, Press(action="cancel")),
    "add_child": lambda desk, spot: children.add(desk, Press(action="add_child")),
    "help": _help,
    "window": _window,
}


def _confirm(desk: Desk, text: str) -> None:
    said = move(text, desk.kit.profile.phrases)
    if said == "yes" or text.strip().casefold() == desk.words("buttons.confirm_cancel").casefold():
        return actions.confirm_cancel(desk, Press(action="confirm_cancel"))
    spot = spot_from(desk.talk.note) or Spot(CHECK)
    return arrive(desk, spot if spot.state != START else Spot(CHECK), echoes=(desk.words("filling.kept"),))


def _more(desk: Desk, text: str) -> bool:
    said = move(text, desk.kit.profile.phrases)
    if said == "yes":
        children.add(desk, Press(action="add_child"))
    elif said in ("no", "none"):
        children.no_more(desk, Press(action="no_more_children"))
    else:
        arrive(desk, Spot(MORE_CHILDREN), echoes=(desk.words("filling.yes_or_no"),))
    return True


def _change(desk: Desk, what: str) -> bool:
    """ "change 7", "change date of birth", "change children.2.name". False where nothing of the form is meant."""
    lines = check.lines(desk)
    wanted = what.strip().rstrip(".").casefold()
    found = [line for line in lines if wanted == str(line.number)]
    found = found or _named(desk, [*lines, *check.not_asked(desk)], wanted, check.table_rows(desk))
    if len(found) == 1:
        arrive(desk, found[0].spot, note=actions.CHANGING)
        return True
    if not found and len(wanted) > 60 and not wanted.isdigit():
        return False
    return _which(desk, found)


def _which(desk: Desk, found: list[check.Line]) -> bool:
    """Say that none, or several, were meant, and ask again what is asked here."""
    named = ", ".join(f"{line.number or '+'}. {line.full}" for line in found[:6])
    key = "filling.change_several" if found else "filling.change_none"
    arrive(desk, here(desk), echoes=(desk.words(key, names=named),))
    return True


def _named(desk: Desk, lines: list[check.Line], wanted: str, more: list[check.Line]) -> list[check.Line]:
    """The lines of that name or path; `more` are those with no line of their own."""
    exact = _exactly(desk, lines, wanted) or _exactly(desk, more, wanted)
    return exact or [line for line in lines if wanted in line.label.casefold()]


def _exactly(desk: Desk, lines: list[check.Line], wanted: str) -> list[check.Line]:
    shape = desk.filled().shape
    ids = wanted.replace(" ", "_")
    return [x for x in lines if wanted in (x.label.casefold(), shape.path(x.spot)) or ids == x.spot.state.split(".")[-1]]


def _show(desk: Desk, number: str) -> bool:
    """The whole of one long answer."""
    found = next((line for line in check.lines(desk) if str(line.number) == number), None)
    if found is None:
        return _which(desk, [])
    answer = desk.answers.get(desk.filled().shape.path(found.spot))
    whole = answer.value if answer is not None and isinstance(answer.value, str) else found.text
    desk.say(Reply(text=f"{found.label}\n\n{whole}", preview=desk.words("filling.preview")))
    return True


def _remove(desk: Desk, match: re.Match[str]) -> bool:
    if match[1]:
        children.remove(desk, Press(action="remove_child", at=match[2]))
        return True
    found = next((line for line in check.lines(desk) if str(line.number) == match[2]), None)
    if found is None or not desk.filled().shape.by_state[found.spot.state].is_rows or not found.spot.row:
        return _which(desk, [])
    actions.ACTIONS["row_remove"](desk, Press(action="row_remove", at=str(found.spot)))
    return True


def _answer(desk: Desk, spot: Spot, text: str) -> None:
    """Typed words are the answer to the first open question on the page. What identifies is taken, and never repeated."""
    if not may_write(desk, spot):
        return arrive(desk, spot)
    page = page_at(desk.filled(), spot)
    if _confirms(desk, page, text):
        return actions.confirm_offered(desk, page)
    if _unclear(desk, page):
        return _which_box(desk, page, text)
    asked = _meant(desk, page, spot)
    accepted = accept(desk, page, {asked.path: text}, source="typed")
    errors = {path: error for path, error in accepted.errors.items() if path == asked.path}
    desk.replace_card(answered_card(desk, accepted.taken))
    echoes = (*_warn(desk, asked), *accepted.echoes, *([] if errors else _read_as(desk, asked, text)))
    if errors:
        return arrive(desk, spot, echoes=echoes, errors=errors, typed={asked.path: text}, note=desk.talk.note)
    kept = desk.words("filling.taken", label=asked.label)
    if page.is_row:
        return rows.after_box(desk, page, (*echoes, kept))
    # A table asks for less once its rows are ticked, so the page is read again.
    rest = [a for a in page_at(desk.filled(), page.spot).asked if not _dealt_with(desk, a)]
    if rest:
        return arrive(desk, page.spot, echoes=(*echoes, kept))
    return go_on(desk, page.spot, echoes)


def _confirms(desk: Desk, page: Page, text: str) -> bool:
    """ "Yes" to a page of answers that are known already."""
    offered = any(desk.filled().status(asked.path) == "offered" for asked in page.asked)
    return offered and move(text, desk.kit.profile.phrases) in AGREES


def _unclear(desk: Desk, page: Page) -> bool:
    """Whether typed words could be meant for any of several boxes: all are filled in, and nobody asked to change one."""
    if page.is_row or page.single or desk.talk.note == actions.CHANGING:
        return False
    return all(desk.filled().status(asked.path) == "offered" or _dealt_with(desk, asked) for asked in page.asked)


def _which_box(desk: Desk, page: Page, text: str) -> None:
    """Ask which one is meant, rather than write over the first; "ok" goes on."""
    if move(text, desk.kit.profile.phrases) in AGREES:
        return go_on(desk, page.spot)
    return arrive(desk, page.spot, echoes=(desk.words("filling.which_box"),))


def _meant(desk: Desk, page: Page, spot: Spot) -> Asked:
    """The question, or the column of a table, that somebody asked to change, else the first one that is open."""
    own = [a for a in page.asked if a.path == desk.filled().shape.path(spot) or a.is_ticks]
    if own and desk.talk.note == actions.CHANGING:
        return next((a for a in own if not _dealt_with(desk, a)), own[0])
    return next((a for a in page.asked if not _dealt_with(desk, a)), page.asked[0])


def _dealt_with(desk: Desk, asked: Asked) -> bool:
    return desk.filled().status(asked.path) in TOUCHED


def _read_as(desk: Desk, asked: Asked, text: str) -> tuple[str, ...]:
    """Which option was meant, where it was typed in other words than its own."""
    answer = desk.answers.get(asked.path)
    if answer is None or asked.question.kind is not Kind.CHOICE:
        return ()
    value = shown(answer, asked.question, desk.filled(), desk.kit, london_day(desk.turn.at))
    if value.casefold() == text.strip(" .!").casefold():
        return ()
    return (desk.words("filling.understood", label=asked.label, value=value),)


def _warn(desk: Desk, asked: Asked) -> tuple[str, ...]:
    """In a chat that somebody else keeps, what was typed stays there: say so once it happened."""
    if not asked.question.identifies or desk.turn.place.channel is Channel.CONSOLE:
        return ()
    return (desk.words("filling.typed_stays"),)
