"""The cards of a form: a question with its input, a row, and the short line a card leaves behind when it is answered."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from msgspec.structs import replace

from dialogs.desk import Desk
from dialogs.filling.asking import input_for
from dialogs.filling.pages import Page, about
from dialogs.filling.unclear import reason, unclear_at
from dialogs.reply import Block, Button, Card, Input, Paragraph, Reply, Style, Window
from state.values import london_day
from templates.answers import Kind
from templates.forms.filled import TOUCHED, Filled
from templates.forms.model import Question
from templates.forms.shape import MORE_CHILDREN, Spot


def question_card(
    desk: Desk,
    page: Page,
    *,
    echoes: Sequence[str] = (),
    errors: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
) -> Reply:
    """The page as a card: how the last answer was understood, where we are, the question, its input and what can be pressed."""
    filled = desk.filled()
    blocks: list[Block] = [Paragraph(text) for text in echoes]
    blocks += _opening(filled, page)
    blocks += [Paragraph(text, Style.HEADING) for text in _question(desk, filled, page)]
    blocks += _so_far(desk, filled, page)
    card = Card(
        title=title_of(desk, page),
        blocks=tuple(blocks),
        inputs=_inputs(desk, page, errors or {}, typed or {}),
        buttons=_buttons(desk, filled, page),
    )
    return Reply(card=card, preview=desk.words("filling.preview"))


def title_of(desk: Desk, page: Page) -> str:
    """Where in the form a page stands, and whom it is about."""
    filled = desk.filled()
    section = filled.shape.by_state[page.spot.state].section
    every = filled.shape.form.sections
    asked = [s for s in every if s is section or not s.only_if or filled.holds(s.only_if, page.spot.row)]
    titles = list(dict.fromkeys(s.title for s in asked))
    number = titles.index(section.title) + 1
    where = desk.words("filling.section", number=number, count=len(titles), title=section.title)
    subject = about(filled, page.spot, desk.kit)
    return f"{where}: {subject}" if subject else where


def _opening(filled: Filled, page: Page) -> list[Block]:
    """What is said before a section begins: only until something in it is answered."""
    section = filled.shape.by_state[page.spot.state].section
    if not section.intro:
        return []
    inside = (placed for placed in filled.shape.inside(section) if not placed.is_rows)
    begun = any(filled.touched(Spot(placed.state, page.spot.row)) for placed in inside)
    return [] if begun else [Paragraph(section.intro, Style.QUIET)]


def _question(desk: Desk, filled: Filled, page: Page) -> list[str]:
    """The question; for a group its sentence, and once it was begun the question that is open now; for a row its name."""
    placed = filled.shape.by_state[page.spot.state]
    if placed.row:
        table = filled.shape.by_state[placed.table].question
        return [desk.words("filling.table_row", table=table.label, row=placed.question.label)]
    if page.is_row or page.is_table or page.single:
        return [placed.question.ask]
    left = [asked for asked in page.asked if filled.status(asked.path) not in (*TOUCHED, "offered")]
    begun = 0 < len(left) < len(page.asked)
    return [placed.section.groups[placed.question.group], *([left[0].question.ask] if begun else [])]


def _so_far(desk: Desk, filled: Filled, page: Page) -> list[Block]:
    blocks: list[Block] = []
    placed = filled.shape.by_state[page.spot.state]
    if page.is_row and filled.rows(page.spot.state):
        count = len(filled.rows(page.spot.state))
        blocks.append(Paragraph(desk.words("filling.rows_so_far", count=count)))
    if (page.is_row or placed.is_table) and placed.question.help:
        blocks.append(Paragraph(placed.question.help, Style.QUIET))
    offered = (filled.answer(asked.path) for asked in page.asked)
    sources = {answer.source for answer in offered if answer is not None and answer.state == "offered"}
    blocks += [Paragraph(_known_from(desk, source), Style.QUIET) for source in sorted(sources)]
    return blocks


def _known_from(desk: Desk, source: str) -> str:
    """Where an offered answer is known from: a place that has its own words, else another form of the case."""
    name = source.replace("-", "_")
    if not desk.kit.words.has(f"filling.source_{name}"):
        return desk.words("filling.source_elsewhere")
    return desk.words(f"filling.source_{name}")


def _inputs(desk: Desk, page: Page, errors: Mapping[str, str], typed: Mapping[str, str]) -> tuple[Input, ...]:
    today, filled = london_day(desk.turn.at), desk.filled()
    here = {a.question.id for a in page.asked}
    waiting = {a.path: one for a in page.asked if a.path not in errors and (one := unclear_at(desk, a.path))}
    wrong = {path: reason(desk, one) for path, one in waiting.items()} | dict(errors)
    shown = {path: one.correctable or None for path, one in waiting.items()} | {path: typed.get(path) for path in errors}
    drawn = (
        input_for(a.path, a.question, filled, desk.kit, today, error=wrong.get(a.path, ""), typed=shown.get(a.path))
        for a in page.asked
    )
    return tuple(_not_insisted_on(one, a.question, here) for one, a in zip(drawn, page.asked, strict=True))


def _not_insisted_on(field: Input, question: Question, here: Collection[str]) -> Input:
    """A client sends nothing while a required field is empty: none is that waits for another of the same page."""
    return field if set(question.only_if).isdisjoint(here) else replace(field, required=False)


def button(desk: Desk, action: str, spot: Spot | None = None, *, version: int = 0, **more: bool) -> Button:
    """A button of the draft at hand. Its words are `buttons.<action>`, or the form's own for sending and cancelling it."""
    return Button(
        action=action,
        label=_button_words(desk, action),
        target=desk.draft.id if desk.draft else "",
        at=str(spot) if spot else "",
        version=version,
        **more,
    )


