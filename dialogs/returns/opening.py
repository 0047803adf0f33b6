"""Opening a request: whom to search for, what the letter asks, by when. It is recorded."""

from __future__ import annotations

from msgspec.structs import replace

from dialogs.desk import Desk
from dialogs.filling.asking import NOT_KNOWN
from dialogs.giving.lying import links_beside
from dialogs.giving.offer import request_file
from dialogs.reply import Block, Bullets, Button, Card, Choice, Facts, Input, InputKind, Paragraph, Reply, Style
from dialogs.returns.common import WRITABLE, Said, asked, belongs, closed, inputs_of, of_this_request, stale
from dialogs.returns.sheet import Sheet, can_show, show, way
from dialogs.review.further import further_questions
from dialogs.scoping.cards import request_button
from dialogs.scoping.common import has_opened, note_opening, referral_of, step
from dialogs.scoping.machine import ANSWERED
from dialogs.scoping.told import addresses, names
from dialogs.turn import OpenWindow, SubmitWindow
from state.access import Access
from state.scoping_records import RequestRecord
from state.values import london_day
from templates.days import moment_text

ACKNOWLEDGED = ("records_secured", "kept_separate")
"""Two requests of the letter that are acknowledged where the names are shown: answers of the return."""
OPENING = "opening"
"""Where such an answer came from."""
PAPERS = ("scoping", "scoping_letter")
NIL_FIRST = ("begin_nil", "begin_return")


def open_request(desk: Desk, said: Said) -> None:
    """Show the names, and keep that this person has them before them."""
    request = asked(desk, "open_request")
    if request is not None and can_show(desk):
        show_names(desk, request, said)


def not_known_to_us(desk: Desk, said: Said) -> None:
    """ "We do not know them" begins with the names too: nobody may say so without having them before them."""
    request = asked(desk, "answer_nil_return")
    if request is not None and can_show(desk):
        show_names(desk, request, said, ways=NIL_FIRST)


def show_names(desk: Desk, request: RequestRecord, said: Said | None, *, ways: tuple[str, ...] = (), note: str = "") -> None:
    """The names of this issue on one page. The first opening moves the request on."""
    if belongs(desk, request) and not has_opened(desk, request):
        _offer_papers(desk, request)
    note_opening(desk, request)
    stands = request
    if request.state == "sent":
        stands = step(desk, request, "open", opened_at=desk.turn.at) or request
    if not note and said is not None and stale(request, said):
        note = desk.words("returns.changed_since")
    title = desk.words("returns.open_title", reference=request.reference)
    blocks = (*([Paragraph(note, Style.WARNING)] if note else []), *_blocks(desk, stands))
    writable = stands.state in WRITABLE
    inputs = tuple(_acknowledge(desk, stands, name) for name in ACKNOWLEDGED) if writable else ()
    show(desk, Sheet(title=title, blocks=blocks, inputs=inputs, buttons=_ways(desk, stands, ways)))


def _offer_papers(desk: Desk, request: RequestRecord) -> None:
    """Once for each issue: who would rather write in Word can have the form, in their own conversation."""
    files = tuple(request_file(desk, request, form) for form in PAPERS)
    links = links_beside(desk, files, opened=True)
    about = (Paragraph(desk.words("giving.link_means"), Style.QUIET),) if links else ()
    texts = [desk.words("returns.in_word", reference=request.reference)]
    if _lie_there(desk, request):
        texts.append(desk.words("library.lies_there", reference=request.reference))
    card = Card(blocks=(*(Paragraph(text) for text in texts), *about), links=links, buttons=files)
    reply = Reply(card=card, preview=desk.words("scoping.preview", reference=request.reference))
    own = desk.own_place(desk.turn.who.id)
    if desk.private and not isinstance(desk.turn.said, OpenWindow | SubmitWindow):
        desk.say(reply)
    elif own is not None:
        desk.post(own, reply, case=request.case)


def _lie_there(desk: Desk, request: RequestRecord) -> bool:
    """Whether its letter and form lie in its own library: what others there may not know of never does."""
    case, own = desk.snapshot.case, request.organisation in desk.kit.libraries
    return own and not closed(request) and case is not None and not case.restricted


def _blocks(desk: Desk, request: RequestRecord) -> list[Block]:
    referral, today = referral_of(desk), london_day(desk.turn.at)
    blocks: list[Block] = [Paragraph(desk.words(f"scoping.state_{request.state}"))]
    if request.due is not None and request.state in (*WRITABLE, "awaiting_sign_off"):
        blocks.append(Facts(((desk.words("scoping.due"), moment_text(request.due)),)))
    if request.state == "sent_back" and request.reason:
        blocks += [Paragraph(desk.words("returns.sent_back"), Style.HEADING), Paragraph(request.reason)]
    if request.changed:
        blocks += [Paragraph(desk.words("returns.search_again"), Style.WARNING), Bullets(request.changed)]
    if referral is not None:
        found = tuple(text for _, text in names(referral, today, request.withheld))
        where = tuple(f"{text} ({whose})" if whose else text for _, text, whose in addresses(referral, today, request.withheld))
        blocks += [Paragraph(desk.words("returns.names"), Style.HEADING), Bullets(found)]
        if where:
            blocks += [Paragraph(desk.words("returns.addresses"), Style.HEADING), Bullets(where)]
    return [*blocks, Paragraph(desk.words("returns.we_ask"), Style.HEADING), Bullets(_requests(desk))]


