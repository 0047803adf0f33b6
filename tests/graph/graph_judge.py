"""What must be true of the libraries after a play, whatever went wrong in it. Each answers with sentences; none is well."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise, zip_longest

from fake_graph import FakeGraph
from graph_book import Item, Library, Version
from graph_json import web_url

NUMBER = re.compile(r" v\d+(?=\.\w+$)")


def nothing_overwritten(graph: FakeGraph) -> list[str]:
    """What a person wrote is the newest version, or was changed on by a person, or stands in another file."""
    return [
        sentence
        for library in graph.book.libraries
        for item in library.items.values()
        for sentence in _overwritten(library, item)
    ]


def _overwritten(library: Library, item: Item) -> Iterator[str]:
    written = [version for version in item.versions if version.why == "content"]
    for version, after in zip_longest(written, written[1:]):
        if version.by.kind != "user" or _stands(library, version):
            continue
        if after is not None and after.by.kind != "user":
            yield f"{library.name}: what {version.by.name} wrote in {item.path!r} ({version.label}) was written over."
        if after is None and item.deleted and item.by.kind != "user":
            yield f"{library.name}: what {version.by.name} wrote in {item.path!r} was deleted."


def _stands(library: Library, version: Version) -> bool:
    return any(one.versions and one.versions[-1].origin == version.origin for one in library.there() if not one.folder)


def each_once(graph: FakeGraph, library: Library, expected: Iterable[str]) -> list[str]:
    """Exactly these files are there; no two hold the same that we wrote."""
    there, wanted = Counter(library.files().keys()), Counter(expected)
    found = [f"{library.name}: {path!r} is missing." for path in sorted((wanted - there).elements())]
    found += [f"{library.name}: {path!r} is too much." for path in sorted((there - wanted).elements())]
    return found + written_twice(library)


def written_twice(library: Library) -> list[str]:
    """Content that we wrote over itself, and files of one series that hold the same content of ours."""
    seen: dict[tuple[str, str], str] = {}
    found = []
    for item in (one for one in library.there() if one.versions):
        written = [version for version in item.versions if version.why == "content"]
        for version, after in pairwise(written):
            if version.origin == after.origin and after.by.kind == "application":
                found.append(f"{library.name}: {item.path} ({after.label}) was written over itself.")
        key = (NUMBER.sub("", item.path), written[-1].origin)
        if key in seen and written[-1].by.kind == "application":
            found.append(f"{library.name}: {item.path} is the same as {seen[key]}.")
        seen[key] = item.path
    return found


def nothing_shared(graph: FakeGraph) -> list[str]:
    """Nobody asked for a sharing link or an invitation."""
    return list(graph.violations)


def nobody_named(graph: FakeGraph, names: Iterable[str]) -> list[str]:
    """None of these names stands in a path, a column or an address, nor in what was asked of Graph."""
    texts = [(call.path, "a call") for call in graph.log]
    for library in graph.book.libraries:
        for item in library.items.values():
            if item.created_by.kind == "application":
                columns = " ".join(map(str, item.fields.values()))
                texts.append((f"{item.path} {columns} {web_url(library, item)}", library.name))
    return [f"{name!r} stands in {where}: {text!r}" for name in names for text, where in texts if name.lower() in text.lower()]


def digest(content: bytes) -> str:
    """As `Version.origin` holds it."""
    return hashlib.sha256(content).hexdigest()
