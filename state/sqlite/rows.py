"""Between a Record and its row, driven by the struct alone: TABLE, KEY, SECRET and the types of its fields.

Texts, numbers and truths are kept as they are, instants as UTC texts, lists and dicts as JSON, secret columns as sealed JSON.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Sequence
from datetime import date, datetime
from enum import StrEnum
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any, Generic, TypeVar

import msgspec

from state.crypto import KeyRing, cell
from state.records import AnswerRecord, Record
from state.values import utc_text

R = TypeVar("R", bound=Record)

KEEPS_VERSIONS: tuple[type[Record], ...] = (AnswerRecord,)
"""Tables where every version is a row of its own and the newest counts."""

instant_text = lru_cache(maxsize=1024)(utc_text)
"""As `utc_text`: one turn writes the same instant into many rows."""

Convert = Callable[[Any], Any]
PLAIN = {str: "TEXT", int: "INTEGER", bool: "BOOLEAN"}


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """How one field is kept. `write` and `read` are None where the driver's own value will do."""

    name: str
    type: str
    null: bool = False
    write: Convert | None = None
    read: Convert | None = None


def _maybe(convert: Convert) -> Convert:
    return lambda value: None if value is None else convert(value)


def _json_text(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _json_column(name: str, kind: Any) -> Column:
    decoder = msgspec.json.Decoder(kind)
    return Column(name=name, type="TEXT", write=_json_text, read=decoder.decode)


def _one_type(name: str, kind: Any) -> Column:
    if kind in PLAIN:
        return Column(name=name, type=PLAIN[kind], read=bool if kind is bool else None)
    if kind is datetime:
        return Column(name=name, type="TEXT", write=instant_text, read=datetime.fromisoformat)
    if kind is date:
        return Column(name=name, type="TEXT", write=date.isoformat, read=date.fromisoformat)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return Column(name=name, type="TEXT", write=str, read=kind)
    return _json_column(name, kind)


def _optional(kind: Any) -> tuple[Any, bool]:
    parts = typing.get_args(kind) if isinstance(kind, types.UnionType) else ()
    if len(parts) == 2 and type(None) in parts:
        return next(part for part in parts if part is not type(None)), True
    return kind, False


def column(name: str, kind: Any) -> Column:
    """How a field of that type is kept."""
    inner, null = _optional(kind)
    kept = _one_type(name, inner)
    if not null:
        return kept
    return msgspec.structs.replace(
        kept, null=True, write=_maybe(kept.write) if kept.write else None, read=_maybe(kept.read) if kept.read else None
    )


def _kept_type(kind: Any) -> Any:
    """The type a secret is read back as. `JSON` refers to itself by name, which a decoder cannot follow: any value will do."""
    return Any if typing.get_origin(kind) in (typing.Union, types.UnionType) else kind


class Table(Generic[R]):
    """One record type: its columns, its statements, and the way to and from a row."""

    def __init__(self, record: type[R]) -> None:
        self.record, self.name, self.key, self.secret = record, record.TABLE, record.KEY, record.SECRET
        self.keeps_versions = record in KEEPS_VERSIONS
        fields = msgspec.structs.fields(record)
        self.columns = tuple(
            Column(name=f.name, type="BYTEA") if f.name in self.secret else column(f.name, f.type) for f in fields
        )
        self._names = tuple(one.name for one in self.columns)
        self._writes = tuple((one.name, one.write) for one in self.columns if one.write)
        self._reads = tuple((place, one.read) for place, one in enumerate(self.columns) if one.read)
        self._secrets = tuple((self._names.index(name), name) for name in sorted(self.secret))
        types = {f.name: f.type for f in fields}
        self._opens = {name: msgspec.json.Decoder(_kept_type(types[name])) for name in self.secret}
        self.secret_places = tuple(place for place, _ in self._secrets)
        self._row_key = self.key + (("version",) if self.keeps_versions else ())
        self._key_places = tuple(self._names.index(name) for name in self._row_key)
        self.identity = itemgetter(*self._key_places)
        self.listed = ", ".join(f'"{name}"' for name in self._names)
        self.select = f'SELECT {self.listed} FROM "{self.name}"'  # noqa: S608 - names of our own structs
        self.insert, self.update = self._insert(), self._update()
        self._queries: dict[str, str] = {}

    def query(self, rest: str) -> str:
        """The statement that selects rows by such an end, put together once."""
        known = self._queries.get(rest)
        if known is None:
            known = self._queries[rest] = f"{self.select} {rest}"
        return known

    def _insert(self) -> str:
        values = ", ".join(":new_version" if name == "version" else f":{name}" for name in self._names)
        if not self.keeps_versions:
            return f'INSERT INTO "{self.name}" ({self.listed}) VALUES ({values}) ON CONFLICT DO NOTHING'  # noqa: S608
        same = " AND ".join(f'"{name}" = :{name}' for name in (*self.key, "version"))
        read = f':version = 0 OR EXISTS (SELECT 1 FROM "{self.name}" WHERE {same})'  # noqa: S608
        return f'INSERT INTO "{self.name}" ({self.listed}) SELECT {values} WHERE {read} ON CONFLICT DO NOTHING'

    def _update(self) -> str:
        sets = ", ".join(f'"{name}" = :{name}' for name in self._names if name not in (*self.key, "version"))
        same = " AND ".join(f'"{name}" = :{name}' for name in (*self.key, "version"))
        return f'UPDATE "{self.name}" SET "version" = :new_version, {sets} WHERE {same}'  # noqa: S608

    def statement(self, record: R) -> str:
        """What writes this record: an insert for version 0 or where versions are kept, otherwise an update."""
        return self.insert if self.keeps_versions or not record.version else self.update

    def params(self, record: R, keys: KeyRing) -> dict[str, Any]:
        """The row by column name, with `version` as it was read and `new_version` as it becomes."""
        row = msgspec.structs.asdict(record)
        for name, write in self._writes:
            row[name] = write(row[name])
        row["new_version"] = record.version + 1
        if self._secrets:
            key = self._cell_key(row, record.version + 1)
            for _, name in self._secrets:
                row[name] = keys.seal(msgspec.json.encode(row[name]), cell(self.name, name, *key))
        return row

    def _cell_key(self, row: dict[str, Any], version: int) -> list[str | int]:
        return [version if name == "version" else row[name] for name in self._row_key]

    def read(self, row: Sequence[Any], keys: KeyRing) -> R:
        """A record from a row in the order of `listed`. Raises CannotOpen where a secret column was tampered with."""
        values = list(row)
        for place, name in self._secrets:
            bound = cell(self.name, name, *(values[part] for part in self._key_places))
            values[place] = self._opens[name].decode(keys.open(values[place], bound))
        for place, read in self._reads:
            values[place] = read(values[place])
        return self.record(**dict(zip(self._names, values, strict=True)))


@cache
def table(record: type[R]) -> Table[R]:
    """The one Table of a record type."""
    return Table(record)
