"""What people do in a year of work, each through the real turns: referring, asking, answering, and everything in between."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from asked import NIL, fills_in_windows, opens, sends
from case_steps import DECIDED
from msgspec.structs import replace
from referral_steps import ONE_CHILD, begin, fill_in
from scoping_steps import PURPOSE
from story import text_of
from year_world import THROTTLED, Year

from bot.console.places import channel
from bot.doors import NotDelivered
from state.records import CasePersonRecord
from state.snapshot import Wanted
from state.values import LONDON, london_day

WAITS = ("sent", "opened", "drafting", "awaiting_sign_off", "sent_back")
WHY = {"decided_by": "Test Partner", "reason": "The police found that it was an accident."}
STAND_DOWN = WHY | {"panel_on": "today", "panel_reference": "PANEL-1"}


def typed(day: date) -> str:
    """A day as people type it."""
    return f"{day.day} {day:%B %Y}"


def one(year: Year, query: str) -> list[tuple[object, ...]]:
    with year.rows(query) as found:
        return found.fetchall()


async def refer(year: Year, number: int, *, restricted: bool = False) -> str:
    """A referral that is sent. Returns the case's id."""
    before = {row[0] for row in one(year, 'SELECT "id" FROM "cases"')}
    day = london_day(year.clock.now()) - timedelta(days=1)
    letters = "".join(chr(ord("a") + int(digit)) for digit in f"{number:03}")
    told = {
        **ONE_CHILD,
        "children.1.name": f"Test Child {letters.title()}",
        "children.1.date_of_birth": f"{number % 28 + 1}/{number % 12 + 1}/{2012 + number % 10}",
        "children.1.address": f"{number + 1} Test {letters.title()} Road, Testtown",
        "incident_date": typed(day),
        "la_aware_at": f"{typed(day)} 14:30",
    }
    year.as_("practitioner")
    await begin(year, restricted=restricted)
    if restricted:
        people = {choice.label: choice.value for choice in year.card.inputs[0].choices}
        await year.press("name_people", {"named": next(v for k, v in people.items() if "Test Coordinator" in k)})
    await fill_in(year, told)
    await year.press("submit")
    (made,) = {row[0] for row in one(year, 'SELECT "id" FROM "cases"')} - before
    return str(made)


async def ask(year: Year, case: str, organisations: tuple[str, ...], involved: str = "", instead: str = "") -> None:
    """The coordinator asks these organisations. Of one the lead is involved: somebody else is asked, or it goes by email."""
    reference = one(year, f"""SELECT "reference" FROM "cases" WHERE "id" = '{case}'""")[0][0]
    year.as_("coordinator")
    await year.says(f"send requests {reference}")
    await year.press("keep_choice", {"organisations": ",".join(organisations)})
    await year.press("vet_organisations")
    about = f"""SELECT "id" FROM "requests" WHERE "case" = '{case}' AND "organisation" = '{involved}'"""
    await year.press("keep_vetted", {"involved": str(one(year, about)[0][0]) if involved else ""})
    if involved:
        senior = year.id(instead) if instead else "email"
        told = {"excluded": year.id(year.lead(involved)), "why": "relative", "senior": senior}
        await year.press("keep_involved", told)
    await year.press("confirm_requests")
    await year.press("send_now", PURPOSE)


async def read(year: Year, case: str) -> None:
    """The coordinator opens the referral."""
    await year.as_("coordinator").press_raw("open_case", case)


async def decide(year: Year, case: str) -> None:
    """The coordinator decides to notify."""
    await year.as_("coordinator").press_raw("decide", case)
    await fill_in(year, DECIDED)
    await year.press("submit")


async def notified(year: Year, case: str) -> None:
    """The notification was sent, before its day or after it."""
    await year.as_("coordinator").press_raw("notified", case)
    await year.press("save_notified", {"notified_at": "today at 9:01am", "notification_reference": "TEST-9"})


async def stand_down(year: Year, case: str) -> None:
    """It does not meet the criteria after all: everybody is told to stop."""
    await year.as_("coordinator").press_raw("stand_down", case)
    await year.press("do_stand_down", STAND_DOWN)


def in_their_channel(year: Year, organisation: str) -> Year:
    """Whoever leads an organisation, in its channel."""
    year.as_(year.lead(organisation), in_channel=organisation)
    return year


