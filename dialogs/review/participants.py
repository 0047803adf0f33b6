"""Who takes part in the rapid review: people who are known here and others, with each of the three partners represented."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from dialogs.casework.common import case_button, chain
from dialogs.desk import Desk
from dialogs.reply import Block, Bullets, Choice, Input, InputKind, Paragraph, Style
from dialogs.review.common import (
    ON_THE_PANEL,
    REPORT,
    Asked,
    answered,
    can_be_asked,
    inputs_of,
    on_panel,
    partner_label,
    relation,
    report_of,
    send_button,
    show,
    take_up,
    unsigned_case,
)
from dialogs.review.invitations import agenda, invite
from dialogs.turn import Press, SubmitWindow
from state.records import CaseRecord, PersonRecord
from templates.documents.pack_data import PARTNERS
from templates.forms.filled import Filled

PARTNER, PANEL = "partner_", "panel"
OF_A_PERSON = "person:"
"""What the source of a row begins with that was made from somebody who is known here."""


def represented(report: Filled) -> set[str]:
    """The partners that somebody on the list of participants speaks for."""
    said = (report.value(f"participants.{row}.partner") for row in report.rows("participants"))
    return {one for one in said if isinstance(one, str)}


def people(desk: Desk, _said: Asked | None = None) -> None:
    """Ask who takes part."""
    case = unsigned_case(desk)
    if case is not None:
        ask_people(desk, case)


def ask_people(
    desk: Desk,
    case: CaseRecord,
    *,
    opening: Sequence[str] = (),
    unreached: Sequence[str] = (),
    errors: Mapping[str, str] | None = None,
) -> None:
    """One list for each partner, and one for everybody else on the panel."""
    blocks: list[Block] = [Paragraph(text, Style.HEADING if n == 0 else Style.WARNING) for n, text in enumerate(opening)]
    blocks += [*_others(desk), *_unreached(desk, unreached)]
    choices = tuple(Choice(one.id, _label(one)) for one in can_be_asked(desk))
    chosen = {partner: person for person, partner in on_panel(desk).items() if partner}
    rest = ",".join(person for person, partner in on_panel(desk).items() if not partner)
    inputs = [
        Input(
            id=f"{PARTNER}{partner}",
            label=desk.words("review.who_for", partner=partner_label(desk, partner)),
            kind=InputKind.CHOICE,
            choices=choices,
            value=chosen.get(partner, ""),
            error=(errors or {}).get(partner, ""),
        )
        for partner in PARTNERS
    ]
    label = desk.words("review.who_else")
    inputs.append(Input(id=PANEL, label=label, kind=InputKind.CHOICES, choices=choices, value=rest))
    title = desk.words("review.people_title", reference=case.reference)
    more = case_button(desk, "add_participant", case, window=True)
    show(desk, title, blocks, inputs, send_button(desk, "name_panel", case.id), more)


def _label(person: PersonRecord) -> str:
    return ", ".join(filter(None, (person.name, person.job, person.agency)))


def _others(desk: Desk) -> list[Block]:
    """Participants who are not known here."""
    report = report_of(desk)
    rows = [row for row in report.rows("participants") if not _person_of(report, row)]
    if not rows:
        return []
    lines = tuple(
        f"{report.value(f'participants.{row}.membership') or ''}, {report.value(f'participants.{row}.agency') or ''}"
        for row in rows
    )
    return [Paragraph(desk.words("review.also_there")), Bullets(lines)]


def _unreached(desk: Desk, unreached: Sequence[str]) -> list[Block]:
    if not unreached:
        return []
    names = tuple(desk.name_of(one) for one in unreached)
    return [Paragraph(desk.words("review.send_them_the_file"), Style.WARNING), Bullets(names)]


def _person_of(report: Filled, row: int) -> str:
    answer = report.answers.get(f"participants.{row}.agency")
    source = answer.source if answer else ""
    return source.removeprefix(OF_A_PERSON) if source.startswith(OF_A_PERSON) else ""


def name_panel(desk: Desk, said: Press | SubmitWindow) -> None:
    """Keep who takes part: they may read the pack and write from now on; who is taken off may not any more."""
    case = unsigned_case(desk)
    if case is None:
        return
    chosen, twice = _chosen(desk, inputs_of(said))
    if twice:
        return ask_people(desk, case, errors={twice: desk.words("review.one_partner_each")})
    before = on_panel(desk)
    _relate(desk, case, chosen)
    take_up(desk, case, REPORT)
    _rows(desk, chosen)
    desk.note(chain(case), "panel_named", people=",".join(sorted(chosen)))
    unreached = _invite(desk, case, [one for one in sorted(chosen) if one not in before])
    agenda(desk, case)
    answered(desk, "\n".join((desk.words("review.panel_kept"), *warnings(desk), *_unreached_text(desk, unreached))))


def _chosen(desk: Desk, inputs: Mapping[str, str]) -> tuple[dict[str, str], str]:
    """People with the partner each speaks for. The second is a partner whose person speaks for another one already."""
    known = {one.id for one in can_be_asked(desk)}
    found: dict[str, str] = {}
    for partner in PARTNERS:
        person = inputs.get(f"{PARTNER}{partner}", "").strip()
        if person in found:
            return found, partner
        if person in known:
            found[person] = partner
    for person in (one.strip() for one in inputs.get(PANEL, "").split(",")):
        if person in known:
            found.setdefault(person, "")
    return found, ""


def _relate(desk: Desk, case: CaseRecord, chosen: Mapping[str, str]) -> None:
    for one in desk.snapshot.case_people:
        gone = one.person not in chosen or (one.relation == "partner" and not chosen[one.person])
        if one.relation in ON_THE_PANEL and gone and (one.until is None or one.until > desk.turn.at):
            desk.put(replace(one, until=desk.turn.at))
    for person, partner in chosen.items():
        kinds = ("partner", "panel_member") if partner else ("panel_member",)
        for kind in (*kinds, *(("named",) if case.restricted else ())):
            known = relation(desk, case, person, kind)
            reason = partner if kind == "partner" else known.reason
            if known.version == 0 or known.until is not None or known.reason != reason:
                desk.put(replace(known, reason=reason, until=None))


def _rows(desk: Desk, chosen: Mapping[str, str]) -> None:
    """The list of participants of Document 3: a row for each of them, those of others left as they are."""
    people = {one.id: one for one in desk.snapshot.all_people}
    report = desk.filled()
    kept = {_person_of(report, row): row for row in report.rows("participants") if _person_of(report, row)}
    for person, row in kept.items():
        if person not in chosen:
            desk.keep_answer(f"participants.{row}", "removed", source="panel")
    for person, partner in chosen.items():
        row = kept.get(person) or desk.filled().next_row("participants")
        member = people[person]
        values = {"agency": _agency(desk, member), "membership": ", ".join(filter(None, (member.name, member.job)))}
        _row(desk, row, {**values, "partner": partner}, f"{OF_A_PERSON}{person}")


def _agency(desk: Desk, member: PersonRecord) -> str:
    """Where somebody works: as they say, else the organisation they lead or belong to."""
    led = (grant.organisation for grant in desk.snapshot.all_grants if grant.person == member.id and grant.organisation)
    known = desk.organisation(member.organisation or next(led, ""))
    return member.agency or (known.name if known else member.name)


def _row(desk: Desk, row: int, values: Mapping[str, str], source: str) -> None:
    for name, value in values.items():
        path, state = f"participants.{row}.{name}", "given" if value else "skipped"
        before = desk.answers.get(path)
        if before is None or (before.state, before.value or "", before.source) != (state, value, source):
            desk.keep_answer(path, state, value or None, source=source)
    if desk.filled().status("participants") != "given":
        desk.keep_answer("participants", "given", "rows", source=source)


def _invite(desk: Desk, case: CaseRecord, new: Iterable[str]) -> list[str]:
    meeting = desk.snapshot.meeting
    return invite(desk, case, meeting, new) if meeting is not None and meeting.cancelled_at is None else []


def warnings(desk: Desk) -> list[str]:
    """A sentence for each partner that nobody speaks for."""
    there = represented(desk.filled())
    return [desk.words("review.nobody_for", partner=partner_label(desk, one)) for one in PARTNERS if one not in there]


def _unreached_text(desk: Desk, unreached: Sequence[str]) -> list[str]:
    if not unreached:
        return []
    return [desk.words("review.send_them_the_file"), ", ".join(desk.name_of(one) for one in unreached)]


def add_participant(desk: Desk, _said: Asked) -> None:
    """Ask for somebody who is not known here."""
    case = unsigned_case(desk)
    if case is not None:
        _ask_other(desk, case)


def _ask_other(desk: Desk, case: CaseRecord, typed: Mapping[str, str] | None = None) -> None:
    now, needed = typed or {}, desk.words("review.needed")
    partners = tuple(Choice(one, partner_label(desk, one)) for one in PARTNERS)
    label = desk.words("review.other_partner")
    inputs = [
        Input(
            id=name,
            label=desk.words(f"review.other_{name}"),
            value=now.get(name, ""),
            required=True,
            required_error=needed,
            error=needed if typed is not None and not now.get(name, "").strip() else "",
        )
        for name in ("membership", "agency")
    ]
    inputs.append(Input(id="partner", label=label, kind=InputKind.CHOICE, choices=partners, value=now.get("partner", "")))
    send = send_button(desk, "save_participant", case.id)
    show(desk, desk.words("review.other_title"), (), inputs, send)


def save_participant(desk: Desk, said: Press | SubmitWindow) -> None:
    """Keep somebody who is not known here: a row of Document 3 and nothing more."""
    case = unsigned_case(desk)
    if case is None:
        return
    inputs = inputs_of(said)
    values = {name: inputs.get(name, "").strip() for name in ("membership", "agency", "partner")}
    if not values["membership"] or not values["agency"]:
        return _ask_other(desk, case, inputs)
    take_up(desk, case, REPORT)
    partner = values["partner"] if values["partner"] in PARTNERS else ""
    _row(desk, desk.filled().next_row("participants"), {**values, "partner": partner}, "card")
    agenda(desk, case)
    return answered(desk, "\n".join((desk.words("review.participant_kept"), *warnings(desk))))
