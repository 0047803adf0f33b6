"""After organisations were asked, the coordinator corrects who a case is about: names, birth dates, addresses."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from dialogs.casework.announce import announce
from dialogs.casework.clocks import recompute
from dialogs.casework.common import case_button, case_for, chain
from dialogs.casework.facts import known
from dialogs.completed import filled
from dialogs.desk import Desk
from dialogs.filling.accept import accept
from dialogs.filling.asking import child_label, editable, input_for
from dialogs.filling.pages import Asked, Page
from dialogs.referral.advice import advice_for, child_blocks
from dialogs.referral.digests import digests_of
from dialogs.reply import Block, Button, Choice, Input, InputKind, Paragraph, Style
from dialogs.returns.common import Said, inputs_of
from dialogs.returns.reissue import reissue
from dialogs.returns.sheet import Sheet, show
from dialogs.scoping.pieces import done as close_card
from dialogs.turn import OpenWindow
from state.records import CaseRecord, ChildDigestRecord
from state.values import london_day
from templates.forms.shape import CHILDREN, Spot

RUN = "send_requests"
"""Whoever may send requests may issue them again."""
OF_A_CHILD = ("name", "aliases", "date_of_birth", "address")
OF_A_RELATIVE = ("name", "aliases", "date_of_birth", "address")
FAMILY = "family"
SUBJECT = "subject"


def correct_case(desk: Desk, _said: Said | None = None) -> None:
    """Ask whose details are put right."""
    case = case_for(desk, RUN)
    if case is not None:
        _whose(desk, case)


def _whose(desk: Desk, case: CaseRecord) -> None:
    choices = tuple(Choice(path, name) for path, name in _subjects(desk).items())
    asks = Input(
        id=SUBJECT,
        label=desk.words("returns.whose_details"),
        kind=InputKind.CHOICE,
        choices=choices,
        required=True,
        required_error=desk.words("returns.whose_details_needed"),
    )
    blocks = (Paragraph(desk.words("returns.correct_help")),)
    title = desk.words("returns.correct_title", reference=case.reference)
    show(desk, Sheet(title=title, blocks=blocks, inputs=(asks,), buttons=(_way(desk, "correct_subject", case),)))


def _way(desk: Desk, action: str, case: CaseRecord, *, at: str = "", version: int = 0) -> Button:
    made = case_button(desk, action, case, at=at, primary=True)
    return replace(made, takes_inputs=True, version=version)


def _subjects(desk: Desk) -> dict[str, str]:
    """Children and family by their place in the referral."""
    referral = desk.filled()
    children = {f"{CHILDREN}.{n}": child_label(referral, n, desk.kit) for n in referral.children()}
    family = {f"{FAMILY}.{n}": str(referral.value(f"{FAMILY}.{n}.name") or "") for n in referral.rows(FAMILY)}
    return children | {path: name for path, name in family.items() if name}


def correct_subject(desk: Desk, said: Said) -> None:
    """Show what is kept of that person, to be put right."""
    case = case_for(desk, RUN)
    if case is None:
        return None
    chosen = inputs_of(said).get(SUBJECT, "")
    if chosen not in _subjects(desk):
        return _whose(desk, case)
    return _details(desk, case, chosen)


def _page(desk: Desk, subject: str) -> Page:
    """The questions about one person that organisations search under."""
    group, _, number = subject.partition(".")
    shape = desk.filled().shape
    paths = [f"{subject}.{name}" for name in (OF_A_CHILD if group == CHILDREN else OF_A_RELATIVE)]
    found = [(path, shape.find(path)) for path in paths]
    asked = tuple(Asked(path, one[1]) for path, one in found if one is not None)
    spot = Spot(f"{CHILDREN}.name", int(number)) if group == CHILDREN else Spot(FAMILY, int(number))
    return Page(spot=spot, asked=asked, is_row=group == FAMILY)


def _details(
    desk: Desk,
    case: CaseRecord,
    subject: str,
    *,
    errors: dict[str, str] | None = None,
    note: str = "",
    typed: dict[str, str] | None = None,
) -> None:
    page, today = _page(desk, subject), london_day(desk.turn.at)
    wrong, said = errors or {}, typed or {}
    inputs = tuple(
        input_for(a.path, a.question, desk.filled(), desk.kit, today, error=wrong.get(a.path, ""), typed=said.get(a.path))
        for a in page.asked
    )
    blocks = (Paragraph(note, Style.WARNING),) if note else ()
    title = desk.words("returns.correct_title", reference=case.reference)
    send = _way(desk, "save_correction", case, at=subject, version=_version(desk, page))
    show(desk, Sheet(title=title, blocks=blocks, inputs=inputs, buttons=(send,)))


def _version(desk: Desk, page: Page) -> int:
    """How often these answers were written, and one more: 0 would say nothing."""
    return 1 + sum(desk.answers[one.path].version for one in page.asked if one.path in desk.answers)


def save_correction(desk: Desk, said: Said) -> None:
    """Keep what changed, and ask every organisation again that it concerns."""
    case = case_for(desk, RUN)
    subject = "" if isinstance(said, OpenWindow) else said.at
    if case is None:
        return None
    if isinstance(said, OpenWindow) or subject not in _subjects(desk):
        return _whose(desk, case)
    page = _page(desk, subject)
    if said.version != _version(desk, page):
        return _details(desk, case, subject, note=desk.words("filling.stale"))
    before = filled(desk.kit, desk.at_hand, dict(desk.answers))
    advised = _advice(desk)
    accepted = accept(desk, page, _other_than(desk, page, said.inputs), source="correction")
    if accepted.errors:
        return _details(desk, case, subject, errors=dict(accepted.errors), typed=dict(said.inputs))
    changed = [one.path for one in desk.written()]
    if not changed:
        return desk.tell(desk.words("returns.nothing_changed"))
    desk.note(chain(case), "referral_corrected", paths=",".join(sorted(changed)))
    blocks = _new_advice(desk, advised)
    _keep_digests(desk, case)
    announce(desk, case, recompute(desk, known(desk)), desk.words("returns.why_corrected"))
    again = reissue(desk, case, before, desk.filled(), changed)
    close_card(desk)
    return _done(desk, case, again, blocks)


def _other_than(desk: Desk, page: Page, inputs: Mapping[str, str]) -> dict[str, str]:
    """What was sent otherwise than it was shown: a date that only stands there in other words was not corrected."""
    today, kept = london_day(desk.turn.at), desk.filled()
    shown = {a.path: editable(kept.answers.get(a.path), a.question, kept, desk.kit, today) for a in page.asked}
    return {path: text for path, text in inputs.items() if text.strip() != shown.get(path, text).strip()}


def _advice(desk: Desk) -> dict[int, object]:
    return {child: advice_for(desk, child) for child in desk.filled().children()}


def _keep_digests(desk: Desk, case: CaseRecord) -> None:
    """A child is found as a possible match under the corrected name and birth date."""
    kept = {one.child: one for one in desk.snapshot.digests if one.case == case.id}
    for child, digest in digests_of(desk).items():
        before = kept.get(child)
        if before is None or before.digest != digest:
            version = before.version if before else 0
            desk.put(ChildDigestRecord(case=case.id, child=child, digest=digest, version=version))


def _new_advice(desk: Desk, before: dict[int, object]) -> list[Block]:
    """The advice on each child for whom it is another now."""
    changed = [child for child, advice in _advice(desk).items() if advice != before.get(child)]
    if not changed:
        return []
    blocks: list[Block] = [Paragraph(desk.words("returns.advice_changed"), Style.WARNING)]
    return blocks + [block for child in changed for block in child_blocks(desk, desk.filled(), child)]


def _done(desk: Desk, case: CaseRecord, again: int, blocks: list[Block]) -> None:
    said = desk.words("returns.corrected", count=again) if again else desk.words("returns.corrected_nobody")
    if not blocks:
        return desk.tell(said)
    title = desk.words("returns.correct_title", reference=case.reference)
    return show(desk, Sheet(title=title, blocks=(Paragraph(said), *blocks)))
