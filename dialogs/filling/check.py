"""Check your answers: everything that was said, numbered, by section; what is missing; and the button that sends it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import msgspec

from dialogs.desk import Desk
from dialogs.filling.asking import child_label, shown
from dialogs.filling.cards import button
from dialogs.filling.tables import row_lines, table_text
from dialogs.filling.unclear import all_unclear, listed
from dialogs.reply import Block, Bullets, Button, Card, Choice, Facts, Input, InputKind, Paragraph, Reply, Style
from state.values import london_day
from templates.forms.filled import ANSWERED, Filled
from templates.forms.model import Question
from templates.forms.shape import Spot

LONGEST_SHOWN = 400
"""Characters of an answer that check your answers shows; what is longer says how long it is and where to read it."""
LINES_A_CARD = 30


class Line(msgspec.Struct, frozen=True):
    """One numbered answer."""

    number: int
    spot: Spot
    label: str
    text: str
    heading: str
    child: str = ""
    """Which child it is about, where there are several."""

    @property
    def full(self) -> str:
        """The label, with the child's name where two children have the same question."""
        return f"{self.label} ({self.child})" if self.child else self.label


def lines(desk: Desk) -> list[Line]:
    """Every question on the path that was dealt with or must be, numbered from 1: the numbers of "change 7"."""
    filled = desk.filled()
    found: list[Line] = []
    for spot in filled.spots():
        if filled.shape.by_state[spot.state].question.shows or not filled.on_path(spot):
            continue
        for label, text, where in _texts(desk, filled, spot):
            found.append(Line(len(found) + 1, where, label, text, _heading(desk, filled, spot), _child(desk, filled, spot)))
    return found


def not_asked(desk: Desk) -> list[Line]:
    """Optional questions that nobody has answered: they are not asked, and can be added by name."""
    filled = desk.filled()
    optional = (spot for spot in filled.spots() if filled.shape.by_state[spot.state].question.need == "optional")
    left = [spot for spot in optional if not filled.touched(spot) and filled.on_path(spot) and _in_chat(filled, spot)]
    return [Line(0, spot, filled.shape.by_state[spot.state].question.label, "", _heading(desk, filled, spot)) for spot in left]


def table_rows(desk: Desk) -> list[Line]:
    """Every row of every table: they have no number each, and can be changed by name."""
    filled = desk.filled()
    tables = [spot for spot in filled.spots() if filled.shape.by_state[spot.state].is_table and filled.on_path(spot)]
    rows = [row for table in tables for row in filled.table_rows(table)]
    return [Line(0, row, filled.shape.by_state[row.state].question.label, "", _heading(desk, filled, row)) for row in rows]


def _in_chat(filled: Filled, spot: Spot) -> bool:
    return filled.shape.by_state[spot.state].section.window


def long_answers(desk: Desk) -> list[tuple[str, str]]:
    """Label and whole text of each answer that the list of answers only shows the beginning of."""
    shape = desk.filled().shape
    found = ((line, desk.answers.get(shape.path(line.spot))) for line in lines(desk))
    texts = ((line.label, answer.value) for line, answer in found if answer is not None)
    return [(label, value) for label, value in texts if isinstance(value, str) and len(value) > LONGEST_SHOWN]


def _heading(desk: Desk, filled: Filled, spot: Spot) -> str:
    title = filled.shape.by_state[spot.state].section.title
    child = _child(desk, filled, spot)
    return f"{title}: {child}" if child else title


def _child(desk: Desk, filled: Filled, spot: Spot) -> str:
    several = filled.shape.by_state[spot.state].repeats and len(filled.children()) > 1
    return child_label(filled, spot.row, desk.kit) if several else ""


def _texts(desk: Desk, filled: Filled, spot: Spot) -> list[tuple[str, str, Spot]]:
    placed = filled.shape.by_state[spot.state]
    if placed.is_rows and filled.rows(spot.state):
        return [
            (
                desk.words("filling.row_number", number=number) + f", {placed.question.label}",
                _row_text(desk, filled, spot, row),
                Spot(spot.state, row),
            )
            for number, row in enumerate(filled.rows(spot.state), 1)
        ]
    if placed.is_table and (lines_of := _table_texts(desk, filled, spot)):
        return lines_of
    path = filled.shape.path(spot)
    if path not in filled.answers and placed.question.need == "optional":
        return []
    return [(placed.question.label, _text(desk, filled, path, placed.question), spot)]


def _table_texts(desk: Desk, filled: Filled, table: Spot) -> list[tuple[str, str, Spot]]:
    """One line for a table that is a page; where it is none, a line a row that says something."""
    placed = filled.shape.by_state[table.state]
    if placed.question.bulk:
        text = table_text(desk, table)
        return [(placed.question.label, text, table)] if text else []
    rows = [(row, filled.shape.by_state[row.state].question.label, row_lines(desk, row)) for row in filled.table_rows(table)]
    return [(label, "\n".join(_cell_text(label, cell, text) for cell, text in said), row) for row, label, said in rows if said]


