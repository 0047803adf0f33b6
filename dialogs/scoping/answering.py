"""What organisations ask or say about a request, and what the coordinator answers."""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.casework.common import chain, tell_person
from dialogs.desk import Desk
from dialogs.reply import Paragraph, Reply
from dialogs.scoping.at_hand import request_at_hand
from dialogs.scoping.choose import choose_one, request_of
from dialogs.scoping.common import card_name, card_places, referral_at_hand, referral_of
from dialogs.scoping.machine import ANSWERED, WAITS
from dialogs.scoping.notices import notice_of, part, request_named, settle_one
from dialogs.scoping.pieces import LONGEST, choice, done, field, heading, press, say_card, written
from dialogs.scoping.plan import show_plan, to_send
from dialogs.scoping.reach import in_order, kind_label
from dialogs.scoping.told import addresses, names
from dialogs.turn import Press
from state.records import CaseRecord
from state.scoping_records import NoticeRecord, RequestRecord
from state.values import london_day

ASKED_ABOUT = (*WAITS, *ANSWERED, "accepted")
SHORTEST_NAME = 3
"""Letters of a part of a name that are looked for in an answer before it is posted."""


def answer_question(desk: Desk, said: Press, *, error: str = "") -> None:
    """Show the question again with a field for the answer, and where it is to be given."""
    found = _asked(desk, said)
    if found is None:
        return None
    _, request, notice = found
    where = [(one, desk.words(f"scoping.answer_{one}")) for one in ("privately", "thread")]
    if not card_places(desk, request) or desk.own_place(notice.by) is None:
        where = [one for one in where if (one[0] == "thread") is bool(card_places(desk, request))]
    inputs = (
        field(desk, "answer", desk.words("scoping.your_answer"), value=said.inputs.get("answer", ""), long=True),
        choice(desk, "where", desk.words("scoping.where_to_answer"), where, value=said.inputs.get("where", where[0][0])),
    )
    blocks = (
        heading(desk.words("scoping.question_heading", name=desk.name_of(notice.by))),
        Paragraph(part(notice, "question")),
    )
    buttons = (press(desk, "send_answer", request.id, at=notice.id, primary=True, inputs=True),)
    return say_card(desk, blocks, inputs=inputs, buttons=buttons, error=error)


def _asked(desk: Desk, said: Press) -> tuple[CaseRecord, RequestRecord, NoticeRecord] | None:
    found = request_at_hand(desk, ASKED_ABOUT)
    notice = notice_of(desk, said.at)
    if found is None:
        return None
    if notice is None or notice.kind != "question" or request_named(notice) != found[1].id:
        desk.tell(desk.words("scoping.settled_already"))
        return None
    return (*found, notice)


def send_answer(desk: Desk, said: Press) -> None:
    """Give the answer: to whoever asked, alone; or under the card, if it names nobody."""
    found = _asked(desk, said)
    if found is None:
        return None
    case, request, notice = found
    answer, where = written(said.inputs, "answer"), said.inputs.get("where", "privately")
    if not 0 < len(answer) <= LONGEST:
        return answer_question(desk, said, error=desk.words("scoping.write_something"))
    if where == "thread" and identifies(desk, answer):
        return answer_question(desk, said, error=desk.words("scoping.answer_identifies"))
    if not _answered(desk, case, request, notice, answer, where):
        return answer_question(desk, said, error=desk.words("scoping.answer_nowhere"))
    settle_one(desk, notice, "answered")
    desk.note(chain(case), "question_answered", request=request.id, where=where, content={"answer": answer})
    done(desk)
    return desk.tell(desk.words("scoping.answer_sent"))


def _answered(desk: Desk, case: CaseRecord, request: RequestRecord, notice: NoticeRecord, answer: str, where: str) -> bool:
    text = desk.words("scoping.answer_comes", reference=request.reference, answer=answer)
    reply = Reply(text=text, preview=desk.words("scoping.preview", reference=request.reference))
    if where == "privately":
        return tell_person(desk, case, notice.by, reply)
    for place in card_places(desk, request):
        desk.follow(place, reply, case=case.id, card=card_name(request))
    return bool(card_places(desk, request))


def identifies(desk: Desk, text: str) -> bool:
    """Whether a text holds a part of any name, or an address, of the referral: then it is not posted in a channel."""
    said = " ".join(text.casefold().split())
    words = set("".join(c if c.isalnum() else " " for c in said).split())
    return any(one in words or (" " in one and one in said) for one in _identifying(desk))


