"""What the guidance says of one child at the decision: the facts with where they are known from, and what follows from them.

It is worked out again each time it is shown: a fact that the coordinator overrules counts at once.
"""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.casework.facts import advice_of, table_facts
from dialogs.desk import Desk
from dialogs.filling.asking import child_label, shown
from dialogs.filling.cards import button
from dialogs.referral.advice import advice_blocks
from dialogs.reply import Block, Card, Choice, Facts, Input, InputKind, Paragraph, Reply, Style
from state.values import london_day
from templates.forms.filled import ANSWERED
from templates.forms.shape import Spot

FACTS = "children.facts"


def decision_advice(desk: Desk, spot: Spot, echoes: Sequence[str]) -> Reply:
    """The advice on one child as a card. It advises and explains; a named person decides."""
    blocks: list[Block] = [Paragraph(text) for text in echoes]
    blocks.append(Paragraph(desk.words("advice.who_decides")))
    blocks += child_advice(desk, spot.row)
    blocks.append(Paragraph(desk.words("advice.edition", edition=desk.at_hand.edition), Style.QUIET))
    buttons = (
        button(desk, "seen", spot, primary=True),
        button(desk, "change", spot, takes_inputs=True),
        button(desk, "back", spot),
        button(desk, "check"),
        button(desk, "pause"),
    )
    card = Card(title=desk.words("advice.title"), blocks=tuple(blocks), inputs=(_which(desk, spot.row),), buttons=buttons)
    return Reply(card=card, preview=desk.words("filling.preview"))


def child_advice(desk: Desk, child: int) -> list[Block]:
    """One child's facts with their sources, then the advice."""
    name = _called(desk, child)
    blocks: list[Block] = [Paragraph(desk.words("decision.facts"), Style.HEADING), Facts(tuple(_facts(desk, child)))]
    return blocks + advice_blocks(desk, advice_of(desk.kit, table_facts(desk.answers, child)), name)


def advice_text(desk: Desk, child: int) -> str:
    """The advice on one child as it is printed: what it is, what follows, and why."""
    advice = advice_of(desk.kit, table_facts(desk.answers, child))
    lines = [desk.words(f"advice.{advice.notify}", child=_called(desk, child))]
    lines.append(desk.words(f"advice.route_{advice.route}"))
    lines += [f"{reason.text} ({reason.source})" for reason in advice.reasons]
    return "\n".join(lines)


def _called(desk: Desk, child: int) -> str:
    """The name where there are several children, else "the child"."""
    filled = desk.filled()
    return child_label(filled, child, desk.kit) if len(filled.children()) > 1 else desk.words("filling.the_child")


def _facts(desk: Desk, child: int) -> list[tuple[str, str]]:
    filled, today = desk.filled(), london_day(desk.turn.at)
    rows: list[tuple[str, str]] = []
    for row in filled.table_rows(Spot(FACTS, child)):
        placed = filled.shape.by_state[row.state]
        path = filled.shape.path(row)
        if filled.status(f"{path}.answer") not in ANSWERED:
            continue
        value = shown(filled.answers[f"{path}.answer"], placed.cells["answer"], filled, desk.kit, today)
        rows.append((placed.question.label, desk.words("decision.fact", value=value, source=_source(desk, path))))
    return rows


def _source(desk: Desk, path: str) -> str:
    """Where a fact is known from: a question of the referral, or the coordinator who changed it."""
    if desk.answers[f"{path}.answer"].source != "referral":
        return desk.words("decision.overruled")
    source = desk.filled().value(f"{path}.source")
    return source if isinstance(source, str) else desk.words("decision.from_referral")


def _which(desk: Desk, child: int) -> Input:
    filled = desk.filled()
    rows = filled.table_rows(Spot(FACTS, child))
    choices = tuple(Choice(str(row), filled.shape.by_state[row.state].question.label) for row in rows)
    return Input(id="change", label=desk.words("decision.which_fact"), kind=InputKind.CHOICE, choices=choices)
