"""An address that is withheld is withheld wherever it stands: it would give itself away under somebody else's name."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from templates.forms.filled import Filled


def address_paths(referral: Filled) -> Iterator[str]:
    """Every address of the referral: the children's, then the family's."""
    yield from (f"children.{number}.address" for number in referral.children())
    yield from (f"family.{row}.address" for row in referral.rows("family"))


def widened(referral: Filled, withheld: Collection[str]) -> tuple[str, ...]:
    """What is withheld, with every other place where an address stands that is withheld itself."""
    hidden = {_key(referral, path) for path in withheld if path.endswith(".address")} - {""}
    same = (path for path in address_paths(referral) if _key(referral, path) in hidden)
    return tuple(dict.fromkeys((*withheld, *same)))


def _key(referral: Filled, path: str) -> str:
    value = referral.value(path)
    return " ".join(value.casefold().split()) if isinstance(value, str) else ""
