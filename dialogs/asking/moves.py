"""Moves in the middle of a form: "back", "skip", "why do you ask?". Only a whole text is one."""

from __future__ import annotations

from templates.asking import Phrases


def move(text: str, phrases: Phrases) -> str:
    """The move that a whole text is, or nothing. Only exact phrases count: anything else is an answer."""
    plain = " ".join(text.casefold().replace("’", "'").strip(" .!?").split()) or text.strip()
    return next((name for name, known in phrases.moves.items() if plain in known), "")
