"""What each organisation will be told, and what it will not: the coordinator sees it, takes rows out, puts them back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import chain as joined

from msgspec.structs import replace

from dialogs.casework.common import chain
from dialogs.desk import Desk
from dialogs.filling.asking import child_label
from dialogs.reply import Block, Bullets
from dialogs.scoping.choose import asking_about
from dialogs.scoping.common import organisation_name
from dialogs.scoping.pieces import LONGEST, choice, chosen, done, field, heading, plain, press, say_card, written
from dialogs.scoping.plan import stamp, to_send
from dialogs.scoping.told import Subject, children, private, relatives
from dialogs.scoping.widen import widened
from dialogs.turn import Press
from state.records import CaseRecord
from state.scoping_records import RequestRecord
from state.values import london_day
from templates.forms.filled import Filled

EVERYBODY = "all"
OF_A_CHILD = ("address", "aliases", "school", "gp")
OF_A_RELATIVE = ("", "address", "aliases")
"""What can be taken out: parts of a child, and a relative as a whole or in part."""


def what_is_told(desk: Desk, _said: Press | None = None, *, error: str = "") -> None:
    """What all are told, what nobody is, the exceptions, and the way to take something out."""
    found, asked = asking_about(desk), to_send(desk)
    if found is None:
        return None
    case, referral = found
    if not asked:
        return desk.tell(desk.words("scoping.nothing_to_send"))
    return _show(desk, case, referral, asked, error=error)


def _show(desk: Desk, case: CaseRecord, referral: Filled, asked: Sequence[RequestRecord], *, error: str = "") -> None:
    rows = dict(_rows(desk, referral))
    who = [(EVERYBODY, desk.words("scoping.everybody")), *((one.id, organisation_name(desk, one)) for one in asked)]
    inputs = (
        choice(desk, "who", desk.words("scoping.for_whom"), who, value=EVERYBODY),
        choice(desk, "rows", desk.words("scoping.which_rows"), rows.items(), several=True),
        field(desk, "reason", desk.words("scoping.why_withheld"), long=True, hint=desk.words("scoping.why_withheld_help")),
    )
    version = stamp(asked)
    buttons = (
        press(desk, "take_out", case.id, version=version, primary=True, inputs=True),
        press(desk, "put_back", case.id, version=version, inputs=True),
        press(desk, "send_requests", case.id),
    )
    title = desk.words("scoping.told_title", reference=case.reference)
    say_card(desk, _blocks(desk, referral, asked, rows), title=title, inputs=inputs, buttons=buttons, error=error)


def _blocks(desk: Desk, referral: Filled, asked: Sequence[RequestRecord], rows: dict[str, str]) -> list[Block]:
    everybody = set.intersection(*(set(one.withheld) for one in asked))
    blocks: list[Block] = [heading(desk.words("scoping.told_all")), Bullets(tuple(told_lines(desk, referral, everybody)))]
    blocks.append(plain(desk.words("scoping.told_also")))
    if everybody:
        blocks += [heading(desk.words("scoping.told_nobody")), Bullets(tuple(rows[path] for path in rows if path in everybody))]
    for paths, names in _exceptions(desk, asked, everybody).items():
        blocks.append(plain(desk.words("scoping.told_except", names=", ".join(names))))
        blocks.append(Bullets(tuple(rows[path] for path in rows if path in paths)))
    marked = [rows[path] for path in private(referral) if path in rows and path not in everybody]
    if marked:
        blocks += [heading(desk.words("scoping.told_marked")), Bullets(tuple(marked))]
    return blocks


def _exceptions(desk: Desk, asked: Sequence[RequestRecord], everybody: Collection[str]) -> dict[frozenset[str], list[str]]:
    """Organisations by what they in particular are not told."""
    found: dict[frozenset[str], list[str]] = defaultdict(list)
    for one in asked:
        if own := frozenset(one.withheld) - set(everybody):
            found[own].append(organisation_name(desk, one))
    return found


def told_lines(desk: Desk, referral: Filled, withheld: Collection[str]) -> Iterator[str]:
    """One line a person: the name, who they are, and what else is passed on of them."""
    today = london_day(desk.turn.at)
    for subject in joined(children(referral, withheld), relatives(referral, today, withheld)):
        parts = [subject.text("name") or desk.words("scoping.no_name"), *_parts(desk, subject)]
        yield "; ".join(parts)


def _parts(desk: Desk, subject: Subject) -> Iterator[str]:
    if relationship := subject.text("relationship"):
        yield relationship
    for name in ("aliases", "address", "school", "gp"):
        if text := subject.text(name):
            yield desk.words(f"scoping.row_{name}", text=text)


def _rows(desk: Desk, referral: Filled) -> Iterator[tuple[str, str]]:
    """Everything that can be taken out, by path, as it is chosen from."""
    today = london_day(desk.turn.at)
    for child in children(referral):
        number = int(child.path.rpartition(".")[2])
        yield from _of(desk, child, OF_A_CHILD, child_label(referral, number, desk.kit))
    for relative in relatives(referral, today):
        yield from _of(desk, relative, OF_A_RELATIVE, relative.text("name") or desk.words("scoping.no_name"))


def _of(desk: Desk, subject: Subject, names: Sequence[str], who: str) -> Iterator[tuple[str, str]]:
    for name in names:
        if not name:
            yield subject.path, desk.words("scoping.row_person", who=who)
        elif text := subject.text(name):
            yield f"{subject.path}.{name}", f"{who}: {desk.words(f'scoping.row_{name}', text=text)}"


def take_out(desk: Desk, said: Press) -> None:
    """These rows are not told to that organisation, or to any."""
    _change(desk, said, out=True)


def put_back(desk: Desk, said: Press) -> None:
    """These rows are told after all."""
    _change(desk, said, out=False)


def _change(desk: Desk, said: Press, *, out: bool) -> None:
    found, asked = asking_about(desk), to_send(desk)
    if found is None:
        return None
    case, referral = found
    if not asked or stamp(asked) != said.version:
        return what_is_told(desk, error=desk.words("scoping.changed_meanwhile"))
    rows = [path for path in dict(_rows(desk, referral)) if path in chosen(said.inputs, "rows")]
    meant = [one for one in asked if said.inputs.get("who", EVERYBODY) in (EVERYBODY, one.id)]
    reason = written(said.inputs, "reason")
    if not rows or not meant or not 0 < len(reason) <= LONGEST:
        return what_is_told(desk, error=desk.words("scoping.rows_and_reason", most=f"{LONGEST:,}"))
    changed = {one.id: replace(one, withheld=_with(referral, one.withheld, rows, out=out)) for one in meant}
    for request in changed.values():
        desk.put(request)
    desk.note(
        chain(case),
        "rows_withheld" if out else "rows_told",
        requests=",".join(changed),
        content={"rows": list(rows), "reason": reason},
    )
    done(desk)
    kept = desk.words("scoping.rows_taken_out" if out else "scoping.rows_put_back", count=len(meant))
    ways = (press(desk, "send_requests", case.id, primary=True), press(desk, "what_is_told", case.id))
    return say_card(desk, (plain(kept),), buttons=ways)


def _with(referral: Filled, withheld: Collection[str], rows: Sequence[str], *, out: bool) -> tuple[str, ...]:
    """What is withheld afterwards. An address stands or falls wherever it is written."""
    same = widened(referral, rows)
    if out:
        return tuple(dict.fromkeys((*withheld, *same)))
    return tuple(path for path in withheld if path not in same)
