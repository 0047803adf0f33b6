"""What a turn has to read, worked out from the turn alone: so that reading is one step and deciding is pure."""

from __future__ import annotations

from dialogs.acts import About, Act, Intent
from dialogs.answers import offers
from dialogs.asked import Asked, meant_by
from dialogs.asking.moves import move
from dialogs.asking.references import reference_in
from dialogs.chasing import tick
from dialogs.delivered.narrow import Narrow
from dialogs.digest import weekly
from dialogs.giving.acts import SEND
from dialogs.handed.naming import draft_of, reference_of
from dialogs.kit import Kit
from dialogs.library import news
from dialogs.overdue.reading import Looking, Meaning, of_press
from dialogs.referral.submit import counter_name
from dialogs.review.acts import FORMS as REVIEW_FORMS
from dialogs.table import INTENTS, OPENS, PRESSES, SUBMITS
from dialogs.turn import (
    Built,
    Consented,
    Dropped,
    GivenUp,
    LibraryNews,
    OpenHome,
    OpenWindow,
    Press,
    SubmitWindow,
    Text,
    Tick,
    Turn,
)
from state.snapshot import Wanted
from state.values import london_day

RETURN = "scoping_return"
WAITING = "mine"
"""The button that shows what waits for somebody: their own page shows the same."""
NOTHING_ASKED: Asked = {}
NOTHING = Act(do=lambda desk, said: None, about=About.DRAFT)
"""Read for a button that is not ours any more: what it was about may still be shown."""


def wanted(turn: Turn, kit: Kit, asked: Asked = NOTHING_ASKED) -> Wanted:
    """The reads of a turn. `asked` is what was asked before, where what was typed leans on it."""
    said = turn.said
    if isinstance(said, Press) and said.action == offers.ASKED_FOR:
        pressed = offers.meant_by(said)
        return _for_meaning(turn, lambda _names: pressed, kit)
    if isinstance(said, Press):
        return _for_act(turn, PRESSES.get(said.action, NOTHING), said, kit)
    if isinstance(said, GivenUp):
        return _for_given_up(turn, said)
    if isinstance(said, Dropped):
        return _for_file(turn, said)
    if isinstance(said, Built):
        return _for_built(turn, said)
    if isinstance(said, LibraryNews):
        return news.reads(turn, said)
    if isinstance(said, Consented):
        return _for_act(turn, PRESSES[SEND], Press(action=SEND, target=said.case, at=said.what), kit)
    if isinstance(said, Tick):
        return weekly.reads(turn, said, kit) if said.digest else tick.reads(turn.id, said, _today(turn))
    if isinstance(said, OpenHome):
        return _for_act(turn, PRESSES[WAITING], Press(action=WAITING), kit)
    if isinstance(said, OpenWindow):
        return _for_act(turn, OPENS.get(said.action, NOTHING), said, kit)
    if isinstance(said, SubmitWindow):
        return _for_act(turn, SUBMITS.get(said.action, NOTHING), said, kit)
    return _for_text(turn, said.text if isinstance(said, Text) else "", kit, asked)


def _for_given_up(turn: Turn, said: GivenUp) -> Wanted:
    return Wanted(
        turn=turn.id,
        person="",
        place="",
        case=said.case,
        row=said.row,
        ledger=True,
        requests=True,
        organisations=True,
        people=True,
        today=_today(turn),
    )


def _for_built(turn: Turn, said: Built) -> Wanted:
    return Wanted(
        turn=turn.id,
        person="",
        place="",
        case=said.case,
        files=True,
        forms=REVIEW_FORMS,
        requests=True,
        organisations=True,
        people=True,
        today=_today(turn),
    )


