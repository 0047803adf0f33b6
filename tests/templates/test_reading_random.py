"""Whatever people write into whichever fields is read back: with the tags kept, and with the tags lost."""

from __future__ import annotations

import os
import random

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree
from reading_examples import FORMS, LAYOUTS, data_of, differing, filled, opened, read, saved, wanted, without_tags

from templates.documents.data import DocumentData
from templates.documents.fill import fill
from templates.documents.reading import FormRead
from templates.documents.reading.cleaning import normal, tidy
from templates.documents.text import Element

WHOLE = os.environ.get("CSPR_TEST_EXAMPLES", "")
"""`make soak` takes many more examples."""
PHASES = (Phase.explicit, Phase.generate)
"""A form is not made smaller: each try takes a second."""
LABELS = sorted({label for form in FORMS for label in LAYOUTS[form].labels if label})
PROMPTS = {normal(slot.prompt) for form in FORMS for _, slot in LAYOUTS[form].by_tag.values()}
TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["☒", "x", "Yes", "No", "Not known", "-", "<w:p/>", "a\n\n\nb", "العربية\nand English\nمرحبا", "👩\u200d👧"]
    ),
    st.sampled_from(LABELS),
).filter(lambda text: tidy(text) and normal(text) not in PROMPTS)


@st.composite
def forms(draw) -> tuple[str, DocumentData]:
    """A form with some fields filled in; each row says something."""
    form = draw(st.sampled_from(sorted(FORMS)))
    texts = draw(st.lists(TEXTS, min_size=5, max_size=12))
    chances = draw(st.lists(st.booleans(), min_size=7, max_size=7))

    def said(tag: str) -> str:
        place = sum(map(ord, tag))
        always = tag.rpartition(".")[2] in FIRST
        return texts[place % len(texts)] if always or chances[place % len(chances)] else ""

    data = data_of(form, draw(st.integers(0, 30)), said, children=draw(st.integers(1, 3)))
    count = draw(st.integers(0, 3))
    return form, msgspec.structs.replace(data, rows={group: rows[:count] for group, rows in data.rows.items()})


FIRST = ("process", "name", "role", "date", "action", "address", "reference")
"""Columns that say something in every row."""


@settings(suppress_health_check=list(HealthCheck), max_examples=settings().max_examples if WHOLE else 6, phases=PHASES)
@given(forms())
def test_every_text_is_read_back(drawn):
    form, data = drawn
    content = fill(FORMS[form], data)
    kept, lost = read(content), read(without_tags(content))
    assert differing(kept, wanted(content, data)) == {}
    assert differing(lost, wanted(content, data, labelled=True)) == {}
    assert (kept.doubts, kept.missing, lost.doubts, lost.missing) == ({}, (), {}, ())


@pytest.mark.parametrize("turn", range(20))
def test_a_form_with_its_insides_mixed_up_is_read_or_refused(turn):
    chance = random.Random(turn)
    form = chance.choice(sorted(FORMS))
    document = opened(filled(form))
    elements = list(document.element.body.iter(etree.Element))
    for _ in range(chance.choice((1, 3, 30, 200))):
        _mix(chance.choice(elements), elements, chance)
    assert isinstance(read(saved(document)), FormRead)


def _mix(element: Element, elements: list[Element], chance: random.Random) -> None:
    """Take an element out, give it another name, put another into it, or give it other attributes."""
    other, parent = chance.choice(elements), element.getparent()
    way = chance.randrange(4)
    if way == 0 and parent is not None:
        parent.remove(element)
    elif way == 1:
        element.tag = other.tag
    elif way == 2 and not any(one is element for one in other.iter()):
        element.append(other)
    elif way == 3:
        for name in element.attrib:
            element.attrib[name] = chance.choice(("", "-5", "99999999", "x", "1"))
