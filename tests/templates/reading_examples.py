"""Forms filled in with a text of its own in every field, for the tests of reading: no real person or place."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache

import docx
from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree
from referral_examples import FOLDER

from templates.documents import controls
from templates.documents.data import FURNITURE, Block, DocumentData, is_heading, shared_tag, tagged
from templates.documents.fill import fill
from templates.documents.read import read_tags
from templates.documents.reading import FormRead, layouts_of, read_form
from templates.documents.reading.cleaning import tidy

FORMS = {"referral": FOLDER / "documents" / "referral.docx", "scoping": FOLDER / "documents" / "scoping.docx"}
LAYOUTS = layouts_of(FOLDER / "documents")
HOSTILE = (
    'O\'Test & Sons <b>{tag}</b> "{tag}"',
    "{{MERGEFIELD {tag}}} ]]> <w:p/> &amp;",
    "Tŷ Gwyn, Llanfairpwllgwyngyll – ŵŷ {tag}",
    "العربية {tag}\nمرحبا، ثم English",
    "First line of {tag}\n\nthird line\twith a tab “quoted” and ‘so’",
    "=1+1 {tag} 50% ~ ½ € naïve",
    "👩\u200d👧 {tag} ☹️ done",
    "{tag}: Name: Yes, Role. Type here",
)
LONG = "A long tale of what we did, and why we did it.\n" * 120
_ROW = re.compile(r"(?:children\.1\.)?([a-z_]+)\.1\.([a-z_]+)")
CHILDREN, ROWS = 3, 3
ABOUT = ("issue", "return_by", "return_to", "version")


@cache
def tags_of(form: str) -> dict[str, str | bool]:
    """The template's own tags, as the writer's reader sees them."""
    return read_tags(FORMS[form])


def questions_of(form: str) -> dict[str, list[str]]:
    """The options of each question that has boxes, by its tag."""
    found: dict[str, list[str]] = {}
    for tag, said in tags_of(form).items():
        if isinstance(said, bool):
            question, _, option = tag.rpartition(".")
            found.setdefault(question, []).append(option)
    return found


def hostile(tag: str) -> str:
    """A text of its own for a tag, which nothing in a document may take for anything else."""
    return HOSTILE[sum(map(ord, tag)) % len(HOSTILE)].format(tag=tag) + (LONG if tag.endswith("summary") else "")


def data_of(form: str, turn: int = 0, said: Callable[[str], str] = hostile, *, children: int = CHILDREN) -> DocumentData:
    """Every field said, for several children and with several rows. Boxes take turns: `turn` says which one is ticked."""
    texts = [tag.partition(".")[2] for tag, text in tags_of(form).items() if isinstance(text, str) and tag not in FURNITURE]
    own = [name.removeprefix("children.1.") for name in texts if name.startswith("children.1.")]
    shared = [name for name in texts if not name.startswith("children.1.") and not _ROW.fullmatch(name)]
    groups: dict[str, list[str]] = {}
    for match in filter(None, map(_ROW.fullmatch, texts)):
        if match[1] != "children":
            groups.setdefault(match[1], []).append(match[2])
    return DocumentData(
        form=form,
        number="1a",
        reference="NS-2026-0007",
        edition="Working Together 2018",
        generated_at="20 November 2026, 09:00",
        marking="OFFICIAL-SENSITIVE",
        about={
            name: said(name) for name in ("issue", "return_by", "return_to", "version") if f"document.{name}" in tags_of(form)
        },
        values={name: said(name) for name in shared},
        ticks=_ticks(form, turn, of_child=False),
        rows={
            group: tuple({name: said(f"{group}.{number}.{name}") for name in names} for number in range(1, ROWS + 1))
            for group, names in groups.items()
        },
        children=tuple(
            Block(
                values={name: said(f"child {number} {name}") for name in own},
                ticks=_ticks(form, turn * CHILDREN + number, of_child=True),
            )
            for number in range(1, children + 1)
        ),
    )


def _ticks(form: str, turn: int, *, of_child: bool) -> dict[str, bool]:
    made = {}
    for question, options in questions_of(form).items():
        name = question.partition(".")[2]
        if name.startswith("children.1.") == of_child:
            chosen = options[turn % len(options)]
            made |= {f"{name.removeprefix('children.1.')}.{option}": option == chosen for option in options}
    return made


@cache
def filled(form: str, turn: int = 0) -> bytes:
    """The form with every field said."""
    return fill(FORMS[form], data_of(form, turn))


def wanted(content: bytes, data: DocumentData, *, labelled: bool = False) -> dict[str, str | bool]:
    """What has to be read of a filled form: each answer, and each shared one again under a later child.

    What has no label beside it cannot be read without tags.
    """
    said = {tag: tidy(text) if isinstance(text, str) else text for tag, text in tagged(data).items()}
    shared = {tag: said[shared_tag(tag)] for tag in read_tags(content) if shared_tag(tag) in said}
    return {tag: text for tag, text in (shared | said).items() if text and not (labelled and unlabelled(tag))}


def expected(form: str, turn: int = 0, *, labelled: bool = False) -> dict[str, str | bool]:
    """What has to be read of the form with every field said."""
    return wanted(filled(form, turn), data_of(form, turn), labelled=labelled)


def unlabelled(tag: str) -> bool:
    """Whether it has no label: the marking above the pages, a child's heading, a fixed sentence."""
    name = tag.rpartition(".")[2]
    return is_heading(name) or name in ("check_criteria", "marking")