def _cell_text(row: str, label: str, text: str) -> str:
    """A cell under its row: what the row is called is not said again."""
    return f"{label.removeprefix(f'{row}: ')}: {text}"


def _row_text(desk: Desk, filled: Filled, spot: Spot, row: int) -> str:
    columns = filled.shape.by_state[spot.state].question.columns
    said = [(c, f"{spot.state}.{row}.{c.id}") for c in columns]
    kept = [(c.label, _text(desk, filled, path, c)) for c, path in said if filled.status(path) in ANSWERED]
    return "\n".join(f"{label}: {text}" for label, text in kept)


def _text(desk: Desk, filled: Filled, path: str, question: Question) -> str:
    answer = filled.answers.get(path)
    if answer is None or answer.state == "offered":
        return desk.words("filling.unanswered")
    if answer.state == "skipped":
        return desk.words("filling.skipped")
    if answer.value == "none" and question.columns:
        return desk.words("filling.none")
    text = shown(answer, question, filled, desk.kit, london_day(desk.turn.at))
    if len(text) <= LONGEST_SHOWN:
        return text
    return desk.words("filling.long_answer", opening=text[:LONGEST_SHOWN], count=f"{len(text):,}")


def blocks(numbered: Sequence[Line]) -> list[Block]:
    """Lines as blocks, in the order of their numbers: a heading where a section begins, then its answers."""
    made: list[Block] = []
    for heading, together in groupby(numbered, key=lambda line: line.heading):
        made.append(Paragraph(heading, Style.HEADING))
        made.append(Facts(tuple((f"{x.number}. {x.label}", x.text) for x in together)))
    return made


def say_check(desk: Desk, echoes: Sequence[str] = ()) -> None:
    """Say the answers in as many cards as they need; the last one has the buttons."""
    everything = lines(desk)
    pages = [everything[i : i + LINES_A_CARD] for i in range(0, len(everything), LINES_A_CARD)] or [[]]
    title = desk.words("filling.check_title")
    for page in pages[:-1]:
        desk.say(Reply(card=Card(title=title, blocks=tuple(blocks(page))), preview=desk.words("filling.preview")))
    desk.say(_last(desk, title, pages[-1], everything, echoes))


def _last(desk: Desk, title: str, page: Sequence[Line], everything: Sequence[Line], echoes: Sequence[str]) -> Reply:
    missing = desk.filled().missing()
    said: list[Block] = [Paragraph(text) for text in echoes]
    notes = [Paragraph(text, Style.WARNING) for text in desk.behaviour.notes(desk)]
    return Reply(
        card=Card(
            title=title,
            blocks=(*said, *blocks(page), *_more(desk), *listed(desk), *notes, *_missing(desk, everything, missing)),
            inputs=(change_input(desk, everything),),
            buttons=_buttons(desk, missing),
        ),
        preview=desk.words("filling.preview"),
    )


def _more(desk: Desk) -> list[Block]:
    labels = list(dict.fromkeys(line.label for line in not_asked(desk)))
    return [Paragraph(desk.words("filling.can_add", labels=", ".join(labels)), Style.QUIET)] if labels else []


def _missing(desk: Desk, everything: Sequence[Line], missing: Sequence[Spot]) -> list[Block]:
    if not missing:
        return [Paragraph(desk.words("filling.all_there"), Style.HEADING)]
    names = tuple(f"{line.number}. {line.full}" for line in everything if line.spot in missing)
    return [Paragraph(desk.words("filling.missing", count=len(missing)), Style.WARNING), Bullets(names)]


def _settle(desk: Desk) -> list[Button]:
    """The way to what a file said and nobody could take, where there is any."""
    return [button(desk, "settle_unclear")] if all_unclear(desk) else []


def change_input(desk: Desk, everything: Sequence[Line]) -> Input:
    """A list of every answer, to choose the one to change."""
    choices = tuple(Choice(str(line.spot), f"{line.number}. {line.full}") for line in everything)
    return Input(id="change", label=desk.words("filling.change_which"), kind=InputKind.CHOICE, choices=choices, listed=True)


def _buttons(desk: Desk, missing: Sequence[Spot]) -> tuple[Button, ...]:
    behaviour = desk.behaviour
    send = button(desk, "finish", primary=True) if missing else button(desk, "submit", primary=True)
    buttons = [send, *_settle(desk), button(desk, "change", takes_inputs=True)]
    if desk.kit.machines[desk.at_hand.form].adds:
        buttons.append(button(desk, "add_child"))
    buttons.append(button(desk, "pause"))
    if behaviour.cancelled is not None:
        buttons.append(button(desk, "cancel"))
    return tuple(buttons)
