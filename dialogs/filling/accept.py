"""Answers as they come in: each checked, all of a page together; what is right is kept, what is wrong is shown at its field."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from dialogs.desk import Desk
from dialogs.filling.asking import WINDOW_HOLDS, as_said, asking_for
from dialogs.filling.echo import echo_of
from dialogs.filling.pages import Asked, Page
from dialogs.filling.tables import is_of_a_table, read_back, settle_tables, spread
from dialogs.filling.together import conflicts
from dialogs.filling.unclear import settle_unclear
from state.values import JSON, london_day
from templates.answers import Refused, understand
from templates.forms.filled import ANSWERED


class Accepted(msgspec.Struct, frozen=True):
    """What became of a page: how answers were understood, and an error at each field that was not."""

    echoes: tuple[str, ...] = ()
    errors: Mapping[str, str] = {}
    taken: tuple[str, ...] = ()
    """Labels of the answers that were kept."""


def accept(desk: Desk, page: Page, inputs: Mapping[str, str], *, source: str) -> Accepted:
    """Check and keep the page's answers. A field that is absent is unchanged; nothing that is right waits for what is wrong."""
    apart = spread(desk, page, inputs)
    errors = dict(apart.errors)
    echoes: list[str] = []
    taken: list[str] = []
    for asked in _filled_first(apart.page, apart.inputs):
        raw = apart.inputs[asked.path]
        if not raw.strip() and _hangs_on(asked, errors):
            continue
        error = _one(desk, asked, raw, page, source)
        if error:
            errors[asked.path] = error
        elif raw.strip():
            taken.append(asked.label)
            echoes.extend(echo_of(desk, asked))
    _whole_row(desk, page, errors)
    if source == "typed":
        read = [one for one in page.asked if one.is_ticks and one.path in inputs and one.path not in errors]
        echoes += [read_back(desk, one) for one in read]
    settle_tables(desk, page, inputs, errors)
    return Accepted(tuple(echoes), apart.shown_at(errors), tuple(dict.fromkeys(taken)))


def _filled_first(page: Page, inputs: Mapping[str, str]) -> list[Asked]:
    """What was filled in, then what was left empty: whether an empty field matters may depend on the others."""
    sent = [asked for asked in page.asked if asked.path in inputs]
    return sorted(sent, key=lambda asked: not inputs[asked.path].strip())


def _hangs_on(asked: Asked, errors: Mapping[str, str]) -> bool:
    """Whether nobody can say yet if the question applies: the answer it depends on has to be mended first."""
    return any(path.rsplit(".", 1)[-1] in asked.question.only_if for path in errors)


def _one(desk: Desk, asked: Asked, raw: str, page: Page, source: str) -> str:
    """Keep one answer, or say what is wrong with it."""
    if not raw.strip():
        return _left_empty(desk, asked, page)
    asking = asking_for(asked.question, desk.filled(), desk.kit, london_day(desk.turn.at))
    understood = understand(as_said(raw, asked.question, desk.kit), asking, desk.kit.words)
    if isinstance(understood, Refused):
        return understood.message
    error = conflicts(desk, asked.path, understood.value)
    if error:
        return error
    _keep(desk, asked.path, understood.state, understood.value, source)
    settle_unclear(desk, asked.path)
    return ""


def _keep(desk: Desk, path: str, state: str, value: JSON, source: str) -> None:
    before = desk.answers.get(path)
    if before is None or (before.state, before.value) != (state, value):
        desk.keep_answer(path, state, value, source=source)


def _left_empty(desk: Desk, asked: Asked, page: Page) -> str:
    before = desk.answers.get(asked.path)
    answered = before is not None and before.state in ("given", "not_known", "offered")
    if answered and before is not None and len(str(before.value)) > WINDOW_HOLDS:
        # Its field only shows where to read it: what is known already is confirmed as it stands.
        if before.state == "offered":
            _keep(desk, asked.path, "given", before.value, "confirmed")
        return ""
    if not page.is_row and not desk.filled().printed(asked.path):
        return ""
    if desk.filled().required(asked.question, 0) and not asked.question.not_needed_if:
        return "" if page.is_row else desk.words("filling.needed", label=asked.question.label)
    if answered or not (page.is_row or is_of_a_table(desk, asked.path)):
        _keep(desk, asked.path, "skipped", None, "card")
    return ""


def _whole_row(desk: Desk, page: Page, errors: dict[str, str]) -> None:
    """A row that was begun needs its required cells; a row left wholly empty is no row."""
    if not page.is_row or not any(_has(desk, asked) for asked in page.asked):
        return
    for asked in page.asked:
        if asked.question.need == "required" and not _has(desk, asked) and asked.path not in errors:
            errors[asked.path] = desk.words("filling.needed", label=asked.question.label)


def _has(desk: Desk, asked: Asked) -> bool:
    return desk.filled().status(asked.path) in ANSWERED
