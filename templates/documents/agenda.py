"""The agenda of a rapid review meeting, filled. It names no child: it may lie on a table."""

from __future__ import annotations

from pathlib import Path

import msgspec

from templates.documents.data import DocumentData
from templates.documents.fill import fill
from templates.documents.pack_data import Partner
from templates.documents.shape_agenda import FORM
from templates.wording import Words

ITEMS = ("welcome", "purpose", "safety", "facts", "voice", "good_practice", "learning", "criteria", "family", "next")


class Invited(msgspec.Struct, frozen=True):
    """Somebody invited: agency, name and role, and the safeguarding partner they stand for, if any."""

    agency: str
    membership: str
    partner: Partner | None = None


class Item(msgspec.Struct, frozen=True):
    """A point of the agenda and who leads it."""

    text: str
    led_by: str = ""


class AgendaData(msgspec.Struct, frozen=True, kw_only=True):
    """What the agenda says. Without items of its own it has the usual ones."""

    reference: str
    edition: str
    generated_at: str
    restricted: bool = False
    when: str
    place: str
    chair: str = ""
    participants: tuple[Invited, ...] = ()
    items: tuple[Item, ...] = ()


def usual_items(words: Words) -> tuple[Item, ...]:
    """The points of every rapid review meeting, in the order of Document 3."""
    return tuple(Item(words.say(f"documents_review.item_{name}")) for name in ITEMS)


def agenda_document(template: Path, data: AgendaData, words: Words) -> bytes:
    """The agenda. Raises TemplateError where the template has no place for something."""
    return fill(template, _data(data, words))


def _data(data: AgendaData, words: Words) -> DocumentData:
    items = enumerate(data.items or usual_items(words), 1)
    return DocumentData(
        form=FORM,
        number="3",
        reference=data.reference,
        edition=data.edition,
        generated_at=data.generated_at,
        marking=words.say("documents.restricted" if data.restricted else "documents.official"),
        values={
            "note": words.say("documents_review.agenda_note", reference=data.reference),
            "case_reference": data.reference,
            "when": data.when,
            "place": data.place,
            "chair": data.chair,
        },
        rows={
            "participants": tuple(_invited(one, words) for one in data.participants) or _nobody(words),
            "items": tuple({"number": str(number), "item": one.text, "who": one.led_by} for number, one in items),
        },
    )


def _invited(one: Invited, words: Words) -> dict[str, str]:
    partner = words.say(f"documents_review.partner_{one.partner}") if one.partner else ""
    return {"agency": one.agency, "membership": one.membership, "partner": partner}


def _nobody(words: Words) -> tuple[dict[str, str], ...]:
    """The meeting may be set before anybody is named: then the list says so."""
    return ({"agency": words.say("documents_review.nobody_invited"), "membership": "", "partner": ""},)
