"""The overview, its two pictures and the agenda: what they show, that they are the same each time, and that nobody is named."""

import io
import subprocess
import sys

import docx
import msgspec
import pytest
from overview_examples import AGENCIES, CELLS, CLOCKS, ORGANISATIONS, OVERVIEW, POINTS
from referral_examples import WORDS
from review_examples import AGENDA, EDITION, MADE, REFERENCE

from templates.documents import contrast, drawing
from templates.documents.agenda import AgendaData, Invited, Item, agenda_document, usual_items
from templates.documents.check import check_document
from templates.documents.overview import overview_document
from templates.documents.picture_data import AgencyColumn, Point, Span, matrix_alt, timeline_alt
from templates.documents.pictures import MARKS, matrix_png, short, timeline_png
from templates.documents.read import read_tags, text_of

HARD = ("$x^2$ & <b> \\frac", "漢字 name", "שלום", "a\x00b\nc", "x" * 400, "", "👩\u200d👧")
PLAN = AgendaData(
    reference=REFERENCE,
    edition=EDITION,
    generated_at=MADE,
    when="Wednesday 9 December 2026, 10:00 to 12:00",
    place="Town Hall, Testtown, room 2",
    chair="Test Director",
    participants=(
        Invited("North Somerset Council", "Test Director", "local_authority"),
        Invited("Test Constabulary", "Test Superintendent", "police"),
        Invited("Test Primary School", "Test Head"),
    ),
)


def width_of(png: bytes) -> int:
    return int.from_bytes(png[16:20], "big")


def body_text(document: bytes) -> str:
    return text_of(docx.Document(io.BytesIO(document)).element.body)


def alts_of(document: bytes) -> list[str]:
    return [shape._inline.docPr.get("descr") for shape in docx.Document(io.BytesIO(document)).inline_shapes]


def test_pictures_are_the_same_each_time_and_as_wide_as_the_text():
    timeline, matrix = timeline_png(POINTS, CLOCKS, WORDS), matrix_png(ORGANISATIONS, AGENCIES, CELLS, WORDS)
    assert timeline == timeline_png(POINTS, CLOCKS, WORDS)
    assert matrix == matrix_png(ORGANISATIONS, AGENCIES, CELLS, WORDS)
    assert {width_of(timeline), width_of(matrix)} == {int(17 / 2.54 * 200)}
    assert b"Matplotlib" not in timeline + matrix


def test_another_state_is_another_picture():
    for state in MARKS:
        cells = ((state,),)
        others = [((other,),) for other in MARKS if other != state]
        mine = matrix_png(("Police",), AGENCIES[:1], cells, WORDS)
        assert all(mine != matrix_png(("Police",), AGENCIES[:1], other, WORDS) for other in others)
    assert matrix_png(("Police",), (AgencyColumn("GP", True),), (("yes",),), WORDS) != matrix_png(
        ("Police",), (AgencyColumn("GP", False),), (("yes",),), WORDS
    )


def test_no_two_states_have_one_letter_and_each_letter_can_be_read():
    letters = [mark.letter for mark in MARKS.values()]
    assert len(set(letters)) == len(letters)
    assert all(contrast.ratio(mark.ink, mark.ground) >= contrast.ENOUGH for mark in MARKS.values())
    assert contrast.ratio(drawing.INK, drawing.PAPER) >= contrast.ENOUGH
    assert contrast.ratio(drawing.BLUE, drawing.PAPER) >= contrast.ENOUGH


def test_happened_and_planned_are_different_shapes():
    (point,) = POINTS[:1]
    planned = msgspec.structs.replace(point, happened=False)
    assert timeline_png((point,), (), WORDS) != timeline_png((planned,), (), WORDS)


@pytest.mark.parametrize("text", HARD)
def test_any_label_can_be_drawn(text):
    day = POINTS[0].day
    assert timeline_png((Point(text, day),), (Span(text, day, day),), WORDS).startswith(b"\x89PNG")
    assert matrix_png((text,), (AgencyColumn(text, True),), (("yes",),), WORDS).startswith(b"\x89PNG")


def test_a_letter_that_the_font_has_not_is_a_box():
    assert drawing.drawable("Straße 漢\x07\n$2") == "Straße □\n$2"


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("Housing", "Housing"),
        ("Children & Young People Mental Health Service (CAMHS)", "CAMHS"),
        ("A very long name of a service without one", "A very long name of a…"),
    ],
)
def test_a_long_label_is_shortened(label, shown):
    assert short(label, 22) == shown


