"""Where rows name people: what becomes somebody's when one of their other accounts turns out to be theirs.

Every column of text is either here or in the list of a test (tests/state/test_moving.py): a new one has to be thought about.
"""

from __future__ import annotations

from collections.abc import Mapping

NAMED: tuple[tuple[str, str], ...] = (
    ("accounts", "person"),
    ("grants", "person"),
    ("grants", "granted_by"),
    ("grants", "confirmed_by"),
    ("codes", "made_by"),
    ("codes", "used_by"),
    ("places", "person"),
    ("places", "tied_by"),
    ("places", "confirmed_by"),
    ("drafts", "owner"),
    ("talks", "person"),
    ("cases", "referrer"),
    ("cases", "entered_by"),
    ("case_people", "person"),
    ("requests", "senior"),
    ("requests", "delegate"),
    ("requests", "author"),
    ("requests", "signed_by"),
    ("requests", "sent_by"),
    ("requests", "emailed_by"),
    ("openings", "person"),
    ("attendances", "person"),
    ("notices", "by"),
    ("notices", "settled_by"),
    ("further", "asked_by"),
    ("further", "answered_by"),
    ("pairs", "by"),
    ("chases", "left_to"),
    ("chases", "handed_to"),
    ("chases", "handed_by"),
    ("absences", "person"),
    ("absences", "deputy"),
    ("absences", "by"),
    ("outbox", "to_person"),
)
"""Columns that hold one person's id. Who signs, sends or confirms must not be taken for two people afterwards."""

LISTED: tuple[tuple[str, str], ...] = (("places", "speakers"),)
"""Columns that hold a list of such ids, as JSON."""

SEALED: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "requests": ("extensions", ("asked_by", "granted_by")),
    "notices": ("content", ("person",)),
}
"""Tables with something sealed, or a list of such things, that names people in these fields."""

SOURCES: tuple[tuple[str, str, str], ...] = (("answers", "source", "person:"),)
"""Where an answer came from: the person of a row of participants, after these letters."""

BEGUN: tuple[tuple[str, str, str], ...] = (("rounds", "id", "digest:"),)
"""Keys that hold a person's id after these letters."""

LEFT: Mapping[tuple[str, str], str] = {
    ("accounts", "id"): "It is the account itself, and leads to the person.",
    ("accounts", "agreed"): "Both had to say so; nothing asks afterwards.",
    ("people", "id"): "What the account was called stays known; nobody is listed by it any more.",
    ("places", "account"): "It says which account's conversation it is, and goes back with it.",
    ("answers", "by"): "Which account wrote it is what was done. No rule asks it, and versions are sealed to their number.",
    ("history", "who"): "What was done was done from that account. History is never changed.",
    ("history", "what"): "The same.",
    ("sightings", "by"): "Who did it in the library is what was done there; it is told once, by the name that is known then.",
    ("talks", "asked"): "What was asked last; it is forgotten with the next question.",
    ("talks", "shown"): "The same.",
    ("turns", "id"): "A turn keeps its name, or it would be taken twice.",
    ("outbox", "turn"): "The same.",
}
"""Columns that may name somebody and stay as they are, and why."""
