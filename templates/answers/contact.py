"""Telephone numbers, e-mail addresses and people as typed. The two libraries are imported when they are first needed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from state.values import JSON
from templates.answers.asking import Asking, Refusal, Understood
from templates.answers.normal import normal

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

MOST_CONTACT = 400
"""A number or an address takes no more characters than this."""

_EMAIL = r"<?(?:mailto:)?([^\s<>,;:]+@[^\s<>,;]+)>?"
_LABEL = r"(?i:^(tel|telephone|phone|mobile|mob|email|e-mail|mail)\s*[:.]\s*)"
_LABEL_BEFORE = r"(?i:(^|\s)(tel|telephone|phone|mobile|mob|email|e-mail|mail)\.?$)"
_NUMBERISH = r"(?i:[+(]?\d[\d\s()./-]{5,}(?:\s*(?:ext|extension|x)[\s.:]*\d{1,7})?)"
_PARTS = ("name", "role", "agency")


def understand_email(raw: str) -> Understood:
    """The address in its normal form. Nothing is looked up on the network. Raises Refusal for what is no address."""
    address = _address(raw)
    return Understood(address, echo="" if address == raw.strip() else address)


def _address(raw: str) -> str:
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 (slow to import, not always needed)

    typed = raw.strip()
    found = re.fullmatch(_EMAIL, typed)
    try:
        return validate_email(found[1] if found else typed, check_deliverability=False).normalized
    except (EmailNotValidError, UnicodeError) as wrong:
        raise Refusal("email_no_at" if "@" not in typed else "email_unread") from wrong


def understand_telephone(raw: str, asking: Asking) -> Understood:
    """The number as it is written in its country, any extension kept; one from abroad begins with + and its country.

    Numbers of the right length that are not yet in the library's tables are kept: new ranges open, and a colleague who cannot
    give a true number is worse off than one who is shown a doubtful one. Raises Refusal with the reason.
    """
    shown = _telephone(raw, asking.region)
    return Understood(shown, echo=shown)


def _telephone(raw: str, region: str) -> str:
    import phonenumbers  # noqa: PLC0415 (slow to import, not always needed)

    typed = normal(re.sub(_LABEL, "", raw.strip()))
    try:
        number = phonenumbers.parse(typed, region) if len(typed) <= MOST_CONTACT else None
    except phonenumbers.NumberParseException as wrong:
        raise Refusal("telephone_unread") from wrong
    if number is None or not re.fullmatch(r"[\d\s()+./x#:;=-]*", re.sub("ext(ension|n)?|tel", "", typed)):
        raise Refusal("telephone_unread")
    _check_number(number, region)
    home = number.country_code == phonenumbers.country_code_for_region(region)
    style = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)


def _check_number(number: PhoneNumber, region: str) -> None:
    import phonenumbers  # noqa: PLC0415

    reason = phonenumbers.is_possible_number_with_reason(number)
    local = phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY
    if reason in (phonenumbers.ValidationResult.TOO_SHORT, local):
        raise Refusal("telephone_short")
    if reason == phonenumbers.ValidationResult.TOO_LONG:
        raise Refusal("telephone_long")
    if reason != phonenumbers.ValidationResult.IS_POSSIBLE:
        raise Refusal("telephone_unread")
    if (
        not phonenumbers.is_valid_number(number)
        and len(phonenumbers.national_significant_number(number)) < 10
        and region == "GB"
    ):
        raise Refusal("telephone_short")


def understand_person(raw: str, asking: Asking) -> Understood:
    """`name`, `role`, `agency`, `email`, `telephone` and `rest`, each only where it was given, by commas or lines.

    Role and agency are told apart only where both stand after the name; one alone is `rest`, and so is what follows them.
    """
    value: dict[str, JSON] = {}
    plain: list[str] = []
    for piece in filter(None, (part.strip() for part in re.split(r"[,;\n]", raw))):
        plain.extend(_take(piece, value, asking.region))
    if not plain:
        raise Refusal("person_no_name")
    named = plain[:3] if len(plain) > 2 else plain[:1]
    rest = plain[len(named) :]
    ordered = {**dict(zip(_PARTS, named, strict=False)), **({"rest": ", ".join(rest)} if rest else {}), **value}
    return Understood(ordered, echo=person_text(ordered) if value else "")


def _take(piece: str, value: dict[str, JSON], region: str) -> list[str]:
    """Puts an address or a number into the value; what else the piece says is returned."""
    if "email" not in value and (found := re.search(_EMAIL, piece)):
        value["email"] = _address(found[0])
        return _left(piece, found)
    if "telephone" not in value and (found := re.search(_NUMBERISH, piece)):
        try:
            value["telephone"] = _telephone(found[0], region)
        except Refusal:
            return [piece]
        return _left(piece, found)
    return [piece]


def _left(piece: str, found: re.Match[str]) -> list[str]:
    """The rest of a piece, without "Tel:" and the like."""
    left = f"{piece[: found.start()]} {piece[found.end() :]}".strip(" :()<>-")
    left = re.sub(_LABEL_BEFORE, "", left).strip(" :()<>-")
    return [left] if left else []


def person_text(value: dict[str, JSON]) -> str:
    """A kept person in one line."""
    order = (*_PARTS, "rest", "email", "telephone")
    return ", ".join(str(value[part]) for part in order if value.get(part))