def test_the_timeline_in_words_has_every_date_in_order():
    said = timeline_alt(tuple(reversed(POINTS)), CLOCKS, WORDS)
    places = [said.index(f"{point.label} (") for point in POINTS[:7]]
    assert places == sorted(places)
    assert "Wednesday 9 December 2026: Rapid review meeting (planned or due)." in said
    assert "Notification, 5 working days: from Wednesday 18 November 2026 to Wednesday 25 November 2026." in said
    assert timeline_alt((), (), WORDS) == "No dates are known yet."


def test_the_matrix_in_words_says_who_says_what():
    agencies = (AgencyColumn("GP", True), AgencyColumn("Police", True), AgencyColumn("Housing", False))
    cells = (("yes", "own", "missing"), ("not_known", "no", "yes"), ("no", "no", "no"), ("", "", ""))
    said = matrix_alt(("Police", "School", "Probation", "Early Help"), agencies, cells, WORDS)
    assert said == (
        "Table of contacts. Police: in contact: GP; in contact, notes missing: Housing."
        " School: in contact: Housing; not known: GP. Probation: not in contact. Early Help: no answer yet. Not asked: Housing."
    )
    assert matrix_alt(("Police",), agencies[:2], (("no", "own"),), WORDS).endswith("Every service in the table was asked.")


def test_the_overview_has_numbers_dates_and_both_pictures_in_words():
    document = overview_document(OVERVIEW, WORDS)
    text = body_text(document)
    heads = ["Asked", "Returned", "Nil returns", "Outstanding", "Withdrawn", "Not asked"]
    assert text.split("\n")[:13] == ["Rapid review overview NS-2026-0001", *heads, "27", "12", "8", "7", "1", "2"]
    for label, day in OVERVIEW.dates:
        assert f"{label}\n{day}" in text
    assert alts_of(document) == [timeline_alt(POINTS, CLOCKS, WORDS), matrix_alt(ORGANISATIONS, AGENCIES, CELLS, WORDS)]
    assert check_document(document) == []
    assert document == overview_document(OVERVIEW, WORDS)


def test_before_anything_is_known_the_overview_says_so():
    document = overview_document(
        msgspec.structs.replace(OVERVIEW, dates=(), points=(), clocks=(), organisations=(), cells=()), WORDS
    )
    assert "No dates are known yet." in body_text(document)
    assert "No organisation has been asked yet." in body_text(document)
    assert check_document(document) == []


def test_matplotlib_is_read_in_only_when_a_picture_is_drawn():
    code = (
        "import sys, templates.documents.overview, templates.documents.calendar\n"
        "print({'matplotlib', 'icalendar'} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"


def test_the_agenda_has_the_usual_items_who_is_invited_and_for_whom():
    found = read_tags(agenda_document(AGENDA, PLAN, WORDS))
    items = [found[f"agenda.items.{number}.item"] for number in range(1, 11)]
    assert items == [item.text for item in usual_items(WORDS)]
    assert [found[f"agenda.participants.{n}.partner"] for n in (1, 2, 3)] == ["Local authority", "Police", ""]
    assert (found["agenda.when"], found["agenda.place"], found["agenda.chair"]) == (PLAN.when, PLAN.place, PLAN.chair)


def test_an_agenda_may_have_items_of_its_own():
    own = msgspec.structs.replace(PLAN, items=(Item("Apologies", "Test Chair"), Item("{MERGEFIELD x} & <b>")))
    document = agenda_document(AGENDA, own, WORDS)
    found = read_tags(document)
    assert (found["agenda.items.1.number"], found["agenda.items.1.item"], found["agenda.items.1.who"]) == (
        "1",
        "Apologies",
        "Test Chair",
    )
    assert found["agenda.items.2.item"] == "{MERGEFIELD x} & <b>"
    assert "agenda.items.3.item" not in found
    assert check_document(document) == []


def test_the_agenda_has_the_booklets_purpose():
    text = body_text(agenda_document(AGENDA, PLAN, WORDS))
    assert "the aim of this rapid review is to enable safeguarding partners to:\ngather the facts about the case" in text
    assert "including whether or not to undertake a child safeguarding practice review." in text
