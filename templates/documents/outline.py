"""What a document says, part by part, as digests: enough to tell later what somebody changed, and nothing of what it says.

A part is what stands under a heading. What programs write for themselves is no change: properties, ids, how text is cut into
runs, how it looks. Names of parts are safe to say in a chat: what stands in a control or after a colon is left out of them.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping

import msgspec
from docx.oxml.ns import qn

from templates.documents import controls
from templates.documents.package_parts import BROKEN, OFFICE, Parts
from templates.documents.reading_marks import Marks, plain
from templates.documents.text import Element
from templates.wording import Words

WHOLE, TOP, HEADER, FOOTER, COMMENTS, NOTES = "document", "@top", "@header", "@footer", "@comments", "@notes"
CHILD, UNNAMED, ADDED, ORDER, OPEN = "@child", "@unnamed", "@added", "@order", "@open"
CALLED = {
    WHOLE: "differing.document",
    TOP: "differing.top",
    HEADER: "differing.header",
    FOOTER: "differing.footer",
    COMMENTS: "differing.comments",
    NOTES: "differing.notes",
    UNNAMED: "differing.unnamed",
    ADDED: "differing.added",
    ORDER: "differing.order",
    OPEN: "differing.open",
}
"""How parts without a heading of ours are called in words."""
BESIDE = {HEADER: ("/header",), FOOTER: ("/footer",), COMMENTS: ("/comments",), NOTES: ("/footnotes", "/endnotes")}
LONGEST_NAME = 80
_LEVEL = re.compile(r"heading ([1-3])", re.IGNORECASE)
_CHILD = re.compile(r"\.children\.(\d+)\.")
_STYLE, _ID, _NAME = qn("w:style"), qn("w:styleId"), qn("w:name")
_STYLES, _IMAGE = "/styles", "/image"


def outline_of(content: bytes) -> dict[str, str]:
    """Each part's name with digests of its heading and its text, in order. Never raises.

    Files that are not of Word, or are not whole, have one part.
    """
    try:
        return _outline(Parts(content))
    except BROKEN:
        return {WHOLE: hashlib.sha256(content).hexdigest()}


def same(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether two documents say the same, in the same order."""
    return list(one.values()) == list(other.values())


def changed_parts(ours: Mapping[str, str], theirs: Mapping[str, str], *, by_us: bool = False) -> tuple[str, ...]:
    """The parts that differ, in the order of `ours`, and then what only the other has.

    Names are those of `ours`. What a person put in is not called by its heading, which may say anything; where `by_us`, both
    are ours. What only stands elsewhere is not named by itself: then it is the order that differs.
    """
    if same(ours, theirs):
        return ()
    left = _left(theirs, ours)
    by_heading = {_heading_of(value): name for name, value in left.items()}
    found, met = [], set[str]()
    for name, value in _left(ours, theirs).items():
        found.append(name)
        met.add(name if name in left else by_heading.get(_heading_of(value), ""))
    found += [name if by_us else ADDED for name in left if name not in met]
    return tuple(dict.fromkeys(found)) or (ORDER,)


def part_text(name: str, words: Words) -> str:
    """What a part is called where people read it."""
    above, _, own = name.rpartition(": ")
    kind, _, number = own.partition(" ")
    if kind == CHILD:
        own = words.say("differing.child", number=number.partition(" ")[0])
    elif kind in CALLED:
        own = words.say(CALLED[kind])
    return f"{above}: {own}" if above else own


class Part(msgspec.Struct):
    """A part while it is read."""

    name: str
    level: int = 0
    heading: str = ""
    texts: list[str] = msgspec.field(default_factory=list)

    def digests(self) -> str:
        text = plain("\n".join(self.texts))
        return f"{_short(self.heading)}:{_short(text)}"


def _outline(parts: Parts) -> dict[str, str]:
    if OFFICE not in parts.names:
        raise ValueError("not a file of Office")
    main = parts.main()
    root = parts.xml_of(main)
    body = root.find(qn("w:body"))
    if body is None:
        return {WHOLE: parts.digest()}
    related = list(parts.related(main))
    found = [*_body(parts, body, related), *_beside(parts, related)]
    return _named(found)


