"""Lists of which a document has rows, or says that there are none."""

from __future__ import annotations

from dialogs.desk import Desk
from dialogs.filling.unclear import SOURCE
from dialogs.handed.placing import NOT_KNOWN
from dialogs.handed.spoken import Spoken
from templates.forms.filled import ANSWERED, TOUCHED, Filled


def keep_whole(desk: Desk, group: str, state: str) -> bool:
    """Keep that there are none, or that it is not known, where nobody has said otherwise here."""
    filled = desk.filled()
    if filled.rows(group) or filled.status(group) in ANSWERED:
        return False
    given = state != NOT_KNOWN
    desk.keep_answer(group, "given" if given else NOT_KNOWN, state if given else None, source=SOURCE)
    return True


def settle_rows(desk: Desk, texts: Spoken) -> None:
    """A list of which the document has whole rows is answered. One with a row that still needs something is asked again."""
    filled = desk.filled()
    by_state = filled.shape.by_state
    for group in sorted({path.split(".")[0] for path in texts}):
        if group not in by_state or not by_state[group].is_rows:
            continue
        if not _lacks(filled, group):
            _keep(desk, filled, group, "given", "rows")
        elif filled.status(group) in TOUCHED:
            _keep(desk, filled, group, "removed", None)


def _keep(desk: Desk, filled: Filled, group: str, state: str, value: str | None) -> None:
    if (filled.status(group), filled.value(group)) != (state, value):
        desk.keep_answer(group, state, value, source=SOURCE)


def _lacks(filled: Filled, group: str) -> bool:
    needed = [one for one in filled.shape.by_state[group].question.columns if one.need == "required"]
    return any(
        filled.status(f"{group}.{row}.{one.id}") not in ANSWERED and filled.column_on_path(group, row, one)
        for row in filled.rows(group)
        for one in needed
    )


def row_back(desk: Desk, filled: Filled, path: str) -> bool:
    """Whether the row was taken out here, and is there again: the document says something of it that is new."""
    row = path.rpartition(".")[0]
    if not row or filled.status(row) != "removed":
        return False
    desk.keep_answer(row, "given", "added", source=SOURCE)
    return True
