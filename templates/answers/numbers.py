"""A typed number: digits, or words up to twenty."""

from __future__ import annotations

import re

from templates.answers.asking import Asking, Refusal, Understood
from templates.answers.calendar_words import NUMBERS
from templates.answers.normal import normal

_DIGITS = r"(-?(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,6})?)(?: ?(?:years?|yrs?|y/?o)(?: old)?)?"
_UNBORN = ("unborn", "not born yet", "not yet born")
_WORD = rf"({'|'.join(NUMBERS)})(?: (?:years?|yrs?)(?: old)?)?"


def understand_number(raw: str, asking: Asking) -> Understood:
    """A whole number as int, another as float; years may be named. "Unborn" is an age too.

    Raises Refusal for anything else, or out of bounds.
    """
    typed = normal(raw)
    if asking.unborn_ok and typed in _UNBORN:
        return Understood("unborn")
    digits, word = re.fullmatch(_DIGITS, typed), re.fullmatch(_WORD, typed)
    if digits is None and word is None:
        raise Refusal("number_unread")
    number = _value(digits[1].replace(",", "")) if digits else NUMBERS.index(word[1] if word else "")
    if asking.minimum is not None and number < asking.minimum:
        raise Refusal("number_too_small", number=number_text(number), minimum=number_text(asking.minimum))
    if asking.maximum is not None and number > asking.maximum:
        raise Refusal("number_too_large", number=number_text(number), maximum=number_text(asking.maximum))
    return Understood(number, echo="" if typed == number_text(number) else number_text(number))


def _value(digits: str) -> int | float:
    number = float(digits)
    return int(number) if number.is_integer() else number


def number_text(number: float) -> str:
    """A number as it is shown: no point where it is whole."""
    return str(int(number)) if float(number).is_integer() else str(number)
