"""`agencies.yaml`: the names people use for agencies and for groups of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec
from pydantic import Field

from templates.forms.model import Option, Strict
from templates.forms.yaml_lines import Mistake, Source

LIST = "agencies"
"""The list of the profile that holds the agencies, in the order of Document 2."""


class Group(Strict):
    """Several agencies under one name."""

    names: list[str]
    agencies: list[str]


class AgenciesFile(Strict):
    """The whole file. A name is written in small letters; its plural and its "'s" need not be."""

    agencies: Mapping[str, list[str]] = Field(description="The names of each agency, beside its id and its label")
    groups: list[Group] = Field(default_factory=list)
    everyone: list[str] = Field(default_factory=list, description="What means all agencies")
    except_words: list[str] = Field(default_factory=list, description="What leaves out the agencies that follow")
    except_after_everyone: list[str] = Field(default_factory=list, description="The same, but only after a word for all")
    never: list[str] = Field(default_factory=list, description="Holds the name of an agency and means none")
    alone: list[str] = Field(
        default_factory=list, description="Names that count only where no thing follows that they describe"
    )
    mistyped: list[str] = Field(default_factory=list, description="Words of names that are recognised with a slip or two")
    ordinary: list[str] = Field(default_factory=list, description="Words that are no slip of those")


class AgencyNames(msgspec.Struct, frozen=True):
    """What names mean, ready to be looked for. `order` is that of Document 2."""

    order: tuple[str, ...]
    meaning: Mapping[str, tuple[str, ...]]
    everyone: tuple[str, ...]
    except_words: tuple[str, ...]
    except_after_everyone: tuple[str, ...]
    never: tuple[str, ...]
    alone: tuple[str, ...]
    mistyped: tuple[str, ...]
    ordinary: tuple[str, ...]


def load_agencies(path: Path, lists: Mapping[str, Sequence[Option | str]]) -> AgencyNames:
    """The names of a profile; of one without the file, the agencies' ids. Raises Mistake."""
    order = tuple(option.id for option in lists.get(LIST, ()) if isinstance(option, Option))
    if not path.exists():
        return _names(order, AgenciesFile(agencies={}))
    source = Source(path)
    file = source.load(AgenciesFile)
    if lines := [*_unknown(source, file, order), *_twice(source, file), *_in_no_name(source, file)]:
        raise Mistake(lines)
    return _names(order, file)


def _unknown(source: Source, file: AgenciesFile, order: tuple[str, ...]) -> Iterator[str]:
    for agency in file.agencies:
        if agency not in order:
            yield source.mistake(("agencies", agency), f"{agency} is not in the list {LIST}. Mend it, or add it to lists.yaml.")
    for agency in order:
        if agency not in file.agencies:
            yield source.mistake(("agencies",), f"{agency} is missing. Add it with the names people use for it.")
    for number, group in enumerate(file.groups):
        for place, agency in enumerate(group.agencies):
            if agency not in order:
                where = ("groups", number, "agencies", place)
                yield source.mistake(where, f"{agency} is not in the list {LIST}. Mend it, or add it to lists.yaml.")


def _twice(source: Source, file: AgenciesFile) -> Iterator[str]:
    """A name that means two things, or is not written as it is looked for."""
    seen = {agency.replace("_", " "): agency for agency in file.agencies}
    for where, owner, name in _places(file):
        if name != " ".join(name.casefold().split()) or not name:
            yield source.mistake(where, f'"{name}" must be in small letters, with one space between words. Mend it.')
        if seen.setdefault(name, owner) != owner:
            yield source.mistake(where, f'"{name}" already means {seen[name]}. Take it out of one of the two.')


def _in_no_name(source: Source, file: AgenciesFile) -> Iterator[str]:
    known = {word for agency in file.agencies for word in agency.split("_")}
    known.update(word for _, _, name in _places(file) for word in name.split())
    for place, word in enumerate(file.mistyped):
        if word not in known:
            yield source.mistake(("mistyped", place), f'"{word}" is a word of no name. Take it out, or add the name.')


def _places(file: AgenciesFile) -> Iterator[tuple[tuple[int | str, ...], str, str]]:
    for agency, names in file.agencies.items():
        yield from ((("agencies", agency, place), agency, name) for place, name in enumerate(names))
    for number, group in enumerate(file.groups):
        owner = f"the group {group.names[0]}" if group.names else "a group"
        yield from ((("groups", number, "names", place), owner, name) for place, name in enumerate(group.names))
    for part in ("everyone", "except_words", "except_after_everyone", "never"):
        yield from (((part, place), part, name) for place, name in enumerate(getattr(file, part)))


def _names(order: tuple[str, ...], file: AgenciesFile) -> AgencyNames:
    meaning: dict[str, tuple[str, ...]] = {}
    for agency in order:
        for name in (agency.replace("_", " "), *file.agencies.get(agency, ())):
            meaning.setdefault(name, (agency,))
    for group in file.groups:
        meaning.update((name, tuple(agency for agency in order if agency in group.agencies)) for name in group.names)
    return AgencyNames(
        order=order,
        meaning=meaning,
        everyone=tuple(file.everyone),
        except_words=tuple(file.except_words),
        except_after_everyone=tuple(file.except_after_everyone),
        never=tuple(file.never),
        alone=tuple(file.alone),
        mistyped=tuple(file.mistyped),
        ordinary=tuple(file.ordinary),
    )