def _for_act(turn: Turn, act: Act, said: Press | OpenWindow | SubmitWindow, kit: Kit) -> Wanted:
    case, request = _date_of(act, said)
    return Wanted(
        turn=turn.id,
        person=turn.who.id,
        place=turn.place.id,
        draft=said.target if act.about is About.DRAFT else "",
        case=said.target if act.about is About.CASE else case,
        request=said.target if act.about is About.REQUEST else request,
        case_draft=act.case_draft,
        counter=_counter(turn) if act.counter else "",
        mine=isinstance(said, Press) and not said.target,
        last_card=isinstance(said, SubmitWindow),
        open_cases=act.open_cases,
        people=act.people,
        forms=act.forms,
        requests=act.requests,
        organisations=act.organisations,
        my_requests=act.my_requests,
        matching=act.matching,
        other=_other(act, said, kit),
        chases=act.chases,
        ledger=act.ledger,
        history=act.history,
        handed=act.handed,
        files=act.files,
        accounts=act.accounts,
        account=said.target if act.accounts else "",
        filed=act.filed(said, turn) if act.filed is not None else "",
        look=_look_of(act, said, turn, kit),
        then=act.then(said, turn) if act.then is not None else None,
        today=_today(turn),
    )


def _look_of(act: Act, said: Press | OpenWindow | SubmitWindow, turn: Turn, kit: Kit) -> Looking | None:
    look = act.look or (of_press if act.again else None)
    return look(said, turn, kit) if look is not None else None


def _date_of(act: Act, said: Press | OpenWindow | SubmitWindow) -> tuple[str, str]:
    """The case and the request of the date that this is about."""
    if act.about is not About.DATE:
        return "", ""
    chosen = "" if isinstance(said, OpenWindow) else said.inputs.get("date", "")
    case, kind, key = [*(said.target or chosen).split(":", 2), "", ""][:3]
    return case, key if kind == RETURN else ""


def _today(turn: Turn) -> str:
    return london_day(turn.at).isoformat()


def _for_file(turn: Turn, said: Dropped) -> Wanted:
    """A file names its case: its requests are read, and the returns, one of which it may fill in; and its own draft."""
    return Wanted(
        turn=turn.id,
        person=turn.who.id,
        place=turn.place.id,
        draft=draft_of(turn, said),
        reference=reference_of(said),
        forms=("referral", "scoping"),
        requests=True,
        organisations=True,
        people=True,
        mine=True,
        today=_today(turn),
    )


def _other(act: Act, said: Press | OpenWindow | SubmitWindow, kit: Kit) -> str:
    """The other case that is meant: chosen by its id, or typed as a reference."""
    if not act.other:
        return ""
    typed = "" if isinstance(said, OpenWindow) else said.inputs.get(act.other, "").strip()
    return reference_in(typed, kit.profile.file.prefix) or typed or said.at


def _counter(turn: Turn) -> str:
    return counter_name(london_day(turn.at).year)


def _for_text(turn: Turn, text: str, kit: Kit, asked: Asked) -> Wanted:
    # A form may be sent by typing, in any place; what sending reads is read then, whatever else the words may mean.
    submits = PRESSES["submit"] if move(text, kit.profile.phrases) == "submit" else None
    return _for_meaning(turn, lambda names: meant_by(turn, text, kit, asked, names), kit, submits)


def _for_meaning(turn: Turn, meaning: Meaning, kit: Kit, submits: Act | None = None) -> Wanted:
    """What is read for something asked for in words, or by a button that asks the same."""
    meant = meaning({})
    act = INTENTS.get(meant.intent) or Intent(do=lambda desk: None)
    return Wanted(
        turn=turn.id,
        person=turn.who.id,
        place=turn.place.id,
        reference=meant.reference,
        case_draft=act.case_draft and bool(meant.reference),
        code=kit.digest("code", meant.code) if meant.code else "",
        accounts=bool(meant.code) or act.accounts,
        counter=_counter(turn) if submits else "",
        open_cases=act.open_cases,
        last_card=True,
        only_draft=act.only_draft,
        mine=True,
        people=bool(submits) or bool(meant.code) or act.people,
        forms=submits.forms if submits else act.forms,
        requests=bool(submits) or act.requests,
        organisations=bool(submits) or act.organisations,
        my_requests=act.my_requests,
        matching=bool(submits) or act.matching,
        chases=act.chases,
        look=act.look(meaning, turn, kit) if act.look is not None else None,
        then=act.then(meant, turn) if act.then is not None else None,
        ledger=act.ledger and (bool(meant.reference) or not act.missed),
        missed=act.missed and not meant.reference,
        sent=Narrow.by(meant.slots).instants(london_day(turn.at)) if act.sent else None,
        history=act.history,
        handed=act.handed,
        files=act.files,
        requests_of=act.requests_of(meant, turn) if act.requests_of else None,
        today=_today(turn),
    )
