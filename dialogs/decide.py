"""Deciding a turn: who says what to whom. Pure: the same turn and snapshot always give the same changes."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs import asked, home, people, undelivered, waiting
from dialogs.accounts import linking
from dialogs.acts import About, Act
from dialogs.answers import offers
from dialogs.asking.meaning import Understood
from dialogs.chasing.tick import tick
from dialogs.desk import Desk
from dialogs.digest import weekly
from dialogs.filling.machine import CONFIRM_CANCEL, PAUSED
from dialogs.filling.typed import typed
from dialogs.giving.ask import consented
from dialogs.handed.dropped import dropped
from dialogs.kit import Kit
from dialogs.knowing import know_person
from dialogs.library.news import news
from dialogs.overdue.ask import bring_up_to_date
from dialogs.recount.recount import recount
from dialogs.referral import begin
from dialogs.referral.digests import keep_digests
from dialogs.reply import Reply, Window
from dialogs.review import progress
from dialogs.table import INTENTS, OPENS, PRESSES, SUBMITS
from dialogs.turn import (
    Built,
    Consented,
    Dropped,
    GivenUp,
    Installed,
    LibraryNews,
    OpenHome,
    OpenWindow,
    Press,
    SubmitWindow,
    Text,
    Tick,
    Turn,
)
from state.changes import Changes
from state.snapshot import Snapshot
from state.values import Channel

LONGEST_COMMAND = 8
"""Words of a text that names a case and is taken for a command, where a form is open: what is told of a case is longer."""
MOST_BESIDE_A_FORM = 10_000
"""Characters of one field of a card or window that is no form's: a reason, a question, a list of people."""


def decide(turn: Turn, snapshot: Snapshot, kit: Kit) -> Changes:
    """What follows from one turn."""
    desk = Desk(turn, snapshot, kit)
    if isinstance(turn.said, GivenUp):
        undelivered.tell(desk, turn.said)
        return desk.changes()
    if isinstance(turn.said, Built):
        progress.built(desk, turn.said)
        return desk.changes()
    if isinstance(turn.said, LibraryNews):
        news(desk, turn.said)
        return desk.changes()
    if isinstance(turn.said, Tick):
        _rung(desk, turn.said)
        return desk.changes()
    if snapshot.person is not None and snapshot.person.removed_at is not None:
        desk.note("partnership", "refused", action="removed")
        desk.tell(desk.words("access.removed"))
        return desk.changes()
    know_person(desk)
    _said(desk)
    _after_writing(desk)
    keep_digests(desk)
    return desk.changes()


def _rung(desk: Desk, said: Tick) -> None:
    """The bell rang."""
    if said.recount:
        return recount(desk)
    return weekly.digest(desk, said) if said.digest else tick(desk, said)


def _after_writing(desk: Desk) -> None:
    """What follows from new answers is the form's own."""
    if desk.draft is None or desk.draft.form not in desk.kit.behaviours:
        return
    after = desk.behaviour.written
    if after is not None and desk.written():
        after(desk)


def _said(desk: Desk) -> None:
    said = desk.turn.said
    if isinstance(said, Text):
        _text(desk, said.text)
    elif isinstance(said, Press):
        _press(desk, said)
    elif isinstance(said, Dropped):
        dropped(desk, said)
    elif isinstance(said, Consented):
        consented(desk, said)
    elif isinstance(said, Installed):
        _installed(desk)
    elif isinstance(said, OpenHome):
        _home(desk)
    elif isinstance(said, OpenWindow | SubmitWindow):
        _window(desk, said)


def _installed(desk: Desk) -> None:
    """Welcome somebody once: Teams says more than once that the assistant was added. The console says it once a sitting."""
    if desk.snapshot.place is None or desk.turn.place.channel is Channel.CONSOLE:
        home.welcome(desk)


def _home(desk: Desk) -> None:
    """What waits for this person, on their own page. Who sees it for the first time is welcomed beside it."""
    card = waiting.page(desk)
    desk.window = Window(title=card.title, blocks=card.blocks, buttons=card.buttons)
    _installed(desk)