def _body(parts: Parts, body: Element, related: list[tuple[str, str, str]]) -> Iterator[Part]:
    levels = {
        style: level for _, kind, name in related if kind.endswith(_STYLES) for style, level in _levels(parts.xml_of(name))
    }
    marks, part = Marks(_pictures(parts, related)), Part(TOP)
    for block in _blocks(body):
        level = levels.get(_style_of(block), 0)
        if not level:
            part.texts.append(marks.of(block))
            continue
        if part.level or plain("\n".join(part.texts)):
            yield part
        part = Part(_name(block), level, plain(marks.of(block)))
    yield part


def _blocks(body: Element) -> Iterator[Element]:
    """What stands in the body, one after the other; a control around whole paragraphs is looked into."""
    for block in body:
        if block.tag == controls.SDT:
            for content in block.iterchildren(controls.CONTENT):
                yield from _blocks(content)
        else:
            yield block


def _beside(parts: Parts, related: list[tuple[str, str, str]]) -> Iterator[Part]:
    """Headers, footers, comments and notes: the same text in several of them is read once, wherever it is kept."""
    for name, kinds in BESIDE.items():
        texts = set()
        for target in {target for _, kind, target in related if kind.endswith(kinds)}:
            marks = Marks(_pictures(parts, list(parts.related(target))))
            texts.add(plain(marks.of(parts.xml_of(target))))
        if "".join(texts).strip():
            yield Part(name, texts=sorted(texts))


def _pictures(parts: Parts, related: list[tuple[str, str, str]]) -> Mapping[str, str]:
    return {key: _short(parts.bytes_of(name)) for key, kind, name in related if kind.endswith(_IMAGE) and name in parts.names}


def _levels(styles: Element) -> Iterator[tuple[str, int]]:
    for style in styles.iterchildren(_STYLE):
        name = style.find(_NAME)
        match = _LEVEL.fullmatch(name.get(controls.VAL, "")) if name is not None else None
        if match:
            yield style.get(_ID, ""), int(match[1])


def _style_of(block: Element) -> str:
    style = block.find(f"{controls.P_PR}/{qn('w:pStyle')}") if block.tag == controls.P else None
    return "" if style is None else str(style.get(controls.VAL, ""))


def _name(heading: Element) -> str:
    """What a heading says of itself, without what was filled in: that may be somebody's name."""
    tags = [controls.tag_of(sdt) for sdt in heading.iter(controls.SDT)]
    said = "".join(one.text or "" for one in heading.iter(controls.TEXT) if next(one.iterancestors(controls.SDT), None) is None)
    own = " ".join(said.partition(":")[0].split())[:LONGEST_NAME]
    child = next((match[1] for tag in tags if (match := _CHILD.search(tag))), "")
    return own or (f"{CHILD} {child}" if child else UNNAMED)


def _named(found: list[Part]) -> dict[str, str]:
    """A name that stands more than once is said with the heading above it, and numbered where that is not enough."""
    often = Counter(part.name for part in found)
    made: dict[str, str] = {}
    above = ""
    for part in found:
        above = part.name if part.level == 1 else above
        repeated = often[part.name] > 1 and part.level > 1 and above
        name = f"{above}: {part.name}" if repeated else part.name
        number = next(number for number in range(1, len(found) + 2) if _numbered(name, number) not in made)
        made[_numbered(name, number)] = part.digests()
    return made


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name} ({number})"


def _left(one: Mapping[str, str], other: Mapping[str, str]) -> dict[str, str]:
    """Of the first, the parts that the other has not, heading and text alike, wherever they stand there."""
    there = Counter(other.values())
    left = {}
    for name, value in one.items():
        there[value] -= 1
        if there[value] < 0:
            left[name] = value
    return left


def _heading_of(value: str) -> str:
    return value.partition(":")[0]


def _short(what: str | bytes) -> str:
    return hashlib.sha256(what if isinstance(what, bytes) else what.encode("utf-8", "surrogatepass")).hexdigest()[:32]