def _identifying(desk: Desk) -> Iterator[str]:
    referral, today = referral_of(desk), london_day(desk.turn.at)
    if referral is None:
        return
    for _, name in names(referral, today):
        yield from (word for word in name.casefold().split() if len(word) >= SHORTEST_NAME)
    yield from (" ".join(address.casefold().split()) for _, address, _ in addresses(referral, today))


def nobody_involved(desk: Desk, said: Press) -> None:
    """What was declared changes nothing: the request stays where it is."""
    found, notice = request_at_hand(desk, ASKED_ABOUT), notice_of(desk, said.at)
    if found is None:
        return None
    if notice is None or notice.kind != "involvement":
        return desk.tell(desk.words("scoping.settled_already"))
    settle_one(desk, notice, "nothing changed")
    desk.note(chain(found[0]), "involvement_settled", request=found[1].id, outcome="nothing changed")
    done(desk)
    return desk.tell(desk.words("scoping.settled_now"))


def _proposed(desk: Desk, said: Press) -> tuple[CaseRecord, NoticeRecord] | None:
    found, notice = request_at_hand(desk, ASKED_ABOUT), notice_of(desk, said.at)
    if found is None:
        return None
    if notice is None or notice.kind != "propose_organisation":
        desk.tell(desk.words("scoping.settled_already"))
        return None
    return found[0], notice


def accept_proposal(desk: Desk, said: Press) -> None:
    """Which organisation is meant: those of that kind first. One that is not there yet is added first."""
    found = _proposed(desk, said)
    if found is None:
        return None
    case, notice = found
    kind = part(notice, "agency")
    free = [one for one in in_order(desk) if one.ended_at is None and _free(desk, one.id)]
    free.sort(key=lambda one: one.kind != kind)
    inputs = (choice(desk, "organisation", desk.words("scoping.which_is_meant"), ((one.id, one.name) for one in free)),)
    buttons = (
        press(desk, "keep_proposal", said.target, at=notice.id, primary=True, inputs=True),
        press(desk, "add_organisation", case.id),
        press(desk, "refuse_proposal", said.target, at=notice.id),
    )
    name = ": ".join(filter(None, (kind_label(desk, kind), part(notice, "name"))))
    return say_card(desk, (heading(desk.words("scoping.proposal_heading", name=name)),), inputs=inputs, buttons=buttons)


def _free(desk: Desk, organisation: str) -> bool:
    before = request_of(desk, organisation)
    return before is None or before.state in ("to_send", "withdrawn")


def keep_proposal(desk: Desk, said: Press) -> None:
    """It will be asked too: vetted and sent like the others."""
    found = _proposed(desk, said)
    referral = referral_at_hand(desk) if found is not None else None
    if found is None or referral is None:
        return None
    case, notice = found
    organisation = desk.organisation(said.inputs.get("organisation", ""))
    if organisation is None or organisation.ended_at is not None or not _free(desk, organisation.id):
        return accept_proposal(desk, said)
    before = request_of(desk, organisation.id)
    made = before if before is not None and before.state == "to_send" else choose_one(desk, case, organisation, referral)
    settle_one(desk, notice, f"asked {organisation.id}")
    desk.note(chain(case), "proposal_accepted", organisation=organisation.id)
    done(desk)
    return show_plan(desk, case, [*(one for one in to_send(desk) if one.id != made.id), made])


def refuse_proposal(desk: Desk, said: Press) -> None:
    """It is not asked."""
    found = _proposed(desk, said)
    if found is None:
        return None
    case, notice = found
    settle_one(desk, notice, "not asked")
    desk.note(chain(case), "proposal_refused", notice=notice.id)
    done(desk)
    return desk.tell(desk.words("scoping.settled_now"))


def notice_seen(desk: Desk, said: Press) -> None:
    """A return names an agency that said it knows nobody: the coordinator has seen it."""
    found, notice = request_at_hand(desk, ASKED_ABOUT), notice_of(desk, said.at)
    if found is None:
        return None
    if notice is None or notice.kind != "contradicted":
        return desk.tell(desk.words("scoping.settled_already"))
    settle_one(desk, notice, "seen")
    desk.note(chain(found[0]), "contradiction_seen", notice=notice.id)
    done(desk)
    return desk.tell(desk.words("scoping.settled_now"))
