"""One checker of answers, shared by every channel, card, window and document.

`understand` turns what a person typed into a checked value, or refuses it with a sentence that says what to do. `show` is the
way back: how a kept answer is read by people and printed. Pure: today's date is part of the `Asking`.
"""

from __future__ import annotations

from templates.answers.ages import age_on, age_problem, age_text
from templates.answers.asking import Asking, Kind, Refused, Understood
from templates.answers.clean import MOST_CHARACTERS, clean
from templates.answers.show import show
from templates.answers.understand import understand

__all__ = [
    "MOST_CHARACTERS",
    "Asking",
    "Kind",
    "Refused",
    "Understood",
    "age_on",
    "age_problem",
    "age_text",
    "clean",
    "show",
    "understand",
]