async def nil(year: Year, request: str, organisation: str) -> None:
    """The organisation knows nobody."""
    in_their_channel(year, organisation)
    await opens(year, "not_known_to_us", request)
    await sends(year, "begin_nil")
    names = next(asked for asked in year.window.inputs if asked.id == "names_checked")
    everyone = ",".join(choice.value for choice in names.choices)
    await fills_in_windows(year, NIL | {"names_checked": everyone})
    await sends(year, "window_send")


async def look(year: Year, request: str, organisation: str) -> None:
    """Somebody there opens the request, and leaves it."""
    in_their_channel(year, organisation)
    await opens(year, "open_request", request)


async def correct(year: Year, request: str, organisation: str) -> None:
    """What was answered is corrected: it is asked for again."""
    in_their_channel(year, organisation)
    await opens(year, "correct_return", request)


async def more_time(year: Year, request: str, organisation: str, until: date) -> None:
    """They need longer."""
    in_their_channel(year, organisation)
    await opens(year, "more_time", request)
    await sends(year, "ask_time", {"new_date": typed(until), "reason": "Two files."})


async def grant(year: Year, request: str) -> None:
    await year.as_("coordinator").press_raw("grant_time", request)
    if year.newest.card is not None and year.has("grant_time_anyway"):
        await year.press("grant_time_anyway")


async def refuse(year: Year, request: str) -> None:
    await year.as_("coordinator").press_raw("refuse_time", request)


async def give(year: Year, request: str, until: date) -> None:
    """The coordinator gives more time unasked."""
    await year.as_("coordinator").press_raw("give_time", request)
    for _ in range(2):
        if year.newest.card is not None and year.has("keep_time"):
            await year.press("keep_time", {"until": typed(until), "reason": "A test."})


async def withdraw(year: Year, request: str) -> None:
    await year.as_("coordinator").press_raw("withdraw_request", request)
    await year.press("do_withdraw", {"reason": "Asked by mistake."})


async def emailed(year: Year, case: str, request: str) -> None:
    await year.as_("coordinator").press_raw("emailed", case, {"sent": request})


async def snooze(year: Year, date_id: str, until: date) -> None:
    await year.as_("coordinator").press_raw("snooze", date_id)
    for _ in range(2):
        if year.newest.card is not None and year.has("keep_snooze"):
            await year.press("keep_snooze", {"until": typed(until)})


async def leave_to_me(year: Year, date_id: str) -> None:
    await year.as_("coordinator").press_raw("leave_to_me", date_id)


async def let_go_on(year: Year, date_id: str) -> None:
    await year.as_("coordinator").press_raw("let_go_on", date_id)


async def hand_on(year: Year, date_id: str, to: str) -> None:
    await year.as_("coordinator").press_raw("hand_on", date_id)
    await year.press("keep_hand_on", {"who": year.id(to)})


async def chase_now(year: Year, date_id: str) -> None:
    await year.as_("coordinator").press_raw("chase_now", date_id)


async def away(year: Year, person: str, first: date, last: date, deputy: str) -> None:
    """Somebody is away, with a deputy."""
    year.as_(person)
    await year.says("away")
    told = {"first": typed(first), "last": typed(last), "deputy": year.id(deputy)}
    said = await year.press("keep_away", {"person": year.id(person), **told})
    assert typed(last) in text_of(said), text_of(said)


async def exclude(year: Year, case: str, person: str) -> None:
    """Somebody is involved in the case: they are told nothing of it from now on."""
    await year.write(CasePersonRecord(case=case, person=year.id(person), relation="excluded"))


async def fails(year: Year, conversation: str, until: datetime, how: NotDelivered = THROTTLED) -> None:
    """A conversation takes nothing until a moment."""
    year.channel.broken[conversation] = how
    year.outages.append((conversation, year.clock.now(), until))


async def let_go(year: Year, organisation: str) -> None:
    """Their channel is theirs no more."""
    place = (await year.parts.store.read(Wanted(turn="", person="", place=channel(organisation).id))).place
    assert place is not None
    await year.write(replace(place, tied_to="", confirmed_by=""))


async def begin_and_leave(year: Year) -> None:
    """Somebody begins a referral and does not send it."""
    year.as_("head-teacher")
    await begin(year)


async def works_again(year: Year, conversation: str) -> None:
    """It takes everything again. Where the assistant was away meanwhile that may be later than was meant."""
    year.channel.broken.pop(conversation, None)
    now = year.clock.now()
    year.outages = [(place, a, max(b, now) if place == conversation and a <= now else b) for place, a, b in year.outages]
    await year.settle()


def moment(day: date, hour: int, minute: int) -> datetime:
    """A time of day in England."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON)