def _requests(desk: Desk) -> tuple[str, ...]:
    """The four requests of the letter, in the booklet's own words."""
    form = " ".join(desk.words(f"document_2a.request_form_{part}") for part in (1, 2, 3))
    others = (desk.words("document_2a.request_secure"), desk.words("document_2a.request_separate"))
    return (desk.words("document_2a.request_clarify"), form, *others)


def _acknowledge(desk: Desk, request: RequestRecord, name: str) -> Input:
    own = of_this_request(desk, request.draft)
    known = own.answers.get(name) if own else None
    value = "" if known is None else NOT_KNOWN if known.state == NOT_KNOWN else str(known.value or "")
    choices = (Choice("yes", desk.words("answers.yes")), Choice("no", desk.words("answers.no")))
    return Input(id=name, label=desk.words(f"returns.{name}"), kind=InputKind.CHOICE, choices=choices, value=value)


def keep_acknowledged(desk: Desk, request: RequestRecord, said: Said) -> None:
    """Keep what was ticked beside the names. Afterwards the return is the form at hand, where it was read."""
    own = of_this_request(desk, request.draft)
    if own is None:
        return
    desk.take_up(own)
    for name in ACKNOWLEDGED:
        value = inputs_of(said).get(name, "")
        known = own.answers.get(name)
        if value in ("yes", "no") and (known is None or known.value != value):
            desk.keep_answer(name, "given", value, source=OPENING)


def _ways(desk: Desk, request: RequestRecord, first: tuple[str, ...]) -> tuple[Button, ...]:
    """Six at the most: while a question of the panel waits, they answer that before they ask one of their own."""
    actions = _actions(desk, request, first)
    if any(not one.answer for one in further_questions(desk.snapshot, request.id)):
        actions = ("further_questions", *(action for action in actions if action != "ask_question"))
    return tuple(way(desk, action, request, primary=n == 0) for n, action in enumerate(actions))


def _actions(desk: Desk, request: RequestRecord, first: tuple[str, ...]) -> tuple[str, ...]:
    if request.state in WRITABLE:
        begins = first or tuple(reversed(NIL_FIRST))
        own = ("declare_involvement",) if belongs(desk, request) else ()
        return (*begins, "more_time", "ask_question", "pass_on", *own)
    if request.state == "awaiting_sign_off":
        return (*(["sign_off"] if may_sign(desk, request) else []), "ask_question", "declare_involvement")
    if request.state in (*ANSWERED, "accepted"):
        return (*(["still_stands"] if request.confirm else []), "correct_return", "ask_question")
    return ("ask_question",)


def may_sign(desk: Desk, request: RequestRecord) -> bool:
    """Whether this person could sign the return off: never its author."""
    return desk.turn.who.id != request.author and desk.may_request("sign_off_return", request) is Access.YES


def asked_of_me(desk: Desk) -> None:
    """ "Open request": the one whose reference was typed, else a choice of those that wait for this person."""
    mine = [one for one in desk.snapshot.my_requests if _mine(desk, one)]
    if desk.may("raise_referral") is not Access.YES:
        desk.note("partnership", "refused", action="open_request")
        return desk.say(Reply(text=desk.words("access.nothing")))
    case = desk.snapshot.case
    of_case = [one for one in mine if case is not None and one.case == case.id]
    if len(of_case) == 1 and can_show(desk):
        return show_names(desk, of_case[0], None)
    if not mine:
        runs = desk.may("send_requests") is Access.YES
        return desk.say(Reply(text=desk.words("returns.of_a_case" if runs else "returns.none_waiting")))
    buttons = tuple(_choice(desk, one) for one in (of_case or mine)[:6])
    card = Card(blocks=(Paragraph(desk.words("returns.choose_request")),), buttons=buttons)
    return desk.say(Reply(card=card, preview=desk.words("filling.preview")))


def _mine(desk: Desk, request: RequestRecord) -> bool:
    """Of the case that was read it is known for certain; others are checked again when they are opened."""
    case = desk.snapshot.case
    return case is None or request.case != case.id or desk.may_request("open_request", request) is Access.YES


def _choice(desk: Desk, request: RequestRecord) -> Button:
    label = desk.words("buttons.open_request_named", reference=request.reference)
    return replace(request_button(desk, "open_request", request), label=label)
