"""From what was typed to a checked value: one entrance for every kind of question."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from templates.answers.asking import Asking, Kind, Refusal, Refused, Understood
from templates.answers.choices import option_is_meant, understand_choice, understand_choices, understand_yes_no
from templates.answers.clean import check_length
from templates.answers.contact import understand_email, understand_person, understand_telephone
from templates.answers.dates import understand_date
from templates.answers.datetimes import understand_datetime
from templates.answers.normal import normal, says_not_known
from templates.answers.numbers import understand_number
from templates.answers.times import understand_time

if TYPE_CHECKING:
    from templates.wording import Words

Checker = Callable[[str, Asking, "Words"], Understood]
_LONGEST_NOT_KNOWN = 40


def understand(raw: str, asking: Asking, words: Words) -> Understood | Refused:
    """The checked value of what was typed, or why it cannot be kept. Never raises, whatever the text.

    `raw` has been through `clean` at the door. A long text is kept to the letter; of other texts the spaces around are dropped.
    """
    try:
        return _checked(raw, asking, words)
    except Refusal as refusal:
        return Refused(words.say(f"answers.{_key(refusal, asking)}", **refusal.values))


def _key(refusal: Refusal, asking: Asking) -> str:
    """The sentence to say: what may be typed instead depends on what was asked."""
    if refusal.key in ("empty", "yes_no_unread") and not asking.not_known_ok:
        return f"{refusal.key}_required"
    if refusal.key != "date_unread":
        return refusal.key
    if asking.kind is Kind.DATETIME:
        return "datetime_unread"
    return "date_unread_inexact" if asking.inexact else "date_unread"


def _checked(raw: str, asking: Asking, words: Words) -> Understood:
    check_length(raw, asking.max_length)
    if not raw or raw.isspace():
        raise Refusal("empty")
    if asking.kind not in _CHECKERS:
        raise Refusal("not_typed")
    if _not_known(raw, asking):
        if not asking.not_known_ok:
            raise Refusal("not_known_not_here")
        return Understood(None, "not_known", words.say("answers.not_known"))
    return _CHECKERS[asking.kind](raw, asking, words)


def _not_known(raw: str, asking: Asking) -> bool:
    if len(raw) > _LONGEST_NOT_KNOWN or not says_not_known(normal(raw)):
        return False
    return asking.kind not in (Kind.CHOICE, Kind.CHOICES) or not option_is_meant(raw, asking)


_CHECKERS: dict[Kind, Checker] = {
    Kind.TEXT: lambda raw, _asking, _words: Understood(raw.strip()),
    Kind.LONG_TEXT: lambda raw, _asking, _words: Understood(raw),
    Kind.ORGANISATION: lambda raw, _asking, _words: Understood(raw.strip()),
    Kind.DATE: understand_date,
    Kind.DATETIME: understand_datetime,
    Kind.TIME: lambda raw, _asking, _words: understand_time(raw),
    Kind.YES_NO: lambda raw, _asking, _words: understand_yes_no(raw),
    Kind.CHOICE: lambda raw, asking, _words: understand_choice(raw, asking),
    Kind.CHOICES: lambda raw, asking, _words: understand_choices(raw, asking),
    Kind.NUMBER: lambda raw, asking, _words: understand_number(raw, asking),
    Kind.EMAIL: lambda raw, _asking, _words: understand_email(raw),
    Kind.TELEPHONE: lambda raw, asking, _words: understand_telephone(raw, asking),
    Kind.PERSON: lambda raw, asking, _words: understand_person(raw, asking),
}
