"""More time: asked for by an organisation and granted or refused with one button, or given without being asked for."""

from __future__ import annotations

from datetime import date, datetime

from msgspec.structs import replace

from dialogs.casework.common import chain, deadline, set_deadline, tell_person
from dialogs.desk import Desk
from dialogs.reply import Paragraph, Reply, Style
from dialogs.scoping.at_hand import waiting_request
from dialogs.scoping.common import card_name, card_places, keep
from dialogs.scoping.notices import settle
from dialogs.scoping.pieces import LONGEST, done, field, heading, press, say_card, written
from dialogs.scoping.send import CLOCK
from dialogs.turn import Press
from state.clocks import is_working_day
from state.records import CaseRecord
from state.scoping_records import Extension, RequestRecord
from state.values import LONDON, london_day
from templates.answers import Asking, Kind, Refused, understand
from templates.days import day_text, moment_text


def _asked(request: RequestRecord) -> Extension | None:
    """The newest wish for more time that nobody has answered."""
    return next((one for one in reversed(request.extensions) if one.granted is None), None)


def grant_time(desk: Desk, said: Press) -> None:
    """Yes. A day after the rapid review, or one without work, is said first and needs a second word."""
    found = waiting_request(desk)
    if found is None:
        return None
    case, request = found
    asked = _asked(request)
    if asked is None:
        return desk.tell(desk.words("scoping.settled_already"))
    warning = _warning(desk, case, asked.new_date)
    if warning and said.action == "grant_time":
        blocks = (Paragraph(warning, Style.WARNING),)
        buttons = (press(desk, "grant_time_anyway", request.id, primary=True), press(desk, "refuse_time", request.id))
        return say_card(desk, blocks, buttons=buttons)
    given = replace(asked, granted=True, granted_by=desk.turn.who.id)
    return _extend(desk, case, request, given, (*(one for one in request.extensions if one is not asked), given))


def _warning(desk: Desk, case: CaseRecord, day: date) -> str:
    """What the coordinator should know before giving this day: it is past the rapid review, or no working day."""
    review = deadline(desk, case, "rapid_review")
    if review is not None and day > london_day(review.due):
        return desk.words("scoping.past_the_review", day=day_text(day), review=moment_text(review.due))
    if not is_working_day(day, desk.kit.profile.clocks):
        return desk.words("scoping.not_a_working_day", day=day_text(day))
    return ""


def _extend(desk: Desk, case: CaseRecord, request: RequestRecord, given: Extension, extensions: tuple[Extension, ...]) -> None:
    """The deadline moves, the card follows, and whoever asked is told."""
    falls = datetime.combine(given.new_date, desk.kit.profile.clocks.due_at, LONDON)
    before = deadline(desk, case, CLOCK, request.id)
    runs_from = before.runs_from if before else request.sent_at or desk.turn.at
    set_deadline(desk, case, CLOCK, falls, runs_from, owner=request.organisation, key=request.id)
    kept = keep(desk, replace(request, due=falls, extensions=extensions))
    settle(desk, request.id, "more_time", "granted")
    desk.note(
        chain(case),
        "time_granted",
        request=request.id,
        until=given.new_date.isoformat(),
        content={"reason": given.reason},
    )
    done(desk)
    _tell_them(desk, case, kept, given.asked_by, "scoping.time_granted", day_text(given.new_date))
    desk.tell(desk.words("scoping.time_is_granted", day=day_text(given.new_date)))


def _tell_them(desk: Desk, case: CaseRecord, request: RequestRecord, person: str, key: str, day: str) -> None:
    """Tell whoever asked, one to one; where that cannot be, under the card."""
    news = Reply(text=desk.words(key, reference=request.reference, day=day), preview=desk.words("filling.preview"))
    if person and person != desk.turn.who.id and tell_person(desk, case, person, news):
        return
    for place in card_places(desk, request):
        desk.follow(place, news, case=case.id, card=card_name(request))


def refuse_time(desk: Desk, _said: Press) -> None:
    """No: the day stays, and whoever asked is told."""
    found = waiting_request(desk)
    if found is None:
        return None
    case, request = found
    asked = _asked(request)
    if asked is None or request.due is None:
        return desk.tell(desk.words("scoping.settled_already"))
    refused = replace(asked, granted=False, granted_by=desk.turn.who.id)
    kept = keep(desk, replace(request, extensions=(*(one for one in request.extensions if one is not asked), refused)))
    settle(desk, request.id, "more_time", "refused")
    desk.note(chain(case), "time_refused", request=request.id)
    done(desk)
    _tell_them(desk, case, kept, asked.asked_by, "scoping.time_refused", moment_text(request.due))
    return desk.tell(desk.words("scoping.time_is_refused"))


def give_time(desk: Desk, said: Press, *, error: str = "", agreed: str = "") -> None:
    """Give more time without having been asked: until when, and why. `agreed` is a day that was warned about."""
    found = waiting_request(desk)
    if found is None:
        return None
    _, request = found
    inputs = (
        field(
            desk,
            "until",
            desk.words("scoping.time_until_when"),
            value=said.inputs.get("until", ""),
            hint=desk.words("scoping.time_until_help"),
        ),
        field(desk, "reason", desk.words("scoping.time_why"), value=said.inputs.get("reason", ""), long=True),
    )
    buttons = (press(desk, "keep_time", request.id, at=agreed, primary=True, inputs=True),)
    return say_card(desk, (heading(desk.words("scoping.give_time_heading")),), inputs=inputs, buttons=buttons, error=error)


def keep_time(desk: Desk, said: Press) -> None:
    """Keep the new day. One that should be looked at twice is shown again with the reason, to be sent once more."""
    found = waiting_request(desk)
    if found is None:
        return None
    case, request = found
    day = read_day(desk, said.inputs.get("until", ""))
    if isinstance(day, str):
        return give_time(desk, said, error=day)
    reason = written(said.inputs, "reason")
    if not 0 < len(reason) <= LONGEST:
        return give_time(desk, said, error=desk.words("scoping.write_something"))
    warning = _warning(desk, case, day)
    if warning and said.at != day.isoformat():
        return give_time(desk, said, error=warning, agreed=day.isoformat())
    me = desk.turn.who.id
    given = Extension(asked_by=me, asked_at=desk.turn.at, new_date=day, reason=reason, granted=True, granted_by=me)
    return _extend(desk, case, request, given, (*request.extensions, given))


def read_day(desk: Desk, typed: str) -> date | str:
    """A day from today on as it was typed, or what is wrong with it."""
    today = london_day(desk.turn.at)
    asking = Asking(kind=Kind.DATE, today=today, earliest=today, not_known_ok=False)
    found = understand(typed, asking, desk.kit.words)
    if isinstance(found, Refused):
        return found.message
    value = found.value
    return date.fromisoformat(str(value["earliest"])) if isinstance(value, dict) else desk.words("scoping.write_something")