def _text(desk: Desk, text: str) -> None:
    meant = desk.meant = asked.meant(desk, text)
    in_form = desk.private and desk.talk.draft and desk.talk.state != PAUSED and desk.draft and desk.draft.status == "open"
    if meant.emergency:
        home.emergency(desk)
    if meant.code and not (in_form and desk.snapshot.code is None):
        return _claim(desk)
    if in_form and _may_change(desk) and not _about_a_case(meant, text):
        if _listed(desk) or desk.talk.state == CONFIRM_CANCEL:
            if typed(desk, text):
                return None
        elif not begin.leaves_list(desk, text):
            return begin.remind_of_list(desk)
    if meant.emergency and not meant.sure:
        return None
    if in_form and not meant.sure and not _may_change(desk):
        desk.note("partnership", "refused", action="change_draft")
        return desk.tell(desk.words(_refusal(desk)))
    return _intent(desk, meant)


def _claim(desk: Desk) -> None:
    """A one-time code says itself what it is for."""
    code = desk.snapshot.code
    if code is not None and code.purpose == linking.ACCOUNT:
        return linking.claim(desk, code)
    return people.claim(desk)


def _about_a_case(meant: Understood, text: str) -> bool:
    """A short command that names a case is no answer to the question of a form; the form stays as it is."""
    return meant.sure and bool(meant.reference) and 1 < len(text.split()) <= LONGEST_COMMAND


def _intent(desk: Desk, meant: Understood) -> None:
    act = INTENTS.get(meant.intent)
    if act is None or not meant.sure:
        return None if offers.which(desk) else home.not_understood(desk)
    act.do(desk)
    asked.remember(desk)
    return offers.also(desk)


def _press(desk: Desk, press: Press) -> None:
    act = PRESSES.get(press.action)
    if act is None:
        return home.not_understood(desk)
    if act.about is not About.DRAFT:
        return None if _too_long(desk, press.inputs) else _do(desk, act, press)
    if not _usable(desk):
        return None
    if not act.unlisted and not _listed(desk):
        return begin.remind_of_list(desk)
    return act.do(desk, press)


def _do(desk: Desk, act: Act, said: Press | OpenWindow | SubmitWindow) -> None:
    act.do(desk, said)
    if act.again:
        bring_up_to_date(desk)


def _listed(desk: Desk) -> bool:
    return desk.behaviour.listed(desk)


def _usable(desk: Desk) -> bool:
    """Whether the draft at hand can be changed by this person; if not, why is said."""
    if desk.draft is None or not _may_change(desk):
        desk.note("partnership", "refused", action="change_draft")
        desk.say(Reply(text=desk.words(_refusal(desk))))
        return False
    if desk.draft.status == "submitted":
        desk.say(Reply(text=desk.words(desk.behaviour.sent_key)))
        return False
    if desk.draft.status == "cancelled":
        desk.say(Reply(text=desk.words("referral.cancelled_already")))
        return False
    return True


def _refusal(desk: Desk) -> str:
    if desk.draft is None or desk.draft.form not in desk.kit.behaviours:
        return "access.no_such_draft"
    why = desk.behaviour.refusal
    return why(desk) if why is not None else desk.behaviour.refused_key


def _may_change(desk: Desk) -> bool:
    return desk.draft is not None and desk.draft.form in desk.kit.behaviours and desk.behaviour.may_change(desk)


def _window(desk: Desk, said: OpenWindow | SubmitWindow) -> None:
    act = (OPENS if isinstance(said, OpenWindow) else SUBMITS).get(said.action)
    if act is None:
        return _closed(desk, "home.not_understood")
    if act.about is About.DRAFT and not _open_to(desk):
        desk.note("partnership", "refused", action="window")
        return _closed(desk, _refusal(desk))
    if act.about is About.DRAFT and not act.unlisted and not _listed(desk):
        return _closed(desk, "referral.restricted_help")
    if act.about is not About.DRAFT and isinstance(said, SubmitWindow) and _too_long(desk, said.inputs):
        return None
    return _do(desk, act, said)


def _too_long(desk: Desk, inputs: Mapping[str, str]) -> bool:
    """Whether a field is too long to keep; then that is said, and nothing is done. Forms check their own."""
    longest = max((len(text) for text in inputs.values()), default=0)
    if longest > MOST_BESIDE_A_FORM:
        desk.tell(desk.words("answers.too_long", length=f"{longest:,}", most=f"{MOST_BESIDE_A_FORM:,}"))
    return longest > MOST_BESIDE_A_FORM


def _open_to(desk: Desk) -> bool:
    return _may_change(desk) and desk.at_hand.status == "open"


def _closed(desk: Desk, key: str) -> None:
    desk.window = Window(title=desk.words("home.title"), closed_text=desk.words(key))
