"""Deciding a turn: who says what to whom. Pure: the same turn and snapshot always give the same changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dialogs import channels, home, people, removal, undelivered
from dialogs.desk import Desk
from dialogs.filling.actions import ACTIONS as FORM_ACTIONS
from dialogs.filling.machine import CONFIRM_CANCEL, PAUSED
from dialogs.filling.typed import typed
from dialogs.filling.windows import open_window, submit_window
from dialogs.kit import Kit
from dialogs.referral import begin, mine, read
from dialogs.referral.submit import submit
from dialogs.reply import Reply, Window
from dialogs.turn import GivenUp, Installed, OpenWindow, Press, SubmitWindow, Text, Turn
from dialogs.understand import Understood, understand
from state.access import Access
from state.changes import Changes
from state.snapshot import Snapshot
from state.values import Channel

Action = Callable[[Desk, Press], None]

ON_A_DRAFT: Mapping[str, Action] = {
    **FORM_ACTIONS,
    "submit": submit,
    "resume": mine.carry_on,
    "name_people": begin.name_people,
    "who_may_see": begin.who_may_see,
    "confirm_cancel": begin.cancelled,
    "keep": begin.keep,
}
"""Buttons that are about a draft: it must be there, open, and this person's to change."""

UNLISTED = frozenset({"name_people", "who_may_see", "cancel", "confirm_cancel", "keep"})
"""What can be done with a restricted draft that has no list yet."""

ANYWHERE: Mapping[str, Action] = {
    "begin_referral": lambda desk, press: begin.first_screen(desk),
    "start_referral": begin.start,
    "start_restricted": begin.start_restricted,
    "on_behalf": begin.start_on_behalf,
    "my_referrals": mine.my_referrals,
    "resume_last": lambda desk, press: mine.carry_on_last(desk),
    "open_referrals": read.open_referrals,
    "open_case": read.open_case,
    "add_person": people.add_person,
    "make_code": people.make_code,
    "remove_person": removal.remove_person,
    "do_remove": removal.do_remove,
    "confirm_role": people.confirm_role,
    "refuse_role": people.refuse_role,
    "confirm_channel": channels.confirm_channel,
    "untie_channel": channels.untie_channel,
    "help": home.help_,
}

INTENTS: Mapping[str, Callable[[Desk], None]] = {
    "refer": begin.first_screen,
    "my_referrals": mine.my_referrals,
    "mine": mine.my_referrals,
    "resume": mine.carry_on_last,
    "cancel": home.nothing_open,
    "open_referrals": read.open_referrals,
    "open_case": read.open_case,
    "on_behalf": lambda desk: begin.start_on_behalf(desk, Press(action="on_behalf")),
    "tie_channel": channels.tie_channel,
    "add_person": people.add_person,
    "remove_person": removal.remove_person,
    "help": home.help_,
}


def decide(turn: Turn, snapshot: Snapshot, kit: Kit) -> Changes:
    """What follows from one turn."""
    desk = Desk(turn, snapshot, kit)
    if isinstance(turn.said, GivenUp):
        undelivered.tell(desk, turn.said)
        return desk.changes()
    if snapshot.person is not None and snapshot.person.removed_at is not None:
        desk.note("partnership", "refused", action="removed")
        desk.say(Reply(text=desk.words("access.removed")))
        return desk.changes()
    desk.know_person()
    _said(desk)
    return desk.changes()


def _said(desk: Desk) -> None:
    said = desk.turn.said
    if isinstance(said, Text):
        _text(desk, said.text)
    elif isinstance(said, Press):
        _press(desk, said)
    elif isinstance(said, Installed):
        _installed(desk)
    elif isinstance(said, OpenWindow | SubmitWindow):
        _window(desk, said)


def _installed(desk: Desk) -> None:
    """Welcome somebody once: Teams says more than once that the assistant was added. The console says it once a sitting."""
    if desk.snapshot.place is None or desk.turn.place.channel is Channel.CONSOLE:
        home.welcome(desk)


def _text(desk: Desk, text: str) -> None:
    meant = understand(text, desk.kit.profile.phrases, desk.kit.profile.file.prefix)
    in_form = desk.private and desk.talk.draft and desk.talk.state != PAUSED and desk.draft and desk.draft.status == "open"
    if meant.emergency and not (in_form and len(text) > 200):
        home.emergency(desk)
    if meant.code and not (in_form and desk.snapshot.code is None):
        return people.claim(desk)
    if in_form and _may_change(desk):
        if begin.listed(desk) or desk.talk.state == CONFIRM_CANCEL:
            if typed(desk, text):
                return None
        elif not begin.leaves_list(desk, text):
            return begin.remind_of_list(desk)
    if meant.emergency and not meant.sure:
        return None
    return _intent(desk, meant)


def _intent(desk: Desk, meant: Understood) -> None:
    act = INTENTS.get(meant.intent)
    if act is None or not meant.sure:
        return home.not_understood(desk)
    return act(desk)


def _press(desk: Desk, press: Press) -> None:
    if press.action in ANYWHERE:
        return ANYWHERE[press.action](desk, press)
    act = ON_A_DRAFT.get(press.action)
    if act is None:
        return home.not_understood(desk)
    if not _usable(desk):
        return None
    if press.action not in UNLISTED and not begin.listed(desk):
        return begin.remind_of_list(desk)
    return act(desk, press)


def _usable(desk: Desk) -> bool:
    """Whether the draft at hand can be changed by this person; if not, why is said."""
    if desk.draft is None or not _may_change(desk):
        desk.note("partnership", "refused", action="change_referral")
        desk.say(Reply(text=desk.words("access.no_such_draft")))
        return False
    if desk.draft.status == "submitted":
        desk.say(Reply(text=desk.words("referral.sent_already")))
        return False
    if desk.draft.status == "cancelled":
        desk.say(Reply(text=desk.words("referral.cancelled_already")))
        return False
    return True


def _may_change(desk: Desk) -> bool:
    if desk.draft is None or not desk.private:
        return False
    if desk.draft.on_behalf and desk.may("enter_on_behalf") is not Access.YES:
        return False
    return desk.may("change_referral", draft=desk.draft) is Access.YES


def _window(desk: Desk, said: OpenWindow | SubmitWindow) -> None:
    if desk.draft is None or not _may_change(desk) or desk.draft.status != "open":
        desk.note("partnership", "refused", action="window")
        desk.window = Window(title=desk.words("home.title"), closed_text=desk.words("access.no_such_draft"))
    elif not begin.listed(desk):
        desk.window = Window(title=desk.words("home.title"), closed_text=desk.words("referral.restricted_help"))
    elif isinstance(said, OpenWindow):
        open_window(desk, said)
    else:
        submit_window(desk, said)