def read(content: bytes) -> FormRead:
    """The form as it is read."""
    return read_form(content, LAYOUTS)


def answers(found: FormRead) -> dict[str, str | bool]:
    """What was said, without what is empty."""
    return {tag: text for tag, text in found.tags.items() if text}


def differing(found: FormRead, expected: Mapping[str, str | bool]) -> dict[str, tuple[object, object]]:
    """Where what was read is not what was expected."""
    said = answers(found)
    every = dict.fromkeys((*said, *expected))
    return {tag: (said.get(tag), expected.get(tag)) for tag in every if said.get(tag) != expected.get(tag)}


def opened(content: bytes) -> Document:
    """The document, to be edited."""
    return docx.Document(io.BytesIO(content))


def saved(document: Document) -> bytes:
    """The edited document as a file."""
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def control_of(document: Document, tag: str):
    """The control of that tag."""
    roots = controls.parts_of(document)
    return next(sdt for root in roots for sdt in controls.find(root) if controls.tag_of(sdt) == tag)


def cell_of(document: Document, tag: str):
    """The cell in which that control stands."""
    return next(control_of(document, tag).iterancestors(controls.CELL))


def row_of(document: Document, tag: str):
    """The row in which that control stands."""
    return next(control_of(document, tag).iterancestors(controls.ROW))


def table_of(document: Document, tag: str):
    """The table in which that control stands."""
    return next(control_of(document, tag).iterancestors(qn("w:tbl")))


def without_tags(content: bytes, *, titles: bool = False) -> bytes:
    """As LibreOffice 7.4 leaves it: no tags, and no titles either unless they are kept."""
    document = opened(content)
    for root in controls.parts_of(document):
        for sdt in root.iter(controls.SDT):
            strip(sdt, (controls.TAG,) if titles else (controls.TAG, controls.ALIAS))
    return saved(document)


def strip(sdt, names: Iterable[str]) -> None:
    """Take properties off a control."""
    for name in names:
        for found in sdt[0].findall(name):
            sdt[0].remove(found)


def typed(text: str):
    """A run as Word makes it where somebody types."""
    made = etree.Element(controls.R)
    inner = etree.SubElement(made, controls.TEXT)
    inner.text = text
    inner.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def empty_form(form: str) -> bytes:
    """The form as it is sent to be filled in: its prompts, and nothing said."""
    return FORMS[form].read_bytes()
