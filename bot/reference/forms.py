"""docs/forms.md: every question of every form, as the profile defines it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.reference.markdown import code, listed, page, table
from templates.answers import Kind
from templates.forms.cells import FACT, rows_of
from templates.forms.model import Expected, Form, Option, Question, Section
from templates.forms.shape import CHILDREN, NAMES
from templates.profile import Profile

SHORT_LIST = 6
BY_NAME = {CHILDREN: "the children", NAMES: "the names of the draft", FACT: "the values of the row's fact"}
HEAD = ("id", "question", "kind", "need", "asked when", "identifies", "fact", "in the document")

INTRO = """
One definition gives the conversation, the window, the checks and the Word document. The ids are the same everywhere:
here, in "change …", in play files and as the tags of the Word template. A question that repeats has the number of the
child or row in its path, such as `children.2.name` or `family.1.relationship`; a table has the name of its row in it,
such as `contacts.police.contact`.

- **need**: *required* must be answered before the form can be sent. *Recommended* is asked and may be left out.
  *Optional* is not asked, but can be filled in.
- **asked when**: empty means always. A question whose condition no longer holds is kept, marked and not printed.
- **identifies**: never in a channel post, a log, a file name or a preview. It is asked for in a box of a card or a
  window.
- **fact**: what the answer tells the decision model (see [decisions](decisions/0010-reading-of-the-criteria.md)).
- **in the document**: no means that the booklet's form has no field for it.
"""


def forms_page(profile: Profile) -> str:
    """The page of a profile's forms."""
    parts = [part for shape in profile.shapes.values() for part in _form(shape.form)]
    return page("Forms", INTRO, *parts)


def _form(form: Form) -> Iterator[str]:
    ours = " The booklet has no page for it." if form.ours else ""
    yield f"## Document {form.document}: {form.title}\n\nForm {code(form.form)}, version {form.version}.{ours}"
    for section in form.sections:
        yield f"### {section.title} ({code(section.id)})\n\n{_about(section)}".rstrip()
        yield table(HEAD, [row for question in section.questions for row in _rows(question, section)])


def _about(section: Section) -> str:
    said = ["Asked once for each child."] if section.repeats else []
    said += ["After the last child, another one can be added."] if section.adds else []
    said += [f"Asked when {_conditions(section.only_if)}."] if section.only_if else []
    said += [f"Written by: {section.by.replace('_', ' ')}."] if section.by else []
    return " ".join(said)


def _rows(question: Question, section: Section) -> Iterator[tuple[str, ...]]:
    prefix = "children.N." if section.repeats else ""
    yield _row(f"{prefix}{question.id}", question)
    row = "ROW" if question.kind is Kind.TABLE else "N"
    for column in question.columns:
        yield _row(f"{prefix}{question.id}.{row}.{column.id}", column, beyond=question.beyond)


def _row(path: str, question: Question, *, beyond: bool = False) -> tuple[str, ...]:
    asked = question.ask or question.label
    printed = "no" if beyond or question.beyond else "yes"
    return (
        code(path),
        asked,
        _kind(question),
        "" if question.kind in (Kind.AUTO, Kind.FIXED) and not question.shows else question.need,
        _when(question),
        "yes" if question.identifies else "",
        code(question.fact) if question.fact else "",
        printed,
    )


def _kind(question: Question) -> str:
    name = question.kind.value.replace("_", " ")
    options = rows_of(question) or question.options
    if isinstance(options, str):
        return f"{name}: {BY_NAME[options]}" if options else name
    if len(options) > SHORT_LIST:
        return f"{name} of {len(options)}"
    labels = " / ".join(option.label for option in options if isinstance(option, Option))
    return f"{name}: {labels}" if labels else name


def _when(question: Question) -> str:
    said = [_conditions(question.only_if)] if question.only_if else []
    said += ["it could change the advice"] if question.advice else []
    said += ["known from elsewhere, to be confirmed"] if question.known_from else []
    said += [f"may be left out if {_conditions(question.not_needed_if)}"] if question.not_needed_if else []
    return "; ".join(said)


def _conditions(conditions: Mapping[str, Expected]) -> str:
    return " and ".join(_condition(name, expected) for name, expected in conditions.items())


def _condition(name: str, expected: Expected) -> str:
    if expected is True:
        return code(name)
    if expected is False:
        return f"not {code(name)}"
    if isinstance(expected, int):
        return f"{code(name)} {expected} (or not known)"
    values = expected if isinstance(expected, list) else [expected]
    return f"{code(name)} is {listed([value.replace('_', ' ') for value in values])}"
