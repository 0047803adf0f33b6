"""Where in the form at hand the rows and children of a document stand: the numbers in a document are its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from dialogs.desk import Desk
from dialogs.filling.asking import shown
from dialogs.handed.rows import Row, Rows, aligned
from dialogs.handed.spoken import Spoken
from state.values import london_day
from templates.answers.normal import normal, says_not_known
from templates.forms.filled import Filled
from templates.forms.shape import CHILDREN, Shape

REFERRAL = "referral"
NONE = frozenset({"none", "no one", "nobody", "nil", "n/a", "not applicable"})
NOT_KNOWN = "not_known"

Places = Mapping[str, Mapping[int, int]]
"""The form's number of each row of the document, by list."""


def placed(desk: Desk, said: Spoken, before: Places) -> tuple[Spoken, Places]:
    """The same by the form's own paths. `before` says where the rows of an earlier file of this form went."""
    filled = desk.filled()
    places: dict[str, Mapping[int, int]] = {}
    for group, rows in _groups(filled.shape, said).items():
        standing = _standing(desk, filled, group)
        known = before.get(group) or _as_sent(filled, group)
        places[group] = aligned(rows, standing, known, filled.next_row(group))
    moved = {_moved(path, places): texts for path, texts in said.items()}
    return moved, places


def without_whole(shape: Shape, said: Spoken) -> tuple[Spoken, Mapping[str, str]]:
    """The same without lists of which the document only says that there are none, or that it is not known; and those."""
    whole = {group: state for group, rows in _groups(shape, said).items() if (state := _whole(shape, group, rows))}
    return {path: texts for path, texts in said.items() if path.split(".")[0] not in whole}, whole


def _whole(shape: Shape, group: str, rows: Rows) -> str:
    """`none` or `not_known` where one row, which says only that, stands for the whole list."""
    if group == CHILDREN or len(rows) != 1:
        return ""
    [row] = rows.values()
    text = normal(" ".join(row.values())) if len(row) == 1 else ""
    if text in NONE:
        return "none"
    return NOT_KNOWN if says_not_known(text) and shape.by_state[group].question.not_known else ""


def _groups(shape: Shape, said: Spoken) -> dict[str, dict[int, Row]]:
    """Rows and children of the document, by list: what each says."""
    found: defaultdict[str, defaultdict[int, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for path, texts in said.items():
        group, _, rest = path.partition(".")
        number, _, name = rest.partition(".")
        if number.isdigit() and (group == CHILDREN or shape.by_state[group].is_rows):
            found[group][int(number)][name] = texts[0]
    return {group: dict(sorted(rows.items())) for group, rows in found.items()}


def _standing(desk: Desk, filled: Filled, group: str) -> dict[int, Row]:
    """What stands in the form already, as its document prints it; what was taken out stands there, too."""
    rows: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for path, answer in filled.answers.items():
        head, _, rest = path.partition(".")
        number, _, name = rest.partition(".")
        found = filled.shape.find(path) if head == group and name else None
        if found is not None and answer.state in ("given", "offered"):
            rows[int(number)][name] = shown(answer, found[1], filled, desk.kit, london_day(desk.turn.at))
    return dict(rows)


def _as_sent(filled: Filled, group: str) -> dict[int, int]:
    """Where rows stood when the form was sent: children in their order, and rows from the referral under their own numbers."""
    if group == CHILDREN:
        return dict(enumerate(filled.children(), 1))
    sent = (
        path.split(".")[1] for path, one in filled.answers.items() if path.startswith(f"{group}.") and one.source == REFERRAL
    )
    return {int(number): int(number) for number in sent}


def _moved(path: str, places: Places) -> str:
    group, _, rest = path.partition(".")
    number, _, name = rest.partition(".")
    moved = places.get(group, {}).get(int(number)) if number.isdigit() else None
    return path if moved is None else f"{group}.{moved}.{name}"
