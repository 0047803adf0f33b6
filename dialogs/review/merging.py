"""Two suggested actions that read alike: the coordinator keeps one wording, the other, or both."""

from __future__ import annotations

from dialogs.casework.common import chain
from dialogs.desk import Desk
from dialogs.reply import Choice, Facts, Input, InputKind, Paragraph, Style
from dialogs.review.common import Asked, answered, inputs_of, send_button, show, unsigned_case
from dialogs.review.overview import sources
from dialogs.review.plan import Suggestion, open_pairs, suggestions
from dialogs.turn import Press, SubmitWindow
from state.records import CaseRecord
from state.scoping_records import PairRecord

KEEPS = ("one", "other", "both")


def merge_actions(desk: Desk, _said: Asked | None = None) -> None:
    """Show the next pair."""
    case = unsigned_case(desk)
    if case is not None:
        _ask(desk, case)


def _pairs(desk: Desk) -> list[tuple[Suggestion, Suggestion]]:
    return open_pairs(suggestions(sources(desk)), desk.snapshot.pairs)


def _ask(desk: Desk, case: CaseRecord) -> None:
    pairs = _pairs(desk)
    if not pairs:
        return answered(desk, desk.words("review.no_pairs"))
    one, other = pairs[0]
    blocks = (
        Paragraph(desk.words("review.alike", count=len(pairs)), Style.HEADING),
        Facts((_row(desk, "first", one), _row(desk, "second", other))),
    )
    choices = tuple(Choice(keeps, desk.words(f"review.keep_{keeps}")) for keeps in KEEPS)
    asked = Input(
        id="keeps",
        label=desk.words("review.which_stands"),
        kind=InputKind.CHOICE,
        choices=choices,
        required=True,
        required_error=desk.words("review.needed"),
    )
    send = send_button(desk, "settle_pair", case.id, at=f"{one.key}|{other.key}")
    return show(desk, desk.words("review.merge_title", reference=case.reference), blocks, (asked,), send)


def _row(desk: Desk, place: str, one: Suggestion) -> tuple[str, str]:
    by = ", ".join(one.suggested_by) or desk.words("review.the_panel")
    text = "\n".join(filter(None, (one.action or one.theme, one.lead, one.deadline)))
    return (desk.words(f"review.{place}", organisation=by), text)


def settle_pair(desk: Desk, said: Press | SubmitWindow) -> None:
    """Keep what was chosen, and show the next pair."""
    case = unsigned_case(desk)
    if case is None:
        return
    keeps = inputs_of(said).get("keeps", "")
    pair = next(((one, other) for one, other in _pairs(desk) if f"{one.key}|{other.key}" == said.at), None)
    if pair is None or keeps not in KEEPS:
        return _ask(desk, case)
    record = PairRecord(case=case.id, one=pair[0].key, other=pair[1].key, keeps=keeps, by=desk.turn.who.id, at=desk.turn.at)
    desk.put(record)
    desk.note(chain(case), "actions_compared", keeps=keeps)
    left = open_pairs(suggestions(sources(desk)), (*desk.snapshot.pairs, record))
    text = desk.words("review.pair_kept", count=len(left)) if left else desk.words("review.no_pairs")
    return answered(desk, text)
