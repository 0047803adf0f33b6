"""The sign-off: each of the three partners once, in agreement or with another view. The third concludes the case."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.casework.common import case_for, chain, move, tell_coordinators
from dialogs.desk import Desk
from dialogs.reply import Block, Choice, Facts, Input, InputKind, Paragraph, Reply, Style
from dialogs.review.common import (
    REPORT,
    Asked,
    answered,
    inputs_of,
    is_sent,
    newest,
    partner_label,
    partner_of,
    report_of,
    send_button,
    show,
    signed,
    take_up,
)
from dialogs.review.gaps import unwritten
from dialogs.review.overview import sources
from dialogs.turn import Press, SubmitWindow
from state.records import CaseRecord
from state.values import JSON, london_day
from templates.documents.pack_data import PARTNERS, Partner

READ_BACK = ("opinion", "review_kind", "rationale")
SIGNS = "sign_off_review"


def sign_off_review(desk: Desk, _said: Asked | None = None) -> None:
    """Show what is to be signed, with the two ways to sign it."""
    found = _may_sign(desk)
    if found is not None:
        _ask(desk, *found)


def _may_sign(desk: Desk) -> tuple[CaseRecord, Partner] | None:
    """The case and the partner, where this person can sign now. Otherwise it says why not."""
    case = case_for(desk, SIGNS)
    if case is None:
        return None
    partner = partner_of(desk)
    if partner is None:
        desk.tell(desk.words("review.which_partner"))
    elif is_sent(desk):
        desk.tell(desk.words("review.sent_already"))
    elif partner in signed(report_of(desk)):
        desk.tell(desk.words("review.partner_has_signed", partner=partner_label(desk, partner)))
    elif left := unwritten(sources(desk)):
        _first_write(desk, tuple(gap.text for gap in left))
    else:
        return case, partner
    return None


def _first_write(desk: Desk, left: tuple[str, ...]) -> None:
    desk.tell("\n".join((desk.words("review.first_write"), *left)))


def _version(desk: Desk) -> int:
    """How often the report was written: who signs must have read the newest."""
    written = newest(desk.snapshot, REPORT)
    return sum(one.version for one in written.answers.values() if not one.path.startswith("sign_off")) if written else 0


def _ask(
    desk: Desk, case: CaseRecord, partner: Partner, error: str = "", typed: Mapping[str, str] | None = None, note: str = ""
) -> None:
    report, now = sources(desk), typed or {}
    rows = tuple((desk.words(f"review.say_{name}"), report.text(report.report, name)) for name in READ_BACK)
    blocks: list[Block] = [Paragraph(note, Style.WARNING)] if note else []
    blocks += [Paragraph(desk.words("review.sign_for", partner=partner_label(desk, partner)), Style.HEADING), Facts(rows)]
    choices = (Choice("yes", desk.words("review.we_agree")), Choice("no", desk.words("review.we_do_not_agree")))
    needed = desk.words("review.needed")
    agreed = Input(
        id="agreed",
        label=desk.words("review.do_you_agree"),
        kind=InputKind.CHOICE,
        choices=choices,
        required=True,
        required_error=needed,
        value=now.get("agreed", ""),
        error=needed if typed is not None and not now.get("agreed") else "",
    )
    label = desk.words("review.other_view")
    dissent = Input(id="dissent", label=label, kind=InputKind.LONG_TEXT, value=now.get("dissent", ""), error=error)
    send = send_button(desk, "sign_review_now", case.id, version=_version(desk))
    show(desk, desk.words("review.title", reference=case.reference), blocks, (agreed, dissent), send)


def sign_now(desk: Desk, said: Press | SubmitWindow) -> None:
    """Sign it. What changed since it was read must be read again first."""
    found = _may_sign(desk)
    if found is None:
        return
    case, partner = found
    inputs = inputs_of(said)
    if said.version != _version(desk):
        return _ask(desk, case, partner, typed=inputs, note=desk.words("review.changed_since"))
    if inputs.get("agreed") not in ("yes", "no"):
        return _ask(desk, case, partner, typed=inputs)
    if inputs["agreed"] == "no" and not inputs.get("dissent", "").strip():
        return _ask(desk, case, partner, error=desk.words("review.say_why_not"), typed=inputs)
    return _sign(desk, case, partner, inputs)


def _sign(desk: Desk, case: CaseRecord, partner: Partner, inputs: Mapping[str, str]) -> None:
    take_up(desk, case, REPORT)
    row = desk.filled().next_row("sign_off")
    day = london_day(desk.turn.at).isoformat()
    values: dict[str, JSON] = {
        "partner": partner,
        "person": _person(desk),
        "agreed": inputs["agreed"],
        "on": {"said": day, "earliest": day, "latest": day, "precision": "day"},
    }
    if inputs["agreed"] == "no":
        values["dissent"] = inputs["dissent"].strip()
    for name, value in values.items():
        desk.keep_answer(f"sign_off.{row}.{name}", "given", value, source="sign_off")
    desk.note(chain(case), "review_signed", partner=partner, agreed=inputs["agreed"])
    _conclude(desk, case, partner, inputs["agreed"])


def _person(desk: Desk) -> JSON:
    """Who signs, as the form keeps a person."""
    who, known = desk.turn.who, desk.snapshot.person
    return {"name": who.name or (known.name if known else ""), "role": known.job if known else "", "email": who.email}


def _conclude(desk: Desk, case: CaseRecord, partner: Partner, agreed: str) -> None:
    left = [one for one in PARTNERS if one not in signed(desk.filled())]
    label = partner_label(desk, partner)
    key = "review.was_signed" if agreed == "yes" else "review.was_signed_apart"
    text = desk.words(key, reference=case.reference, partner=label)
    if left:
        text += " " + desk.words("review.still_to_sign", partners=", ".join(partner_label(desk, one) for one in left))
    else:
        text += " " + desk.words("review.all_signed")
        if decided := move(case, "conclude"):
            desk.put(decided)
            desk.note(chain(case), "review_concluded", outcome=str(desk.filled().value("review_kind")))
    tell_coordinators(desk, case, Reply(text=text, preview=desk.words("filling.preview")))
    answered(desk, desk.words("review.you_signed", partner=label))
