"""What is known is offered to the panel with its source, so that nobody types it again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dialogs.desk import Desk
from dialogs.review.collate import PROCESS, earliest_event, family_text, incident, rows_text
from dialogs.review.facts import FACTS, as_text, collated
from dialogs.review.sources import Sources
from state.values import JSON
from templates.answers import Kind
from templates.forms.filled import Filled

OPEN = ("unanswered", "offered")
FROM_REFERRAL, FROM_RETURNS = "referral", "scoping"
Offer = tuple[str, JSON, str]


def offer_known(desk: Desk) -> None:
    """Offer what is known at every question of the report that nobody has answered. What was offered before is renewed."""
    sources = Sources(desk.snapshot, desk.kit, desk.turn.at)
    for path, value, source in _offers(sources):
        known = desk.answers.get(path)
        if value in ("", None) or desk.filled().status(path) not in OPEN:
            continue
        if known is None or (known.state, known.value) != ("offered", value):
            desk.keep_answer(path, "offered", value, source=source)


def _offers(sources: Sources) -> Iterator[Offer]:
    yield from _of_children(sources)
    yield "period_from", _day(earliest_event(sources)), FROM_RETURNS
    yield "period_to", _day(incident(sources)), FROM_REFERRAL
    yield "summary", as_text(sources, collated(sources, "summary")), FROM_RETURNS
    yield "good_practice", as_text(sources, collated(sources, "worked_well")), FROM_RETURNS
    referral = sources.referral
    for path, text in (
        ("facts", sources.text(referral, "summary")),
        ("family", family_text(sources)),
        ("immediate_safety", sources.text(referral, "immediate_safety_action")),
        ("processes", rows_text(sources, "processes", PROCESS)),
        ("criterion_safeguarding", rows_text(sources, "safeguarding_concerns", ("concern",))),
        ("criterion_harm", _harm(sources)),
    ):
        yield path, text, FROM_REFERRAL


def _harm(sources: Sources) -> str:
    texts = (sources.text(sources.referral, f"children.{child}.harm_description") for child in sources.referral.children())
    return "\n".join(text for text in texts if text)


def _of_children(sources: Sources) -> Iterator[Offer]:
    for child in sources.referral.children():
        for name in ("name", *FACTS):
            path = f"children.{child}.{name}"
            value = _known(sources, path)
            yield (path, value, FROM_REFERRAL) if value is not None else (path, _agreed(sources, path), FROM_RETURNS)
        voice = f"children.{child}.voice"
        yield voice, as_text(sources, collated(sources, voice)), FROM_RETURNS


def _known(sources: Sources, path: str) -> JSON:
    """The referral's answer: the same option where the report has options too, else as it is read."""
    value, found = sources.referral.value(path), sources.report.shape.find(path)
    if value is None or found is None or found[1].kind is Kind.CHOICE:
        return value
    return sources.text(sources.referral, path)


def _agreed(sources: Sources, path: str) -> JSON:
    """What the returns say, where they all say the same."""
    said = [value for one in sources.returns if (value := _value(one.filled, path)) is not None]
    return said[0] if said and all(value == said[0] for value in said) else None


def _value(form: Filled, path: str) -> JSON:
    return form.value(path) if form.shape.find(path) else None


def _day(day: date | None) -> JSON:
    if day is None:
        return None
    text = day.isoformat()
    return {"said": text, "earliest": text, "latest": text, "precision": "day"}