def _button_words(desk: Desk, action: str) -> str:
    own = ""
    if action in ("submit", "cancel") and desk.draft:
        form = desk.filled().shape.form
        own = form.send if action == "submit" else form.cancel
    return own or desk.words(f"buttons.{action}")


def page_version(desk: Desk, page: Page) -> int:
    """How often the answers of a page were written: a card that shows an older count is stale."""
    filled = desk.filled()
    paths = [path for one in page.asked for path in (one.cells(filled) if one.is_ticks else [one.path])]
    return sum(desk.version_of(path) for path in paths)


def _buttons(desk: Desk, filled: Filled, page: Page) -> tuple[Button, ...]:
    if page.is_row:
        return _row_buttons(desk, filled, page)
    spot, single = page.spot, page.single
    first = "confirm" if any(filled.status(a.path) == "offered" for a in page.asked) else "answer"
    version = page_version(desk, page)
    buttons = [button(desk, first, spot, version=version, primary=True, takes_inputs=True)]
    if single and single.question.not_known and single.question.kind not in (Kind.YES_NO, Kind.CHOICE):
        buttons.append(button(desk, "not_known", spot, version=version))
    if not any(filled.required(a.question, spot.row) and not a.question.not_needed_if for a in page.asked):
        skip = button(desk, "skip", spot, version=version)
        own_words = single.question.skip if single else ""
        buttons.append(replace(skip, label=own_words) if own_words else skip)
    buttons.append(button(desk, "back", spot))
    if any(a.question.why for a in page.asked) or filled.shape.by_state[spot.state].question.why:
        buttons.append(button(desk, "why", spot))
    if filled.shape.by_state[spot.state].section.window:
        buttons.append(button(desk, "window", spot, window=True))
    return tuple(buttons)


def _row_buttons(desk: Desk, filled: Filled, page: Page) -> tuple[Button, ...]:
    spot = page.spot
    version = page_version(desk, page)
    done = "row_done" if filled.rows(spot.state) else "row_none"
    return (
        button(desk, "row_save", spot, version=version, primary=True, takes_inputs=True),
        button(desk, done, spot, version=version),
        button(desk, "back", spot),
        button(desk, "why", spot),
        button(desk, "window", spot, window=True),
    )


def more_children_card(desk: Desk, echoes: Sequence[str] = ()) -> Reply:
    """After a child's details: is there another one? What the children share is copied."""
    count = len(desk.filled().children())
    blocks: list[Block] = [Paragraph(text) for text in echoes]
    blocks.append(Paragraph(desk.words("filling.another_child", count=count), Style.HEADING))
    blocks.append(Paragraph(desk.words("filling.another_child_help"), Style.QUIET))
    spot = Spot(MORE_CHILDREN)
    buttons = (
        button(desk, "no_more_children", spot, primary=True),
        button(desk, "add_child", spot),
        button(desk, "back", spot),
    )
    return Reply(card=Card(blocks=tuple(blocks), buttons=buttons), preview=desk.words("filling.preview"))


def answered_card(desk: Desk, labels: Sequence[str]) -> Reply:
    """What a card says once it was answered: that it is, not what."""
    text = desk.words("filling.answered", labels=", ".join(labels)) if labels else desk.words("filling.left")
    return Reply(card=Card(blocks=(Paragraph(text, Style.QUIET),)), preview=desk.words("filling.preview"))


def section_window(
    desk: Desk, page: Page, *, errors: Mapping[str, str] | None = None, typed: Mapping[str, str] | None = None
) -> Window:
    """A section, or a row, as a window."""
    filled = desk.filled()
    wrong = (Paragraph(desk.words("filling.window_errors", count=len(errors)), Style.WARNING),) if errors else ()
    return Window(
        title=title_of(desk, page),
        blocks=(*wrong, *_opening(filled, page)),
        inputs=_inputs(desk, page, errors or {}, typed or {}),
        submit=button(desk, "window_save", page.spot, version=page_version(desk, page), primary=True, takes_inputs=True),
    )


def cancel_card(desk: Desk) -> Reply:
    """Cancelling needs a second word: it says what will happen, and what keeps it."""
    buttons = (button(desk, "keep", primary=True), button(desk, "confirm_cancel"))
    referral = desk.at_hand.form == "referral"
    blocks = (
        Paragraph(desk.words("filling.confirm_cancel" if referral else "filling.confirm_cancel_form"), Style.HEADING),
        Paragraph(desk.words("filling.confirm_cancel_help" if referral else "filling.confirm_cancel_form_help")),
    )
    return Reply(card=Card(blocks=blocks, buttons=buttons), preview=desk.words("filling.preview"))
