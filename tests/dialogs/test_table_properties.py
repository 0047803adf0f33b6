"""Any sequence of answers to a table keeps every cell: what was answered changes only where somebody says otherwise."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from table_steps import Table

from state.records import AnswerRecord

ROWS = ("gp", "police", "housing", "hospital_trust")
COLUMNS = ("contact", "missing")
DEALT_WITH = ("given", "not_known", "skipped")

some_rows = st.frozensets(st.sampled_from(ROWS))
page = st.tuples(st.just("page"), some_rows, some_rows)
stale = st.tuples(st.just("stale"), some_rows, some_rows, st.integers(0, 5))
row = st.tuples(st.just("row"), st.sampled_from(ROWS), st.sampled_from(["yes", "no", "not_known", ""]))
typed = st.tuples(st.just("typed"), some_rows)
left_out = st.tuples(st.just("left_out"))
unknown = st.tuples(st.just("unknown"))


class Model:
    """A table, and what its cells must say."""

    def __init__(self) -> None:
        self.table = Table()
        self.every = [one.value for one in self.table.card.inputs[0].choices if one.value != "none"]
        self.cells: dict[str, tuple[str, object]] = {}
        self.older = [self.table.card]
        self.seen: dict[tuple[str, ...], list[AnswerRecord]] = {}

    def tick(self, column: str, ticked: frozenset[str], *, over: bool = True) -> None:
        states = {name: self.cells.get(f"contacts.{name}.{column}", ("skipped", None))[0] for name in self.every}
        anew = set(states.values()) == {"not_known"}
        for name, state in states.items():
            stays = state == "not_known" and not anew and name not in ticked
            if not stays and (over or state == "skipped"):
                self.cells[f"contacts.{name}.{column}"] = ("given", "yes" if name in ticked else "no")

    def change(self, what: str) -> None:
        self.table.says(f"change {what}")

    def page(self, contact: frozenset[str], missing: frozenset[str]) -> None:
        self.change("contacts")
        self.older.append(self.table.card)
        self.table.ticks(contact=",".join(contact) or "none", missing=",".join(missing) or "none")
        self.tick("contact", contact)
        self.tick("missing", missing)

    def stale(self, contact: frozenset[str], missing: frozenset[str], back: int) -> None:
        card = self.older[-1 - back % len(self.older)]
        behind = card.buttons[0].version != self.written()
        self.table.ticks(card, contact=",".join(contact) or "none", missing=",".join(missing) or "none")
        self.tick("contact", contact, over=not behind)
        self.tick("missing", missing, over=not behind)

    def written(self) -> int:
        """How often the cells of the page were written."""
        versions = self.table.house.versions
        return sum(len(kept) for key, kept in versions.items() if key[1].endswith((".contact", ".missing")))

    def row(self, name: str, said: str) -> None:
        self.change(f"contacts.{name}")
        path = f"contacts.{name}.contact"
        self.table.press("answer", **{path: said})
        if said:
            self.cells[path] = ("not_known", None) if said == "not_known" else ("given", said)
        elif path in self.cells:
            self.cells[path] = ("skipped", None)

    def typed(self, rows: frozenset[str]) -> None:
        self.change("contacts")
        column = next((one for one in COLUMNS if not self.dealt_with(one)), "contact")
        self.table.says(", ".join(sorted(rows)).replace("_", " ") or "none")
        self.tick(column, rows)

    def dealt_with(self, column: str) -> bool:
        said = [self.cells.get(f"contacts.{name}.{column}", ("", None))[0] for name in self.every]
        return all(state in DEALT_WITH for state in said) and any(state != "skipped" for state in said)

    def left_out(self) -> None:
        self.change("contacts")
        self.table.press("skip")

    def unknown(self) -> None:
        self.change("contacts")
        column = next((one for one in COLUMNS if not self.dealt_with(one)), "contact")
        self.table.says("not known")
        self.cells |= {f"contacts.{name}.{column}": ("not_known", None) for name in self.every}

    def check(self) -> None:
        kept = {path: said for path, said in self.table.kept().items() if path.endswith((".contact", ".missing"))}
        assert kept == self.cells
        for key, versions in self.table.house.versions.items():
            before = self.seen.get(key, [])
            assert versions[: len(before)] == before, "no version is ever lost"
            self.seen[key] = list(versions)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.one_of(page, stale, row, typed, left_out, unknown), max_size=12))
def test_every_cell_is_what_was_last_said_of_it(moves: list[tuple]) -> None:  # type: ignore[type-arg]
    model = Model()
    for name, *with_ in moves:
        getattr(model, name)(*with_)
        model.check()
